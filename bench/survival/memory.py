#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Peak memory of every command beside the rule of docs/limits.md, and growth of what could be slow.

    ./bench/survival/memory.py [--program build/release/tools/copydesk]
                               [--generate build/release/datasets/generate/copydesk-generate]
                               [--megabytes 1000] [--documents 1000000] [--only NAME] [--growth]

The rule: max(--memory, 256 MiB) + 13 times the longest record for each thread + 100 bytes a document.
Corpora: ordinary records, documents of one template (200 words, 180 in common), and single records of
20 and 60 MB: one-letter lines, and sentences. All run with --memory 256M. With --growth: seconds at
n, 2n and 4n of families, a vocabulary of 7 words and one-letter lines; more than 2.3 for twice the
input is marked.
"""
import argparse
import json
import os
import random
import resource
import subprocess
import tempfile
import time

MEBIBYTE = 1 << 20
MEMORY = 256
LIMIT_SECONDS = 600
LETTERS = "abcdefghijklmnopqrstuvwxyz"

COMMANDS = {
    "dedup": ["dedup", "--decisions", "OUT2"],
    "pairs": ["pairs"],
    "reuse": ["reuse"],
    "blocks page, site": ["blocks"],
    "blocks corpus": ["blocks", "--scope", "corpus", "--unit", "paragraph,sentence,span"],
    "split": ["split"],
    "split prose": ["split", "--method", "prose"],
    "extract": ["extract"],
    "decontaminate": ["decontaminate", "--against=QUESTIONS"],
    "summarize": ["summarize"],
    "summarize lexrank": ["summarize", "--method", "lexrank"],
    "summarize submodular": ["summarize", "--method", "submodular"],
    "summarize mmr": ["summarize", "--mmr", "0.5", "--ratio", "0.01"],
    "summarize explain": ["summarize", "--explain", "--html", "OUT2"],
    "summarize family": ["summarize", "--family", "site"],
}


def words_of(generator, count=60_000):
    return ["".join(generator.choice(LETTERS) for _ in range(generator.randint(2, 9)))
            for _ in range(count)]


def write_template(path, documents):
    generator = random.Random(7)
    words = words_of(generator)
    common = " ".join(generator.choice(words) for _ in range(180))
    with open(path, "w", encoding="utf-8") as file:
        for number in range(documents):
            own = " ".join(generator.choices(words, k=20))
            file.write(f'{{"id":"{number}","site":"s{number % 1000}","text":"{common} {own}"}}\n')


def short_lines(size):
    return "a\n" * (size // 2)


def letters(size):
    generator = random.Random(5)
    return "".join(f"{generator.choice(LETTERS)}\n" for _ in range(size // 2))


def prose(size):
    generator = random.Random(5)
    words = words_of(generator)
    parts, written = [], 0
    while written < size:
        count = generator.randint(8, 25)
        chosen = [words[min(int(generator.paretovariate(0.6)) - 1, len(words) - 1)]
                  for _ in range(count)]
        parts.append(" ".join(chosen).capitalize() + (".\n\n" if generator.random() < 0.2 else ". "))
        written += len(parts[-1])
    return "".join(parts)


def write_record(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps({"id": 1, "site": "s", "text": text}) + "\n")


def write_questions(path):
    generator = random.Random(9)
    words = words_of(generator, 500)
    with open(path, "w", encoding="utf-8") as file:
        for number in range(200):
            file.write(json.dumps({"id": number, "text": " ".join(generator.choices(words, k=15))}) + "\n")


def run(program, arguments, path, folder, threads=2):
    """Seconds, peak in MiB (None: failed) and the exit code."""
    outputs = [os.path.join(folder, "out"), os.path.join(folder, "out2")]
    questions = os.path.join(folder, "questions.jsonl")
    write_questions(questions)
    chosen = [a.replace("OUT2", outputs[1]).replace("QUESTIONS", questions) for a in arguments]
    command = [program, chosen[0], path, *chosen[1:], "-q", "-j", str(threads),
               "--memory", f"{MEMORY}M", "-o", outputs[0]]
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               preexec_fn=lambda: resource.setrlimit(
                                   resource.RLIMIT_CPU, (LIMIT_SECONDS, LIMIT_SECONDS)))
    errors = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - start
    processor = usage.ru_utime + usage.ru_stime
    for output in outputs:
        if os.path.exists(output):
            os.remove(output)
    return seconds, processor, usage.ru_maxrss / 1024, process.returncode, errors


def measure(name, path, documents, longest, arguments):
    allowed = MEMORY + 13 * longest * 2 / MEBIBYTE + 100 * documents / MEBIBYTE
    print(f"\n{name}: {os.path.getsize(path) / 1e6:,.0f} MB, {documents:,} documents, longest record "
          f"{longest / 1e6:.2f} MB; allowed {allowed:,.0f} MiB\n")
    print("| command | seconds | peak MiB | of the allowed | |\n|---|---:|---:|---:|---|")
    with tempfile.TemporaryDirectory() as folder:
        for command, options in COMMANDS.items():
            if arguments.only not in f"{name}: {command}":
                continue
            seconds, _, peak, code, errors = run(arguments.program, options, path, folder)
            mark = "BEYOND" if peak > allowed else ""
            if code != 0:
                mark += f" ended with {code}: {errors.strip()[-80:]}"
            print(f"| {command} | {seconds:.1f} | {peak:,.0f} | {peak / allowed:.2f} | {mark} |",
                  flush=True)


def growth(arguments):
    def family(size, text):
        with_family = ["summarize", "--family", "f"]
        return with_family, [{"id": i, "f": "x", "text": text(i)} for i in range(size)]
    generator = random.Random(3)
    seven = ["seven", "words", "are", "all", "there", "is", "here"]
    notice = "All rights of this site are reserved by its owner."
    cases = {
        "family of one-word records": lambda n: family(n, lambda i: f"word{i}"),
        "family of equal records": lambda n: family(n, lambda i: "The same sentence in each of them."),
        "family with a common sentence": lambda n: family(
            n, lambda i: f"{notice} Story {i} begins with number {i} of them all."),
    }
    for method in ["reuse", "dedup", "blocks --scope corpus --unit=span", "summarize"]:
        cases[f"7 words, two texts: {method}"] = lambda n, m=method: (
            m.split(), [{"id": i, "text": " ".join(generator.choices(seven, k=n))} for i in range(2)])
    for method in ["blocks", "summarize", "summarize --method lexrank", "summarize --method textrank",
                   "summarize --method submodular", "summarize --method sumbasic",
                   "summarize --mmr 0.5 --ratio 0.1"]:
        cases[f"one-letter lines: {method}"] = lambda n, m=method: (
            m.split(), [{"id": 1, "site": "s", "text": letters(2 * n)}])
        cases[f"sentences: {method}"] = lambda n, m=method: (
            m.split(), [{"id": 1, "site": "s", "text": prose(20 * n)}])
    print("| input, processor seconds | 50,000 | 100,000 | 200,000 | |\n|---|---:|---:|---:|---|")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in.jsonl")
        for name, make in cases.items():
            if arguments.only not in name:
                continue
            times = []
            for size in [50_000, 100_000, 200_000]:
                options, records = make(size)
                with open(path, "w", encoding="utf-8") as file:
                    for record in records:
                        file.write(json.dumps(record) + "\n")
                best = min(run(arguments.program, options, path, folder, 1)[1] for _ in range(2))
                times.append(best)
            grows = any(b > 0.3 and b > 2.3 * a for a, b in zip(times, times[1:]))
            cells = " | ".join(f"{t:.2f}" for t in times)
            print(f"| {name} | {cells} | {'MORE THAN 2.3' if grows else ''} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="build/release/tools/copydesk")
    parser.add_argument("--generate", default="build/release/datasets/generate/copydesk-generate")
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--only", default="", help="only lines with this in their name")
    parser.add_argument("--growth", action="store_true")
    arguments = parser.parse_args()
    if arguments.growth:
        growth(arguments)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in.jsonl")
        for name, make in {"one-letter lines": short_lines, "random letters": letters,
                           "prose": prose}.items():
            for megabytes in [20, 60]:
                # The record, not the text, has that size.
                write_record(path, make(megabytes * 1_000_000 * (2 if name != "prose" else 3) // 3))
                size = os.path.getsize(path)
                measure(f"one record of {name}, {megabytes} MB", path, 1, size, arguments)
        if "ordinary" in arguments.only or not arguments.only:
            subprocess.run([arguments.generate, "-n", str(arguments.megabytes * 290), "-o", path],
                           check=True, stderr=subprocess.DEVNULL)
            with open(path, "rb") as file:
                sizes = [len(line) for line in file]
            measure("ordinary records", path, len(sizes), max(sizes), arguments)
        write_template(path, arguments.documents)
        measure("one template", path, arguments.documents, 2000, arguments)


if __name__ == "__main__":
    main()
