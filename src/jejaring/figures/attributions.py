"""Who made how much of it, in pictures."""

from collections.abc import Mapping, Sequence
from math import isclose
from typing import Any

from jejaring.figures.picture import BLUE, INK, PAPER, SKY, VERMILLION, Picture, compose, percent
from jejaring.language import word

__all__ = ["order_shares"]

_LOOKS = (
    {"color": BLUE},
    {"color": SKY, "pattern": {"shape": "/", "fgcolor": BLUE, "fillmode": "overlay"}},
    {"color": VERMILLION, "pattern": {"shape": "x", "fgcolor": PAPER, "fillmode": "overlay"}},
)


def order_shares(
    names: Sequence[str], orders: Mapping[tuple[int, ...], Sequence[float]], means: Sequence[float]
) -> Picture:
    """Draw one bar for each order in which causes may act, divided into their shares, and one for the average.

    Parameters
    ----------
    names : sequence of str
        Two or three causes.
    orders : mapping of tuple of int to sequence of float
        Shares of the causes, each from 0 to 1 and together 1, by the order in which they act, counted from 0.
    means : sequence of float
        Average share of each cause.

    Returns
    -------
    Picture
        A row for each order, then one for the average; each cause has its own pattern.

    Examples
    --------
    >>> print(order_shares(["inovasi", "jejaring"], {(0, 1): [0.4, 0.6], (1, 0): [0.8, 0.2]}, [0.6, 0.4]).twin)
    Bagian inovasi dari hasil yang sama: 40% sampai 80%, tergantung urutannya; rata-rata semua urutan 60%.
    """
    rows = {_row([names[cause] for cause in order]): list(map(float, parts)) for order, parts in orders.items()}
    rows[f"<b>{word('figure.attributions.mean')}</b>"] = list(map(float, means))
    traces: list[dict[str, Any]] = []
    for cause, name in enumerate(names):
        parts = [100 * row[cause] for row in rows.values()]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": name,
                "y": list(rows),
                "x": parts,
                "base": [100 * sum(row[:cause]) for row in rows.values()],
                "marker": {**_LOOKS[cause], "line": {"color": INK, "width": 1}},
                "hoverinfo": "text",
                "hovertext": [word("figure.attributions.hover", name=name, share=percent(p / 100, 0)) for p in parts],
            }
        )
    shares = [float(parts[0]) for parts in orders.values()]
    agreed = all(isclose(share, shares[0]) for share in shares)
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.35,
            "xaxis": {
                "title": {"text": word("figure.attributions.x")},
                "ticksuffix": "%",
                "range": [0, 103],
                "dtick": 20,
            },
            "yaxis": {"autorange": "reversed", "categoryarray": list(rows), "showgrid": False},
        },
        word(
            f"figure.attributions.twin{'_same' if agreed else ''}",
            name=names[0],
            low=percent(min(shares), 0),
            high=percent(max(shares), 0),
            mean=percent(means[0], 0),
        ),
        title=word(f"figure.attributions.title{'_same' if agreed else ''}"),
        height=130 + 50 * len(rows),
    )


def _row(names: list[str]) -> str:
    """First this, then that."""
    return word("figure.attributions.then").join(names)
