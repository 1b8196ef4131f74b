"""Messages: agreement with networkx and with a list of all cases, and simulations that average to the exact chances."""

from fractions import Fraction
from itertools import pairwise, permutations, product
from statistics import mean

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring.messages import (
    Arrival,
    arrival_chances,
    cascade,
    expected_reach,
    news_by_step,
    quickest_path,
    relays,
    send,
)

PARTS = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])


@st.composite
def talks(draw, *, people=6, arcs=9):
    """Draw a small network of arrows with delays and chances."""
    count = draw(st.integers(1, people))
    graph = nx.empty_graph(count, create_using=nx.DiGraph)
    pairs = list(permutations(range(count), 2))
    for one, other in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=arcs)) if pairs else []:
        graph.add_edge(one, other, delay=draw(st.integers(1, 4)), chance=draw(PARTS))
    return graph


@given(talks())
def test_arrivals_are_networkxs_shortest_paths(graph):
    known = send(graph, [0])
    expected = nx.single_source_dijkstra_path_length(graph, 0, weight="delay")
    assert {person: arrival.step for person, arrival in known.items()} == expected
    assert [arrival.step for arrival in known.values()] == sorted(expected.values())
    for person, arrival in known.items():
        if arrival.teller is None:
            assert person == 0
        else:
            assert arrival.step == known[arrival.teller].step + graph[arrival.teller][person]["delay"]


@given(talks())
def test_steps_and_paths_tell_the_same_story(graph):
    known = send(graph, [0])
    steps = news_by_step(known)
    assert [(person, step) for step, names in enumerate(steps) for person in names] == [
        (person, arrival.step) for person, arrival in known.items()
    ]
    for target in graph:
        path = quickest_path(graph, 0, target)
        assert (path is None) == (target not in known)
        if path:
            assert nx.path_weight(graph, path, "delay") == known[target].step


@given(talks())
def test_relays_add_up(graph):
    target = len(graph) - 1
    handled = relays(graph, graph, target)
    paths = [quickest_path(graph, person, target) for person in graph]
    assert sum(handled.values()) == sum(len(path) - 1 for path in paths if path)
    assert handled[target] == len(nx.ancestors(graph, target))


@given(talks(arcs=7))
def test_chances_agree_with_a_list_of_all_cases(graph):
    """Every arc works or doesn't; each case counts with its probability."""
    arcs = list(graph.edges(data="chance"))
    expected = dict.fromkeys(graph, Fraction(0))
    for works in product([True, False], repeat=len(arcs)):
        weight = Fraction(1)
        case = nx.empty_graph(len(graph), create_using=nx.DiGraph)
        for (one, other, chance), working in zip(arcs, works, strict=True):
            weight *= chance if working else 1 - chance
            if working:
                case.add_edge(one, other)
        for person in {0} | nx.descendants(case, 0):
            expected[person] += weight
    chances = arrival_chances(graph, [0])
    assert chances == expected
    assert list(chances) == list(graph)
    assert expected_reach(graph, [0]) == sum(expected.values()) - 1


@pytest.mark.parametrize("length", [1, 2, 5, 12])
def test_on_a_path_chances_multiply(length):
    path = nx.path_graph(length + 1, create_using=nx.DiGraph)
    nx.set_edge_attributes(path, Fraction(2, 3), "chance")
    assert arrival_chances(path, [0])[length] == Fraction(2, 3) ** length
    assert expected_reach(path, [0]) == sum(Fraction(2, 3) ** k for k in range(1, length + 1))


def test_two_ways_are_better_than_one():
    ways = nx.DiGraph()
    ways.add_edges_from([("A", "B"), ("B", "D"), ("A", "C"), ("C", "D")], chance=Fraction(1, 2))
    assert arrival_chances(ways, ["A"])["D"] == 1 - (1 - Fraction(1, 4)) ** 2


def test_a_long_sure_path_is_no_burden():
    path = nx.path_graph(3000, create_using=nx.DiGraph)
    path.add_edge(2999, 3000, chance=0.25)
    assert arrival_chances(path, [0])[3000] == 0.25


@given(talks(), st.integers(0, 99))
def test_a_cascade_goes_along_arcs_that_can_work(graph, seed):
    steps = cascade(graph, [0], seed=seed)
    assert steps[0] == [0]
    assert steps == cascade(graph, [0], seed=seed)
    told = [person for step in steps for person in step]
    assert len(told) == len(set(told))
    for before, after in pairwise(steps):
        assert after
        for person in after:
            assert any(graph.has_edge(one, person) and graph[one][person]["chance"] > 0 for one in before)
    sure = nx.DiGraph([(one, other) for one, other, chance in graph.edges(data="chance") if chance == 1])
    sure.add_nodes_from(graph)
    assert nx.descendants(sure, 0) <= set(told)


@settings(max_examples=1)
@given(st.just(400))
def test_cascades_average_to_the_exact_reach(runs):
    graph = nx.DiGraph()
    graph.add_edges_from(list(permutations(range(4), 2)), chance=0.3)
    reached = [sum(map(len, cascade(graph, [0], seed=seed))) - 1 for seed in range(runs)]
    assert mean(reached) == pytest.approx(expected_reach(graph, [0]), abs=0.2)  # four standard errors


def test_a_detour_beats_a_hostile_arc_and_ties_are_broken_by_who_knew_first():
    talk = nx.DiGraph([("A", "B"), ("A", "C"), ("C", "D"), ("B", "D")])
    assert send(talk, ["A"])["D"] == Arrival(2, "B")
    talk.add_edge("A", "B", delay=5)
    assert send(talk, ["A"])["D"] == Arrival(2, "C")
    assert send(talk, ["B", "A"])["D"] == Arrival(1, "B")


TALK = nx.DiGraph([("A", "B")])


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: send(nx.Graph([(0, 1)]), [0]), "graph is a Graph; it must be directed"),
        (lambda: cascade(nx.MultiDiGraph([(0, 1)]), [0], seed=1), "graph is a MultiDiGraph"),
        (lambda: send(TALK, ["Z"]), "sources contains 'Z', which is not in the graph of 2 people"),
        (lambda: quickest_path(TALK, "A", "Z"), "target contains 'Z'"),
        (
            lambda: send(nx.DiGraph([(0, 1, {"delay": 0})]), [0]),
            "delay is 0; it must be a whole number of steps, 1 or more",
        ),
        (lambda: cascade(nx.DiGraph([(0, 1, {"chance": 2})]), [0], seed=1), "chance is 2; .* from 0 to 1"),
        (
            lambda: arrival_chances(nx.DiGraph([(0, k, {"chance": 0.5}) for k in range(1, 23)]), [0]),
            "graph has 22 unsure arcs; at most 20",
        ),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
