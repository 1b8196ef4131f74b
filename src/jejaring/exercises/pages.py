"""What the page of an exercise shows, and what it says when an answer is checked."""

from typing import Any

from jejaring.errors import AnswerError
from jejaring.exercises import kinds
from jejaring.exercises.bank import Exercise
from jejaring.language import word, words

__all__ = ["check", "page_spec"]

ENOUGH_TRIES = 2
"""After so many tries the explanation opens."""


def page_spec(exercise: Exercise, student: str | None = None) -> dict[str, Any]:
    """Write all that the page needs to draw an exercise, in the language spoken now.

    Parameters
    ----------
    exercise : Exercise
        From `jejaring.exercises.find`.
    student : str or None
        Whose variant to show. Where it matters and nobody said it, ``wait`` is true and ``prompt`` asks for it.

    Returns
    -------
    dict
        JSON; never holds a key.
    """
    kind = kinds.get(exercise.kind)
    spec = {
        "qid": exercise.id,
        "kind": exercise.kind,
        "mode": "lesson" if exercise.lesson else "assignment",
        "checks": exercise.lesson and kind.keyed,
        "words": words("exercise"),
        "points": exercise.points,
    }
    if exercise.parameters:
        if not student:
            return spec | {"wait": True, "prompt": word("exercise.needs_student"), "total": 1}
        exercise = exercise.drawn(student)
    prompt = exercise.say(exercise.entry["prompt"])
    return spec | {"prompt": prompt, "total": kind.count(exercise, None)[1]} | kind.page(exercise)


def check(exercise: Exercise, value: Any, tries: int) -> dict[str, Any]:
    """Judge an answer for a lesson's page; never raises because of the answer.

    Parameters
    ----------
    exercise : Exercise
        Of a lesson; that of an assignment only gets counted.
    value : object
        JSON from the page.
    tries : int
        How often an answer was checked, this time included.

    Returns
    -------
    dict
        ``credit`` (0 to 1, or None where nobody judges here), ``message``, ``items`` (item to ``{right, partly,
        text}``), ``explain`` (a text once the answer is right or `tries` is two, else None), ``extra``, and
        ``judged``, which is false where there was nothing to judge and the try does not count.
    """
    kind = kinds.get(exercise.kind)
    feedback: dict[str, Any] = {
        "credit": 0.0,
        "message": "",
        "items": {},
        "explain": None,
        "extra": {},
        "judged": False,
    }
    try:
        answer = kind.read(exercise, value)
    except AnswerError as error:
        return feedback | {"message": str(error)}
    if not exercise.lesson:
        answered, total = kind.count(exercise, answer)
        return feedback | {"credit": None, "message": word("exercise.answered", answered=answered, total=total)}
    if answer is None:
        return feedback | {"message": word("exercise.empty")}
    verdict = kinds.judge_lesson(exercise, value)
    general = [remark.text for remark in verdict.remarks if remark.item is None and remark.text]
    opens = "explain" in exercise.entry and (tries >= ENOUGH_TRIES or verdict.credit == 1)
    return {
        "credit": verdict.credit,
        "message": " ".join([kind.message(exercise, verdict), *general]),
        "items": _items(verdict),
        "explain": exercise.say(exercise.entry["explain"]) if opens else None,
        "extra": kind.opened(exercise),
        "judged": True,
    }


def _items(verdict: kinds.Verdict) -> dict[str, dict[str, Any]]:
    """Remarks by item; an item with two remarks is right if both say so."""
    items: dict[str, dict[str, Any]] = {}
    for remark in verdict.remarks:
        if remark.item is not None:
            item = items.setdefault(remark.item, {"right": True, "partly": False, "text": ""})
            item["right"] &= remark.right
            item["partly"] |= remark.partly
            item["text"] = " ".join(filter(None, [item["text"], remark.text]))
    return items
