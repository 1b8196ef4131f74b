"""How unequal a division is, how fair trades alone make it so, and what a levy for the poorest changes.

The measures are exact for whole numbers and fractions; the simulation works with floats.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import fsum
from random import Random

from jejaring._checks import Number, number, share, whole

__all__ = [
    "Levy",
    "Stake",
    "YardSale",
    "collect_levy",
    "exchange_rounds",
    "fixed_stake",
    "gini",
    "group_shares",
    "lorenz_curve",
    "share_of_poorer",
    "yard_sale",
]

Result = float | Fraction

Stake = Callable[[float, float], float]
"""What the loser of a trade pays, from what the loser and the winner have: never more than the loser has."""

_EIGHTH = Fraction(1, 8)


@dataclass(frozen=True)
class Levy:
    """What those who have enough give in each round, and who receives it.

    Parameters
    ----------
    rate : int, float or Fraction
        Share of all they hold that payers give, from 0 to 1.
    nisab : int, float or Fraction
        The threshold from which one pays, as a multiple of the mean holding, 0 or more.
    receivers : int, float or Fraction
        Share of the people, the poorest, who divide it equally; from 0 to 1, and one person at least.
    leakage : int, float or Fraction
        Share of what is paid that reaches nobody, from 0 to 1.

    Raises
    ------
    ValueError
        If a number is outside its range.

    Examples
    --------
    >>> Levy(rate=0.025, nisab=2)
    Levy(rate=0.025, nisab=2, receivers=Fraction(1, 8), leakage=0)
    """

    rate: Number
    nisab: Number
    receivers: Number = _EIGHTH
    leakage: Number = 0

    def __post_init__(self) -> None:
        """Refuse what is no levy."""
        for name in ("rate", "receivers", "leakage"):
            share(name, getattr(self, name))
        number("nisab", self.nisab, "multiples of the mean holding", 0)


@dataclass(frozen=True)
class YardSale:
    """How inequality grew, and who has what in the end.

    Parameters
    ----------
    ginis : tuple of float
        The Gini coefficient at the start and after each round.
    holdings : tuple of float
        What each person has after the last round, in the unit of the start.
    """

    ginis: tuple[float, ...]
    holdings: tuple[float, ...]


def gini(holdings: Sequence[Number]) -> Result:
    """Measure inequality: half the mean gap between two people, as a share of the mean.

    Parameters
    ----------
    holdings : sequence of int, float or Fraction
        What each person has, 0 or more, in any unit; at least one above 0. Not modified.

    Returns
    -------
    Fraction or float
        From 0, all alike, to ``1 - 1 / people``, one has all.

    Raises
    ------
    ValueError
        If nobody has anything, or a holding is no finite number, 0 or more.

    References
    ----------
    Gini, C. (1912). *Variabilità e mutabilità*. Cuppini.

    Examples
    --------
    Of two people one has 1 and the other 3: the gap is 2, the mean 2. Of the four pairs (each with itself, too) half
    have the gap, so the mean gap is 1.

    >>> print(gini([1, 3]))
    1/4
    >>> print(gini([0, 0, 0, 10]))
    3/4
    """
    return _gini(_ranked(holdings))


def lorenz_curve(holdings: Sequence[Number]) -> list[tuple[Result, Result]]:
    """Line people up from the poorest, and tell what share of everything the first of them have together.

    Parameters
    ----------
    holdings : sequence of int, float or Fraction
        What each person has, 0 or more, in any unit; at least one above 0. Not modified.

    Returns
    -------
    list of pairs of Fraction or float
        Share of the people and their share of all holdings, from (0, 0) to (1, 1): one point more than people.

    Raises
    ------
    ValueError
        If nobody has anything, or a holding is no finite number, 0 or more.

    References
    ----------
    Lorenz, M. O. (1905). Methods of measuring the concentration of wealth. *Publications of the American Statistical
    Association* 9, 209-219.

    Examples
    --------
    >>> [(str(people), str(held)) for people, held in lorenz_curve([3, 1])]
    [('0', '0'), ('1/2', '1/4'), ('1', '1')]
    """
    ranked = _ranked(holdings)
    total = _sum(ranked)
    return [(Fraction(first, len(ranked)), _sum(ranked[:first]) / total) for first in range(len(ranked) + 1)]


def group_shares(holdings: Sequence[Number], groups: int) -> list[Result]:
    """Cut the line of people, from the poorest, in equal groups, and tell what share of everything each has.

    Parameters
    ----------
    holdings : sequence of int, float or Fraction
        What each person has, 0 or more, in any unit; at least one above 0. Not modified.
    groups : int
        How many groups, from 1 to the number of people: 5 for fifths. A person on a border counts in parts.

    Returns
    -------
    list of Fraction or float
        One share for each group, the poorest first; rising, together 1.

    Raises
    ------
    ValueError
        If nobody has anything, a holding is no finite number, 0 or more, or there are too few people.

    Examples
    --------
    >>> [str(share) for share in group_shares([1, 2, 3, 4], groups=2)]
    ['3/10', '7/10']
    """
    ranked = _ranked(holdings)
    people, total = len(ranked), _sum(ranked)
    whole("groups", groups, "groups", 1, people)
    held: list[Result] = [Fraction(0)]
    for group in range(1, groups + 1):
        last, parts = divmod(group * people, groups)
        border = Fraction(parts, groups) * ranked[last] if parts else Fraction(0)
        held.append((_sum(ranked[:last]) + border) / total)
    return [after - before for before, after in pairwise(held)]


def share_of_poorer(part: Number) -> Stake:
    """Let two people risk a part of what the poorer of them has: the yard-sale rule.

    Parameters
    ----------
    part : int, float or Fraction
        From 0 to 1.

    Returns
    -------
    callable
        From what the loser and the winner have to what the loser pays.

    Raises
    ------
    ValueError
        If the part is outside its range.

    References
    ----------
    Chakraborti, A. (2002). Distributions of money in model markets of economy. *International Journal of Modern
    Physics C* 13, 1315-1321.
    Hayes, B. (2002). Follow the money. *American Scientist* 90, 400-405.

    Examples
    --------
    >>> share_of_poorer(0.5)(100, 30)
    15.0
    """
    taken = float(share("part", part))

    def stake(loser: float, winner: float) -> float:
        return taken * min(loser, winner)

    return stake


def fixed_stake(amount: Number) -> Stake:
    """Let the loser pay always the same, or nothing where there is not enough.

    Parameters
    ----------
    amount : int, float or Fraction
        Above 0, in the unit of the holdings.

    Returns
    -------
    callable
        From what the loser and the winner have to what the loser pays.

    Raises
    ------
    ValueError
        If the amount is outside its range.

    References
    ----------
    Drăgulescu, A., & Yakovenko, V. M. (2000). Statistical mechanics of money. *European Physical Journal B* 17,
    723-729.

    Examples
    --------
    >>> fixed_stake(10)(100, 30), fixed_stake(10)(100, 0)
    (10.0, 10.0)
    >>> fixed_stake(10)(9, 100)
    0.0
    """
    taken = float(number("amount", amount, "units of the holdings", above=0))

    def stake(loser: float, _winner: float) -> float:
        return taken if loser >= taken else 0.0

    return stake


def collect_levy(holdings: Sequence[Number], levy: Levy) -> list[float]:
    """Take the levy from all who hold the nisab or more, and divide it among the poorest.

    Parameters
    ----------
    holdings : sequence of int, float or Fraction
        What each person has, 0 or more, in any unit. Not modified.
    levy : Levy
        Who pays how much, and who receives it. Who is among the poorest is seen after all have paid; among equals the
        first.

    Returns
    -------
    list of float
        What each person has then; less in all by what leaked.

    Raises
    ------
    ValueError
        If nobody has anything, or a holding is no finite number, 0 or more.

    Examples
    --------
    The mean is 50, so that only the 150 reach twice the mean; a tenth of them goes to the poorest of the four.

    >>> collect_levy([30, 0, 20, 150], Levy(rate=0.1, nisab=2, receivers=0.25))
    [30.0, 15.0, 20.0, 135.0]
    """
    _ranked(holdings)
    held = [float(holding) for holding in holdings]
    _collect(held, levy)
    return held


def exchange_rounds(
    people: int, rounds: int, *, start: Number, stake: Stake, levy: Levy | None = None, seed: int
) -> Iterator[list[float]]:
    """Let people meet in random pairs, round after round, and toss a fair coin for a stake.

    Parameters
    ----------
    people : int
        2 or more; where the number is odd, one person rests in each round.
    rounds : int
        How often everybody trades, 0 or more.
    start : int, float or Fraction
        What each one has in the beginning, above 0, in any unit.
    stake : callable
        From what the loser and the winner of a trade have to what the loser pays, such as `share_of_poorer(0.1)`.
    levy : Levy, optional
        What is collected and given out after each round of trades.
    seed : int
        The same seed gives the same rounds.

    Yields
    ------
    list of float
        What each person has at the start, and after each round: ``rounds + 1`` new lists, in the order of people.

    Raises
    ------
    ValueError
        If a number is outside its range (at the call, before the first round).

    References
    ----------
    Chakraborti, A. (2002). Distributions of money in model markets of economy. *International Journal of Modern
    Physics C* 13, 1315-1321.
    Boghosian, B. M. (2014). Kinetics of wealth and the Pareto law. *Physical Review E* 89, 042804.

    Examples
    --------
    >>> for held in exchange_rounds(2, 2, start=100, stake=share_of_poorer(0.5), seed=1):
    ...     print(held)
    [100.0, 100.0]
    [50.0, 150.0]
    [25.0, 175.0]
    """
    whole("people", people, "people", 2)
    whole("rounds", rounds, "rounds")
    first = float(number("start", start, "units of the holdings", above=0))

    def play() -> Iterator[list[float]]:
        chance = Random(seed)
        held, line = [first] * people, list(range(people))
        yield list(held)
        for _ in range(rounds):
            chance.shuffle(line)
            _trade(held, line, stake, chance)
            if levy is not None:
                _collect(held, levy)
            yield list(held)

    return play()


def yard_sale(
    people: int, rounds: int, *, start: Number, stake: Stake, levy: Levy | None = None, seed: int
) -> YardSale:
    """Follow the Gini coefficient while people trade by fair coins.

    Parameters
    ----------
    people : int
        2 or more; where the number is odd, one person rests in each round.
    rounds : int
        How often everybody trades, 0 or more.
    start : int, float or Fraction
        What each one has in the beginning, above 0, in any unit.
    stake : callable
        From what the loser and the winner of a trade have to what the loser pays, such as `share_of_poorer(0.1)`.
    levy : Levy, optional
        What is collected and given out after each round of trades.
    seed : int
        The same seed gives the same rounds.

    Returns
    -------
    YardSale
        The Gini coefficient round by round, and the last holdings.

    Raises
    ------
    ValueError
        If a number is outside its range.

    References
    ----------
    Chakraborti, A. (2002). Distributions of money in model markets of economy. *International Journal of Modern
    Physics C* 13, 1315-1321.
    Boghosian, B. M. (2014). Kinetics of wealth and the Pareto law. *Physical Review E* 89, 042804.

    Examples
    --------
    >>> sale = yard_sale(2, 2, start=100, stake=share_of_poorer(0.5), seed=1)
    >>> sale.ginis, sale.holdings
    ((0.0, 0.25, 0.375), (25.0, 175.0))
    """
    ginis = []
    for held in exchange_rounds(people, rounds, start=start, stake=stake, levy=levy, seed=seed):
        ginis.append(float(_gini(sorted(held))))
    return YardSale(tuple(ginis), tuple(held))


def _trade(held: list[float], line: Sequence[int], stake: Stake, chance: Random) -> None:
    """Let neighbours in the line toss a coin."""
    toss = chance.random
    for one, other in zip(line[::2], line[1::2], strict=False):
        loser, winner = (one, other) if toss() < 0.5 else (other, one)
        paid = stake(held[loser], held[winner])
        held[loser] -= paid
        held[winner] += paid


def _collect(held: list[float], levy: Levy) -> None:
    """Collect a levy and give it out, in place."""
    rate, nisab = float(levy.rate), float(levy.nisab) * fsum(held) / len(held)
    paid = []
    for person, holding in enumerate(held):
        if holding >= nisab:
            paid.append(rate * holding)
            held[person] = holding - paid[-1]
    receivers = max(1, int(levy.receivers * len(held)))
    gift = (1 - float(levy.leakage)) * fsum(paid) / receivers
    for person in sorted(range(len(held)), key=held.__getitem__)[:receivers]:
        held[person] += gift


def _gini(ranked: Sequence[Result]) -> Result:
    """The Gini coefficient of holdings in rising order."""
    people = len(ranked)
    gaps = _sum([weight * holding for weight, holding in zip(range(1 - people, people, 2), ranked, strict=True)])
    return gaps / (people * _sum(ranked))


def _ranked(holdings: Sequence[Number]) -> list[Result]:
    """The holdings in rising order; refuse what nobody can hold."""
    held = [number(f"holdings[{person}]", value, "units of wealth", 0) for person, value in enumerate(holdings)]
    if not any(held):
        raise ValueError(f"holdings is {list(holdings)!r}; at least one must be above 0 (units of wealth).")
    return sorted(held)


def _sum(values: Sequence[Result]) -> Result:
    """Add up: exactly where all are exact, and the same on every version of Python where not."""
    return fsum(values) if set(map(type, values)) == {float} else sum(values, start=Fraction(0))
