"""Assignment 5: what the general tests of assignments can't know."""

import re
from fractions import Fraction
from itertools import product

from jejaring.panels.teams import best_team
from jejaring.widgets.panel import Slider
from tests.assignments import bank, given
from tests.solvers import ps05

BANK = bank("ps05")


def cases(qid):
    """All that students may draw."""
    drawn = BANK[qid]["parameters"]
    return [dict(zip(drawn, values, strict=True)) for values in product(*(drawn[name]["values"] for name in drawn))]


def test_the_panel_can_be_set_to_every_students_team():
    panel = best_team()
    steps = {name: control for name, control in panel.controls.items() if isinstance(control, Slider)}
    for case in cases("ps05-size"):
        for name, value in case.items():
            slider = steps[{"slack": "slack", "cost": "cost"}[name]]
            places = (value - slider.low) / slider.step
            assert slider.low <= value <= slider.high
            assert abs(places - round(places)) < 1e-9
        panel.set(task="additive", **case)
        right = ps05.size(**case)
        assert re.search(r"\d+", panel.twin)[0] == str(right["best"])
        assert abs(float(panel.table.rows[2][4].replace("−", "-").replace(",", ".")) - 3) < 3
        panel.set(task="disjunctive", cost=float(right["riddle"]))
        assert re.search(r"\d+", panel.twin)[0] == "3"
        panel.set(task="conjunctive", cost=case["cost"])
        shown = float(panel.table.rows[2][4].replace("−", "-").replace(",", "."))
        assert abs(shown - right["weakest"]) <= 0.006


def test_what_the_table_shows_is_near_enough_to_what_is_right():
    for case in cases("ps05-size"):
        right = ps05.size(**case)
        assert 1 < right["best"] < 8
        assert 0 < right["links"] < right["last"], "whoever comes last is worth having"
        assert right["last"] == round(right["last"], 2), "what is read from two columns of two decimals is exact"
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
