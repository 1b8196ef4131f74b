"""Argue in one's own words; a person marks it by the rubric."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.exercises.kinds import Kind, Remark, Verdict
from jejaring.exercises.kinds._guards import plain_text
from jejaring.exercises.shapes import Field, each, number, required, table, text, whole
from jejaring.language import word

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Essay", "words"]

MAX_LENGTH = 20_000
_ANCHORS = ("zero", "half", "full")


def words(markdown: str) -> int:
    """Count what stands between spaces and has a letter or digit in it.

    Examples
    --------
    >>> words("Satu kursi — *kuasa* besar.")
    4
    """
    return sum(any(c.isalnum() for c in part) for part in markdown.split())


class Essay(Kind):
    """An essay. No key; value: Markdown text."""

    name = "essay"
    keyed = False
    explained = False
    fields: ClassVar[Mapping[str, Field]] = {
        "minimum_words": required(whole),
        "maximum_words": required(whole),
        "rubric": required(
            each(table({"text": required(text), "points": required(number), **dict.fromkeys(_ANCHORS, required(text))}))
        ),
    }

    def further_problems(self, exercise: "Exercise") -> Iterator[str]:
        """Compare the bounds with each other, and the rubric with the points."""
        entry = exercise.entry
        if entry["minimum_words"] >= entry["maximum_words"]:
            yield "maximum_words: is not above minimum_words."
        total = sum(criterion["points"] for criterion in entry["rubric"].values())
        if exercise.graded and abs(total - entry["points"]) > 1e-9:
            yield f"points: is {entry['points']}, but the criteria of the rubric add up to {total}. Make them agree."

    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return the rubric and the length asked for."""
        entry = exercise.entry
        return {
            "rubric": [
                {
                    "id": name,
                    "text": exercise.say(criterion["text"]),
                    "points": criterion["points"],
                    **{anchor: exercise.say(criterion[anchor]) for anchor in _ANCHORS},
                }
                for name, criterion in entry["rubric"].items()
            ],
            "minimum_words": entry["minimum_words"],
            "maximum_words": entry["maximum_words"],
        }

    def read(self, exercise: "Exercise", value: Any) -> str | None:
        """Return the text."""
        return plain_text(value, MAX_LENGTH)

    def score(self, exercise: "Exercise", answer: str, key: Any, why: Any, options: Mapping[str, Any]) -> Verdict:
        """Leave the credit to a person; say how long it is."""
        bounds = {"least": exercise.entry["minimum_words"], "most": exercise.entry["maximum_words"]}
        return Verdict(None, (Remark(None, right=False, text=word("answer.words", n=words(answer), **bounds)),))
