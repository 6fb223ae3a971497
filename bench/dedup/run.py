#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`copydesk dedup` as a whole, beside the floor below it and the textbook method.

Generates a corpus with a fixed seed into a scratch folder, runs all cases one after the other in
several rounds, and writes medians and ratios to bench/results/<date>-dedup.md.
"""

import argparse
import gzip
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "measure"))
from measure import (ROOT, Failure, Series, heading, program,  # noqa: E402
                     resident_megabytes, run_child, table, write_result)

SEED = 7
BYTES_PER_LINE = 3550  # of the generator's default plan, about
SMALL_TEXT = 700
READ, PARSE, TEXTBOOK = "read() of the bytes", "simdjson: id and text", "textbook method"
ONE = "copydesk dedup, 1 thread"
DECISIONS = "... with --decisions"
TWO = "copydesk dedup, 2 threads"
ZSTD = ".zst (level 3)"
ZSTD_ALONE = "zstd -dc alone"


def generate(generator, documents, path, *more):
    run_child([generator, "-n", documents, "--seed", SEED, "-o", path, "--quiet", *more])


def cut_beginning(source, target, share):
    """The first whole lines of `source`, about `share` of it. Returns their bytes."""
    wanted = source.stat().st_size * share
    written = 0
    with source.open("rb") as reader, target.open("wb") as writer:
        for line in reader:
            if written >= wanted:
                break
            writer.write(line)
            written += len(line)
    return written


def compress(corpus, notes):
    """The corpus as .zst and .gz, as far as this machine can write them."""
    paths = {}
    if shutil.which("zstd"):
        paths[ZSTD] = corpus.with_name(corpus.name + ".zst")
        subprocess.run(["zstd", "-q", "-3", corpus, "-o", paths[ZSTD]], check=True)
    else:
        notes.append("No `zstd` program on this machine: .zst input was not measured.")
    path = paths[".gz (level 6)"] = corpus.with_name(corpus.name + ".gz")
    with corpus.open("rb") as reader, gzip.open(path, "wb", compresslevel=6) as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
    return paths


def offered_targets(copydesk, corpus):
    """The instruction sets of this machine, from the message about one that does not exist."""
    answer = subprocess.run([copydesk, "dedup", corpus, "--simd", "none-such"],
                            capture_output=True, text=True, check=False).stderr
    return [name.strip() for name in answer.rsplit("offers", 1)[-1].split(",")]


def measure_rounds(arguments, scratch, notes):
    floor = program(arguments.build, "bench", "dedup_floor")
    copydesk = program(arguments.build, "tools", "copydesk")
    generator = program(arguments.build, "datasets", "generate", "copydesk-generate")
    corpus = scratch / "corpus.jsonl"
    documents = int(arguments.megabytes * 1e6 / BYTES_PER_LINE) + 1
    generate(generator, documents, corpus)
    while corpus.stat().st_size < arguments.megabytes * 1e6:
        documents = int(documents * 1.05)
        generate(generator, documents, corpus)
    size = corpus.stat().st_size
    part = scratch / "part.jsonl"
    part_size = cut_beginning(corpus, part, arguments.textbook_share)
    packed = compress(corpus, notes)
    report = scratch / "report.json"

    def dedup(path, threads, *more):
        return [copydesk, "dedup", path, "-o", "/dev/null", "-q", "-j", threads, *more]

    run_child(dedup(corpus, 1, "--report", report))
    chosen = json.loads(report.read_text())
    bands, rows = chosen["parameters"]["bands"], chosen["parameters"]["rows"]
    run_child(dedup(part, 1, "--report", report))
    on_part = json.loads(report.read_text())["counts"]

    cases = {
        READ: ([floor, "read", corpus], size),
        PARSE: ([floor, "parse", corpus], size),
        TEXTBOOK: ([floor, "textbook", part, "0.8", bands, rows], part_size),
        ONE: (dedup(corpus, 1, "--report", report), size),
        DECISIONS: (dedup(corpus, 1, "--decisions", scratch / "decisions.jsonl"), size),
        TWO: (dedup(corpus, 2), size),
    }
    targets = offered_targets(copydesk, corpus)
    for target in ("AVX2", "SSE4"):
        if target in targets:
            cases[f"1 thread, --simd {target}"] = (dedup(corpus, 1, "--simd", target), size)
    if ZSTD in packed:
        cases[ZSTD_ALONE] = (["sh", "-c", 'exec zstd -dc "$0" > /dev/null', packed[ZSTD]], size)
    for name, path in packed.items():
        for threads in (1, 2):
            cases[f"{name}, {threads} thread{'s' * (threads > 1)}"] = (dedup(path, threads), size)

    series = {name: Series() for name in cases}
    reports = []
    for number in range(arguments.runs):
        print(f"round {number + 1} of {arguments.runs}", file=sys.stderr)
        for name, (command, _) in cases.items():
            series[name].add(run_child(command))
            if name == ONE:
                reports.append(json.loads(report.read_text()))
    textbook = json.loads(series[TEXTBOOK].runs[0].output)
    notes.insert(0, f"The textbook method (bench/dedup/floor.cpp) ran on the first "
                 f"{part_size / 1e6:.0f} MB, {part_size / size:.0%} of the corpus; its time is "
                 f"scaled by bytes. There it removed {textbook['removed']} of "
                 f"{textbook['documents']} documents, copydesk "
                 f"{on_part['removed_identical'] + on_part['removed_same_words'] + on_part['removed_near_duplicate']}: "
                 f"its rule of words is simpler (capitals of ASCII only, common marks, no Unicode "
                 f"forms). Bands and rows as chosen by copydesk, {bands} x {rows}.")
    if ZSTD in packed:
        alone, both = series[ZSTD_ALONE].wall, series[f"{ZSTD}, 2 threads"].wall
        notes.append(f"dedup of the .zst on 2 threads runs at {alone / both:.2f} of the speed of "
                     f"`{ZSTD_ALONE}`.")
    sizes = {name: handled for name, (_, handled) in cases.items()}
    return series, sizes, reports, size


def main_table(series, sizes, size):
    scaled = {name: one.wall * size / sizes[name] for name, one in series.items()}
    textbook_cpu = series[TEXTBOOK].cpu * size / sizes[TEXTBOOK]
    rows = []
    for name, one in series.items():
        wall = scaled[name]
        cpu = one.cpu * size / sizes[name]
        rows.append([name, f"{wall:.3f}", f"{size / wall / 1e6:,.1f}", f"{wall / scaled[READ]:.1f}",
                     f"{wall / scaled[PARSE]:.2f}", f"{scaled[TEXTBOOK] / wall:.1f}",
                     f"{cpu:.3f}", f"{textbook_cpu / cpu:.1f}", f"{one.peak / 1e6:.0f}",
                     f"{one.spread:.0%}"])
    return table(["case", "s", "MB/s", "x read", "x simdjson", "textbook / it", "CPU s",
                  "the same by CPU", "peak MB", "spread"], rows)


def stage_table(reports):
    middle = sorted(reports, key=lambda report: report["wall_seconds"])[len(reports) // 2]
    whole = middle["wall_seconds"]
    rows = [[name, f"{times['wall_seconds']:.3f}", f"{times['cpu_seconds']:.3f}",
             f"{times['wall_seconds'] / whole:.0%}"] for name, times in middle["stages"].items()]
    rows.append(["all", f"{whole:.3f}", "", f"({middle['simd']})"])
    return table(["stage", "wall s", "CPU s", "share"], rows)


def measure_memory(arguments, scratch):
    """Peak memory on many small documents: what is held for a document, not for a text."""
    generator = program(arguments.build, "datasets", "generate", "copydesk-generate")
    copydesk = program(arguments.build, "tools", "copydesk")
    corpus = scratch / "small.jsonl"
    generate(generator, arguments.small_documents, corpus, "--bytes-per-document", SMALL_TEXT)
    rows = []
    for threads in (1, 2):
        report = scratch / "small.json"
        one = run_child([copydesk, "dedup", corpus, "-o", "/dev/null", "-q", "-j", threads,
                         "--report", report])
        documents = json.loads(report.read_text())["counts"]["documents"]
        rows.append([threads, f"{documents:,}", f"{corpus.stat().st_size / 1e6:,.0f}",
                     f"{one.wall:.2f}", f"{documents / one.wall:,.0f}", f"{one.peak / 1e6:,.0f}",
                     f"{one.peak / documents:.0f}"])
    return table(["threads", "documents", "MB", "s", "documents/s", "peak MB",
                  "peak bytes a document"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--textbook-share", type=float, default=1.0,
                        help="share of the corpus for the textbook method (default 1, all of it)")
    parser.add_argument("--small-documents", type=int, default=1_000_000,
                        help="documents of the memory measurement (default a million; 0: none)")
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    arguments = parser.parse_args()
    if arguments.runs < 1 or arguments.megabytes <= 0 or not 0 < arguments.textbook_share <= 1:
        parser.error("--runs and --megabytes are above 0, --textbook-share is above 0 and at most 1")
    text = heading("copydesk dedup, the whole program", arguments.build)
    notes = []
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        scratch = pathlib.Path(folder)
        series, sizes, reports, size = measure_rounds(arguments, scratch, notes)
        counts = reports[0]["counts"]
        text += (f"\nCorpus: copydesk-generate, default plan, seed {SEED}: "
                 f"{counts['documents']:,} documents, {size / 1e6:.1f} MB, in the page cache. "
                 f"Medians of {arguments.runs} rounds; every round runs each case once, one after "
                 f"the other. Kept records go to /dev/null. Times include the start of the "
                 f"program. Peak memory is what the kernel charged to the process, which begins with "
                 f"the {resident_megabytes():.0f} MB of the Python that started it. *spread*: slowest minus fastest run over the median.\n\n")
        text += main_table(series, sizes, size)
        text += "\n" + "\n".join(f"- {note}" for note in notes) + "\n"
        text += "\n## Stages, 1 thread\n\nFrom --report of the median run.\n\n"
        text += stage_table(reports)
        if arguments.small_documents > 0:
            text += "\n## Memory\n\nSmall documents, so that what is held for each shows.\n\n"
            text += measure_memory(arguments, scratch)
    print(text)
    write_result("dedup.md", text)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"run.py: {failure}")
