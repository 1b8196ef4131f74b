"""Lesson 6 says what the models say: keys and numbers in prose against the library."""

import math
from fractions import Fraction

import pytest

from jejaring import companies, contracts, finance, shops
from jejaring.decisions import decide
from jejaring.exercises.bank import find
from jejaring.panels import shop as panels
from jejaring.sharing import in_core, objections, shapley_value

FALL = Fraction(30, 100)


def key(qid: str) -> dict[str, float]:
    return find(qid).entry["key"]


def losses(fall: Fraction, second: Fraction = Fraction(0)) -> dict[str, dict[str, int]]:
    years = shops.random_years(shops.Shop(), 2000, seed=6, fall=fall, second_fall=second)
    deals = shops.spreads(years, shops.eight_deals(shops.Shop()))
    return {name: {party: round(100 * one.loss_share) for party, one in deal.items()} for name, deal in deals.items()}


def test_the_years_are_lost_as_the_lesson_says() -> None:
    fell = losses(FALL)
    assert (fell["agency"]["agent"], fell["franchise"]["franchisee"], fell["bot"]["operator"]) == (96, 81, 53)
    shared = [fell["musyarakah"], fell["joint_venture"], {"financier": fell["mudharabah"]["financier"]}]
    assert {loss for deal in shared for loss in deal.values()} == {34}
    never = {party for deal in fell.values() for party, loss in deal.items() if loss == 0}
    assert never == {"manager", "principal", "franchisor", "landowner", "members"}
    assert losses(FALL, FALL)["merger"]["owner"] == key("l06-break")["years"]


def test_two_simple_shops_lose_as_the_lesson_says() -> None:
    good, bad = 60, -40
    apart = [first / 2 + second / 2 for first in (good, bad) for second in (good, bad)]
    same = [both / 2 + both / 2 for both in (good, good, bad, bad)]
    expected = key("l06-break")
    assert [sum(result < 0 for result in results) for results in (apart, same)] == [expected["apart"], expected["same"]]


def test_one_year_by_hand() -> None:
    shop = shops.Shop()
    assert (shop.year(1000).profit, shop.year(700).profit) == (110, 5)
    loss = contracts.Year(0, fixed=30)
    expected = key("l06-splits")
    assert contracts.mudharabah(Fraction(3, 5))(loss)["manager"] == expected["manager"]
    halves = dict.fromkeys(("a", "b"), Fraction(1, 2))
    assert -contracts.musyarakah({"a": 120, "b": 80}, halves)(loss)["b"] == expected["partner"]
    venture = contracts.joint_venture({"a": Fraction(3, 5), "b": Fraction(2, 5)})
    assert -venture(contracts.Year(0, fixed=300))["b"] == expected["venture"]
    assert contracts.revenue_sharing(Fraction(3, 10))(contracts.Year(1000, 700))["manager"] == expected["revenue"]
    assert contracts.agency(Fraction(1, 4))(contracts.Year(80, 30))["principal"] == expected["author"]


def test_at_the_margin_the_agent_is_the_shop() -> None:
    expected, year = key("l06-commission"), shops.Shop().year(1000)
    paid = contracts.agency(Fraction(expected["commission"]) / 100)(year)
    assert (paid["agent"], paid["principal"]) == (year.profit, expected["principal"])


def worth(total: int) -> dict[frozenset[str], int]:
    made = {"A": 100, "B": 60, "C": 40, "AB": 220, "AC": 180, "BC": 120, "ABC": total}
    return {frozenset(group): money for group, money in made.items()}


def test_shares_break_where_the_lesson_says() -> None:
    expected = key("l06-fair-splits")
    equal = [
        total
        for total in range(200, 401, 5)
        if not objections("ABC", worth(total), dict.fromkeys("ABC", Fraction(total, 3)))
    ]
    shapley = [
        total for total in range(200, 401, 5) if in_core("ABC", worth(total), shapley_value("ABC", worth(total)))
    ]
    assert (min(equal), min(shapley)) == (expected["equal"], expected["shapley"])
    assert in_core("ABC", worth(260), {"A": 140, "B": 80, "C": 40})


def test_the_kiosk_pays_when_the_lesson_says() -> None:
    exact = finance.break_even_years(100, 12, 0.1)
    assert exact is not None
    assert math.ceil(exact) == 19
    expected = key("l06-bot-find")
    pays = [yearly for yearly in range(6, 31) if finance.npv(finance.steady_flows(-100, yearly, 15), 0.1) >= 0]
    assert min(pays) == expected["yearly"]
    short, long = (finance.npv(finance.steady_flows(0, 1, years, end=60), 0.1) for years in (15, 20))
    assert short - long == pytest.approx(expected["owner"], abs=0.001)


def test_the_price_of_a_name() -> None:
    expected, fees = key("l06-franchise-numbers"), (Fraction(5, 100), Fraction(2, 100))
    assert float(contracts.break_even_sales(240, Fraction(35, 100), *fees)) == pytest.approx(
        expected["sales"], abs=0.001
    )
    profit = contracts.franchise(*fees)(shops.Shop().year(1200))["franchisee"]
    assert profit == expected["profit"]


def test_rivals_and_points() -> None:
    expected, market = key("l06-rivals"), [40, 30, 20, 10]
    small, large = companies.merger_effect(market, 2, 3), companies.merger_effect(market, 0, 1)
    assert (small.before, small.change, large.change) == (expected["index"], expected["small"], expected["large"])

    def looked_at(each: int) -> bool:
        rest = [Fraction(100 - 2 * each, 10)] * 10
        return companies.is_concerning(companies.merger_effect([each, each, *rest], 0, 1))

    assert min(filter(looked_at, range(1, 50))) == expected["find"]


def test_members_share_the_surplus() -> None:
    def paid(bought: int, saved: int, savings: int) -> float:
        shares = {"services_share": Fraction(30, 100), "capital_share": Fraction(savings, 100)}
        return float(
            companies.member_surplus(
                100, sales=bought, total_sales=200, savings=saved, total_savings=50, **shares
            ).total
        )

    expected = key("l06-surplus")
    assert paid(20, 2, 20) == pytest.approx(expected["dewi"])
    assert max(savings for savings in range(41) if paid(30, 1, savings) > paid(4, 12, savings)) == expected["savings"]


CASES = {
    "brew": "personality_ends property_passes one_receiver several_end",
    "banks": "personality_ends property_passes one_receiver existing_receiver several_end",
    "banner": "control_changes",
    "tenth": "",
    "delivery": "part_passes",
    "closing": "personality_ends",
}


@pytest.mark.parametrize("case", CASES)
def test_the_law_names_each_case_as_the_key_does(case: str) -> None:
    tree = companies.RESTRUCTURING
    facts = {question: question in CASES[case].split() for question in tree.questions}
    assert decide(tree, facts).outcome == key("l06-law")[case]


def test_the_bet_stands_in_the_picture() -> None:
    assert "Tebakanmu" in panels.eight_contracts(bet="franchise").twin
    assert "Tebakanmu" not in panels.eight_contracts(bet="nobody").twin
