"""Weighted voting: who can win together, and whose leaving makes the others lose.

A game is written [quota; weights], for example [51; 50, 49, 1]: a coalition wins when its weights add up to the
quota or more. Parties are counted from 0. All results are exact.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import factorial

from jejaring._checks import is_whole, whole

__all__ = [
    "banzhaf_index",
    "count_winning",
    "critical_members",
    "is_winning",
    "minimal_winning_coalitions",
    "shapley_shubik_index",
    "swings",
]

_LARGEST_QUOTA = 100_000  # one table entry per possible sum below the quota: larger ones would fill the memory


def is_winning(members: Iterable[int], weights: Sequence[int], quota: int) -> bool:
    """Tell whether these parties win together.

    Parameters
    ----------
    members : iterable of int
        Positions in `weights`, each at most once.
    weights : sequence of int
        Seats of each party, not modified.
    quota : int
        Seats needed to win, from 1 to the sum of the weights.

    Returns
    -------
    bool
        False for the empty coalition.

    Raises
    ------
    ValueError
        If a member, a weight or the quota is outside its range.

    Examples
    --------
    >>> is_winning([1, 2], [50, 49, 1], quota=51)
    False
    >>> is_winning([0, 2], [50, 49, 1], quota=51)
    True
    """
    _check_game(weights, quota)
    return _seats(_check_members(members, weights), weights) >= quota


def critical_members(members: Iterable[int], weights: Sequence[int], quota: int) -> tuple[int, ...]:
    """Name those whose leaving would make this winning coalition lose.

    Parameters
    ----------
    members : iterable of int
        Positions in `weights`, each at most once.
    weights : sequence of int
        Seats of each party, not modified.
    quota : int
        Seats needed to win, from 1 to the sum of the weights.

    Returns
    -------
    tuple of int
        Positions in rising order; empty when nobody is critical, or when the coalition loses anyway.

    Raises
    ------
    ValueError
        If a member, a weight or the quota is outside its range.

    Examples
    --------
    With all three aboard only the 50 can sink the ship; 50 and 1 need each other.

    >>> critical_members([0, 1, 2], [50, 49, 1], quota=51)
    (0,)
    >>> critical_members([0, 2], [50, 49, 1], quota=51)
    (0, 2)
    """
    _check_game(weights, quota)
    inside = _check_members(members, weights)
    seats = _seats(inside, weights)
    return tuple(party for party in inside if seats - weights[party] < quota <= seats)


def count_winning(weights: Sequence[int], quota: int) -> int:
    """Count the coalitions that win.

    Parameters
    ----------
    weights : sequence of int
        Seats of each party, not modified.
    quota : int
        Seats needed to win, from 1 to the sum of the weights.

    Returns
    -------
    int
        From 1 to ``2**len(weights) - 1``; the empty coalition never wins.

    Raises
    ------
    ValueError
        If a weight or the quota is outside its range.

    Examples
    --------
    50+49, 50+1 and all three:

    >>> count_winning([50, 49, 1], quota=51)
    3
    """
    _check_game(weights, quota)
    losing = sum(_ways(weights, quota, size_bits=0))
    return int(2 ** len(weights)) - losing


def minimal_winning_coalitions(weights: Sequence[int], quota: int) -> Iterator[tuple[int, ...]]:
    """Name the coalitions that win and have nobody to spare.

    Parameters
    ----------
    weights : sequence of int
        Seats of each party, not modified.
    quota : int
        Seats needed to win, from 1 to the sum of the weights.

    Yields
    ------
    tuple of int
        Positions in rising order. Large parties are tried first. There can be very many: take only what you need.

    Raises
    ------
    ValueError
        If a weight or the quota is outside its range (at the call, before the first coalition).

    References
    ----------
    Riker, W. H. (1962). *The Theory of Political Coalitions*. Yale University Press.

    Examples
    --------
    >>> list(minimal_winning_coalitions([50, 49, 1], quota=51))
    [(0, 1), (0, 2)]
    """
    _check_game(weights, quota)
    by_size = sorted(range(len(weights)), key=lambda party: -weights[party])
    still_to_come = [0]
    for party in reversed(by_size):
        still_to_come.append(still_to_come[-1] + weights[party])
    still_to_come.reverse()

    def complete(chosen: tuple[int, ...], seats: int, start: int) -> Iterator[tuple[int, ...]]:
        # The newest member is the smallest one: if the others lose without it, they lose without anybody.
        for place in range(start, len(by_size)):
            if seats + still_to_come[place] < quota:
                return
            party = by_size[place]
            if seats + weights[party] >= quota:
                yield tuple(sorted((*chosen, party)))
            else:
                yield from complete((*chosen, party), seats + weights[party], place + 1)

    return complete((), 0, 0)


def swings(weights: Sequence[int], quota: int) -> list[int]:
    """Count for each party the winning coalitions that would lose without it.

    Parameters
    ----------
    weights : sequence of int
        Seats of each party, not modified.
    quota : int
        Seats needed to win, from 1 to the sum of the weights.

    Returns
    -------
    list of int
        One count for each party, in the order of `weights`; 0 for a party that never matters.

    Raises
    ------
    ValueError
        If a weight or the quota is outside its range.

    References
    ----------
    Banzhaf, J. F. (1965). Weighted voting doesn't work: a mathematical analysis. *Rutgers Law Review* 19, 317-343.
    Penrose, L. S. (1946). The elementary statistics of majority voting. *Journal of the Royal Statistical Society*
    109, 53-57.

    Examples
    --------
    The 50 is critical in all three winning coalitions, the others in one each.

    >>> swings([50, 49, 1], quota=51)
    [3, 1, 1]
    """
    _check_game(weights, quota)
    ways = _ways(weights, quota, size_bits=0)
    return [sum(_just_short(ways, weight, quota, size_bits=0)) for weight in weights]


def banzhaf_index(weights: Sequence[int], quota: int) -> list[Fraction]:
    """Divide power by swings: how much of all that is critical hangs on each party.

    Parameters
    ----------
    weights : sequence of int
        Seats of each party, not modified.
    quota : int
        Seats needed to win, from 1 to the sum of the weights.

    Returns
    -------
    list of Fraction
        One share for each party, in the order of `weights`, from 0 to 1; they add up to 1.

    Raises
    ------
    ValueError
        If a weight or the quota is outside its range.

    References
    ----------
    Banzhaf, J. F. (1965). Weighted voting doesn't work: a mathematical analysis. *Rutgers Law Review* 19, 317-343.
    Penrose, L. S. (1946). The elementary statistics of majority voting. *Journal of the Royal Statistical Society*
    109, 53-57.
    Felsenthal, D. S., & Machover, M. (1998). *The Measurement of Voting Power*. Edward Elgar.

    Examples
    --------
    >>> [str(share) for share in banzhaf_index([50, 49, 1], quota=51)]
    ['3/5', '1/5', '1/5']
    """
    counts = swings(weights, quota)
    return [Fraction(count, sum(counts)) for count in counts]


def shapley_shubik_index(weights: Sequence[int], quota: int) -> list[Fraction]:
    """Divide power by order: how often each party tips the balance when all join in random order.

    Parameters
    ----------
    weights : sequence of int
        Seats of each party, not modified.
    quota : int
        Seats needed to win, from 1 to the sum of the weights.

    Returns
    -------
    list of Fraction
        One probability for each party, in the order of `weights`, from 0 to 1; they add up to 1.

    Raises
    ------
    ValueError
        If a weight or the quota is outside its range.

    References
    ----------
    Shapley, L. S., & Shubik, M. (1954). A method for evaluating the distribution of power in a committee system.
    *American Political Science Review* 48, 787-792.

    Examples
    --------
    Of the six orders of [51; 50, 49, 1] the 50 tips four, the others one each.

    >>> [str(share) for share in shapley_shubik_index([50, 49, 1], quota=51)]
    ['2/3', '1/6', '1/6']
    """
    _check_game(weights, quota)
    parties = len(weights)
    bits = parties + 1  # no count exceeds 2**parties, so counts of different sizes never overlap
    ways = _ways(weights, quota, size_bits=bits)
    orders = [factorial(size) * factorial(parties - size - 1) for size in range(parties)]
    index = []
    for weight in weights:
        packed = sum(_just_short(ways, weight, quota, size_bits=bits))
        by_size = [(packed >> bits * size) & (2**bits - 1) for size in range(parties)]
        tipped = sum(count * order for count, order in zip(by_size, orders, strict=True))
        index.append(Fraction(tipped, factorial(parties)))
    return index


def _ways(weights: Sequence[int], quota: int, *, size_bits: int) -> list[int]:
    """For each sum below the quota, the number of coalitions that have it.

    The entry is a coefficient of the generating function, the product of (1 + y x**weight) over the parties. Powers of
    y (the size of the coalition) are packed into one integer, `size_bits` apart; with 0 bits all sizes count alike.
    """
    ways = [1] + [0] * (quota - 1)
    for weight in weights:
        for seats in range(quota - 1, weight - 1, -1):
            ways[seats] += ways[seats - weight] << size_bits
    return ways


def _just_short(ways: list[int], weight: int, quota: int, *, size_bits: int) -> list[int]:
    """Of the coalitions of the others, those that lose without this party and win with it."""
    if weight == 0:
        return []
    without = list(ways)  # divide the generating function by (1 + y x**weight)
    for seats in range(weight, quota):
        without[seats] -= without[seats - weight] << size_bits
    return without[max(0, quota - weight) :]


def _seats(members: Iterable[int], weights: Sequence[int]) -> int:
    """Sum the weights of the members."""
    return sum(weights[party] for party in members)


def _check_game(weights: Sequence[int], quota: int) -> None:
    """Refuse what is not a weighted voting game."""
    for party, weight in enumerate(weights):
        whole(f"weights[{party}]", weight, "seats")
    total = sum(weights)
    if total == 0:
        raise ValueError(f"weights is {list(weights)!r}; at least one party must hold a seat.")
    whole("quota", quota, "seats", 1, min(total, _LARGEST_QUOTA))


def _check_members(members: Iterable[int], weights: Sequence[int]) -> list[int]:
    """Sort the members; refuse parties that don't exist or come twice."""
    listed = list(members)
    for party in listed:
        if not is_whole(party) or not 0 <= party < len(weights):
            raise ValueError(f"members contains {party!r}; a party is a position from 0 to {len(weights) - 1}.")
    if len(set(listed)) < len(listed):
        raise ValueError(f"members is {listed!r}; each party may appear once at most.")
    return sorted(listed)
