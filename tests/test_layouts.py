"""Layouts: the same on every run and machine, inside the frame, and true to the network."""

import json
import os
import subprocess
import sys
from itertools import combinations
from math import dist

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring.layouts import circle_layout, column_layout, layer_layout, stress_layout


@st.composite
def graphs(draw):
    """Draw a network, perhaps in parts, perhaps empty."""
    count = draw(st.integers(0, 14))
    return nx.gnp_random_graph(count, draw(st.floats(0, 1)), seed=draw(st.integers(0, 999)))


def crossings(graph, places):
    """Count pairs of ties between two columns that cross."""
    ties = [sorted((places[a], places[b])) for a, b in graph.edges]
    heights = [(left[1], right[1]) for left, right in ties]
    return sum((one[0] - two[0]) * (one[1] - two[1]) < 0 for one, two in combinations(heights, 2))


@settings(max_examples=50)
@given(graphs())
def test_every_layout_places_everybody_inside_and_apart(graph):
    layers = {node: node % 3 for node in graph}
    for places in (
        circle_layout(graph),
        column_layout(graph, [node for node in graph if node % 2]),
        layer_layout(graph, layers),
        stress_layout(graph),
    ):
        assert list(places) == list(graph)
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places.values())
        assert len(set(places.values())) == len(graph)
        assert all(round(value, 4) == value for place in places.values() for value in place)


@settings(max_examples=30)
@given(graphs())
def test_directions_weights_and_loops_do_not_move_anybody(graph):
    directed = nx.DiGraph()
    directed.add_nodes_from(graph)
    directed.add_weighted_edges_from((one, other, 7) for one, other in graph.edges)
    directed.add_edges_from((node, node) for node in graph)
    assert stress_layout(directed) == stress_layout(graph)


def test_a_path_a_cycle_and_a_star_look_like_it():
    path = stress_layout(nx.path_graph(6))
    assert [path[node][0] for node in range(6)] == pytest.approx([k / 5 for k in range(6)], abs=0.01)
    assert all(abs(y - 0.5) < 0.01 for _, y in path.values())
    cycle = stress_layout(nx.cycle_graph(12))
    assert all(0.4 < dist(place, (0.5, 0.5)) < 0.6 for place in cycle.values())
    star = stress_layout(nx.star_graph(6))
    assert dist(star[0], (0.5, 0.5)) < 0.1


@pytest.mark.parametrize("name", ["karate_club_graph", "les_miserables_graph", "florentine_families_graph"])
def test_stress_is_close_to_what_a_compiled_engine_reaches(name):
    """Kamada and Kawai's layout in igraph minimises the same stress; ours is then stretched to the frame."""
    igraph = pytest.importorskip("igraph", reason="igraph is missing")
    graph = nx.convert_node_labels_to_integers(getattr(nx, name)())
    apart = dict(nx.all_pairs_shortest_path_length(graph))

    def stress(places):
        pairs = [(dist(places[a], places[b]), apart[a][b]) for a, b in combinations(graph, 2)]
        scale = sum(seen / far for seen, far in pairs) / sum((seen / far) ** 2 for seen, far in pairs)
        return sum((scale * seen / far - 1) ** 2 for seen, far in pairs) / len(pairs)

    theirs = dict(enumerate(igraph.Graph(len(graph), list(graph.edges)).layout_kamada_kawai().coords))
    assert stress(stress_layout(graph)) < 1.5 * stress(theirs) < 0.7 * stress(circle_layout(graph))


def test_parts_do_not_overlap_and_the_smallest_are_last():
    graph = nx.disjoint_union_all([nx.complete_graph(3), nx.cycle_graph(9), nx.empty_graph(4)])
    places = stress_layout(graph)
    boxes = []
    for part in (range(3, 12), range(3), [12], [13], [14], [15]):
        x, y = zip(*(places[node] for node in part), strict=True)
        boxes.append((min(x), max(x), min(y), max(y)))
    for one, two in combinations(boxes, 2):
        assert one[1] < two[0] or two[1] < one[0] or one[3] < two[2] or two[3] < one[2]
    assert boxes[0][0] == 0
    assert boxes[0][3] == 1
    assert boxes[-1][2] == 0


def test_columns_cross_less_than_as_they_came():
    graph = nx.davis_southern_women_graph()
    women = [node for node, side in graph.nodes(data="bipartite") if side == 0]
    assert crossings(graph, column_layout(graph, women)) < 0.9 * crossings(graph, column_layout(graph, women, rounds=0))
    ladder = nx.Graph([("A", "r"), ("B", "q"), ("C", "p")])
    assert crossings(ladder, column_layout(ladder, ["C", "A", "B"])) == 0


def test_layers_stand_under_each_other():
    tree = nx.balanced_tree(2, 3)
    places = layer_layout(tree, nx.single_source_shortest_path_length(tree, 0))
    assert [places[node][1] for node in (0, 1, 3, 7)] == [1.0, 0.6667, 0.3333, 0.0]
    rows = [[places[node][0] for node in row] for row in ([1, 2], [3, 4, 5, 6], list(range(7, 15)))]
    assert rows == [sorted(row) for row in rows]


def test_the_same_places_in_another_process_and_without_numpy():
    program = (
        "import json, sys; sys.modules['numpy'] = None; import networkx as nx; from jejaring.layouts import *;"
        "g = nx.les_miserables_graph(); print(json.dumps([stress_layout(g), circle_layout(g)]))"
    )
    graph = nx.les_miserables_graph()
    here = json.dumps([stress_layout(graph), circle_layout(graph)])
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True
        )
        assert done.stdout.strip() == here


def test_known_places():
    """These very numbers must come out on every machine."""
    places = stress_layout(nx.karate_club_graph())
    assert {node: places[node] for node in (0, 16, 33)} == {
        0: (0.3911, 0.4459),
        16: (0.0, 0.5634),
        33: (0.7711, 0.3707),
    }


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: stress_layout(nx.empty_graph(1001)), "number of nodes in graph is 1001"),
        (lambda: stress_layout(nx.path_graph(2), rounds=-1), "rounds is -1"),
        (lambda: column_layout(nx.path_graph(2), [7]), "left names 1 nodes that are not in the graph"),
        (lambda: layer_layout(nx.path_graph(2), {0: 0}), "layers has no row for 1"),
        (lambda: layer_layout(nx.path_graph(2), {0: 0, 1: 0.5}), r"layers\[1\] is 0.5"),
    ],
)
def test_wrong_wishes_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
