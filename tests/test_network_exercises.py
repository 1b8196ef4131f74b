"""The kind network: what a bank may say, and how an answer is told where no page draws it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.preprocessors import StripHiddenTests
from autograder.release import leaks
from jejaring import answers
from jejaring.errors import BankError
from jejaring.exercises import bank, find, kinds
from jejaring.exercises.bank import Exercise
from jejaring.language import use_language
from jejaring.widgets.bench import Bench
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
    assert copied(folder, value | {"ties": [], "directed": False})[0].startswith(
        "Ties have a direction in this exercise"
    )
    assert copied(folder, {"people": ["Ani", "Budi"], "ties": [[0, 1, 2.5]], "directed": True}) == ["Not answered yet."]


def test_a_long_copy_is_cut_and_says_how_much_is_left(folder: Path) -> None:
    pairs = [[one, other, 1] for one in range(12) for other in range(one)]
    lines = copied(folder, {"people": [f"P{n}" for n in range(300)], "ties": pairs, "directed": True})
    assert len(lines) == 1 + 40 + 1 + 1
    assert lines[0] == "300 orang, 66 ikatan berarah"
    assert lines[-2] == "… dan 26 ikatan lagi"
    assert lines[-1].endswith(", P51 …")


# What the page may do


def bench_of(folder: Path, text: str = GOOD) -> Bench:
    """Where the network of this bank's exercise is drawn."""
    problems(folder, text)
    bench = ExerciseWidget(find("ps77-own"))._bench
    assert bench
    return bench


def ask(bench: Bench, wish: str, what: Any = None, buffers: Any = ()) -> dict[str, Any]:
    """What a page hears."""
    return bench.take({"asked": "1", "do": wish, "with": what}, list(buffers))


CSV = b"from,to,strength\nWulandari,Prasetyo,3\nPrasetyo,Wulandari,1\n"


def test_the_given_network_lies_there_and_comes_back(folder: Path) -> None:
    bench = bench_of(folder)
    assert (bench.drawing.names, bench.drawing.directed) == (("Ani", "Budi"), True)
    assert bench.drawing.groups == {"Ani": "A"}
    other = {"people": ["Ani", "Budi"], "ties": [[1, 0, 1.0]], "directed": True}
    assert ask(bench, "hello", other)["network"]["ties"] == [[1, 0, 1.0]]
    assert bench.drawing.groups == {"Ani": "A"}, "who keeps the name keeps the group"
    assert ask(bench, "load", "given")["network"]["ties"] == [[0, 1, 2.5]]
    ask(bench, "hello", other)
    for unfit in (None, "x", other | {"directed": False}, other | {"people": ["Ani", "Cici"]}):
        assert ask(bench, "hello", unfit)["network"]["ties"] == [[0, 1, 2.5]], unfit


def test_a_page_that_shows_it_again_keeps_everybodys_place(folder: Path) -> None:
    bench = bench_of(folder, GOOD.replace('fixed = "people"\n', ""))
    page = {"people": [["Ani", 0.1, 0.2, "", ""], ["Cici", 0.9, 0.8, "", ""]], "ties": [], "directed": True}
    bench.take({"asked": "1", "network": page}, [])
    answer = {"people": ["Ani", "Cici"], "ties": [], "directed": True}
    assert ask(bench, "hello", answer)["network"]["people"] == page["people"]


def test_what_would_be_the_answer_is_refused(folder: Path) -> None:
    bench = bench_of(folder)
    for wish, what in (("suggest", 1), ("freeze", None), ("back", None), ("csv", "a.csv"), ("load", "karate")):
        reply = ask(bench, wish, what, [CSV])
        assert set(reply) == {"answered", "report", "state", "names"}, wish
        assert reply["report"] == {"twin": "2 orang, 1 ikatan."}
    assert bench.drawing.names == ("Ani", "Budi")
    measured = bench_of(folder, GOOD.replace("measures = false\n", ""))
    report = ask(measured, "hello")["report"]
    assert report["compare"]["sentence"].startswith("Belum ada yang berubah"), "compared with what was given"
    assert ask(measured, "csv", "a.csv", [CSV])["report"]["compare"]


