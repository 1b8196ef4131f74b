"""Regions: cases for the router, the truth table of the council, published numbers, and what an agreement must obey."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.decisions import all_decisions, decide
from jejaring.regions import APPROVAL, DISPUTES, FORMS, duties, externality_treaty, facility_costs
from jejaring.sharing import in_core, is_superadditive, savings_game, shapley_value

amounts = st.fractions(0, 100, max_denominator=20)
positive = st.fractions(Fraction(1, 20), 100, max_denominator=20)

LANDFILL = {"K": 120, "B": 140, "C": 90, "KB": 200, "KC": 160, "BC": 180, "KBC": 255}
COSTS = {frozenset(group): cost for group, cost in LANDFILL.items()}


def route(*yes):
    """Answer "yes" to these questions and "no" to all others."""
    assert set(yes) <= set(FORMS.questions)
    return decide(FORMS, {question: question in yes for question in FORMS.questions})


@pytest.mark.parametrize(
    ("yes", "outcome"),
    [
        (["with_region", "adjoining", "spills_over", "better_jointly"], "ksdd_mandatory"),
        (["with_region", "adjoining", "spills_over", "worthwhile"], "ksdd_voluntary"),
        (["with_region", "adjoining", "better_jointly", "worthwhile"], "ksdd_voluntary"),
        (["with_region", "spills_over", "better_jointly", "worthwhile"], "ksdd_voluntary"),
        (["with_region", "adjoining"], "no_ground"),
        ([], "ksdpk"),
        (["abroad", "foreign_government", "diplomatic_ties"], "ksdpl"),
        (["abroad", "foreign_government", "national_consent"], "not_allowed"),
        (["abroad", "national_consent"], "ksdll"),
        (["abroad", "diplomatic_ties"], "not_allowed"),
    ],
    ids=[
        "one landfill for two neighbours",
        "neighbours, river, no joint service",
        "neighbours, joint fire brigade",
        "far apart",
        "neighbours, nothing in common",
        "a university manages a park",
        "sister city",
        "sister city without diplomatic ties",
        "aid agency continues a national programme",
        "aid agency alone",
    ],
)
def test_the_router(yes, outcome):
    assert route("own_affair", *yes).outcome == outcome
    assert route(*yes).outcome == "not_allowed"  # foreign policy, defence: no matter of a region's


def test_mandatory_needs_all_three():
    ways = [way for way in all_decisions(FORMS) if way.outcome == "ksdd_mandatory"]
    assert [[step.question for step in way.path if step.answer] for way in ways] == [
        ["own_affair", "with_region", "adjoining", "spills_over", "better_jointly"]
    ]


def test_the_council_is_an_or():
    table = {
        facts: decide(APPROVAL, dict(zip(("burdens", "unbudgeted"), facts, strict=True))).outcome
        for facts in product([False, True], repeat=2)
    }
    assert table == {
        (False, False): "not_needed",
        (False, True): "needed",
        (True, False): "needed",
        (True, True): "needed",
    }


def test_who_settles_disputes():
    assert decide(DISPUTES, {"province_involved": False, "same_province": True}).outcome == "governor"
    assert decide(DISPUTES, {"province_involved": False, "same_province": False}).outcome == "minister"
    assert decide(DISPUTES, {"province_involved": True}).outcome == "minister"


def test_duties_follow_from_the_form():
    said = {form: {rule.says: rule.source for rule in duties(form)} for form in FORMS.outcomes}
    assert said["no_ground"] == said["not_allowed"] == {}
    for form in ("ksdd_mandatory", "ksdd_voluntary", "ksdpk", "ksdpl", "ksdll"):
        law = "permendagri22-2020" if form in ("ksdd_mandatory", "ksdd_voluntary", "ksdpk") else "permendagri25-2020"
        assert said[form]["procedure"].law == law
        assert "head_signs" in said[form]
    assert set(said["ksdd_mandatory"]) - set(said["ksdd_voluntary"]) == {"takeover"}
    assert {"council_agrees", "minister_agrees"} < set(said["ksdpl"]) & set(said["ksdll"])
    assert said["ksdd_voluntary"]["head_signs"].certainty == "S"
    assert said["ksdpl"]["head_signs"].certainty == "L"


def test_published_treaty():
    treaty = externality_treaty(2, 4, 1)
    assert (treaty.alone, treaty.agreed, treaty.gain) == (2, 6, 8)
    assert (treaty.least, treaty.most, treaty.transfer) == (8, 16, 12)
    assert treaty.range == (8, 16)
    welfare = [(2 + 4) * q - Fraction(q**2) / 2 for q in (treaty.alone, treaty.agreed)]
    assert welfare == [10, 18]


@given(own=amounts, spill=amounts, cost=positive)
def test_the_best_agreement_gains_by_the_formula(own, spill, cost):
    treaty = externality_treaty(own, spill, cost)
    assert (treaty.alone, treaty.agreed) == (own / cost, (own + spill) / cost)
    assert treaty.gain == spill**2 / (2 * cost) >= 0
    assert (treaty.least, treaty.most) == (
        treaty.gain,
        2 * treaty.gain,
    )  # half of what downstream gains is lost upstream
    assert isinstance(treaty.gain, Fraction)


@given(own=amounts, spill=st.fractions(-20, 20, max_denominator=20), cost=positive, agreed=amounts)
def test_there_is_a_payment_exactly_when_there_is_a_gain(own, spill, cost, agreed):
    spill = max(spill, -own)
    treaty = externality_treaty(own, spill, cost, agreed=agreed)
    both = [(own + spill) * q - cost * q**2 / 2 for q in (treaty.alone, treaty.agreed)]
    assert treaty.gain == both[1] - both[0] <= externality_treaty(own, spill, cost).gain
    assert (treaty.range is not None) == (treaty.transfer is not None) == (treaty.gain >= 0)
    assert treaty.least >= 0  # upstream alone does the best for itself
    if treaty.range is not None:
        low, high = treaty.range
        assert treaty.transfer == (low + high) / 2
        assert treaty.transfer - treaty.least == treaty.most - treaty.transfer == treaty.gain / 2


def test_a_harm_is_treated_less():
    treaty = externality_treaty(4, -2, 1)
    assert (treaty.alone, treaty.agreed, treaty.gain) == (4, 2, 2)


def test_too_much_of_a_good_thing():
    assert externality_treaty(2, 4, 1, agreed=10).gain == 0
    assert externality_treaty(2, 4, 1, agreed=11).range is None
    assert externality_treaty(2.0, 4, 1).transfer == pytest.approx(12)


def test_published_landfill():
    shares = shapley_value(["K", "B", "C"], COSTS)
    assert shares == {"K": Fraction(260, 3), "B": Fraction(320, 3), "C": Fraction(185, 3)}
    assert in_core(["K", "B", "C"], COSTS, shares, costs=True)
    saved = {region: COSTS[frozenset(region)] - paid for region, paid in shares.items()}
    assert saved == {"K": Fraction(100, 3), "B": Fraction(100, 3), "C": Fraction(85, 3)}
    assert saved == shapley_value(["K", "B", "C"], savings_game(["K", "B", "C"], COSTS))


@st.composite
def maps(draw):
    """Draw regions on a line, so that distances are possible."""
    places = draw(st.lists(amounts, min_size=1, max_size=4))
    names = "ABCD"[: len(places)]
    distances = {
        frozenset((one, two)): abs(places[names.index(one)] - places[names.index(two)])
        for one in names
        for two in names
        if one != two
    }
    return {name: draw(amounts) for name in names}, distances


@given(maps(), amounts, st.fractions(0, 5, max_denominator=20))
def test_a_joint_landfill_stands_where_it_is_cheapest(drawn, building, hauling):
    waste, distances = drawn
    costs = facility_costs(waste, distances, building=building, hauling=hauling)
    assert len(costs) == 2 ** len(waste) - 1
    for group, cost in costs.items():
        by_site = [
            building + sum(hauling * waste[home] * distances.get(frozenset((home, site)), 0) for home in group)
            for site in group
        ]
        assert cost == min(by_site)
    assert sum(shapley_value(list(waste), costs).values()) == costs[frozenset(waste)]


def test_neighbours_save_and_the_far_away_do_not():
    near = facility_costs({"A": 5, "B": 3}, {frozenset("AB"): 10}, building=100, hauling=1)
    far = facility_costs({"A": 5, "B": 3}, {frozenset("AB"): 50}, building=100, hauling=1)
    assert (near[frozenset("AB")], far[frozenset("AB")]) == (130, 250)
    assert is_superadditive(["A", "B"], near, costs=True)
    assert not is_superadditive(["A", "B"], far, costs=True)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda: externality_treaty(-1, 4, 1),
            r"own_gain is -1; it must be a finite number at least 0 \(money per unit\)",
        ),
        (lambda: externality_treaty(2, -3, 1), "spillover is -3; it must be a finite number at least -2"),
        (lambda: externality_treaty(2, 4, 0), "cost is 0; it must be a finite number above 0"),
        (lambda: externality_treaty(2, 4, 1, agreed=-1), "agreed is -1"),
        (lambda: duties("ksd"), "form is 'ksd'; it must be one of 'ksdd_mandatory', "),
        (lambda: facility_costs({}, {}, building=1, hauling=1), "waste is empty; at least one region"),
        (
            lambda: facility_costs({"A": 1, "B": 1}, {}, building=1, hauling=1),
            r"distances\['A', 'B'\] is None; it must be a finite number at least 0 \(km\)",
        ),
        (lambda: facility_costs({"A": -1}, {}, building=1, hauling=1), r"waste\['A'\] is -1; it must .* \(tons\)"),
        (lambda: facility_costs({"A": 1}, {}, building="1", hauling=1), "building is '1'"),
        (lambda: facility_costs({"A": 1}, {}, building=1, hauling=-1), "hauling is -1"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
