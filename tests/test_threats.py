"""Two groups under threat: payoffs by hand, what is conserved, and the two curves."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.threats import CHOICES, Encounter, choice_probabilities, marginal_gains, payoffs

amounts = st.fractions(0, 5, max_denominator=10)
encounters = st.builds(Encounter, keep=amounts, give=amounts, damage=amounts, threat=amounts, common_goal=amounts)
groups = st.integers(1, 4).flatmap(
    lambda size: st.tuples(*[st.lists(st.sampled_from(CHOICES), min_size=size, max_size=size)] * 2)
)


def test_payoffs_by_hand():
    assert payoffs(["keep"] * 3, ["keep"] * 3, Encounter()) == ([2] * 3, [2] * 3)
    assert payoffs(["help"] * 3, ["help"] * 3, Encounter()) == ([3] * 3, [3] * 3)
    assert payoffs(["harm"] * 3, ["harm"] * 3, Encounter()) == ([0] * 3, [0] * 3)
    assert payoffs(["harm", "keep"], ["help", "help"], Encounter()) == ([1, 3], [1, 1])
    assert payoffs(["harm", "keep"], ["help", "keep"], Encounter(threat=2)) == ([3, 5], [-2, 0])


@given(groups, encounters)
def test_a_threat_only_moves_what_there_is(chosen, encounter):
    peace = Encounter(encounter.keep, encounter.give, encounter.damage, 0, encounter.common_goal)
    totals = [sum(sum(group) for group in payoffs(*chosen, each)) for each in (encounter, peace)]
    assert totals[0] == totals[1]


@given(groups)
def test_harm_only_destroys(chosen):
    gentler = [["help" if one == "harm" else one for one in group] for group in chosen]
    harsh, mild = (sum(sum(group) for group in payoffs(*each, Encounter())) for each in (chosen, gentler))
    harms = sum(group.count("harm") for group in chosen)
    assert mild - harsh == harms * len(chosen[0])


@given(groups, encounters)
def test_groups_can_change_sides(chosen, encounter):
    ours, theirs = chosen
    assert payoffs(theirs, ours, encounter) == payoffs(ours, theirs, encounter)[::-1]


@given(groups, encounters, st.sampled_from(CHOICES))
def test_a_gain_is_what_a_choice_adds_whatever_the_others_do(chosen, encounter, own):
    ours, theirs = chosen
    paid = {name: payoffs([name, *ours[1:]], theirs, encounter)[0][0] for name in CHOICES}
    gains = marginal_gains(encounter)
    assert paid[own] - paid["keep"] == gains[own] - gains["keep"]


@given(encounters, st.fractions(Fraction(1, 10), 3, max_denominator=10))
def test_under_a_larger_threat_giving_and_hostility_both_rise(encounter, more):
    fields = encounter.keep, encounter.give, encounter.damage
    larger = Encounter(*fields, encounter.threat + more, encounter.common_goal)
    before, after = choice_probabilities(encounter), choice_probabilities(larger)
    assert after["keep"] <= before["keep"] + 1e-12
    assert after["harm"] >= before["harm"] - 1e-12


def test_the_two_curves():
    curve = [choice_probabilities(Encounter(threat=step / 10)) for step in range(31)]
    for before, after in pairwise(curve):
        assert after["help"] + after["harm"] > before["help"] + before["harm"]
        assert after["harm"] > before["harm"]
    assert curve[0]["harm"] < curve[0]["help"] < curve[0]["keep"]
    assert curve[-1]["harm"] > 0.8


def test_a_common_goal_makes_people_give_without_hostility():
    alone, together = choice_probabilities(Encounter()), choice_probabilities(Encounter(common_goal=4))
    assert together["help"] > alone["help"]
    assert together["harm"] < alone["harm"]


def test_reluctance_and_noise():
    encounter = Encounter(threat=1)
    shy = [choice_probabilities(encounter, reluctance=reluctance)["harm"] for reluctance in (0, 1, 5)]
    assert shy == sorted(shy, reverse=True)
    assert choice_probabilities(encounter, noise=1e9) == pytest.approx(dict.fromkeys(CHOICES, 1 / 3))
    assert choice_probabilities(Encounter(), noise=1e-9) == {"keep": 1, "help": 0, "harm": 0}
    assert sum(choice_probabilities(encounter).values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: Encounter(threat=-1), r"threat is -1; it must be a finite number at least 0"),
        (lambda: Encounter(keep="2"), "keep is '2'"),
        (lambda: payoffs(["help"], [], Encounter()), "theirs has 0 members; it must have as many as ours, 1"),
        (lambda: payoffs([], [], Encounter()), "at least 1"),
        (lambda: payoffs(["hurt"], ["keep"], Encounter()), r"ours\[0\] is 'hurt'; .* one of 'keep', 'help', 'harm'"),
        (lambda: payoffs(["keep"], [None], Encounter()), r"theirs\[0\] is None"),
        (lambda: choice_probabilities(Encounter(), noise=0), "noise is 0; .* above 0"),
        (lambda: choice_probabilities(Encounter(), reluctance=-1), "reluctance is -1"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
