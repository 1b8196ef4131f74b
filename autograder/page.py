"""The report on an assignment as one HTML page per language, which needs nothing else: no network, no server."""

import base64
import gzip
import re
import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from textwrap import shorten
from typing import Any

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from autograder import course
from autograder.findings import findings, signed
from autograder.intake import BY_NUMBER, LATE
from autograder.items import LOWER, MIDDLE, UPPER, Analysis, Item, analyse, band, groups, power
from autograder.pictures import difficulties, discriminations, distribution
from autograder.report import TEMPLATES, Row, notes, template
from autograder.responses import Question, Sheet, gather, item_text, option_text, options, plain
from jejaring.figures.picture import Picture, brief, listed, percent
from jejaring.language import LANGUAGES, language, use_language, word
from jejaring.widgets.figure import FIGURE_CSS, FIGURE_JS

__all__ = ["render", "write"]

FOLDER = "reports"
SMALL = 30  # students; below, the page says that its numbers are shaky
FLAGS = frozenset(
    {"no-answers", "other-student", "damaged-answers", "two-essays", "long-essay", "missing-cells", "stopped"}
)
THIRDS = (UPPER, MIDDLE, LOWER)


def write(root: Path, assignment: str) -> list[Path]:
    """Write the report in every language to ``reports/<assignment>.<language>.html``; returns the files.

    Raises
    ------
    CourseError
        If nothing of the assignment is graded.
    """
    with course.gradebook(course.config(root)) as book:
        sheet = gather(book, root, assignment)
    spoken = language()
    paths = []
    try:
        for code in LANGUAGES:
            use_language(code)
            path = root / FOLDER / f"{assignment}.{code}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_text(render(sheet, root, datetime.now().astimezone()), "utf-8")
            paths.append(path)
    finally:
        use_language(spoken)
    return paths


def render(sheet: Sheet, root: Path, now: datetime) -> str:
    """Write the report in the language spoken now.

    Parameters
    ----------
    sheet : Sheet
        The class, from `autograder.responses.gather`.
    root : Path
        Course folder, for what intake noticed.
    now : datetime
        What the page gives as its date.
    """
    view = _View.of(sheet)
    folder = Path(TEMPLATES) / "report"
    return template(folder).render(
        word=word,
        language=language(),
        others=[code for code in LANGUAGES if code != language()],
        assignment=sheet.assignment,
        date=now.strftime("%Y-%m-%d %H:%M"),
        style=Markup(FIGURE_CSS + (folder / "page.css").read_text("utf-8")),  # noqa: S704  # our own files
        script=Markup(FIGURE_JS + (folder / "page.js").read_text("utf-8")),  # noqa: S704  # the same
        plotly=base64.b64encode(gzip.compress(get_plotlyjs().encode(), mtime=0)).decode(),
        warnings=list(_warnings(view)),
        facts=list(_facts(view)),
        looks=_looks(view),
        spread=_spread(view),
        pictures=_pictures(view),
        questions=[_line(view, item) for item in view.analysis.items],
        thirds={third: sum(one == third for one in view.by.values()) for third in THIRDS},
        tables=[table for question in sheet.questions for table in _tables(view, question)],
        people=list(_people(view, root)),
    )


@dataclass(frozen=True)
class _View:
    """A class and its numbers.

    Parameters
    ----------
    by : Mapping
        Student to third.
    names : Mapping
        Question to what it is called on the page.
    people : Mapping
        Student to what they are called.
    """

    sheet: Sheet
    analysis: Analysis
    by: Mapping[str, str]
    names: Mapping[str, str]
    people: Mapping[str, str]

    @classmethod
    def of(cls, sheet: Sheet) -> "_View":
        """Work the numbers out."""
        scores = {student: one.scores for student, one in sheet.analysed.items()}
        analysis = analyse(scores, {question.name: question.points for question in sheet.questions})
        names = {
            question.name: f"{place}. {question.name.removeprefix(f'{sheet.assignment}-')}"
            for place, question in enumerate(sheet.questions, start=1)
        }
        return cls(sheet, analysis, groups(analysis.totals), names, {row.student: _person(row) for row in sheet.rows})

    def waiting(self, question: str) -> list[str]:
        """Students whose answer to a question waits for a person."""
        return [student for student, one in self.sheet.responses.items() if question not in one.scores]


