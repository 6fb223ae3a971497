# SPDX-License-Identifier: Apache-2.0
"""The stages of near-duplicate search over a corpus in many parts, each as a function over batches, up to
the candidates; _cluster_decide has what decides on them.

Nothing here knows of an engine: copydesk.spark hands these functions to Spark, and a test runs them one
after the other. All take an iterator of Arrow record batches, which is one part of a table, and yield
batches of the schema that stands in front of them. Needs pyarrow, which mapInArrow needs anyway.

A document is known by its number: that of its part, shifted by 32 bits, and its place in the part. Places
are given out in blocks of BLOCK, not all of which are full.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Optional

import pyarrow as pa
import pyarrow.compute as pc

from . import _core
from ._arrow import binary, bytes_of, long_integers, once, source_of

BLOCK = 1024  # documents at most, as python/src/cluster_join.cpp has it
_FLUSH_DOCUMENTS = 1 << 18  # whose keys are held before they are sent on
_EDGE_BYTES = 4 << 20  # in one row
_LABELS_AT_ONCE = 1 << 16

Batches = Iterator[Any]


@dataclass(frozen=True)
class Rules:
    """What the program's options of the same names say."""

    threshold: float = 0.8
    recall: float = 0.99
    keep: str = "first"
    shingle: str = "word"
    shingle_size: int = 5
    tokens: str = "words"
    fold: tuple[str, ...] = ("accents",)

    def comparison(self) -> dict[str, Any]:
        return {
            "threshold": self.threshold,
            "recall": self.recall,
            "shingle": self.shingle,
            "shingle_size": self.shingle_size,
            "tokens": self.tokens,
            "fold": list(self.fold),
        }

    def sketcher(self) -> _core.BandSketcher:
        return _core.BandSketcher(**self.comparison())

    @property
    def value_role(self) -> str:
        """What the column "value" is to the program."""
        return "time" if self.keep in ("newest", "oldest") else "order"


class Clock:
    """Nanoseconds of processor time in native functions since they were asked for last."""

    def __init__(self) -> None:
        self._spent = 0

    def __call__(self, function: Any, *arguments: Any, **options: Any) -> Any:
        begin = time.process_time_ns()
        try:
            return function(*arguments, **options)
        finally:
            self._spent += time.process_time_ns() - begin

    def take(self) -> int:
        spent, self._spent = self._spent, 0
        return spent


REASONS = ("no_text", "too_long", "no_utf8")  # 1, 2, 3 of BandSketcher.keys

BLOCKS = pa.schema(
    [
        ("block", pa.int64()),
        ("documents", pa.int32()),
        ("keys", pa.binary()),
        ("hashes", pa.binary()),  # of its rows, by which their texts are found again: 8 bytes each
        ("bytes", pa.int64()),
        ("tokens", pa.int64()),
        ("empty", pa.int64()),
        *((reason, pa.int64()) for reason in (*REASONS, "no_id")),
        ("native_ns", pa.int64()),
    ]
)


def sketch_blocks(batches: Batches, part: int, rules: Rules) -> Batches:
    """Documents (hash, id, text and, where it is wanted, value) to blocks of them: band keys and hashes."""
    sketcher = rules.sketcher()
    clock = Clock()
    place = 0
    counts = dict.fromkeys(("bytes", "tokens", "empty", *REASONS, "no_id"), 0)

    def block_of(table: Any, keys: bytes) -> Any:
        nonlocal place
        if place >= 1 << 32:
            raise ValueError("a part of the corpus has more than 4,194,304 blocks; use more partitions")
        row = {
            "block": (part << 32 | place) // BLOCK,
            "documents": len(table),
            "keys": keys,
            "hashes": bytes_of(table.column("hash")),
            **counts,
            "native_ns": clock.take(),
        }
        place += BLOCK
        for name in counts:
            counts[name] = 0
        return pa.RecordBatch.from_arrays(
            [pa.array([row[field.name]], field.type) for field in BLOCKS], schema=BLOCKS
        )

    for batch in batches:
        table = pa.Table.from_batches([batch])
        for begin in range(0, len(table), BLOCK):
            piece = table.slice(begin, BLOCK)
            known = pc.is_valid(piece.column("id"))
            missing = len(piece) - (pc.sum(known).as_py() or 0)
            counts["no_id"] += missing
            if missing:
                piece = piece.filter(known)
            roles = {"text": "text"}
            if pa.types.is_string(piece.schema.field("id").type):
                roles["id"] = "id"
            if "value" in piece.column_names:
                roles[rules.value_role] = "value"
            keys, reasons, tokens, empty, size = clock(sketcher.keys, source_of(piece, roles))
            counts["tokens"] += tokens
            counts["empty"] += empty
            counts["bytes"] += size
            if any(reasons):
                for number, reason in enumerate(REASONS):
                    counts[reason] += reasons.count(number + 1)
                piece = piece.filter(pa.array([reason == 0 for reason in reasons]))
            if len(piece) or any(counts.values()):
                yield block_of(piece, keys)


ENTRIES = pa.schema(
    [
        ("target", pa.int32()),
        ("entries", pa.binary()),
        ("stars", pa.binary()),
    ]
)


