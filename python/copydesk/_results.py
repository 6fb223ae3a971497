# SPDX-License-Identifier: Apache-2.0
"""Results: tables with an Arrow interface, and the selection of rows that a dedup keeps."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Any, Optional

from . import _core
from ._source import is_files, native

_SHOWN_ROWS = 10
_SHOWN_CHARACTERS = 60


def _cell(value: Any) -> str:
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "\u2026"


class Table(Sequence[dict[str, Any]]):
    """Columns of equal length. Rows are dicts; ``table["name"]`` is a column as a list.

    Whatever takes Arrow takes it: ``pyarrow.table(t)``, ``polars.DataFrame(t)``,
    ``duckdb.sql("from t")``; nothing is copied on the way.
    """

    def __init__(self, table: _core.ResultTable) -> None:
        self._table = table
        self._columns: dict[str, list[Any]] = {}

    @property
    def column_names(self) -> list[str]:
        """The names of the columns, in order."""
        return self._table.names

    def __len__(self) -> int:
        return len(self._table)

    def column(self, name: str) -> list[Any]:
        """One column. Raises KeyError for a name there is not."""
        if name not in self._columns:
            names = self._table.names
            if name not in names:
                raise KeyError(f"no column {name!r}; columns there: {', '.join(names)}")
            self._columns[name] = self._table.column(names.index(name))
        return self._columns[name]

    def _row(self, index: int) -> dict[str, Any]:
        return {name: self.column(name)[index] for name in self.column_names}

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return self.column(key)
        if isinstance(key, slice):
            return [self._row(index) for index in range(*key.indices(len(self)))]
        if not -len(self) <= key < len(self):
            raise IndexError(key)
        return self._row(key)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self._row(index) for index in range(len(self)))

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return self._table.stream()

    def to_pyarrow(self) -> Any:
        """A pyarrow.Table."""
        import pyarrow

        return pyarrow.table(self)

    def to_polars(self) -> Any:
        """A polars.DataFrame."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> Any:
        """A pandas.DataFrame."""
        import pandas

        return pandas.DataFrame({name: self.column(name) for name in self.column_names})

    def __repr__(self) -> str:
        names = self.column_names
        lines = ["  ".join(names)]
        lines += ["  ".join(_cell(row[n]) for n in names) for row in self[:_SHOWN_ROWS]]
        if len(self) > _SHOWN_ROWS:
            lines.append(f"... {len(self):,} rows")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        names = self.column_names
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_cell(row[n]))}</td>" for n in names) + "</tr>"
            for row in self[:_SHOWN_ROWS]
        )
        return (
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>{len(self):,} rows</p>"
        )


class RejectedRecords(Table):
    """Records that could not be used: place and reason."""


