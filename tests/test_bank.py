"""The bank is read file by file; what is wrong is named with file, exercise, field and mend."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from jejaring.errors import BankError
from jejaring.exercises import bank, find
from jejaring.exercises.bank import Exercise
from jejaring.exercises.pages import page_spec
from jejaring.language import use_language

ROOT = Path(__file__).parents[1]

GOOD = """
[l77-guard]
kind = "choice"
prompt.id = "Siapa?"
prompt.en = "Who?"
explain.id = "Warga."
explain.en = "The residents."
key = "residents"
options.residents.text.id = "Warga"
options.residents.text.en = "Residents"
options.police.text.id = "Polisi"
options.police.text.en = "Police"
options.police.why.id = "Siapa yang bangun?"
options.police.why.en = "Who is awake?"
attempts = [{ value = "residents", credit = 1 }, { value = "police", credit = 0 }]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A teacher's own folder of exercises."""
    monkeypatch.setenv("JEJARING_BANK", str(tmp_path))
    return tmp_path


def test_the_course_has_no_problems() -> None:
    assert list(map(str, bank.all_problems())) == []
    assert {"student", "l03-forms"} <= set(bank.load())


def test_every_source_is_in_the_bibliography() -> None:
    known = tomllib.loads((ROOT / "course" / "data" / "bibliography.toml").read_text(encoding="utf-8"))
    missing = {
        f"{exercise.id}: {key}"
        for exercise in bank.load().values()
        for key in exercise.entry.get("sources", [])
        if key not in known
    }
    assert missing == set()


def test_a_teachers_own_exercise_is_found_and_follows_its_file(folder: Path) -> None:
    path = folder / "l77.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert find("l77-guard").lesson
    assert [str(problem) for problem in bank.all_problems()] == []
    path.write_text(GOOD.replace("Siapa?", "Siapa berjaga?"), encoding="utf-8")
    assert find("l77-guard").entry["prompt"]["id"] == "Siapa berjaga?"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("prompt.en", "promt.en", "prompt: has no text in English. Add prompt.en."),
        ("explain.", "explian.", "explian: is no field here; did you mean explain?"),
        ('prompt.en = "Who?"', "", "prompt: has no text in English. Add prompt.en."),
        ('prompt.en = "Who?"', 'prompt.en = "Who? {n}"', "prompt: the languages differ in their {fields}"),
        ('prompt.en = "Who?"', 'prompt.en = ""', "prompt.en: is empty or not a string."),
        ('prompt.en = "Who?"', 'prompt.en = "Who?"\nprompt.fr = "Qui?"', "prompt.fr: is no language of the course"),
        ('kind = "choice"', 'kind = "choise"', "kind: there is no kind 'choise'; did you mean choice?"),
        ('kind = "choice"', "", 'kind: is missing. Write kind = "choice", or another kind.'),
        ('key = "residents"', 'key = "resident"', "key: 'resident' is no option; did you mean residents?"),
        ('key = "residents"', "", "key: is missing. Add it."),
        ("options.police.why", "options.police.text.why", "options.police.text.why: is no language of the course"),
        ('options.police.why.id = "Siapa yang bangun?"', "", "options.police.why: has no text in Bahasa Indonesia"),
        ("options.police", "options.Police", "options.Police: is no id."),
        ("[l77-guard]", "[guard]", "the id does not begin with its file's name. Call it l77-guard."),
        ("kind =", "points = 5\nkind =", "points: only an assignment gives points."),
        ("kind =", "parameters.n.values = [1]\nkind =", "parameters: only an assignment differs"),
        ("kind =", "sources = []\nkind =", "sources: is not a list with something in it."),
        ('"police", credit = 0', '"police", credit = 1', "attempts (number 2): scores 0.0, not 1."),
        (', { value = "police", credit = 0 }', "", "attempts: needs a right one (credit = 1) and a wrong one."),
    ],
)
def test_a_mistake_is_named(folder: Path, old: str, new: str, expected: str) -> None:
    assert old in GOOD
    path = folder / "l77.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    said = [str(problem) for problem in bank.validate(path)]
    assert any(line.startswith("l77.toml: [") and expected in line for line in said), said


