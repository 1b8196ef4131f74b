"""Scoring one exercise of an assignment, in a hidden test cell: ``mark("ps03-forms", key={...})``."""

import copy
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any

from jejaring import answers
from jejaring.answers import Answer
from jejaring.errors import AnswerError, BankError, NotebookError
from jejaring.exercises import kinds
from jejaring.exercises.bank import Exercise, find, shown
from jejaring.exercises.kinds import Remark, Verdict
from jejaring.exercises.shapes import Rules, did_you_mean, is_number
from jejaring.language import LANGUAGES, language, use_language, word
from jejaring.variants import normal_student

__all__ = ["mark"]

MAX_POINTS = 1000.0


def mark(qid: str, *, key: Any = None, why: Any = None, **options: Any) -> float:
    """Score this notebook's answer to one exercise and print the reasons, never the key.

    What a student's notebook holds never raises; what is wrong in the bank or in the arguments does.

    Parameters
    ----------
    qid : str
        The exercise's id, such as ``"ps03-forms"``.
    key : object
        What is right, in the shape that the exercise's kind says; or a function that returns it (see Notes). For kind
        ``code``: the reference function.
    why : Mapping, optional
        Reasons by id of the wrong option, each a string or one string per language.
    **options
        What the kind takes besides, such as ``tolerance`` and ``wrong`` (number) or ``inputs`` (code); or functions
        that return it.

    Returns
    -------
    float
        From 0 to the points of the exercise.

    Raises
    ------
    BankError
        If the exercise, the key, a reason or an option is wrong; the message names it.

    Notes
    -----
    A function is called with one table, which it may change: the student's parameters by name and, where the exercise
    is of kind ``network`` or says that it is ``about`` one, ``network``: what the student drew, a `networkx.Graph`, or
    `networkx.DiGraph` where ties have a direction, with at least one person, the strength of each tie as its
    ``weight`` and the group of those who have one as their ``group``; and ``start``, the network that was given, if
    one was. Where there is no such network, no function is called: the score is 0, and the student reads why.

    Examples
    --------
    Within a hidden test::

        mark("ps08-redesign", key=lambda p: {
            "reach": nx.is_connected(p["network"]),
            "budget": {"measure": "added", "most": 5},
        })
        mark("ps08-busiest", key=lambda p: {"ties": max(dict(p["network"].degree).values())})
    """
    exercise = find(qid)
    notebook = _Notebook.open()
    with _speaking(notebook.language):
        student, warnings = _student(exercise, notebook)
        exercise = exercise.drawn(student or "") if exercise.parameters else exercise
        points = notebook.points(qid, exercise)
        try:
            given = _given(exercise, notebook)
        except AnswerError as error:
            verdict = _nothing(str(error))
        else:
            key, options = _resolved(exercise, given, key, options)
            _check(exercise, key, why, options)
            verdict = _verdict(exercise, notebook, key, why, options, known=bool(student or not exercise.parameters))
        share = min(1.0, max(0.0, float(verdict.credit or 0.0)))
        score = min(points, round(share * points, 6))
        for line in [*_report(exercise, verdict, score, points), *warnings]:
            print(line.encode("utf-8", "replace").decode("utf-8"))
    return score


@dataclass(frozen=True)
class _Notebook:
    """The notebook this kernel runs, as data; `trouble` says why it can't be read."""

    data: Mapping[str, Any]
    found: Mapping[str, Answer]
    trouble: str = ""

    @classmethod
    def open(cls) -> "_Notebook":
        """Read the notebook's own file, if there is one."""
        path = answers.own_notebook()
        if path is None:
            return cls({}, {})
        try:
            data = answers.read_notebook(path)
        except NotebookError as error:
            return cls({}, {}, str(error))
        return cls(data, answers.harvest(data))

    def answer(self, qid: str) -> Answer | None:
        """The answer to one exercise: in grading the file's alone, else the newest that is known."""
        return self.found.get(qid) if _grading() else answers.current(qid) or self.found.get(qid)

    @property
    def language(self) -> str:
        """The language it says it is in, or the one spoken now."""
        metadata = self.data.get("metadata")
        own = metadata.get(answers.META) if isinstance(metadata, dict) else None
        code = own.get("language") if isinstance(own, dict) else None
        return code if isinstance(code, str) and code in LANGUAGES else language()

    def cell(self, grade_id: str) -> Mapping[str, Any]:
        """The first cell with this nbgrader grade id, or an empty one."""
        cells = self.data.get("cells")
        for cell in cells if isinstance(cells, list) else []:
            if isinstance(cell, dict) and _nbgrader(cell).get("grade_id") == grade_id:
                return cell
        return {}

    def points(self, qid: str, exercise: Exercise) -> float:
        """What nbgrader gives for the exercise here, else what the bank says."""
        said = _nbgrader(self.cell(f"{qid}-test")).get("points")
        return float(said) if is_number(said) and 0 <= said <= MAX_POINTS else exercise.points or 0.0

    def source(self, qid: str) -> str | None:
        """The text of the solution cell of a code exercise."""
        source = self.cell(qid).get("source")
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        return source if isinstance(source, str) and source.strip() else None


