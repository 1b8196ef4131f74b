"""Networks in pictures: who is tied to whom, and how the same people look in other relations."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from jejaring.figures.picture import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PAPER,
    SKY,
    VERMILLION,
    Picture,
    brief,
    compose,
    listed,
    number,
    percent,
)
from jejaring.language import word, words

__all__ = ["network_map", "relations_compared"]

Place = tuple[float, float]

_LOOKS = (
    {"symbol": "circle", "color": SKY},
    {"symbol": "square", "color": VERMILLION},
    {"symbol": "diamond", "color": GREEN},
    {"symbol": "triangle-up", "color": PAPER},
)
_WIDTHS = (1.2, 2.4, 4.2)  # of weak, middling and strong ties
_NARROW = 350  # pixels that labels have at the least, on a phone
_RING = 9  # pixels by which a ring is wider than its node
_DOTS = 20  # places along a tie that a name should not hide
_MOST_NAMES = 4  # in a sentence


def network_map(
    places: Mapping[str, Place],
    ties: Sequence[tuple[str, str, float]],
    *,
    title: str,
    directed: bool = False,
    values: Mapping[str, float] | None = None,
    value_name: str = "",
    groups: Mapping[str, str] | None = None,
    marked: Collection[str] = (),
    marked_ties: Collection[tuple[str, str]] = (),
    marked_name: str = "",
    removed: Sequence[tuple[str, str]] = (),
    most_labels: int = 20,
) -> Picture:
    """Draw a network: nodes at their places, ties as lines, stronger ones thicker.

    Parameters
    ----------
    places : mapping of str to (float, float)
        Where each node stands, from 0 to 1, as `jejaring.layouts` gives it.
    ties : sequence of (str, str, float)
        From, to, and strength above 0.
    title : str
        What is seen.
    directed : bool
        Whether ties have arrow heads.
    values : mapping of str to float, optional
        What a node's size stands for; 0 or more.
    value_name : str
        What these values are called.
    groups : mapping of str to str, optional
        The group of each node, at most four; each has its own symbol and colour.
    marked : collection of str
        Nodes with a ring around them.
    marked_ties : collection of (str, str)
        Ties drawn thick and dark; they stand in `ties` as well.
    marked_name : str
        What those that are marked have in common, for the legend.
    removed : sequence of (str, str)
        Ties that are no more: dotted lines.
    most_labels : int
        How many names are written at most: marked nodes first, then those with the highest values, and only where
        there is room on a phone. All others are seen when they are touched.

    Returns
    -------
    Picture
        One drawing without axes.

    Raises
    ------
    ValueError
        If there are more than four groups.

    Examples
    --------
    >>> picture = network_map({"Ani": (0, 0), "Budi": (1, 1), "Cici": (1, 0)}, [("Ani", "Budi", 1)], title="Kelas")
    >>> print(picture.twin)
    3 simpul dan 1 ikatan. Ikatan terbanyak: Ani dan Budi (1). Tanpa ikatan: Cici.
    """
    count = Counter(node for one, other, _ in ties for node in (one, other))
    sizes = _sizes(places, values)
    bold = set(marked_ties) if directed else {frozenset(tie) for tie in marked_ties}
    high = [tie for tie in ties if (tie[:2] if directed else frozenset(tie[:2])) in bold]
    plain = [tie for tie in ties if tie not in high]
    name = marked_name or word("figure.network.marked")
    traces = [_lines(places, removed, {"color": GREY, "width": 2, "dash": "dot"}, word("figure.network.removed"))]
    traces += _tie_traces(places, plain, sizes if directed else None)
    traces.append(_lines(places, high, {"color": INK, "width": 5}, "" if marked else name, sizes if directed else None))
    height = 440 if len(places) <= 40 else 540
    order = _importance(places, values, count, marked)[:most_labels]
    labels = _labels(places, [*ties, *removed], sizes, order, marked, height)
    hover = {node: _hover(node, values, value_name, count) for node in places}
    ringed = [node for node in places if node in marked]
    traces += _node_traces(places, groups, sizes, {node: labels[node] for node in labels if node not in ringed}, hover)
    if ringed:
        traces.append(_rings(places, ringed, sizes, labels, name))
    return compose(
        [trace for trace in traces if trace["x"]],
        {
            "xaxis": {"visible": False, "range": [-0.1, 1.1]},
            "yaxis": {"visible": False, "range": [-0.08, 1.1]},
            "legend": {"orientation": "h", "x": 0, "y": -0.02, "yanchor": "top"},
        },
        " ".join(_twin(places, ties, count, values, value_name, removed, directed=directed)),
        title=title,
        height=height,
    )


def relations_compared(ties: Mapping[str, int], *, people: int) -> Picture:
    """Set the relations among the same people side by side: how many ties each of them has.

    Parameters
    ----------
    ties : mapping of str to int
        Ties of each relation, directed, by its name as `jejaring.networks.RELATIONS` spells it or any other.
    people : int
        How many people there are, 2 or more.

    Returns
    -------
    Picture
        One bar for each relation, with its density.

    Examples
    --------
    >>> print(relations_compared({"communication": 6, "access": 1}, people=3).twin)
    Pada 3 orang yang sama, relasi komunikasi punya 6 ikatan (100% dari yang mungkin), akses hanya 1 (17%).
    """
    possible = people * (people - 1)
    names = {relation: _relation(relation) for relation in ties}
    told = {
        relation: {"ties": count, "possible": possible, "density": percent(count / possible, 0)}
        for relation, count in ties.items()
    }
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": list(ties.values()),
        "y": list(names.values()),
        "marker": {"color": BLUE},
        "text": [word("figure.relations.label", **told[relation]) for relation in ties],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [word("figure.relations.hover", relation=names[r].replace("<br>", " "), **told[r]) for r in ties],
    }
    most, least = max(ties, key=ties.__getitem__), min(ties, key=ties.__getitem__)
    fields = {
        f"{end}{part}": said
        for end, relation in (("most", most), ("least", least))
        for part, said in (
            ("", names[relation].replace("<br>", " ")),
            ("_ties", ties[relation]),
            ("_density", told[relation]["density"]),
        )
    }
    key = "figure.relations.twin_equal" if ties[most] == ties[least] else "figure.relations.twin"
    return compose(
        [trace],
        {
            "xaxis": {"title": {"text": word("figure.relations.x")}, "range": [0, 1.3 * max(1, ties[most])]},
            "yaxis": {"autorange": "reversed", "showgrid": False},
        },
        word(key, people=people, **fields),
        title=word("figure.relations.title"),
        height=90 + 46 * len(ties),
    )


def _relation(relation: str) -> str:
    """The name of a relation in the reader's language, where it is one of the five."""
    return words("figure.relations.names").get(relation, relation)


