"""What each student has in the whole course: lessons done, claims judged, assignments, capstone, and the total.

A part that still waits, for a person or for its day, is empty, and so is the total then; ``so_far`` says how many
points of 100 are sure already. `CourseMarks` holds the weights.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry
from traitlets import Float, Integer, List, Unicode
from traitlets.config import Configurable

from autograder import course
from autograder.course import CourseError
from autograder.intake import LESSONS
from autograder.lms import roster
from autograder.report import Row, cell, in_json, rows
from jejaring.answers import Answer, harvest, read_notebook
from jejaring.exercises import kinds
from jejaring.exercises.bank import Exercise, load

__all__ = ["CourseMarks", "Part", "best", "lesson_parts", "main", "marks", "weighted"]

CAPSTONE, PORTFOLIO = "capstone", "portfolio"


class CourseMarks(Configurable):
    """What each part of the course is worth, in percent of the whole."""

    completion = Float(15, min=0, help="Exercises and bets of the lessons that were answered, rightly or not.").tag(
        config=True
    )
    assignments = Float(45, min=0, help="The best of the assignments.").tag(config=True)
    portfolio = Float(10, min=0, help="The claim shop.").tag(config=True)
    capstone = Float(30, min=0, help="The assignment of that name.").tag(config=True)
    best = Integer(8, min=1, help="How many of the assignments count, the best ones.").tag(config=True)
    claims = Integer(6, min=1, help="How many judged claims make a full portfolio.").tag(config=True)
    counted = List(Unicode(), help="The assignments that count; empty: ps01, ps02 and so on of source/.").tag(
        config=True
    )

    def weights(self) -> dict[str, float]:
        """Return the weight of each part.

        Raises
        ------
        CourseError
            If they don't add up to 100.
        """
        weights = {name: float(getattr(self, name)) for name in ("completion", "assignments", PORTFOLIO, CAPSTONE)}
        if abs(sum(weights.values()) - 100) > 1e-9:
            said = " + ".join(f"{name} {weight:g}" for name, weight in weights.items())
            raise CourseError(f"c.CourseMarks in {course.SETTINGS}: {said} is not 100. Mend the weights.")
        return weights


@dataclass(frozen=True)
class Part:
    """How much of one part a student has.

    Parameters
    ----------
    share : float or None
        From 0 to 1; None while it waits.
    sure : float
        What of it is sure already.
    missing : tuple of str
        What is missing, in words.
    """

    share: float | None
    sure: float
    missing: tuple[str, ...] = field(default=())


def best(parts: Sequence[Part], count: int) -> Part:
    """Average the best parts; it waits as long as one of all waits.

    Examples
    --------
    >>> best([Part(1.0, 1.0), Part(0.5, 0.5), Part(0.0, 0.0)], 2).share
    0.75
    >>> best([Part(1.0, 1.0), Part(None, 0.2)], 2)
    Part(share=None, sure=0.6, missing=())
    """
    most = sorted((part.sure for part in parts), reverse=True)[:count]
    sure = sum(most) / len(most) if most else 0.0
    waits = not parts or any(part.share is None for part in parts)
    return Part(None if waits else sure, sure, tuple(text for part in parts for text in part.missing))


def weighted(parts: Mapping[str, Part], weights: Mapping[str, float]) -> tuple[float | None, float]:
    """Return the total of 100, None while a part waits that counts, and what is sure of it.

    Examples
    --------
    >>> weighted({"a": Part(0.5, 0.5), "b": Part(None, 0.25)}, {"a": 60, "b": 40})
    (None, 40.0)
    """
    sure = sum(weight * parts[name].sure for name, weight in weights.items())
    waits = any(weight and parts[name].share is None for name, weight in weights.items())
    return (None if waits else sure), sure


def lesson_parts(
    notebooks: Mapping[str, Mapping[str, Answer]], lessons: Iterable[str], student: str, claims: int
) -> tuple[Part, Part]:
    """Return how much of the lessons is answered, and how much of the portfolio is there.

    Parameters
    ----------
    notebooks : Mapping
        Lesson to the answers in the notebook that was handed in.
    lessons : iterable of str
        All lessons of the course; one that was not handed in counts as nothing.
    student : str
        Student id, for exercises that differ by student.
    claims : int
        How many judged claims make a full portfolio. A claim is judged when its verdict was checked, which opens the
        evidence needed and the repair.
    """
    shares, missing, judged = [], [], 0
    bank = load().values()
    for lesson in sorted(lessons):
        answers = notebooks.get(lesson)
        exercises = [one for one in bank if one.home == lesson]
        if answers is None:
            missing.append(f"{lesson} not handed in")
        done = [_answered(one, answers or {}, student) for one in exercises]
        shares.append(sum(done) / len(done) if done else 1.0)
        for one, share in zip(exercises, done, strict=True):
            judged += one.kind == "claim" and share == 1 and (answers or {})[one.id].tries > 0
    completion = sum(shares) / len(shares) if shares else 0.0
    few = (f"{judged} of {claims} claims judged",) if judged < claims else ()
    portfolio = min(1.0, judged / claims)
    return Part(completion, completion, tuple(missing)), Part(portfolio, portfolio, few)


def marks(root: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """Work out the marks of the class.

    Returns
    -------
    columns : list of str
        Names in order.
    lines : list of dict
        One per student, by id; shares in percent.
    """
    settings = course.config(root)
    policy = CourseMarks(config=settings)
    weights = policy.weights()
    names = policy.counted or [name for name in course.assignments(root) if name.startswith("ps")]
    with course.gradebook(settings) as book:
        group = {one.id: (one.last_name or "", one.first_name or "") for one in book.students}
        graded = {name: _assignment(book, root, name) for name in [*names, CAPSTONE, PORTFOLIO]}
    group |= {one.id: (one.last_name, one.first_name) for one in roster(root).people}
    folders = {path.parent.name: path for path in sorted((root / "submitted").glob(f"*/{LESSONS}"))}
    group |= {student: ("", "") for student in folders if student not in group}
    taught = course.lessons(root)
    top = f"best_{min(policy.best, len(names))}"
    columns = ["student", "last_name", "first_name", "completion", PORTFOLIO, *names, top, CAPSTONE]
    lines = []
    for student in sorted(group):
        parts = {}
        parts["completion"], parts[PORTFOLIO] = _lessons(folders, taught, student, policy.claims)
        if graded[PORTFOLIO] is not None:
            parts[PORTFOLIO] = _part(graded[PORTFOLIO], PORTFOLIO, student)
        each = [_part(graded[name], name, student) for name in names]
        parts["assignments"] = best(each, policy.best)
        parts[CAPSTONE] = _part(graded[CAPSTONE], CAPSTONE, student)
        total, sure = weighted(parts, weights)
        shown = {
            **{name: parts[name].share for name in ("completion", PORTFOLIO, CAPSTONE)},
            **{name: part.share for name, part in zip(names, each, strict=True)},
            top: parts["assignments"].share,
        }
        last, first = group[student]
        line = {"student": student, "last_name": last, "first_name": first}
        line |= {name: None if share is None else round(100 * share, 2) for name, share in shown.items()}
        line |= {"total": None if total is None else round(total, 2), "so_far": round(sure, 2)}
        line["missing"] = "; ".join(text for part in parts.values() for text in part.missing)
        lines.append(line)
    return [*columns, "total", "so_far", "missing"], lines


def main(root: Path, target: Path, *, as_json: bool = False) -> int:
    """Write the marks as CSV and say how many are complete; returns the exit code."""
    columns, lines = marks(root)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({name: cell(value) for name, value in line.items()} for line in lines)
    if as_json:
        print(in_json({"file": target, "marks": lines}))
        return 0
    waiting = sum(line["total"] is None for line in lines)
    print(f"{target}: {len(lines)} students, {len(lines) - waiting} with a total, {waiting} still waiting for a part")
    return 0


@dataclass(frozen=True)
class _Graded:
    """One assignment of the gradebook."""

    rows: Mapping[str, Row]
    due: datetime | None


def _assignment(book: Any, root: Path, name: str) -> _Graded | None:
    """Everybody's state in an assignment; None if it is not in the gradebook."""
    try:
        due = book.find_assignment(name).duedate
    except MissingEntry:
        return None
    return _Graded({row.student: row for row in rows(book, root, name)}, due and due.replace(tzinfo=UTC))


