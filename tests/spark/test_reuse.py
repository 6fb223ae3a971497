# SPDX-License-Identifier: Apache-2.0
"""copydesk.spark.reuse_against finds what the program's decontaminate finds."""

import random

import copydesk
import pytest
from cluster_corpora import WORDS

FIELDS = ("set", "item", "kind", "begin", "end", "item_begin", "item_end", "tokens", "longest_run")


def make_items(generator):
    return [
        {"id": f"q{number}", "question": " ".join(generator.choices(WORDS, k=generator.randrange(8, 30))),
         "answer": " ".join(generator.choices(WORDS, k=2)), "set": f"set{number % 3}"}
        for number in range(60)
    ]


def make_documents(items, generator):
    documents = []
    for number in range(400):
        words = generator.choices(WORDS, k=generator.randrange(40, 200))
        if number % 5 == 0:
            item = generator.choice(items)
            words[20:20] = f"{item['question']} {item['answer']}".split()
        documents.append({"id": f"d{number:03}", "text": " ".join(words)})
    return documents


def test_what_stands_in_the_documents_is_found(spark, monkeypatch):
    from copydesk.spark import _reuse, reuse_against

    generator = random.Random(9)
    items = make_items(generator)
    documents = make_documents(items, generator)
    hits = copydesk.decontaminate(documents, items)
    expected = sorted(
        (documents[row["row"]]["id"], *(row[name] for name in FIELDS), row["has_answer"] == 1) for row in hits)
    assert len(expected) >= 80
    frame = spark.createDataFrame(
        spark.sparkContext.parallelize([(row["id"], row["text"]) for row in documents], 5),
        "id string, text string")
    old = spark.createDataFrame(
        [(row["id"], row["question"], row["answer"], row["set"]) for row in items],
        "id string, question string, answer string, set string")
    found = reuse_against(frame, old, id="id", text="text").collect()
    assert sorted((row["id"], *(row[name] for name in FIELDS), row["has_answer"]) for row in found) == expected
    # Of items only the question must be there, and there may be none.
    questions = reuse_against(frame, old.select("question"), id="id", text="text")
    assert {row["id"] for row in questions.collect()} >= {row[0] for row in expected}
    assert reuse_against(frame, old.where("false"), id="id", text="text").collect() == []
    with pytest.raises(ValueError):
        reuse_against(frame, old, id="id", text="body")
