"""Companies: cases that a lawyer would sort alike, published numbers, and what must add up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.companies import (
    COMPETITION,
    RESTRUCTURING,
    MergerEffect,
    herfindahl_index,
    is_concerning,
    member_surplus,
    merger_effect,
    must_notify,
)
from jejaring.decisions import decide

amounts = st.fractions(0, 1000, max_denominator=20)
markets = st.lists(amounts, min_size=2, max_size=8).filter(any)
TRILLION = 10**12


def answers(tree, *, yes):
    """Answer "yes" to these questions and "no" to all others."""
    assert set(yes) <= set(tree.questions)
    return decide(tree, {question: question in yes for question in tree.questions})


@pytest.mark.parametrize(
    ("yes", "outcome", "article"),
    [
        (["personality_ends", "property_passes", "one_receiver", "existing_receiver"], "merger", "1(9)"),
        (["personality_ends", "property_passes", "one_receiver", "several_end"], "consolidation", "1(10)"),
        (["control_changes"], "acquisition", "1(11)"),
        (["personality_ends", "property_passes"], "spin_off", "135(2)"),
        (["part_passes"], "spin_off", "135(3)"),
        (["personality_ends"], "none", "122(2)"),
        (["personality_ends", "property_passes", "one_receiver"], "none", "1(10)"),
        ([], "none", "1(12)"),
    ],
    ids=[
        "B goes up in A",
        "A and B become C",
        "A buys control of B, both go on",
        "A divides all it has between B and C",
        "A hands a part to B and goes on",
        "A is wound up",
        "A alone goes on under another name",
        "A buys shares of B without control",
    ],
)
def test_what_a_change_is_called(yes, outcome, article):
    decision = answers(RESTRUCTURING, yes=yes)
    assert (decision.outcome, decision.path[-1].source.article) == (outcome, article)


def test_a_change_of_control_ends_nobody_and_a_merger_does():
    assert answers(RESTRUCTURING, yes=["control_changes", "part_passes"]).outcome == "acquisition"
    for outcome in ("merger", "consolidation"):
        yes = ["personality_ends", "property_passes", "one_receiver", "several_end"]
        yes += ["existing_receiver"] * (outcome == "merger")
        assert answers(RESTRUCTURING, yes=yes).outcome == outcome


@pytest.mark.parametrize(
    ("yes", "outcome", "article"),
    [
        (["small_or_members_only", "competitors", "price"], "exempt", "50"),
        (["tender"], "bid_rigging", "22"),
        (["competitors", "price"], "price_fixing", "5(1)"),
        (["competitors", "price", "joint_venture"], "alliance", "5(2)"),
        (["competitors", "output", "output_harms"], "cartel", "11"),
        (["competitors", "output"], "alliance", "11"),
        (["competitors"], "alliance", "11"),
        ([], "alliance", "5(1)"),
        (["join_firms", "competitors", "joining_harms"], "banned_merger", "28"),
        (["join_firms", "over_threshold"], "notify", "5"),
        (["join_firms"], "free_merger", "5"),
    ],
    ids=[
        "farmers' cooperative sells for its members",
        "three contractors take turns to win",
        "airlines agree on fares",
        "two firms price what their joint venture makes",
        "tyre makers cut output",
        "two bakeries agree on delivery days",
        "rivals swap fish so that each lorry is full",
        "a shop and its supplier train staff together",
        "two of three sellers become one",
        "a giant buys in another trade",
        "two workshops become one",
    ],
)
def test_cartel_or_alliance(yes, outcome, article):
    decision = answers(COMPETITION, yes=yes)
    assert (decision.outcome, decision.path[-1].source.article) == (outcome, article)


def test_what_is_only_likely_says_so():
    assert answers(COMPETITION, yes=["join_firms"]).path[-1].source.certainty == "L"
    assert answers(COMPETITION, yes=["tender"]).path[-1].source.certainty == "S"


def test_published_surplus():
    paid = member_surplus(
        100,
        sales=10,
        total_sales=200,
        savings=5,
        total_savings=50,
        services_share=Fraction(30, 100),
        capital_share=Fraction(20, 100),
    )
    assert (paid.services, paid.capital, paid.total) == (Fraction(3, 2), 2, Fraction(7, 2))
    assert isinstance(paid.total, Fraction)


@given(
    members=st.lists(st.tuples(amounts, amounts), min_size=1, max_size=6),
    surplus=amounts,
    shares=st.tuples(st.fractions(0, Fraction(1, 2), max_denominator=20), st.fractions(0, Fraction(1, 2))),
)
def test_members_get_what_the_meeting_set_aside_for_them(members, surplus, shares):
    sales, savings = (sum(amounts) for amounts in zip(*members, strict=True))
    if sales and savings:
        paid = [
            member_surplus(
                surplus,
                sales=traded,
                total_sales=sales,
                savings=saved,
                total_savings=savings,
                services_share=shares[0],
                capital_share=shares[1],
            )
            for traded, saved in members
        ]
        assert sum(each.services for each in paid) == surplus * shares[0]
        assert sum(each.capital for each in paid) == surplus * shares[1]
        assert sum(each.total for each in paid) == surplus * sum(shares)


def test_published_concentration():
    market = [40, 30, 20, 10]
    assert herfindahl_index(market) == 3000
    assert merger_effect(market, 2, 3) == MergerEffect(3000, 3400)
    assert merger_effect(market, 2, 3).change == 400
    assert merger_effect(market, 0, 1) == MergerEffect(3000, 5400)
    assert herfindahl_index([0.4, 0.3, 0.2, 0.1]) == pytest.approx(3000)


@given(markets)
def test_an_index_lies_between_equal_firms_and_one_alone(market):
    sellers = [sales for sales in market if sales]
    index = herfindahl_index(market)
    assert Fraction(10_000, len(sellers)) <= index <= 10_000
    assert (index == 10_000) == (len(sellers) == 1)
    assert (index == Fraction(10_000, len(sellers))) == (len(set(sellers)) == 1)
    assert index == herfindahl_index(market[::-1]) == herfindahl_index([3 * sales for sales in market])
    assert index == herfindahl_index([*market, 0])


@given(markets)
def test_a_merger_adds_twice_the_product_of_the_shares(market):
    shares = [100 * sales / sum(market) for sales in market]
    for first in range(len(market)):
        for second in range(len(market)):
            if first != second:
                effect = merger_effect(market, first, second)
                assert effect.change == 2 * shares[first] * shares[second]
                assert effect == merger_effect(market, second, first)


def test_a_closer_look_needs_both_a_level_and_a_rise():
    assert is_concerning(MergerEffect(1700, 1851))
    assert not is_concerning(MergerEffect(1651, 1800))
    assert not is_concerning(MergerEffect(1850, 2000))
    assert is_concerning(MergerEffect(1850, 2000), change=100)


def test_large_mergers_are_notified():
    assert not must_notify(Fraction(5, 2) * TRILLION, 5 * TRILLION)  # above, not at
    assert must_notify(Fraction(5, 2) * TRILLION + 1, 0)
    assert must_notify(0, 5 * TRILLION + 1)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: herfindahl_index([]), r"sales is \[\]; at least one firm must sell something"),
        (lambda: herfindahl_index([0, 0]), r"sales is \[0, 0\]; at least one firm must sell something"),
        (
            lambda: herfindahl_index([1, -1]),
            r"sales\[1\] is -1; it must be a finite number at least 0 \(units of sales\)",
        ),
        (
            lambda: merger_effect([1, 1], 0, 2),
            "second is 2; it must be a whole number of positions in sales from 0 to 1",
        ),
        (lambda: merger_effect([1, 1], 1, 1), "second is 1; a firm can't merge with itself"),
        (lambda: is_concerning(MergerEffect(1, 2), level=-1), "level is -1"),
        (lambda: is_concerning(MergerEffect(3000, 3400), change=float("nan")), "change is nan"),
        (lambda: must_notify(-1, 0), r"assets is -1; it must be a finite number at least 0 \(rupiah\)"),
        (lambda: must_notify(0, "5"), "sales is '5'"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"surplus": -1}, r"surplus is -1; it must be a finite number at least 0 \(units of the currency\)"),
        ({"services_share": 2}, r"services_share is 2; it must be a finite number from 0 to 1"),
        (
            {"capital_share": Fraction(4, 5)},
            r"capital_share is Fraction\(4, 5\); it must be a finite number from 0 to 7/10",
        ),
        ({"sales": 300}, r"sales is 300; it must be a finite number from 0 to 200 \(units, at most total_sales\)"),
        ({"total_sales": 0}, "total_sales is 0; it must be a finite number above 0"),
        ({"savings": -5}, "savings is -5"),
        ({"total_savings": True}, "total_savings is True"),
    ],
)
def test_refuses_a_member_who_does_not_fit(wrong, told):
    right = {"surplus": 100, "sales": 10, "total_sales": 200, "savings": 5, "total_savings": 50}
    right |= {"services_share": Fraction(3, 10), "capital_share": Fraction(1, 5)}
    with pytest.raises(ValueError, match=told):
        member_surplus(**right | wrong)
