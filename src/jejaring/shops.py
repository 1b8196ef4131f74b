"""One shop and the same lucky and unlucky years under eight contracts: contracts don't change luck, they decide whose.

All amounts are million rupiah, and a year's. What is paid once, at the start, is no part of any year: the capital, a
franchise's fee, a landowner's plot. A contract stays as it is for all years; nobody learns, works harder or walks away
because of it, and a famous name or a foreign partner sells nothing more: only so is it the same luck. Work is not paid
for apart from the contract, and taxes are left out.
"""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from jejaring._checks import Number, number, share, whole
from jejaring.contracts import (
    Contract,
    Year,
    agency,
    build_operate_transfer,
    cooperative,
    franchise,
    joint_venture,
    merger,
    mudharabah,
    musyarakah,
)

__all__ = ["Deal", "Shop", "Spread", "describe", "eight_deals", "random_years", "share_years", "spreads"]

Result = float | Fraction


@dataclass(frozen=True)
class Shop:
    """A shop whose sales have a triangular distribution.

    Parameters
    ----------
    low, mode, high : int, float or Fraction
        Sales of the worst, the most likely and the best year, million rupiah; 0 or more and in this order.
    margin : int, float or Fraction
        Share of the sales that is left when the goods are paid, from 0 to 1.
    fixed : int, float or Fraction
        Fixed costs of a year, million rupiah, 0 or more.
    capital : int, float or Fraction
        What it takes to open the shop, million rupiah, above 0.

    Examples
    --------
    >>> print(Shop().year(sales=1000).profit)
    110
    """

    low: Number = 700
    mode: Number = 1000
    high: Number = 1500
    margin: Number = Fraction(35, 100)
    fixed: Number = 240
    capital: Number = 500

    def __post_init__(self) -> None:
        number("low", self.low, "million rupiah", 0)
        number("mode", self.mode, "million rupiah", self.low)
        number("high", self.high, "million rupiah", self.mode)
        share("margin", self.margin)
        number("fixed", self.fixed, "million rupiah", 0)
        number("capital", self.capital, "million rupiah", above=0)

    def year(self, sales: Number, second_profit: Number = 0) -> Year:
        """Say what a year with these sales looks like.

        Parameters
        ----------
        sales : int, float or Fraction
            What the customers paid, million rupiah, 0 or more.
        second_profit : int, float or Fraction
            What a second shop earned in the same year, million rupiah.

        Returns
        -------
        Year
            With the cost of the goods that were sold, and the fixed costs.

        Raises
        ------
        ValueError
            If an amount is not a finite number, or the sales are below 0.

        Examples
        --------
        >>> print(Shop().year(sales=600).profit)
        -30
        """
        return Year(sales, (1 - self.margin) * sales, self.fixed, second_profit)


@dataclass(frozen=True)
class Deal:
    """A contract and what its parties bring at the start.

    Parameters
    ----------
    contract : Contract
        From a year to what each party gets.
    stakes : mapping of str to int, float or Fraction
        Money that each party pays at the start, million rupiah; below 0 for one who is paid. Its keys are the parties;
        others whom the contract names are outside: nobody's gain or loss.
    """

    contract: Contract
    stakes: Mapping[str, Number]


@dataclass(frozen=True)
class Spread:
    """How the years of one party are spread, in million rupiah.

    Parameters
    ----------
    mean, sd : float
        Average, and standard deviation around it (of these years, not an estimate for others).
    worst, low, lower, median, upper, high : float
        The smallest result and the quantiles 5%, 25%, 50%, 75% and 95%.
    loss_share : float
        Share of the years in which the party pays, from 0 to 1.
    """

    mean: float
    sd: float
    worst: float
    low: float
    lower: float
    median: float
    upper: float
    high: float
    loss_share: float


def random_years(shop: Shop, years: int, *, seed: int, fall: Number = 0, second_fall: Number = 0) -> list[Year]:
    """Draw the luck of many years, for this shop and for a second one like it.

    Parameters
    ----------
    shop : Shop
        Where the sales come from.
    years : int
        How many, 1 or more. They are independent of each other.
    fall : int, float or Fraction
        By which share the sales of every year are lower than drawn, from 0 to 1.
    second_fall : int, float or Fraction
        The same for the second shop, whose luck is its own: equal to `fall` when trouble comes to both.
    seed : int
        Start of the random numbers: the same seed gives the same luck, whatever the falls.

    Returns
    -------
    list of Year
        In the order in which they were drawn; amounts are floats.

    Raises
    ------
    ValueError
        If a number is outside its range.

    Examples
    --------
    >>> [round(year.sales) for year in random_years(Shop(), 3, seed=6)]
    [1212, 1233, 1046]
    >>> [round(year.sales) for year in random_years(Shop(), 3, seed=6, fall=0.3)]
    [849, 863, 732]
    """
    whole("years", years, "years", 1)
    kept, second_kept = 1 - float(share("fall", fall)), 1 - float(share("second_fall", second_fall))
    luck = Random(seed)
    low, mode, high = float(shop.low), float(shop.mode), float(shop.high)
    first, second = ([luck.triangular(low, high, mode) for _ in range(years)] for _ in range(2))
    return [
        shop.year(kept * sales, shop.year(second_kept * others).profit)
        for sales, others in zip(first, second, strict=True)
    ]


