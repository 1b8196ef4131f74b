"""Pictures of networks: what they say, that names don't collide, and how small their still images are."""

import math
import re
import xml.etree.ElementTree as ET
from itertools import combinations

import networkx as nx
import pytest

from jejaring.figures import static
from jejaring.figures.networks import network_map, relations_compared
from jejaring.figures.two_mode import boundary_bars, components_ranked, membership_matrix, projection_map
from jejaring.language import use_language
from jejaring.layouts import circle_layout, stress_layout

SVG = "{http://www.w3.org/2000/svg}"
SQUARE = {"A": (0, 0), "B": (0, 1), "C": (1, 1), "D": (1, 0)}


@pytest.fixture(autouse=True)
def indonesian():
    use_language("id")
    yield
    use_language("id")


def drawn(graph, **options):
    ties = [(one, other, float(weight)) for one, other, weight in graph.edges.data("weight", 1)]
    return network_map(stress_layout(graph), ties, title="x", **options)


def names(picture):
    """Names that are written, with the box around each on a drawing of 350 x 500."""
    boxes = {}
    for trace in picture.spec["data"]:
        if "text" in trace["mode"]:
            size = trace["marker"]["size"]
            for x, y, name, side, wide in zip(
                trace["x"], trace["y"], trace["text"], trace["textposition"], size, strict=True
            ):
                if name:
                    plain = re.sub("<.*?>", "", name)
                    half, r = 3.3 * len(plain), wide / 2
                    across, up = {
                        "top center": (0, r + 9),
                        "bottom center": (0, -r - 9),
                        "middle right": (r + 4 + half, 0),
                        "middle left": (-r - 4 - half, 0),
                    }[side]
                    middle = (x * 292 + across, y * 407 + up)
                    boxes[plain] = (middle[0] - half, middle[0] + half, middle[1] - 6, middle[1] + 6)
    return boxes


def test_seventy_seven_nodes_are_readable_and_small():
    graph = nx.les_miserables_graph()
    picture = drawn(graph, values=nx.betweenness_centrality(graph), value_name="keantaraan", marked=["Valjean"])
    assert picture.twin == "77 simpul dan 254 ikatan. Nilai keantaraan tertinggi: Valjean (0,570), lalu Myriel (0,177)."
    assert len(picture.svg) < 14_000
    written = names(picture)
    assert {"Valjean", "Myriel", "Gavroche", "Marius"} <= set(written)
    assert 8 <= len(written) <= 20
    for (_, one), (_, two) in combinations(written.items(), 2):
        assert one[1] <= two[0] or two[1] <= one[0] or one[3] <= two[2] or two[3] <= one[2]
    root = ET.fromstring(picture.svg)
    assert len(list(root.iter(f"{SVG}circle"))) == 77 + 2  # a ring, and the ring of the legend
    assert sum(path.get("d").count("M") for path in root.findall(f"{SVG}path")) == 254


def test_a_small_network_writes_every_name():
    graph = nx.florentine_families_graph()
    assert set(names(drawn(graph))) == set(graph)
    assert set(names(drawn(graph, most_labels=3))) == {"Medici", "Guadagni", "Strozzi"}


def test_thicker_is_stronger_and_only_said_where_ties_differ():
    ties = [("A", "B", 1), ("B", "C", 5), ("C", "D", 10)]
    traces = network_map(SQUARE, ties, title="x").spec["data"]
    lines = {trace["line"]["width"]: trace["x"][:2] + trace["y"][:2] for trace in traces if trace["mode"] == "lines"}
    assert lines == {1.2: [0, 0, 0, 1], 2.4: [0, 1, 1, 1], 4.2: [1, 1, 1, 0]}
    assert [trace["name"] for trace in traces if trace["showlegend"]] == ["makin tebal, makin kuat"]
    same = network_map(SQUARE, [("A", "B", 3), ("B", "C", 3)], title="x").spec["data"]
    assert not any(trace["showlegend"] for trace in same)


def test_what_is_marked_removed_or_grouped_has_a_sign_besides_colour():
    picture = network_map(
        SQUARE,
        [("A", "B", 1), ("B", "C", 1)],
        title="x",
        groups={"A": "utara", "B": "utara", "C": "selatan", "D": "selatan"},
        marked=["A"],
        marked_ties=[("C", "B")],
        marked_name="penting",
        removed=[("C", "D")],
    )
    by_name = {trace["name"]: trace for trace in picture.spec["data"] if trace["showlegend"]}
    assert by_name["ikatan yang diputus"]["line"]["dash"] == "dot"
    assert by_name["penting"]["marker"]["symbol"] == "circle-open"
    assert by_name["utara"]["marker"]["symbol"] != by_name["selatan"]["marker"]["symbol"]
    assert [trace["line"]["width"] for trace in picture.spec["data"] if trace["mode"] == "lines"] == [2, 1.6, 5]
    assert picture.twin == "4 simpul dan 2 ikatan. Ikatan terbanyak: B (2). Tanpa ikatan: D. 1 ikatan diputus."
    alone = network_map(SQUARE, [("A", "B", 1)], title="x", marked_ties=[("A", "B")]).spec["data"]
    assert [trace["name"] for trace in alone if trace["showlegend"]] == ["ditandai"]


