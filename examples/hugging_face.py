#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A Hugging Face data set without its near-duplicates.

    hugging_face.py datasets/sample/wire.jsonl

The data set's Arrow table is read where it lies; what stays is a selection of its rows.
"""

import sys

import copydesk
import datasets


def without_copies(dataset: "datasets.Dataset", text: str = "text", **options) -> "datasets.Dataset":
    """The rows of the data set that stay, with all columns. `options` are those of copydesk.dedup."""
    return copydesk.dedup(dataset, text=text, **options).kept.select()


if __name__ == "__main__":
    rows = datasets.Dataset.from_json(sys.argv[1])
    kept = without_copies(rows, id="id")
    print(f"{len(rows)} rows, {len(kept)} stay")
    print(kept[0])
