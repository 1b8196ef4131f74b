"""Choose one option."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jejaring.exercises.kinds import Verdict
from jejaring.exercises.kinds._guards import known
from jejaring.exercises.kinds._options import Options

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Choice"]


class Choice(Options):
    """One option; all or nothing. Key and value: the option's id."""

    name = "choice"

    def key_problems(self, exercise: "Exercise", key: Any) -> Iterator[str]:
        """The key is one option."""
        return self.unknown(exercise, [key])

    def read(self, exercise: "Exercise", value: Any) -> str | None:
        """Return the option chosen."""
        return known(value, exercise.entry["options"])

    def score(self, exercise: "Exercise", answer: str, key: Any, why: Any, options: Mapping[str, Any]) -> Verdict:
        """Give all for the key's option, nothing for another."""
        right = answer == key
        return Verdict(float(right), (self.remark(exercise, answer, why, right=right),))
