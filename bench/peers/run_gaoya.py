# SPDX-License-Identifier: Apache-2.0
"""gaoya: MinHashStringIndex of 128 hashes with its own words (in Rust) in small letters; an answer of
the index is a pair, which it gives when the sketches agree in the threshold's share of slots.

    run_gaoya.py CORPUS PAIRS THRESHOLD [shingles]

With `shingles`, the shingles of corpus.py take the place of its own words.
"""

import sys

from gaoya.minhash import MinHashStringIndex

from corpus import WORDS_PER_SHINGLE, documents, shingles, write_pair


def main(corpus, pairs, threshold, analyzer="word"):
    own = analyzer == "word"
    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=float(threshold), num_bands=None, band_size=None,
        num_hashes=128, analyzer="word" if own else shingles, lowercase=own,
        ngram_range=(WORDS_PER_SHINGLE, WORDS_PER_SHINGLE) if own else None, id_container="vec")
    identifiers = []
    with open(pairs, "w", encoding="utf-8") as out:
        for identifier, text in documents(corpus):
            for other in index.query(text):
                write_pair(out, identifiers[other], identifier)
            index.insert_document(len(identifiers), text)
            identifiers.append(identifier)


main(*sys.argv[1:])
