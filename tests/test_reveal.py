"""What is answered and what is missing, where a task may be done in two ways."""

import re

import pytest

from jejaring import answers, progress
from jejaring.answers import Answer
from jejaring.language import use_language
from jejaring.widgets import reveal
from tests.assignments import answered


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch):
    monkeypatch.setattr(answers, "_memory", {})
    monkeypatch.setattr(answers, "_watchers", {})
    monkeypatch.setattr(reveal, "_shown", {})
    use_language("en")
    yield
    use_language("id")


def rows():
    said = reveal._shown["progress ps03"].value
    cells = re.findall(r'<th scope="row">(.*?)</th><td data-label="State">(.*?)</td>', said)
    return re.search(r"\d+ of \d+", said)[0], dict(cells)


def test_two_ways_are_one_task():
    answers.remember(answers.STUDENT, Answer("instruktur", 1.0))
    progress("ps03")
    summary, states = rows()
    assert summary == "0 of 12"
    assert len(states) == 13
    answers.remember("ps03-index-by-hand", Answer(answered("ps03")["ps03-index-by-hand"], 2.0))
    summary, states = rows()
    assert summary == "1 of 12"
    second = next(state for title, state in states.items() if title.startswith("The second way"))
    assert second == "– not needed: done the other way"


def test_half_a_way_is_not_enough():
    answers.remember(answers.STUDENT, Answer("instruktur", 1.0))
    answers.remember("ps03-index-by-hand", Answer({"swings-a": "8"}, 2.0))
    progress("ps03")
    summary, states = rows()
    assert summary == "0 of 12"
    assert "◐ 1 of 6 answered" in states.values()
