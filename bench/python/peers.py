#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One pyarrow table, deduplicated by copydesk, rensa and datasketch, end to end: from the table to
the rows that stay. Each keeps the first of near-duplicates. Seconds are medians of rounds by turns;
recall and precision are measured against all pairs of shingle sets that share anything, counted one
by one here, without any of the three.

Needs pyarrow, rensa and datasketch; PYTHONPATH is build/release/python. text-dedup takes data sets of
Hugging Face on its command line only, and semhash needs a model from the network.
"""

import argparse
import collections
import pathlib
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "peers"))
from corpus import SLOTS, choose_bands, shingles  # noqa: E402
from table import program_run  # noqa: E402

BATCH = 1000


def removed_by_copydesk(table, threshold, threads):
    import copydesk

    kept = copydesk.dedup(table, threshold=threshold, threads=threads).kept.rows
    return set(range(len(table))) - set(kept)


def removed_by_rensa(table, threshold, _):
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold, SLOTS, choose_bands(threshold))
    sketches, removed = {}, set()
    for first in range(0, len(table), BATCH):
        texts = table["text"].slice(first, BATCH).to_pylist()
        made = RMinHash.from_token_sets([shingles(text) for text in texts], SLOTS, 42)
        for row, sketch in enumerate(made, first):
            if any(index.is_similar(sketches[other], sketch) for other in index.query(sketch)):
                removed.add(row)
            else:
                sketches[row] = sketch
                index.insert(row, sketch)
    return removed


def removed_by_datasketch(table, threshold, _):
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold, num_perm=SLOTS)
    removed = set()
    for row, text in enumerate(table["text"].to_pylist()):
        sketch = MinHash(num_perm=SLOTS, seed=1)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        if index.query(sketch):
            removed.add(row)
        else:
            index.insert(row, sketch, check_duplication=False)
    return removed


class Truth:
    """Which rows a perfect program removes, and whether a row has an earlier one at the threshold."""

    def __init__(self, table, threshold):
        self.removed, self.copies = set(), set()
        rows_with = collections.defaultdict(list)
        sizes = []
        for row, text in enumerate(table["text"].to_pylist()):
            own = shingles(text)
            sizes.append(len(own))
            common = collections.Counter(other for shingle in own for other in rows_with[shingle])
            similar = [other for other, count in common.items()
                       if count >= threshold * (len(own) + sizes[other] - count)]
            if similar:
                self.copies.add(row)
            if any(other not in self.removed for other in similar):
                self.removed.add(row)
            for shingle in own:
                rows_with[shingle].append(row)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1, help="of copydesk; the others use one")
    parser.add_argument("--threshold", type=float, default=0.8)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    options = parser.parse_args()

    import pyarrow.json

    generate = options.build / "datasets" / "generate" / "copydesk-generate"
    with tempfile.TemporaryDirectory() as folder:
        corpus = pathlib.Path(folder, "corpus.jsonl")
        program_run([generate, "-n", options.documents, "--seed", 5, "-o", corpus, "--quiet"])
        read = pyarrow.json.ReadOptions(block_size=64 << 20)
        table = pyarrow.json.read_json(corpus, read_options=read)
    truth = Truth(table, options.threshold)
    print(f"{table.num_rows:,} documents, {table['text'].nbytes / 1e6:,.0f} MB of text, "
          f"{len(truth.removed):,} to be removed")
    finders = {"copydesk": removed_by_copydesk, "rensa": removed_by_rensa,
               "datasketch": removed_by_datasketch}
    seconds, removed = collections.defaultdict(list), {}
    for _ in range(options.rounds):
        for name, find in finders.items():
            begin = time.perf_counter()
            removed[name] = find(table, options.threshold, options.threads)
            seconds[name].append(time.perf_counter() - begin)
    print("package      seconds  / copydesk   recall  precision")
    ours = statistics.median(seconds["copydesk"])
    for name, rows in removed.items():
        median = statistics.median(seconds[name])
        print(f"{name:10} {median:9.2f} {median / ours:11.1f} "
              f"{len(rows & truth.removed) / len(truth.removed):8.4f} "
              f"{len(rows & truth.copies) / max(1, len(rows)):10.4f}")


if __name__ == "__main__":
    main()
