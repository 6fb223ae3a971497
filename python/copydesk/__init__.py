# SPDX-License-Identifier: Apache-2.0
"""Deduplicate scraped text corpora and write abstracts of articles.

Every function takes a table (anything with ``__arrow_c_stream__`` or ``__arrow_c_array__``: pyarrow,
polars, DuckDB, pandas 2 and later, Hugging Face datasets), a list of strings, a list of dicts, or
files (a path or a pattern such as ``"crawl/*.jsonl.zst"``, or a list of ``Path``). Texts are read
where they are, nothing is copied; the GIL is released; Ctrl-C stops a run. Results are tables
themselves.

>>> import copydesk
>>> texts = ["The ferry left the harbor at dawn with forty passengers on board, and nobody waved.",
...          "Bread is baked before five in the morning, when the street is still asleep.",
...          "The ferry left the harbor at dawn with forty passengers on board - and nobody waved!"]
>>> result = copydesk.dedup(texts)
>>> list(result.kept)[1]
'Bread is baked before five in the morning, when the street is still asleep.'
>>> [(row["id"], row["kept_id"]) for row in result.decisions]
[('2', '0')]
"""

from ._core import version as __version__
from ._corpora import compare, decontaminate, dedup, filter, pairs, reuse
from ._measures import evaluate, sentences
from ._pages import blocks, extract, split, summarize
from ._results import (
    Blocks,
    Comparison,
    Dedup,
    Documents,
    Filtered,
    Kept,
    Leaks,
    Pairs,
    RejectedRecords,
    Reuse,
    Stories,
    Summaries,
    Table,
)
from ._sketches import minhash, similarity, simhash

__all__ = [
    "Blocks",
    "Comparison",
    "Dedup",
    "Documents",
    "Filtered",
    "Kept",
    "Leaks",
    "Pairs",
    "RejectedRecords",
    "Reuse",
    "Stories",
    "Summaries",
    "Table",
    "__version__",
    "blocks",
    "compare",
    "decontaminate",
    "dedup",
    "evaluate",
    "extract",
    "filter",
    "minhash",
    "pairs",
    "reuse",
    "sentences",
    "similarity",
    "simhash",
    "split",
    "summarize",
]
