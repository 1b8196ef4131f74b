"""Measures of well-known networks to look at."""

import networkx as nx

from jejaring import measures
from jejaring.communities import core_periphery as split
from jejaring.figures import measures as figures
from jejaring.figures.picture import Picture

__all__ = [
    "brokerage_roles",
    "centrality_race",
    "core_periphery",
    "ego_networks",
    "ei_by_group",
    "measure_bars",
    "two_measures",
]

FLORENCE = nx.florentine_families_graph()
CLUB = nx.karate_club_graph()
# Krackhardt (1990) names the ten of his kite.
KITE = nx.relabel_nodes(
    nx.krackhardt_kite_graph(),
    dict(enumerate(["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"])),
)
DEPARTMENTS = {
    "Ani": "acara", "Bayu": "acara", "Citra": "acara", "Dewi": "dana",
    "Eko": "dana", "Fitri": "dana", "Gilang": "humas", "Hana": "humas", "Indra": "humas",
}  # fmt: skip
ADVICE = nx.DiGraph(
    [
        ("Ani", "Bayu"), ("Bayu", "Citra"), ("Citra", "Ani"), ("Bayu", "Dewi"), ("Dewi", "Eko"), ("Dewi", "Fitri"),
        ("Eko", "Dewi"), ("Dewi", "Gilang"), ("Gilang", "Hana"), ("Hana", "Indra"), ("Indra", "Gilang"),
        ("Gilang", "Bayu"), ("Hana", "Ani"), ("Fitri", "Hana"), ("Ani", "Dewi"),
    ]
)  # fmt: skip


def centrality_race() -> Picture:
    """The kite: three measures, three winners."""
    keys = ("degree", "closeness", "betweenness")
    return figures.centrality_race({key: getattr(measures, key)(KITE) for key in keys})


def measure_bars() -> Picture:
    """Between whom the families of Florence stood."""
    return figures.measure_bars("betweenness", measures.betweenness(FLORENCE), bet="Strozzi")


def two_measures() -> Picture:
    """Who rules Florence, the Medici or the Strozzi?"""
    ties, between = measures.degree(FLORENCE), measures.betweenness(FLORENCE)
    return figures.two_measures("degree", ties, "betweenness", between, named=["Strozzi"])


def brokerage_roles() -> Picture:
    """Nine members of a committee in three teams."""
    return figures.brokerage_roles(measures.brokerage(ADVICE, DEPARTMENTS))


def ei_by_group() -> Picture:
    """The karate club after it split."""
    clubs = nx.get_node_attributes(CLUB, "club")
    return figures.ei_by_group(measures.ei_by_group(CLUB, clubs), overall=measures.ei_index(CLUB, clubs))


def ego_networks() -> Picture:
    """Six contacts each: one closed circle, one open."""
    closed, opened = nx.complete_graph(7), nx.star_graph(6)
    opened.add_edge(1, 2)
    return figures.ego_networks(
        {name: (6, measures.effective_size(ego)[0]) for name, ego in (("Sari", closed), ("Tono", opened))}
    )


def core_periphery() -> Picture:
    """The families of Florence, the core first."""
    found = split(FLORENCE)
    return figures.core_periphery(found.core, found.periphery, list(FLORENCE.edges), fit=found.fit)
