# SPDX-License-Identifier: Apache-2.0
"""The programs of examples/spark, as spark-submit runs them."""

import gzip
import json
import os
import pathlib
import subprocess
import sys

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples" / "spark"
TEXT = " ".join(f"w{number}" for number in range(60))


def run(program, *arguments):
    """In a process of its own, with what is printed at the end."""
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": package_path(),
                   "PYSPARK_SUBMIT_ARGS": "--master local[2] --driver-memory 1g --conf spark.ui.enabled=false"
                   " --conf spark.driver.bindAddress=127.0.0.1 --conf spark.driver.host=127.0.0.1"
                   " pyspark-shell"}
    done = subprocess.run([sys.executable, EXAMPLES / program, *arguments], env=environment, check=True,
                          stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout[done.stdout.index("{"):])


def package_path():
    import copydesk

    return str(pathlib.Path(copydesk.__file__).parents[1])


def rows_of(folder):
    import pyarrow.parquet

    return pyarrow.parquet.read_table(folder).to_pylist()


def test_parquet(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet

    (tmp_path / "corpus").mkdir()
    table = pa.table({"id": ["a", "b", "c"], "text": [TEXT, TEXT + " and more", "else"], "n": [1, 2, 3]})
    pyarrow.parquet.write_table(table, tmp_path / "corpus" / "part.parquet")
    counts = run("parquet.py", tmp_path / "corpus", tmp_path / "kept", "--work", tmp_path / "work")
    assert counts["documents"] == 3 and counts["removed_near_duplicate"] == 1
    assert sorted((row["id"], row["n"]) for row in rows_of(tmp_path / "kept")) == [("b", 2), ("c", 3)]


def wet_record(number, text):
    body = text.encode()
    head = [
        "WARC/1.0", "WARC-Type: conversion", f"WARC-Target-URI: http://a.example/{number}",
        "WARC-Date: 2026-01-01T00:00:00Z", f"WARC-Record-ID: <urn:uuid:{number}>",
        "Content-Type: text/plain", f"Content-Length: {len(body)}"]
    return gzip.compress("\r\n".join([*head, "", ""]).encode() + body + b"\r\n\r\n")


def test_wet(tmp_path):
    texts = [TEXT, "another page about something else", TEXT.upper()]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.warc.wet.gz").write_bytes(wet_record(number, text))
    counts = run("wet.py", tmp_path / "*.warc.wet.gz", tmp_path / "kept", "--work", tmp_path / "work")
    assert counts["documents"] == 3 and counts["removed_same_words"] == 1
    assert {row["url"] for row in rows_of(tmp_path / "kept")} == {
        "http://a.example/0", "http://a.example/1"}
