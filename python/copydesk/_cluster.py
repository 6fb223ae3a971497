# SPDX-License-Identifier: Apache-2.0
"""The stages of near-duplicate search over a corpus in many parts, each as a function over batches.

Nothing here knows of an engine: copydesk.spark hands these functions to Spark, and a test runs them one
after the other. All take an iterator of Arrow record batches, which is one part of a table, and yield
batches of the schema that stands in front of them. Needs pyarrow, which mapInArrow needs anyway.

A document is known by its number: that of its part, shifted by 32 bits, and its place in the part. Places
are given out in blocks of BLOCK, not all of which are full.
"""

from __future__ import annotations

import array
import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Optional

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

from . import _core

BLOCK = 1024  # documents at most, as python/src/cluster_join.cpp has it
BLOCK_BYTES = 1 << 20  # of text, when a block is closed before it is full
_FLUSH_DOCUMENTS = 1 << 18  # whose keys are held before they are sent on
_FLUSH_BYTES = 32 << 20  # of candidates that are held before they are sent on
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


class _Clock:
    """Nanoseconds in native functions since they were asked for last."""

    def __init__(self) -> None:
        self._spent = 0

    def __call__(self, function: Any, *arguments: Any, **options: Any) -> Any:
        begin = time.perf_counter_ns()
        try:
            return function(*arguments, **options)
        finally:
            self._spent += time.perf_counter_ns() - begin

    def take(self) -> int:
        spent, self._spent = self._spent, 0
        return spent


def _source(table: Any, roles: dict[str, str]) -> _core.Source:
    return _core.Source.from_stream(table.__arrow_c_stream__(), roles, ["text"])


