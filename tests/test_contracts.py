"""Contracts: published numbers, and that none of them makes money or loses it."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.companies import member_surplus
from jejaring.contracts import (
    Year,
    agency,
    break_even_sales,
    build_operate_transfer,
    cooperative,
    diversified_sd,
    franchise,
    joint_venture,
    merger,
    mudharabah,
    musyarakah,
    revenue_sharing,
)

F = Fraction
money = st.fractions(0, 1000, max_denominator=20)
parts = st.fractions(0, 1, max_denominator=20)
years = st.builds(Year, money, money, money, st.fractions(-500, 500, max_denominator=20))


@st.composite
def contracts(draw):
    """Any contract with any terms."""
    one, two = draw(parts), draw(parts)
    both = {"a": one, "b": 1 - one}
    return draw(
        st.sampled_from(
            [
                mudharabah(one),
                musyarakah({"a": draw(money), "b": draw(money) + 1}, both),
                joint_venture(both),
                revenue_sharing(one),
                agency(one),
                franchise(one, two * (1 - one)),
                build_operate_transfer(draw(money)),
                merger(one),
                cooperative(one, two * (1 - one)),
            ]
        )
    )


@given(contracts(), years)
def test_the_parties_get_what_the_shop_earned_and_nothing_else(contract, year):
    shared = contract(year)
    assert sum(shared.values()) == year.profit == year.sales - year.goods - year.fixed
    assert all(isinstance(part, Fraction) for part in shared.values())
    assert contract(year) == shared  # a contract remembers nothing


@given(contracts(), years)
def test_floats_give_the_same(contract, year):
    rough = Year(float(year.sales), float(year.goods), float(year.fixed), float(year.second_profit))
    exact = contract(year)
    for party, part in contract(rough).items():
        if abs(year.profit) > 1e-6:  # else rounding may turn a loss into a profit, and nothing is shared anyway
            assert float(part) == pytest.approx(float(exact[party]), abs=1e-9)


def test_mudharabah_shares_a_profit_and_not_a_loss():
    contract = mudharabah(F(3, 5))
    assert contract(Year(50)) == {"financier": 30, "manager": 20}
    assert contract(Year(0, fixed=30)) == {"financier": -30, "manager": 0}
    assert str(contract(Year(0.0, fixed=30))["manager"]) == "0"  # not -0


def test_musyarakah_shares_a_loss_by_capital():
    contract = musyarakah({"a": 120, "b": 80}, {"b": F(1, 2), "a": F(1, 2)})
    assert contract(Year(0, fixed=30)) == {"a": -18, "b": -12}
    assert contract(Year(50)) == {"a": 25, "b": 25}


@given(parts, years)
def test_mudharabah_is_musyarakah_with_all_the_capital_on_one_side(nisbah, year):
    both = musyarakah({"financier": 200, "manager": 0}, {"financier": nisbah, "manager": 1 - nisbah})
    assert mudharabah(nisbah)(year) == both(year)


@given(parts, years)
def test_a_joint_venture_is_musyarakah_with_profit_by_capital(owned, year):
    shares = {"a": owned, "b": 1 - owned}
    assert joint_venture(shares)(year) == musyarakah(shares, shares)(year)


def test_revenue_and_profit_sharing_with_the_same_share():
    year = Year(1000, goods=700)
    assert revenue_sharing(F(3, 10))(year)["financier"] == 300
    assert mudharabah(F(3, 10))(year)["financier"] == 90


@given(parts, years)
def test_a_share_of_the_sales_is_never_less_than_a_share_of_the_profit(part, year):
    assert revenue_sharing(part)(year)["financier"] >= mudharabah(part)(year)["financier"]
    assert revenue_sharing(part)(year)["financier"] >= 0


def test_a_partner_of_40_percent_pays_40_percent_of_the_cash_call():
    assert joint_venture({"local": F(2, 5), "foreign": F(3, 5)})(Year(0, fixed=300)) == {"local": -120, "foreign": -180}


def test_the_author_and_the_seller_of_a_book():
    assert agency(F(1, 4))(Year(80, goods=30)) == {"principal": 30, "agent": 20}


def test_a_franchise_pays_before_it_earns():
    terms = {"royalty": F(5, 100), "levy": F(2, 100)}
    assert franchise(**terms)(Year(1200, goods=780, fixed=240)) == {
        "franchisee": 96,
        "franchisor": 60,
        "advertising": 24,
    }
    assert break_even_sales(240, F(35, 100), **terms) == F(6000, 7)
    assert round(float(break_even_sales(240, F(35, 100), **terms)), 6) == 857.142857
    assert round(break_even_sales(240, 0.35), 6) == 685.714286


@given(money, st.fractions(F(1, 2), 1, max_denominator=20), parts, parts)
def test_at_the_break_even_nothing_is_left(fixed, margin, royalty, levy):
    terms = {"royalty": royalty / 5, "levy": levy / 5}
    sales = break_even_sales(fixed, margin, **terms)
    assert franchise(**terms)(Year(sales, (1 - margin) * sales, fixed))["franchisee"] == 0


@given(years, money)
def test_the_owner_of_the_land_gets_the_same_in_every_year(year, rent):
    assert build_operate_transfer(rent)(year) == {"operator": year.profit - rent, "landowner": rent}


@given(years)
def test_all_or_nothing(year):
    assert mudharabah(1)(year) == {"financier": year.profit, "manager": 0}
    assert mudharabah(0)(year)["manager"] == max(year.profit, 0)
    assert joint_venture({"a": 1, "b": 0})(year) == {"a": year.profit, "b": 0}
    assert revenue_sharing(0)(year) == {"financier": 0, "manager": year.profit}
    assert franchise(0)(year) == {"franchisee": year.profit, "franchisor": 0, "advertising": 0}
    assert merger(1)(year)["company"] == 0
    assert cooperative(0, 0)(year) == {"members": 0, "reserve": year.profit}


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=1, max_size=6), money)
def test_the_members_of_a_cooperative_get_together_what_each_gets_alone(members, surplus):
    shares = {"services_share": F(30, 100), "capital_share": F(20, 100)}
    traded, saved = (sum(column) for column in zip(*members, strict=True))
    paid = [
        member_surplus(surplus, sales=sales, total_sales=traded, savings=savings, total_savings=saved, **shares).total
        for sales, savings in members
    ]
    assert cooperative(**shares)(Year(surplus))["members"] == sum(paid)


def test_two_halves_vary_less_than_one_whole():
    assert round(diversified_sd([100, 100], [F(1, 2), F(1, 2)]), 4) == 70.7107
    assert diversified_sd([100, 100], [0.5, 0.5], correlation=1) == pytest.approx(100)
    assert diversified_sd([100, 100], [0.5, 0.5], correlation=-1) == 0
    assert diversified_sd([100], [F(2, 5)]) == 40


@given(st.lists(st.tuples(st.integers(0, 200), parts), min_size=1, max_size=5), st.data())
def test_the_variance_is_that_of_numpy_from_the_covariance_matrix(projects, data):
    import numpy as np

    lowest = -1 / max(len(projects) - 1, 1)
    correlation = data.draw(st.floats(lowest, 1))
    sds, shares = (np.array([float(value) for value in column]) for column in zip(*projects, strict=True))
    matrix = np.outer(sds, sds) * (correlation + (1 - correlation) * np.eye(len(projects)))
    expected = float(shares @ matrix @ shares)
    found = diversified_sd([sd for sd, _ in projects], [part for _, part in projects], correlation)
    assert found**2 == pytest.approx(expected, abs=1e-6)


@given(st.integers(1, 30))
def test_many_equal_projects_of_their_own_luck_vary_by_the_root_of_their_number(projects):
    found = diversified_sd([100] * projects, [F(1, projects)] * projects)
    assert found == pytest.approx(100 / math.sqrt(projects))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: mudharabah(60), "financier is 60; it must be a finite number from 0 to 1"),
        (lambda: musyarakah({"a": 0}, {"a": 1}), "at least one partner must put in more than 0 units of money"),
        (lambda: musyarakah({"a": -1}, {"a": 1}), r"capital\['a'\] is -1; it must be a finite number at least 0"),
        (
            lambda: musyarakah({"a": 1}, {"b": 1}),
            r"profit names \['b'\]; it must name the partners of capital, \['a'\]",
        ),
        (lambda: joint_venture({"a": 0.4, "b": 0.5}), "the shares must add up to 1, and they add up to 0.9"),
        (lambda: joint_venture({}), "shares is {}"),
        (lambda: revenue_sharing(-1), "financier is -1"),
        (lambda: agency(1.5), "commission is 1.5"),
        (lambda: franchise(0.5, 0.6), "levy is 0.6; it must be a finite number from 0 to 0.5"),
        (
            lambda: break_even_sales(240, 0.05, 0.05),
            r"royalty is 0.05 and levy is 0; together .* below the margin, 0.05",
        ),
        (lambda: build_operate_transfer(-1), r"rent is -1; .* at least 0 \(units of money per year\)"),
        (lambda: merger(2), "owner is 2"),
        (lambda: cooperative(0.8, 0.8), "capital_share is 0.8"),
        (lambda: diversified_sd([], []), "sds has 0 and shares has 0 projects"),
        (
            lambda: diversified_sd([1, 1, 1], [1, 1, 1], -0.9),
            "correlation is -0.9; it must be a finite number from -1/2",
        ),
        (lambda: Year(-1), "sales is -1; it must be a finite number at least 0"),
        (lambda: Year(1, fixed=float("inf")), "fixed is inf"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()


def test_floats_may_add_up_to_1_roughly():
    assert sum(joint_venture({"a": 0.1, "b": 0.2, "c": 0.7})(Year(10)).values()) == pytest.approx(10)
