# SPDX-License-Identifier: Apache-2.0
"""Real stories with copies of fourteen kinds planted among them.

    edits.py STORIES CORPUS TRUTH [COPIES_OF_EACH_KIND]

STORIES are JSON Lines with "id" and "text", and may have "title". Copies are made of stories of 120
to 600 words that have nothing in common with any other: no more than a tenth of their 6-word runs
are in any one of them. TRUTH has lines {"a", "b", "kind"}: the copy, its source, and the kind;
"host" is the story into which a paragraph or a quotation was put, which is no copy by this list and
no false pair either.
"""

import collections
import json
import random
import re
import sys

KINDS = ("headline", "tail cut to 70 %", "half", "reordered", "3 % of words", "10 % of words",
         "20 % of words", "OCR 1 %", "OCR 3 %", "in a page", "two glued", "one paragraph",
         "one quotation", "half + 10 % + reordered")
RUN = 6


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def words_of(text):
    return re.findall(r"\w+", text.lower())


def alone(stories):
    """The ids of stories that share no more than a tenth with any other."""
    runs, holders = [], collections.defaultdict(list)
    for number, story in enumerate(stories):
        words = words_of(story["text"])
        own = {hash(tuple(words[i:i + RUN])) for i in range(len(words) - RUN + 1)}
        runs.append(own)
        for run in own:
            holders[run].append(number)
    shared = collections.Counter()
    for numbers in holders.values():
        if 1 < len(numbers) <= 50:
            for i, a in enumerate(numbers):
                for b in numbers[i + 1:]:
                    shared[a, b] += 1
    taken = set()
    for (a, b), count in shared.items():
        if count > 0.1 * min(len(runs[a]), len(runs[b])):
            taken.update((a, b))
    return [story for number, story in enumerate(stories) if number not in taken]


def paragraphs(text):
    return [part for part in re.split(r"\n    |\n\n", text) if part.strip()]


def join(parts):
    return "\n    ".join(parts)


def cut(text, share):
    words = text.split(" ")
    return " ".join(words[:max(1, int(len(words) * share))])


def replaced(text, share, vocabulary, dice):
    tokens = re.split(r"(\s+)", text)
    for i in range(0, len(tokens), 2):
        if tokens[i] and dice.random() < share:
            tokens[i] = dice.choice(vocabulary)
    return "".join(tokens)


def misread(text, share, dice):
    out = []
    for letter in text:
        if not letter.isalnum() or dice.random() >= share:
            out.append(letter)
            continue
        kind = dice.random()
        if kind < 0.6:
            out.append(dice.choice("abcdefghijklmnopqrstuvwxyz0123456789"))
        elif kind >= 0.8:
            out.append(letter + dice.choice("abcdefghilmnorst"))
    return "".join(out)


def reordered(text, dice):
    parts = paragraphs(text)
    if len(parts) < 3:
        return None
    order = parts[:]
    while order == parts:
        dice.shuffle(order)
    return join(order)


def quotations(text):
    found = re.findall(r'"[^"]{60,}?"|[^.\n]*(?:said|says)[^.]*\.', text.replace("\n", " "))
    return [quote for quote in found if len(quote.split()) >= 20]


class Planter:
    def __init__(self, stories, dice):
        self.dice = dice
        free = alone(stories)
        self.pool = [s for s in free if 120 <= len(s["text"].split()) <= 600]
        self.hosts = [s for s in free if len(s["text"].split()) > 150]
        self.titles = [s["title"] for s in stories if s.get("title")] or ["No headline"]
        self.vocabulary = [w for s in dice.sample(stories, min(3000, len(stories)))
                           for w in s["text"].split()]
        dice.shuffle(self.pool)
        self.next = 0
        self.copies, self.truth = [], []

    def source(self):
        self.next += 1
        return self.pool[(self.next - 1) % len(self.pool)]

    def insert(self, part):
        host = self.dice.choice(self.hosts)
        parts = paragraphs(host["text"])
        parts.insert(self.dice.randrange(len(parts) + 1), part)
        return join(parts), host

    def edit(self, kind, story):
        """The text of a copy, other sources, and the host; or None if the kind does not fit."""
        dice, text = self.dice, story["text"]
        if kind == "headline":
            return text, [], None
        if kind == "tail cut to 70 %":
            return cut(text, 0.7), [], None
        if kind == "half":
            return cut(text, 0.5), [], None
        if kind.endswith("of words"):
            return replaced(text, int(kind.split()[0]) / 100, self.vocabulary, dice), [], None
        if kind.startswith("OCR"):
            return misread(text, int(kind.split()[1]) / 100, dice), [], None
        if kind == "in a page":
            return text + "\n" + " ".join(dice.sample(self.vocabulary, 40)), [], None
        if kind == "two glued":
            other = self.source()
            return text + "\n\n" + other["text"], [other], None
        if kind in ("one paragraph", "one quotation"):
            parts = ([p for p in paragraphs(text) if len(p.split()) >= 25]
                     if kind == "one paragraph" else quotations(text))
            if not parts:
                return None
            page, host = self.insert(dice.choice(parts))
            return (page, [], host) if host is not story else None
        if kind == "half + 10 % + reordered":
            text = replaced(cut(text, 0.5), 0.10, self.vocabulary, dice)
        edited = reordered(text, dice)
        return edited and (edited, [], None)

    def plant(self, kind, number):
        story = self.source()
        edited = self.edit(kind, story)
        if edited is None:
            return False
        text, others, host = edited
        name = f"copy-{KINDS.index(kind)}-{number}"
        headline = self.dice.choice(self.titles)
        self.copies.append({"id": name, "title": headline, "text": headline + "\n" + text})
        for source in [story, *others]:
            self.truth.append({"a": name, "b": source["id"], "kind": kind})
        if host:
            self.truth.append({"a": name, "b": host["id"], "kind": "host"})
        return True


def write(path, records):
    with open(path, "w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def main(stories_path, corpus, truth, copies=250):
    stories = read(stories_path)
    dice = random.Random(7)
    planter = Planter(stories, dice)
    for kind in KINDS:
        made = 0
        for _ in range(100 * int(copies)):
            made += planter.plant(kind, made)
            if made == int(copies):
                break
        else:
            sys.exit(f"edits.py: too few stories for copies of the kind '{kind}'")
    records = [{"id": s["id"], "title": s.get("title", ""), "text": s["text"]} for s in stories]
    records += planter.copies
    dice.shuffle(records)
    write(corpus, records)
    write(truth, planter.truth)


if __name__ == "__main__":
    main(*sys.argv[1:])
