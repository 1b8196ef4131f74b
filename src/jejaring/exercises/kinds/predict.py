"""Bet on a result before the model runs."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.errors import AnswerError
from jejaring.exercises.kinds import Kind, Verdict
from jejaring.exercises.kinds._guards import known, plain_text
from jejaring.exercises.kinds._numbers import LENGTH, exact, readings
from jejaring.exercises.shapes import Field, each, is_number, number, optional, required, table, text
from jejaring.language import word

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Predict"]

_NUMBER = table({"unit": optional(text), "min": required(number), "max": required(number), "step": optional(number)})


class Predict(Kind):
    """A number or an option; whoever bets has it right. Value: the number as typed, or the option's id."""

    name = "predict"
    keyed = False
    explained = False
    fields: ClassVar[Mapping[str, Field]] = {
        "number": optional(_NUMBER),
        "options": optional(each(table({"text": required(text)}), least=2)),
    }

    def further_problems(self, exercise: "Exercise") -> Iterator[str]:
        """Demand either a number or options."""
        entry = exercise.entry
        if ("number" in entry) == ("options" in entry):
            yield "number: a bet is either on a number or on options. Write one of the two tables."
        elif "number" in entry and not entry["number"]["min"] < entry["number"]["max"]:
            yield "number.max: is not above min."

    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return the number's bounds or the options."""
        entry = exercise.entry
        if "options" in entry:
            return {
                "options": [{"id": name, "text": exercise.say(one["text"])} for name, one in entry["options"].items()]
            }
        bounds = entry["number"]
        unit = exercise.say(bounds["unit"]) if "unit" in bounds else ""
        return {"number": {"unit": unit, "min": bounds["min"], "max": bounds["max"], "step": bounds.get("step")}}

    def read(self, exercise: "Exercise", value: Any) -> Any:
        """Return the option, or the text of a number within the bounds."""
        entry = exercise.entry
        if "options" in entry:
            return known(value, entry["options"])
        if is_number(value):
            found = [exact(value)]
        elif (typed := plain_text(value, LENGTH)) is None:
            return None
        else:
            value = typed.strip()
            found = readings(value)
        if not found:
            raise AnswerError(word("answer.not_number", text=value))
        least, most = entry["number"]["min"], entry["number"]["max"]
        if not any(exact(least) <= one <= exact(most) for one in found):
            raise AnswerError(word("answer.outside", text=value, least=least, most=most))
        return value

    def score(self, exercise: "Exercise", answer: Any, key: Any, why: Any, options: Mapping[str, Any]) -> Verdict:
        """Any bet counts."""
        return Verdict(1.0)

    def message(self, exercise: "Exercise", verdict: Verdict) -> str:
        """Say that it is kept."""
        return word("exercise.bet_kept")
