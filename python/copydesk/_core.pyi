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
    def from_array(
        schema: object, array: object, fields: dict[str, str], required: list[str]
    ) -> Source: ...
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
    output_dir: str,
    key: str,
    source_field: str,
) -> tuple[ResultTable, ResultTable, ResultTable, ResultTable, ResultTable]: ...
def filter(
    run: Run,
    source: Source,
    listed: Source,
    list_path: str,
    drop: bool,
    by_id: bool,
    output_dir: str,
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
    run: Run,
    source: Source,
    scope: Sequence[str],
    unit: Sequence[str],
    min_count: int,
    cut: bool,
    output_dir: str,
) -> tuple[ResultTable, ResultTable, ResultTable]: ...
def split(
    run: Run, source: Source, prose: bool, mask: Sequence[str], output_dir: str
) -> tuple[ResultTable, ResultTable]: ...
def summarize(
    run: Run,
    source: Source,
    sentences: int,
    words: int,
    chars: int,
    query: str,
    mask: Sequence[str],
    output_dir: str,
) -> tuple[ResultTable, ResultTable, ResultTable]: ...
def decontaminate(
    run: Run, source: Source, items: Source
) -> tuple[ResultTable, ResultTable, ResultTable]: ...
def extract(run: Run, source: Source) -> tuple[ResultTable, ResultTable]: ...
def no_records() -> ResultTable: ...
def extract_pages(pages: Sequence[bytes], urls: Sequence[str], all_text: bool) -> ResultTable: ...
def compare(a: str, b: str, min_tokens: int) -> dict[str, Any]: ...
def minhash(
    run: Run,
    source: Source,
    shingle: str,
    shingle_size: int,
    tokens: str,
    fold: Sequence[str],
    sketch: str,
    slots: int,
    seed: int,
) -> memoryview: ...
def simhash(
    run: Run,
    source: Source,
    shingle: str,
    shingle_size: int,
    tokens: str,
    fold: Sequence[str],
    features: str,
    bits: int,
) -> memoryview: ...
def jaccard_estimates(a: Any, b: Any) -> memoryview: ...
def cosine_estimates(a: Any, b: Any) -> memoryview: ...
def sentences(run: Run, source: Source, language: str) -> ResultTable: ...
def pair_measures(
    truth: Sequence[tuple[int, int]], result: Sequence[tuple[int, int]]
) -> dict[str, Any]: ...
def cluster_measures(truth: Sequence[int], result: Sequence[int]) -> dict[str, Any]: ...
def rouge(
    references: Sequence[Sequence[str]],
    candidates: Sequence[str],
    measures: Sequence[str],
    stem: bool,
) -> ResultTable: ...
class BandSketcher:
    def __init__(
        self,
        shingle: str,
        shingle_size: int,
        tokens: str,
        fold: Sequence[str],
        threshold: float,
        recall: float,
    ) -> None: ...
    @property
    def bands(self) -> int: ...
    def keys(self, source: Source) -> tuple[bytes, bytes, int, int, int]: ...

class KeyEntries:
    def __init__(self, bands: int) -> None: ...
    def __len__(self) -> int: ...
    def add(self, first: int, keys: bytes) -> None: ...
    def take(self, ranges: int) -> tuple[bytes, list[tuple[int, bytes]]]: ...

class KeyJoin:
    def add(self, entries: bytes) -> None: ...
    def stars(self) -> bytes: ...

class Labels:
    def __init__(self, labels: bytes) -> None: ...
    @property
    def components(self) -> int: ...
    @property
    def documents(self) -> int: ...
    def next(self, most: int) -> list[tuple[int, bytes]]: ...

class EdgeForest:
    def add(self, edges: bytes) -> None: ...
    def stars(self) -> bytes: ...
    def labels(self) -> Labels: ...

def labeled_rows(labels: bytes, hashes: bytes) -> tuple[bytes, bytes]: ...
def dedup_rows(
    run: Run,
    source: Source,
    rows: bytes,
    threshold: float,
    recall: float,
    shingle: str,
    shingle_size: int,
    tokens: str,
    fold: Sequence[str],
    keep: str,
    decisions_path: str,
    clusters_path: str,
) -> tuple[int, int]: ...
def pair_rows(
    run: Run,
    source: Source,
    rows: bytes,
    threshold: float,
    recall: float,
    shingle: str,
    shingle_size: int,
    tokens: str,
    fold: Sequence[str],
) -> ResultTable: ...
def run_program(words: list[bytes]) -> int: ...

class IndexFolder:
    def __init__(self, path: str) -> None: ...
    @staticmethod
    def create(
        path: str,
        threshold: float,
        recall: float,
        shingle: str,
        shingle_size: int,
        tokens: str,
        fold: list[str],
        verify: str,
        with_text: bool,
    ) -> IndexFolder: ...
    def add(
        self, run: Run, source: Source
    ) -> tuple[ResultTable, ResultTable, ResultTable, ResultTable, ResultTable]: ...
    def dedup(
        self, run: Run, source: Source
    ) -> tuple[ResultTable, ResultTable, ResultTable, ResultTable, ResultTable]: ...
    def query(self, run: Run, source: Source, most: int) -> tuple[ResultTable, ResultTable]: ...
    def query_text(self, text: str, most: int) -> ResultTable: ...
    def remove(self, ids: Sequence[str]) -> int: ...
    def merge(self, forget: bool) -> None: ...
    def describe(self) -> str: ...
    def check(self) -> list[str]: ...
    def size(self) -> int: ...
