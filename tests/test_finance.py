"""Money at different times: published numbers, closed forms, and the roots that scipy finds."""

import math
from fractions import Fraction
from itertools import pairwise, zip_longest

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jejaring.finance import break_even_years, irr, npv, npv_by_year, steady_flows

TENTH = Fraction(1, 10)
amounts = st.fractions(-1000, 1000, max_denominator=20)
rates = st.fractions(Fraction(-1, 2), 2, max_denominator=50)
streams = st.lists(amounts, min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("years", "value"), [(10, -26.2652), (15, -8.7270), (18, -1.5831), (19, 0.3790), (20, 2.1628), (30, 13.1230)]
)
def test_the_operator_who_builds_for_100_and_earns_12_a_year(years, value):
    flows = steady_flows(-100, 12, years)
    assert round(float(npv(flows, TENTH)), 4) == value
    assert isinstance(npv(flows, TENTH), Fraction)
    assert npv([float(flow) for flow in flows], 0.1) == pytest.approx(float(npv(flows, TENTH)))


def test_it_turns_positive_after_19_years_not_15():
    values = npv_by_year(steady_flows(-100, 12, 30), TENTH)
    assert [value >= 0 for value in values].index(True) == 19
    assert round(break_even_years(100, 12, TENTH), 3) == 18.799
    assert round(100 * irr(steady_flows(-100, 12, 20)), 3) == 10.316


def test_the_owner_of_the_land_gets_a_rent_and_then_a_building():
    assert round(float(npv(steady_flows(0, 1, 20, end=60), TENTH)), 4) == 17.4322


def test_a_fee_is_repaid_in_years():
    assert break_even_years(150, 96, 0) == Fraction(25, 16)
    assert break_even_years(0, 0, TENTH) == 0
    assert break_even_years(100, 10, TENTH) is None  # the interest alone takes all of it
    assert break_even_years(100, 0, 0) is None
    assert break_even_years(100, -5, 0) is None


@given(streams, streams, rates, amounts)
def test_values_add_up_and_scale(one, two, rate, factor):
    assert npv([*one, 0], rate) == npv(one, rate)
    assert npv([factor * flow for flow in one], rate) == factor * npv(one, rate)
    both = [sum(flows) for flows in zip_longest(one, two, fillvalue=0)]
    assert npv(both, rate) == npv(one, rate) + npv(two, rate)


@given(streams, rates)
def test_a_year_later_is_worth_a_year_less(flows, rate):
    assert npv([0, *flows], rate) == npv(flows, rate) / (1 + rate)
    assert npv_by_year(flows, rate)[-1] == npv(flows, rate)
    assert npv(flows, 0) == sum(flows)
    assert npv([], rate) == 0


@given(amounts, st.integers(0, 60), st.fractions(Fraction(1, 50), 2, max_denominator=50))
def test_equal_payments_have_a_closed_form(yearly, years, rate):
    assert npv(steady_flows(0, yearly, years), rate) == yearly * (1 - (1 + rate) ** -years) / rate


@given(st.integers(1, 500), st.integers(1, 200), st.fractions(0, 1, max_denominator=40))
def test_the_closed_form_of_the_break_even_is_where_the_values_turn(investment, yearly, rate):
    needed = break_even_years(investment, yearly, rate)
    assume(needed is None or needed < 95)
    values = npv_by_year(steady_flows(-investment, yearly, 100), rate)
    turned = next((year for year, value in enumerate(values) if value >= 0), None)
    if needed is None:
        assert turned is None
    elif abs(needed - round(needed)) > 1e-9:
        assert turned == math.ceil(needed)
    else:
        assert turned in (round(needed), round(needed) + 1)


@given(st.fractions(Fraction(1), 1000, max_denominator=20), st.lists(st.integers(1, 300), min_size=1, max_size=25))
def test_the_rate_is_the_root_that_scipy_finds(price, incomes):
    from scipy.optimize import brentq

    flows = [-price, *incomes]
    found = irr(flows)

    def value(factor):
        return float(sum(Fraction(flow) * Fraction(factor) ** year for year, flow in enumerate(flows)))

    factor = brentq(value, 0.0, 2.0 + float(price), xtol=1e-13, rtol=1e-14)
    assert 1 / (1 + found) == pytest.approx(factor, rel=1e-9)
    assert abs(sum(flow * (1 / (1 + Fraction(found))) ** year for year, flow in enumerate(flows))) < 1e-9 * float(
        price + sum(incomes)
    )


@given(st.lists(st.integers(-200, 200), min_size=2, max_size=9).filter(any))
def test_there_is_a_rate_when_numpy_sees_one_positive_factor(flows):
    import numpy as np

    roots = np.polynomial.polynomial.polyroots([float(flow) for flow in flows])
    alone = sorted(root.real for root in roots if root.real > 1e-6)
    real = [root.real for root in roots if abs(root.imag) < 1e-4 and root.real > 1e-6]
    clear = all(abs(root.imag) > 1e-2 or abs(root.imag) < 1e-9 for root in roots)
    assume(clear and all(later - sooner > 1e-3 for sooner, later in pairwise(alone)))
    if len(real) == 1:
        assert 1 / (1 + irr(flows)) == pytest.approx(real[0], rel=1e-6)
    else:
        with pytest.raises(ValueError, match=rf"{len(real)} rates above -1"):
            irr(flows)


@given(rates, st.integers(1, 12), st.fractions(1, 50, max_denominator=4))
def test_a_rate_that_was_put_in_comes_out(rate, years, price):
    assert irr([-price, *[0] * (years - 1), price * (1 + rate) ** years]) == pytest.approx(float(rate), abs=1e-12)
    assert irr([0, 0, price, *[0] * (years - 1), -price * (1 + rate) ** years]) == pytest.approx(float(rate), abs=1e-12)


def test_a_rate_of_which_the_value_only_touches_0():
    assert irr([-1, 4, -4]) == 1.0  # -(1 - 2 / (1 + rate))**2
    assert irr([-100, 0, 50]) == pytest.approx(math.sqrt(0.5) - 1)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda: irr([-100, 230, -132]),
            r"flows is \[-100, 230, -132\]; 2 rates above -1 make its net present value 0",
        ),
        (lambda: irr([100, 20]), "0 rates above -1"),
        (lambda: irr([-1, 2, -2]), "0 rates above -1"),
        (lambda: irr([0, 0]), r"flows is \[0, 0\]; at least one flow must be different from 0 units of money"),
        (lambda: irr([]), r"flows is \[\]"),
        (lambda: irr([1] * 102), "flows has 102 amounts; it must have at most 101"),
        (lambda: npv([-100, "12"], 0), r"flows\[1\] is '12'; it must be a finite number \(units of money\)"),
        (lambda: npv([-100, 12], -1), r"rate is -1; it must be a finite number from -0.9 to 10 \(a share"),
        (lambda: steady_flows(-100, 12, 101), "years is 101; it must be a whole number of years from 0 to 100"),
        (lambda: steady_flows(-100, float("nan"), 2), "yearly is nan"),
        (lambda: break_even_years(-1, 12, 0), "investment is -1; it must be a finite number at least 0"),
        (lambda: break_even_years(1, 12, -0.1), "rate is -0.1"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
