# SPDX-License-Identifier: Apache-2.0
"""Columns of tasks in the words of Spark, and their sums."""

from __future__ import annotations

from typing import Any, Optional

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import (
    BinaryType,
    DataType,
    DoubleType,
    IntegerType,
    LongType,
    StringType,
    StructField,
    StructType,
)

ID = pa.null()  # stands for the type of ids, which is that of a column of the user's
_SPARK_TYPES: dict[Any, DataType] = {
    pa.int32(): IntegerType(),
    pa.int64(): LongType(),
    pa.float64(): DoubleType(),
    pa.string(): StringType(),
    pa.binary(): BinaryType(),
}


def schema_of(fields: Any, id_type: Optional[DataType] = None) -> StructType:
    """What a task gives."""
    types = _SPARK_TYPES if id_type is None else {**_SPARK_TYPES, ID: id_type}
    return StructType([StructField(field.name, types[field.type]) for field in fields])


def sums(frame: DataFrame, rows: Optional[str] = None, **columns: Any) -> dict[str, Any]:
    """Sums of columns by the names that they are to have, and the number of rows."""
    wanted = [F.coalesce(F.sum(column), F.lit(0)).alias(name) for name, column in columns.items()]
    if rows is not None:
        wanted.append(F.count(F.lit(1)).alias(rows))
    row = frame.agg(*wanted).collect()[0]
    return {name: int(value) for name, value in row.asDict().items()}
