#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Families of generated copies of copies: are they whole, and is the source right?

    families.py [--documents 5000] [--seed 11] [--build FOLDER]

For each script of the generator: the share of copies that are in the family of their original, and
the sources claimed and right, with the dates of the documents and without. Then, without dates, how
often the first of the ranking is the source if none may be left unknown: where every other version
was cut, so that the texts tell; where one was not; and how often it is the source or uncut.
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


class Truth:
    def __init__(self, corpus, folder):
        texts = {record["id"]: record["text"] for record in read(corpus)}
        for page in read(folder / "stories.jsonl"):
            text = texts[page["id"]].encode()
            texts[page["id"]] = text[page["begin"]:page["end"]].decode()
        self.versions = collections.defaultdict(list)
        for member in read(folder / "families.jsonl"):
            original = member["original"]
            if original is not None and original != member["id"]:
                self.versions[original].append(member["id"])
        self.uncut = {original: {version for version in versions
                                 if self.has_end(texts[original], texts[version])}
                      for original, versions in self.versions.items()}

    @staticmethod
    def has_end(original, version):
        """Whether the version goes on to the end of the original; words may have been replaced."""
        end = original.rstrip()[-100:]
        runs = [end[i:i + 5] for i in range(len(end) - 4)]
        return sum(run in version for run in runs) > len(runs) / 2


class Score:
    """Copies placed with their original, and sources, by a file of families."""

    def __init__(self, families, truth):
        family_of, source_of, first_of = {}, {}, {}
        for family in read(families):
            source_of[family["family"]] = family.get("source")
            first_of[family["family"]] = family["members"][0]["id"]
            for member in family["members"]:
                family_of[member["id"]] = family["family"]
        copies = sum(len(versions) for versions in truth.versions.values())
        self.placed = sum(version in family_of and family_of[version] == family_of.get(original)
                          for original, versions in truth.versions.items()
                          for version in versions) / copies
        found = {original: family_of[original] for original in truth.versions
                 if original in family_of}
        claimed = {original: source_of[family] for original, family in found.items()
                   if source_of[family] is not None}
        self.claimed = len(claimed) / len(truth.versions)
        self.right = sum(o == s for o, s in claimed.items()) / max(1, len(claimed))

        def share(originals, is_right):
            return sum(o in found and is_right(o, first_of[found[o]])
                       for o in originals) / max(1, len(originals))
        told = [original for original, uncut in truth.uncut.items() if not uncut]
        others = [original for original, uncut in truth.uncut.items() if uncut]
        self.told = len(told) / len(truth.versions)
        self.first_told = share(told, lambda o, first: o == first)
        self.first_others = share(others, lambda o, first: o == first)
        self.first_all = share(truth.versions, lambda o, first: o == first)
        self.whole = share(truth.versions,
                           lambda o, first: o == first or first in truth.uncut[o])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    arguments = parser.parse_args()
    copydesk = program(arguments.build, "tools", "copydesk")
    generate = program(arguments.build, "datasets", "generate", "copydesk-generate")
    rows, forced = [], []
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
            truth = Truth(dated, scratch / language)
            scores = []
            for corpus in (dated, bare):
                run_child([copydesk, "reuse", corpus, "--mask", "page,site", "-q", "-o",
                           "/dev/null", "--families", result])
                scores.append(Score(result, truth))
            by_time, by_text = scores
            rows.append([language, *(f"{value:.3f}" for value in (
                by_time.placed, by_time.claimed, by_time.right, by_text.claimed, by_text.right))])
            forced.append([language, *(f"{value:.3f}" for value in (
                by_text.told, by_text.first_told, by_text.first_others, by_text.first_all,
                by_text.whole))])
    print(table(["script", "copies with their original", "claimed by time", "right",
                 "claimed by text", "right"], rows))
    print("First of the ranking by text:\n")
    print(table(["script", "families in which all others are cut", "it is the source in these",
                 "in the others", "in all", "it is the source or uncut"], forced))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"families.py: {failure}")
