"""Attributions: no unique shares of a product, unique ones of a sum."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring.attributions import mean_shares, product, shares_by_order

amounts = st.fractions(1, 9, max_denominator=4)
growths = st.fractions(Fraction(1, 4), 5, max_denominator=4)
changes = st.lists(st.tuples(amounts, growths), min_size=1, max_size=4)


def test_innovation_times_network():
    """From 1 x 1 to 3 x 2: either cause made between a fifth and four fifths of it."""
    assert shares_by_order([1, 1], [3, 2]) == {
        (0, 1): (Fraction(2, 5), Fraction(3, 5)),
        (1, 0): (Fraction(4, 5), Fraction(1, 5)),
    }
    assert mean_shares([1, 1], [3, 2]) == (Fraction(3, 5), Fraction(2, 5))
    # A larger change of the same kind has other shares: they are no law.
    assert mean_shares([1, 1], [9, 4])[0] == Fraction(4, 7)


@given(changes)
def test_shares_add_up_in_every_order(change):
    before, after = [amount for amount, _ in change], [amount + growth for amount, growth in change]
    orders = shares_by_order(before, after)
    assert all(sum(parts) == 1 for parts in orders.values())
    assert all(isinstance(part, Fraction) for parts in orders.values() for part in parts)
    assert sum(mean_shares(before, after)) == 1


@given(changes)
def test_a_sum_has_one_answer_and_a_product_has_many(change):
    before, after = [amount for amount, _ in change], [amount + growth for amount, growth in change]
    [only] = set(shares_by_order(before, after, sum).values())
    growth = sum(after) - sum(before)
    assert only == tuple((new - old) / growth for old, new in zip(before, after, strict=True))
    assert mean_shares(before, after, sum) == only
    if len(change) > 1:
        assert len(set(shares_by_order(before, after).values())) > 1


@given(changes)
@settings(max_examples=30)
def test_whoever_comes_last_profits_in_a_product(change):
    before, after = [amount for amount, _ in change], [amount + growth for amount, growth in change]
    orders = shares_by_order(before, after)
    for cause in range(len(change)):
        first = [parts[cause] for order, parts in orders.items() if order[0] == cause]
        last = [parts[cause] for order, parts in orders.items() if order[-1] == cause]
        assert max(first) <= min(last)


@given(st.lists(growths, min_size=1, max_size=2))
def test_equal_causes_get_equal_means(growth):
    both = mean_shares([1, 1, *growth], [2, 2, *(2 * part for part in growth)])
    assert both[0] == both[1]


def test_floats_stay_floats_and_nothing_is_modified():
    before, after = [1.0, 1.0], [3.0, 2.0]
    assert mean_shares(before, after) == pytest.approx((0.6, 0.4))
    assert (before, after) == ([1.0, 1.0], [3.0, 2.0])
    assert product([2, Fraction(1, 2)]) == 1


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: shares_by_order([], []), "before and after have 0 and 0 causes; .* from 1 to 7"),
        (lambda: shares_by_order([1], [1, 2]), "have 1 and 2 causes"),
        (lambda: shares_by_order([1] * 8, [2] * 8), "have 8 and 8 causes"),
        (lambda: shares_by_order([1, 2], [2, 1]), "outcome is 2 before and after; there must be a change to divide"),
        (lambda: mean_shares([1, float("nan")], [2, 2]), r"before\[1\] is nan"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
