"""Firms that join: what the law calls it, what it does to a market, and what a cooperative pays its members.

Whole numbers and fractions give exact fractions; as soon as one input is a float, so is the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from jejaring._checks import Number, number, share, whole
from jejaring.decisions import Branch, Question, Source, Tree

__all__ = [
    "COMPETITION",
    "RESTRUCTURING",
    "MemberSurplus",
    "MergerEffect",
    "herfindahl_index",
    "is_concerning",
    "member_surplus",
    "merger_effect",
    "must_notify",
]

Result = float | Fraction

_pt = partial(Source, "uu40-2007")

RESTRUCTURING = Tree(
    "restructuring",
    {
        "personality_ends": Question(
            yes=Branch("property_passes", _pt("122(1)")), no=Branch("control_changes", _pt("125"))
        ),
        "property_passes": Question(yes=Branch("one_receiver", _pt("122(3)")), no=Branch("none", _pt("122(2)"))),
        "one_receiver": Question(yes=Branch("existing_receiver", _pt("1(9)")), no=Branch("spin_off", _pt("135(2)"))),
        "existing_receiver": Question(yes=Branch("merger", _pt("1(9)")), no=Branch("several_end", _pt("1(10)"))),
        "several_end": Question(yes=Branch("consolidation", _pt("1(10)")), no=Branch("none", _pt("1(10)"))),
        "control_changes": Question(yes=Branch("acquisition", _pt("1(11)")), no=Branch("part_passes", _pt("125(3)"))),
        "part_passes": Question(yes=Branch("spin_off", _pt("135(3)")), no=Branch("none", _pt("1(12)"))),
    },
    ("merger", "consolidation", "acquisition", "spin_off", "none"),
)
"""What a change in a limited company is called: UU 40/2007 on limited companies, articles 1(9)-(12), 122, 125, 135."""

_competition = partial(Source, "uu5-1999")

COMPETITION = Tree(
    "competition",
    {
        "small_or_members_only": Question(
            yes=Branch("exempt", _competition("50")), no=Branch("tender", _competition("50"))
        ),
        "tender": Question(yes=Branch("bid_rigging", _competition("22")), no=Branch("join_firms", _competition("22"))),
        "join_firms": Question(
            yes=Branch("joining_harms", _competition("28")), no=Branch("competitors", _competition("28"))
        ),
        "joining_harms": Question(
            yes=Branch("banned_merger", _competition("28")), no=Branch("over_threshold", _competition("29"))
        ),
        "over_threshold": Question(
            yes=Branch("notify", Source("pp57-2010", "5", "L")), no=Branch("free_merger", Source("pp57-2010", "5", "L"))
        ),
        "competitors": Question(yes=Branch("price", _competition("5(1)")), no=Branch("alliance", _competition("5(1)"))),
        "price": Question(yes=Branch("joint_venture", _competition("5(1)")), no=Branch("output", _competition("5(1)"))),
        "joint_venture": Question(
            yes=Branch("alliance", _competition("5(2)")), no=Branch("price_fixing", _competition("5(1)"))
        ),
        "output": Question(yes=Branch("output_harms", _competition("11")), no=Branch("alliance", _competition("11"))),
        "output_harms": Question(yes=Branch("cartel", _competition("11")), no=Branch("alliance", _competition("11"))),
    },
    (
        "exempt",
        "bid_rigging",
        "banned_merger",
        "notify",
        "free_merger",
        "price_fixing",
        "cartel",
        "alliance",
    ),
)
"""Cartel, merger or harmless alliance: UU 5/1999, articles 5, 11, 22, 28, 29 and 50; thresholds of PP 57/2010.

