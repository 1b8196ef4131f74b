"""Bets beside results, and what is still to be answered; plain HTML that follows the answers as they come."""

import html
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from textwrap import shorten
from typing import Any

import ipywidgets
from IPython.display import display

from jejaring import answers
from jejaring.errors import AnswerError, BankError, NotebookError
from jejaring.exercises import kinds
from jejaring.exercises.bank import Exercise, find, load, shown
from jejaring.exercises.kinds._numbers import exact, readings
from jejaring.language import word
from jejaring.widgets.exercise import refusal

__all__ = ["Live", "bets", "progress", "reveal"]

LONGEST = 90
"""Characters of a question in a table."""


def reveal(qid: str, result: float | str) -> None:
    """Show the bet beside the result, once there is a bet.

    Parameters
    ----------
    qid : str
        Id of a ``predict`` exercise.
    result : float or str
        What came out: a number, or the id of an option.
    """
    try:
        exercise = find(qid)
    except BankError as error:
        display(refusal(error), raw=True)
        return
    _results[qid] = result

    def said() -> str:
        return _compare([exercise]) if _compared(exercise)[0] else _paragraph(word("reveal.first"))

    _show(f"reveal {qid}", [qid], said)
    for name, live in _shown.items():
        if name.startswith("bets "):
            live.refresh()


def bets(lesson: str) -> None:
    """Show every bet of a lesson beside its result: where intuition was off, and by how much.

    Parameters
    ----------
    lesson : str
        Such as ``"l03"``; results come from the `reveal` calls of this notebook.
    """
    exercises = [one for one in load().values() if one.home == lesson and one.kind == "predict"]

    def said() -> str:
        if not exercises:
            return _paragraph(word("reveal.none", lesson=lesson))
        return _compare(exercises)

    _show(f"bets {lesson}", [one.id for one in exercises], said)


def progress(assignment: str | None = None) -> None:
    """Show what is answered and what is missing, exercise by exercise; never what is right.

    Parameters
    ----------
    assignment : str, optional
        Such as ``"ps03"``; without it, the one that the notebook says it is.
    """
    name = assignment or _own("assignment")
    exercises = [one for one in load().values() if one.home == name]

    def said() -> str:
        if name is None:
            return _paragraph(word("progress.which"))
        if not exercises:
            return _paragraph(word("progress.none", assignment=name))
        counts = {exercise.id: _count(exercise) for exercise in exercises}
        done = {_task(exercise) for exercise in exercises if len(set(counts[exercise.id])) == 1}
        rows = [
            [_title(exercise), _state(*counts[exercise.id], other=_task(exercise) in done)] for exercise in exercises
        ]
        summary = word("progress.summary", answered=len(done), total=len(set(map(_task, exercises))))
        head = [word("progress.exercise"), word("progress.state")]
        return _paragraph(summary) + _table(word("progress.caption"), head, rows)

    _show(f"progress {name or ''}".strip(), [answers.STUDENT, *(one.id for one in exercises)], said)


