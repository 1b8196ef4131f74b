"""Two-mode networks: actors on one side, what they take part in on the other, and what they share.

A two-mode network is a networkx graph whose nodes have ``bipartite`` 0 (actors: the rows of the table) or 1 (groups:
its columns); ties run between the two sides alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import networkx as nx

from jejaring._checks import whole
from jejaring._spreadsheets import Problems, place

__all__ = ["bipartite_density", "from_table", "members", "newman_projection", "nodes_of", "projection"]


def from_table(rows: Sequence[Mapping[str, str]]) -> nx.Graph[Any]:
    """Make a two-mode network from a table of noughts and ones.

    Parameters
    ----------
    rows : sequence of mappings
        One for each actor, as `jejaring.data.table` gives them: the first entry is the actor's name, the others are
        "1" where the actor takes part and "0" where not, by the group's name. Not modified.

    Returns
    -------
    networkx.Graph
        Actors first, then groups, in the order of the table; those without ties too.

    Raises
    ------
    ValueError
        If a cell is neither 0 nor 1, a name is missing or stands there twice, or a row has other columns; the message
        tells the first ten by row and column, the header being row 1.

    References
    ----------
    Breiger, R. L. (1974). The duality of persons and groups. *Social Forces* 53, 181-190.

    Examples
    --------
    >>> graph = from_table([{"woman": "Eva", "tea": "1", "dance": "1"}, {"woman": "Ida", "tea": "0", "dance": "1"}])
    >>> list(graph.edges)
    [('Eva', 'tea'), ('Eva', 'dance'), ('Ida', 'dance')]
    """
    problems = Problems("table")
    if not rows:
        raise ValueError("table is empty; it needs at least one row.")
    first, *groups = rows[0]
    graph: nx.Graph[Any] = nx.Graph()
    for number, row in enumerate(rows, 1):
        actor = row.get(first)
        if not actor or actor in graph or actor in groups:
            problems.add(place(number, 0, first), f"{actor!r} is no name of its own; every actor and group needs one.")
        if list(row) != [first, *groups]:
            problems.add(f"row {number + 1}", "other columns than in the first row.")
        graph.add_node(actor, bipartite=0)
    graph.add_nodes_from(groups, bipartite=1)
    for number, row in enumerate(rows, 1):
        for column, group in enumerate(groups, 1):
            if row.get(group) not in ("0", "1"):
                problems.add(place(number, column, group), f"{row.get(group)!r} is neither 0 nor 1.")
            elif row[group] == "1":
                graph.add_edge(row.get(first), group)
    problems.refuse()
    return graph


def nodes_of(graph: nx.Graph[Any], mode: int) -> list[Any]:
    """List one side of a two-mode network.

    Parameters
    ----------
    graph : networkx.Graph
        Two-mode; not modified.
    mode : {0, 1}
        0 for the actors, 1 for the groups.

    Returns
    -------
    list
        In the order of the graph.

    Raises
    ------
    ValueError
        If `mode` is neither 0 nor 1, a node belongs to neither side, or a tie joins two of one side.

    Examples
    --------
    >>> nodes_of(from_table([{"woman": "Eva", "tea": "1"}]), 1)
    ['tea']
    """
    whole("mode", mode, "sides", 0, 1)
    side = dict(graph.nodes(data="bipartite"))
    for node, its in side.items():
        if its not in (0, 1):
            raise ValueError(f"node {node!r} has bipartite {its!r}; in a two-mode network it must be 0 or 1.")
    for one, other in graph.edges:
        if side[one] == side[other]:
            raise ValueError(f"the tie {one!r}, {other!r} joins two of one side; in a two-mode network none may.")
    return [node for node, its in side.items() if its == mode]


def members(graph: nx.Graph[Any], mode: int = 1) -> dict[Any, int]:
    """Count the ties of each node on one side: how many take part in a group, or in how many an actor takes part.

    Parameters
    ----------
    graph : networkx.Graph
        Two-mode; not modified.
    mode : {0, 1}
        0 for the actors, 1 for the groups.

    Returns
    -------
    dict of node to int
        Largest first; where equal, in the order of the graph.

    Raises
    ------
    ValueError
        If the graph is not two-mode, or `mode` is neither 0 nor 1.

    Examples
    --------
    >>> graph = from_table([{"woman": "Eva", "tea": "1", "dance": "1"}, {"woman": "Ida", "tea": "0", "dance": "1"}])
    >>> members(graph)
    {'dance': 2, 'tea': 1}
    """
    return {node: graph.degree[node] for node in sorted(nodes_of(graph, mode), key=lambda node: -graph.degree[node])}


def bipartite_density(graph: nx.Graph[Any]) -> float:
    """Divide the ties that there are by those that there could be between the two sides.

    Parameters
    ----------
    graph : networkx.Graph
        Two-mode; not modified.

    Returns
    -------
    float
        From 0 to 1; 0 where one side is empty.

    Raises
    ------
    ValueError
        If the graph is not two-mode.

    References
    ----------
    Borgatti, S. P., & Everett, M. G. (1997). Network analysis of 2-mode data. *Social Networks* 19, 243-269.

    Examples
    --------
    >>> bipartite_density(from_table([{"woman": "Eva", "tea": "1", "dance": "0"}]))
    0.5
    """
    possible = len(nodes_of(graph, 0)) * len(nodes_of(graph, 1))
    return graph.number_of_edges() / possible if possible else 0.0


def projection(graph: nx.Graph[Any], mode: int = 0, min_shared: int = 1) -> nx.Graph[Any]:
    """Tie two of one side when they share enough of the other side.

    Beware: one group of k members alone makes all of its k (k - 1) / 2 pairs, so projections are dense and full of
    triangles even where nobody chose anybody.

    Parameters
    ----------
    graph : networkx.Graph
        Two-mode; not modified.
    mode : {0, 1}
        The side that stays: 0 for the actors, 1 for the groups.
    min_shared : int
        How many they must share, 1 or more.

    Returns
    -------
    networkx.Graph
        All nodes of that side, those without ties too; ``weight`` counts what the two share.

    Raises
    ------
    ValueError
        If the graph is not two-mode, or a number is outside its range.

    References
    ----------
    Breiger, R. L. (1974). The duality of persons and groups. *Social Forces* 53, 181-190.

    Examples
    --------
    >>> graph = from_table([{"woman": "Eva", "tea": "1", "dance": "1"}, {"woman": "Ida", "tea": "1", "dance": "1"}])
    >>> list(projection(graph).edges(data="weight")), list(projection(graph, min_shared=3).edges)
    ([('Eva', 'Ida', 2)], [])
    """
    whole("min_shared", min_shared, "shared nodes", 1)
    kept = nodes_of(graph, mode)
    projected: nx.Graph[Any] = nx.Graph()
    projected.add_nodes_from(kept)
    for one, other in combinations(kept, 2):
        shared = sum(node in graph[other] for node in graph[one])
        if shared >= min_shared:
            projected.add_edge(one, other, weight=shared)
    return projected


def newman_projection(graph: nx.Graph[Any], mode: int = 0) -> nx.Graph[Any]:
    """Tie two of one side by what they share, a small circle counting more than a crowd.

    Parameters
    ----------
    graph : networkx.Graph
        Two-mode; not modified.
    mode : {0, 1}
        The side that stays: 0 for the actors, 1 for the groups.

    Returns
    -------
    networkx.Graph
        All nodes of that side; ``weight`` adds up 1 / (size - 1) over all that the two share. The weights of a node
        add up to the number of its circles that have others in them.

    Raises
    ------
    ValueError
        If the graph is not two-mode, or `mode` is neither 0 nor 1.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. *Physical Review E* 64, 016132.

    Examples
    --------
    Two met alone and in a circle of three: 1 + 1/2.

    >>> rows = [{"who": "A", "pair": "1", "trio": "1"}, {"who": "B", "pair": "1", "trio": "1"}]
    >>> newman_projection(from_table([*rows, {"who": "C", "pair": "0", "trio": "1"}])).edges["A", "B"]["weight"]
    1.5
    """
    weighted = projection(graph, mode)
    for one, other in weighted.edges:
        worth = 0.0
        for node in graph[one]:
            if node in graph[other]:
                worth += 1 / (graph.degree[node] - 1)
        weighted.edges[one, other]["weight"] = worth
    return weighted
