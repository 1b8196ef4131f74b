"""Says how things stand with an assignment, and what is odd, before anything is done. It changes nothing."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat

from autograder import bubble, course, grade, intake
from autograder.course import CourseError
from autograder.modes import SHARED, mode
from autograder.report import in_json, rows
from jejaring.answers import read_notebook

__all__ = ["Finding", "main", "state"]

Finding = tuple[bool, str]
"""Whether somebody has to do something, and what there is to say."""


def state(root: Path, assignment: str, source: Path | None = None) -> Iterator[Finding]:
    """Say how things stand.

    Parameters
    ----------
    root : Path
        Course folder. Not modified.
    assignment : str
        Name of the assignment.
    source : Path, optional
        What came from the students and was not collected yet. Not modified.

    Yields
    ------
    tuple of bool and str
        Whether it needs a person, and what it is.

    Raises
    ------
    CourseError
        If this is no course, or has no such assignment.
    """
    yield from _sandbox(root, assignment)
    yield from _class(root, assignment)
    if source:
        found = intake.handed_in(root, source, assignment)
        yield False, f"{source}: {len(found.taken)} notebooks of {assignment} would be collected"
        yield from ((False, line) for line in intake.notes(found))
        yield from ((True, problem) for problem in found.problems)


def main(root: Path, assignment: str, source: Path | None, *, as_json: bool = False) -> int:
    """Print how things stand; returns the exit code."""
    findings = []
    for needs_somebody, text in state(root, assignment, source):
        findings.append({"needs_somebody": needs_somebody, "text": text})
        if not as_json:
            print(f"{'!' if needs_somebody else '-'} {text}", file=sys.stderr if needs_somebody else sys.stdout)
    if as_json:
        print(in_json({"assignment": assignment, "findings": findings}))
    return int(any(finding["needs_somebody"] for finding in findings))


def _sandbox(root: Path, assignment: str) -> Iterator[Finding]:
    """How the assignment is graded, and whether students' code can be run safely here."""
    settings = course.directory(course.config(root))
    path = root / settings.format_path(settings.source_directory, ".", assignment) / f"{assignment}.ipynb"
    if not path.is_file():
        known = ", ".join(course.assignments(root)) or "none"
        raise CourseError(f"{path}: there is no such assignment. There are: {known}.")
    if mode(nbformat.reads(json.dumps(read_notebook(path)), as_version=4).cells) == SHARED:
        yield False, "students and tests share a kernel, in a sandbox: such scores can be forged from inside"
    else:
        yield False, "answers are data: nothing of the students' runs beside the tests"
    if trouble := bubble.trouble():
        yield True, trouble


def _class(root: Path, assignment: str) -> Iterator[Finding]:
    """Who handed in, and how far grading is."""
    if not any((root / "submitted").glob(f"*/{assignment}/{assignment}.ipynb")):
        yield True, f"submitted/: nobody's {assignment} is there. Run: python -m autograder collect {assignment} FOLDER"
        return
    with grade.recording(root, assignment) as keeper:
        new = grade.waiting(keeper)
    with course.gradebook(course.config(root)) as book:
        lines = list(rows(book, root, assignment))
    essays = sum(line.waiting for line in lines)
    graded = sum(line.status in {"graded", "needs manual grade"} for line in lines)
    yield (
        False,
        f"{graded} are graded; {len(new)} are new, changed or were cut short; {essays} essays wait for a person",
    )
    for line in lines:
        if line.flags or line.late:
            yield (
                bool(line.flags),
                f"{line.student}: {'; '.join(filter(None, ['late' if line.late else '', line.flags]))}",
            )
