"""Questions that deserve a look, each with the reason in words that need no statistics."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from autograder.items import LOWER, UPPER, Item, interval
from autograder.responses import Option, Question, Response, Sheet, item_text, option_text, options
from jejaring.exercises.bank import Exercise
from jejaring.figures.picture import listed, number, percent
from jejaring.language import word

__all__ = ["KINDS", "Finding", "findings", "signed"]

HARD, EASY = 0.3, 0.9  # mean share of the points
WEAK = 0.2  # correlation: Ebel's "poor"
OMITTED = 0.2  # mean share that was left out
ENOUGH = 10  # students who answered, before an option that nobody chose says anything
AHEAD = 2  # students whom a wrong option drew from the upper third more than from the lower


@dataclass(frozen=True)
class Finding:
    """A reason to look at a question.

    Parameters
    ----------
    question : str
        Its id.
    kind : str
        One of `KINDS`; words for it and what to do about it are ``report.reason`` and ``report.advice``.
    text : str
        What was found, in the language spoken now.
    """

    question: str
    kind: str
    text: str


def signed(value: float) -> str:
    """Write a number from -1 to 1 with two digits and a true minus sign.

    Examples
    --------
    >>> signed(-0.314)
    '−0,31'
    """
    return number(round(value, 2) + 0.0, 2).replace("-", "−")


KINDS = ("negative", "tempting", "stopped", "hard", "omitted", "weak", "same", "easy", "unused")
"""Reasons to look at a question, the most pressing first."""


def findings(sheet: Sheet, items: Sequence[Item], by: Mapping[str, str]) -> list[Finding]:
    """List the questions to look at, the most pressing reasons first.

    Parameters
    ----------
    sheet : Sheet
        The class.
    items : sequence of Item
        From `autograder.items.analyse`, of those who were analysed.
    by : Mapping
        Student to third, of the same.
    """
    found: list[Finding] = []
    responses = sheet.analysed
    for item, question in zip(items, sheet.questions, strict=True):
        reasons = [
            *_scores(item, len(responses)),
            *_left_out(item.name, responses),
            *_stopped(item.name, sheet.responses),
            *_options(question, responses, by),
        ]
        found += [Finding(item.name, kind, text) for kind, text in reasons]
    return sorted(found, key=lambda finding: KINDS.index(finding.kind))


def _scores(item: Item, students: int) -> Iterator[tuple[str, str]]:
    """What difficulty and discrimination say."""
    if item.difficulty is None:
        return
    share, value = percent(item.difficulty, 0), item.discrimination
    if item.difficulty < HARD:
        yield "hard", word("report.finding.hard", share=share)
    if item.difficulty > EASY:
        yield "easy", word("report.finding.easy", share=share)
    if value is None:
        if students >= 3 and item.difficulty <= EASY:
            yield "same", word("report.finding.same")
    elif value < 0:
        limits, said = interval(value, students), signed(value)
        chance = limits is None or limits[1] >= 0
        text = (
            word("report.finding.negative_chance", value=said)
            if chance
            else word("report.finding.negative", value=said)
        )
        yield "negative", text
    elif value < WEAK and item.difficulty <= EASY:
        yield "weak", word("report.finding.weak", value=signed(value))


def _left_out(name: str, responses: Mapping[str, Response]) -> Iterator[tuple[str, str]]:
    """What was not answered."""
    shares = [one.left_out[name] for one in responses.values() if name in one.left_out]
    if shares and sum(shares) / len(shares) >= OMITTED:
        empty = sum(share == 1 for share in shares)
        fields = {"share": percent(sum(shares) / len(shares), 0), "empty": empty, "students": len(shares)}
        yield "omitted", word("report.finding.omitted", **fields)


def _stopped(name: str, responses: Mapping[str, Response]) -> Iterator[tuple[str, str]]:
    """Whose grading ended here."""
    stopped = [student for student, one in responses.items() if one.stopped == name]
    if stopped:
        yield "stopped", word("report.finding.stopped", students=listed(stopped))


def _options(question: Question, responses: Mapping[str, Response], by: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Wrong options that draw the better students, and those that draw nobody."""
    for exercise, lines in options(question, responses, by):
        for line in lines:
            ahead = line.counts.get(UPPER, 0) - line.counts.get(LOWER, 0)
            if line.pick[1] and line.right is False and ahead >= AHEAD:
                item = item_text(exercise, line.pick[0], 60)
                said = " → ".join(filter(None, (item, _short(exercise, line))))
                fields = {"upper": line.counts[UPPER], "lower": line.counts.get(LOWER, 0)}
                yield "tempting", word("report.finding.tempting", option=said, **fields)
        answered = sum(one.answers.get(exercise.id) is not None for one in responses.values())
        unused = _unused(exercise, lines) if answered >= ENOUGH else []
        if unused:
            yield "unused", word("report.finding.unused", options=listed([f"“{said}”" for said in unused]))


def _unused(exercise: Exercise, lines: Sequence[Option]) -> list[str]:
    """Wrong options that nobody chose; where several items share their options, those chosen for none of them."""
    offered = [line for line in lines if line.pick[1]]
    if exercise.kind in {"choice", "multi"}:
        return [_short(exercise, line) for line in offered if not line.chosen and line.right is False]
    counts: dict[str, int] = {}
    for line in offered:
        said = _short(exercise, line)
        counts[said] = counts.get(said, 0) + line.chosen
    return [said for said, count in counts.items() if not count]


def _short(exercise: Exercise, line: Option) -> str:
    """An option in a few words."""
    return shorten(option_text(exercise, line.pick), 70, placeholder=" …")
