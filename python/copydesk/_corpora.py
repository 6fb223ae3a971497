# SPDX-License-Identifier: Apache-2.0
"""What looks at a corpus as a whole: copies, reuse and leaks. Names, words and defaults are those of
the commands."""

from __future__ import annotations

import os
from typing import Any, Optional

from . import _core
from ._results import Comparison, Dedup, Filtered, Leaks, Pairs, Reuse
from ._run import Folder, Memory, Names, Progress, Run, fields_of, folds_of, warn_of, words_of
from ._source import is_files, key_column, make_list, make_source


def dedup(
    documents: Any,
    *,
    against: Any = None,
    text: Optional[str] = None,
    id: Optional[str] = None,
    url: Optional[str] = None,
    time: Optional[str] = None,
    site: Optional[str] = None,
    threshold: float = 0.8,
    contained: float = 0.0,
    recall: float = 0.99,
    shingle: str = "word",
    shingle_size: int = 5,
    tokens: str = "words",
    tokens_column: Optional[str] = None,
    fold: Names = ("accents",),
    keep: str = "first",
    mask: Names = None,
    key: Optional[str] = None,
    source: Optional[str] = None,
    output_dir: Folder = "",
    threads: int = 0,
    memory: Memory = None,
    work_dir: Folder = "",
    progress: Progress = False,
) -> Dedup:
    """Removes near-duplicates, each verified against a document that stays.

    `documents`: a table, a list of strings or dicts, or files (a path or a pattern as
    "crawl/*.jsonl", or a list of Paths). `text`, `id`, `url`, `time`, `site`: columns (default text,
    id, url, date, site). `threshold`: Jaccard similarity of shingle sets, in (0, 1]. `contained`:
    such as 0.95, also removes what is in a longer document. `recall`: of pairs at the threshold, in
    (0, 1). `keep`: first, longest, newest, oldest, max:COLUMN or min:COLUMN.
    `mask`: page, site or both: boilerplate takes no part. `tokens`: words, or code, in which case,
    operators and signs count; the column `tokens_column` says it row by row. `fold`: accents,
    chinese or both: letters with and without accents, traditional and simplified characters are
    equal. `against`: documents like `documents`, in
    memory if those are; what of `documents` is in them is a copy, and where something stands is then
    said with `input` 0 for a row of `against` and 1 for a row of `documents`. `threads`: 0 is one a
    processor. `memory`: as "2G"; beyond it temporary files in `work_dir` are used. `output_dir`: of
    files, a new folder for what is kept, each file under its name.

    `key`: no texts are compared, and a document whose key is that of another is a copy: a column, or
    "url:COLUMN" for addresses, which are compared without what does not matter, or of files "line".
    `source`: the column that says where a document comes from; ``by_source`` of the result then counts
    what became of the documents of each.

    Raises ValueError for options out of range and missing columns, OSError for files.

    >>> import copydesk
    >>> rows = [{"id": "a", "text": "one two three four five six"},
    ...         {"id": "b", "text": "One, two, three; four: five six!"}]
    >>> copydesk.dedup(rows).decisions["kept_id"]
    ['a']
    >>> rows = [{"url": "http://a.example/1", "text": "old", "from": "crawl 1"},
    ...         {"url": "https://www.a.example/1/", "text": "new", "from": "crawl 2"}]
    >>> found = copydesk.dedup(rows, key="url:url", source="from")
    >>> found.decisions["rule"], found.by_source["source"], found.by_source["kept"]
    (['same_key'], ['crawl 1', 'crawl 2'], [1, 0])
    """
    order = keep[4:] if keep[:4] in ("max:", "min:") else None
    fields, chosen = fields_of(
        {
            "text": text,
            "id": id,
            "url": url,
            "time": time,
            "site": site,
            "order": order,
            "tokens": tokens_column,
            "key": key_column(key, is_files(documents)),
            "source": source,
        }
    )
    corpus = make_source(documents, fields, chosen)
    old = None if against is None else make_source(against, fields, chosen)
    kept, decisions, sources, favors, rejected = Run(threads, memory, work_dir, progress)(
        _core.dedup,
        corpus,
        against=old,
        threshold=threshold,
        contained=contained,
        recall=recall,
        shingle=shingle,
        shingle_size=shingle_size,
        tokens=tokens,
        fold=folds_of(fold),
        keep=keep,
        mask=words_of("mask", mask, ("page", "site")),
        output_dir=os.fspath(output_dir),
        key=key or "",
        source_field=source or "",
    )
    warn_of(rejected)
    return Dedup(documents, kept, decisions, sources, favors, rejected)


def filter(
    documents: Any,
    *,
    drop: Any = None,
    keep: Any = None,
    text: Optional[str] = None,
    id: Optional[str] = None,
    by_id: bool = False,
    output_dir: Folder = "",
    threads: int = 0,
    memory: Memory = None,
    work_dir: Folder = "",
    progress: Progress = False,
) -> Filtered:
    """All documents but those of a list (`drop`), or those alone (`keep`).

    The list: ids (for documents without an id the numbers of their rows, in files FILE:LINE), a table
    with a column "id", such as the decisions of `dedup`, or the path of a file with any of these
    (lines, CSV, JSON Lines), whose places count unless `by_id`. `documents` and the other options are
    those of `dedup`; `output_dir`: of files, a new folder for what stays of each.

    Raises ValueError if there are documents and none of them is in the list.

    >>> import copydesk
    >>> rows = [{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}]
    >>> found = copydesk.filter(rows, drop=["a", "c"])
    >>> list(found.kept), found.missing
    ([{'id': 'b', 'text': 'Two.'}], ['c'])
    """
    if (drop is None) == (keep is None):
        raise ValueError("drop: either this list or that of keep says which documents go")
    listed, path = make_list(keep if drop is None else drop)
    fields, chosen = fields_of({"text": text, "id": id})
    source = make_source(documents, fields, chosen)
    kept, missing, rejected = Run(threads, memory, work_dir, progress)(
        _core.filter,
        source,
        listed=listed,
        list_path=path,
        drop=drop is not None,
        by_id=by_id,
        output_dir=os.fspath(output_dir),
    )
    warn_of(rejected)
    return Filtered(documents, kept, missing, rejected)


