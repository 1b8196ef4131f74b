"""What the students of an assignment did, question by question: points, answers, what was left out, which options.

Points come from the gradebook, answers from the autograded notebooks. Keys are neither read nor guessed: that an option
is right or wrong follows from what those earned who chose it, or stays open.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any

import nbformat
from nbgrader.api import MissingEntry

from autograder.course import CourseError
from autograder.items import LOWER, MIDDLE, UPPER
from autograder.modes import SHARED, mode
from autograder.report import Row, rows
from jejaring.answers import META, harvest, read_notebook
from jejaring.errors import AnswerError
from jejaring.exercises import kinds
from jejaring.exercises.bank import Exercise, load

__all__ = [
    "Option",
    "Pick",
    "Question",
    "Response",
    "Sheet",
    "gather",
    "item_text",
    "option_text",
    "options",
    "picks",
    "plain",
    "proven",
]

Pick = tuple[str, str]
"""What was chosen for what: an item of the exercise (empty where it is one question) and an option's id."""

STOPPED = "Stopped"  # name of the error that a test has which was not reached


@dataclass(frozen=True)
class Question:
    """One graded cell.

    Parameters
    ----------
    name : str
        Its id without ``-test``, such as ``"ps03-forms"``.
    points : float
        The most it gives.
    exercises : tuple of Exercise
        Those of the bank that it marks; more than one where one may be done instead of another, none in classical
        assignments of nbgrader.
    """

    name: str
    points: float
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True)
class Response:
    """One student's work.

    Parameters
    ----------
    scores : Mapping
        Question to points; what waits for a person is missing.
    credits : Mapping
        Question to the share that the grader gave by itself.
    answers : Mapping
        Exercise to the valid answer, in the shape that its kind reads.
    left_out : Mapping
        Question to the share that was not answered; missing where nobody can tell.
    stopped : str
        The question at which the submission was stopped; empty if it was not.
    flags : Mapping
        What grading noticed: name to detail.
    """

    scores: Mapping[str, float]
    credits: Mapping[str, float]
    answers: Mapping[str, Any]
    left_out: Mapping[str, float]
    stopped: str
    flags: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A whole class in one assignment.

    Parameters
    ----------
    rows : tuple of Row
        Every student of the gradebook.
    responses : Mapping
        Student to work, for those that were graded.
    shared : bool
        Whether students' code ran beside the tests, so that scores can be forged.
    """

    assignment: str
    questions: tuple[Question, ...]
    rows: tuple[Row, ...]
    responses: Mapping[str, Response]
    shared: bool

    @property
    def analysed(self) -> dict[str, Response]:
        """Those whose scores say something about the questions: there is work, and grading was not stopped."""
        return {
            student: one for student, one in self.responses.items() if "no-answers" not in one.flags and not one.stopped
        }


@dataclass(frozen=True)
class Option:
    """How often one option was chosen.

    Parameters
    ----------
    pick : Pick
        Item and option; the option is empty for those who chose nothing.
    counts : Mapping
        Group of students to how many.
    right : bool or None
        Whether it earned points; None where that can't be told from the scores.
    """

    pick: Pick
    counts: Mapping[str, int]
    right: bool | None

    @property
    def chosen(self) -> int:
        """How many chose it."""
        return sum(self.counts.values())


def gather(book: Any, root: Path, assignment: str) -> Sheet:
    """Read what there is of an assignment.

    Parameters
    ----------
    book : nbgrader.api.Gradebook
        Open gradebook.
    root : Path
        Course folder.
    assignment : str
        Name of the assignment, such as ``"ps03"``.

    Raises
    ------
    CourseError
        If there is no such assignment, or nothing of it was graded yet.
    """
    try:
        source = book.find_notebook(assignment, assignment)
    except MissingEntry as error:
        raise CourseError(
            f"{assignment}: is not in the gradebook. Check the name, or run first: python -m autograder release"
        ) from error
    everybody = tuple(rows(book, root, assignment))
    stubs = {cell.name: cell.source for cell in source.source_cells}
    questions = tuple(_questions(source.grade_cells))
    responses, shared = {}, False
    for row in everybody:
        if row.status in {"graded", "needs manual grade"}:
            path = root / "autograded" / row.student / assignment / f"{assignment}.ipynb"
            notebook = read_notebook(path)
            shared = shared or mode(map(_joined, notebook["cells"])) == SHARED
            grades = book.find_submission_notebook(assignment, assignment, row.student).grades
            responses[row.student] = _response(row.student, notebook, grades, questions, stubs)
    if not responses:
        raise CourseError(f"{assignment}: nothing is graded yet. Run first: python -m autograder grade {assignment}")
    return Sheet(assignment, questions, everybody, responses, shared)


def options(
    question: Question, responses: Mapping[str, Response], by: Mapping[str, str]
) -> Iterator[tuple[Exercise, list[Option]]]:
    """Yield each exercise of a question that has options, with them; for each item also those who chose none.

    Parameters
    ----------
    question : Question
        Of the sheet.
    responses : Mapping
        Student to work.
    by : Mapping
        Student to group, such as upper, middle and lower third.
    """
    for exercise in question.exercises:
        offered = _offered(exercise)
        chosen = {student: picks(exercise, one.answers.get(exercise.id)) for student, one in responses.items()}
        told = [(picked, responses[student].credits.get(question.name)) for student, picked in chosen.items() if picked]
        fixed = len(question.exercises) == 1 and not exercise.parameters and "about" not in exercise.entry
        right = proven(told, len(offered), exercise.kind) if fixed else {}
        if exercise.kind in {"choice", "multi"} and any(right.values()):  # the whole key is known then
            right = {("", name): right.get(("", name), False) for name in offered[""]}
        lines = []
        for item, names in offered.items():
            for pick in [*((item, name) for name in names), (item, "")]:
                who = [
                    student
                    for student, picked in chosen.items()
                    if (pick in picked if pick[1] else all(one != item for one, _ in picked))
                ]
                counts = {group: sum(by[student] == group for student in who) for group in (UPPER, MIDDLE, LOWER)}
                lines.append(Option(pick, counts, right.get(pick) if pick[1] else False))
        if lines:
            yield exercise, lines


def picks(exercise: Exercise, answer: Any) -> frozenset[Pick]:
    """Write a valid answer as pairs of item and option; nothing for kinds without options.

    Examples
    --------
    >>> from jejaring.exercises.bank import find
    >>> sorted(picks(find("ps03-winning"), ["ab", "ac"]))
    [('', 'ab'), ('', 'ac')]
    >>> sorted(picks(find("ps03-forms"), {"boat": {"origin": "traditional", "form": "coalition"}}))
    [('boat/form', 'coalition'), ('boat/origin', 'traditional')]
    """
    if answer is None:
        return frozenset()
    if exercise.kind == "choice":
        return frozenset({("", answer)})
    if exercise.kind == "multi":
        return frozenset(("", name) for name in answer)
    if exercise.kind in {"classify", "match"}:
        return frozenset(
            pick
            for item, found in answer.items()
            for pick in (
                [(f"{item}/{facet}", name) for facet, name in found.items()]
                if isinstance(found, Mapping)
                else [(item, found)]
            )
        )
    return frozenset()


def proven(told: Iterable[tuple[frozenset[Pick], float | None]], items: int, kind: str) -> dict[Pick, bool]:
    """Say which options are right and which are wrong, as far as credits prove it.

    Where all that somebody chose earned everything, all of it is right; where as much is known to be right as was
    earned, the rest is wrong. This is repeated until nothing new follows.

    Parameters
    ----------
    told : iterable of (picks, credit)
        What each student chose and the share it earned.
    items : int
        How many items share the credit.
    kind : str
        In ``multi``, who has everything shows the whole key, and other credits prove nothing.

    Examples
    --------
    >>> boat, waste = ("boat", "coalition"), ("waste", "venture")
    >>> one, two = frozenset({boat, waste}), frozenset({boat, ("waste", "coalition")})
    >>> sorted(proven([(one, 1.0), (two, 0.5)], 2, "match").items())
    [(('boat', 'coalition'), True), (('waste', 'coalition'), False), (('waste', 'venture'), True)]
    >>> proven([(two, 0.5)], 2, "match")
    {}
    """
    exact = [
        (picked, round(credit * items))
        for picked, credit in told
        if credit is not None and abs(credit * items - round(credit * items)) < 1e-3
    ]
    if kind == "multi":
        keys = {picked for picked, hits in exact if hits == items}
        every = {pick for picked, _ in exact for pick in picked}
        return {pick: pick in next(iter(keys)) for pick in every} if len(keys) == 1 else {}
    right: dict[Pick, bool] = {}
    disputed: set[Pick] = set()
    grown = True
    while grown:
        grown = False
        for picked, hits in exact:
            open_ = [pick for pick in picked if pick not in right]
            missing = hits - sum(right.get(pick, False) for pick in picked)
            if open_ and missing in {0, len(open_)}:
                right |= dict.fromkeys(open_, missing > 0)
                grown = True
            elif not 0 <= missing <= len(open_):
                disputed |= picked  # a point given or taken by hand, or a key that differs by student
    return {pick: is_right for pick, is_right in right.items() if pick not in disputed}


def item_text(exercise: Exercise, item: str, width: int = 90) -> str:
    """Say briefly what was sorted or joined, in the language spoken now; nothing where an exercise is one question.

    Examples
    --------
    >>> from jejaring.exercises.bank import find
    >>> item_text(find("ps03-forms"), "oranges/origin", 30)
    'Asal: Truk jeruk terguling di …'
    """
    entry, (name, _, facet) = exercise.entry, item.partition("/")
    if not item:
        return ""
    said = plain(exercise, entry["left" if exercise.kind == "match" else "items"][name]["text"])
    label = f"{plain(exercise, entry['facets'][facet]['label'])}: " if facet else ""
    return label + shorten(said, width, placeholder=" …")


def option_text(exercise: Exercise, pick: Pick) -> str:
    """Say an option in the language spoken now.

    Examples
    --------
    >>> from jejaring.exercises.bank import find
    >>> option_text(find("ps03-forms"), ("boat/form", "coalition"))
    'koalisi'
    """
    entry, (item, option) = exercise.entry, pick
    if exercise.kind != "classify":
        return plain(exercise, entry["right" if exercise.kind == "match" else "options"][option]["text"])
    facet = item.partition("/")[2] or next(iter(entry["facets"]))
    return plain(exercise, entry["facets"][facet]["classes"][option]["text"])


def plain(exercise: Exercise, text: Mapping[str, str]) -> str:
    """Say a text of the bank without its markup; an ellipsis stands for what differs from student to student."""
    return re.sub(r"[*$`]", "", re.sub(r"\{\w+\}", "…", exercise.say(text)))


def _joined(cell: Mapping[str, Any]) -> Any:
    """A cell as nbformat has it, its text in one piece."""
    return nbformat.from_dict({**cell, "source": "".join(cell["source"])})


def _questions(cells: Iterable[Any]) -> Iterator[Question]:
    """The graded cells that give points, in their order, with what they mark."""
    bank = load()
    for cell in cells:
        if cell.max_score and cell.max_score > 0:
            name = cell.name.removesuffix("-test")
            marked = [one for one in bank.values() if name in {one.id, one.entry.get("instead_of")}]
            yield Question(name, float(cell.max_score), tuple(sorted(marked, key=lambda one: one.id != name)))


def _response(
    student: str,
    notebook: Mapping[str, Any],
    grades: Iterable[Any],
    questions: Iterable[Question],
    stubs: Mapping[str, str],
) -> Response:
    """One student's work from gradebook and notebook."""
    found = {grade.name.removesuffix("-test"): grade for grade in grades}
    waits = {name for name, one in found.items() if one.needs_manual_grade and one.manual_score is None}
    cells = {
        str(own.get("grade_id")): cell
        for cell in notebook["cells"]
        if isinstance(own := cell["metadata"].get("nbgrader"), dict)
    }
    stored = {qid: one.value for qid, one in harvest(notebook).items()}
    answers, left_out = {}, {}
    for question in questions:
        empty = dict.fromkeys([question.name]) if not question.exercises else {}
        for exercise in question.exercises:
            answers[exercise.id], empty[exercise.id] = _answer(exercise, student, stored.get(exercise.id))
        shares = [_unwritten(cells, stubs, name) if share is None else share for name, share in empty.items()]
        if known := [share for share in shares if share is not None]:
            left_out[question.name] = min(known)
    flags = notebook["metadata"].get(META, {}).get("flags", {})
    return Response(
        scores={one.name: found[one.name].score for one in questions if one.name in found and one.name not in waits},
        credits={
            one.name: found[one.name].auto_score / one.points
            for one in questions
            if one.name in found and found[one.name].auto_score is not None
        },
        answers=answers,
        left_out=left_out,
        stopped=next(_not_reached(cells), ""),
        flags=flags if isinstance(flags, dict) else {},
    )


