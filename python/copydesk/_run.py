# SPDX-License-Identifier: Apache-2.0
"""What all functions take, and what becomes of progress and of records that cannot be used."""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable
from typing import Any, Optional, TypeVar, Union

from . import _core
from ._results import Table
from ._source import DEFAULT_FIELDS

Memory = Union[int, str, None]
Progress = Union[bool, Callable[[str, int, int, str], Any]]
Names = Union[str, Iterable[str], None]
Folder = Union[str, "os.PathLike[str]"]

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_FEWEST_BYTES = 1 << 20  # less was meant as something else: "2" as 2G


def memory_bytes(memory: Memory) -> int:
    if memory is None:
        return 0
    if isinstance(memory, int):
        size = memory
    else:
        found = re.fullmatch(r"\s*([0-9]+)\s*([kmgt]?)(i?b)?\s*", memory.lower())
        if found is None:
            raise ValueError(f'memory: {memory!r} is no size; write it as "2G" or "500M"')
        size = int(found.group(1)) * _UNITS[found.group(2)]
    if size < _FEWEST_BYTES:
        raise ValueError(f'memory: {memory!r} is {size} bytes; did you mean "{memory}G"?')
    return size


def words_of(name: str, value: Names, allowed: tuple[str, ...]) -> list[str]:
    words = [] if value is None else re.split(r"[,\s]+", value) if isinstance(value, str) else value
    chosen = [word for word in words if word]
    for word in chosen:
        if word not in allowed:
            raise ValueError(f"{name}: {word!r} is not one of {', '.join(allowed)}")
    return chosen


def folds_of(fold: Names) -> list[str]:
    return words_of("fold", fold, ("accents", "chinese"))


class _Bar:
    """A bar of tqdm for each stage."""

    def __init__(self) -> None:
        from tqdm.auto import tqdm  # type: ignore[import-untyped,unused-ignore]

        self._tqdm = tqdm
        self._bar: Any = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int, unit: str) -> None:
        if stage != self._stage:
            self.close()
            self._bar = self._tqdm(total=total or None, desc=stage, unit=unit, unit_scale=True)
            self._stage = stage
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _lines(stage: str, done: int, total: int, unit: str) -> None:
    """Progress where tqdm is not installed: one line that is written over."""
    share = f"{100 * done / total:.0f} %" if total else f"{done:,} {unit}"
    print(f"\r{stage} {share}\033[K", end="", file=sys.stderr, flush=True)


Found = TypeVar("Found")


class Run:
    """What all functions take, and what becomes of progress and rejected records."""

    def __init__(self, threads: int, memory: Memory, work_dir: Folder, progress: Progress) -> None:
        self._bar: Optional[_Bar] = None
        self._progress: Optional[Callable[[str, int, int, str], Any]] = None
        if callable(progress):
            self._progress = progress
        elif progress:
            try:
                self._bar = _Bar()
                self._progress = self._bar
            except ImportError:
                self._progress = _lines
        self.arguments = _core.Run(threads, memory_bytes(memory), os.fspath(work_dir), self._progress)

    def __call__(self, function: Callable[..., Found], source: _core.Source, **options: Any) -> Found:
        try:
            return function(self.arguments, source, **options)
        finally:
            if self._bar is not None:
                self._bar.close()
            elif self._progress is _lines:
                print(file=sys.stderr)


def warn_of(rejected: _core.ResultTable) -> None:
    """One warning for all records that could not be used."""
    if len(rejected) == 0:
        return
    first = Table(rejected)[0]
    records = "1 record" if len(rejected) == 1 else f"{len(rejected):,} records"
    warnings.warn(
        f"{records} cannot be used (first {first['place']}: {first['reason']}); see .rejected",
        stacklevel=3,
    )


def fields_of(given: dict[str, Optional[str]]) -> tuple[dict[str, Optional[str]], list[str]]:
    """Names by role, and which of them the caller chose."""
    fields: dict[str, Optional[str]] = dict(DEFAULT_FIELDS)
    chosen = [role for role, name in given.items() if name is not None]
    fields.update({role: given[role] for role in chosen})
    return fields, chosen
