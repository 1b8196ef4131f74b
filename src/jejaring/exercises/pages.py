"""What the page of an exercise shows, and what it says when an answer is checked."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jejaring.errors import AnswerError
from jejaring.exercises import kinds
from jejaring.exercises.bank import Exercise
from jejaring.exercises.kinds import Remark
from jejaring.language import pick, word

__all__ = ["check", "page_spec"]

TRIES = 2
"""After so many tries the explanation of a lesson's exercise opens."""


def page_spec(exercise: Exercise, student: str | None = None) -> dict[str, Any]:
    """Write all that the page needs to draw an exercise, in the language spoken now.

    Parameters
    ----------
    exercise : Exercise
        From `jejaring.exercises.find`.
    student : str or None
        Whose variant to show. Where it matters and nobody said it, `prompt` asks for it and `waiting` is
        ``"student"``.

    Returns
    -------
    dict
        JSON; never holds a key.
    """
    waiting = bool(exercise.parameters) and not student
    if waiting:
        exercise = _with_gaps(exercise)
    elif student and exercise.parameters:
        exercise = exercise.drawn(student)
    kind = kinds.get(exercise.kind)
    return {
        "qid": exercise.id,
        "kind": exercise.kind,
        "mode": "lesson" if exercise.lesson else "assignment",
        "prompt": word("exercise.needs_student") if waiting else exercise.say(exercise.entry["prompt"]),
        "points": exercise.points,
        "waiting": "student" if waiting else "",
        "words": {name: pick(text) for name, text in _page_words().items()},
        "total": kind.count(exercise, None)[1],
        **kind.page(exercise),
    }


def check(exercise: Exercise, value: Any, tries: int) -> dict[str, Any]:
    """Judge an answer for the page, and never raise because of it.

    Parameters
    ----------
    exercise : Exercise
        Of a lesson; that of an assignment only gets counted.
    value : object
        JSON from the page.
    tries : int
        How often it was checked, this time included.

    Returns
    -------
    dict
        ``credit`` (0 to 1, or None where nobody judges here), ``message``, ``items`` (item to ``{right, text}``),
        ``explain`` (a text once the answer is right or `tries` is two, else None) and ``extra``.
    """
    kind = kinds.get(exercise.kind)
    if not exercise.lesson:
        return _feedback(None, _counted(exercise, value))
    try:
        if kind.read(exercise, value) is None:
            return _feedback(0.0, word("exercise.empty"))
    except AnswerError as error:
        return _feedback(0.0, str(error))
    verdict = kinds.judge_lesson(exercise, value)
    right = verdict.credit == 1
    opens = "explain" in exercise.entry and (right or tries >= TRIES)
    explain = exercise.say(exercise.entry["explain"]) if opens else None
    general = [remark.text for remark in verdict.remarks if remark.item is None and remark.text]
    message = " ".join([kind.message(exercise, verdict), *general])
    return _feedback(verdict.credit, message, _items(verdict.remarks), explain, kind.opened(exercise))


def _feedback(
    credit: float | None,
    message: str,
    items: dict[str, Any] | None = None,
    explain: str | None = None,
    extra: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The page's trait."""
    return {"credit": credit, "message": message, "items": items or {}, "explain": explain, "extra": extra or {}}


def _items(remarks: Iterable[Remark]) -> dict[str, dict[str, Any]]:
    """Remarks by item; an item with two remarks is right if both say so."""
    items: dict[str, dict[str, Any]] = {}
    for remark in remarks:
        if remark.item is not None:
            item = items.setdefault(remark.item, {"right": True, "text": ""})
            item["right"] = item["right"] and remark.right
            item["text"] = " ".join(filter(None, [item["text"], remark.text]))
    return items


def _counted(exercise: Exercise, value: Any) -> str:
    """How much of an assignment's exercise is answered."""
    kind = kinds.get(exercise.kind)
    try:
        answered, total = kind.count(exercise, kind.read(exercise, value))
    except AnswerError as error:
        return str(error)
    return word("exercise.answered", answered=answered, total=total)


def _with_gaps(exercise: Exercise) -> Exercise:
    """An exercise whose parameters nobody knows yet."""
    return replace(exercise, fields=dict.fromkeys(exercise.parameters, "…"))


@cache
def _page_words() -> dict[str, dict[str, str]]:
    """The words that the page itself says."""
    path = Path(__file__).parents[1] / "words" / "interface.toml"
    words: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))["exercise"]
    return words
