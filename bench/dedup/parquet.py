#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A corpus as tables in Parquet and as .jsonl.zst: processor time of `copydesk dedup` to decisions.

    bench/dedup/parquet.py [--documents 60000] [--rounds 7] [--program build/release/tools/copydesk]

Needs pyarrow and the program zstd. Texts are sentences drawn from the sample corpus, one in twenty a
copy. Runs go by turns; each figure is the median of user and system time, on two threads, and its
ratio to that of the lines. Decisions must be equal but for the names of files.
"""
import argparse
import json
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "measure"))
from measure import run_child  # noqa: E402


def make(folder: pathlib.Path, documents: int) -> list[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq
    draw = random.Random(3)
    words: list[str] = []
    with open(ROOT / "datasets/sample/wire.jsonl", encoding="utf-8") as lines:
        for line in lines:
            words += json.loads(line)["text"].split(" ")
    rows: list[dict] = []
    for number in range(documents):
        if number % 20 == 19:
            text = draw.choice(rows)["text"]
        else:
            parts: list[str] = []
            size = draw.randint(80, 500)
            while len(parts) < size:
                begin = draw.randrange(len(words) - 12)
                parts += words[begin:begin + draw.randint(2, 9)]
            text = " ".join(parts)
        rows.append({"id": f"d{number:07}", "url": f"https://site{number % 97}.example/{number}",
                     "title": text[:50], "date": "2026-01-02", "score": draw.random(),
                     "text": text})
    names = []
    for name, columns in [("all", list(rows[0])), ("two", ["id", "text"])]:
        lines = folder / f"{name}.jsonl"
        with open(lines, "w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps({c: row[c] for c in columns}, ensure_ascii=False) + "\n")
        subprocess.run(["zstd", "-q", "--rm", str(lines)], check=True)
        names.append(f"{name}.jsonl.zst")
        table = pa.Table.from_pylist(rows).select(columns)
        for codec in ["zstd", "snappy"]:
            pq.write_table(table, folder / f"{name}_{codec}.parquet", compression=codec)
            names.append(f"{name}_{codec}.parquet")
    return names


def seconds(program: str, folder: pathlib.Path, name: str) -> float:
    return run_child([program, "dedup", folder / name, "-o", "", "--decisions",
                      folder / f"{name}.why", "-q", "--threads", "2"]).cpu


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=60000)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--program", default=str(ROOT / "build/release/tools/copydesk"))
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        names = make(folder, given.documents)
        times: dict[str, list[float]] = {name: [] for name in names}
        for _ in range(given.rounds):
            for name in names:
                times[name].append(seconds(given.program, folder, name))
        decisions = set()
        for name in names:
            text = (folder / f"{name}.why").read_text(encoding="utf-8")
            decisions.add(re.sub(r'row":', 'line":', text.replace(name, "")))
        print("| input | MB | s | beside lines |\n|---|---:|---:|---:|")
        for name in names:
            lines = names[0] if name.startswith("all") else names[3]
            median = statistics.median(times[name])
            size = (folder / name).stat().st_size / 1e6
            print(f"| {name} | {size:.1f} | {median:.2f} | "
                  f"{median / statistics.median(times[lines]):.2f} |")
        print("decisions are equal" if len(decisions) == 1 else "DECISIONS DIFFER")


if __name__ == "__main__":
    main()
