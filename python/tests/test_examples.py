# SPDX-License-Identifier: Apache-2.0
"""The programs of examples/ on the sample, where the packages they show are installed."""

import doctest
import json
import runpy
import subprocess
import sys
from pathlib import Path

import copydesk
import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "datasets" / "sample" / "wire.jsonl"


def kept_of_sample() -> int:
    return len(copydesk.dedup(SAMPLE).kept)


def test_hugging_face():
    # The project has a folder of that name, which Python takes for a package.
    datasets = pytest.importorskip("datasets.arrow_dataset")
    without_copies = runpy.run_path(str(ROOT / "examples" / "hugging_face.py"))["without_copies"]
    rows = datasets.Dataset.from_list([json.loads(line) for line in SAMPLE.open(encoding="utf-8")])
    assert len(without_copies(rows, id="id")) == kept_of_sample()
    # What was put into another order is read in that order.
    turned = rows.select(range(len(rows) - 1, -1, -1))
    assert without_copies(turned, id="id", keep="longest")[0]["id"] == rows[len(rows) - 1]["id"]


def test_datatrove_block(tmp_path):
    pytest.importorskip("datatrove")
    pytest.importorskip("orjson")
    program = [sys.executable, ROOT / "examples" / "datatrove_block.py", SAMPLE, tmp_path / "out"]
    subprocess.run(program, check=True, capture_output=True)
    written = [line for path in (tmp_path / "out").glob("*.jsonl") for line in path.open()]
    assert len(written) == kept_of_sample()


def test_notebook(monkeypatch):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    monkeypatch.setenv("CORPUS", str(SAMPLE))
    notebook = json.loads((ROOT / "examples" / "similarity.ipynb").read_text(encoding="utf-8"))
    names = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "similarity.ipynb", "exec"), names)
    from matplotlib import pyplot

    assert len(pyplot.get_fignums()) == 3
    pyplot.close("all")
    assert len(names["largest"]) == 12
    off = [abs(a - b) for a, b in zip(names["jaccard"], names["estimates"])]
    assert sum(off) / len(off) < 0.04


def test_what_the_documentation_shows():
    result = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert result.attempted > 10 and result.failed == 0
