# SPDX-License-Identifier: Apache-2.0
"""Stages of a job, each in a folder of Parquet files that a later run takes over when it is whole."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession


class WorkFolder:
    """Of one job, which is told from others by what its results depend on."""

    def __init__(self, spark: SparkSession, path: str, identity: dict[str, Any]) -> None:
        self._spark = spark
        described = json.dumps(identity, sort_keys=True, ensure_ascii=False)
        fingerprint = hashlib.sha256(described.encode()).hexdigest()[:16]
        self.path = f"{path.rstrip('/')}/copydesk-{fingerprint}"

    def stage(
        self,
        name: str,
        make: Callable[[], DataFrame],
        count: Callable[[DataFrame], dict[str, Any]],
    ) -> tuple[DataFrame, dict[str, Any]]:
        """What `make` gives, written to a file and read from it, and what `count` says of that.

        Nothing is made if an earlier run has got so far: the counts, which are written last, say so.
        """
        data, done = f"{self.path}/{name}/data", f"{self.path}/{name}/done"
        counts = self._read_counts(done)
        if counts is None:
            begin = time.monotonic()
            # What is in the blobs is compressed already, or does not get smaller.
            make().write.mode("overwrite").option("compression", "uncompressed").parquet(data)
            counts = count(self._spark.read.parquet(data))
            counts["seconds"] = round(time.monotonic() - begin, 3)
            row = self._spark.createDataFrame([(json.dumps(counts),)], "counts string")
            row.coalesce(1).write.mode("overwrite").parquet(done)
        return self._spark.read.parquet(data), counts

    def _read_counts(self, path: str) -> dict[str, Any] | None:
        try:
            rows = self._spark.read.parquet(path).collect()
        except AnalysisException:  # it is not there, or has no files
            return None
        return json.loads(rows[0]["counts"]) if rows else None
