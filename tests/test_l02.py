"""Lesson 2 says what its models compute: the keys of its exercises and the numbers in its prose."""

from fractions import Fraction
from random import Random
from statistics import mean
from typing import Any

import pytest

from jejaring.exercises import find
from jejaring.games import SymmetricGame, grim_threshold, recognise
from jejaring.panels.village import night_watch, strangers, two_groups
from jejaring.public_goods import (
    KINDS_OF_2001,
    Sanctions,
    agreed_minimum,
    conditional_cooperator,
    is_dilemma,
    mix,
    payoffs,
    play_rounds,
)
from jejaring.stag_hunts import StagHunt, tipping_belief
from jejaring.stag_hunts import play_rounds as hunt
from jejaring.strategies import AlwaysDefect, TitForTat
from jejaring.teams import total_force
from jejaring.threats import Encounter, choice_probabilities
from jejaring.tournaments import play_match

VILLAGE = mix(KINDS_OF_2001, 40)


def key(name: str) -> dict[str, Any]:
    """The key of an exercise, its numbers as fractions."""
    found = find(f"l02-{name}").entry["key"]
    return {field: Fraction(str(value)) for field, value in found.items()}


def ends(minimum: float) -> list[float]:
    """Mean gifts of week 20 in fifty villages."""
    sanctions = Sanctions(agreed_minimum(minimum))
    return [play_rounds(VILLAGE, rounds=20, sanctions=sanctions, seed=seed).mean_gifts()[-1] for seed in range(50)]


def test_one_night() -> None:
    groups = {"all": [20] * 4, "none": [0] * 4, "rider": [0, 20, 20, 20], "lone": [20, 0, 0, 0]}
    paid = {case: payoffs(gifts, endowment=20, mpcr=Fraction(2, 5))[0] for case, gifts in groups.items()}
    assert paid == key("four-houses")


def test_the_limits_of_the_dilemma() -> None:
    low, high = key("range").values()
    assert not is_dilemma(5, low)
    assert not is_dilemma(5, high)
    assert is_dilemma(5, low + Fraction(1, 1000))
    assert is_dilemma(5, high - Fraction(1, 1000))


def test_good_will_shrinks() -> None:
    free = ends(0)
    assert round(mean(free), 1) == 1.3
    assert (round(min(free), 1), round(max(free), 1)) == (0.8, 1.8)
    panel = night_watch()
    panel.set(riders=0)
    assert "9,1 pada putaran pertama dan 5,2" in panel.twin


def test_the_minimum_decides_until_nobody_meets_it() -> None:
    settled = {minimum: mean(ends(minimum)) for minimum in (0, 3, 7, 10, 14, 20)}
    assert all(abs(settled[minimum] - minimum) < 1 for minimum in (3, 7, 10))
    assert settled[14] < 7
    assert settled[20] == pytest.approx(settled[0])


def test_the_names_of_the_games() -> None:
    stories = {"kitchen": (4, 1, 6, 2), "net": (4, 0, 3, 3), "minutes": (3, 2, 4, 0), "explain": (5, 4, 3, 1)}
    names = {"dilemma": "prisoners_dilemma", "stag": "stag_hunt", "chicken": "chicken", "harmony": "harmony"}
    for story, name in find("l02-which-game").entry["key"].items():
        reward, sucker, temptation, punishment = stories[story]
        game = SymmetricGame(reward=reward, sucker=sucker, temptation=temptation, punishment=punishment)
        assert recognise(game) == (names[name],)


def test_the_other_neighbours() -> None:
    game = SymmetricGame(reward=6, sucker=0, temptation=9, punishment=1)
    match = play_match(TitForTat(), AlwaysDefect(), 10, seed=1)
    nights = list(zip(match.first, match.second, strict=True))
    assert key("again") == {"delta": grim_threshold(game), "copycat": sum(game.payoff(*night) for night in nights)}
    assert sum(game.payoff(*night[::-1]) for night in nights) == 18


def test_the_tipping_points() -> None:
    points = key("hare")
    assert tipping_belief(StagHunt(4, 0, 3)) == Fraction(3, 4)
    assert tipping_belief(StagHunt(12, 0, 3)) == points["twelve"]
    assert tipping_belief(StagHunt(4, 0, points["ninety"])) == Fraction(9, 10)


@pytest.mark.parametrize("seed", range(10))
def test_three_doubters_are_absorbed_and_five_are_not(seed: int) -> None:
    last = [
        hunt([0.6] * doubters + [0.9] * (40 - doubters), StagHunt(4, 0, 3), rounds=30, weight=2, seed=seed).stags[-1]
        for doubters in (3, 5)
    ]
    assert last == [1, 0]


def test_records_do_not_reform_cheats() -> None:
    panel = strangers()
    assert "10,0 menjadi 8,2" in panel.twin
    assert "10,0 menjadi 0,9" in panel.twin
    panel.set(honest=0, opportunists=16)
    assert "10,0 menjadi 8,2" in panel.twin
    panel.set(growth=2)
    assert "diketahui, titipan rata-rata berubah dari 0,8 menjadi 0,9" in panel.twin


def test_the_rope() -> None:
    assert float(total_force(7)) == float(total_force(8)) == 3.92


def test_two_curves() -> None:
    calm = choice_probabilities(Encounter(common_goal=4))
    assert (round(calm["help"] + calm["harm"], 2), round(calm["harm"], 2)) == (0.74, 0.04)
    panel = two_groups()
    panel.set(goal=4)
    assert "4% menjadi 50%" in panel.twin
    for other in ({"reluctance": 3}, {"damage": 3}):
        panel.set(goal=0, reluctance=1, damage=1)
        panel.set(**other)
        assert int(panel.twin.split("sendiri naik dari ")[1].split("%")[0]) < 40


def test_two_judges() -> None:
    both, sari, bayu, neither = 6, 2, 1, 3
    items = both + sari + bayu + neither
    agreed = Fraction(both + neither, items)
    chance = Fraction((both + sari) * (both + bayu) + (bayu + neither) * (sari + neither), items**2)
    assert (float(agreed), round(float(chance), 2)) == (0.75, 0.53)
    assert key("coders") == {"kappa": (agreed - chance) / (1 - chance)}


def test_the_rule_that_breaks() -> None:
    given = conditional_cooperator(10, 20, Random(1))
    assert set(key("break").values()) == {given}
