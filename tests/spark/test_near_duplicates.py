# SPDX-License-Identifier: Apache-2.0
"""copydesk.spark decides what the program decides, on threads of one process and on two executors."""

import json
import os
import pathlib
import random
import subprocess

import pytest
from cluster_corpora import (
    PROGRAM,
    clusters_of_lines,
    clusters_of_rows,
    decision_lines,
    in_order,
    make_rows,
    pair_lines,
    run_program,
    without_places,
)

# The program that makes corpora; then one of its corpora of so many documents is compared, too.
GENERATE = os.environ.get("COPYDESK_GENERATE", "")
GENERATED = int(os.environ.get("COPYDESK_SPARK_DOCUMENTS", "4000"))
# A corpus of the user's, as JSON Lines with id and text.
CORPUS = os.environ.get("COPYDESK_SPARK_CORPUS", "")

needs_program = pytest.mark.skipif(not PROGRAM, reason="COPYDESK_PROGRAM names no program")
SCHEMA = "id string, text string, date string, rank double"


@pytest.fixture(scope="module")
def rows():
    return make_rows(1200, seed=11)


@pytest.fixture(scope="module")
def expected(rows, tmp_path_factory):
    if not PROGRAM:
        pytest.skip("COPYDESK_PROGRAM names no program")
    return run_program("dedup", in_order(rows), [], tmp_path_factory.mktemp("program"))


def frame_of(spark, rows, partitions, seed=0):
    rows = list(rows)
    random.Random(seed).shuffle(rows)
    tuples = [(row["id"], row["text"], row["date"], row["rank"] and float(row["rank"])) for row in rows]
    return spark.createDataFrame(spark.sparkContext.parallelize(tuples, partitions), SCHEMA)


def found_in(frame, work, **options):
    from copydesk.spark import near_duplicates

    return near_duplicates(frame, id="id", text="text", work=str(work), **options)


def dicts(frame):
    return [row.asDict() for row in frame.collect()]


def times_of(work, stage):
    return {str(path): path.stat().st_mtime_ns for path in pathlib.Path(work).glob(f"*/{stage}/data/*")}


@pytest.mark.parametrize("partitions", [1, 7, 64])
def test_decisions_are_those_of_the_program(spark, rows, expected, partitions, tmp_path):
    found = found_in(frame_of(spark, rows, partitions, partitions), tmp_path, partitions=partitions)
    lines, clusters = expected
    assert decision_lines(dicts(found.decisions)) == without_places(lines)
    assert clusters_of_rows(dicts(found.clusters)) == clusters_of_lines(clusters)
    counts = found.report["counts"]
    assert counts["documents"] == len(rows) and counts["kept"] == len(rows) - len(lines)
    assert counts["clusters"] == len(clusters)
    assert counts["removed_identical"] == sum('"identical"' in line for line in lines)


@needs_program
def test_options_are_those_of_the_program(spark, rows, tmp_path):
    options = ["--threshold", "0.6", "--recall", "0.9", "--keep", "max:rank"]
    lines, _ = run_program("dedup", in_order(rows), options, tmp_path)
    pairs, _ = run_program("pairs", in_order(rows), options[:4], tmp_path)
    found = found_in(
        frame_of(spark, rows, 3), tmp_path / "work", threshold=0.6, recall=0.9, keep="max:rank")
    assert decision_lines(dicts(found.decisions)) == without_places(lines)
    assert pair_lines(dicts(found.pairs)) == without_places(pairs)


@needs_program
@pytest.mark.skipif(not GENERATE, reason="COPYDESK_GENERATE names no program")
def test_a_generated_corpus(spark, tmp_path):
    corpus = tmp_path / "made.jsonl"
    subprocess.run([GENERATE, "-n", str(GENERATED), "--seed", "4", "-o", corpus], check=True,
                   stderr=subprocess.DEVNULL)
    compare_file(spark, corpus, tmp_path)


@needs_program
@pytest.mark.skipif(not CORPUS, reason="COPYDESK_SPARK_CORPUS names no file")
def test_the_users_corpus(spark, tmp_path):
    compare_file(spark, pathlib.Path(CORPUS), tmp_path)


