"""Dividing what two parties can only have together: prices, shares, and the power to walk away.

Whole numbers and fractions give exact fractions; as soon as one input is a float, so is the result.
"""

from fractions import Fraction

from jejaring._checks import Number, number, share

__all__ = ["nash_price", "nash_solution", "nash_solution_on_line", "rubinstein_shares", "zone_of_agreement"]

Result = float | Fraction

_HALF = Fraction(1, 2)


def nash_solution(total: Number, disagreement: tuple[Number, Number], power: Number = _HALF) -> tuple[Result, Result]:
    """Give each party what it could get alone, then divide the gain.

    Parameters
    ----------
    total : int, float or Fraction
        What the two have together if they agree, in any unit; at least the sum of `disagreement`.
    disagreement : pair of int, float or Fraction
        What each gets without an agreement, in the same unit.
    power : int, float or Fraction
        Share of the gain that goes to the first party, from 0 to 1; one half is Nash's symmetric case.

    Returns
    -------
    pair of Fraction or float
        What the first and the second party get; together `total`.

    Raises
    ------
    ValueError
        If an input is not a finite number, `power` is outside its range, or agreeing brings no gain.

    References
    ----------
    Nash, J. F. (1950). The bargaining problem. *Econometrica* 18, 155-162.

    Examples
    --------
    100 together, 20 and 40 alone: the gain of 40 is halved.

    >>> [str(share) for share in nash_solution(100, (20, 40))]
    ['40', '60']
    """
    return nash_solution_on_line(total, 1, disagreement, power)


def nash_solution_on_line(
    intercept: Number, slope: Number, disagreement: tuple[Number, Number], power: Number = _HALF
) -> tuple[Result, Result]:
    """Find the Nash solution where one unit for the first party costs the second `slope` units.

    Parameters
    ----------
    intercept, slope : int, float or Fraction
        The best agreements lie on the line ``second = intercept - slope * first``; `slope` is above 0.
    disagreement : pair of int, float or Fraction
        What each gets without an agreement; on or under the line.
    power : int, float or Fraction
        Bargaining power of the first party, from 0 to 1.

    Returns
    -------
    pair of Fraction or float
        What the first and the second party get, a point on the line.

    Raises
    ------
    ValueError
        If an input is not a finite number or outside its range, or agreeing brings no gain.

    References
    ----------
    Nash, J. F. (1950). The bargaining problem. *Econometrica* 18, 155-162.

    Examples
    --------
    On ``second = 100 - 2 * first`` from (10, 20) the first can gain 30 at most and gets half of that.

    >>> [str(share) for share in nash_solution_on_line(100, 2, (10, 20))]
    ['25', '50']
    """
    top = number("intercept", intercept, "units of the second party")
    price = number("slope", slope, "units of the second party for one of the first", above=0)
    alone_first, alone_second = (number("disagreement", value, "units of each party") for value in disagreement)
    weight = share("power", power)
    most = (top - alone_second) / price
    if most < alone_first:
        reached = alone_second + price * alone_first
        raise ValueError(f"disagreement is {disagreement!r}; worth {reached}, it must be worth at most {top}.")
    first = alone_first + weight * (most - alone_first)
    return first, top - price * first


def zone_of_agreement(seller_reservation: Number, buyer_reservation: Number) -> tuple[Result, Result] | None:
    """Name the prices that both would rather take than walk away.

    Parameters
    ----------
    seller_reservation : int, float or Fraction
        The lowest price that the seller accepts, in any currency.
    buyer_reservation : int, float or Fraction
        The highest price that the buyer pays, in the same currency.

    Returns
    -------
    pair of Fraction or float, or None
        Lowest and highest price; equal when one price alone suits both; None when no price does.

    Raises
    ------
    ValueError
        If a price is not a finite number.

    References
    ----------
    Raiffa, H. (1982). *The Art and Science of Negotiation*. Harvard University Press.

    Examples
    --------
    >>> zone_of_agreement(60, 50) is None
    True
    >>> [str(price) for price in zone_of_agreement(60, 90)]
    ['60', '90']
    """
    low = number("seller_reservation", seller_reservation, "units of the currency")
    high = number("buyer_reservation", buyer_reservation, "units of the currency")
    return (low, high) if low <= high else None


def nash_price(seller_reservation: Number, buyer_reservation: Number, power: Number = _HALF) -> Result | None:
    """Set the price at which the seller gets the share `power` of the gain from trade.

    Parameters
    ----------
    seller_reservation : int, float or Fraction
        The lowest price that the seller accepts, in any currency.
    buyer_reservation : int, float or Fraction
        The highest price that the buyer pays, in the same currency.
    power : int, float or Fraction
        Bargaining power of the seller, from 0 to 1.

    Returns
    -------
    Fraction, float or None
        A price in the zone of agreement; None when there is no such zone.

    Raises
    ------
    ValueError
        If an input is not a finite number, or `power` is outside its range.

    References
    ----------
    Nash, J. F. (1950). The bargaining problem. *Econometrica* 18, 155-162.

    Examples
    --------
    >>> print(nash_price(60, 90))
    75
    """
    weight = share("power", power)
    zone = zone_of_agreement(seller_reservation, buyer_reservation)
    return None if zone is None else zone[0] + weight * (zone[1] - zone[0])


def rubinstein_shares(patience_first: Number, patience_second: Number) -> tuple[Result, Result]:
    """Divide 1 between two who take turns making offers, when waiting costs.

    Parameters
    ----------
    patience_first, patience_second : int, float or Fraction
        What one unit in the next round is worth now, to the party that makes the first offer and to the other one;
        from 0 (cannot wait) to just below 1 (waits almost for free).

    Returns
    -------
    pair of Fraction or float
        Shares of the first and the second party, from 0 to 1, together 1; accepted in the first round.

    Raises
    ------
    ValueError
        If a patience is not a finite number or outside its range.

    References
    ----------
    Rubinstein, A. (1982). Perfect equilibrium in a bargaining model. *Econometrica* 50, 97-109.

    Examples
    --------
    >>> [str(share) for share in rubinstein_shares(Fraction(9, 10), Fraction(9, 10))]
    ['10/19', '9/19']
    """
    first, second = (
        number(name, value, "worth now of one unit in the next round", 0, below=1)
        for name, value in (("patience_first", patience_first), ("patience_second", patience_second))
    )
    opener = (1 - second) / (1 - first * second)
    return opener, 1 - opener
