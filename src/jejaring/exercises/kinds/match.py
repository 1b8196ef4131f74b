"""Join what is on the left to what is on the right."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.exercises.kinds._sorting import Sorting
from jejaring.exercises.shapes import Field, each, required, secret, table, text

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Match"]


class Match(Sorting):
    """Pairs; there may be more on the right than on the left. Key and value: ``{left: right}``."""

    name = "match"
    fields: ClassVar[Mapping[str, Field]] = {
        "left": required(each(table({"text": required(text), "why": secret(each(text), needed=False)}))),
        "right": required(each(table({"text": required(text), "why": secret(text, needed=False)}), least=2)),
    }

    def items(self, exercise: "Exercise") -> Mapping[str, Any]:
        """Return what is on the left."""
        left: Mapping[str, Any] = exercise.entry["left"]
        return left

    def facets(self, exercise: "Exercise") -> Mapping[str, Mapping[str, Any]]:
        """Return what is on the right, as the classes of the only facet."""
        return {"right": exercise.entry["right"]}

    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return both columns."""
        return {
            side: [{"id": name, "text": exercise.say(one["text"])} for name, one in exercise.entry[side].items()]
            for side in ("left", "right")
        }
