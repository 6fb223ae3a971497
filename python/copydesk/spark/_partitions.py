# SPDX-License-Identifier: Apache-2.0
"""How much a task is given: numbers that Spark's hash partitioning spreads evenly, sizes of memory, and rows
of Arrow batches."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

_MASK = 0xFFFFFFFF
_SEED = 42


def _rotated(value: int, by: int) -> int:
    return (value << by | value >> (32 - by)) & _MASK


def _hash(number: int) -> int:
    """Spark's hash of one int: 32-bit Murmur3 (Appleby), seeded with 42, as a signed number."""
    key = _rotated(number * 0xCC9E2D51 & _MASK, 15) * 0x1B873593 & _MASK
    mixed = (_rotated(_SEED ^ key, 13) * 5 + 0xE6546B64) & _MASK
    mixed ^= 4
    mixed = (mixed ^ mixed >> 16) * 0x85EBCA6B & _MASK
    mixed = (mixed ^ mixed >> 13) * 0xC2B2AE35 & _MASK
    mixed ^= mixed >> 16
    return mixed - (1 << 32) if mixed >> 31 else mixed


def targets_of(partitions: int) -> list[int]:
    """For each of so many partitions a number that repartition(partitions, number) sends to it.

    Rows that are to meet have the same number, whatever its hash is: should Spark hash otherwise one
    day, partitions would be less even, and results the same.
    """
    targets: dict[int, int] = {}
    number = 0
    while len(targets) < partitions:
        targets.setdefault(_hash(number) % partitions, number)
        number += 1
    return [targets[partition] for partition in range(partitions)]


def bytes_of_setting(value: str) -> int:
    """Of a size as Spark's settings have it: 512m, 4g, 4gb; a number alone is megabytes."""
    digits = value.strip().lower().rstrip("b")
    unit = digits[-1:] if digits[-1:] in "kmgt" else ""
    return int(digits.removesuffix(unit)) << {"k": 10, "": 20, "m": 20, "g": 30, "t": 40}[unit]


def cores_of(spark: Any) -> int:
    """How many tasks run at once; 0 where the session does not know, as one of Spark Connect."""
    try:
        return int(spark.sparkContext.defaultParallelism)
    except AttributeError:
        return 0


def least_heap(spark: Any) -> int:
    """Bytes that the driver and each executor have at least for objects of Java."""
    settings = ("spark.driver.memory", "spark.executor.memory")
    return min(bytes_of_setting(spark.conf.get(setting, "1g")) for setting in settings)


def python_memory(spark: Any) -> int:
    """Bytes that an executor has beside its heap, for Python workers among others: what Spark makes of its
    settings."""
    overhead = spark.conf.get("spark.executor.memoryOverhead", "")
    return bytes_of_setting(overhead) if overhead else max(384 << 20, least_heap(spark) // 10)


@contextlib.contextmanager
def rows_in_batches(spark: Any, rows: str) -> Iterator[None]:
    """Arrow batches of at most so many rows while the session works for us."""
    name = "spark.sql.execution.arrow.maxRecordsPerBatch"
    before = spark.conf.get(name)
    spark.conf.set(name, rows)
    try:
        yield
    finally:
        if before is not None:
            spark.conf.set(name, before)