def _sizes(places: Mapping[str, Place], values: Mapping[str, float] | None) -> dict[str, float]:
    """Diameters in pixels: areas grow with the values."""
    if not values:
        return dict.fromkeys(places, 13.0 if len(places) <= 40 else 9.0)
    highest = max(map(float, values.values())) or 1.0
    low, more = (9, 19) if len(places) <= 40 else (6, 16)
    return {node: round(low + more * math.sqrt(max(0.0, float(values.get(node, 0))) / highest), 1) for node in places}


def _tie_traces(
    places: Mapping[str, Place], ties: Sequence[tuple[str, str, float]], sizes: Mapping[str, float] | None
) -> list[dict[str, Any]]:
    """Lines of up to three widths; only the thickest is explained."""
    if not ties:
        return []
    low, high = min(tie[2] for tie in ties), max(tie[2] for tie in ties)
    if low == high:
        return [_lines(places, ties, {"color": GREY, "width": 1.6}, "", sizes)]
    by_width: dict[float, list[tuple[str, str, float]]] = {width: [] for width in _WIDTHS}
    for tie in ties:
        by_width[_WIDTHS[min(2, int(3 * (tie[2] - low) / (high - low)))]].append(tie)
    return [
        _lines(
            places,
            some,
            {"color": GREY, "width": width},
            word("figure.network.thicker") if width == _WIDTHS[-1] else "",
            sizes,
        )
        for width, some in by_width.items()
    ]


