#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Summaries told from excerpts: extracts planted among the stories they were made of.

    summaries.py STORIES [ARTICLES] [--build FOLDER]

Of stories of twelve and more sentences, by turns: the first three sentences, four from all over, the
same with 5 % of their words replaced, one paragraph alone, and one within a story about something
else. Only what is at most a quarter as long as its story is an extract. Short stories about the same
subjects are there anyway: the others of STORIES. ARTICLES, if given, are printed together with the
abstracts that `copydesk summarize` makes of them (three sentences).
Prints how many are called summaries of their story.
"""

import argparse
import collections
import json
import pathlib
import random
import re
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "measure"))
import edits  # noqa: E402
from measure import ROOT, Failure, program, run_child, table  # noqa: E402

KINDS = ("first three sentences", "four from all over", "the same, 5 % of words replaced",
         "a paragraph alone", "a paragraph in another story")

REVERSED = {"summary": "summarized", "summarized": "summary", "contains": "contained",
            "contained": "contains"}


def sentences_of(text):
    text = " ".join(text.split())
    return [s for s in re.split(r'(?<=[a-z0-9"][.!?])\s+(?=[A-Z"])', text) if len(s.split()) >= 8]


def made(kind, story, planter):
    sentences, dice = sentences_of(story["text"]), planter.dice
    if kind == KINDS[0]:
        return " ".join(sentences[:3])
    if kind in KINDS[1:3]:
        step = len(sentences) / 4
        text = " ".join(sentences[int(i * step) + dice.randrange(int(step))] for i in range(4))
        return edits.replaced(text, 0.05, planter.vocabulary, dice) if kind == KINDS[2] else text
    parts = [p for p in edits.paragraphs(story["text"])[2:] if len(p.split()) >= 30]
    if not parts:
        return None
    if kind == KINDS[3]:
        return dice.choice(parts)
    return planter.insert(dice.choice(parts))[0]


def relations(copydesk, records, folder):
    corpus, pairs = folder / "corpus", folder / "pairs"
    edits.write(corpus, records)
    run_child([copydesk, "reuse", corpus, "-q", "-o", "/dev/null", "--pairs", pairs])
    found = {}
    for pair in edits.read(pairs):
        found[pair["a"], pair["b"]] = pair["relation"]
        found[pair["b"], pair["a"]] = REVERSED.get(pair["relation"], pair["relation"])
    return found


def describe(name, relation_of):
    counts = collections.Counter(relation_of)
    others = ", ".join(f"{kind} {count}" for kind, count in counts.most_common()
                       if kind != "summary")
    return [name, sum(counts.values()), counts["summary"], others]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=pathlib.Path)
    parser.add_argument("articles", type=pathlib.Path, nargs="?")
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    arguments = parser.parse_args()
    copydesk = program(arguments.build, "tools", "copydesk")
    stories = edits.read(arguments.stories)
    planter = edits.Planter(stories, random.Random(3))
    extracts = collections.defaultdict(list)
    long_stories = [s for s in planter.hosts if len(sentences_of(s["text"])) >= 12]
    for number, story in enumerate(long_stories):
        kind = KINDS[number % len(KINDS)]
        text = made(kind, story, planter)
        if text is None or (kind in KINDS[:3] and
                            len(text.split()) > len(story["text"].split()) / 4):
            continue
        name = f"extract-{number}"
        extracts[kind].append((story["id"], {"id": name, "title": "", "text": text}))
    rows = []
    with tempfile.TemporaryDirectory(prefix="copydesk-summaries-") as folder:
        scratch = pathlib.Path(folder)
        records = [{"id": s["id"], "title": s.get("title", ""), "text": s["text"]}
                   for s in stories]
        records += [extract for made_so in extracts.values() for _, extract in made_so]
        found = relations(copydesk, records, scratch)
        planted = {extract["id"] for made_so in extracts.values() for _, extract in made_so}
        for kind in KINDS:
            rows.append(describe(kind, [found.get((extract["id"], story), "nothing")
                                        for story, extract in extracts[kind]]))
        between = collections.Counter(relation for (a, b), relation in found.items()
                                      if a < b and a not in planted and b not in planted)
        stories_called = between["summary"] + between["summarized"]
        if arguments.articles:
            abstracts = scratch / "abstracts"
            run_child([copydesk, "summarize", arguments.articles, "-q", "--sentences", "3", "-o",
                       abstracts])
            articles = edits.read(arguments.articles)
            records = [{"id": a["id"], "title": "", "text": a["text"]} for a in articles]
            names = []
            for abstract in edits.read(abstracts):
                names.append(abstract["id"])
                records.append({"id": f"abstract-{abstract['id']}", "title": "",
                                "text": abstract["summary"]})
            found = relations(copydesk, records, scratch)
            rows.append(describe("abstracts by `copydesk summarize`",
                                 [found.get((f"abstract-{name}", name), "nothing")
                                  for name in names]))
    print(table(["text made of a story", "made", "called summaries", "others"], rows))
    print(f"{stories_called} of {sum(between.values())} pairs of stories as they came are called "
          "summary and summarized.")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"summaries.py: {failure}")
