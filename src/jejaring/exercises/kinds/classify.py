"""Sort cases into classes, by one question or by two."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.exercises.kinds._sorting import Sorting
from jejaring.exercises.shapes import Field, anything, did_you_mean, each, required, secret, table, text

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Classify"]


class Classify(Sorting):
    """Cases by one or two facets.

    Key and value: ``{item: class}``, or with two facets ``{item: {facet: class}}``; a list in a key accepts any of it.
    """

    name = "classify"
    fields: ClassVar[Mapping[str, Field]] = {
        "facets": required(
            each(
                table(
                    {
                        "label": required(text),
                        "classes": required(each(table({"text": required(text), "why": secret(text)}), least=2)),
                    }
                )
            )
        ),
        "items": required(each(table({"text": required(text), "why": secret(anything, needed=False)}))),
    }

    def further_problems(self, exercise: "Exercise") -> Iterator[str]:
        """Look at the facets' number and at the reasons that belong to one case."""
        yield from super().further_problems(exercise)
        facets = self.facets(exercise)
        if len(facets) > 2:
            yield f"facets: has {len(facets)}, and the page shows at most two. Split the exercise."
        for item, case in self.items(exercise).items():
            yield from self._why_problems(exercise, case.get("why", {}), f"items.{item}.why")

    def items(self, exercise: "Exercise") -> Mapping[str, Any]:
        """Return the cases."""
        items: Mapping[str, Any] = exercise.entry["items"]
        return items

    def facets(self, exercise: "Exercise") -> Mapping[str, Mapping[str, Any]]:
        """Return the classes of each facet."""
        return {facet: entry["classes"] for facet, entry in exercise.entry["facets"].items()}

    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return cases, facets and classes."""
        return {
            "items": [{"id": item, "text": exercise.say(case["text"])} for item, case in self.items(exercise).items()],
            "facets": [
                {
                    "id": facet,
                    "label": exercise.say(entry["label"]),
                    "classes": [
                        {"id": name, "text": exercise.say(one["text"])} for name, one in entry["classes"].items()
                    ],
                }
                for facet, entry in exercise.entry["facets"].items()
            ],
        }

    def _why_problems(self, exercise: "Exercise", why: Any, at: str) -> Iterator[str]:
        """What is wrong with the reasons of one case: texts by class, or by facet and class."""
        if not isinstance(why, Mapping):
            yield f"{at}: is not a table from classes to texts."
            return
        facets = self.facets(exercise)
        classes = {name for classes in facets.values() for name in classes}
        rules = self.rules(exercise)
        for name, inner in why.items():
            if name in facets and isinstance(inner, Mapping) and inner.keys() <= facets[name].keys():
                for one, said in inner.items():
                    yield from text(said, f"{at}.{name}.{one}", rules)
            elif name in classes:
                yield from text(inner, f"{at}.{name}", rules)
            else:
                yield f"{at}.{name}: is no class{did_you_mean(name, classes)}"
