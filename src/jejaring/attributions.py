"""Who made how much of it? Dividing a change among causes that work together.

"Success is 45% innovation and 25% networking" presumes that such shares exist. They do when causes add up. When they
multiply, what a cause brings depends on what is there already, so on the order in which one lets them act.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import permutations
from math import prod

from jejaring._checks import Number, number

__all__ = ["mean_shares", "product", "shares_by_order"]

Outcome = Callable[[Sequence[float | Fraction]], float | Fraction]

_MOST_CAUSES = 7  # 5,040 orders


def product(causes: Sequence[float | Fraction]) -> float | Fraction:
    """Multiply the causes: each one is worth nothing without the others.

    Parameters
    ----------
    causes : sequence of float or Fraction
        How much there is of each; not modified.

    Returns
    -------
    float or Fraction
        The outcome.

    Examples
    --------
    >>> product([3, 2])
    6
    """
    return prod(causes)


def shares_by_order(
    before: Sequence[Number], after: Sequence[Number], outcome: Outcome = product
) -> dict[tuple[int, ...], tuple[float | Fraction, ...]]:
    """Let the causes change one after the other, in every order, and note each one's share of the whole change.

    Parameters
    ----------
    before, after : sequence of int, float or Fraction
        How much there was of each cause, and how much there is now; 1 to 7 causes, the same in both.
    outcome : function of a sequence that gives a number
        What the causes make together: `product`, ``sum``, or your own.

    Returns
    -------
    dict of tuple of int to tuple of Fraction or float
        For each order of the causes, counted from 0, the share of each cause, in the order of `before`; they add up
        to 1. When the causes add up, all orders agree.

    Raises
    ------
    ValueError
        If there are no causes, too many, or not as many after as before, one isn't a finite number, or the outcome
        doesn't change.

    References
    ----------
    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified framework based on the
    Shapley value. *Journal of Economic Inequality* 11, 99-126.

    Examples
    --------
    Two causes grow from 1 to 3 and from 1 to 2, their product from 1 to 6. The first alone brings 2 of the 5; but 4 of
    the 5 once the second is there.

    >>> {order: [str(part) for part in parts] for order, parts in shares_by_order([1, 1], [3, 2]).items()}
    {(0, 1): ['2/5', '3/5'], (1, 0): ['4/5', '1/5']}
    """
    if not 1 <= len(before) <= _MOST_CAUSES or len(before) != len(after):
        raise ValueError(
            f"before and after have {len(before)} and {len(after)} causes; they must have the same number, "
            f"from 1 to {_MOST_CAUSES}."
        )
    start, end = (
        [number(f"{name}[{place}]", value, "units of the cause") for place, value in enumerate(values)]
        for name, values in (("before", before), ("after", after))
    )
    change = outcome(end) - outcome(start)
    if change == 0:
        raise ValueError(f"outcome is {outcome(start)} before and after; there must be a change to divide.")
    shares = {}
    for order in permutations(range(len(start))):
        now, parts = list(start), {}
        for cause in order:
            was = outcome(now)
            now[cause] = end[cause]
            parts[cause] = (outcome(now) - was) / change
        shares[order] = tuple(parts[cause] for cause in range(len(start)))
    return shares


def mean_shares(
    before: Sequence[Number], after: Sequence[Number], outcome: Outcome = product
) -> tuple[float | Fraction, ...]:
    """Average each cause's share over all orders: the Shapley value, one convention among several.

    Parameters
    ----------
    before, after : sequence of int, float or Fraction
        As for `shares_by_order`.
    outcome : function of a sequence that gives a number
        What the causes make together: `product`, ``sum``, or your own.

    Returns
    -------
    tuple of Fraction or float
        One share for each cause; they add up to 1. They change with the size of the change, so they are no law.

    Raises
    ------
    ValueError
        As `shares_by_order`.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. *Contributions to the Theory of Games II*, 307-317.
    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified framework based on the
    Shapley value. *Journal of Economic Inequality* 11, 99-126.

    Examples
    --------
    >>> [str(part) for part in mean_shares([1, 1], [3, 2])]
    ['3/5', '2/5']
    """
    orders = list(shares_by_order(before, after, outcome).values())
    return tuple(sum(parts, Fraction(0)) / len(orders) for parts in zip(*orders, strict=True))
