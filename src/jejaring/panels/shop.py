"""One business and its contracts: who carries bad luck, when a building pays, what joining does, who gets what."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache

from jejaring.answers import current
from jejaring.companies import RESTRUCTURING, is_concerning, member_surplus, merger_effect
from jejaring.contracts import Year, agency
from jejaring.decisions import decide
from jejaring.figures.companies import merger_concentration, surplus_split
from jejaring.figures.contracts import bot_value
from jejaring.figures.decisions import decision_path
from jejaring.figures.picture import brief, number
from jejaring.figures.sharing import who_gets_what
from jejaring.figures.shops import shop_contracts
from jejaring.finance import npv_by_year, steady_flows
from jejaring.language import word
from jejaring.panels._bets import bet as bet_number
from jejaring.panels._bets import follow
from jejaring.sharing import equal_division, objections, proportional_division, shapley_value
from jejaring.shops import Shop, Spread, describe, eight_deals, random_years, share_years
from jejaring.widgets.panel import Checks, Choice, Control, Panel, Scene, Slider, Table

__all__ = [
    "eight_contracts",
    "fewer_rivals",
    "joining_companies",
    "land_for_years",
    "shared_surplus",
    "three_shops",
]

_SEATS = {  # who runs the shop, by contract
    "mudharabah": "manager",
    "musyarakah": "active_partner",
    "agency": "agent",
    "franchise": "franchisee",
    "bot": "operator",
    "joint_venture": "local_partner",
    "merger": "owner",
    "cooperative": "members",
}
_YEARS, _SEED = 2000, 6
_COMMISSION = 25  # per cent, as in `eight_deals`

_BUILDING, _RENT, _HANDED_OVER = 100, 1, 60  # million rupiah
_LONGEST, _PUBLIC_LAND = 40, 30  # years

_LEVEL = 1800  # points

_ALONE = {"asih": 100, "bima": 60, "citra": 40}  # million rupiah a year
_PAIRS = {("asih", "citra"): 180, ("bima", "citra"): 120}

_SURPLUS, _SALES, _SAVINGS = 100, 200, 50  # million rupiah, of all members
_MEMBERS = {"sari": (10, 5), "joko": (30, 1), "wati": (4, 12)}  # what each bought and saved

_JOINED = ("personality_ends", "property_passes", "one_receiver", "existing_receiver")  # a merger, to begin with


def eight_contracts(bet: str | None = None) -> Panel:
    """Let the same years flow through eight contracts, and let the sales fall.

    Parameters
    ----------
    bet : str, optional
        The contract in which the reader expected the one who runs the shop to lose most often: its id, or the id of
        the `predict` exercise that asked for it. Such a bet appears as soon as it is made.

    Returns
    -------
    Panel
        Four controls: the fall of the sales, the second shop's fate, the agent's commission, whose rows to show.

    Examples
    --------
    >>> panel = eight_contracts(bet="franchise")
    >>> panel.set(fall=30, view="seats")
    >>> print(panel.twin)
    Kedai itu rugi di 34% tahun. Paling sering rugi: agen (Keagenan), 96%.
    Tak pernah rugi: pengelola, anggota. Tebakanmu penerima waralaba (Waralaba): 81%.
    """
    assumed, percent = word("panel.assumed"), word("panel.shop.percent")
    fates = {fate: word(f"panel.shop.{fate}") for fate in ("own_luck", "hit_too")}
    views = {view: word(f"panel.shop.{view}") for view in ("all", "seats")}
    controls: dict[str, Control] = {
        "fall": Slider(word("panel.shop.fall"), 0, low=0, high=50, step=5, unit=percent, source=assumed),
        "second": Choice(word("panel.shop.second"), fates, "own_luck"),
        "commission": Slider(
            word("panel.shop.commission"), _COMMISSION, low=10, high=40, step=1, unit=word("panel.shop.of_sales"),
            source=assumed,
        ),
        "view": Choice(word("panel.shop.view"), views, "all"),
    }  # fmt: skip

    def draw(fall: float, second: str, commission: float, view: str) -> Scene:
        lost, others = int(fall), int(fall) if second == "hit_too" else 0
        guess = _chosen(bet)
        return Scene(
            shop_contracts(
                _shop(lost),
                _shares(lost, others, int(commission), view),
                fall=lost / 100,
                before=_shares(0, 0, int(commission), view) if lost else None,
                bet=(guess, _SEATS[guess]) if guess else None,
            )
        )

    return follow(Panel(draw, controls, title=word("panel.shop.title")), bet)


def land_for_years(bet: float | str | None = None) -> Panel:
    """Build on somebody's land, and see after how many years it has paid, and for whom.

    Parameters
    ----------
    bet : float or str, optional
        After how many years the reader expected it to pay: a number, or the id of the `predict` exercise that asked.

    Returns
    -------
    Panel
        Three controls: the years of the contract, the interest, what the building earns in a year.

    References
    ----------
    Fisher, I. (1930). *The Theory of Interest*. Macmillan.

    Examples
    --------
    >>> panel = land_for_years(bet=9)
    >>> print(panel.twin)
    Dengan bunga 10% setahun, nilai kini bersih baru positif setelah 19 tahun (0,4 juta rupiah).
    Tanpa bunga cukup 9 tahun. Tebakanmu 9 tahun.
    >>> panel.table["rows"]
    (('operator', '-8,7'), ('pemilik tanah', '22,0'))
    """
    assumed, unit = word("panel.assumed"), word("panel.shop.million")
    controls: dict[str, Control] = {
        "years": Slider(
            word("panel.land.years"), 15, low=5, high=_LONGEST, step=1, unit=word("panel.land.unit"), source=assumed
        ),
        "rate": Slider(
            word("panel.land.rate"), 10, low=0, high=20, step=1, unit=word("panel.land.rate_unit"),
            meaning=word("panel.land.rate_meaning"), source=assumed,
        ),
        "yearly": Slider(
            word("panel.land.yearly"), 12, low=6, high=30, step=1, unit=word("panel.land.yearly_unit"), source=assumed
        ),
    }  # fmt: skip

    def draw(years: float, rate: float, yearly: float) -> Scene:
        interest, lasts = rate / 100, int(years)
        flows = steady_flows(-_BUILDING, int(yearly), _LONGEST)
        values, undiscounted = ([float(value) for value in npv_by_year(flows, each)] for each in (interest, 0))
        owner = float(npv_by_year(steady_flows(0, _RENT, lasts, end=_HANDED_OVER), interest)[-1])
        guess = bet_number(bet) if isinstance(bet, str) else bet
        picture = bot_value(values, undiscounted, rate=interest, unit=unit, limit=_PUBLIC_LAND, bet=guess)
        worth = {"operator": values[lasts], "landowner": owner}
        table = Table(
            word("panel.land.caption", years=lasts, rent=_RENT, building=_HANDED_OVER),
            (word("panel.land.column_party"), word("panel.land.column_value", unit=unit)),
            tuple((word(f"panel.land.{party}"), number(value, 1)) for party, value in worth.items()),
        )
        return Scene(picture, table)

    return follow(Panel(draw, controls, title=word("panel.land.title")), bet if isinstance(bet, str) else None)


def joining_companies() -> Panel:
    """Say what happens to the companies, and read what the law calls it.

    Returns
    -------
    Panel
        One control: what is true of the companies.

    References
    ----------
    UU 40/2007 on limited companies, articles 1(9)-(12), 122, 125 and 135.

    Examples
    --------
    >>> panel = joining_companies()
    >>> panel.set(facts=["control_changes"])
    >>> print(panel.twin)
    Hasilnya: Pengambilalihan (akuisisi).
    Penentunya jawaban “ya” atas “Apakah sahamnya diambil alih sehingga pengendalinya berganti?”,
    menurut UU 40/2007 Pasal 1(11).
    """
    facts = {question: word(f"panel.joining.{question}") for question in RESTRUCTURING.questions}
    controls: dict[str, Control] = {
        "facts": Checks(word("panel.joining.facts"), facts, _JOINED, word("panel.joining.source")),
    }

    def draw(facts: tuple[str, ...]) -> Scene:
        decision = decide(RESTRUCTURING, {question: question in facts for question in RESTRUCTURING.questions})
        asked = {step.question for step in decision.path}
        off = {"facts": [question for question in RESTRUCTURING.questions if question not in asked]}
        return Scene(decision_path("restructuring", decision), off=off)

    return Panel(draw, controls, title=word("panel.joining.title"))


def fewer_rivals() -> Panel:
    """Let two firms of a market become one: always one rival fewer, but how much more concentrated?

    Returns
    -------
    Panel
        Three controls: the market shares of the two, and how many others share the rest alike.

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. *American Economic Review* 54, 761.
    Komisi Pengawas Persaingan Usaha (2013). Peraturan Nomor 2 Tahun 2013, on mergers and acquisitions of shares.

    Examples
    --------
    >>> panel = fewer_rivals()
    >>> panel.set(first=40, second=30)
    >>> print(panel.table["caption"])
    Naik 2 × 40 × 30 = 2.400 poin. Menurut batas itu: perlu dilihat lebih dekat.
    """
    assumed, percent = word("panel.assumed"), word("panel.rivals.percent")
    shares = {
        name: Slider(word(f"panel.rivals.{name}"), start, low=1, high=49, step=1, unit=percent, source=assumed)
        for name, start in (("first", 20), ("second", 10))
    }
    controls: dict[str, Control] = {
        **shares,
        "others": Slider(
            word("panel.rivals.others"), 3, low=1, high=20, step=1, unit=word("panel.rivals.firms"), source=assumed
        ),
    }

    def draw(first: float, second: float, others: float) -> Scene:
        one, two, rest = int(first), int(second), int(others)
        each = Fraction(100 - one - two, rest)
        effect = merger_effect([one, two, *[each] * rest], 0, 1)
        name = f"{one}% + {two}%"
        picture = merger_concentration(float(effect.before), {name: float(effect.after)}, level=_LEVEL)
        verdict = word(f"panel.rivals.{'look' if is_concerning(effect) else 'pass'}")
        caption = word("panel.rivals.caption", one=one, two=two, rise=number(float(effect.change)), verdict=verdict)
        columns = tuple(word(f"panel.rivals.column_{column}") for column in ("what", "before", "after"))
        rows = (
            (word("panel.rivals.sellers"), str(rest + 2), str(rest + 1)),
            (word("panel.rivals.largest"), _share(max(one, two, float(each))), _share(max(one + two, float(each)))),
            (word("panel.rivals.points"), number(float(effect.before)), number(float(effect.after))),
        )
        return Scene(picture, Table(caption, columns, rows))

    return Panel(draw, controls, title=word("panel.rivals.title"))


def three_shops() -> Panel:
    """Split what three small businesses earn together, until somebody would rather leave.

    Returns
    -------
    Panel
        Two controls: what all three earn together, and what the first two earn without the third.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. In *Contributions to the Theory of Games* II, 307-317.

    Examples
    --------
    >>> panel = three_shops()
    >>> panel.set(together=300)
    >>> print(panel.twin.split(":")[0])
    Sama rata (Asih 100, Bima 100, Citra 100) ditolak Asih+Bima
    """
    assumed, unit = word("panel.assumed"), word("panel.three.unit")
    controls: dict[str, Control] = {
        "together": Slider(
            word("panel.three.together"), 360, low=200, high=400, step=5, unit=unit, source=assumed
        ),
        "pair": Slider(word("panel.three.pair"), 220, low=160, high=300, step=5, unit=unit, source=assumed),
    }  # fmt: skip

    def draw(together: float, pair: float) -> Scene:
        names = {person: word(f"panel.three.{person}") for person in _ALONE}
        players, total = list(names.values()), int(together)
        alone = {names[person]: money for person, money in _ALONE.items()}
        worth = {
            **{frozenset((player,)): money for player, money in alone.items()},
            **{frozenset((names[one], names[two])): money for (one, two), money in _PAIRS.items()},
            frozenset((names["asih"], names["bima"])): int(pair),
            frozenset(players): total,
        }
        divisions = {
            "equal": equal_division(players, total),
            "proportional": proportional_division(alone, total),
            "shapley": shapley_value(players, worth),
        }
        picture = who_gets_what(
            {
                rule: {player: round(float(share), 1) for player, share in shares.items()}
                for rule, shares in divisions.items()
            },
            {rule: objections(players, worth, shares) for rule, shares in divisions.items()},
            unit=word("panel.shop.million"),
        )
        rows = tuple((_named(players, group), number(float(money))) for group, money in worth.items())
        columns = word("panel.three.column_group"), word("panel.three.column_worth", unit=word("panel.shop.million"))
        return Scene(picture, Table(word("panel.three.caption"), columns, rows))

    return Panel(draw, controls, title=word("panel.three.title"))


def shared_surplus() -> Panel:
    """Decide as a cooperative how much of the surplus goes to trade and how much to savings.

    Returns
    -------
    Panel
        Two controls: the share for the members' purchases, and the share for their savings.

    References
    ----------
    UU 25/1992 on cooperatives, articles 5(1) and 45.

    Examples
    --------
    >>> panel = shared_surplus()
    >>> print(panel.twin)
    SHU 100 juta rupiah. Sari menerima 3,5: jasa usaha 1,5, jasa modal 2.
    Joko menerima 4,9: jasa usaha 4,5, jasa modal 0,4. Wati menerima 5,4: jasa usaha 0,6, jasa modal 4,8.
    """
    percent, source = word("panel.surplus.percent"), word("panel.surplus.source")
    controls: dict[str, Control] = {
        "trade": Slider(word("panel.surplus.trade"), 30, low=5, high=60, step=1, unit=percent, source=source),
        "savings": Slider(word("panel.surplus.savings"), 20, low=0, high=40, step=1, unit=percent, source=source),
    }

    def draw(trade: float, savings: float) -> Scene:
        unit = word("panel.shop.million")
        paid = {
            person: member_surplus(
                _SURPLUS,
                sales=bought,
                total_sales=_SALES,
                savings=saved,
                total_savings=_SAVINGS,
                services_share=Fraction(int(trade), 100),
                capital_share=Fraction(int(savings), 100),
            )
            for person, (bought, saved) in _MEMBERS.items()
        }
        members = {
            word(f"panel.surplus.{person}"): (float(each.services), float(each.capital))
            for person, each in paid.items()
        }
        rows = tuple(
            (word(f"panel.surplus.{person}"), brief(bought), brief(saved))
            for person, (bought, saved) in _MEMBERS.items()
        )
        columns = tuple(word(f"panel.surplus.column_{column}") for column in ("member", "bought", "saved"))
        caption = word(
            "panel.surplus.caption", unit=unit, sales=_SALES, savings=_SAVINGS, kept=100 - int(trade) - int(savings)
        )
        return Scene(surplus_split(members, surplus=_SURPLUS, unit=unit), Table(caption, columns, rows))

    return Panel(draw, controls, title=word("panel.surplus.title"))


@lru_cache(maxsize=4)
def _luck(fall: int, second_fall: int) -> list[Year]:
    """The same luck whatever the falls, which are in per cent."""
    return random_years(Shop(), _YEARS, seed=_SEED, fall=Fraction(fall, 100), second_fall=Fraction(second_fall, 100))


@cache
def _shop(fall: int) -> Spread:
    """The shop's own years."""
    return describe([year.profit for year in _luck(fall, 0)])


