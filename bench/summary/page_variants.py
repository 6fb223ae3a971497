#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pages with furniture as they are, and as three other kinds of site would have written them.

usage: page_variants.py PAGES GOLD [--program build/release/tools/copydesk] [--keep FOLDER]
PAGES: JSON Lines {id, text}; GOLD: {id, stories: [{id, title, highlights, text}], furniture: [lines]}; .zst too.

  as they are
  no credits          captions lose "(REUTERS/Ann Lee)" and "Getty Images" behind their full stop
  no blank lines      every line follows the one before
  headlines closed    titles, of stories and of teasers, end in full stops
  each alone          as they are, each page a run of its own (with --alone)

The gold is edited alike. Printed are ROUGE-1 of the abstracts (3 sentences) against the highlights, as a share of
that of the same articles without furniture, the share of abstracts with a line of furniture in them, two-story
pages with two abstracts, and one-story pages with several. Where a page has the wrong number of abstracts, the one
with most words in common with the highlights counts.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def rows(path):
    if str(path).endswith(".zst"):
        text = subprocess.run(["zstd", "-dcq", "--long=27", path], check=True, capture_output=True).stdout.decode()
    else:
        text = pathlib.Path(path).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def write(path, records):
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def edited(pages, gold, edit):
    """edit(line, entry) gives the line anew; the same is done to the gold's furniture and titles."""
    new_pages, new_gold = [], []
    for page, entry in zip(pages, gold):
        lines = [edit(line, entry) for line in page["text"].split("\n")]
        new_pages.append({**page, "text": "\n".join(line for line in lines if line is not None)})
        new_gold.append({**entry, "furniture": [edit(line, entry) or "" for line in entry["furniture"]]})
    return new_pages, new_gold


def without_credits(pages, gold):
    def edit(line, entry):
        if line not in entry["furniture"]:
            return line
        bare = re.sub(r"^(.+[.!?]) *\([^()]*\)$", r"\1", line)
        if bare == line:
            bare = re.sub(r"^(.+ (?:photo|reporters|event on \w+)\.) [A-Z][^.]*$", r"\1", line)
        return bare
    return edited(pages, gold, edit)


def without_blank_lines(pages, gold):
    return edited(pages, gold, lambda line, entry: line if line.strip() else None)


def headlines_closed(pages, gold):
    titles = {story["title"].strip() for entry in gold for story in entry["stories"]}

    def edit(line, entry):
        return line + "." if line.strip() in titles and line.strip()[-1] not in ".!?" else line
    return edited(pages, gold, edit)


def words(text):
    return " " + re.sub(r"\W+", " ", text.lower()).strip() + " "


def common(a, b):
    a, b = collections.Counter(words(a).split()), collections.Counter(words(b).split())
    return sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


class Scorer:
    def __init__(self, program, folder, gold):
        self.program, self.folder = program, folder
        articles = {story["id"]: story for entry in gold for story in entry["stories"]}
        write(folder / "articles.jsonl", [{key: story[key] for key in ("id", "title", "text")}
                                          for story in articles.values()])
        clean = self.summarize(folder / "articles.jsonl")
        self.clean = self.rouge(gold, {entry["id"]: [clean[story["id"]][0] for story in entry["stories"]]
                                       for entry in gold})

    def run(self, *command):
        return subprocess.run([str(self.program), *map(str, command)], check=True, capture_output=True, text=True).stdout

    def summarize(self, path):
        found = collections.defaultdict(list)
        for line in self.run("summarize", path, "-n", 3, "-q", "--join", "newline").splitlines():
            record = json.loads(line)
            found[record["id"]].append(record["summary"])
        return found

    def rouge(self, gold, found):
        truth, result = [], []
        for entry in gold:
            out = found.get(entry["id"], [])
            for k, story in enumerate(entry["stories"]):
                reference = "\n".join(story["highlights"])
                candidates = [out[k]] if len(out) == len(entry["stories"]) else out or [""]
                name = f"{entry['id']}/{k}"
                truth.append({"id": name, "summary": reference})
                result.append({"id": name, "summary": max(candidates, key=lambda text: common(text, reference))})
        write(self.folder / "truth.jsonl", truth)
        write(self.folder / "result.jsonl", result)
        report = json.loads(self.run("evaluate", "rouge", "--stem", "--truth", self.folder / "truth.jsonl", "--result",
                                     self.folder / "result.jsonl", "--bootstrap", 0, "--measures", "rouge1", "--json"))
        return 100 * report["scores"]["rouge1"]["f1"]

    def row(self, name, gold, found):
        count = collections.Counter()
        for entry in gold:
            out = found.get(entry["id"], [])
            furniture = [words(line) for line in entry["furniture"] if len(words(line).split()) >= 3]
            for abstract in out:
                count["all"] += 1
                count["furniture"] += any(line in words(abstract) for line in furniture)
            several = len(entry["stories"]) > 1
            count["two" if several else "one"] += 1
            count["right" if several else "cut"] += len(out) == len(entry["stories"]) if several else len(out) > 1
        rouge = self.rouge(gold, found)
        print(f"| {name} | {rouge:.2f} | {rouge / self.clean:.3f} | {100 * count['furniture'] / count['all']:.1f} % | "
              f"{count['right']} of {count['two']} | {count['cut']} of {count['one']} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("gold")
    parser.add_argument("--program", default=ROOT / "build/release/tools/copydesk")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--keep", help="a folder where the edited pages stay")
    arguments = parser.parse_args()
    pages, gold = rows(arguments.pages), rows(arguments.gold)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(arguments.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        scorer = Scorer(arguments.program, folder, gold)
        print("| pages | ROUGE-1 | kept of the clean articles' | abstracts with furniture | two-story pages right | "
              "one-story pages cut |\n|---|---:|---:|---:|---:|---:|")
        variants = {"as they are": (pages, gold), "no credits": without_credits(pages, gold),
                    "no blank lines": without_blank_lines(pages, gold),
                    "headlines closed": headlines_closed(pages, gold)}
        for name, (its_pages, its_gold) in variants.items():
            path = folder / (name.replace(" ", "_") + ".jsonl")
            write(path, its_pages)
            scorer.row(name, its_gold, scorer.summarize(path))
        if arguments.alone:
            found = {}
            for page in pages:
                write(folder / "alone.jsonl", [page])
                found.update(scorer.summarize(folder / "alone.jsonl"))
            scorer.row("each alone", gold, found)


if __name__ == "__main__":
    main()
