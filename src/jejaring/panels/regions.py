"""Regions and countries that work together: a landfill, the law, a river, and who stands between whom."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from jejaring.bodies import Boundary, boundary, memberships
from jejaring.decisions import decide
from jejaring.figures.decisions import _cited as cited
from jejaring.figures.decisions import decision_path
from jejaring.figures.picture import Picture, brief, number
from jejaring.figures.regions import transfer_zone, treaty_gain
from jejaring.figures.sharing import who_gets_what
from jejaring.figures.two_mode import projection_map
from jejaring.language import word
from jejaring.layouts import stress_layout
from jejaring.regions import APPROVAL, FORMS, duties, externality_treaty, facility_costs
from jejaring.sharing import equal_division, objections, proportional_division, shapley_value
from jejaring.two_mode import nodes_of, projection
from jejaring.widgets.panel import Checks, Choice, Control, Panel, Scene, Slider, Table

__all__ = ["bridges", "far_landfill", "regional_router", "shared_river"]

_NAMED = ("ASEAN", "APEC", "NATO", "OIC", "NAM")  # the bodies in the reading texts to which countries belong
_PARTNERS = {  # what the choice of a partner answers
    "neighbour": {"with_region": True, "adjoining": True},
    "far_region": {"with_region": True, "adjoining": False},
    "third_party": {"with_region": False, "abroad": False},
    "foreign_government": {"with_region": False, "abroad": True, "foreign_government": True},
    "foreign_institution": {"with_region": False, "abroad": True, "foreign_government": False},
}
_FACTS = {  # what a tick answers
    "own_affair": ("own_affair",),
    "spills_over": ("spills_over",),
    "better_jointly": ("better_jointly",),
    "worthwhile": ("worthwhile",),
    "national": ("diplomatic_ties", "national_consent"),
}
_WASTE = {"K": 120, "B": 80, "C": 30}  # thousand tons a year from Kencana, Bahari and Cemara
_FIRST_ROAD = 15  # kilometres from Kencana to Bahari


def far_landfill() -> Panel:
    """Move one of three regions away from the others, and see which way of sharing a landfill falls apart.

    Returns
    -------
    Panel
        Three controls: the road to the third region, the cost of hauling, the cost of building.

    References
    ----------
    Young, H. P. (1994). Cost allocation. In *Handbook of Game Theory with Economic Applications* 2, 1193-1235.
    Gillies, D. B. (1959). Solutions to general non-zero-sum games. In *Contributions to the Theory of Games* IV, 47-85.

    Examples
    --------
    >>> panel = far_landfill()
    >>> panel.set(road=20)
    >>> print(panel.table["caption"])
    Bersama 21 miliar rupiah setahun; sendiri-sendiri 36. TPA-nya di Kencana (K).
    """
    assumed = word("panel.assumed")
    controls: dict[str, Control] = {
        "road": Slider(
            word("panel.landfill.road"), 30, low=5, high=150, step=5, unit=word("panel.landfill.km"), source=assumed
        ),
        "hauling": Slider(
            word("panel.landfill.hauling"), 4, low=0, high=8, step=0.5, unit=word("panel.landfill.rate"), source=assumed
        ),
        "building": Slider(
            word("panel.landfill.building"), 12, low=4, high=40, step=1, unit=word("panel.landfill.unit"),
            source=assumed,
        ),
    }  # fmt: skip

    def draw(road: float, hauling: float, building: float) -> Scene:
        ways = {
            frozenset("KB"): _FIRST_ROAD,
            frozenset("BC"): int(road),
            frozenset("KC"): _FIRST_ROAD + int(road),
        }
        rate = Fraction(hauling) / 1000  # thousand tons times rupiah thousands are millions
        costs = facility_costs(_WASTE, ways, building=int(building), hauling=rate)
        players, total = list(_WASTE), costs[frozenset(_WASTE)]
        divisions = {
            "equal": equal_division(players, total),
            "proportional": proportional_division(_WASTE, total),
            "shapley": shapley_value(players, costs),
        }
        picture = who_gets_what(
            {rule: {player: float(share) for player, share in shares.items()} for rule, shares in divisions.items()},
            {rule: objections(players, costs, shares, costs=True) for rule, shares in divisions.items()},
            unit=word("panel.landfill.unit"),
            costs=True,
        )
        return Scene(picture, _costs_table(costs, ways, rate))

    return Panel(draw, controls, title=word("panel.landfill.title"))


def regional_router() -> Panel:
    """Ask the law which kind of regional cooperation a plan is, and who must agree to it.

    Returns
    -------
    Panel
        Three controls: the partner, what is true of the matter, what is true of the money.

    References
    ----------
    PP 28/2018 on regional cooperation; UU 23/2014 on regional government, articles 364, 365 and 370.

    Examples
    --------
    >>> panel = regional_router()
    >>> panel.set(partner="far_region")
    >>> print(panel.twin)
    Hasilnya: KSDD sukarela: antardaerah, boleh dijalankan.
    Penentunya jawaban “ya” atas “Apakah bekerja sama dipandang lebih efektif dan efisien?”,
    menurut UU 23/2014 Pasal 365 (perlu dicek).
    """
    partners = {partner: word(f"panel.router.{partner}") for partner in _PARTNERS}
    facts = {fact: word(f"panel.router.{fact}") for fact in _FACTS}
    plans = {question: word(f"panel.router.{question}") for question in APPROVAL.questions}
    controls: dict[str, Control] = {
        "partner": Choice(word("panel.router.partner"), partners, "neighbour", word("panel.router.source")),
        "facts": Checks(word("panel.router.facts"), facts, tuple(facts)),
        "plan": Checks(word("panel.router.plan"), plans, ()),
    }

    def draw(partner: str, facts: tuple[str, ...], plan: tuple[str, ...]) -> Scene:
        said = {question: fact in facts for fact, questions in _FACTS.items() for question in questions}
        decision = decide(FORMS, said | _PARTNERS[partner])
        asked = {step.question for step in decision.path}
        between_regions = decision.outcome.startswith("ksdd")
        off = {"facts": [fact for fact, questions in _FACTS.items() if not asked & set(questions)]}
        off["plan"] = [] if between_regions else list(APPROVAL.questions)
        return Scene(decision_path("forms", decision), _duties_table(decision.outcome, plan), off)

    return Panel(draw, controls, title=word("panel.router.title"))


def shared_river() -> Panel:
    """Let a region upstream clean more than pays for itself, and one downstream share what it gains by that.

    Returns
    -------
    Panel
        Four controls: what a unit is worth upstream and downstream, how fast the cost rises, which picture.

    References
    ----------
    Coase, R. H. (1960). The problem of social cost. *Journal of Law and Economics* 3, 1-44.

    Examples
    --------
    >>> panel = shared_river()
    >>> panel.set(downstream=8)
    >>> print(panel.twin)
    Sendiri, daerah hulu mengolah 2 unit; kalau sepakat, 10 unit. Bersama-sama keduanya untung 32.
    """
    assumed, unit = word("panel.assumed"), word("panel.river.unit")
    views = {view: word(f"panel.river.{view}") for view in ("gain", "payment")}
    controls: dict[str, Control] = {
        "downstream": Slider(
            word("panel.river.downstream"), 4, low=0, high=8, step=0.5, unit=unit, source=assumed
        ),
        "upstream": Slider(word("panel.river.upstream"), 2, low=0, high=8, step=0.5, unit=unit, source=assumed),
        "cost": Slider(
            word("panel.river.cost"), 1, low=1, high=4, step=0.5, unit=word("panel.river.cost_unit"), source=assumed
        ),
        "view": Choice(word("panel.river.view"), views, "gain"),
    }  # fmt: skip

    def draw(downstream: float, upstream: float, cost: float, view: str) -> Scene:
        treaty = externality_treaty(Fraction(upstream), Fraction(downstream), Fraction(cost))
        if view == "payment":
            transfer = None if treaty.transfer is None else float(treaty.transfer)
            return Scene(transfer_zone(float(treaty.least), float(treaty.most), transfer))
        quantities = float(treaty.alone), float(treaty.agreed), float(treaty.gain)
        return Scene(treaty_gain(*quantities, own_gain=upstream, spillover=downstream, cost=cost))

    return Panel(draw, controls, title=word("panel.river.title"))


def bridges() -> Panel:
    """Tick international bodies, and see who stands between whom among thirty countries.

    Returns
    -------
    Panel
        Two controls: the bodies inside the boundary, and how many of them two countries must share.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. *Sociometry* 40, 35-41.
    Laumann, E. O., Marsden, P. V., & Prensky, D. (1983). The boundary specification problem in network analysis. In R.
    S. Burt & M. J. Minor (Eds.), *Applied Network Analysis*, 18-34.

    Examples
    --------
    >>> panel = bridges()
    >>> panel.set(bodies=["ASEAN", "APEC", "NATO", "OIC", "NAM", "G20"])
    >>> panel.table["rows"][0]
    ('Indonesia', '0,5220', '5 dari 6')
    """
    bodies = {body: word(f"panel.bridges.{body.lower().replace('-', '')}") for body in nodes_of(memberships(), 1)}
    controls: dict[str, Control] = {
        "bodies": Checks(word("panel.bridges.bodies"), bodies, _NAMED, word("panel.bridges.source")),
        "shared": Slider(
            word("panel.bridges.shared"), 2, low=1, high=5, step=1,
            unit=word("panel.bridges.unit"), source=word("panel.assumed"),
        ),
    }  # fmt: skip

    def draw(bodies: tuple[str, ...], shared: float) -> Scene:
        seen, names = _seen(bodies, int(shared)), _countries()
        picture = projection_map(
            {names[country]: place for country, place in _places().items()},
            [(names[one], names[other], count) for one, other, count in _ties(bodies, int(shared))],
            {names[country]: between for country, between in seen.brokerage.items()},
            min_shared=int(shared),
            marked=[names["Indonesia"]],
        )
        if not max(seen.brokerage.values()):
            told = word("panel.bridges.nobody" if bodies else "panel.bridges.nothing", ties=seen.ties)
            picture = Picture(picture.figure, told)
        return Scene(picture, _brokers_table(seen))

    return Panel(draw, controls, title=word("panel.bridges.title"))


def _costs_table(
    costs: Mapping[frozenset[str], float | Fraction], ways: Mapping[frozenset[str], int], rate: Fraction
) -> Table:
    """Tell what each group pays for itself, and what that is with and without the others."""
    names = {region: word(f"panel.landfill.{region.lower()}") for region in _WASTE}
    total, apart = costs[frozenset(_WASTE)], sum(costs[frozenset(region)] for region in _WASTE)

    def hauled(site: str) -> Fraction:
        return sum((_WASTE[each] * ways[frozenset((each, site))] * rate for each in _WASTE if each != site), Fraction())

    site = names[min(_WASTE, key=hauled)]
    caption = word("panel.landfill.caption", total=brief(float(total)), apart=brief(float(apart)), site=site)
    columns = word("panel.landfill.column_group"), word("panel.landfill.column_cost")
    rows = [
        (" + ".join(names[region] for region in _WASTE if region in group), brief(float(cost)))
        for group, cost in costs.items()
    ]
    return Table(caption, columns, tuple(rows))


def _duties_table(form: str, plan: tuple[str, ...]) -> Table:
    """Tell what a form asks for, and whether the council must agree to this plan."""
    columns = word("panel.router.column_duty"), word("panel.router.column_source")
    rows = []
    for rule in duties(form):
        says = word(f"decision.rule.{rule.says}")
        if rule.says == "council_if_burden_or_unbudgeted":
            facts = {question: question in plan for question in APPROVAL.questions}
            says = word(f"decision.approval.outcome.{decide(APPROVAL, facts).outcome}") + "."
        rows.append((says, cited(rule.source)))
    caption = word("panel.router.caption" if rows else "panel.router.caption_none")
    return Table(caption, columns, tuple(rows))


def _brokers_table(seen: Boundary) -> Table:
    """Rank the five countries that stand most between others; Indonesia is always told of."""
    names, graph = _countries(), memberships()
    top = list(seen.brokerage)[:5]
    listed = top if "Indonesia" in top else [*top, "Indonesia"]
    rows = [
        (
            names[country],
            number(seen.brokerage[country], 4),
            word(
                "panel.bridges.of", inside=sum(body in graph[country] for body in seen.bodies), count=len(seen.bodies)
            ),
        )
        for country in listed
    ]
    columns = tuple(word(f"panel.bridges.column_{name}") for name in ("country", "brokerage", "bodies"))
    return Table(word("panel.bridges.caption"), columns, tuple(rows))


def _countries() -> dict[str, str]:
    """The names of the countries in the language spoken now."""
    graph = memberships()
    return {name: word(f"panel.country.{name.lower().replace(' ', '-')}") for name in nodes_of(graph, 0)}


@cache
def _seen(bodies: tuple[str, ...], shared: int) -> Boundary:
    """What is seen inside a boundary; inside an empty one there are no ties."""
    if bodies:
        return boundary(memberships(), bodies, shared)
    alone = tuple(nodes_of(memberships(), 0))
    return Boundary((), shared, 0, 0.0, dict.fromkeys(alone, 0.0), alone)


@cache
def _ties(bodies: tuple[str, ...], shared: int) -> list[tuple[str, str, int]]:
    """Countries that meet often enough, and how often."""
    inside = memberships().subgraph([*nodes_of(memberships(), 0), *bodies])
    tied = projection(inside, 0, shared)
    return [(one, other, int(tied.edges[one, other]["weight"])) for one, other in tied.edges]


@cache
def _places() -> dict[str, tuple[float, float]]:
    """One place for each country, whatever is ticked: near those whom it meets in any body at all."""
    return stress_layout(projection(memberships(), 0, 1))
