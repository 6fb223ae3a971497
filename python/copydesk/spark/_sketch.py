# SPDX-License-Identifier: Apache-2.0
"""The sketches behind dedup as a column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Optional

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import BinaryType, StructField, StructType

from .._run import Names
from .._sketches import minhash


def sketch(
    df: DataFrame,
    *,
    id: str,
    text: str,
    shingle: str = "word",
    shingle_size: int = 5,
    tokens: str = "words",
    fold: Names = ("accents",),
    slots: int = 128,
    seed: int = 0,
) -> DataFrame:
    """Of each document its id and its sketch: `slots` numbers of 32 bits, little-endian, as bytes.

    They are the rows of `copydesk.minhash`: the share of slots that are equal estimates the Jaccard
    similarity of two documents. ``numpy.frombuffer(row.sketch, "<u4")`` reads one. Null where there
    is no text, or one that is no UTF-8.

    Raises ValueError for options out of range, before any work.
    """
    options = {
        "shingle": shingle,
        "shingle_size": shingle_size,
        "tokens": tokens,
        "fold": fold if fold is None or isinstance(fold, str) else tuple(fold),
        "slots": slots,
        "seed": seed,
    }
    minhash([], **options)  # type: ignore[arg-type]
    chosen = df.select(F.col(id).alias("id"), F.col(text).alias("text"))
    schema = StructType([StructField("id", chosen.schema["id"].dataType)])
    schema.add("sketch", BinaryType())
    return chosen.mapInArrow(partial(_sketches, options=options), schema)


def _sketches(batches: Iterator[Any], options: dict[str, Any]) -> Iterator[Any]:
    for batch in batches:
        texts = batch.column("text")
        try:
            rows = minhash(pa.table({"text": texts}), threads=1, **options)
            packed = rows.cast("B") if len(texts) else memoryview(b"")
            width = len(packed) // max(1, len(texts))
            sketches: list[Optional[bytes]] = [
                bytes(packed[n * width : (n + 1) * width]) if valid else None
                for n, valid in enumerate(texts.is_valid().to_pylist())
            ]
        except ValueError:  # one of them is no UTF-8
            sketches = [_one_sketch(texts.slice(n, 1), options) for n in range(len(texts))]
        columns = [batch.column("id"), pa.array(sketches, pa.binary())]
        yield pa.RecordBatch.from_arrays(columns, names=["id", "sketch"])


def _one_sketch(text: Any, options: dict[str, Any]) -> Optional[bytes]:
    if not text.is_valid()[0].as_py():
        return None
    try:
        return bytes(minhash(pa.table({"text": text}), threads=1, **options).cast("B"))
    except ValueError:
        return None
