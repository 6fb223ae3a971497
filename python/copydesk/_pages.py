# SPDX-License-Identifier: Apache-2.0
"""What looks into documents: blocks, stories, abstracts, and texts of pages. Names, words and defaults are
those of the commands."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, Optional, Union

from . import _core
from ._results import Blocks, Documents, Stories, Summaries
from ._run import Folder, Memory, Names, Progress, Run, fields_of, warn_of, words_of
from ._source import is_files, make_source


def blocks(
    documents: Any,
    *,
    text: Optional[str] = None,
    id: Optional[str] = None,
    url: Optional[str] = None,
    site: Optional[str] = None,
    scope: Names = ("page", "site"),
    unit: Names = ("paragraph",),
    min_count: int = 2,
    cut: bool = False,
    output_dir: Folder = "",
    threads: int = 0,
    memory: Memory = None,
    work_dir: Folder = "",
    progress: Progress = False,
) -> Blocks:
    """Text that repeats within a page, over a site, or over the corpus.

    `scope`: page, site, corpus. `unit`, of scope corpus: paragraph, sentence, span. `begin` and
    `end` are bytes of UTF-8. With `cut` the result's ``cut`` has what is left of each text.
    `output_dir`: of files, a new folder for the records without their blocks.

    >>> import copydesk
    >>> notice = ("This message and its attachments are meant for the person they are addressed to, "
    ...           "and for nobody else in the whole wide world.")
    >>> found = copydesk.blocks(["Dear all,\\n\\n" + notice, "Hi!\\n\\n" + notice], scope="corpus")
    >>> found[0]["row"], found[0]["kind"], found[0]["first_row"]
    (1, 'paragraph', 0)
    """
    fields, chosen = fields_of({"text": text, "id": id, "url": url, "site": site})
    source = make_source(documents, fields, chosen)
    scopes = words_of("scope", scope, ("page", "site", "corpus"))
    units = words_of("unit", unit, ("paragraph", "sentence", "span")) if "corpus" in scopes else []
    table, left, rejected = Run(threads, memory, work_dir, progress)(
        _core.blocks,
        source,
        scope=scopes,
        unit=units,
        min_count=min_count,
        cut=cut,
        output_dir=os.fspath(output_dir),
    )
    warn_of(rejected)
    return Blocks(table, left, rejected)


def split(
    documents: Any,
    *,
    text: Optional[str] = None,
    id: Optional[str] = None,
    url: Optional[str] = None,
    site: Optional[str] = None,
    prose: bool = False,
    mask: Names = None,
    output_dir: Folder = "",
    threads: int = 0,
    memory: Memory = None,
    work_dir: Folder = "",
    progress: Progress = False,
) -> Stories:
    """One row for each story of a page. `begin` and `end` are bytes of UTF-8.

    `output_dir`: of files, a new folder for the stories as records.

    >>> import copydesk
    >>> len(copydesk.split(["Ferry delayed\\nThe ferry left late on Monday."]))
    1
    """
    fields, chosen = fields_of({"text": text, "id": id, "url": url, "site": site})
    source = make_source(documents, fields, chosen)
    table, rejected = Run(threads, memory, work_dir, progress)(
        _core.split,
        source,
        prose=prose,
        mask=words_of("mask", mask, ("site",)),
        output_dir=os.fspath(output_dir),
    )
    warn_of(rejected)
    return Stories(table, rejected)


def summarize(
    documents: Any,
    *,
    text: Optional[str] = None,
    id: Optional[str] = None,
    title: Optional[str] = None,
    url: Optional[str] = None,
    site: Optional[str] = None,
    sentences: int = 0,
    words: int = 0,
    chars: int = 0,
    query: str = "",
    mask: Names = None,
    output_dir: Folder = "",
    threads: int = 0,
    memory: Memory = None,
    work_dir: Folder = "",
    progress: Progress = False,
) -> Summaries:
    """Abstracts made of sentences of each text: at most so many sentences, words, characters.

    Without any of these three sentences. The result's ``sentences`` says where each stands.
    `output_dir`: of files, a new folder for the abstracts as records.

    >>> import copydesk
    >>> news = ("The bridge is closed. Engineers found cracks in the piers of the bridge on Monday. "
    ...         "The weather was fine.")
    >>> copydesk.summarize([news], sentences=1)[0]["summary"] in news
    True
    """
    for name, value in (("sentences", sentences), ("words", words), ("chars", chars)):
        if value < 0:
            raise ValueError(f"{name}: must not be negative")
    fields, chosen = fields_of({"text": text, "id": id, "title": title, "url": url, "site": site})
    source = make_source(documents, fields, chosen)
    table, found_sentences, rejected = Run(threads, memory, work_dir, progress)(
        _core.summarize,
        source,
        sentences=sentences,
        words=words,
        chars=chars,
        query=query,
        mask=words_of("mask", mask, ("page", "site")),
        output_dir=os.fspath(output_dir),
    )
    warn_of(rejected)
    return Summaries(table, found_sentences, rejected)


def extract(
    pages: Any,
    *,
    url: Union[str, Iterable[str], None] = None,
    all_text: bool = False,
    threads: int = 0,
    memory: Memory = None,
    work_dir: Folder = "",
    progress: Progress = False,
) -> Documents:
    """Text, title, date, author, site, address and language of pages.

    `pages`: the bytes of a page or a list of these, or files of any kind that is read (HTML, WARC,
    CSV, JSON Lines ...). `url`, of bytes: where each page came from. `all_text`, of bytes: not the
    main text alone.

    >>> import copydesk
    >>> page = b"<title>Ferry</title><nav><a href=/>Home</a></nav><p>The ferry left at dawn.</p>"
    >>> copydesk.extract(page)[0]["title"]
    'Ferry'
    """
    if is_files(pages):
        source = make_source(pages, *fields_of({}))
        table, rejected = Run(threads, memory, work_dir, progress)(_core.extract, source)
        warn_of(rejected)
        return Documents(table, rejected)
    listed = [pages] if isinstance(pages, (bytes, bytearray)) else list(pages)
    for page in listed:
        if not isinstance(page, (bytes, bytearray)):
            raise TypeError("pages are bytes (as they came), or files as str or Path")
    urls = [] if url is None else [url] if isinstance(url, str) else list(url)
    table = _core.extract_pages([bytes(page) for page in listed], urls, all_text)
    return Documents(table, _core.no_records())
