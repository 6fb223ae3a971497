#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""copydesk.spark over generated corpora: what is shuffled for each document, stage by stage, how much of
the tasks' time is spent in native functions, how time grows, and how large the longest task is. From
Spark's event log. With --mllib, MinHashLSH of Spark's own library on the same corpus, with what it finds
measured against the pairs of `copydesk pairs`.

Times are those of tasks, which other work on the machine lengthens less than wall time. Needs what
python/requirements-spark.txt names; PYTHONPATH is build/release/python.

  PYTHONPATH=build/release/python build/venv-spark/bin/python bench/spark/run.py 60000 120000 240000
"""

import argparse
import collections
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build/release/tools/copydesk"
GENERATE = ROOT / "build/release/datasets/generate/copydesk-generate"


def session(master, folder):
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.driver.memory": "1g",
        "spark.executor.memory": "1g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executorEnv.PYTHONPATH": os.environ["PYTHONPATH"],
        "spark.local.dir": str(folder / "local"),
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": str(folder),
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.compress": "false",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master(master).appName("copydesk bench")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def name_jobs():
    """Jobs bear the names of our stages, in the event log."""
    from copydesk.spark._work_folder import WorkFolder

    stage = WorkFolder.stage

    def named(self, name, make, count):
        self._spark.sparkContext.setJobDescription(name)
        return stage(self, name, make, count)

    WorkFolder.stage = named


class Stage:
    def __init__(self):
        self.tasks = []  # milliseconds
        self.shuffled = 0
        self.jvm = self.collecting = 0.0  # seconds of CPU, and of collecting garbage


def stages_of(log):
    """By name of job: task times and bytes written to be shuffled."""
    names, stages = {}, collections.defaultdict(Stage)
    for line in log.open(encoding="utf-8"):
        event = json.loads(line)
        if event["Event"] == "SparkListenerJobStart":
            name = event["Properties"].get("spark.job.description", "other")
            names.update(dict.fromkeys(event["Stage IDs"], name))
        if event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
            stage = stages[names.get(event["Stage ID"], "other")]
            stage.tasks.append((event["Stage ID"], event["Task Metrics"]["Executor Run Time"]))
            metrics = event["Task Metrics"]
            stage.shuffled += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
            stage.jvm += metrics["Executor CPU Time"] / 1e9
            stage.collecting += metrics["JVM GC Time"] / 1000
    return stages


def generate(count, plan, folder):
    path = folder / f"{plan}-{count}.jsonl"
    command = [GENERATE, "-n", str(count), "--seed", "7", "--plan", plan, "-o", path]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return path


def skewed(count, kind, folder):
    """`count` documents that are equal, or of one form, and as many of the default plan."""
    import random

    generator = random.Random(5)
    path = generate(count, "default", folder)
    words = [f"word{number}" for number in range(5000)]
    form = [generator.choice(words) for _ in range(300)]
    with path.open("a", encoding="utf-8") as out:
        for number in range(count):
            text = list(form)
            for _ in range(generator.randrange(3, 60) if kind == "template" else 0):
                text[generator.randrange(300)] = generator.choice(words)
            out.write(json.dumps({"id": f"{kind}-{number}", "text": " ".join(text)}) + "\n")
    return path


def as_table(spark, path, partitions):
    """JSON Lines as Parquet, in another order: reading JSON is no part of what is measured."""
    table = str(path.with_suffix(".parquet"))
    rows = spark.read.schema("id string, text string").json(str(path))
    rows.repartition(partitions).write.mode("overwrite").parquet(table)
    return spark.read.parquet(table)


def program_seconds(path):
    """User time of the program on one thread, its start apart."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([PROGRAM, "dedup", path, "--threads", "1", "--quiet", "--decisions", os.devnull,
                    "-o", os.devnull], check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def describe(found, stages, documents, path):
    counts = found.report["stages"]
    print(f"{'stage':12} {'bytes/doc':>10} {'tasks':>6} {'task s':>8} {'JVM s':>7} {'GC s':>6}"
          f" {'native s':>9} {'share':>6}"
          f" {'longest/median':>15}")
    all_tasks = all_native = shuffled = 0
    for name, count in counts.items():
        stage = stages[name]
        seconds = sum(time for _, time in stage.tasks) / 1000
        native = count["native_ns"] / 1e9
        # Of the Spark stage with the longest task.
        by_id = collections.defaultdict(list)
        for number, spent in stage.tasks:
            by_id[number].append(spent)
        longest = max(by_id.values(), key=max)
        ratio = max(longest) / max(1, statistics.median(longest))
        print(f"{name:12} {stage.shuffled / documents:10.1f} {len(stage.tasks):6} {seconds:8.2f}"
              f" {stage.jvm:7.2f} {stage.collecting:6.2f} {native:9.2f} {native / seconds:6.2f} {ratio:15.1f}")
        all_tasks += seconds
        all_native += native
        shuffled += stage.shuffled
    own = program_seconds(path)
    size = found.report["counts"]["bytes"]
    print(f"{'all':12} {shuffled / documents:10.1f} {'':6} {all_tasks:8.2f} {'':7} {'':6} {all_native:9.2f}"
          f" {all_native / all_tasks:6.2f}")
    print(f"labels sent to every machine: {counts['components']['label_bytes'] / documents:.1f} bytes a"
          f" document; program on one thread: {own:.2f} s; MB a second and core: "
          f"{size / 1e6 / all_tasks:.0f} here, {size / 1e6 / own:.0f} there\n", flush=True)
    return all_tasks


