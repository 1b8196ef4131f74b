"""The kind network: what a bank may say, and how an answer is told where no page draws it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jejaring import answers
from jejaring.errors import BankError
from jejaring.exercises import bank, find, kinds
from jejaring.exercises.bank import Exercise
from jejaring.language import use_language
from jejaring.widgets.exercise import ExerciseWidget

GOOD = """
[ps77-own]
kind = "network"
points = 3
prompt = { id = "Gambar.", en = "Draw." }
directed = true
fixed = "people"
measures = false
start = { people = ["Ani", "Budi"], ties = [["Ani", "Budi", 2.5]], groups = { Ani = "A" } }
requirements.back.text = { id = "Dibalas", en = "Answered" }

[ps77-count]
kind = "text"
points = 1
about = "ps77-own"
parameters.n.values = [1, 2]
prompt = { id = "Siapa?", en = "Who?" }
"""
START = 'start = { people = ["Ani", "Budi"], ties = [["Ani", "Budi", 2.5]], groups = { Ani = "A" } }'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A teacher's own folder of exercises."""
    monkeypatch.setenv("JEJARING_BANK", str(tmp_path))
    yield tmp_path
    use_language("id")


def problems(folder: Path, text: str) -> list[str]:
    """What is wrong with this bank."""
    path = folder / "ps77.toml"
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in bank.validate(path)]


def test_a_good_bank_is_good(folder: Path) -> None:
    assert problems(folder, GOOD) == []
    given = kinds.get("network").given(find("ps77-own"), {"people": ["Budi", "Ani"], "ties": [], "directed": True})
    assert list(given["start"].edges(data="weight")) == [("Ani", "Budi", 2.5)]
    assert given["network"].nodes["Ani"] == {"group": "A"}
    assert given["network"].nodes["Budi"] == {}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('about = "ps77-own"', 'about = "ps77-own2"', "[ps77-count] about: this file has no exercise 'ps77-own2'"),
        ('about = "ps77-own"', 'about = "ps77-own2"', "did you mean ps77-own?"),
        ('about = "ps77-own"', 'about = "ps77-count"', "about: this file has no exercise 'ps77-count' of kind network"),
        ('about = "ps77-own"', "about = 3", "about: is not a string"),
        (
            "points = 3",
            'points = 3\nabout = "ps77-own"',
            "[ps77-own] about: an exercise of kind network is about its own",
        ),
        ("parameters.n", "parameters.network", "parameters.network: is what functions call the student's network"),
        ("directed = true", "directed = 1", "directed: is neither true nor false"),
        ("measures = false", 'measures = "no"', "measures: is neither true nor false"),
        ('fixed = "people"', 'fixed = "ties"', "fixed: only people can be fixed"),
        (START, "", "fixed: there is no network whose people could be fixed. Add start."),
        ('["Ani", "Budi", 2.5]', '["Ani", "Bud", 2.5]', "start.ties (number 1): 'Bud' is nobody; did you mean Budi?"),
        ('["Ani", "Budi", 2.5]', '["Ani", "Budi", "x"]', "start: ties[0]: a strength must be above 0"),
        ('["Ani", "Budi", 2.5]', '["Ani", "Ani"]', "start: ties[0]: from a person to itself."),
        ('["Ani", "Budi", 2.5]', '["Ani"]', "start.ties (number 1): is no tie."),
        (
            'people = ["Ani", "Budi"]',
            'people = ["Ani", "Budi", "ani"]',
            "start: people: the name 'ani' stands there twice",
        ),
        ('groups = { Ani = "A" }', 'groups = { Ano = "A" }', "start.groups: 'Ano' is nobody; did you mean Ani?"),
        ('groups = { Ani = "A" }', "groups = { Ani = 1 }", "start.groups: is not a table from names to groups."),
        (
            "requirements.back.text",
            "requirements.back.txt",
            "requirements.back.txt: is no field here; did you mean text?",
        ),
        ("measures = false", "key = {}", "key: gives something away"),
    ],
)
def test_a_mistake_in_the_bank_is_named(folder: Path, old: str, new: str, expected: str) -> None:
    assert old in GOOD
    said = problems(folder, GOOD.replace(old, new))
    assert any(expected in line for line in said), said


def test_an_exercise_about_nothing_cannot_be_asked(folder: Path) -> None:
    problems(folder, GOOD.replace('about = "ps77-own"', 'about = "l03-forms"'))
    with pytest.raises(BankError, match="has no exercise 'l03-forms' of kind network"):
        find("ps77-count")


def test_a_lessons_key_is_made_of_conditions() -> None:
    exercise = kinds.get("network")
    entry: dict[str, Any] = {"requirements": {"whole": {"text": {"id": "Utuh", "en": "Whole"}}}}
    lesson = Exercise("l77-own", "network", entry, Path("l77.toml"))
    assert list(exercise.key_problems(lesson, {"whole": {"measure": "components", "most": 1}})) == []
    (problem,) = exercise.key_problems(lesson, {"whole": 0.5})
    assert "key.whole: is no condition" in problem


# What stands where no page draws


def copied(folder: Path, value: Any) -> list[str]:
    """The answer as its copy in the notebook tells it."""
    problems(folder, GOOD.replace('fixed = "people"\n', ""))
    widget = ExerciseWidget(find("ps77-own"))
    widget.value, widget.t = value, 5.0
    copy = widget.copy()
    assert copy[answers.MIME]["value"] == value
    text = copy["text/plain"].removeprefix("[ps77-own] ").split(" | ")
    assert copy["text/html"].count("<li>") in (0, len(text))
    return text


def test_the_copy_tells_people_and_ties(folder: Path) -> None:
    use_language("en")
    value = {"people": ["Ani", "<b>", "Cici", "Dedi"], "ties": [[0, 1, 1], [1, 0, 2.5]], "directed": True}
    assert copied(folder, value) == [
        "people: 4, ties with a direction: 2", "Ani → <b>", "<b> → Ani (2.5)", "without a tie: Cici, Dedi",
    ]  # fmt: skip
    assert copied(folder, value | {"ties": [], "directed": False})[0].startswith("Ties have a direction in this exercise")
    assert copied(folder, {"people": ["Ani", "Budi"], "ties": [[0, 1, 2.5]], "directed": True}) == ["Not answered yet."]


def test_a_long_copy_is_cut_and_says_how_much_is_left(folder: Path) -> None:
    pairs = [[one, other, 1] for one in range(12) for other in range(one)]
    lines = copied(folder, {"people": [f"P{n}" for n in range(300)], "ties": pairs, "directed": True})
    assert len(lines) == 1 + 40 + 1 + 1
    assert lines[0] == "300 orang, 66 ikatan berarah"
    assert lines[-2] == "… dan 26 ikatan lagi"
    assert lines[-1].endswith(", P51 …")
