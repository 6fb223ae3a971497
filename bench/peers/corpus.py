# SPDX-License-Identifier: Apache-2.0
"""What the drivers of the peers share: the documents, their shingles, bands, the file of pairs."""

import json
import re
import unicodedata

WORD = re.compile(r"\w+")
WORDS_PER_SHINGLE = 5
SLOTS = 128  # of a sketch
RECALL = 0.99


def documents(path):
    """(id, text) of every record."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["id"], record["text"]


def shingles(text):
    """Runs of five words, as strings; a shorter text is one run. Near to copydesk's rules of words:
    small letters, one Unicode form, no soft hyphens."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    words = WORD.findall(text.casefold())
    if not words:
        return []
    last = max(1, len(words) - WORDS_PER_SHINGLE + 1)
    return list({" ".join(words[first:first + WORDS_PER_SHINGLE]) for first in range(last)})


def choose_bands(threshold):
    """The fewest bands, of those that divide the slots, that find RECALL at the threshold."""
    for bands in (1, 2, 4, 8, 16, 32, 64):
        if 1 - (1 - threshold ** (SLOTS // bands)) ** bands >= RECALL:
            return bands
    return SLOTS


def write_pair(out, a, b):
    out.write(json.dumps({"a": a, "b": b}) + "\n")
