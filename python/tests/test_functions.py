# SPDX-License-Identifier: Apache-2.0
"""Errors, warnings, progress, interruption, and the forms that results take."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import copydesk
import pytest

WORDS = "harbor lamp bread street fog river stone window ladder copper winter orchard".split()


def many(count: int) -> list:
    """Texts of 60 words each, all different."""
    texts, state = [], 1
    for _ in range(count):
        words = []
        for _ in range(60):
            state = (state * 1103515245 + 12345) % 2**31
            words.append(f"{WORDS[state // 65536 % len(WORDS)]}{state // 7 % 997}")
        texts.append(" ".join(words))
    return texts


def test_options_out_of_range_are_value_errors():
    for options in (
        {"threshold": 0.0},
        {"threshold": 1.5},
        {"recall": 1.0},
        {"keep": "cheapest"},
        {"shingle": "letter"},
        {"mask": "pages"},
        {"memory": 2},
        {"memory": "2"},
        {"memory": "much"},
        {"contained": -0.1},
        {"tokens": "bytes"},
        {"fold": "case"},
    ):
        with pytest.raises(ValueError):
            copydesk.dedup(["a b c"], **options)


def test_missing_columns_name_those_there():
    with pytest.raises(ValueError, match="body, name"):
        copydesk.dedup([{"name": "x", "body": "y"}])
    assert len(copydesk.dedup([{"name": "x", "body": "y"}], text="body").kept) == 1


def test_what_is_no_document():
    for documents in ("a string", b"bytes", 7, [1, 2], ["a", {"text": "b"}]):
        with pytest.raises(TypeError):
            copydesk.dedup(documents)


def test_missing_file_is_an_os_error():
    with pytest.raises(OSError, match="nothing-here"):
        copydesk.dedup(Path("nothing-here.jsonl"))


def test_empty_input():
    result = copydesk.dedup([])
    assert len(result.kept) == 0 and len(result.decisions) == 0
    assert len(copydesk.summarize([])) == 0


def test_lone_surrogates_are_rejected_rows():
    with pytest.warns(UserWarning):
        result = copydesk.dedup(["fine text", "bad \udc80 text"])
    assert result.kept.rows == [0]
    assert result.rejected["place"] == ["1"]


def test_progress_is_called():
    seen = []
    copydesk.dedup(many(3000), progress=lambda *report: seen.append(report))
    assert all(len(report) == 4 for report in seen)


def test_exceptions_of_progress_stop_the_run():
    def stop(*_):
        raise RuntimeError("enough")

    texts = many(40_000)
    with pytest.raises(RuntimeError, match="enough"):
        copydesk.dedup(texts, progress=stop)


def test_interrupt_stops_a_run():
    texts = many(60_000)
    threading.Timer(0.15, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        for _ in range(100):
            copydesk.dedup(texts, threads=1)


def test_several_threads_at_once():
    texts = many(500) * 2
    expected = copydesk.dedup(texts).kept.rows
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(copydesk.dedup(texts).kept.rows))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_results_print():
    found = copydesk.pairs(["<b>a b c d e f g</b>"] * 30)
    assert "jaccard" in repr(found) and "435 rows" in repr(found)
    assert "<table>" in found._repr_html_() and "<b>" not in found._repr_html_()
    assert "30 rows" not in found._repr_html_()
    assert "removed" in repr(copydesk.dedup(["a b c", "a b c"]))


def test_rows_and_columns():
    found = copydesk.pairs(["a b c d e f g"] * 3)
    assert found[0] == next(iter(found))
    assert found[-1]["b_row"] == 2
    assert [row["b_row"] for row in found[:2]] == [1, 2]
    assert found["jaccard"] == [1.0] * 3
    with pytest.raises(KeyError):
        found["no such column"]
    with pytest.raises(IndexError):
        found[3]


def test_clusters_and_report():
    result = copydesk.dedup(["a b c d e f"] * 3 + ["x y z"])
    assert result.clusters == {"0": ["1", "2"]}
    assert result.report["kept"] == 2 and result.report["removed"] == 2


def test_spans_are_bytes():
    text = "Größe zählt. " + "Der Fluss ist über die Ufer getreten und steht in der Straße. " * 3
    found = copydesk.summarize([text], sentences=1)
    sentence = found.sentences[0]
    assert text.encode()[sentence["begin"] : sentence["end"]].decode() in text


def test_import_is_light():
    code = (
        "import sys, copydesk; "
        "sys.exit(any(m in sys.modules for m in ('pyarrow', 'pandas', 'numpy', 'polars')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_against_removes_what_is_old():
    old = many(3)
    new = [old[1], old[0] + " and one more", "nothing of the kind", "nothing of the kind"]
    result = copydesk.dedup(new, against=old)
    assert result.kept.rows == [2]
    assert result.decisions["rule"] == ["identical", "near_duplicate", "identical"]
    assert result.decisions["kept_is_old"] == [1, 1, 0]
    assert result.decisions["kept_row"] == [1, 0, 2]
    found = copydesk.pairs(new, against=old + old)
    assert {(row["a_is_old"], row["a_row"], row["b_row"]) for row in found} == {
        (1, 1, 0), (1, 4, 0), (1, 0, 1), (1, 3, 1), (0, 2, 3)
    }


def test_against_in_files(tmp_path: Path):
    old = tmp_path / "old.txt"
    old.write_text("The ferry left the harbor at dawn with forty passengers on board.")
    new = tmp_path / "new.txt"
    new.write_text("The ferry left the harbor at dawn, with forty passengers on board!")
    result = copydesk.dedup(new, against=old)
    assert len(result.kept) == 0
    assert result.decisions["rule"] == ["same_words"]
    with pytest.raises(ValueError, match="both be in memory"):
        copydesk.dedup(["a"], against=old)


def test_rejected_rows_of_against():
    with pytest.warns(UserWarning, match="against:1"):
        copydesk.dedup(["a b"], against=["c d", "\ud800"])


def test_code_and_folding():
    code = ["return a + b;", "return a - b;"]
    assert len(copydesk.dedup(code).kept) == 1
    assert len(copydesk.dedup(code, tokens="code").kept) == 2
    rows = [{"text": text, "kind": kind} for text in code for kind in ("code", "words")]
    assert copydesk.dedup(rows, tokens_column="kind").kept.rows == [0, 1, 2]
    words = ["el a\u00f1o nuevo", "el ano nuevo"]
    assert len(copydesk.dedup(words).kept) == 1
    assert len(copydesk.dedup(words, fold=()).kept) == 2
    chinese = ["\u6f22\u8a9e\u6559\u5b78", "\u6c49\u8bed\u6559\u5b66"]
    assert len(copydesk.dedup(chinese).kept) == 2
    assert len(copydesk.dedup(chinese, fold="accents,chinese").kept) == 1
