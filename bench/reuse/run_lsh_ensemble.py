# SPDX-License-Identifier: Apache-2.0
"""datasketch: MinHashLSHEnsemble over the 6-word runs of each text, asked for containment.

    run_lsh_ensemble.py CORPUS PAIRS THRESHOLD

Every answer of the index is a pair, as in its documentation. 128 permutations, 16 partitions.
"""

import json
import re
import sys

from datasketch import MinHash, MinHashLSHEnsemble

RUN = 6


def main(corpus, pairs, threshold):
    entries = []
    with open(corpus, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            words = re.findall(r"\w+", record["text"].lower())
            runs = {" ".join(words[i:i + RUN]) for i in range(max(1, len(words) - RUN + 1))}
            sketch = MinHash(num_perm=128, seed=1)
            sketch.update_batch([run.encode() for run in runs])
            entries.append((record["id"], sketch, len(runs)))
    index = MinHashLSHEnsemble(threshold=float(threshold), num_perm=128, num_part=16)
    index.index(entries)
    with open(pairs, "w", encoding="utf-8") as out:
        for name, sketch, size in entries:
            for other in index.query(sketch, size):
                if other != name:
                    out.write(json.dumps({"a": name, "b": other}) + "\n")


main(*sys.argv[1:])
