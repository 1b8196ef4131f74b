"""Who belongs together: communities, and a core with its periphery.

Networks are undirected networkx graphs as in `measures`; ties count alike.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from dataclasses import dataclass
from random import Random
from typing import Any

import networkx as nx  # noqa: TC002  # the examples call it

from jejaring._checks import whole
from jejaring.measures import modularity

__all__ = ["Communities", "CorePeriphery", "communities", "core_periphery"]

Weights = list[dict[int, int]]


@dataclass(frozen=True)
class Communities:
    """A division of a network into groups that are tied inside more than between.

    Parameters
    ----------
    groups : tuple of tuples of nodes
        The largest first; within a group in the order of the network.
    modularity : float
        How many more ties stay inside than chance would put there, from 0 to just below 1.

    Examples
    --------
    >>> found = Communities((("Ani", "Budi"), ("Citra",)), 0.0)
    >>> found.of
    {'Ani': 0, 'Budi': 0, 'Citra': 1}
    """

    groups: tuple[tuple[Any, ...], ...]
    modularity: float

    @property
    def of(self) -> dict[Any, int]:
        """Place in `groups` of each node's group."""
        return {node: place for place, group in enumerate(self.groups) for node in group}


@dataclass(frozen=True)
class CorePeriphery:
    """A core that is tied to itself and to the periphery, which is hardly tied within itself.

    Parameters
    ----------
    core, periphery : tuple of nodes
        The core in the order in which it grew; the periphery in the order of the network.
    fit : float
        Correlation of the ties with the ideal in which every pair is tied that has a member in the core, up to 1; 1 is
        a star, or several hubs that share everybody.

    Examples
    --------
    >>> CorePeriphery(core=("Ani",), periphery=("Budi", "Citra"), fit=1.0).core
    ('Ani',)
    """

    core: tuple[Any, ...]
    periphery: tuple[Any, ...]
    fit: float


def communities(network: nx.Graph[Any], *, seed: int) -> Communities:
    """Let everybody move to the group of those it is tied to, until nobody gains, then let groups move.

    Parameters
    ----------
    network : Graph
        At least one tie; not modified.
    seed : int
        In which order nodes are asked; other seeds can give other, about equally good divisions. The same seed gives
        the same division everywhere, whatever libraries are installed.

    Returns
    -------
    Communities
        The division (Louvain method).

    Raises
    ------
    ValueError
        If the network is directed or has no ties, or the seed is not a whole number.

    References
    ----------
    Blondel, V. D., Guillaume, J.-L., Lambiotte, R., & Lefebvre, E. (2008). Fast unfolding of communities in large
    networks. *Journal of Statistical Mechanics* 2008, P10008.
    Newman, M. E. J., & Girvan, M. (2004). Finding and evaluating community structure in networks. *Physical Review E*
    69, 026113.

    Examples
    --------
    Two triangles and a bridge: of 7 ties 6 stay inside, where chance would leave one half.

    >>> found = communities(nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 6), (6, 4)]), seed=1)
    >>> found.groups, round(found.modularity, 4)
    (((1, 2, 3), (4, 5, 6)), 0.3571)
    """
    chance = Random(whole("seed", seed, "a random stream"))
    nodes = list(network)
    modularity(network, dict.fromkeys(nodes, 0))  # refuses what is no undirected network with ties
    place = {node: at for at, node in enumerate(nodes)}
    weights: Weights = [{place[other]: 1 for other in others} for others in network.adj.values()]
    loops = [0] * len(nodes)
    member = list(range(len(nodes)))
    while True:
        moved = _move(weights, loops, chance)
        if len(set(moved)) == len(weights):
            break
        member = [moved[group] for group in member]
        weights, loops = _merge(weights, loops, moved)
    groups: dict[int, list[Any]] = {}
    for node, group in zip(nodes, member, strict=True):
        groups.setdefault(group, []).append(node)
    largest_first = sorted(groups.values(), key=len, reverse=True)
    return Communities(tuple(map(tuple, largest_first)), modularity(network, dict(zip(nodes, member, strict=True))))


