#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""copydesk.spark over generated corpora: what is shuffled for each document, stage by stage, how much of
the tasks' time is spent in native functions, how time grows, and how large the longest task is. From
Spark's event log. With --mllib, MinHashLSH of Spark's own library on the same corpus, with what it finds
measured against the pairs of `copydesk pairs`.

Times are processor time, by the kernel, of the JVMs and of the Python workers (native functions among it),
which other work on the machine hardly lengthens; of the longest tasks it is the clock's. Needs what
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


def session(master, folder, heap):
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.driver.memory": heap,
        "spark.executor.memory": heap,
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


def name_jobs(spent):
    """Jobs bear the names of our stages, in the event log; and the processor time of each goes into `spent`."""
    from copydesk.spark._work_folder import WorkFolder

    stage = WorkFolder.stage

    def named(self, name, make, count):
        self._spark.sparkContext.setJobDescription(name)
        before = processor_seconds()
        try:
            return stage(self, name, make, count)
        finally:
            spent[name] = {layer: after - before[layer] for layer, after in processor_seconds().items()}

    WorkFolder.stage = named


def processor_seconds():
    """Of the JVMs and of the Python workers that this process started, with the children they waited for."""
    parents, rows = {}, {}
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            name, fields = path.read_text().split("(", 1)[1].rsplit(") ", 1)
        except OSError:  # it ended
            continue
        fields = fields.split()
        parents[int(path.parent.name)] = int(fields[1])
        rows[int(path.parent.name)] = name, sum(map(int, fields[11:15])), sum(map(int, fields[11:13]))
    seconds = {"JVM": 0.0, "Python": 0.0}
    tick = os.sysconf("SC_CLK_TCK")
    for number, (name, with_children, alone) in rows.items():
        above = parents[number]
        while above in parents and above != os.getpid():
            above = parents[above]
        if above == os.getpid():
            # The daemon of the workers waits for them; what a JVM waited for are shells.
            if name == "java":
                seconds["JVM"] += alone / tick
            elif name.startswith("python"):
                seconds["Python"] += with_children / tick
    return seconds


class Stage:
    def __init__(self):
        self.tasks = []  # (Spark's stage, milliseconds)
        self.shuffled = 0


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
            stage.shuffled += event["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"]
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
    """JSON Lines as Parquet files, dealt out at random: reading JSON is no part of what is measured."""
    import random

    import pyarrow as pa
    import pyarrow.json
    import pyarrow.parquet

    folder = path.with_suffix(".parquet")
    folder.mkdir(exist_ok=True)
    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    options = pa.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    generator = random.Random(3)
    files = [pa.parquet.ParquetWriter(folder / f"{number}.parquet", schema) for number in range(partitions)]
    for batch in pa.json.open_json(path, pa.json.ReadOptions(block_size=64 << 20), options):
        rows = list(range(len(batch)))
        generator.shuffle(rows)
        for number, file in enumerate(files):
            file.write_batch(batch.take(rows[number::partitions]))
    for file in files:
        file.close()
    return spark.read.parquet(str(folder))


def program_seconds(path):
    """Processor time of the program on one thread."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([PROGRAM, "dedup", path, "--threads", "1", "--quiet", "--decisions", os.devnull,
                    "-o", os.devnull], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def describe(found, stages, spent, documents, path):
    """A line for each stage. Gives the number of documents and the processor time of all, by layer."""
    counts = found.report["stages"]
    print(f"{'stage':16} {'bytes/doc':>9} {'tasks':>6} {'JVM s':>7} {'Python s':>9} {'native s':>9} {'share':>6}"
          f" {'longest task':>13} {'/ median':>9}")
    shuffled = 0
    total = collections.Counter()
    for name, count in counts.items():
        if name not in spent:  # the sum of several stages
            continue
        stage = stages[name]
        layers = {**spent[name], "native": count.get("native_ns", 0) / 1e9}
        # Of the Spark stage with the longest task.
        by_id = collections.defaultdict(list)
        for number, milliseconds in stage.tasks:
            by_id[number].append(milliseconds)
        longest = max(by_id.values(), key=max)
        share = layers["native"] / max(0.01, layers["JVM"] + layers["Python"])
        print(f"{name:16} {stage.shuffled / documents:9.1f} {len(stage.tasks):6} {layers['JVM']:7.2f}"
              f" {layers['Python']:9.2f} {layers['native']:9.2f} {share:6.2f} {max(longest) / 1000:13.1f}"
              f" {max(longest) / max(1, statistics.median(longest)):9.1f}")
        total.update(layers)
        shuffled += stage.shuffled
    both = total["JVM"] + total["Python"]
    own = program_seconds(path)
    size = found.report["counts"]["bytes"]
    print(f"{'all':16} {shuffled / documents:9.1f} {'':6} {total['JVM']:7.2f} {total['Python']:9.2f}"
          f" {total['native']:9.2f} {total['native'] / both:6.2f}")
    print(f"microseconds a document: JVM {total['JVM'] / documents * 1e6:.1f}, Python without native"
          f" {(total['Python'] - total['native']) / documents * 1e6:.1f}, native"
          f" {total['native'] / documents * 1e6:.1f}; program on one thread {own / documents * 1e6:.1f}."
          f" MB for each second of a processor: {size / 1e6 / both:.0f} here, {size / 1e6 / own:.0f} there\n",
          flush=True)
    return documents, total


def growth(before, after):
    """What more documents cost each, by layer: the costs of starting are not in it."""
    more = after[0] - before[0]
    layers = {name: (after[1][name] - before[1][name]) / more * 1e6 for name in after[1]}
    whole = [total["JVM"] + total["Python"] for _, total in (before, after)]
    print(f"from {before[0]} to {after[0]} documents processor time grows by {whole[1] / whole[0]:.2f}; microseconds"
          f" for each more: JVM {layers['JVM']:.1f}, Python without native {layers['Python'] - layers['native']:.1f},"
          f" native {layers['native']:.1f}, which is {layers['native'] / (layers['JVM'] + layers['Python']):.2f}")


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
    parser.add_argument("--heap", default="1g", help="of the driver and of each executor")
    parser.add_argument("--mllib", action="store_true")
    options = parser.parse_args()
    spent = {}
    name_jobs(spent)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        totals = []
        for count in options.documents:
            (folder / str(count)).mkdir()
            spark = session(options.master, folder / str(count), options.heap)
            if options.plan in ("equal", "template"):
                path = skewed(count, options.plan, folder)
            else:
                path = generate(count, options.plan, folder)
            table = as_table(spark, path, options.partitions)
            documents = table.count()
            from copydesk.spark import near_duplicates

            spent.clear()
            begin = time.monotonic()
            found = near_duplicates(table, id="id", text="text", work=str(folder / f"work{count}"))
            print(f"{documents} documents, {options.plan}, {options.master}:"
                  f" {time.monotonic() - begin:.1f} s in all")
            if options.mllib:
                mllib(spark, table, path, folder)
            spark.stop()
            log = next((folder / str(count)).glob("local-*"), None) or next(
                (folder / str(count)).glob("app-*"))
            totals.append(describe(found, stages_of(log), spent, documents, path))
        for before, after in zip(totals, totals[1:]):
            growth(before, after)


if __name__ == "__main__":
    main()
