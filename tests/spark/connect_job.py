# SPDX-License-Identifier: Apache-2.0
"""A job of Spark Connect, as a client runs it: near-duplicates and sketches of a file of Parquet, and what
was found as JSON. Run by test_connect.py, because a process has either a session of Connect or another.

  connect_job.py ROWS.parquet WORK FOUND.json
"""

import json
import sys

from copydesk.spark import _components, near_duplicates, reuse_against, sketch
from pyspark.sql import SparkSession


def main(table, work, out):
    spark = SparkSession.builder.remote("local[2]").getOrCreate()
    rows = spark.read.parquet(table).repartition(3)
    _components._FOREST_BYTES_AT_ONCE = 0  # so that components are found in rounds, which takes more of Spark
    found = near_duplicates(rows, id="id", text="text", work=work, partitions=3)
    long = rows.where("length(text) > 300").first()["text"]
    items = spark.createDataFrame([(long,)], "question string")
    frames = {
        "decisions": found.decisions,
        "clusters": found.clusters,
        "pairs": found.pairs,
        "reuse": reuse_against(rows, items, id="id", text="text").select("id", "kind"),
        "sketches": sketch(rows, id="id", text="text").select("id"),
    }
    results = {name: [row.asDict() for row in frame.collect()] for name, frame in frames.items()}
    with open(out, "w", encoding="utf-8") as file:
        json.dump({"session": type(spark).__module__, "counts": found.report["counts"],
                   "stages": list(found.report["stages"]), **results}, file)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
