"""Work out one number or several."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.errors import AnswerError
from jejaring.exercises.kinds import Kind, Remark, Verdict, reason
from jejaring.exercises.kinds._guards import plain_text, rows
from jejaring.exercises.kinds._numbers import LENGTH, exact, readings
from jejaring.exercises.shapes import (
    Field,
    Rules,
    did_you_mean,
    each,
    is_number,
    many,
    number,
    optional,
    required,
    string_,
    table,
    text,
)
from jejaring.language import word

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Number"]

ROUNDING = 1e-9
"""Tolerance where none is given: what binary fractions lose."""


def _quantity(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """A number, or a text such as ``"3/5"``."""
    try:
        exact(value)
    except (ValueError, OverflowError, ZeroDivisionError):
        yield f'{at}: {value!r} is no number. Write 0.6 or "3/5".'


def _tolerance(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """A number that is not negative."""
    if not is_number(value) or value < 0:
        yield f"{at}: is no number of zero or more. Write how far off an answer may be."


class Number(Kind):
    """Numbers within a tolerance. Key: ``{field: number}``. Value: ``{field: the text as typed}``."""

    name = "number"
    fields: ClassVar[Mapping[str, Field]] = {
        "fields": required(
            each(
                table(
                    {
                        "label": required(text),
                        "unit": optional(text),
                        "min": optional(number),
                        "max": optional(number),
                    }
                )
            )
        ),
    }
    options: ClassVar[Mapping[str, Field]] = {
        "tolerance": optional(_tolerance),
        "wrong": optional(
            many(
                table(
                    {
                        "field": required(string_),
                        "value": required(_quantity),
                        "why": required(text),
                        "credit": optional(number),
                    }
                )
            )
        ),
    }

    def further_problems(self, exercise: "Exercise") -> Iterator[str]:
        """Compare bounds with each other, and a lesson's misconceptions with its key."""
        for name, entry in exercise.entry["fields"].items():
            if entry.get("min", 0) > entry.get("max", entry.get("min", 0)):
                yield f"fields.{name}.max: is below min. Swap them."
        problems = list(super().further_problems(exercise))
        yield from problems
        if exercise.lesson and not problems:
            yield from _right_wrongs(exercise.entry)

    def key_problems(self, exercise: "Exercise", key: Any) -> Iterator[str]:
        """The key gives every field a number within its bounds."""
        fields = exercise.entry["fields"]
        if not isinstance(key, Mapping):
            yield f"key: is not a table from fields ({', '.join(fields)}) to numbers."
            return
        for name in key:
            if name not in fields:
                yield f"key: {name!r} is no field{did_you_mean(str(name), fields)}"
        for name, entry in fields.items():
            problems = list(_quantity(key.get(name), f"key.{name}", Rules(lesson=True)))
            yield from problems
            if not problems and not _within(exact(key[name]), entry):
                yield f"key.{name}: {key[name]} is outside the field's min and max. Mend one of them."

    def option_problems(self, exercise: "Exercise", key: Any, options: Mapping[str, Any]) -> Iterator[str]:
        """A misconception belongs to a field and earns less than all."""
        fields = exercise.entry["fields"]
        for place, wrong in enumerate(options.get("wrong", ()), start=1):
            if wrong["field"] not in fields:
                yield f"wrong (number {place}): {wrong['field']!r} is no field{did_you_mean(wrong['field'], fields)}"
            if not 0 <= wrong.get("credit", 0) < 1:
                yield f"wrong (number {place}).credit: is not from 0 to below 1."

    def known(self, exercise: "Exercise") -> set[str]:
        """Return the fields."""
        return set(exercise.entry["fields"])

    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return the fields."""
        return {
            "fields": [
                {
                    "id": name,
                    "label": exercise.say(entry["label"]),
                    "unit": exercise.say(entry["unit"]) if "unit" in entry else "",
                    "min": entry.get("min"),
                    "max": entry.get("max"),
                }
                for name, entry in exercise.entry["fields"].items()
            ]
        }

    def read(self, exercise: "Exercise", value: Any) -> dict[str, Any] | None:
        """Return what was typed, field by field; whether it is a number shows in the score."""
        typed: dict[str, Any] = {}
        for name, said in rows(value, exercise.entry["fields"]).items():
            if is_number(said):
                typed[name] = said
            elif isinstance(said, bool | float):
                raise AnswerError(word("answer.damaged"))
            elif (found := plain_text(said, LENGTH)) is not None:
                typed[name] = found.strip()
        return typed or None

    def count(self, exercise: "Exercise", answer: Any) -> tuple[int, int]:
        """Count the fields that are filled in."""
        return len(answer or {}), len(exercise.entry["fields"])

    def score(
        self, exercise: "Exercise", answer: dict[str, Any], key: Any, why: Any, options: Mapping[str, Any]
    ) -> Verdict:
        """Mean over the fields."""
        judged = [self._field(exercise, name, answer.get(name), key, why, options) for name in exercise.entry["fields"]]
        return Verdict(sum(credit for credit, _ in judged) / len(judged), tuple(remark for _, remark in judged))

    def _field(
        self, exercise: "Exercise", name: str, typed: Any, key: Any, why: Any, options: Mapping[str, Any]
    ) -> tuple[float, Remark]:
        """Credit and remark of one field."""
        entry = exercise.entry["fields"][name]
        label = exercise.say(entry["label"])

        def wrong(said: str, credit: float = 0.0) -> tuple[float, Remark]:
            return credit, Remark(name, right=False, text=said, label=label, partly=credit > 0)

        if typed is None:
            return wrong(word("answer.unanswered"))
        meant = _meant(typed, entry)
        if meant is None:
            return wrong(word("answer.not_number", text=typed))
        if _near(meant, key[name], options):
            return 1.0, Remark(name, right=True, text="", label=label)
        for known in options.get("wrong", ()):
            if known["field"] == name and _near(meant, known["value"], options):
                return wrong(reason(exercise, known, ("why",)), float(known.get("credit", 0.0)))
        if not _within(meant, entry):
            bounds = {"least": entry.get("min", "…"), "most": entry.get("max", "…")}
            return wrong(word("answer.outside", text=typed, **bounds))
        return wrong(reason(exercise, why, (name,)))


def _right_wrongs(entry: Mapping[str, Any]) -> Iterator[str]:
    """Misconceptions that the key accepts; a variant may draw such numbers, a lesson's author may not."""
    for place, wrong in enumerate(entry.get("wrong", ()), start=1):
        if _near(exact(wrong["value"]), entry["key"][wrong["field"]], entry):
            yield f"wrong (number {place}): counts as right by the key and its tolerance. Mend one of them."


