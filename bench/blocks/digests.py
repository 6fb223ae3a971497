#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Digests: pages of two, three and five short stories, and how many of them copydesk splits exactly.

A story is a title and the first one, two or four paragraphs of an article; pages come in six layouts. Right is a page
whose stories have just the titles that stand above them, in their order. Writes a row for each program: the share of right
pages by source, layout, paragraphs and stories, and how many titles were found that are none.

  digests.py --program build/release/tools/copydesk NEWS.jsonl ...    # {title, text}, .zst too
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import tempfile

from stripped_pages import read_lines

LAYOUTS = ("none", "blank", "headblank", "byline", "caps", "more")


def stories_of(path):
    """Of a title and three paragraphs of eight words and more that end as sentences do."""
    found, seen = [], set()
    for record in read_lines(path):
        title = " ".join((record.get("title") or "").split()).rstrip(".")
        # Wire copy indents its paragraphs, and wraps them.
        parts = re.split(r"\n\s*\n|\n(?=    )", record["text"])
        if len(parts) < 3:
            parts = record["text"].split("\n")
        parts = [" ".join(part.split()) for part in parts]
        parts = [part for part in parts if len(part.split()) >= 8 and re.search(r'[.!?"”]$', part)]
        if 3 <= len(title.split()) <= 16 and len(parts) >= 3 and title.lower() not in seen:
            seen.add(title.lower())
            found.append((title, parts))
    random.Random(1).shuffle(found)
    return found


def story_in(layout, title, paragraphs, draw):
    spaced = [line for paragraph in paragraphs for line in (paragraph, "")]
    byline = f"By {draw.choice(['Anna', 'Tom', 'Lee'])} {draw.choice(['Ferris', 'Okoro', 'Brandt'])}"
    return {"none": [title, *paragraphs], "blank": [title, "", *spaced], "headblank": [title, *paragraphs, ""],
            "byline": [title, "", byline, "", *spaced], "caps": [title.upper(), "", *spaced],
            "more": [title, "", *spaced, "Read more", ""]}[layout]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--program", action="append", required=True)
    parser.add_argument("--pages", type=int, default=12, help="of each kind")
    parser.add_argument("--seed", type=int, default=3)
    arguments = parser.parse_args()
    draw = random.Random(arguments.seed)
    texts, truth, kinds = [], {}, {}
    for path in arguments.articles:
        stories = stories_of(path)
        for layout in LAYOUTS:
            for paragraphs in (1, 2, 4):
                for count in (2, 3, 5):
                    for _ in range(arguments.pages):
                        chosen = draw.sample(stories, count)
                        lines = [line for title, parts in chosen
                                 for line in story_in(layout, title, parts[:paragraphs], draw)]
                        name = str(len(texts))
                        truth[name] = [title.lower() for title, _ in chosen]
                        kinds[name] = (pathlib.Path(path).name.split(".")[0], layout, f"{paragraphs} paragraphs",
                                       f"{count} stories", "all")
                        texts.append({"id": name, "text": "\n".join(lines) + "\n"})
    with tempfile.TemporaryDirectory() as scratch:
        pages = pathlib.Path(scratch) / "pages.jsonl"
        pages.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
        for program in arguments.program:
            found = collections.defaultdict(list)
            out = pathlib.Path(scratch) / "split.jsonl"
            subprocess.run([program, "split", pages, "-o", out, "--quiet"], check=True)
            for record in read_lines(out):
                found[record["id"]].append((record.get("title") or "").lower())
            counts = collections.defaultdict(lambda: [0, 0, 0])
            for name, wanted in truth.items():
                for kind in kinds[name]:
                    counts[kind][0] += 1
                    counts[kind][1] += found[name] == wanted
                    counts[kind][2] += sum(title not in wanted for title in found[name])
            print(program)
            for kind, (pages_of, right, other) in counts.items():
                print(f"  {kind:24} {right / pages_of:.3f} of {pages_of} pages, {other} other titles")


if __name__ == "__main__":
    main()
