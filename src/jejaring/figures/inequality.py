"""Who holds what in pictures: curves, groups, and how chance drives them apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from jejaring.figures._curves import curve, end_label, mark, thinned
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
    percent,
)
from jejaring.inequality import Levy
from jejaring.language import word

__all__ = ["gini_over_rounds", "lorenz_curves", "wealth_groups"]

_BARS = ((BLUE, ""), (SKY, "/"), (VERMILLION, "x"))


def gini_over_rounds(runs: Mapping[Levy | None, Sequence[float]], *, bet: float | None = None) -> Picture:
    """Draw how unequal people become while they trade by fair coins, with and without a levy.

    Parameters
    ----------
    runs : mapping of Levy or None to sequence of float
        The Gini coefficient at the start and after each round, as many rounds in each run; at most four runs.
    bet : float, optional
        The last Gini coefficient that the reader expected.

    Returns
    -------
    Picture
        One line per run; the last number is written at its end.

    Examples
    --------
    >>> print(gini_over_rounds({None: [0, 0.2, 0.4], Levy(0.025, 1): [0, 0.05, 0.08]}).twin)
    Setelah 2 putaran koefisien Gini menjadi 0,40 (tanpa pungutan) dan 0,08 (2,5%, nisab 1×).
    """
    rounds = max(map(len, runs.values())) - 1
    traces, notes, said = [], [], []
    for place, (levy, ginis) in enumerate(runs.items()):
        name = _levy(levy)
        points = thinned(list(enumerate(ginis)))
        hover = [word("figure.gini.hover", name=name, round=number(x), gini=number(y, 2)) for x, y in points]
        traces.append(curve(name, points, place, hover))
        notes.append(end_label(*points[-1], number(points[-1][1], 2)))
        said.append(word("figure.gini.twin_run", name=name, gini=number(points[-1][1], 2)))
    twin = [word("figure.gini.twin", rounds=number(rounds), runs=listed(said))]
    if bet is not None:
        traces.append(mark(rounds, bet, word("figure.bet"), "star", VERMILLION, number(bet, 2)))
        twin.append(word("figure.gini.twin_bet", bet=number(bet, 2)))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.gini.x")}, "range": [0, 1.02 * rounds]},
            "yaxis": {"title": {"text": word("figure.gini.y")}, "range": [0, 1.02]},
            "annotations": notes,
        },
        " ".join(twin),
        title=word("figure.gini.title"),
        height=400,
    )


def lorenz_curves(
    curves: Mapping[Levy | None, Sequence[tuple[float, float]]], ginis: Mapping[Levy | None, float]
) -> Picture:
    """Line people up from the poorest, and draw what share of everything the first of them have together.

    Parameters
    ----------
    curves : mapping of Levy or None to sequence of pairs of float
        Share of the people and their share of all, from (0, 0) to (1, 1); at most four curves.
    ginis : mapping of Levy or None to float
        The Gini coefficient of each.

    Returns
    -------
    Picture
        One line per run under the line of the equal split.

    Examples
    --------
    >>> print(lorenz_curves({None: [(0, 0), (0.5, 0.1), (1, 1)]}, {None: 0.4}).twin)
    Dari seluruh harta, setengah orang yang termiskin memegang 10,0% (tanpa pungutan; Gini 0,40).
    """
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": word("figure.lorenz.equal"),
            "showlegend": True,
            "x": [0, 100],
            "y": [0, 100],
            "line": {"color": GREY, "width": 2},
            "hoverinfo": "skip",
        }
    ]
    said = []
    for place, (levy, points) in enumerate(curves.items()):
        name, few = _levy(levy), [(100 * x, 100 * y) for x, y in thinned(points)]
        hover = [word("figure.lorenz.hover", people=brief(x), held=brief(y)) for x, y in few]
        traces.append(curve(f"{name}: {number(ginis[levy], 2)}", few, place, hover))
        half = max(float(held) for people, held in points if people <= 0.5)
        fields = {"share": percent(half), "gini": number(ginis[levy], 2)}
        said.append(word("figure.lorenz.twin_run", name=name, **fields))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.lorenz.x")}, "range": [0, 102], "ticksuffix": "%"},
            "yaxis": {"title": {"text": word("figure.lorenz.y")}, "range": [0, 102], "ticksuffix": "%"},
        },
        word("figure.lorenz.twin", runs=listed(said)),
        title=word("figure.lorenz.title"),
        height=430,
    )


def wealth_groups(groups: Mapping[Levy | None, Sequence[float]]) -> Picture:
    """Cut the people, from the poorest, in equal groups, and draw what share of everything each group has.

    Parameters
    ----------
    groups : mapping of Levy or None to sequence of float
        Share of all that each group has, the poorest first, as many groups in each run; at most three runs.

    Returns
    -------
    Picture
        One row per group, one bar per run.

    Examples
    --------
    >>> print(wealth_groups({None: [0.1, 0.9]}).twin)
    Dari seluruh harta, kelompok termiskin dan terkaya memegang 10,0% dan 90,0% (tanpa pungutan).
    """
    count = len(next(iter(groups.values())))
    rows = [str(row) for row in range(count)]
    size = percent(1 / count, 0)
    names = [word("figure.groups.row", place=row + 1) for row in range(count)]
    names[0], names[-1] = word("figure.groups.poorest", size=size), word("figure.groups.richest", size=size)
    traces, said = [], []
    for (levy, shares), (colour, pattern) in zip(groups.items(), _BARS, strict=False):
        name = _levy(levy)
        told = [percent(share) for share in shares]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": name,
                "showlegend": True,
                "y": rows,
                "x": [100 * float(share) for share in shares],
                "text": told,
                "textposition": "outside",
                "cliponaxis": False,
                "textfont": {"color": INK},
                "marker": {
                    "color": colour,
                    "pattern": {"shape": pattern, "fgcolor": PAPER, "fillmode": "overlay"},
                },
                "hoverinfo": "text",
                "hovertext": [f"{row}: {share}" for row, share in zip(names, told, strict=True)],
            }
        )
        said.append(word("figure.groups.twin_run", name=name, richest=told[-1], poorest=told[0]))
    highest = max(100 * float(share) for shares in groups.values() for share in shares)
    return compose(
        traces,
        {
            "barmode": "group",
            "bargap": 0.25,
            "xaxis": {
                "title": {"text": word("figure.groups.x")},
                "range": [0, 1.2 * highest],
                "ticksuffix": "%",
            },
            "yaxis": {
                "autorange": "reversed",
                "categoryarray": rows,
                "showgrid": False,
                "tickvals": rows,
                "ticktext": names,
            },
        },
        word("figure.groups.twin", runs="; ".join(said)),
        title=word("figure.groups.title"),
        height=110 + (22 * len(groups) + 14) * count,
    )


def _levy(levy: Levy | None) -> str:
    """Name a levy by its numbers."""
    if levy is None:
        return word("figure.levy.none")
    fields = {"rate": f"{brief(100 * float(levy.rate))}%", "nisab": brief(float(levy.nisab))}
    if not levy.leakage:
        return word("figure.levy.full", **fields)
    return word("figure.levy.leaking", leakage=percent(float(levy.leakage), 0), **fields)
