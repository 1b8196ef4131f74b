"""Additions: greedy against the exact search, the guarantee where there is one, and where there is none."""

from fractions import Fraction
from itertools import combinations, permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring.additions import (
    HeardBy,
    ReachedFrom,
    absent_ties,
    best_additions,
    busiest_load,
    greedy_additions,
    mean_nearness,
    reachable_pairs,
)


@st.composite
def digraphs(draw, *, people=7):
    """Draw a small network of arrows, thin enough that something is left to add."""
    count = draw(st.integers(2, people))
    graph = nx.empty_graph(count, create_using=nx.DiGraph)
    graph.add_edges_from(draw(st.lists(st.sampled_from(list(permutations(range(count), 2))), max_size=count)))
    return graph


OBJECTIVES = {
    "pairs": reachable_pairs,
    "nearness": mean_nearness,
    "reach": ReachedFrom((0,)),
    "heard": HeardBy((0,), within=2),
    "pairs less load": lambda graph: reachable_pairs(graph) - 2 * busiest_load(graph),
}


@pytest.mark.parametrize("objective", OBJECTIVES.values(), ids=OBJECTIVES)
@given(graph=digraphs(people=5), budget=st.integers(0, 3))
@settings(max_examples=30)
def test_the_exact_search_is_never_worse_than_greedy_or_than_nothing(objective, graph, budget):
    candidates = absent_ties(graph)[:8]
    greedy, best = (
        search(graph, candidates, objective, budget=budget) for search in (greedy_additions, best_additions)
    )
    assert best.values[-1] >= greedy.values[-1] >= objective(graph) == greedy.values[0]
    sets = [ties for size in range(budget + 1) for ties in combinations(candidates, size)]
    values = []
    for ties in sets:
        grown = graph.copy()
        grown.add_edges_from(ties)
        values.append(objective(grown))
    assert best.values[-1] == max(values)
    assert len(best.ties) <= budget
    for plan in (greedy, best):
        grown = graph.copy()
        grown.add_edges_from(plan.ties)
        assert objective(grown) == plan.values[-1]
        assert plan.cost == len(plan.ties) == len(plan.values) - 1
        assert plan.gain == plan.values[-1] - plan.values[0]


@pytest.mark.parametrize("within", [None, 1, 2, 3])
@pytest.mark.parametrize("outwards", [True, False])
@given(graph=digraphs(), count=st.integers(1, 4), two=st.booleans())
@settings(max_examples=30)
def test_greedy_keeps_its_guarantee(outwards, within, graph, count, two):
    hubs = (0, 1) if two else (0,)
    objective = ReachedFrom(hubs, within) if outwards else HeardBy(hubs, within)
    candidates = absent_ties(graph, starts=hubs) if outwards else absent_ties(graph, ends=hubs)
    sure = objective.guarantee(candidates, count)
    greedy, best = (search(graph, candidates, objective, budget=count) for search in (greedy_additions, best_additions))
    assert best.gain >= greedy.gain >= sure * best.gain


@given(digraphs(), st.data())
def test_where_there_is_a_guarantee_a_tie_gains_less_the_more_there_are(graph, data):
    """What the guarantee rests on: monotone and submodular."""
    candidates = absent_ties(graph, starts=[0])
    objective = ReachedFrom((0,), data.draw(st.sampled_from([None, 1, 2])))
    if candidates:
        new = data.draw(st.sampled_from(candidates))
        many = data.draw(st.lists(st.sampled_from(candidates), unique=True))
        few = data.draw(st.lists(st.sampled_from(many), unique=True)) if many else []

        def value(ties):
            grown = graph.copy()
            grown.add_edges_from(ties)
            return objective(grown)

        assert value([*few, new]) - value(few) >= value([*many, new]) - value(many) >= 0


def test_the_guarantee_is_known_and_falls_towards_its_limit():
    star = [(0, 1), (0, 2)]
    assert ReachedFrom((0,)).guarantee(star, 1) == 1
    assert ReachedFrom((0,)).guarantee(star, 2) == Fraction(3, 4)
    assert ReachedFrom((0,)).guarantee(star, 5) == Fraction(2101, 3125)
    assert 0.632 < ReachedFrom((0,)).guarantee(star, 1000) < 0.6325
    assert ReachedFrom((0,)).guarantee([(0, 1), (1, 2)], 2) is None
    assert HeardBy((0,)).guarantee([(1, 0), (2, 0)], 2) == Fraction(3, 4)
    assert HeardBy((0,)).guarantee(star, 2) is None


def test_without_a_guarantee_greedy_can_be_as_bad_as_you_like():
    """Two arcs in a row: the second is worth everything, but only once the first is there."""
    for crowd in (5, 50):
        graph = nx.DiGraph([("desert", f"far {k}") for k in range(crowd)])
        graph.add_nodes_from(["start", "gate", "one", "two"])
        ways = [("start", "one"), ("start", "two"), ("start", "gate"), ("gate", "desert")]
        objective = ReachedFrom(("start",))
        assert objective.guarantee(ways, 2) is None
        assert greedy_additions(graph, ways, objective, budget=2).gain == 2
        assert best_additions(graph, ways, objective, budget=2).gain == crowd + 2


