"""Removals: the numbers of the lesson, agreement with igraph and with counting, and what every cut obeys."""

from fractions import Fraction
from itertools import combinations, pairwise

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.removals import (
    after_removal,
    busiest_first,
    count_pieces,
    fragmentation,
    in_random_order,
    key_players,
    removal_curve,
    strongest_first,
    tie_overlap,
    weakest_first,
)

ORDERS = {
    "weakest": weakest_first,
    "strongest": strongest_first,
    "busiest": busiest_first,
    "random": lambda graph: in_random_order(graph, seed=7),
}


@st.composite
def graphs(draw, *, people=8):
    """Draw a small network, sometimes without a single tie."""
    count = draw(st.integers(1, people))
    graph = nx.empty_graph(count)
    pairs = list(combinations(range(count), 2))
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [])
    return graph


@pytest.mark.parametrize(
    ("graph", "portion", "weakest", "strongest"),
    [
        (nx.les_miserables_graph(), 0.4, 13, 77),
        (nx.karate_club_graph(), 0.4, 27, 31),
        (nx.karate_club_graph(), 0.6, 14, 22),
    ],
    ids=["Les Misérables 40%", "karate 40%", "karate 60%"],
)
def test_scissors_on_bridges(graph, portion, weakest, strongest):
    assert count_pieces(after_removal(graph, weakest_first(graph), portion)).largest == weakest
    assert count_pieces(after_removal(graph, strongest_first(graph), portion)).largest == strongest


@pytest.mark.parametrize(
    ("graph", "portion", "sign", "possible"),
    [
        (nx.les_miserables_graph(), 0.4, 1, {13}),
        (nx.les_miserables_graph(), 0.4, -1, {77}),
        (nx.karate_club_graph(), 0.4, 1, {27}),
        (nx.karate_club_graph(), 0.4, -1, {30, 31}),
        (nx.karate_club_graph(), 0.6, 1, {14, 15}),
        (nx.karate_club_graph(), 0.6, -1, {22}),
    ],
)
def test_what_hangs_on_the_order_of_equal_ties(graph, portion, sign, possible):
    """Other orders of equal ties than that of ``graph.edges`` would change two of the six numbers, by one person."""
    seen = set()
    for seed in range(20):
        ties = sorted(in_random_order(graph, seed=seed), key=lambda tie: sign * tie_overlap(graph, *tie))
        seen.add(count_pieces(after_removal(graph, ties, portion)).largest)
    assert seen == possible


@given(graphs())
def test_overlap_agrees_with_igraphs_jaccard_where_the_ends_are_taken_out(graph):
    for one, other in graph.edges:
        apart = igraph.Graph(n=len(graph), edges=[tie for tie in graph.edges if tie != (one, other)])
        [expected] = apart.similarity_jaccard(pairs=[(one, other)], loops=False)
        overlap = tie_overlap(graph, one, other)
        assert isinstance(overlap, Fraction)
        assert float(overlap) == pytest.approx(expected)
        assert overlap == tie_overlap(graph, other, one)


@given(graphs())
def test_a_curve_agrees_with_igraph_after_every_cut(graph):
    for order in ORDERS.values():
        ties = order(graph)
        curve = removal_curve(graph, ties)
        assert len(curve) == graph.size() + 1
        for cut, step in enumerate(curve):
            sizes = igraph.Graph(n=len(graph), edges=ties[cut:]).connected_components().sizes()
            assert (step.cut, step.largest, step.count) == (cut, max(sizes), len(sizes))


@given(graphs())
def test_cutting_only_ever_breaks(graph):
    for order in ORDERS.values():
        ties = order(graph)
        assert sorted(map(sorted, ties)) == sorted(map(sorted, graph.edges))
        curve = removal_curve(graph, ties)
        for before, after in pairwise(curve):
            assert before.largest >= after.largest
            assert after.count - before.count in (0, 1)
        assert (curve[-1].largest, curve[-1].count) == (1, len(graph))


def test_the_busiest_tie_agrees_with_igraph():
    karate = nx.karate_club_graph()
    busy = igraph.Graph(n=34, edges=list(karate.edges)).edge_betweenness(directed=False)
    by_tie = dict(zip(karate.edges, busy, strict=True))
    found = [by_tie[tie] for tie in busiest_first(karate)]
    assert found == pytest.approx(sorted(busy, reverse=True))


def test_a_random_order_is_the_seeds():
    karate = nx.karate_club_graph()
    assert in_random_order(karate, seed=1) == in_random_order(karate, seed=1)
    assert len({tuple(in_random_order(karate, seed=seed)) for seed in range(20)}) == 20


def test_shares_are_taken_as_written():
    path = nx.path_graph(101)
    assert after_removal(path, list(path.edges), 0.29).size() == 71  # 0.29 * 100 is 28.999999999999996
    assert after_removal(path, list(path.edges), Fraction(1, 3)).size() == 67
    assert after_removal(path, list(path.edges), 1).size() == 0
    assert path.size() == 100


@given(graphs())
def test_fragmentation_counts_pairs(graph):
    pairs = list(combinations(graph, 2))
    apart = sum(not nx.has_path(graph, *pair) for pair in pairs)
    assert fragmentation(graph) == (Fraction(apart, len(pairs)) if pairs else 0)


def test_key_players():
    assert key_players(nx.star_graph(5), 1) == (0,)
    assert key_players(nx.krackhardt_kite_graph(), 1) == (7,)
    karate = nx.karate_club_graph()
    group = key_players(karate, 2)
    left = karate.subgraph(set(karate) - set(group))
    assert all(
        fragmentation(left) >= fragmentation(karate.subgraph(set(karate) - set(pair)))
        for pair in combinations(karate, 2)
    )


def test_nothing_is_modified():
    karate = nx.karate_club_graph()
    before = nx.utils.graphs_equal(karate, karate.copy()), list(karate.edges)
    removal_curve(karate, weakest_first(karate))
    after_removal(karate, weakest_first(karate), 0.5)
    key_players(karate, 1)
    assert (nx.utils.graphs_equal(karate, nx.karate_club_graph()), list(karate.edges)) == before


PATH = nx.path_graph(3)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: tie_overlap(PATH, 0, 2), r"\(0, 2\) is no tie of the graph; it must be one of its 2 ties"),
        (lambda: weakest_first(nx.DiGraph([(0, 1)])), "graph is a DiGraph; it must be undirected"),
        (lambda: count_pieces(nx.MultiGraph([(0, 1)])), "graph is a MultiGraph"),
        (lambda: after_removal(PATH, [(0, 1)], 1.5), "portion is 1.5; it must be a finite number from 0 to 1"),
        (lambda: after_removal(PATH, [(0, 2)], 1), r"ties contains \(0, 2\); each must be a tie of the graph"),
        (lambda: removal_curve(PATH, [(0, 1), (1, 0)]), r"ties contains \(1, 0\).*appear once"),
        (lambda: key_players(PATH, 0), "count is 0; it must be a whole number of people from 1 to 3"),
        (lambda: key_players(nx.path_graph(100), 5), "count is 5; that makes 75287520 groups to try, at most 200000"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
