"""What coming late costs, worked out by hand, through nbgrader's own grading, feedback and export."""

import csv
import re
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from traitlets import TraitError

from autograder import course, grade
from autograder.feedback import feedback
from autograder.late import LatePolicy
from autograder.release import release
from autograder.report import rows
from tests.grading import small

HOUR = 3600
NONE = 'c.AssignLatePenalties.plugin_class = "nbgrader.plugins.LateSubmissionPlugin"'


@pytest.mark.parametrize(
    ("hours", "percent"),
    [(-1, 0), (0, 0), (0.25, 0), (0.26, 10), (24.25, 10), (24.3, 20), (120.25, 50), (120.3, 100), (9999, 100)],
)
def test_each_day_begun_costs_the_same(hours: float, percent: float) -> None:
    assert LatePolicy().percent(hours * HOUR) == percent


def test_the_numbers_can_be_changed() -> None:
    floor = LatePolicy(grace_minutes=0, percent_per_day=30, days=7, percent_afterwards=80)
    assert [floor.percent(days * 24 * HOUR) for days in (0.01, 2, 3.5, 4, 7.5)] == [30, 60, 100, 100, 80]
    assert LatePolicy().late_submission_penalty("s", 80, 25 * HOUR) == 16
    assert LatePolicy(percent_per_day=0, days=999).late_submission_penalty("s", 80, 25 * HOUR) is None


@pytest.mark.parametrize("value", [-1, 101])
def test_what_is_no_percentage_is_refused(value: float) -> None:
    with pytest.raises(TraitError, match=r"c\.LatePolicy\.percent_per_day = .*from 0 to 100"):
        LatePolicy(percent_per_day=value)


# Due on 9 March at 23:59. Everything right by machine is 6 of 9 points; the essay is worth 3.
CLASS = {
    "s-in-time": ("2026-03-09 23:58:00+07:00", 0.0),
    "s-grace": ("2026-03-10 00:13:00+07:00", 0.0),
    "s-first": ("2026-03-10 00:59:00+07:00", 0.1),
    "s-third": ("2026-03-12 12:00:00+07:00", 0.3),
    "s-never": ("2026-03-20 12:00:00+07:00", 1.0),
    "s-untimed": ("", 0.0),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small.course(tmp_path_factory.mktemp("late"))
    release(root, due="2026-03-09 23:59 +0700")
    for student, (stamp, _) in CLASS.items():
        notebook = small.answered(root / "release" / "id" / "ps90" / "ps90.ipynb", student=student)
        path = small.hand_in(root, student, notebook)
        if stamp:
            path.with_name("timestamp.txt").write_text(stamp)
    assert [one.error for one in grade.grade(root, "ps90", quiet=True)] == [""] * len(CLASS)
    return root


def essays(root: Path, points: float) -> None:
    """Grade the essays, as a person does in formgrader."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", "jejaring") as book:
        for student in CLASS:
            grade = book.find_grade("ps90-aceh", "ps90", "ps90", student)
            grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


def exported(root: Path) -> dict[str, dict[str, str]]:
    grade.export(root, root / "grades.csv")
    with (root / "grades.csv").open(encoding="utf-8") as file:
        return {line["student"]: line for line in csv.DictReader(file)}


@pytest.mark.slow
def test_the_penalty_follows_the_points_and_is_shown(graded: Path) -> None:
    for student, line in exported(graded).items():
        assert float(line["late_penalty"]) == pytest.approx(6 * CLASS[student][1])
        assert line["late"] == str(CLASS[student][0] > "2026-03-10" and student != "s-untimed")
        assert line["score"] == ""  # the essay waits
    essays(graded, 3)
    for student, line in exported(graded).items():
        assert float(line["late_penalty"]) == pytest.approx(9 * CLASS[student][1])
        assert float(line["score"]) == pytest.approx(9 * (1 - CLASS[student][1]))
    assert [one.error for one in feedback(graded, "ps90", quiet=True)] == [""] * len(CLASS)
    for student, (_, share) in CLASS.items():
        page = (graded / "feedback" / student / "ps90" / "ps90.html").read_text("utf-8")
        found = re.search(r"Late submission penalty \(Score: -([\d.]+)\)", page)
        assert float(found[1] if found else 0) == pytest.approx(9 * share)
        assert f"(Score: {9 * (1 - share):.1f} / 9.0)" in page
    with Gradebook(f"sqlite:///{graded}/gradebook.db", "jejaring") as book:  # what formgrader and others read
        stored = {student: book.find_submission("ps90", student).late_submission_penalty for student in CLASS}
    assert stored == pytest.approx({student: 9 * share for student, (_, share) in CLASS.items()})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "shares"),
    [
        ("c.LatePolicy.percent_per_day = 20", {"s-first": 0.2, "s-third": 0.6, "s-never": 1.0}),
        ("c.LatePolicy.percent_afterwards = 60", {"s-first": 0.1, "s-third": 0.3, "s-never": 0.6}),
        (NONE, {}),
    ],
)
def test_one_line_changes_the_policy(graded: Path, line: str, shares: dict[str, float]) -> None:
    settings = graded / "nbgrader_config.py"
    before = settings.read_text("utf-8")
    try:
        settings.write_text(f"{before}\n{line}\n", "utf-8")
        with course.gradebook(course.config(graded)) as book:
            found = {row.student: row.late_penalty / row.points for row in rows(book, graded, "ps90")}
        assert found == pytest.approx(dict.fromkeys(CLASS, 0.0) | shares)
    finally:
        settings.write_text(before, "utf-8")


def test_the_settings_name_the_line_for_no_penalty() -> None:
    assert f"`{NONE}`" in (small.ROOT / "nbgrader_config.py").read_text("utf-8")