def _part(graded: _Graded | None, name: str, student: str) -> Part:
    """A student's share of an assignment."""
    if graded is None:
        return Part(None, 0.0, (f"{name} not released",))
    if all(row.status == "not handed in" for row in graded.rows.values()):
        return Part(None, 0.0, (f"{name} not collected",))
    row = graded.rows.get(student)
    if row is None or row.status == "not handed in":
        if graded.due and graded.due > datetime.now(UTC):
            return Part(None, 0.0, (f"{name} is open",))
        return Part(0.0, 0.0, (f"{name} not handed in",))
    sure = max(0.0, row.points - row.late_penalty) / row.max_score if row.max_score else 0.0
    if row.score is None:
        return Part(None, sure, (f"{name} {row.status}",))
    return Part(sure, sure)


def _lessons(folders: Mapping[str, Path], taught: Sequence[str], student: str, claims: int) -> tuple[Part, Part]:
    """A student's parts from the lessons; while nobody's were collected both wait."""
    if not folders:
        return Part(None, 0.0, (f"no {LESSONS} collected",)), Part(None, 0.0)
    paths = {lesson: folders[student] / f"{lesson}.ipynb" for lesson in taught if student in folders}
    notebooks = {lesson: harvest(read_notebook(path)) for lesson, path in paths.items() if path.is_file()}
    return lesson_parts(notebooks, taught, student, claims)


def _answered(exercise: Exercise, answers: Mapping[str, Answer], student: str) -> float:
    """How much of an exercise is answered, from 0 to 1."""
    given = answers.get(exercise.id)
    drawn = exercise.drawn(student) if exercise.parameters else exercise
    done, total = kinds.answered(drawn, given.value if given else None)
    return done / total if total else 0.0
