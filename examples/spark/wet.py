# SPDX-License-Identifier: Apache-2.0
"""WET files of Common Crawl (or WARC: pages to their main text) without near-duplicate pages, by Spark.

  spark-submit examples/spark/wet.py 's3://crawl/wet/*.warc.wet.gz' s3://corpus/kept/ --work s3://corpus/work/

Each file is read by one task, by copydesk itself. A page is known by its record's number in the crawl
(WARC-Record-ID); pages without text are no documents. See docs/cluster.md.
"""

import argparse
import json
import pathlib
import tempfile
from collections.abc import Iterator
from typing import Any

import copydesk
import pyarrow as pa
from copydesk.spark import near_duplicates
from pyspark.sql import SparkSession

COLUMNS = "id string, url string, date string, text string"


def pages_of(batches: Iterator[Any]) -> Iterator[Any]:
    """Files (path, content) to documents."""
    for batch in batches:
        for path, content in zip(batch.column("path").to_pylist(), batch.column("content")):
            with tempfile.TemporaryDirectory() as folder:
                # Its name says what it is.
                file = pathlib.Path(folder, pathlib.PurePosixPath(path).name)
                file.write_bytes(content.as_buffer())
                pages = pa.table(copydesk.extract(file, threads=1))
            columns = pages.select(["id", "url", "date", "text"]).combine_chunks()
            strings = [column.cast(pa.string()) for column in columns.columns]
            table = pa.table(strings, names=["id", "url", "date", "text"])
            yield from table.to_batches(max_chunksize=2048)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("files")
    parser.add_argument("kept")
    parser.add_argument("--work", required=True)
    options = parser.parse_args()
    spark = SparkSession.builder.appName("copydesk").getOrCreate()
    # A file is some hundred megabytes: one at a time.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
    files = spark.read.format("binaryFile").load(options.files).select("path", "content")
    pages = files.mapInArrow(pages_of, COLUMNS).where("text != ''")
    # Read once, because every use would read the archives again.
    text = f"{options.work.rstrip('/')}/text"
    pages.write.mode("overwrite").parquet(text)
    corpus = spark.read.parquet(text)
    found = near_duplicates(corpus, id="id", text="text", work=options.work)
    kept = corpus.join(found.decisions.select("id"), "id", "left_anti")
    kept.write.mode("overwrite").parquet(options.kept)
    print(json.dumps(found.report["counts"], indent=2))


if __name__ == "__main__":
    main()
