#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""copydesk reuse beside other ways to find copies: recall of fourteen kinds of edit.

    run.py STORIES [--environment FOLDER] [--passim FOLDER]

STORIES are JSON Lines of real stories (Reuters-21578: {"id", "title", "text"}). Plants copies among
them, runs every program and writes bench/results/<date>-reuse.md.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "measure"))
import edits  # noqa: E402
from measure import (ROOT, Failure, heading, program, run_child, table,  # noqa: E402
                     write_result)
from score import Truth, read_pairs  # noqa: E402

PRECISION = 0.99
LOOSE = 6
GRAMS_PER_WEIGHT = 24 / 14


def install(folder, *packages):
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    answer = subprocess.run([python, "-m", "pip", "install", "-q", *packages],
                            capture_output=True, text=True, check=False)
    return python if answer.returncode == 0 else None


class Row:
    def __init__(self, name, score, measured, candidates=""):
        self.name, self.score, self.measured, self.candidates = name, score, measured, candidates


def best_threshold(records, truth):
    """The pairs of the lowest threshold at which the precision is reached."""
    for tenths in range(10 * LOOSE, 300, 5):
        weight = tenths / 10
        chosen = [pair for pair, record in records
                  if record["weight"] >= weight
                  or record["shared_grams"] >= round(weight * GRAMS_PER_WEIGHT)]
        score = truth.score(chosen)
        if score.precision >= PRECISION:
            return weight, score
    raise Failure("no strictness reaches the precision")


def run_copydesk(copydesk, corpus, truth, scratch):
    pairs, report = scratch / "pairs.jsonl", scratch / "report.json"
    measured = run_child([copydesk, "reuse", corpus, "-q", "-o", "/dev/null", "--pairs", pairs,
                          "--report", report])
    records = list(read_pairs(pairs))
    rows = [Row("reuse, all pairs", truth.score(pair for pair, _ in records), measured),
            Row("reuse, without templates",
                truth.score(pair for pair, r in records if r["relation"] != "template"), measured)]
    counts = json.loads(report.read_text())
    run_child([copydesk, "reuse", corpus, "-q", "-o", "/dev/null", "--pairs", pairs,
               "--strictness", LOOSE])
    weight, score = best_threshold(list(read_pairs(pairs)), truth)
    rows.append(Row(f"reuse, strictness {weight}", score, measured))
    return rows, counts


def run_others(arguments, copydesk, corpus, truth, scratch):
    result = scratch / "other.jsonl"
    measured = run_child([copydesk, "pairs", corpus, "-q", "-t", 0.7, "-o", result])
    yield Row("MinHash, Jaccard 0.7 (`pairs`)",
              truth.score(pair for pair, _ in read_pairs(result)), measured)
    environment = (arguments.environment or scratch / "venv").resolve()
    python = install(environment, "datasketch")
    if python is None:
        print("datasketch could not be installed", file=sys.stderr)
    for threshold in (0.8, 0.5, 0.3) if python else ():
        measured = run_child([python, HERE / "run_lsh_ensemble.py", corpus, result, threshold])
        yield Row(f"LSHEnsemble, containment {threshold}",
                  truth.score({pair for pair, _ in read_pairs(result)}), measured)
    measured = run_child([sys.executable, HERE / "run_passim_published.py", corpus, result])
    yield Row("passim as published", truth.score({pair for pair, _ in read_pairs(result)}),
              measured)
    if arguments.passim:
        python = install(arguments.passim.resolve(), "git+https://github.com/dasmiq/passim.git")
        python = python or arguments.passim.resolve() / "bin" / "python"
        measured = run_child([python, HERE / "run_passim.py", corpus, result, scratch / "passim"])
        yield Row("passim 2, defaults", truth.score(pair for pair, _ in read_pairs(result)),
                  measured)


def describe(counts, truth, records):
    candidates = counts["candidates"]
    words = records["words"]
    return (f"copydesk: {candidates['fingerprints']:,} fingerprints, "
            f"{1000 * candidates['fingerprints'] / words:.0f} for 1,000 words; "
            f"{candidates['candidate_pairs']:,} candidate pairs are compared for "
            f"{len(truth.kinds):,} planted ones and {counts['counts']['pairs']:,} accepted ones: "
            f"{candidates['candidate_pairs'] / counts['counts']['pairs']:.2f} for each accepted.\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=pathlib.Path)
    parser.add_argument("--copies", type=int, default=250, help="of each kind")
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    parser.add_argument("--environment", type=pathlib.Path, help="virtual environment to keep")
    parser.add_argument("--passim", type=pathlib.Path,
                        help="virtual environment for passim, which needs Java and Spark")
    arguments = parser.parse_args()
    copydesk = program(arguments.build, "tools", "copydesk")
    text = heading("Reuse: copies of fourteen kinds among real stories", arguments.build)
    with tempfile.TemporaryDirectory(prefix="copydesk-reuse-") as folder:
        scratch = pathlib.Path(folder)
        corpus, planted = scratch / "corpus.jsonl", scratch / "truth.jsonl"
        run_child([sys.executable, HERE / "edits.py", arguments.stories, corpus, planted,
                   arguments.copies])
        truth = Truth(planted)
        documents = words = 0
        with corpus.open(encoding="utf-8") as lines:
            for line in lines:
                documents += 1
                words += len(edits.words_of(json.loads(line)["text"]))
        rows, counts = run_copydesk(copydesk, corpus, truth, scratch)
        rows += run_others(arguments, copydesk, corpus, truth, scratch)
    text += (f"\n{documents:,} documents, {words:,} words, {len(truth.kinds):,} planted pairs; "
             f"the headline is replaced in every copy. Precision counts as false every pair with a "
             f"copy that was not planted, also where the stories share text by themselves. Times "
             f"are of whole programs.\n\n")
    text += table(["", "recall", "precision", "false", "seconds", "peak MB"],
                  [[row.name, f"{row.score.recall:.4f}", f"{row.score.precision:.4f}",
                    f"{row.score.false:,}", f"{row.measured.wall:.1f}",
                    f"{row.measured.peak / 1e6:,.0f}"] for row in rows])
    text += "\nRecall by kind:\n\n"
    text += table(["kind", *[row.name for row in rows]],
                  [[kind, *[f"{row.score.kinds[kind]:.3f}" for row in rows]]
                   for kind in edits.KINDS])
    text += "\n" + describe(counts, truth, {"words": words})
    print(text)
    write_result("reuse.md", text)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"run.py: {failure}")
