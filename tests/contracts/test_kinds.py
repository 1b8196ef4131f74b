"""What every kind of exercise obeys. A new kind is found by its file, and needs a sample in bank/l99.toml."""

import contextlib
import io
import json
import math
import sys
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.errors import AnswerError
from jejaring.exercises import bank, kinds
from jejaring.exercises.bank import Exercise
from jejaring.exercises.kinds._numbers import readings
from jejaring.exercises.pages import check, page_spec
from jejaring.language import LANGUAGES, use_language, word

BANK = Path(__file__).parent / "bank" / "l99.toml"
SAMPLES = {
    qid: Exercise(qid, entry["kind"], entry, BANK)
    for qid, entry in tomllib.loads(BANK.read_text(encoding="utf-8")).items()
}
COURSE = bank.load()
ATTEMPTS = [
    pytest.param(exercise, attempt, id=f"{exercise.id}-{place}")
    for exercise in SAMPLES.values()
    for place, attempt in enumerate(exercise.entry.get("attempts", []))
]
EVERY = pytest.mark.parametrize("exercise", SAMPLES.values(), ids=list(SAMPLES))

nested: Any = []
for _ in range(1000):
    nested = [nested]

HOSTILE: dict[str, Any] = {
    "true": True,
    "number": 7,
    "nan": math.nan,
    "infinity": math.inf,
    "huge number": 10**400,
    "megabyte": "x" * 2**20,
    "control": "a\x00b",
    "surrogate": "\ud800",
    "unknown id": "no-such-id",
    "prototype": {"__proto__": "x"},
    "nested": nested,
    "nested in a table": {"a": nested, "flood": nested},
    "huge table": {str(i): "x" for i in range(100_000)},
    "huge list": ["x"] * 100_000,
    "list of null": [None],
    "list of lists": [["a"], {"b": 1}],
    "table of numbers": {"flood": 1, "a": math.nan},
    "keys that are no text": {1: 2, None: 3},
}


