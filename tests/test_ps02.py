"""Assignment 2: what the general tests of assignments can't know."""

from itertools import product
from statistics import mean

import pytest

from jejaring.games import SymmetricGame, recognise
from jejaring.panels.villages import five_villages
from jejaring.public_goods import (
    KINDS_OF_2001,
    GivingHistory,
    Sanctions,
    agreed_minimum,
    conditional_cooperator,
    free_rider,
    mix,
    play_rounds,
)
from tests.assignments import bank
from tests.solvers.ps02 import deaths, game, last_week, smallest, threshold, village

BANK = bank("ps02")
NAMES = {"prisoners_dilemma": "dilemma", "stag_hunt": "stag"}


def values(qid: str) -> list[dict[str, object]]:
    """All variants of an exercise."""
    lists = {name: entry["values"] for name, entry in BANK[qid]["parameters"].items()}
    return [dict(zip(lists, drawn, strict=True)) for drawn in product(*lists.values())]


def test_every_payoff_list_is_a_single_game_and_each_story_can_be_two():
    for story, entry in BANK["ps02-games"]["parameters"].items():
        names = set()
        for together, only_you, only_other, nobody in entry["values"]:
            (name,) = recognise(
                SymmetricGame(reward=together, sucker=only_you, temptation=only_other, punishment=nobody)
            )
            assert NAMES.get(name, name) == game(together, only_you, only_other, nobody)
            names.add(name)
        assert len(names) == 2, f"{story}: the story must not give its game away"


def test_no_game_fits_more_than_two_stories():
    pools = [{game(*numbers) for numbers in entry["values"]} for entry in BANK["ps02-games"]["parameters"].values()]
    for name in BANK["ps02-games"]["right"]:
        assert sum(name in pool for pool in pools) == 2


@pytest.mark.parametrize("qid", ["ps02-threshold", "ps02-scores"])
def test_the_reef_is_a_dilemma_in_which_turns_do_not_pay(qid):
    for drawn in values(qid):
        reef = SymmetricGame(
            reward=drawn["both"], sucker=drawn.get("alone", 0), temptation=drawn["tempted"], punishment=drawn["none"]
        )
        assert recognise(reef) == ("prisoners_dilemma",)
        assert not reef.taking_turns_pays


def test_either_temptation_can_be_the_stronger_one():
    found = [threshold(**drawn) for drawn in values("ps02-threshold")]
    assert {one["copycat"] > one["grim"] for one in found} == {True, False}
    assert all(0 < one["copycat"] < 1 for one in found)


@pytest.mark.parametrize("drawn", values("ps02-village"), ids=str)
def test_a_village_can_be_searched_from_either_end(drawn):
    """No fewer die with one more free rider, no mean is too close to call, and watching longer takes fewer."""
    right = village(**drawn)
    first, weeks, draw = drawn["first"], drawn["weeks"], drawn["draw"]
    for length, threshold_at in ((weeks, right["houses"]), (2 * weeks, right["longer"])):
        riders = range(max(0, threshold_at - 4), threshold_at + 5)
        counts = [deaths(some, first, length, draw) for some in riders]
        assert counts == sorted(counts)
        assert min(abs(last_week(some, first, length, draw + k) - 2) for some in riders for k in range(5)) > 1e-4
    assert right["longer"] < right["houses"] - 1
    assert {right["dead"], right["before"]} - {0, 5}, "villages must differ by chance at one of the two numbers"


def test_the_panel_counts_what_the_key_counts():
    panel = five_villages()
    for drawn in values("ps02-village")[::7]:
        right = village(**drawn)
        panel.set(riders=right["houses"], **drawn)
        assert panel.table["rows"][-1] == ("mati", f"{right['dead']} dari 5", "")
        panel.set(riders=right["longer"], **(drawn | {"weeks": 2 * drawn["weeks"]}))
        assert panel.values["weeks"] == 2 * drawn["weeks"]
        assert int(panel.table["rows"][-1][1][0]) >= 3


def test_conclusions_hold_in_the_model():
    assert smallest(10, 10, 1) != smallest(10, 20, 1)  # no one percentage
    assert last_week(0, 10, 20, 1) < 0.8 * last_week(0, 10, 1, 1)  # not steady without free riders
    # A fifth fewer conditional givers take away far more than a fifth.
    assert last_week(8, 10, 20, 1) < 0.6 * last_week(0, 10, 20, 1)
    people = [conditional_cooperator] * 30 + [free_rider] * 10
    low, high = (play_rounds(people, rounds=10, mpcr=mpcr, seed=1).mean_gifts() for mpcr in (0.3, 0.9))
    assert low == high  # what an hour is worth is nowhere in the rule


def test_a_rule_decides_as_the_question_says():
    people = mix(KINDS_OF_2001, 40)

    def runs(minimum: float, **size: float) -> list[GivingHistory]:
        rule = Sanctions(agreed_minimum(minimum), **size)
        return [play_rounds(people, rounds=20, sanctions=rule, seed=seed) for seed in range(1, 21)]

    def end(histories: list[GivingHistory]) -> float:
        return mean(history.mean_gifts()[-1] for history in histories)

    def enforced(histories: list[GivingHistory], minimum: float) -> float:
        """Chance that a squad of four has somebody who met the minimum."""
        met = [mean(gift >= minimum for gift in week) for history in histories for week in history.gifts]
        return mean(1 - (1 - share) ** 4 for share in met)

    east, west = runs(5), runs(18)
    assert 5 < end(east) < 5.9
    assert 1.5 < end(west) < 3
    assert end(runs(0)) < 1.6, "East would not have stayed above five without its rule"
    assert end(runs(18, points=1, fine=9)) == end(west), "larger fines change nothing where nobody imposes them"
    assert enforced(east, 5) > 0.9
    assert enforced(west, 18) < 0.1
