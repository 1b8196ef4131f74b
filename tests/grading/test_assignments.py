"""Every assignment from release to export: one student knows everything, one nothing, one has every misconception."""

import csv
import html
import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder import course, grade
from autograder.feedback import feedback
from autograder.preprocessors import hidden_lines, telling
from autograder.release import release
from autograder.report import Row, rows
from jejaring.answers import STUDENT, Answer, put, read_notebook
from jejaring.language import use_language, word
from tests import assignments as tried
from tests.assignments import NAMES, bank
from tests.grading.small import ROOT

pytestmark = pytest.mark.slow

RIGHT, BLANK, WRONG = tried.ME, "kosong", "keliru"
EDITION = {RIGHT: "id", BLANK: "en", WRONG: "en"}


def essays(name: str) -> set[str]:
    return {qid for qid, entry in bank(name).items() if entry["kind"] == "essay"}


def right(name: str) -> dict[str, Any]:
    """The instructor's answers; of two ways to do a task, the first in the file."""
    coded = {
        qid: tried.cell(name, qid).replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")
        for qid, entry in bank(name).items()
        if entry["kind"] == "code"
    }
    return {qid: value for qid, value in tried.answered(name).items() if qid in bank(name)} | coded


def wrong(name: str) -> dict[str, Any]:
    """The wrong attempt at each question that earns most; the second way is left out."""
    chosen = {}
    for qid, listed in tried.attempts(name).items():
        given = [one for one in listed if one.get("credit", 0) < 1 and str(one["value"]).strip()]
        if "instead_of" not in bank(name)[qid]:
            chosen[qid] = max(given, key=lambda one: one.get("credit", 0))
    return {qid: one["value"] for qid, one in chosen.items()}


def hand_in(root: Path, name: str, student: str, given: dict[str, Any]) -> None:
    """Fill a released notebook in and put it where nbgrader looks."""
    notebook = read_notebook(root / "release" / EDITION[student] / name / f"{name}.ipynb")
    if given:
        code = {qid: value for qid, value in given.items() if bank(name)[qid]["kind"] == "code"}
        said = {STUDENT: student} | {qid: value for qid, value in given.items() if qid not in code}
        put(notebook, {qid: Answer(value, 1.0) for qid, value in said.items()})
        for cell in notebook["cells"]:
            cell["source"] = code.get(cell["id"], cell["source"])
    path = root / "submitted" / student / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("school")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "source", root / "source", ignore=shutil.ignore_patterns(".*"))
    release(root)
    return root


@cache
def graded(root: Path, name: str) -> Path:
    """The course after one assignment was handed in, graded and given back."""
    for student, given in ((RIGHT, right(name)), (BLANK, {}), (WRONG, wrong(name))):
        hand_in(root, name, student, given)
    assert [one for one in (*grade.grade(root, name, quiet=True), *feedback(root, name, quiet=True)) if one.error] == []
    return root


def row(root: Path, name: str, student: str) -> Row:
    with course.gradebook(course.config(root)) as book:
        return next(one for one in rows(book, root, name) if one.student == student)


def scores(root: Path, name: str, student: str) -> dict[str, float]:
    with course.gradebook(course.config(root)) as book:
        found = book.find_submission_notebook(name, name, student).grades
        return {one.name.removesuffix("-test"): one.score for one in found if one.name.endswith("-test")}


def page(root: Path, name: str, student: str) -> str:
    return (root / "feedback" / student / name / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_who_knows_everything_gets_everything(school, name):
    result = row(graded(school, name), name, RIGHT)
    waiting = sum(bank(name)[qid]["points"] for qid in essays(name))
    assert (result.points, result.max_score, result.waiting) == (100 - waiting, 100, len(essays(name)))
    assert (result.status, result.flags) == ("needs manual grade" if waiting else "graded", "")


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_one_gets_nothing_and_is_noticed(school, name):
    result = row(graded(school, name), name, BLANK)
    assert (result.points, result.status, result.flags) == (0, "graded", "no answers found")


@pytest.mark.parametrize("name", NAMES)
def test_misconceptions_get_what_they_deserve(school, name):
    given = wrong(name)
    use_language("en")
    expected = {}
    for qid, value in given.items():
        if qid in essays(name):
            continue
        exercise = tried.drawn(qid, WRONG)
        if exercise.kind == "code":
            continue
        options = tried.resolved(exercise, tried.answered(name) | given)
        expected[qid] = tried.judge(exercise, value, options).credit * exercise.points
    use_language("id")
    obtained = scores(graded(school, name), name, WRONG)
    assert {qid: obtained[qid] for qid in expected} == pytest.approx(expected, abs=0.01)
    assert 0 < sum(obtained.values()) < 100


@pytest.mark.parametrize("name", NAMES)
def test_feedback_gives_answer_credit_and_reason_of_each_item_and_no_key(school, name):
    graded(school, name)
    cells = [cell for language in ("id", "en") for cell in tried.source(name, language)["cells"]]
    released = "".join(path.read_text("utf-8") for path in (school / "release").glob(f"*/{name}/*.ipynb"))
    hidden = {line for cell in cells for line in hidden_lines("".join(cell["source"])) if telling(line)}
    secrets = {line for line in hidden if json.dumps(line)[1:-1] not in released}
    assert len(secrets) > 20
    for student in (RIGHT, BLANK, WRONG):
        said = html.unescape(re.sub(r"<[^>]+>", "", page(school, name, student)))
        assert [line for line in secrets if line in said] == []
        assert "mark(" not in said
        use_language(EDITION[student])
        shown = {RIGHT: right(name), BLANK: {}, WRONG: wrong(name)}[student]
        answers = [qid for qid in shown if bank(name)[qid]["kind"] != "code"]
        assert said.count(word("copy.said")) >= len(answers), f"{student}: an answer is missing"
        for qid in bank(name):
            if qid not in essays(name):
                credit = word("mark.points", exercise=qid, score="SCORE", points="POINTS").partition("SCORE")[0]
                assert credit in said, f"{student}: no credit for {qid}"
    use_language("en")
    lines = html.unescape(re.sub(r"<[^>]+>", "", page(school, name, WRONG))).splitlines()
    judged = [line for line in lines if line.startswith("- ") and word("mark.wrong") in line]
    assert judged
    assert [line for line in judged if len(line.partition(word("mark.wrong"))[2]) < 10] == []
    use_language("id")


@pytest.mark.parametrize("name", NAMES)
def test_the_export_leaves_a_score_empty_until_the_essay_is_read(school, name):
    grade.export(graded(school, name), school / f"{name}.csv")
    with (school / f"{name}.csv").open(encoding="utf-8") as file:
        lines = {line["student"]: line for line in csv.DictReader(file) if line["assignment"] == name}
    assert lines[BLANK]["score"] == "0"
    assert lines[RIGHT]["score"] == ("" if essays(name) else "100")


@pytest.mark.parametrize("name", NAMES)
def test_nbgrader_validates_the_instructors_notebook(school, name):
    from nbgrader.validator import Validator

    for language in ("id", "en"):
        path = school / "source" / language / name / f"{name}.ipynb"
        result = Validator(config=course.config(school)).validate(str(path))
        assert result == {}, result