class Kept(Sequence[Any]):
    """The rows of the input that stay, with all their columns: a selection until it is asked for.

    ``len(kept)``, ``kept.rows`` (numbers, ascending), ``kept.to_pyarrow()`` and so on, or iterate
    over it where the input was a list.
    """

    def __init__(self, documents: Any, table: _core.ResultTable) -> None:
        self._documents = documents
        self._table = Table(table)

    @property
    def rows(self) -> list[int]:
        """Row numbers in the input; in files the lines, from 0, of the files in ``inputs``."""
        return self._table.column("row")

    @property
    def inputs(self) -> list[int]:
        """Of each kept document the number of its file. In memory 0, or 1 with ``against``."""
        return self._table.column("input")

    def __len__(self) -> int:
        return len(self._table)

    def __getitem__(self, index: Any) -> Any:
        """A kept document of a list. Raises TypeError for tables and files."""
        if not isinstance(self._documents, (list, tuple)) or is_files(self._documents):
            raise TypeError("rows of a table are had with to_pyarrow(), to_polars() or to_pandas()")
        rows = self.rows[index]
        if isinstance(rows, list):
            return [self._documents[row] for row in rows]
        return self._documents[rows]

    def select(self) -> Any:
        """The kept rows in the input's own kind of table, or as a list."""
        table = self._documents
        if is_files(table):
            raise TypeError("the documents are in files; rows and inputs say which stay")
        if isinstance(table, (list, tuple)):
            return [table[row] for row in self.rows]
        if type(table).__name__ == "LazyFrame":
            table = table.collect()
        if hasattr(table, "iloc"):  # pandas
            return table.iloc[self.rows]
        if hasattr(table, "select") and hasattr(table, "flatten_indices"):  # datasets
            return table.select(self.rows)
        if hasattr(table, "take"):  # pyarrow
            return table.take(self.rows)
        if type(table).__module__.split(".")[0] == "polars":
            return table[self.rows]
        return self.to_pyarrow()

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        selected = self.select()
        if isinstance(selected, list):
            import pyarrow

            rows = selected if all(isinstance(r, dict) for r in selected) else None
            selected = (
                pyarrow.Table.from_pylist(rows)
                if rows is not None
                else pyarrow.table({"text": selected})
            )
        return native(selected).__arrow_c_stream__()

    def to_pyarrow(self) -> Any:
        """A pyarrow.Table of the kept rows."""
        import pyarrow

        table = self._documents
        if hasattr(table, "__arrow_c_stream__") and not hasattr(table, "take"):
            return pyarrow.table(native(table)).take(self.rows)
        return pyarrow.table(self)

    def to_polars(self) -> Any:
        """A polars.DataFrame of the kept rows."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> Any:
        """A pandas.DataFrame of the kept rows."""
        selected = self.select()
        return selected if hasattr(selected, "iloc") else self.to_pyarrow().to_pandas()

    def __repr__(self) -> str:
        return f"<{len(self):,} documents kept>"


class _Listed(Table):
    """A table of what was found; ``rejected`` has the records that could not be used."""

    def __init__(self, table: _core.ResultTable, rejected: _core.ResultTable) -> None:
        super().__init__(table)
        self.rejected = RejectedRecords(rejected)


class _Result:
    """What all results have: the records that could not be used."""

    rejected: RejectedRecords

    def __init__(self, rejected: _core.ResultTable) -> None:
        self.rejected = RejectedRecords(rejected)


class Dedup(_Result):
    """What `dedup` decided: ``kept``, ``decisions`` (one row a removed document), ``clusters``.

    With `source`, ``by_source`` has a row a source, the largest first, and ``in_favor_of`` how many of
    a ``source`` went because one of ``kept_source`` stays.
    """

    def __init__(
        self,
        documents: Any,
        kept: _core.ResultTable,
        decisions: _core.ResultTable,
        sources: _core.ResultTable,
        favors: _core.ResultTable,
        rejected: _core.ResultTable,
    ) -> None:
        super().__init__(rejected)
        self.kept = Kept(documents, kept)
        self.decisions = Table(decisions)
        self.by_source = Table(sources)
        self.in_favor_of = Table(favors)

    @property
    def clusters(self) -> dict[str, list[str]]:
        """By the id of each kept document that lost others, the ids of those."""
        found: dict[str, list[str]] = {}
        for kept, removed in zip(self.decisions["kept_id"], self.decisions["id"]):
            found.setdefault(kept, []).append(removed)
        return found

    @property
    def report(self) -> dict[str, int]:
        """Counts: documents kept, removed by rule, rejected."""
        counts = {"kept": len(self.kept), "removed": len(self.decisions)}
        for rule in self.decisions["rule"]:
            counts[rule] = counts.get(rule, 0) + 1
        counts["rejected"] = len(self.rejected)
        return counts

    def __repr__(self) -> str:
        return f"<dedup: {len(self.kept):,} kept, {len(self.decisions):,} removed>"


class Filtered(_Result):
    """What `filter` left: ``kept``, and ``missing``, what of the list is no document."""

    def __init__(
        self,
        documents: Any,
        kept: _core.ResultTable,
        missing: _core.ResultTable,
        rejected: _core.ResultTable,
    ) -> None:
        super().__init__(rejected)
        self.kept = Kept(documents, kept)
        self.missing: list[str] = Table(missing).column("id")

    def __repr__(self) -> str:
        return f"<filter: {len(self.kept):,} kept>"


class Pairs(_Listed):
    """Similar pairs, one a row; ``rejected`` besides."""


class Reuse(_Result):
    """What `reuse` found: ``passages``, one a row, and ``families``, one row a version."""

    def __init__(
        self,
        passages: _core.ResultTable,
        families: _core.ResultTable,
        rejected: _core.ResultTable,
    ) -> None:
        super().__init__(rejected)
        self.passages = Table(passages)
        self.families = Table(families)

    def __repr__(self) -> str:
        families = len(set(self.families["family"]))
        return f"<reuse: {len(self.passages):,} passages, {families:,} families>"


class Blocks(_Listed):
    """Repeated blocks, one a row; ``cut``, if asked for, has what is left of each text."""

    def __init__(
        self, table: _core.ResultTable, cut: _core.ResultTable, rejected: _core.ResultTable
    ) -> None:
        super().__init__(table, rejected)
        self.cut = Table(cut)


class Stories(_Listed):
    """Stories, one a row; ``rejected`` besides."""


class Summaries(_Listed):
    """Abstracts, one a row; ``sentences`` tells where each sentence stands."""

    def __init__(
        self, table: _core.ResultTable, sentences: _core.ResultTable, rejected: _core.ResultTable
    ) -> None:
        super().__init__(table, rejected)
        self.sentences = Table(sentences)


class Leaks(_Listed):
    """Evaluation items found, one row a place; ``sets`` counts them by evaluation set."""

    def __init__(
        self, table: _core.ResultTable, sets: _core.ResultTable, rejected: _core.ResultTable
    ) -> None:
        super().__init__(table, rejected)
        self.sets = Table(sets)


class Documents(_Listed):
    """Documents as they were read, one a row; ``rejected`` besides."""


class Comparison:
    """Two texts by all measures, and their shared ``passages``."""

    same_tokens: bool
    jaccard: float
    containment_a: float
    containment_b: float
    longest_run: int
    passages: list[dict[str, Any]]

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)

    def __repr__(self) -> str:
        return (
            f"<jaccard {self.jaccard:.3f}, containment {self.containment_a:.3f} and "
            f"{self.containment_b:.3f}, {len(self.passages)} passages>"
        )
