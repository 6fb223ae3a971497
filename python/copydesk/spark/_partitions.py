# SPDX-License-Identifier: Apache-2.0
"""How much a task is given: numbers that Spark's hash partitioning spreads evenly, and sizes of memory."""

from __future__ import annotations

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
