# SPDX-License-Identifier: Apache-2.0
"""Errors, warnings, progress, interruption, and the forms that results take."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import copydesk
import pytest

WORDS = "harbor lamp bread street fog river stone window ladder copper winter orchard".split()


def many(count: int) -> list:
    """Texts of 60 words each, all different."""
    texts, state = [], 1
    for _ in range(count):
        words = []
        for _ in range(60):
            state = (state * 1103515245 + 12345) % 2**31
            words.append(f"{WORDS[state // 65536 % len(WORDS)]}{state // 7 % 997}")
        texts.append(" ".join(words))
    return texts


def test_options_out_of_range_are_value_errors():
    for options in (
        {"threshold": 0.0},
        {"threshold": 1.5},
        {"recall": 1.0},
        {"keep": "cheapest"},
        {"shingle": "letter"},
        {"mask": "pages"},
        {"memory": 2},
        {"memory": "2"},
        {"memory": "much"},
        {"contained": -0.1},
        {"tokens": "bytes"},
        {"fold": "case"},
    ):
        with pytest.raises(ValueError):
            copydesk.dedup(["a b c"], **options)


def test_missing_columns_name_those_there():
    with pytest.raises(ValueError, match="body, name"):
        copydesk.dedup([{"name": "x", "body": "y"}])
    assert len(copydesk.dedup([{"name": "x", "body": "y"}], text="body").kept) == 1


def test_what_is_no_document():
    for documents in (b"bytes", 7, [1, 2], ["a", {"text": "b"}]):
        with pytest.raises(TypeError):
            copydesk.dedup(documents)


def test_missing_file_is_an_os_error():
    with pytest.raises(OSError, match="nothing-here"):
        copydesk.dedup(Path("nothing-here.jsonl"))


def test_empty_input():
    result = copydesk.dedup([])
    assert len(result.kept) == 0 and len(result.decisions) == 0
    assert len(copydesk.summarize([])) == 0


def test_lone_surrogates_are_rejected_rows():
    with pytest.warns(UserWarning):
        result = copydesk.dedup(["fine text", "bad \udc80 text"])
    assert result.kept.rows == [0]
    assert result.rejected["place"] == ["1"]


def test_progress_is_called():
    seen = []
    copydesk.dedup(many(3000), progress=lambda *report: seen.append(report))
    assert all(len(report) == 4 for report in seen)


def test_exceptions_of_progress_stop_the_run():
    def stop(*_):
        raise RuntimeError("enough")

    texts = many(40_000)
    with pytest.raises(RuntimeError, match="enough"):
        copydesk.dedup(texts, progress=stop)


def test_interrupt_stops_a_run():
    texts = many(60_000)
    threading.Timer(0.15, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        for _ in range(100):
            copydesk.dedup(texts, threads=1)


def test_several_threads_at_once():
    texts = many(500) * 2
    expected = copydesk.dedup(texts).kept.rows
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(copydesk.dedup(texts).kept.rows))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_results_print():
    found = copydesk.pairs(["<b>a b c d e f g</b>"] * 30)
    assert "jaccard" in repr(found) and "435 rows" in repr(found)
    assert "<table>" in found._repr_html_() and "<b>" not in found._repr_html_()
    assert "30 rows" not in found._repr_html_()
    assert "removed" in repr(copydesk.dedup(["a b c", "a b c"]))


def test_rows_and_columns():
    found = copydesk.pairs(["a b c d e f g"] * 3)
    assert found[0] == next(iter(found))
    assert found[-1]["b_row"] == 2
    assert [row["b_row"] for row in found[:2]] == [1, 2]
    assert found["jaccard"] == [1.0] * 3
    with pytest.raises(KeyError):
        found["no such column"]
    with pytest.raises(IndexError):
        found[3]


def test_clusters_and_report():
    result = copydesk.dedup(["a b c d e f"] * 3 + ["x y z"])
    assert result.clusters == {"0": ["1", "2"]}
    assert result.report["kept"] == 2 and result.report["removed"] == 2


def test_spans_are_bytes():
    text = "Größe zählt. " + "Der Fluss ist über die Ufer getreten und steht in der Straße. " * 3
    found = copydesk.summarize([text], sentences=1)
    sentence = found.sentences[0]
    assert text.encode()[sentence["begin"] : sentence["end"]].decode() in text


def test_what_is_left_without_blocks(tmp_path):
    notice = (
        "This message and its attachments are meant for the person they are addressed to, and for "
        "nobody else in the whole wide world."
    )
    texts = ["Dear all,\n\n" + notice, "Hi!\n\n" + notice + "\n\nSee you."]
    found = copydesk.blocks(texts, scope="corpus", cut=True)
    assert found.cut["text"] == [texts[0], "Hi!\n\n\nSee you."]
    assert found.cut["row"] == [0, 1]
    assert len(copydesk.blocks(texts, scope="corpus").cut) == 0
    for name, text in zip("ab", texts):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    copydesk.blocks(tmp_path / "*.txt", scope="corpus", output_dir=tmp_path / "cut")
    assert sorted(path.name for path in (tmp_path / "cut").iterdir())


def test_import_is_light():
    code = (
        "import sys, copydesk; "
        "sys.exit(any(m in sys.modules for m in ('pyarrow', 'pandas', 'numpy', 'polars')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_is_compared_with_an_older_corpus():
    texts = many(6)
    old = [{"id": f"old{i}", "text": texts[i]} for i in range(3)]
    new = [{"id": f"new{i}", "text": texts[i]} for i in range(2, 6)]
    found = copydesk.dedup(new, against=old)
    assert found.kept.rows == [1, 2, 3]
    assert [row["id"] for row in found.kept] == ["new3", "new4", "new5"]
    assert found.decisions[0]["kept_id"] == "old2"
    assert (found.decisions[0]["kept_input"], found.decisions[0]["input"]) == (0, 1)
    assert [(row["a_id"], row["b_id"]) for row in copydesk.pairs(new, against=old)] == [
        ("old2", "new2")
    ]
    passages = copydesk.reuse(new, against=old).passages
    assert [(row["copy_id"], row["source_id"]) for row in passages] == [("new2", "old2")]
    with pytest.raises(ValueError, match="both be in memory"):
        copydesk.dedup(new, against=Path(__file__))


def test_leaks_by_set_and_answer(tmp_path):
    items = [
        {"id": 1, "question": "How many lamps are there on the pier of Norvik?", "answer": "Nine."},
        {"id": 2, "question": "Who baked the bread of the street before the fog?", "answer": "Ann."},
        {"id": 3, "question": "Which river?", "answer": ""},
    ]
    texts = ["The first text says nothing.", "How many lamps are there on the pier of Norvik? Nine."]
    found = copydesk.decontaminate(texts, items)
    assert [(row["row"], row["item"], row["answer_near"]) for row in found] == [(1, "1", 1)]
    assert found.sets[0] == {
        "set": "",
        "items": 3,
        "too_short": 1,
        "found": 1,
        "found_with_answer": 1,
        "documents": 1,
    }
    begin, end = found[0]["begin"], found[0]["end"]
    assert texts[1].encode()[begin:end].decode().startswith("How many lamps")
    path = tmp_path / "quiz.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    from_file = copydesk.decontaminate(texts, path)
    assert from_file.sets["set"] == ["quiz"]
    assert [row["item"] for row in from_file] == ["1"]
    with pytest.raises(ValueError, match="question"):
        copydesk.decontaminate(texts, [{"text": "no question"}])


def test_pages_from_bytes_and_from_files(tmp_path):
    page = (
        "<html lang=en><title>Mill burns</title><nav><a href=/>Home</a></nav><article>"
        "<h1>Mill burns</h1><p>A fire destroyed the old mill in Norvik on Monday night, hours "
        "before builders were to start.</p><p>Nobody was hurt, the police said.</p></article>"
    ).encode()
    found = copydesk.extract([page, b""], url=["https://www.daily.example/2026/01/31/mill"])
    assert found["title"] == ["Mill burns", ""]
    assert found[0]["site"] == "daily.example"
    assert "Home" not in found[0]["text"] and "Nobody was hurt" in found[0]["text"]
    assert "Home" in copydesk.extract(page, all_text=True)[0]["text"]
    (tmp_path / "mill.html").write_bytes(page)
    in_file = copydesk.extract(tmp_path / "mill.html")
    assert in_file[0]["text"] == found[0]["text"] and in_file[0]["language"] == "en"
    assert len(copydesk.extract([])) == 0 and len(in_file.rejected) == 0
    for pages in (["text"], 7):
        with pytest.raises(TypeError):
            copydesk.extract(pages)


def test_code_and_folding():
    code = ["return a + b;", "return a - b;"]
    assert len(copydesk.dedup(code).kept) == 1
    assert len(copydesk.dedup(code, tokens="code").kept) == 2
    rows = [{"text": text, "kind": kind} for text in code for kind in ("code", "words")]
    assert copydesk.dedup(rows, tokens_column="kind").kept.rows == [0, 1, 2]
    words = ["el a\u00f1o nuevo", "el ano nuevo"]
    assert len(copydesk.dedup(words).kept) == 1
    assert len(copydesk.dedup(words, fold=()).kept) == 2
    chinese = ["\u6f22\u8a9e\u6559\u5b78", "\u6c49\u8bed\u6559\u5b66"]
    assert len(copydesk.dedup(chinese).kept) == 2
    assert len(copydesk.dedup(chinese, fold="accents,chinese").kept) == 1
    assert len(copydesk.pairs(chinese, fold="chinese")) == 1


def test_keys_and_sources():
    rows = [
        {"text": "a", "url": "http://a.example/1", "from": "x"},
        {"text": "b", "url": "https://www.a.example/1/", "from": "y"},
        {"text": "c", "url": None, "from": "y"},
    ]
    found = copydesk.dedup(rows, key="url:url", source="from")
    assert found.kept.rows == [0, 2]
    assert found.decisions["rule"] == ["same_key"]
    assert [(row["source"], row["documents"], row["kept"]) for row in found.by_source] == [
        ("y", 2, 1),
        ("x", 1, 1),
    ]
    assert list(found.in_favor_of) == [{"source": "y", "kept_source": "x", "documents": 1}]
    assert len(copydesk.dedup(rows, key="url").kept) == 3
    assert len(copydesk.dedup(rows, key="field:from").kept) == 2
    assert len(copydesk.dedup(rows).by_source) == 0
    for options in ({"key": "line"}, {"key": "url:"}, {"key": "no"}, {"source": "no"}):
        with pytest.raises(ValueError):
            copydesk.dedup(rows, **options)
    with pytest.raises(ValueError, match="contained"):
        copydesk.dedup(rows, key="url", contained=0.9)


def test_keys_and_sources_of_files(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"text":"a","k":1,"s":"x"}\n{"text":"b","k":1,"s":"y"}\n{"text":"a","k":2}\n')
    found = copydesk.dedup(path, key="k", source="s", output_dir=tmp_path / "out")
    assert found.decisions["row"] == [1]
    assert sorted(found.by_source["source"]) == ["", "x", "y"]
    assert len((tmp_path / "out" / "in.jsonl").read_text().splitlines()) == 2
    assert len(copydesk.dedup(path, key="line").kept) == 3


def test_filter(tmp_path):
    rows = [{"id": str(i), "text": f"text {i}"} for i in range(5)]
    assert copydesk.filter(rows, drop=[1, "3", "7"]).kept.rows == [0, 2, 4]
    assert copydesk.filter(rows, drop=[1, "3", "7"]).missing == ["7"]
    assert list(copydesk.filter(rows, keep=["1"]).kept) == [rows[1]]
    assert copydesk.filter(["a", "b"], keep=["1"]).kept.rows == [1]
    assert copydesk.filter(rows, keep=[{"id": "2"}]).kept.rows == [2]
    assert copydesk.filter(rows, drop=[]).kept.rows == [0, 1, 2, 3, 4]
    twice = rows + [{"id": "9", "text": "text 0"}]
    decisions = copydesk.dedup(twice).decisions
    assert copydesk.filter(twice, drop=decisions).kept.rows == [0, 1, 2, 3, 4]
    (tmp_path / "list").write_text("1\n4\n")
    assert copydesk.filter(rows, keep=tmp_path / "list").kept.rows == [1, 4]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = copydesk.filter(path, drop=["0"], output_dir=tmp_path / "out")
    assert found.kept.rows == [1, 2, 3, 4]
    assert (tmp_path / "out" / "in.jsonl").read_text() == path.read_text().split("\n", 1)[1]
    for options in ({}, {"drop": ["1"], "keep": ["2"]}, {"drop": ["no such id"]}):
        with pytest.raises(ValueError):
            copydesk.filter(rows, **options)
    with pytest.raises(TypeError):
        copydesk.filter(rows, drop=7)
    with pytest.raises(OSError):
        copydesk.filter(rows, drop=tmp_path / "no such list")
