"""The command line as programs read it (``--json``), on trial (``--dry-run``), and called by somebody confused."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder import __main__ as command_line
from autograder import grade, intake
from autograder.release import release
from tests.grading import small

pytestmark = pytest.mark.slow

ESSAY = (
    "Whoever helps after the flood remembers who came, and asks for nothing in return until the next one comes. " * 3
)


def answered(root: Path, student: str) -> dict[str, Any]:
    released = root / "release" / "id" / "ps90" / "ps90.ipynb"
    return small.answered(released, student=student, essay=f"{ESSAY} {student}")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of three, two of whom wrote the same essay."""
    root = small.course(tmp_path_factory.mktemp("graded"))
    release(root)
    for student in ("s-1", "s-2"):
        small.hand_in(root, student, answered(root, student))
    small.hand_in(root, "s-3", small.answered(root / "release" / "en" / "ps90" / "ps90.ipynb", student="s-3"))
    assert not [one for one in grade.grade(root, "ps90", quiet=True) if one.error]
    return root


@pytest.fixture
def room(graded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(graded, tmp_path / "room")


@pytest.fixture
def handed(graded: Path, tmp_path: Path) -> Path:
    """A folder from the students: one new, one as before, one changed, one that is no notebook."""
    folder = tmp_path / "handed"
    for student in ("s-1", "s-2", "s-4"):
        (folder / student).mkdir(parents=True)
        text = json.dumps(answered(graded, student))
        (folder / student / "ps90.ipynb").write_text(text.replace("Whoever", "Who") if student == "s-2" else text)
    (folder / "s-5").mkdir()
    (folder / "s-5" / "ps90.ipynb").write_text("hello")
    return folder


def said(root: Path, *arguments: object) -> tuple[int, Any, str]:
    """Exit code, what is on standard output as JSON, and standard error, of the real command."""
    command = [sys.executable, "-m", "autograder", *map(str, arguments), "--json"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout), done.stderr


def test_check_in_json(room: Path, handed: Path) -> None:
    code, told, _ = said(room, "check", "ps90", handed)
    assert (code, set(told), told["assignment"]) == (1, {"assignment", "findings"}, "ps90")
    assert all(set(one) == {"needs_somebody", "text"} for one in told["findings"])
    odd = [one["text"] for one in told["findings"] if one["needs_somebody"]]
    assert len(odd) == 1
    assert "s-5/ps90.ipynb: is not valid JSON" in odd[0]


def test_collect_in_json(room: Path, handed: Path) -> None:
    before = (room / "submitted" / "s-2" / "ps90" / "ps90.ipynb").read_bytes()
    code, trial, _ = said(room, "collect", "ps90", handed, "--dry-run")
    assert (code, trial["dry_run"]) == (1, True)
    assert (room / "submitted" / "s-2" / "ps90" / "ps90.ipynb").read_bytes() == before
    assert not (room / "submitted" / "s-4").exists()
    code, told, error = said(room, "collect", "ps90", handed)
    assert (code, error) == (1, "")
    assert told == trial | {"dry_run": False}, "a trial tells what then happens"
    taken = {one["student"]: one for one in told["taken"]}
    assert {student: one["state"] for student, one in taken.items()} == {
        "s-1": "the same",
        "s-2": "changed",
        "s-4": "new",
    }
    assert taken["s-4"] == {
        "student": "s-4",
        "name": "ps90",
        "path": str(room / "submitted" / "s-4" / "ps90" / "ps90.ipynb"),
        "file": "ps90.ipynb",
        "state": "new",
        "handed_in": "",
        "notes": [],
    }
    assert Path(taken["s-4"]["path"]).is_file()
    assert len(told["problems"]) == 1


def test_a_trial_of_collect_for_people(room: Path, handed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--course", str(room), "collect", "ps90", str(handed), "--dry-run"]) == 1
    told = capsys.readouterr()
    assert "ps90: 3 notebooks of 3 students would be in submitted/" in told.out
    assert f"{room}/submitted/s-4/ps90/ps90.ipynb  new, from ps90.ipynb" in told.out
    assert "s-5" in told.err
    assert not (room / "submitted" / "s-4").exists()


def test_a_trial_of_collect_names_who_came_late(tmp_path: Path) -> None:
    one = intake.Taken("s-1", "ps90", b"x", "ps90.ipynb", [intake.LATE], "")
    folder = tmp_path / "submitted" / "s-1" / "ps90"
    assert intake._timeless(one, folder) == intake._keep(one, folder)
    assert "came late" in intake._timeless(one, folder)[0]
    (folder / "timestamp.txt").write_text("2026-03-10 00:59:00+07:00")
    assert intake._timeless(one, folder) == []


def test_report_and_grade_in_json(room: Path) -> None:
    code, told, error = said(room, "report", "ps90")
    assert (code, error) == (0, "")
    assert [(one["student"], one["points"], one["score"], one["waiting"]) for one in told] == [
        ("s-1", 6, None, 1),
        ("s-2", 6, None, 1),
        ("s-3", 6, None, 1),
    ]
    assert said(room, "grade", "ps90")[:2] == (0, told), "the same form"
    code, told, _ = said(room, "report", "ps90", "--html")
    assert code == 0
    assert all(Path(page).is_file() for page in told["pages"])


def test_export_in_json(room: Path, tmp_path: Path) -> None:
    code, told, error = said(room, "export", "--moodle", tmp_path / "moodle.csv")
    assert (code, error) == (0, "")
    assert (told["files"], told["problems"]) == (["grades.csv", str(tmp_path / "moodle.csv")], [])
    assert told["scores"] == said(room, "report", "ps90")[1]
    assert (room / "grades.csv").is_file()


def test_similarity_in_json(room: Path) -> None:
    code, told, error = said(room, "similarity", "ps90")
    assert (code, error, told["unread"]) == (0, "", [])
    assert Path(told["page"]).is_file()
    essays = [one for one in told["pairs"] if one["question"] == "ps90-aceh"]
    assert [one["students"] for one in essays] == [["s-1", "s-2"]]
    assert 0.5 < essays[0]["share"] <= 1
    assert essays[0]["tokens"] > 10


def test_marks_in_json(room: Path) -> None:
    code, told, error = said(room, "marks")
    assert (code, error, told["file"]) == (0, "", "marks.csv")
    assert [one["student"] for one in told["marks"]] == ["s-1", "s-2", "s-3"]
    assert {"total", "so_far", "missing", "ps90"} <= set(told["marks"][0])
    assert told["marks"][0]["total"] is None


def test_feedback_in_json(room: Path) -> None:
    code, told, _ = said(room, "feedback", "ps90")
    assert code == 0
    assert [(one["student"], one["error"], Path(one["page"]).is_file()) for one in told] == [
        (student, "", True) for student in ("s-1", "s-2", "s-3")
    ]
    assert said(room, "feedback", "ps90")[1] == []


def test_the_documented_form_is_the_one_that_is_printed(room: Path, handed: Path) -> None:
    text = (small.ROOT / "docs" / "json.md").read_text("utf-8")
    for call in (
        ("check", "ps90", handed),
        ("collect", "ps90", handed),
        ("feedback", "ps90"),
        ("report", "ps90"),
        ("export",),
        ("similarity", "ps90"),
        ("marks",),
    ):
        told = said(room, *call)[1]
        part = text.partition(f"\n## `{call[0]}`\n")[2].partition("\n## ")[0]
        assert part, f"{call[0]} is not in docs/json.md"
        undocumented = [
            name for name in names(told) if f"`{name}`" not in part and not name.startswith(("ps", "best_"))
        ]
        assert not undocumented, f"{call[0]}: {undocumented}"


def names(told: Any) -> set[str]:
    """All names of fields in something of JSON."""
    if isinstance(told, dict):
        return set(told).union(*map(names, told.values()))
    return set().union(*map(names, told)) if isinstance(told, list) else set()


@pytest.fixture(scope="module")
def odd_rooms(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Courses that are none, or damaged."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "nothing").mkdir()
    (folder / "file").write_text("x")
    (folder / "empty").mkdir()
    shutil.copy(small.ROOT / "nbgrader_config.py", folder / "empty")
    shutil.copytree(graded, folder / "graded")
    shutil.copytree(graded, folder / "damaged")
    (folder / "damaged" / "gradebook.db").write_text("this is no database " * 100)
    (folder / "damaged" / "source" / "id" / "ps90" / "ps90.ipynb").write_text("{broken")
    shutil.copytree(graded, folder / "unreadable")
    (folder / "unreadable" / "source" / "id" / "ps90" / "ps90.ipynb").write_text("{broken")
    shutil.copytree(graded, folder / "files")
    (folder / "files" / "reports").write_text("x")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 this is no archive")
    with zipfile.ZipFile(folder / "empty.zip", "w"):
        pass
    return folder


CONFUSED = [
    ("nothing", "release", 2, "has no folder source/"),
    ("file", "release --check", 2, "has no folder source/"),
    ("nothing", "report ps90", 2, "has no nbgrader_config.py"),
    ("nothing", "demo --keep {folder}/demo", 2, "nbgrader_config.py: No such file"),
    ("empty", "report ps90", 2, "ps90: is not in the gradebook. There are: none yet."),
    ("empty", "check ps90", 2, "there is no such assignment. There are: none."),
    ("empty", "export", 2, "The gradebook has no assignments yet. Run first: python -m autograder release"),
    ("graded", "report psX", 2, "psX: is not in the gradebook. There are: ps90. Correct the name"),
    ("graded", "report psX --json", 2, "psX: is not in the gradebook."),
    ("graded", "report psX --html", 2, "psX: is not in the gradebook."),
    ("graded", "feedback psX", 2, "autograder grade psX"),
    ("graded", "similarity psX", 2, "autograder release psX"),
    ("graded", "export --assignment psX --moodle {folder}/m.csv", 2, "psX: is not in the gradebook"),
    ("graded", "export --to {folder}", 2, "{folder}: Is a directory. Check the name"),
    ("graded", "marks --to {folder}/no/marks.csv", 2, "no/marks.csv: No such file or directory. Check the name"),
    ("graded", "export --canvas {folder}/no/c.csv", 2, "no/c.csv: No such file or directory"),
    ("graded", "collect ps90 {folder}/broken.zip", 1, "broken.zip: can't be opened as a zip file"),
    ("graded", "collect ps90 {folder}/empty.zip", 2, "empty.zip: no notebook of ps90 is in it"),
    ("graded", "collect ps90 {folder}/nothing", 2, "nothing: no notebook of ps90 is in it"),
    ("graded", "collect ps90 {folder}/file", 2, "no such folder, zip file or notebook"),
    ("graded", "demo --keep {folder}/file", 2, "file: Not a directory"),
    ("graded", "feedback *", 2, "'*' is no name of an assignment"),
    ("graded", "grade ../ps90", 2, "'../ps90' is no name of an assignment"),
    ("graded", "feedback ps90 --workers -1", 2, "'-1' is no number from 0 up"),
    ("damaged", "report ps90", 2, "The gradebook can't be used (file is not a database)"),
    ("damaged", "marks", 2, "The gradebook can't be used"),
    ("damaged", "check ps90", 2, "source/id/ps90/ps90.ipynb: is not valid JSON"),
    ("unreadable", "grade ps90", 2, "source/id/ps90/ps90.ipynb: is no notebook"),
    ("files", "similarity ps90", 2, "reports: File exists. Check the name"),
]


@pytest.mark.parametrize(
    ("room", "call", "code", "what"), CONFUSED, ids=[f"{room}-{call}" for room, call, *_ in CONFUSED]
)
def test_a_confused_call_is_told_what_to_do(  # noqa: PLR0917  # the table's columns
    odd_rooms: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    room: str,
    call: str,
    code: int,
    what: str,
) -> None:
    monkeypatch.chdir(odd_rooms)
    arguments = [part.format(folder=odd_rooms) for part in call.split()]
    try:
        obtained = command_line.main(["--course", str(odd_rooms / room), *arguments])
    except SystemExit as stop:  # from argparse
        obtained = int(str(stop.code))
    told = capsys.readouterr()
    assert what.format(folder=odd_rooms) in told.err
    assert obtained == code
    assert "--json" not in call or told.out == ""
