"""Somebody who stands between two camps: where to stand, and what happens without them."""

from collections.abc import Mapping, Sequence
from itertools import product
from statistics import mean
from typing import Any

import networkx as nx

from jejaring.figures.networks import network_map
from jejaring.figures.picture import number
from jejaring.language import word
from jejaring.measures import betweenness
from jejaring.widgets.panel import Choice, Control, Panel, Scene, Table

__all__ = ["peacemakers"]

_WEST, _EAST = ("Adi", "Budi", "Citra", "Dewi", "Eko"), ("Fajar", "Gita", "Hadi", "Indra", "Joko")
_INSIDE = ((0, 1), (1, 2), (1, 3), (0, 2), (2, 3), (3, 4))  # the last one is tied to a single neighbour
_FIRST, _SECOND = "Hana", "Umar"
_SECOND_FRIENDS = ("Citra", "Hadi")
_SHAPE = ((0.02, 0.86), (0.18, 0.6), (0.02, 0.42), (0.26, 0.28), (0.04, 0.02))
_PLACES = (
    dict(zip(_WEST, _SHAPE, strict=True))
    | dict(zip(_EAST, ((1 - x, y) for x, y in _SHAPE), strict=True))
    | {_FIRST: (0.5, 0.35), _SECOND: (0.5, 0.66)}
)


def peacemakers() -> Panel:
    """Tie a peacemaker to one person in each of two camps, and see who carries what passes between them.

    Returns
    -------
    Panel
        Three controls: whom she knows in each camp, and whether there is a second peacemaker.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. *Sociometry* 40, 35-41.

    Examples
    --------
    Twenty-five of the 45 pairs of other people are one from each camp, and all of them need her.

    >>> panel = peacemakers()
    >>> panel.table["rows"][0]
    ('Keantaraan Hana', '0,556')
    >>> panel.set(count="two")
    >>> panel.table["rows"][2]
    ('Kalau Hana pergi', 'kedua kubu tetap terhubung')
    """
    source = word("panel.assumed")
    counts = {count: word(f"panel.peace.{count}") for count in ("one", "two")}
    controls: dict[str, Control] = {
        "west": Choice(word("panel.peace.west"), {name: name for name in _WEST}, "Eko", source),
        "east": Choice(word("panel.peace.east"), {name: name for name in _EAST}, "Joko", source),
        "count": Choice(word("panel.peace.count"), counts, "one", source),
    }

    def draw(west: str, east: str, count: str) -> Scene:
        network = _camps({_FIRST: (west, east)} | ({_SECOND: _SECOND_FRIENDS} if count == "two" else {}))
        scores = betweenness(network)
        camps = dict.fromkeys(_WEST, word("panel.peace.camp_west")) | dict.fromkeys(
            _EAST, word("panel.peace.camp_east")
        )
        between = [node for node in network if node not in camps]
        picture = network_map(
            {node: _PLACES[node] for node in network},
            [(one, other, 1.0) for one, other in network.edges],
            title=word("panel.peace.map"),
            values=dict(scores),
            value_name=word("panel.peace.value"),
            groups={node: camps.get(node, word("panel.peace.between")) for node in network},
            marked_ties=[(one, other) for one, other in network.edges if one in between or other in between],
            marked_name=word("panel.peace.ties"),
        )
        return Scene(picture, _told(network, scores))

    return Panel(draw, controls, title=word("panel.peace.title"))


def _camps(friends: Mapping[str, Sequence[str]]) -> "nx.Graph[Any]":
    """Two camps that don't speak, and those between them."""
    network: nx.Graph[Any] = nx.Graph()
    for camp in (_WEST, _EAST):
        network.add_nodes_from(camp)
        network.add_edges_from((camp[one], camp[other]) for one, other in _INSIDE)
    network.add_edges_from((between, friend) for between, known in friends.items() for friend in known)
    return network


def _told(network: "nx.Graph[Any]", scores: Mapping[Any, float]) -> Table:
    """How much passes her, how far the camps are apart, and what happens when she leaves."""
    steps = mean(nx.shortest_path_length(network, one, other) for one, other in product(_WEST, _EAST))
    without = nx.restricted_view(network, [_FIRST], [])
    left = "joined" if nx.has_path(without, _WEST[0], _EAST[0]) else "parted"
    rows = (
        (word("panel.peace.row_load", name=_FIRST), number(scores[_FIRST], 3)),
        (word("panel.peace.row_steps"), number(steps, 1)),
        (word("panel.peace.row_without", name=_FIRST), word(f"panel.peace.{left}")),
    )
    return Table(word("panel.peace.caption"), (word("panel.peace.column_what"), word("panel.peace.column_value")), rows)
