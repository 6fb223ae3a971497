# SPDX-License-Identifier: Apache-2.0
"""Results against known truth, and the sentences of texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Optional, Union

from . import _core
from ._results import Dedup, Pairs, Table
from ._run import Folder, Memory, Progress, Run, fields_of
from ._source import make_source

Measures = dict[str, Union[int, float]]

ROUGE = ("rouge1", "rouge2", "rougeL", "rougeLsum")


class _Numbers:
    """Ids to numbers from 0 on, in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __call__(self, id: Any) -> int:
        return self._numbers.setdefault(str(id), len(self._numbers))


def _pairs(name: str, pairs: Any, number: _Numbers) -> list[tuple[int, int]]:
    if isinstance(pairs, Dedup):
        decisions = pairs.decisions
        return [(number(a), number(b)) for a, b in zip(decisions["id"], decisions["kept_id"])]
    if isinstance(pairs, Pairs):
        return [(number(a), number(b)) for a, b in zip(pairs["a_id"], pairs["b_id"])]
    numbered = []
    for row in pairs:
        if isinstance(row, Mapping):
            ends = next(
                (keys for keys in (("a", "b"), ("a_id", "b_id"), ("id", "kept_id")) if keys[0] in row),
                None,
            )
            if ends is None or ends[1] not in row:
                raise ValueError(f"{name}: a pair has a and b, a_id and b_id, or id and kept_id")
            row = (row[ends[0]], row[ends[1]])
        if isinstance(row, str) or len(row) != 2:
            raise ValueError(f"{name}: {row!r} is no pair of ids")
        numbered.append((number(row[0]), number(row[1])))
    return numbered


def _clusters(name: str, clusters: Any, number: _Numbers) -> dict[int, int]:
    """By the number of each document that is in a cluster, that of the cluster."""
    if isinstance(clusters, Dedup):
        clusters = [[kept, *removed] for kept, removed in clusters.clusters.items()]
    elif isinstance(clusters, Mapping):
        members: dict[Any, list[Any]] = {}
        for id, cluster in clusters.items():
            members.setdefault(cluster, []).append(id)
        clusters = members.values()
    labels: dict[int, int] = {}
    for label, ids in enumerate(clusters):
        if isinstance(ids, str):
            raise ValueError(f"{name}: a cluster is a list of ids, not {ids!r}")
        for id in ids:
            if labels.setdefault(number(id), label) != label:
                raise ValueError(f"{name}: {id!r} is in two clusters")
    return labels


def _texts(name: str, texts: Any) -> list[Any]:
    if isinstance(texts, Table):
        return list(texts["text"])
    if isinstance(texts, str) or not isinstance(texts, Iterable):
        raise TypeError(f"{name}: is no list of texts")
    return list(texts)


def evaluate(
    measure: str,
    truth: Any,
    result: Any,
    *,
    documents: Optional[int] = None,
    measures: Sequence[str] = ROUGE,
    stem: bool = False,
) -> Measures:
    """Measures a result against known truth, as the commands below ``copydesk evaluate`` do.

    `measure`: pairs, clusters or rouge.

    pairs: both sides are lists of two ids or of dicts with a and b (or id and kept_id), or results of
    `pairs` and `dedup`; precision, recall and F1. clusters: both sides are lists of lists of ids, a
    dict from ids to clusters, or a result of `dedup`; adjusted Rand index, B-cubed, F1 of pairs,
    V-measure; `documents` counts those of the corpus, of which some may be in no cluster (default: those
    named). rouge: `truth` has for each text of `result` a reference or a list of them, with a line a
    sentence for rougeLsum; means of precision, recall and F1 by `measures`, with Porter's stems if
    `stem`, as rouge_score gives them.

    Raises ValueError for what cannot be compared.

    >>> import copydesk
    >>> copydesk.evaluate("pairs", [("a", "b"), ("a", "c")], [("b", "a"), ("b", "d")])["recall"]
    0.5
    >>> copydesk.evaluate("rouge", ["the cat ran"], ["the cat sat"])["rouge2_f1"]
    0.5
    """
    number = _Numbers()
    if measure == "pairs":
        found: Measures = _core.pair_measures(
            _pairs("truth", truth, number), _pairs("result", result, number)
        )
        return found
    if measure == "clusters":
        sides = [_clusters("truth", truth, number), _clusters("result", result, number)]
        count = len(number) if documents is None else documents
        if count < len(number):
            raise ValueError(f"documents: {count} are fewer than the {len(number)} that are named")
        scores: Measures = _core.cluster_measures(
            *([labels.get(i, -1) for i in range(count)] for labels in sides)
        )
        return scores
    if measure == "rouge":
        texts = _texts("result", result)
        references = [[row] if isinstance(row, str) else list(row) for row in _texts("truth", truth)]
        if any(not row for row in references):
            raise ValueError("truth: a text has no reference")
        table = Table(_core.rouge(references, texts, list(measures), stem))
        means: Measures = {"summaries": len(texts)}
        for name in table.column_names:
            means[name] = sum(table[name]) / len(texts) if texts else 0.0
        return means
    raise ValueError(f"measure: {measure!r} is none of pairs, clusters, rouge")


def sentences(
    documents: Any,
    *,
    text: Optional[str] = None,
    id: Optional[str] = None,
    language: str = "",
    threads: int = 0,
    memory: Memory = None,
    work_dir: Folder = "",
    progress: Progress = False,
) -> Table:
    """The sentences that `summarize` chooses from, one a row: id, row, begin, end, text.

    Offsets are bytes of UTF-8. `language`: an ISO 639-1 code, for its abbreviations; without one each
    text is looked at.

    Raises ValueError for a language that is none, TypeError for documents in files.

    >>> import copydesk
    >>> copydesk.sentences(["Dr. Smith left at 5 p.m. on Friday. Nobody waved."])["text"]
    ['Dr. Smith left at 5 p.m. on Friday.', 'Nobody waved.']
    """
    fields, chosen = fields_of({"text": text, "id": id})
    source = make_source(documents, fields, chosen)
    run = Run(threads, memory, work_dir, progress)
    return Table(run(_core.sentences, source, language=language))