def eight_deals(shop: Shop) -> dict[str, Deal]:
    """Declare the eight contracts of the lesson for a shop; all of their numbers are examples.

    - ``"mudharabah"``: one pays the capital, the other works; 60:40 of a profit.
    - ``"musyarakah"``: 60:40 of the capital; the smaller partner runs the shop, so a profit is halved.
    - ``"agency"``: the principal pays the capital and the goods, the agent the fixed costs; commission 25% of sales.
    - ``"franchise"``: fee 150 at the start, royalty 5% and advertising levy 2% of the sales.
    - ``"bot"``: the operator builds on somebody's land for a rent of 20 a year, and hands the shop over in the end.
    - ``"joint_venture"``: a local partner owns 40%, a foreign one 60%.
    - ``"merger"``: a company with a second shop like this one absorbs it; the owner gets half of the company.
    - ``"cooperative"``: of the surplus 30% for members' purchases, 20% for their savings, the rest to the reserve.

    Parameters
    ----------
    shop : Shop
        Its capital is what the stakes add up to.

    Returns
    -------
    dict of str to Deal
        By name, in the order above.

    References
    ----------
    Stiglitz, J. E. (1974). Incentives and risk sharing in sharecropping. *Review of Economic Studies* 41, 219-255.

    Examples
    --------
    >>> deal = eight_deals(Shop())["franchise"]
    >>> {party: str(money) for party, money in deal.stakes.items()}
    {'franchisee': '650', 'franchisor': '-150'}
    """
    capital, fee = shop.capital, 150
    larger, smaller, half = Fraction(60, 100), Fraction(40, 100), Fraction(1, 2)
    partners = {"silent_partner": larger * capital, "active_partner": smaller * capital}
    venture = {"local_partner": smaller, "foreign_partner": larger}
    return {
        "mudharabah": Deal(mudharabah(larger), {"financier": capital, "manager": 0}),
        "musyarakah": Deal(musyarakah(partners, dict.fromkeys(partners, half)), partners),
        "agency": Deal(agency(Fraction(25, 100)), {"principal": capital, "agent": 0}),
        "franchise": Deal(
            franchise(Fraction(5, 100), Fraction(2, 100)), {"franchisee": capital + fee, "franchisor": -fee}
        ),
        "bot": Deal(build_operate_transfer(20), {"operator": capital, "landowner": 0}),
        "joint_venture": Deal(joint_venture(venture), {partner: owned * capital for partner, owned in venture.items()}),
        "merger": Deal(merger(half), {"owner": capital, "company": 0}),
        "cooperative": Deal(cooperative(Fraction(30, 100), Fraction(20, 100)), {"members": capital, "reserve": 0}),
    }


def share_years(years: Sequence[Year], contract: Contract) -> dict[str, list[Result]]:
    """Let the same years flow through one contract.

    Parameters
    ----------
    years : sequence of Year
        At least one. Not modified.
    contract : Contract
        From a year to what each party gets.

    Returns
    -------
    dict of str to list of Fraction or float
        What each party and each outsider gets in each year, in the order of `years`, million rupiah.

    Raises
    ------
    ValueError
        If there are no years.

    Examples
    --------
    >>> shared = share_years([Shop().year(1000), Shop().year(600)], mudharabah(Fraction(3, 5)))
    >>> {party: [str(money) for money in each] for party, each in shared.items()}
    {'financier': ['66', '-30'], 'manager': ['44', '0']}
    """
    if not years:
        raise ValueError("years is empty; it must have 1 year or more.")
    paid = [contract(year) for year in years]
    return {party: [each[party] for each in paid] for party in paid[0]}


def describe(results: Sequence[Number]) -> Spread:
    """Say how results are spread.

    Quantiles lie on the straight line between neighbours in rising order (type 7 of Hyndman and Fan).

    Parameters
    ----------
    results : sequence of int, float or Fraction
        One party's years, million rupiah; at least two. Not modified.

    Returns
    -------
    Spread
        All of it in floats.

    Raises
    ------
    ValueError
        If there are fewer than two results.

    References
    ----------
    Hyndman, R. J., & Fan, Y. (1996). Sample quantiles in statistical packages. *American Statistician* 50, 361-365.

    Examples
    --------
    >>> spread = describe([-10, 0, 10, 20, 30])
    >>> spread.mean, spread.lower, spread.median, spread.upper, spread.loss_share
    (10.0, 0.0, 10.0, 20.0, 0.2)
    """
    if len(results) < 2:
        raise ValueError(f"results has {len(results)} years; it must have 2 years or more.")
    values = [float(result) for result in results]
    mean = math.fsum(values) / len(values)
    twentieths = statistics.quantiles(values, n=20, method="inclusive")
    return Spread(
        mean=mean,
        sd=math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values)),
        worst=min(values),
        low=twentieths[0],
        lower=twentieths[4],
        median=twentieths[9],
        upper=twentieths[14],
        high=twentieths[18],
        loss_share=sum(value < 0 for value in values) / len(values),
    )


def spreads(years: Sequence[Year], deals: Mapping[str, Deal]) -> dict[str, dict[str, Spread]]:
    """Let the same years flow through all contracts, and say how each party's years are spread.

    Parameters
    ----------
    years : sequence of Year
        At least two. Not modified.
    deals : mapping of str to Deal
        By name. Not modified.

    Returns
    -------
    dict of str to dict of str to Spread
        For each deal each of its parties; outsiders are left out.

    Raises
    ------
    ValueError
        If there are fewer than two years.

    Examples
    --------
    When the sales fall by 30% the one who only lends land still gets the rent; the operator loses every second year.

    >>> years = random_years(Shop(), 2000, seed=6, fall=0.3)
    >>> shared = spreads(years, eight_deals(Shop()))
    >>> shared["bot"]["landowner"].worst, round(shared["bot"]["operator"].loss_share, 1)
    (20.0, 0.5)
    """
    found = {}
    for name, deal in deals.items():
        shared = share_years(years, deal.contract)
        found[name] = {party: describe(shared[party]) for party in deal.stakes}
    return found
