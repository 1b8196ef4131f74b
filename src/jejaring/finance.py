"""Money at different times: what a stream of payments is worth now, when it has repaid, and what it yields.

A stream is a sequence of flows: the first one now, the next ones after one year, two years and so on; money that
comes in is positive, money that goes out negative. Whole numbers and fractions give exact fractions; as soon as one
input is a float, so is the result.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

from jejaring._checks import Number, number, whole

__all__ = ["break_even_years", "irr", "npv", "npv_by_year", "steady_flows"]

Result = float | Fraction
Polynomial = list[Fraction]  # coefficients of the powers 0, 1, 2 ...; the last one is not 0

_LONGEST = 100  # years: exact fractions grow with each one, and counting roots takes seconds at the end of it
_PRECISION = Fraction(1, 2**60)


def steady_flows(start: Number, yearly: Number, years: int, end: Number = 0) -> list[Result]:
    """Write down a stream that is the same each year.

    Parameters
    ----------
    start : int, float or Fraction
        What comes in now, in any unit of money; an investment is negative.
    yearly : int, float or Fraction
        What comes in at the end of each year.
    years : int
        How many years it lasts, from 0 to 100.
    end : int, float or Fraction
        What comes in on top at the end of the last year, such as a building that is handed over.

    Returns
    -------
    list of Fraction or float
        One flow for now and one for each year.

    Raises
    ------
    ValueError
        If an amount is not a finite number, or `years` is outside its range.

    Examples
    --------
    An operator who builds for 100, and the owner of the land who gets 1 a year and then a building worth 60:

    >>> [str(flow) for flow in steady_flows(-100, 12, 3)]
    ['-100', '12', '12', '12']
    >>> [str(flow) for flow in steady_flows(0, 1, 3, end=60)]
    ['0', '1', '1', '61']
    """
    first, each, last = (
        number(name, value, "units of money") for name, value in (("start", start), ("yearly", yearly), ("end", end))
    )
    flows = [first, *[each] * whole("years", years, "years", 0, _LONGEST)]
    flows[-1] += last
    return flows


def npv(flows: Sequence[Number], rate: Number) -> Result:
    """Add up payments at different times, each at what it is worth now.

    Parameters
    ----------
    flows : sequence of int, float or Fraction
        One amount for now and one for the end of each year, in any unit of money; 101 at most. Not modified.
    rate : int, float or Fraction
        Yearly discount rate, from -0.9 to 10; one tenth means that 110 next year is worth 100 now.

    Returns
    -------
    Fraction or float
        Net present value, in the unit of `flows`; 0 for no flows.

    Raises
    ------
    ValueError
        If a flow is not a finite number, there are too many of them, or `rate` is outside its range.

    References
    ----------
    Fisher, I. (1930). *The Theory of Interest*. Macmillan.

    Examples
    --------
    >>> print(npv([-100, 55, Fraction(121, 2)], Fraction(1, 10)))
    0
    """
    values = npv_by_year(flows, rate)
    return values[-1] if values else Fraction(0)


def npv_by_year(flows: Sequence[Number], rate: Number) -> list[Result]:
    """Follow the net present value of a stream as if it ended after each year in turn.

    Parameters
    ----------
    flows : sequence of int, float or Fraction
        One amount for now and one for the end of each year, in any unit of money; 101 at most. Not modified.
    rate : int, float or Fraction
        Yearly discount rate, from -0.9 to 10.

    Returns
    -------
    list of Fraction or float
        As many values as flows: the first flow alone, then with the first year, and so on.

    Raises
    ------
    ValueError
        If a flow is not a finite number, there are too many of them, or `rate` is outside its range.

    References
    ----------
    Fisher, I. (1930). *The Theory of Interest*. Macmillan.

    Examples
    --------
    >>> [str(value) for value in npv_by_year([-100, 55, Fraction(121, 2)], Fraction(1, 10))]
    ['-100', '-50', '0']
    """
    growth = 1 + number("rate", rate, "a share of the money per year", -0.9, 10)
    return list(accumulate(flow / growth**year for year, flow in enumerate(_amounts(flows))))


def break_even_years(investment: Number, yearly: Number, rate: Number) -> Result | None:
    """Say how long an equal sum must come in each year until it has repaid what was spent at the start.

    Solves ``investment = yearly (1 - (1 + rate)**-years) / rate`` for the years; without discounting that is
    ``investment / yearly``, the payback time.

    Parameters
    ----------
    investment : int, float or Fraction
        Spent now, in any unit of money, 0 or more.
    yearly : int, float or Fraction
        What comes in at the end of each year, in the same unit.
    rate : int, float or Fraction
        Yearly discount rate, 0 or more.

    Returns
    -------
    Fraction, float or None
        Years, mostly not a whole number; None when no number of years is enough. A float unless `rate` is 0.

    Raises
    ------
    ValueError
        If an input is not a finite number or outside its range.

    References
    ----------
    Fisher, I. (1930). *The Theory of Interest*. Macmillan.

    Examples
    --------
    >>> print(break_even_years(150, 96, 0))
    25/16
    >>> round(break_even_years(100, 12, 0.1), 3)
    18.799
    >>> break_even_years(100, 10, 0.1) is None
    True
    """
    spent = number("investment", investment, "units of money", 0)
    income = number("yearly", yearly, "units of money per year")
    interest = number("rate", rate, "a share of the money per year", 0)
    if spent == 0:
        return Fraction(0)
    if income <= spent * interest:
        return None
    if interest == 0:
        return spent / income
    return -math.log1p(-spent * interest / income) / math.log1p(interest)


def irr(flows: Sequence[Number]) -> float:
    """Find the one yearly rate at which a stream is worth exactly nothing now.

    The net present value is a polynomial in the discount factor ``1 / (1 + rate)``. Sturm's theorem counts its positive
    roots exactly, so a stream without a rate and one with several are told from each other and refused; the only root
    is then enclosed by halving an interval, with exact signs.

    Parameters
    ----------
    flows : sequence of int, float or Fraction
        One amount for now and one for the end of each year, in any unit of money; 101 at most. Not modified.

    Returns
    -------
    float
        Internal rate of return, above -1.

    Raises
    ------
    ValueError
        If a flow is not a finite number, there are too many of them, or not exactly one rate above -1 makes the net
        present value 0. A stream that turns from out to in only once has exactly one.

    References
    ----------
    Lorie, J. H., & Savage, L. J. (1955). Three problems in rationing capital. *Journal of Business* 28, 229-239.
    Sturm, C. (1835). Mémoire sur la résolution des équations numériques. *Mémoires présentés par divers savants à
    l'Académie royale des sciences de l'Institut de France* 6, 271-318.

    Examples
    --------
    >>> irr([-100, 110])
    0.1

    Pay 100, get 230, pay 132: both 10% and 20% make that worth nothing, so neither is the yield.

    >>> irr([-100, 230, -132])
    Traceback (most recent call last):
        ...
    ValueError: flows is [-100, 230, -132]; 2 rates above -1 make its net present value 0, and it must be exactly 1.
    """
    polynomial = _trimmed([Fraction(flow) for flow in _amounts(flows)])
    while polynomial and polynomial[0] == 0:
        del polynomial[0]  # the same stream, with its first payment now
    if not polynomial:
        raise ValueError(f"flows is {list(flows)!r}; at least one flow must be different from 0 units of money.")
    chain = _sturm_chain(polynomial)
    rates = _sign_changes([part[0] for part in chain]) - _sign_changes([part[-1] for part in chain])
    if rates != 1:
        told = f"flows is {list(flows)!r}; {rates} rates above -1 make its net present value 0"
        raise ValueError(f"{told}, and it must be exactly 1.")
    factor = _positive_root(_divide(polynomial, chain[-1])[0])  # without repeated roots, so that its sign changes
    return float(1 / factor - 1)


def _amounts(flows: Sequence[Number]) -> list[Result]:
    """Take flows as exact numbers where they are exact."""
    if len(flows) > _LONGEST + 1:
        raise ValueError(
            f"flows has {len(flows)} amounts; it must have at most {_LONGEST + 1}, one per year and one now."
        )
    return [number(f"flows[{year}]", flow, "units of money") for year, flow in enumerate(flows)]


def _sturm_chain(polynomial: Polynomial) -> list[Polynomial]:
    """The polynomial, its derivative and their remainders; the last one is their greatest common divisor."""
    chain = [polynomial]
    following = [power * coefficient for power, coefficient in enumerate(polynomial)][1:]
    while following:
        chain.append([coefficient / abs(following[-1]) for coefficient in following])  # small numbers, same signs
        following = [-coefficient for coefficient in _divide(*chain[-2:])[1]]
    return chain


def _divide(top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Divide two polynomials: quotient and remainder."""
    rest, quotient = list(top), []
    for shift in range(len(top) - len(bottom), -1, -1):
        factor = rest[shift + len(bottom) - 1] / bottom[-1]
        quotient.append(factor)
        for power, coefficient in enumerate(bottom):
            rest[shift + power] -= factor * coefficient
    return quotient[::-1], _trimmed(rest)


def _trimmed(polynomial: Polynomial) -> Polynomial:
    """Drop the highest powers that have the coefficient 0."""
    length = len(polynomial)
    while length and polynomial[length - 1] == 0:
        length -= 1
    return polynomial[:length]


def _sign_changes(values: Sequence[Fraction]) -> int:
    """Count how often the sign changes along the values, zeros aside."""
    signs = [value > 0 for value in values if value]
    return sum(one != other for one, other in pairwise(signs))


def _positive_root(polynomial: Polynomial) -> Fraction:
    """Enclose the only positive root of a polynomial that has it once."""
    largest = max(abs(coefficient / polynomial[-1]) for coefficient in polynomial)
    low, high = Fraction(0), Fraction(2 ** math.ceil(1 + largest).bit_length())  # Cauchy's bound, then halves of it
    while high - low > high * _PRECISION:
        middle = (low + high) / 2
        value = sum((coefficient * middle**power for power, coefficient in enumerate(polynomial)), Fraction(0))
        if value == 0:
            return middle
        low, high = (middle, high) if (value > 0) == (polynomial[0] > 0) else (low, middle)
    return (low + high) / 2