def _answer(exercise: Exercise, student: str, value: Any) -> tuple[Any, float | None]:
    """A valid answer and the share left out; that of what is written into a cell is None."""
    kind = kinds.get(exercise.kind)
    if kind.from_cell or exercise.kind == "essay":
        return None, None
    drawn = exercise.drawn(student) if exercise.parameters else exercise
    try:
        answer = kind.read(drawn, value)
    except AnswerError:
        answer = None
    done, total = kind.count(drawn, answer)
    return answer, 1 - done / total if total else 0.0


def _unwritten(cells: Mapping[str, Any], stubs: Mapping[str, str], name: str) -> float | None:
    """1 if a cell to be written is as it was handed out, 0 if not, None if there is no such cell."""
    if name not in cells or name not in stubs:
        return None
    return float("".join(cells[name]["source"]).strip() == stubs[name].strip())


def _not_reached(cells: Mapping[str, Any]) -> Iterator[str]:
    """Questions whose test was not run to its end, in their order."""
    for name, cell in cells.items():
        if any(output.get("ename") == STOPPED for output in cell.get("outputs", ())):
            yield name.removesuffix("-test")


def _offered(exercise: Exercise) -> dict[str, list[str]]:
    """Items and the ids of their options; one item without a name where there is one question."""
    entry = exercise.entry
    if exercise.kind in {"choice", "multi"}:
        return {"": list(entry["options"])}
    if exercise.kind == "match":
        return {item: list(entry["right"]) for item in entry["left"]}
    if exercise.kind == "classify":
        one = len(entry["facets"]) == 1
        return {
            item if one else f"{item}/{facet}": list(inner["classes"])
            for item in entry["items"]
            for facet, inner in entry["facets"].items()
        }
    return {}
