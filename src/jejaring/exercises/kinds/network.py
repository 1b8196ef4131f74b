"""Draw a network, load it from a file, or change one that is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from jejaring.errors import AnswerError
from jejaring.exercises.kinds import Kind, Remark, Verdict, reason
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
    secret,
    string_,
    switch,
    table,
    text,
)
from jejaring.language import word
from jejaring.widgets.drawings import ANSWER_PEOPLE, ANSWER_TIES, Drawing, read_drawing

if TYPE_CHECKING:
    import networkx as nx

    from jejaring.exercises.bank import Exercise

__all__ = ["MEASURES", "Network"]

LISTED: Final = 40
"""So many ties are written out where no page draws them."""

ROUNDING: Final = 1e-9
"""What binary fractions lose."""

Ties = dict[Any, float]


def _ties(network: nx.Graph[Any]) -> Ties:
    """Strengths by the names at the ends of a tie, in any order where ties have no direction."""
    directed, ties = network.is_directed(), network.edges(data="weight", default=1.0)
    return {(one, other) if directed else frozenset((one, other)): float(weight) for one, other, weight in ties}


def _gained(network: nx.Graph[Any], other: nx.Graph[Any]) -> float:
    """How many ties the one network has that the other has not."""
    if network.is_directed() != other.is_directed():
        network, other = network.to_directed(), other.to_directed()
    return len(_ties(network).keys() - _ties(other).keys())


def _pieces(network: nx.Graph[Any]) -> float:
    """How many parts hang together, whatever the direction of ties."""
    import networkx as nx  # late: every exercise reads this module, and few have a network

    return int(nx.number_connected_components(network.to_undirected()))


def _alone(network: nx.Graph[Any]) -> list[str]:
    """Those without a tie."""
    return [name for name, degree in network.degree if degree == 0]


def _density(network: nx.Graph[Any]) -> float:
    """What share of the possible ties is there."""
    pairs = len(network) * (len(network) - 1)
    return network.number_of_edges() * (1 if network.is_directed() else 2) / pairs if pairs else 0.0


def _reciprocity(network: nx.Graph[Any]) -> float | None:
    """The share of arrows that are answered."""
    if not network.is_directed() or not network.number_of_edges():
        return None
    return sum(network.has_edge(other, one) for one, other in network.edges) / network.number_of_edges()


def _distance(network: nx.Graph[Any]) -> float | None:
    """Steps between those who can reach each other, on average."""
    import networkx as nx

    steps = [d for _, far in nx.all_pairs_shortest_path_length(network) for d in far.values() if d]
    return sum(steps) / len(steps) if steps else None


MEASURES: Final[Mapping[str, Callable[[nx.Graph[Any], nx.Graph[Any]], float | None]]] = {
    "people": lambda network, _: len(network),
    "ties": lambda network, _: network.number_of_edges(),
    "components": lambda network, _: _pieces(network),
    "isolates": lambda network, _: len(_alone(network)),
    "density": lambda network, _: _density(network),
    "reciprocity": lambda network, _: _reciprocity(network),
    "distance": lambda network, _: _distance(network),
    "added": _gained,
    "removed": lambda network, start: _gained(start, network),
}
"""What a key may count in a network, of the network and of the one that was given.

