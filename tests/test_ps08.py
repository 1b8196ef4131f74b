"""Assignment 8: what the general tests of assignments can't know."""

import random
from fractions import Fraction
from itertools import permutations, product

import pytest

from jejaring.exercises.bank import find
from tests.assignments import ME, attempts, bank, cell, drawn, given, judge, resolved
from tests.solvers import ps08

BANK = bank("ps08")
START = BANK["ps08-redesign"]["start"]
OLD = [tuple(tie) for tie in START["ties"]]
WISHES = {name: entry["values"] for name, entry in BANK["ps08-redesign"]["parameters"].items()}
SCHOOLS = [values for qid in ("ps08-arrows", "ps08-layers") for values in BANK[qid]["parameters"]["arrows"]["values"]]


@pytest.mark.parametrize("arrows", SCHOOLS, ids=" ".join)
def test_every_school_has_all_its_people_and_no_arrow_twice(arrows):
    arcs = ps08.read(arrows)
    assert len(set(arcs)) == len(arcs)
    assert all(one != other for one, other in arcs)
    assert {name for arc in arcs for name in arc} in (set("KWGTOSAL"), set("ABCDEFGHIJ"))


def test_in_every_school_of_eight_the_traps_are_wrong():
    seen = set()
    for arrows in BANK["ps08-arrows"]["parameters"]["arrows"]["values"]:
        arcs, right = ps08.read(arrows), ps08.arrows(arrows)
        both_ways = arcs + ps08.back(arcs)
        assert right["steps"] > ps08.steps(both_ways, "O", {"K"})
        assert right["load"] != sum(one == "K" for one, _ in arcs)
        assert right["hear"] != sum(one == "O" for one, _ in arcs)
        assert right["voices"] not in (right["load"], right["hear"])
        assert min(right["answered"], 1 - right["answered"]) > 0.2
        seen.add(tuple(right.values()))
    assert len(seen) == len(BANK["ps08-arrows"]["parameters"]["arrows"]["values"])


def test_every_network_of_ten_ends_at_step_three_and_leaves_somebody_out():
    seen = set()
    for arrows in BANK["ps08-layers"]["parameters"]["arrows"]["values"]:
        right = ps08.layers(arrows)
        assert all(right.values())
        seen.add(tuple(right.values()))
    assert len(seen) == len(BANK["ps08-layers"]["parameters"]["arrows"]["values"])


def test_hidden_networks_tell_arrows_from_ties_and_one_step_from_many():
    ties = 0
    for arrows, source in given("ps08-reached")["inputs"]:
        right = ps08.reached(arrows, source)
        assert right, "the skeleton returns an empty list"
        assert right != sorted(other for one, other in arrows if one == source)
        ties += right != ps08.reached(arrows + [[other, one] for one, other in arrows], source)
    assert ties == 4


def test_two_ways_differ_from_one_and_from_two_that_meet_at_the_end():
    values = [entry["values"] for entry in BANK["ps08-relays"]["parameters"].values()]
    for chance, short, long in product(*values):
        right = ps08.relays(chance, short, long)
        assert right["either"] - right["desk"] > 0.02
        assert right["either"] - right["short"] > 0.02
        assert abs(right["short"] - right["long"]) > 0.02


def test_there_is_a_school_of_which_all_is_true_and_the_rest_is_not():
    """Principal K and deputy W, two chains of four whose ends speak to W, and more arrows where they prove nothing."""
    chains = ["A→B", "B→C", "C→D", "D→W", "E→F", "F→G", "G→H", "H→W"]
    extra = ["B→A", "C→B", "F→E", "G→F", "A→C", "E→G"]
    arcs = ps08.read([*(f"K→{name}" for name in "WABCDEFGH"), "W→K", *chains, *extra])
    said = BANK["ps08-certain"]["prompt"]["id"]
    assert f"10 orang dan {len(arcs)} busur; {ps08.answered(arcs)} busur berbalas" in said
    assert len({name for arc in arcs for name in arc}) == 10
    assert [one for one, other in arcs if other == "K"] == ["W"]
    assert all(ps08.steps(arcs, name, {"W"}) is not None for name in "ABCDEFGHK")
    assert all(ps08.steps(arcs, name, {"K"}) is not None for name in "WABCDEFGH")  # arrives
    assert ps08.steps(arcs, "A", {"K"}) > 2  # not fast
    assert sum(other == "W" for _, other in arcs) < 9  # not nine


