#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What --mask does to recall and precision on pages with menus, footers and links to other stories.

Generates a corpus of pages, runs copydesk pairs and reuse on it with and without --mask, and writes a
table of recall and precision over the planted copies of whole stories."""
import argparse
import json
import pathlib
import subprocess
import tempfile


def run(*command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True,
                          text=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    build = pathlib.Path(__file__).resolve().parents[2] / "build" / "release"
    parser.add_argument("--copydesk", default=build / "tools" / "copydesk")
    parser.add_argument("--generate", default=build / "datasets" / "generate" / "copydesk-generate")
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--source", help="your own stories, JSON Lines")
    parser.add_argument("--keep", help="a folder where the corpus and results stay")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(arguments.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        run(arguments.generate, "-n", arguments.documents, "--plan", "pages", "--seed", arguments.seed,
            "--rate", "embedded=0.3", "--rate", "page=0.4", "--rate", "family=0",
            *(["--source", arguments.source] if arguments.source else []),
            "-o", folder / "corpus.jsonl", "--truth-dir", folder)
        wanted = {}
        members = {}
        for line in open(folder / "clusters.jsonl"):
            cluster = json.loads(line)
            for name in cluster["ids"]:
                members[name] = cluster["cluster"]
        for line in open(folder / "pairs.jsonl"):
            pair = json.loads(line)
            if pair["a"] in members and members.get(pair["b"]) == members[pair["a"]]:
                wanted[frozenset((pair["a"], pair["b"]))] = pair["kind"]
        related = {frozenset((p["a"], p["b"])) for p in map(json.loads, open(folder / "pairs.jsonl"))}
        print(f"{arguments.documents} documents, {len(wanted)} planted copies of whole stories")
        print("| command | --mask | pairs found | recall | precision |")
        print("|---|---|---:|---:|---:|")
        for command in (("pairs", "-t", "0.8"), ("pairs", "-t", "0.5"), ("reuse",)):
            for mask in ((), ("--mask", "site"), ("--mask", "page,site")):
                out = folder / "found.jsonl"
                target = ["--pairs", out, "-o", "/dev/null"] if command[0] == "reuse" else ["-o", out]
                run(arguments.copydesk, *command, folder / "corpus.jsonl", *target, *mask, "--quiet")
                found = set()
                for line in open(out):
                    pair = json.loads(line)
                    if pair.get("relation") == "template":
                        continue
                    a, b = ("a", "b") if "a" in pair else ("copy", "source")
                    found.add(frozenset((pair[a], pair[b])))
                # Two copies of one story, and parts of stories that were planted, are right to find.
                right = sum(pair in related or len({members.get(name, name) for name in pair}) == 1
                            for pair in found)
                print(f"| {' '.join(command)} | {mask[1] if mask else 'none'} | {len(found)} | "
                      f"{sum(pair in found for pair in wanted) / len(wanted):.4f} | "
                      f"{right / max(1, len(found)):.4f} |")


if __name__ == "__main__":
    main()
