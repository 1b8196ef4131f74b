"""Assignment 7: what the general tests of assignments can't know."""

import random
from itertools import combinations, product
from typing import Any

import networkx as nx
import pytest

from jejaring.exercises import kinds
from jejaring.exercises.bank import find
from jejaring.language import LANGUAGES
from tests.assignments import answered, bank, cell, given, judge, resolved
from tests.solvers.ps07 import effective, hand, neighbours, shortest, survivors

BANK = bank("ps07")
CLUB = BANK["ps07-redesign"]["start"]
MAP = nx.Graph([(one, other) for one, other in CLUB["ties"]])
ROLES = {"AAA": "coordinator", "BAA": "gatekeeper", "AAB": "representative", "BAB": "consultant", "BAC": "liaison"}


def values(qid: str, name: str) -> list[Any]:
    """What a parameter may be."""
    found: list[Any] = BANK[qid]["parameters"][name]["values"]
    return found


def network(people: int, chance: float, seed: int) -> dict[str, Any]:
    """An answer of so many people under pseudonyms."""
    ties = [[one, other, 1] for one, other in nx.gnp_random_graph(people, chance, seed=seed).edges]
    return {"people": [f"P{n:02}" for n in range(1, people + 1)], "ties": ties, "directed": False}


def graph(own: dict[str, Any]) -> Any:
    """The same as a network."""
    found: Any = nx.Graph()
    found.add_nodes_from(own["people"])
    found.add_edges_from((own["people"][one], own["people"][other]) for one, other, _ in own["ties"])
    return found


def credit(qid: str, value: Any, own: dict[str, Any]) -> float:
    """What an answer earns about a network of one's own."""
    exercise = find(qid)
    found = judge(exercise, value, resolved(exercise, answered("ps07") | {"ps07-own": own})).credit
    assert found is not None
    return found


def numbers(own: dict[str, Any]) -> dict[str, str]:
    """Its numbers, by networkx."""
    found = graph(own)
    degree = dict(found.degree)
    top = max(degree.values())
    pairs = [list(combinations(found[name], 2)) for name in found if degree[name] == top]
    sizes = [top - 2 * sum(found.has_edge(*pair) for pair in each) / top if top else 0 for each in pairs]
    return {
        "ties": str(found.number_of_edges()),
        "density": f"{nx.density(found):.2f}",
        "degree": str(top),
        "between": f"{max(nx.betweenness_centrality(found).values()):.2f}",
        "effective": f"{max(sizes):.2f}",
    }


@pytest.mark.parametrize("ties", values("ps07-hand", "ties"))
def test_every_pair_of_the_committee_has_one_shortest_path(ties):
    known = neighbours(ties)
    assert len(known) == 8
    assert all(len(shortest(known, one, other)) == 1 for one, other in combinations(known, 2))
    right = hand(ties)
    assert right["edo"] != right["hana"]
    for person in ("Edo", "Hana"):
        assert abs(right[person.lower()] - len(known[person]) / 7) > 0.0125, "the share of people known is no answer"


@pytest.mark.parametrize("ties", values("ps07-effective", "ties"))
def test_more_contacts_are_not_a_larger_effective_size(ties):
    known, right = neighbours(ties), effective(ties)
    assert len(known["Eka"]) >= len(known["Hadi"])
    assert right["eka"] < right["hadi"]


def test_hidden_networks_tell_effective_size_from_degree():
    options = given("ps07-effective-code")
    for ties, person in options["inputs"]:
        degree = sum(person in tie for tie in ties)
        assert 0 < options["key"](ties, person) < degree


@pytest.mark.parametrize("seed", range(6))
def test_measures_of_any_network_of_ones_own_are_worked_out_again(seed):
    chance = random.Random(seed)
    own = network(chance.randint(15, 40), chance.choice([0.15, 0.2, 0.3]), seed)
    found = graph(own)
    assert credit("ps07-own-numbers", numbers(own), own) == 1
    between, open_ = nx.betweenness_centrality(found), nx.constraint(found)
    tied = {name: value for name, value in open_.items() if found.degree[name]}
    for qid, best in (("ps07-own-passed", max(between, key=between.get)), ("ps07-own-free", min(tied, key=tied.get))):
        assert credit(qid, best, own) == 1
        assert sum(credit(qid, name, own) for name in found) <= 2, "hardly anybody else is right"


@pytest.mark.parametrize("people", [1, 2, 5, 9, 14])
@pytest.mark.parametrize("chance", [0, 0.4, 1])
def test_too_few_people_earn_a_part_only(people, chance):
    own = network(people, chance, 1)
    earned = credit("ps07-own-numbers", numbers(own), own)
    assert earned == pytest.approx((people / 15) ** 2)
    for qid in ("ps07-own-passed", "ps07-own-free"):
        assert not any(credit(qid, name, own) for name in [*own["people"], "tidak ada", "nobody"])


def test_where_nobody_is_passed_nobody_is_the_answer():
    own = network(15, 1, 1)
    assert credit("ps07-own-passed", "tidak ada", own) == credit("ps07-own-passed", "Nobody", own) == 1
    assert credit("ps07-own-passed", "P01", own) == 0
    bare = network(15, 0, 1)
    assert credit("ps07-own-free", "tidak ada", bare) == 1
    assert credit("ps07-own-numbers", numbers(bare), bare) == 1


