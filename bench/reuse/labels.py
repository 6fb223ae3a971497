#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Copy against template: the rule of `copydesk reuse` against 200 pairs labeled by reading.

    labels.py STORIES [--build FOLDER] [--least ACCURACY]

STORIES are Reuters-21578 as JSON Lines with ids reut-1, reut-2, ... in the order of the collection.
The pairs share between .2 and .6 of the 6-word runs of the shorter; 70 were drawn from all such
pairs of stories of 44 words and more, 65 each from those with 24 shared runs or a weight of 14 whose
median frequency is at most 3 or more. Two readers labeled them apart from each other; where they
disagree the verdict is that of a third reading. A pair is right if the rule says copy (any relation
but template) for what is a copy or an update, and template or nothing for what is a template.
Ends with 1 if the accuracy is below --least.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def is_copy(verdict):
    return verdict in ("copy", "update")


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def kappa(labels, one, other):
    """Cohen's, of copy against template, and the share of equal verdicts."""
    equal = sum(is_copy(r[one]) == is_copy(r[other]) for r in labels) / len(labels)
    first = sum(is_copy(r[one]) for r in labels) / len(labels)
    second = sum(is_copy(r[other]) for r in labels) / len(labels)
    chance = first * second + (1 - first) * (1 - second)
    return (equal - chance) / (1 - chance), equal


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=pathlib.Path)
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    parser.add_argument("--least", type=float, default=0.92)
    arguments = parser.parse_args()
    labels = read(HERE / "labels" / "reuters21578.jsonl")
    with tempfile.TemporaryDirectory(prefix="copydesk-labels-") as folder:
        pairs = pathlib.Path(folder) / "pairs.jsonl"
        subprocess.run([pathlib.Path(arguments.build) / "tools" / "copydesk", "reuse", "-q",
                        arguments.stories, "-o", "/dev/null", "--pairs", pairs], check=True)
        found = {frozenset((pair["a"], pair["b"])): pair for pair in read(pairs)}
    counts, strata, wrong = {}, {}, []
    for label in labels:
        pair = found.get(frozenset((label["a"], label["b"])))
        says_copy = pair is not None and pair["relation"] != "template"
        truth = is_copy(label["verdict"])
        counts[truth, says_copy] = counts.get((truth, says_copy), 0) + 1
        right, all_pairs = strata.get(label["stratum"], (0, 0))
        strata[label["stratum"]] = right + (truth == says_copy), all_pairs + 1
        if truth != says_copy:
            wrong.append(f"{label['a']} {label['b']} is {label['verdict']}, the rule says "
                         f"{pair['relation'] if pair else 'nothing'}")
    accuracy = 1 - len(wrong) / len(labels)
    value, equal = kappa(labels, "reader_1", "reader_2")
    print(f"readers agree in {equal:.3f}, kappa {value:.3f}")
    print(f"accuracy {accuracy:.3f}: {counts.get((True, True), 0)} copies and "
          f"{counts.get((False, False), 0)} templates right, {counts.get((True, False), 0)} copies "
          f"missed, {counts.get((False, True), 0)} templates taken for copies")
    for stratum, (right, all_pairs) in sorted(strata.items()):
        print(f"  {stratum}: {right} of {all_pairs}")
    print("\n".join(wrong))
    return 0 if accuracy >= arguments.least else 1


if __name__ == "__main__":
    sys.exit(main())