``density`` and ``reciprocity`` are shares from 0 to 1; ``reciprocity`` is that of arrows, so a network without arrows
has none; ``distance`` is the mean over the pairs that can reach each other; ``added`` and ``removed`` are ties compared
with those that were given, whatever their strength.
"""
_COMPARED: Final = frozenset(["added", "removed"])
_SHARES: Final = frozenset(["density", "reciprocity"])


def _measure(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """The name of a measure."""
    if value not in MEASURES:
        yield f"{at}: {value!r} is no measure{did_you_mean(str(value), MEASURES)}"


def _fixed(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """What may not be changed: the people."""
    if value != "people":
        yield f'{at}: only people can be fixed. Write fixed = "people", or leave it out.'


def _groups(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """Names to groups."""
    if not isinstance(value, Mapping) or not all(isinstance(group, str) for group in value.values()):
        yield f'{at}: is not a table from names to groups. Write {at}.Ani = "A".'


def _tie(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """Two names, and a strength or none."""
    ends, strength = (value[:2], value[2:]) if isinstance(value, list) else ([], [])
    if len(ends) < 2 or not all(isinstance(end, str) for end in ends) or len(strength) > 1:
        yield f'{at}: is no tie. Write ["Ani", "Budi"], or ["Ani", "Budi", 2.0] with a strength.'


_CONDITION = table({"measure": required(_measure), "least": optional(number), "most": optional(number)})
_START = table({"people": required(many(string_)), "ties": optional(many(_tie)), "groups": optional(_groups)})


class Network(Kind):
    """A network of the student's own.

    Value: ``{"people": [names], "ties": [[0, 1, 1.0]], "directed": bool}``, ties by the numbers of people.
    Key: for each requirement a table ``{measure = "people", least = 15}`` over `MEASURES`; from ``mark(...)``
    also a bool, or a number from 0 to 1.
    """

    name = "network"
    gives = True
    fields: ClassVar[Mapping[str, Field]] = {
        "directed": optional(switch),
        "start": optional(_START),
        "fixed": optional(_fixed),
        "measures": optional(switch),
        "requirements": required(each(table({"text": required(text), "why": secret(text, needed=False)}))),
    }

    def further_problems(self, exercise: Exercise) -> Iterator[str]:
        """Look at the network that is given."""
        problems = list(_start_problems(exercise.entry))
        yield from problems or super().further_problems(exercise)

    def key_problems(self, exercise: Exercise, key: Any) -> Iterator[str]:
        """The key says of every requirement what fulfils it, or how far it is fulfilled."""
        requirements = exercise.entry["requirements"]
        if not isinstance(key, Mapping):
            yield f"key: is not a table of requirements ({', '.join(requirements)})."
            return
        for name in key:
            if name not in requirements:
                yield f"key: {name!r} is no requirement{did_you_mean(str(name), requirements)}"
        for name in requirements:
            if name not in key:
                yield f"key: says nothing about {name}."
            elif isinstance(key[name], Mapping):
                yield from _condition_problems(exercise, key[name], f"key.{name}")
            elif exercise.lesson:
                yield f'key.{name}: is no condition. Write {{ measure = "people", least = 15 }}.'
            elif not isinstance(key[name], bool) and not (is_number(key[name]) and 0 <= key[name] <= 1):
                yield f"key.{name}: {key[name]!r} is no condition, no bool and no number from 0 to 1."

    def known(self, exercise: Exercise) -> set[str]:
        """Return the requirements."""
        return set(exercise.entry["requirements"])

    def page(self, exercise: Exercise) -> dict[str, Any]:
        """Return what is asked of the network, and the one that is given."""
        entry, start = exercise.entry, self.start(exercise)
        return {
            "requirements": [
                {"id": name, "text": exercise.say(requirement["text"])}
                for name, requirement in entry["requirements"].items()
            ],
            "directed": entry.get("directed"),
            "fixed": "fixed" in entry,
            "measures": entry.get("measures", True),
            "start": _plain(start) if start else None,
        }

    def start(self, exercise: Exercise) -> Drawing | None:
        """Return the network that is given for editing, nobody at a place yet, or None."""
        return self.drawing(exercise, _raw(exercise.entry)) if "start" in exercise.entry else None

    def drawing(self, exercise: Exercise, answer: Mapping[str, Any]) -> Drawing:
        """Return a valid answer as it is drawn, nobody at a place yet; who keeps a given name keeps its group."""
        drawing = read_drawing(dict(answer), most_people=ANSWER_PEOPLE, most_ties=ANSWER_TIES, placed=False)
        return drawing.grouped(exercise.entry.get("start", {}).get("groups", {}))

    def given(self, exercise: Exercise, answer: Any) -> dict[str, Any]:
        """Return the student's network, and the one that was given to begin with."""
        start = self.start(exercise)
        return {"network": self.drawing(exercise, answer).graph()} | ({"start": start.graph()} if start else {})

    def read(self, exercise: Exercise, value: Any) -> dict[str, Any] | None:
        """Return a network with somebody in it that is not just the given one."""
        if value is None or value in ({}, []) or (isinstance(value, str) and not value.strip()):
            return None
        people, ties = (value.get(part) if isinstance(value, dict) else None for part in ("people", "ties"))
        if isinstance(people, list) and isinstance(ties, list):
            size = {"people": len(people), "ties": len(ties)}
            if size["people"] > ANSWER_PEOPLE or size["ties"] > ANSWER_TIES:
                raise AnswerError(word("network.too_large", **size, most=ANSWER_PEOPLE, most_ties=ANSWER_TIES))
        try:
            drawing = read_drawing(value, most_people=ANSWER_PEOPLE, most_ties=ANSWER_TIES, placed=False)
        except ValueError as error:
            raise AnswerError(word("answer.damaged")) from error
        if not drawing.people:
            return None
        start = self.start(exercise)
        _check(exercise, drawing, start)
        return None if start and _same(drawing, start) else _plain(drawing)

    def score(
        self, exercise: Exercise, answer: Mapping[str, Any], key: Any, why: Any, options: Mapping[str, Any]
    ) -> Verdict:
        """Mean over the requirements."""
        network, start = self.drawing(exercise, answer).graph(), self.start(exercise)
        compared = start.graph() if start else network
        judged = [
            self._judged(exercise, name, key[name], why, network, compared) for name in exercise.entry["requirements"]
        ]
        return Verdict(sum(credit for credit, _ in judged) / len(judged), tuple(remark for _, remark in judged))

    def told(self, exercise: Exercise, answer: Any) -> list[str]:
        """Say who is there and who is tied to whom, so many as a reader can bear."""
        network = self.drawing(exercise, answer).graph()
        ties = list(network.edges(data="weight", default=1.0))
        sign = "→" if network.is_directed() else "–"
        size = {"people": len(network), "ties": len(ties)}
        lines = [word(f"network.{'arrows' if network.is_directed() else 'ties'}", **size)]
        lines += [f"{one} {sign} {other}" + (f" ({_written(w)})" if w != 1 else "") for one, other, w in ties[:LISTED]]
        if len(ties) > LISTED:
            lines.append(word("network.more", n=len(ties) - LISTED))
        if alone := _alone(network):
            names = ", ".join(alone[:LISTED]) + (" …" if len(alone) > LISTED else "")
            lines.append(word("network.alone", names=names))
        return lines

    def _judged(
        self,
        exercise: Exercise,
        name: str,
        condition: Any,
        why: Any,
        network: nx.Graph[Any],
        start: nx.Graph[Any],
    ) -> tuple[float, Remark]:
        """Credit and remark of one requirement."""
        requirement = exercise.entry["requirements"][name]
        found = ""
        if isinstance(condition, Mapping):
            value = MEASURES[condition["measure"]](network, start)
            found = _found(condition["measure"], value)
            condition = value is not None and _within(value, condition)
        credit = float(condition)
        label = exercise.say(requirement["text"])
        if credit == 1:
            return credit, Remark(name, right=True, text="", label=label)
        said = reason(exercise, why, (name,)) or reason(exercise, requirement, ("why",))
        return credit, Remark(
            name, right=False, text=" ".join(filter(None, [found, said])), label=label, partly=credit > 0
        )