def _packed(table: Any) -> bytes:
    """A table as one message, compressed."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", compression_level=1))
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _unpacked(message: Any) -> Any:
    return pa.ipc.open_stream(message).read_all()


def _binary(values: list[Any]) -> Any:
    return pa.array(values, pa.binary())


def _integers(buffer: bytes) -> Any:
    return pa.Array.from_buffers(pa.int32(), len(buffer) // 4, [None, pa.py_buffer(buffer)])


REASONS = ("no_text", "too_long", "no_utf8")  # 1, 2, 3 of BandSketcher.keys

BLOCKS = pa.schema(
    [
        ("block", pa.int64()),
        ("documents", pa.int32()),
        ("keys", pa.binary()),
        ("rows", pa.binary()),
        ("bytes", pa.int64()),
        ("tokens", pa.int64()),
        ("empty", pa.int64()),
        *((reason, pa.int64()) for reason in (*REASONS, "no_id")),
        ("native_ns", pa.int64()),
    ]
)


def sketch_blocks(batches: Batches, part: int, rules: Rules) -> Batches:
    """Documents (id, text and, where they are wanted, order and value) to blocks of them, with band keys."""
    sketcher = rules.sketcher()
    clock = _Clock()
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
            "rows": _packed(table) if len(table) else None,
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
        for piece in _pieces(table):
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
            keys, reasons, tokens, empty, size = clock(sketcher.keys, _source(piece, roles))
            counts["tokens"] += tokens
            counts["empty"] += empty
            counts["bytes"] += size
            if any(reasons):
                for number, reason in enumerate(REASONS):
                    counts[reason] += reasons.count(number + 1)
                piece = piece.filter(pa.array([reason == 0 for reason in reasons]))
            if len(piece) or any(counts.values()):
                yield block_of(piece, keys)


def _pieces(table: Any) -> Iterator[Any]:
    """Of at most BLOCK rows, and of no more text than BLOCK_BYTES unless a single row has it."""
    begin = 0
    while begin < len(table):
        piece = table.slice(begin, BLOCK)
        sizes = pc.binary_length(piece.column("text")).to_pylist()
        total = 0
        count = 0
        for size in sizes:
            total += size or 0
            if count and total > BLOCK_BYTES:
                break
            count += 1
        yield piece.slice(0, count)
        begin += count


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
                _binary([row[1] for row in rows]),
                _binary([row[2] for row in rows]),
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
    spents = [spent] + [0] * (len(parts) - 1)
    return pa.RecordBatch.from_arrays([_binary(parts), pa.array(spents, pa.int64())], schema=EDGES)


def join_entries(batches: Batches) -> Batches:
    """All entries of some ranges of keys to the edges between documents that share a key."""
    join = _core.KeyJoin()
    forest = _core.EdgeForest()
    clock = _Clock()
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


def forest_edges(batches: Batches) -> Batches:
    """Edges to as few as hold the same documents together, to be sent on: without the time it took."""
    forest = _core.EdgeForest()
    is_empty = True
    for batch in batches:
        is_empty = is_empty and len(batch) == 0
        for edges in batch.column("edges"):
            forest.add(edges.as_py())
    if not is_empty:
        yield _edge_rows(forest.stars(), 0)


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
    clock = _Clock()
    for batch in batches:
        for edges in batch.column("edges"):
            clock(forest.add, edges.as_py())
    labels = clock(forest.labels)
    components = labels.components
    while blocks := clock(labels.next, _LABELS_AT_ONCE):
        rest = [0] * (len(blocks) - 1)
        yield pa.RecordBatch.from_arrays(
            [
                pa.array([block for block, _ in blocks], pa.int64()),
                _binary([packed for _, packed in blocks]),
                pa.array([len(packed) // _LABEL_BYTES for _, packed in blocks], pa.int32()),
                pa.array([components, *rest], pa.int64()),
                pa.array([clock.take(), *rest], pa.int64()),
            ],
            schema=LABELS,
        )
        components = 0


CANDIDATES = pa.schema([("target", pa.int32()), ("rows", pa.binary())])


def pick_candidates(batches: Batches, targets: list[int]) -> Batches:
    """Blocks with their labels (rows, labels) to those rows that have one, by where components go.

    As with entries, what is sent on depends on the blocks and labels alone.
    """
    held: list[Any] = []
    size = 0

    def flush() -> Any:
        table = pa.concat_tables(held)
        order = pc.sort_indices(table.column("target"))
        table = table.take(order)
        chosen = table.column("target").to_pylist()
        table = table.drop_columns(["target"])
        rows = []
        begin = 0
        while begin < len(chosen):
            end = begin
            while end < len(chosen) and chosen[end] == chosen[begin]:
                end += 1
            rows.append((targets[chosen[begin]], _packed(table.slice(begin, end - begin))))
            begin = end
        return pa.RecordBatch.from_arrays(
            [
                pa.array([target for target, _ in rows], pa.int32()),
                _binary([packed for _, packed in rows]),
            ],
            schema=CANDIDATES,
        )

    for batch in batches:
        for rows, labels in zip(batch.column("rows"), batch.column("labels")):
            places, chosen = _core.places_and_targets(labels.as_py(), len(targets))
            table = _unpacked(rows.as_buffer()).take(_integers(places))
            held.append(table.append_column("target", _integers(chosen)))
            size += table.nbytes
            if size >= max(_FLUSH_BYTES, len(targets) << 16):
                yield flush()
                held.clear()
                size = 0
    if held:
        yield flush()


class _Partition:
    """The documents of some whole components, in a file of this machine, in the order of the corpus."""

    def __init__(self, batches: Batches, rules: Rules, folder: str) -> None:
        self.folder = folder
        self._rules = rules
        path = os.path.join(folder, "documents")
        writer = None
        for batch in batches:
            for rows in batch.column("rows"):
                table = _unpacked(rows.as_buffer())
                if writer is None:
                    writer = pa.ipc.new_stream(path, table.schema)
                writer.write_table(table)
        self.rows: Optional[Any] = None
        if writer is None:
            return
        writer.close()
        # Texts stay in the file; what is read of it again and again the system keeps in memory.
        self.table = pa.ipc.open_stream(pa.memory_map(path)).read_all()
        names = [name for name in ("order", "id") if name in self.table.column_names]
        order = pc.sort_indices(
            self.table.select(names), sort_keys=[(name, "ascending") for name in names]
        )
        self.rows = order.cast(pa.uint32())

    def arguments(self) -> dict[str, Any]:
        roles = {"text": "text"}
        if "value" in self.table.column_names:
            roles[self._rules.value_role] = "value"
        return {
            "run": _core.Run(1, 0, self.folder, None),
            "source": _source(self.table, roles),
            "rows": _uint32_bytes(self.rows),
            **self._rules.comparison(),
        }

    def ids(self, places: Any) -> Any:
        """Of documents by their places in the order."""
        return self.table.column("id").take(self.rows.take(places)).combine_chunks()  # type: ignore[union-attr]


def _uint32_bytes(values: Any) -> bytes:
    # Cast from 64 bits, it has neither an offset nor nulls.
    return bytes(memoryview(values.buffers()[1])[: 4 * len(values)])


def _local_folder() -> Optional[str]:
    """Where the engine wants temporary files, if it says so."""
    return os.environ.get("SPARK_LOCAL_DIRS", "").split(",")[0] or None


_DECISION_LINES = pa.schema(
    [
        ("id", pa.string()),
        ("kept_id", pa.string()),
        ("rule", pa.string()),
        ("jaccard", pa.float64()),
        ("containment", pa.float64()),
        ("contained", pa.float64()),
        ("shared_tokens", pa.int64()),
        ("shared_passage", pa.string()),
    ]
)


def member_schema(id_type: Any) -> Any:
    """A row for each document that stands in a cluster; `kept_id` and what follows of those that go."""
    return pa.schema(
        [
            ("cluster", id_type),
            ("id", id_type),
            ("kept_id", id_type),
            *list(_DECISION_LINES)[2:],
            ("native_ns", pa.int64()),
        ]
    )


def decide(batches: Batches, rules: Rules) -> Batches:
    """Candidates (rows) of whole components to decisions: what the program's dedup says of them."""
    clock = _Clock()
    with tempfile.TemporaryDirectory(prefix="copydesk-", dir=_local_folder()) as folder:
        partition = _Partition(batches, rules, folder)
        if partition.rows is None:
            return
        decisions_path = os.path.join(folder, "decisions.jsonl")
        clusters_path = os.path.join(folder, "clusters.jsonl")
        clock(
            _core.dedup_rows,
            **partition.arguments(),
            keep=rules.keep,
            decisions_path=decisions_path,
            clusters_path=clusters_path,
        )
        yield _members(partition, _decision_table(decisions_path), clusters_path, clock.take())


