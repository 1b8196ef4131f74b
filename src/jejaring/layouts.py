"""Where to draw the nodes of a network: small layouts that give the same places on every run and every machine.

All give a mapping from node to (x, y), both from 0 to 1 and rounded, in the order of the graph. They need no numbers
beyond Python's own, draw nothing, and have no chance in them.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from operator import mul
from typing import Any

import networkx as nx

from jejaring._checks import whole

__all__ = ["circle_layout", "column_layout", "layer_layout", "stress_layout"]

Places = dict[Any, tuple[float, float]]

_DIGITS = 4
_MOST_NODES = 1_000  # all distances are kept: a thousand nodes have a million
_GAP = 0.7  # between parts, in the mean distance of neighbours
_MULTIPLICATIONS = 30  # a start need not be exact
_APART = 0.001  # steps by which twins, who have the same distances to all, are kept from standing in one place
_ENOUGH = 0.003  # nodes have settled when none moves further than this share of one step apart


def circle_layout(graph: nx.Graph[Any]) -> Places:
    """Put nodes on a circle, the first at the top and the others clockwise.

    Parameters
    ----------
    graph : networkx.Graph or DiGraph
        Not modified.

    Returns
    -------
    dict of node to (float, float)
        Places, from 0 to 1 in both directions.

    Examples
    --------
    >>> circle_layout(nx.path_graph(4))
    {0: (0.5, 1.0), 1: (1.0, 0.5), 2: (0.5, 0.0), 3: (0.0, 0.5)}
    """
    turn = 2 * math.pi / max(1, len(graph))
    return {
        node: (_rounded(0.5 + math.sin(at * turn) / 2), _rounded(0.5 + math.cos(at * turn) / 2))
        for at, node in enumerate(graph)
    }


def column_layout(graph: nx.Graph[Any], left: Iterable[Hashable], rounds: int = 12) -> Places:
    """Put some nodes in a left column and the others in a right one, so that few ties cross.

    Parameters
    ----------
    graph : networkx.Graph
        Not modified.
    left : iterable of node
        Who stands left, such as the actors of a two-mode network.
    rounds : int
        How often each column is sorted again by the mean height of its nodes' partners.

    Returns
    -------
    dict of node to (float, float)
        Places; columns are at 0 and 1.

    Raises
    ------
    ValueError
        If somebody in `left` is not in the graph, or `rounds` is outside its range.

    References
    ----------
    Sugiyama, K., Tagawa, S., & Toda, M. (1981). Methods for visual understanding of hierarchical system structures.
    *IEEE Transactions on Systems, Man, and Cybernetics* 11, 109-125.

    Examples
    --------
    >>> column_layout(nx.Graph([("A", "p"), ("B", "q")]), ["A", "B"])
    {'A': (0.0, 1.0), 'p': (1.0, 1.0), 'B': (0.0, 0.0), 'q': (1.0, 0.0)}
    """
    whole("rounds", rounds, "rounds")
    chosen = set(left)
    columns = [[node for node in graph if (node in chosen) == side] for side in (True, False)]
    if len(columns[0]) < len(chosen):
        raise ValueError(f"left names {len(chosen) - len(columns[0])} nodes that are not in the graph.")
    height = {node: place for column in columns for node, place in zip(column, _spread(len(column)), strict=True)}
    for turn in range(rounds):
        column = columns[(turn + 1) % 2]
        column.sort(key=lambda node: -_mean_height(graph, node, height))
        height.update(zip(column, _spread(len(column)), strict=True))
    return {node: (0.0 if node in chosen else 1.0, height[node]) for node in graph}


def layer_layout(graph: nx.Graph[Any], layers: Mapping[Any, int]) -> Places:
    """Put nodes in rows, the lowest number on top, and each row in the order that crosses few ties.

    Parameters
    ----------
    graph : networkx.Graph or DiGraph
        Not modified.
    layers : mapping of node to int
        The row of each node, such as its level in an organisation or its distance from somebody.

    Returns
    -------
    dict of node to (float, float)
        Places; rows are spread over the whole height, nodes over the whole width.

    Raises
    ------
    ValueError
        If a node has no row, or a row is no whole number.

    References
    ----------
    Sugiyama, K., Tagawa, S., & Toda, M. (1981). Methods for visual understanding of hierarchical system structures.
    *IEEE Transactions on Systems, Man, and Cybernetics* 11, 109-125.

    Examples
    --------
    >>> layer_layout(nx.Graph([("boss", "A"), ("boss", "B")]), {"boss": 0, "A": 1, "B": 1})
    {'boss': (0.5, 1.0), 'A': (0.25, 0.0), 'B': (0.75, 0.0)}
    """
    for node in graph:
        if node not in layers:
            raise ValueError(f"layers has no row for {node!r}; every node needs one.")
        whole(f"layers[{node!r}]", layers[node], "rows", -_MOST_NODES, _MOST_NODES)
    numbers = sorted({layers[node] for node in graph})
    rows = [[node for node in graph if layers[node] == number] for number in numbers]
    across: dict[Any, float] = {}
    for row in rows:
        seen = {node: [across[other] for other in nx.all_neighbors(graph, node) if other in across] for node in row}
        row.sort(key=lambda node: _mean(seen[node]) if seen[node] else 0.5)
        across.update((node, _rounded((at + 0.5) / len(row))) for at, node in enumerate(row))
    down = dict(zip(numbers, _spread(len(numbers)), strict=True))
    return {node: (across[node], down[layers[node]]) for node in graph}


def stress_layout(graph: nx.Graph[Any], rounds: int = 120) -> Places:
    """Put nodes so that their distances on paper come close to their distances in the network.

    Each part of the network that hangs together is laid out for itself: the largest first, the others in rows under
    it, those without ties last.

    Parameters
    ----------
    graph : networkx.Graph or DiGraph
        Directions and weights of ties are left aside; at most 1,000 nodes. Not modified.
    rounds : int
        How often every node may move at most; 100 nodes take about half a second.

    Returns
    -------
    dict of node to (float, float)
        Places, from 0 to 1 in both directions.

    Raises
    ------
    ValueError
        If there are too many nodes, or `rounds` is outside its range.

    References
    ----------
    Gansner, E. R., Koren, Y., & North, S. (2005). Graph drawing by stress majorization. *Graph Drawing 2004*, 239-250.

    Examples
    --------
    A path becomes a line with equal steps.

    >>> [round(x, 2) for x, y in stress_layout(nx.path_graph(3)).values()]
    [0.0, 0.5, 1.0]
    """
    whole("rounds", rounds, "rounds")
    whole("number of nodes in graph", len(graph), "nodes", 0, _MOST_NODES)
    order = {node: at for at, node in enumerate(graph)}
    flat: nx.Graph[Any] = nx.Graph(graph.to_undirected())
    flat.remove_edges_from(list(nx.selfloop_edges(flat)))
    parts = [sorted(part, key=order.__getitem__) for part in nx.connected_components(flat)]
    parts.sort(key=lambda part: (-len(part), order[part[0]]))
    laid = [_settle(flat.subgraph(part), part, rounds) for part in parts]
    points = _shelves(laid) if len(laid) > 1 else [point for part in laid for point in part]
    places = dict(zip([node for part in parts for node in part], points, strict=True))
    return {node: (_rounded(places[node][0]), _rounded(places[node][1])) for node in graph}


def _settle(graph: nx.Graph[Any], nodes: Sequence[Any], rounds: int) -> list[tuple[float, float]]:
    """Move each node to where its distances want it, until none moves far; in a box of width and height 1."""
    apart = [_steps(graph, node, nodes) for node in nodes]
    x, y = _start(apart)
    others = [[(at, float(far), 1.0 / (far * far)) for at, far in enumerate(row) if far] for row in apart]
    weight = [_total(pull for _, _, pull in row) for row in others]
    for _ in range(rounds):
        moved = 0.0
        for at, row in enumerate(others):
            to_x = to_y = 0.0
            here_x, here_y = x[at], y[at]
            for other, far, pull in row:
                right, up = here_x - x[other], here_y - y[other]
                stretch = far / (math.sqrt(right * right + up * up) or 1.0)
                to_x += pull * (x[other] + right * stretch)
                to_y += pull * (y[other] + up * stretch)
            if row:
                x[at], y[at] = to_x / weight[at], to_y / weight[at]
                moved = max(moved, abs(x[at] - here_x), abs(y[at] - here_y))
        if moved < _ENOUGH:
            break
    return _boxed(x, y)


def _start(apart: Sequence[Sequence[int]]) -> tuple[list[float], list[float]]:
    """Where nodes stand at first: the two directions in which the distances differ most (classical scaling)."""
    squares = [[float(far * far) for far in row] for row in apart]
    means = [_mean(row) for row in squares]
    middle = _mean(means)
    alike = [
        [(means[one] + means[two] - far - middle) / 2 for two, far in enumerate(row)] for one, row in enumerate(squares)
    ]
    across = _direction(alike, [0.0] * len(apart))
    return across, _direction(alike, across)


def _direction(alike: Sequence[Sequence[float]], across: Sequence[float]) -> list[float]:
    """The strongest direction at a right angle to another one, by repeated multiplication."""
    count = len(alike)
    used = _total(value * value for value in across) or 1.0
    along = [float(at * 7 % 11 + at * 5 % 13 - 10) + at / count for at in range(count)]
    size = 0.0
    for _ in range(_MULTIPLICATIONS):
        length = math.sqrt(_total(value * value for value in along)) or 1.0
        along = [_total(map(mul, row, along)) / length for row in alike]
        shared = _total(map(mul, along, across)) / used
        along = [value - shared * other for value, other in zip(along, across, strict=True)]
        size = math.sqrt(_total(value * value for value in along))
    scale = 1.0 / (math.sqrt(size) or 1.0)
    return [value * scale + _APART * (at * 7 % 11) for at, value in enumerate(along)]


def _steps(graph: nx.Graph[Any], start: Any, nodes: Sequence[Any]) -> list[int]:
    """Steps from a node to all nodes of its part."""
    found = dict(nx.single_source_shortest_path_length(graph, start))
    return [found[node] for node in nodes]


def _shelves(parts: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Set parts in rows under the first, each in a box as wide as the root of its size; in one frame again."""
    width = math.sqrt(len(parts[0])) - 1.0  # nodes stand on the edges of a box: a single one needs none
    x, y = [], []
    left = top = deep = 0.0
    for points in parts:
        side = math.sqrt(len(points)) - 1.0
        if left and left + side > width:
            left, top, deep = 0.0, top + deep, 0.0
        x += [left + side * right for right, _ in points]
        y += [-top - side * (1.0 - up) for _, up in points]
        left, deep = left + side + _GAP, max(deep, side + _GAP)
    return _boxed(x, y)


