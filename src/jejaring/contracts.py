"""Who gets what from one year of a shop: each way of working together is a rule from the year to everybody's money.

A contract is a callable that takes a `Year` and returns what each party gets, in the unit of the year; below 0 the
party pays. It gives and takes no more than the shop earned: all that it returns adds up to the year's profit. Whole
numbers and fractions give exact fractions; as soon as one input is a float, so is the result.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jejaring._checks import Number, number, share

__all__ = [
    "Contract",
    "Year",
    "agency",
    "break_even_sales",
    "build_operate_transfer",
    "cooperative",
    "diversified_sd",
    "franchise",
    "joint_venture",
    "merger",
    "mudharabah",
    "musyarakah",
    "revenue_sharing",
]

Result = float | Fraction

_ROUNDING = 1e-9  # how far shares that are floats may be from adding up to 1


@dataclass(frozen=True)
class Year:
    """What one year brought a shop and what it cost.

    Parameters
    ----------
    sales : int, float or Fraction
        What the customers paid, in any unit of money, 0 or more.
    goods : int, float or Fraction
        What the goods that were sold had cost, 0 or more; grows with the sales.
    fixed : int, float or Fraction
        Rent, wages and other costs that are there even without sales, 0 or more.
    second_profit : int, float or Fraction
        What a second shop earned in the same year, below 0 for a loss; only a merger looks at it.

    Examples
    --------
    >>> print(Year(sales=1000, goods=650, fixed=240).profit)
    110
    """

    sales: Number
    goods: Number = 0
    fixed: Number = 0
    second_profit: Number = 0

    def __post_init__(self) -> None:
        for name in ("sales", "goods", "fixed"):
            object.__setattr__(self, name, number(name, getattr(self, name), "units of money", 0))
        object.__setattr__(self, "second_profit", number("second_profit", self.second_profit, "units of money"))

    @property
    def profit(self) -> Result:
        """What is left of the sales, below 0 for a loss.

        Returns
        -------
        Fraction or float
            Sales less the costs of the goods and the fixed costs.

        Examples
        --------
        >>> print(Year(sales=0, fixed=30).profit)
        -30
        """
        return self.sales - self.goods - self.fixed


Contract = Callable[[Year], dict[str, Result]]
"""A rule from a year to what each party gets."""


def mudharabah(financier: Number) -> Contract:
    """Share the profit between the one who brings the money and the one who works; money lost is the financier's.

    The manager loses the year's work instead, which is not counted in money. The rule holds as long as the manager was
    neither careless nor dishonest.

    Parameters
    ----------
    financier : int, float or Fraction
        Share of the profit (nisbah) that goes to the financier, from 0 to 1.

    Returns
    -------
    Contract
        From a year to what the parties ``"financier"`` and ``"manager"`` get.

    Raises
    ------
    ValueError
        If the share is outside its range.

    References
    ----------
    Fatwa DSN-MUI 07/DSN-MUI/IV/2000 on mudharabah financing (qiradh).

    Examples
    --------
    A profit of 50 is shared 60:40; a loss of 30 is not shared at all.

    >>> contract = mudharabah(Fraction(3, 5))
    >>> {party: str(money) for party, money in contract(Year(sales=50)).items()}
    {'financier': '30', 'manager': '20'}
    >>> {party: str(money) for party, money in contract(Year(sales=0, fixed=30)).items()}
    {'financier': '-30', 'manager': '0'}
    """
    nisbah = share("financier", financier)
    return _sharing({"financier": nisbah, "manager": 1 - nisbah}, {"financier": Fraction(1), "manager": Fraction(0)})


def musyarakah(capital: Mapping[str, Number], profit: Mapping[str, Number]) -> Contract:
    """Share a profit as agreed and a loss by what each partner has put in.

    Parameters
    ----------
    capital : mapping of str to int, float or Fraction
        What each partner has put in, in any unit of money, 0 or more; not all 0. Not modified.
    profit : mapping of str to int, float or Fraction
        Agreed share of the profit (nisbah) of each partner, from 0 to 1, together 1. Not modified.

    Returns
    -------
    Contract
        From a year to what each partner gets.

    Raises
    ------
    ValueError
        If a number is outside its range, the shares don't add up to 1, or the two name different partners.

    References
    ----------
    Fatwa DSN-MUI 08/DSN-MUI/IV/2000 on musyarakah financing.

    Examples
    --------
    Rina has put in 120 and Budi 80; they halve a profit, but of a loss of 30 Rina carries 18.

    >>> contract = musyarakah({"Rina": 120, "Budi": 80}, {"Rina": Fraction(1, 2), "Budi": Fraction(1, 2)})
    >>> {partner: str(money) for partner, money in contract(Year(sales=50)).items()}
    {'Rina': '25', 'Budi': '25'}
    >>> {partner: str(money) for partner, money in contract(Year(sales=0, fixed=30)).items()}
    {'Rina': '-18', 'Budi': '-12'}
    """
    put_in = {
        partner: number(f"capital[{partner!r}]", amount, "units of money", 0) for partner, amount in capital.items()
    }
    total = sum(put_in.values())
    if total == 0:
        raise ValueError(f"capital is {dict(capital)!r}; at least one partner must put in more than 0 units of money.")
    if set(profit) != set(capital):
        raise ValueError(f"profit names {list(profit)!r}; it must name the partners of capital, {list(capital)!r}.")
    agreed = _shares("profit", profit)
    return _sharing(
        {partner: agreed[partner] for partner in put_in}, {partner: put_in[partner] / total for partner in put_in}
    )


def joint_venture(shares: Mapping[str, Number]) -> Contract:
    """Share everything by ownership: profit, loss, and a call for fresh money when the venture has run out of it.

    Parameters
    ----------
    shares : mapping of str to int, float or Fraction
        What each partner owns of the venture, from 0 to 1, together 1. Not modified.

    Returns
    -------
    Contract
        From a year to what each partner gets; below 0 it is the partner's part of the cash call.

    Raises
    ------
    ValueError
        If a share is outside its range, or they don't add up to 1.

    References
    ----------
    Killing, J. P. (1983). *Strategies for Joint Venture Success*. Praeger.

    Examples
    --------
    Who owns 40% pays 120 of a loss of 300.

    >>> contract = joint_venture({"local": Fraction(2, 5), "foreign": Fraction(3, 5)})
    >>> {partner: str(money) for partner, money in contract(Year(sales=0, fixed=300)).items()}
    {'local': '-120', 'foreign': '-180'}
    """
    owned = _shares("shares", shares)
    return _sharing(owned, owned)


def revenue_sharing(financier: Number) -> Contract:
    """Give the financier a share of the sales, whatever the shop costs; the manager keeps the rest and pays all costs.

    Beside it, `mudharabah` with the same share is profit sharing: it looks at what is left after the costs.

    Parameters
    ----------
    financier : int, float or Fraction
        Share of the sales that goes to the financier, from 0 to 1.

    Returns
    -------
    Contract
        From a year to what the parties ``"financier"`` and ``"manager"`` get.

    Raises
    ------
    ValueError
        If the share is outside its range.

    References
    ----------
    Fatwa DSN-MUI 15/DSN-MUI/IX/2000 on the principles of distributing business results.

    Examples
    --------
    Sales of 1,000 with costs of 700: 30% of the sales is all the profit, 30% of the profit is 90.

    >>> year = Year(sales=1000, goods=700)
    >>> {party: str(money) for party, money in revenue_sharing(Fraction(3, 10))(year).items()}
    {'financier': '300', 'manager': '0'}
    >>> {party: str(money) for party, money in mudharabah(Fraction(3, 10))(year).items()}
    {'financier': '90', 'manager': '210'}
    """
    part = share("financier", financier)
    return lambda year: {"financier": part * year.sales, "manager": year.profit - part * year.sales}


def agency(commission: Number) -> Contract:
    """Let an agent sell the principal's goods for a commission on the sales.

    The principal owns the goods until they are sold (consignment) and pays for them; the agent runs the shop and pays
    its fixed costs.

    Parameters
    ----------
    commission : int, float or Fraction
        Share of the sales that goes to the agent, from 0 to 1.

    Returns
    -------
    Contract
        From a year to what the parties ``"principal"`` and ``"agent"`` get.

    Raises
    ------
    ValueError
        If the commission is outside its range.

    References
    ----------
    Rubin, P. H. (1978). The theory of the firm and the structure of the franchise contract. *Journal of Law and
    Economics* 21, 223-233.

    Examples
    --------
    A book sells at 80 and costs 30 to print; with a commission of 25% the author gets 30 and the seller 20.

    >>> {party: str(money) for party, money in agency(Fraction(1, 4))(Year(sales=80, goods=30)).items()}
    {'principal': '30', 'agent': '20'}
    """
    part = share("commission", commission)
    return lambda year: {
        "principal": (1 - part) * year.sales - year.goods,
        "agent": part * year.sales - year.fixed,
    }


def franchise(royalty: Number, levy: Number = 0) -> Contract:
    """Let a shop use a proven name and system for a share of its sales, paid in good years and bad.

    The fee at the start is not part of any year: `jejaring.finance.break_even_years` says when it is earned back. The
    levy is spent on advertising and is nobody's gain.

    Parameters
    ----------
    royalty : int, float or Fraction
        Share of the sales that goes to the franchisor, from 0 to 1.
    levy : int, float or Fraction
        Share of the sales that goes to the common advertising, from 0 to 1 less the royalty.

    Returns
    -------
    Contract
        From a year to what the parties ``"franchisee"`` and ``"franchisor"`` and the fund ``"advertising"`` get.

    Raises
    ------
    ValueError
        If a share is outside its range.

    References
    ----------
    PP 35/2024 on franchises.
    Rubin, P. H. (1978). The theory of the firm and the structure of the franchise contract. *Journal of Law and
    Economics* 21, 223-233.

    Examples
    --------
    Sales of 1,200 leave 180; 60 of it is royalty and 24 levy.

    >>> year = Year(sales=1200, goods=780, fixed=240)
    >>> {party: str(money) for party, money in franchise(Fraction(5, 100), Fraction(2, 100))(year).items()}
    {'franchisee': '96', 'franchisor': '60', 'advertising': '24'}
    """
    fee = share("royalty", royalty)
    fund = number("levy", levy, "a share without unit", 0, 1 - fee)
    return lambda year: {
        "franchisee": year.profit - fee * year.sales - fund * year.sales,
        "franchisor": fee * year.sales,
        "advertising": fund * year.sales,
    }


def break_even_sales(fixed: Number, margin: Number, royalty: Number = 0, levy: Number = 0) -> Result:
    """Say how much a shop must sell before it earns anything.

    Parameters
    ----------
    fixed : int, float or Fraction
        Fixed costs of a year, in any unit of money, 0 or more.
    margin : int, float or Fraction
        Share of the sales that is left when the goods are paid, from 0 to 1.
    royalty, levy : int, float or Fraction
        Shares of the sales that go to the franchisor and to the common advertising, from 0 to 1; together below the
        margin.

    Returns
    -------
    Fraction or float
        Sales of a year, in the unit of `fixed`, at which the profit is 0.

    Raises
    ------
    ValueError
        If an input is outside its range; with fees of the margin or more the shop never earns anything.

    References
    ----------
    Horngren, C. T., Datar, S. M., & Rajan, M. V. (2015). *Cost Accounting: A Managerial Emphasis*. Pearson.

    Examples
    --------
    >>> print(break_even_sales(240, Fraction(35, 100)))
    4800/7
    >>> print(break_even_sales(240, Fraction(35, 100), Fraction(5, 100), Fraction(2, 100)))
    6000/7
    """
    costs = number("fixed", fixed, "units of money per year", 0)
    kept = share("margin", margin) - share("royalty", royalty) - share("levy", levy)
    if kept <= 0:
        fees = f"royalty is {royalty!r} and levy is {levy!r}"
        raise ValueError(f"{fees}; together they must be below the margin, {margin!r} (shares of the sales).")
    return costs / kept


def build_operate_transfer(rent: Number) -> Contract:
    """Let an operator build and run a shop on somebody's land for a fixed rent, and hand the shop over at the end.

    This is one year of it. The whole life is a stream of flows (`jejaring.finance.steady_flows`): the operator spends
    on the building first, the owner of the land gets it last. On state land it may last 30 years at most.

    Parameters
    ----------
    rent : int, float or Fraction
        What the owner of the land gets each year, 0 or more.

    Returns
    -------
    Contract
        From a year to what the parties ``"operator"`` and ``"landowner"`` get.

    Raises
    ------
    ValueError
        If the rent is outside its range.

    References
    ----------
    PP 27/2014 on state and regional assets (bangun guna serah), amended by PP 28/2020.

    Examples
    --------
    >>> {party: str(money) for party, money in build_operate_transfer(1)(Year(sales=13)).items()}
    {'operator': '12', 'landowner': '1'}
    """
    fixed_rent = number("rent", rent, "units of money per year", 0)
    return lambda year: {"operator": year.profit - fixed_rent, "landowner": fixed_rent}


def merger(owner: Number) -> Contract:
    """Let a company that has a second shop absorb this one; its owner gets shares in what both earn.

    The shop's own legal personality ends; the law merges limited companies, so the shop must be one. What the second
    shop brings along comes from outside, with a minus sign: all parts still add up to what this shop earned.

    Parameters
    ----------
    owner : int, float or Fraction
        What the owner of this shop gets of the company, from 0 to 1.

    Returns
    -------
    Contract
        From a year to what the parties ``"owner"`` and ``"company"`` (those who held it before) get, and
        ``"second_shop"``.

    Raises
    ------
    ValueError
        If the share is outside its range.

    References
    ----------
    UU 40/2007 on limited companies, article 1(9).

    Examples
    --------
    This shop loses 30 while the other one earns 130; each side gets 50.

    >>> contract = merger(Fraction(1, 2))
    >>> {party: str(money) for party, money in contract(Year(sales=0, fixed=30, second_profit=130)).items()}
    {'owner': '50', 'company': '50', 'second_shop': '-130'}
    """
    part = share("owner", owner)
    return lambda year: {
        "owner": part * (year.profit + year.second_profit),
        "company": (1 - part) * (year.profit + year.second_profit),
        "second_shop": -year.second_profit,
    }


def cooperative(services_share: Number, capital_share: Number) -> Contract:
    """Give the members of a cooperative a part of the surplus and keep the rest; the reserve carries a loss.

    The reserve belongs to the members too, but together: nobody can take a part of it home. How the members' part is
    divided among them says `jejaring.companies.member_surplus`.

    Parameters
    ----------
    services_share : int, float or Fraction
        Share of the surplus (sisa hasil usaha) that goes to all members for their trade, from 0 to 1.
    capital_share : int, float or Fraction
        Share that goes to all members for their savings, from 0 to 1 less `services_share`.

    Returns
    -------
    Contract
        From a year to what all ``"members"`` together and the ``"reserve"`` (with the other funds) get.

    Raises
    ------
    ValueError
        If a share is outside its range.

    References
    ----------
    UU 25/1992 on cooperatives, articles 41 and 45.

    Examples
    --------
    >>> contract = cooperative(Fraction(3, 10), Fraction(2, 10))
    >>> {party: str(money) for party, money in contract(Year(sales=100)).items()}
    {'members': '50', 'reserve': '50'}
    >>> {party: str(money) for party, money in contract(Year(sales=0, fixed=30)).items()}
    {'members': '0', 'reserve': '-30'}
    """
    for_services = share("services_share", services_share)
    members = for_services + number("capital_share", capital_share, "a share without unit", 0, 1 - for_services)
    return _sharing({"members": members, "reserve": 1 - members}, {"members": Fraction(0), "reserve": Fraction(1)})


def diversified_sd(sds: Sequence[Number], shares: Sequence[Number], correlation: Number = 0) -> float:
    """Say how much the result of somebody varies who holds a share of each of several projects.

    Parameters
    ----------
    sds : sequence of int, float or Fraction
        Standard deviation of what each project earns, in any unit of money, 0 or more. Not modified.
    shares : sequence of int, float or Fraction
        Share of each project that one holds, from 0 to 1. Not modified.
    correlation : int, float or Fraction
        Between any two projects, from -1 / (projects - 1) to 1; 0 for luck of their own, 1 for the same luck.

    Returns
    -------
    float
        Standard deviation of the sum of the shares, in the unit of `sds`.

    Raises
    ------
    ValueError
        If there is no project, the lengths differ, or a number is outside its range.

    References
    ----------
    Markowitz, H. (1952). Portfolio selection. *Journal of Finance* 7, 77-91.

    Examples
    --------
    Half of each of two projects instead of one whole: the same mean, less luck.

    >>> round(diversified_sd([100, 100], [0.5, 0.5]), 4)
    70.7107
    """
    if not sds or len(sds) != len(shares):
        raise ValueError(
            f"sds has {len(sds)} and shares has {len(shares)} projects; both must have the same, 1 or more."
        )
    lowest = Fraction(-1, max(len(sds) - 1, 1))
    common = number("correlation", correlation, "without unit", lowest, 1)
    held = [
        number(f"sds[{project}]", sd, "units of money", 0) * share(f"shares[{project}]", part)
        for project, (sd, part) in enumerate(zip(sds, shares, strict=True))
    ]
    together = sum(held)
    variance = (1 - common) * sum(sd * sd for sd in held) + common * together * together
    return math.sqrt(max(variance, 0.0))  # rounding may go just below 0


def _sharing(gains: Mapping[str, Result], losses: Mapping[str, Result]) -> Contract:
    """Share a profit by one key and a loss by another; who has no part in it gets 0 exactly."""
    return lambda year: {
        party: year.profit * part if part else Fraction(0)
        for party, part in (gains if year.profit > 0 else losses).items()
    }


def _shares(name: str, parts: Mapping[str, Number]) -> dict[str, Result]:
    """Take shares that add up to 1."""
    taken = {party: share(f"{name}[{party!r}]", part) for party, part in parts.items()}
    total = sum(taken.values())
    if abs(total - 1) > _ROUNDING if isinstance(total, float) else total != 1:
        raise ValueError(f"{name} is {dict(parts)!r}; the shares must add up to 1, and they add up to {total}.")
    return taken
