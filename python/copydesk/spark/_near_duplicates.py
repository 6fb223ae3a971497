# SPDX-License-Identifier: Apache-2.0
"""Near-duplicate search as a job of Spark: what meets where; all else is done natively."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Optional

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import ByteType, IntegerType, LongType, ShortType, StringType, StructType

from .. import _core
from .._cluster import BLOCKS, CANDIDATES, EDGES, ENTRIES, REASONS, Rules
from .._cluster_decide import member_schema, pair_schema
from .._run import Names, folds_of
from . import _tasks
from ._components import labels_of
from ._partitions import cores_of, least_heap, rows_in_batches, targets_of
from ._schemas import ID, schema_of, sums
from ._work_folder import WorkFolder

# Another number where stages that an earlier copydesk wrote cannot be gone on with.
_STAGES_VERSION = 2
# What a task of each kind is given, unless `partitions` says how many there are.
_ENTRY_BYTES_A_TASK = 16 << 20
# A task that decides has a component at least, however large; others are as large as memory allows, so that it does not
# end long after them, and smaller only where cores would have none.
_TEXT_BYTES_A_TASK = 96 << 20
_LEAST_TEXT_BYTES_A_TASK = 16 << 20
# Of the memory of the driver and of an executor, the share that candidates which are sent to every machine
# may have, and what one of them takes. Spark sends no table of more than 8 GB.
_LOOKUP_SHARE = 16
_LOOKUP_BYTES_AT_ONCE = 4 << 30
_LOOKUP_BYTES = 14
# Candidates that are looked for by one key.
_LOOKUP_ROWS = 64
# Rows that hold lists are up to some megabytes large.
_ROWS_A_BATCH = "32"
_DOCUMENTS_A_BATCH = "2048"

_ID_TYPES = (StringType, ByteType, ShortType, IntegerType, LongType)
_SKETCH_COUNTS = ("documents", "bytes", "tokens", "empty", *REASONS, "no_id", "native_ns")


def near_duplicates(
    df: DataFrame,
    *,
    id: str,
    text: str,
    work: str,
    threshold: float = 0.8,
    recall: float = 0.99,
    keep: str = "first",
    order: Optional[str] = None,
    time: Optional[str] = None,
    shingle: str = "word",
    shingle_size: int = 5,
    tokens: str = "words",
    fold: Names = ("accents",),
    partitions: Optional[int] = None,
) -> NearDuplicates:
    """Near-duplicates in a DataFrame: what `copydesk dedup` decides of the same documents.

    The DataFrame is read twice, the second time for the texts of documents that have something in common
    with others, and must give the same rows both times, in whatever order: a table does; what is costly to make,
    or differs from time to time, is to be written to one first.
    `id`, `text`: columns; ids are strings or integers, and no two documents should have the same.
    `work`: a folder that all machines reach, for this corpus: each stage is written there as Parquet,
    and a run that failed goes on behind the last one that is whole when it is called again with the
    same options. It may be deleted when the results are no longer needed.
    `threshold`: Jaccard similarity of shingle sets, in (0, 1]. `recall`: of pairs at the threshold,
    in (0, 1). `keep`: first, longest, newest, oldest (both by the column `time`), max:COLUMN or
    min:COLUMN. `order`: the column by whose value documents come first, ascending; default `id`,
    strings by their bytes. The program goes by the order of its input: the results are the same for a
    file that is sorted so. `shingle`, `shingle_size`, `tokens`, `fold`: as for `copydesk.dedup`.
    `partitions`: how many tasks compare keys and decide, where the size of the corpus does not say.

    The work is done when this returns. Rows without an id or a text, or with one that is no UTF-8, are
    left out and counted in the report.

    Raises ValueError for options out of range and columns that cannot be used, RuntimeError if documents
    were not there the second time.
    """
    rules = Rules(threshold, recall, keep, shingle, shingle_size, tokens, tuple(folds_of(fold)))
    if partitions is not None and partitions < 1:
        raise ValueError("partitions: must be at least 1")
    columns = _columns_of(df, id, text, order, _value_column(keep, time))
    search = _Search(df, columns, rules, work, partitions)
    search.run()
    return NearDuplicates(search)


class NearDuplicates:
    """What was found, as tables in the work folder."""

    def __init__(self, search: _Search) -> None:
        self._search = search

    @property
    def decisions(self) -> DataFrame:
        """A row for each document that goes: id, kept_id, rule, jaccard, containment, contained,
        shared_tokens, shared_passage. The fields are those of docs/formats.md.
        """
        names = ("id", "kept_id", "rule", "jaccard", "containment", "contained")
        found = self._search.members.where(F.col("kept_id").isNotNull())
        return found.select(*names, "shared_tokens", "shared_passage")

    @property
    def clusters(self) -> DataFrame:
        """A row for each document that hangs together with others by pairs: cluster, which is the id of
        the first of them, id, and kept.
        """
        kept = F.col("kept_id").isNull().alias("kept")
        return self._search.members.where(F.col("id").isNotNull()).select("cluster", "id", kept)

    @property
    def pairs(self) -> DataFrame:
        """All pairs of similar documents, as `copydesk pairs` gives them: a, b, jaccard,
        containment_a, containment_b. A stage of its own, which runs when it is asked for first.
        """
        return self._search.pairs().where(F.col("a").isNotNull()).drop("documents", "native_ns")

    @property
    def report(self) -> dict[str, Any]:
        """Parameters, counts of documents by what became of them, and by stage what it did, how long
        it took, and the nanoseconds of processor time that tasks spent in native functions (native_ns;
        without what they did in front of a shuffle)."""
        return self._search.report()


def _value_column(keep: str, time: Optional[str]) -> Optional[str]:
    if keep in ("newest", "oldest"):
        if time is None:
            raise ValueError(f"keep: {keep!r} needs the column that has the time (time=)")
        return time
    if keep[:4] in ("max:", "min:") and len(keep) > 4:
        return keep[4:]
    if keep not in ("first", "longest"):
        raise ValueError(
            f"keep: {keep!r} is none of first, longest, newest, oldest, max:COLUMN, min:COLUMN"
        )
    return None


def _columns_of(
    df: DataFrame, id: str, text: str, order: Optional[str], value: Optional[str]
) -> dict[str, str]:
    """Names of columns by what they are called here."""
    columns = {"id": id, "text": text}
    if order is not None and order != id:
        columns["order"] = order
    if value is not None:
        columns["value"] = value
    types = {field.name: field.dataType for field in df.schema.fields}
    for role, name in columns.items():
        if name not in types:
            raise ValueError(f"there is no column {name!r}; columns there: {', '.join(types)}")
        if role == "text" and not isinstance(types[name], StringType):
            raise ValueError(f"text: the column {name!r} is no string")
    if not isinstance(types[id], _ID_TYPES):
        raise ValueError(f"id: the column {id!r} is neither a string nor an integer; cast it")
    return columns


@dataclass(frozen=True)
class _Rounds:
    """How candidates are decided on."""

    count: int  # of times that documents are read
    tasks: int  # in each
    bits: int  # of a hash, that say in which bucket of those that are sent to every machine it is

    def bucket(self) -> Any:
        # Never null, unlike a remainder: Spark would look at each text twice to know.
        return F.shiftrightunsigned("hash", 64 - self.bits)


class _Search:
    """One job: its stages, and what they came to."""

    def __init__(
        self,
        df: DataFrame,
        columns: dict[str, str],
        rules: Rules,
        work: str,
        partitions: Optional[int],
    ) -> None:
        self._spark: SparkSession = df.sparkSession
        chosen = df.select(*(F.col(name).alias(role) for role, name in columns.items()))
        # A row is known by its hash: where the rows come in another order, or in other partitions, when
        # they are read for the second time, they have the same.
        self._df = chosen.withColumn("hash", F.xxhash64(*chosen.columns))
        self._rules = rules
        self._bands = rules.sketcher().bands  # which checks the options
        self._partitions = partitions
        self._counts: dict[str, dict[str, Any]] = {}
        self._id_type = self._df.schema["id"].dataType
        self._work = WorkFolder(self._spark, work, self._identity(df, columns))
        self.members: DataFrame

    def _identity(self, df: DataFrame, columns: dict[str, str]) -> dict[str, Any]:
        return {
            "version": _core.version,
            "stages": _STAGES_VERSION,
            "rules": {**self._rules.comparison(), "keep": self._rules.keep},
            "columns": columns,
            "types": [field.dataType.simpleString() for field in self._df.schema.fields],
            "files": sorted(df.inputFiles()),
        }

    def run(self) -> None:
        members = schema_of(member_schema(ID), self._id_type)
        with rows_in_batches(self._spark, _DOCUMENTS_A_BATCH):
            blocks = self._stage("sketch", self._sketched, _count_sketched)
        with rows_in_batches(self._spark, _ROWS_A_BATCH):
            edges = self._stage("edges", lambda: self._joined(blocks), _count_edges)
            edge_bytes, documents = self._counts["edges"]["edge_bytes"], self._counts["sketch"]["documents"]
            self._labels = labels_of(edges, edge_bytes, documents, self._counted_stage)
        self._blocks = blocks
        task = _tasks.decide_task(self._rules)
        self.members = self._of_candidates("decisions", task, members, _count_members)

    def pairs(self) -> DataFrame:
        schema = schema_of(pair_schema(ID), self._id_type)
        task = _tasks.pairs_task(self._rules)
        return self._of_candidates("pairs", task, schema, _count_pairs)

    def report(self) -> dict[str, Any]:
        found = self._counts["decisions"]
        sketched = self._counts["sketch"]
        removed = {name: count for name, count in found.items() if name.startswith("removed_")}
        return {
            "copydesk": _core.version,
            "parameters": {
                **self._rules.comparison(), "keep": self._rules.keep, "bands": self._bands
            },
            "counts": {
                "documents": sketched["documents"],
                "kept": sketched["documents"] - sum(removed.values()),
                **removed,
                "clusters": found["clusters"],
                "empty_documents": sketched["empty"],
                "tokens": sketched["tokens"],
                "bytes": sketched["bytes"],
                "rejected": {reason: sketched[reason] for reason in (*REASONS, "no_id")},
            },
            "stages": self._counts,
            "work": self._work.path,
        }

    def _counted_stage(self, name: str, make: Any, count: Any) -> tuple[DataFrame, dict[str, Any]]:
        frame, counts = self._work.stage(name, make, count)
        self._counts[name] = counts
        return frame, counts

    def _stage(self, name: str, make: Any, count: Any) -> DataFrame:
        return self._counted_stage(name, make, count)[0]

    def _sketched(self) -> DataFrame:
        chosen = self._df.drop("order")
        return chosen.mapInArrow(_tasks.sketch_task(self._rules), schema_of(BLOCKS))

    def _joined(self, blocks: DataFrame) -> DataFrame:
        """Edges between documents that share a band key, few for each partition of keys."""
        size = self._counts["sketch"]["documents"] * self._bands * 9
        count = self._partitions or max(2, -(-size // _ENTRY_BYTES_A_TASK))
        task = _tasks.entries_task(self._bands, targets_of(count))
        keys = blocks.where("documents > 0").select("block", "keys")
        entries = keys.mapInArrow(task, schema_of(ENTRIES))
        together = entries.repartition(count, "target")
        return together.mapInArrow(_tasks.join_entries, schema_of(EDGES))

    def _of_candidates(
        self, name: str, task: _tasks.Task, schema: StructType, count: Any
    ) -> DataFrame:
        """Brings the documents of each component together and gives them to a task. Where the candidates are
        too many to be sent to every machine at once, some components go after the others, and the
        documents are read again for each time."""
        rounds = self._rounds()
        stages = []
        for number in range(rounds.count):
            own = "" if rounds.count == 1 else f"-{number + 1}-of-{rounds.count}"
            with rows_in_batches(self._spark, _ROWS_A_BATCH):
                lookup = self._stage(
                    f"lookup-{rounds.tasks}{own}",
                    partial(self._lookup, rounds, number),
                    lambda rows: sums(rows, rows="rows", entries=F.size("hashes")),
                )
            wanted = self._counts[f"lookup-{rounds.tasks}{own}"]["entries"]
            with rows_in_batches(self._spark, _DOCUMENTS_A_BATCH):
                make = partial(self._decided, lookup, rounds, task, schema)
                stages.append(self._stage(name + own, make, partial(_counted, count, wanted)))
        if rounds.count > 1:
            every = [self._counts[f"{name}-{n + 1}-of-{rounds.count}"] for n in range(rounds.count)]
            self._counts[name] = {key: sum(counts[key] for counts in every) for key in every[0]}
        together = stages[0]
        for stage in stages[1:]:
            together = together.unionByName(stage)
        return together

    def _rounds(self) -> _Rounds:
        sketched, documents = self._counts["sketch"], self._counts["components"]["documents"]
        count = _rounds_of(documents, least_heap(self._spark))
        text = sketched["bytes"] * documents // max(1, sketched["documents"])
        tasks = self._partitions or _tasks_of(text, cores_of(self._spark))
        bits = max(1, (documents // count // _LOOKUP_ROWS).bit_length())
        return _Rounds(count, -(-tasks // count), bits)

    def _lookup(self, rounds: _Rounds, number: int) -> DataFrame:
        """Hashes of the rows whose components are decided on in one of the rounds, and by which task; in
        buckets, because a row for each would take four times the memory."""
        hashes = self._blocks.select("block", "hashes")
        labeled = hashes.join(self._labels.select("block", "labels"), "block")
        rows = labeled.select("hashes", "labels").mapInArrow(_tasks.labeled_rows, schema_of(CANDIDATES))
        place = F.pmod(F.xxhash64("component"), F.lit(rounds.tasks * rounds.count))
        placed = rows.select("hash", place.alias("place"))
        mine = placed.where(F.floor(F.col("place") / rounds.tasks) == number)
        targets = F.array(*(F.lit(target) for target in targets_of(rounds.tasks)))
        target = F.element_at(targets, (F.col("place") % rounds.tasks + 1).cast("int"))
        entries = F.collect_set(F.struct("hash", target.alias("target"))).alias("entries")
        grouped = mine.groupBy(rounds.bucket().alias("bucket")).agg(entries)
        return grouped.select("bucket", F.expr("entries.hash as hashes"), F.expr("entries.target as targets"))

    def _decided(
        self, lookup: DataFrame, rounds: _Rounds, task: _tasks.Task, schema: StructType
    ) -> DataFrame:
        # Without an id or a text it is no candidate, whatever its hash.
        usable = self._df.where(F.col("id").isNotNull() & F.col("text").isNotNull())
        documents = usable.withColumn("bucket", rounds.bucket())
        met = documents.join(F.broadcast(lookup), "bucket")
        found = met.withColumn("at", F.array_position("hashes", F.col("hash")).cast("int"))
        columns = [name for name in self._df.columns if name != "hash"]
        chosen = found.where("at > 0").select(F.expr("targets[at - 1] as target"), *columns)
        together = chosen.repartition(rounds.tasks, "target").select(*columns)
        return together.mapInArrow(task, schema)


def _tasks_of(text: int, cores: int) -> int:
    """How many tasks decide on so many bytes of text."""
    for_cores = min(cores, text // _LEAST_TEXT_BYTES_A_TASK)
    return max(2, -(-text // _TEXT_BYTES_A_TASK), for_cores)


def _rounds_of(documents: int, memory: int) -> int:
    room = min(memory // _LOOKUP_SHARE, _LOOKUP_BYTES_AT_ONCE)
    return max(1, -(-documents * _LOOKUP_BYTES // room))


def _counted(count: Any, wanted: int, frame: DataFrame) -> dict[str, Any]:
    """What `count` says of the last stages, whose tasks say how many documents they had."""
    counts: dict[str, Any] = count(frame)
    if counts["documents"] < wanted:
        raise RuntimeError(
            f"{wanted - counts['documents']} of {wanted} documents were not there when the DataFrame was"
            " read for the second time; it must give the same rows each time: write it to a table first"
        )
    return counts


def _count_sketched(blocks: DataFrame) -> dict[str, Any]:
    return sums(blocks, rows="blocks", **{name: name for name in _SKETCH_COUNTS})


def _count_edges(edges: DataFrame) -> dict[str, Any]:
    return sums(edges, edge_bytes=F.length("edges"), native_ns="native_ns")


def _count_pairs(pairs: DataFrame) -> dict[str, Any]:
    a_pair = F.when(F.col("a").isNotNull(), 1).otherwise(0)
    return sums(pairs, pairs=a_pair, documents="documents", native_ns="native_ns")


def _count_members(members: DataFrame) -> dict[str, Any]:
    def of_rule(rule: str) -> Any:
        return F.when(F.col("rule") == rule, 1).otherwise(0)

    return sums(
        members,
        members=F.when(F.col("id").isNotNull(), 1).otherwise(0),
        clusters=F.when(F.col("id") == F.col("cluster"), 1).otherwise(0),
        **{f"removed_{rule}": of_rule(rule) for rule in ("identical", "same_words", "near_duplicate")},
        documents="documents",
        native_ns="native_ns",
    )