def core_periphery(network: nx.Graph[Any]) -> CorePeriphery:
    """Divide a network into a core and a periphery, as close to the ideal as a growing core comes.

    Parameters
    ----------
    network : Graph
        Not modified.

    Returns
    -------
    CorePeriphery
        The core grows by the node with most ties to those outside it (then most ties, then the first) and ends where
        the correlation is highest. A good core, not always the very best: that would mean trying all 2**n.

    Raises
    ------
    ValueError
        If the network is directed, has no ties, or has all of them.

    References
    ----------
    Borgatti, S. P., & Everett, M. G. (2000). Models of core/periphery structures. *Social Networks* 21, 375-395.

    Examples
    --------
    A star is the ideal.

    >>> core_periphery(nx.star_graph(4))
    CorePeriphery(core=(0,), periphery=(1, 2, 3, 4), fit=1.0)
    """
    modularity(network, dict.fromkeys(network, 0))  # refuses what is no undirected network with ties
    count, ties = len(network), network.number_of_edges()
    if 2 * ties == count * (count - 1):
        raise ValueError("network has every tie there can be; core_periphery needs some that are missing.")
    grown, covered, best, fit = [], 0, 0, -math.inf
    for node, gained in _most_covering(network):
        grown.append(node)
        covered += gained
        value = _fit(count, ties, len(grown), covered)
        if value > fit + 1e-12:
            best, fit = len(grown), value
    core = dict.fromkeys(grown[:best])
    return CorePeriphery(tuple(core), tuple(node for node in network if node not in core), fit)


def _move(weights: Weights, loops: list[int], chance: Random) -> list[int]:
    """Ask all in random order to which neighbouring group they belong best, and again those whose contact moved."""
    strength = [sum(ties.values()) + loop for ties, loop in zip(weights, loops, strict=True)]
    ends = sum(strength)
    group, total = list(range(len(weights))), list(strength)
    waiting = deque(chance.sample(group, len(group)))
    waits = [True] * len(group)
    while waiting:
        node = waiting.popleft()
        waits[node] = False
        home = group[node]
        towards = {home: 0}
        for other, weight in weights[node].items():
            towards[group[other]] = towards.get(group[other], 0) + weight
        total[home] -= strength[node]
        # Whole numbers all along: the gain in modularity, times ends**2 / 2. Who gains nothing stays.
        gains = {to: weight * ends - strength[node] * total[to] for to, weight in towards.items()}
        goal = max(gains, key=lambda to: gains[to])
        group[node] = goal
        total[goal] += strength[node]
        for other in weights[node] if goal != home else ():
            if group[other] != goal and not waits[other]:
                waits[other] = True
                waiting.append(other)
    numbers = {old: new for new, old in enumerate(dict.fromkeys(group))}
    return [numbers[old] for old in group]


def _merge(weights: Weights, loops: list[int], group: list[int]) -> tuple[Weights, list[int]]:
    """Make one node of each group; ties inside become its loop, counted at both ends."""
    merged: Weights = [{} for _ in range(max(group) + 1)]
    inside = [0] * len(merged)
    for node, ties in enumerate(weights):
        home = group[node]
        inside[home] += loops[node]
        for other, weight in ties.items():
            if group[other] == home:
                inside[home] += weight
            else:
                merged[home][group[other]] = merged[home].get(group[other], 0) + weight
    return merged, inside


def _most_covering(network: nx.Graph[Any]) -> list[tuple[Any, int]]:
    """All nodes but one, each time the one with most ties to those that are left; and how many these are."""
    nodes = list(network)
    left = {node: len(network.adj[node]) for node in nodes}
    waiting = [(-left[node], -left[node], at) for at, node in enumerate(nodes)]
    heapq.heapify(waiting)
    taken: dict[Any, int] = {}
    while len(taken) < len(nodes) - 1:
        uncovered, ties, at = heapq.heappop(waiting)
        node = nodes[at]
        if -uncovered > left[node]:
            heapq.heappush(waiting, (-left[node], ties, at))
            continue
        taken[node] = left[node]
        for other in network.adj[node]:
            left[other] -= 1
    return list(taken.items())


def _fit(count: int, ties: int, core: int, covered: int) -> float:
    """Correlation over all pairs between being tied and having a member in the core."""
    pairs = count * (count - 1) // 2
    ideal = core * (core - 1) // 2 + core * (count - core)
    spread = ties * (pairs - ties) * ideal * (pairs - ideal)
    return (pairs * covered - ties * ideal) / math.sqrt(spread) if spread else -math.inf
