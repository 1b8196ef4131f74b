"""Everybody meets everybody once, and nobody is in two places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.meetings import meeting_rounds


@given(st.integers(1, 80))
def test_everybody_meets_everybody_once_in_the_fewest_rounds(people):
    rounds = meeting_rounds(people)
    met = [pair for pairs in rounds for pair in pairs]
    assert sorted(met) == [(one, two) for one in range(people) for two in range(one + 1, people)]
    for pairs in rounds:
        busy = [person for pair in pairs for person in pair]
        assert len(busy) == len(set(busy))
        assert len(busy) == people - people % 2 or people == 1
    # each round holds at most people // 2 of the pairs, so fewer rounds are not possible
    assert len(rounds) == (-(-len(met) // (people // 2)) if people > 1 else 0)


def test_thirty_newcomers():
    rounds = meeting_rounds(30)
    assert (sum(map(len, rounds)), len(rounds), len(rounds) / 2) == (435, 29, 14.5)
    assert len(meeting_rounds(31)) == 31


@pytest.mark.parametrize("people", [0, -1, 2.0, True, 1001])
def test_refuses_what_is_no_group(people):
    with pytest.raises(ValueError, match=r"people is .*; it must be a whole number of people from 1 to 1000"):
        meeting_rounds(people)
