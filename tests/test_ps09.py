"""Assignment 9: what the general tests of assignments can't know."""

import re
from fractions import Fraction
from itertools import combinations, product

from jejaring.bodies import boundary, memberships
from jejaring.decisions import decide
from jejaring.panels.regions import shared_river
from jejaring.regions import FORMS
from jejaring.sharing import in_core, objections, shapley_value
from tests.assignments import ROOT, bank, cell, given
from tests.solvers import ps09

BANK = bank("ps09")
NAMES = {"Jepang": "Japan", "Türkiye": "Turkiye"}
BODIES = {"OKI": "OIC", "Gerakan Nonblok": "NAM", "Non-Aligned Movement": "NAM"}


def combined(qid):
    """Every variant of an exercise."""
    parameters = BANK[qid]["parameters"]
    return [
        dict(zip(parameters, values, strict=True)) for values in product(*(p["values"] for p in parameters.values()))
    ]


def test_the_table_on_paper_is_that_of_the_data():
    for language in ("id", "en"):
        lines = [line for line in cell("ps09", "two-ways", language).splitlines() if line.startswith("|")]
        rows = [[part.strip() for part in line.strip("|").split("|")] for line in lines[2:]]
        printed = {NAMES.get(name, name): {BODIES.get(one, one) for one in said.split(", ")} for name, said in rows}
        assert printed == {name: ps09.table()[name] for name in printed}
        assert len(printed) == 6


def test_each_plan_goes_through_the_door_that_the_law_gives_it_on_both_readings():
    """The two readings differ where a matter spills over or is better run together, but not both."""
    told = {
        "pumps": (True, True, True),
        "smoke": (False, True, True),
        "museum": (True, False, False),
        "bus": (True, True, True),
    }
    key = given("ps09-doors")["key"]
    for plan, (adjoining, spills, jointly) in told.items():
        answers = dict.fromkeys(FORMS.questions, True)
        answers |= {"adjoining": adjoining, "spills_over": spills, "better_jointly": jointly}
        assert decide(FORMS, answers).outcome == f"ksdd_{key[plan]}"
        assert (adjoining and (spills or jointly)) == (key[plan] == "mandatory")


def test_only_a_common_border_ends_the_duty_on_both_readings():
    facts = {"adjoin": True, "spill": True, "joint": True}
    both = [
        name
        for name in facts
        if not any(
            duty(facts | {name: False})
            for duty in (
                lambda f: f["adjoin"] and f["spill"] and f["joint"],
                lambda f: f["adjoin"] and (f["spill"] or f["joint"]),
            )
        )
    ]
    assert both == [given("ps09-reading")["key"]]


def test_the_panel_can_be_set_to_every_river():
    panel = shared_river()
    for drawn in combined("ps09-river"):
        panel.set(upstream=drawn["own"], downstream=drawn["muara"] + drawn["tambak"], cost=drawn["cost"])
        assert panel.twin


def test_each_proposal_is_refused_by_those_in_the_key_and_nobody_else():
    costs = {"A": 90, "B": 70, "C": 50, "AB": 130, "AC": 120, "BC": 110, "ABC": 150}
    game = {frozenset(group): cost for group, cost in costs.items()}
    prompt = BANK["ps09-refuse"]["prompt"]["id"]
    assert [int(number) for number in re.findall(r"\d+", prompt)] == list(costs.values())
    for item, right in given("ps09-refuse")["key"].items():
        shares = dict(zip("ABC", map(int, BANK["ps09-refuse"]["items"][item]["text"]["id"].split(" / ")), strict=True))
        if right == "uncovered":
            assert sum(shares.values()) < costs["ABC"]
            continue
        refusing = ["".join(each.coalition).lower() for each in objections("ABC", game, shares, costs=True)]
        assert refusing == ([] if right == "nobody" else [right])


def test_whatever_is_drawn_somebody_refuses_the_equal_split_and_nobody_shapley():
    named = {"P": "padma", "R": "rengas", "S": "seruni", "PR": "pr", "PS": "ps", "RS": "rs", "PRS": "all"}
    for drawn in combined("ps09-shares"):
        game = {frozenset(group): drawn[name] for group, name in named.items()}
        assert in_core("PRS", game, shapley_value("PRS", game), costs=True)
        right = ps09.shares(**drawn)
        assert right["objection"] >= 2
        assert abs(right["seruni"] - Fraction(drawn["all"], 3)) > 10


def test_what_is_asked_of_a_boundary_gives_four_different_numbers():
    for drawn in combined("ps09-boundary"):
        found = [float(value) for value in ps09.boundary(**drawn).values()]
        assert min(abs(one - other) for one, other in combinations(found, 2)) > 0.0006
        assert drawn["out"] not in drawn["pair"]
        assert drawn["added"] not in drawn["pair"]


def test_the_lesson_has_not_printed_any_of_the_boundaries():
    printed = [
        round(boundary(memberships(), ["ASEAN", "APEC", "NATO", "OIC", "NAM", "G20"], 2).brokerage["Indonesia"], 4)
    ]
    lesson = (ROOT / "course/id/09_region_state_world.ipynb").read_text(encoding="utf-8")
    for drawn in combined("ps09-boundary"):
        shown = f"{float(ps09.boundary(**drawn)['yours']):.4f}"
        assert float(shown) not in printed
        assert shown.replace(".", ",") not in lesson


def test_indonesia_bridges_somebody_in_every_table_on_paper():
    for drawn in combined("ps09-ties"):
        right = ps09.ties(**drawn)
        assert right["bridged"] > 0
        assert right["shared"] >= 2


def test_hidden_boundaries_tell_the_mistakes_apart():
    options = given("ps09-ties-code")
    assert 0 not in [options["key"](*arguments) for arguments in options["inputs"]]
