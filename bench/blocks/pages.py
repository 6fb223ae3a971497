#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pages of one to four stories in five styles, with truth, and what copydesk makes of them.

  A  title, caption twice, label, title, caption twice     D  title only
  B  title, label, title                                   E  no title at all
  C  title, caption twice

Stories come from copydesk-generate, or from a JSON Lines file with "title" and "text". Blank lines,
labels between title and text, and teasers of other pages' stories are drawn at random. Writes a table
of story boundaries (copydesk split) and repeated blocks (copydesk blocks --scope page) by style.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import tempfile

LABELS = ["Photo", "Advertisement", "Share", "Read more", "Comments", "Print", "Gallery"]


def stories_of(arguments, folder):
    path = arguments.stories
    if not path:
        path = folder / "stories.jsonl"
        subprocess.run([arguments.generate, "-n", str(arguments.pages * 13 + 200), "--plan", "stories",
                        "--seed", str(arguments.seed), "-o", path], check=True)
    stories = []
    seen = set()
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        title = " ".join(record.get("title", "").split()).rstrip(".!?:;,")
        body = record["text"]
        if body.startswith(record.get("title", "\0")):
            body = body[len(record["title"]):]
        # Paragraphs: blank lines or, in wire copy, an indented line.
        parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=    )", body)]
        parts = [part for part in parts if part]
        if arguments.prose and not all(re.search(r'[.!?"]( reuters?)?$', part.lower()) and len(part.split()) >= 6
                                       for part in parts):
            continue
        if 3 <= len(title.split()) <= 20 and 3 <= len(parts) <= 30 and title.lower() not in seen:
            seen.add(title.lower())
            stories.append((title, parts))
    random.Random(arguments.seed).shuffle(stories)
    return stories


def header(style, title, caption, label):
    """Lines, and which of them are to be cut."""
    if style == "A":
        return [(title, 0), (caption, 0), (caption, 1), (label, 2), (title, 1), (caption, 1), (caption, 1)]
    if style == "B":
        return [(title, 0), (label, 2), (title, 1)]
    if style == "C":
        return [(title, 0), (caption, 0), (caption, 1)]
    return [(title, 0)] if style == "D" else []


class Page:
    def __init__(self, chance):
        self.text = ""
        self.stories = []  # begins
        self.lines = []    # (begin, end, words, cut: 0 no, 1 yes, 2 if it stands here twice)
        self.blank = chance.choice([0, 1])

    def add(self, words, cut=0, extra=0):
        if self.text:
            self.text += "\n" * (self.blank + extra)
        begin = len(self.text.encode())
        self.text += words + "\n"
        self.lines.append((begin, len(self.text.encode()), words, cut))
        return begin

    def blocks(self):
        copies = collections.Counter(words for _, _, words, _ in self.lines)
        return [(begin, end) for begin, end, words, cut in self.lines
                if cut == 1 or (cut == 2 and copies[words] > 1)]


def make_page(style, count, stories, chance):
    page = Page(chance)
    label = chance.choice(LABELS)
    for number in range(count):
        title, body = stories.pop()
        caption_story = stories[chance.randrange(len(stories))]
        caption = " ".join(max(caption_story[1], key=len).split()[:chance.randint(9, 24)]).rstrip(".!?:;,") + "."
        lines = header(style, title, caption, label)
        first = True
        for words, cut in lines + [(words, 0) for words in body]:
            extra = chance.choice([0, 1, 2, 3]) if first and number > 0 else chance.choice([0] * 9 + [1])
            begin = page.add(words, cut, extra)
            if first:
                page.stories.append(begin)
            first = False
        if chance.random() < 0.2:
            page.add(stories[chance.randrange(len(stories))][0])  # a teaser: another page's headline
    return page


def run(*command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True,
                          text=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    build = pathlib.Path(__file__).resolve().parents[2] / "build" / "release"
    parser.add_argument("--copydesk", default=build / "tools" / "copydesk")
    parser.add_argument("--generate", default=build / "datasets" / "generate" / "copydesk-generate")
    parser.add_argument("--stories", help="JSON Lines of your own instead of generated stories")
    parser.add_argument("--prose", action="store_true", help="no stories with tables: paragraphs are sentences")
    parser.add_argument("--pages", type=int, default=200, help="of each style")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="a folder where the pages and results stay")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(arguments.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        stories = stories_of(arguments, folder)
        chance = random.Random(arguments.seed + 1)
        pages = []
        for i in range(arguments.pages):
            for style in "ABCDE":
                count = 1 + i % 4
                if len(stories) < 100:
                    raise SystemExit(f"stories for {len(pages)} pages only; ask for fewer --pages")
                pages.append((f"{style}{i}", style, make_page(style, count, stories, chance)))
        with open(folder / "pages.jsonl", "w", encoding="utf-8") as out:
            for name, _, page in pages:
                print(json.dumps({"id": name, "text": page.text}, ensure_ascii=False), file=out)
        run(arguments.copydesk, "split", folder / "pages.jsonl", "-o", folder / "stories_found.jsonl",
            "--quiet")
        run(arguments.copydesk, "blocks", folder / "pages.jsonl", "--scope", "page", "-o",
            folder / "blocks_found.jsonl", "--quiet")
        found = {kind: [json.loads(line) for line in open(folder / f"{kind}_found.jsonl")]
                 for kind in ("stories", "blocks")}
        counts = collections.Counter(record["id"] for record in found["stories"])
        print("| style | boundary P | R | F1 | Pk | pages right | one-story pages cut | block P | R | blocks |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
        for style in list("ABCDE") + ["all"]:
            chosen = [(name, page) for name, its, page in pages if style in (its, "all")]
            names = {name for name, _ in chosen}
            for kind in ("stories", "blocks"):
                truth = open(folder / f"{kind}_truth.jsonl", "w")
                for name, page in chosen:
                    if kind == "stories":
                        ends = page.stories[1:] + [len(page.text.encode())]
                        spans = [(0 if i == 0 else begin, end)
                                 for i, (begin, end) in enumerate(zip(page.stories, ends))]
                    else:
                        spans = page.blocks()
                    for begin, end in spans:
                        print(json.dumps({"id": name, "begin": begin, "end": end}), file=truth)
                truth.close()
                with open(folder / f"{kind}_result.jsonl", "w") as out:
                    for record in found[kind]:
                        if record["id"] in names:
                            print(json.dumps(record), file=out)
            score = {kind: json.loads(run(arguments.copydesk, "evaluate",
                                          "segments" if kind == "stories" else kind, "--json", "--truth",
                                          folder / f"{kind}_truth.jsonl", "--result",
                                          folder / f"{kind}_result.jsonl"))
                     for kind in ("stories", "blocks")}
            segments, exact = score["stories"], score["stories"]["exact"]["micro"]
            blocks = score["blocks"]["exact_blocks"]["micro"]
            single = [name for name, page in chosen if len(page.stories) == 1]
            cut = sum(counts[name] > 1 for name in single) / len(single)
            print(f"| {style} | {exact['precision']:.4f} | {exact['recall']:.4f} | {exact['f1']:.4f} | "
                  f"{segments['pk']:.4f} | {segments['exactly_right_texts']:.3f} | {cut:.3f} | "
                  f"{blocks['precision']:.4f} | {blocks['recall']:.4f} | {score['blocks']['true_blocks']} |")


if __name__ == "__main__":
    main()
