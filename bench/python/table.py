#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Python package on a table in memory beside the program on the same documents in a file.

Generates a corpus, reads it into a pyarrow table, and runs both by turns: seconds, decisions (must
be the same), and the memory that a call takes beside the table. For a corpus of 1 GB in memory, all
functions: bench/python/table.py --documents 350000 --functions all. Needs pyarrow; PYTHONPATH is
build/release/python.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def peak_bytes():
    """The highest resident memory since the last reset."""
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    raise RuntimeError("no VmHWM in /proc/self/status")


def resident_bytes():
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def measured(function):
    """The function's result, seconds, and the peak beyond what was resident before the call."""
    with open("/proc/self/clear_refs", "w", encoding="ascii") as reset:
        reset.write("5")
    before = resident_bytes()
    begin = time.perf_counter()
    result = function()
    return result, time.perf_counter() - begin, max(0, peak_bytes() - before)


def program_run(command):
    begin = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def decisions_of(path):
    with open(path, encoding="utf-8") as lines:
        return [(d["id"], d["kept_id"], d["rule"]) for d in map(json.loads, lines)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--bytes-per-document", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", default="1G", help="what a call may hold, as --memory")
    parser.add_argument("--functions", default="dedup", help="names with commas, or all")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    options = parser.parse_args()

    import copydesk
    import pyarrow
    import pyarrow.json

    program = options.build / "tools" / "copydesk"
    generate = options.build / "datasets" / "generate" / "copydesk-generate"
    calls = {
        "dedup": lambda t, o: copydesk.dedup(t, **o),
        "pairs": lambda t, o: copydesk.pairs(t, **o),
        "reuse": lambda t, o: copydesk.reuse(t, **o),
        "blocks": lambda t, o: copydesk.blocks(t, scope="page,site,corpus", **o),
        "split": lambda t, o: copydesk.split(t, **o),
        "summarize": lambda t, o: copydesk.summarize(t, sentences=3, **o),
    }
    chosen = list(calls) if options.functions == "all" else options.functions.split(",")
    run = {"threads": options.threads, "memory": options.memory}
    with tempfile.TemporaryDirectory() as folder:
        corpus, why = pathlib.Path(folder, "corpus.jsonl"), pathlib.Path(folder, "why.jsonl")
        program_run([generate, "-n", options.documents, "--seed", 5, "--bytes-per-document",
                     options.bytes_per_document, "-o", corpus, "--quiet"])
        read = pyarrow.json.ReadOptions(block_size=64 << 20)
        table = pyarrow.json.read_json(corpus, read_options=read)
        print(f"{table.num_rows:,} documents, {table['text'].nbytes / 1e6:,.0f} MB of text, "
              f"{options.threads} threads, memory={options.memory}")
        print("function    package  program  ratio  peak beside the table  bytes a document")
        for name in chosen:
            ours, theirs, peaks = [], [], []
            command = [program, name, corpus, "-j", options.threads, "-q", "--memory",
                       options.memory, "-o", "/dev/null"]
            if name == "dedup":
                command += ["--decisions", why]
            if name == "blocks":
                command += ["--scope", "page,site,corpus", "--unit", "paragraph"]
            for _ in range(options.rounds):
                result, seconds, peak = measured(lambda: calls[name](table, run))
                ours.append(seconds)
                peaks.append(peak)
                theirs.append(program_run(command))
            if name == "dedup":
                found = result.decisions
                mine = list(zip(found["id"], found["kept_id"], found["rule"]))
                if mine != decisions_of(why):
                    sys.exit("the decisions differ")
            ours_median, theirs_median = statistics.median(ours), statistics.median(theirs)
            peak = max(peaks)
            print(f"{name:10} {ours_median:7.1f}s {theirs_median:7.1f}s {ours_median / theirs_median:6.2f}"
                  f"  {peak / 1e6:14,.0f} MB  {peak / table.num_rows:14,.0f}")


if __name__ == "__main__":
    main()
