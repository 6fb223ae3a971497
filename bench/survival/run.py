#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Processor time of copydesk on inputs made to be slow, at growing sizes.

    ./bench/survival/run.py [--program build/release/tools/copydesk] [--largest 100000] [--only equal]

A line that grows by more than three for twice the input is marked: work that is not linear. Corpora
(many documents) are run through dedup, single documents through every command that reads texts.
"""
import argparse
import json
import os
import random
import resource
import subprocess
import tempfile

WORDS = [f"w{i}" for i in range(3000)]
LIMIT_SECONDS = 60


def some_words(generator, count):
    return " ".join(generator.choice(WORDS) for _ in range(count))


def corpus_of(kind, documents):
    """The texts of a corpus."""
    generator = random.Random(7)
    common = some_words(generator, 200)
    shorter = some_words(generator, 140)
    half = some_words(generator, 90)
    for number in range(documents):
        if kind == "ordinary":
            yield some_words(generator, 200)
        elif kind == "equal":
            yield common
        elif kind == "equal but for a number":
            yield f"{common} {number}"
        elif kind == "template of 9/10":
            yield f"{common} {some_words(generator, 20)}"
        elif kind == "template of 2/3":
            yield f"{shorter} {some_words(generator, 60)}"
        elif kind == "half in common":  # decides many bands, as texts made for that purpose would
            yield f"{half} {some_words(generator, 110)}"
        elif kind == "short lines":
            yield f"one line of number {number} here"


CORPORA = ["ordinary", "equal", "equal but for a number", "template of 9/10", "template of 2/3",
           "half in common", "short lines"]


def lines_of_numbers(size):
    generator = random.Random(9)
    return "".join(f"Line {generator.randrange(10**7)} of w{generator.randrange(10**6)} page\n"
                   for _ in range(size))


TEXTS = {
    "sentences": lambda n: " ".join(f"This is sentence {i} of many." for i in range(n)),
    "one sentence over and over": lambda n: "The same sentence again. " * n,
    "equal lines": lambda n: "The same line of a page\n" * n,
    "two lines in turn": lambda n: "A title of some story\nA caption of a picture in it\n" * n,
    "different lines": lines_of_numbers,
    "list items": lambda n: "- item\n" * n,
    "one word over and over": lambda n: "word " * (10 * n),
    "no space at all": lambda n: "x" * (100 * n),
    "no space, Chinese": lambda n: "中" * (10 * n),
    "quotation marks": lambda n: '"' * (10 * n),
    "brackets that never close": lambda n: "(" * (10 * n),
    "full stops": lambda n: ". " * (5 * n),
    "abbreviations": lambda n: "Mr. " * (5 * n),
    "marks without a letter": lambda n: "\u0301" * (5 * n),
    "empty lines": lambda n: "\n" * (10 * n) + "a",
}
COMMANDS = ["dedup", "reuse", "blocks", "split", "summarize"]


def seconds_of(program, command, path, folder):
    """Processor time, or None beyond the limit."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_SECONDS, LIMIT_SECONDS))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([program, command, path, "-q", "-j", "1", "-o", os.path.join(folder, "out")],
                          preexec_fn=limit, check=False, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report(name, sizes, times):
    grows = any(later is None or (later > 0.2 and later > 3 * earlier)
                for earlier, later in zip(times, times[1:]) if earlier is not None)
    cells = " | ".join(f"more than {LIMIT_SECONDS}" if t is None else f"{t:.2f}" for t in times)
    print(f"| {name} | {cells} | {'NOT LINEAR' if grows or times[0] is None else ''} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="build/release/tools/copydesk")
    parser.add_argument("--largest", type=int, default=100_000)
    parser.add_argument("--only", default="", help="only lines with this in their name")
    arguments = parser.parse_args()
    sizes = [arguments.largest // 4, arguments.largest // 2, arguments.largest]
    heading = " | ".join(f"{size:,}" for size in sizes)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in.jsonl")
        print(f"| corpus, seconds by documents | {heading} | |\n|---|---|---|---|---|")
        for kind in CORPORA:
            if arguments.only not in f"dedup: {kind}":
                continue
            times = []
            for size in sizes:
                with open(path, "w", encoding="utf-8") as file:
                    for number, text in enumerate(corpus_of(kind, size)):
                        file.write(json.dumps({"id": number, "text": text}) + "\n")
                times.append(seconds_of(arguments.program, "dedup", path, folder))
            report(f"dedup: {kind}", sizes, times)
        print(f"\n| one document, seconds by size | {heading} | |\n|---|---|---|---|---|")
        for kind, make in TEXTS.items():
            for command in COMMANDS:
                if arguments.only not in f"{command}: {kind}":
                    continue
                times = []
                for size in sizes:
                    with open(path, "w", encoding="utf-8") as file:
                        file.write(json.dumps({"id": 1, "text": make(size), "site": "s"}) + "\n")
                    times.append(seconds_of(arguments.program, command, path, folder))
                    if times[-1] is None:
                        break
                report(f"{command}: {kind}", sizes, times + [None] * (len(sizes) - len(times)))


if __name__ == "__main__":
    main()
