# SPDX-License-Identifier: Apache-2.0
"""text-dedup: its own command for MinHash, with its own words; the result is its clusters.

    run_text_dedup.py CORPUS CLUSTERS THRESHOLD WORK_FOLDER
"""

import collections
import json
import os
import pickle
import subprocess
import sys

from corpus import documents


def main(corpus, clusters, threshold, work):
    output = os.path.join(work, "output")
    subprocess.run(
        [sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", corpus,
         "--split", "train", "--cache_dir", os.path.join(work, "cache"), "--output", output,
         "--column", "text", "--ngram", "5", "--num_perm", "128", "--threshold", threshold,
         "--hash_func", "xxh3", "--num_proc", "1", "--debug"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(os.path.join(output, "uf.pkl"), "rb") as file:
        kept = pickle.load(file)
    parents = kept if isinstance(kept, dict) else kept.parent

    def root(number):
        while parents.get(number, number) != number:
            number = parents[number]
        return number

    members = collections.defaultdict(list)
    for number, (identifier, _) in enumerate(documents(corpus)):
        members[root(number)].append(identifier)
    with open(clusters, "w", encoding="utf-8") as out:
        for identifiers in members.values():
            if len(identifiers) > 1:
                out.write(json.dumps({"ids": identifiers}) + "\n")


main(*sys.argv[1:])
