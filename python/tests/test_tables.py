# SPDX-License-Identifier: Apache-2.0
"""The same decisions whatever kind of table the documents come in."""

from pathlib import Path

import copydesk
import pytest

STORY = (
    "The ferry left the harbor at dawn with forty passengers on board, {} and nobody on the pier "
    "waved, because the fog was so thick that the lamps of the lighthouse could not be seen."
)
TEXTS = [
    STORY.format("most of them asleep"),
    "Bread is baked before five in the morning, when the street is still asleep.",
    STORY.format("most of them asleep -"),
    None,
    "Größe, Füße, Straße: \U0001f600 und noch einige Wörter mehr, damit es reicht.",
    STORY.format("most of them asleep"),
]
IDS = [f"doc-{i}" for i in range(len(TEXTS))]


def decided(documents, **options):
    with pytest.warns(UserWarning, match="1 record cannot be used"):
        result = copydesk.dedup(documents, **options)
    return result.kept.rows, [
        (row["row"], row["kept_row"], row["rule"]) for row in result.decisions
    ], result.decisions["id"]


def rows_of_dicts():
    return [{"id": i, "text": t, "n": 3} for i, t in zip(IDS, TEXTS)]


@pytest.fixture(name="expected")
def _expected():
    rows, decisions, ids = decided(rows_of_dicts())
    assert rows == [0, 1, 4]
    assert [(row, kept) for row, kept, _ in decisions] == [(2, 0), (5, 0)]
    assert ids == ["doc-2", "doc-5"]
    return rows, decisions, ids


def test_list_of_strings(expected):
    rows, decisions, ids = decided(list(TEXTS))
    assert (rows, decisions) == expected[:2]
    assert ids == ["2", "5"]


def arrow_layouts():
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"id": IDS, "text": TEXTS, "n": list(range(len(IDS)))})
    yield "string", table
    for name in ("large_string", "string_view"):
        if hasattr(pa, name):
            yield name, table.set_column(1, "text", table["text"].cast(getattr(pa, name)()))
    yield "dictionary", table.set_column(1, "text", table["text"].dictionary_encode())
    yield "chunked", pa.concat_tables([table.slice(0, 2), table.slice(2, 3), table.slice(5)])
    longer = pa.concat_tables([table.slice(3, 2), table, table.slice(0, 1)]).combine_chunks()
    yield "sliced", longer.slice(2, len(IDS))
    yield "batches", pa.RecordBatchReader.from_batches(table.schema, table.to_batches(2))


@pytest.mark.parametrize("threads", [1, 2])
def test_arrow_layouts(expected, threads):
    for name, table in arrow_layouts():
        assert decided(table, threads=threads) == expected, name


def test_polars(expected):
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"id": IDS, "text": TEXTS})
    assert decided(frame) == expected
    assert decided(frame.lazy()) == expected
    with pytest.warns(UserWarning):
        kept = copydesk.dedup(frame).kept
    assert kept.select()["id"].to_list() == ["doc-0", "doc-1", "doc-4"]


def test_pandas(expected):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"id": IDS, "text": TEXTS})
    assert decided(frame) == expected
    with pytest.warns(UserWarning):
        kept = copydesk.dedup(frame).kept
    assert list(kept.to_pandas()["id"]) == ["doc-0", "doc-1", "doc-4"]


def test_duckdb(expected):
    duckdb = pytest.importorskip("duckdb")
    pa = pytest.importorskip("pyarrow")
    documents = pa.table({"id": IDS, "text": TEXTS})  # noqa: F841, duckdb finds it by name
    assert decided(duckdb.sql("select * from documents")) == expected


