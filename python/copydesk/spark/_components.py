# SPDX-License-Identifier: Apache-2.0
"""Which documents hang together: the edges of all partitions to components, in one task where it has the
memory, and otherwise in rounds of DataFrame code.

The rounds are those of Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, "Connected Components in
MapReduce and Beyond" (SoCC 2014). Of each edge the first end is the smaller number. In a large star the first
end gives way to its own smallest neighbour; in a small star all smaller neighbours of a document are
tied to the smallest of them instead. Neither takes documents apart or brings together what does not hang together,
and where nothing changes any more each component is a star around its first document.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .._cluster import BLOCK, EDGE_ROWS, EDGES, LABELS
from . import _tasks
from ._partitions import python_memory, rows_in_batches
from ._schemas import schema_of, sums

# Edges that one task reads; of more, forests are made first.
_EDGE_BYTES_A_TASK = 256 << 20
_BYTES_OF_AN_EDGE = 16
# Of the memory that an executor has beside its heap, the share that the task which joins all forests may take, and
# what it takes for a document that has an edge.
_FOREST_SHARE = 2
_FOREST_BYTES_AT_ONCE = 16 << 30
_FOREST_BYTES = 60
# Each is two numbers.
_LABELS_A_BATCH = "65536"

Stage = Callable[[str, Any, Any], tuple[DataFrame, dict[str, Any]]]


def labels_of(edges: DataFrame, edge_bytes: int, documents: int, stage: Stage) -> DataFrame:
    """A row for each block that has documents with edges: `edges` are of so many bytes, and the corpus has so
    many documents."""
    with_edges = min(documents, 2 * (edge_bytes // _BYTES_OF_AN_EDGE))
    if fits_one_task(with_edges, python_memory(edges.sparkSession)):
        return stage("components", partial(_in_one_task, edges, edge_bytes), _count_labels)[0]
    forests = edges.coalesce(edge_bytes // _EDGE_BYTES_A_TASK + 1)
    make = partial(forests.mapInArrow, _tasks.forest_rows, schema_of(EDGE_ROWS))
    stars, counts = stars_in_rounds(make, stage)
    with rows_in_batches(edges.sparkSession, _LABELS_A_BATCH):
        return stage("components", partial(_labels_of_stars, stars, counts["edges"]), _count_labels)[0]


def fits_one_task(documents: int, memory: int) -> bool:
    return documents * _FOREST_BYTES <= min(memory // _FOREST_SHARE, _FOREST_BYTES_AT_ONCE)


def _in_one_task(edges: DataFrame, edge_bytes: int) -> DataFrame:
    tasks = edge_bytes // _EDGE_BYTES_A_TASK
    if tasks == 0:
        edges = edges.coalesce(1)
    else:
        forests = edges.coalesce(tasks + 1).mapInArrow(_tasks.forest_edges, schema_of(EDGES))
        edges = forests.repartition(1)
    return edges.mapInArrow(_tasks.component_labels, schema_of(LABELS))


def stars_in_rounds(edges: Callable[[], DataFrame], stage: Stage) -> tuple[DataFrame, dict[str, Any]]:
    """Of edges (first, document), of which the first is smaller: one for each document but the first of
    each component, which is its other end. Each round is a stage of its own.

    A round is the last one if the sum of all first ends is what it was: a large star puts a smaller end in the
    place of each that it changes, and a small star an edge with two smaller ends, or none, in
    the place of each that it takes away.
    """
    rows, counts = stage("components-0", edges, _count_rows)
    number, before = 0, None
    while counts["sum_of_firsts"] != before:
        number, before = number + 1, counts["sum_of_firsts"]
        rows, counts = stage(f"components-{number}", partial(star_round, rows), _count_rows)
    return rows, counts


def star_round(edges: DataFrame) -> DataFrame:
    """A large star and a small one."""
    return _small_star(_large_star(edges).distinct()).distinct()


def _smallest_of(edges: DataFrame, name: str) -> DataFrame:
    """Of documents that are no first end of all their edges, the smallest neighbour, which is `smallest`."""
    return edges.groupBy(F.col("document").alias(name)).agg(F.min("first").alias("smallest"))


def _large_star(edges: DataFrame) -> DataFrame:
    met = edges.join(_smallest_of(edges, "first"), "first", "left")
    return met.select(F.coalesce("smallest", "first").alias("first"), "document")


def _small_star(edges: DataFrame) -> DataFrame:
    smallest = _smallest_of(edges, "document")
    others = edges.join(smallest, "document").where("first > smallest")
    return others.select(F.col("smallest").alias("first"), F.col("first").alias("document")).union(
        smallest.select(F.col("smallest").alias("first"), "document")
    )


def _labels_of_stars(stars: DataFrame, edges: int) -> DataFrame:
    firsts = stars.select("first", F.col("first").alias("document")).distinct()
    labeled = stars.select("first", "document").union(firsts)
    block = F.shiftright("document", BLOCK.bit_length() - 1)
    tasks = 2 * edges * _BYTES_OF_AN_EDGE // _EDGE_BYTES_A_TASK + 1
    together = labeled.select(F.array("first", "document").alias("label"), block.alias("block"))
    labels = together.repartition(tasks, "block").select("label")
    return labels.mapInArrow(_tasks.block_labels, schema_of(LABELS))


def _count_rows(rows: DataFrame) -> dict[str, Any]:
    return sums(rows, rows="edges", sum_of_firsts=F.col("first").cast("decimal(20,0)"))


def _count_labels(labels: DataFrame) -> dict[str, Any]:
    return sums(
        labels,
        documents="documents",
        components="components",
        label_bytes=F.length("labels"),
        native_ns="native_ns",
    )
