# SPDX-License-Identifier: Apache-2.0
"""The stages that run on many machines, one after the other on this one: whatever the number of parts,
they decide what the program decides."""

import hashlib
import random

import pytest
from cluster_corpora import (
    PROGRAM,
    clusters_of_lines,
    clusters_of_rows,
    decision_lines,
    in_order,
    make_rows,
    pair_lines,
    run_program,
    without_places,
)

pa = pytest.importorskip("pyarrow")
from copydesk import _core  # noqa: E402
from copydesk import _cluster as stages  # noqa: E402
from copydesk import _cluster_decide as last  # noqa: E402
from copydesk._cluster import Rules  # noqa: E402

needs_program = pytest.mark.skipif(not PROGRAM, reason="COPYDESK_PROGRAM names no program")


def rows_apart(batches):
    for batch in batches:
        for number in range(len(batch)):
            yield batch.slice(number, 1)


def shuffle_by_target(batches, targets):
    """What an engine does between two stages."""
    partitions = [[] for _ in range(targets)]
    for row in rows_apart(batches):
        partitions[row.column("target")[0].as_py()].append(row)
    return partitions


def hash_of(row):
    digest = hashlib.blake2b(repr((row["id"], row["text"])).encode(), digest_size=8)
    return int.from_bytes(digest.digest(), "little", signed=True)


def documents_of(rows, order=None, value=None):
    columns = {
        "hash": [hash_of(row) for row in rows],
        "id": [row["id"] for row in rows],
        "text": [row["text"] for row in rows],
    }
    if order:
        columns["order"] = [row[order] for row in rows]
    if value:
        columns["value"] = [row[value] for row in rows]
    return pa.table(columns)


def candidates_of(parts, rules, ranges, targets, slices=1):
    """Tables of documents, one for each part, to what decides get, partition by partition."""
    blocks = [
        block
        for number, table in enumerate(parts)
        for block in stages.sketch_blocks(iter(table.to_batches(max_chunksize=333)), number, rules)
    ]
    bands = rules.sketcher().bands
    entries = []
    for number in range(len(parts)):
        own = [block for block in blocks if block.column("block")[0].as_py() >> 22 == number]
        entries += list(stages.key_entries(iter(own), bands, list(range(ranges))))
    edges = []
    for partition in shuffle_by_target(entries, ranges):
        edges += list(stages.join_entries(iter(partition)))
    # In two levels, and at once.
    middle = len(edges) // 2
    reduced = [*stages.forest_edges(iter(edges[:middle])), *stages.forest_edges(iter(edges[middle:]))]
    labels = {}
    for label in rows_apart(stages.component_labels(iter(reduced))):
        labels[label.column("block")[0].as_py()] = label.column("labels")
    at_once = pa.Table.from_batches(list(stages.component_labels(iter(edges))), stages.LABELS)
    assert at_once.column("labels").to_pylist() == [label[0].as_py() for label in labels.values()]
    with_labels = [
        pa.RecordBatch.from_arrays([block.column("hashes"), labels[number]], names=["hashes", "labels"])
        for block in blocks
        if (number := block.column("block")[0].as_py()) in labels
    ]
    component_of = {}
    for batch in stages.labeled_rows(iter(with_labels)):
        component_of.update(zip(*(column.to_pylist() for column in batch.columns)))
    partitions = [[] for _ in range(targets)]
    for table in parts:
        for row in rows_apart(table.to_batches()):
            component = component_of.get(row.column("hash")[0].as_py())
            if component is not None:
                columns = [name for name in row.schema.names if name != "hash"]
                partitions[component % targets].append(row.select(columns))
    return blocks, partitions


def decided(partitions, rules):
    members = [batch for own in partitions for batch in last.decide(iter(own), rules)]
    every = [row for batch in members for row in batch.to_pylist()]
    rows = [row for row in every if row["id"] is not None]
    assert sum(row["documents"] or 0 for row in every) == sum(len(row) for own in partitions for row in own)
    for row in rows:
        row["kept"] = row["kept_id"] is None
    return [row for row in rows if not row["kept"]], rows


