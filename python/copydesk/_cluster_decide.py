# SPDX-License-Identifier: Apache-2.0
"""Candidates of whole components to what the program says of them: the last stages, as _cluster has them."""

from __future__ import annotations

import array
import json
import os
import tempfile
from typing import Any, Optional

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

from . import _core
from ._arrow import one_array, source_of
from ._cluster import Batches, Clock, Rules
from ._results import Table


class _Partition:
    """The documents of some whole components, in a file of this machine, in the order of the corpus."""

    def __init__(self, batches: Batches, rules: Rules, folder: str) -> None:
        self.folder = folder
        self._rules = rules
        path = os.path.join(folder, "documents")
        writer = None
        for batch in batches:
            if writer is None:
                writer = pa.ipc.new_stream(path, batch.schema)
            writer.write_batch(batch)
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
            "source": source_of(self.table, roles),
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
    """A row for each document that stands in a cluster; `kept_id` and what follows of those that go. And a
    row without ids, which says how many documents there were and how long native functions took."""
    return pa.schema(
        [
            ("cluster", id_type),
            ("id", id_type),
            ("kept_id", id_type),
            *list(_DECISION_LINES)[2:],
            ("documents", pa.int64()),
            ("native_ns", pa.int64()),
        ]
    )


def decide(batches: Batches, rules: Rules) -> Batches:
    """Documents (id, text, order, value) of whole components to decisions: what the program's dedup says."""

    def members(partition: _Partition, clock: Clock, schema: Any) -> Any:
        decisions_path = os.path.join(partition.folder, "decisions.jsonl")
        clusters_path = os.path.join(partition.folder, "clusters.jsonl")
        clock(
            _core.dedup_rows,
            **partition.arguments(),
            keep=rules.keep,
            decisions_path=decisions_path,
            clusters_path=clusters_path,
        )
        return _members(partition, _decision_table(decisions_path), clusters_path, schema)

    return _of_components(batches, rules, member_schema, members)


def _of_components(batches: Batches, rules: Rules, schema_of: Any, rows_of: Any) -> Batches:
    """What `rows_of` says of the documents, in a folder that is there as long, and a row that counts."""
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="copydesk-", dir=_local_folder()) as folder:
        partition = _Partition(batches, rules, folder)
        if partition.rows is None:
            return
        schema = schema_of(partition.table.schema.field("id").type)
        yield rows_of(partition, clock, schema)
        counts = {"documents": len(partition.table), "native_ns": clock.take()}
        yield pa.RecordBatch.from_pylist([counts], schema=schema)


def _decision_table(path: str) -> Any:
    if os.path.getsize(path) == 0:
        return _DECISION_LINES.empty_table()
    options = pa.json.ParseOptions(explicit_schema=_DECISION_LINES)
    return pa.json.read_json(path, parse_options=options).select(_DECISION_LINES.names)


def _members(partition: _Partition, decisions: Any, clusters_path: str, schema: Any) -> Any:
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
    columns = [
        partition.ids(pa.array(firsts, pa.int64())),
        partition.ids(pa.array(members, pa.int64())),
        partition.ids(kept.combine_chunks() if isinstance(kept, pa.ChunkedArray) else kept),
        *(decisions.column(name).take(chosen).combine_chunks() for name in _DECISION_LINES.names[2:]),
        *(pa.nulls(len(members), pa.int64()) for _ in ("documents", "native_ns")),
    ]
    return pa.RecordBatch.from_arrays([one_array(column) for column in columns], schema=schema)


def pair_schema(id_type: Any) -> Any:
    """A row for each pair, and one without ids as among members."""
    return pa.schema(
        [
            ("a", id_type),
            ("b", id_type),
            ("jaccard", pa.float64()),
            ("containment_a", pa.float64()),
            ("containment_b", pa.float64()),
            ("documents", pa.int64()),
            ("native_ns", pa.int64()),
        ]
    )


def similar_pairs(batches: Batches, rules: Rules) -> Batches:
    """Documents of whole components to what the program's pairs says of them."""

    def pairs(partition: _Partition, clock: Clock, schema: Any) -> Any:
        table = Table(clock(_core.pair_rows, **partition.arguments())).to_pyarrow()
        columns = [
            partition.ids(table.column("a")),
            partition.ids(table.column("b")),
            *(table.column(name) for name in ("jaccard", "containment_a", "containment_b")),
            *(pa.nulls(len(table), pa.int64()) for _ in ("documents", "native_ns")),
        ]
        return pa.RecordBatch.from_arrays([one_array(column) for column in columns], schema=schema)

    return _of_components(batches, rules, pair_schema, pairs)
