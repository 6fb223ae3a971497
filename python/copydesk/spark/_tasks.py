# SPDX-License-Identifier: Apache-2.0
"""What runs in the Python workers. Functions are sent by their names, so that a worker imports them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from .._cluster import (
    Rules,
    block_labels,
    component_labels,
    forest_edges,
    forest_rows,
    join_entries,
    key_entries,
    labeled_rows,
    sketch_blocks,
)
from .._cluster_decide import decide, similar_pairs

Task = Callable[[Iterator[Any]], Iterator[Any]]

__all__ = [
    "block_labels",
    "component_labels",
    "forest_edges",
    "forest_rows",
    "join_entries",
    "labeled_rows",
]


def _sketch_part(batches: Iterator[Any], rules: Rules) -> Iterator[Any]:
    from pyspark import TaskContext

    context = TaskContext.get()
    assert context is not None  # as in every task
    return sketch_blocks(batches, context.partitionId(), rules)


def sketch_task(rules: Rules) -> Task:
    return partial(_sketch_part, rules=rules)


def entries_task(bands: int, targets: list[int]) -> Task:
    return partial(key_entries, bands=bands, targets=targets)


def decide_task(rules: Rules) -> Task:
    return partial(decide, rules=rules)


def pairs_task(rules: Rules) -> Task:
    return partial(similar_pairs, rules=rules)
