"""Two-mode networks to look at."""

import networkx as nx

from jejaring.bodies import boundary, memberships
from jejaring.data import table
from jejaring.figures import two_mode as figures
from jejaring.figures.picture import Picture
from jejaring.language import pick
from jejaring.layouts import stress_layout
from jejaring.two_mode import from_table, members, nodes_of, projection

__all__ = ["boundary_bars", "components_ranked", "membership_matrix", "projection_map"]

_FIVE = ["ASEAN", "APEC", "NATO", "OIC", "NAM"]


def membership_matrix() -> Picture:
    """Thirty countries in twelve bodies."""
    graph = memberships()
    inside = {country: list(graph[country]) for country in nodes_of(graph, 0)}
    return figures.membership_matrix(
        inside, nodes_of(graph, 1), title=pick({"id": "Siapa duduk di mana?", "en": "Who sits where?"})
    )


def projection_map() -> Picture:
    """Countries that meet in three bodies or more."""
    graph = memberships()
    countries = projection(graph, 0, 3)
    shared = [(one, other, int(countries.edges[one, other]["weight"])) for one, other in countries.edges]
    brokerage = boundary(graph, min_shared=3).brokerage
    return figures.projection_map(
        stress_layout(countries), shared, brokerage, min_shared=3, marked=["Indonesia", "Turkiye"]
    )


def boundary_bars() -> Picture:
    """Indonesia under four boundaries."""
    graph = memberships()
    fewer = [body for body in nodes_of(graph, 1) if body not in ("MIKTA", "D-8", "BRICS")]
    with_g20 = pick({"id": "lima dan G20,<br>minimal 2", "en": "five and G20,<br>at least 2"})
    seen = {
        pick({"id": "lima wadah,<br>minimal 2", "en": "five bodies,<br>at least 2"}): boundary(graph, _FIVE, 2),
        with_g20: boundary(graph, [*_FIVE, "G20"], 2),
        pick({"id": "dua belas wadah,<br>minimal 3", "en": "twelve bodies,<br>at least 3"}): boundary(graph, None, 3),
        pick({"id": "tanpa MIKTA, D-8,<br>BRICS, minimal 3", "en": "no MIKTA, D-8,<br>BRICS, at least 3"}): boundary(
            graph, fewer, 3
        ),
    }
    brokerage = {name: each.brokerage["Indonesia"] for name, each in seen.items()}
    return figures.boundary_bars(brokerage, name="Indonesia", bets={with_g20: 0.1})


def components_ranked() -> Picture:
    """Fourteen definitions of cooperation."""
    graph = from_table(table("definitions_two_mode"))
    largest = max(nx.connected_components(graph), key=len)
    uses = members(graph)
    islands = [component for component in uses if component not in largest]
    return figures.components_ranked(uses, total=len(nodes_of(graph, 0)), islands=islands)
