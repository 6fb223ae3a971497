#!/usr/bin/env python3
"""Writes the tables of this folder, and what stands in them as JSON Lines. README.md says which."""
import datetime
import decimal
import json
import pathlib
import uuid

import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = pathlib.Path(__file__).parent
PLACES = ["Arden", "Belmont", "Corley", "Dunmore", "Elstow"]
THINGS = ["bridge", "harbor", "library", "tram line", "weather station", "grain market"]


def story(number: int) -> str:
    place, thing = PLACES[number % 5], THINGS[number % 6]
    return (f"The {thing} of {place} opened again on day {number} after {number * 7 % 90} weeks of "
            f"repairs. Its warden, who has kept watch there for {number + 11} years, said that "
            f"{number * 13} visitors came on the first morning alone. \"We had counted on half of "
            f"them,\" she said; the \\ keys are back in number {number * 3 + 1}.\n\tNo date is set "
            f"for the second part of the work — it costs {number * 101} crowns.")


def corpus() -> list[dict]:
    rows = []
    for number in range(40):
        text = story(number)
        if number % 10 == 7:
            text = story(number - 4)
        if number % 10 == 9:
            text = story(number - 6).replace("repairs", "delays")
        rows.append({
            "id": f"r{number}" if number % 8 else None,
            "text": text,
            "url": f"https://news.example/{number}",
            "date": f"2026-01-{number % 28 + 1:02}",
            "score": number / 4,
            "doc": {"title": f"Story {number}", "lang": "en" if number % 2 else None},
            "tags": [THINGS[number % 6], PLACES[number % 5]],
        })
    return rows


def types() -> pa.Table:
    when = datetime.datetime(2026, 1, 2, 3, 4, 5, 678000)
    rows = [{"text": "One.", "whole": 7, "part": 0.5, "truth": True, "day": when.date(),
             "when": when, "local": when, "nano": when, "price": decimal.Decimal("12.50"),
             "count": decimal.Decimal("3"), "raw": b"\xff\x00", "said": "b\"ytes\"".encode(),
             "fixed": uuid.UUID(int=1).bytes, "map": [("a", 1), ("b", None)],
             "list": [["x"], [], None], "struct": {"inner": {"deep": "down"}},
             "messages": [{"role": "user", "content": "Hi."}, {"role": "bot", "content": "Ho."}]},
            {"text": "Two.", "part": float("nan")}]
    schema = pa.schema([
        ("text", pa.large_string()), ("whole", pa.uint16()), ("part", pa.float32()),
        ("truth", pa.bool_()), ("day", pa.date32()), ("when", pa.timestamp("us", "UTC")),
        ("local", pa.timestamp("ms")), ("nano", pa.timestamp("ns")),
        ("price", pa.decimal128(10, 2)), ("count", pa.decimal128(5, 0)), ("raw", pa.binary()),
        ("said", pa.binary()), ("fixed", pa.binary(16)), ("map", pa.map_(pa.string(), pa.int32())),
        ("list", pa.list_(pa.list_(pa.string()))),
        ("struct", pa.struct([("inner", pa.struct([("deep", pa.dictionary(pa.int8(), pa.string()))]))])),
        ("messages", pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))),
    ])
    return pa.Table.from_pylist(rows, schema=schema)


def main() -> None:
    rows = corpus()
    table = pa.Table.from_pylist(rows).replace_schema_metadata({"made": "by hand"})
    with open(FOLDER / "corpus.jsonl", "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    for codec in ["snappy", "zstd", "gzip", "brotli", "lz4", "none"]:
        pq.write_table(table, FOLDER / f"{codec}.parquet", compression=codec, row_group_size=15,
                       write_page_checksum=codec == "zstd")
    pq.write_table(table, FOLDER / "delta.parquet", data_page_version="2.0", use_dictionary=False,
                   column_encoding={"text": "DELTA_BYTE_ARRAY", "url": "DELTA_LENGTH_BYTE_ARRAY",
                                    "id": "PLAIN", "date": "PLAIN", "score": "BYTE_STREAM_SPLIT",
                                    "doc.title": "PLAIN", "doc.lang": "PLAIN",
                                    "tags.list.element": "PLAIN"})
    pq.write_table(types(), FOLDER / "types.parquet", store_schema=False)
    # A string column of bytes that are no UTF-8, which Arrow does not look at.
    text = pa.Array.from_buffers(pa.string(), 3, pa.array([b"Good one.", b"Bad \xff one.", b"Good, too."],
                                                          pa.binary()).buffers())
    pq.write_table(pa.table({"text": text, "id": ["a", "b", "c"]}), FOLDER / "not_utf8.parquet")


main()
