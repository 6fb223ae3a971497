#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The stages of copydesk.spark without Spark, one after the other in this process: microseconds of processor
time for each document, and how many of them are spent in native functions. Takes JSON Lines with id and text.

  PYTHONPATH=build/release/python build/venv-spark/bin/python bench/spark/stages.py DOCUMENTS.jsonl
"""

import json
import pathlib
import sys
import time

import pyarrow as pa
import pyarrow.compute as pc

from copydesk import _cluster as stages
from copydesk import _cluster_decide as last
from copydesk.spark._partitions import targets_of

BATCH = 2048  # as copydesk.spark has it
TASKS = 2


def main():
    rows = [json.loads(line) for line in pathlib.Path(sys.argv[1]).open(encoding="utf-8")]
    table = pa.table({
        "hash": pa.array(range(len(rows)), pa.int64()),
        "id": [row["id"] for row in rows],
        "text": [row["text"] for row in rows],
    })
    rules = stages.Rules()
    total = 0.0

    def report(name, function, *arguments, **options):
        nonlocal total
        begin = time.process_time()
        batches = list(function(*arguments, **options))
        spent = (time.process_time() - begin) / len(rows) * 1e6
        total += spent
        columns = [batch.column("native_ns") for batch in batches if "native_ns" in batch.schema.names]
        native = sum(pc.sum(column).as_py() or 0 for column in columns) / len(rows) / 1000
        print(f"{name:10} {spent:6.1f} us a document" + (f", native {native:.1f}" if columns else ""))
        return batches

    def sent(batches, names):
        return (batch.select(names) for batch in batches)

    blocks = report("sketch", stages.sketch_blocks, iter(table.to_batches(BATCH)), 0, rules)
    keys = sent(blocks, ["block", "keys"])
    entries = report("entries", stages.key_entries, keys, rules.sketcher().bands, targets_of(TASKS))
    edges = report("join", stages.join_entries, iter(entries))
    labels = report("labels", stages.component_labels, iter(edges))
    labels_of = {block: packed for batch in labels for block, packed in
                 zip(batch.column("block").to_pylist(), batch.column("labels").to_pylist())}
    labeled = [
        pa.RecordBatch.from_arrays(
            [block.column("hashes"), pa.array([labels_of[number]], pa.binary())], ["hashes", "labels"])
        for block in blocks if (number := block.column("block")[0].as_py()) in labels_of
    ]
    hashes = report("hashes", stages.labeled_rows, iter(labeled))
    chosen = pa.concat_arrays([batch.column("hash") for batch in hashes])
    candidates = table.filter(pc.is_in(table.column("hash"), chosen)).drop_columns(["hash"])
    report("decisions", last.decide, iter(candidates.to_batches(BATCH)), rules)
    print(f"{'all':10} {total:6.1f}; {len(candidates)} of {len(rows)} documents are candidates")


if __name__ == "__main__":
    main()
