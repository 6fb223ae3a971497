#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""copydesk summarize beside plain tokenising and other summarizers: speed, ROUGE, long texts.

Takes articles as JSON Lines {id, title, text, highlights}; without highlights there is no ROUGE.
Installs the peers from PyPI into a virtual environment in a scratch folder. Writes
bench/results/<date>-summary.md.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "measure"))
from measure import ROOT, Failure, Series, heading, program, run_child, table, write_result  # noqa: E402

PEERS = {"sumy LexRank": "sumy", "sumy TextRank": "sumy", "lexrank": "lexrank", "summa": "summa"}
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
LONG_TEXTS = (1_000, 10_000, 100_000, 400_000)
LONG_TEXTS_OF_PEERS = (250, 500, 1_000)


class Environment:
    """A virtual environment with as many of the peers as this machine can install."""

    def __init__(self, folder):
        self.python = folder / "bin" / "python"
        self.versions, self.missing = {}, {}
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        for peer in sorted(set(PEERS.values())):
            answer = subprocess.run([self.python, "-m", "pip", "install", "-q", peer],
                                    capture_output=True, text=True, check=False)
            if answer.returncode != 0:
                self.missing[peer] = answer.stderr.strip().splitlines()[-1:]
                continue
            shown = subprocess.run([self.python, "-m", "pip", "show", peer], capture_output=True,
                                   text=True, check=True).stdout
            self.versions[peer] = next(line.split()[1] for line in shown.splitlines()
                                       if line.startswith("Version:"))


def rouge(copydesk, truth, result):
    report = json.loads(run_child([copydesk, "evaluate", "rouge", "--stem", "--truth", truth,
                                   "--result", result, "--bootstrap", 0, "--measures", "rouge1",
                                   "rouge2", "rougeLsum", "--json"]).output)
    scores = report["scores"]
    return [f"{100 * scores[name]['f1']:.2f}" for name in ("rouge1", "rouge2", "rougeLsum")]


def seconds_of_peer(environment, name, articles, result, *more):
    child = run_child([environment.python, HERE / "run_peer.py", name, articles, result, *more],
                      {**os.environ, **ONE_THREAD})
    return json.loads(child.output.splitlines()[-1])["seconds"]


def many_copies(articles, path, copies):
    """The articles again and again, each with an id of its own; how many, and their bytes of text."""
    count = 0
    with open(path, "w") as out:
        for copy in range(copies):
            for record in articles:
                out.write(json.dumps({"id": f"{record['id']}-{copy}", "title": record["title"],
                                      "text": record["text"]}, ensure_ascii=False) + "\n")
                count += 1
    return count, copies * sum(len(record["text"].encode()) for record in articles)


def speed(arguments, tools, environment, scratch, articles, has_truth):
    corpus, counts = scratch / "many.jsonl", scratch / "counts.idf"
    count, size = many_copies(articles, corpus, arguments.copies)
    summarize = [tools["copydesk"], "summarize", "-q", "--threads", 1]
    one_pass = [*summarize, corpus, "--idf", counts, "-o", scratch / "many-abstracts.jsonl"]
    run_child([*summarize, arguments.articles, "--idf-out", counts, "-o", scratch / "warm.jsonl"])
    cases = {
        "plain words in std::string, counted": [tools["plain"], corpus],
        "copydesk summarize --idf": one_pass,
        "copydesk summarize (counts in a first pass)":
            [*summarize, corpus, "-o", scratch / "many-abstracts.jsonl"],
        "copydesk summarize --idf --stem en":
            [*summarize, corpus, "--stem", "en", "--idf", scratch / "stems.idf", "-o",
             scratch / "many-abstracts.jsonl"],
    }
    run_child([*summarize, arguments.articles, "--stem", "en", "--idf-out", scratch / "stems.idf",
               "-o", scratch / "warm.jsonl"])
    series = {name: Series() for name in [*cases, *PEERS]}
    peers = [name for name in PEERS if PEERS[name] in environment.versions]
    spent = {name: [] for name in peers}
    for number in range(arguments.runs):
        for name, command in cases.items():
            print(f"round {number + 1}: {name}", file=sys.stderr)
            series[name].add(run_child(command))
        if number > 0:
            continue
        for name in peers:
            print(f"round {number + 1}: {name}", file=sys.stderr)
            spent[name].append(seconds_of_peer(environment, name, arguments.articles,
                                               scratch / f"{name}.jsonl"))
    rows = []
    speeds = {name: count / series[name].cpu for name in cases}
    speeds.update({name: len(articles) / min(spent[name]) for name in peers})
    ours = speeds["copydesk summarize --idf"]
    for name, of in speeds.items():
        rows.append([name, f"{of:,.0f}", f"{1e6 / of:,.1f}", f"{ours / of:,.1f}"])
    text = (f"\n## Speed\n\n{count:,} articles, {size / 1e6:.0f} MB of text "
            f"({len(articles):,} different ones, {size / count:,.0f} bytes each), three sentences, "
            f"one thread. Processor time: of copydesk that of the whole process, from reading the "
            f"file to writing the abstracts, median of {arguments.runs} rounds; of the peers that "
            f"of summarizing alone, {len(articles):,} articles in one round.\n\n")
    text += table(["program", "articles/s", "us/article", "copydesk --idf / it"], rows)
    if not has_truth:
        return text
    rows = []
    for method in ("directed", "pacsum", "lead", "submodular", "lexrank", "bm25", "textrank",
                   "centroid"):
        result = scratch / f"{method}.jsonl"
        choice = [] if method == "directed" else ["--dangling", "keep"]
        run_child([*summarize, arguments.articles, "--method", method, "--join", "newline", *choice,
                   "-o", result])
        rows.append([f"copydesk {method}", *rouge(tools["copydesk"], arguments.articles, result)])
    for name in peers:
        rows.append([name, *rouge(tools["copydesk"], arguments.articles,
                                  scratch / f"{name}.jsonl")])
    text += "\n## ROUGE F1 with stemming, three sentences\n\n"
    text += table(["program", "R-1", "R-2", "R-Lsum"], rows)
    return text


