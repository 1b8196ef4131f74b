"""Ask an exercise: the page stores the answer; Python restores it, judges it in lessons, and keeps a copy in sight."""

import html
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from IPython.display import display, update_display

from jejaring import answers
from jejaring.answers import Answer
from jejaring.errors import AnswerError, BankError
from jejaring.exercises import kinds
from jejaring.exercises.bank import Exercise, find
from jejaring.exercises.kinds.network import Network
from jejaring.exercises.pages import check, page_spec
from jejaring.language import word
from jejaring.widgets.drawings import Drawing

if TYPE_CHECKING:
    from jejaring.widgets.bench import Bench

__all__ = ["ExerciseWidget", "ask", "refusal"]

STUB = "…"
"""What stands in an essay's cell before anybody wrote; the same in every language."""

_HERE = Path(__file__).parent
_KINDS = _HERE.parent / "exercises" / "kinds"


def ask(qid: str) -> None:
    """Show an exercise below this cell.

    What was answered before is there again, whether Python, the page or the notebook's file knows it. An exercise that
    does not exist or is badly written says so in the cell and stops nothing else.

    Parameters
    ----------
    qid : str
        Id of the exercise in the bank, such as ``"l03-forms"``.
    """
    try:
        exercise = find(qid)
    except BankError as error:
        display(refusal(error), raw=True)
        return
    if answers.is_graded():
        known = answers.current(qid) or Answer(None, 0.0)
        display(_copy(exercise, page_spec(exercise, answers.student()), known), raw=True)
        return
    widget = _widgets.get(qid)
    if widget is None or widget.comm is None:
        widget = _widgets[qid] = ExerciseWidget(exercise)
    else:
        widget.renew(exercise)
    display(widget)
    display(widget.copy(), raw=True, display_id=widget.copy_id)


class ExerciseWidget(anywidget.AnyWidget):
    """One exercise on the page; asked twice, it is shown twice and stays one.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    """

    _css = traitlets.Unicode().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    qid = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    value = traitlets.Any(None).tag(sync=True)
    t = traitlets.Float(0.0).tag(sync=True)
    tries = traitlets.Int(0).tag(sync=True)
    where = traitlets.Unicode("").tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    asked = traitlets.Int(0).tag(sync=True)

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._bench = _bench(exercise)
        self._checked: Any = None
        known = answers.current(exercise.id) or Answer(None, 0.0)
        super().__init__(
            _esm=_page(exercise.kind, ".js"),
            _css=_page(exercise.kind, ".css"),
            _anywidget_id=f"{__name__}.{exercise.kind}",  # the page keeps one style sheet for each of these
            qid=exercise.id,
            spec=_spec(exercise),
            value=known.value,
            t=known.t,
            tries=known.tries,
        )
        self.observe(self._answered, ["t", "tries"])
        self.observe(self._check, "asked")
        self.on_msg(self._heard)
        if exercise.parameters:
            answers.watch(answers.STUDENT, lambda _: self.renew(self._exercise))

    def __repr__(self) -> str:
        return f"Exercise({self.qid!r})"

    @property
    def copy_id(self) -> str:
        """Name of the output that holds the copy."""
        return f"jejaring-{self.qid}"

    def renew(self, exercise: Exercise) -> None:
        """Show the exercise as it is now: another language, other parameters, an answer that is newer elsewhere."""
        if exercise != self._exercise:
            self._bench = _bench(exercise)
        self._exercise = exercise
        known = answers.current(self.qid)
        with self.hold_sync():
            self.spec = _spec(exercise)
            if known and known.t > self.t:
                self.value, self.tries, self.t = known.value, known.tries, known.t

    def copy(self) -> dict[str, Any]:
        """Return the answer as an output that needs no JavaScript: as data, as text and as HTML."""
        return _copy(self._exercise, self.spec, Answer(self.value, self.t, self.tries))

    def _answered(self, _: object) -> None:
        """The page, or a newer copy of the answer, changed it."""
        if self.value != self._checked:
            self.feedback = {"explain": self.feedback.get("explain")} if self.feedback else {}
        update_display(self.copy(), raw=True, display_id=self.copy_id)
        answers.remember(self.qid, Answer(self.value, self.t, self.tries))

    def _heard(self, _: object, content: object, buffers: list[Any]) -> None:
        """A page on which a network is drawn says or asks something."""
        if self._bench:
            from jejaring.widgets.bench import serve

            serve(self._bench, self.send, content, buffers)

    def _check(self, _: object) -> None:
        """A lesson's page asks whether the answer is right."""
        exercise = self._exercise
        if not exercise.lesson:
            return
        tries = self.tries + (self.value != self._checked)
        feedback = check(exercise, self.value, tries)
        with self.hold_sync():
            self.feedback = feedback | {"n": self.asked}
            if feedback["judged"]:
                self._checked = self.value
                self.tries = tries


