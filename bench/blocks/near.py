#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`blocks --scope corpus --near` beside a comparison of all paragraphs, in Python.

usage: near.py CORPUS.jsonl [--program build/release/tools/copydesk] [--near 0.8] [--shingle-size 2] [--most N]
The groups of the program (each paragraph belongs to the first before it that leads one and is near enough) are
made again by an exact search: paragraphs as the program finds them (from `--near` close to 0 with `--keep none` they
cannot be had, so they are cut here: blank lines, 100 bytes), shingles of words without numbers, postings of the
rarest shingles only, which no pair at the threshold escapes. Printed are how many of the surplus paragraphs the
program found (recall), whether those that it found are near their first copy (precision), and MB/s.
"""
import argparse
import collections
import json
import re
import subprocess
import sys
import tempfile
import time
import unicodedata

DIGITS = re.compile(r"[0-9]+")
SPACE = re.compile(r"[ \t\n\r\v\f]+")
WORD = re.compile(r"[^\W_]+")


def fold(text):
    text = unicodedata.normalize("NFKD", text).lower()
    return "".join(c for c in text if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


def paragraphs_of(text):
    """(begin, end) in bytes of what blank lines part."""
    raw = text.encode()
    at = 0
    for part in re.split(rb"(\n[ \t\r\v\f]*(?:\n[ \t\r\v\f]*)+)", raw):
        stripped = part.strip(b" \t\n\r\v\f")
        if stripped:
            begin = at + part.index(stripped)
            if len(SPACE.sub(" ", stripped.decode()).encode()) >= 100:
                yield begin, begin + len(stripped)
        at += len(part)


def shingles_of(content, size):
    words = WORD.findall(DIGITS.sub(" ", fold(content)))
    if len(words) < size:
        return frozenset([tuple(words)]) if words else frozenset()
    return frozenset(zip(*(words[i:] for i in range(size))))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--program", default="build/release/tools/copydesk")
    parser.add_argument("--near", type=float, default=0.8)
    parser.add_argument("--shingle-size", type=int, default=2)
    parser.add_argument("--most", type=int, default=1 << 60, help="documents")
    options = parser.parse_args()
    records = []
    with open(options.corpus, encoding="utf-8") as lines:
        for line in lines:
            if len(records) == options.most:
                break
            records.append(json.loads(line))
    with tempfile.TemporaryDirectory() as folder:
        corpus = folder + "/in.jsonl"
        with open(corpus, "w", encoding="utf-8") as out:
            for number, record in enumerate(records):
                out.write(json.dumps({"id": number, "text": record["text"]}, ensure_ascii=False) + "\n")
        size = sum(len(record["text"].encode()) for record in records) / 1e6

        def run(*more):
            start = time.time()
            done = subprocess.run([options.program, "blocks", corpus, "--scope", "corpus", "--paragraph-end",
                                   "blank-line", "-j", "1", "-q", *more], capture_output=True, check=True)
            return [json.loads(line) for line in done.stdout.splitlines()], time.time() - start

        equal, equal_seconds = run()
        found, seconds = run("--near", str(options.near), "--shingle-size", str(options.shingle_size))

    texts = [record["text"].encode() for record in records]
    places, sets, exact = [], [], {}
    first_of, same_as = {}, []
    for number, text in enumerate(texts):
        for begin, end in paragraphs_of(records[number]["text"]):
            content = SPACE.sub(" ", text[begin:end].decode())
            key = DIGITS.sub("#", content)
            place = len(places)
            places.append((number, begin))
            same_as.append(first_of.setdefault(key, place))
            sets.append(shingles_of(content, options.shingle_size) if same_as[-1] == place else None)
    counts = collections.Counter(s for shingles in sets if shingles for s in shingles)
    postings = collections.defaultdict(list)
    leader = list(range(len(places)))
    for i, shingles in enumerate(sets):
        if shingles is None:
            leader[i] = leader[same_as[i]]
            continue
        ordered = sorted(shingles, key=lambda s: (counts[s], s))
        prefix = len(ordered) - int(-(-options.near * len(ordered) // 1)) + 1
        candidates = sorted({j for s in ordered[:prefix] for j in postings[s]})
        for j in candidates:
            other = sets[j]
            if min(len(other), len(shingles)) < options.near * max(len(other), len(shingles)):
                continue
            shared = len(other & shingles)
            if shared >= options.near * (len(other) + len(shingles) - shared) - 1e-9:
                leader[i] = j
                break
        else:
            for s in ordered[:prefix]:
                postings[s].append(i)
    expected = {places[i]: places[leader[i]] for i in range(len(places)) if leader[i] != i}
    got = {(int(b["id"]), b["begin"]): (int(b["first_id"]), b["first_begin"]) for b in found}
    plain = {(int(b["id"]), b["begin"]) for b in equal}
    near_only = {place for place in expected if place not in plain}
    index = {place: i for i, place in enumerate(places)}

    def likeness(a, b):
        x, y = sets[same_as[index[a]]], sets[same_as[index[b]]]
        return len(x & y) / max(1, len(x | y))

    wrong = [p for p, first in got.items() if p in index and first in index and same_as[index[p]] != same_as[index[first]]
             and likeness(p, first) < options.near - 1e-9]
    unknown = [p for p in got if p not in index]
    print(f"{len(records)} documents, {size:.1f} MB, {len(places)} paragraphs of 100 bytes and more")
    print(f"surplus {len(expected)}, found {sum(p in got for p in expected)}: recall "
          f"{sum(p in got for p in expected) / max(1, len(expected)):.4f}; of the {len(near_only)} that are near-equal only "
          f"{sum(p in got for p in near_only) / max(1, len(near_only)):.4f}")
    print(f"reported {len(got)}, not near their first copy {len(wrong)}, no paragraphs of this script {len(unknown)}: "
          f"precision {1 - len(wrong) / max(1, len(got)):.4f}")
    print(f"{size / seconds:.0f} MB/s; equal paragraphs only {size / equal_seconds:.0f} MB/s")


if __name__ == "__main__":
    sys.exit(main())
