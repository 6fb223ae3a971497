#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A whole evening's work on one archive: see README.md beside this file.

    bench/evening/run.py [--megabytes 200] [--pages FOLDER] [--memory 2G] [--threads 2]
                         [--folder FOLDER] [--build build/release] [--keep]
"""
import argparse
import collections
import html
import json
import multiprocessing
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import threading
import time
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHUNK = 400  # documents that are made into members together
FIRST_PLACES = set(range(48, CHUNK - 1, 50))  # in a chunk: the page has the next document, too
SHARED_PLACES = FIRST_PLACES | {place + 1 for place in FIRST_PLACES}
# Pages, repeats and furniture are made here; forms filled in are no copies and would only be in the way.
PLAN = [word for kind in ("page", "repeats", "boilerplate", "template")
        for word in ("--rate", f"{kind}=0")] + ["--quiet"]
WORD = re.compile(r"\w+")
# What is a copy by the rule of dedup: nearly all words are those of the source.
NEAR = {"exact", "headline", "case", "punctuation", "quotes", "white_space", "unicode_form", "words_1",
        "reordered"}
# What is a part of its source, or has it as a part: what reuse is for.
PARTS = {"trimmed_tail", "trimmed_half", "first_paragraphs", "embedded", "update", "family", "words_10",
         "words_20", "ocr_1"}


# ---- the archive

def notice(site: str) -> str:
    """A sentence that stands on all pages of a site, in its articles."""
    draw = random.Random(site)
    words = ["".join(draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") for _ in range(draw.randint(2, 4)))
             for _ in range(24)]
    return " ".join(words).capitalize() + f", {site}, who ask all readers for their support."


def page(stories: list[dict], site: str) -> str:
    menu = "".join(f"<li><a href='/{name}'>{name.title()}</a></li>"
                   for name in ("world", "sport", "weather", "culture", "contact"))
    body = ""
    for story in stories:
        title, _, text = story["text"].partition("\n\n")
        body += f"<h1>{html.escape(title)}</h1>" if len(stories) == 1 else f"<h2>{html.escape(title)}</h2>"
        paragraphs = text.split("\n\n")
        for number, paragraph in enumerate(paragraphs):
            lines = html.escape(paragraph).replace("\n", "<br>")
            body += f"<p>{lines}</p>"
            if number == 0:
                body += f"<p>{html.escape(notice(site))}</p>"
    return (f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{html.escape(stories[0]['title'])}"
            f"</title><style>body {{ margin: 0 }}</style></head><body><nav><ul>{menu}</ul></nav>"
            f"<main><article>{body}</article></main><aside class=related><a href=/1>Read more</a></aside>"
            f"<footer><p>Copyright {site}. All rights reserved.</p></footer></body></html>")


def member(identity: str, url: str, body: bytes) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <{identity}>\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Date: 2026-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return packer.compress(head.encode() + body + b"\r\n\r\n") + packer.flush()


def members(lines: list[bytes]) -> tuple[bytes, int]:
    """Of some documents: members, and how many bytes of pages are in them."""
    out, size = [], 0
    stories = [json.loads(line) for line in lines]
    at = 0
    while at < len(stories):
        first = stories[at]
        together = stories[at:at + 2] if at in FIRST_PLACES else [first]
        body = page(together, first["site"]).encode()
        size += len(body)
        out.append(member("+".join(story["id"] for story in together), first["url"], body))
        at += len(together)
    return b"".join(out), size


class Truth:
    """What was planted, of the documents that are in the archive."""

    def __init__(self, folder: pathlib.Path):
        self.source = {}  # by copy: its source and how it differs
        with open(folder / "pairs.jsonl", encoding="utf-8") as lines:
            for line in lines:
                pair = json.loads(line)
                self.source.setdefault(pair["b"], (pair["a"], pair["kind"]))
        self.related = {}  # the first of all that have to do with one another

        def root(name: str) -> str:
            while name in self.related:
                name = self.related[name]
            return name

        def relate(one: str, other: str) -> None:
            a, b = root(one), root(other)
            if a != b:
                self.related[max(a, b)] = min(a, b)

        with open(folder / "pairs.jsonl", encoding="utf-8") as lines:
            for line in lines:
                pair = json.loads(line)
                relate(pair["a"], pair["b"])
        # Of some families the original would only come after the last document: their number is its own.
        with open(folder / "families.jsonl", encoding="utf-8") as lines:
            for line in lines:
                member_of = json.loads(line)
                relate(member_of["original"] or f"d{member_of['family']:07d}", member_of["id"])
        self.root = root

    @staticmethod
    def shares_page(name: str) -> bool:
        """Whether a document stands on a page with another: see members()."""
        place = (int(name[1:]) - 1) % CHUNK
        return place in SHARED_PLACES


def make(options: argparse.Namespace, folder: pathlib.Path) -> tuple[Truth, dict]:
    generate = options.build / "datasets/generate/copydesk-generate"

    def documents(count: int, truth: list[str]):
        child = subprocess.Popen([generate, "-n", str(count), *PLAN, *truth], stdout=subprocess.PIPE)
        chunk = []
        for line in child.stdout:
            chunk.append(line)
            if len(chunk) == CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk
        if child.wait() != 0:
            raise SystemExit("the generator failed")

    trial = 5 * CHUNK
    packed = sum(len(members(chunk)[0]) for chunk in documents(trial, []))
    real = []
    if options.pages:
        real = [path for path in sorted(options.pages.rglob("*")) if path.is_file()]
    wanted = options.megabytes * 1e6 - 2 * sum(len(member("r", "", path.read_bytes())) for path in real)
    count = max(trial, int(wanted / (packed / trial)))
    archive = folder / "crawl.warc.gz"
    size = 0
    with open(archive, "wb") as out, multiprocessing.Pool(options.threads) as pool:
        # Real pages stand at the beginning, and once more at the end.
        for place, path in enumerate(real):
            body = path.read_bytes()
            size += len(body)
            out.write(member(f"real{place}", f"http://real{place}.example/", body))
        chunks = documents(count, ["--truth-dir", str(folder / "truth")])
        for packed, plain in pool.imap(members, chunks, chunksize=1):
            out.write(packed)
            size += plain
        for place, path in enumerate(real):
            out.write(member(f"again{place}", f"http://again{place}.example/", path.read_bytes()))
    truth = Truth(folder / "truth")
    return truth, {"documents": count, "real": len(real), "plain": size,
                   "packed": archive.stat().st_size}


# ---- the steps

class Measure(threading.Thread):
    """Looks every tenth of a second at what a process holds, in memory and in nameless files of a folder.

    What the kernel says at its end would not do: it counts the Python that started it, too.
    """

    def __init__(self, folder: pathlib.Path, process: int):
        super().__init__(daemon=True)
        self.folder, self.process, self.peak, self.done = folder, process, 0, threading.Event()
        self.memory = 0

    def run(self) -> None:
        while not self.done.wait(0.1):
            held = 0
            try:
                status = pathlib.Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
                if found := re.search(r"VmHWM:\s+(\d+) kB", status):
                    self.memory = max(self.memory, int(found[1]) * 1024)
            except OSError:
                pass
            # Temporary files have no names: they are found among what the process has open.
            try:
                for name in os.listdir(f"/proc/{self.process}/fd"):
                    path = f"/proc/{self.process}/fd/{name}"
                    try:
                        if os.readlink(path).startswith(str(self.folder)):
                            held += os.stat(path).st_blocks * 512
                    except OSError:
                        continue
            except OSError:
                pass
            self.peak = max(self.peak, held)


def step(options: argparse.Namespace, folder: pathlib.Path, name: str, arguments: list[str],
         outputs: list[str]) -> dict:
    command = [options.build / "tools/copydesk", *arguments, "--memory", options.memory, "-j",
               str(options.threads), "-q", "--work-dir", folder / "work"]
    begin = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], cwd=folder)
    measure = Measure(folder / "work", child.pid)
    measure.start()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    measure.done.set()
    measure.join()
    code = os.waitstatus_to_exitcode(status)
    child.returncode = code
    if code not in (0, 3):
        raise SystemExit(f"{name} ended with {code}")
    written = sum((folder / output).stat().st_size for output in outputs)
    return {"name": name, "seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime,
            "peak": measure.memory, "temporary": measure.peak, "written": written, "code": code}


def rows(path: pathlib.Path):
    child = subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE)
    for line in child.stdout:
        yield json.loads(line)
    child.stdout.close()
    child.wait()


def story_ids(identity: str) -> list[str]:
    return identity.split("+")


def share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({100 * part / whole:.2f} %)" if whole else "none"


def judge_extract(folder: pathlib.Path, made: dict) -> str:
    found = sum(1 for _ in rows(folder / "texts.jsonl.zst"))
    return f"{found:,} texts"


def judge_blocks(folder: pathlib.Path, originals: dict[str, str]) -> str:
    notices = left = words = kept = 0
    for before, after in zip(rows(folder / "texts.jsonl.zst"), rows(folder / "cut.jsonl.zst")):
        if not re.match(r"d\d", before["id"]):
            continue
        line = notice(before["site"])
        if line in before["text"]:
            notices += 1
            left += line in after["text"]
        for identity in story_ids(before["id"]):
            if identity in originals:
                truth = collections.Counter(WORD.findall(originals[identity]))
                words += sum(truth.values())
                kept += sum((truth & collections.Counter(WORD.findall(after["text"]))).values())
    return f"notices cut: {share(notices - left, notices)}; words of stories kept: {share(kept, words)}"


def judge_split(folder: pathlib.Path) -> tuple[str, dict]:
    counts = collections.Counter()
    for row in rows(folder / "stories.jsonl.zst"):
        counts[row["id"]] += 1
    pages = collections.Counter()
    right = collections.Counter()
    for identity, count in counts.items():
        if not re.match(r"d\d", identity):
            continue
        stories = len(story_ids(identity))
        pages[stories] += 1
        right[stories] += count == stories
    return (f"pages of two stories: {share(right[2], pages[2])} split so; of one: "
            f"{share(right[1], pages[1])} whole"), counts


def judge_dedup(folder: pathlib.Path, truth: Truth, real: int) -> str:
    removed = {}
    for row in rows(folder / "why.jsonl.zst"):
        removed[row["id"]] = row["kept_id"]
    planted, found = collections.Counter(), collections.Counter()
    for copy, (source, kind) in truth.source.items():
        if truth.shares_page(copy) or truth.shares_page(source):
            continue
        group = "near" if kind in NEAR else "other"
        planted[group] += 1
        found[group] += copy in removed or source in removed
    wrong = 0
    again = 0
    for identity, kept in removed.items():
        if not re.match(r"d\d", identity):
            again += identity.startswith("again") and kept == identity.replace("again", "real")
            continue
        roots = {truth.root(name) for name in story_ids(identity)}
        others = {truth.root(name) for name in story_ids(kept)}
        wrong += not roots & others
    text = (f"copies of nearly all words: {share(found['near'], planted['near'])} gone; removed for a story "
            f"that is no relative: {share(wrong, len(removed))}")
    if real:
        text += f"; real pages that stand twice: {share(again, real)} gone"
    return text


def judge_reuse(folder: pathlib.Path, truth: Truth) -> str:
    kept = {row["id"] for row in rows(folder / "kept.jsonl.zst")}
    single = {name for identity in kept for name in story_ids(identity)}
    family = {}
    wrong = members_in = 0
    for row in rows(folder / "families.jsonl.zst"):
        number = row["family"]
        roots = collections.Counter()
        names = [name for version in row["members"] for name in story_ids(version["id"])]
        for name in names:
            family[name] = number
            if re.match(r"d\d", name):
                roots[truth.root(name)] += 1
        members_in += sum(roots.values())
        wrong += sum(roots.values()) - max(roots.values(), default=0)
    planted = found = 0
    for copy, (source, kind) in truth.source.items():
        if truth.shares_page(copy) or truth.shares_page(source):
            continue
        if kind in PARTS and copy in single and source in single:
            planted += 1
            found += copy in family and family[copy] == family.get(source)
    return (f"parts and rewrites, both kept: {share(found, planted)} in one family; in families without a "
            f"relative: {share(wrong, members_in)}")


def judge_summaries(folder: pathlib.Path) -> str:
    kept = found = sentences = inside = 0
    texts = rows(folder / "kept.jsonl.zst")
    for row, source in zip(rows(folder / "abstracts.jsonl.zst"), texts):
        kept += 1
        found += bool(row["summary"])
        text = source["text"].encode()
        for sentence in row["sentences"]:
            sentences += 1
            inside += text[sentence["begin"]:sentence["end"]].decode() in row["summary"]
    return f"{share(found, kept)} with an abstract; {share(inside, sentences)} of its sentences as they stand"


def size_of(value: float) -> str:
    return f"{value / 1e9:.2f} GB" if value >= 1e9 else f"{value / 1e6:.0f} MB"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--megabytes", type=float, default=200, help="of the archive, compressed")
    options.add_argument("--pages", type=pathlib.Path, help="a folder of real pages")
    options.add_argument("--memory", default="2G")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--folder", type=pathlib.Path, help="where all is written")
    options.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    options.add_argument("--keep", action="store_true", help="leave the files")
    chosen = options.parse_args()
    chosen.build = chosen.build.resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="evening-", dir=chosen.folder)).resolve()
    (folder / "work").mkdir()
    try:
        begin = time.perf_counter()
        truth, made = make(chosen, folder)
        print(f"{made['documents']:,} generated documents and {made['real']} real pages, twice: "
              f"{size_of(made['plain'])} of pages, {size_of(made['packed'])} of WARC.gz, made in "
              f"{time.perf_counter() - begin:.0f} s; --memory {chosen.memory}, {chosen.threads} threads\n")
        # Of one story in a hundred the whole text is looked at.
        originals = {}
        child = subprocess.Popen([chosen.build / "datasets/generate/copydesk-generate", "-n",
                                  str(made["documents"]), *PLAN], stdout=subprocess.PIPE)
        for number, line in enumerate(child.stdout):
            if number % 100 == 0:
                story = json.loads(line)
                originals[story["id"]] = story["text"]
        child.wait()
        print("| step | s | processor s | peak memory | temporary | written | found |")
        print("|---|---:|---:|---:|---:|---:|---|")
        steps = [
            ("extract", ["extract", "crawl.warc.gz", "-o", "texts.jsonl.zst"], ["texts.jsonl.zst"],
             lambda: judge_extract(folder, made)),
            ("blocks --cut", ["blocks", "texts.jsonl.zst", "--cut", "--removed", "none", "-o",
                              "cut.jsonl.zst"], ["cut.jsonl.zst"],
             lambda: judge_blocks(folder, originals)),
            ("split", ["split", "cut.jsonl.zst", "-o", "stories.jsonl.zst"], ["stories.jsonl.zst"],
             lambda: judge_split(folder)[0]),
            ("dedup", ["dedup", "stories.jsonl.zst", "-o", "kept.jsonl.zst", "--decisions",
                       "why.jsonl.zst"], ["kept.jsonl.zst", "why.jsonl.zst"],
             lambda: judge_dedup(folder, truth, made["real"])),
            ("reuse", ["reuse", "kept.jsonl.zst", "-o", "passages.jsonl.zst", "--families",
                       "families.jsonl.zst"], ["passages.jsonl.zst", "families.jsonl.zst"],
             lambda: judge_reuse(folder, truth)),
            ("summarize", ["summarize", "kept.jsonl.zst", "-o", "abstracts.jsonl.zst"],
             ["abstracts.jsonl.zst"], lambda: judge_summaries(folder)),
        ]
        total = 0.0
        for name, arguments, outputs, judge in steps:
            done = step(chosen, folder, name, arguments, outputs)
            total += done["seconds"]
            print(f"| {name} | {done['seconds']:.0f} | {done['cpu']:.0f} | {size_of(done['peak'])} | "
                  f"{size_of(done['temporary'])} | {size_of(done['written'])} | {judge()} |", flush=True)
        print(f"\nAll steps: {total:.0f} s")
    finally:
        if chosen.keep:
            print(f"files are in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
