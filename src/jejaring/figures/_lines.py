"""Lines that are told apart without colour."""

from collections.abc import Sequence
from typing import Any

from jejaring.figures.picture import BLUE, GREEN, INK, VERMILLION

__all__: list[str] = []  # no figures of its own

LOOKS = (
    {"line": {"color": BLUE, "width": 3}, "marker": {"symbol": "circle", "color": BLUE, "size": 8}},
    {
        "line": {"color": VERMILLION, "width": 3, "dash": "dash"},
        "marker": {"symbol": "diamond", "color": VERMILLION, "size": 9},
    },
    {"line": {"color": INK, "width": 3, "dash": "dot"}, "marker": {"symbol": "square", "color": INK, "size": 8}},
    {
        "line": {"color": GREEN, "width": 3, "dash": "dashdot"},
        "marker": {"symbol": "triangle-up", "color": GREEN, "size": 9},
    },
)
"""Colour, dash and mark of the first, second, third and fourth line."""


def line(
    name: str, look: int, xs: Sequence[float], ys: Sequence[float], hover: Sequence[str], *, marks: bool = True
) -> dict[str, Any]:
    """One line with a name in the legend."""
    return {
        "type": "scatter",
        "mode": "lines+markers" if marks else "lines",
        "name": name,
        "showlegend": True,
        "x": list(xs),
        "y": list(ys),
        "cliponaxis": False,
        **LOOKS[look],
        "hoverinfo": "text",
        "hovertext": list(hover),
    }
