"""Choose all options that hold."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jejaring.exercises.kinds import Remark, Verdict
from jejaring.exercises.kinds._guards import unique
from jejaring.exercises.kinds._options import Options
from jejaring.language import word

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Multi"]


class Multi(Options):
    """Several options; ticking everything earns nothing. Key and value: a list of ids."""

    name = "multi"

    def key_problems(self, exercise: "Exercise", key: Any) -> Iterator[str]:
        """The key is a list of options without repeats."""
        if not isinstance(key, list | tuple | set | frozenset) or not key:
            yield 'key: is not a list of options. Write key = ["...", "..."].'
            return
        yield from self.unknown(exercise, key)
        if isinstance(key, list | tuple) and any(one in key[:place] for place, one in enumerate(key)):
            yield "key: names an option twice. Take one out."

    def read(self, exercise: "Exercise", value: Any) -> list[str] | None:
        """Return the options chosen, in the bank's order."""
        chosen = unique(value, exercise.entry["options"])
        return chosen and [name for name in exercise.entry["options"] if name in chosen]

    def score(self, exercise: "Exercise", answer: list[str], key: Any, why: Any, options: Mapping[str, Any]) -> Verdict:
        """Hits less false alarms, as a share of the key."""
        hits = sum(name in key for name in answer)
        remarks = [self.remark(exercise, name, why, right=name in key) for name in answer]
        if hits < len(key):
            remarks.append(Remark(None, right=False, text=word("answer.some_missing")))
        return Verdict(max(0.0, (2 * hits - len(answer)) / len(key)), tuple(remarks))
