"""Threshold cascades: Granovetter's two crowds, and agreement with asking everybody in every round."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.diffusion import equilibrium, joiners, normal_thresholds, threshold_cascade


def test_one_person_decides_between_a_hundred_and_one():
    crowd = list(range(100))
    assert threshold_cascade(crowd) == list(range(1, 101))
    crowd[1] = 2
    assert threshold_cascade(crowd) == [1]
    assert crowd[:3] == [0, 2, 2]  # not modified


@given(st.lists(st.integers(0, 15), max_size=15))
def test_agrees_with_asking_everybody(thresholds):
    rounds = threshold_cascade(thresholds)
    assert rounds[0] == thresholds.count(0)
    for before, after in pairwise(rounds):
        assert before < after == sum(threshold <= before for threshold in thresholds)
    assert rounds[-1] == sum(threshold <= rounds[-1] for threshold in thresholds)


@pytest.mark.parametrize("thresholds", [[], [1, 1, 1]])
def test_nobody_starts(thresholds):
    assert threshold_cascade(thresholds) == [0]


@pytest.mark.parametrize("bad", [-1, 0.5, True, "1"])
def test_refuses_what_is_no_number_of_people(bad):
    with pytest.raises(ValueError, match=r"thresholds\[1\] is .*; it must be a whole number of people, 0 or more"):
        threshold_cascade([0, bad])


@pytest.mark.parametrize(("deviation", "end"), [(10, 0.77), (12.2, 5.48), (12.3, 100.0), (30, 99.34)])
def test_a_tenth_of_a_person_of_deviation_decides(deviation, end):
    assert equilibrium(people=100, mean=25, deviation=deviation) == pytest.approx(end, abs=0.01)


@given(mean=st.floats(-20, 120), deviation=st.floats(0.5, 60), start=st.sampled_from([0, 50, 100]))
def test_an_equilibrium_stays_and_is_the_first_on_the_way(mean, deviation, start):
    bell = {"people": 100, "mean": mean, "deviation": deviation}
    end = equilibrium(start=start, **bell)
    assert joiners(end, **bell) == pytest.approx(end, abs=1e-6)
    between = [start + (end - start) * step / 20 for step in range(1, 20)]
    for active in between:
        assert (joiners(active, **bell) - active) * (end - start) >= -1e-6


@given(active=st.floats(0, 100), mean=st.floats(-20, 120), deviation=st.floats(0.5, 60))
def test_joiners_agree_with_scipy(active, mean, deviation):
    stats = pytest.importorskip("scipy.stats")
    expected = 100 * stats.norm.cdf(active, mean, deviation)
    assert joiners(active, people=100, mean=mean, deviation=deviation) == pytest.approx(expected, abs=1e-9)


def test_the_equilibrium_agrees_with_a_root_finder():
    optimize = pytest.importorskip("scipy.optimize")
    root = optimize.brentq(lambda x: joiners(x, people=100, mean=25, deviation=11) - x, 0, 10)
    assert equilibrium(people=100, mean=25, deviation=11) == pytest.approx(root, abs=1e-6)


def test_drawn_crowds_come_close_to_the_curve():
    bell = {"mean": 2500, "deviation": 900}
    thresholds = normal_thresholds(10_000, seed=1, **bell)
    for active in (0, 1000, 2500, 4000):
        drawn = sum(threshold <= active for threshold in thresholds)
        assert drawn == pytest.approx(joiners(active, people=10_000, **bell), abs=150)
    assert threshold_cascade(thresholds)[-1] == pytest.approx(equilibrium(people=10_000, **bell), abs=60)


def test_small_crowds_differ_by_luck():
    ends = [threshold_cascade(normal_thresholds(100, mean=25, deviation=12.2, seed=seed))[-1] for seed in range(60)]
    assert sum(end > 90 for end in ends) >= 10
    assert sum(end < 20 for end in ends) >= 10
    assert normal_thresholds(9, mean=5, deviation=2, seed=1) == normal_thresholds(9, mean=5, deviation=2, seed=1)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: normal_thresholds(0, mean=1, deviation=1, seed=1), "people is 0"),
        (lambda: normal_thresholds(9, mean="1", deviation=1, seed=1), "mean is '1'"),
        (lambda: joiners(1, people=9, mean=1, deviation=0), r"deviation is 0; .* above 0 \(people\)"),
        (lambda: joiners(10, people=9, mean=1, deviation=1), "active is 10; it must be a finite number from 0 to 9"),
        (lambda: equilibrium(people=9, mean=1, deviation=1, start=-1), "active is -1"),
        (lambda: equilibrium(people=9, mean=float("inf"), deviation=1), "mean is inf"),
    ],
)
def test_refuses_what_is_no_bell_curve(call, told):
    with pytest.raises(ValueError, match=told):
        call()