@pytest.mark.parametrize("where", ["key", "explain", "options.a.why"])
def test_an_assignments_bank_holds_no_key_and_no_reason(folder: Path, where: str) -> None:
    text = """
[ps77-guard]
kind = "choice"
points = 2
prompt = { id = "Siapa?", en = "Who?" }
options.a.text = { id = "A", en = "A" }
options.b.text = { id = "B", en = "B" }
"""
    path = folder / "ps77.toml"
    path.write_text(text, encoding="utf-8")
    assert bank.validate(path) == []
    assert not find("ps77-guard").lesson
    value = '"a"' if where == "key" else '{ id = "x", en = "x" }'
    path.write_text(f"{text}{where} = {value}\n", encoding="utf-8")
    (problem,) = bank.validate(path)
    assert str(problem).startswith(f"ps77.toml: [ps77-guard] {where}: gives something away")
    with pytest.raises(BankError, match="gives something away"):
        find("ps77-guard")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[l77-guard]\nkind = choice\n", "l77.toml: is not valid TOML: .*line 2"),
        (b"\xff\xfe", "l77.toml: is not UTF-8 text"),
        (b"l77-guard = 3", r"l77.toml: \[l77-guard\] kind: is missing"),
    ],
)
def test_a_broken_file_stops_nothing_else(folder: Path, content: bytes, expected: str) -> None:
    (folder / "l77.toml").write_bytes(content)
    (folder / "l78.toml").write_text(GOOD.replace("l77", "l78"), encoding="utf-8")
    assert find("l78-guard").id == "l78-guard"
    assert find("l03-forms").id == "l03-forms"
    with pytest.raises(BankError, match=expected):
        find("l77-guard")


def test_an_id_in_two_files_is_named_and_the_first_counts(folder: Path) -> None:
    (folder / "l77.toml").write_text(GOOD, encoding="utf-8")
    (folder / "l77-guard.toml").write_text(GOOD.replace("Who?", "Who else?"), encoding="utf-8")
    said = [str(problem) for problem in bank.all_problems()]
    assert any("this id stands in" in line and "Rename this one." in line for line in said), said


def test_an_unknown_exercise_names_its_neighbours() -> None:
    with pytest.raises(BankError, match=r"no exercise 'l03-from'.*Did you mean l03-forms"):
        find("l03-from")


def test_parameters_fill_the_texts_of_one_student() -> None:
    file = ROOT / "tests" / "contracts" / "bank" / "ps99.toml"
    entry = tomllib.loads(file.read_text(encoding="utf-8"))["ps99-chamber"]
    exercise = Exercise("ps99-chamber", "number", entry, file)
    use_language("en")
    try:
        waiting, drawn = page_spec(exercise), page_spec(exercise, "s-0042")
    finally:
        use_language("id")
    assert waiting["wait"]
    assert "student number" in waiting["prompt"]
    assert drawn["prompt"] in {f"Seats: {s}; quota {q}." for s in ("45, 30, 25", "50, 49, 1") for q in (51, 60, 67)}
    assert drawn["fields"][0]["label"].startswith("Seats above the quota ")


def test_a_text_that_names_an_unknown_parameter_is_refused(folder: Path) -> None:
    text = (ROOT / "tests" / "contracts" / "bank" / "ps99.toml").read_text(encoding="utf-8")
    path = folder / "ps99.toml"
    path.write_text(
        text.replace("Seats: {seats}", "Seats: {saets}").replace("Kursi: {seats}", "Kursi: {saets}"), "utf-8"
    )
    said = [str(problem) for problem in bank.validate(path)]
    assert any("prompt.en: {saets} is no parameter of this exercise; did you mean seats?" in line for line in said)


def test_the_command_lists_all_problems(folder: Path) -> None:
    (folder / "l77.toml").write_text(GOOD.replace('"residents"', '"nobody"', 1), encoding="utf-8")
    command = [sys.executable, "-m", "jejaring.exercises.bank"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "l77.toml: [l77-guard] key: 'nobody' is no option" in done.stdout
