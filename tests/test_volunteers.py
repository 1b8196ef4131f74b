"""The volunteer's dilemma: published numbers, what makes it an equilibrium, and rounds that are played."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.volunteers import nobody_probability, play_rounds, volunteer_probability

costs = st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=40)
sizes = st.integers(2, 60)


def test_published_numbers():
    assert volunteer_probability(1, 4, 2) == 0.75
    assert nobody_probability(1, 4, 2) == 0.0625
    assert round(volunteer_probability(1, 4, 10), 4) == 0.1428
    assert round(nobody_probability(1, 4, 10), 4) == 0.2143
    assert nobody_probability(0.25, 1.0, 10) == nobody_probability(Fraction(1, 4), 1, 10)


@given(costs, sizes)
def test_doing_it_is_worth_as_much_as_waiting(cost, size):
    often = volunteer_probability(cost, 1, size)
    others_wait = (1 - often) ** (size - 1)
    assert 1 - others_wait == pytest.approx(float(1 - cost))
    assert nobody_probability(cost, 1, size) == pytest.approx((1 - often) ** size)


@given(costs, sizes)
def test_more_people_less_help(cost, size):
    assert volunteer_probability(cost, 1, size + 1) < volunteer_probability(cost, 1, size)
    assert nobody_probability(cost, 1, size) < nobody_probability(cost, 1, size + 1) < cost


def test_in_a_large_crowd_nobody_acts_as_often_as_the_cost_is_of_the_benefit():
    assert nobody_probability(1, 4, 100_000) == pytest.approx(0.25, abs=1e-5)


@pytest.mark.parametrize("cost", [0.1, 0.25, 0.8])
def test_agrees_with_nashpy_for_two(cost):
    nashpy = pytest.importorskip("nashpy")
    row = [[1 - cost, 1 - cost], [1, 0]]
    found = nashpy.Game(row, list(map(list, zip(*row, strict=True)))).support_enumeration()
    mixed = [first[0] for first, _ in found if 0 < first[0] < 1]
    assert mixed == pytest.approx([volunteer_probability(cost, 1, 2)])


@pytest.mark.parametrize("size", [2, 5, 10])
def test_rounds_that_are_played_agree(size):
    often = volunteer_probability(1, 4, size)
    counts = play_rounds(often, size=size, rounds=8000, seed=1)
    assert counts.count(0) / 8000 == pytest.approx(nobody_probability(1, 4, size), abs=0.015)
    assert sum(counts) / 8000 == pytest.approx(size * often, abs=0.05)
    assert counts == play_rounds(often, size=size, rounds=8000, seed=1)
    assert counts != play_rounds(often, size=size, rounds=8000, seed=2)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: volunteer_probability(4, 4, 2), r"cost is 4; it must be a finite number above 0 and below 4"),
        (lambda: volunteer_probability(0, 4, 2), "cost is 0"),
        (lambda: nobody_probability(1, -4, 2), "benefit is -4"),
        (lambda: nobody_probability(1, 4, 1), "size is 1; it must be a whole number of people, 2 or more"),
        (lambda: play_rounds(1.5, size=2, rounds=1, seed=1), r"probability is 1\.5"),
        (lambda: play_rounds(0.5, size=0, rounds=1, seed=1), "size is 0"),
        (lambda: play_rounds(0.5, size=2, rounds=0, seed=1), "rounds is 0"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
