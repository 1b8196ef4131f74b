"""Put items in order."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.errors import AnswerError
from jejaring.exercises.kinds import Kind, Remark, Verdict, reason
from jejaring.exercises.kinds._guards import unique
from jejaring.exercises.shapes import Field, did_you_mean, each, required, secret, table, text
from jejaring.language import word

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = ["Order", "kendall", "longest_rise"]


def kendall(ranks: Sequence[int]) -> float:
    """Compare an order with the right one: 1 if equal, -1 if reversed; items of equal rank are not compared.

    References
    ----------
    Kendall, M. G. (1938). A new measure of rank correlation. Biometrika 30, 81-93.

    Examples
    --------
    >>> kendall([0, 1, 1, 2]), kendall([1, 0, 2]), kendall([2, 1, 0])
    (1.0, 0.3333333333333333, -1.0)
    """
    pairs = [(one > other) - (one < other) for other, one in combinations(ranks, 2) if one != other]
    return sum(pairs) / len(pairs) if pairs else 1.0


def longest_rise(ranks: Sequence[int]) -> set[int]:
    """Return the places of a longest part that never falls: what may stay when the rest is moved.

    Examples
    --------
    >>> sorted(longest_rise([1, 2, 0, 2]))
    [0, 1, 3]
    """
    ends: list[int] = []
    before: list[int | None] = []
    for place, rank in enumerate(ranks):
        at = bisect_right([ranks[end] for end in ends], rank)
        before.append(ends[at - 1] if at else None)
        ends[at : at + 1] = [place]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


class Order(Kind):
    """An order, in parts free; Kendall's tau for credit.

    Key: a list of ids in which an inner list may stand in any order. Value: the list of all ids.
    """

    name = "order"
    fields: ClassVar[Mapping[str, Field]] = {
        "items": required(each(table({"text": required(text), "why": secret(text, needed=False)}), least=3)),
    }

    def key_problems(self, exercise: "Exercise", key: Any) -> Iterator[str]:
        """The key names every item once."""
        items = exercise.entry["items"]
        if not isinstance(key, list | tuple):
            yield "key: is not a list of items in their order."
            return
        named = [name for group in _groups(key) for name in group]
        for name in named:
            if not isinstance(name, str) or name not in items:
                yield f"key: {name!r} is no item{did_you_mean(str(name), items)}"
            elif named.count(name) > 1:
                yield f"key: names {name} {named.count(name)} times. Name it once."
        for name in items:
            if name not in named:
                yield f"key: leaves out {name}. Add it."
        if len(key) < 2:
            yield "key: has a single group, so that every order is right. Split it."

    def known(self, exercise: "Exercise") -> set[str]:
        """Return the items."""
        return set(exercise.entry["items"])

    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return the items, shuffled by their ids: neither the file's order nor the key's."""
        items = exercise.entry["items"]
        mixed = sorted(items, key=lambda name: hashlib.sha256(f"{exercise.id}\x1f{name}".encode()).digest())
        return {"items": [{"id": name, "text": exercise.say(items[name]["text"])} for name in mixed]}

    def read(self, exercise: "Exercise", value: Any) -> list[str] | None:
        """Return the order, which names every item."""
        order = unique(value, exercise.entry["items"])
        if order is not None and len(order) != len(exercise.entry["items"]):
            raise AnswerError(word("answer.damaged"))
        return order

    def score(self, exercise: "Exercise", answer: list[str], key: Any, why: Any, options: Mapping[str, Any]) -> Verdict:
        """Share of pairs in the right order less those in the wrong one."""
        rank = {name: place for place, group in enumerate(_groups(key)) for name in group}
        ranks = [rank[name] for name in answer]
        stay = longest_rise(ranks)
        return Verdict(
            max(0.0, kendall(ranks)),
            tuple(self._remark(exercise, name, why, right=place in stay) for place, name in enumerate(answer)),
        )

    def _remark(self, exercise: "Exercise", name: str, why: Any, *, right: bool) -> Remark:
        """Say whether an item may stay."""
        item = exercise.entry["items"][name]
        said = "" if right else reason(exercise, why, (name,)) or reason(exercise, item, ("why",))
        return Remark(name, right, said or ("" if right else word("answer.misplaced")), exercise.say(item["text"]))


def _groups(key: Sequence[Any]) -> list[list[Any]]:
    """The key with every item in a group of its own, or in the group given."""
    return [list(group) if isinstance(group, list | tuple | set | frozenset) else [group] for group in key]
