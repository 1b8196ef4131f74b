"""Networks that fall apart, to look at."""

from functools import cache

import networkx as nx

from jejaring.figures import removals as figures
from jejaring.figures.picture import Picture
from jejaring.layouts import stress_layout
from jejaring.removals import Pieces, after_removal, in_random_order, removal_curve, strongest_first, weakest_first

__all__ = ["removal_curves", "removal_map"]


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


@cache
def _club() -> tuple[dict[str, tuple[float, float]], list[tuple[str, str]], list[tuple[str, str]], list[str]]:
    """The karate club without 60% of its ties, weakest first: places, ties left, ties cut, the largest piece."""
    club = nx.relabel_nodes(nx.karate_club_graph(), str)
    left = after_removal(club, weakest_first(club), 0.6)
    cut = [tie for tie in club.edges if not left.has_edge(*tie)]
    places = {str(person): place for person, place in stress_layout(club).items()}
    largest = max(nx.connected_components(left), key=len)
    return places, list(left.edges), cut, sorted(largest)


def removal_map() -> Picture:
    """The karate club at 60%: 14 of 34 people in one piece."""
    return figures.removal_map(*_club(), order="weakest")
