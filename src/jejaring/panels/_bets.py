"""What the reader bet, for the picture that shows how it turned out."""

from jejaring.answers import Answer, current, watch
from jejaring.errors import AnswerError, BankError
from jejaring.exercises import kinds
from jejaring.exercises.bank import find
from jejaring.exercises.kinds._numbers import exact, readings
from jejaring.widgets.panel import Panel


def bet(qid: str | None) -> float | None:
    """Read the number that was bet in a `predict` exercise; None where there is none yet."""
    answer = current(qid) if qid else None
    if qid is None or answer is None:
        return None
    try:
        exercise = find(qid)
        kind = kinds.get(exercise.kind)
        said = kind.read(exercise, answer.value)
    except (AnswerError, BankError):
        return None
    bounds = kind.page(exercise).get("number")
    if not bounds or said is None:
        return None
    low, high = exact(bounds["min"]), exact(bounds["max"])
    return next((float(meant) for meant in readings(str(said)) if low <= meant <= high), None)


def follow(panel: Panel, *qids: str | None) -> Panel:
    """Draw the panel again whenever one of these bets is made or changed."""

    def made(_: Answer) -> None:
        panel.redraw()

    for qid in qids:
        if qid:
            watch(qid, made)
    return panel