def key_entries(batches: Batches, bands: int, targets: list[int]) -> Batches:
    """Blocks (block, keys) to the entries of each range of keys; range i goes to targets[i].

    What shares a key within this part is told by the way, in the column stars, and goes along with the
    entries of one range or another. What is sent on depends on the blocks alone: an engine that makes it
    again, because a machine is gone, compares the two.
    """
    entries = _core.KeyEntries(bands)

    def flush(number: int) -> Any:
        stars, ranged = entries.take(len(targets))
        rows: list[tuple[int, Optional[bytes], Optional[bytes]]] = [
            (targets[i], packed, None) for i, packed in ranged
        ]
        for begin in range(0, len(stars), _EDGE_BYTES):
            target = targets[(number + begin // _EDGE_BYTES) % len(targets)]
            rows.append((target, None, stars[begin : begin + _EDGE_BYTES]))
        return pa.RecordBatch.from_arrays(
            [
                pa.array([row[0] for row in rows], pa.int32()),
                binary([row[1] for row in rows]),
                binary([row[2] for row in rows]),
            ],
            schema=ENTRIES,
        )

    part = last = -1
    for batch in batches:
        for block, keys in zip(batch.column("block").to_pylist(), batch.column("keys")):
            first = block * BLOCK
            # A file may be read in pieces that are not in order.
            is_next = first >> 32 == part and first > last
            if len(entries) and (not is_next or len(entries) >= _FLUSH_DOCUMENTS):
                yield flush(part)
            part, last = first >> 32, first
            entries.add(first, keys.as_py())
    if len(entries):
        yield flush(part)


EDGES = pa.schema([("edges", pa.binary()), ("native_ns", pa.int64())])


def _edge_rows(edges: bytes, spent: int) -> Any:
    parts = [edges[begin : begin + _EDGE_BYTES] for begin in range(0, len(edges), _EDGE_BYTES)] or [b""]
    return pa.RecordBatch.from_arrays([binary(parts), once(spent, len(parts))], schema=EDGES)


def join_entries(batches: Batches) -> Batches:
    """All entries of some ranges of keys to the edges between documents that share a key."""
    join = _core.KeyJoin()
    forest = _core.EdgeForest()
    clock = Clock()
    is_empty = True
    for batch in batches:
        is_empty = is_empty and len(batch) == 0
        for entries, stars in zip(batch.column("entries"), batch.column("stars")):
            if entries.is_valid:
                clock(join.add, entries.as_py())
            if stars.is_valid:
                clock(forest.add, stars.as_py())
    if is_empty:
        return
    clock(forest.add, clock(join.stars))
    yield _edge_rows(clock(forest.stars), clock.take())


def _forest(batches: Batches) -> Optional[_core.EdgeForest]:
    forest = _core.EdgeForest()
    is_empty = True
    for batch in batches:
        is_empty = is_empty and len(batch) == 0
        for edges in batch.column("edges"):
            forest.add(edges.as_py())
    return None if is_empty else forest


def forest_edges(batches: Batches) -> Batches:
    """Edges to as few as hold the same documents together, to be sent on: without the time it took."""
    forest = _forest(batches)
    if forest is not None:
        yield _edge_rows(forest.stars(), 0)


EDGE_ROWS = pa.schema([("first", pa.int64()), ("document", pa.int64())])


def forest_rows(batches: Batches) -> Batches:
    """Edges to as few as hold the same documents together, a row for each."""
    forest = _forest(batches)
    stars = b"" if forest is None else forest.stars()
    for begin in range(0, len(stars), _EDGE_BYTES):
        ends = pa.FixedSizeListArray.from_arrays(long_integers(stars[begin : begin + _EDGE_BYTES]), 2)
        yield pa.RecordBatch.from_arrays([pc.list_element(ends, end) for end in (0, 1)], schema=EDGE_ROWS)


LABELS = pa.schema(
    [
        ("block", pa.int64()),
        ("labels", pa.binary()),
        ("documents", pa.int32()),
        ("components", pa.int64()),  # that begin here, of the first row all
        ("native_ns", pa.int64()),
    ]
)
_LABEL_BYTES = 10


def component_labels(batches: Batches) -> Batches:
    """All edges to a row for each block: which of its documents hang together with which others."""
    forest = _core.EdgeForest()
    clock = Clock()
    for batch in batches:
        for edges in batch.column("edges"):
            clock(forest.add, edges.as_py())
    yield from _label_rows(clock(forest.labels), clock)


def block_labels(batches: Batches) -> Batches:
    """Of whole blocks each document with the first of those it hangs together with, which has itself (lists
    of both numbers, `label`), to a row for each block."""
    clock = Clock()
    pairs = [bytes_of(batch.column("label").flatten()) for batch in batches]
    yield from _label_rows(clock(_core.Labels, b"".join(pairs)), clock)


def _label_rows(labels: _core.Labels, clock: Clock) -> Batches:
    components = labels.components
    while blocks := clock(labels.next, _LABELS_AT_ONCE):
        yield pa.RecordBatch.from_arrays(
            [
                pa.array([block for block, _ in blocks], pa.int64()),
                binary([packed for _, packed in blocks]),
                pa.array([len(packed) // _LABEL_BYTES for _, packed in blocks], pa.int32()),
                once(components, len(blocks)),
                once(clock.take(), len(blocks)),
            ],
            schema=LABELS,
        )
        components = 0


CANDIDATES = pa.schema([("hash", pa.int64()), ("component", pa.int64())])


def labeled_rows(batches: Batches) -> Batches:
    """Blocks with their labels (hashes, labels) to the hashes of rows that hang together with others, each
    with its component, which is named by the number of its first document."""
    for batch in batches:
        for hashes, labels in zip(batch.column("hashes"), batch.column("labels")):
            chosen, components = _core.labeled_rows(labels.as_py(), hashes.as_py())
            yield pa.RecordBatch.from_arrays(
                [long_integers(chosen), long_integers(components)], schema=CANDIDATES
            )
