"""What came out: one row per student, as a table to read and as CSV to keep.

A score that still waits for a person is never written as 0, and neither is work that was not handed in or not graded.
"""

import csv
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin
from traitlets import Unicode

from autograder import course, late
from autograder.course import CourseError
from jejaring.answers import META, read_notebook
from jejaring.errors import NotebookError

__all__ = ["COLLECTED", "TEMPLATES", "CsvExport", "Row", "cell", "in_json", "notes", "rows", "table", "template"]

COLLECTED = "collected.json"  # what intake noticed, beside the submitted notebook
TEMPLATES = str(Path(__file__).with_name("templates"))


@dataclass(frozen=True)
class Row:
    """One student's state in one assignment.

    Parameters
    ----------
    score : float or None
        Points after a late penalty; None while anything waits.
    points : float
        Points given so far, by the grader and by hand.
    waiting : int
        Cells that wait for a person (essays).
    status : str
        ``graded``, ``needs manual grade``, ``not graded`` or ``not handed in``.
    """

    assignment: str
    student: str
    last_name: str
    first_name: str
    email: str
    status: str
    score: float | None
    max_score: float
    points: float
    waiting: int
    late_penalty: float
    late: bool
    timestamp: str
    flags: str


def rows(book: Any, root: Path, assignment: str) -> Iterator[Row]:
    """Yield one row per student of the gradebook, sorted by id.

    Parameters
    ----------
    book : nbgrader.api.Gradebook
        Open gradebook.
    root : Path
        Course folder; its settings say what being late costs, its ``autograded`` and ``submitted`` hold the flags.
    assignment : str
        Name of the assignment, such as ``"ps03"``.

    Raises
    ------
    CourseError
        If it is not in the gradebook.
    """
    try:
        most = book.find_assignment(assignment).max_score
    except MissingEntry as error:
        there = ", ".join(sorted(one.name for one in book.assignments)) or "none yet"
        raise CourseError(
            f"{assignment}: is not in the gradebook. There are: {there}. "
            f"Correct the name, or run first: python -m autograder release"
        ) from error
    policy = late.policy(course.config(root))
    for student in sorted(book.students, key=lambda person: person.id):
        try:
            submission = book.find_submission(assignment, student.id)
        except MissingEntry:
            submission = None
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades] if submission else []
        waiting = sum(grade.needs_manual_grade and grade.manual_score is None for grade in grades)
        penalty = late.penalty(policy, submission) if submission else 0.0
        points = sum(grade.score for grade in grades)
        if submission is None:
            status = "not handed in"
        elif not any((root / "autograded" / student.id / assignment).glob("*.ipynb")):
            status = "not graded"  # nbgrader removes the file where it fails, and its gradebook doesn't tell
        else:
            status = "needs manual grade" if waiting else "graded"
        yield Row(
            assignment=assignment,
            student=student.id,
            last_name=student.last_name or "",
            first_name=student.first_name or "",
            email=student.email or "",
            status=status,
            score=max(0.0, points - penalty) if status == "graded" else None,
            max_score=most,
            points=points,
            waiting=waiting,
            late_penalty=penalty,
            late=bool(submission and submission.total_seconds_late > 0),
            timestamp=str(submission.timestamp or "") if submission else "",
            flags="; ".join(_flags(root, assignment, student.id)) if submission else "",
        )


def in_json(value: object) -> str:
    """Write what a command tells as JSON; rows as objects.

    Examples
    --------
    >>> print(in_json({"problems": ["é"]}))
    {
     "problems": [
      "é"
     ]
    }
    """
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain)


def table(lines: Iterable[Row]) -> str:
    """Write rows as a table for the terminal.

    Examples
    --------
    >>> row = Row("ps03", "ayu", "", "", "", "needs manual grade", None, 100.0, 62.5, 1, 0.0, True, "", "renamed")
    >>> print(table([row]))
    student  score  points so far  essays waiting  flags
    ayu      -      62.5 of 100    1               late; renamed
    """
    head = ("student", "score", "points so far", "essays waiting", "flags")
    body = [
        (
            row.student,
            "-" if row.score is None else f"{round(row.score, 2):g}",
            f"{round(row.points, 2):g} of {row.max_score:g}",
            str(row.waiting or "-"),
            "; ".join(
                part
                for part in (
                    row.status if row.status.startswith("not") else "",
                    "late" if row.late else "",
                    row.flags,
                )
                if part
            ),
        )
        for row in lines
    ]
    widths = [max(len(line[column]) for line in (head, *body)) for column in range(len(head))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in (head, *body)
    )


def _plain(value: Any) -> Any:
    """A file's name, or a row's columns."""
    return str(value) if isinstance(value, Path) else asdict(value)


def template(folder: Path) -> Template:
    """Return the template of a page, ``page.html.j2``; whatever it is given is escaped, and must be given."""
    engine = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return engine.get_template("page.html.j2")


class CsvExport(ExportPlugin):
    """Write the gradebook as CSV; ``nbgrader export`` uses it too."""

    root = Unicode("", help="the course's folder; empty for the one of the application")

    def export(self, gradebook: Any) -> None:
        """Write one line per student and assignment; the score stays empty until everything is graded."""
        target = Path(self.to or "grades.csv")
        names = [assignment.name for assignment in gradebook.assignments]
        wanted = [name for name in names if not self.assignment or name in map(str, self.assignment)]
        students = {str(student) for student in self.student}
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [field.name for field in fields(Row)])
            writer.writeheader()
            for name in wanted:
                for row in rows(gradebook, self._root(), name):
                    if not students or row.student in students:
                        writer.writerow({column: cell(value) for column, value in asdict(row).items()})
        logging.getLogger(__name__).info("Wrote %s", target)

    def _root(self) -> Path:
        """The course's folder."""
        return Path(self.root or self.parent.coursedir.root)


def cell(value: object) -> str:
    """A value as a spreadsheet reads it, never as a formula."""
    if isinstance(value, float):
        return f"{value:g}"
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def notes(root: Path, assignment: str, student: str) -> list[str]:
    """What intake noticed about a submission; nothing where it was collected by other means."""
    try:
        found = json.loads((root / "submitted" / student / assignment / COLLECTED).read_text("utf-8"))["notes"]
        return [str(note) for note in found]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _flags(root: Path, assignment: str, student: str) -> Iterator[str]:
    """What intake and grading noticed, in words."""
    yield from notes(root, assignment, student)
    for path in sorted((root / "autograded" / student / assignment).glob("*.ipynb")):
        try:
            flags = read_notebook(path)["metadata"][META]["flags"]
        except (NotebookError, KeyError, TypeError):
            continue
        for flag, detail in flags.items():
            yield f"{SAID[flag]} ({detail})" if detail else SAID[flag]


SAID = {
    "no-answers": "no answers found",
    "other-student": "made for another student",
    "damaged-answers": "damaged answers",
    "two-essays": "two essays",
    "long-essay": "essay cut",
    "missing-cells": "cells put in that were deleted, or added later",
    "stopped": "stopped while it was graded",
}