def pairs(
    documents: Any,
    *,
    against: Any = None,
    text: Optional[str] = None,
    id: Optional[str] = None,
    url: Optional[str] = None,
    site: Optional[str] = None,
    threshold: float = 0.8,
    recall: float = 0.99,
    shingle: str = "word",
    shingle_size: int = 5,
    tokens: str = "words",
    tokens_column: Optional[str] = None,
    fold: Names = ("accents",),
    mask: Names = None,
    threads: int = 0,
    memory: Memory = None,
    work_dir: Folder = "",
    progress: Progress = False,
) -> Pairs:
    """All pairs at the threshold, with exact measures. Options as in `dedup`.

    >>> import copydesk
    >>> found = copydesk.pairs(["a b c d e f g h", "a b c d e f g h i", "x"], threshold=0.5)
    >>> (found[0]["a_row"], found[0]["b_row"], found[0]["containment_a"])
    (0, 1, 1.0)
    """
    fields, chosen = fields_of(
        {"text": text, "id": id, "url": url, "site": site, "tokens": tokens_column}
    )
    source = make_source(documents, fields, chosen)
    old = None if against is None else make_source(against, fields, chosen)
    table, rejected = Run(threads, memory, work_dir, progress)(
        _core.pairs,
        source,
        against=old,
        threshold=threshold,
        recall=recall,
        shingle=shingle,
        shingle_size=shingle_size,
        tokens=tokens,
        fold=folds_of(fold),
        mask=words_of("mask", mask, ("page", "site")),
    )
    warn_of(rejected)
    return Pairs(table, rejected)


def reuse(
    documents: Any,
    *,
    against: Any = None,
    text: Optional[str] = None,
    id: Optional[str] = None,
    url: Optional[str] = None,
    time: Optional[str] = None,
    site: Optional[str] = None,
    strictness: float = 14.0,
    min_tokens: int = 20,
    mask: Names = None,
    threads: int = 0,
    memory: Memory = None,
    work_dir: Folder = "",
    progress: Progress = False,
) -> Reuse:
    """Copied passages, and families of copies of a story with the likely source first.

    Offsets are bytes of UTF-8. `strictness`: weight of shared text that makes a pair. `against`:
    only what of `documents` is in these.

    >>> import copydesk
    >>> wire = ("The council voted on Monday to close the old bridge across the river after "
    ...         "engineers found cracks in two of its seven piers, and said that work on a new "
    ...         "one would begin before the end of next summer.")
    >>> found = copydesk.reuse([wire, "Rain is expected.", "Closed: " + wire])
    >>> len(found.passages), sorted(found.families["row"])
    (1, [0, 2])
    """
    fields, chosen = fields_of({"text": text, "id": id, "url": url, "time": time, "site": site})
    source = make_source(documents, fields, chosen)
    old = None if against is None else make_source(against, fields, chosen)
    passages, families, rejected = Run(threads, memory, work_dir, progress)(
        _core.reuse,
        source,
        against=old,
        strictness=strictness,
        min_tokens=min_tokens,
        mask=words_of("mask", mask, ("page", "site")),
    )
    warn_of(rejected)
    return Reuse(passages, families, rejected)


def decontaminate(
    documents: Any,
    items: Any,
    *,
    text: Optional[str] = None,
    id: Optional[str] = None,
    question: str = "question",
    answer: Optional[str] = "answer",
    item_id: Optional[str] = "id",
    set: Optional[str] = "set",
    threads: int = 0,
    memory: Memory = None,
    work_dir: Folder = "",
    progress: Progress = False,
) -> Leaks:
    """Evaluation items that stand in training text, with their answers near or not.

    `items`: a table, a list of dicts or Paths, as `documents` may be; `question`, `answer`,
    `item_id` and `set` are its columns, of which only the first must be there. Offsets are bytes of
    UTF-8. The result's ``sets`` counts the items of each set and those found.

    >>> import copydesk
    >>> quiz = [{"id": "q1", "question": "How many eggs does Janet sell each day?"}]
    >>> texts = ["Nothing.", "Quiz: how many eggs does Janet sell each day? Nine."]
    >>> found = copydesk.decontaminate(texts, quiz)
    >>> found[0]["row"], found[0]["item"], found.sets["found"]
    (1, 'q1', [1])
    """
    fields, chosen = fields_of({"text": text, "id": id})
    source = make_source(documents, fields, chosen)
    columns = {"text": question, "title": answer, "id": item_id, "site": set}
    looked_for = make_source(items, columns, ["text"])
    table, sets, rejected = Run(threads, memory, work_dir, progress)(
        _core.decontaminate, source, items=looked_for
    )
    warn_of(rejected)
    return Leaks(table, sets, rejected)


def compare(a: str, b: str, *, min_tokens: int = 8) -> Comparison:
    """Two texts: Jaccard, containment both ways, the longest shared run, the shared passages.

    >>> import copydesk
    >>> copydesk.compare("one two three four five six", "zero one two three four five").longest_run
    5
    """
    return Comparison(_core.compare(a, b, min_tokens))
