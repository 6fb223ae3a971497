#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the commands of README.md and docs/:

    check_blocks.py PROGRAM SOURCE_FOLDER SCRATCH_FOLDER

A fenced block with a line that begins with "copydesk" or "$ copydesk" is a block of commands; its lines run
one after the other, in a folder of its document with small files under the names that are used. Where
commands stand behind "$ ", the other lines are what they print: each must be there, and "..." stands for
anything. What cannot be run has a line <!-- not run: REASON --> before it, and is counted. Links from
one document to another, and to pictures, must lead somewhere.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

# Its blocks are usage lines, written by the command line itself.
GENERATED = "docs/options.md"
BLOCK = re.compile(r"(?:<!-- not run: (?P<reason>[^>]+) -->\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```", re.S | re.M)
COMMAND = re.compile(r"^(?:\$ )?(?:copydesk\S*|\./\S+|zstdcat|cmake|ctest)\b", re.M)
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")


def write_lines(path: pathlib.Path, records: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def prepare(program: str, sample: pathlib.Path, folder: pathlib.Path) -> None:
    """The files that the documents speak of, made of the sample."""
    for path in sample.glob("*.jsonl"):
        shutil.copy(path, folder)
    wire = [json.loads(line) for line in (sample / "wire.jsonl").read_text(encoding="utf-8").splitlines()]
    pages = [json.loads(line) for line in (sample / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
    news = [dict(record, story=f"s{i // 3}") for i, record in enumerate(wire[:60])]
    news[4]["id"] = "4711"
    for name in ("news", "today", "train", "stories", "original"):
        write_lines(folder / f"{name}.jsonl", news)
    for name in ("crawl", "tomorrow"):
        write_lines(folder / f"{name}.jsonl", pages)
    write_lines(folder / "crawl/a.jsonl", [*pages[:3], dict(pages[0], id="again"), *pages[3:8]])
    write_lines(folder / "crawl/b.jsonl", pages[8:])
    for name in ("pages/a", "archive/a", "training/a"):
        write_lines(folder / f"{name}.jsonl", pages if name == "pages/a" else wire[50:80])
    question = wire[0]["text"].split("\n\n")[1]
    write_lines(folder / "benchmark.jsonl", [{"id": "q1", "question": question, "answer": "yes"}])
    write_lines(folder / "evals/gsm8k.jsonl", [{"id": "q1", "text": question}])
    write_lines(folder / "truth.jsonl", [{"a": wire[0]["id"], "b": wire[1]["id"]}])
    for name in ("article.txt", "page.txt", "draft.txt", "printed.txt", "notes/a.txt", "notes/b.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(wire[len(name) % 3 + 5]["text"], encoding="utf-8")
    (folder / "sources").mkdir()
    for name in ("a", "b"):
        (folder / f"sources/{name}.txt").write_text("int main() { return 0; }\n" * 9, encoding="utf-8")
    page = b"<html><head><title>A</title></head><body><p>" + wire[7]["text"].encode() + b"</p></body></html>"
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    (folder / "crawl.warc").write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/a\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(body)
        + body + b"\r\n\r\n")
    for name in ("news.jsonl", "crawl.jsonl"):
        for end in (".gz", ".zst"):
            subprocess.run([program, "dedup", name, "-q", "-t", "1", "-o", name + end], cwd=folder, check=True)
    with open(folder / "crawl.warc", "rb") as plain, __import__("gzip").open(folder / "crawl.warc.gz", "wb") as packed:
        packed.write(plain.read())


def commands_of(block: str) -> list[tuple[str, list[str]]]:
    """Commands with the lines that they are to print."""
    has_output = re.search(r"^\$ ", block, re.M) is not None
    found: list[tuple[str, list[str]]] = []
    lines = block.splitlines()
    while lines:
        line = lines.pop(0)
        if has_output and not line.startswith("$ "):
            if found and line.strip() not in ("", "..."):
                found[-1][1].append(line)
            continue
        command = line.removeprefix("$ ")
        while command.endswith("\\") and lines:
            command = command[:-1] + lines.pop(0).strip()
        if command.strip():
            found.append((command, []))
    return found


def words(text: str) -> str:
    return " ".join(text.split())


def prints(output: str, expected: str) -> bool:
    pattern = ".*".join(re.escape(words(part)) for part in expected.split("..."))
    return re.search(pattern, words(output)) is not None


def main() -> int:
    program, source, scratch = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    shutil.rmtree(scratch, ignore_errors=True)
    (scratch / "bin").mkdir(parents=True)
    os.symlink(program, scratch / "bin/copydesk")
    environment = dict(os.environ, PATH=f"{(scratch / 'bin').absolute()}:{os.environ['PATH']}", LC_ALL="C.UTF-8")
    run = marked = left_out = 0
    faults: list[str] = []
    for document in [source / "README.md", *sorted((source / "docs").rglob("*.md"))]:
        name = str(document.relative_to(source))
        text = document.read_text(encoding="utf-8")
        for link in LINK.finditer(re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)):
            if "://" not in link[1] and not (document.parent / link[1]).exists():
                faults.append(f"{name}: the link to {link[1]} leads nowhere")
        if name == GENERATED:
            continue
        folder = (scratch / name.replace("/", "_")).absolute()
        for block in BLOCK.finditer(text):
            if block["kind"] not in ("", "sh", "console") or not COMMAND.search(block["text"]):
                continue
            where = f"{name}:{text[:block.start()].count(chr(10)) + 1}"
            if block["reason"]:
                marked += 1
                print(f"not run: {where}: {block['reason']}")
                continue
            if not folder.exists():
                folder.mkdir()
                prepare(program, source / "datasets/sample", folder)
            for command, expected in commands_of(block["text"]):
                if ".parquet" in command:
                    print(f"not run: {where}: {command}: whether Parquet is read depends on the build")
                    left_out += 1
                    continue
                run += 1
                if shutil.which("jq") is None:
                    command = command.split("| jq")[0]
                command = command.replace("datasets/sample/", "")
                done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment,
                                      stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
                output = done.stdout + done.stderr
                if done.returncode != 0:
                    faults.append(f"{where}: {command}: ends with {done.returncode}:\n{output[:600]}")
                for line in expected:
                    if not prints(output, line):
                        faults.append(f"{where}: {command}: does not print {line!r} but\n{output[:1500]}")
    print(f"{run} commands run, {left_out} not, {marked} blocks not run")
    for fault in faults:
        print("FAIL", fault, file=sys.stderr)
    if run < 40:
        print("FAIL hardly a command was found", file=sys.stderr)
        return 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
