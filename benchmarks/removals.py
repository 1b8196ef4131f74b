"""Cutting every tie of a network: pieces joined backwards beside a search after each cut; greedy beside exact search.

python benchmarks/removals.py
"""

import time
from collections.abc import Callable
from functools import partial
from random import Random

import networkx as nx

from jejaring.additions import HeardBy, absent_ties, best_additions, greedy_additions
from jejaring.removals import count_pieces, in_random_order, removal_curve
from jejaring.schools import MANAGERS, professional_school


def seconds(task: Callable[[], object]) -> float:
    """The fastest of three runs."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        task()
        took.append(time.perf_counter() - start)
    return min(took)


def network(people: int) -> "nx.Graph[int]":
    """Draw four ties for each person, at random."""
    chance = Random(1)
    graph: nx.Graph[int] = nx.empty_graph(people)
    graph.add_edges_from(tuple(chance.sample(range(people), 2)) for _ in range(4 * people))
    return graph


def search_after_each_cut(graph: "nx.Graph[int]") -> None:
    """Do what removal_curve does in the obvious way."""
    left = graph.copy()
    for tie in in_random_order(graph, seed=1):
        left.remove_edge(*tie)
        count_pieces(left)


def main() -> None:
    for people in (50, 200, 800):
        graph = network(people)
        ours = seconds(partial(removal_curve, graph, in_random_order(graph, seed=1)))
        obvious = seconds(partial(search_after_each_cut, graph))
        print(f"{people} people, {graph.size()} ties: {ours * 1000:.1f} ms, {obvious / ours:.0f} times as fast")
    school = professional_school(seed=1)
    ways = absent_ties(school, [name for name in school if name not in MANAGERS], ["deputy_students"])
    for budget in (1, 2, 3):
        greedy = seconds(partial(greedy_additions, school, ways, HeardBy(MANAGERS, 3), budget))
        exact = seconds(partial(best_additions, school, ways, HeardBy(MANAGERS, 3), budget))
        print(
            f"{budget} of {len(ways)} arcs: greedy {greedy * 1000:.1f} ms, {exact / greedy:.0f} times as fast as exact"
        )


if __name__ == "__main__":
    main()