def long_texts(tools, environment, scratch, arguments, articles):
    """One text of growing length; what a sentence costs must stay the same."""
    pieces = [line for record in articles for line in record["text"].split("\n") if line.strip()]
    summarize = [tools["copydesk"], "summarize", "-q", "--threads", 1, "--output-format", "jsonl"]
    empty = scratch / "empty.txt"
    empty.write_text("One.")
    start = min(run_child([*summarize, empty, "-o", "/dev/null"]).cpu for _ in range(3))
    rows = []
    for size in LONG_TEXTS:
        path = scratch / f"long-{size}.txt"
        # A paragraph has 1.8 sentences or so; the report says how many it were.
        count = int(size / 1.8)
        text = "\n\n".join((pieces * (count // len(pieces) + 1))[:count])
        report = scratch / "report.json"
        path.write_text(text)
        cells = []
        for method in ("directed", "pacsum", "bm25", "lexrank-continuous"):
            runs = [run_child([*summarize, path, "--method", method, "-o", "/dev/null", "--report",
                               report]) for _ in range(3)]
            sentences = json.loads(report.read_text())["counts"]["sentences"]
            seconds = min(run.cpu for run in runs) - start
            cells.append(f"{seconds:.2f} s, {1e6 * seconds / sentences:.1f} us")
        rows.append([f"{sentences:,}", f"{len(text) / 1e6:.1f}", *cells])
    text = ("\n## One long text\n\nProcessor seconds, least of three, without the start of the "
            "program, and microseconds for each sentence.\n\n")
    text += table(["sentences", "MB", "directed", "pacsum", "bm25", "lexrank-continuous"], rows)
    rows = []
    for name in PEERS:
        if PEERS[name] not in environment.versions or name == "lexrank":
            continue
        cells = [seconds_of_peer(environment, name, arguments.articles, scratch / "long.jsonl", size)
                 for size in LONG_TEXTS_OF_PEERS]
        rows.append([name, *[f"{seconds:.2f} s" for seconds in cells]])
    if rows:
        text += "\n" + table(["peers, by sentences",
                              *[f"{size:,}" for size in LONG_TEXTS_OF_PEERS]], rows)
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=pathlib.Path)
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    parser.add_argument("--environment", type=pathlib.Path,
                        help="keep the virtual environment here, for the next run")
    arguments = parser.parse_args()
    tools = {"copydesk": program(arguments.build, "tools", "copydesk"),
             "plain": program(arguments.build, "bench", "summary_plain_words")}
    with arguments.articles.open() as lines:
        # Where an id stands twice, the first counts.
        articles = list({record["id"]: record for record in map(json.loads, reversed(list(lines)))}
                        .values())[::-1]
    text = heading("Abstracts: copydesk and its peers", arguments.build)
    with tempfile.TemporaryDirectory(prefix="copydesk-summary-") as folder:
        scratch = pathlib.Path(folder)
        arguments.articles = scratch / "articles.jsonl"
        arguments.articles.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n"
                                              for record in articles))
        environment = Environment((arguments.environment or scratch / "venv").absolute())
        text += "- Peers: " + ", ".join(f"{name} {version}" for name, version
                                        in environment.versions.items())
        text += f"; Python {sys.version.split()[0]}\n"
        for name, reason in environment.missing.items():
            text += f"- {name} could not be installed: {' '.join(reason)}\n"
        text += ("\nsumy and lexrank are given sentences and words by regular expressions, which "
                 "is faster than what they do by themselves; summa finds its own.\n")
        text += speed(arguments, tools, environment, scratch, articles, "highlights" in articles[0])
        text += long_texts(tools, environment, scratch, arguments, articles)
    print(text)
    write_result("summary.md", text)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"run.py: {failure}")
