"""How something spreads: who joins when enough others have joined."""

from bisect import bisect_right
from collections.abc import Iterable
from math import ceil
from random import Random
from statistics import NormalDist

from jejaring._checks import number, whole

__all__ = ["equilibrium", "joiners", "normal_thresholds", "threshold_cascade"]

_CLOSE = 1e-9  # people; near the jump steps shrink long before the cascade stops


def threshold_cascade(thresholds: Iterable[int]) -> list[int]:
    """Let everybody join who sees enough others, until nobody else does.

    Parameters
    ----------
    thresholds : iterable of int
        For each person, how many others must be active before that person joins; 0 or more. Not modified.

    Returns
    -------
    list of int
        People active after each round, rising; the first round is those who need nobody. The last number is where
        the cascade ends. At least one number, which is 0 when nobody starts.

    Raises
    ------
    ValueError
        If a threshold is not a whole number of people, 0 or more.

    References
    ----------
    Granovetter, M. (1978). Threshold models of collective behavior. *American Journal of Sociology* 83, 1420-1443.

    Examples
    --------
    Three people with thresholds 0, 1, 2 all join, one after the other. If the second needs two, the first stays alone.

    >>> threshold_cascade([0, 1, 2])
    [1, 2, 3]
    >>> threshold_cascade([0, 2, 2])
    [1]
    """
    people = sorted(whole(f"thresholds[{person}]", value, "people") for person, value in enumerate(thresholds))
    active = [bisect_right(people, 0)]
    while (joined := bisect_right(people, active[-1])) > active[-1]:
        active.append(joined)
    return active


def normal_thresholds(people: int, *, mean: float, deviation: float, seed: int) -> list[int]:
    """Draw thresholds from a bell curve: most people wait for about as many others, some for far fewer or more.

    Parameters
    ----------
    people : int
        How many people, 1 or more.
    mean : float
        Mean threshold, in people.
    deviation : float
        Standard deviation of the thresholds, in people, above 0.
    seed : int
        Start of the random draws; the same seed gives the same thresholds.

    Returns
    -------
    list of int
        One threshold for each person, rounded up to whole people. Those below zero are 0 (such a person needs nobody);
        those of `people` or more never join.

    Raises
    ------
    ValueError
        If a parameter is outside its range.

    References
    ----------
    Granovetter, M. (1978). Threshold models of collective behavior. *American Journal of Sociology* 83, 1420-1443.

    Examples
    --------
    With next to no deviation everybody waits for 25 others, and nobody starts.

    >>> normal_thresholds(4, mean=24.5, deviation=0.001, seed=1)
    [25, 25, 25, 25]
    """
    whole("people", people, "people", 1)
    bell = _bell(mean, deviation)
    chance = Random(seed)
    return [max(0, ceil(chance.gauss(bell.mean, bell.stdev))) for _ in range(people)]


def joiners(active: float, *, people: int, mean: float, deviation: float) -> float:
    """Count those who join when so many are active: the bell curve, added up from the left.

    Parameters
    ----------
    active : float
        People who are active already, from 0 to `people`.
    people : int
        People in the crowd, 1 or more.
    mean : float
        Mean threshold, in people.
    deviation : float
        Standard deviation of the thresholds, in people, above 0.

    Returns
    -------
    float
        Expected number of people whose threshold is `active` or less, from 0 to `people`.

    Raises
    ------
    ValueError
        If a parameter is outside its range.

    References
    ----------
    Granovetter, M. (1978). Threshold models of collective behavior. *American Journal of Sociology* 83, 1420-1443.

    Examples
    --------
    Half of a crowd is satisfied when the mean threshold is reached.

    >>> joiners(25, people=100, mean=25, deviation=10)
    50.0
    """
    whole("people", people, "people", 1)
    seen = float(number("active", active, "people", 0, people))
    return people * _bell(mean, deviation).cdf(seen)


def equilibrium(*, people: int, mean: float, deviation: float, start: float = 0) -> float:
    """Follow the cascade of a very large crowd to where it stops, scaled to `people`.

    Parameters
    ----------
    people : int
        People in the crowd, 1 or more.
    mean : float
        Mean threshold, in people.
    deviation : float
        Standard deviation of the thresholds, in people, above 0.
    start : float
        People who are active at first, from 0 to `people`.

    Returns
    -------
    float
        Active people, from 0 to `people`, who are just as many as their number makes join, to a millionth of a person.

    Raises
    ------
    ValueError
        If a parameter is outside its range.

    References
    ----------
    Granovetter, M. (1978). Threshold models of collective behavior. *American Journal of Sociology* 83, 1420-1443.

    Examples
    --------
    A tenth of a person more of deviation turns five or six people into all.

    >>> [round(equilibrium(people=100, mean=25, deviation=deviation), 1) for deviation in (12.2, 12.3)]
    [5.5, 100.0]
    """
    active = start
    while abs((after := joiners(active, people=people, mean=mean, deviation=deviation)) - active) > _CLOSE:
        active = after
    return after


def _bell(mean: float, deviation: float) -> NormalDist:
    """Make the distribution of thresholds."""
    middle = number("mean", mean, "people")
    return NormalDist(float(middle), float(number("deviation", deviation, "people", above=0)))