def _person(row: Row) -> str:
    """A student as teachers know them."""
    name = f"{row.first_name} {row.last_name}".strip()
    return f"{name} ({row.student})" if name else row.student


def _warnings(view: _View) -> Iterator[str]:
    """What to know before any number is read."""
    if view.sheet.shared:
        yield word("report.forged")
    students = len(view.sheet.analysed)
    if students < 3:
        yield word("report.few", students=students)
    elif students < SMALL:
        yield word("report.small", students=students)
    stopped = [view.people[student] for student, one in view.sheet.responses.items() if one.stopped]
    if stopped:
        yield word("report.stopped", students=listed(stopped))
    untouched = [view.people[student] for student, one in view.sheet.responses.items() if "no-answers" in one.flags]
    if untouched:
        yield word("report.untouched", students=listed(untouched))
    open_ = [view.names[item.name] for item in view.analysis.items if not item.counted]
    if open_:
        yield word("report.incomplete", questions=listed(open_))


def _facts(view: _View) -> Iterator[tuple[str, str, str]]:
    """The numbers at the top: name, value and what it means."""
    sheet, found = view.sheet, view.analysis
    handed_in = sum(row.status != "not handed in" for row in sheet.rows)
    yield word("report.fact.handed_in"), word("report.of", some=handed_in, all=len(sheet.rows)), ""
    yield word("report.fact.analysed"), str(len(found.totals)), ""
    if found.totals and found.points:
        middle = brief(statistics.median(found.totals.values()))
        yield word("report.fact.median"), word("report.of", some=middle, all=brief(found.points)), ""
    if found.alpha is None:
        yield word("report.fact.alpha"), "–", word("report.unknown")
    else:
        level = "low" if found.alpha < 0.6 else "fair" if found.alpha < 0.8 else "high"
        yield word("report.fact.alpha"), signed(found.alpha), word(f"report.alpha.{level}")
    if found.error is not None:
        yield (
            word("report.fact.error"),
            f"± {brief(found.error)}",
            word("report.fact.of_points", points=brief(found.points)),
        )
    yield word("report.fact.waiting"), str(sum(len(view.waiting(question)) for question in view.names)), ""


def _looks(view: _View) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Reasons, the most pressing first, each with the questions: id, name and what was found."""
    found = findings(view.sheet, view.analysis.items, view.by)
    return [
        (kind, [(one.question, view.names[one.question], one.text) for one in found if one.kind == kind])
        for kind in dict.fromkeys(one.kind for one in found)
    ]


def _spread(view: _View) -> Picture | None:
    """The distribution, if there is one."""
    found = view.analysis
    return distribution(list(found.totals.values()), found.points) if found.totals and found.points else None


def _pictures(view: _View) -> list[Picture]:
    """The pictures of the questions, as far as there are numbers."""
    items, students = view.analysis.items, len(view.analysis.totals)
    easy = difficulties(items, view.names) if any(item.counted for item in items) else None
    return [picture for picture in (easy, discriminations(items, view.names, students)) if picture]


def _line(view: _View, item: Item) -> dict[str, Any]:
    """One question's line in the table: each cell a number and a word for it."""
    question = next(one for one in view.sheet.questions if one.name == item.name)
    shares = [one.left_out[item.name] for one in view.sheet.analysed.values() if item.name in one.left_out]
    waiting = len(view.waiting(item.name))
    cells = {
        "points": (brief(item.points), ""),
        "difficulty": _said(item.difficulty, percent, band, "band"),
        "discrimination": _said(item.discrimination, signed, power, "power"),
        "upper_lower": _said(item.upper_lower, signed, power, "power"),
        "alpha_without": _said(item.alpha_without, signed),
        "left_out": (percent(statistics.fmean(shares), 0) if shares else "–", ""),
        "waiting": (str(waiting) if waiting else "–", ""),
    }
    return {"id": item.name, "name": view.names[item.name], "about": _about(question), "cells": cells}


