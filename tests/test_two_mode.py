"""Two-mode networks: Davis's women, the definitions of cooperation, laws of projections, networkx beside ours."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.data import table
from jejaring.two_mode import bipartite_density, from_table, members, newman_projection, nodes_of, projection


@st.composite
def tables(draw):
    """Draw a table of noughts and ones."""
    actors, groups = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    bits = draw(st.lists(st.sampled_from("01"), min_size=actors * groups, max_size=actors * groups))
    return [
        {"who": f"A{actor}", **{f"g{group}": bits[actor * groups + group] for group in range(groups)}}
        for actor in range(actors)
    ]


def test_davis_women():
    women = nx.davis_southern_women_graph()
    assert (len(nodes_of(women, 0)), len(nodes_of(women, 1)), women.number_of_edges()) == (18, 14, 89)
    assert round(bipartite_density(women), 6) == 0.353175
    assert next(iter(members(women).items())) == ("E8", 14)
    assert [name for name, events in members(women, 0).items() if events == 8] == [
        "Evelyn Jefferson",
        "Theresa Anderson",
        "Nora Fayette",
    ]
    together = projection(women)
    assert together.number_of_edges() == 139
    assert round(nx.density(together), 6) == 0.908497
    heaviest = max(together.edges(data="weight"), key=lambda tie: tie[2])
    assert heaviest == ("Evelyn Jefferson", "Theresa Anderson", 7)
    assert [tie for tie in together.edges(data="weight") if tie[2] == 7] == [heaviest]


def test_definitions_of_cooperation():
    graph = from_table(table("definitions_two_mode"))
    assert (len(nodes_of(graph, 0)), len(nodes_of(graph, 1))) == (14, 12)
    uses = members(graph)
    assert next(iter(uses)) == "joint_action"
    assert (uses["joint_action"], uses["common_goal"], uses["voluntary"]) == (13, 8, 1)
    parts = sorted(map(sorted, nx.connected_components(graph)), key=len)
    assert [len(part) for part in parts] == [2, 24]
    assert parts[0] == ["Text 003 team values", "values_attitudes"]


@given(tables())
def test_projections_agree_with_networkx(rows):
    graph = from_table(rows)
    for mode in (0, 1):
        side = nodes_of(graph, mode)
        ours, theirs = projection(graph, mode), nx.bipartite.weighted_projected_graph(graph, side)
        assert nx.to_dict_of_dicts(ours) == nx.to_dict_of_dicts(theirs)
        newman = newman_projection(graph, mode)
        other = nx.bipartite.collaboration_weighted_projected_graph(graph, side)
        assert set(newman.edges) == set(ours.edges)
        assert all(newman.edges[tie]["weight"] == pytest.approx(other.edges[tie]["weight"]) for tie in newman.edges)
    assert bipartite_density(graph) == pytest.approx(nx.bipartite.density(graph, nodes_of(graph, 0)))


@given(tables(), st.integers(1, 4))
def test_what_is_asked_for_is_shared(rows, least):
    graph = from_table(rows)
    loose, tight = projection(graph, 0, least), projection(graph, 0, least + 1)
    assert set(tight.edges) <= set(loose.edges)
    assert list(loose) == list(tight) == nodes_of(graph, 0)
    assert set(loose.edges(data="weight")) == {
        (one, other, shared)
        for one, other in combinations(loose, 2)
        if (shared := len(set(graph[one]) & set(graph[other]))) >= least
    }


@given(tables())
def test_newman_weights_add_up_to_circles_with_others(rows):
    graph = from_table(rows)
    weighted = newman_projection(graph)
    for actor in weighted:
        circles = sum(graph.degree[group] > 1 for group in graph[actor])
        assert weighted.degree(actor, weight="weight") == pytest.approx(circles)


@given(tables())
def test_both_sides_count_the_same_ties(rows):
    graph = from_table(rows)
    assert sum(members(graph, 0).values()) == sum(members(graph, 1).values()) == graph.number_of_edges()
    assert list(members(graph).values()) == sorted(members(graph).values(), reverse=True)


def test_an_empty_side_has_no_density():
    graph = nx.Graph()
    graph.add_node("A", bipartite=0)
    assert bipartite_density(graph) == 0


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "table is empty"),
        ([{"who": "A", "g": "2"}], r"table, row 2, column B \(g\): '2' is neither 0 nor 1"),
        ([{"who": "A", "g": "1"}, {"who": "A", "g": "1"}], r"row 3, column A \(who\): 'A' is no name of its own"),
        ([{"who": "g", "g": "1"}], r"row 2, column A \(who\): 'g' is no name of its own"),
        ([{"who": "", "g": "1"}], r"row 2, column A \(who\): '' is no name"),
        ([{"who": "A", "g": "1"}, {"who": "B", "h": "x"}], r"2 problems:\n- row 3: other columns.*\n- row 3, column B"),
    ],
)
def test_wrong_tables_are_refused(rows, message):
    with pytest.raises(ValueError, match=message):
        from_table(rows)


def test_what_is_not_two_mode_is_refused():
    graph = from_table([{"who": "A", "g": "1", "h": "1"}])
    for wrong in (2, -1, True, "0"):
        with pytest.raises(ValueError, match=r"mode is .*; it must be a whole number of sides from 0 to 1"):
            nodes_of(graph, wrong)
    with pytest.raises(ValueError, match="min_shared is 0"):
        projection(graph, 0, 0)
    graph.add_edge("g", "h")
    with pytest.raises(ValueError, match="the tie 'g', 'h' joins two of one side"):
        projection(graph)
    with pytest.raises(ValueError, match="node 0 has bipartite None"):
        bipartite_density(nx.path_graph(2))
