"""How something spreads: who joins when enough others have joined."""

from bisect import bisect_right
from collections.abc import Iterable

from jejaring._checks import whole

__all__ = ["threshold_cascade"]


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
