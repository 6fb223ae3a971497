# SPDX-License-Identifier: Apache-2.0
"""Pairs found against the planted copies of edits.py."""

import collections
import json


class Truth:
    def __init__(self, path):
        self.kinds, self.hosts, self.sources = {}, set(), collections.defaultdict(set)
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                pair = frozenset((record["a"], record["b"]))
                if record["kind"] == "host":
                    self.hosts.add(pair)
                else:
                    self.kinds[pair] = record["kind"]
                self.sources[record["a"]].add(record["b"])

    def is_false(self, pair):
        """A pair with a copy that was not planted. Copies of one source, and the source of a copy
        that was quoted by its host, are neither right nor wrong; pairs of two stories as they came
        are not judged here."""
        if pair in self.kinds or pair in self.hosts:
            return False
        a, b = tuple(pair)
        if a not in self.sources and b not in self.sources:
            return False
        return not ((self.sources[a] if a in self.sources else {a}) &
                    (self.sources[b] if b in self.sources else {b}))

    def score(self, pairs):
        """Recall by kind, recall of all, precision, false pairs."""
        planted, found = collections.Counter(self.kinds.values()), collections.Counter()
        false = 0
        for pair in pairs:
            if pair in self.kinds:
                found[self.kinds[pair]] += 1
            else:
                false += self.is_false(pair)
        right = sum(found.values())
        return Score({kind: found[kind] / planted[kind] for kind in planted},
                     right / len(self.kinds), right / max(1, right + false), false)


class Score:
    def __init__(self, kinds, recall, precision, false):
        self.kinds, self.recall, self.precision, self.false = kinds, recall, precision, false


def read_pairs(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["a"] != record["b"]:
                yield frozenset((record["a"], record["b"])), record
