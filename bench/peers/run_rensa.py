# SPDX-License-Identifier: Apache-2.0
"""rensa: RMinHash over all shingles (not the sampled "rho" sketch), RMinHashLSH; an answer of the
index is a pair when the index's own check of the sketches agrees.

    run_rensa.py CORPUS PAIRS THRESHOLD
"""

import itertools
import sys

from rensa import RMinHash, RMinHashLSH

from corpus import SLOTS, choose_bands, documents, shingles, write_pair

BATCH = 1000


def main(corpus, pairs, threshold):
    threshold = float(threshold)
    index = RMinHashLSH(threshold, SLOTS, choose_bands(threshold))
    identifiers, sketches = [], []
    stream = documents(corpus)
    with open(pairs, "w", encoding="utf-8") as out:
        while batch := list(itertools.islice(stream, BATCH)):
            made = RMinHash.from_token_sets([shingles(text) for _, text in batch], SLOTS, 42)
            for (identifier, _), sketch in zip(batch, made):
                for other in set(index.query(sketch)):
                    if index.is_similar(sketches[other], sketch):
                        write_pair(out, identifiers[other], identifier)
                index.insert(len(sketches), sketch)
                identifiers.append(identifier)
                sketches.append(sketch)


main(*sys.argv[1:])
