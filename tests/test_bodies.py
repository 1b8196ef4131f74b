"""International bodies: the numbers of the tables, and what the boundary does to them."""

import networkx as nx
import pytest

from jejaring.bodies import boundary, members_over_time, memberships
from jejaring.data import table
from jejaring.two_mode import bipartite_density, members, nodes_of, projection

FIVE = ["ASEAN", "APEC", "NATO", "OIC", "NAM"]
ALL = nodes_of(memberships(), 1)


def rounded(scores, count):
    return [(country, round(score, 4)) for country, score in list(scores.items())[:count]]


def test_the_table():
    graph = memberships()
    assert (len(nodes_of(graph, 0)), len(ALL), graph.number_of_edges(), bipartite_density(graph)) == (30, 12, 126, 0.35)
    assert list(members(graph, 0).items())[:5] == [
        ("Indonesia", 9),
        ("Malaysia", 7),
        ("Australia", 6),
        ("Brunei", 6),
        ("Turkiye", 6),
    ]
    assert list(members(graph, 0).values())[5] == 5
    bipartite = nx.bipartite.betweenness_centrality(graph, nodes_of(graph, 0))
    found = {name: round(bipartite[name], 4) for name in ("Indonesia", "Turkiye", "Malaysia")}
    assert found == {"Indonesia": 0.1084, "Turkiye": 0.0503, "Malaysia": 0.0434}


def test_nato_meets_the_others_in_one_country():
    graph = memberships()
    assert set(graph["NATO"]) & set(graph["NAM"]) == set()
    assert set(graph["NATO"]) & set(graph["OIC"]) == {"Turkiye"}
    assert not projection(graph, 1).has_edge("NATO", "NAM")


def test_a_projection_ties_almost_everybody():
    loose = boundary(memberships())
    assert (loose.ties, round(loose.density, 4), loose.alone) == (341, 0.7839, ())
    tight = boundary(memberships(), min_shared=3)
    assert tight.ties == 112
    assert rounded(tight.brokerage, 2) == [("Indonesia", 0.4387), ("Turkiye", 0.0885)]
    assert len(tight.brokerage) == 30


def test_the_boundary_makes_the_broker():
    five = boundary(memberships(), FIVE, 2)
    assert rounded(five.brokerage, 4) == [
        ("Brunei", 0.0263),
        ("Indonesia", 0.0263),
        ("Malaysia", 0.0263),
        ("Australia", 0.0),
    ]
    with_g20 = boundary(memberships(), [*FIVE, "G20"], 2)
    assert rounded(with_g20.brokerage, 1) == [("Indonesia", 0.5220)]
    without = boundary(memberships(), [body for body in ALL if body not in ("MIKTA", "D-8", "BRICS")], 3)
    assert round(without.brokerage["Indonesia"], 4) == 0.1072


def test_the_order_of_bodies_does_not_matter():
    one, other = boundary(memberships(), FIVE, 2), boundary(memberships(), FIVE[::-1], 2)
    assert (one.ties, one.brokerage, one.alone) == (other.ties, other.brokerage, other.alone)
    assert boundary(memberships(), ALL, 2) == boundary(memberships(), None, 2)


@pytest.mark.parametrize(
    ("bodies", "least", "message"),
    [
        (["ASEAN", "EU"], 1, "bodies is 'EU'; it must be one of 'ASEAN'"),
        ([], 1, "it must name at least one body"),
        (["ASEAN", "ASEAN"], 1, "each once at most"),
        (None, 0, "min_shared is 0; it must be a whole number of bodies, 1 or more"),
    ],
)
def test_wrong_boundaries_are_refused(bodies, least, message):
    with pytest.raises(ValueError, match=message):
        boundary(memberships(), bodies, least)


def test_members_over_time():
    assert members_over_time("ASEAN") == {1967: 5, 1984: 6, 1995: 7, 1997: 9, 1999: 10, 2025: 11}
    assert list(members_over_time("APEC").items()) == [(1989, 12), (1991, 15), (1993, 17), (1994, 18), (1998, 21)]
    nato = members_over_time("NATO")
    assert list(nato.values()) == [12, 14, 15, 16, 19, 26, 28, 29, 30, 31, 32]
    assert list(nato)[-2:] == [2023, 2024]
    with pytest.raises(ValueError, match="body is 'EU'"):
        members_over_time("EU")


def test_the_tables_agree_with_each_other():
    graph, founded = memberships(), {row["body"]: row for row in table("bodies_founded")}
    joined = table("bodies_joined")
    for body in ("ASEAN", "APEC", "NATO"):
        own = {row["member"] for row in joined if row["body"] == body}
        assert len(own) == int(founded[body]["members"])
        assert set(graph[body]) == own & set(nodes_of(graph, 0))
        assert min(row["joined"] for row in joined if row["body"] == body) == founded[body]["founded"][:4]
    assert [row["founded"] for row in founded.values()] == sorted(row["founded"] for row in founded.values())
    assert {row["certainty"] for row in founded.values()} == {"S", "L"}
    for body in ALL:
        if body in founded:
            assert graph.degree[body] <= int(founded[body]["members"])
    assert set(graph["BRICS"]) >= {"Indonesia", "Iran"}
    assert "Saudi Arabia" not in graph["BRICS"]
