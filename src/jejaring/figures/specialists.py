"""Wheat and promises in a picture."""

from collections.abc import Mapping

from jejaring.figures.picture import BLUE, GREY, INK, PAPER, Picture, brief, compose, number
from jejaring.language import word

__all__ = ["wheat_and_promises"]


def wheat_and_promises(loaves: Mapping[int, tuple[float, float]], *, trades: int, kept: float) -> Picture:
    """Draw how much bread each has in circles that share out the trades, if all keep their word and on average.

    Parameters
    ----------
    loaves : mapping of int to pair of float
        Loaves for each person in a day if all keep their word, and on average, by the people in the circle.
    trades : int
        Trades that a loaf needs.
    kept : float
        How likely each of the others keeps their word, from 0 to 1.

    Returns
    -------
    Picture
        Two bars, one inside the other, for each circle.

    Examples
    --------
    >>> print(wheat_and_promises({1: (1, 1), 2: (5.5, 4.4)}, trades=2, kept=0.8).twin)
    Kalau tiap janji ditepati dengan peluang 0,8, roti rata-rata tiap orang: 1 orang 1,0; 2 orang 4,4. Terbaik: 2 orang.
    """
    sizes = list(loaves)
    named = {size: word(f"figure.wheat.people_{'one' if size == 1 else 'many'}", people=size) for size in sizes}
    each = {size: trades // size for size in sizes}
    told = {
        size: {"people": named[size], "sure": number(sure, 1), "expected": number(mean, 1)}
        for size, (sure, mean) in loaves.items()
    }
    hover = [word("figure.wheat.hover", **fields) for fields in told.values()]
    rows = "; ".join(word("figure.wheat.twin_row", **fields) for fields in told.values())
    best = max(sizes, key=lambda size: loaves[size][1])
    equal = len({round(mean, 9) for _, mean in loaves.values()}) == 1
    looks = {
        "sure": {"color": PAPER, "line": {"color": GREY, "width": 2}},
        "expected": {"color": BLUE, "pattern": {"shape": "/", "fgcolor": PAPER, "fillmode": "overlay"}},
    }
    bars = [
        {
            "type": "bar",
            "name": word(f"figure.wheat.{name}"),
            "showlegend": True,
            "x": list(range(len(sizes))),
            "y": [float(pair[place]) for pair in loaves.values()],
            "width": 0.6,
            "marker": looks[name],
            "hoverinfo": "text",
            "hovertext": hover,
        }
        for place, name in enumerate(looks)
    ]
    highest = max(1.0, *(float(sure) for sure, _ in loaves.values()))
    work = {size: word(f"figure.wheat.{'one' if each[size] == 1 else 'many'}", trades=each[size]) for size in sizes}
    return compose(
        bars,
        {
            "barmode": "overlay",
            "xaxis": {
                "title": {"text": word("figure.wheat.x")},
                "range": [-0.55, len(sizes) - 0.45],
                "showgrid": False,
                "tickvals": list(range(len(sizes))),
                "ticktext": [f"{named[size]}<br>{work[size]}" for size in sizes],
            },
            "yaxis": {"title": {"text": word("figure.wheat.y")}, "range": [0, 1.14 * highest]},
            "annotations": [
                {
                    "x": place,
                    "y": float(mean),
                    "text": f"<b>{number(mean, 1)}</b>",
                    "showarrow": False,
                    "yanchor": "bottom",
                    "yshift": 2,
                    "font": {"color": INK},
                }
                for place, (_, mean) in enumerate(loaves.values())
            ],
        },
        word(f"figure.wheat.twin{'_equal' if equal else ''}", kept=brief(kept), rows=rows, best=named[best]),
        title=word("figure.wheat.title"),
        height=380,
    )