def test_direction_counts_where_it_is_drawn():
    both = [("A", "B", 1), ("B", "A", 1), ("C", "D", 1)]
    directed = network_map(SQUARE, both, title="x", directed=True, marked_ties=[("B", "A")])
    assert directed.twin.startswith("4 simpul dan 3 ikatan berarah; 1 pasang saling menunjuk.")
    arrows = [trace for trace in directed.spec["data"] if trace["mode"] == "lines+markers"]
    assert [len(trace["x"]) // 3 for trace in arrows] == [2, 1]
    assert all(trace["marker"]["angleref"] == "previous" for trace in arrows)
    assert not any(trace["mode"] == "lines+markers" for trace in network_map(SQUARE, both, title="x").spec["data"])


def test_sizes_grow_with_values_by_area():
    values = {"A": 0, "B": 1, "C": 4, "D": 4}
    picture = network_map(SQUARE, [], title="x", values=values, value_name="nilai")
    [nodes] = [trace for trace in picture.spec["data"] if "markers" in trace["mode"]]
    low, half, high, same = nodes["marker"]["size"]
    assert (half - low) * 2 == high - low
    assert high == same
    assert picture.twin == (
        "4 simpul dan 0 ikatan. Nilai nilai tertinggi: C dan D (4), lalu B (1). Tanpa ikatan: A, B, C dan D."
    )
    equal = network_map(SQUARE, [], title="x", values=dict.fromkeys(SQUARE, 0.0), value_name="keantaraan")
    assert "Nilai keantaraan semuanya sama, 0." in equal.twin


def test_five_groups_are_too_many():
    places = circle_layout(nx.path_graph(["A", "B", "C", "D", "E"]))
    with pytest.raises(ValueError, match="groups has 5 groups; a map can tell at most 4 apart"):
        network_map(places, [], title="x", groups={node: f"g{node}" for node in places})


def test_arrow_heads_of_a_still_image_point_the_right_way_and_stop_before_the_node():
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [0, 1, None, 1, 1, None],
        "y": [0, 0, None, 0, 1, None],
        "marker": {"symbol": "arrow-wide", "size": [0, 10, 0] * 2, "standoff": [0, 7, 0] * 2, "angleref": "previous"},
    }
    layout = {"height": 300, "xaxis": {"range": [0, 2], "visible": False}, "yaxis": {"range": [0, 2], "visible": False}}
    root = ET.fromstring(static.render({"data": [trace], "layout": layout}, "x"))
    lines, heads = root.findall(f"{SVG}path")
    ends = [tuple(map(float, pair)) for pair in re.findall(r"[ML](\S+?) ([\d.]+)", lines.get("d"))]
    corners = [tuple(map(float, pair)) for pair in re.findall(r"[ML](\S+?) ([\d.]+)", heads.get("d"))]
    assert (len(ends), len(corners)) == (4, 6)
    for start, end, tip, one, two in ((*ends[:2], *corners[:3]), (*ends[2:], *corners[3:])):
        assert math.dist(tip, end) == pytest.approx(7, abs=0.2)
        assert math.dist(start, tip) + math.dist(tip, end) == pytest.approx(math.dist(start, end), abs=0.2)
        back = ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
        assert math.dist(start, back) < math.dist(start, tip)
        assert math.dist(one, tip) == pytest.approx(math.dist(two, tip), abs=0.2)


def test_relations_that_are_equal_are_called_equal():
    told = relations_compared({"communication": 2, "access": 2}, people=3).twin
    assert told == "Pada 3 orang yang sama, setiap relasi punya 2 ikatan (33% dari yang mungkin)."
    assert relations_compared({"x": 1, "access": 0}, people=2).spec["data"][0]["y"] == ["x", "akses"]


def test_a_matrix_puts_the_fullest_first():
    picture = membership_matrix({"A": ["q"], "B": ["p", "q"], "France": []}, ["p", "q", "r"], title="x")
    [trace] = picture.spec["data"]
    assert list(trace["y"]) == ["B", "A", "Prancis"]
    assert list(trace["x"]) == ["q", "p", "r"]
    assert [list(row) for row in trace["z"]] == [[1, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_a_projection_names_those_without_a_partner():
    told = projection_map(SQUARE, [("A", "B", 2)], {"A": 0, "B": 0, "C": 0, "D": 0}, min_shared=2).twin
    assert told.startswith("1 dari 6 pasang negara (17%) bertemu di sedikitnya 2 wadah.")
    assert told.endswith("Tanpa pasangan: C, D.")


def test_a_bet_stands_beside_its_boundary():
    bars = boundary_bars({"sempit": 0.0263, "luas": 0.522}, name="Indonesia", bets={"luas": 0.1, "lain": 1})
    assert bars.twin.endswith("Tebakanmu untuk luas: 0,100; hasilnya 0,522.")
    assert [trace["type"] for trace in bars.spec["data"]] == ["bar", "scatter"]


def test_islands_are_hatched():
    picture = components_ranked({"a": 3, "b": 2, "voluntary": 1}, total=4, islands=["voluntary"])
    main, island = picture.spec["data"]
    assert (list(main["y"]), list(island["y"])) == (["a", "b"], ["sukarela"])
    assert island["marker"]["pattern"]["shape"] == "/"
    assert picture.twin.endswith("Sukarela berdiri sendiri: definisinya tidak berbagi apa pun dengan yang lain.")
