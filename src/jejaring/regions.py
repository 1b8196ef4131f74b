"""Regions that work together: which form the law gives it, who must agree, and how to share what it brings.

Whole numbers and fractions give exact fractions; as soon as one input is a float, so is the result.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import chain, combinations

from jejaring._checks import Number, choice, number
from jejaring.bargaining import nash_price, zone_of_agreement
from jejaring.decisions import Branch, Question, Rule, Source, Tree

__all__ = ["APPROVAL", "DISPUTES", "FORMS", "Treaty", "duties", "externality_treaty", "facility_costs"]

Result = float | Fraction

_pp = partial(Source, "pp28-2018")
_likely = partial(Source, "uu23-2014", certainty="L")
_unnumbered = _pp(certainty="L")

FORMS = Tree(
    "forms",
    {
        "own_affair": Question(yes=Branch("with_region", _pp("1(2)")), no=Branch("not_allowed", _pp("1(2)"))),
        "with_region": Question(yes=Branch("adjoining", _pp("1(2)")), no=Branch("abroad", _pp("1(1)"))),
        "adjoining": Question(yes=Branch("spills_over", _likely("364(1)")), no=Branch("worthwhile", _likely("364(1)"))),
        "spills_over": Question(
            yes=Branch("better_jointly", _likely("364(1)")), no=Branch("worthwhile", _likely("364(1)"))
        ),
        "better_jointly": Question(
            yes=Branch("ksdd_mandatory", _likely("364(1)")), no=Branch("worthwhile", _likely("364(1)"))
        ),
        "worthwhile": Question(yes=Branch("ksdd_voluntary", _likely("365")), no=Branch("no_ground", _pp("1(1)"))),
        "abroad": Question(yes=Branch("foreign_government", _pp("1(1)")), no=Branch("ksdpk", _pp("1(3)"))),
        "foreign_government": Question(
            yes=Branch("diplomatic_ties", _pp("1(4)")), no=Branch("national_consent", _pp("1(5)"))
        ),
        "diplomatic_ties": Question(yes=Branch("ksdpl", _unnumbered), no=Branch("not_allowed", _unnumbered)),
        "national_consent": Question(yes=Branch("ksdll", _unnumbered), no=Branch("not_allowed", _unnumbered)),
    },
    ("ksdd_mandatory", "ksdd_voluntary", "ksdpk", "ksdpl", "ksdll", "no_ground", "not_allowed"),
)
"""The form of a region's cooperation: PP 28/2018 on regional cooperation, article 1; UU 23/2014, articles 364 and 365.

Cooperation between regions (KSDD) is mandatory when they adjoin, the matter spills over, *and* it is run more
efficiently together. The law joins the last two with "and"; those who read them as two kinds of matters need only one.
The others are with a third party (KSDPK), a foreign local government (KSDPL) or a foreign institution (KSDLL).
"""

APPROVAL = Tree(
    "approval",
    {
        "burdens": Question(yes=Branch("needed", _pp()), no=Branch("unbudgeted", _pp())),
        "unbudgeted": Question(yes=Branch("needed", _pp()), no=Branch("not_needed", _pp())),
    },
    ("needed", "not_needed"),
)
"""Whether the council (DPRD) must agree to cooperation between regions: PP 28/2018.