def compare_file(spark, corpus, folder):
    rows = [{name: row[name] for name in ("id", "text")}
            for row in map(json.loads, corpus.read_text("utf-8").splitlines())]
    lines, clusters = run_program("dedup", in_order(rows), [], folder)
    random.Random(2).shuffle(rows)
    shuffled = folder / "shuffled.jsonl"
    shuffled.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for partitions in (1, 7, 64):
        frame = spark.read.schema("id string, text string").json(str(shuffled)).repartition(partitions)
        found = found_in(frame, folder / f"work{partitions}", partitions=partitions)
        assert decision_lines(dicts(found.decisions)) == without_places(lines)
        assert clusters_of_rows(dicts(found.clusters)) == clusters_of_lines(clusters)


@pytest.mark.parametrize("stage", ["sketch_blocks", "join_entries", "decide"])
@pytest.mark.parametrize("who", ["worker", "executor"])
def test_a_process_that_is_killed_changes_nothing(spark, worker_faults, rows, expected, stage, who, tmp_path):
    if who == "executor" and not spark.sparkContext.master.startswith("local-cluster"):
        pytest.skip("there are no executors")
    fault = worker_faults / f"{stage}.{who}"
    fault.touch()
    found = found_in(frame_of(spark, rows, 3), tmp_path, partitions=3)
    assert not fault.exists()
    assert decision_lines(dicts(found.decisions)) == without_places(expected[0])


def test_a_run_goes_on_behind_the_last_whole_stage(spark, rows, expected, tmp_path):
    frame = frame_of(spark, rows, 3)
    first = found_in(frame, tmp_path)
    stages = ("sketch", "edges", "components", "decisions")
    before = {stage: times_of(tmp_path, stage) for stage in stages}
    assert all(before.values())
    # A run that was ended while it wrote: files, and no word that they are all.
    for name in ("components", "decisions"):
        for path in pathlib.Path(first.report["work"], name, "done").iterdir():
            path.unlink()
    second = found_in(frame, tmp_path)
    after = {stage: times_of(tmp_path, stage) for stage in stages}
    assert {stage for stage in stages if before[stage] == after[stage]} == {"sketch", "edges"}
    assert decision_lines(dicts(second.decisions)) == without_places(expected[0])
    third = found_in(frame, tmp_path)
    assert {stage: times_of(tmp_path, stage) for stage in stages} == after
    assert third.report == second.report
    # Other options are another job.
    other = found_in(frame, tmp_path, threshold=0.9)
    assert other.report["work"] != first.report["work"]


def test_what_does_not_fit_goes_in_parts(spark, rows, expected, tmp_path, monkeypatch):
    from copydesk.spark import _components, _near_duplicates

    monkeypatch.setattr(_near_duplicates, "_LOOKUP_BYTES", 500_000)
    monkeypatch.setattr(_components, "_EDGE_BYTES_A_TASK", 1000)
    monkeypatch.setattr(_near_duplicates, "_ENTRY_BYTES_A_TASK", 40_000)
    monkeypatch.setattr(_near_duplicates, "_TEXT_BYTES_A_TASK", 40_000)
    found = found_in(frame_of(spark, rows, 5), tmp_path)
    rounds = [stage for stage in found.report["stages"] if stage.startswith("decisions-")]
    assert len(rounds) > 2
    assert decision_lines(dicts(found.decisions)) == without_places(expected[0])
    assert clusters_of_rows(dicts(found.clusters)) == clusters_of_lines(expected[1])
    assert found.report["counts"]["clusters"] == len(expected[1])