def _lines(
    places: Mapping[str, Place],
    ties: Iterable[tuple[Any, ...]],
    line: Mapping[str, Any],
    name: str,
    sizes: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """One trace for many ties, with gaps between them; arrow heads where the sizes of nodes are given."""
    ends = [(one, other) for one, other, *_ in ties]
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for one, other in ends for x in (places[one][0], places[other][0], None)],
        "y": [y for one, other in ends for y in (places[one][1], places[other][1], None)],
        "line": dict(line),
        "hoverinfo": "skip",
        "name": name,
        "showlegend": bool(name),
    }
    if sizes:
        head = 11 + 2 * line["width"]
        trace["mode"] = "lines+markers"
        trace["marker"] = {
            "symbol": "arrow-wide",
            "angleref": "previous",
            "color": line["color"],
            "opacity": 1,
            "size": [size for _ in ends for size in (0, head, 0)],
            "line": {"width": 0},
            "standoff": [far for _, other in ends for far in (0, sizes[other] / 2 + 1, 0)],
        }
    return trace


def _node_traces(
    places: Mapping[str, Place],
    groups: Mapping[str, str] | None,
    sizes: Mapping[str, float],
    labels: Mapping[str, str],
    hover: Mapping[str, str],
) -> list[dict[str, Any]]:
    """One trace for each group, so that the legend shows its symbol."""
    names = list(dict.fromkeys(groups.get(node, "") for node in places)) if groups else [""]
    if len(names) > len(_LOOKS):
        raise ValueError(f"groups has {len(names)} groups; a map can tell at most {len(_LOOKS)} apart.")
    traces = []
    for name, look in zip(names, _LOOKS, strict=False):
        members = [node for node in places if not groups or groups.get(node, "") == name]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [places[node][0] for node in members],
                "y": [places[node][1] for node in members],
                "text": [node if node in labels else "" for node in members],
                "textposition": [labels.get(node, "top center") for node in members],
                "textfont": {"color": INK},
                "cliponaxis": False,
                "marker": {
                    **look,
                    "size": [sizes[node] for node in members],
                    "line": {"color": INK, "width": 1},
                    "opacity": 1,
                },
                "hoverinfo": "text",
                "hovertext": [hover[node] for node in members],
                "name": name,
                "showlegend": bool(name),
            }
        )
    return traces


