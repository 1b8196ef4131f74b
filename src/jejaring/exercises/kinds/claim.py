"""The claim shop: judge a claim before the evidence opens."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.exercises.kinds import Kind, Remark, Verdict, reason
from jejaring.exercises.kinds._guards import known
from jejaring.exercises.shapes import Field, did_you_mean, each, required, secret, text
from jejaring.language import word

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["VERDICTS", "Claim"]

VERDICTS = ("supported", "too-strong", "wrong", "untestable")


class Claim(Kind):
    """A claim from a real text; evidence and repair open once it is judged. Key and value: one of `VERDICTS`."""

    name = "claim"
    explained = False
    fields: ClassVar[Mapping[str, Field]] = {
        "says": required(text),
        "evidence": secret(text),
        "repair": secret(text),
        "why": secret(each(text)),
    }

    def key_problems(self, exercise: "Exercise", key: Any) -> Iterator[str]:
        """The key is a verdict."""
        if key not in VERDICTS:
            yield f"key: {key!r} is no verdict{did_you_mean(str(key), VERDICTS)}"

    def further_problems(self, exercise: "Exercise") -> Iterator[str]:
        """Demand a reason for each wrong verdict."""
        yield from super().further_problems(exercise)
        why, key = exercise.entry.get("why", {}), exercise.entry.get("key")
        for verdict in why:
            if verdict not in VERDICTS:
                yield f"why.{verdict}: is no verdict{did_you_mean(verdict, VERDICTS)}"
        for verdict in VERDICTS if exercise.lesson else ():
            if verdict not in why and verdict != key:
                yield f"why.{verdict}: is missing. Say which misconception leads to this verdict."

    def known(self, exercise: "Exercise") -> set[str]:
        """Return the verdicts."""
        return set(VERDICTS)

    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return the claim and the verdicts to choose from."""
        return {
            "says": exercise.say(exercise.entry["says"]),
            "verdicts": [{"id": verdict, "text": word(f"verdict.{verdict}")} for verdict in VERDICTS],
        }

    def read(self, exercise: "Exercise", value: Any) -> str | None:
        """Return the verdict."""
        return known(value, VERDICTS)

    def score(self, exercise: "Exercise", answer: str, key: Any, why: Any, options: Mapping[str, Any]) -> Verdict:
        """Give all for the key's verdict, nothing for another."""
        right = answer == key
        said = "" if right else reason(exercise, why, (answer,)) or reason(exercise, exercise.entry, ("why", answer))
        return Verdict(float(right), (Remark(answer, right, said, word(f"verdict.{answer}")),))

    def opened(self, exercise: "Exercise") -> dict[str, Any]:
        """Return the evidence needed and the repair."""
        return {part: exercise.say(exercise.entry[part]) for part in ("evidence", "repair")}