@cache
def _spread(name: str, fall: int, second_fall: int, commission: int) -> Mapping[str, Spread]:
    """The years of each party of one contract."""
    deal = eight_deals(Shop())[name]
    if name == "agency":
        deal = replace(deal, contract=agency(Fraction(commission, 100)))
    shared = share_years(_luck(fall, second_fall), deal.contract)
    return {party: describe(shared[party]) for party in deal.stakes}


def _shares(fall: int, second_fall: int, commission: int, view: str) -> dict[str, dict[str, Spread]]:
    """All contracts; each one is computed again only for what it depends on."""
    return {
        name: {
            party: spread
            for party, spread in _spread(
                name, fall, second_fall if name == "merger" else 0, commission if name == "agency" else _COMMISSION
            ).items()
            if view == "all" or party == seat
        }
        for name, seat in _SEATS.items()
    }


def _chosen(bet: str | None) -> str | None:
    """The contract that was bet on: named directly, or in a `predict` exercise; None where there is none yet."""
    answer = current(bet) if bet and bet not in _SEATS else None
    said = answer.value if answer else bet
    return said if isinstance(said, str) and said in _SEATS else None


def _share(percent: float) -> str:
    """A market share."""
    return f"{brief(round(percent, 1))}%"


def _named(players: list[str], group: frozenset[str]) -> str:
    """The members of a group in the order of all."""
    return " + ".join(player for player in players if player in group)
