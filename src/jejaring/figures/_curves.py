"""What figures with several lines share: looks that differ in more than colour, and few points."""

from collections.abc import Sequence
from typing import Any

from jejaring.figures.picture import BLUE, GREEN, INK, VERMILLION
from jejaring.language import word

__all__: list[str] = []  # no figure by itself

_LOOKS: tuple[dict[str, Any], ...] = (
    {"line": {"color": INK, "width": 3}, "marker": {"symbol": "square", "color": INK, "size": 8}},
    {"line": {"color": BLUE, "width": 3, "dash": "dash"}, "marker": {"symbol": "circle", "color": BLUE, "size": 9}},
    {
        "line": {"color": VERMILLION, "width": 3, "dash": "dot"},
        "marker": {"symbol": "diamond", "color": VERMILLION, "size": 9},
    },
    {
        "line": {"color": GREEN, "width": 3, "dash": "dashdot"},
        "marker": {"symbol": "triangle-up", "color": GREEN, "size": 10},
    },
)


def curve(
    name: str, points: Sequence[tuple[float, float]], place: int, hover: Sequence[str], *, marks: bool = False
) -> dict[str, Any]:
    """One line in the look of its place, with or without a mark at each point."""
    return {
        "type": "scatter",
        "mode": "lines+markers" if marks else "lines",
        "name": name,
        "showlegend": True,
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "cliponaxis": False,
        **_LOOKS[place],
        "hoverinfo": "text",
        "hovertext": list(hover),
    }


def mark(x: float, y: object, name: str, symbol: str, colour: str, hover: str, *, size: int = 14) -> dict[str, Any]:
    """One marked point, named in the legend."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "showlegend": True,
        "x": [x],
        "y": [y],
        "cliponaxis": False,
        "marker": {"symbol": symbol, "size": size, "color": colour, "line": {"color": INK, "width": 1.5}},
        "hoverinfo": "text",
        "hovertext": [hover],
    }


def bet_mark(x: float, y: object, hover: str) -> dict[str, Any]:
    """Where the reader bet."""
    return mark(x, y, word("figure.bet"), "diamond", VERMILLION, hover)


def end_label(x: float, y: float, text: str) -> dict[str, Any]:
    """The last value of a line, above its end, with room for a mark there."""
    return {
        "x": x,
        "y": y,
        "text": f"<b>{text}</b>",
        "showarrow": False,
        "xanchor": "right",
        "xshift": -9,
        "yanchor": "bottom",
        "yshift": 3,
    }


def thinned(points: Sequence[tuple[float, float]], most: int = 51) -> list[tuple[float, float]]:
    """So many points at most, evenly chosen, the first and the last among them, as plain floats."""
    last = len(points) - 1
    places = sorted({round(step * last / (most - 1)) for step in range(most)}) if last >= most else range(last + 1)
    return [(float(points[place][0]), float(points[place][1])) for place in places]
