# SPDX-License-Identifier: Apache-2.0
"""Corpora for the tests of what runs on many machines, and what the program says of them."""

import json
import os
import pathlib
import random
import subprocess

PROGRAM = os.environ.get("COPYDESK_PROGRAM", "")
WORDS = [f"{a}{b}" for a in "ba do fe gu ki lo mi nu pa ra si te vo wu".split() for b in
         "bel dan fir gol hun jat kem lor mun nif pas ros sul tam vin".split()]


def copy_of(text, share, generator):
    words = text.split()
    for _ in range(max(1, int(share * len(words)))):
        words[generator.randrange(len(words))] = generator.choice(WORDS)
    return " ".join(words)


def make_rows(count, seed, family=150):
    """Stories of which some are there again: equal, equal but for signs, nearly equal; a family of texts
    of one form that is larger than what is compared pair by pair; empty and very short texts."""
    generator = random.Random(seed)
    rows = []

    def add(text):
        number = len(rows)
        rows.append({
            "id": f"{generator.randrange(16):x}-{number:05}",
            "text": text,
            "date": f"20{generator.randrange(10, 26)}-0{generator.randrange(1, 10)}-11",
            "rank": generator.choice([None, 1.5, 2, 7, 10]),
        })

    form = " ".join(generator.choice(WORDS) for _ in range(80))
    for _ in range(family):
        add(copy_of(form, generator.choice([0.01, 0.02, 0.04, 0.3]), generator))
    while len(rows) < count:
        text = " ".join(generator.choice(WORDS) for _ in range(generator.randrange(20, 160)))
        add(text)
        kind = generator.randrange(12)
        if kind < 3:
            for _ in range(generator.choice([1, 1, 2, 5])):
                add(copy_of(text, generator.choice([0.01, 0.02, 0.03, 0.06]), generator))
        elif kind == 3:
            add(text)
        elif kind == 4:
            add(text.title().replace(" ", ", ", 4) + ".")
        elif kind == 5:
            add(generator.choice(["", "  ", "Nó", "no", "one two three", "東京の天気は晴れです"]))
    generator.shuffle(rows)
    return rows


def in_order(rows, order="id"):
    def key(row):
        value = row[order]
        return value.encode() if isinstance(value, str) else value

    return sorted(rows, key=key)


def run_program(command, rows, options, folder):
    """Lines of decisions, of clusters or of pairs, as the program writes them for rows in this order."""
    corpus = pathlib.Path(folder, "corpus.jsonl")
    corpus.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    found, clusters = pathlib.Path(folder, "found.jsonl"), pathlib.Path(folder, "clusters.jsonl")
    if command == "pairs":
        outputs = ["-o", found]
    else:
        outputs = ["-o", os.devnull, "--decisions", found, "--clusters", clusters]
    subprocess.run([PROGRAM, command, corpus, *options, *outputs, "--quiet"], check=True)
    return lines_of(found), lines_of(clusters) if command == "dedup" else None


def lines_of(path):
    return path.read_text("utf-8").splitlines()


def without_places(lines):
    """Sorted, and without files and lines."""
    left = []
    for line in lines:
        row = json.loads(line)
        left.append(json.dumps({name: row[name] for name in row if not name.endswith(("file", "line"))}))
    return sorted(left)


def decision_lines(rows):
    """Rows of decisions as the program's lines, by which they are compared."""
    names = ("id", "kept_id", "rule", "jaccard", "containment", "contained", "shared_tokens",
             "shared_passage")
    left = []
    for row in rows:
        row = {name: row[name] for name in names}
        for name in ("jaccard", "containment", "contained"):
            if row[name] in (0.0, 1.0):  # which are written without a point
                row[name] = int(row[name])
        left.append(json.dumps(row))
    return sorted(left)


def pair_lines(rows):
    left = []
    for row in rows:
        row = {name: row[name] for name in ("a", "b", "jaccard", "containment_a", "containment_b")}
        for name in ("jaccard", "containment_a", "containment_b"):
            row[name] = int(row[name] * 1e6 + 0.5) / 1e6  # as the program rounds
            if row[name] in (0.0, 1.0):
                row[name] = int(row[name])
        left.append(json.dumps(row))
    return sorted(left)


def clusters_of_lines(lines):
    """(all ids, kept ids) of each cluster, sorted."""
    return sorted((tuple(row["ids"]), tuple(sorted(row["kept_ids"]))) for row in map(json.loads, lines))


def clusters_of_rows(rows):
    """The same of rows with cluster, id and kept."""
    members = {}
    for row in rows:
        members.setdefault(row["cluster"], []).append(row)
    return sorted(
        (tuple(row["id"] for row in cluster), tuple(sorted(row["id"] for row in cluster if row["kept"])))
        for cluster in members.values())
