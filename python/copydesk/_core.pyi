# SPDX-License-Identifier: Apache-2.0
from collections.abc import Callable, Sequence
from typing import Any, Optional

version: str

_Progress = Optional[Callable[[str, int, int, str], Any]]

class ResultTable:
    def __len__(self) -> int: ...
    @property
    def names(self) -> list[str]: ...
    def column(self, index: int) -> list[Any]: ...
    def stream(self) -> object: ...

class Source:
    @staticmethod
    def from_stream(stream: object, fields: dict[str, str], required: list[str]) -> Source: ...
    @staticmethod
    def from_lists(lists: dict[str, list[Optional[str]]]) -> Source: ...
    @staticmethod
    def from_files(paths: list[str], fields: dict[str, str]) -> Source: ...

def dedup(
    source: Source,
    threshold: float,
    contained: float,
    recall: float,
    shingle: str,
    shingle_size: int,
    tokens: str,
    fold: Sequence[str],
    keep: str,
    mask: Sequence[str],
    against: Optional[Source],
    threads: int,
    memory: int,
    work_dir: str,
    progress: _Progress,
) -> tuple[ResultTable, ResultTable, ResultTable]: ...
def pairs(
    source: Source,
    threshold: float,
    recall: float,
    shingle: str,
    shingle_size: int,
    tokens: str,
    fold: Sequence[str],
    mask: Sequence[str],
    against: Optional[Source],
    threads: int,
    memory: int,
    work_dir: str,
    progress: _Progress,
) -> tuple[ResultTable, ResultTable]: ...
def reuse(
    source: Source,
    strictness: float,
    min_tokens: int,
    mask: Sequence[str],
    threads: int,
    memory: int,
    work_dir: str,
    progress: _Progress,
) -> tuple[ResultTable, ResultTable, ResultTable]: ...
def blocks(
    source: Source,
    scope: Sequence[str],
    unit: Sequence[str],
    min_count: int,
    threads: int,
    memory: int,
    work_dir: str,
    progress: _Progress,
) -> tuple[ResultTable, ResultTable]: ...
def split(
    source: Source,
    prose: bool,
    mask: Sequence[str],
    threads: int,
    memory: int,
    work_dir: str,
    progress: _Progress,
) -> tuple[ResultTable, ResultTable]: ...
def summarize(
    source: Source,
    sentences: int,
    words: int,
    chars: int,
    query: str,
    mask: Sequence[str],
    threads: int,
    memory: int,
    work_dir: str,
    progress: _Progress,
) -> tuple[ResultTable, ResultTable, ResultTable]: ...
def compare(a: str, b: str, min_tokens: int) -> dict[str, Any]: ...
