"""Networks that fall apart, to look at."""

from functools import cache

import networkx as nx

from jejaring.figures import removals as figures
from jejaring.figures.picture import Picture
from jejaring.removals import Pieces, in_random_order, removal_curve, strongest_first, weakest_first

__all__ = ["removal_curves"]


@cache
def _curves() -> dict[str, list[Pieces]]:
    """The people of Les Misérables, cut in three orders."""
    people = nx.les_miserables_graph()
    orders = {
        "weakest": weakest_first(people),
        "strongest": strongest_first(people),
        "random": in_random_order(people, seed=1),
    }
    return {name: removal_curve(people, ties) for name, ties in orders.items()}


def removal_curves() -> Picture:
    """Les Misérables at 40%: 13 or 77 of 77 people in one piece."""
    return figures.removal_curves(_curves(), bet=40)
