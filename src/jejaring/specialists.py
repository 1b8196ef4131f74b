"""Wheat and promises: sharing out the trades behind one loaf saves time, and makes each depend on all the others.

Whole numbers and fractions give exact fractions; as soon as one input is a float, so is the result.
"""

from fractions import Fraction

from jejaring._checks import Number, number, share, whole

__all__ = ["best_circle", "circles", "expected_loaves", "loaves_each"]

Result = float | Fraction


def circles(trades: int) -> tuple[int, ...]:
    """List the numbers of people who can share out the trades evenly.

    Parameters
    ----------
    trades : int
        Trades that a loaf needs, 1 or more.

    Returns
    -------
    tuple of int
        The divisors of `trades`, from 1 person to one for each trade.

    Raises
    ------
    ValueError
        If the number of trades is outside its range.

    References
    ----------
    Ibn Khaldun, A. (1958). *The Muqaddimah*, trans. F. Rosenthal, book 1, chapter 1, first prefatory discussion.

    Examples
    --------
    >>> circles(6)
    (1, 2, 3, 6)
    """
    whole("trades", trades, "trades", 1)
    return tuple(people for people in range(1, trades + 1) if trades % people == 0)


def loaves_each(people: int, *, trades: int, hours: Number, setup: Number) -> Result:
    """Bake with the trades shared out: a day's hours, less the time lost on getting into each of one's own trades.

    Every loaf takes one hour of work, spread over all its trades.

    Parameters
    ----------
    people : int
        People in the circle; one of `circles`.
    trades : int
        Trades that a loaf needs, 1 or more.
    hours : int, float or Fraction
        Hours in a working day, 0 or more.
    setup : int, float or Fraction
        Hours lost a day for each trade that one person does, 0 or more.

    Returns
    -------
    Fraction or float
        Loaves for each person in a day, 0 or more, when everybody does what they are to do.

    Raises
    ------
    ValueError
        If an input is outside its range, or the people can't share out the trades evenly.

    References
    ----------
    Ibn Khaldun, A. (1958). *The Muqaddimah*, trans. F. Rosenthal, book 1, chapter 1, first prefatory discussion.

    Examples
    --------
    Alone one loses 6 times 1.5 of 10 hours, with two others only twice 1.5.

    >>> print(loaves_each(1, trades=6, hours=10, setup=Fraction(3, 2)))
    1
    >>> print(loaves_each(3, trades=6, hours=10, setup=Fraction(3, 2)))
    7
    """
    allowed = circles(trades)
    if whole("people", people, "people", 1, trades) not in allowed:
        raise ValueError(f"people is {people}; to share out {trades} trades evenly it must be one of {allowed} people.")
    day = number("hours", hours, "hours", 0)
    lost = number("setup", setup, "hours for each trade", 0) * (trades // people)
    return max(day - lost, day * 0)


def expected_loaves(people: int, *, trades: int, hours: Number, setup: Number, kept: Number) -> Result:
    """Bake in a circle where each may fail the others: one missing trade, and there is no loaf for anybody.

    Parameters
    ----------
    people : int
        People in the circle; one of `circles`.
    trades : int
        Trades that a loaf needs, 1 or more.
    hours : int, float or Fraction
        Hours in a working day, 0 or more.
    setup : int, float or Fraction
        Hours lost a day for each trade that one person does, 0 or more.
    kept : int, float or Fraction
        How likely each of the others keeps their word, from 0 to 1, independently.

    Returns
    -------
    Fraction or float
        Loaves for each person on an average day, for one who keeps their own word.

    Raises
    ------
    ValueError
        If an input is outside its range, or the people can't share out the trades evenly.

    References
    ----------
    Hume, D. (1739). *A Treatise of Human Nature*, book 3, part 2, section 5.
    Ibn Khaldun, A. (1958). *The Muqaddimah*, trans. F. Rosenthal, book 1, chapter 1, first prefatory discussion.

    Examples
    --------
    Two must hold: 0.9 times 0.9 of the 7 loaves.

    >>> print(float(expected_loaves(3, trades=6, hours=10, setup=Fraction(3, 2), kept=Fraction(9, 10))))
    5.67
    """
    return share("kept", kept) ** (people - 1) * loaves_each(people, trades=trades, hours=hours, setup=setup)


def best_circle(*, trades: int, hours: Number, setup: Number, kept: Number) -> int:
    """Find the circle that leaves each of its people the most bread on an average day.

    Parameters
    ----------
    trades : int
        Trades that a loaf needs, 1 or more.
    hours : int, float or Fraction
        Hours in a working day, 0 or more.
    setup : int, float or Fraction
        Hours lost a day for each trade that one person does, 0 or more.
    kept : int, float or Fraction
        How likely each of the others keeps their word, from 0 to 1, independently.

    Returns
    -------
    int
        One of `circles`; the smallest where several are equally good.

    Raises
    ------
    ValueError
        If an input is outside its range.

    References
    ----------
    Hume, D. (1739). *A Treatise of Human Nature*, book 3, part 2, section 5.

    Examples
    --------
    The less a word is worth, the smaller the circle.

    >>> [best_circle(trades=6, hours=10, setup=1.5, kept=kept) for kept in (1, 0.9, 0.75, 0.1)]
    [6, 3, 2, 1]
    """
    return max(
        circles(trades),
        key=lambda people: expected_loaves(people, trades=trades, hours=hours, setup=setup, kept=kept),
    )
