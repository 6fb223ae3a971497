#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Components of random edges in one task and in rounds of DataFrame code, on the same session: seconds, rounds, and bytes
shuffled, from Spark's event log. The edges are forests of 8 partitions, as the stage `edges` leaves
them: half of them are pairs, the others of random documents, of which a giant component comes.

  PYTHONPATH=build/release/python build/venv-spark/bin/python bench/spark/components.py 1000000
"""

import argparse
import pathlib
import random
import struct
import tempfile
import time

from run import name_jobs, session, stages_of


def edges_of(partition, count):
    """Of `count` documents that have edges in each partition: packed as the stage has them."""
    generator = random.Random(partition)
    packed = bytearray()
    for number in range(count // 4):
        packed += struct.pack("<QQ", 2 * number, 2 * number + 1)
        ends = sorted(generator.sample(range(count // 2, count), 2))
        packed += struct.pack("<QQ", *ends)
    return [(bytes(packed[begin : begin + (4 << 20)]), 0) for begin in range(0, len(packed), 4 << 20)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--heap", default="1g", help="of the driver and of each executor")
    options = parser.parse_args()
    from copydesk.spark import _components
    from copydesk.spark._work_folder import WorkFolder

    name_jobs({})
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        spark = session(options.master, folder, options.heap)
        spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "32")
        rows = [row for partition in range(8) for row in edges_of(partition, options.documents)]
        frame = spark.createDataFrame(rows, "edges binary, native_ns long").repartition(8)
        frame.write.parquet(str(folder / "edges"))
        edges = spark.read.parquet(str(folder / "edges"))
        size = sum(len(packed) for packed, _ in rows)
        found = {}
        for way, most in (("one task", 16 << 30), ("rounds", 0)):
            _components._FOREST_SHARE, _components._FOREST_BYTES_AT_ONCE = 1, most
            _components._FOREST_BYTES = 0 if most else 60
            _components._EDGE_BYTES_A_TASK = size if most else size // 8
            work = WorkFolder(spark, str(folder / way), {"way": way})
            counts = {}

            def stage(name, make, count):
                frame, counts[name] = work.stage(f"{way}, {name}", make, count)
                return frame, counts[name]

            begin = time.monotonic()
            labels = _components.labels_of(edges, size, 2 * options.documents, stage)
            seconds = time.monotonic() - begin
            found[way] = {row["block"]: bytes(row["labels"]) for row in labels.select("block", "labels").collect()}
            last = counts["components"]
            print(f"{way}: {seconds:.1f} s, {len(counts)} stages, {last['documents']} documents in"
                  f" {last['components']} components")
        assert found["one task"] == found["rounds"]
        spark.stop()
        stages = stages_of(next(folder.glob("local-*")))
        for name, stage in sorted(stages.items()):
            if "components" in name:
                print(f"{name:24} {stage.shuffled / options.documents:8.1f} bytes shuffled a document")


if __name__ == "__main__":
    main()
