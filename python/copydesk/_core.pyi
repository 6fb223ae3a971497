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

class Run:
    def __init__(
        self, threads: int, memory: int, work_dir: str, progress: _Progress
    ) -> None: ...

def dedup(
    run: Run,
    source: Source,
    against: Optional[Source],
    threshold: float,
    contained: float,
    recall: float,
    shingle: str,
    shingle_size: int,
    tokens: str,
    fold: Sequence[str],
    keep: str,
    mask: Sequence[str],
) -> tuple[ResultTable, ResultTable, ResultTable]: ...
def pairs(
    run: Run,
    source: Source,
    against: Optional[Source],
    threshold: float,
    recall: float,
    shingle: str,
    shingle_size: int,
    tokens: str,
    fold: Sequence[str],
    mask: Sequence[str],
) -> tuple[ResultTable, ResultTable]: ...
def reuse(
    run: Run,
    source: Source,
    against: Optional[Source],
    strictness: float,
    min_tokens: int,
    mask: Sequence[str],
) -> tuple[ResultTable, ResultTable, ResultTable]: ...
def blocks(
    run: Run, source: Source, scope: Sequence[str], unit: Sequence[str], min_count: int
) -> tuple[ResultTable, ResultTable]: ...
def split(
    run: Run, source: Source, prose: bool, mask: Sequence[str]
) -> tuple[ResultTable, ResultTable]: ...
def summarize(
    run: Run,
    source: Source,
    sentences: int,
    words: int,
    chars: int,
    query: str,
    mask: Sequence[str],
) -> tuple[ResultTable, ResultTable, ResultTable]: ...
def decontaminate(
    run: Run, source: Source, items: Source
) -> tuple[ResultTable, ResultTable, ResultTable]: ...
def extract(run: Run, source: Source) -> tuple[ResultTable, ResultTable]: ...
def no_records() -> ResultTable: ...
def extract_pages(pages: Sequence[bytes], urls: Sequence[str], all_text: bool) -> ResultTable: ...
def compare(a: str, b: str, min_tokens: int) -> dict[str, Any]: ...
