"""The invented class on the real assignment: hand-reasoned scores, and the same from nbgrader's own command."""

import html
import json
import re
import shutil
from pathlib import Path

import pytest

from autograder import course, demo
from autograder.course import CourseError
from autograder.preprocessors import hidden_lines, telling
from autograder.report import rows
from jejaring.answers import read_notebook
from tests.grading import small
from tests.grading.test_grading import stock

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("demo") / "demo"
    problems = demo.run(small.ROOT, target, say=lambda _: None)
    assert problems == []
    return target


def test_every_student_has_a_page_and_no_page_has_a_test(graded: Path) -> None:
    pages = sorted((graded / "feedback").rglob("*.html"))
    assert len(pages) == len(demo.sample()["students"])
    secrets = {
        line
        for path in (graded / "source").glob("*/*/*.ipynb")
        for cell in read_notebook(path)["cells"]
        for line in hidden_lines("".join(cell["source"]))
        if telling(line)
    }
    assert len(secrets) > 50
    for page in pages:
        text = html.unescape(re.sub(r"<[^>]+>", "", page.read_text("utf-8")))
        assert [line for line in secrets if line in text] == []


def test_a_wrong_expectation_is_noticed(graded: Path) -> None:
    student = next(one for one in demo.sample()["students"] if one["id"] == "s2601")
    with course.gradebook(course.config(graded)) as book:
        row = next(one for one in rows(book, graded, "ps03") if one.student == "s2601")
        scores = demo._scores(book, "ps03", "s2601")
    assert list(demo._differences(student, scores, row)) == []
    student["expected"]["ps03-forms"] = 15
    student["flags"] = ["late"]
    found = [said.partition(" ")[0] for said in demo._differences(student, scores, row)]
    assert found == ["ps03-forms:", "flags"]


def test_a_changed_assignment_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    group = demo.sample()
    group["students"][0]["drawn"]["ps03-nash"]["total"] = 1
    with pytest.raises(CourseError, match=r"s2601 draws .* in ps03-nash"):
        demo._check(group)


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(CourseError, match="exists and is no demo"):
        demo.run(small.ROOT, tmp_path)
    assert (tmp_path / "mine.txt").exists()


def test_nbgraders_own_command_gives_the_same_scores(graded: Path, tmp_path: Path) -> None:
    root = tmp_path / "stock"
    shutil.copytree(graded, root, ignore=shutil.ignore_patterns("autograded", "feedback", "gradebook.db", "release"))
    # In one process with the tests a function that hangs takes its whole cell along, so its other calls are lost too.
    hanging = {one["id"] for one in demo.sample()["students"] if "while" in one["code"]}
    for student in hanging:
        shutil.rmtree(root / "submitted" / student)
    stock(root, "generate_assignment", "ps03")
    stock(root, "autograde", "ps03")
    found = {}
    for place in (graded, root):
        with course.gradebook(course.config(place)) as book:
            found[place] = {
                student: json.dumps(demo._scores(book, "ps03", student), sort_keys=True)
                for student in sorted(path.name for path in (root / "submitted").iterdir())
            }
    assert len(found[root]) == len(demo.sample()["students"]) - len(hanging)
    assert found[root] == found[graded]
