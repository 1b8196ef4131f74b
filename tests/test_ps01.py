"""Assignment 1: what the general tests of assignments can't know."""

import re
from itertools import product

import pytest

from jejaring.language import LANGUAGES, use_language, words
from tests.assignments import bank, cell, given
from tests.solvers.ps01 import LETTERS, coded, graph, pieces

BANK = bank("ps01")


@pytest.fixture(autouse=True)
def _language():
    yield
    use_language(next(iter(LANGUAGES)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_in_the_notebook_is_the_table_of_the_course(language):
    use_language(language)
    text = cell("ps01", "network", language)
    rows = re.findall(r"^\| (\d+) \| (.+?) \| ([A-L, ]+) \|$", text, re.MULTILINE)
    assert {int(number): set(named.split(", ")) for number, _, named in rows} == coded()
    names = [*words("panel.must.names").values()]
    assert {name for _, name, _ in rows} > set(names)
    for letter, name in zip(LETTERS, words("figure.components.names").values(), strict=True):
        assert f"{letter} {name}" in text


def test_every_network_of_a_student_asks_for_all_steps():
    parameters = BANK["ps01-graph"]["parameters"]
    whole = {tuple(dropped): graph([], dropped) for dropped in parameters["dropped"]["values"]}
    seen = set()
    for out, dropped in product(parameters["out"]["values"], parameters["dropped"]["values"]):
        right = graph(out, dropped)
        every = whole[tuple(dropped)]
        assert right["pieces"] > right["again"], "A must glue something"
        assert right["ties"] < every["ties"]
        assert right["largest"] < every["largest"]
        assert len(set(right.values())) >= 4, "one number must not do for several fields"
        seen.add(tuple(right.values()))
    assert len(seen) >= 20


def test_taking_one_thing_out_changes_the_pieces_as_the_key_says():
    def changed(components="", definitions=(), named=()):
        left = {number: its - set("A" + components) for number, its in coded().items() if number not in definitions}
        for number, letter in named:
            left[number] = left[number] | {letter}
        return len(pieces(left))

    before = changed()
    assert before == 3
    change = {-1: "minus-one", 0: "same", 1: "one", 2: "two", 4: "four"}
    assert given("ps01-what-if")["key"] == {
        "organised": change[changed("F") - before],
        "herabudin": change[changed(definitions=(6,)) - before],
        "both": change[changed(definitions=(6, 12)) - before],
        "goal": change[changed("B") - before],
        "dictionary": change[changed(named=[(14, "D")]) - before],
    }


def test_what_is_said_about_the_table_is_so():
    table = coded()
    assert [sum("F" in its for its in table.values()), sum({"F", "H"} <= its for its in table.values())] == [5, 1]
    assert (table[4] & table[6]) - {"A"}, "Landsberger and Herabudin do share a component"
    assert "F" in table[7]
    assert "G" not in table[13], "the coder's sentence is a decision, not a report"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_is_read_off_the_table_above_the_processes(language):
    rows = re.findall(r"^\| .+? \| (.+?) \| .+? \|$", cell("ps01", "processes", language), re.MULTILINE)[1:]
    processes = BANK["ps01-processes"]["facets"]["process"]["classes"]
    lists = {"all": [1, 1, 1], "soekanto": [0, 1, 1], "gillin": [1, 0, 1], "article": [0, 0, 1], "none": [0, 0, 0]}
    for right in given("ps01-processes")["key"].values():
        name = processes[right["process"]]["text"][language]
        assert [name in row.split(", ") for row in rows] == [bool(one) for one in lists[right["lists"]]], name


def test_the_tree_refuses_one_event_of_each_start():
    branch = {"spontaneous": "people", "traditional": "people", "contractual": "bodies", "directed": "bodies"}
    events = {
        "push": ("spontaneous", "people"),
        "feast": ("traditional", "people"),
        "babysit": ("contractual", "people"),
        "cadets": ("directed", "people"),
        "shelters": ("spontaneous", "bodies"),
        "temples": ("traditional", "bodies"),
        "labs": ("contractual", "bodies"),
        "offices": ("directed", "bodies"),
    }
    assert events.keys() == BANK["ps01-tree"]["options"].keys()
    assert given("ps01-tree")["key"] == [name for name, (start, who) in events.items() if branch[start] != who]
