#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""copydesk.Index beside MinHashLSH of datasketch, in memory, on the same texts.

    pip install datasketch; PYTHONPATH=build/release/python bench/index/datasketch_beside.py m.jsonl q.jsonl

Both: shingles of five words, 128 slots, Jaccard 0.8. Adds the first file, asks for each record of the second,
processor seconds. What datasketch answers are candidates; how many of them are 0.8 alike is counted, and how
many of those that are, by comparing their shingles, it finds.
"""

import argparse
import itertools
import json
import os
import re
import tempfile
import time

import datasketch

import copydesk


def texts_of(path, count):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in itertools.islice(file, count)]


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + 5]).encode() for i in range(max(1, len(words) - 4))}


def minhash(text):
    sketch = datasketch.MinHash(num_perm=128)
    sketch.update_batch(shingles(text))
    return sketch


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("added")
    parser.add_argument("asked")
    parser.add_argument("--add", type=int, default=10_000)
    parser.add_argument("--ask", type=int, default=1_000)
    arguments = parser.parse_args()
    old, new = texts_of(arguments.added, arguments.add), texts_of(arguments.asked, arguments.ask)

    begin = time.process_time()
    lsh = datasketch.MinHashLSH(threshold=0.8, num_perm=128)
    for number, text in enumerate(old):
        lsh.insert(number, minhash(text))
    added = time.process_time()
    candidates = [(row, number) for row, text in enumerate(new) for number in lsh.query(minhash(text))]
    print(f"datasketch: added in {added - begin:.1f} s, asked in {time.process_time() - added:.2f} s")

    begin = time.process_time()
    folder = tempfile.TemporaryDirectory()
    index = copydesk.Index.create(os.path.join(folder.name, "x.index"))
    index.add([{"id": str(i), "text": text} for i, text in enumerate(old)], threads=1)
    added = time.process_time()
    found = index.query(new, most=0, threads=1)
    print(f"copydesk:   added in {added - begin:.1f} s, asked in {time.process_time() - added:.2f} s")

    sets = {}

    def jaccard(row, number):
        a = sets.setdefault(("new", row), shingles(new[row]))
        b = sets.setdefault(("old", number), shingles(old[number]))
        return len(a & b) / len(a | b)

    alike = {pair for pair in candidates if jaccard(*pair) >= 0.8}
    ours = {(row["row"], int(row["match_id"])) for row in found}
    answered = {row for row, _ in alike}
    print(f"datasketch: {len(candidates)} candidates, of which {len(alike)} are 0.8 alike")
    print(f"copydesk:   {len(ours)} answers, for {len({row for row, _ in ours})} records")
    print(f"records with a copy: {len(answered | {row for row, _ in ours})}, found by datasketch {len(answered)}")


if __name__ == "__main__":
    main()