def test_arrays(expected):
    pa = pytest.importorskip("pyarrow")

    class Array:
        """Has __arrow_c_array__ alone."""

        def __init__(self, array):
            self.array = array

        def __arrow_c_array__(self, requested_schema=None):
            return self.array.__arrow_c_array__(requested_schema)

    table = pa.table({"id": IDS, "text": TEXTS})
    batch = table.combine_chunks().to_batches()[0]
    assert decided(Array(batch)) == expected
    assert decided(Array(pa.concat_tables([table, table]).combine_chunks().to_batches()[0].slice(6)))
    assert decided(pa.array(TEXTS))[:2] == expected[:2]
    assert decided(pa.chunked_array([TEXTS[:1], TEXTS[1:]]))[:2] == expected[:2]
    with pytest.raises(ValueError, match="columns there: id, n"):
        copydesk.dedup(Array(pa.record_batch({"id": IDS, "n": IDS})))


def test_a_set_of_files_of_pyarrow(expected, tmp_path):
    pytest.importorskip("pyarrow")
    import pyarrow as pa
    import pyarrow.dataset
    import pyarrow.parquet

    pa.parquet.write_table(pa.table({"id": IDS, "text": TEXTS}), tmp_path / "in.parquet")
    dataset = pa.dataset.dataset(tmp_path / "in.parquet")
    assert decided(dataset) == expected
    assert decided(dataset.scanner(columns=["text", "id"])) == expected


def test_files(expected, tmp_path: Path):
    import json

    rows = [{"id": i, "text": t} for i, t in zip(IDS, TEXTS)]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert decided(path) == expected
    assert decided([path]) == expected
    assert decided(tmp_path / "*.jsonl") == expected
    assert decided(str(tmp_path / "*.jsonl")) == expected
    assert decided(str(tmp_path / "**" / "*.jsonl")) == expected
    with pytest.raises(OSError, match="no_such.jsonl"):
        copydesk.dedup("no_such.jsonl")
    with pytest.raises(OSError, match="in a list"):
        copydesk.dedup("One text.\nIts second line.")
    with pytest.warns(UserWarning):
        result = copydesk.dedup(str(path), output_dir=tmp_path / "kept")
    kept = (tmp_path / "kept" / "in.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in kept] == ["doc-0", "doc-1", "doc-4"]
    assert len(result.kept) == 3
    with pytest.raises(ValueError, match="output_folder"):
        copydesk.dedup([row["text"] for row in rows], output_dir=tmp_path / "never")


def test_all_columns_are_kept():
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"id": IDS, "text": TEXTS, "n": list(range(len(IDS)))})
    with pytest.warns(UserWarning):
        kept = copydesk.dedup(table).kept
    assert kept.to_pyarrow().to_pydict()["n"] == [0, 1, 4]
    assert pa.table(kept).column_names == ["id", "text", "n"]
    with pytest.warns(UserWarning):
        from_dicts = copydesk.dedup(rows_of_dicts()).kept
    assert pa.table(from_dicts).to_pydict()["n"] == [3, 3, 3]
    assert from_dicts[0]["id"] == "doc-0"


def test_results_are_arrow_tables():
    pa = pytest.importorskip("pyarrow")
    found = copydesk.pairs(["a b c d e f g h"] * 3, threshold=0.9)
    table = pa.table(found)
    assert table.num_rows == len(found) == 3
    assert table.to_pylist() == list(found)
    assert table.column_names == found.column_names
    table.validate(full=True)
    empty = pa.table(copydesk.pairs(["x", "y"]))
    empty.validate(full=True)
    assert empty.num_rows == 0


def test_numbers_and_times_are_read():
    pa = pytest.importorskip("pyarrow")
    import datetime as dt

    days = [dt.date(2024, 5, 1), dt.date(2025, 5, 1), dt.date(2023, 5, 1)]
    text = "a b c d e f g h i j k"
    for times in (pa.array(days), pa.array(days).cast(pa.timestamp("us"))):
        table = pa.table({"text": [text] * 3, "date": times, "id": [10, 20, 30]})
        result = copydesk.dedup(table, keep="newest")
        assert result.kept.rows == [1]
        assert result.decisions["kept_id"] == ["20", "20"]
