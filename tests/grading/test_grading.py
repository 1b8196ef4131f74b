"""Grading a class in which everybody did something odd: the rest is graded, the odd is flagged."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import __main__ as command_line
from autograder import course, grade
from autograder.feedback import feedback
from autograder.release import release
from autograder.report import rows
from jejaring.answers import MIME
from tests.grading import small

Notebook = dict[str, Any]

pytestmark = pytest.mark.slow


def named(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def only_outputs(notebook: Notebook) -> None:
    kept = notebook["metadata"]["jejaring"].pop("answers")
    data = {MIME: {"q": "ps90-forms", **kept["ps90-forms"]}}
    named(notebook, "start")["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]


def doubled(notebook: Notebook) -> None:
    notebook["cells"].append(json.loads(json.dumps(named(notebook, "ps90-forms-test"))) | {"id": "again"})


def deleted(notebook: Notebook) -> None:
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in {"ps90-forms-test", "ps90-area"}]


def claimed(notebook: Notebook) -> None:
    extra = small.cell("code", "mine", "100", grade=True, locked=True, points=100)
    notebook["cells"].append(extra)
    named(notebook, "ps90-area-test")["metadata"]["nbgrader"]["points"] = 50


def meddled(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["metadata"]["tags"] = ["skip-execution"]
    named(notebook, "ps90-forms-test")["source"] = "4.0"
    notebook["cells"].insert(0, small.cell("code", "exit", "import os; os._exit(1)"))


def scripted(notebook: Notebook) -> None:
    named(notebook, "ps90-aceh")["source"] = "<script>alert(1)</script> [x](javascript:alert(2))"


def both_essays(notebook: Notebook) -> None:
    notebook["metadata"]["jejaring"]["answers"]["ps90-aceh"] = {"value": "The other text.", "t": 2.0}


def boxed_essay(notebook: Notebook) -> None:
    named(notebook, "ps90-aceh")["source"] = small.STUB
    notebook["metadata"]["jejaring"]["answers"]["ps90-aceh"] = {"value": "From the box.", "t": 2.0}


def emptied_essay(notebook: Notebook) -> None:
    named(notebook, "ps90-aceh")["source"] = "  \n"


def with_answers(answers: Any) -> Callable[[Notebook], None]:
    return lambda notebook: notebook["metadata"]["jejaring"].update(answers=answers)


def nested(depth: int) -> Any:
    inner: Any = 1
    for _ in range(depth):
        inner = [inner]
    return inner


# Student: (what happened, points so far of 6, essays that wait, flag)
CLASS: dict[str, tuple[Callable[[Notebook], None], float, int, str]] = {
    "s-right": (lambda _: None, 6, 1, ""),
    "s-outputs": (only_outputs, 6, 1, ""),
    "s-doubled": (doubled, 6, 1, ""),
    "s-deleted": (deleted, 4, 1, "cells put in that were deleted, or added later (ps90-forms-test, ps90-area)"),
    "s-claimed": (claimed, 6, 1, ""),
    "s-meddled": (meddled, 6, 1, ""),
    "s-scripted": (scripted, 6, 1, ""),
    "s-both": (both_essays, 6, 1, "two essays (ps90-aceh)"),
    "s-boxed": (boxed_essay, 6, 1, ""),
    "s-emptied": (emptied_essay, 6, 0, ""),
    "s-none": (with_answers({}), 2, 1, ""),
    "s-list": (with_answers([1, 2]), 2, 1, "damaged answers (all of them)"),
    "s-wrong": (with_answers({"ps90-forms": 7}), 2, 1, "damaged answers (ps90-forms)"),
    "s-huge": (with_answers({"ps90-forms": {"value": "x" * 10**6, "t": 1.0}}), 2, 1, ""),
    "s-nested": (with_answers({"ps90-forms": {"value": nested(150), "t": 1.0}}), 2, 1, ""),
    "s-other": (with_answers({"student": {"value": "s-right", "t": 1.0}}), 2, 1, "made for another student (s-right)"),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small.course(tmp_path_factory.mktemp("class"))
    release(root)
    for place, (student, (change, *_)) in enumerate(CLASS.items()):
        language = ("id", "en")[place % 2]
        notebook = small.answered(root / "release" / language / "ps90" / "ps90.ipynb", student=student)
        change(notebook)
        small.hand_in(root, student, notebook)
    untouched = json.loads((root / "release" / "id" / "ps90" / "ps90.ipynb").read_text())
    small.hand_in(root, "s-untouched", untouched)
    path = small.hand_in(root, "s-broken", {})
    path.write_text("{")
    (small.hand_in(root, "s-planted", small.answered(root / "release/id/ps90/ps90.ipynb", student="s-planted"))
     .with_name("jejaring.py").write_text("raise SystemExit"))  # fmt: skip
    done = grade.grade(root, "ps90", quiet=True)
    assert [one.student for one in done if one.error] == ["s-broken"]
    assert feedback(root, "ps90", quiet=True)
    return root


def row(root: Path, student: str) -> Any:
    with course.gradebook(course.config(root)) as book:
        return next(one for one in rows(book, root, "ps90") if one.student == student)


@pytest.mark.parametrize("student", CLASS)
def test_everybody_gets_what_they_earned(graded: Path, student: str) -> None:
    _, points, waiting, flag = CLASS[student]
    result = row(graded, student)
    assert (result.points, result.waiting, result.flags) == (points, waiting, flag)
    assert result.status == ("needs manual grade" if waiting else "graded")


def test_an_untouched_notebook_is_no_silent_zero(graded: Path) -> None:
    result = row(graded, "s-untouched")
    assert (result.points, result.status, result.flags) == (0, "graded", "no answers found")


def test_a_file_handed_in_beside_the_notebook_is_not_imported(graded: Path) -> None:
    assert row(graded, "s-planted").points == 6


def test_what_could_not_be_graded_has_no_score(graded: Path) -> None:
    grade.export(graded, graded / "grades.csv")
    with (graded / "grades.csv").open(encoding="utf-8") as file:
        lines = {line["student"]: line for line in csv.DictReader(file)}
    assert lines["s-broken"]["score"] == ""
    assert lines["s-broken"]["status"] == "not graded"
    assert lines["s-right"]["score"] == ""
    assert (lines["s-emptied"]["score"], lines["s-emptied"]["status"]) == ("6", "graded")


def autograded(root: Path, student: str) -> Notebook:
    found: Notebook = json.loads((root / "autograded" / student / "ps90" / "ps90.ipynb").read_text("utf-8"))
    return found


def essay(root: Path, student: str) -> str:
    return "".join(named(autograded(root, student), "ps90-aceh")["source"])


def test_essays_lie_where_a_person_grades_them(graded: Path) -> None:
    assert essay(graded, "s-boxed") == "From the box."
    assert "My essay." in essay(graded, "s-both")
    assert "The other text." in essay(graded, "s-both")


def test_a_students_markdown_cannot_act(graded: Path) -> None:
    page = (graded / "feedback" / "s-scripted" / "ps90" / "ps90.html").read_text("utf-8")
    assert "alert(1)" in page  # kept for the reader
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_the_students_cells_are_kept_and_did_not_run(graded: Path) -> None:
    notebook = autograded(graded, "s-meddled")
    assert named(notebook, "exit")["execution_count"] is None
    assert named(notebook, "ps90-area")["execution_count"] is None
    assert "instructor speaks" in json.dumps(named(notebook, "start")["outputs"])


def test_feedback_gives_reasons_but_no_tests(graded: Path) -> None:
    pages = sorted((graded / "feedback").rglob("*.html"))
    assert len(pages) == len(CLASS) + 2
    for page in pages:
        text = re.sub(r"<[^>]+>", "", page.read_text("utf-8")).replace("&quot;", '"').replace("&#39;", "'")
        assert "HIDDEN TESTS" not in text
        assert "mark(" not in text
        assert '"market": "bargaining"' not in text
    assert "2 right" in (graded / "feedback" / "s-right" / "ps90" / "ps90.html").read_text("utf-8")
    assert "(in a test)" in (graded / "feedback" / "s-huge" / "ps90" / "ps90.html").read_text("utf-8")


def test_unfinished_pages_say_so_in_the_students_language(graded: Path) -> None:
    said = {s: (graded / "feedback" / s / "ps90" / "ps90.html").read_text("utf-8") for s in ("s-right", "s-outputs")}
    assert "belum lengkap" in said["s-right"]
    assert "not complete" in said["s-outputs"]


def test_only_what_is_new_is_graded_again(graded: Path) -> None:
    assert [one.student for one in grade.grade(graded, "ps90", quiet=True)] == ["s-broken"]


def test_check_says_how_things_stand_and_changes_nothing(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in graded.rglob("*") if path.is_file()}
    assert command_line.main(["--course", str(graded), "check", "ps90", str(graded / "submitted")]) == 1
    said = capsys.readouterr()
    assert "answers are data" in said.out
    assert f"{len(CLASS) + 2} are graded; 1 are new, changed or were cut short" in said.out
    assert "! s-other: made for another student (s-right)" in said.err
    assert {path: path.stat().st_mtime_ns for path in graded.rglob("*") if path.is_file()} == before


def test_only_some_can_be_graded_and_told_as_json(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["--course", str(graded), "grade", "ps90", "--only", "s-right", "s-both", "--again"]
    assert command_line.main([*call, "--dry-run"]) == 0
    assert capsys.readouterr().out.split() == ["s-both", "s-right"]
    assert command_line.main([*call, "--json"]) == 0
    told = {one["student"]: one for one in json.loads(capsys.readouterr().out)}
    assert told["s-right"]["points"] == 6
    assert told["s-right"]["score"] is None
    assert command_line.main(["--course", str(graded), "grade", "ps90", "--only", "s-nobody"]) == 2
    assert "s-nobody: did not hand in ps90" in capsys.readouterr().err


def test_a_wrong_call_says_what_to_do(tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "autograder", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stderr + done.stdout

    code, said = run("grade", "ps90")
    assert (code, "has no nbgrader_config.py" in said) == (2, True)
    small.course(tmp_path)
    code, said = run("grade", "ps90")
    assert (code, "autograder release" in said) == (2, True)
    release(tmp_path)
    code, said = run("grade", "ps90")
    assert (code, "autograder collect ps90 FOLDER" in said) == (2, True)


@pytest.mark.parametrize("name", ["release", "check", "collect", "grade", "feedback", "report", "export", "demo"])
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        command_line.main([name, "--help"])
    assert stop.value.code == 0
    assert "Exit code: 0" in capsys.readouterr().out


def stock(root: Path, *arguments: str) -> None:
    """Run nbgrader's own command in a course, as somebody who knows nothing of ours would."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    clean = {name: value for name, value in os.environ.items() if not name.startswith("JEJARING")}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=root,
        env=clean | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_nbgraders_own_commands_work_without_flags(tmp_path: Path) -> None:
    root = small.course(tmp_path)
    stock(root, "generate_assignment", "ps90")
    for student in ("s-right", "s-both", "s-meddled", "s-doubled"):
        notebook = small.answered(root / "release" / "id" / "ps90" / "ps90.ipynb", student=student)
        CLASS[student][0](notebook)
        small.hand_in(root, student, notebook)
    stock(root, "autograde", "ps90")
    stock(root, "generate_feedback", "ps90")
    stock(root, "export")
    with (root / "grades.csv").open(encoding="utf-8") as file:
        lines = {line["student"]: (float(line["points"]), line["score"]) for line in csv.DictReader(file)}
    assert lines == {student: (CLASS[student][1], "") for student in ("s-right", "s-both", "s-meddled", "s-doubled")}
    assert "mark(" not in (root / "feedback" / "s-right" / "ps90" / "ps90.html").read_text("utf-8")
