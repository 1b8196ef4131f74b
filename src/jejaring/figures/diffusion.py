"""Spreading in pictures."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from jejaring.figures.picture import BLUE, GREY, INK, PAPER, VERMILLION, Picture, brief, compose, number
from jejaring.language import word

__all__ = ["threshold_cascade", "threshold_equilibrium", "threshold_sensitivity"]

_LOOKS = (
    {"line": {"color": BLUE, "width": 3}, "marker": {"symbol": "circle", "color": BLUE, "size": 8}},
    {
        "line": {"color": VERMILLION, "width": 3, "dash": "dash"},
        "marker": {"symbol": "diamond", "color": VERMILLION, "size": 10},
    },
    {"line": {"color": INK, "width": 3, "dash": "dot"}, "marker": {"symbol": "square", "color": INK, "size": 8}},
)


def threshold_cascade(runs: Mapping[str, Sequence[int]], *, crowd: int) -> Picture:
    """Draw how many have joined, round by round, in one crowd or in several that differ a little.

    Parameters
    ----------
    runs : mapping of str to sequence of int
        People who have joined after each round, by the name of the crowd; at most three crowds.
    crowd : int
        People in each crowd.

    Returns
    -------
    Picture
        One line per crowd, with its own dash and mark; the last number is written at its end.

    Examples
    --------
    >>> print(threshold_cascade({"Kampung A": [1, 2, 3], "Kampung B": [1]}, crowd=3).twin)
    Kampung A: mulai 1, berhenti di 3 dari 3 orang setelah 3 putaran.
    Kampung B: mulai 1, berhenti di 1 dari 3 orang setelah 1 putaran.
    """
    longest = max(map(len, runs.values()))
    traces: list[dict[str, Any]] = []
    notes, said = [], []
    for (name, counts), look in zip(runs.items(), _LOOKS, strict=False):
        whole = [*counts, *[counts[-1]] * (longest - len(counts))]  # the others go on while this one has stopped
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if longest < 15 else "lines",
                "name": name,
                "showlegend": True,
                "x": list(range(1, longest + 1)),
                "y": whole,
                "cliponaxis": False,
                **look,
                "hoverinfo": "text",
                "hovertext": [
                    word("figure.cascade.hover", name=name, round=k, count=c) for k, c in enumerate(whole, 1)
                ],
            }
        )
        notes.append(
            {
                "x": longest,
                "y": counts[-1],
                "text": f"<b>{counts[-1]}</b>",
                "showarrow": False,
                "yanchor": "bottom",
                "xanchor": "right",
                "yshift": 4,
            }
        )
        fields = {"start": counts[0], "end": counts[-1], "crowd": crowd, "rounds": len(counts)}
        said.append(word("figure.cascade.twin", name=name, **fields))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.cascade.x")}, "range": [0.5, longest + 0.5], "tickformat": "d"},
            "yaxis": {"title": {"text": word("figure.cascade.y")}, "range": [0, 1.12 * crowd]},
            "annotations": notes,
        },
        " ".join(said),
        title=word("figure.cascade.title"),
        height=380,
    )  # fmt: skip


def threshold_equilibrium(
    curves: Mapping[float, Sequence[tuple[float, float]]], ends: Mapping[float, float], *, people: int
) -> Picture:
    """Draw how many would join against how many have joined; the crowd stops where the two are the same.

    Parameters
    ----------
    curves : mapping of float to sequence of pairs of float
        By the standard deviation of the thresholds, at most three: people who have joined, and people who would join
        then, in rising order.
    ends : mapping of float to float
        For each standard deviation the number of people at which the crowd stops, starting with nobody.
    people : int
        People in the crowd.

    Returns
    -------
    Picture
        One curve per standard deviation, the diagonal, and a mark where each crowd stops.

    Examples
    --------
    >>> print(threshold_equilibrium({10: [(0, 0.6), (100, 100)]}, {10: 0.77}, people=100).twin)
    Dengan simpangan baku 10, kerumunan berhenti di 1 dari 100 orang.
    """
    traces: list[dict[str, Any]] = []
    said = []
    for (deviation, points), look in zip(curves.items(), _LOOKS, strict=False):
        name = word("figure.thresholds.curve", deviation=brief(deviation))
        told = [{"active": number(active), "joiners": number(joiners)} for active, joiners in points]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "showlegend": True,
                "x": [float(active) for active, _ in points],
                "y": [float(joiners) for _, joiners in points],
                "line": look["line"],
                "hoverinfo": "text",
                "hovertext": [word("figure.thresholds.hover", name=name, **fields) for fields in told],
            }
        )
        fields = {"deviation": brief(deviation), "end": number(ends[deviation]), "people": people}
        said.append(word("figure.thresholds.twin", **fields))
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": word("figure.thresholds.ends"),
            "showlegend": True,
            "x": [float(ends[deviation]) for deviation in curves],
            "y": [float(ends[deviation]) for deviation in curves],
            "cliponaxis": False,
            "marker": {"symbol": "circle", "size": 12, "color": PAPER, "line": {"width": 3, "color": INK}},
            "hoverinfo": "text",
            "hovertext": said.copy(),
        }
    )
    middle = 0.6 * people
    diagonal = {"x": middle, "y": middle, "text": word("figure.thresholds.diagonal"), "showarrow": False}
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.thresholds.x")}, "range": [0, 1.04 * people]},
            "yaxis": {"title": {"text": word("figure.thresholds.y")}, "range": [0, 1.06 * people]},
            "shapes": [
                {
                    "type": "line",
                    "x0": 0,
                    "y0": 0,
                    "x1": people,
                    "y1": people,
                    "line": {"color": GREY, "width": 2, "dash": "dot"},
                }
            ],
            "annotations": [{**diagonal, "xanchor": "left", "yanchor": "top", "xshift": 6}],
        },
        " ".join(said),
        title=word("figure.thresholds.title"),
        height=420,
    )


def threshold_sensitivity(ends: Mapping[float, float], *, people: int, bet: float | None = None) -> Picture:
    """Draw where a crowd stops, as its thresholds differ more and more.

    Parameters
    ----------
    ends : mapping of float to float
        By the standard deviation of the thresholds, in rising order: people who have joined in the end.
    people : int
        People in the crowd.
    bet : float, optional
        The standard deviation at which the reader expected the jump.

    Returns
    -------
    Picture
        One line, with a jump.

    Examples
    --------
    >>> print(threshold_sensitivity({10: 0.8, 12.2: 5.5, 12.3: 100}, people=100, bet=20).twin)
    Loncatan terbesar: pada simpangan baku 12,2 yang ikut 6 dari 100 orang, pada 12,3 sudah 100.
    Tebakanmu untuk tempat loncatan: 20.
    """
    deviations = [float(deviation) for deviation in ends]
    counts = [float(end) for end in ends.values()]
    hover = [
        word("figure.spread.hover", deviation=brief(deviation), end=number(end)) for deviation, end in ends.items()
    ]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": word("figure.spread.line"),
            "showlegend": False,
            "x": deviations,
            "y": counts,
            "line": {"color": BLUE, "width": 3},
            "hoverinfo": "text",
            "hovertext": hover,
        }
    ]
    (before, low), (after, high) = max(pairwise(ends.items()), key=lambda step: step[1][1] - step[0][1])
    jump = {"before": brief(before), "after": brief(after), "low": number(low), "high": number(high)}
    said = [word("figure.spread.twin", people=people, **jump)]
    if bet is not None:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": word("figure.bet"),
                "showlegend": True,
                "x": [bet],
                "y": [people / 2],
                "cliponaxis": False,
                "marker": {"symbol": "diamond", "size": 14, "color": VERMILLION, "line": {"color": INK, "width": 1.5}},
                "hoverinfo": "text",
                "hovertext": [word("figure.spread.bet_hover", bet=brief(bet))],
            }
        )
        said.append(word("figure.spread.twin_bet", bet=brief(bet)))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.spread.x")}, "range": [0, 1.04 * max(*deviations, bet or 0)]},
            "yaxis": {"title": {"text": word("figure.spread.y")}, "range": [0, 1.06 * people]},
        },
        " ".join(said),
        title=word("figure.spread.title"),
        height=360,
    )
