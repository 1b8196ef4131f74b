"""An assignment changes after its class was graded: what students have stays, or release says what would be lost."""

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import __main__ as command_line
from autograder import course, grade
from autograder.course import CourseError
from autograder.feedback import feedback
from autograder.release import release
from autograder.report import rows
from jejaring.errors import BankError
from tests.grading import small

pytestmark = pytest.mark.slow

BY_HAND = {"s-01": 2.5, "s-02": 1.0}
Notebook = dict[str, Any]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small.course(tmp_path_factory.mktemp("class"))
    release(root, due="2026-03-09 23:59 +0700")
    for student in ("s-01", "s-02", "s-03"):
        notebook = small.answered(root / "release" / "id" / "ps90" / "ps90.ipynb", student=student)
        small.hand_in(root, student, notebook)
    grade.grade(root, "ps90", quiet=True)
    with course.gradebook(course.config(root)) as book:
        for student, points in BY_HAND.items():
            given = book.find_grade("ps90-aceh", "ps90", "ps90", student)
            given.manual_score, given.needs_manual_grade = points, False
            book.find_comment("ps90-aceh", "ps90", "ps90", student).manual_comment = f"Read: {points}"
        book.db.commit()
    return root


@pytest.fixture
def root(graded: Path, tmp_path: Path) -> Path:
    """A copy of the graded class."""
    return shutil.copytree(graded, tmp_path / "class")


def change(root: Path, how: Callable[[list[Notebook]], None], name: str = "ps90") -> None:
    """Change the cells of an assignment in both languages."""
    for path in (root / "source").glob(f"*/{name}/{name}.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        how(notebook["cells"])
        path.write_text(json.dumps(notebook), "utf-8")


def named(cells: list[Notebook], name: str) -> Notebook:
    return next(cell for cell in cells if cell["id"] == name)


def gain(cells: list[Notebook]) -> None:
    """A second test, which everybody passes, and a second essay."""
    test = copy.deepcopy(named(cells, "ps90-area-test")) | {"id": "ps90-again-test"}
    essay = copy.deepcopy(named(cells, "ps90-aceh")) | {"id": "ps90-second", "source": f"{small.ESSAY} Once more."}
    for cell in (test, essay):
        cell["metadata"]["nbgrader"]["grade_id"] = cell["id"]
        cells.append(cell)


def lose(*names: str) -> Callable[[list[Notebook]], None]:
    def how(cells: list[Notebook]) -> None:
        cells[:] = [cell for cell in cells if cell["id"] not in names]

    return how


def state(root: Path) -> list[tuple[str, float, int, float]]:
    """Student, points, essays that wait, and points possible, for everybody."""
    with course.gradebook(course.config(root)) as book:
        return [(row.student, row.points, row.waiting, row.max_score) for row in rows(book, root, "ps90")]


def read(root: Path) -> dict[str, tuple[float, str]]:
    """What a person gave and wrote."""
    with course.gradebook(course.config(root)) as book:
        return {
            student: (
                book.find_grade("ps90-aceh", "ps90", "ps90", student).manual_score,
                book.find_comment("ps90-aceh", "ps90", "ps90", student).manual_comment,
            )
            for student in BY_HAND
        }


def release_of(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "release").rglob("*.ipynb")}


def test_other_points_are_taken_over_and_what_a_person_gave_stays(root: Path) -> None:
    change(root, lambda cells: named(cells, "ps90-area-test")["metadata"]["nbgrader"].update(points=7))
    release(root)
    kept = read(root)
    grade.grade(root, "ps90", quiet=True)
    assert state(root) == [("s-01", 8.5, 0, 14.0), ("s-02", 7.0, 0, 14.0), ("s-03", 6.0, 1, 14.0)]
    assert read(root) == kept == {name: (points, f"Read: {points}") for name, points in BY_HAND.items()}


def test_a_new_cell_costs_nobody_anything(root: Path) -> None:
    kept = read(root)
    change(root, gain)
    assert release(root)[-1] == ("ps90 gained ps90-again-test, ps90-second. Run now: python -m autograder grade ps90")
    grade.grade(root, "ps90", quiet=True)
    assert state(root) == [("s-01", 10.5, 0, 14.0), ("s-02", 9.0, 0, 14.0), ("s-03", 8.0, 1, 14.0)]
    assert read(root) == kept
    assert not [one for one in feedback(root, "ps90", quiet=True) if one.error]
    assert "gained" not in " ".join(release(root)), "the second time there is nothing to gain"


def test_a_cell_with_points_is_not_lost_by_accident(root: Path) -> None:
    before = state(root), read(root), release_of(root)
    change(root, gain)
    change(root, lose("ps90-forms-test", "ps90-aceh"))
    with pytest.raises(CourseError) as refused:
        release(root)
    said = str(refused.value)
    assert "ps90-forms-test, for which 3 students have points or a comment in the gradebook (0 of them by hand)" in said
    assert "ps90-aceh, for which 2 students have points or a comment in the gradebook (2 of them by hand)" in said
    assert said.endswith("python -m autograder release --drop ps90-forms-test --drop ps90-aceh")
    assert (state(root), read(root), release_of(root)) == before


def test_a_cell_that_may_go_takes_only_its_own_points_along(root: Path) -> None:
    kept = read(root)
    change(root, lose("ps90-forms-test"))
    assert command_line.main(["--course", str(root), "release", "ps90", "--drop", "ps90-forms-test"]) == 0
    assert grade.grade(root, "ps90", quiet=True)
    assert state(root) == [("s-01", 4.5, 0, 5.0), ("s-02", 3.0, 0, 5.0), ("s-03", 2.0, 1, 5.0)]
    assert read(root) == kept
    assert not [one for one in feedback(root, "ps90", quiet=True) if one.error]


def test_a_leak_leaves_the_gradebook_alone(root: Path) -> None:
    before = state(root), release_of(root)
    change(root, gain)
    change(root, lambda cells: named(cells, "title").update(source="flood: kerukunan"))
    with pytest.raises(CourseError, match="Nothing was released"):
        release(root)
    assert (state(root), release_of(root)) == before


def test_one_assignment_is_released_by_itself(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = release_of(root)
    for language in ("id", "en"):
        shutil.copytree(root / "source" / language / "ps90", root / "source" / language / "ps91")
        (root / "source" / language / "ps91" / "ps90.ipynb").rename(root / f"source/{language}/ps91/ps91.ipynb")
    change(root, gain)
    assert release(root, only=["ps91"], due="2026-04-01 12:00 WIB") == ["release/en/ps91", "release/id/ps91"]
    after = release_of(root)
    assert set(after) - set(before) == {"release/id/ps91/ps91.ipynb", "release/en/ps91/ps91.ipynb"}
    assert {name: text for name, text in after.items() if name in before} == before
    with course.gradebook(course.config(root)) as book:
        due = {name: str(book.find_assignment(name).duedate) for name in ("ps90", "ps91")}
    assert due == {"ps90": "2026-03-09 16:59:00", "ps91": "2026-04-01 05:00:00"}
    assert command_line.main(["--course", str(root), "release", "ps19"]) == 2
    assert "ps19: is no assignment of source/. There are: ps90, ps91." in capsys.readouterr().err


def test_a_question_that_no_bank_has_is_named_and_nothing_is_released(root: Path) -> None:
    before = release_of(root)
    change(root, lambda cells: cells.insert(2, small.cell("code", "ask", 'ask("ps03-form")')))
    with pytest.raises(BankError, match=r"ps03-form'(.|\n)*ps03-forms"):
        release(root)
    assert release_of(root) == before