def _boxed(x: Sequence[float], y: Sequence[float]) -> list[tuple[float, float]]:
    """Stretch to 0 to 1 in both directions, but what is almost a line stays one."""
    spans = max(x) - min(x), max(y) - min(y)
    least = max(spans) / 4 or 1.0
    middles = (max(x) + min(x)) / 2, (max(y) + min(y)) / 2
    return [
        (0.5 + (right - middles[0]) / max(spans[0], least), 0.5 + (up - middles[1]) / max(spans[1], least))
        for right, up in zip(x, y, strict=True)
    ]


def _spread(count: int) -> list[float]:
    """Heights from 1 down to 0; one alone stands in the middle."""
    return [_rounded(1 - at / (count - 1)) for at in range(count)] if count > 1 else [0.5] * count


def _mean_height(graph: nx.Graph[Any], node: Any, height: Mapping[Any, float]) -> float:
    """The mean height of a node's partners, or its own where it has none."""
    partners = [height[other] for other in graph[node]]
    return _mean(partners) if partners else height[node]


def _mean(values: Sequence[float]) -> float:
    """Add up from left to right and divide: `sum` rounds differently in newer versions of Python."""
    return _total(values) / len(values)


def _total(values: Iterable[float]) -> float:
    """Add up from left to right."""
    total = 0.0
    for value in values:
        total += value
    return total


def _rounded(value: float) -> float:
    """Round away what machines may differ in; never minus zero."""
    return round(value, _DIGITS) + 0.0