@pytest.mark.parametrize(
    ("directed", "ties"), [("true", [[0, 1], [1, 0]]), ("false", [[0, 1]]), (None, [[0, 1], [1, 0]])]
)
def test_a_survey_becomes_what_the_exercise_asks_for(folder: Path, directed: str | None, ties: list[list[int]]) -> None:
    line = f"directed = {directed}" if directed else ""
    bank_text = GOOD.replace("directed = true", line).replace('fixed = "people"\n', "").replace(START, "")
    bench = bench_of(folder, bank_text)
    assert bench.drawing.people == ()
    network = ask(bench, "csv", "a.csv", [CSV])["network"]
    assert network["directed"] is (directed != "false")
    assert sorted(sorted(tie[:2]) if directed == "false" else tie[:2] for tie in network["ties"]) == ties
    assert {tie[2] for tie in network["ties"]} == ({3.0} if directed == "false" else {3.0, 1.0})
    assert "Wulandari" not in str(network)


def test_a_bank_that_changed_is_drawn_as_it_is_now(folder: Path) -> None:
    problems(folder, GOOD)
    widget = ExerciseWidget(find("ps77-own"))
    problems(folder, GOOD.replace("2.5", "4.0"))
    widget.renew(find("ps77-own"))
    assert widget._bench
    assert widget._bench.drawing.ties == ((0, 1, 4.0),)


# What students receive, and what their feedback shows


TEST = """### BEGIN HIDDEN TESTS
mark("ps77-own", key=lambda p: {"back": p["network"].has_edge("Cici", "Tono"), "few": {"measure": "added", "most": 5}})
### END HIDDEN TESTS"""


def notebook(*sources: str, **answers: Any) -> dict[str, Any]:
    """A notebook of code cells."""
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for n, source in enumerate(sources)
    ]
    own = {"jejaring": {"language": "en"} | ({"answers": answers} if answers else {})}
    return {"cells": cells, "metadata": own, "nbformat": 4, "nbformat_minor": 5}


def test_a_release_holds_no_network_of_the_instructors(tmp_path: Path) -> None:
    drawn = {"people": ["Cici", "Tono"], "ties": [[0, 1, 1.0]], "directed": True}
    texts = {
        "source/id/ps77/ps77.ipynb": json.dumps(notebook("ask('ps77-own')", TEST, **{"ps77-own": drawn})),
        "source/attempts/ps77.toml": "ps77-own = [{ value = { people = ['Cici', 'Tono'], ties = [[0, 1, 1.0]], "
        "directed = true }, credit = 1 }]",
        "release/id/ps77/ps77.ipynb": json.dumps(notebook("ask('ps77-own')", "progress()")),
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(leaks(tmp_path / "release", tmp_path / "source")) == []
    for bad in (
        notebook("ask('ps77-own')", **{"ps77-own": drawn}),
        notebook(f"network = {drawn!r}"),
        notebook(TEST.splitlines()[1]),
    ):
        (tmp_path / "release/id/ps77/ps77.ipynb").write_text(json.dumps(bad), encoding="utf-8")
        assert list(leaks(tmp_path / "release", tmp_path / "source")), bad


def test_a_feedback_page_shows_the_network_in_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems(folder, GOOD)
    here = folder / "autograded" / "s-0042" / "ps77"
    here.mkdir(parents=True)
    drawn = {"people": ["Ani", "Budi"], "ties": [[0, 1, 1], [1, 0, 1]], "directed": True}
    stored = {"ps77-own": {"value": drawn, "t": 5.0, "tries": 0}}
    submitted = nbformat.from_dict(notebook("from jejaring import ask\nask('ps77-own')", **stored))
    nbformat.write(submitted, here / "ps77.ipynb")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    NotebookClient(submitted, kernel_name="python3", resources={"metadata": {"path": str(here)}}).execute()
    shown, _ = StripHiddenTests().preprocess(submitted, {})
    (copy,) = (output["data"]["text/html"] for output in shown.cells[0].outputs if "data" in output)
    assert "<li>2 orang, 2 ikatan berarah</li><li>Ani → Budi</li><li>Budi → Ani</li>" in copy
