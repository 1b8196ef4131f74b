"""Assignment 6: what the general tests of assignments can't know."""

from itertools import product

import pytest

from jejaring.panels.shop import eight_contracts, land_for_years
from tests.assignments import bank, cell, given
from tests.solvers.ps06 import index, land, luck, market, merged, swing, three, verdict, worth

BANK = bank("ps06")


def drawn(qid):
    """Every combination of an exercise's parameters."""
    spec = BANK[qid]["parameters"]
    return [dict(zip(spec, values, strict=True)) for values in product(*(entry["values"] for entry in spec.values()))]


def test_the_panels_can_be_set_to_every_students_numbers():
    shop, field = eight_contracts(), land_for_years()
    for case in drawn("ps06-luck"):
        shop.set(fall=case["fall"], commission=case["commission"], second="hit_too")
    for case in drawn("ps06-land"):
        field.set(rate=case["rate"], yearly=case["yearly"], years=land(**case)["longest"])
        assert land(**case)["longest"] < 40, "a longer contract can't be looked up"


@pytest.mark.parametrize("case", drawn("ps06-luck"), ids=str)
def test_no_two_rows_of_the_panel_are_the_same_by_accident(case):
    found = luck(**case)
    assert len({round(found[party]) for party in ("shop", "agent", "franchisee", "operator")}) == 4


@pytest.mark.parametrize("fall", BANK["ps06-luck"]["parameters"]["fall"]["values"])
def test_the_commission_that_halves_the_loss_years_can_be_read_off(fall):
    limit = luck(fall, 24)["limit"]
    assert luck(fall, limit)["agent"] < 49.4
    assert luck(fall, limit - 1)["agent"] > 50.6


@pytest.mark.parametrize("case", drawn("ps06-land"), ids=str)
def test_the_shortest_and_the_longest_contract_can_be_read_off(case):
    found = land(**case)
    before, after = ([-100, *[case["yearly"]] * found["shortest"]][:length] for length in (-1, None))
    assert worth(before, case["rate"] / 100) < -0.05
    assert worth(after, case["rate"] / 100) > 0.05
    later = [0, *[1] * found["longest"], 61]
    assert worth(later, case["rate"] / 100) < case["wants"] - 0.05
    assert 1 <= found["shortest"] <= found["longest"]


def test_separate_luck_swings_less_than_one_shop_and_more_than_half_of_it():
    for case in drawn("ps06-swing"):
        found = swing(**case)
        assert found["sd"] / 2 + 1 < found["apart"] < found["sd"] - 1
        assert found["same"] == pytest.approx(found["sd"])


def test_together_they_always_earn_more_and_the_shapley_value_is_no_simpler_rule():
    for case in drawn("ps06-three"):
        s, t, u = case["alone"]
        assert case["st"] >= s + t
        assert case["su"] >= s + u
        assert case["tu"] >= t + u
        found, total = three(**case), case["together"]
        assert total >= max(case["st"] + u, case["su"] + t, case["tu"] + s)
        for name, alone in zip(("sekar", "tari", "umar"), case["alone"], strict=True):
            assert abs(found[name] - total / 3) > 0.2
            assert abs(found[name] - total * alone / sum(case["alone"])) > 0.2


def test_every_opinion_but_the_ban_is_somebodys_and_no_number_is_at_a_limit():
    cases = drawn("ps06-verdict")
    assert {verdict(**case) for case in cases} == {"p", "q", "both", "neither"}
    for case, plan in product(cases, "pq"):
        after = index(merged(case["sales"], plan), 400)
        assert abs(after - 1800) > 10
        assert abs(after - index(case["sales"], 400) - 150) > 5


def test_the_home_makers_have_a_share_in_every_market():
    for case in drawn("ps06-market"):
        assert sum(case["sales"]) < 400
        assert market(**case)["wide"] == pytest.approx(market(**case)["p"] / case["times"] ** 2)


def test_no_hidden_stream_is_worth_nothing():
    options = given("ps06-now-code")
    for flows, rate in options["inputs"]:
        assert abs(options["key"](flows, rate)) > 0.01, "an empty loop would be right"


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_mended_letter_keeps_what_the_three_agreed(language):
    letter, notes = cell("ps06", "ps06-letter", language), cell("ps06", "letter", language)
    for fact in ("Sekar Wulandari", "Dimas Hartono", "Lastri Rahayu", "Semarang", "40", "20", "24", "1633"):
        assert fact in letter
        assert fact in notes
