#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""copydesk beside other near-duplicate finders: speed, memory, recall and precision.

Installs the peers from PyPI into a virtual environment in a scratch folder, generates one corpus,
runs every program on it with one thread, and scores all results against the same truth. Writes
bench/results/<date>-peers.md and <date>-peers.svg.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "measure"))
from chart import svg  # noqa: E402
from measure import (ROOT, Failure, Series, heading, program, run_child, table,  # noqa: E402
                     write_result)

SEED = 11
# What pip is asked for, the peer itself first.
PEERS = (("datasketch",), ("rensa",), ("gaoya",), ("text-dedup",),
         ("datatrove", "spacy", "orjson", "tokenizers"))
NOT_RUN = {
    "semhash": "compares meanings by an embedding model that its package does not hold and that "
               "would have to be downloaded",
    "NeMo Curator": "its near-duplicate steps run on GPUs only",
    "onion, Duplodocus, deduplicate-text-datasets, bff": "they are not on PyPI, where bff is "
                                                         "another program, but built from source",
}
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
                                     "RAYON_NUM_THREADS", "ARROW_NUM_THREADS")}
CHART_NAME = "peers.svg"


class Environment:
    """A virtual environment with as many of the peers as this machine can install."""

    def __init__(self, folder):
        self.folder = folder
        self.python = folder / "bin" / "python"
        self.versions, self.missing = {}, {}
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        for requirements in PEERS:
            peer = requirements[0]
            answer = subprocess.run([self.python, "-m", "pip", "install", "-q", *requirements],
                                    capture_output=True, text=True, check=False)
            if answer.returncode != 0:
                lines = [line for line in answer.stderr.splitlines() if "rror" in line]
                self.missing[peer] = (lines or ["pip failed"])[-1].strip()
                continue
            shown = subprocess.run([self.python, "-m", "pip", "show", peer], capture_output=True,
                                   text=True, check=True).stdout
            self.versions[peer] = next(line.split()[1] for line in shown.splitlines()
                                       if line.startswith("Version:"))


class Candidate:
    """A program to run: its command writes `result`, which `evaluate pairs` reads."""

    def __init__(self, name, command, result):
        self.name, self.command, self.result = name, command, result
        self.series, self.scores, self.failure = Series(), {}, None


def candidates(tools, environment, scratch, corpus, threshold, number):
    def result(name):
        return scratch / f"{name}-{threshold}.jsonl"

    copydesk = tools["copydesk"]
    report = scratch / "report.json"
    run_child([copydesk, "pairs", corpus, "-o", "/dev/null", "-q", "-j", 1, "-t", threshold,
               "--report", report])
    chosen = json.loads(report.read_text())["parameters"]
    bands, rows = chosen["bands"], chosen["rows"]
    found = [Candidate("copydesk pairs", [copydesk, "pairs", corpus, "-o", result("copydesk"), "-q",
                                          "-j", 1, "-t", threshold], result("copydesk")),
             Candidate("copydesk dedup", [copydesk, "dedup", corpus, "-o", "/dev/null", "-q", "-j",
                                          1, "-t", threshold, "--decisions", result("decisions")],
                       result("decisions"))]

    def driver(name, file, *more):
        target = result(name)
        return Candidate(name, [environment.python, HERE / file, corpus, target, threshold, *more],
                         target)

    if "datasketch" in environment.versions:
        found.append(driver("datasketch", "run_datasketch.py"))
        found.append(driver(f"datasketch, {bands} x {rows}", "run_datasketch.py", bands, rows))
    if "rensa" in environment.versions:
        found.append(driver("rensa, all shingles", "run_rensa.py"))
    if "gaoya" in environment.versions:
        found.append(driver("gaoya, own words", "run_gaoya.py"))
        found.append(driver("gaoya, given shingles", "run_gaoya.py", "shingles"))
    for peer in ("text-dedup", "datatrove"):
        if peer in environment.versions:
            work = scratch / f"{peer}-{threshold}-{number}"
            work.mkdir()
            found.append(driver(peer, f"run_{peer.replace('-', '_')}.py", work))
    return found


