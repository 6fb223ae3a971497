#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Abstracts of the pages in tests/pages, counted and read without knowing who wrote them.

  own_pages.py figures PROGRAM...                     counts from the marks of the pages, one row a program
  own_pages.py prepare FOLDER --seed N BEFORE AFTER   FOLDER/reading.txt, shuffled and unnamed, and FOLDER/key.json
  own_pages.py score FOLDER                           FOLDER/verdicts.txt ("12 right", a line an item) by program

Each page is a run of its own: summarize PAGE -n 3. An item of reading.txt is all that one program gave for one
page; where both gave the same it stands once. A verdict is right, weak or wrong, with a word why behind it if
one likes:
  right  one abstract a story, each tells the matter of it, and every sentence is of its text
  weak   of the text only, but beside the matter, or with a label, a heading or half a sentence in it
  wrong  furniture in it (captions, notices, comments, notes, other stories), stories mixed or missing
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import tempfile

PAGES = pathlib.Path(__file__).resolve().parents[2] / "tests" / "pages"


def read_pages():
    """Pages as tests/blocks/own_pages_test.cpp reads them."""
    pages = []
    for path in sorted(PAGES.glob("*.txt")):
        page = {"name": path.stem, "text": "", "lines": [], "titles": []}
        between = "\n\n"
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            if line == "as written":
                between = "\n"
            elif not line:
                page["text"] += "\n"
            elif not line.startswith("known "):
                mark, content = line[0], line[2:]
                begin = len(page["text"].encode())
                story = len(page["titles"]) + (mark == "T")
                page["lines"].append((mark, begin, begin + len(content.encode()), content, max(story, 1)))
                if mark == "T":
                    page["titles"].append(content)
                page["text"] += content + between
        page["stories"] = max(len(page["titles"]), 1)
        pages.append(page)
    return pages


def abstracts(program, page, folder):
    path = pathlib.Path(folder) / "page.txt"
    path.write_text(page["text"], encoding="utf-8")
    out = subprocess.run([program, "summarize", path, "-n", "3", "-q", "--output-format", "jsonl"],
                         check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def figures(arguments):
    pages = read_pages()
    print(f"{len(pages)} pages, {sum(page['stories'] for page in pages)} stories")
    print("| program | pages with the right number of abstracts | abstracts | with furniture | with text of two "
          "stories |\n|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for program in arguments.programs:
            count = collections.Counter()
            by_kind = collections.Counter()
            for page in pages:
                found = abstracts(program, page, folder)
                count["right"] += len(found) == page["stories"]
                for abstract in found:
                    touched = [line for line in page["lines"] for s in abstract["sentences"]
                               if s["begin"] < line[2] and line[1] < s["end"]]
                    count["all"] += 1
                    furniture = [line[3] for line in touched if line[0] == "X"]
                    count["furniture"] += bool(furniture)
                    if furniture:
                        by_kind[page["name"].split("_")[0]] += 1
                        if arguments.show:
                            print(f"  {page['name']}: {furniture}")
                    count["mixed"] += len({line[4] for line in touched if line[0] == "B"}) > 1
            print(f"| {program} | {count['right']} of {len(pages)} | {count['all']} | {count['furniture']} | "
                  f"{count['mixed']} |")
            print("  furniture by kind:", dict(by_kind.most_common()))


def prepare(arguments):
    folder = pathlib.Path(arguments.folder)
    folder.mkdir(parents=True, exist_ok=True)
    items = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as scratch:
        for page in read_pages():
            for side, program in (("before", arguments.before), ("after", arguments.after)):
                text = "\n--\n".join(a["summary"] for a in abstracts(program, page, scratch))
                items[page["name"], page["stories"], text].append(side)
    order = sorted(items)
    random.Random(arguments.seed).shuffle(order)
    with open(folder / "reading.txt", "w", encoding="utf-8") as out:
        for i, (name, stories, text) in enumerate(order):
            print(f"[{i}] {name}, {stories} {'story' if stories == 1 else 'stories'}\n{text}\n", file=out)
    key = [{"item": i, "page": name, "sides": items[name, stories, text]}
           for i, (name, stories, text) in enumerate(order)]
    (folder / "key.json").write_text(json.dumps(key, indent=0), encoding="utf-8")


def score(arguments):
    folder = pathlib.Path(arguments.folder)
    key = {entry["item"]: entry for entry in json.loads((folder / "key.json").read_text(encoding="utf-8"))}
    verdicts = {}
    for line in (folder / "verdicts.txt").read_text(encoding="utf-8").splitlines():
        match = re.match(r"(\d+) (right|weak|wrong)\b", line)
        if match:
            verdicts[int(match[1])] = match[2]
    missing = sorted(set(key) - set(verdicts))
    if missing:
        raise SystemExit(f"no verdict for {missing}")
    table = collections.defaultdict(collections.Counter)
    by_page = collections.defaultdict(dict)
    for item, verdict in verdicts.items():
        for side in key[item]["sides"]:
            table["all", side][verdict] += 1
            table[key[item]["page"].split("_")[0], side][verdict] += 1
            by_page[key[item]["page"]][side] = verdict
    print("| kind | before: right | weak | wrong | after: right | weak | wrong |\n|---|---:|---:|---:|---:|---:|---:|")
    for kind in sorted({kind for kind, _ in table}, key=lambda k: (k == "all", k)):
        print(f"| {kind} | " + " | ".join(str(table[kind, side][verdict]) for side in ("before", "after")
                                          for verdict in ("right", "weak", "wrong")) + " |")
    rank = {"wrong": 0, "weak": 1, "right": 2}
    for name, sides in sorted(by_page.items()):
        if rank[sides["after"]] < rank[sides["before"]]:
            print(f"worse: {name}: {sides['before']} -> {sides['after']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("figures")
    command.add_argument("programs", nargs="+")
    command.add_argument("--show", action="store_true", help="the furniture in each abstract")
    command.set_defaults(run=figures)
    command = commands.add_parser("prepare")
    command.add_argument("folder")
    command.add_argument("before")
    command.add_argument("after")
    command.add_argument("--seed", type=int, default=1)
    command.set_defaults(run=prepare)
    command = commands.add_parser("score")
    command.add_argument("folder")
    command.set_defaults(run=score)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
