#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The main text of labeled pages by copydesk and by others, in one run.

    bench/html/main_text.py PAGES GOLD [--peers PYTHON] [--program build/release/tools/copydesk]

PAGES is a folder of pages as raw bytes. GOLD is JSON Lines, plain or .zst, with the page's path below
PAGES as id, a set (wcxb or zyte), a kind, the text by hand, url, title, date and author. PYTHON is that
of an environment with trafilatura, resiliparse, readability-lxml and jusText; what is missing there is
named. Measures: of wcxb the mean F1 of bags of words, over all and by kind; of zyte F1 of the mean
precision and recall of 4-grams, as its authors count. Title: equal letters and digits; date: equal day;
author: half of the gold's words, of the pages whose gold has one.

Then the site model: of sites with three pages and more, texts before and after lines that repeat over
the site are cut. Last the speed of copydesk, HTML to text, on one core: the median of five runs.
"""
import argparse
import collections
import datetime
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "measure"))
from measure import run_child  # noqa: E402

KINDS = ["article", "service", "listing", "documentation", "forum", "product", "collection"]
WORD = re.compile(r"\w+")

# Each reads paths from standard input and prints {"path", "text", "title", "date", "author"}.
PEERS = {
    "trafilatura": """
import trafilatura
def extract(raw, url):
    found = trafilatura.bare_extraction(raw, url=url, with_metadata=True, include_comments=False)
    if found is None: return {}
    found = found.as_dict() if hasattr(found, "as_dict") else found
    return {key: found.get(key) for key in ("text", "title", "date", "author")}
""",
    "resiliparse": """
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
def extract(raw, url):
    return {"text": extract_plain_text(bytes_to_str(raw, detect_encoding(raw)), main_content=True)}
""",
    "readability-lxml": """
import lxml.html, readability
def extract(raw, url):
    found = readability.Document(raw.decode("utf-8", "replace"))
    tree = lxml.html.fromstring(found.summary() or "<p/>")
    return {"text": "\\n".join(t for t in tree.itertext() if t.strip()), "title": found.short_title()}
""",
    "jusText": """
import justext
def extract(raw, url):
    found = justext.justext(raw, justext.get_stoplist("English"))
    return {"text": "\\n".join(p.text for p in found if not p.is_boilerplate)}
""",
}
PEER_MAIN = """
import json, sys
for line in sys.stdin:
    page = json.loads(line)
    try: found = extract(open(page["file"], "rb").read(), page["url"])
    except Exception: found = {}
    print(json.dumps({"id": page["id"], **found}), flush=True)
