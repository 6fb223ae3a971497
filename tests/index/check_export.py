#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The database of `index export` holds what the index decided: against the decisions of the runs.

Usage: check_export.py PROGRAM
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""


def families(count):
    chance = random.Random(3)
    texts = []
    for _ in range(count):
        if texts and chance.random() < 0.5:
            words = chance.choice(texts).split()
            words[chance.randrange(len(words))] = "another"
        else:
            words = [f"w{chance.randrange(20000)}" for _ in range(60)]
        texts.append(" ".join(words))
    return texts


class Exporting(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.records = [
            {"id": f"d{i}", "text": text, "wire": f"s{i % 3}", "date": "2026-01-02"}
            for i, text in enumerate(families(300))
        ]
        del self.records[7]["id"]
        self.run_program("index", "create", "x.index", "--with-text", "-q")
        self.decisions = {}
        for part, (begin, end) in enumerate(((0, 100), (100, 300))):
            with open(os.path.join(self.folder.name, f"{part}.jsonl"), "w") as file:
                file.writelines(json.dumps(record) + "\n" for record in self.records[begin:end])
            self.run_program(
                "index", "add", "x.index", f"{part}.jsonl", "--source-field", "wire",
                "--decisions", "why.jsonl", "-q",
            )  # fmt: skip
            with open(os.path.join(self.folder.name, "why.jsonl")) as file:
                for line in file:
                    decision = json.loads(line)
                    self.decisions[decision["file"], decision["line"]] = decision

    def tearDown(self):
        self.folder.cleanup()

    def run_program(self, *words, code=0):
        run = subprocess.run(
            [PROGRAM, *words], cwd=self.folder.name, capture_output=True, text=True, timeout=60
        )
        self.assertEqual(run.returncode, code, run.stderr)
        return run.stderr

    def open(self, name):
        return sqlite3.connect(os.path.join(self.folder.name, name))

    def test_documents_and_decisions(self):
        said = self.run_program("index", "export", "x.index", "--sqlite", "x.db", "--texts")
        self.assertIn(f"300 documents, {len(self.decisions)} decisions", said)
        base = self.open("x.db")
        self.assertEqual(base.execute("PRAGMA integrity_check").fetchone(), ("ok",))
        rows = base.execute(
            "SELECT id, file, line, source, time, tokens, is_kept, text FROM documents ORDER BY number"
        ).fetchall()
        self.assertEqual(len(rows), 300)
        for i, (record, row) in enumerate(zip(self.records, rows)):
            place = ("0.jsonl", i + 1) if i < 100 else ("1.jsonl", i - 99)
            self.assertEqual(row[:4], (record.get("id"), *place, record["wire"]))
            self.assertEqual(row[4:6], (1767312000, 60))
            self.assertEqual(row[6], 0 if place in self.decisions else 1)
            if row[6] == 1:
                self.assertEqual(row[7], record["text"])
        found = base.execute(
            "SELECT d.file, d.line, k.file, k.line, rule, jaccard, containment, contained"
            " FROM decisions JOIN documents d USING (number)"
            " JOIN documents k ON k.number = kept_number"
        ).fetchall()
        self.assertEqual(len(found), len(self.decisions))
        self.assertGreater(len(found), 100)
        for file, line, kept_file, kept_line, rule, *measures in found:
            told = self.decisions[file, line]
            self.assertEqual((kept_file, kept_line), (told["kept_file"], told["kept_line"]))
            self.assertEqual(rule, told["rule"])
            for name, value in zip(("jaccard", "containment", "contained"), measures):
                self.assertAlmostEqual(value, told[name], places=6)
        named = dict(base.execute("SELECT name, value FROM parameters"))
        self.assertEqual((named["threshold"], named["verify"]), ("0.8", "sets"))
        base.close()

    def test_what_was_taken_out_is_not_in_it(self):
        self.run_program("index", "remove", "x.index", "--where", "source=s1", "-q")
        self.run_program("index", "export", "x.index", "--sqlite", "x.db", "-q")
        base = self.open("x.db")
        info = json.loads(
            subprocess.check_output([PROGRAM, "index", "info", "x.index"], cwd=self.folder.name)
        )
        counts = base.execute("SELECT sum(is_kept), sum(1 - is_kept) FROM documents").fetchone()
        self.assertEqual(counts, (info["documents"], info["removed_when_they_came"]))
        self.assertEqual(
            base.execute("SELECT count(*) FROM documents WHERE source = 's1'").fetchone(), (0,)
        )
        names = [row[1] for row in base.execute("PRAGMA table_info(documents)")]
        self.assertNotIn("text", names)
        base.close()

    def test_files(self):
        # In the place of one that was there, and nothing beside it.
        with open(os.path.join(self.folder.name, "x.db"), "w") as file:
            file.write("another file")
        before = set(os.listdir(self.folder.name))
        self.run_program("index", "export", "x.index", "--sqlite", "x.db", "-q")
        self.assertEqual(set(os.listdir(self.folder.name)), before)
        base = self.open("x.db")
        self.assertEqual(base.execute("SELECT count(*) FROM documents").fetchone(), (300,))
        base.close()
        said = self.run_program("index", "export", "x.index", "--sqlite", "none/x.db", code=1)
        self.assertIn("none", said)
        self.run_program("index", "export", "x.index", code=2)
        self.run_program("index", "create", "y.index", "-q")
        said = self.run_program("index", "export", "y.index", "--sqlite", "y.db", "--texts", code=2)
        self.assertIn("keeps no texts", said)
        self.run_program("index", "export", "y.index", "--sqlite", "y.db", "-q")
        self.assertEqual(set(os.listdir(self.folder.name)) - before, {"y.index", "y.db"})


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
