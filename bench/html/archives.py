#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Archives to decisions beside their decompression alone.

    bench/html/archives.py PAGES [--megabytes 200] [--rounds 5] [--program build/release/tools/copydesk]

Makes a WARC.gz of the pages of a folder, each as a response of its own, and a WET.gz of their texts,
each member compressed by itself (zlib, level 6), until so many megabytes of records are in it; numbers
among the words of a page that is there once more make it another one, so that nearly nothing is a copy. Then `copydesk dedup` to decisions on two threads and `igzip
-dc` (ISA-L, one thread; Debian: isal), by turns. Shares are ISA-L's time by that of copydesk: of wall
clock, and of processor time as if that of copydesk were spread evenly over the two threads, which a busy
machine disturbs less.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "measure"))
from measure import run_child  # noqa: E402


def member(head: str, body: bytes) -> tuple[bytes, int]:
    record = f"WARC/1.0\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(record) + packer.flush(), len(record)


def other(body: bytes, number: int, texts: bytes) -> bytes:
    """Another document of the same size and kind: a number behind every third word."""
    if number == 0:
        return body
    mark = rb"\1 %d " % (number * 7919 % 9973)
    return re.sub(texts, lambda text: re.sub(rb"((?:\w+\W+){2}\w+) ", mark, text[0]), body)


def make(path: pathlib.Path, kind: str, bodies: list[bytes], most: int) -> tuple[int, int]:
    plain = number = rounds = 0
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    with open(path, "wb") as out:
        while plain < most:
            for body in bodies:
                number += 1
                head = (f"WARC-Type: {kind}\r\nWARC-Record-ID: <urn:n:{number}>\r\n"
                        f"WARC-Target-URI: http://site{number % 97}.example/{number}\r\n")
                if kind == "response":
                    head += "Content-Type: application/http; msgtype=response\r\n"
                    body = http + other(body, rounds, b">[^<]+")
                else:
                    head += "Content-Type: text/plain\r\n"
                    body = other(body, rounds, b".+")
                packed, size = member(head, body)
                out.write(packed)
                plain += size
                if plain >= most:
                    break
            rounds += 1
    return plain, number


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pages", type=pathlib.Path)
    options.add_argument("--megabytes", type=int, default=200)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--program", default=str(ROOT / "build/release/tools/copydesk"))
    chosen = options.parse_args()
    pages = [path.read_bytes() for path in sorted(chosen.pages.rglob("*")) if path.is_file()]
    extracted = subprocess.run([chosen.program, "extract", chosen.pages, "-q", "-o", "-"],
                               capture_output=True, check=True).stdout
    texts = [json.loads(line)["text"].encode() for line in extracted.splitlines()]
    print("| | MB | packed | documents | copydesk s (cpu) | ISA-L s (cpu) | share, wall | share, cpu |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for name, kind, bodies in (("crawl.warc.gz", "response", pages),
                                   ("crawl.warc.wet.gz", "conversion", texts)):
            path = folder / name
            plain, documents = make(path, kind, bodies, chosen.megabytes * 1_000_000)
            ours, theirs = [], []
            for _ in range(chosen.rounds):
                ours.append(run_child([chosen.program, "dedup", path, "-j", "2", "-q", "-o", "/dev/null", "--decisions",
                                       folder / "why.jsonl", "--work-dir", folder]))
                theirs.append(run_child(["sh", "-c", f"igzip -dc {path} > /dev/null"]))
            wall = statistics.median(t.wall / o.wall for o, t in zip(ours, theirs))
            cpu = statistics.median(t.cpu / (o.cpu / 2) for o, t in zip(ours, theirs))
            median = [statistics.median(values) for values in (
                [o.wall for o in ours], [o.cpu for o in ours],
                [t.wall for t in theirs], [t.cpu for t in theirs])]
            print(f"| {name} | {plain / 1e6:.0f} | {path.stat().st_size / 1e6:.0f} | {documents:,} | "
                  f"{median[0]:.2f} ({median[1]:.2f}) | {median[2]:.2f} ({median[3]:.2f}) | "
                  f"{wall:.2f} | {cpu:.2f} |", flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
