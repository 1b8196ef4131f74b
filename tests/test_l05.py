"""Lesson 5 says what its models compute: the keys of its exercises and the numbers in its prose."""

from fractions import Fraction
from typing import Any

import pytest

from jejaring import answers
from jejaring.exercises import find
from jejaring.panels.teams import best_team, jury, wheat
from jejaring.specialists import best_circle, loaves_each
from jejaring.teams import (
    additive,
    best_size,
    disjunctive,
    jury_accuracy,
    jury_with_leader,
    link_count,
    synergy,
    total_force,
)

DAY: dict[str, Any] = {"trades": 6, "hours": 10, "setup": Fraction(3, 2)}
SIX = Fraction(3, 5)


def key(name: str) -> dict[str, Fraction]:
    """The key of an exercise, its numbers as fractions."""
    return {field: Fraction(str(value)) for field, value in find(f"l05-{name}").entry["key"].items()}


def test_circles_of_bread() -> None:
    chances = {"high": Fraction(19, 20), "middle": Fraction(9, 10), "low": Fraction(3, 4)}
    best = {field: best_circle(**DAY, kept=kept) for field, kept in chances.items()}
    gain = loaves_each(6, **DAY | {"setup": 0}) - loaves_each(1, **DAY | {"setup": 0})
    assert key("wheat") == best | {"gain": gain}
    short = DAY | {"setup": Fraction(1, 2)}
    assert [best_circle(**short, kept=kept) for kept in (1, 0.9, 0.75, 0.1)] == [6, 2, 1, 1]
    panel = wheat()
    assert panel.twin.endswith("Terbaik: 6 orang.")
    panel.set(kept=0.95)
    assert "3 orang 6,3" in panel.twin


def test_three_signs() -> None:
    together = 6 * loaves_each(6, **DAY)
    assert key("synergy") == {
        "rope": synergy(total_force(8), [1] * 8, additive),
        "trio": synergy(jury_accuracy([SIX] * 3), [SIX] * 3, disjunctive),
        "bread": synergy(together, [loaves_each(1, **DAY)] * 6, additive),
    }
    assert Fraction("0.936") == 1 - (1 - SIX) ** 3


def test_the_best_team() -> None:
    said = key("best")
    assert best_size(total_force, Fraction(2, 100), largest=8) == said["cheap"]
    assert best_size(total_force, Fraction(5, 100), largest=8) == said["dear"]
    costs = [Fraction(step, 100) for step in range(41)]
    assert min(cost for cost in costs if best_size(total_force, cost, largest=8) == 4) == said["four"]
    assert float(total_force(7)) == float(total_force(8)) == 3.92
    assert link_count(10) == 45


@pytest.mark.parametrize(("slack", "riddle"), [(0, 8), (1, 3)])
def test_the_riddle(slack: float, riddle: int) -> None:
    panel = best_team()
    panel.set(task="disjunctive", slack=slack, cost=0)
    left = {row[0]: row[4] for row in panel.table["rows"]}
    assert max(left, key=lambda size: float(left[size].replace(",", "."))) == str(riddle)
    if slack:
        assert key("best")["riddle"] == riddle


def test_each_weak_member_costs_a_chain() -> None:
    panel = best_team()
    panel.set(task="conjunctive", slack=0, cost=0)
    left = [float(row[4].replace(",", ".")) for row in panel.table["rows"]]
    assert left == sorted(left, reverse=True)
    assert left[0] > left[-1]


def test_majorities() -> None:
    said = key("crowd")
    assert round(100 * float(jury_accuracy([Fraction(2, 5)] * 11)), 1) == float(said["below"])
    assert 100 * jury_accuracy([Fraction(1, 2)] * 41) == said["coin"]
    assert 100 * jury_with_leader(11, SIX, following=1) == said["copied"]
    assert round(100 * float(jury_accuracy([SIX] * 11)), 1) == 75.3
    panel = jury()
    panel.set(following=1)
    assert [row[1] for row in panel.table["rows"]] == ["0,600", "0,753", "0,600"]


def test_the_expert_outvoted() -> None:
    people = [Fraction(9, 10), SIX, SIX]
    assert key("break") == {"majority": jury_accuracy(people), "lot": sum(people) / 3}
    assert jury_accuracy([Fraction(65, 100), SIX, SIX]) == Fraction("0.672")


def test_two_losses() -> None:
    said = key("six")
    assert said["slack"] == 100 - 74
    assert said["slack"] + said["coordination"] == 100 - 36


def test_rules_behind_the_veil() -> None:
    rules = {"a": (120, 60, 15), "b": (70, 50, 40), "c": (36, 36, 36)}
    said = find("l05-veil").entry["key"]
    assert said["anxious"] == max(rules, key=lambda rule: min(rules[rule]))
    assert said["chances"] == max(rules, key=lambda rule: sum(rules[rule]))
    assert said["equal"] == min(rules, key=lambda rule: max(rules[rule]) - min(rules[rule]))


def test_bets_appear_in_the_panels_they_are_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_memory", {})
    team, majority = best_team(bet_on="l05-best-size"), jury(bet_on="l05-eleven")
    assert "Tebakanmu" not in team.twin + majority.twin
    answers.remember("l05-best-size", answers.Answer("8", 1.0))
    answers.remember("l05-eleven", answers.Answer("60", 1.0))
    assert "Tebakanmu: 8 orang." in team.twin
    assert "Tebakanmu: 0,60." in majority.twin
    majority.set(competence=0.4)
    assert "Tebakanmu" not in majority.twin