Needed when the plan burdens the people and the region, or its money is not in this year's budget, or both.
"""

DISPUTES = Tree(
    "disputes",
    {
        "province_involved": Question(
            yes=Branch("minister", _likely("370")), no=Branch("same_province", _likely("370"))
        ),
        "same_province": Question(yes=Branch("governor", _likely("370")), no=Branch("minister", _likely("370"))),
    },
    ("governor", "minister"),
)
"""Who settles a dispute between regions: UU 23/2014 on regional government, article 370 (likely)."""

_head_signs = Rule("head_signs", _unnumbered)
_between_regions = (
    Rule("head_signs", _pp("2(1)")),
    Rule("official_may_sign", _pp("2(2)")),
    Rule("council_if_burden_or_unbudgeted", _pp()),
    Rule("disputes_in_government", _likely("370")),
    Rule("procedure", Source("permendagri22-2020")),
)
_abroad = (
    _head_signs,
    Rule("council_agrees", _unnumbered),
    Rule("minister_agrees", _unnumbered),
    Rule("procedure", Source("permendagri25-2020")),
)
_DUTIES = {
    "ksdd_mandatory": (*_between_regions, Rule("takeover", _likely("364"))),
    "ksdd_voluntary": _between_regions,
    "ksdpk": (_head_signs, Rule("procedure", Source("permendagri22-2020"))),
    "ksdpl": _abroad,
    "ksdll": _abroad,
    "no_ground": (),
    "not_allowed": (),
}


@dataclass(frozen=True)
class Treaty:
    """What an upstream region cleans for itself, what it cleans under an agreement, and what that is worth to whom.

    Parameters
    ----------
    alone, agreed : Fraction or float
        Quantity that upstream treats without and with the agreement.
    least : Fraction or float
        What upstream loses by it, so the least it must be paid; 0 or more, for alone it did its best.
    most : Fraction or float
        What downstream gains, so the most it pays.
    transfer : Fraction, float or None
        The payment that leaves both the same gain, halfway between; None when there is no gain to share.
    """

    alone: Result
    agreed: Result
    least: Result
    most: Result
    transfer: Result | None

    @property
    def gain(self) -> Result:
        """What both gain together: the length of the range of payments; below 0 when there is none."""
        return self.most - self.least

    @property
    def range(self) -> tuple[Result, Result] | None:
        """The payments that both would rather take than go without; None where there are none."""
        return zone_of_agreement(self.least, self.most)


def duties(form: str) -> tuple[Rule, ...]:
    """Name what a form of regional cooperation asks for: who signs, who agrees, who settles disputes, how it goes.

    Parameters
    ----------
    form : str
        One of the outcomes of `FORMS`.

    Returns
    -------
    tuple of Rule
        Each with its source and certainty; empty where there is no cooperation.

    Raises
    ------
    ValueError
        If there is no such form.

    References
    ----------
    PP 28/2018 on regional cooperation, article 2; UU 23/2014 on regional government, articles 364 and 370;
    Permendagri 22/2020 and Permendagri 25/2020 on the procedures.

    Examples
    --------
    >>> [rule.says for rule in duties("ksdpk")]
    ['head_signs', 'procedure']
    """
    return _DUTIES[choice("form", form, FORMS.outcomes)]


def externality_treaty(own_gain: Number, spillover: Number, cost: Number, *, agreed: Number | None = None) -> Treaty:
    """Let an upstream region treat more than pays for itself alone, and downstream share what it gains by that.

    Treating q costs upstream ``cost * q**2 / 2`` and brings it ``own_gain * q``; downstream gains ``spillover * q``.
    Alone, upstream stops at ``own_gain / cost``; both together are best off at ``(own_gain + spillover) / cost``.

    Parameters
    ----------
    own_gain : int, float or Fraction
        What one unit treated is worth upstream, in money; 0 or more.
    spillover : int, float or Fraction
        What one unit treated upstream is worth downstream, in the same money; below 0 for a harm, ``-own_gain`` at
        least.
    cost : int, float or Fraction
        By how much each further unit costs more than the one before, in the same money; above 0.
    agreed : int, float or Fraction, optional
        Units that the agreement asks for, 0 or more; the best for both together when it is not given.

    Returns
    -------
    Treaty
        The quantities, the range of payments from downstream to upstream, and the payment halfway.

    Raises
    ------
    ValueError
        If an input is not a finite number or outside its range.

    References
    ----------
    Coase, R. H. (1960). The problem of social cost. *Journal of Law and Economics* 3, 1-44.
    Nash, J. F. (1950). The bargaining problem. *Econometrica* 18, 155-162.

    Examples
    --------
    With gains of 2 and 4 and a cost of q²/2, upstream treats 2 alone and 6 under the agreement.

    >>> treaty = externality_treaty(2, 4, 1)
    >>> str(treaty.alone), str(treaty.agreed), str(treaty.gain)
    ('2', '6', '8')
    >>> str(treaty.least), str(treaty.most), str(treaty.transfer)
    ('8', '16', '12')
    """
    own = number("own_gain", own_gain, "money per unit", 0)
    spill = number("spillover", spillover, "money per unit", -own)
    steepness = number("cost", cost, "money per unit squared", above=0)
    alone = own / steepness
    quantity = (own + spill) / steepness if agreed is None else number("agreed", agreed, "units", 0)

    def upstream(treated: Result) -> Result:
        return own * treated - steepness * treated**2 / 2

    least, most = upstream(alone) - upstream(quantity), spill * (quantity - alone)
    return Treaty(alone, quantity, least, most, nash_price(least, most))


def facility_costs(
    waste: Mapping[str, Number],
    distances: Mapping[frozenset[str], Number],
    *,
    building: Number,
    hauling: Number,
) -> dict[frozenset[str], Result]:
    """Say what each group of regions pays for one landfill, built where it is cheapest for the group.

    Building is paid once, hauling by everybody who does not live at the site. Sharing saves building; where regions are
    far apart it can cost more than it saves. Divide the costs with `jejaring.sharing`.

    Parameters
    ----------
    waste : mapping of str to int, float or Fraction
        Tons that each region brings in a year, by name; 0 or more. Not modified.
    distances : mapping of frozenset of str to int, float or Fraction
        Kilometres between each two regions, 0 or more. Not modified.
    building : int, float or Fraction
        What a landfill costs in a year, in any currency; 0 or more.
    hauling : int, float or Fraction
        What one ton costs on one kilometre, in the same currency; 0 or more.

    Returns
    -------
    dict of frozenset of str to Fraction or float
        Cost of each group in a year, smaller groups first.

    Raises
    ------
    ValueError
        If there is no region, a distance is missing, or an input is not a finite number, 0 or more.

    References
    ----------
    Young, H. P. (1994). Cost allocation. In *Handbook of Game Theory with Economic Applications* 2, 1193-1235.

    Examples
    --------
    B brings less, so the joint landfill is built in A: 100 for building, 3 tons on 10 km.

    >>> costs = facility_costs({"A": 5, "B": 3}, {frozenset("AB"): 10}, building=100, hauling=1)
    >>> {"".join(sorted(group)): str(cost) for group, cost in costs.items()}
    {'A': '100', 'B': '100', 'AB': '130'}
    """
    if not waste:
        raise ValueError("waste is empty; at least one region must bring some tons.")
    fixed, rate = number("building", building, "money", 0), number("hauling", hauling, "money per ton and km", 0)
    tons = {region: number(f"waste[{region!r}]", value, "tons", 0) for region, value in waste.items()}
    ways: dict[tuple[str, str], Result] = {(region, region): Fraction(0) for region in tons}
    for one, two in combinations(tons, 2):
        pair = f"distances[{one!r}, {two!r}]"
        ways[one, two] = ways[two, one] = number(pair, distances.get(frozenset((one, two))), "km", 0)
    groups = chain.from_iterable(combinations(tons, size) for size in range(1, len(tons) + 1))
    return {
        frozenset(group): fixed + rate * min(_ton_kilometres(group, site, tons, ways) for site in group)
        for group in groups
    }


def _ton_kilometres(
    group: tuple[str, ...], site: str, tons: Mapping[str, Result], ways: Mapping[tuple[str, str], Result]
) -> Result:
    """Sum what a group hauls to a site."""
    return sum((tons[region] * ways[region, site] for region in group), start=Fraction(0))
