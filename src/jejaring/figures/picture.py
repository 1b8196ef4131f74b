"""What every figure is: a plotly figure, a sentence that says the same, and a still image for where no script runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import plotly.graph_objects as go

from jejaring.figures import static
from jejaring.figures.static import INK, PAPER
from jejaring.language import word

__all__ = [
    "BLUE",
    "GREEN",
    "GREY",
    "INK",
    "PAPER",
    "SKY",
    "VERMILLION",
    "Picture",
    "brief",
    "compose",
    "listed",
    "number",
    "percent",
]

# Okabe and Ito (2008), https://jfly.uni-koeln.de/color/ : told apart with every common kind of colour vision.
BLUE: Final = "#0072B2"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
VERMILLION: Final = "#D55E00"
GREY: Final = "#8C8C8C"  # 3.4:1 on white and 5.6:1 on black: a frame or a grid in both themes

_GRID = "rgba(127,127,127,0.28)"
_AXIS = {
    "automargin": True,
    "fixedrange": True,
    "gridcolor": _GRID,
    "zerolinecolor": GREY,
    "ticks": "outside",
    "ticklen": 5,
    "tickcolor": "rgba(0,0,0,0)",
    "title": {"font": {"size": 14}},
}


@dataclass(frozen=True)
class Picture:
    """A figure and the sentence that tells what it shows.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        One pair of axes; colours `INK` and `PAPER` stand for the reader's text and page colour.
    twin : str
        The finding in words, computed from the same data.

    Examples
    --------
    >>> picture = Picture(go.Figure(go.Bar(x=["A"], y=[3])), "A has 3 seats.")
    >>> picture.svg.startswith("<svg") and "A has 3 seats." in picture.svg
    True
    """

    figure: go.Figure
    twin: str

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The figure as plotly.js takes it: plain lists, strings and numbers."""
        plain: dict[str, Any] = self.figure.to_plotly_json()
        return plain

    @cached_property
    def svg(self) -> str:
        """The figure as a still image, the same bytes each time."""
        return static.render(self.spec, self.twin)


def compose(
    traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], twin: str, *, title: str, height: int, top: int = 12
) -> Picture:
    """Make a picture in the course's look from traces and what is special about their layout."""
    look = {
        "template": {"layout": {"xaxis": _AXIS, "yaxis": _AXIS}},
        "title": {"text": title},
        "height": height,
        "font": {"size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": word("figure.separators"),
        "margin": {"l": 16, "r": 16, "t": top, "b": 16},
        "dragmode": False,
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    }
    return Picture(go.Figure(data=[dict(trace) for trace in traces], layout={**look, **layout}), twin)


def number(value: float, digits: int = 0) -> str:
    """Write a number as the language does.

    Examples
    --------
    >>> number(1234.5, 1)
    '1.234,5'
    """
    decimal, thousands = tuple(word("figure.separators"))
    return f"{float(value):,.{digits}f}".translate({ord(","): thousands, ord("."): decimal})


def percent(share: float, digits: int = 1) -> str:
    """Write a share from 0 to 1 as a percentage.

    Examples
    --------
    >>> percent(0.1486)
    '14,9%'
    """
    return f"{number(100 * float(share), digits)}%"


def brief(value: float) -> str:
    """Write a number with no more digits than it needs, two after the decimal sign at most.

    Examples
    --------
    >>> brief(85.0), brief(0.5), brief(2 / 3)
    ('85', '0,5', '0,67')
    """
    rounded = round(float(value), 2)
    return number(rounded, next(digits for digits in (0, 1, 2) if round(rounded, digits) == rounded))


def listed(names: Sequence[str]) -> str:
    """Join names, the last with "and".

    Examples
    --------
    >>> listed(["A", "B", "C"]), listed(["A"]), listed([])
    ('A, B dan C', 'A', '')
    """
    *first, last = names or [""]
    return f"{', '.join(first)} {word('figure.and')} {last}" if first else last
