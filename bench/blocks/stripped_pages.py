#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Web pages as scrapers leave them: all text of the HTML, a line a block, menus and notices with it. What
`split --clean` takes for the story, and what abstracts are made of, beside the main text by hand.

FOLDER holds the pages, GOLD (JSON Lines, .zst too) says of each {id, set, kind, title, text}; `id` is its path in the
folder. A row for each set and kind: F1, precision and recall of words of all bodies of a page; F1 of the whole page; the share of
pages that are cut into several stories; titles of the longest story that are the page's; sentences of abstracts that
are not in the main text (standfirsts are not either), and abstracts of nothing else.

Pages that are text already: GOLD {id, text, article}, where `article` is the main text, and no FOLDER (-).
"""
import argparse
import collections
import html.parser
import json
import pathlib
import re
import subprocess
import tempfile

BLOCKS = set("address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
             "header hr li main nav ol p pre section table tbody td tfoot th thead tr ul option button select".split())
HIDDEN = set("script style noscript template svg head".split())


class Stripper(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in HIDDEN
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        self.hidden = max(0, self.hidden - (tag in HIDDEN))
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def stripped(page, gap):
    declared = re.search(rb"charset=[\"']?([\w-]+)", page[:4000])
    try:
        text = page.decode(declared.group(1).decode() if declared else "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = page.decode("utf-8", "replace")
    stripper = Stripper()
    stripper.feed(text)
    return re.sub(r"\s*\n\s*", gap, "".join(stripper.parts)).strip()


def read_lines(path):
    if str(path).endswith(".zst"):
        data = subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout.decode()
    else:
        data = pathlib.Path(path).read_text(encoding="utf-8")
    return [json.loads(line) for line in data.split("\n") if line]


def words_of(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def letters_of(text):
    return re.sub(r"\W+", "", text.lower())


def measure(found, truth):
    both = sum((found & truth).values())
    if both == 0:
        return 0.0, 0.0, 0.0
    precision, recall = both / sum(found.values()), both / sum(truth.values())
    return 2 * precision * recall / (precision + recall), precision, recall


def as_gold(record):
    return {"id": record["id"], "set": "text", "kind": "page", "text": record["article"]}


def table(program, gold, texts, scratch):
    pages = scratch / "pages.jsonl"
    with open(pages, "w", encoding="utf-8") as out:
        for name, text in texts.items():
            print(json.dumps({"id": name, "text": text}, ensure_ascii=False), file=out)
    for command in (["split", pages, "--clean"], ["summarize", pages, "--sentences", "3"]):
        subprocess.run([program, *command, "-o", scratch / f"{command[0]}.jsonl", "--quiet"], check=True)
    stories, abstracts = collections.defaultdict(list), collections.defaultdict(list)
    for record in read_lines(scratch / "split.jsonl"):
        stories[record["id"]].append(record)
    for record in read_lines(scratch / "summarize.jsonl"):
        abstracts[record["id"]].append(record)
    rows = collections.defaultdict(list)
    sentences = collections.defaultdict(lambda: [0, 0, 0, 0])
    for page in gold:
        name, truth = page["id"], words_of(page["text"])
        kind = f"{page['set']} {page['kind']}"
        found = stories[name]
        body = words_of("\n".join(story["text"] for story in found))
        longest = max(found, key=lambda story: len(story["text"]), default={})
        title, wanted = letters_of(longest.get("title", "")), letters_of(page.get("title") or "")
        is_right = bool(title) and bool(wanted) and (title in wanted or wanted in title)
        rows[kind].append((*measure(body, truth), measure(words_of(texts[name]), truth)[0], len(found) > 1,
                           is_right))
        main, raw = letters_of(page["text"]), texts[name].encode()
        for abstract in abstracts[name]:
            others = [letters_of(raw[s["begin"]:s["end"]].decode()) not in main for s in abstract["sentences"]]
            for i, value in enumerate((1, len(others), sum(others), bool(others) and all(others))):
                sentences[kind][i] += value
    print("| pages | | F1 | P | R | F1 of all text | several stories | title right | abstracts | sentences of other text | abstracts of nothing else |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for kind, values in sorted(rows.items()):
        means = " | ".join(f"{sum(value[i] for value in values) / len(values):.3f}" for i in range(6))
        count, chosen, other, nothing = sentences[kind]
        print(f"| {kind} | {len(values)} | {means} | {count} | {other / max(1, chosen):.3f} | {nothing / max(1, count):.3f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("gold")
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--blank", action="store_true", help="a blank line between two blocks")
    arguments = parser.parse_args()
    gold = read_lines(arguments.gold)
    gap = "\n\n" if arguments.blank else "\n"
    if str(arguments.folder) == "-":
        gold = [record for record in gold if len(record["article"].split()) >= 20]
        texts = {record["id"]: record["text"] for record in gold}
        gold = [as_gold(record) for record in gold]
    else:
        texts = {page["id"]: stripped((arguments.folder / page["id"]).read_bytes(), gap) for page in gold}
    for program in arguments.programs:
        print(program)
        with tempfile.TemporaryDirectory() as scratch:
            table(program, gold, texts, pathlib.Path(scratch))


if __name__ == "__main__":
    main()
