#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sentences planted in news, found by `copydesk decontaminate` and by other rules.

    bench/decontaminate/run.py --program build/release/tools/copydesk NEWS.jsonl [--seed 5]

Sentences are taken from the last fifth of NEWS and planted, changed in known ways, between the
sentences of the rest. Recall is by length in words and kind of change; what is found of sentences
that were planted nowhere is false. The other rules are our own implementations of what is published
of them, on the same words: any common 13-gram, 8-gram or 12-gram, and the share of an item's 4-grams,
weighted by their rarity in the corpus, that a text has (0.8, or 0.5).
"""
import argparse
import collections
import json
import math
import pathlib
import random
import re
import subprocess
import tempfile
import time

LENGTHS = (6, 8, 9, 10, 12, 14, 16, 20, 24, 30)
KINDS = ("verbatim", "case", "lines", "one word")
WORD = re.compile(r"[^\W_]+")
SENTENCE = re.compile(r"(?<=[a-z][.?!])\s+(?=[A-Z])")


def words(text):
    return [w.lower() for w in WORD.findall(text)]


def change(sentence, kind, rng, vocabulary):
    parts = sentence.split()
    if kind == "case":
        parts = [p.upper() if rng.random() < .3 else p for p in parts]
        place = rng.randrange(1, len(parts))
        parts[place - 1] = parts[place - 1].rstrip(",;:") + rng.choice([",", ";", " -"])
    elif kind == "lines":
        place = rng.randrange(1, len(parts))
        return " ".join(parts[:place]) + "\n" + " ".join(parts[place:])
    elif kind == "one word":
        parts[rng.randrange(len(parts))] = rng.choice(vocabulary)
    return " ".join(parts)


def make(path, per_kind, seed):
    """Training texts, items {id: (length, kind, sentence)}, the clean items and where each went."""
    rng = random.Random(seed)
    texts = [json.loads(line)["text"] for line in open(path, encoding="utf-8")]
    cut = len(texts) * 4 // 5
    training, source = texts[:cut], texts[cut:]
    vocabulary = sorted({w for t in training[:500] for w in words(t) if len(w) > 3})
    known = {g for t in training for g in grams(words(t), 5)}
    by_length = collections.defaultdict(list)
    for text in source:
        for sentence in SENTENCE.split(text):
            sentence = " ".join(sentence.split())
            n = len(words(sentence))
            if n != len(sentence.split()):
                continue  # a word here is a word there
            fitting = [length for length in LENGTHS if length <= n]
            if not fitting:
                continue
            length = rng.choice(fitting)  # one of each sentence: parts of it would be found in it
            part = " ".join(sentence.split()[:length])
            own = grams(words(part), 5)
            if not any(g in known for g in own):
                by_length[length].append(part)
                known.update(own)
    items, clean, plants = {}, {}, collections.defaultdict(list)
    for length in LENGTHS:
        pool = sorted(set(by_length[length]))
        rng.shuffle(pool)
        for kind in KINDS:
            for sentence in (pool.pop() for _ in range(min(per_kind, len(pool)))):
                name = f"{length}-{kind}-{len(items)}"
                items[name] = (length, kind, sentence)
                plants[rng.randrange(len(training))].append(change(sentence, kind, rng, vocabulary))
        for sentence in pool[:per_kind]:
            clean[f"{length}-clean-{len(clean)}"] = (length, "clean", sentence)
    planted = []
    for number, text in enumerate(training):
        sentences = SENTENCE.split(text)
        for sentence in plants[number]:
            sentences.insert(rng.randrange(len(sentences) + 1), sentence + ".")
        planted.append(" ".join(sentences))
    return planted, items, clean


def grams(tokens, n):
    return [tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1)]


def found_by_grams(texts, items, n):
    index = collections.defaultdict(set)
    for name, (_, _, sentence) in items.items():
        for gram in grams(words(sentence), n):
            index[gram].add(name)
    found = set()
    for text in texts:
        for gram in grams(words(text), n):
            found |= index.get(gram, set())
    return found


def found_by_idf(texts, items, share):
    holders = collections.Counter(g for t in texts for g in set(grams(words(t), 4)))
    weight = lambda gram: math.log((1 + len(texts)) / (1 + holders[gram]))
    index, total = collections.defaultdict(set), {}
    for name, (_, _, sentence) in items.items():
        own = set(grams(words(sentence), 4))
        total[name] = sum(map(weight, own))
        for gram in own:
            index[gram].add(name)
    found = set()
    for text in texts:
        sums = collections.Counter()
        for gram in set(grams(words(text), 4)):
            for name in index.get(gram, ()):
                sums[name] += weight(gram)
        found |= {name for name, value in sums.items() if value >= share * total[name]}
    return found


def found_by_copydesk(program, folder, texts, items, *options):
    train, sets, hits = folder / "train.jsonl", folder / "items.jsonl", folder / "hits.jsonl"
    with open(train, "w", encoding="utf-8") as out:
        for number, text in enumerate(texts):
            out.write(json.dumps({"id": str(number), "text": text}) + "\n")
    with open(sets, "w", encoding="utf-8") as out:
        for name, (_, _, sentence) in items.items():
            out.write(json.dumps({"id": name, "text": sentence}) + "\n")
    subprocess.run([program, "decontaminate", train, "--against", sets, "-o", hits, "-q", *options],
                   check=True)
    return [json.loads(line) for line in open(hits, encoding="utf-8")]


def show(name, found, items, false):
    of = collections.defaultdict(lambda: [0, 0])
    for item, (length, kind, _) in items.items():
        of[kind, length][0] += item in found
        of[kind, length][1] += 1
    print(f"\n{name}: {false} of the clean items")
    for kind in KINDS:
        print(f"  {kind:9}", *(f"{of[kind, n][0] / of[kind, n][1]:5.2f}" if of[kind, n][1] else "    -"
                               for n in LENGTHS))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("news")
    parser.add_argument("--program", required=True)
    parser.add_argument("--per-kind", type=int, default=100)
    parser.add_argument("--seed", type=int, default=5)
    args = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="decontaminate-"))
    texts, items, clean = make(args.news, args.per_kind, args.seed)
    both = items | clean
    print(f"{len(texts)} texts, {len(items)} items planted, {len(clean)} clean")
    print("words    ", *(f"{n:5}" for n in LENGTHS))
    rules = [("copydesk decontaminate", lambda: {h["item"] for h in found_by_copydesk(
        args.program, folder, texts, both)})]
    rules += [(f"any {n}-gram", lambda n=n: found_by_grams(texts, both, n)) for n in (13, 12, 8)]
    rules += [(f"IDF share of 4-grams, {s}", lambda s=s: found_by_idf(texts, both, s))
              for s in (.8, .5)]
    for name, rule in rules:
        begin = time.time()
        found = rule()
        show(f"{name} ({time.time() - begin:.1f} s)", found, items,
             sum(item in found for item in clean))
    print("\none item in k texts, found in:")
    name, (_, _, sentence) = next((n, i) for n, i in items.items() if i[0] == 20)
    for k in (1, 7, 8, 9, 12, 40, 200, 400):
        leaked = [t + " " + sentence if n < k else t for n, t in enumerate(texts[:2000])]
        hits = found_by_copydesk(args.program, folder, leaked, {name: (20, "", sentence)})
        print(f"  {k}: {len({h['id'] for h in hits if int(h['id']) < k})}")


if __name__ == "__main__":
    main()
