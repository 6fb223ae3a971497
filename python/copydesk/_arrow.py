# SPDX-License-Identifier: Apache-2.0
"""Tables of pyarrow on their way to native code, and as messages that travel."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from . import _core


def source_of(table: Any, roles: dict[str, str]) -> _core.Source:
    return _core.Source.from_stream(table.__arrow_c_stream__(), roles, ["text"])


def pack(table: Any) -> bytes:
    """A table as one message, compressed."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", compression_level=1))
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    message: bytes = sink.getvalue().to_pybytes()
    return message


def unpack(message: Any) -> Any:
    return pa.ipc.open_stream(message).read_all()


def binary(values: list[Any]) -> Any:
    return pa.array(values, pa.binary())


def long_integers(buffer: bytes) -> Any:
    return pa.Array.from_buffers(pa.int64(), len(buffer) // 8, [None, pa.py_buffer(buffer)])


def bytes_of(column: Any) -> bytes:
    """The numbers of a column of int64 without nulls, one after the other."""
    values = one_array(column)
    if len(values) == 0:
        return b""
    begin = 8 * values.offset
    return bytes(memoryview(values.buffers()[1])[begin : begin + 8 * len(values)])


def once(value: int, rows: int) -> Any:
    """A column of int64 with the value in its first row and 0 in all others: what is counted once a batch."""
    return pa.array([value if row == 0 else 0 for row in range(rows)], pa.int64())


def one_array(column: Any) -> Any:
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
