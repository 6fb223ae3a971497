#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Abstracts beside sentences that a reader marked: bench/summary/marked/KIND.txt, ten texts of each kind, written for this.

Each text has a headline ("# name: title") and a sentence a line, "+" in front of those that an abstract should
hold. As many sentences are asked for as are marked; printed is the F1 of the sentences, macro mean over texts, by
kind and method, with the title given and without it. usage: marked.py [--program build/release/tools/copydesk]
[--methods directed lead ...] [--missed]
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def read_texts():
    texts = []
    for path in sorted((HERE / "marked").glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("\n\n"):
            lines = part.strip("\n").split("\n")
            name, title = lines[0].removeprefix("# ").split(": ", 1)
            sentences = [line.removeprefix("+ ") for line in lines[1:]]
            marked = {i for i, line in enumerate(lines[1:]) if line.startswith("+ ")}
            # Who speaks or writes takes a new line; the others are prose.
            joint = "\n" if path.stem in ("forum", "transcript") else " "
            texts.append({"id": f"{path.stem}/{name}", "kind": path.stem, "title": title, "sentences": sentences,
                          "marked": marked, "text": joint.join(sentences)})
    return texts


def abstracts(program, texts, method, with_title, scratch):
    chosen = {}
    by_count = collections.defaultdict(list)
    for text in texts:
        by_count[len(text["marked"])].append(text)
    for count, group in by_count.items():
        path = pathlib.Path(scratch) / "texts.jsonl"
        fields = ("id", "title", "text") if with_title else ("id", "text")
        # One kind and language at a time would make a corpus of ten; each text is weighed by itself.
        for text in group:
            path.write_text(json.dumps({key: text[key] for key in fields}, ensure_ascii=False) + "\n", encoding="utf-8")
            out = subprocess.run([program, "summarize", path, "-n", str(count), "-q", "--method", method],
                                 capture_output=True, check=True).stdout
            chosen[text["id"]] = json.loads(out)["sentences"]
    return chosen


def f1(text, sentences):
    """Sentences are compared by where they stand, so a splitter's mistake costs as well."""
    places, at, data = [], 0, text["text"].encode()
    for sentence in text["sentences"]:
        at = data.index(sentence.encode(), at)
        places.append((at, at + len(sentence.encode())))
        at = places[-1][1]
    found = {i for s in sentences for i, (begin, end) in enumerate(places) if s["begin"] < end and begin < s["end"]}
    return 2 * len(found & text["marked"]) / (len(found) + len(text["marked"])), found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/release/tools/copydesk")
    parser.add_argument("--methods", nargs="+", default=["directed", "lead", "lexrank", "textrank"])
    parser.add_argument("--missed", action="store_true", help="print what was marked and not chosen")
    arguments = parser.parse_args()
    texts = read_texts()
    kinds = sorted({text["kind"] for text in texts})
    print("| method | title | " + " | ".join(kinds) + " | all |\n|---|---|" + "---|" * (len(kinds) + 1))
    with tempfile.TemporaryDirectory() as scratch:
        for method in arguments.methods:
            for with_title in (True, False):
                chosen = abstracts(arguments.program, texts, method, with_title, scratch)
                scores = collections.defaultdict(list)
                for text in texts:
                    score, found = f1(text, chosen[text["id"]])
                    scores[text["kind"]].append(score)
                    if arguments.missed and method == "directed" and with_title:
                        for i in sorted(found | text["marked"]):
                            sign = "=" if i in found and i in text["marked"] else "+" if i in found else "-"
                            print(sign, text["id"], text["sentences"][i], file=sys.stderr)
                means = [sum(scores[kind]) / len(scores[kind]) for kind in kinds]
                print(f"| {method} | {'yes' if with_title else 'no'} | " +
                      " | ".join(f"{mean:.3f}" for mean in [*means, sum(means) / len(means)]) + " |", flush=True)


if __name__ == "__main__":
    main()
