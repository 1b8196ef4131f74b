"""Bargaining: published numbers, and what defines each solution."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.bargaining import (
    nash_price,
    nash_solution,
    nash_solution_on_line,
    rubinstein_shares,
    zone_of_agreement,
)

amounts = st.fractions(0, 1000, max_denominator=50)
shares = st.fractions(0, 1, max_denominator=50)
patience = st.fractions(0, Fraction(99, 100), max_denominator=100)


def test_published_numbers():
    assert nash_solution(100, (20, 40)) == (40, 60)
    assert nash_solution(100, (20, 40), power=Fraction(3, 5)) == (44, 56)
    assert nash_solution(100, (20, 40), power=0.6) == pytest.approx((44, 56))
    assert nash_solution_on_line(100, 2, (10, 20)) == (25, 50)
    assert rubinstein_shares(Fraction(9, 10), Fraction(9, 10)) == (Fraction(10, 19), Fraction(9, 19))
    assert rubinstein_shares(Fraction(9, 10), Fraction(8, 10))[0] == Fraction(5, 7)
    assert rubinstein_shares(0.9, 0.8)[0] == pytest.approx(5 / 7)


def test_exact_in_exact_out():
    assert all(isinstance(share, Fraction) for share in nash_solution(100, (20, 41)))
    assert all(isinstance(share, float) for share in nash_solution(100.0, (20, 40)))


@given(alone=st.tuples(amounts, amounts), gain=amounts, power=shares)
def test_nash_divides_the_gain_and_nothing_else(alone, gain, power):
    first, second = nash_solution(sum(alone) + gain, alone, power)
    assert (first - alone[0], second - alone[1]) == (power * gain, (1 - power) * gain)


@given(
    alone=st.tuples(amounts, amounts),
    slope=st.fractions(Fraction(1, 20), 20, max_denominator=20),
    gain=amounts,
    other=shares,
)
def test_nash_has_the_largest_product_of_gains_on_the_line(alone, slope, gain, other):
    intercept = alone[1] + slope * alone[0] + gain
    first, second = nash_solution_on_line(intercept, slope, alone)
    assert second == intercept - slope * first
    rival = alone[0] + other * gain / slope
    product = (rival - alone[0]) * (intercept - slope * rival - alone[1])
    assert (first - alone[0]) * (second - alone[1]) >= product >= 0


@given(patience, patience)
def test_rubinstein_leaves_nobody_a_reason_to_wait(first, second):
    mine, yours = rubinstein_shares(first, second)
    assert mine + yours == 1
    assert yours == second * rubinstein_shares(second, first)[0]  # you get now what your own turn is worth to you


@given(patience, patience, patience)
def test_rubinstein_pays_patience(first, second, other):
    if other > first:
        assert rubinstein_shares(other, second)[0] >= rubinstein_shares(first, second)[0]
    assert rubinstein_shares(first, first)[0] >= Fraction(1, 2)  # making the first offer never hurts equals


@given(amounts, amounts, shares)
def test_a_price_lies_in_the_zone_or_is_none(seller, buyer, power):
    zone, price = zone_of_agreement(seller, buyer), nash_price(seller, buyer, power)
    if seller > buyer:
        assert zone is None
        assert price is None
    else:
        assert zone == (seller, buyer)
        assert seller <= price <= buyer
        assert price - seller == power * (buyer - seller)
        assert (price - seller, buyer - price) == nash_solution(buyer - seller, (0, 0), power)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: nash_solution(50, (20, 40)), r"disagreement is \(20, 40\); worth 60, it must be worth at most 50"),
        (lambda: nash_solution(100, (20, 40), power=2), "power is 2; it must be a finite number from 0 to 1"),
        (lambda: nash_solution(float("nan"), (20, 40)), "intercept is nan; it must be a finite number"),
        (lambda: nash_solution("100", (20, 40)), "intercept is '100'"),
        (lambda: nash_solution_on_line(100, -2, (10, 20)), "slope is -2; it must be a finite number above 0"),
        (lambda: rubinstein_shares(1, 0.5), "patience_first is 1; it must be a finite number at least 0 and below 1"),
        (lambda: rubinstein_shares(0.5, -0.1), "patience_second is -0.1"),
        (lambda: nash_price(60, 90, power=-1), "power is -1"),
        (lambda: zone_of_agreement(float("inf"), 90), "seller_reservation is inf"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
