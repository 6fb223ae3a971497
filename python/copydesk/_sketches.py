# SPDX-License-Identifier: Apache-2.0
"""The sketches behind dedup, as arrays, and what similarity they stand for."""

from __future__ import annotations

from typing import Any, Optional

from . import _core
from ._run import Names, Run, fields_of, folds_of
from ._source import make_source


def _sources(documents: Any, text: Optional[str], threads: int) -> tuple[_core.Run, _core.Source]:
    fields, chosen = fields_of({"text": text})
    return Run(threads, None, "", False).arguments, make_source(documents, fields, chosen)


def minhash(
    documents: Any,
    *,
    text: Optional[str] = None,
    shingle: str = "word",
    shingle_size: int = 5,
    tokens: str = "words",
    fold: Names = ("accents",),
    sketch: str = "fast",
    slots: int = 128,
    seed: int = 0,
    threads: int = 0,
) -> memoryview:
    """A sketch of each document's set of shingles: shape (documents, slots), 32 bits each.

    The share of equal slots of two rows estimates the Jaccard similarity of their sets; see
    `similarity`. `sketch`: fast (Fast Similarity Sketching, Dahlgaard et al. 2017) or minhash (Broder
    1997). `slots`: a multiple of 8 from 16 to 1024. The rows are those that `dedup` uses; a row of an
    empty text, or of none, is all ones. ``numpy.asarray`` of the result copies nothing.

    Raises ValueError for options out of range, TypeError for documents in files.

    >>> import copydesk
    >>> rows = copydesk.minhash(["one two three four five six", "One, two: three four five; six!"])
    >>> rows.shape, rows[0, 0] == rows[1, 0]
    ((2, 128), True)
    """
    found: memoryview = _core.minhash(
        *_sources(documents, text, threads),
        shingle=shingle,
        shingle_size=shingle_size,
        tokens=tokens,
        fold=folds_of(fold),
        sketch=sketch,
        slots=slots,
        seed=seed,
    )
    return found


def simhash(
    documents: Any,
    *,
    text: Optional[str] = None,
    bits: int = 64,
    features: str = "words",
    shingle: str = "word",
    shingle_size: int = 5,
    tokens: str = "words",
    fold: Names = ("accents",),
    threads: int = 0,
) -> memoryview:
    """A SimHash fingerprint of each document: shape (documents, bits / 64), 64 bits each.

    `bits`: 64 or 128. `features`: words, or the shingles that `shingle` and `shingle_size` make. The
    fingerprints are those of ``dedup --method simhash`` with plain weights; an empty text has 0.
    Equal bits estimate the cosine between two texts as bags of features (Charikar 2002): see
    `similarity`.

    Raises ValueError for options out of range, TypeError for documents in files.

    >>> import copydesk
    >>> rows = copydesk.simhash(["the ferry left at dawn", "The ferry left at dawn."], bits=128)
    >>> rows.shape, rows[0, 1] == rows[1, 1]
    ((2, 2), True)
    """
    found: memoryview = _core.simhash(
        *_sources(documents, text, threads),
        shingle=shingle,
        shingle_size=shingle_size,
        tokens=tokens,
        fold=folds_of(fold),
        features=features,
        bits=bits,
    )
    return found


def similarity(a: Any, b: Any) -> memoryview:
    """What the rows of two arrays of sketches say of their documents, row by row.

    `a`, `b`: results of `minhash` or of `simhash`, or arrays of NumPy with the same shape and type; `b`
    may be of one row, which is compared with all of `a`. Of MinHash sketches it is the estimated
    Jaccard similarity in [0, 1], with a standard deviation of at most ``0.5 / sqrt(slots)``; of
    SimHash fingerprints the estimated cosine in [-1, 1].

    Raises ValueError for shapes that do not go together, TypeError for arrays of another type.

    >>> import copydesk
    >>> rows = copydesk.minhash(["one two three four five six", "six five four three two one"])
    >>> list(copydesk.similarity(rows, rows))
    [1.0, 1.0]
    """
    kinds = {memoryview(array).format for array in (a, b)}
    if kinds == {"I"}:
        estimates: memoryview = _core.jaccard_estimates(a, b)
        return estimates
    if kinds <= {"L", "Q"}:
        cosines: memoryview = _core.cosine_estimates(a, b)
        return cosines
    raise TypeError("sketches are arrays of 32 bits (minhash) or of 64 bits (simhash)")
