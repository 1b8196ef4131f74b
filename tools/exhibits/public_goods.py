"""Villages that give, to look at."""

from functools import cache
from statistics import mean

from jejaring.figures import public_goods as figures
from jejaring.figures.picture import Picture
from jejaring.public_goods import (
    KINDS_OF_2001,
    NO_SANCTIONS,
    GivingHistory,
    Sanctions,
    agreed_minimum,
    mix,
    payoffs,
    play_rounds,
)

__all__ = ["free_rider_payoffs", "giving_by_kind", "giving_over_rounds"]

_VILLAGE = mix(KINDS_OF_2001, 40)
_WAYS = {"free": NO_SANCTIONS, "agreed": Sanctions(agreed_minimum(7))}


@cache
def _villages(way: str) -> list[GivingHistory]:
    """Forty houses, twenty rounds, fifty seeds."""
    return [play_rounds(_VILLAGE, rounds=20, sanctions=_WAYS[way], seed=seed) for seed in range(50)]


def giving_over_rounds() -> Picture:
    """Good will alone, and with a minimum of 7 hours of 20."""
    runs = {way: [history.mean_gifts() for history in _villages(way)] for way in _WAYS}
    return figures.giving_over_rounds(runs, endowment=20, bet=5)


def giving_by_kind() -> Picture:
    """Who gives how much where nobody is fined, on average over the seeds."""
    gifts = {}
    for kind in KINDS_OF_2001:
        members = [place for place, one in enumerate(_VILLAGE) if one is kind]
        runs = [history.mean_gifts(members) for history in _villages("free")]
        gifts[kind.__name__] = [mean(seen) for seen in zip(*runs, strict=True)]
    return figures.giving_by_kind(gifts, endowment=20)


def free_rider_payoffs() -> Picture:
    """A group of four that has 20 each and a return of 0.4."""
    groups = [[20] * 4, [0] * 4, [0, 20, 20, 20], [20, 0, 0, 0]]
    paid = [float(payoffs(gifts, endowment=20, mpcr=0.4)[0]) for gifts in groups]
    return figures.free_rider_payoffs(*paid, bet=36)