def test_the_school_on_the_page_is_the_one_in_the_bank():
    table = {}
    for line in cell("ps08", "redesign").splitlines():
        said = [part.strip() for part in line.strip("|").split("|")]
        if len(said) == 4 and "," not in said[0] + said[2]:
            table |= {said[0]: said[1].split(", "), said[2]: said[3].split(", ")}
    table = {name: table[name] if "*" not in table[name][0] else [] for name in START["people"]}
    assert table == {name: [other for one, other in OLD if one == name] for name in START["people"]}


def test_before_any_arc_two_are_heard_and_nobody_complains_in_vain_later():
    assert set(START["people"]) == {*ps08.INSIDE, *ps08.OUTSIDE}
    assert ps08.count_heard(OLD) == 2
    for sender in WISHES["sender"]:
        assert ps08.steps(OLD, sender, {"Kartika", "Wira"}) is None


@pytest.mark.parametrize("sender", WISHES["sender"])
@pytest.mark.parametrize("budget", WISHES["budget"])
def test_the_hidden_test_marks_any_design_as_the_definitions_do(sender, budget):
    chance = random.Random(f"{sender} {budget}")
    exercise = next(
        one for one in (drawn("ps08-redesign", f"s{n}") for n in range(999)) if one.fields == wish(sender, budget)
    )
    for _ in range(40):
        speakers = ps08.OUTSIDE if chance.random() < 0.8 else START["people"]
        absent = [arc for arc in product(speakers, START["people"]) if arc[0] != arc[1] and arc not in OLD]
        kept = OLD if chance.random() < 0.8 else chance.sample(OLD, 29)
        arcs = [*kept, *chance.sample(absent, chance.randint(1, 8))]
        if chance.random() < 0.5:
            arcs += [arc for arc in (ps08.FOR_ONE[sender], *ps08.FOR_ALL) if arc not in arcs]
        value = answer(arcs)
        verdict = judge(exercise, value, resolved(exercise, {"ps08-redesign": value}))
        assert verdict.credit == pytest.approx(sum(ps08.marks(arcs, OLD, sender, budget)) / 5)


def test_five_arrows_anywhere_earn_little():
    chance = random.Random(8)
    absent = [arc for arc in permutations(START["people"], 2) if arc not in OLD]
    found = [sum(ps08.marks([*OLD, *chance.sample(absent, 5)], OLD, "Oda", 9)) / 5 for _ in range(1000)]
    assert sum(found) / len(found) < 0.15


def test_the_given_school_is_no_answer():
    assert judge(drawn("ps08-redesign", ME), answer(OLD), resolved(drawn("ps08-redesign", ME))).credit == 0


def test_stopping_the_old_way_and_trying_the_new_one_is_right_in_every_variant():
    values = [entry["values"] for entry in BANK["ps08-stop"]["parameters"].values()]
    for numbers in product(*values):
        right = ps08.stop(*numbers)
        assert right["old"] < -0.5
        assert right["new"] > 0.5
        assert right["limit"] < Fraction(numbers[-1], 100)


def test_a_design_counts_once_it_is_drawn():
    about = find("ps08-own").entry["about"]
    assert about == "ps08-redesign"
    assert any("with" in attempt for attempt in attempts("ps08")["ps08-own"])


def wish(sender, budget):
    """A variant's parameters."""
    return {"sender": sender, "budget": budget}


def answer(arcs):
    """Arcs as the page stores them."""
    people = START["people"]
    ties = [[people.index(one), people.index(other), 1] for one, other in arcs]
    return {"people": people, "ties": ties, "directed": True}
