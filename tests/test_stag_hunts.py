"""Stag hunts: published tipping points, agreement with nashpy, and crowds that tip."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.stag_hunts import StagHunt, best_responses, expected_payoffs, play_rounds, tipping_belief

HUNT = StagHunt(together=4, alone=0, hare=3)
beliefs = st.fractions(0, 1, max_denominator=60)
gaps = st.fractions(Fraction(1, 10), 10, max_denominator=10)


@st.composite
def hunts(draw):
    alone = draw(st.fractions(-5, 5, max_denominator=10))
    hare = alone + draw(gaps)
    return StagHunt(hare + draw(gaps), alone, hare)


def test_published_numbers():
    assert tipping_belief(HUNT) == Fraction(3, 4)
    assert tipping_belief(StagHunt(together=2, alone=0, hare=1)) == Fraction(1, 2)
    assert tipping_belief(StagHunt(together=2.0, alone=0, hare=1)) == 0.5
    assert isinstance(tipping_belief(HUNT), Fraction)


@given(hunts(), beliefs)
def test_below_the_tipping_belief_the_hare_pays_and_above_the_stag(hunt, belief):
    tip = tipping_belief(hunt)
    assert 0 < tip < 1
    expected = ("stag",) if belief > tip else ("hare",) if belief < tip else ("stag", "hare")
    assert best_responses(belief, hunt) == expected
    stag, hare = expected_payoffs(tip, hunt)
    assert stag == hare == hunt.hare
    assert best_responses(tip, hunt) == ("stag", "hare")


@given(hunts(), gaps, st.fractions(-5, 5, max_denominator=10))
def test_the_scale_of_payoffs_does_not_matter(hunt, scale, shift):
    other = StagHunt(*(scale * payoff + shift for payoff in (hunt.together, hunt.alone, hunt.hare)))
    assert tipping_belief(other) == tipping_belief(hunt)


@given(hunts())
def test_agrees_with_nashpy(hunt):
    nashpy = pytest.importorskip("nashpy")
    row = [[float(hunt.together), float(hunt.alone)], [float(hunt.hare)] * 2]
    found = nashpy.Game(row, list(map(list, zip(*row, strict=True)))).support_enumeration()
    stags = sorted(float(first[0]) for first, _ in found)
    assert stags == pytest.approx([0, float(tipping_belief(hunt)), 1])


@given(hunts(), st.integers(3, 12))
def test_more_hunters_need_more_trust_in_each(hunt, hunters):
    tip = tipping_belief(hunt, hunters=hunters)
    assert tip ** (hunters - 1) == pytest.approx(float(tipping_belief(hunt)))
    assert tip > tipping_belief(hunt, hunters=hunters - 1)


@pytest.mark.parametrize(("doubters", "end"), [(0, 1), (2, 1), (30, 0), (40, 0)])
def test_a_crowd_tips(doubters, end):
    crowd = [0.5] * doubters + [0.9] * (40 - doubters)
    for seed in range(10):
        history = play_rounds(crowd, HUNT, rounds=200, weight=2, seed=seed)
        assert abs(history.stags[-1] - end) <= 0.1
        assert history.stags[0] == (40 - doubters) / 40
        assert (len(history.stags), len(history.beliefs)) == (200, 201)


def test_the_same_crowd_in_larger_groups_gives_up():
    crowd = [0.8] * 40
    assert set(play_rounds(crowd, HUNT, rounds=30, seed=1).stags) == {1.0}
    assert set(play_rounds(crowd, HUNT, rounds=30, hunters=4, seed=1).stags) == {0.0}


@pytest.mark.parametrize(("belief", "stags"), [(0.75, 1.0), (0.74, 0.0)])
def test_unanimous_crowds_never_change_their_minds(belief, stags):
    history = play_rounds([belief] * 6, HUNT, rounds=20, seed=1)
    assert set(history.stags) == {stags}
    assert abs(history.beliefs[-1] - stags) < 0.05


def test_the_seed_alone_decides():
    crowd = [person / 40 for person in range(20, 40)]
    assert play_rounds(crowd, HUNT, rounds=9, seed=1) == play_rounds(crowd, HUNT, rounds=9, seed=1)
    assert play_rounds(crowd, HUNT, rounds=9, seed=1) != play_rounds(crowd, HUNT, rounds=9, seed=2)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: StagHunt(3, 0, 3), "together is 3; it must be a finite number above 3"),
        (lambda: StagHunt(4, 3, 3), "alone is 3; it must be a finite number below 3"),
        (lambda: StagHunt(4, 0, "3"), "hare is '3'"),
        (lambda: expected_payoffs(1.5, HUNT), r"belief is 1\.5; it must be a finite number from 0 to 1"),
        (lambda: best_responses(-1, HUNT), "belief is -1"),
        (lambda: tipping_belief(HUNT, hunters=1), "hunters is 1; it must be a whole number of people, 2 or more"),
        (lambda: play_rounds([0.5] * 3, HUNT, rounds=1, seed=1), "beliefs is 3 people; .* multiple of the hunters, 2"),
        (lambda: play_rounds([], HUNT, rounds=1, seed=1), "beliefs is 0 people"),
        (lambda: play_rounds([0.5, 2], HUNT, rounds=1, seed=1), r"beliefs\[1\] is 2"),
        (lambda: play_rounds([0.5] * 2, HUNT, rounds=0, seed=1), "rounds is 0"),
        (lambda: play_rounds([0.5] * 2, HUNT, rounds=1, weight=0, seed=1), "weight is 0; .* above 0"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
