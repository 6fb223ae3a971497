#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""copydesk.Index beside MinHashLSH of datasketch, in memory and in Redis, on the same texts.

    pip install datasketch; PYTHONPATH=build/release/python bench/index/datasketch_beside.py m.jsonl q.jsonl

Both: shingles of five words, 128 slots, Jaccard 0.8. Adds the first file, asks for each record of the second,
processor seconds. What datasketch answers are candidates; how many of them are 0.8 alike is counted, and how
many of those that are, by comparing their shingles, it finds. --redis is the program redis-server, which is started on
a socket in a scratch folder, keeps its data in memory and is ended again; its processor seconds are added
to those of the client (pip install redis).
"""

import argparse
import contextlib
import itertools
import json
import os
import pathlib
import re
import subprocess
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


@contextlib.contextmanager
def redis(program):
    """The storage that datasketch is given, and the process of the server."""
    with tempfile.TemporaryDirectory() as folder:
        socket = os.path.join(folder, "redis.sock")
        server = subprocess.Popen([os.path.abspath(program), "--port", "0", "--unixsocket", socket, "--save", ""], cwd=folder,
                                  stdout=subprocess.DEVNULL)
        try:
            while not os.path.exists(socket) and server.poll() is None:
                time.sleep(0.05)
            yield {"type": "redis", "basename": b"bench", "redis": {"unix_socket_path": socket}}, server.pid
        finally:
            server.terminate()
            server.wait()


def processor_seconds(pid=None):
    """Of this process, and of the one with that number."""
    if pid is None:
        return time.process_time()
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def with_datasketch(name, old, new, storage=None, pid=None):
    """What it proposes for each record: a row of `new` and one of `old`."""
    begin = processor_seconds(pid)
    lsh = datasketch.MinHashLSH(threshold=0.8, num_perm=128, storage_config=storage)
    with lsh.insertion_session() as session:
        for number, text in enumerate(old):
            session.insert(number, minhash(text))
    added = processor_seconds(pid)
    candidates = [(row, number) for row, text in enumerate(new) for number in lsh.query(minhash(text))]
    print(f"{name}: added in {added - begin:.1f} s, asked in {processor_seconds(pid) - added:.2f} s")
    return candidates


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("added")
    parser.add_argument("asked")
    parser.add_argument("--add", type=int, default=10_000)
    parser.add_argument("--ask", type=int, default=1_000)
    parser.add_argument("--redis", metavar="PROGRAM")
    arguments = parser.parse_args()
    old, new = texts_of(arguments.added, arguments.add), texts_of(arguments.asked, arguments.ask)

    candidates = with_datasketch("datasketch", old, new)
    if arguments.redis:
        with redis(arguments.redis) as (storage, pid):
            stored = with_datasketch("datasketch in Redis", old, new, storage, pid)
        print(f"in Redis: {len(set(stored) ^ set(candidates))} other candidates than in memory")

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
