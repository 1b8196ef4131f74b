"""Wheat and promises: what sharing out trades wins, and what depending on others costs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.specialists import best_circle, circles, expected_loaves, loaves_each

DAY = {"trades": 6, "hours": 10, "setup": Fraction(3, 2)}
SHARES = st.fractions(0, 1, max_denominator=20)
SETUPS = st.fractions(0, 3, max_denominator=20)
TRADES = st.integers(1, 12)


def test_a_day_by_hand() -> None:
    assert circles(6) == (1, 2, 3, 6)
    assert [loaves_each(people, **DAY) for people in circles(6)] == [1, Fraction(11, 2), 7, Fraction(17, 2)]


def test_alone_one_can_starve() -> None:
    assert loaves_each(1, trades=6, hours=10, setup=2) == 0
    assert loaves_each(6, trades=6, hours=10, setup=2) == 8


def test_where_the_best_circle_changes() -> None:
    """Six and three are equal where kept ** 3 is 7 / 8.5, three and two at 5.5 / 7, two and one at 1 / 5.5."""
    limits = {6: (7 / 8.5) ** (1 / 3), 3: 5.5 / 7, 2: 1 / 5.5}
    for people, limit in limits.items():
        assert best_circle(**DAY, kept=limit + 0.001) == people
        assert best_circle(**DAY, kept=limit - 0.001) < people


@given(TRADES, SETUPS)
def test_without_setup_nothing_is_won_and_with_it_never_lost(trades: int, setup: Fraction) -> None:
    alone = loaves_each(1, trades=trades, hours=10, setup=setup)
    made = [loaves_each(people, trades=trades, hours=10, setup=setup) for people in circles(trades)]
    assert made == sorted(made)
    assert {loaves_each(people, trades=trades, hours=10, setup=0) for people in circles(trades)} == {10}
    assert made[0] == alone >= 0


@given(TRADES, SETUPS, SHARES)
def test_promises_only_cost_those_who_need_them(trades: int, setup: Fraction, kept: Fraction) -> None:
    for people in circles(trades):
        day = {"trades": trades, "hours": 10, "setup": setup}
        assert 0 <= expected_loaves(people, **day, kept=kept) <= loaves_each(people, **day)
        assert expected_loaves(people, **day, kept=1) == loaves_each(people, **day)
    assert expected_loaves(1, **day, kept=0) == loaves_each(1, **day)


@given(TRADES, SETUPS, SHARES, SHARES)
def test_better_words_never_make_the_best_circle_smaller(
    trades: int, setup: Fraction, one: Fraction, other: Fraction
) -> None:
    low, high = sorted((one, other))
    best = [best_circle(trades=trades, hours=10, setup=setup, kept=kept) for kept in (low, high)]
    assert best == sorted(best)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"people": 4}, r"people is 4; .* one of \(1, 2, 3, 6\) people"),
        ({"people": 7}, "people is 7; it must be a whole number of people from 1 to 6"),
        ({"trades": 0}, "trades is 0; it must be a whole number of trades, 1 or more"),
        ({"hours": -1}, r"hours is -1; .* \(hours\)"),
        ({"setup": -1}, r"setup is -1; .* \(hours for each trade\)"),
        ({"kept": 1.5}, "kept is 1.5; .* from 0 to 1"),
    ],
)
def test_what_is_refused(change: dict[str, float], message: str) -> None:
    settings = {"people": 3, **DAY, "kept": 1} | change
    with pytest.raises(ValueError, match=message):
        expected_loaves(settings.pop("people"), **settings)
