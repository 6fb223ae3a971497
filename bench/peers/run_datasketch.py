# SPDX-License-Identifier: Apache-2.0
"""datasketch: MinHash of 128 permutations, MinHashLSH; every answer of the index is a pair.

    run_datasketch.py CORPUS PAIRS THRESHOLD [BANDS ROWS]
"""

import sys

from datasketch import MinHash, MinHashLSH

from corpus import documents, shingles, write_pair


def main(corpus, pairs, threshold, *bands_and_rows):
    options = {"threshold": float(threshold)}
    if bands_and_rows:
        options = {"params": tuple(int(number) for number in bands_and_rows)}
    index = MinHashLSH(num_perm=128, **options)
    with open(pairs, "w", encoding="utf-8") as out:
        for identifier, text in documents(corpus):
            sketch = MinHash(num_perm=128, seed=1)
            sketch.update_batch([shingle.encode() for shingle in shingles(text)])
            for other in index.query(sketch):
                write_pair(out, other, identifier)
            index.insert(identifier, sketch, check_duplication=False)


main(*sys.argv[1:])