def split(rows, parts, seed):
    rows = list(rows)
    random.Random(seed).shuffle(rows)
    return [rows[number::parts] for number in range(parts)]


SETTINGS = [
    (Rules(), []),
    (Rules(threshold=0.6, recall=0.9, keep="longest"),
     ["--threshold", "0.6", "--recall", "0.9", "--keep", "longest"]),
    (Rules(shingle="char", shingle_size=9, keep="newest"),
     ["--shingle", "char", "--shingle-size", "9", "--keep", "newest"]),
    (Rules(tokens="code", fold=(), keep="min:rank"),
     ["--tokens", "code", "--fold", "accents=no", "--keep", "min:rank"]),
]


@needs_program
@pytest.mark.parametrize("rules,options", SETTINGS, ids=lambda value: getattr(value, "keep", None))
def test_decisions_are_those_of_the_program(rules, options, tmp_path):
    rows = make_rows(1500, seed=7)
    value = {"newest": "date", "min:rank": "rank"}.get(rules.keep)
    lines, clusters = run_program("dedup", in_order(rows), options, tmp_path)
    pairs, _ = run_program(
        "pairs", in_order(rows), [o for o in options if o not in ("--keep", rules.keep)], tmp_path)
    assert len(lines) > 100 and len(clusters) > 50
    for parts in (1, 7, 64):
        tables = [documents_of(own, value=value) for own in split(rows, parts, parts)]
        _, partitions = candidates_of(tables, rules, ranges=parts, targets=max(1, parts // 3))
        removed, members = decided(partitions, rules)
        assert decision_lines(removed) == without_places(lines)
        assert clusters_of_rows(members) == clusters_of_lines(clusters)
        found = [row for own in partitions for batch in last.similar_pairs(iter(own), rules)
                 for row in batch.to_pylist() if row["a"] is not None]
        assert pair_lines(found) == without_places(pairs)


@needs_program
def test_the_order_of_the_corpus_is_that_of_a_column(tmp_path):
    rows = make_rows(600, seed=3)
    generator = random.Random(5)
    for number, row in enumerate(generator.sample(rows, len(rows))):
        row["place"] = number * 3 - 500
    lines, _ = run_program("dedup", in_order(rows, "place"), [], tmp_path)
    by_id, _ = run_program("dedup", in_order(rows), [], tmp_path)
    assert without_places(lines) != without_places(by_id)
    tables = [documents_of(own, order="place") for own in split(rows, 3, 1)]
    _, partitions = candidates_of(tables, Rules(), ranges=2, targets=2)
    assert decision_lines(decided(partitions, Rules())[0]) == without_places(lines)


def test_rows_that_cannot_be_used_are_counted():
    text = " ".join(f"w{number}" for number in range(50))
    bad = pa.array([b"fine " + text.encode(), b"\xff\xfe", None], pa.binary())
    table = pa.table({
        "hash": range(5),
        "id": pa.array(["a", "b", "c", None, "d"]),
        "text": pa.concat_arrays([
            pa.Array.from_buffers(pa.string(), 3, bad.buffers()), pa.array([text, "fine " + text])]),
    })
    blocks, partitions = candidates_of([table], Rules(), ranges=1, targets=1)
    counts = {name: sum(block.column(name)[0].as_py() for block in blocks)
              for name in ("documents", *stages.REASONS, "no_id")}
    assert counts == {"documents": 2, "no_text": 1, "too_long": 0, "no_utf8": 1, "no_id": 1}
    removed, _ = decided(partitions, Rules())
    assert [(row["id"], row["kept_id"], row["rule"]) for row in removed] == [("d", "a", "identical")]


def test_blocks_have_so_many_documents_at_most():
    table = pa.table({
        "hash": range(2500), "id": [str(n) for n in range(2500)], "text": ["a text"] * 2500})
    blocks = list(stages.sketch_blocks(iter(table.to_batches()), 2, Rules()))
    assert [block.column("documents")[0].as_py() for block in blocks] == [1024, 1024, 452]
    numbers = [block.column("block")[0].as_py() for block in blocks]
    assert numbers == [(2 << 32) // 1024 + n for n in range(3)]
    hashes = b"".join(block.column("hashes")[0].as_py() for block in blocks)
    assert hashes == b"".join(n.to_bytes(8, "little") for n in range(2500))


def test_blocks_may_come_in_any_order():
    rows = make_rows(3000, seed=2)
    tables = [documents_of(own) for own in split(rows, 2, 1)]
    rules = Rules()
    blocks = [block for number, table in enumerate(tables)
              for block in stages.sketch_blocks(iter(table.to_batches()), number, rules)]

    def stars_of(blocks):
        entries = list(stages.key_entries(iter(blocks), rules.sketcher().bands, [0]))
        edges = list(stages.join_entries(iter(entries)))
        return b"".join(batch.column("edges")[0].as_py() for batch in edges)

    assert len(blocks) == 4
    assert stars_of(blocks[::-1]) == stars_of(blocks) == stars_of(blocks[1:] + blocks[:1])


def test_edges_as_rows_have_the_labels_of_edges_in_one_task():
    generator = random.Random(8)
    numbers = [generator.randrange(7) << 32 | generator.randrange(1 << 13) for _ in range(9000)]
    ends = [tuple(sorted(generator.sample(numbers, 2))) for _ in range(5000)]
    packed = b"".join(end.to_bytes(8, "little") for pair in ends for end in pair)
    edges = pa.RecordBatch.from_arrays(
        [pa.array([packed[:32000], packed[32000:]]), pa.array([0, 0])], schema=stages.EDGES)
    expected = pa.Table.from_batches(list(stages.component_labels(iter([edges]))), stages.LABELS)
    rows = pa.Table.from_batches(list(stages.forest_rows(iter([edges]))), stages.EDGE_ROWS)
    firsts = rows.column("first").to_pylist()
    pairs = [*zip(firsts, rows.column("document").to_pylist()), *((first, first) for first in set(firsts))]
    generator.shuffle(pairs)
    batches = [pa.RecordBatch.from_arrays([pa.array(pairs[begin : begin + 700])], names=["label"])
               for begin in range(0, len(pairs), 700)]
    found = pa.Table.from_batches(list(stages.block_labels(iter(batches))), stages.LABELS)
    assert found.drop(["native_ns"]) == expected.drop(["native_ns"])
    assert len(found) > 50
    assert list(stages.forest_rows(iter([]))) == list(stages.block_labels(iter([]))) == []


def test_numbers_can_be_ids():
    text = " ".join(f"w{number}" for number in range(50))
    table = pa.table({"hash": [7, -8, 9], "id": [30, 4, 100], "text": [text, text + " end", "other " * 30]})
    _, partitions = candidates_of([table], Rules(), ranges=1, targets=1)
    removed, members = decided(partitions, Rules())
    assert [(row["id"], row["kept_id"]) for row in removed] == [(30, 4)]  # 4 comes first
    assert [(row["cluster"], row["id"]) for row in members] == [(4, 4), (4, 30)]


def test_a_corpus_without_copies_has_no_decisions():
    table = pa.table({"hash": [1, 2], "id": ["a", "b"], "text": ["one two three four five six", "seven eight"]})
    _, partitions = candidates_of([table], Rules(), ranges=2, targets=2)
    assert decided(partitions, Rules()) == ([], [])
    assert list(last.decide(iter([]), Rules())) == []


def test_wrong_options_and_damaged_bytes_are_refused():
    for rules in (Rules(threshold=0), Rules(recall=1), Rules(shingle="line"), Rules(tokens="x")):
        with pytest.raises(ValueError):
            rules.sketcher()
    for damaged, call in [(b"123", _core.KeyJoin().add), (b"123", _core.EdgeForest().add),
                          (b"123", _core.Labels)]:
        with pytest.raises(OSError):
            call(damaged)
    with pytest.raises(OSError):
        _core.labeled_rows(b"123", bytes(16))
    with pytest.raises(OSError):
        _core.labeled_rows(b"\2\0" + bytes(8), bytes(16))  # of a document behind the last one
    with pytest.raises(OSError):
        _core.KeyEntries(4).add(0, b"123")
    with pytest.raises(ValueError):
        _core.KeyEntries(4).take(0)