def mllib(spark, table, path, folder):
    """MinHashLSH: shingles of five words hashed to 2^18 places, 16 tables, pairs within distance 0.2."""
    from pyspark.ml.feature import HashingTF, MinHashLSH, NGram, RegexTokenizer
    from pyspark.ml import Pipeline
    from pyspark.sql import functions as F

    pairs = folder / "pairs.jsonl"
    subprocess.run([PROGRAM, "pairs", path, "--quiet", "-o", pairs], check=True)
    truth = {tuple(sorted((row["a"], row["b"])))
             for row in map(json.loads, pairs.read_text("utf-8").splitlines())}
    spark.sparkContext.setJobDescription("mllib")
    begin = time.monotonic()
    steps = [
        RegexTokenizer(inputCol="text", outputCol="words", pattern=r"\W+"),
        NGram(n=5, inputCol="words", outputCol="shingles"),
        HashingTF(inputCol="shingles", outputCol="features", binary=True, numFeatures=1 << 18),
        MinHashLSH(inputCol="features", outputCol="hashes", numHashTables=16, seed=1),
    ]
    usable = table.where(F.size(F.split("text", r"\W+")) > 8)
    model = Pipeline(stages=steps).fit(usable)
    hashed = model.transform(usable).select("id", "features", "hashes")
    joined = model.stages[-1].approxSimilarityJoin(hashed, hashed, 0.2, "distance")
    rows = joined.where("datasetA.id < datasetB.id").select("datasetA.id", "datasetB.id").collect()
    found = {tuple(sorted((row[0], row[1]))) for row in rows}
    spent = time.monotonic() - begin
    both = len(found & truth)
    print(f"MLlib MinHashLSH: {spent:.0f} s, {len(found)} pairs of {len(truth)}: recall"
          f" {both / max(1, len(truth)):.4f}, precision {both / max(1, len(found)):.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="+")
    parser.add_argument("--plan", default="default", help="of copydesk-generate, or equal or template")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--partitions", type=int, default=4, help="of the input")
    parser.add_argument("--mllib", action="store_true")
    options = parser.parse_args()
    name_jobs()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        seconds = []
        for count in options.documents:
            (folder / str(count)).mkdir()
            spark = session(options.master, folder / str(count))
            if options.plan in ("equal", "template"):
                path = skewed(count, options.plan, folder)
            else:
                path = generate(count, options.plan, folder)
            table = as_table(spark, path, options.partitions)
            documents = table.count()
            from copydesk.spark import near_duplicates

            begin = time.monotonic()
            found = near_duplicates(table, id="id", text="text", work=str(folder / f"work{count}"))
            print(f"{documents} documents, {options.plan}, {options.master}:"
                  f" {time.monotonic() - begin:.1f} s in all")
            if options.mllib:
                mllib(spark, table, path, folder)
            spark.stop()
            log = next((folder / str(count)).glob("local-*"), None) or next(
                (folder / str(count)).glob("app-*"))
            seconds.append(describe(found, stages_of(log), documents, path))
        for before, after in zip(seconds, seconds[1:]):
            print(f"task time grows by {after / before:.2f}")


if __name__ == "__main__":
    main()
