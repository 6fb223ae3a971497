# SPDX-License-Identifier: Apache-2.0
"""Components in rounds of DataFrame code, on graphs whose components are known."""

import random

NODES = 3000


def edges_of(name, generator):
    order = generator.sample(range(NODES), NODES)
    if name == "path":
        return [(n, n + 1) for n in range(NODES - 1)]
    if name == "shuffled path":
        return list(zip(order, order[1:]))
    if name == "star":
        return [(order[0], n) for n in order[1:]]
    if name == "tree":
        return [(n, (n - 1) // 2) for n in range(1, NODES)]
    if name == "pairs":
        return [(2 * n, 2 * n + 1) for n in range(NODES // 2)]
    return [tuple(generator.sample(order, 2)) for _ in range(int(float(name) * NODES))]


# A path takes the most rounds; with half as many edges as documents, random components begin to be large.
GRAPHS = ["path", "shuffled path", "star", "tree", "pairs", "0.3", "0.5", "1", "3"]


def graphs_side_by_side(generator):
    """With numbers whose upper halves tell them apart, as those of documents tell partitions."""
    for place, name in enumerate(GRAPHS):
        for edge in edges_of(name, generator):
            first, document = sorted((end % 7 << 36) + (place << 32) + end for end in edge)
            yield first, document


def stars_of(edges):
    """Union of sets, whose first is the smallest."""
    parents = {}

    def find(number):
        while parents.setdefault(number, number) != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for pair in edges:
        first, second = sorted(map(find, pair))
        parents[second] = first
    return {(find(number), number) for number in parents if find(number) != number}


def test_rounds_end_with_the_components(spark, tmp_path):
    from copydesk.spark._components import star_round, stars_in_rounds
    from copydesk.spark._work_folder import WorkFolder

    edges = list(graphs_side_by_side(random.Random(5)))
    frame = spark.createDataFrame(edges, "first long, document long").repartition(5)
    stages = {}
    folder = WorkFolder(spark, str(tmp_path), {"graphs": GRAPHS})

    def stage(name, make, count):
        frame, stages[name] = folder.stage(name, make, count)
        return frame, stages[name]

    found, counts = stars_in_rounds(lambda: frame, stage)
    rows = [tuple(row) for row in found.collect()]
    assert len(rows) == counts["edges"]
    assert set(rows) == stars_of(edges) and len(rows) == len(set(rows))
    # Each round halves a path, and the last one changes nothing.
    assert len(stages) <= 2 + NODES.bit_length() + 2
    assert {tuple(row) for row in star_round(found).collect()} == set(rows)


def test_no_edges_are_no_components(spark, tmp_path):
    from copydesk.spark._components import star_round

    assert star_round(spark.createDataFrame([], "first long, document long")).count() == 0


def test_one_task_is_given_what_it_has_memory_for():
    from copydesk.spark._components import fits_one_task

    assert fits_one_task(3_000_000, 384 << 20) and not fits_one_task(4_000_000, 384 << 20)
    assert fits_one_task(280_000_000, 64 << 30)
    assert not fits_one_task(300_000_000, 1 << 40)  # however large the machine is
