"""What falls apart when ties are cut or people leave: which ties hold a network together.

An order of cutting is a function that takes a network and lists its ties, the first to be cut first; pass your own.
Orders look at the whole network once, before the first cut. Ties that are equal in an order's eyes keep the order of
``graph.edges``, so that the same network always falls apart in the same way.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, floor
from random import Random
from typing import Any, TypeAlias

import networkx as nx

from jejaring._checks import Number, share, whole

__all__ = [
    "Pieces",
    "after_removal",
    "busiest_first",
    "count_pieces",
    "fragmentation",
    "in_random_order",
    "key_players",
    "removal_curve",
    "strongest_first",
    "tie_overlap",
    "weakest_first",
]

Tie = tuple[Hashable, Hashable]
Graph: TypeAlias = "nx.Graph[Any]"

_MOST_GROUPS = 200_000  # that key_players is willing to try: some fifteen seconds for thirty people


@dataclass(frozen=True)
class Pieces:
    """How broken a network is.

    Parameters
    ----------
    cut : int
        Ties that have been cut.
    largest : int
        People in the largest piece.
    count : int
        Pieces, of one person and more.

    Examples
    --------
    >>> Pieces(cut=2, largest=3, count=2).largest
    3
    """

    cut: int
    largest: int
    count: int


def tie_overlap(graph: Graph, one: Hashable, other: Hashable) -> Fraction:
    """Of all the other people whom the two ends of a tie know, what share do both know?

    Parameters
    ----------
    graph : networkx.Graph
        Without directions; not modified.
    one, other : hashable
        Two people with a tie.

    Returns
    -------
    Fraction
        From 0 (a local bridge: nobody in common) to 1 (the same circle); 0 when they know nobody else.

    Raises
    ------
    ValueError
        If the network has directions, or the two have no tie.

    References
    ----------
    Onnela, J.-P., Saramäki, J., Hyvönen, J., Szabó, G., Lazer, D., Kaski, K., Kertész, J., & Barabási, A.-L. (2007).
    Structure and tie strengths in mobile communication networks. *PNAS* 104, 7332-7336.

    Examples
    --------
    0 and 1 both know 2; 1 alone knows 3.

    >>> print(tie_overlap(nx.Graph([(0, 1), (0, 2), (1, 2), (1, 3)]), 0, 1))
    1/2
    """
    _check_undirected(graph)
    if not graph.has_edge(one, other):
        raise ValueError(f"({one!r}, {other!r}) is no tie of the graph; it must be one of its {graph.size()} ties.")
    circles = [set(graph[person]) - {one, other} for person in (one, other)]
    known, shared = len(circles[0] | circles[1]), len(circles[0] & circles[1])
    return Fraction(shared, known) if known else Fraction(0)


def weakest_first(graph: Graph) -> list[Tie]:
    """List the ties so that those with the least overlap come first.

    Parameters
    ----------
    graph : networkx.Graph
        Without directions; not modified.

    Returns
    -------
    list of pair of hashable
        All ties, by rising overlap; equals in the order of ``graph.edges``.

    Raises
    ------
    ValueError
        If the network has directions.

    References
    ----------
    Onnela, J.-P., Saramäki, J., Hyvönen, J., Szabó, G., Lazer, D., Kaski, K., Kertész, J., & Barabási, A.-L. (2007).
    Structure and tie strengths in mobile communication networks. *PNAS* 104, 7332-7336.

    Examples
    --------
    Two triangles and the bridge between them:

    >>> weakest_first(nx.Graph([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)]))[0]
    (2, 3)
    """
    _check_undirected(graph)
    return sorted(graph.edges, key=lambda tie: tie_overlap(graph, *tie))


def strongest_first(graph: Graph) -> list[Tie]:
    """List the ties so that those with the most overlap come first.

    Parameters
    ----------
    graph : networkx.Graph
        Without directions; not modified.

    Returns
    -------
    list of pair of hashable
        All ties, by falling overlap; equals in the order of ``graph.edges``.

    Raises
    ------
    ValueError
        If the network has directions.

    References
    ----------
    Onnela, J.-P., Saramäki, J., Hyvönen, J., Szabó, G., Lazer, D., Kaski, K., Kertész, J., & Barabási, A.-L. (2007).
    Structure and tie strengths in mobile communication networks. *PNAS* 104, 7332-7336.

    Examples
    --------
    Two triangles and the bridge between them:

    >>> strongest_first(nx.Graph([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)]))[-1]
    (2, 3)
    """
    _check_undirected(graph)
    return sorted(graph.edges, key=lambda tie: -tie_overlap(graph, *tie))


def busiest_first(graph: Graph) -> list[Tie]:
    """List the ties so that those on the most shortest paths come first.

    Parameters
    ----------
    graph : networkx.Graph
        Without directions; weights are not used; not modified.

    Returns
    -------
    list of pair of hashable
        All ties, by falling edge betweenness (equal to ten decimals means equal); equals in the order of
        ``graph.edges``.

    Raises
    ------
    ValueError
        If the network has directions.

    References
    ----------
    Girvan, M., & Newman, M. E. J. (2002). Community structure in social and biological networks. *PNAS* 99, 7821-7826.

    Examples
    --------
    Nine pairs of people need the bridge:

    >>> busiest_first(nx.Graph([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)]))[0]
    (2, 3)
    """
    _check_undirected(graph)
    busy = nx.edge_betweenness_centrality(graph)
    return sorted(graph.edges, key=lambda tie: -round(busy[tie], 10))


def in_random_order(graph: Graph, *, seed: int) -> list[Tie]:
    """List the ties in an order that chance alone decides.

    Parameters
    ----------
    graph : networkx.Graph
        Without directions; not modified.
    seed : int
        The same seed gives the same order.

    Returns
    -------
    list of pair of hashable
        All ties.

    Raises
    ------
    ValueError
        If the network has directions.

    Examples
    --------
    >>> path = nx.path_graph(4)
    >>> in_random_order(path, seed=1)
    [(1, 2), (2, 3), (0, 1)]
    """
    _check_undirected(graph)
    ties = list(graph.edges)
    Random(seed).shuffle(ties)
    return ties


def count_pieces(graph: Graph, *, cut: int = 0) -> Pieces:
    """Count the pieces of a network, and the people in the largest one.

    Parameters
    ----------
    graph : networkx.Graph
        Without directions; not modified.
    cut : int
        Ties that were cut before, to be written into the result.

    Returns
    -------
    Pieces
        A network without people has no piece, and its largest has 0 people.

    Raises
    ------
    ValueError
        If the network has directions.

    Examples
    --------
    >>> count_pieces(nx.Graph([(0, 1), (1, 2), (3, 4)]))
    Pieces(cut=0, largest=3, count=2)
    """
    _check_undirected(graph)
    sizes = [len(piece) for piece in nx.connected_components(graph)]
    return Pieces(cut, max(sizes, default=0), len(sizes))


def after_removal(graph: Graph, ties: Sequence[Tie], portion: Number) -> Graph:
    """Cut the first ties of an order, and show what is left.

    Parameters
    ----------
    graph : networkx.Graph
        Without directions; not modified.
    ties : sequence of pair of hashable
        Ties in the order in which they are cut, as `weakest_first` lists them.
    portion : int, float or Fraction
        Share of these ties to cut, from 0 to 1; a part of a tie is left standing.

    Returns
    -------
    networkx.Graph
        A new network with everybody still in it.

    Raises
    ------
    ValueError
        If the network has directions, the share is outside its range, or a tie is not in the network.

    Examples
    --------
    40% of 254 ties are 101:

    >>> people = nx.les_miserables_graph()
    >>> left = after_removal(people, weakest_first(people), 0.4)
    >>> left.size(), count_pieces(left).largest
    (153, 13)
    """
    _check_undirected(graph)
    _check_ties(graph, ties)
    left = graph.copy()
    # Shares like 0.29 are a little off as floats: 0.29 * 100 is 28.999999999999996.
    left.remove_edges_from(ties[: floor(share("portion", portion) * len(ties) + Fraction(1, 10**9))])
    return left


def removal_curve(graph: Graph, ties: Sequence[Tie]) -> list[Pieces]:
    """Cut one tie after the other and count the pieces each time.

    Parameters
    ----------
    graph : networkx.Graph
        Without directions; not modified.
    ties : sequence of pair of hashable
        Ties in the order in which they are cut, each at most once.

    Returns
    -------
    list of Pieces
        One more than there are ties: the first is the whole network, the last has lost them all.

    Raises
    ------
    ValueError
        If the network has directions, or a tie is not in it or comes twice.

    References
    ----------
    Newman, M. E. J., & Ziff, R. M. (2001). Fast Monte Carlo algorithm for site or bond percolation.
    *Physical Review E* 64, 016706.

    Examples
    --------
    A path of four people, cut in the middle first:

    >>> [(step.cut, step.largest, step.count) for step in removal_curve(nx.path_graph(4), [(1, 2), (0, 1), (2, 3)])]
    [(0, 4, 1), (1, 2, 2), (2, 2, 3), (3, 1, 4)]
    """
    _check_undirected(graph)
    _check_ties(graph, ties)
    rest = graph.copy()
    rest.remove_edges_from(ties)
    piece_of = {person: piece for piece in nx.connected_components(rest) for person in piece}
    now = count_pieces(rest, cut=len(ties))
    curve = [now]
    # Backwards: to tie pieces together again is quicker than to look for them after each cut.
    for cut, (one, other) in reversed(list(enumerate(ties))):
        joined, count = piece_of[one], now.count
        if joined is not piece_of[other]:
            small, joined = sorted((piece_of[one], piece_of[other]), key=len)
            joined |= small
            piece_of.update(dict.fromkeys(small, joined))
            count -= 1
        now = Pieces(cut, max(now.largest, len(joined)), count)
        curve.append(now)
    return curve[::-1]


def fragmentation(graph: Graph) -> Fraction:
    """Of all pairs of people, what share cannot reach each other?

    Parameters
    ----------
    graph : networkx.Graph
        Without directions; not modified.

    Returns
    -------
    Fraction
        From 0 (one piece) to 1 (nobody has a tie); 0 for fewer than two people.

    Raises
    ------
    ValueError
        If the network has directions.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. *Computational & Mathematical
    Organization Theory* 12, 21-34.

    Examples
    --------
    Pieces of three and two people keep 3 + 1 of the 10 pairs together.

    >>> print(fragmentation(nx.Graph([(0, 1), (1, 2), (3, 4)])))
    3/5
    """
    _check_undirected(graph)
    pairs = comb(len(graph), 2)
    together = sum(comb(len(piece), 2) for piece in nx.connected_components(graph))
    return 1 - Fraction(together, pairs) if pairs else Fraction(0)


def key_players(graph: Graph, count: int) -> tuple[Hashable, ...]:
    """Find the people whose leaving would break the network most, by trying every group.

    Parameters
    ----------
    graph : networkx.Graph
        Without directions; not modified.
    count : int
        How many leave, from 1 to the number of people. There may be 200,000 groups of this size at most.

    Returns
    -------
    tuple of hashable
        The group that leaves the largest `fragmentation` behind; among equals the first in the order of
        ``graph.nodes``.

    Raises
    ------
    ValueError
        If the network has directions, `count` is outside its range, or there are too many groups.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. *Computational & Mathematical
    Organization Theory* 12, 21-34.

    Examples
    --------
    Of five in a row the one in the middle leaves the fewest pairs together, two of six; but the best two leave none,
    and don't contain the one in the middle.

    >>> key_players(nx.path_graph(5), 1), key_players(nx.path_graph(5), 2)
    ((2,), (1, 3))
    """
    _check_undirected(graph)
    whole("count", count, "people", 1, len(graph))
    if comb(len(graph), count) > _MOST_GROUPS:
        groups = comb(len(graph), count)
        raise ValueError(f"count is {count}; that makes {groups} groups to try, at most {_MOST_GROUPS} are allowed.")

    def broken(group: tuple[Hashable, ...]) -> Fraction:
        return fragmentation(graph.subgraph(set(graph) - set(group)))

    return max(combinations(graph.nodes, count), key=broken)


def _check_undirected(graph: Graph) -> None:
    """Refuse networks with directions or with several ties between the same two."""
    if graph.is_directed() or graph.is_multigraph():
        raise ValueError(f"graph is a {type(graph).__name__}; it must be undirected, one tie for each pair.")


def _check_ties(graph: Graph, ties: Iterable[Tie]) -> None:
    """Refuse ties that don't exist or come twice."""
    seen: set[frozenset[Hashable]] = set()
    for tie in ties:
        if not graph.has_edge(*tie) or frozenset(tie) in seen:
            raise ValueError(f"ties contains {tie!r}; each must be a tie of the graph and appear once at most.")
        seen.add(frozenset(tie))
