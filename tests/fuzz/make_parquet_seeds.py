#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the small tables of corpus/parquet with pyarrow: each codec, both versions of pages, nested
columns, dictionaries, nulls, several row groups, checksums of pages, no rows, no text column.

    tests/fuzz/make_parquet_seeds.py    # needs pyarrow; made by version 18 and later
"""
import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = pathlib.Path(__file__).parent / "corpus" / "parquet"
FLAT = pa.table({"id": ["a", None, "c", "d"], "text": ["One.", "Two \"2\".", "", "Vier Wörter – hier."],
                 "n": pa.array([1, None, -3, 2**31 - 1], pa.int32())})
NESTED = pa.table({
    "text": ["One.", "Two.", None],
    "doc": [{"title": "A", "tags": ["x", None]}, {"title": None, "tags": []}, None],
    "messages": [[{"role": "user", "content": "Hi."}], [], None],
    "pairs": pa.array([[("k", 1)], [], None], pa.map_(pa.string(), pa.int64())),
    "deep": [[[["z"]], []], [], None],
})
KINDS = pa.table({
    "text": ["One.", "Two."],
    "when": pa.array([datetime.datetime(2026, 1, 2, 3, 4, 5), None], pa.timestamp("us", tz="UTC")),
    "day": [datetime.date(1969, 12, 31), None],
    "time": pa.array([datetime.time(23, 59, 59), None], pa.time64("ns")),
    "price": [decimal.Decimal("-12.50"), None],
    "real": [float("nan"), float("inf")],
    "half": pa.array([1.5, None], pa.float32()),
    "bytes": [b"\xff\x00", b"plain"],
    "fixed": pa.array([b"0123456789abcdef", None], pa.binary(16)),
    "word": pa.array(["same", "same"]).dictionary_encode(),
    "yes": [True, None],
    "big": pa.array([2**64 - 1, None], pa.uint64()),
})


def write(name: str, table: pa.Table, **options) -> None:
    pq.write_table(table, FOLDER / f"{name}.parquet", **options)


def main() -> None:
    for codec in ("none", "snappy", "gzip", "brotli", "lz4", "zstd"):
        write(f"codec_{codec}", FLAT, compression=codec, store_schema=False)
    write("pages_v2", FLAT, data_page_version="2.0", compression="zstd", store_schema=False)
    write("pages_v2_plain", FLAT, data_page_version="2.0", compression="none", use_dictionary=False,
          store_schema=False)
    write("checksums", FLAT, write_page_checksum=True, store_schema=False)
    write("index", FLAT, write_page_index=True, compression="none", store_schema=False)
    write("row_groups", pa.concat_tables([FLAT] * 4), row_group_size=3, store_schema=False)
    write("nested", NESTED, compression="none", store_schema=False)
    write("nested_v2", NESTED, data_page_version="2.0", row_group_size=1, store_schema=False)
    write("kinds", KINDS, compression="none")
    write("delta_lengths", FLAT, use_dictionary=False, store_schema=False, compression="none",
          column_encoding={"text": "DELTA_LENGTH_BYTE_ARRAY", "id": "DELTA_BYTE_ARRAY",
                           "n": "DELTA_BINARY_PACKED"})
    write("byte_streams", pa.table({"text": ["a", "b"], "f": pa.array([1.0, 2.0], pa.float64())}),
          use_dictionary=False, store_schema=False, column_encoding={"text": "PLAIN", "f": "BYTE_STREAM_SPLIT"})
    write("int96", KINDS.select(["text", "when"]), use_deprecated_int96_timestamps=True, store_schema=False)
    write("nulls", pa.table({"text": pa.array([None] * 9, pa.string()), "id": ["i"] * 9}),
          store_schema=False)
    write("no_rows", FLAT.slice(0, 0), store_schema=False)
    write("no_text", FLAT.select(["id", "n"]), store_schema=False)
    write("dictionary", pa.table({"text": ["again"] * 40 + ["other"]}), dictionary_pagesize_limit=64,
          store_schema=False)


if __name__ == "__main__":
    main()
