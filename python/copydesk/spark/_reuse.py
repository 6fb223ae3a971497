# SPDX-License-Identifier: Apache-2.0
"""Evaluation items, or other short old texts, that stand in the documents of a DataFrame."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Optional

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import (
    BooleanType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from .. import _core
from .._arrow import pack, source_of, unpack
from .._results import Table

# Documents are looked through so many bytes at a time: each time the items go along with them.
_BYTES_AT_ONCE = 8 << 20

_TEXTS = ("set", "item", "kind")
_FLAGS = ("has_answer", "answer_near")
_PLACES = ("begin", "end", "item_begin", "item_end", "tokens", "longest_run")


def reuse_against(
    df: DataFrame,
    old: DataFrame,
    *,
    id: str,
    text: str,
    question: str = "question",
    answer: Optional[str] = "answer",
    item_id: Optional[str] = "id",
    set: Optional[str] = "set",
) -> DataFrame:
    """Where items of `old` stand in the texts of `df`: what `copydesk decontaminate` finds, a row a find.

    `old`: evaluation questions or other short texts, as many as one machine holds several times; they are
    sent to every machine. `question`, `answer`, `item_id` and `set` are its columns, of which only the
    first must be there. The result has `id` of the document and the fields of `copydesk.decontaminate`: set,
    item, kind, has_answer, answer_near, begin, end (bytes in the text), item_begin, item_end, tokens,
    longest_run. Rows without a text, or with one that is no UTF-8, are passed over.

    Nothing is done before the result is used, and it is done anew for each use. Raises ValueError for
    columns that are not there.
    """
    columns = {"text": question, "title": answer, "id": item_id, "site": set}
    there = {role: name for role, name in columns.items() if name in old.columns}
    for frame, name in ((df, id), (df, text), (old, question)):
        if name not in frame.columns:
            raise ValueError(f"there is no column {name!r}; columns there: {', '.join(frame.columns)}")
    chosen = df.select(F.col(id).alias("id"), F.col(text).alias("text"))
    named = old.select(*(F.col(name).cast("string").alias(role) for role, name in there.items()))
    items = named.coalesce(1).mapInArrow(_as_one, "items binary")
    documents = chosen.mapInArrow(_in_blocks, "documents binary")
    schema = StructType([StructField("id", chosen.schema["id"].dataType)])
    for kind, names in ((StringType(), _TEXTS), (BooleanType(), _FLAGS), (LongType(), _PLACES)):
        for name in names:
            schema.add(name, kind)
    return documents.crossJoin(F.broadcast(items)).mapInArrow(partial(_finds, roles=sorted(there)), schema)


def _row(name: str, packed: bytes) -> Any:
    return pa.RecordBatch.from_arrays([pa.array([packed], pa.binary())], names=[name])


def _as_one(batches: Iterator[Any]) -> Iterator[Any]:
    held = list(batches)
    if held:
        yield _row("items", pack(pa.Table.from_batches(held)))


def _in_blocks(batches: Iterator[Any]) -> Iterator[Any]:
    held: list[Any] = []
    size = 0
    for batch in batches:
        held.append(batch)
        size += batch.nbytes
        if size >= _BYTES_AT_ONCE:
            yield _row("documents", pack(pa.Table.from_batches(held)))
            held, size = [], 0
    if held:
        yield _row("documents", pack(pa.Table.from_batches(held)))


def _finds(batches: Iterator[Any], roles: list[str]) -> Iterator[Any]:
    known: Optional[bytes] = None
    for batch in batches:
        for packed, packed_items in zip(batch.column("documents"), batch.column("items")):
            if known is None or known != packed_items.as_py():
                known = packed_items.as_py()
                items = source_of(unpack(known), {role: role for role in roles})
            table = unpack(packed.as_buffer())
            source = source_of(table, {"text": "text"})
            hits, _, _ = _core.decontaminate(_core.Run(1, 0, "", None), source, items=items)
            found = Table(hits).to_pyarrow().combine_chunks()
            arrays = [table.column("id").take(found.column("row"))]
            arrays += [found.column(name).cast(pa.string()) for name in _TEXTS]
            arrays += [found.column(name).cast(pa.bool_()) for name in _FLAGS]
            arrays += [found.column(name) for name in _PLACES]
            names = ["id", *_TEXTS, *_FLAGS, *_PLACES]
            yield from pa.table(arrays, names=names).combine_chunks().to_batches()