"""


def bag(text):
    return collections.Counter(WORD.findall((text or "").lower()))


def overlap(found, gold):
    """Precision, recall and F1 of two bags."""
    if not found or not gold:
        value = 1.0 if not found and not gold else 0.0
        return value, value, value
    both = sum((found & gold).values())
    precision, recall = both / sum(found.values()), both / sum(gold.values())
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0


def four_grams(text):
    words = WORD.findall(text or "")
    return collections.Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3))) \
        if words else collections.Counter()


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def plain(text):
    return "".join(WORD.findall((text or "").lower()))


def score(name, found, gold):
    by_kind = collections.defaultdict(list)
    precisions, recalls = [], []
    right = collections.Counter()
    asked = collections.Counter()
    for page in gold:
        result = found.get(page["id"], {})
        if page["set"] == "zyte":
            grams, truth = four_grams(result.get("text")), four_grams(page["text"])
            both = sum((grams & truth).values())
            if grams:
                precisions.append(both / sum(grams.values()))
            if truth:
                recalls.append(both / sum(truth.values()))
            continue
        by_kind[page["kind"]].append(overlap(bag(result.get("text")), bag(page["text"]))[2])
        if page.get("title"):
            asked["title"] += 1
            right["title"] += plain(result.get("title")) == plain(page["title"])
        if page.get("date"):
            asked["date"] += 1
            right["date"] += (result.get("date") or "")[:10] == page["date"][:10]
        if page.get("author"):
            words = bag(page["author"])
            asked["author"] += 1
            right["author"] += sum((bag(result.get("author")) & words).values()) * 2 >= sum(
                words.values())
    p, r = mean(precisions), mean(recalls)
    cells = [mean(f for kind in by_kind.values() for f in kind)]
    cells += [mean(by_kind[kind]) for kind in KINDS]
    cells.append(2 * p * r / (p + r) if p + r else 0.0)
    texts = [f"{cell:.3f}" for cell in cells]
    for field in ("title", "date", "author"):
        says = any(result.get(field) for result in found.values())
        texts.append(f"{right[field] / max(1, asked[field]):.3f}" if says else "")
    print(f"| {name} | " + " | ".join(texts) + " |", flush=True)


def read_lines(path):
    if path.suffix == ".zst":
        text = subprocess.run(["zstd", "-dcq", "--long=27", path], capture_output=True, check=True,
                              text=True).stdout
    else:
        text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def run_peer(python, code, gold, pages):
    lines = "".join(json.dumps({"id": page["id"], "file": str(pages / page["id"]),
                                "url": page.get("url")}) + "\n" for page in gold)
    result = subprocess.run([python, "-c", code + PEER_MAIN], input=lines, capture_output=True,
                            text=True, check=False)
    if result.returncode != 0:
        return None, result.stderr.strip().splitlines()[-1]
    return {row["id"]: row for row in map(json.loads, result.stdout.splitlines())}, None


def site_model(program, found, gold, folder):
    """Texts of sites with three pages and more, before and after."""
    def site(page):
        return urllib.parse.urlsplit(page.get("url") or "").hostname or ""
    counts = collections.Counter(site(page) for page in gold)
    chosen = [page for page in gold if site(page) and counts[site(page)] >= 3]
    texts, cut = folder / "sites.jsonl", folder / "cut.jsonl"
    results = {"as read": found}
    with open(texts, "w", encoding="utf-8") as out:
        for page in chosen:
            out.write(json.dumps({"id": page["id"], "site": site(page),
                                  "text": found.get(page["id"], {}).get("text") or ""}) + "\n")
    for rule in ("--min-pages 2", "--min-pages 2 --site-rule repeats", "", "--site-rule repeats"):
        subprocess.run([program, "blocks", texts, "--scope", "site", "--cut", "--removed", "none", "-q",
                        "-o", cut, *rule.split()], check=True)
        results[f"`blocks --scope site --cut {rule}`"] = {row["id"]: row for row in read_lines(cut)}
    print(f"\n{len(chosen)} pages of {len({site(page) for page in chosen})} sites\n")
    print("| | F1 | precision | recall |\n|---|---:|---:|---:|")
    for name, result in results.items():
        rows = [overlap(bag(result.get(page["id"], {}).get("text")), bag(page["text"]))
                for page in chosen]
        print(f"| {name} | {mean(r[2] for r in rows):.3f} | {mean(r[0] for r in rows):.3f} | "
              f"{mean(r[1] for r in rows):.3f} |")


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pages", type=pathlib.Path)
    options.add_argument("gold", type=pathlib.Path)
    options.add_argument("--peers", help="the Python of an environment with the others")
    options.add_argument("--program", default=str(ROOT / "build/release/tools/copydesk"))
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    gold = read_lines(chosen.gold)
    program = str(pathlib.Path(chosen.program).resolve())
    print(f"{len(gold)} pages, {datetime.date.today()}\n")
    print("| | WCXB | " + " | ".join(KINDS) + " | Zyte | title | date | author |")
    print("|---" * (len(KINDS) + 6) + "|")
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        output = folder / "texts.jsonl"
        command = [program, "extract", ".", "-j", "1", "-q", "-o", str(output)]
        seconds = []
        here = os.getcwd()
        os.chdir(chosen.pages)
        for _ in range(chosen.rounds):
            seconds.append(run_child(command).cpu)
        os.chdir(here)
        found = {re.sub(r"^\./", "", row["id"]): row for row in read_lines(output)}
        score("copydesk", found, gold)
        for name, code in PEERS.items():
            if not chosen.peers:
                break
            result, reason = run_peer(chosen.peers, code, gold, chosen.pages)
            if result is None:
                print(f"| {name} | {reason} |")
            else:
                score(name, result, gold)
        site_model(program, found, gold, folder)
    size = sum(path.stat().st_size for path in chosen.pages.rglob("*") if path.is_file())
    median = statistics.median(seconds)
    print(f"\nHTML to text on one core: {size / 1e6:.1f} MB in {median:.2f} s of processor time, "
          f"{size / 1e6 / median:.0f} MB/s")


if __name__ == "__main__":
    main()