def evaluate(copydesk, truth, result):
    return json.loads(run_child([copydesk, "evaluate", "pairs", "--truth", truth, "--result",
                                 result, "--json"]).output)


def kinds_of(pairs, truth):
    """For each kind: pairs planted, and how many of them are in `truth`, at the threshold."""
    def both(record):
        return frozenset((record["a"], record["b"]))

    with truth.open() as lines:
        true_pairs = {both(json.loads(line)) for line in lines}
    planted, above = collections.Counter(), collections.Counter()
    with pairs.open() as lines:
        for line in lines:
            pair = json.loads(line)
            planted[pair["kind"]] += 1
            above[pair["kind"]] += both(pair) in true_pairs
    return planted, above


def run_threshold(arguments, tools, environment, scratch, corpus, threshold):
    """Runs and scores everything at one threshold; returns Markdown and the rows of the chart."""
    truth = scratch / f"truth-{threshold}.jsonl"
    with truth.open("w") as file:
        subprocess.run([tools["brute_force"], corpus, str(threshold)], stdout=file, check=True)
    planted_file = scratch / "truth" / "pairs.jsonl"
    variables = {**os.environ, **ONE_THREAD, "HF_HOME": str(scratch / "hf")}
    done = {}
    for number in range(arguments.runs):
        for one in candidates(tools, environment, scratch, corpus, threshold, number):
            kept = done.setdefault(one.name, one)
            print(f"threshold {threshold}, round {number + 1}: {one.name}", file=sys.stderr)
            try:
                kept.series.add(run_child(one.command, variables, arguments.patience))
            except Failure as failure:
                kept.failure = str(failure)
    programs = [one for one in done.values() if one.failure is None]
    rows, chart, by_kind = [], [], {}
    for one in programs:
        exact = evaluate(tools["copydesk"], truth, one.result)
        by_kind[one.name] = evaluate(tools["copydesk"], planted_file, one.result)["kinds"]
        score = exact["pairs"]["all"]
        speed = arguments.documents / one.series.wall
        # A removed document is named with one kept document: decisions are not a list of pairs.
        recall = "-" if one.name == "copydesk dedup" else f"{score['recall']:.4f}"
        cells = [f"{speed:,.0f}", f"{arguments.documents / one.series.cpu:,.0f}", recall,
                 f"{score['precision']:.4f}", f"{exact['found_pairs']:,}",
                 f"{one.series.peak / 1e6:,.0f}"]
        rows.append([one.name, *cells])
        chart.append((one.name, speed, recall, f"{score['precision']:.4f}",
                      f"{one.series.peak / 1e6:,.0f}"))
    true_pairs = sum(1 for _ in truth.open())
    text = (f"\n## Threshold {threshold}\n\n{true_pairs:,} pairs of the corpus have a Jaccard "
            f"coefficient of at least {threshold} (all pairs compared).\n\n")
    text += table(["program", "documents/s", "by CPU time", "recall", "precision", "pairs",
                   "peak MB"], rows)
    for one in done.values():
        if one.failure is not None:
            text += f"\n{one.name} failed: {one.failure}\n"

    planted, above = kinds_of(planted_file, truth)
    listed = [one.name for one in programs if one.name != "copydesk dedup"]
    rows = []
    for kind in sorted(planted):
        shares = [f"{by_kind[name][kind]['share_found']:.3f}" for name in listed]
        rows.append([f"`{kind}`", f"{planted[kind]:,}", f"{above[kind] / planted[kind]:.3f}",
                     *shares])
    text += (f"\nShare of all planted pairs found, by kind of edit. *reach it*: the share whose "
             f"true coefficient is {threshold} or more. What is found beyond it is a real copy that was "
             f"not asked for; what is missing below it is a loss.\n\n")
    text += table(["kind", "pairs", "reach it", *listed], rows)
    return text, chart


