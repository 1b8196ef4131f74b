"""What choosing one option and choosing several have in common."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.exercises.kinds import Kind, Remark, reason
from jejaring.exercises.shapes import Field, did_you_mean, each, required, secret, table, text

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Options"]


class Options(Kind):
    """Options with stable ids, each wrong one with the misconception behind it."""

    fields: ClassVar[Mapping[str, Field]] = {
        "options": required(each(table({"text": required(text), "why": secret(text, needed=False)}), least=2)),
    }

    def further_problems(self, exercise: "Exercise") -> Iterator[str]:
        """Demand a why for each wrong option of a lesson."""
        yield from super().further_problems(exercise)
        if exercise.lesson:
            key = exercise.entry["key"]
            for name, option in exercise.entry["options"].items():
                if "why" not in option and name != key and not (isinstance(key, list) and name in key):
                    yield f"options.{name}.why: is missing. Say which misconception leads to this option."

    def unknown(self, exercise: "Exercise", named: Iterable[Any]) -> Iterator[str]:
        """List the ids in a key that are no option."""
        options = exercise.entry["options"]
        for name in named:
            if not isinstance(name, str) or name not in options:
                yield f"key: {name!r} is no option{did_you_mean(str(name), options)}"

    def known(self, exercise: "Exercise") -> set[str]:
        """Return the options."""
        return set(exercise.entry["options"])

    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return the options."""
        options = exercise.entry["options"]
        return {"options": [{"id": name, "text": exercise.say(option["text"])} for name, option in options.items()]}

    def remark(self, exercise: "Exercise", chosen: str, why: Any, *, right: bool) -> Remark:
        """Say what there is to say about one chosen option."""
        option = exercise.entry["options"][chosen]
        said = "" if right else reason(exercise, why, (chosen,)) or reason(exercise, option, ("why",))
        return Remark(chosen, right, said, exercise.say(option["text"]))
