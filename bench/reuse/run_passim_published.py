# SPDX-License-Identifier: Apache-2.0
"""passim's search as published (Smith, Cordell & Mullen 2015), with the defaults of its version 1.

    run_passim_published.py CORPUS PAIRS

All runs of 5 words that 2 to 100 documents have; pairs of documents that share at least 5 of them;
hits that follow each other in both texts with at most 100 words between them are one passage, which
counts from 20 words on. What is left out is the alignment within passages, which moves their edges
but neither finds nor loses a pair.
"""

import collections
import json
import re
import sys

RUN, MOST_DOCUMENTS, FEWEST_SHARED, MOST_GAP, FEWEST_WORDS = 5, 100, 5, 100, 20


def longest_passage(hits):
    """Words of the longest chain: the farther end of each stretch, by place in the first text."""
    best, begin, last = 0, None, None
    for hit in sorted(hits):
        follows = (last is not None and all(0 <= hit[side] - last[side] <= RUN + MOST_GAP
                                            for side in (0, 1)))
        if not follows:
            begin = hit
        last = hit
        best = max(best, min(last[side] - begin[side] + RUN for side in (0, 1)))
    return best


def main(corpus, pairs):
    names, holders = [], collections.defaultdict(list)
    with open(corpus, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            names.append(record["id"])
            words = re.findall(r"\w+", record["text"].lower())
            places = {}
            for place in range(len(words) - RUN + 1):
                places.setdefault(hash(tuple(words[place:place + RUN])), place)
            for run, place in places.items():
                holders[run].append((number, place))
    found = collections.defaultdict(list)
    for entries in holders.values():
        if 2 <= len(entries) <= MOST_DOCUMENTS:
            for i, (a, place_a) in enumerate(entries):
                for b, place_b in entries[i + 1:]:
                    found[a, b].append((place_a, place_b))
    with open(pairs, "w", encoding="utf-8") as out:
        for (a, b), hits in found.items():
            if len(hits) >= FEWEST_SHARED and longest_passage(hits) >= FEWEST_WORDS:
                out.write(json.dumps({"a": names[a], "b": names[b]}) + "\n")


main(*sys.argv[1:])
