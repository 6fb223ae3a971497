#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What dedup removes from texts that are no articles: source code, signs, DNA, answers of surveys.

    odd_texts.py [--code FOLDER ...] [--megabytes 50] [--drawn 200] [--show 3] [--build FOLDER]

Makes the last three with copies at several rates of change, takes code from the folders, removes
near-duplicates, draws removals at random and prints how alike the removed text and the kept one are,
word by word (sign by sign for signs and DNA), case aside; with --show, the least alike of them.
"""

import argparse
import collections
import difflib
import json
import os
import pathlib
import random
import re
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "measure"))
from measure import ROOT, Failure, program, run_child, table  # noqa: E402

SUFFIXES = (".py", ".h", ".hpp", ".c", ".cpp", ".js", ".pl", ".pm", ".sh", ".rb", ".java", ".ts", ".el")
SIGNS = ["─│┌┐└┘├┤┬┴┼═║╔╗╚╝", ".-", "😀😁😂🤣😃😄😅😆😉😊", "⠁⠂⠃⠄⠅⠆⠇⠈⠉⠊", "#@%+=-:. ", "+-*/=<>()[]{}",
         "▁▂▃▄▅▆▇█", "♔♕♖♗♘♙♚♛", "→←↑↓↔⇒⇐", "∀∃∈∉∧∨¬⊂⊃∪∩", "*_~`|^", ".,;:!?-–—…\"'", "☀☁☂☃☄★☆"]
SENTENCES = """The staff was {a} and {a}.|I would {v} recommend it to {w}.|Waiting took {n} minutes, which is {a}.
{q}|Nothing.|n/a|no comment|The {t} could be better.|yes|no|don't know|Too {a} for {w}.
I have been a customer for {n} years and the {t} has always been {a}.|I would give it {n} of 60.
I do not use the {t}, so I cannot say.|My {w} told me that the {t} is {a}, but I found it {a}.
It took {n} calls until someone from the {t} helped me.|I liked the {t} most, the {t} least."""
WORDS = {"a": "friendly rude slow quick helpful dirty clean great awful clear long short".split(),
         "v": "definitely probably never gladly".split(),
         "w": "friends anyone colleagues neighbors tourists children".split(),
         "t": "website parking menu app reception room breakfast hotline invoice form queue shop".split(),
         "q": ["Very satisfied", "Satisfied", "Dissatisfied", "Strongly agree", "Agree", "Disagree"]}


def make_code(folders, dice):
    paths = sorted(pathlib.Path(folder) / name for top in folders
                   for folder, _, names in os.walk(top) for name in names if name.endswith(SUFFIXES))
    dice.shuffle(paths)
    for path in paths:
        try:
            if not path.is_symlink() and path.stat().st_size < 300_000:
                yield path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            pass


def changed(text, alphabet, rate, dice):
    out = []
    for sign in text:
        draw = dice.random() / rate if rate else 1
        if draw < 0.6 and not sign.isspace():
            out.append(dice.choice(alphabet))
        elif draw < 0.8 and not sign.isspace():
            continue
        else:
            out.append(sign + (dice.choice(alphabet) if draw < 1 else ""))
    return "".join(out)


def make_signs(dice):
    while True:
        signs = dice.choice(SIGNS)
        signs = dice.sample(signs, dice.randint(2, len(signs)))
        rows = ["".join(dice.choice(signs) * dice.choice((1, 1, 2, 5)) for _ in range(dice.randint(5, 40)))
                for _ in range(dice.randint(1, 40))]
        text = dice.choice("\n ").join(rows)
        for rate in (0, *dice.choices((0, .005, .02, .1, .3), k=dice.choice((0, 0, 1, 3)))):
            yield changed(text, signs, rate, dice)


def make_dna(dice):
    while True:
        bases = dice.choice(("ACGT", "acgt", "ACGU", "ACGTN"))
        text = "".join(dice.choices(bases, k=dice.choice((60, 200, 500, 1500, 4000))))
        if dice.random() < 0.2:
            unit = text[:dice.randint(2, 30)]
            text = (unit * len(text))[:len(text)]
        width, gap = dice.choice(((60, "\n"), (80, "\n"), (10, " "), (3, " "), (9999, "")))
        for rate in (0, *dice.choices((0, .001, .01, .03, .1, .3), k=dice.choice((0, 0, 1, 3)))):
            copy = changed(text, bases, rate, dice)
            head = f">seq{dice.randint(1, 10**6)}\n" if dice.random() < 0.3 else ""
            yield head + gap.join(copy[i:i + width] for i in range(0, len(copy), width))


def make_answers(dice):
    sentences = re.split(r"[|\n]", SENTENCES)
    while True:
        text = " ".join(re.sub(r"\{(\w)\}", lambda slot: str(dice.randint(1, 60)) if slot[1] == "n"
                               else dice.choice(WORDS[slot[1]]), dice.choice(sentences))
                        for _ in range(dice.choice((1, 1, 2, 3, 4, 6, 9))))
        if dice.random() < 0.3:
            text = "\n".join(f"Q{i}: {dice.choice(WORDS['q'])}" for i in range(dice.choice((5, 20)))) + "\n" + text
        yield text.lower() if dice.random() < 0.1 else text


def parts_of(text, by_sign):
    return [c for c in text if not c.isspace()] if by_sign else re.findall(r"\w+|[^\w\s]", text)


def likeness(removed, kept, by_sign):
    x, y = (parts_of(text.casefold(), by_sign) for text in (removed, kept))
    if len(x) * len(y) > 3e7:
        return 2 * sum((collections.Counter(x) & collections.Counter(y)).values()) / (len(x) + len(y))
    return difflib.SequenceMatcher(None, x, y, autojunk=False).ratio() if x or y else 1.0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--code", nargs="*", default=[], metavar="FOLDER")
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--drawn", type=int, default=200)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    arguments = parser.parse_args()
    copydesk = program(arguments.build, "tools", "copydesk")
    dice = random.Random(42)
    makers = {"signs": make_signs(dice), "DNA": make_dna(dice), "answers": make_answers(dice)}
    if arguments.code:
        makers = {"code": make_code(arguments.code, dice), **makers}
    rows = []
    for name, maker in makers.items():
        texts, size = [], 0
        for text in maker:
            texts.append(text)
            size += len(text.encode())
            if size > arguments.megabytes * 1e6:
                break
        with tempfile.TemporaryDirectory(prefix="copydesk-odd-") as folder:
            corpus, decisions = (pathlib.Path(folder) / part for part in ("corpus.jsonl", "decisions"))
            corpus.write_text("".join(json.dumps({"id": str(i), "text": text}) + "\n"
                                      for i, text in enumerate(texts)), encoding="utf-8")
            run_child([copydesk, "dedup", corpus, "-q", "-o", "/dev/null", "--decisions", decisions])
            removed = [json.loads(line) for line in decisions.read_text().splitlines()]
        rules = collections.Counter(one["rule"] for one in removed)
        drawn = dice.sample(removed, min(arguments.drawn, len(removed)))
        scored = sorted((likeness(texts[int(one["id"])], texts[int(one["kept_id"])],
                                  name in ("signs", "DNA")), one["id"], one["kept_id"]) for one in drawn)
        rows.append([name, f"{size / 1e6:.0f}", f"{len(texts):,}", f"{rules['identical']:,}",
                     f"{rules['same_words']:,}", f"{rules['near_duplicate']:,}",
                     *(f"{scored[int(q * (len(scored) - 1))][0]:.3f}" for q in (0, 0.05, 0.5))])
        for score, one, kept in scored[:arguments.show]:
            print(f"{name} {score:.3f}\n  {texts[int(one)][:300]!r}\n  {texts[int(kept)][:300]!r}")
    print(table(["texts", "MB", "number", "identical", "same words", "near", "least alike", "5 %", "median"],
                rows))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"odd_texts.py: {failure}")