def _meant(typed: Any, entry: Mapping[str, Any]) -> Fraction | None:
    """The number that was typed: of two readings, the one within the field's bounds."""
    if not isinstance(typed, str):
        return exact(typed)
    units = list(entry.get("unit", {}).values())
    bare = _without_unit(typed, units)
    percent = any("%" in unit or "persen" in unit or "per cent" in unit or "percent" in unit for unit in units)
    found = readings(bare, percent=percent)
    return next((value for value in found if _within(value, entry)), next(iter(found), None))


def _without_unit(typed: str, units: Sequence[str]) -> str:
    """What was typed, without the unit's own name beside it."""
    cut: Callable[[str, str], str]
    for unit in ["rp", *(unit.casefold() for unit in units if unit.strip() != "%")]:
        for cut in (str.removeprefix, str.removesuffix):
            bare = cut(typed.casefold().strip(), unit).strip()
            if bare and bare != typed.casefold().strip():
                return bare
    return typed


def _within(value: Fraction, entry: Mapping[str, Any]) -> bool:
    """Whether a number is within a field's bounds."""
    return ("min" not in entry or value >= exact(entry["min"])) and ("max" not in entry or value <= exact(entry["max"]))


def _near(value: Fraction, right: Any, options: Mapping[str, Any]) -> bool:
    """Whether a number is right within the tolerance, and what binary fractions lose."""
    return abs(value - exact(right)) <= exact(options.get("tolerance", 0)) + exact(ROUNDING)