class Live(ipywidgets.HTML):
    """HTML that is made again whenever one of the answers it tells of changes.

    Parameters
    ----------
    name : str
        What it shows; its `repr`.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._said: Callable[[], str] = str
        self._cancel: list[Callable[[], None]] = []
        super().__init__()
        self.add_class("jp-RenderedHTMLCommon")
        self.add_class("jj-live")

    def __repr__(self) -> str:
        return f"<{self._name}>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        bundle: dict[str, Any] = super()._repr_mimebundle_()
        return {**bundle, "text/html": self.value}  # for where no widget runs

    def follow(self, qids: Iterable[str], said: Callable[[], str]) -> None:
        """Show what `said` returns, again and again as these answers change."""
        for cancel in self._cancel:
            cancel()
        self._said = said
        self._cancel = [answers.watch(qid, lambda _: self.refresh()) for qid in qids]
        self.refresh()

    def refresh(self) -> None:
        """Make it again."""
        self.value = self._said()


_results: dict[str, float | str] = {}
_shown: dict[str, Live] = {}


def _show(name: str, qids: Iterable[str], said: Callable[[], str]) -> None:
    """Show something live; the same thing shown twice stays one."""
    if answers.is_graded():
        display({"text/plain": f"<{name}>", "text/html": said()}, raw=True)
        return
    live = _shown.get(name)
    if live is None or live.comm is None:
        live = _shown[name] = Live(name)
    live.follow(qids, said)
    display(live)


def _compare(exercises: Iterable[Exercise]) -> str:
    """A table of bets beside their results."""
    rows = []
    for exercise in exercises:
        bet, outcome, difference = _compared(exercise)
        outcome = word("reveal.no_result") if outcome is None else outcome if bet else "…"
        rows.append([_title(exercise), bet or word("reveal.no_bet"), outcome, difference])
    head = [word(f"reveal.{part}") for part in ("question", "bet", "result", "difference")]
    return _table(word("reveal.caption"), head, rows)


def _compared(exercise: Exercise) -> tuple[str | None, str | None, str]:
    """Bet, result and difference in words; None where there is none yet."""
    page = kinds.get(exercise.kind).page(exercise)
    result = _results.get(exercise.id)
    known = answers.current(exercise.id)
    try:
        bet = kinds.get(exercise.kind).read(exercise, known.value) if known else None
    except AnswerError:
        bet = None
    if "options" in page:
        names = {option["id"]: option["text"] for option in page["options"]}
        difference = "" if bet is None or result is None else word(f"reveal.{'same' if bet == result else 'other'}")
        return names.get(bet), None if result is None else names.get(result, str(result)), difference
    unit = page.get("number", {}).get("unit") or ""
    outcome = None if result is None else _with(unit, shown(result))
    if bet is None:
        return None, outcome, ""
    return _with(unit, str(bet)), outcome, "" if result is None else _distance(page["number"], str(bet), result)


def _distance(bounds: dict[str, Any], bet: str, result: float | str) -> str:
    """How far a bet is off, and to which side."""
    meant = [one for one in readings(bet) if exact(bounds["min"]) <= one <= exact(bounds["max"])]
    gap = exact(result) - meant[0]
    if abs(gap) < Fraction(1, 10**9):
        return word("reveal.same")
    return word("reveal.below" if gap > 0 else "reveal.above", amount=shown(float(abs(gap))))


def _with(unit: str, number: str) -> str:
    """A number with its unit."""
    return f"{number} {unit}".strip()


def _count(exercise: Exercise) -> tuple[int, int]:
    """How many items of an exercise are answered, of how many."""
    known = answers.current(exercise.id)
    value = _cell(exercise.id) if kinds.get(exercise.kind).from_cell else known.value if known else None
    student = answers.student()
    return kinds.answered(exercise.drawn(student) if exercise.parameters and student else exercise, value)


def _task(exercise: Exercise) -> str:
    """The task that an exercise is, or is a second way to do."""
    return str(exercise.entry.get("instead_of", exercise.id))


def _state(answered: int, total: int, *, other: bool) -> str:
    """What is said about one exercise, whose task may be done in another way."""
    if answered < total and other:
        return f"– {word('progress.other_way')}"
    if not answered:
        return f"○ {word('progress.nothing')}"
    if answered < total:
        return f"◐ {word('progress.some', answered=answered, total=total)}"
    return f"● {word('progress.all')}"


def _title(exercise: Exercise) -> str:
    """The beginning of the question; the id where its figures are not drawn yet."""
    student = answers.student()
    if exercise.parameters and not student:
        return exercise.id
    drawn = exercise.drawn(student) if exercise.parameters and student else exercise
    return shorten(drawn.say(drawn.entry["prompt"]).replace("*", ""), LONGEST, placeholder=" …")


def _notebook() -> dict[str, Any]:
    """The file of this kernel's notebook, or an empty one."""
    path = answers.own_notebook()
    try:
        return answers.read_notebook(path) if path else {}
    except NotebookError:
        return {}


def _own(field: str) -> str | None:
    """A field of what the notebook says about itself."""
    home = _notebook().get("metadata", {}).get(answers.META, {})
    value = home.get(field) if isinstance(home, dict) else None
    return value if isinstance(value, str) else None


def _cell(grade_id: str) -> str | None:
    """The text of a cell as last saved, or None while it is a stub."""
    for cell in _notebook().get("cells", []):
        if cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") == grade_id:
            source = "".join(cell.get("source", ""))
            lines = [line.strip() for line in source.splitlines()]
            return None if "..." in lines or not any(lines) else source
    return None


def _paragraph(text: str) -> str:
    """One paragraph of HTML."""
    return f"<p>{html.escape(text)}</p>"


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of HTML: first row and first column are headers."""
    top = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in head)
    body = "".join(
        f'<tr><th scope="row">{html.escape(row[0])}</th>'
        + "".join(
            f'<td data-label="{html.escape(name)}">{html.escape(cell)}</td>'
            for name, cell in zip(head[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><caption>{html.escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