def _nbgrader(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """What nbgrader wrote into a cell."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}


def _grading() -> bool:
    """Whether nbgrader grades a submission here."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


@contextmanager
def _speaking(code: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = language()
    use_language(code)
    try:
        yield
    finally:
        use_language(before)


def _student(exercise: Exercise, notebook: _Notebook) -> tuple[str | None, list[str]]:
    """Whose variant counts, and a warning if the notebook was made for somebody else."""
    made = notebook.answer(answers.STUDENT)
    made_for = made.value[:200].strip() if made and isinstance(made.value, str) else ""
    if not _grading():
        return answers.student() or normal_student(made_for) or None, []
    # nbgrader runs a submission in .../autograded/<student>/<assignment>.
    handed_in = Path.cwd().parent.name
    if exercise.parameters and made_for and normal_student(made_for) != normal_student(handed_in):
        return handed_in, [word("mark.other_student", made=made_for, student=handed_in)]
    return handed_in, []


def _given(exercise: Exercise, notebook: _Notebook) -> dict[str, Any]:
    """What functions get: the student's parameters, and the network that the exercise is, or is about."""
    about = find(exercise.entry["about"]) if "about" in exercise.entry else exercise
    kind = kinds.get(about.kind)
    if not kind.gives:
        return dict(exercise.fields)
    if notebook.trouble:
        raise AnswerError(notebook.trouble)
    stored = notebook.answer(about.id)
    if stored is None and not notebook.found:
        raise AnswerError(word("mark.no_answers"))
    try:
        answer = kind.read(about, stored.value if stored else None)
    except AnswerError as error:
        raise AnswerError(f"{_first(about)} {error}" if about is not exercise else str(error)) from error
    if answer is None:
        raise AnswerError(word("answer.none") if about is exercise else _first(about))
    return {**exercise.fields, **kind.given(about, answer)}


def _first(about: Exercise) -> str:
    """Say which question has to be answered first."""
    prompt = shorten(about.say(about.entry["prompt"]).replace("*", ""), 60, placeholder=" …")
    return word("mark.answer_first", exercise=about.id, prompt=prompt)


def _resolved(
    exercise: Exercise, given: Mapping[str, Any], key: Any, options: Mapping[str, Any]
) -> tuple[Any, dict[str, Any]]:
    """Key and options for this student."""

    def resolve(name: str, value: Any) -> Any:
        if not callable(value):
            return value
        try:
            return value(copy.deepcopy(dict(given)))
        except Exception as error:
            names = ", ".join(given) or "none"
            raise BankError(
                f"mark({exercise.id!r}): the function given as {name} failed with {type(error).__name__}: {error}. "
                f"It is called with the table of parameters ({names})."
            ) from error

    fixed = kinds.get(exercise.kind).key_is_function
    return (key if fixed else resolve("key", key)), {name: resolve(name, value) for name, value in options.items()}


def _check(exercise: Exercise, key: Any, why: Any, options: Mapping[str, Any]) -> None:
    """Refuse what an instructor got wrong, before any answer is looked at."""
    kind = kinds.get(exercise.kind)
    rules = Rules(lesson=True, bank=False)
    problems = list(kind.key_problems(exercise, key)) if kind.keyed else []
    problems += kinds.why_problems(exercise, why)
    for name, value in options.items():
        if name in kind.options:
            problems += kind.options[name].shape(value, name, rules)
        else:
            problems.append(f"{name}: kind {kind.name} takes no such option{did_you_mean(name, kind.options)}")
    for name, field in kind.options.items():
        if field.needed and name not in options:
            problems.append(f"{name}: is missing. Give it to mark(...).")
    problems += [] if problems else kind.option_problems(exercise, key, options)
    if problems:
        raise BankError(f"mark({exercise.id!r}): " + " ".join(problems))


def _verdict(
    exercise: Exercise, notebook: _Notebook, key: Any, why: Any, options: Mapping[str, Any], *, known: bool
) -> Verdict:
    """Judge the notebook's answer, or say why there is none to judge."""
    if notebook.trouble:
        return _nothing(notebook.trouble)
    kind = kinds.get(exercise.kind)
    if kind.from_cell:
        return kinds.judge(exercise, notebook.source(exercise.id), key, why, **options)
    answer = notebook.answer(exercise.id)
    if answer is None:
        return _nothing(word("answer.none" if notebook.found else "mark.no_answers"))
    if not known:
        return _nothing(word("mark.no_student"))
    return kinds.judge(exercise, answer.value, key, why, **options)


def _nothing(text: str) -> Verdict:
    """No credit, and why."""
    return Verdict(0.0, (Remark(None, right=False, text=text),))


def _report(exercise: Exercise, verdict: Verdict, score: float, points: float) -> Iterator[str]:
    """The lines a student reads."""
    if verdict.credit is None:
        yield word("mark.by_hand", exercise=exercise.id, points=shown(points))
    else:
        yield word("mark.points", exercise=exercise.id, score=shown(round(score, 2)), points=shown(points))
    for remark in verdict.remarks:
        state = "right" if remark.right else "partly" if remark.partly else "wrong"
        said = _plain(remark.text)
        if remark.label:
            label = shorten(_plain(remark.label), 80, placeholder=" …")
            yield f"- {label}: {word(f'mark.{state}')}" + (f". {said}" if said else "")
        elif said:
            yield f"- {said}"


def _plain(text: str) -> str:
    """A text on one line, without the signs for emphasis that only a page shows as such.

    Examples
    --------
    >>> _plain("only *two*  of them")
    'only two of them'
    """
    return re.sub(r"\*([^*]+)\*", r"\1", " ".join(text.split()))