def test_greedy_can_miss_the_best_even_with_a_guarantee():
    """It takes the largest circle, and then lacks one of the two that cover all."""
    circles = {"left": "abcx", "right": "defy", "middle": "abcde"}
    graph = nx.DiGraph([(hub, person) for hub, circle in circles.items() for person in circle])
    graph.add_node("start")
    ways = [("start", hub) for hub in circles]
    objective = ReachedFrom(("start",))
    greedy, best = (search(graph, ways, objective, budget=2) for search in (greedy_additions, best_additions))
    assert (greedy.gain, best.gain) == (6 + 3, 10)
    assert greedy.gain >= Fraction(3, 4) * best.gain


def test_ties_without_direction_count_both_ways():
    graph = nx.Graph([(0, 1), (2, 3), (4, 5)])
    assert absent_ties(nx.path_graph(3)) == [(0, 2)]
    plan = best_additions(graph, absent_ties(graph), reachable_pairs, budget=2)
    assert plan.values == (6, 14, 30)
    assert greedy_additions(graph, absent_ties(graph), reachable_pairs, budget=2).values == (6, 14, 30)


def test_costs_change_the_plan():
    graph = nx.DiGraph([(1, 2), (1, 3)])
    graph.add_nodes_from([0, 4, 5])
    ways = [(0, 1), (0, 4), (0, 5)]
    objective = ReachedFrom((0,))
    dear = {(0, 1): 3, (0, 4): Fraction(1, 2), (0, 5): Fraction(1, 2)}
    assert best_additions(graph, ways, objective, budget=1).ties == ((0, 1),)
    assert best_additions(graph, ways, objective, budget=1, costs=dear).ties == ((0, 4), (0, 5))
    plan = greedy_additions(graph, ways, objective, budget=3, costs=dear)
    assert (plan.ties, plan.cost) == (((0, 4), (0, 5)), 1)  # best per unit of cost, though 3 buys three people
    assert best_additions(graph, ways, objective, budget=3, costs=dear).gain == 3


def test_of_equal_plans_the_cheapest_and_then_the_first_is_taken():
    graph = nx.empty_graph(4, create_using=nx.DiGraph)
    ways = [(0, 1), (0, 2), (0, 3)]
    cheap = {(0, 1): 2, (0, 2): 1, (0, 3): 1}
    assert best_additions(graph, ways, ReachedFrom((0,)), budget=1).ties == ((0, 1),)
    assert best_additions(graph, ways, ReachedFrom((0,)), budget=2, costs=cheap).ties == ((0, 2), (0, 3))
    assert best_additions(graph, ways, lambda graph: 1, budget=3).ties == ()
    assert greedy_additions(graph, ways, lambda graph: 1, budget=3).ties == ()


@given(digraphs())
def test_measures_agree_with_networkx(graph):
    closed = nx.transitive_closure(graph, reflexive=None)
    assert reachable_pairs(graph) == sum(one != other for one, other in closed.edges)
    assert ReachedFrom((0,))(graph) == len(nx.descendants(graph, 0))
    assert HeardBy((0,))(graph) == len(nx.ancestors(graph, 0))
    assert busiest_load(graph) == max(degree for _, degree in graph.in_degree)
    both_ways = graph.to_undirected()
    assert float(mean_nearness(both_ways)) == pytest.approx(nx.global_efficiency(both_ways))


def test_nothing_is_modified():
    graph = nx.DiGraph([(0, 1), (1, 2), (2, 3)])
    before = list(graph.edges)
    for search in (greedy_additions, best_additions):
        search(graph, absent_ties(graph)[:5], reachable_pairs, budget=2)
    assert list(graph.edges) == before


ROW = nx.DiGraph([(0, 1), (1, 2)])


@pytest.mark.parametrize("search", [greedy_additions, best_additions])
@pytest.mark.parametrize(
    ("candidates", "budget", "costs", "told"),
    [
        ([(0, 1)], 1, None, r"candidates contains \(0, 1\); each must be a new tie"),
        ([(2, 2)], 1, None, r"candidates contains \(2, 2\)"),
        ([(0, 2), (0, 2)], 1, None, "listed once"),
        ([(0, 7)], 1, None, "candidates contains 7, which is not in the graph of 3 people"),
        ([(0, 2)], -1, None, r"budget is -1; it must be a finite number at least 0 \(units of cost\)"),
        ([(0, 2)], 1, {}, r"costs has no entry for \(0, 2\)"),
        ([(0, 2)], 1, {(0, 2): 0}, r"costs\[\(0, 2\)\] is 0; it must be a finite number above 0 \(units of cost\)"),
    ],
)
def test_refuses_plans_that_make_no_sense(search, candidates, budget, costs, told):
    with pytest.raises(ValueError, match=told):
        search(ROW, candidates, reachable_pairs, budget, costs)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: ReachedFrom((9,))(ROW), "sources contains 9, which is not in the graph of 3 people"),
        (lambda: HeardBy((0,), within=-1)(ROW), "within is -1; it must be a whole number of steps, 0 or more"),
        (lambda: ReachedFrom((0,)).guarantee([(0, 1)], 0), "count is 0; it must be a whole number of ties, 1 or more"),
        (lambda: absent_ties(ROW, ends=[8]), "ends contains 8"),
        (
            lambda: best_additions(
                nx.empty_graph(9, create_using=nx.DiGraph), list(permutations(range(9), 2)), reachable_pairs, budget=9
            ),
            "budget is 9; with 72 candidates it allows more than 100000 sets",
        ),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
