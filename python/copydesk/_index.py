# SPDX-License-Identifier: Apache-2.0
"""An index of documents that stays on the disk: today's table against everything before it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Optional, Union

from . import _core
from ._results import Dedup, Table, _Listed
from ._run import Folder, Memory, Names, Progress, Run, fields_of, folds_of, warn_of
from ._source import make_source


def _told(run: Run, compare: Any, documents: Any, source: _core.Source) -> Dedup:
    """What an index says of documents, with a warning for those that cannot be read."""
    tables = run(compare, source)
    warn_of(tables[4])
    return Dedup(documents, *tables)


class Matches(_Listed):
    """What of an index is like each document, one match a row, the most alike first.

    ``id`` and ``row`` are those of the table that was asked for, ``match_id`` and ``match_number`` those
    of the index. ``verified`` is 0 in an index that keeps nothing of the texts; nothing is measured then.
    """


class Index:
    """An index on the disk: each new document is compared with all that were added before, exactly.

    It is the folder that ``copydesk index`` works with (docs/indexes.md). How texts are compared is said
    when it is created, for good. Methods may be called from several threads at once, and release the GIL;
    what adds or removes waits for the one before it. Whoever else reads the index sees it as it was when
    they opened it.

    Raises OSError if there is no index at `path`, or if it is damaged: the words name file and place.

    >>> import copydesk, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> wire = "The ferry left the harbor at dawn with forty passengers on board."
    >>> with copydesk.Index.create(folder.name) as index:
    ...     first = index.add([{"id": "monday", "text": wire}])
    ...     found = index.query([{"id": "tuesday", "text": wire.upper()}])
    >>> len(first.kept), found[0]["match_id"], found[0]["rule"]
    (1, 'monday', 'same_words')
    >>> folder.cleanup()
    """

    def __init__(self, path: Union[str, os.PathLike[str]]) -> None:
        self._path = os.fspath(path)
        self._open: Optional[_core.IndexFolder] = _core.IndexFolder(self._path)

    @classmethod
    def create(
        cls,
        path: Union[str, os.PathLike[str]],
        *,
        threshold: float = 0.8,
        recall: float = 0.99,
        shingle: str = "word",
        shingle_size: int = 5,
        tokens: str = "words",
        fold: Names = ("accents",),
        verify: str = "sets",
        with_text: bool = False,
    ) -> Index:
        """Makes a folder with an index without documents, and opens it.

        `threshold` to `fold`: as in `dedup`. `verify`: what is kept of each text, so that answers are
        exact: "sets" (of shingles: fastest), "text" (half the space), "none" (answers are not verified,
        and nothing can be removed by them). `with_text`: beside sets the text, for the shared passage.

        Raises OSError if there is something by that name that is no empty folder, ValueError for options
        out of range.
        """
        opened = _core.IndexFolder.create(
            os.fspath(path),
            threshold,
            recall,
            shingle,
            shingle_size,
            tokens,
            folds_of(fold),
            verify,
            with_text,
        )
        index = cls.__new__(cls)
        index._path = os.fspath(path)
        index._open = opened
        return index

    @property
    def path(self) -> str:
        """The folder."""
        return self._path

    def _index(self) -> _core.IndexFolder:
        if self._open is None:
            raise ValueError("the index is closed")
        return self._open

    def add(
        self,
        documents: Any,
        *,
        text: Optional[str] = None,
        id: Optional[str] = None,
        time: Optional[str] = None,
        source: Optional[str] = None,
        tokens_column: Optional[str] = None,
        threads: int = 0,
        memory: Memory = None,
        work_dir: Folder = "",
        progress: Progress = False,
    ) -> Dedup:
        """Adds all documents, and tells which of them are copies of one that was there, or of each other.

        `documents` and the other options: as in `dedup`; `source`: the column with the source of a
        document, which matches name. In ``decisions`` a document of the index has the ``kept_input`` 1,
        or of files their number; what was kept before stays kept.

        Raises OSError if somebody else writes. Errors and Ctrl-C leave the index as it was, or, where
        Ctrl-C comes in the last moment, with all of the documents: never with a part.
        """
        fields, chosen = fields_of(
            {"text": text, "id": id, "time": time, "source": source, "tokens": tokens_column}
        )
        run = Run(threads, memory, work_dir, progress)
        return _told(run, self._index().add, documents, make_source(documents, fields, chosen))

    def dedup(
        self,
        documents: Any,
        *,
        text: Optional[str] = None,
        id: Optional[str] = None,
        time: Optional[str] = None,
        source: Optional[str] = None,
        tokens_column: Optional[str] = None,
        threads: int = 0,
        memory: Memory = None,
        work_dir: Folder = "",
        progress: Progress = False,
    ) -> Dedup:
        """What of the documents would be new: `add` without adding.

        Raises ValueError for an index that was created with ``verify="none"``.

        >>> import copydesk, tempfile
        >>> folder = tempfile.TemporaryDirectory()
        >>> index = copydesk.Index.create(folder.name)
        >>> texts = ["Bread is baked before five in the morning.", "Rain is expected on Sunday."]
        >>> added = index.add(texts[:1])
        >>> index.dedup(texts).kept.rows, len(index)
        ([1], 1)
        >>> folder.cleanup()
        """
        fields, chosen = fields_of(
            {"text": text, "id": id, "time": time, "source": source, "tokens": tokens_column}
        )
        run = Run(threads, memory, work_dir, progress)
        return _told(run, self._index().dedup, documents, make_source(documents, fields, chosen))

    def query(
        self,
        documents: Any,
        *,
        most: int = 100,
        text: Optional[str] = None,
        id: Optional[str] = None,
        tokens_column: Optional[str] = None,
        threads: int = 0,
        memory: Memory = None,
        work_dir: Folder = "",
        progress: Progress = False,
    ) -> Matches:
        """What of the index is like each document: at most so many matches, or all with 0.

        Nothing changes. Options as in `dedup`. ``passage_begin`` and ``passage_end`` are bytes of UTF-8
        in the text that was asked for: the longest run of words it shares, where the index keeps texts.

        >>> import copydesk, tempfile
        >>> folder = tempfile.TemporaryDirectory()
        >>> index = copydesk.Index.create(folder.name, threshold=0.5)
        >>> added = index.add([{"id": "a", "text": "one two three four five six seven"}])
        >>> found = index.query(["one two three four five six seven eight"])
        >>> found[0]["match_id"], found[0]["jaccard"], found[0]["contained"]
        ('a', 0.75, 1.0)
        >>> folder.cleanup()
        """
        if most < 0:
            raise ValueError("most: the number of matches is at least 0")
        fields, chosen = fields_of({"text": text, "id": id, "tokens": tokens_column})
        source = make_source(documents, fields, chosen)
        index = self._index()
        table, rejected = Run(threads, memory, work_dir, progress)(index.query, source, most=most)
        warn_of(rejected)
        return Matches(table, rejected)

    def query_text(self, text: str, *, most: int = 100) -> Matches:
        """What of the index is like one text. Takes a tenth of a millisecond as a rule."""
        if most < 0:
            raise ValueError("most: the number of matches is at least 0")
        return Matches(self._index().query_text(text, most), _core.no_records())

    def remove(self, ids: Union[Table, Iterable[str]]) -> int:
        """Takes documents out: from then on nothing is like them. Returns how many of those were kept.

        `ids`: ids or FILE:LINE, or a result that has them in its column ``id``, such as ``decisions``.
        Their bytes stay on the disk until `compact`. Raises ValueError if there is none of them.
        """
        if isinstance(ids, str):
            raise TypeError("ids are a list; one id is given as [id]")
        names = ids["id"] if isinstance(ids, Table) else ids
        return self._index().remove([str(name) for name in names])

    def merge(self) -> None:
        """Brings segments together, so that queries are faster: each `add` makes one."""
        self._index().merge(False)

    def compact(self) -> None:
        """Writes the index anew, so that what was taken out is gone from the disk."""
        self._index().merge(True)

    def info(self) -> dict[str, Any]:
        """What the index is and what is in it, as ``copydesk index info`` tells it."""
        found: dict[str, Any] = json.loads(self._index().describe())
        return found

    def check(self) -> list[str]:
        """Reads everything; a sentence for each fault, with its file and place."""
        return self._index().check()

    def __len__(self) -> int:
        """Documents that are kept."""
        return self._index().size()

    def close(self) -> None:
        """Lets the files go; runs in other threads go on to their end."""
        self._open = None

    def __enter__(self) -> Index:
        self._index()
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        value: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._open is None:
            return f"<index {self._path}: closed>"
        return f"<index {self._path}: {len(self):,} documents>"
