# SPDX-License-Identifier: Apache-2.0
"""passim (github.com/dasmiq/passim) with its defaults, each document a series of its own.

    run_passim.py CORPUS PAIRS SCRATCH_FOLDER

Needs Java, and a Python that has passim installed. What its own script `passim --pairwise` does,
without the Spark package that only its clustering needs. Every pair of documents with an aligned
passage is a pair.
"""

import json
import os
import pathlib
import subprocess
import sys

import passim


def main(corpus, pairs, scratch):
    scratch = pathlib.Path(scratch)
    scratch.mkdir(parents=True, exist_ok=True)
    given = scratch / "input.json"
    with open(corpus, encoding="utf-8") as lines, given.open("w", encoding="utf-8") as out:
        for line in lines:
            record = json.loads(line)
            out.write(json.dumps({"id": record["id"], "series": record["id"],
                                  "text": record["text"]}) + "\n")
    program = pathlib.Path(passim.__file__).parent / "seriatim.py"
    spark = pathlib.Path(sys.executable).parent / "spark-submit"
    variables = {**os.environ, "PYSPARK_PYTHON": sys.executable,
                 "PYSPARK_DRIVER_PYTHON": sys.executable}
    variables.pop("SPARK_HOME", None)
    subprocess.run([spark, "--driver-memory", "6g", "--master", "local[2]",
                    "--conf", "spark.ui.enabled=false",
                    "--conf", f"spark.local.dir={scratch}", program, "--all-pairs",
                    "--fields", "xxhash64(series) as gid", "--filterpairs", "gid < gid2",
                    "--pairwise", given, scratch / "output"],
                   env=variables, check=True, stdout=sys.stderr)
    found = set()
    for path in sorted((scratch / "output" / "align.json").glob("part-*")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                found.add((record["id"], record["id2"]))
    with open(pairs, "w", encoding="utf-8") as out:
        for a, b in sorted(found):
            out.write(json.dumps({"a": a, "b": b}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
