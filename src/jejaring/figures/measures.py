"""Measures of networks in pictures: who is where, who bridges, who keeps to their own."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from jejaring.figures.picture import (
    BLUE,
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
)
from jejaring.language import word
from jejaring.measures import Scores, ranks
from jejaring.readings import SHARES, read, written
from jejaring.readings import name as called

__all__ = [
    "brokerage_roles",
    "centrality_race",
    "core_periphery",
    "ego_networks",
    "ei_by_group",
    "measure_bars",
    "two_measures",
]

_SHADES = [[0, PAPER], [1, BLUE]]


def centrality_race(scores: Mapping[str, Scores]) -> Picture:
    """Put the ranks that nodes have under several measures side by side.

    Parameters
    ----------
    scores : mapping of str to Scores
        Values of the same nodes, by key of the measure; up to five measures and a dozen nodes can be read well.

    Returns
    -------
    Picture
        A row for each node, a column for each measure, the rank in each cell: the darker, the nearer to the first.

    Examples
    --------
    >>> two = {"degree": Scores({"Ani": 0.9, "Budi": 0.5}), "betweenness": Scores({"Ani": 0.1, "Budi": 0.4})}
    >>> print(centrality_race(two).twin)
    Pemenangnya berbeda: Ani menurut derajat; Budi menurut keantaraan.
    """
    places = {measure: ranks(values) for measure, values in scores.items()}
    names = [str(node) for node in next(iter(places.values()))]
    by_name = {measure: {str(node): rank for node, rank in found.items()} for measure, found in places.items()}
    rows = sorted(names, key=lambda name: (min(found[name] for found in by_name.values()), names.index(name)))
    columns = [called(measure) for measure in scores]
    trace = {
        "type": "heatmap",
        "x": columns,
        "y": rows,
        "z": [[len(rows) + 1 - by_name[measure][row] for measure in scores] for row in rows],
        "zmin": 0,
        "zmax": 1.9 * len(rows),  # the first stays light enough for its number
        "text": [[_medal(by_name[measure][row]) for measure in scores] for row in rows],
        "texttemplate": "%{text}",
        "textfont": {"color": INK, "size": 14},
        "colorscale": _SHADES,
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hoverinfo": "text",
        "hovertext": [
            [
                word("figure.race.hover", name=row, rank=by_name[measure][row], measure=called(measure))
                for measure in scores
            ]
            for row in rows
        ],
    }
    return compose(
        [trace],
        {
            "xaxis": {"showgrid": False, "side": "bottom", "categoryarray": columns},
            "yaxis": {"autorange": "reversed", "showgrid": False, "categoryarray": rows},
            "shapes": [_frame()],
        },
        _race_twin(by_name),
        title=word("figure.race.title"),
        height=90 + 30 * len(rows),
    )


def measure_bars(measure: str, scores: Scores, *, bet: Any = None, most: int = 15) -> Picture:
    """Rank nodes by one measure.

    Parameters
    ----------
    measure : str
        Key of the measure.
    scores : Scores
        Its values; nodes without a value (NaN) are left out.
    bet : node, optional
        Whom the reader expected to be first.
    most : int
        How many bars are drawn, from the first on.

    Returns
    -------
    Picture
        One bar per node, the longest on top; the first is hatched, the reader's bet marked. Its sentence reads the
        first node's value.

    Examples
    --------
    >>> print(measure_bars("betweenness", Scores({"Ani": 0.0, "Budi": 1.0, "Citra": 0.0}), bet="Budi").twin)
    Budi berada di semua jalur terpendek antara dua pihak lain: tanpa Budi mereka terputus atau harus memutar.
    Tebakanmu Budi: tepat.
    """
    places = ranks(scores)
    valued = sorted((node for node in scores if not math.isnan(scores[node])), key=lambda node: places[node])
    drawn = valued[:most]
    first = [node for node in drawn if places[node] == 1]
    hatched = {"color": BLUE, "pattern": {"shape": "/", "fgcolor": PAPER, "fillmode": "overlay"}}
    rows = [str(node) for node in drawn]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "showlegend": False,
            "x": [scores[node] for node in nodes],
            "y": [str(node) for node in nodes],
            "marker": look,
            "hoverinfo": "text",
            "hovertext": [
                word("figure.ranked.hover", name=node, value=written(measure, scores[node]), rank=places[node])
                for node in nodes
            ],
        }
        for nodes, look in ((first, hatched), (drawn[len(first) :], {"color": SKY}))
        if nodes
    ]
    if bet in drawn:
        traces.append(_mark(0.0, str(bet), word("figure.bet")))
    lengths = [scores[node] for node in drawn]
    low, high = min([*lengths, 0.0]), max([*lengths, 0.0]) or 1.0
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.25,
            "xaxis": {
                "range": [low - (0.2 if low else 0.02) * (high - low), high + 0.2 * (high - low)],
                "visible": False,
            },
            "yaxis": {"autorange": "reversed", "categoryarray": rows, "showgrid": False},
            "annotations": [_at_end(scores[node], str(node), written(measure, scores[node])) for node in drawn],
        },
        _ranked_twin(measure, scores, places, bet, len(valued) - len(drawn)),
        title=word("figure.ranked.title", measure=called(measure)),
        height=60 + 30 * len(drawn),
        top=28,
    )


def two_measures(x: str, across: Scores, y: str, up: Scores, *, named: Collection[Any] = ()) -> Picture:
    """Set two measures of the same nodes against each other.

    Parameters
    ----------
    x, y : str
        Keys of the measures.
    across, up : Scores
        Their values; nodes without a value (NaN) in one of them are left out.
    named : collection of nodes
        Who is labelled besides those that stand out.

    Returns
    -------
    Picture
        A point for each node; labelled are the first in each measure and the one whose ranks differ most.

    Examples
    --------
    >>> many, between = Scores({"A": 0.9, "B": 0.5, "C": 0.4}), Scores({"A": 0.1, "B": 0.4, "C": 0.2})
    >>> print(two_measures("degree", many, "betweenness", between).twin)
    A tertinggi menurut derajat, B menurut keantaraan.
    Yang paling berbeda A: peringkat 1 menurut derajat, tetapi 3 menurut keantaraan.
    """
    nodes = [node for node in across if not math.isnan(across[node] + up[node])]
    x_rank, y_rank = (ranks({node: scores[node] for node in nodes}) for scores in (across, up))
    first, second = (next(node for node in nodes if place[node] == 1) for place in (x_rank, y_rank))
    widest = max(nodes, key=lambda node: abs(x_rank[node] - y_rank[node]))
    shown = {first, second, widest, *named}
    left, end = min(across[node] for node in nodes), max(across[node] for node in nodes)
    far = {node for node in shown if across[node] > 0.3 * left + 0.7 * end}  # labels there have no room on the right
    told = {"x": called(x), "y": called(y)}
    wide, high = (100 if measure in SHARES else 1 for measure in (x, y))
    traces = [
        {
            "type": "scatter",
            "mode": "markers+text",
            "showlegend": False,
            "x": [wide * across[node] for node in group],
            "y": [high * up[node] for node in group],
            "text": [str(node) if node in shown else "" for node in group],
            "textposition": ["middle left" if node in far else "middle right" for node in group],
            "textfont": {"color": INK},
            "cliponaxis": False,
            "marker": {"color": colour, "symbol": symbol, "size": 12, "line": {"color": INK, "width": 1}},
            "hoverinfo": "text",
            "hovertext": [
                word(
                    "figure.pair.hover",
                    name=node,
                    **told,
                    x_value=written(x, across[node]),
                    y_value=written(y, up[node]),
                )
                for node in group
            ],
        }
        for group, colour, symbol in (
            ([node for node in nodes if node not in shown], SKY, "circle"),
            ([node for node in nodes if node in shown], VERMILLION, "diamond"),
        )
        if group
    ]
    same = word("figure.pair.twin_same", first=first, **told)
    said = [same if first == second else word("figure.pair.twin_other", first=first, second=second, **told)]
    if x_rank[widest] != y_rank[widest]:
        gap = {"name": widest, "x_rank": x_rank[widest], "y_rank": y_rank[widest]}
        said.append(word("figure.pair.twin_gap", **gap, **told))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": told["x"]}, "ticksuffix": "%" if wide > 1 else ""},
            "yaxis": {"title": {"text": told["y"]}, "ticksuffix": "%" if high > 1 else ""},
            "shapes": [_frame()],
        },
        " ".join(said),
        title=word("figure.pair.title", **told),
        height=400,
    )


def brokerage_roles(counts: Mapping[str, Mapping[Any, float]], *, most: int = 6) -> Picture:
    """Show how often each broker plays each role.

    Parameters
    ----------
    counts : mapping of str to mapping of node to float
        For each role how often each node plays it.
    most : int
        How many brokers are drawn, from the busiest on.

    Returns
    -------
    Picture
        A row for each role, a column for each broker, the count in each cell.

    Examples
    --------
    >>> print(brokerage_roles({"gatekeeper": {"Ani": 3, "Budi": 0}, "liaison": {"Ani": 1, "Budi": 2}}).twin)
    Ani paling sering menjadi perantara, 4 kali, terutama sebagai penjaga gerbang (3 kali).
    """
    totals = {node: sum(count[node] for count in counts.values()) for node in next(iter(counts.values()))}
    brokers = sorted(totals, key=lambda node: -totals[node])[:most]
    rows = {role: called(role).replace(" ", "<br>") for role in counts}
    highest = max((count[node] for count in counts.values() for node in brokers), default=0)
    trace = {
        "type": "heatmap",
        "x": [str(node) for node in brokers],
        "y": list(rows.values()),
        "z": [[float(counts[role][node]) for node in brokers] for role in counts],
        "zmin": 0,
        "zmax": 1.9 * highest or 1,  # the fullest cell stays light enough for its number
        "text": [[number(counts[role][node]) for node in brokers] for role in counts],
        "texttemplate": "%{text}",
        "textfont": {"color": INK, "size": 14},
        "colorscale": _SHADES,
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hoverinfo": "text",
        "hovertext": [
            [
                word("figure.brokers.hover", name=node, role=called(role), count=number(counts[role][node]))
                for node in brokers
            ]
            for role in counts
        ],
    }
    busiest = brokers[0]
    role = max(counts, key=lambda each: counts[each][busiest])
    fields = {"name": busiest, "total": number(totals[busiest]), "role": called(role)}
    twin = word("figure.brokers.twin", **fields, count=number(counts[role][busiest]))
    return compose(
        [trace],
        {
            "xaxis": {"showgrid": False, "categoryarray": [str(node) for node in brokers]},
            "yaxis": {"autorange": "reversed", "showgrid": False, "categoryarray": list(rows.values())},
            "shapes": [_frame()],
        },
        twin if totals[busiest] else word("figure.brokers.twin_none"),
        title=word("figure.brokers.title"),
        height=80 + 44 * len(rows),
    )


def ei_by_group(values: Mapping[Any, float], *, overall: float) -> Picture:
    """Show for each group whether its ties stay inside.

    Parameters
    ----------
    values : mapping of group to float
        E-I index of each group, from -1 to 1; groups without a value (NaN) are left out.
    overall : float
        E-I index of the whole network.

    Returns
    -------
    Picture
        A bar for each group, to the left where most ties stay inside, and a hatched one for the whole network.

    Examples
    --------
    >>> print(ei_by_group({"IPA": -0.6, "IPS": -0.2}, overall=-0.5).twin)
    Indeks E-I -0,5: ikatan di dalam kelompok lebih banyak daripada antarkelompok.
    Yang paling tertutup IPA (-0,6).
    """
    shown = {str(group): value for group, value in values.items() if not math.isnan(value)}
    rows = {**shown, word("figure.inward.overall"): overall}
    hatched = {"color": PAPER, "line": {"color": INK, "width": 1}, "pattern": {"shape": "/", "fgcolor": INK}}
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "showlegend": False,
            "x": [rows[row] for row in names],
            "y": names,
            "marker": look,
            "hoverinfo": "text",
            "hovertext": [word("figure.inward.hover", group=row, value=brief(rows[row])) for row in names],
        }
        for names, look in ((list(rows)[:-1], {"color": BLUE}), (list(rows)[-1:], hatched))
        if names
    ]
    said = [read("ei_index", overall)]
    if shown:
        closed = min(shown, key=lambda group: shown[group])
        said.append(word("figure.inward.twin", group=closed, value=brief(shown[closed])))
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.35,
            "xaxis": {"title": {"text": word("figure.inward.x")}, "range": [-1.2, 1.2], "tickvals": [-1, 0, 1]},
            "yaxis": {"autorange": "reversed", "categoryarray": list(rows), "showgrid": False},
            "annotations": [_at_end(value, row, brief(value)) for row, value in rows.items()],
        },
        " ".join(said),
        title=word("figure.inward.title"),
        height=90 + 44 * len(rows),
    )


def ego_networks(egos: Mapping[str, tuple[int, float]]) -> Picture:
    """Compare how many contacts people have with how many these are worth.

    Parameters
    ----------
    egos : mapping of str to (int, float)
        Contacts and effective size, by name.

    Returns
    -------
    Picture
        Two bars for each person.

    Examples
    --------
    >>> print(ego_networks({"Ani": (4, 1.0), "Budi": (4, 4.0)}).twin)
    Tanpa tumpang tindih: 4 kenalan Ani senilai 1 dan 4 kenalan Budi senilai 4.
    """
    looks = {
        "size": {"color": SKY, "pattern": {"shape": "/", "fgcolor": BLUE, "fillmode": "overlay"}},
        "effective": {"color": BLUE},
    }
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": word(f"figure.egos.{part}"),
            "y": list(egos),
            "x": [float(both[place]) for both in egos.values()],
            "text": [brief(both[place]) for both in egos.values()],
            "textposition": "outside",
            "textfont": {"color": INK},
            "cliponaxis": False,
            "marker": look,
            "hoverinfo": "text",
            "hovertext": [
                word("figure.egos.hover", name=name, value=brief(both[place])) for name, both in egos.items()
            ],
        }
        for place, (part, look) in enumerate(looks.items())
    ]
    told = [
        word("figure.egos.told", name=name, size=size, effective=brief(worth)) for name, (size, worth) in egos.items()
    ]
    return compose(
        traces,
        {
            "barmode": "group",
            "bargap": 0.3,
            "xaxis": {
                "title": {"text": word("figure.egos.x")},
                "range": [0, 1.15 * max(size for size, _ in egos.values()) or 1],
            },
            "yaxis": {"autorange": "reversed", "categoryarray": list(egos), "showgrid": False},
        },
        word("figure.egos.twin", told=listed(told)),
        title=word("figure.egos.title"),
        height=130 + 60 * len(egos),
    )


def core_periphery(
    core: Sequence[Any], periphery: Sequence[Any], ties: Collection[tuple[Any, Any]], *, fit: float
) -> Picture:
    """Sort who is tied to whom so that the core comes first.

    Parameters
    ----------
    core, periphery : sequence of nodes
        The two parts.
    ties : collection of pairs of nodes
        Each tie once.
    fit : float
        Correlation with the ideal, up to 1.

    Returns
    -------
    Picture
        A square table, people along both sides in the same order, a mark where two are tied; a frame sets off the core.

    Examples
    --------
    >>> print(core_periphery(["Ani"], ["Budi", "Citra"], [("Ani", "Budi"), ("Ani", "Citra")], fit=1.0).twin)
    Inti: Ani. Dari 2 ikatan, 0 di dalam inti, 2 antara inti dan pinggiran, 0 tidak menyentuh inti.
    Kecocokannya 1 (1 = sempurna).
    """
    place = {node: at for at, node in enumerate([*core, *periphery])}
    inner = set(core)
    looks = {"outside": ("x", VERMILLION), "between": ("circle", SKY), "inside": ("square", BLUE)}
    parts: dict[str, list[tuple[Any, Any]]] = {part: [] for part in ("inside", "between", "outside")}
    for one, other in ties:
        part = ("outside", "between", "inside")[(one in inner) + (other in inner)]
        parts[part] += [(one, other), (other, one)]
    traces = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": word(f"figure.core.{part}"),
            "showlegend": True,
            "x": [place[one] for one, _ in pairs],
            "y": [place[other] for _, other in pairs],
            "marker": {"symbol": looks[part][0], "color": looks[part][1], "size": 10},
            "hoverinfo": "text",
            "hovertext": [word("figure.core.hover", one=one, other=other) for one, other in pairs],
        }
        for part, pairs in parts.items()
        if pairs
    ]
    edge, end = len(core) - 0.5, len(place) - 0.5
    line = {"color": GREY, "width": 2}
    counts = {part: number(len(pairs) / 2) for part, pairs in parts.items()}
    twin = {"core": listed(list(map(str, core))), "all": number(len(ties)), **counts}
    return compose(
        traces,
        {
            "xaxis": {"visible": False, "range": [-0.5, end], "showgrid": False},
            "yaxis": {
                "range": [end, -0.5],
                "tickvals": list(place.values()),
                "ticktext": [str(node) for node in place],
                "showgrid": False,
                "zeroline": False,
            },
            "shapes": [
                {"type": "rect", "x0": -0.5, "x1": edge, "y0": -0.5, "y1": edge, "line": line, "layer": "below"},
                _frame(),
            ],
        },
        word("figure.core.twin", **twin, fit=brief(fit)),
        title=word("figure.core.title"),
        height=80 + 22 * len(place),
    )


def _medal(rank: int) -> str:
    """Write a rank, the first with a star."""
    return f"★ {rank}" if rank == 1 else str(rank)


def _race_twin(places: Mapping[str, Mapping[str, int]]) -> str:
    """Say who wins by which measure."""
    winners = {measure: [name for name, rank in found.items() if rank == 1] for measure, found in places.items()}
    if len({tuple(names) for names in winners.values()}) == 1:
        return word("figure.race.twin_one", names=listed(next(iter(winners.values()))))
    won = [word("figure.race.won", measure=called(key), names=listed(names)) for key, names in winners.items()]
    return word("figure.race.twin_many", won="; ".join(won))


def _ranked_twin(measure: str, scores: Scores, places: Mapping[Any, int], bet: Any, left_out: int) -> str:
    """Read the first one's value, say how the bet did, and how many are not drawn."""
    said = [read(measure, scores, next(node for node in places if places[node] == 1))]
    if bet in places:
        fields = {"name": bet, "rank": places[bet], "value": written(measure, scores[bet])}
        right = word("figure.ranked.twin_bet_right", name=bet)
        said.append(right if places[bet] == 1 else word("figure.ranked.twin_bet", **fields))
    if left_out > 0:
        said.append(word("figure.ranked.left_out", count=number(left_out)))
    return " ".join(said)


def _frame() -> dict[str, Any]:
    """Frame the whole drawing."""
    paper = {"xref": "paper", "yref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 1}
    return {"type": "rect", "line": {"color": GREY, "width": 1}, "layer": "below", **paper}


def _at_end(value: float, row: str, text: str) -> dict[str, Any]:
    """Write a bar's value where it ends."""
    anchor, shift = ("right", -4) if value < 0 else ("left", 4)
    return {"x": value, "y": row, "text": text, "showarrow": False, "xanchor": anchor, "xshift": shift}


def _mark(x: float, y: str, name: str) -> dict[str, Any]:
    """Mark the reader's bet at the start of its bar."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [y],
        "name": name,
        "showlegend": True,
        "cliponaxis": False,
        "marker": {"symbol": "diamond", "size": 13, "color": VERMILLION, "line": {"color": INK, "width": 1.5}},
        "hoverinfo": "text",
        "hovertext": [name],
    }