@pytest.fixture(autouse=True)
def _function(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kind code reads what the notebook defines."""
    monkeypatch.delattr(sys.modules["__main__"], "halve", raising=False)
    yield
    use_language(next(iter(LANGUAGES)))


def quietly(exercise: Exercise, value: Any) -> tuple[kinds.Verdict, dict[str, Any]]:
    """Judge both ways; nothing may be said on standard error."""
    with contextlib.redirect_stderr(io.StringIO()) as loud:
        both = kinds.judge_lesson(exercise, value), check(exercise, value, tries=1)
    assert loud.getvalue() == ""
    return both


def test_every_kind_has_a_sample_and_a_page() -> None:
    assert {exercise.kind for exercise in SAMPLES.values()} == set(kinds.names())
    folder = Path(kinds.__file__).parent
    assert {path.stem for path in folder.glob("*.js")} == set(kinds.names())


def test_samples_are_in_order() -> None:
    assert list(map(str, bank.validate(BANK))) == []
    assert list(map(str, bank.validate(BANK.with_name("ps99.toml")))) == []


@pytest.mark.parametrize(("exercise", "attempt"), ATTEMPTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_attempts_score_what_they_say(exercise: Exercise, attempt: dict[str, Any], language: str) -> None:
    use_language(language)
    verdict, feedback = quietly(exercise, attempt["value"])
    assert verdict.credit == pytest.approx(attempt["credit"])
    assert feedback["credit"] == verdict.credit
    assert feedback["message"]
    if attempt["credit"] < 1 and feedback["judged"]:
        wrong = [item for item in feedback["items"].values() if not item["right"]]
        assert wrong or word("answer.some_missing") in feedback["message"]


@pytest.mark.parametrize("qid", [qid for qid, exercise in SAMPLES.items() if "explain" in exercise.entry])
def test_two_tries_or_a_right_answer_open_the_explanation(qid: str) -> None:
    exercise = SAMPLES[qid]
    right, wrong = exercise.entry["attempts"][0]["value"], exercise.entry["attempts"][-1]["value"]
    assert check(exercise, right, tries=1)["explain"]
    assert check(exercise, wrong, tries=1)["explain"] is None
    assert check(exercise, wrong, tries=2)["explain"]


@EVERY
@pytest.mark.parametrize("empty", [None, "", "  ", [], {}], ids=repr)
def test_empty_is_no_answer(exercise: Exercise, empty: Any) -> None:
    verdict, feedback = quietly(exercise, empty)
    assert verdict.credit == 0
    assert verdict.remarks[0].text
    assert feedback["credit"] == 0
    assert not feedback["judged"]


@EVERY
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_answer_earns_nothing_and_hears_why(exercise: Exercise, hostile: Any) -> None:
    fits = {"predict": (int, str), "text": (str,), "essay": (str,), "code": (str,)}.get(exercise.kind, ())
    verdict, feedback = quietly(exercise, hostile)
    if isinstance(hostile, fits) and type(hostile) is not bool:
        assert verdict.credit is None or 0 <= verdict.credit <= 1
        return
    assert verdict.credit == 0
    assert not feedback["judged"]
    (remark,) = verdict.remarks
    assert 20 < len(remark.text) < 300
    assert json.dumps(feedback, allow_nan=False)
    with pytest.raises(AnswerError):
        kinds.get(exercise.kind).read(exercise, hostile)


@pytest.mark.parametrize(("exercise", "attempt"), ATTEMPTS)
def test_reading_twice_changes_nothing(exercise: Exercise, attempt: dict[str, Any]) -> None:
    kind = kinds.get(exercise.kind)
    try:
        answer = kind.read(exercise, attempt["value"])
    except AnswerError:
        assert attempt["credit"] == 0
        return
    through_json = json.loads(json.dumps(answer, allow_nan=False))
    assert kind.read(exercise, through_json) == answer
    answered, total = kind.count(exercise, answer)
    assert 0 <= answered <= total == kind.count(exercise, None)[1]
    if attempt["credit"] == 1:
        assert answered == total


def walk(value: Any) -> Iterator[Any]:
    """Every key and leaf of a JSON value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)
    else:
        yield value


TELLTALES = {"key", "why", "explain", "wrong", "attempts", "credit", "tolerance", "evidence", "repair", "right_answer"}