def _start_problems(entry: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the network that is given."""
    start = entry.get("start")
    if start is None:
        if "fixed" in entry:
            yield "fixed: there is no network whose people could be fixed. Add start."
        return
    for at, (one, other, *_) in enumerate(start.get("ties", []), start=1):
        for name in (one, other):
            if name not in start["people"]:
                yield f"start.ties (number {at}): {name!r} is nobody{did_you_mean(name, start['people'])}"
                return
    for name in start.get("groups", {}):
        if name not in start["people"]:
            yield f"start.groups: {name!r} is nobody{did_you_mean(name, start['people'])}"
            return
    try:
        read_drawing(_raw(entry), most_people=ANSWER_PEOPLE, most_ties=ANSWER_TIES, placed=False)
    except ValueError as error:
        yield f"start: {error}"


def _condition_problems(exercise: Exercise, condition: Mapping[str, Any], at: str) -> Iterator[str]:
    """What is wrong with what fulfils one requirement."""
    problems = list(_CONDITION(condition, at, Rules(lesson=True)))
    yield from problems
    if problems:
        return
    least, most = condition.get("least"), condition.get("most")
    if least is None and most is None:
        yield f"{at}: has neither least nor most. Add one of them."
    elif least is not None and most is not None and least > most:
        yield f"{at}.most: is below least. Swap them."
    if condition["measure"] in _COMPARED and "start" not in exercise.entry:
        yield f"{at}.measure: {condition['measure']} compares with start, and this exercise has none."


def _raw(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The network that is given, as an answer is written."""
    start = entry["start"]
    place = {name: at for at, name in enumerate(start["people"])}
    ties = [[place[one], place[other], *(strength or [1.0])] for one, other, *strength in start.get("ties", [])]
    return {"people": start["people"], "ties": ties, "directed": entry.get("directed", False)}


def _plain(drawing: Drawing) -> dict[str, Any]:
    """A network as an answer is written."""
    return {
        "people": list(drawing.names),
        "ties": [list(tie) for tie in drawing.ties],
        "directed": drawing.directed,
    }


def _check(exercise: Exercise, drawing: Drawing, start: Drawing | None) -> None:
    """Refuse what the page does not let anybody do."""
    directed = exercise.entry.get("directed", drawing.directed)
    if drawing.directed != directed:
        raise AnswerError(word("network.needs_direction" if directed else "network.needs_no_direction"))
    if start and "fixed" in exercise.entry and set(drawing.names) != set(start.names):
        raise AnswerError(word("network.other_people"))


def _same(one: Drawing, other: Drawing) -> bool:
    """Whether two networks have the same people and ties, in whatever order."""
    if one.directed != other.directed or set(one.names) != set(other.names):
        return False
    return _ties(one.graph()) == _ties(other.graph())


def _within(value: float, condition: Mapping[str, Any]) -> bool:
    """Whether a value lies within the bounds."""
    least, most = float(condition.get("least", value)), float(condition.get("most", value))
    return least - ROUNDING <= value <= most + ROUNDING


def _found(measure: str, value: float | None) -> str:
    """Say what was found, no more than can be counted on the drawing."""
    if value is None:
        return word("network.found.nothing")
    shown = f"{_written(100 * value)}%" if measure in _SHARES else _written(value)
    return word(f"network.found.{measure}", n=shown)


def _written(value: float) -> str:
    """Write a number with at most two decimals."""
    return f"{round(value, 2):.10g}".replace(".", word("exercise.decimal"))
