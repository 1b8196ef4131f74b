"""Assignment 5: what the general tests of assignments can't know."""

import re
from fractions import Fraction
from itertools import product

from jejaring.panels.teams import best_team
from tests.assignments import bank, given
from tests.solvers import ps05

BANK = bank("ps05")


def cases(qid):
    """All that students may draw."""
    drawn = BANK[qid]["parameters"]
    return [dict(zip(drawn, values, strict=True)) for values in product(*(drawn[name]["values"] for name in drawn))]


def twin_names(panel):
    """The size that the panel's sentence calls the best."""
    return int(re.search(r"\d+", panel.twin)[0])


def shown(panel, people, column):
    """A number of the panel's table, as a student reads it."""
    return float(panel.table["rows"][people - 1][column].replace("−", "-").replace(",", "."))


def test_the_panel_shows_every_students_team():
    panel = best_team()
    for case in cases("ps05-size"):
        right = ps05.size(**case)
        panel.set(task="additive", **case)
        assert panel.values == {"task": "additive", **case}, "the sliders can be set to it"
        assert twin_names(panel) == right["best"]
        read = [shown(panel, people, 2) for people in (right["best"], right["best"] - 1)]
        assert abs(read[0] - read[1] - right["last"]) <= 0.006
        panel.set(task="disjunctive", cost=float(right["riddle"]))
        assert twin_names(panel) == 3
        panel.set(cost=float(right["riddle"]) + 0.01)
        assert twin_names(panel) == 2
        panel.set(task="conjunctive", cost=case["cost"])
        assert abs(shown(panel, 3, 4) - right["weakest"]) <= 0.006


def test_the_best_team_is_neither_everybody_nor_nobody():
    for case in cases("ps05-size"):
        right = ps05.size(**case)
        assert 1 < right["best"] < 8
        assert 0 < right["links"] < right["last"], "whoever comes last is worth having"
        assert right["weakest"] > 0


def test_every_student_meets_a_loss_a_gain_and_a_comparison_that_turns_the_sign():
    for case in cases("ps05-synergy"):
        right = ps05.synergy(**case)
        assert right["fold"] < 0 < right["chain"]
        assert right["design"] < 0 < right["average"]


def test_the_two_losses_are_never_alike():
    for case in cases("ps05-losses"):
        right = ps05.losses(**case)
        assert abs(right["slack"] - right["coordination"]) > 1
        assert abs(right["named"] - case["pseudo"]) > 1


def test_no_circle_is_best_by_a_hair_and_the_given_chance_is_not_the_balance():
    best = set()
    for case in cases("ps05-tempe"):
        right = ps05.tempe(**case)
        averages = sorted([right["two"], right["four"], 8 - 4 * Fraction(str(case["setup"]))])
        assert averages[-1] - averages[-2] >= Fraction(1, 20)
        assert abs(right["needed"] - Fraction(str(case["kept"]))) > Fraction(1, 100)
        best.add(right["best"])
    assert best == {1, 2, 4}


def test_the_handbook_has_one_circle_and_one_cut():
    """Follow the words of the English entries from each to the others."""

    def comes_back(entries, start):
        seen, todo = set(), [start]
        while todo:
            text = entries[todo.pop()]
            linked = {name for name in entries if re.search(rf"\b{name}\b", text)}
            if start in linked:
                return True
            todo += linked - seen
            seen |= linked
        return False

    options = BANK["ps05-circle"]["options"].values()
    entries = {name.lower(): said for name, _, said in (option["text"]["en"].partition(": ") for option in options)}
    named = {
        option["text"]["en"].partition(":")[0].lower(): name for name, option in BANK["ps05-circle"]["options"].items()
    }
    circle = {named[name] for name in entries if comes_back(entries, name)}
    assert circle == set(given("ps05-circle")["key"])
    cuts = set()
    for name, option in BANK["ps05-repair"]["options"].items():
        term, _, said = option["text"]["en"].partition(": ")
        changed = entries | {term.lower(): said}
        if not any(comes_back(changed, each) for each in changed):
            cuts.add(name)
    assert cuts == {"team", "spirit"}, "two cut the circle; one of them smuggles success in"
