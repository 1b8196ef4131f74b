"""Networks that fall apart, in pictures."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from jejaring.figures._curves import curve, end_label, mark, thinned
from jejaring.figures.networks import network_map
from jejaring.figures.picture import INK, VERMILLION, Picture, compose, percent
from jejaring.language import word, words
from jejaring.removals import Pieces

__all__ = ["removal_curves", "removal_map"]


def removal_curves(curves: Mapping[str, Sequence[Pieces]], *, at: float = 0.4, bet: float | None = None) -> Picture:
    """Draw how the largest piece shrinks while ties are cut in several orders.

    Parameters
    ----------
    curves : mapping of str to sequence of Pieces
        The network after each cut, from no tie cut to all, by the id of the order (``weakest``, ``strongest``,
        ``busiest``, ``random``) or by a name of your own; at most four.
    at : float
        Share of the ties at which the curves are compared, from 0 to 1.
    bet : float, optional
        People whom the reader expected in the largest piece there, for the first order.

    Returns
    -------
    Picture
        One line for each order, with its own dash, and an upright line at the share.

    Examples
    --------
    >>> row = {"weakest": [Pieces(0, 4, 1), Pieces(1, 2, 2), Pieces(2, 1, 4)]}
    >>> print(removal_curves(row, at=0.5).twin)
    Setelah 50% ikatan dipotong, potongan terbesar berisi: 2 dari 4 orang (ikatan lemah dulu).
    """
    people = next(iter(curves.values()))[0].largest
    traces, there = [], {}
    for place, (order, steps) in enumerate(curves.items()):
        ties, name = len(steps) - 1, _order(order)
        points = thinned([(100 * step.cut / ties, step.largest) for step in steps])
        hover = [
            word("figure.removals.hover", name=name, cut=percent(cut / 100, 0), largest=round(largest))
            for cut, largest in points
        ]
        traces.append(curve(name, points, place, hover))
        there[order] = steps[int(at * ties + 1e-9)].largest
    if bet is not None:
        traces.append(mark(100 * at, bet, word("figure.bet"), "star", VERMILLION, str(round(bet))))
    ends = [
        end_label(100 * at, largest, str(largest)) for largest in sorted({min(there.values()), max(there.values())})
    ]
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.removals.x")}, "ticksuffix": "%", "range": [0, 103]},
            "yaxis": {"title": {"text": word("figure.removals.y")}, "range": [0, 1.12 * people]},
            "shapes": [_upright(100 * at)],
            "annotations": [{**end, "xanchor": "left", "xshift": 5} for end in ends],
        },
        _curves_twin(there, people, at, bet),
        title=word("figure.removals.title"),
        height=400,
    )


def removal_map(
    places: Mapping[str, tuple[float, float]],
    left: Sequence[tuple[str, str]],
    cut: Sequence[tuple[str, str]],
    largest: Collection[str],
    *,
    order: str,
) -> Picture:
    """Draw a network before and after: ties that were cut are dotted, and the largest piece has its own mark.

    Parameters
    ----------
    places : mapping of str to (float, float)
        Where each person stands, from 0 to 1.
    left, cut : sequence of (str, str)
        Ties that stand, and ties that were cut.
    largest : collection of str
        People in the largest piece that is left.
    order : str
        Id of the order of cutting, or a name of your own.

    Returns
    -------
    Picture
        One map.

    Examples
    --------
    >>> places = {"Ani": (0.0, 0.0), "Budi": (0.5, 0.0), "Cici": (1.0, 0.0)}
    >>> print(removal_map(places, [("Ani", "Budi")], [("Budi", "Cici")], ["Ani", "Budi"], order="weakest").twin)
    1 dari 2 ikatan dipotong (ikatan lemah dulu): 2 dari 3 orang masih terhubung dalam potongan terbesar.
    """
    ordered = sorted(places, key=lambda person: person not in largest)  # the largest piece always gets the same mark
    groups = {
        person: word("figure.removals.inside" if person in largest else "figure.removals.outside") for person in ordered
    }
    fields = {"cut": len(cut), "ties": len(cut) + len(left), "largest": len(largest), "people": len(places)}
    ties = [(one, other, 1.0) for one, other in left]
    placed = {person: places[person] for person in ordered}
    drawn = network_map(
        placed, ties, title=word("figure.removals.map_title", order=_order(order)), groups=groups, removed=cut
    )
    return Picture(drawn.figure, word("figure.removals.map_twin", order=_order(order), **fields))


def _order(order: str) -> str:
    """The name of an order of cutting; one's own name stays as it is."""
    return words("figure.removals.order").get(order, order)


def _upright(x: float) -> dict[str, Any]:
    """A thin line across the whole height."""
    line = {"color": INK, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def _curves_twin(there: Mapping[str, int], people: int, at: float, bet: float | None) -> str:
    """Say what is left at the share, order by order."""
    parts = [
        word("figure.removals.twin_part", largest=largest, people=people, order=_order(order))
        for order, largest in there.items()
    ]
    said = [word("figure.removals.twin", cut=percent(at, 0), parts="; ".join(parts))]
    if bet is not None:
        said.append(word("figure.removals.twin_bet", bet=round(bet), order=_order(next(iter(there)))))
    return " ".join(said)
