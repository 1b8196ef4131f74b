"""What sorting cases into classes and joining two columns have in common: each item gets one class per facet."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jejaring.exercises.kinds import Kind, Remark, Verdict, reason
from jejaring.exercises.kinds._guards import known, rows
from jejaring.exercises.shapes import did_you_mean
from jejaring.language import word

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Sorting"]


class Sorting(Kind):
    """Items that are sorted; the credit is the share of (item, facet) pairs that are right."""

    @abstractmethod
    def items(self, exercise: "Exercise") -> Mapping[str, Any]:
        """Return what is sorted, by id."""

    @abstractmethod
    def facets(self, exercise: "Exercise") -> Mapping[str, Mapping[str, Any]]:
        """Return facet to the classes that an item may get, by id."""

    def key_problems(self, exercise: "Exercise", key: Any) -> Iterator[str]:
        """The key gives every item a class, or a list of accepted classes, in every facet."""
        items, facets = self.items(exercise), self.facets(exercise)
        if not isinstance(key, Mapping):
            yield "key: is not a table from items to classes."
            return
        for item in key:
            if item not in items:
                yield f"key: {item!r} is no item{did_you_mean(str(item), items)}"
        for item in items:
            if item not in key:
                yield f"key: says nothing about {item}. Add it."
                continue
            if len(facets) > 1:
                yield from _facet_problems(key[item], f"key.{item}", facets)
            for facet, classes in facets.items():
                for one in self._accepted(exercise, key, item, facet):
                    if not isinstance(one, str) or one not in classes:
                        yield f"key.{item}: {one!r} is no class{did_you_mean(str(one), classes)}"

    def known(self, exercise: "Exercise") -> set[str]:
        """Return items, facets and classes."""
        facets = self.facets(exercise)
        return set(self.items(exercise)) | set(facets) | {name for classes in facets.values() for name in classes}

    def read(self, exercise: "Exercise", value: Any) -> dict[str, Any] | None:
        """Return what was sorted; an item without a class is left out."""
        facets = self.facets(exercise)
        sorted_: dict[str, Any] = {}
        for item, chosen in rows(value, self.items(exercise)).items():
            if len(facets) == 1:
                found: Any = known(chosen, next(iter(facets.values())))
            else:
                pairs = rows(chosen or None, facets).items()
                found = {facet: name for facet, one in pairs if (name := known(one, facets[facet]))}
            if found:
                sorted_[item] = found
        return sorted_ or None

    def count(self, exercise: "Exercise", answer: Any) -> tuple[int, int]:
        """Count items that have a class in every facet."""
        facets = self.facets(exercise)
        full = sum(len(facets) == 1 or len(chosen) == len(facets) for chosen in (answer or {}).values())
        return full, len(self.items(exercise))

    def score(
        self, exercise: "Exercise", answer: dict[str, Any], key: Any, why: Any, options: Mapping[str, Any]
    ) -> Verdict:
        """Count the pairs that are right."""
        facets = self.facets(exercise)
        remarks = [
            self._remark(exercise, item, facet, self._one(exercise, answer, item, facet), key, why)
            for item in self.items(exercise)
            for facet in facets
        ]
        return Verdict(sum(remark.right for remark in remarks) / len(remarks), tuple(remarks))

    def _one(self, exercise: "Exercise", table: Mapping[str, Any], item: str, facet: str) -> Any:
        """What a key or an answer gives an item in one facet."""
        found = table.get(item)
        if len(self.facets(exercise)) > 1:
            return found.get(facet) if isinstance(found, Mapping) else None
        return found

    def _accepted(self, exercise: "Exercise", key: Mapping[str, Any], item: str, facet: str) -> list[Any]:
        """The classes that count as right."""
        accepted = self._one(exercise, key, item, facet)
        return list(accepted) if isinstance(accepted, list | tuple | set | frozenset) else [accepted]

    def _remark(self, exercise: "Exercise", item: str, facet: str, chosen: str | None, key: Any, why: Any) -> Remark:
        """Say what there is to say about one item in one facet."""
        case, classes = self.items(exercise)[item], self.facets(exercise)[facet]
        label = exercise.say(case["text"])
        if len(self.facets(exercise)) > 1:
            label = f"{label} ({exercise.say(exercise.entry['facets'][facet]['label'])})"
        if chosen is None:
            return Remark(item, right=False, text=word("answer.unanswered"), label=label)
        if chosen in self._accepted(exercise, key, item, facet):
            return Remark(item, right=True, text="", label=label)
        said = (
            reason(exercise, why, (item, chosen), (item, facet, chosen), (facet, chosen), (chosen,))
            or reason(exercise, case, ("why", chosen), ("why", facet, chosen))
            or reason(exercise, classes[chosen], ("why",))
        )
        return Remark(item, right=False, text=said, label=label)


def _facet_problems(chosen: Any, at: str, facets: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a key's facets for one item."""
    if not isinstance(chosen, Mapping):
        yield f"{at}: is not a table. Write one class per facet: {', '.join(facets)}."
        return
    for facet in chosen:
        if facet not in facets:
            yield f"{at}.{facet}: is no facet{did_you_mean(str(facet), facets)}"
