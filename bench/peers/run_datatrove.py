# SPDX-License-Identifier: Apache-2.0
"""datatrove: its steps of MinHash with its default settings (14 buckets of 8, word 5-grams, its own
words); the result is its clusters. Its last step, which writes the documents that stay, is left out.

    run_datatrove.py CORPUS CLUSTERS THRESHOLD WORK_FOLDER

The hash function is SHA-1, as for FineWeb: its default, xxHash, fails with the newest xxhash
package. It has no threshold: 14 buckets of 8 find a pair at 0.72 with probability one half.
"""

import collections
import contextlib
import json
import os
import struct
import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import (MinhashDedupBuckets, MinhashDedupCluster,
                                      MinhashDedupSignature)
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import JsonlReader
from datatrove.utils.hashing import HashConfig

from corpus import documents


def main(corpus, clusters, _threshold, work):
    settings = MinhashConfig(hash_config=HashConfig(hash_fc="sha1"))

    def folder(name):
        return os.path.join(work, name)

    def run(name, *steps, tasks=1):
        LocalPipelineExecutor(pipeline=list(steps), tasks=tasks, workers=1,
                              logging_dir=folder(f"logs-{name}")).run()

    # It tells of every step on standard error.
    with open(folder("log"), "w", encoding="utf-8") as log, contextlib.redirect_stderr(log):
        run("sign", JsonlReader(os.path.dirname(corpus), glob_pattern=os.path.basename(corpus)),
            MinhashDedupSignature(folder("signatures"), config=settings))
        run("join", MinhashDedupBuckets(folder("signatures"), folder("buckets"), config=settings),
            tasks=settings.num_buckets)
        run("group", MinhashDedupCluster(folder("buckets"), folder("groups"), config=settings,
                                         save_cluster_id=True))
    members = collections.defaultdict(list)
    identifiers = [identifier for identifier, _ in documents(corpus)]
    with open(folder("groups/000000.clusters"), "rb") as file:
        for number, cluster in struct.iter_unpack("<II", file.read()):
            members[cluster].append(identifiers[number])
    with open(clusters, "w", encoding="utf-8") as out:
        for of_cluster in members.values():
            out.write(json.dumps({"ids": of_cluster}) + "\n")


main(*sys.argv[1:])