_widgets: dict[str, ExerciseWidget] = {}


@cache
def _page(kind: str, suffix: str) -> str:
    """The JavaScript of one kind, or its CSS: keeper, shell, what a network is drawn with, the kind's own controls."""
    names = ["keeper.js", "exercise.js", "exercise.css"]
    if isinstance(kinds.get(kind), Network):
        from jejaring.widgets.bench import BENCH_FILES

        names += [*BENCH_FILES, "panel.css", "desk.css"]
    parts = [*(_HERE / name for name in names), _KINDS / f"{kind}.js"]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts if part.suffix == suffix)


def _copy(exercise: Exercise, spec: Mapping[str, Any], known: Answer) -> dict[str, Any]:
    """An answer as an output."""
    answer = known.value if known.t else None
    lines = _said(exercise, spec, answer)
    body = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    label = html.escape(word("copy.said"))
    nothing = word("exercise.in_cell" if exercise.kind == "code" else "copy.nothing")
    inside = f"<p>{label}</p><ul>{body}</ul>" if lines else f"<p>{html.escape(nothing)}</p>"
    return {
        answers.MIME: {"q": exercise.id, "value": answer, "t": known.t, "tries": known.tries},
        "text/plain": f"[{exercise.id}] " + (" | ".join(lines) or nothing),
        "text/html": f'<div class="jj-copy">{inside}</div>',
    }


def _spec(exercise: Exercise) -> dict[str, Any]:
    """What the page needs to show an exercise, words resolved; never a key."""
    spec = page_spec(exercise, answers.student()) | {"stub": STUB}
    if isinstance(kinds.get(exercise.kind), Network):
        from jejaring.widgets.bench import KERNEL, page_words

        spec["desk"] = {"words": page_words(), "kernel": KERNEL}
    return spec


def _bench(exercise: Exercise) -> "Bench | None":
    """Where a network is drawn, if that is the answer."""
    kind = kinds.get(exercise.kind)
    if not isinstance(kind, Network):
        return None
    from jejaring.widgets.bench import Bench  # late: it measures and draws, which takes a second to import

    def read(value: object) -> Drawing | None:
        try:
            answer = kind.read(exercise, value)
        except AnswerError:
            return None
        return kind.drawing(exercise, answer) if answer else None

    directed = exercise.entry.get("directed")
    given = kind.start(exercise) or Drawing(directed=bool(directed))
    return Bench(given=given, directed=directed, measured=exercise.entry.get("measures", True), read=read)


def refusal(error: BankError) -> dict[str, str]:
    """What stands in the cell of an exercise that can't be shown."""
    lines = [word("copy.cannot"), str(error), word("copy.go_on")]
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return {"text/plain": "\n".join(lines), "text/html": f'<div role="alert">{paragraphs}</div>'}


def _said(exercise: Exercise, spec: Mapping[str, Any], value: Any) -> list[str]:
    """An answer in words, one line for each part; empty where there is none."""
    kind = kinds.get(exercise.kind)
    try:
        if spec.get("wait") or (answer := kind.read(exercise, value)) is None:
            return []
    except AnswerError as error:
        return [str(error)]
    if told := kind.told(exercise, answer):
        return told
    if isinstance(value, dict):
        return [
            f"{_name(spec, key)}: {_part(spec, key, part)}" for key, part in value.items() if part not in (None, "")
        ]
    return [_name(spec, part) for part in (value if isinstance(value, list) else [value])]


def _part(spec: Any, key: str, part: Any) -> str:
    """One part of an answer: a choice, or one choice for each facet."""
    if isinstance(part, dict):
        return "; ".join(
            f"{_name(spec, facet)}: {_name(_table(spec, facet), choice)}" for facet, choice in part.items()
        )
    return " ".join(filter(None, [_name(spec, part), (_table(spec, key) or {}).get("unit")]))


def _name(spec: Any, said: Any) -> str:
    """What an id is called on the page, or the text itself where it is none."""
    table = _table(spec, said) or {}
    return str(table.get("text") or table.get("label") or said).replace("*", "")


def _table(spec: Any, name: Any) -> dict[str, Any] | None:
    """The table of this id in a page's spec, outer ones first."""
    return next((table for table in _tables(spec) if table.get("id") == name), None)


def _tables(spec: Any) -> Iterator[dict[str, Any]]:
    """Every table in a page's spec, breadth first."""
    level = [spec]
    while level:
        yield from (part for part in level if isinstance(part, dict))
        inner = [
            list(part.values()) if isinstance(part, dict) else part for part in level if isinstance(part, dict | list)
        ]
        level = [part for parts in inner for part in parts]
