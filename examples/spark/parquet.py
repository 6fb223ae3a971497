# SPDX-License-Identifier: Apache-2.0
"""A corpus in Parquet without its near-duplicates, by Spark.

  spark-submit examples/spark/parquet.py s3://corpus/news/ s3://corpus/news-kept/ --work s3://corpus/work/

Of two copies the longer one stays. `--id` and `--text` name the columns. See docs/cluster.md.
"""

import argparse
import json

from copydesk.spark import near_duplicates
from pyspark.sql import SparkSession


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("kept")
    parser.add_argument("--work", required=True)
    parser.add_argument("--id", default="id")
    parser.add_argument("--text", default="text")
    parser.add_argument("--threshold", type=float, default=0.8)
    options = parser.parse_args()
    spark = SparkSession.builder.appName("copydesk").getOrCreate()
    corpus = spark.read.parquet(options.corpus)
    found = near_duplicates(
        corpus,
        id=options.id,
        text=options.text,
        threshold=options.threshold,
        keep="longest",
        work=options.work,
    )
    # All columns of the corpus, and none of the rows that go.
    gone = found.decisions.select("id").withColumnRenamed("id", options.id)
    corpus.join(gone, options.id, "left_anti").write.mode("overwrite").parquet(options.kept)
    print(json.dumps(found.report["counts"], indent=2))


if __name__ == "__main__":
    main()
