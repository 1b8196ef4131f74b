"""Answer with a word or a short text."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.exercises.kinds import Kind, Remark, Verdict, reason
from jejaring.exercises.kinds._guards import plain_text
from jejaring.exercises.shapes import Field, many, optional, required, string_, table, text
from jejaring.language import word

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Text", "normal"]

MAX_LENGTH = 200


def normal(said: str) -> str:
    """Write a text in one way only: lower case, one space for whatever stands between letters and digits.

    Examples
    --------
    >>> normal("  Gotong-Royong! ")
    'gotong royong'
    """
    folded = unicodedata.normalize("NFKC", said).casefold()
    return " ".join("".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in folded).split())


class Text(Kind):
    """A short text; case, punctuation and spaces don't count. Key: a list of accepted texts. Value: a string."""

    name = "text"
    options: ClassVar[Mapping[str, Field]] = {
        "wrong": optional(many(table({"value": required(string_), "why": required(text)})))
    }

    def key_problems(self, exercise: "Exercise", key: Any) -> Iterator[str]:
        """The key is a list of texts."""
        if not isinstance(key, list | tuple | set | frozenset) or not key:
            yield 'key: is not a list of accepted texts. Write key = ["...", "..."].'
        elif not all(isinstance(one, str) and normal(one) for one in key):
            yield "key: holds something without letters or digits. Write each accepted text between quotes."

    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return how long the text may be."""
        return {"max_length": MAX_LENGTH}

    def read(self, exercise: "Exercise", value: Any) -> str | None:
        """Return the text as typed, without spaces round it."""
        said = plain_text(value, MAX_LENGTH)
        return said and said.strip()

    def score(self, exercise: "Exercise", answer: str, key: Any, why: Any, options: Mapping[str, Any]) -> Verdict:
        """Compare normalised texts."""
        said = normal(answer)
        if said in map(normal, key):
            return Verdict(1.0, (Remark("text", right=True, text="", label=answer),))
        wrong: Mapping[str, Any] = next((one for one in options.get("wrong", ()) if normal(one["value"]) == said), {})
        because = reason(exercise, wrong, ("why",)) or word("answer.another_text")
        return Verdict(0.0, (Remark("text", right=False, text=because, label=answer),))
