"""Assignment 4: what the general tests of assignments can't know."""

import json
import re
from itertools import product
from pathlib import Path

import pytest

from jejaring.exercises.bank import find
from jejaring.language import LANGUAGES, use_language, word
from jejaring.verses import verses
from tests.assignments import bank, given, source
from tests.solvers.ps04 import houses, kind_people, villages, watch

BANK = bank("ps04")
ARABIC = re.compile("[\u0600-\u06ff]")
QUOTED = re.compile("“(.+?)”")


@pytest.fixture(autouse=True)
def _language():
    yield
    use_language(next(iter(LANGUAGES)))


def values(qid, *names):
    return product(*(BANK[qid]["parameters"][name]["values"] for name in names))


def plain(text):
    return " ".join(re.sub(r"[^\w\s]", " ", text).casefold().split())


def test_no_arabic_is_typed_anywhere():
    root = Path(__file__).parents[1]
    for name in ("src/jejaring/bank/ps04.toml", "source/attempts/ps04.toml"):
        assert not ARABIC.search((root / name).read_text(encoding="utf-8"))
    for language in LANGUAGES:
        for cell in source("ps04", language)["cells"]:
            assert not ARABIC.search("".join(cell["source"])), cell["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cards_show_the_verses_as_they_stand_in_the_data(language):
    cells = {cell["id"]: cell for cell in source("ps04", language)["cells"]}
    shown = json.dumps(cells["six-verses"]["outputs"], ensure_ascii=False)
    assert all(one.fragment in shown for one in verses())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_called_a_faithful_quotation_is_one(language):
    use_language(language)
    told = [(one, what) for one in verses() for what in ("meaning", "around")]
    cards = plain(" ".join(word(f"verse.{one.sura}-{one.ayah}.{what}") for one, what in told))
    key = given("ps04-faults")["key"]
    faithful = 0
    for item, case in find("ps04-faults").entry["items"].items():
        for quoted in QUOTED.findall(case["text"][language]):
            assert (plain(quoted) in cards) == (key[item] != "wording"), (item, quoted)
            faithful += key[item] != "wording"
    assert faithful == 7


def test_in_every_alley_a_higher_threshold_does_less():
    for wealth, rate in values("ps04-houses", "wealth", "rate"):
        right, mean = houses(wealth, rate), sum(wealth) / len(wealth)
        assert wealth == sorted(set(wealth))
        assert [house / mean >= 1 for house in wealth] == [False, False, True, True, True]
        assert [house / mean >= 2 for house in wealth] == [False, False, False, False, True]
        assert right["high"] - right["low"] > 0.015
        assert right["before"] - right["high"] > 0.015


def test_no_known_misconception_about_a_village_is_right_by_luck():
    for incomes, people in values("ps04-gini-by-hand", "incomes", "people"):
        right = villages(incomes, people)
        assert right["own"] == pytest.approx(right["twins"])
        assert right["own"] - right["raised"] > 0.05
        assert right["alone"] == pytest.approx(1 - 1 / people)
        assert len(given("ps04-gini-by-hand")["wrong"]({"incomes": incomes, "people": people})) == 8


def test_every_pump_is_within_reach_of_the_panel_and_of_no_shortcut():
    for cost, people in values("ps04-watch", "cost", "people"):
        right = watch(cost, people)
        assert cost % 5 == 0
        assert 5 <= cost <= 95
        assert 3 <= people <= 40
        assert right["three"] < right["many"] < right["others"] < right["each"]
        assert right["others"] - right["many"] > 0.0065
        assert right["many"] - right["three"] > 0.0065


def test_more_kind_witnesses_are_safer_and_five_per_cent_is_not_hit_exactly():
    for often, people in values("ps04-kind-people", "often", "people"):
        right = kind_people(often, people)
        assert right["many"] < right["two"]
        assert abs((1 - often / 100) ** right["enough"] - 0.05) > 0.001


def test_the_order_of_the_risks_is_the_models():
    situations = {
        "two-cheap": (20, 2),
        "five-cheap": (20, 5),
        "forty-cheap": (20, 40),
        "two-dear": (50, 2),
        "forty-dear": (50, 40),
    }
    risk = {name: watch(cost, people)["many"] for name, (cost, people) in situations.items()} | {"roster": 0}
    assert given("ps04-risks")["key"] == sorted(risk, key=risk.__getitem__)


def test_hidden_villages_tell_the_usual_slips_apart():
    right = given("ps04-gini")["key"]
    villages_ = [incomes for (incomes,) in given("ps04-gini")["inputs"]]
    twice = [incomes for incomes in villages_ if incomes != villages_[0]]
    assert right(villages_[0]) == 0
    assert right(villages_[2]) == pytest.approx(right(villages_[3])), "a village and its twins"
    assert all(incomes != sorted(incomes) for incomes in twice)
    assert all(right(incomes) > 0.2 for incomes in twice)