def test_components_in_rounds_are_those_of_one_task(spark, rows, expected, tmp_path, monkeypatch):
    from copydesk.spark import _components

    def labels_in(work):
        return {row["block"]: bytes(row["labels"]) for row in spark.read.parquet(f"{work}/components/data").collect()}

    frame = frame_of(spark, rows, 5).persist()
    at_once = found_in(frame, tmp_path / "at once", partitions=5)
    monkeypatch.setattr(_components, "_FOREST_BYTES_AT_ONCE", 1000)
    monkeypatch.setattr(_components, "_EDGE_BYTES_A_TASK", 1000)
    found = found_in(frame, tmp_path / "rounds", partitions=5)
    stages = found.report["stages"]
    assert "components-1" not in at_once.report["stages"] and "components-1" in stages
    assert labels_in(found.report["work"]) == labels_in(at_once.report["work"])
    for name in ("documents", "components", "label_bytes"):
        assert stages["components"][name] == at_once.report["stages"]["components"][name]
    assert decision_lines(dicts(found.decisions)) == without_places(expected[0])
    assert clusters_of_rows(dicts(found.clusters)) == clusters_of_lines(expected[1])
    # A run that ended in the second round.
    before = {stage: times_of(tmp_path / "rounds", stage) for stage in stages}
    for name in stages:
        if name == "components" or name.startswith("components-") and int(name[11:]) > 1:
            for path in pathlib.Path(found.report["work"], name, "done").iterdir():
                path.unlink()
    second = found_in(frame, tmp_path / "rounds", partitions=5)
    after = {stage: times_of(tmp_path / "rounds", stage) for stage in stages}
    assert before["components-1"] == after["components-1"] and before["components-2"] != after["components-2"]
    assert decision_lines(dicts(second.decisions)) == without_places(expected[0])
    frame.unpersist()


def test_rows_that_cannot_be_used_are_counted(spark, tmp_path):
    text = " ".join(f"w{number}" for number in range(60))
    frame = spark.createDataFrame([("a", text), ("b", None), (None, text), ("c", "X " + text)],
                                  "id string, text string")
    found = found_in(frame, tmp_path)
    assert [(row["id"], row["kept_id"]) for row in dicts(found.decisions)] == [("c", "a")]
    assert found.report["counts"]["rejected"] == {
        "no_text": 1, "too_long": 0, "no_utf8": 0, "no_id": 1}
    # The session is as it was.
    assert spark.conf.get("spark.sql.execution.arrow.maxRecordsPerBatch") == "10000"


def test_a_row_may_be_there_more_than_once(spark, tmp_path):
    text = " ".join(f"w{number}" for number in range(60))
    rows = [("a", text)] * 3 + [("b", text + " x"), ("c", "else")] + [("a", "other " + text)] * 2
    found = found_in(spark.createDataFrame(rows, "id string, text string").repartition(3), tmp_path)
    assert sorted(row["id"] for row in dicts(found.clusters)) == ["a"] * 5 + ["b"]
    counts = found.report["counts"]
    assert (counts["documents"], counts["kept"]) == (7, 2)
    # It is open which of the documents with the same id comes first, and the others are equal to it.
    assert counts["removed_identical"] in (1, 2)
    assert len(dicts(found.pairs)) == 15


def test_a_frame_that_gives_other_rows_each_time_is_told(spark, tmp_path):
    def other_each_time(batches):  # sent by value: workers do not know this module
        import os

        import pyarrow as pa

        for batch in batches:
            texts = [f"{text} {os.urandom(8).hex()}" for text in batch.column("text").to_pylist()]
            yield pa.RecordBatch.from_arrays([batch.column("id"), pa.array(texts)], names=["id", "text"])

    text = " ".join(f"w{number}" for number in range(60))
    frame = spark.createDataFrame([("a", text), ("b", text)], "id string, text string")
    with pytest.raises(RuntimeError, match="2 of 2 documents were not there"):
        found_in(frame.mapInArrow(other_each_time, frame.schema), tmp_path)


def test_ids_may_be_numbers_and_order_a_column(spark, tmp_path):
    text = " ".join(f"w{number}" for number in range(60))
    frame = spark.createDataFrame([(7, text, 2.5), (30, text + " x", -1.0), (9, "other", 3.0)],
                                  "n long, body string, place double")
    from copydesk.spark import near_duplicates

    found = near_duplicates(frame, id="n", text="body", order="place", work=str(tmp_path))
    assert [(row["id"], row["kept_id"]) for row in dicts(found.decisions)] == [(7, 30)]
    left = frame.join(found.decisions, frame.n == found.decisions.id, "left_anti")
    assert sorted(row["n"] for row in left.collect()) == [9, 30]


