#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Widely printed stories: 30 real ones printed 80 times each among all the others.

    fan_out.py STORIES [--stories 30] [--copies 80] [--build FOLDER]

Every copy has a headline of its own and is edited by itself: cut to half, 3 or 10 % of its words
replaced, or cut to 60 % with 20 % of its words replaced. Prints the share of the pairs of copy and source
that are found and that are no templates, and of the copies that are in the family of their source.
"""

import argparse
import json
import pathlib
import random
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "measure"))
import edits  # noqa: E402
from measure import ROOT, Failure, program, run_child, table  # noqa: E402

KINDS = {"cut to half": (0.5, 0.0), "3 % of words": (1.0, 0.03),
         "cut to 60 %, 20 % of words": (0.6, 0.2), "10 % of words": (1.0, 0.1)}


def copies_of(sources, planter, number, kept, replaced):
    for source in sources:
        for copy in range(number):
            text = edits.replaced(edits.cut(source["text"], kept), replaced, planter.vocabulary,
                                  planter.dice)
            headline = planter.dice.choice(planter.titles)
            yield source["id"], {"id": f"{source['id']}-{copy}", "title": headline,
                                 "text": headline + "\n" + text}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("given", type=pathlib.Path, metavar="STORIES")
    parser.add_argument("--stories", type=int, default=30)
    parser.add_argument("--copies", type=int, default=80)
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    arguments = parser.parse_args()
    copydesk = program(arguments.build, "tools", "copydesk")
    stories = edits.read(arguments.given)
    rows = []
    with tempfile.TemporaryDirectory(prefix="copydesk-fan-out-") as folder:
        corpus, pairs, families = (pathlib.Path(folder) / name
                                   for name in ("corpus", "pairs", "families"))
        for kind, (kept, replaced) in KINDS.items():
            planter = edits.Planter(stories, random.Random(5))
            planted = list(copies_of(planter.pool[:arguments.stories], planter, arguments.copies,
                                     kept, replaced))
            records = [{"id": s["id"], "title": s.get("title", ""), "text": s["text"]}
                       for s in stories] + [copy for _, copy in planted]
            planter.dice.shuffle(records)
            edits.write(corpus, records)
            run_child([copydesk, "reuse", corpus, "-q", "-o", "/dev/null", "--pairs", pairs,
                       "--families", families])
            found = {frozenset((pair["a"], pair["b"])): pair["relation"]
                     for pair in edits.read(pairs)}
            family_of = {member["id"]: family["family"] for family in edits.read(families)
                         for member in family["members"]}
            together = sum(copy["id"] in family_of and
                           family_of[copy["id"]] == family_of.get(source)
                           for source, copy in planted)
            relations = [found.get(frozenset((source, copy["id"])), "") for source, copy in planted]
            paired = sum(relation != "" for relation in relations)
            copies = sum(relation not in ("", "template") for relation in relations)
            rows.append([kind, f"{paired / len(planted):.3f}", f"{copies:,} of {len(planted):,}",
                         f"{together / len(planted):.3f}"])
    print(table(["copies", "pairs of copy and source", "that are no templates",
                 "copies with their source"], rows))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"fan_out.py: {failure}")