def _decision_table(path: str) -> Any:
    if os.path.getsize(path) == 0:
        return _DECISION_LINES.empty_table()
    options = pa.json.ParseOptions(explicit_schema=_DECISION_LINES)
    return pa.json.read_json(path, parse_options=options).select(_DECISION_LINES.names)


def _members(partition: _Partition, decisions: Any, clusters_path: str, spent: int) -> Any:
    """Rows in the order of clusters and, within one, of the corpus."""
    firsts, members = array.array("q"), array.array("q")
    with open(clusters_path, encoding="utf-8") as lines:
        for line in lines:
            ids = [int(place) for place in json.loads(line)["ids"]]
            firsts.extend([ids[0]] * len(ids))
            members.extend(ids)
    documents = [int(place) for place in decisions.column("id").to_pylist()]
    decision_of = array.array("q", [-1]) * len(partition.rows)  # type: ignore[arg-type]
    for number, place in enumerate(documents):
        decision_of[place] = number
    chosen = pa.array([n if n >= 0 else None for n in (decision_of[m] for m in members)], pa.int64())
    kept = decisions.column("kept_id").cast(pa.int64()).take(chosen)
    schema = member_schema(partition.table.schema.field("id").type)
    columns = [
        partition.ids(pa.array(firsts, pa.int64())),
        partition.ids(pa.array(members, pa.int64())),
        partition.ids(kept.combine_chunks() if isinstance(kept, pa.ChunkedArray) else kept),
        *(decisions.column(name).take(chosen).combine_chunks() for name in _DECISION_LINES.names[2:]),
        pa.array([spent if n == 0 else 0 for n in range(len(members))], pa.int64()),
    ]
    return pa.RecordBatch.from_arrays([_one_array(column) for column in columns], schema=schema)


def _one_array(column: Any) -> Any:
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def pair_schema(id_type: Any) -> Any:
    return pa.schema(
        [
            ("a", id_type),
            ("b", id_type),
            ("jaccard", pa.float64()),
            ("containment_a", pa.float64()),
            ("containment_b", pa.float64()),
            ("native_ns", pa.int64()),
        ]
    )


def similar_pairs(batches: Batches, rules: Rules) -> Batches:
    """Candidates (rows) of whole components to what the program's pairs says of them."""
    clock = _Clock()
    with tempfile.TemporaryDirectory(prefix="copydesk-", dir=_local_folder()) as folder:
        partition = _Partition(batches, rules, folder)
        if partition.rows is None:
            return
        found = clock(_core.pair_rows, **partition.arguments())
        table = pa.RecordBatchReader.from_stream(_Stream(found)).read_all()
        schema = pair_schema(partition.table.schema.field("id").type)
        columns = [
            partition.ids(table.column("a")),
            partition.ids(table.column("b")),
            *(table.column(name) for name in ("jaccard", "containment_a", "containment_b")),
            pa.array([clock.take() if n == 0 else 0 for n in range(len(table))], pa.int64()),
        ]
        yield pa.RecordBatch.from_arrays([_one_array(column) for column in columns], schema=schema)


class _Stream:
    """What pyarrow takes over a result from."""

    def __init__(self, result: _core.ResultTable) -> None:
        self._result = result

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._result.stream()