def _rings(
    places: Mapping[str, Place],
    nodes: Sequence[str],
    sizes: Mapping[str, float],
    labels: Mapping[str, str],
    name: str,
) -> dict[str, Any]:
    """Rings around nodes, and their names outside the rings."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "text": [f"<b>{node}</b>" if node in labels else "" for node in nodes],
        "textposition": [labels.get(node, "top center") for node in nodes],
        "textfont": {"color": INK},
        "cliponaxis": False,
        "x": [places[node][0] for node in nodes],
        "y": [places[node][1] for node in nodes],
        "marker": {
            "symbol": "circle-open",
            "color": INK,
            "size": [sizes[node] + _RING for node in nodes],
            "opacity": 1,
            "line": {"width": 2.5},
        },
        "hoverinfo": "skip",
        "name": name,
        "showlegend": True,
    }


def _importance(
    places: Mapping[str, Place], values: Mapping[str, float] | None, count: Mapping[str, int], marked: Collection[str]
) -> list[str]:
    """Those whose names should be written, the first first."""
    worth = values or count
    return sorted(places, key=lambda node: (node not in marked, -float(worth.get(node, 0))))


def _labels(
    places: Mapping[str, Place],
    ties: Iterable[tuple[Any, ...]],
    sizes: Mapping[str, float],
    order: Sequence[str],
    ringed: Collection[str],
    height: float,
) -> dict[str, str]:
    """On which side of its node a name has room, on a phone, and hides least; names without room are left out."""
    across, up = _NARROW / 1.2, (height - 60) / 1.18
    at = {node: (x * across, -y * up) for node, (x, y) in places.items()}
    taken = [_box(*at[node], sizes[node] - 2, sizes[node] - 2) for node in places]
    dots = [
        tuple(a + (b - a) * step / _DOTS for a, b in zip(at[one], at[other], strict=True))
        for one, other, *_ in ties
        for step in range(1, _DOTS)
    ]
    chosen: dict[str, str] = {}
    for node in order:
        (x, y), r, wide = at[node], (sizes[node] + _RING * (node in ringed)) / 2, 7.2 * len(node)
        boxes = {
            "top center": _box(x, y - r - 9, wide, 15),
            "bottom center": _box(x, y + r + 9, wide, 15),
            "middle right": _box(x + r + 4 + wide / 2, y, wide, 15),
            "middle left": _box(x - r - 4 - wide / 2, y, wide, 15),
        }
        free = {
            side: sum(left < dot[0] < right and top < dot[1] < bottom for dot in dots)
            for side, (left, top, right, bottom) in boxes.items()
            if left > -0.1 * across and right < 1.1 * across
            if not any(_overlap(boxes[side], other) for other in taken)
        }
        if free:
            chosen[node] = min(free, key=free.__getitem__)
            taken.append(boxes[chosen[node]])
    return chosen


def _box(x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a box around a point."""
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _overlap(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    """Tell whether two boxes (left, top, right, bottom) touch."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _hover(node: str, values: Mapping[str, float] | None, value_name: str, count: Mapping[str, int]) -> str:
    """Say what is known of a node."""
    if values:
        return word("figure.network.hover_value", name=node, value_name=value_name, value=_told(values.get(node, 0)))
    return word("figure.network.hover_ties", name=node, count=count.get(node, 0))


def _twin(
    places: Mapping[str, Place],
    ties: Sequence[tuple[str, str, float]],
    count: Mapping[str, int],
    values: Mapping[str, float] | None,
    value_name: str,
    removed: Sequence[tuple[str, str]],
    *,
    directed: bool,
) -> list[str]:
    """Say how large the network is, who stands out, and who is left."""
    fields = {"nodes": len(places), "ties": len(ties)}
    arcs = {tie[:2] for tie in ties}
    mutual = sum((other, one) in arcs for one, other in arcs) // 2
    said = [word("figure.network.twin_directed", **fields, mutual=mutual)] if directed else []
    said = said or [word("figure.network.twin", **fields)]
    if values:
        said.append(_highest({node: float(values.get(node, 0)) for node in places}, value_name))
    elif count:
        top = [node for node in places if count[node] == max(count.values())]
        said.append(word("figure.network.twin_ties", top=_listed(top), count=max(count.values())))
    if alone := [node for node in places if not count[node]]:
        said.append(word("figure.network.twin_alone", names=_listed(alone)))
    if removed:
        said.append(word("figure.network.twin_removed", count=len(removed)))
    return said


def _highest(values: Mapping[str, float], value_name: str) -> str:
    """Name those with the highest value, and those who follow."""
    ranks = sorted({_told(value): value for value in values.values()}.values(), reverse=True)
    if len(ranks) == 1:
        return word("figure.network.twin_equal", value_name=value_name, value=_told(ranks[0]))
    top, following = (
        _listed([node for node, value in values.items() if _told(value) == _told(rank)]) for rank in ranks[:2]
    )
    told = {"value": _told(ranks[0]), "next": following, "next_value": _told(ranks[1])}
    return word("figure.network.twin_value", value_name=value_name, top=top, **told)


def _told(value: float) -> str:
    """Three digits for shares, fewer for counts."""
    return number(float(value), 3) if 0 < abs(float(value)) < 1 else brief(value)


def _listed(names: Sequence[str]) -> str:
    """Join names, the last with "and"; of many only the first ones."""
    if len(names) > _MOST_NAMES:
        names = [*names[: _MOST_NAMES - 1], word("figure.network.others", count=len(names) - _MOST_NAMES + 1)]
    return listed(names)
