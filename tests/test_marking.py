"""mark(...) in a hidden test cell: the score, the reasons, and whose fault what is."""

import json
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.inside import child
from jejaring import answers, mark
from jejaring.errors import BankError
from jejaring.exercises import results
from jejaring.language import LANGUAGES, language, use_language
from jejaring.variants import parameters

BANK = Path(__file__).parent / "contracts" / "bank"
FORMS = {"flood": "mutual-aid", "party": "coalition"}
CHAMBER = {"seats": {"values": [[45, 30, 25], [50, 49, 1]]}, "quota": {"values": [51, 60, 67]}}
SHARES = "def shares(seats):\n    return [seat / sum(seats) for seat in seats]"


def cell(grade_id: str, source: str = "", **nbgrader: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": grade_id,
        "metadata": {"nbgrader": {"grade_id": grade_id, **nbgrader}},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


Hand = Callable[..., Path]


@pytest.fixture
def hand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    """Put a notebook where nbgrader runs submissions, and go there."""
    monkeypatch.setenv("JEJARING_BANK", str(BANK))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    for name in ("JPY_SESSION_NAME", "JEJARING_NOTEBOOK", "JUPYTERHUB_USER", "JEJARING_GRADING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(answers, "_memory", {})

    def hand(given: Any = None, student: str = "s-0042", lang: str = "en", cells: Any = ()) -> Path:
        folder = tmp_path / "autograded" / student / "ps99"
        folder.mkdir(parents=True, exist_ok=True)
        stored = {qid: {"value": value, "t": 5.0, "tries": 0} for qid, value in (given or {}).items()}
        notebook = {
            "cells": list(cells),
            "metadata": {"jejaring": {"language": lang, "answers": stored}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        (folder / "ps99.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        monkeypatch.chdir(folder)
        return folder / "ps99.ipynb"

    yield hand
    use_language(next(iter(LANGUAGES)))


def said(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert err == "", "nbgrader takes any word on standard error for a failure"
    return out


def test_points_and_reasons(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in({"ps99-forms": {"flood": "coalition", "party": "coalition"}})
    score = mark("ps99-forms", key=FORMS, why={"coalition": {"en": "Which organisations?", "id": "Organisasi mana?"}})
    assert score == 5.0
    assert type(score) is float
    assert said(capsys).splitlines() == [
        "ps99-forms: 5 of 10 points",
        "- Flood: not yet. Which organisations?",
        "- Party: right",
    ]


def test_reasons_are_in_the_notebooks_language(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    use_language("en")
    hand_in({"ps99-forms": {"flood": "coalition"}}, lang="id")
    mark("ps99-forms", key=FORMS, why={"flood": {"coalition": {"id": "Organisasi mana?"}}})
    lines = said(capsys).splitlines()
    assert lines[0] == "ps99-forms: 0 dari 10 poin"
    assert lines[1:] == ["- Banjir: belum tepat. Organisasi mana?", "- Partai: belum tepat. Belum dijawab."]
    assert language() == "en"


def test_nbgraders_points_count_before_the_banks(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in({"ps99-forms": FORMS}, cells=[cell("ps99-forms-test", points=4)])
    assert mark("ps99-forms", key=FORMS) == 4.0
    for nonsense in (True, "12", -3, 10**9, float("nan"), None, [4]):
        hand_in({"ps99-forms": FORMS}, cells=[cell("ps99-forms-test", points=nonsense)])
        assert mark("ps99-forms", key=FORMS) == 10.0
    said(capsys)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "No answers found in this notebook. Perhaps"),
        ({"student": "s-0042"}, "There is no answer to this exercise."),
        ({"ps99-forms": {"flood": "cartel"}}, "names “cartel”, which this exercise does not have"),
        ({"ps99-forms": [[["flood"]]]}, "The stored answer is damaged"),
        ({"ps99-forms": {"flood": "\ud800"}}, "which this exercise does not have"),
        ({"ps99-forms": {}}, "There is no answer to this exercise."),
    ],
)
def test_what_can_not_be_scored_is_said(
    hand_in: Hand, capsys: pytest.CaptureFixture[str], given: Any, expected: str
) -> None:
    hand_in(given)
    assert mark("ps99-forms", key=FORMS) == 0.0
    assert expected in said(capsys)


@pytest.mark.parametrize("content", ["", "{", "[]", "\ufeff{}", '{"cells": 3}', '{"cells": [7, {"metadata": 3}]}'])
def test_a_broken_notebook_scores_nothing_and_raises_nothing(
    hand_in: Hand, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    hand_in().write_text(content, encoding="utf-8")
    assert mark("ps99-forms", key=FORMS) == 0.0
    assert len(said(capsys).splitlines()) == 2


def test_the_students_memory_is_not_asked_in_grading(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in({"ps99-forms": {"flood": "coalition", "party": "mutual-aid"}})
    answers.remember("ps99-forms", answers.Answer(FORMS, 1e12))
    assert mark("ps99-forms", key=FORMS) == 0.0
    said(capsys)


def test_an_instructors_own_run_takes_the_newest_answer(
    hand_in: Hand, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hand_in({"ps99-forms": {"flood": "coalition"}})
    monkeypatch.delenv("NBGRADER_EXECUTION")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    answers.remember("ps99-forms", answers.Answer(FORMS, 1e12))
    assert mark("ps99-forms", key=FORMS) == 10.0
    said(capsys)


# Variants


def _chamber(drawn: dict[str, Any]) -> dict[str, Any]:
    return {"total": sum(drawn["seats"]) - drawn["quota"], "half": Fraction(drawn["quota"], 2)}


def _right(student: str) -> dict[str, str]:
    key = _chamber(parameters(CHAMBER, student, "ps99-chamber"))
    return {name: str(value) for name, value in key.items()}


def test_every_student_is_marked_by_their_own_numbers(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    seen = set()
    for number in range(12):
        student = f"s-{number:04}"
        hand_in({"ps99-chamber": _right(student), "student": student.upper()}, student)
        assert mark("ps99-chamber", key=_chamber) == 6.0
        seen.add(said(capsys).splitlines()[1])
    assert len(seen) == 3, "the label names the quota of this student"


def test_a_notebook_made_for_somebody_else_is_named(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    other = next(f"s{i}" for i in range(99) if _right(f"s{i}")["total"] != _right("s-0042")["total"])
    hand_in({"ps99-chamber": _right(other), "student": other, "ps99-forms": FORMS})
    assert mark("ps99-chamber", key=_chamber) == 0.0
    assert f"made for {other} but handed in by s-0042" in said(capsys)
    assert mark("ps99-forms", key=FORMS) == 10.0
    assert "handed in by" not in said(capsys), "nothing differs from student to student here"


def test_without_a_student_a_variant_can_not_be_marked(
    hand_in: Hand, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hand_in({"ps99-chamber": {"total": "1"}})
    monkeypatch.delenv("NBGRADER_EXECUTION")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert mark("ps99-chamber", key=_chamber) == 0.0
    assert "student number" in said(capsys)


def test_misconceptions_may_depend_on_the_parameters(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    quota = parameters(CHAMBER, "s-0042", "ps99-chamber")["quota"]
    hand_in({"ps99-chamber": _right("s-0042") | {"half": str(quota)}})
    score = mark(
        "ps99-chamber",
        key=_chamber,
        wrong=lambda drawn: [{"field": "half", "value": drawn["quota"], "credit": 0.5, "why": "That is all of it."}],
        tolerance=lambda drawn: drawn["quota"] / 1000,
    )
    assert score == 4.5
    assert "Half the quota: partly right. That is all of it." in said(capsys)


def test_a_misconception_that_happens_to_be_right_is_right(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in({"ps99-chamber": _right("s-0042")})
    half = _chamber(parameters(CHAMBER, "s-0042", "ps99-chamber"))["half"]
    assert mark("ps99-chamber", key=_chamber, wrong=[{"field": "half", "value": half, "why": "Not so."}]) == 6.0
    assert "Not so." not in said(capsys)


def test_a_notebook_from_which_nbgrader_was_started_is_not_the_submission(
    hand_in: Hand, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    teachers = hand_in({}, student="teacher")
    hand_in({"ps99-forms": FORMS})
    monkeypatch.setenv("JPY_SESSION_NAME", str(teachers))
    assert mark("ps99-forms", key=FORMS) == 10.0
    said(capsys)


# The instructor's mistakes


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ({"key": {"flood": "mutual-aid"}}, "key: says nothing about party"),
        ({"key": FORMS | {"fllod": "coalition"}}, "'fllod' is no item; did you mean flood"),
        ({"key": FORMS | {"flood": "coalitoin"}}, "'coalitoin' is no class; did you mean coalition"),
        ({"key": None}, "key: is not a table"),
        ({"key": lambda drawn: drawn["seats"]}, "the function given as key failed with KeyError"),
        ({"key": FORMS, "why": {"colition": "x"}}, "'colition' is no id of this exercise; did you mean coalition"),
        ({"key": FORMS, "why": ["x"]}, "why: is not a table"),
        ({"key": FORMS, "tolerance": 1}, "tolerance: kind classify takes no such option"),
    ],
)
def test_an_instructors_mistake_raises(hand_in: Hand, call: dict[str, Any], expected: str) -> None:
    hand_in({})
    with pytest.raises(BankError, match="ps99-forms") as caught:
        mark("ps99-forms", **call)
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"tolerance": -1}, "tolerance: is no number of zero or more"),
        ({"wrong": [{"field": "haft", "value": 1, "why": "x"}]}, "'haft' is no field; did you mean half"),
        ({"wrong": [{"field": "half", "value": 1}]}, "wrong (number 1).why: is missing"),
        ({"wrong": [{"field": "half", "value": "x", "why": "x"}]}, "'x' is no number"),
        ({"tollerance": 1}, "kind number takes no such option; did you mean tolerance"),
    ],
)
def test_options_are_checked_by_their_kind(hand_in: Hand, options: dict[str, Any], expected: str) -> None:
    hand_in({})
    with pytest.raises(BankError) as caught:
        mark("ps99-chamber", key=_chamber, **options)
    assert expected in str(caught.value)


def test_an_unknown_exercise_names_its_neighbour(hand_in: Hand) -> None:
    hand_in({})
    with pytest.raises(BankError, match=r"'ps99-form'.*Did you mean ps99-forms"):
        mark("ps99-form", key=FORMS)


# A network, and what is about it


TRIANGLE = {"people": ["Ani", "Budi", "Cici"], "ties": [[0, 1, 1], [1, 2, 2.5], [2, 0, 1]], "directed": False}
PAIR = {"people": ["Ani", "Budi", "Cici"], "ties": [[0, 1, 1]], "directed": False}
BENT = {"people": ["P1", "P2", "P3"], "ties": [[0, 1, 1], [1, 2, 1]], "directed": False}
MODES = pytest.mark.parametrize("grading", ["", "data"])


def _own(p: dict[str, Any]) -> dict[str, Any]:
    network = p["network"]
    return {"people": {"measure": "people", "least": 3}, "reach": nx.number_connected_components(network) == 1}


def _busiest(p: dict[str, Any]) -> dict[str, int]:
    return {"n": p["times"] * max(degree for _, degree in p["network"].degree)}


def _redesign(p: dict[str, Any]) -> dict[str, Any]:
    near, far = (nx.global_efficiency(p[name]) for name in ("network", "start"))
    return {"budget": {"measure": "added", "most": 1}, "reach": min(1, near / (2 * far)), "kept": True}


def _new_tie(p: dict[str, Any]) -> list[str]:
    assert p["start"].nodes["P1"] == p["network"].nodes["P1"] == {"group": "A"}
    fresh = nx.difference(p["network"], p["start"])
    return [" ".join(pair) for one, other in fresh.edges for pair in ((one, other), (other, one))]


@pytest.fixture
def mode(monkeypatch: pytest.MonkeyPatch, grading: str) -> None:
    """Plain nbgrader, or submissions graded as data."""
    if grading:
        monkeypatch.setenv("JEJARING_GRADING", grading)


@MODES
@pytest.mark.usefixtures("mode")
def test_a_network_is_marked_by_its_requirements(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in({"ps99-own": TRIANGLE})
    assert mark("ps99-own", key=_own) == 6.0
    assert said(capsys).splitlines()[1:] == ["- Three people at least: right", "- Everybody is within reach: right"]
    hand_in({"ps99-own": PAIR}, lang="id")
    assert mark("ps99-own", key=_own, why={"reach": {"id": "Siapa yang sendiri?"}}) == 3.0
    assert "- Semua terjangkau: belum tepat. Siapa yang sendiri?" in said(capsys)
    hand_in({"ps99-own": {"people": ["Ani"], "ties": [], "directed": False}})
    assert mark("ps99-own", key={"people": {"measure": "people", "least": 3}, "reach": 0.25}) == 0.75
    assert said(capsys).splitlines()[1:] == [
        "- Three people at least: not yet. People in your network: 1.",
        "- Everybody is within reach: partly right",
    ]


@MODES
@pytest.mark.usefixtures("mode")
def test_a_key_gets_the_network_and_the_given_one(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in({"ps99-redesign": BENT, "ps99-new-tie": "p3 p2"})
    assert mark("ps99-redesign", key=_redesign) == 3.0
    assert mark("ps99-new-tie", key=_new_tie) == 2.0
    said(capsys)


@MODES
@pytest.mark.usefixtures("mode")
def test_a_question_about_the_network_has_parameters_too(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    seen = set()
    for number in range(9):
        student = f"s-{number:04}"
        times = parameters({"times": {"values": [2, 3, 5]}}, student, "ps99-busiest")["times"]
        hand_in({"ps99-own": TRIANGLE, "ps99-busiest": {"n": str(2 * times)}, "student": student}, student)
        assert (
            mark("ps99-busiest", key=_busiest, wrong=lambda p: [{"field": "n", "value": p["times"], "why": "?"}]) == 4
        )
        hand_in({"ps99-own": PAIR, "ps99-busiest": {"n": str(2 * times)}, "student": student}, student)
        assert mark("ps99-busiest", key=_busiest) == 0
        seen.add(times)
    assert len(seen) == 3
    said(capsys)


@MODES
@pytest.mark.usefixtures("mode")
@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (None, ""),
        ({"people": [], "ties": [], "directed": False}, ""),
        ({"people": ["Ani"], "ties": [[0, 0, 1]], "directed": False}, "The stored answer is damaged"),
        ({"people": ["Ani", "Budi"], "ties": [[0, 1, 10**400]], "directed": False}, "The stored answer is damaged"),
        ({"people": [f"P{n}" for n in range(501)], "ties": [], "directed": False}, "too large: 501 people"),
        ("Ani", "The stored answer is damaged"),
    ],
    ids=["none", "nobody", "a tie to oneself", "a strength beyond all bounds", "a crowd", "no network"],
)
def test_without_a_network_no_function_is_called(
    hand_in: Hand, capsys: pytest.CaptureFixture[str], own: Any, expected: str
) -> None:
    def never(p: dict[str, Any]) -> Any:
        raise AssertionError(p)

    hand_in({"ps99-busiest": {"n": "4"}, "student": "s-0042"} | ({} if own is None else {"ps99-own": own}))
    assert mark("ps99-busiest", key=never, tolerance=never) == 0.0
    line = said(capsys).splitlines()[1]
    assert "your network in ps99-own (“Draw your network.”)" in line
    assert expected in line
    assert mark("ps99-own", key=never) == 0.0
    assert (expected or "There is no answer to this exercise.") in said(capsys)
    hand_in({})
    assert mark("ps99-busiest", key=never) == mark("ps99-own", key=never) == 0.0
    assert said(capsys).count("No answers found in this notebook.") == 2


def test_what_is_given_unchanged_is_no_answer(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    given = {"people": ["P2", "P1", "P3"], "ties": [[0, 1, 1]], "directed": False}
    hand_in({"ps99-redesign": given, "ps99-new-tie": "P1P3"})
    assert mark("ps99-redesign", key=_redesign) == mark("ps99-new-tie", key=_new_tie) == 0.0
    assert "There is no answer" in (lines := said(capsys))
    assert "your network in ps99-redesign" in lines


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"people": ["P1", "P2", "P4"]}, "The people of this exercise are given"),
        ({"directed": True}, "Ties have no direction in this exercise"),
    ],
)
def test_what_the_page_does_not_allow_earns_nothing(
    hand_in: Hand, capsys: pytest.CaptureFixture[str], change: dict[str, Any], expected: str
) -> None:
    hand_in({"ps99-redesign": BENT | change})
    assert mark("ps99-redesign", key=_redesign) == 0.0
    assert expected in said(capsys)


def test_arrows_reach_a_key_as_arrows(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in({"ps99-own": PAIR | {"ties": [[0, 1, 1], [1, 0, 3], [2, 1, 1]], "directed": True}})
    assert mark(
        "ps99-own", key=lambda p: dict.fromkeys(["people", "reach"], p["network"]["Budi"]["Ani"]["weight"] == 3)
    )
    for least, score in ((0.66, 6.0), (0.67, 0.0)):
        condition = {"measure": "reciprocity", "least": least}
        assert mark("ps99-own", key={"people": condition, "reach": condition}) == score
    assert "Reciprocity in your network: 66.67%" in said(capsys)
    hand_in({"ps99-own": TRIANGLE})
    assert mark("ps99-own", key={"people": condition, "reach": condition}) == 0.0
    assert "can't be measured in your network" in said(capsys)


def test_a_function_may_change_what_it_gets(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    def key(p: dict[str, Any]) -> Any:
        p["network"].clear()
        return {"n": p["times"]}

    hand_in({"ps99-own": PAIR, "ps99-busiest": {"n": "x"}, "student": "s-0042"})
    assert mark("ps99-busiest", key=key, tolerance=lambda p: len(p["network"])) == 0.0
    said(capsys)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ({"people": True}, "key: says nothing about reach"),
        ({"people": True, "reach": True, "raech": True}, "'raech' is no requirement; did you mean reach"),
        ({"people": True, "reach": 1.5}, "key.reach: 1.5 is no condition, no bool and no number from 0 to 1"),
        ({"people": True, "reach": {"measure": "tie", "least": 1}}, "'tie' is no measure; did you mean ties"),
        ({"people": True, "reach": {"measure": "ties"}}, "key.reach: has neither least nor most"),
        ({"people": True, "reach": {"measure": "ties", "least": 3, "most": 1}}, "key.reach.most: is below least"),
        (
            {"people": True, "reach": {"measure": "added", "least": 3}},
            "compares with start, and this exercise has none",
        ),
        ([True], "key: is not a table of requirements (people, reach)"),
        (lambda p: p["start"], "failed with KeyError: 'start'. It is called with the table of parameters (network)"),
    ],
)
def test_a_key_for_a_network_is_checked(hand_in: Hand, key: Any, expected: str) -> None:
    hand_in({"ps99-own": TRIANGLE})
    with pytest.raises(BankError) as caught:
        mark("ps99-own", key=key)
    assert expected in str(caught.value)


# Kinds that need more than a stored value


def test_texts_and_essays(hand_in: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in({"ps99-term": "gotong-royong", "ps99-essay": "Satu dua tiga empat."})
    assert mark("ps99-term", key=["Gotong royong"]) == 2.0
    assert mark("ps99-essay") == 0.0
    assert said(capsys).splitlines()[2:] == [
        "ps99-essay: up to 8 points, marked by a person",
        "- 4 words (3 to 9 asked for).",
    ]


def reference(seats: list[int]) -> list[Fraction]:
    return [Fraction(seat, sum(seats)) for seat in seats]


INPUTS = [[[1, 1]], [[2, 1, 1]], [[5]], [[0, 4]]]
SOURCES = {
    "right": (SHARES, 12.0),
    "half right": ("def shares(seats):\n    return [1 / len(seats)] * len(seats)", 6.0),
    "raises": (
        "def shares(seats):\n    return [1 / seats[0]] if seats[0] == 0 else [s / sum(seats) for s in seats]",
        9.0,
    ),
    "prints": (SHARES.replace("    return", "    print(seats)\n    return"), 12.0),
    "changes its input": (SHARES + " + [seats.clear()][:0]", 12.0),
    "equals everything": (
        "class E(float):\n    __eq__ = lambda s, o: True\ndef shares(seats):\n    return [E(9)] * 2",
        0.0,
    ),
    "returns a generator": ("def shares(seats):\n    return (seat for seat in seats)", 0.0),
    "leaves": ("def shares(seats):\n    raise SystemExit", 0.0),
    "warns": ("import sys\ndef shares(seats):\n    print('look', file=sys.stderr)\n    return [1.0]", 3.0),
    "hangs once": (SHARES.replace("    return", "    while seats[0] == 5: pass\n    return"), 9.0),
    "nothing defined": ("x = 1", 0.0),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_function_scores_the_same_here_and_in_the_sandbox(
    hand_in: Hand, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    source, expected = SOURCES[name]
    main = sys.modules["__main__"]
    monkeypatch.delattr(main, "shares", raising=False)
    space: dict[str, Any] = {}
    exec(source, space)
    if "shares" in space:
        monkeypatch.setattr(main, "shares", space["shares"], raising=False)
    hand_in({}, cells=[cell("ps99-index", source), cell("ps99-index-test", points=12)])
    here = mark("ps99-index", key=reference, inputs=INPUTS, tolerance=1e-6), said(capsys)
    monkeypatch.setenv("JEJARING_GRADING", "data")
    sandboxed = mark("ps99-index", key=reference, inputs=INPUTS, tolerance=1e-6), said(capsys)
    assert here[0] == sandboxed[0] == expected
    assert "0.25" not in here[1] + sandboxed[1], "no expected value is shown"


def test_an_empty_cell_is_no_function(
    hand_in: Hand, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(sys.modules["__main__"], "shares", raising=False)
    hand_in({}, cells=[cell("ps99-index", " \n")])
    assert mark("ps99-index", key=reference, inputs=INPUTS) == 0.0
    assert "There is no answer" in said(capsys)


def test_a_reference_that_fails_is_the_instructors_mistake(hand_in: Hand) -> None:
    hand_in({})
    with pytest.raises(BankError, match=r"reference function fails at shares\(\[0\]\): ZeroDivisionError"):
        mark("ps99-index", key=reference, inputs=[[[0]]])
    with pytest.raises(BankError, match="key: is not a function"):
        mark("ps99-index", key=[1], inputs=INPUTS)
    with pytest.raises(BankError, match="inputs: is missing"):
        mark("ps99-index", key=reference)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.fractions(),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=10,
)


@given(json_values)
def test_results_look_the_same_on_both_sides_of_the_sandbox(value: Any) -> None:
    assert results.plain(value) == child.plain(value)
    json.dumps(results.plain(value), allow_nan=False)
    assert results.same(results.plain(value), results.plain(value), 0.0)


@pytest.mark.parametrize(
    ("value", "expected", "agree"),
    [
        (3, 3, True),
        (3.0, 3, True),
        (3.0000001, 3, False),
        (0.6000001, 0.6, True),
        (0.61, 0.6, False),
        (True, 1, False),
        ("0.6", 0.6, False),
        ([1, 2], [1, 2, 3], False),
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": 1}, {"b": 1}, False),
        (None, 0, False),
        (10**400, 0.5, False),
    ],
)
def test_what_agrees(value: Any, expected: Any, agree: bool) -> None:
    assert results.same(value, expected, 1e-6) is agree
