# SPDX-License-Identifier: Apache-2.0
"""copydesk.spark by Spark Connect, with a server that the client starts."""

import json
import os
import pathlib
import subprocess
import sys

import cluster_corpora as corpora
import pytest

JOB = pathlib.Path(__file__).parent / "connect_job.py"


@pytest.mark.skipif(not corpora.PROGRAM, reason="COPYDESK_PROGRAM names no program")
def test_decisions_are_those_of_the_program(tmp_path):
    pytest.importorskip("grpc", reason="what pyspark[connect] needs is not installed")
    import copydesk
    import pyarrow as pa
    import pyarrow.parquet

    rows = corpora.make_rows(500, seed=3, family=100)
    lines, clusters = corpora.run_program("dedup", corpora.in_order(rows), [], tmp_path)
    pairs, _ = corpora.run_program("pairs", corpora.in_order(rows), [], tmp_path)
    table = pa.table({name: [row[name] for row in rows] for name in ("id", "text")})
    pyarrow.parquet.write_table(table, tmp_path / "rows.parquet")
    settings = "spark.ui.enabled=false spark.driver.bindAddress=127.0.0.1 spark.driver.host=127.0.0.1"
    environment = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(pathlib.Path(copydesk.__file__).parents[1]),
        "PYSPARK_SUBMIT_ARGS": " ".join(
            ["--driver-memory 1g", *(f"--conf {one}" for one in settings.split()), "pyspark-shell"]),
    }
    out = tmp_path / "found.json"
    command = [sys.executable, JOB, tmp_path / "rows.parquet", tmp_path / "work", out]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    found = json.loads(out.read_text("utf-8"))
    assert found["session"].startswith("pyspark.sql.connect")
    assert "components-1" in found["stages"]
    assert corpora.decision_lines(found["decisions"]) == corpora.without_places(lines)
    assert corpora.clusters_of_rows(found["clusters"]) == corpora.clusters_of_lines(clusters)
    assert corpora.pair_lines(found["pairs"]) == corpora.without_places(pairs)
    assert found["counts"]["documents"] == len(rows) == found["counts"]["kept"] + len(lines)
    assert len(found["sketches"]) == len(rows)
    assert found["reuse"]  # at least of the text that is the item