def test_a_corpus_without_documents(spark, tmp_path):
    frame = spark.createDataFrame([], "id string, text string")
    found = found_in(frame, tmp_path)
    assert dicts(found.decisions) == dicts(found.clusters) == dicts(found.pairs) == []
    assert found.report["counts"]["documents"] == 0


def test_wrong_options_are_refused_before_any_work(spark, tmp_path):
    frame = spark.createDataFrame([("a", "one", 1.5)], "id string, text string, value double")
    wrong = [dict(threshold=0), dict(recall=1.0), dict(keep="best"), dict(keep="newest"),
             dict(keep="max:none"), dict(shingle="line"), dict(fold="x"), dict(order="none"),
             dict(partitions=0), dict(text="value"), dict(text="none"), dict(id="value")]
    from copydesk.spark import near_duplicates

    for options in wrong:
        with pytest.raises(ValueError):
            near_duplicates(frame, **{"id": "id", "text": "text", "work": str(tmp_path), **options})
    assert not list(tmp_path.iterdir())


def test_each_target_is_a_partition_of_its_own(spark):
    from pyspark.sql import functions as F

    from copydesk.spark._partitions import targets_of

    for count in (1, 7, 200):
        rows = [(number,) for number in targets_of(count)]
        frame = spark.createDataFrame(rows, "target int").repartition(count, "target")
        places = frame.select("target", F.spark_partition_id().alias("place")).collect()
        assert [row["place"] for row in sorted(places, key=lambda row: rows.index((row["target"],)))] == list(
            range(count))


def test_sizes_are_read_as_spark_has_them():
    from copydesk.spark._partitions import bytes_of_setting

    sizes = {"512m": 512 << 20, "1g": 1 << 30, "4GB": 4 << 30, "300": 300 << 20, "2048k": 2 << 20}
    assert {size: bytes_of_setting(size) for size in sizes} == sizes


def test_tasks_are_large_where_cores_are_few():
    from copydesk.spark._near_duplicates import _tasks_of

    megabyte = 1 << 20
    assert _tasks_of(0, 64) == 2
    assert _tasks_of(960 * megabyte, 2) == _tasks_of(960 * megabyte, 0) == 10
    assert _tasks_of(960 * megabyte, 64) == 60
    assert _tasks_of(960_000 * megabyte, 64) == 10_000


def test_a_session_knows_its_cores(spark):
    from copydesk.spark._partitions import cores_of

    assert cores_of(spark) == spark.sparkContext.defaultParallelism
    assert cores_of(object()) == 0


def test_a_lookup_is_not_larger_than_what_spark_sends():
    from copydesk.spark._near_duplicates import _LOOKUP_BYTES, _rounds_of

    assert _rounds_of(0, 1 << 30) == 1
    assert _rounds_of(10_000_000, 1 << 30) == 3
    for memory in (256 << 30, 4 << 40):
        assert 10**9 * _LOOKUP_BYTES / _rounds_of(10**9, memory) < 8 << 30


def test_sketches_are_those_of_minhash(spark, rows):
    import copydesk
    from copydesk.spark import sketch

    frame = frame_of(spark, rows[:300], 3)
    expected = bytes(copydesk.minhash([row["text"] for row in rows[:300]]).cast("B"))
    found = {row["id"]: row["sketch"] for row in dicts(sketch(frame, id="id", text="text"))}
    for number, row in enumerate(rows[:300]):
        assert bytes(found[row["id"]]) == expected[number * 512 : (number + 1) * 512]
    none = spark.createDataFrame([("a", None), ("b", "x y")], "id string, text string")
    sketches = {row["id"]: row["sketch"] for row in dicts(sketch(none, id="id", text="text", slots=16))}
    assert sketches["a"] is None and len(sketches["b"]) == 64
    with pytest.raises(ValueError):
        sketch(none, id="id", text="text", slots=17)
