"""Threshold cascades: Granovetter's two crowds, and agreement with asking everybody in every round."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.diffusion import threshold_cascade


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
