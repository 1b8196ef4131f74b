"""Meetings in pictures: one pair after the other, or all at once."""

from collections.abc import Mapping
from typing import Any

from jejaring.figures.picture import BLUE, INK, VERMILLION, Picture, brief, compose, number
from jejaring.language import word

__all__ = ["meeting_minutes"]

_LINES: dict[str, dict[str, Any]] = {
    "one": {"color": VERMILLION, "width": 3, "dash": "dash"},
    "together": {"color": BLUE, "width": 3},
}
_SYMBOLS = {"one": "diamond", "together": "circle"}


def meeting_minutes(
    one: Mapping[int, float], together: Mapping[int, float], people: int, *, bet: float | None = None
) -> Picture:
    """Draw how long it takes until everybody has met everybody, in two ways of doing it.

    Parameters
    ----------
    one, together : mapping of int to float
        Minutes by the number of people: one pair after the other, and as many pairs at a time as possible.
    people : int
        The group that is looked at; a key of both.
    bet : float, optional
        Minutes that the reader expected.

    Returns
    -------
    Picture
        Two lines, each with a mark where the group is.

    Examples
    --------
    >>> print(meeting_minutes({4: 3.0, 5: 5.0}, {4: 1.5, 5: 2.5}, 4).twin)
    4 orang: sepasang demi sepasang 3 menit, serentak 1,5 menit, 2 kali lebih cepat.
    """
    traces: list[dict[str, Any]] = []
    for way, minutes in (("one", one), ("together", together)):
        name = word(f"figure.meetings.{way}")
        said = [word("figure.meetings.hover", name=name, people=p, minutes=brief(m)) for p, m in minutes.items()]
        points: dict[str, Any] = {"type": "scatter", "hoverinfo": "text", "cliponaxis": False}
        traces += [
            {**points, "mode": "lines", "x": list(minutes), "y": list(minutes.values()), "line": _LINES[way]}
            | {"name": name, "showlegend": True, "hovertext": said},
            {**points, "mode": "markers+text", "x": [people], "y": [minutes[people]], "showlegend": False}
            | {"marker": {"symbol": _SYMBOLS[way], "size": 13, "color": _LINES[way]["color"]}}
            | {"text": [brief(minutes[people])], "textposition": "top left", "textfont": {"color": INK}}
            | {"hovertext": [word("figure.meetings.hover", name=name, people=people, minutes=brief(minutes[people]))]},
        ]
    times = {"one": brief(one[people]), "together": brief(together[people])}
    faster = brief(one[people] / together[people]) if together[people] else "1"
    said = [word("figure.meetings.twin", people=number(people), faster=faster, **times)]
    if bet is not None:
        marker = {"symbol": "star", "size": 16, "color": VERMILLION, "line": {"color": INK, "width": 1.5}}
        traces.append(
            {"type": "scatter", "mode": "markers", "x": [people], "y": [bet], "name": word("figure.bet")}
            | {"showlegend": True, "marker": marker, "hoverinfo": "text", "hovertext": [brief(bet)]}
        )
        said.append(word("figure.meetings.twin_bet", bet=brief(bet)))
    most = 1.12 * max(*one.values(), *together.values(), bet or 0.0)
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.meetings.x")}, "range": [0, 1.03 * max(one)]},
            "yaxis": {"title": {"text": word("figure.meetings.y")}, "range": [0, most]},
        },
        " ".join(said),
        title=word("figure.meetings.title"),
        height=400,
    )
