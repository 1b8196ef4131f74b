"""Write a function."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.exercises.kinds import Kind, Remark, Verdict
from jejaring.exercises.kinds._guards import plain_text
from jejaring.exercises.results import call, same, through_json
from jejaring.exercises.shapes import Field, Rules, anything, many, number, optional, required, string_, table, text
from jejaring.language import word

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Code"]

MAX_LENGTH = 100_000
TOLERANCE = 1e-9


def _calls(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """A list of lists of arguments, all of which JSON can carry."""
    if not isinstance(value, list | tuple) or not value or not all(isinstance(one, list | tuple) for one in value):
        yield f"{at}: is not a list of lists of arguments. Write inputs=[[first, second], ...]."
        return
    try:
        through_json(value)
    except (TypeError, ValueError) as error:
        yield f"{at}: {error}. Arguments must be numbers, texts, lists and tables."


class Code(Kind):
    """A function, called with hidden inputs. Key: a reference function. The answer is the text of a cell."""

    name = "code"
    key_is_function = True
    from_cell = True
    explained = False
    fields: ClassVar[Mapping[str, Field]] = {
        "function": required(string_),
        "signature": required(text),
        "examples": required(many(table({"arguments": required(many(anything)), "result": required(anything)}))),
    }
    options: ClassVar[Mapping[str, Field]] = {"inputs": required(_calls), "tolerance": optional(number)}

    def key_problems(self, exercise: "Exercise", key: Any) -> Iterator[str]:
        """The key is a function."""
        if not callable(key):
            yield "key: is not a function. Give the reference function itself: key=power_index."

    def option_problems(self, exercise: "Exercise", key: Any, options: Mapping[str, Any]) -> Iterator[str]:
        """The reference function has to manage every input."""
        for arguments, (_, error) in zip(options["inputs"], _called(key, options["inputs"]), strict=True):
            if error:
                yield f"key: the reference function fails at {_signed(exercise, arguments)}: {error}."

    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return the function's name and signature, and examples as Python writes them."""
        return {
            "function": exercise.entry["function"],
            "signature": exercise.say(exercise.entry["signature"]),
            "examples": [
                {"arguments": ", ".join(map(repr, example["arguments"])), "result": repr(example["result"])}
                for example in exercise.entry["examples"]
            ],
        }

    def read(self, exercise: "Exercise", value: Any) -> str | None:
        """Return the text of the cell; outside of grading, a function that is there already will do."""
        source = plain_text(value, MAX_LENGTH)
        if source is None and not _as_data() and callable(_defined(exercise)):
            return str(exercise.entry["function"])
        return source

    def score(self, exercise: "Exercise", answer: str, key: Any, why: Any, options: Mapping[str, Any]) -> Verdict:
        """Share of the inputs whose results agree; a lesson has its examples only."""
        if key is None:
            inputs = [example["arguments"] for example in exercise.entry["examples"]]
            expected = [through_json(example["result"]) for example in exercise.entry["examples"]]
        else:
            inputs = through_json(options["inputs"])
            expected = [result for result, _ in _called(key, inputs)]
        returned = _sandboxed(exercise, answer, inputs) if _as_data() else _called(_defined(exercise), inputs, exercise)
        tolerance = float(options.get("tolerance", TOLERANCE))
        remarks = []
        for place, (arguments, (result, error)) in enumerate(zip(inputs, returned, strict=True)):
            right = not error and same(result, expected[place], tolerance)
            said = error or word("answer.code_result", result=shorten(repr(result), 120, placeholder=" …"))
            remarks.append(Remark(str(place + 1), right, "" if right else said, _signed(exercise, arguments)))
        return Verdict(sum(remark.right for remark in remarks) / len(remarks), tuple(remarks))


def _as_data() -> bool:
    """Whether submissions are graded as data, in a process of their own."""
    return os.environ.get("JEJARING_GRADING") == "data"


def _defined(exercise: "Exercise") -> Any:
    """What the notebook defines under the function's name."""
    return vars(sys.modules["__main__"]).get(exercise.entry["function"])


def _called(
    function: Any, inputs: Sequence[Sequence[Any]], exercise: "Exercise | None" = None
) -> list[tuple[Any, str]]:
    """Value and error of each call in this process."""
    if not callable(function):
        name = exercise.entry["function"] if exercise else "key"
        return [(None, f"NameError: the cell defines no function {name}")] * len(inputs)
    return list(call(function, inputs))


def _sandboxed(exercise: "Exercise", source: str, inputs: Sequence[Sequence[Any]]) -> list[tuple[Any, str]]:
    """Value and error of each call in a process that never sees what is expected."""
    from autograder import sandbox

    outcomes = sandbox.call(source, exercise.entry["function"], inputs)
    return [(outcome.value, outcome.error) for outcome in outcomes]


def _signed(exercise: "Exercise", arguments: Sequence[Any]) -> str:
    """A call as one would write it."""
    return shorten(f"{exercise.entry['function']}({', '.join(map(repr, arguments))})", 120, placeholder=" …)")
