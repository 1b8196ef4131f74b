"""The pictures of a report: how scores are spread, how easy a question is, how far it tells students apart."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.findings import EASY, HARD, WEAK, signed
from autograder.items import Item, interval
from jejaring.figures.picture import BLUE, GREY, INK, PAPER, VERMILLION, Picture, brief, compose, percent
from jejaring.language import word

__all__ = ["difficulties", "discriminations", "distribution"]

BINS = 10
ROW = 27  # pixels for one question


def distribution(totals: Sequence[float], points: float) -> Picture:
    """Draw how many students earned what share of the points.

    Parameters
    ----------
    totals : sequence of float
        One total per student, at least one.
    points : float
        The most they can be, above 0.

    Examples
    --------
    >>> picture = distribution([2, 5, 6, 10], 10)  # 100 % belongs to the last bar
    >>> list(picture.figure.data[0].y)
    [0, 0, 1, 0, 0, 1, 1, 0, 0, 1]
    >>> picture.twin
    '4 mahasiswa; mediannya 5,5 dari 10 poin, dan separuh yang di tengah mendapat 4,25 sampai 7.'
    """
    counts = [0] * BINS
    for total in totals:
        counts[max(0, min(BINS - 1, int(BINS * total / points + 1e-9)))] += 1
    fields = {"students": len(totals), "median": brief(statistics.median(totals)), "points": brief(points)}
    if len(totals) > 1:
        low, _, high = statistics.quantiles(totals, n=4, method="inclusive")
        twin = word("report.distribution.twin", **fields, low=brief(low), high=brief(high))
    else:
        twin = word("report.distribution.twin_few", **fields)
    edges = [(100 * place // BINS, 100 * (place + 1) // BINS) for place in range(BINS)]
    trace = {
        "type": "bar",
        "x": [place + 0.5 for place in range(BINS)],  # in bars, since a still picture draws each one wide
        "y": counts,
        "marker": {"color": BLUE, "line": {"color": PAPER, "width": 2}},
        "hoverinfo": "text",
        "hovertext": [
            word("report.distribution.hover", low=low, high=high, students=count)
            for (low, high), count in zip(edges, counts, strict=True)
        ],
    }
    most = max(counts)
    layout: dict[str, Any] = {
        "bargap": 0,
        "xaxis": {
            "title": {"text": word("report.distribution.x", points=brief(points))},
            "range": [0, BINS],
            "tickvals": list(range(0, BINS + 1, 2)),
            "ticktext": [f"{100 * place // BINS}%" for place in range(0, BINS + 1, 2)],
            "ticklabeloverflow": "allow",
            "showgrid": False,
        },
        "yaxis": {"title": {"text": word("report.distribution.y")}, "range": [0, 1.08 * most]},
    }
    if most <= 5:
        layout["yaxis"]["dtick"] = 1
    return compose([trace], layout, twin, title=word("report.distribution.title"), height=300)


def difficulties(items: Sequence[Item], names: Mapping[str, str]) -> Picture:
    """Draw the mean share of the points of each question; very hard and very easy ones are hatched.

    Parameters
    ----------
    items : sequence of Item
        At least one of them counted; others are left out.
    names : Mapping
        Question to the name that the reader knows.
    """
    shares = {names[item.name]: item.difficulty for item in items if item.difficulty is not None}
    odd = [not HARD <= share <= EASY for share in shares.values()]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [100 * share for share in shares.values()],
        "y": list(shares),
        "text": [percent(share, 0) for share in shares.values()],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [VERMILLION if one else BLUE for one in odd],
            "pattern": {"shape": ["/" if one else "" for one in odd], "fgcolor": PAPER, "fillmode": "overlay"},
        },
        "hoverinfo": "text",
        "hovertext": [
            word("report.difficulty.hover", question=name, share=percent(share)) for name, share in shares.items()
        ],
    }
    hardest, easiest = min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)
    fields = {"easiest": easiest, "high": percent(shares[easiest], 0)}
    twin = (
        word("report.difficulty.twin_one", **fields)
        if len(shares) == 1
        else word("report.difficulty.twin", **fields, hardest=hardest, low=percent(shares[hardest], 0))
    )
    layout = {
        "xaxis": {
            "title": {"text": word("report.difficulty.x")},
            "range": [0, 112],
            "tickvals": [0, 100 * HARD, 50, 100 * EASY],
            "ticktext": [f"{100 * value:.0f}%" for value in (0, HARD, 0.5, EASY)],
        },
        "yaxis": _rows(shares),
    }
    return compose([trace], layout, twin, title=word("report.difficulty.title"), height=_height(shares))


def discriminations(items: Sequence[Item], names: Mapping[str, str], students: int) -> Picture | None:
    """Draw each question's corrected correlation with the total, and the range in which it may well lie.

    Parameters
    ----------
    items : sequence of Item
        Those without a correlation are left out.
    names : Mapping
        Question to the name that the reader knows.
    students : int
        How many the correlations rest on.

    Returns
    -------
    Picture or None
        None where no question has a correlation.
    """
    values = {names[item.name]: item.discrimination for item in items if item.discrimination is not None}
    if not values:
        return None
    limits = {name: interval(value, students) for name, value in values.items()}
    along: list[float | None] = []
    across: list[str | None] = []
    for name, ends in limits.items():
        along += [*ends, None] if ends else []
        across += [name, name, None] if ends else []
    ranges = {
        "type": "scatter",
        "mode": "lines",
        "x": along,
        "y": across,
        "line": {"color": GREY, "width": 3},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    dots = [_dots(values, limits, poor=poor) for poor in (False, True)]
    best, worst = max(values, key=values.__getitem__), min(values, key=values.__getitem__)
    fields = {"best": best, "high": signed(values[best])}
    twin = (
        word("report.discrimination.twin_one", **fields)
        if len(values) == 1
        else word("report.discrimination.twin", **fields, worst=worst, low=signed(values[worst]))
    )
    ticks = [-1, -0.5, 0, 0.5, 1]
    layout = {
        "xaxis": {
            "title": {"text": word("report.discrimination.x")},
            "range": [-1.04, 1.04],
            "tickvals": ticks,
            "ticktext": [signed(value)[:-1] for value in ticks],
        },
        "yaxis": _rows(values),
        "shapes": [
            {"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": INK, "width": 1.5}}
        ],
    }
    traces = [ranges, *(trace for trace in dots if trace["x"])]
    return compose(traces, layout, twin, title=word("report.discrimination.title"), height=_height(values) + 24, top=34)


def _dots(
    values: Mapping[str, float], limits: Mapping[str, tuple[float, float] | None], *, poor: bool
) -> dict[str, Any]:
    """The questions that tell students apart, or those that don't."""
    own = {name: value for name, value in values.items() if (value < WEAK) == poor}
    hover = []
    for name, value in own.items():
        ends = limits[name]
        if ends:
            low, high = map(signed, ends)
            said = word("report.discrimination.hover_range", question=name, value=signed(value), low=low, high=high)
        else:
            said = word("report.discrimination.hover", question=name, value=signed(value))
        hover.append(said)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": word("report.discrimination.poor", least=signed(WEAK)) if poor else word("report.discrimination.good"),
        "showlegend": True,
        "x": list(own.values()),
        "y": list(own),
        "marker": {
            "symbol": "diamond" if poor else "circle",
            "size": 13 if poor else 12,
            "color": VERMILLION if poor else BLUE,
            "line": {"color": PAPER, "width": 1.5},
        },
        "hoverinfo": "text",
        "hovertext": hover,
    }


def _rows(shown: Mapping[str, float]) -> dict[str, Any]:
    """One row per question, the first on top."""
    return {
        "range": [len(shown) - 0.5, -0.5],
        "categoryorder": "array",
        "categoryarray": list(shown),
        "type": "category",
        "showgrid": False,
    }


def _height(shown: Mapping[str, float]) -> int:
    """Room for so many rows."""
    return 80 + ROW * len(shown)
