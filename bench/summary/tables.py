#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tables of docs/summaries.md, section 6: ROUGE of each ranking on articles and on families of texts.

usage: tables.py ARTICLES [FAMILIES] [--program build/release/tools/copydesk] [--peers PYTHON]
ARTICLES: JSON Lines {id, title, text, highlights}. FAMILIES: {topic, language, documents, summaries}.
--peers: an interpreter that has sumy, lexrank and summa; their abstracts of three sentences are scored, too.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
METHODS = ["directed", "pacsum", "lead", "submodular", "lexrank", "lexrank-continuous", "bm25", "textrank", "centroid",
           "sumbasic"]


class Tables:
    def __init__(self, program, folder):
        self.program, self.folder = str(program), folder

    def run(self, *command):
        return subprocess.run([self.program, *map(str, command)], check=True, capture_output=True, text=True).stdout

    def write(self, name, records):
        path = self.folder / name
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
        return path

    def score(self, truth, result, *more):
        report = json.loads(self.run("evaluate", "rouge", "--truth", truth, "--result", result, "--bootstrap", 0,
                                     "--json", *more))
        return {name: 100 * part["f1"] for name, part in report["scores"].items()}

    def articles(self, path, peers):
        records = [{**json.loads(line), "id": str(i)} for i, line in enumerate(open(path, encoding="utf-8"))]
        path = self.write("numbered.jsonl", records)
        texts = self.write("articles.jsonl", [{key: r[key] for key in ("id", "title", "text")} for r in records])
        truth = self.write("truth.jsonl", [{"id": r["id"], "summary": "\n".join(r["highlights"])} for r in records])
        out = self.folder / "abstracts.jsonl"

        def row(name, budget, *more):
            self.run("summarize", texts, "-q", "--join", "newline", "-o", out, *budget, *more)
            scores = self.score(truth, out, "--stem", "--measures", "rouge1", "rouge2", "rougeLsum")
            return [f"{scores[m]:.2f}" for m in ("rouge1", "rouge2", "rougeLsum")]
        print(f"{len(records)} articles\n\n| 3 sentences | R-1 | R-2 | R-Lsum |\n|---|---|---|---|")
        three = ("-n", 3)
        print("| directed (default) | " + " | ".join(row("", three)) + " |")
        print("| the same, `--dangling keep` | " + " | ".join(row("", three, "--dangling", "keep")) + " |")
        print("| the same, `--stem en` | " + " | ".join(row("", three, "--stem", "en")) + " |")
        for method in METHODS[1:]:
            more = ("--method", method, "--dangling", "keep")
            print(f"| {method} | " + " | ".join(row(method, three, *more)) + " |", flush=True)
        for peer in ("sumy LexRank", "sumy TextRank", "lexrank", "summa") if peers else ():
            subprocess.run([peers, HERE / "run_peer.py", peer, path, out], check=True, capture_output=True)
            scores = self.score(truth, out, "--stem", "--measures", "rouge1", "rouge2", "rougeLsum")
            print(f"| {peer} (as installed) | " +
                  " | ".join(f"{scores[m]:.2f}" for m in ("rouge1", "rouge2", "rougeLsum")) + " |", flush=True)
        chosen = ["directed", "pacsum", "lead", "lexrank", "textrank", "bm25"]
        print("\n| R-1/R-2 | " + " | ".join(chosen) + " |\n|---|" + "---|" * len(chosen))
        for words in (50, 75, 100):
            cells = []
            for method in chosen:
                scores = row(method, ("-w", words), *(() if method == "directed" else
                                                      ("--method", method, "--dangling", "keep")))
                cells.append("/".join(scores[:2]))
            print(f"| {words} words | " + " | ".join(cells) + " |", flush=True)

    def in_turn(self, members, path):
        """The first sentence of each text of a family, then the second of each, up to 250 words."""
        sentences = collections.defaultdict(list)
        texts = {m["id"]: (m["family"], m["text"].encode()) for m in members}
        for line in self.run("summarize", path, "-q", "-w", 250, "--method", "lead", "--dangling", "keep", "--as", "article",
                             "--output-format", "jsonl").splitlines():
            record = json.loads(line)
            family, text = texts[record["id"]]
            sentences[family].append([" ".join(text[s["begin"]:s["end"]].decode().split()) for s in record["sentences"]])
        found = {}
        for family, its in sentences.items():
            chosen, words = [], 0
            for turn in range(max(map(len, its))):
                for text in its:
                    if turn < len(text) and words + len(text[turn].split()) <= 250:
                        chosen.append(text[turn])
                        words += len(text[turn].split())
            found[family] = " ".join(chosen)
        return found

    def families(self, path):
        records = [json.loads(line) for line in open(path, encoding="utf-8")]
        members, joint, truth, language = [], [], [], {}
        for r in records:
            name = f"{r['language']}-{r['topic']}"
            language[name] = r["language"]
            texts = [d["text"] if isinstance(d, dict) else d for d in r["documents"]]
            members += [{"id": f"{name}/{i}", "family": name, "text": text} for i, text in enumerate(texts)]
            joint.append({"id": name, "text": "\n\n".join(texts)})
            for k, summary in enumerate(r["summaries"]):
                truth.append((name, k, summary["text"] if isinstance(summary, dict) else summary))
        family, one = self.write("members.jsonl", members), self.write("joint.jsonl", joint)
        first = self.write("first.jsonl", [{"id": r["id"], "text": r["text"]} for r in joint])
        ways = [("family", family, ("--family", "family")), ("first sentences of all texts in turn", None, ())]
        ways += [("directed", one, ())]
        ways += [(m, one, ("--method", m, "--dangling", "keep")) for m in ("submodular", "centroid", "lexrank")]
        ways += [("lead of the first text", first, ("--method", "lead", "--dangling", "keep"))]
        names = sorted(set(language.values()))
        print("\n| R-1/R-2 | all | " + " | ".join(names) + " |\n|---|---|" + "---|" * len(names))
        for name, path, more in ways:
            found = self.in_turn(members, family) if path is None else {}
            for line in () if path is None else self.run("summarize", path, "-q", "-w", 250, "--as", "article", "--output-format", "jsonl",
                                 *more).splitlines():
                record = json.loads(line)
                found[record.get("family", record.get("id"))] = record["summary"]
            sums = collections.defaultdict(lambda: [0.0, 0.0, 0])
            for k in sorted({k for _, k, _ in truth}):
                chosen = [(name, text) for name, which, text in truth if which == k]
                for place in names:
                    its = [(name, text) for name, text in chosen if language[name] == place]
                    if not its:
                        continue
                    scores = self.score(self.write("t.jsonl", [{"id": n, "summary": t} for n, t in its]),
                                        self.write("r.jsonl", [{"id": n, "summary": found[n]} for n, _ in its]),
                                        "--tokens", "unicode", "--measures", "rouge1", "rouge2")
                    for key in (place, "all"):
                        sums[key][0] += scores["rouge1"] * len(its)
                        sums[key][1] += scores["rouge2"] * len(its)
                        sums[key][2] += len(its)
            cells = [f"{sums[key][0] / sums[key][2]:.1f}/{sums[key][1] / sums[key][2]:.1f}" for key in ("all", *names)]
            print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("families", nargs="?")
    parser.add_argument("--program", default=HERE.parents[1] / "build/release/tools/copydesk")
    parser.add_argument("--peers")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tables = Tables(arguments.program, pathlib.Path(folder))
        tables.articles(arguments.articles, arguments.peers)
        if arguments.families:
            tables.families(arguments.families)


if __name__ == "__main__":
    main()