def _said(
    value: float | None, write: Callable[[float], str], name: Callable[[float], str] | None = None, names: str = ""
) -> tuple[str, str]:
    """A number and a word for it."""
    if value is None:
        return "–", ""
    return write(value), word(f"report.{names}.{name(value)}") if name else ""


def _about(question: Question) -> str:
    """How a question begins; nothing for those that are in no bank."""
    if not question.exercises:
        return ""
    first = question.exercises[0]
    return shorten(plain(first, first.entry["prompt"]), 100, placeholder=" …")


def _tables(view: _View, question: Question) -> Iterator[dict[str, Any]]:
    """The options of one question: for each item those that somebody chose or that earn points, and the rest named."""
    for exercise, lines in options(question, view.sheet.analysed, view.by):
        items = []
        for item in dict.fromkeys(line.pick[0] for line in lines):
            own = [line for line in lines if line.pick[0] == item]
            shown = [line for line in own if line.chosen or line.right]
            items.append(
                {
                    "text": item_text(exercise, item),
                    "rows": [
                        {
                            "text": option_text(exercise, line.pick) if line.pick[1] else word("report.options.blank"),
                            "counts": [*(line.counts[third] for third in THIRDS), line.chosen],
                            "right": {True: "right", False: "wrong", None: "open"}[line.right],
                        }
                        for line in shown
                    ],
                    "unchosen": "; ".join(
                        option_text(exercise, line.pick) for line in own if line.pick[1] and line not in shown
                    ),
                }
            )
        name = view.names[question.name]
        if exercise.id != question.name:
            name = f"{name} ({exercise.id.removeprefix(f'{view.sheet.assignment}-')})"
        yield {"id": exercise.id, "name": name, "about": _about(question), "items": items}


def _people(view: _View, root: Path) -> Iterator[dict[str, Any]]:
    """Lists of students: who waits, came late, was flagged, is missing."""
    rows = view.sheet.rows
    yield {
        "name": "waiting",
        "entries": [
            (f"{view.names[question]} ({len(waiting)})", [view.people[student] for student in waiting])
            for question in view.names
            if (waiting := view.waiting(question))
        ],
    }
    yield {
        "name": "late",
        "entries": [
            (_person(row), [word("report.people.late_by", time=row.timestamp[:16], penalty=brief(row.late_penalty))])
            for row in rows
            if row.late
        ],
    }
    flagged = {
        row.student: [
            *(_note(note) for note in notes(root, view.sheet.assignment, row.student)),
            *(_flag(*flag) for flag in _flags(view, row.student)),
        ]
        for row in rows
        if row.status != "not handed in"
    }
    yield {
        "name": "flagged",
        "entries": [(view.people[student], said) for student, said in flagged.items() if said],
    }
    for name, status in (("ungraded", "not graded"), ("missing", "not handed in")):
        yield {"name": name, "entries": [(_person(row), []) for row in rows if row.status == status]}


def _flags(view: _View, student: str) -> Iterator[tuple[str, str]]:
    """What grading noticed about a student."""
    if student in view.sheet.responses:
        yield from view.sheet.responses[student].flags.items()


def _flag(flag: str, detail: object) -> str:
    """What grading noticed."""
    return word(f"report.flag.{flag}", detail=detail) if flag in FLAGS else f"{flag} ({detail})"


def _note(note: str) -> str:
    """What intake noticed; it says so in English."""
    if note in {LATE, BY_NUMBER}:
        return word("report.note.late") if note == LATE else word("report.note.by_number")
    if renamed := re.fullmatch(r"renamed \((.*)\)", note, re.DOTALL):
        return word("report.note.renamed", detail=renamed[1])
    if several := re.fullmatch(r"(\d+) handed in, the latest counts \((.*)\)", note, re.DOTALL):
        return word("report.note.several", count=several[1], detail=several[2])
    return note
