"""Spreading in pictures."""

from collections.abc import Mapping, Sequence
from typing import Any

from jejaring.figures.picture import BLUE, INK, VERMILLION, Picture, compose
from jejaring.language import word

__all__ = ["threshold_cascade"]

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