@pytest.mark.parametrize("exercise", [*SAMPLES.values(), *COURSE.values()], ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_gets_words_and_no_key(exercise: Exercise, language: str) -> None:
    use_language(language)
    spec = page_spec(exercise, "s-0042")
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    assert spec["prompt"]
    assert spec["total"] >= 1
    own = {name: value for name, value in spec.items() if name != "words"}
    ids = {part["id"] for part in tables(own) if "id" in part}
    assert not (set(walk(own)) - ids) & TELLTALES
    assert "SEALED" not in json.dumps(spec)
    for name in spec["words"]:
        assert "{exercise" not in spec["words"][name]


def tables(value: Any) -> Iterator[dict[str, Any]]:
    """Every table in a JSON value."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from tables(inner)


@EVERY
def test_an_assignments_bank_may_hold_nothing_that_is_sealed(exercise: Exercise) -> None:
    """The same entry in an assignment is refused, and the message names each field that gives something away."""
    entry = {name: value for name, value in exercise.entry.items() if name != "attempts"} | {"points": 4}
    moved = Exercise(exercise.id.replace("l99", "ps99"), exercise.kind, entry, Path("ps99.toml"))
    problems = [line for line in kinds.get(moved.kind).problems(moved) if "gives something away" in line]
    named = {line.partition(":")[0] for line in problems}
    assert {next((field for field in named if f"{at}.".startswith(f"{field}.")), "") for at in sealed(entry)} == named


def sealed(value: Any, at: str = "") -> set[str]:
    """Places of what says SEALED, and of keys, tolerances and misconceptions."""
    found = {at} if at in ("key", "tolerance", "wrong") else set()
    if isinstance(value, dict):
        if any(isinstance(said, str) and "SEALED" in said for said in value.values()):
            return {at}
        for name, inner in value.items():
            found |= sealed(inner, f"{at}.{name}".lstrip("."))
    return found


def test_an_order_is_shown_in_neither_the_files_order_nor_the_keys() -> None:
    exercise = SAMPLES["l99-order"]
    shown = [item["id"] for item in page_spec(exercise)["items"]]
    backwards = dict(reversed(exercise.entry["items"].items()))
    again = Exercise(exercise.id, exercise.kind, {**exercise.entry, "items": backwards, "key": []}, exercise.file)
    assert [item["id"] for item in page_spec(again)["items"]] == shown
    assert kinds.judge_lesson(exercise, shown).credit != 1


def test_a_lessons_function_is_tried_on_its_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = SAMPLES["l99-code"]
    main = sys.modules["__main__"]
    monkeypatch.setattr(main, "halve", lambda x: x / 2, raising=False)
    verdict, feedback = quietly(exercise, None)
    assert verdict.credit == 0.5
    assert feedback["items"]["2"]["text"].startswith("TypeError")
    monkeypatch.setattr(main, "halve", lambda x: x / 2 if isinstance(x, int) else [n / 2 for n in x])
    assert quietly(exercise, None)[0].credit == 1


ids = sorted({str(leaf) for exercise in SAMPLES.values() for leaf in walk(dict(exercise.entry)) if len(str(leaf)) < 20})
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(ids)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.sampled_from(ids) | st.text(max_size=9), inner),
    max_leaves=12,
)


@EVERY
@given(value=anything)
def test_no_answer_whatever_breaks_a_kind(exercise: Exercise, value: Any) -> None:
    verdict, feedback = quietly(exercise, value)
    assert verdict.credit is None or 0 <= verdict.credit <= 1
    assert not math.isnan(verdict.credit or 0)
    assert isinstance(feedback["message"], str)
    assert json.dumps(feedback, allow_nan=False)


@pytest.mark.parametrize("qid", ["l99-text", "l99-essay", "l99-number"])
def test_a_text_too_long_is_refused_with_its_length_and_the_limit(qid: str) -> None:
    value = {"a": "9" * 30_000} if qid == "l99-number" else "x " * 15_000
    use_language("en")
    with pytest.raises(AnswerError, match=r"too long: 30000 characters, at most \d+\. Shorten"):
        kinds.get(SAMPLES[qid].kind).read(SAMPLES[qid], value)


@pytest.mark.parametrize(
    ("typed", "indonesian", "english"),
    [
        ("0,125", "1/8", "1/8"),
        ("0.125", "1/8", "1/8"),
        ("1.250", "1250", "5/4"),
        ("1,250", "5/4", "1250"),
        ("1.250.000", "1250000", "1250000"),
        ("1 250,5", "2501/2", "2501/2"),
        ("12.50", "25/2", "25/2"),
        ("-3/4", "-3/4", "-3/4"),
        ("−7", "-7", "-7"),
        ("12,5 %", "1/8", "1/8"),
        (",5", "1/2", "1/2"),
        ("5.", "5", "5"),
        ("1/3", "1/3", "1/3"),
        ("1/0", None, None),
        ("1.25.3", None, None),
        ("1e9", None, None),
        ("²", None, None),
        ("/", None, None),
        ("", None, None),
        (".", None, None),
        ("--1", None, None),
        ("nan", None, None),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, indonesian: str | None, english: str | None) -> None:
    for code, expected in (("id", indonesian), ("en", english)):
        use_language(code)
        assert next(iter(readings(typed)), None) == (None if expected is None else Fraction(expected))


def test_a_fields_bounds_settle_what_a_point_means() -> None:
    entry = SAMPLES["l99-number"].entry
    bounded = {**entry["fields"], "price": {**entry["fields"]["price"], "min": 1000, "max": 2000}}
    exercise = Exercise("l99-number", "number", {**entry, "fields": bounded, "key": {"a": 1, "price": 1250}}, BANK)
    for typed in ("1.250", "1,250"):
        assert quietly(exercise, {"price": typed})[0].credit == 0.5
