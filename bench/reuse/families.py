#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Families of generated copies of copies: are they whole, and is the source right?

    families.py [--documents 5000] [--seed 11] [--build FOLDER]

For each script of the generator: the share of copies that are in the family of their original, and
the sources claimed and right, with the dates of the documents and without.
"""

import argparse
import collections
import json
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "measure"))
from measure import ROOT, Failure, program, run_child, table  # noqa: E402


def read(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def score(families, truth):
    """Share of copies placed with their original; families; sources claimed; sources right."""
    family_of, source_of = {}, {}
    for family in read(families):
        source_of[family["family"]] = family.get("source")
        for member in family["members"]:
            family_of[member["id"]] = family["family"]
    originals, placed, copies = collections.Counter(), 0, 0
    for member in read(truth):
        original = member["original"]
        if original is None or original == member["id"]:
            continue
        originals[original] += 1
        copies += 1
        placed += (member["id"] in family_of and
                   family_of[member["id"]] == family_of.get(original))
    claimed = [o for o in originals if o in family_of and source_of[family_of[o]] is not None]
    right = sum(source_of[family_of[original]] == original for original in claimed)
    return placed / copies, len(originals), len(claimed), right


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    arguments = parser.parse_args()
    copydesk = program(arguments.build, "tools", "copydesk")
    generate = program(arguments.build, "datasets", "generate", "copydesk-generate")
    rows = []
    with tempfile.TemporaryDirectory(prefix="copydesk-families-") as folder:
        scratch = pathlib.Path(folder)
        dated, bare, result = (scratch / name for name in ("dated", "bare", "families"))
        for language in ("latin", "chinese", "cyrillic", "arabic"):
            run_child([generate, "-n", arguments.documents, "--seed", arguments.seed, "--plan",
                       "families", "--language", language, "--quiet", "-o", dated, "--truth-dir",
                       scratch / language])
            with bare.open("w", encoding="utf-8") as out:
                for record in read(dated):
                    del record["date"]
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
            cells = [language]
            for corpus in (dated, bare):
                run_child([copydesk, "reuse", corpus, "--mask", "-q", "-o", "/dev/null",
                           "--families", result])
                share, count, claimed, right = score(result,
                                                     scratch / language / "families.jsonl")
                if corpus is dated:
                    cells.append(f"{share:.3f}")
                cells += [f"{claimed / count:.2f}", f"{right / max(1, claimed):.2f}"]
            rows.append(cells)
    print(table(["script", "copies with their original", "claimed by time", "right",
                 "claimed by text", "right"], rows))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"families.py: {failure}")
