# SPDX-License-Identifier: Apache-2.0
"""Whatever a caller has, as a source of documents for the native part."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Mapping
from typing import Any, Optional, cast

from . import _core

# What the columns and fields are called unless the caller says otherwise, as on the command line.
DEFAULT_FIELDS = {
    "text": "text",
    "id": "id",
    "title": "title",
    "url": "url",
    "time": "date",
    "site": "site",
}


def is_files(documents: Any) -> bool:
    """Whether the documents are in files: one path, or a list of Paths. A list of str is texts."""
    if isinstance(documents, (str, os.PathLike)):
        return True
    return (
        isinstance(documents, (list, tuple))
        and len(documents) > 0
        and all(isinstance(item, os.PathLike) for item in documents)
    )


def _paths(documents: Any) -> list[str]:
    """Expands patterns such as ``crawl/*.jsonl.zst``, with ``**`` for folders of any depth."""
    found: list[str] = []
    for item in documents if isinstance(documents, (list, tuple)) else [documents]:
        path = os.fspath(item)
        matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []
        if not matches and isinstance(item, str) and not os.path.lexists(path):
            raise FileNotFoundError(
                f"{path[:100]}: there is no such file; a single text is given in a list, as [text]"
            )
        found += matches or [path]
    return found


def native(table: Any) -> Any:
    """The object with the Arrow interface behind some that have none of their own."""
    if type(table).__name__ == "LazyFrame" and hasattr(table, "collect"):
        return table.collect()
    if hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__"):
        return table
    if hasattr(table, "scanner"):  # pyarrow.dataset.Dataset
        return table.scanner().to_reader()
    if hasattr(table, "to_reader"):  # a scanner
        return table.to_reader()
    if hasattr(table, "flatten_indices") and hasattr(table, "data"):  # Hugging Face datasets
        # Only what was filtered or sorted has to be brought together first.
        has_own_order = getattr(table, "_indices", None) is not None
        return (table.flatten_indices() if has_own_order else table).data.table
    return table


def _as_text(value: Any) -> Optional[str]:
    return value if value is None or isinstance(value, str) else str(value)


def key_column(key: Optional[str], in_files: bool) -> Optional[str]:
    """The column that a key names; of files the native part knows the names of fields."""
    if key is None or in_files:
        return None
    for prefix in ("url:", "field:"):
        if key.startswith(prefix):
            return key[len(prefix) :]
    return key


def make_source(
    documents: Any, fields: Mapping[str, Optional[str]], given: Iterable[str]
) -> _core.Source:
    """`fields`: the names by role; `given`: the roles the caller named, which must be there."""
    names = {role: name for role, name in fields.items() if name is not None}
    required = sorted({"text", *given} & names.keys())
    if is_files(documents):
        return _core.Source.from_files(_paths(documents), names)
    table = native(documents)
    if hasattr(table, "__arrow_c_stream__"):
        return _core.Source.from_stream(table.__arrow_c_stream__(), names, required)
    if hasattr(table, "__arrow_c_array__"):
        schema, array = table.__arrow_c_array__()
        return _core.Source.from_array(schema, array, names, required)
    if isinstance(documents, bytes):
        raise TypeError("bytes are not a list of documents; files are given as str or Path")
    if not isinstance(documents, Iterable):
        raise TypeError(
            f"cannot take documents from {type(documents).__name__}: it has no "
            "__arrow_c_stream__ or __arrow_c_array__ and is no list of strings or dicts"
        )
    rows = documents if isinstance(documents, list) else list(documents)
    if all(row is None or isinstance(row, str) for row in rows):
        return _core.Source.from_lists({"text": cast("list[Optional[str]]", rows)})
    if all(isinstance(row, Mapping) for row in rows):
        columns: dict[str, list[Optional[str]]] = {}
        for role, name in names.items():
            if any(name in row for row in rows):
                columns[role] = [_as_text(row.get(name)) for row in rows]
            elif role in required:
                there = ", ".join(sorted({key for row in rows[:100] for key in row}))
                raise ValueError(f'{role}: there is no field "{name}"; fields there: {there}')
        return _core.Source.from_lists(columns)
    raise TypeError("a list of documents holds strings or dicts")


def make_list(listed: Any) -> tuple[_core.Source, str]:
    """What `filter` goes by: a column of names, or the path of a file that has them."""
    if isinstance(listed, (str, os.PathLike)):
        return _core.Source.from_lists({"text": []}), os.fspath(listed)
    if isinstance(listed, Iterable) and not hasattr(native(listed), "__arrow_c_stream__"):
        rows = [row if isinstance(row, Mapping) else str(row) for row in listed]
        return make_source(rows, {"text": "id"}, ["text"]), ""
    return make_source(listed, {"text": "id"}, ["text"]), ""
