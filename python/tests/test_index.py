# SPDX-License-Identifier: Apache-2.0
"""The index: what it answers is what the program and a dedup of everything answer."""

import json
import os
import random
import subprocess
import threading

import pyarrow
import pytest

import copydesk

PROGRAM = os.environ.get("COPYDESK_PROGRAM")


def families(count: int, seed: int = 1) -> list:
    """Texts of which about half are like an earlier one."""
    chance = random.Random(seed)
    texts: list = []
    for _ in range(count):
        if texts and chance.random() < 0.5:
            words = chance.choice(texts).split()
            for _ in range(chance.choice((0, 0, 1, 2))):
                words[chance.randrange(len(words))] = f"n{chance.randrange(10000)}"
        else:
            words = [f"w{chance.randrange(20000)}" for _ in range(60)]
        texts.append(" ".join(words))
    return texts


def rows(texts: list, first: int = 0) -> pyarrow.Table:
    ids = [f"d{first + i}" for i in range(len(texts))]
    return pyarrow.table({"id": ids, "text": texts, "wire": ["w"] * len(texts)})


@pytest.mark.parametrize("cut", [1, 150, 299])
def test_adding_part_by_part_decides_as_one_run(tmp_path, cut):
    texts = families(300)
    whole = copydesk.dedup(rows(texts))
    index = copydesk.Index.create(tmp_path / "x.index")
    decisions = []
    for begin, end in ((0, cut), (cut, 300)):
        would = index.dedup(rows(texts[begin:end], begin))
        added = index.add(rows(texts[begin:end], begin))
        assert list(would.decisions) == list(added.decisions)
        decisions += list(zip(added.decisions["id"], added.decisions["kept_id"]))
    assert decisions == list(zip(whole.decisions["id"], whole.decisions["kept_id"]))
    assert len(index) == len(whole.kept)


def test_query_is_that_of_the_program(tmp_path):
    if PROGRAM is None:
        pytest.skip("COPYDESK_PROGRAM names no program")
    texts = families(200)
    path = str(tmp_path / "x.index")
    with copydesk.Index.create(path, with_text=True) as index:
        index.add(rows(texts[:150]), source="wire")
        table = index.query(rows(texts[100:], 100), most=3)
    asked = tmp_path / "asked.jsonl"
    asked.write_text(
        "".join(json.dumps({"id": f"d{100 + i}", "text": t}) + "\n" for i, t in enumerate(texts[100:]))
    )
    run = [PROGRAM, "index", "query", path, str(asked), "--most", "3", "-q"]
    lines = [json.loads(line) for line in subprocess.check_output(run).splitlines()]
    assert len(lines) == len(table) > 50
    for line, row in zip(lines, table):
        for name in ("id", "match_id", "match_source", "match_number", "rule"):
            assert line[name] == row[name]
        assert line["jaccard"] == pytest.approx(row["jaccard"], abs=1e-6)
        assert line["shared_tokens"] == row["shared_tokens"]
        passage = texts[row["row"] + 100].encode()[row["passage_begin"] : row["passage_end"]]
        assert passage.decode().startswith(line["shared_passage"])  # which the program cuts if it is long


def test_results_are_arrow_and_one_text_is_as_many(tmp_path):
    texts = families(80)
    index = copydesk.Index.create(tmp_path / "x.index")
    index.add(texts)
    found = index.query(texts)
    table = pyarrow.table(found)
    assert table.num_rows == len(found) and table.column("match_number").to_pylist() == found["match_number"]
    for row in (0, 40, 79):
        one = index.query_text(texts[row])
        of_many = [match for match in found if match["row"] == row]
        assert [m["match_number"] for m in one] == [m["match_number"] for m in of_many]
        assert len(index.query_text(texts[row], most=1)) == 1


def test_removed_ids_are_like_nothing(tmp_path):
    index = copydesk.Index.create(tmp_path / "x.index")
    text = "Bread is baked before five in the morning, when the street is still asleep."
    index.add([{"id": "a", "text": text}, {"id": "b", "text": "Rain is expected on Sunday."}])
    assert index.remove(["a"]) == 1
    assert len(index.query([text])) == 0 and len(index) == 1
    assert index.info()["taken_out"] == 1
    index.compact()
    assert index.info()["taken_out"] == 0 and index.check() == []
    with pytest.raises(ValueError, match="no such document"):
        index.remove(["a"])
    with pytest.raises(TypeError):
        index.remove("b")
    added = index.add([{"id": "c", "text": text}, {"id": "d", "text": text}])
    assert index.remove(added.decisions) == 0  # a copy, which was never among those that are kept
    assert index.info()["removed_when_they_came"] == 0 and len(index) == 2


def test_faults(tmp_path):
    with pytest.raises(OSError, match="no.index"):
        copydesk.Index(tmp_path / "no.index")
    with pytest.raises(ValueError, match="threshold"):
        copydesk.Index.create(tmp_path / "x.index", threshold=2)
    with pytest.raises(ValueError, match="verify"):
        copydesk.Index.create(tmp_path / "x.index", verify="all")
    index = copydesk.Index.create(tmp_path / "x.index", verify="none")
    index.add(["One two three four five six."])
    assert index.query(["One two three four five seven six."], most=0)["rule"] in ([], [""])
    with pytest.raises(ValueError, match="nothing can be verified"):
        index.dedup(["One two three."])
    with pytest.raises(OSError):
        copydesk.Index.create(tmp_path / "x.index")
    with pytest.raises(ValueError, match="most"):
        index.query(["One."], most=-1)
    with pytest.warns(UserWarning, match="no text"):
        assert len(index.query([None, "One."]).rejected) == 1
    index.close()
    with pytest.raises(ValueError, match="closed"):
        index.info()
    assert repr(index).endswith("closed>")


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "x.index"
    copydesk.Index.create(path).add(families(50))
    damaged = next(path.glob("seg-*/sets"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with pytest.raises(OSError, match="sets"):
        copydesk.Index(path)


def test_questions_while_documents_are_added(tmp_path):
    texts = families(400)
    index = copydesk.Index.create(tmp_path / "x.index")
    index.add(rows(texts[:100]))
    wrong: list = []
    done = threading.Event()

    def ask(first: int) -> None:
        while not done.is_set():
            for row in range(first, 100, 4):
                if len(index.query_text(texts[row])) == 0:
                    wrong.append(row)

    def add(begin: int) -> None:
        index.add(rows(texts[begin : begin + 100], begin))

    asking = [threading.Thread(target=ask, args=(i,)) for i in range(2)]
    adding = [threading.Thread(target=add, args=(begin,)) for begin in (100, 200, 300)]
    for thread in asking + adding:
        thread.start()
    for thread in adding:
        thread.join()
    done.set()
    for thread in asking:
        thread.join()
    assert wrong == []
    info = index.info()
    assert info["documents"] + info["removed_when_they_came"] == 400


def test_what_is_raised_on_the_way_adds_nothing_or_all(tmp_path):
    index = copydesk.Index.create(tmp_path / "x.index")

    def stop(*_):
        raise KeyError("enough")

    before = index.info()
    with pytest.raises(KeyError):
        index.add(families(3000), progress=stop)
    after = index.info()
    assert after == before or after["documents"] + after["removed_when_they_came"] == 3000
    assert index.check() == []
