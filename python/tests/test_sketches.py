# SPDX-License-Identifier: Apache-2.0
"""Sketches as arrays, sentences, and results against known truth."""

import json
import math
import os
import pathlib
import random
import subprocess

import copydesk
import pytest

WORDS = [f"w{i}" for i in range(5000)]


def texts_at(jaccard, random_words):
    """Two texts whose sets of single words have about that similarity."""
    both = random_words.sample(WORDS, 3000)
    shared = round(2000 * jaccard / (1 + jaccard))
    a = both[:1000]
    b = a[:shared] + both[1000 : 2000 - shared]
    return " ".join(a), " ".join(b), shared / (2000 - shared)


def test_minhash_estimates_jaccard():
    generator = random.Random(4)
    for sketch in ("fast", "minhash"):
        for jaccard in (0.2, 0.5, 0.8):
            a, b, true = texts_at(jaccard, generator)
            rows = copydesk.minhash([a, b], shingle_size=1, slots=1024, sketch=sketch)
            estimate = copydesk.similarity(rows[:1], rows[1:])[0]
            assert abs(estimate - true) < 4 * math.sqrt(true * (1 - true) / 1024)


def test_sketches_do_not_depend_on_layout_or_threads():
    pyarrow = pytest.importorskip("pyarrow")
    numpy = pytest.importorskip("numpy")
    texts = [f"{WORDS[i]} stands before " + " ".join(WORDS[i : i + 40]) for i in range(500)] + ["", None]
    expected = numpy.asarray(copydesk.minhash(texts, threads=1))
    assert expected.shape == (502, 128) and expected.dtype == numpy.uint32
    assert (expected[500:] == 0xFFFFFFFF).all()
    table = pyarrow.table({"n": range(502), "body": texts})
    sliced = pyarrow.concat_tables([table.slice(0, 7), table.slice(7)])
    assert (numpy.asarray(copydesk.minhash(sliced, text="body", threads=3)) == expected).all()
    fingerprints = numpy.asarray(copydesk.simhash(texts, threads=1))
    assert fingerprints.shape == (502, 1) and fingerprints.dtype == numpy.uint64
    assert (numpy.asarray(copydesk.simhash(sliced, text="body", threads=3)) == fingerprints).all()
    # The array is the memory itself.
    rows = copydesk.minhash(texts[:3])
    assert numpy.shares_memory(numpy.asarray(rows), numpy.asarray(rows))
    assert list(copydesk.similarity(expected[:2], expected[:1]))[0] == 1.0


def test_simhash_estimates_the_cosine():
    generator = random.Random(8)
    a, b, _ = texts_at(0.5, generator)
    shared = len(set(a.split()) & set(b.split()))
    rows = copydesk.simhash([a, b], bits=128)
    assert abs(copydesk.similarity(rows[:1], rows[1:])[0] - shared / 1000) < 0.45


def test_sketches_refuse_what_cannot_be():
    with pytest.raises(ValueError, match="multiple of 8"):
        copydesk.minhash(["a"], slots=20)
    with pytest.raises(ValueError, match='neither "fast" nor "minhash"'):
        copydesk.minhash(["a"], sketch="slow")
    with pytest.raises(ValueError, match='neither "words" nor "shingles"'):
        copydesk.simhash(["a"], features="letters")
    with pytest.raises(ValueError, match="bits"):
        copydesk.simhash(["a"], bits=96)
    with pytest.raises(TypeError, match="not of files"):
        copydesk.minhash(pathlib.Path("a.jsonl"))
    rows = copydesk.minhash(["a", "b", "c"])
    with pytest.raises(ValueError, match="cannot be compared row by row"):
        copydesk.similarity(rows, rows[:2])
    with pytest.raises(TypeError, match="32 bits"):
        copydesk.similarity(rows, copydesk.simhash(["a", "b", "c"]))


def test_sentences_are_those_of_the_text():
    rows = [{"id": "x", "text": "Il pleut à Évreux. M. Dupont part à 5 h."}, {"id": "y", "text": None}]
    found = copydesk.sentences(rows)
    assert list(found["id"]) == ["x", "x"] and list(found["row"]) == [0, 0]
    text = rows[0]["text"].encode()
    for row in found:
        assert text[row["begin"] : row["end"]].decode() == row["text"]
    with pytest.raises(ValueError):
        copydesk.sentences(["a"], language="not a language")


def test_measures_are_those_of_the_program(tmp_path):
    program = os.environ.get("COPYDESK_PROGRAM")
    if program is None:
        pytest.skip("COPYDESK_PROGRAM names no program")
    truth = [("a", "b"), ("c", "d"), ("e", "f")]
    result = [("b", "a"), ("c", "e")]
    for name, pairs in (("truth", truth), ("result", result)):
        lines = "".join(json.dumps({"a": a, "b": b}) + "\n" for a, b in pairs)
        (tmp_path / f"{name}.jsonl").write_text(lines)
    printed = subprocess.run(
        [program, "evaluate", "pairs", "--truth", tmp_path / "truth.jsonl", "--result",
         tmp_path / "result.jsonl", "--json"],
        capture_output=True, check=True,
    )
    said = json.loads(printed.stdout)
    found = copydesk.evaluate("pairs", truth, result)
    for name in ("precision", "recall", "f1"):
        assert math.isclose(said["pairs"]["all"][name], found[name], abs_tol=1e-6)
    for name in ("true_pairs", "found_pairs", "found_true_pairs"):
        assert said[name] == found[name]

    clusters = copydesk.evaluate("clusters", [["a", "b"], ["c", "d"]], {"a": 1, "b": 1, "c": 2, "d": 3})
    assert clusters["documents"] == 4 and clusters["pairwise_recall"] == 0.5
    assert copydesk.evaluate("clusters", [["a", "b"]], [["b", "a"]], documents=9)["adjusted_rand"] == 1
    copies = copydesk.dedup(["one two three four five six", "one two three four five, six", "other"])
    assert copydesk.evaluate("pairs", [("0", "1")], copies)["f1"] == 1
    assert copydesk.evaluate("clusters", [["0", "1"]], copies)["b_cubed_f1"] == 1


def test_rouge_takes_the_best_reference():
    scores = copydesk.evaluate(
        "rouge", [["the dog ran home", "the cat sat"], "rain"], ["the cat sat", "rain"], measures=["rouge1"]
    )
    assert scores == {"summaries": 2, "rouge1_precision": 1, "rouge1_recall": 1, "rouge1_f1": 1}
    with pytest.raises(ValueError, match="no reference"):
        copydesk.evaluate("rouge", [[]], ["a"])
    with pytest.raises(ValueError, match="rouge11"):
        copydesk.evaluate("rouge", ["a"], ["a"], measures=["rouge11"])
    with pytest.raises(ValueError, match="two clusters"):
        copydesk.evaluate("clusters", [["a", "b"], ["b"]], [])
    with pytest.raises(ValueError, match="none of pairs"):
        copydesk.evaluate("plagdet", [], [])