@pytest.mark.parametrize("name", ["P01", "p7", "12", "Orang 3", "Person 12"])
def test_pseudonyms_are_taken(name):
    own = network(15, 0.2, 3)
    renamed = own | {"people": [name, *(f"P{n}" for n in range(30, 44))]}
    assert judge(find("ps07-own"), renamed, resolved(find("ps07-own"), {"ps07-own": renamed})).credit == 1


@pytest.mark.parametrize("name", ["Ani", "Ani 3", "P. Ahmad", "Rara Sekar Ayu"])
def test_names_are_not(name):
    own = network(15, 0.2, 3)
    named = own | {"people": [name, *own["people"][1:]]}
    found = judge(find("ps07-own"), named, resolved(find("ps07-own"), {"ps07-own": named})).credit
    assert found == pytest.approx(2 / 3)


# The club


def changed(*new: tuple[str, str]) -> dict[str, Any]:
    """The club's map with some ties more."""
    place = {name: at for at, name in enumerate(CLUB["people"])}
    ties = [[place[one], place[other], 1] for one, other in [*CLUB["ties"], *new]]
    return {"people": CLUB["people"], "ties": ties, "directed": False}


def redesign(*new: tuple[str, str]) -> float:
    """What a redesign earns."""
    exercise, value = find("ps07-redesign"), changed(*new)
    found = judge(exercise, value, resolved(exercise, answered("ps07") | {"ps07-redesign": value})).credit
    assert found is not None
    return found


MISSING = list(nx.complement(MAP).edges)


def test_some_pairs_of_introductions_do_it_and_most_do_not():
    among = [pair for pair in combinations(sorted(MAP["Rani"]), 2) if not MAP.has_edge(*pair)]
    full = 0
    for new in combinations(among, 2):
        after = MAP.copy()
        after.add_edges_from(new)
        whole = nx.is_connected(after.subgraph(set(after) - {"Rani"}))
        down = nx.betweenness_centrality(after)["Rani"] <= 0.5
        apart = len({name for pair in new for name in pair}) == 4
        assert (redesign(*new) == 1) == (whole and down and apart)
        full += whole and down and apart
    assert 0 < full <= len(list(combinations(among, 2))) / 4


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_ties_drawn_anywhere_earn_little(count):
    chance = random.Random(count)
    earned = [redesign(*chance.sample(MISSING, count)) for _ in range(60)]
    assert sum(earned) / len(earned) <= 0.25


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_list_of_ties_is_that_of_the_map(language):
    listed = [tuple(word.strip(",;.").split("–")) for word in cell("ps07", "roles", language).split() if "–" in word]
    assert sorted(map(sorted, listed)) == sorted(map(sorted, MAP.edges))


def test_roles_and_ways_round_are_those_of_the_map():
    for item, right in given("ps07-roles")["key"].items():
        first, broker, last = BANK["ps07-roles"]["items"][item]["text"]["id"].replace("*", "").split(" → ")
        assert MAP.has_edge(first, broker)
        assert MAP.has_edge(broker, last)
        assert not MAP.has_edge(first, last)
        teams = [CLUB["groups"][name] for name in (first, broker, last)]
        letters = {teams[1]: "A"}
        for team in (teams[0], teams[2]):
            letters.setdefault(team, "BC"[len(letters) - 1])
        assert right["role"] == ROLES["".join(letters[team] for team in teams)]
        rest = MAP.subgraph(set(MAP) - {broker})
        steps = nx.shortest_path_length(rest, first, last) if nx.has_path(rest, first, last) else 0
        assert right["without"] == {0: "cut", 2: "same", 3: "three"}[steps]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_the_memo_says_of_the_map_is_so(language):
    memo, between = cell("ps07", "ps07-memo", language), nx.betweenness_centrality(MAP)
    (first, most), (second, next_) = sorted(between.items(), key=lambda one: -one[1])[:2]
    assert (first, second) == ("Rani", "Nanda")
    sign = "," if language == "id" else "."
    assert f"{most:.2f}".replace(".", sign) in memo
    assert f"{next_:.2f}".replace(".", sign) in memo
    assert redesign(("Laras", "Nanda"), ("Sekar", "Wahyu")) == 1
    assert nx.number_connected_components(MAP.subgraph(set(MAP) - {"Rani"})) == 3
    assert {name for name in MAP if MAP.degree[name] == 2} == {"Mega", "Vina", "Ucok", "Oki", "Galih"}
    assert [name for name in MAP if MAP.degree[name] == 6] == ["Rani"]


def test_survivors_in_every_variant():
    drawn = ("wide", "won", "few", "late")
    both = set()
    for case in product(*(values("ps07-survivors", name) for name in drawn)):
        right = survivors(*case)
        assert right["book"] > 60, "the book always looks convincing"
        assert right["wide-before"] < right["wide"]
        assert right["narrow-before"] > right["narrow"]
        both.add((right["wide"] > right["narrow"], right["wide-before"] > right["narrow-before"]))
        wide, won, few, late = case
        unmoved = {"wide-before": 100 * (won - late) / wide, "narrow-before": 100 * (few + late) / (1000 - wide)}
        for field, value in ({"failed": right["book"]} | unmoved).items():
            assert abs(right[field] - value) > 0.02, "a slip is seen at two decimals"
    assert both == {(True, True), (True, False), (False, False)}, "wide networks help, seem to help, or don't"


def test_the_network_exercise_is_drawn_without_direction():
    arrows = network(15, 0.2, 1) | {"directed": True}
    assert kinds.judge(find("ps07-own"), arrows, {}).credit == 0