Other articles of the same law (dividing territories, boycott, closed agreements, dominant positions) are left out: an
alliance here is one that these articles don't forbid.
"""

_ASSETS = 2_500_000_000_000  # rupiah, PP 57/2010
_SALES = 5_000_000_000_000
_CONCENTRATED = 1800  # points
_NOTABLE = 150


@dataclass(frozen=True)
class MergerEffect:
    """How concentrated a market is before and after two of its firms become one.

    Parameters
    ----------
    before, after : Fraction or float
        Herfindahl-Hirschman index in points, from above 0 to 10,000.
    """

    before: Result
    after: Result

    @property
    def change(self) -> Result:
        """Points added: twice the product of the two market shares in percent."""
        return self.after - self.before


@dataclass(frozen=True)
class MemberSurplus:
    """What a member of a cooperative gets from the surplus of a year.

    Parameters
    ----------
    services : Fraction or float
        For what the member bought or sold through the cooperative.
    capital : Fraction or float
        For what the member saved in it.
    """

    services: Result
    capital: Result

    @property
    def total(self) -> Result:
        """Both together."""
        return self.services + self.capital


def member_surplus(
    surplus: Number,
    *,
    sales: Number,
    total_sales: Number,
    savings: Number,
    total_savings: Number,
    services_share: Number,
    capital_share: Number,
) -> MemberSurplus:
    """Pay a member by how much it traded and how much it saved, not by how rich it is.

    Parameters
    ----------
    surplus : int, float or Fraction
        Surplus of the cooperative in a year (sisa hasil usaha), in any currency; 0 or more.
    sales, total_sales : int, float or Fraction
        What this member and what all members traded with the cooperative, in one unit.
    savings, total_savings : int, float or Fraction
        What this member and what all members saved, in one unit.
    services_share, capital_share : int, float or Fraction
        Shares of the surplus that go to all members for trade and for savings, from 0 to 1, together 1 at most; the
        members' meeting sets them, and the rest stays in reserves and other funds.

    Returns
    -------
    MemberSurplus
        The two parts, in the unit of `surplus`.

    Raises
    ------
    ValueError
        If an input is not a finite number or outside its range.

    References
    ----------
    UU 25/1992 on cooperatives, articles 5(1) and 45(2): in proportion to each member's trade; the split between trade
    and savings is a matter of each cooperative's own statutes.

    Examples
    --------
    Of 100, 30 % go to trade and 20 % to savings. A twentieth of the trade earns 1.5, a tenth of the savings earns 2.

    >>> paid = member_surplus(100, sales=10, total_sales=200, savings=5, total_savings=50,
    ...                       services_share=Fraction(30, 100), capital_share=Fraction(20, 100))
    >>> str(paid.services), str(paid.capital), str(paid.total)
    ('3/2', '2', '7/2')
    """
    available = number("surplus", surplus, "units of the currency", 0)
    for_services = share("services_share", services_share)
    for_capital = number("capital_share", capital_share, "a share without unit", 0, 1 - for_services)
    trade = _part("sales", sales, "total_sales", total_sales)
    saving = _part("savings", savings, "total_savings", total_savings)
    return MemberSurplus(available * for_services * trade, available * for_capital * saving)


def herfindahl_index(sales: Sequence[Number]) -> Result:
    """Measure how few firms share a market: the sum of squared market shares in percent.

    Parameters
    ----------
    sales : sequence of int, float or Fraction
        Sales or market share of every firm in the market, in any one unit; 0 or more, not all 0. Not modified.

    Returns
    -------
    Fraction or float
        Points from 10,000 divided by the number of firms (all equal) to 10,000 (one firm alone).

    Raises
    ------
    ValueError
        If an entry is not a finite number, 0 or more, or nobody sells anything.

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. *American Economic Review* 54, 761.

    Examples
    --------
    1600 + 900 + 400 + 100:

    >>> print(herfindahl_index([40, 30, 20, 10]))
    3000
    """
    amounts = [number(f"sales[{firm}]", value, "units of sales", 0) for firm, value in enumerate(sales)]
    total = sum(amounts)
    if not total:
        raise ValueError(f"sales is {list(sales)!r}; at least one firm must sell something.")
    return sum(((100 * amount / total) ** 2 for amount in amounts), start=Fraction(0))


def merger_effect(sales: Sequence[Number], first: int, second: int) -> MergerEffect:
    """Compare the market before and after two firms join and keep their customers.

    Parameters
    ----------
    sales : sequence of int, float or Fraction
        Sales or market share of every firm in the market, in any one unit; 0 or more, not all 0. Not modified.
    first, second : int
        Positions in `sales` of the firms that join, counted from 0.

    Returns
    -------
    MergerEffect
        The index before and after; it rises by twice the product of the two shares in percent.

    Raises
    ------
    ValueError
        If an entry of `sales` is outside its range, or the two are not two firms of this market.

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. *American Economic Review* 54, 761.

    Examples
    --------
    20 % and 10 % add 2 x 20 x 10 points:

    >>> effect = merger_effect([40, 30, 20, 10], 2, 3)
    >>> str(effect.before), str(effect.after), str(effect.change)
    ('3000', '3400', '400')
    """
    for name, firm in (("first", first), ("second", second)):
        whole(name, firm, "positions in sales", 0, len(sales) - 1)
    if first == second:
        raise ValueError(f"second is {second!r}; a firm can't merge with itself, choose another position than first.")
    before = herfindahl_index(sales)
    rest = [value for firm, value in enumerate(sales) if firm not in (first, second)]
    return MergerEffect(before, herfindahl_index([*rest, sales[first] + sales[second]]))


def is_concerning(effect: MergerEffect, *, level: Number = _CONCENTRATED, change: Number = _NOTABLE) -> bool:
    """Tell whether a merger makes a concentrated market notably more concentrated.

    Parameters
    ----------
    effect : MergerEffect
        The index before and after.
    level, change : int, float or Fraction
        Points above which a market is concentrated, and a rise notable. Indonesia's competition authority (KPPU) has
        used 1,800 and 150, the United States use 1,800 and 100.

    Returns
    -------
    bool
        True means a closer look, not a ban.

    Raises
    ------
    ValueError
        If a limit is not a finite number, 0 or more.

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. *American Economic Review* 54, 761.
    Komisi Pengawas Persaingan Usaha (2020). *Pedoman Penilaian terhadap Penggabungan, Peleburan, atau Pengambilalihan*.
    U.S. Department of Justice & Federal Trade Commission (2023). *Merger Guidelines*.

    Examples
    --------
    >>> is_concerning(MergerEffect(3000, 3400)), is_concerning(MergerEffect(900, 1300))
    (True, False)
    """
    limit = number("level", level, "points", 0)
    return effect.after > limit and effect.change > number("change", change, "points", 0)


def must_notify(assets: Number, sales: Number) -> bool:
    """Tell whether a merger is so large that the competition authority must be told of it within 30 working days.

    Parameters
    ----------
    assets, sales : int, float or Fraction
        Joint assets, and joint sales in a year, in rupiah and in Indonesia; 0 or more.

    Returns
    -------
    bool
        True above 2.5 trillion rupiah of assets, or above 5 trillion of sales. The amounts were in force when this
        was written and are likely, not certain, to be so now. Banks and firms of one group have rules of their own,
        which are left out.

    Raises
    ------
    ValueError
        If an amount is not a finite number, 0 or more.

    References
    ----------
    UU 5/1999 on monopolies and unfair competition, article 29; PP 57/2010 on mergers, article 5.

    Examples
    --------
    >>> must_notify(assets=2_500_000_000_000, sales=1_000_000_000_000)
    False
    >>> must_notify(assets=1_000_000_000_000, sales=5_000_000_000_001)
    True
    """
    return number("assets", assets, "rupiah", 0) > _ASSETS or number("sales", sales, "rupiah", 0) > _SALES


def _part(name: str, value: Number, total_name: str, total: Number) -> Result:
    """Take a member's part of a total, from 0 to 1."""
    whole_amount = number(total_name, total, "units of all members", above=0)
    return number(name, value, f"units, at most {total_name}", 0, whole_amount) / whole_amount
