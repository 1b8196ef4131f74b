"""Concentrated markets and shared surpluses in pictures."""

from collections.abc import Mapping
from typing import Any

from jejaring.figures.picture import BLUE, INK, PAPER, SKY, VERMILLION, Picture, brief, compose, number
from jejaring.language import word

__all__ = ["merger_concentration", "surplus_split"]


def merger_concentration(before: float, after: Mapping[str, float], *, level: float) -> Picture:
    """Lay the index of a market before any merger over what each possible merger would make of it.

    Parameters
    ----------
    before : float
        Herfindahl-Hirschman index now, in points.
    after : mapping of str to float
        The index after each merger, by a short name such as "20% + 10%".
    level : float
        Points above which a market counts as concentrated.

    Returns
    -------
    Picture
        One bar for each merger, the points that it adds hatched; a dashed line at the level.

    Examples
    --------
    >>> print(merger_concentration(3000, {"20% + 10%": 3400, "40% + 30%": 5400}, level=1800).twin)
    Indeks HHI pasar ini 3.000, di atas batas 1.800.
    Kalau 20% + 10% bergabung, naik 400 poin. Kalau 40% + 30% bergabung, naik 2.400 poin.
    """
    now = _say("concentration.now")
    points = {name: float(value) for name, value in after.items()}
    before, level = float(before), float(level)
    traces: list[dict[str, Any]] = [
        {
            **_bars([now, *points], [before] * (1 + len(points)), SKY, ""),
            "name": _say("concentration.before"),
            "text": [number(before), *[""] * len(points)],
            "hovertext": [_say("concentration.hover", points=number(before))] * (1 + len(points)),
        },
        {
            **_bars(list(points), [value - before for value in points.values()], VERMILLION, "/"),
            "base": [before] * len(points),
            "name": _say("concentration.added"),
            "text": [number(value) for value in points.values()],
            "hovertext": [_say("concentration.hover_added", points=number(v - before)) for v in points.values()],
        },
    ]
    far = 1.2 * max(before, level, *points.values())
    side = "above" if before > level else "below"
    said = [_say(f"concentration.twin_{side}", points=number(before), level=number(level))]
    said += [
        _say("concentration.twin_added", name=name, points=number(value - before)) for name, value in points.items()
    ]
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.35,
            "xaxis": {"title": {"text": _say("concentration.x")}, "range": [0, far], "tickformat": ",d"},
            "yaxis": {"autorange": "reversed", "categoryarray": [now, *points], "showgrid": False},
            "shapes": [
                {
                    "type": "line", "x0": level, "x1": level, "y0": 0, "y1": 1, "yref": "paper",
                    "line": {"color": INK, "width": 2.5, "dash": "dash"},
                }
            ],
            "annotations": [
                {
                    "x": level, "y": 1, "yref": "paper", "showarrow": False, "xanchor": "left", "yanchor": "bottom",
                    "text": _say("concentration.level", points=number(level)),
                }
            ],
            "legend": {"orientation": "h", "x": 0, "y": 1.14, "yanchor": "bottom"},
        },
        " ".join(said),
        title=_say("concentration.title"),
        height=150 + 46 * (1 + len(points)),
        top=28,
    )  # fmt: skip


def surplus_split(members: Mapping[str, tuple[float, float]], *, surplus: float, unit: str) -> Picture:
    """Stack what each member of a cooperative gets for trading with it and for saving in it.

    Parameters
    ----------
    members : mapping of str to pair of float
        What each member gets for its trade and for its savings, in `unit`.
    surplus : float
        The surplus of the year.
    unit : str
        Such as "juta rupiah".

    Returns
    -------
    Picture
        One bar for each member, the part for savings hatched.

    Examples
    --------
    >>> print(surplus_split({"Sari": (1.5, 2.0), "Joko": (3.0, 0.5)}, surplus=100, unit="juta rupiah").twin)
    SHU 100 juta rupiah. Sari menerima 3,5: jasa usaha 1,5, jasa modal 2.
    Joko menerima 3,5: jasa usaha 3, jasa modal 0,5.
    """
    parts = {name: (float(trade), float(savings)) for name, (trade, savings) in members.items()}
    totals = {name: sum(pair) for name, pair in parts.items()}
    traces: list[dict[str, Any]] = [
        {
            **_bars(list(parts), [trade for trade, _ in parts.values()], BLUE, ""),
            "name": _say("surplus.trade"),
            "hovertext": [_say("surplus.hover_trade", name=n, amount=brief(t)) for n, (t, _) in parts.items()],
        },
        {
            **_bars(list(parts), [savings for _, savings in parts.values()], SKY, "/"),
            "base": [trade for trade, _ in parts.values()],
            "name": _say("surplus.savings"),
            "text": [brief(total) for total in totals.values()],
            "hovertext": [_say("surplus.hover_savings", name=n, amount=brief(s)) for n, (_, s) in parts.items()],
        },
    ]
    said = [_say("surplus.twin", surplus=brief(surplus), unit=unit)]
    said += [
        _say("surplus.twin_member", name=name, total=brief(totals[name]), trade=brief(trade), savings=brief(savings))
        for name, (trade, savings) in parts.items()
    ]
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.35,
            "xaxis": {
                "title": {"text": _say("surplus.x", unit=unit)},
                "range": [0, 1.18 * max(totals.values())],
            },
            "yaxis": {"autorange": "reversed", "categoryarray": list(parts), "showgrid": False},
        },
        " ".join(said),
        title=_say("surplus.title", surplus=brief(surplus), unit=unit),
        height=130 + 46 * len(parts),
    )


def _bars(names: list[str], lengths: list[float], colour: str, pattern: str) -> dict[str, Any]:
    """Lying bars, with room for a number at their ends."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": lengths,
        "showlegend": True,
        "textposition": "outside",
        "textfont": {"color": INK},
        "cliponaxis": False,
        "hoverinfo": "text",
        "marker": {"color": colour, "pattern": {"shape": pattern, "fgcolor": PAPER, "fillmode": "overlay"}},
    }


def _say(key: str, **fields: object) -> str:
    """A word of these figures."""
    return word(f"figure.companies.{key}", **fields)