def introduction(arguments, environment, size):
    versions = ", ".join(f"{name} {version}" for name, version in environment.versions.items())
    text = (f"- Peers: {versions}; Python {sys.version.split()[0]}\n"
            f"\nCorpus: copydesk-generate, plan `pairs` and 5 % templates, seed {SEED}: "
            f"{arguments.documents:,} documents, {size / 1e6:.0f} MB. One thread each. Whole "
            f"programs, from the file to the file of pairs, start of Python included; medians of "
            f"{arguments.runs} rounds in which the programs take turns.\n\n"
            "- Word 5-grams, 128 slots or permutations everywhere.\n"
            "- datasketch and rensa leave the words to their user: bench/peers/corpus.py makes "
            "them after rules near to copydesk's. That is Python, and part of their time.\n"
            "- *gaoya, own words* splits words at white space, in Rust, and leaves punctuation on "
            "them; *given shingles* are those of bench/peers/corpus.py. Its index chooses the bands "
            "for 128 hashes and the threshold, and answers where the sketches agree so far.\n"
            "- *datasketch* takes its default weights for the bands, *datasketch, B x R* the "
            "bands that copydesk chose. All answers of its index count as pairs, as in its "
            "documentation.\n"
            "- *rensa, all shingles* is RMinHash over the full sets with RMinHashLSH and its check "
            "of the sketches. The speed that rensa publishes is for its `rho` sketches, which "
            "sample some of the positions of a document; they are not measured here.\n"
            "- *text-dedup* is its own command `text_dedup.minhash` (xxh3) with its own words and "
            "bands; it gives clusters, and all pairs of a cluster count.\n"
            "- *datatrove* runs its steps with its default settings, 14 buckets of 8, as for FineWeb; "
            "it has no threshold. Its words are spaCy's, its clusters chain, and all pairs of a "
            "cluster count.\n"
            "- *copydesk dedup* names one kept document for each removed one, so that its "
            "decisions have a precision, but no recall by pairs.\n"
            "- The truth about words is copydesk's own rule of words; a peer with other words "
            "also loses by that.\n")
    for name, reason in environment.missing.items():
        text += f"- {name} could not be installed: {reason}\n"
    for name, reason in NOT_RUN.items():
        text += f"- Not run: {name}: {reason}.\n"
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--thresholds", type=float, nargs="+", default=[0.8, 0.7])
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    parser.add_argument("--patience", type=float, metavar="SECONDS",
                        help="end a program that takes longer; the table names it")
    parser.add_argument("--environment", type=pathlib.Path,
                        help="keep the virtual environment here, for the next run")
    arguments = parser.parse_args()
    if arguments.documents < 100 or arguments.runs < 1:
        parser.error("--documents is at least 100, --runs at least 1")
    tools = {"copydesk": program(arguments.build, "tools", "copydesk"),
             "generate": program(arguments.build, "datasets", "generate", "copydesk-generate"),
             "brute_force": program(arguments.build, "bench", "brute_force_pairs")}
    text = heading("Near-duplicates: copydesk and its peers", arguments.build)
    with tempfile.TemporaryDirectory(prefix="copydesk-peers-") as folder:
        scratch = pathlib.Path(folder)
        environment = Environment((arguments.environment or scratch / "venv").resolve())
        corpus = scratch / "corpus.jsonl"
        run_child([tools["generate"], "-n", arguments.documents, "--seed", SEED, "--plan", "pairs",
                   "--rate", "template=0.05", "--jaccard", "--siblings", "--quiet", "-o", corpus,
                   "--truth-dir", scratch / "truth"])
        text += introduction(arguments, environment, corpus.stat().st_size)
        charts = {}
        for threshold in arguments.thresholds:
            part, charts[threshold] = run_threshold(arguments, tools, environment, scratch, corpus,
                                                    threshold)
            text += part
    first = arguments.thresholds[0]
    print(text)
    write_result("peers.md", text)
    write_result(CHART_NAME, svg(
        f"Near-duplicates at Jaccard {first}: copydesk and its peers",
        f"{arguments.documents:,} generated documents, word 5-grams, whole programs", charts[first]))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"run.py: {failure}")
