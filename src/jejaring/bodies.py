"""International bodies: which countries meet where, since when, and what the choice of bodies does to the picture.

The tables are dated: see ``course/data/SOURCES.md``. Memberships change, and so do the results.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx

from jejaring._checks import choice, whole
from jejaring.data import table
from jejaring.two_mode import from_table, nodes_of, projection

__all__ = ["Boundary", "boundary", "members_over_time", "memberships"]


@dataclass(frozen=True)
class Boundary:
    """What is seen when some bodies are looked at and the others are left out.

    Parameters
    ----------
    bodies : tuple of str
        The bodies inside the boundary.
    min_shared : int
        How many of them two countries must share to be tied.
    ties : int
        Pairs of countries that are tied.
    density : float
        Share of all pairs that are tied, from 0 to 1.
    brokerage : dict of str to float
        For each country, the normalised betweenness from 0 to 1, largest first.
    alone : tuple of str
        Countries without a tie; they are counted among all countries nevertheless.

    Examples
    --------
    >>> boundary(memberships(), ["ASEAN", "NATO"]).alone[:3]
    ('Australia', 'Brazil', 'China')
    """

    bodies: tuple[str, ...]
    min_shared: int
    ties: int
    density: float
    brokerage: dict[str, float]
    alone: tuple[str, ...]


def memberships() -> nx.Graph[Any]:
    """Load the two-mode network of 30 countries and 12 bodies.

    Returns
    -------
    networkx.Graph
        Countries with ``bipartite`` 0, bodies with 1; a tie is a full membership, as checked in November 2026.

    Examples
    --------
    >>> len(memberships()["Indonesia"]), len(memberships()["ASEAN"])
    (9, 11)
    """
    return from_table(table("io_membership_two_mode"))


def boundary(graph: nx.Graph[Any], bodies: Iterable[str] | None = None, min_shared: int = 1) -> Boundary:
    """Look at some bodies only: who is tied to whom through them, and who stands between the others?

    Parameters
    ----------
    graph : networkx.Graph
        Countries and bodies, as `memberships` gives them; not modified.
    bodies : iterable of str, optional
        The bodies inside the boundary; all of them when left out.
    min_shared : int
        How many of them two countries must share to be tied, 1 or more.

    Returns
    -------
    Boundary
        Ties, density and brokerage of the countries.

    Raises
    ------
    ValueError
        If a body is unknown or stands there twice, or `min_shared` is outside its range.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. *Sociometry* 40, 35-41.
    Laumann, E. O., Marsden, P. V., & Prensky, D. (1983). The boundary specification problem in network analysis. In R.
    S. Burt & M. J. Minor (Eds.), *Applied Network Analysis*, 18-34.

    Examples
    --------
    With ASEAN alone all of its members are tied, and nobody stands between others.

    >>> seen = boundary(memberships(), ["ASEAN"])
    >>> seen.ties, max(seen.brokerage.values()), len(seen.alone)
    (55, 0.0, 19)
    """
    known = nodes_of(graph, 1)
    inside = tuple(known if bodies is None else bodies)
    for body in inside:
        choice("bodies", body, known)
    if not inside or len(set(inside)) < len(inside):
        raise ValueError(f"bodies is {list(inside)!r}; it must name at least one body, and each once at most.")
    whole("min_shared", min_shared, "bodies", 1)
    seen = graph.subgraph([*nodes_of(graph, 0), *inside])
    countries = projection(seen, 0, min_shared)
    between = nx.betweenness_centrality(countries)
    return Boundary(
        bodies=inside,
        min_shared=min_shared,
        ties=countries.number_of_edges(),
        density=float(nx.density(countries)),
        brokerage=dict(sorted(between.items(), key=lambda pair: -pair[1])),
        alone=tuple(nx.isolates(countries)),
    )


def members_over_time(body: str) -> dict[int, int]:
    """Count the members of a body after each year in which some joined.

    Parameters
    ----------
    body : {"ASEAN", "APEC", "NATO"}
        The bodies whose history the table has.

    Returns
    -------
    dict of int to int
        Members by year, rising. Nobody has left these three.

    Raises
    ------
    ValueError
        If the table does not have the body.

    Examples
    --------
    >>> members_over_time("ASEAN")
    {1967: 5, 1984: 6, 1995: 7, 1997: 9, 1999: 10, 2025: 11}
    """
    joined = [(row["body"], int(row["joined"])) for row in table("bodies_joined")]
    choice("body", body, list(dict.fromkeys(name for name, _ in joined)))
    years = [year for name, year in joined if name == body]
    return {year: sum(other <= year for other in years) for year in sorted(set(years))}
