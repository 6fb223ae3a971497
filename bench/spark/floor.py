#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a job of copydesk.spark cannot go below: processor time of the JVM and of Python for reading a table, for
handing its rows to a function that does nothing, and for moving a third of the texts, beside the whole, in a
session that is warm. Each step three times, the last one counts. Needs what run.py needs.

  PYTHONPATH=build/release/python build/venv-spark/bin/python bench/spark/floor.py 300000
"""

import argparse
import pathlib
import shutil
import tempfile

import run


def count_rows(batches):
    import pyarrow as pa

    for batch in batches:
        yield pa.RecordBatch.from_pydict({"rows": [batch.num_rows]})


def steps_of(table, folder):
    from copydesk.spark import near_duplicates
    from pyspark.sql import functions as F

    hashed = table.withColumn("hash", F.xxhash64("id", "text"))
    third = hashed.where(F.pmod("hash", F.lit(3)) == 0)
    moved = third.repartition(16, "hash")

    def write(frame):
        frame.write.format("noop").mode("overwrite").save()

    def whole():
        shutil.rmtree(folder / "work", ignore_errors=True)
        near_duplicates(table, id="id", text="text", work=str(folder / "work"))

    return {
        "the table is read": lambda: table.agg(F.max(F.octet_length("text"))).collect(),
        "read and hashed": lambda: hashed.agg(F.max("hash")).collect(),
        "read, hashed and handed to Python": lambda: write(hashed.mapInArrow(count_rows, "rows long")),
        "read, hashed, a third of the rows moved": lambda: write(moved),
        "the same, and handed to Python": lambda: write(moved.mapInArrow(count_rows, "rows long")),
        "near_duplicates": whole,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("documents", type=int)
    parser.add_argument("--heap", default="4g")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        spark = run.session("local[2]", folder, options.heap)
        table = run.as_table(spark, run.generate(options.documents, "default", folder), 8)
        print(f"microseconds a document, of {options.documents}\n\n| step | JVM | Python |\n|---|---:|---:|")
        for step, take in steps_of(table, folder).items():
            for _ in range(3):
                before = run.processor_seconds()
                take()
                after = run.processor_seconds()
            spent = [(after[layer] - before[layer]) / options.documents * 1e6 for layer in ("JVM", "Python")]
            print(f"| {step} | {spent[0]:.1f} | {spent[1]:.1f} |", flush=True)
        spark.stop()


if __name__ == "__main__":
    main()
