"""What the network desk says about a network: its numbers, a measure of its people, and what a redesign changed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from jejaring import additions, readings
from jejaring._paths import distances
from jejaring.figures.networks import network_map
from jejaring.figures.picture import Picture, brief, listed, number, percent
from jejaring.language import word
from jejaring.measures import MEASURES, Scores, ei_index, ranks, reciprocity, transitivity

if TYPE_CHECKING:
    from jejaring.widgets.drawings import Drawing

__all__ = ["Measured", "compare", "picture", "suggest"]

_TOP: Final = 8  # rows of the table
_BROKERS: Final = 3  # how many are marked in each way
_FEW: Final = 40  # people up to whom ties are suggested while somebody waits


@dataclass(frozen=True)
class Measured:
    """A network and what has been measured of it, each thing once.

    Parameters
    ----------
    drawing : Drawing
        The network.
    """

    drawing: Drawing

    @cached_property
    def graph(self) -> nx.Graph[Any]:
        """The network as the models take it."""
        return self.drawing.graph()

    @cached_property
    def _scores(self) -> dict[str, Scores | None]:
        """What has been measured of everybody, by measure."""
        return {}

    def moved(self, drawing: Drawing) -> Measured:
        """The same network with people at other places: all that was measured holds."""
        moved = Measured(drawing)
        moved.__dict__.update({name: value for name, value in self.__dict__.items() if name != "drawing"})
        return moved

    def scores(self, key: str) -> Scores | None:
        """Measure everybody, or give None where this network can't be measured so."""
        if key not in self._scores:
            try:
                found = MEASURES[key](self.graph, groups=self.drawing.groups, seed=1)
            except ValueError:
                found = None
            self._scores[key] = found if isinstance(found, Scores) else None
        return self._scores[key]

    @cached_property
    def measures(self) -> list[str]:
        """Measures of people that this kind of network can have."""
        kind = "directed" if self.drawing.directed else "undirected"
        grouped = len(self.drawing.groups) == len(self.drawing.people) > 0
        fitting = (each for each in MEASURES.values() if each.scope == "node" and each.graphs in ("both", kind))
        return [each.key for each in fitting if grouped or not each.needs_groups]

    @cached_property
    def _walks(self) -> tuple[int, int]:
        """How many ordered pairs can reach each other, and all their steps together."""
        before: list[list[int]] = [[] for _ in self.drawing.people]
        for one, other, _ in self.drawing.ties:
            before[other].append(one)
            if not self.drawing.directed:
                before[one].append(other)
        reached, total, _ = distances(before)
        return sum(reached), sum(total)

    @property
    def pairs(self) -> int:
        """Ordered pairs of people."""
        return len(self.drawing.people) * (len(self.drawing.people) - 1)

    @property
    def density(self) -> float:
        """What share of the possible ties is there."""
        return len(self.drawing.ties) * (1 if self.drawing.directed else 2) / self.pairs if self.pairs else 0.0

    @cached_property
    def pieces(self) -> int:
        """Parts that hang together, whatever the direction of ties."""
        parts: Any = nx.weakly_connected_components if self.drawing.directed else nx.connected_components
        return sum(1 for _ in parts(self.graph))

    @property
    def reach(self) -> float:
        """What share of the ordered pairs can reach each other."""
        return self._walks[0] / self.pairs if self.pairs else 0.0

    @property
    def mean_distance(self) -> float:
        """Steps between those who can reach each other, on average; NaN where nobody can."""
        reached, total = self._walks
        return total / reached if reached else math.nan

    @cached_property
    def busiest(self) -> tuple[int, tuple[str, ...]]:
        """How many people the busiest have to listen to, and who they are."""
        load = additions.busiest_load(self.graph)
        degrees = self.graph.in_degree if isinstance(self.graph, nx.DiGraph) else self.graph.degree
        return load, tuple(name for name in self.graph if load and degrees[name] == load)

    def numbers(self) -> list[list[str]]:
        """What is known of the whole network: name, value, and what it means."""
        drawing = self.drawing
        count = number(len(drawing.people))
        rows = [
            [word("desk.numbers.size"), count, ""],
            [word("desk.numbers.ties"), number(len(drawing.ties)), ""],
            [word("desk.numbers.density"), percent(self.density), readings.meaning("density")],
            [word("desk.numbers.pieces"), number(self.pieces), word("desk.numbers.pieces_note")],
            [word("desk.numbers.reach"), percent(self.reach), word("desk.numbers.reach_note")],
            [word("desk.numbers.mean_distance"), _steps(self.mean_distance), word("desk.numbers.mean_distance_note")],
        ]
        if drawing.directed and drawing.ties:
            rows.append(
                [word("desk.numbers.reciprocity"), percent(reciprocity(self.graph)), readings.meaning("reciprocity")]
            )
        elif drawing.ties:
            share = transitivity(self.graph)
            rows.append([word("desk.numbers.transitivity"), percent(share), readings.meaning("transitivity")])
        if drawing.ties and len(drawing.groups) == len(drawing.people):
            balance = ei_index(self.graph, drawing.groups)
            rows.append([word("desk.numbers.ei_index"), brief(balance), readings.meaning("ei_index")])
        return rows

    def table(self, key: str, shown: Mapping[str, str]) -> list[list[str | int]]:
        """The highest of a measure: number of the person, rank, name, value."""
        scores = self.scores(key)
        if scores is None:
            return []
        place = {name: at for at, name in enumerate(self.drawing.names)}
        rank = ranks(scores)
        best = sorted((name for name in scores if not math.isnan(scores[name])), key=rank.__getitem__)[:_TOP]
        return [
            [place[name], number(rank[name]), shown.get(name, name), readings.written(key, scores[name])]
            for name in best
        ]

    def sizes(self, key: str) -> list[float]:
        """How large everybody is drawn, from 0 to 1, in the order of the drawing."""
        scores: Mapping[str, float] = self.scores(key) or {}
        values = [
            max(0.0, value) if math.isfinite(value := scores.get(name, 0.0)) else 0.0 for name in self.drawing.names
        ]
        top = max(values, default=0.0)
        return [round(value / top, 4) if top else 0.0 for value in values]

    def reading(self, key: str, name: str | None, shown: Mapping[str, str]) -> str:
        """Say what the measure says of one person, or why it says nothing."""
        if not self.drawing.people:
            return word("desk.said.nobody")
        scores = self.scores(key)
        if scores is None:
            return word("desk.said.not_measured", measure=readings.name(key))
        return readings.read(key, scores, name, names=shown) if name in scores else ""

    def brokers(self) -> tuple[list[int], list[int]]:
        """Numbers of those on most shortest paths, and of those among the least entangled contacts."""
        place = {name: at for at, name in enumerate(self.drawing.names)}
        busy = {name: value for name, value in (self.scores("betweenness") or {}).items() if value > 0}
        free = {name: -value for name, value in (self.scores("constraint") or {}).items() if value < 1}
        busiest, freest = (
            [place[name] for name, rank in ranks(some).items() if rank <= _BROKERS] for some in (busy, free)
        )
        return busiest, freest


def compare(before: Measured, after: Measured, key: str, name: str | None, shown: Mapping[str, str]) -> dict[str, Any]:
    """Set a redesign beside what was before.

    Parameters
    ----------
    before, after : Measured
        The two networks.
    key : str
        A measure of people.
    name : str, optional
        Whose value is compared.
    shown : mapping of str to str
        Real names by pseudonym, where they are shown.

    Returns
    -------
    dict
        ``rows`` of name, before, after; a ``sentence``; and the ties that are ``fresh``.
    """
    facts = [
        ("density", percent(before.density), percent(after.density), after.density - before.density),
        ("pieces", number(before.pieces), number(after.pieces), after.pieces - before.pieces),
        ("reach", percent(before.reach), percent(after.reach), after.reach - before.reach),
        (
            "mean_distance",
            _steps(before.mean_distance),
            _steps(after.mean_distance),
            after.mean_distance - before.mean_distance,
        ),
        ("load", number(before.busiest[0]), number(after.busiest[0]), after.busiest[0] - before.busiest[0]),
    ]
    rows = [[word(f"desk.numbers.{fact}"), was, now] for fact, was, now, _ in facts]
    one, other = before.scores(key), after.scores(key)
    if name and one is not None and other is not None and name in one and name in other:
        label = word("desk.compare.person", measure=readings.name(key), name=shown.get(name, name))
        rows.append([label, readings.written(key, one[name]), readings.written(key, other[name])])
    fresh = sorted(_named_ties(after.drawing) - _named_ties(before.drawing))
    sentence = _changes(before.drawing, after.drawing, facts)
    return {"rows": rows, "sentence": sentence, "fresh": [list(tie) for tie in fresh]}


def suggest(drawing: Drawing, count: int) -> list[tuple[str, str]]:
    """Choose ties to add, one after the other, each bringing everybody nearest to everybody; only in small networks.

    Raises
    ------
    ValueError
        If the network is too large to wait for it; the message is for the reader.
    """
    if len(drawing.people) > _FEW:
        raise ValueError(word("desk.said.too_many_to_suggest", most=_FEW))
    graph = drawing.graph()
    plan = additions.greedy_additions(graph, additions.absent_ties(graph), additions.mean_nearness, budget=count)
    return [(str(one), str(other)) for one, other in plan.ties]


def picture(drawing: Drawing, title: str) -> Picture:
    """Draw the network for where no page runs."""
    names = drawing.names
    ties = [(names[one], names[other], strength) for one, other, strength in drawing.ties]
    groups = drawing.groups if len(set(drawing.groups.values())) <= 4 and len(drawing.groups) == len(names) else None
    return network_map(_framed(drawing.places), ties, title=title, directed=drawing.directed, groups=groups)


def _framed(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Bring places that were dragged out of the frame back into it."""
    if all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places.values()):
        return dict(places)
    left, low = (min(place[at] for place in places.values()) for at in (0, 1))
    wide, high = (max(1e-9, max(place[at] for place in places.values()) - low_) for at, low_ in ((0, left), (1, low)))
    return {name: ((x - left) / wide, (y - low) / high) for name, (x, y) in places.items()}


def _changes(before: Drawing, after: Drawing, facts: list[tuple[str, str, str, float]]) -> str:
    """Say in a sentence or two what was changed, and what that changed."""
    was, now = _named_ties(before), _named_ties(after)
    added, cut = len(now - was), len(was - now)
    come, gone = (len(set(one.names) - set(other.names)) for one, other in ((after, before), (before, after)))
    counts = {"ties_added": added, "ties_cut": cut, "people_added": come, "people_gone": gone}
    done = [
        word(f"desk.compare.{what}{'_one' * (count == 1)}", count=number(count))
        for what, count in counts.items()
        if count
    ]
    if not done:
        return word("desk.compare.nothing")
    moved = [
        word(f"desk.compare.{'rises' if by > 0 else 'falls'}", what=word(f"desk.compare.what.{fact}"), was=old, now=new)
        for fact, old, new, by in facts
        if old != new and not math.isnan(by)
    ]
    same = [word(f"desk.compare.what.{fact}") for fact, old, new, _ in facts if old == new]
    sentences = [word("desk.compare.with", done=listed(done), moved="; ".join(moved) or word("desk.compare.no_effect"))]
    if same and moved:
        sentences.append(word("desk.compare.same", what=listed(same)))
    differing = {fact for fact, old, new, _ in facts if old != new}
    if {"reach", "mean_distance"} <= differing:
        sentences.append(word("desk.compare.careful"))
    return " ".join(sentences)


def _named_ties(drawing: Drawing) -> set[tuple[str, ...]]:
    """Ties by the names at their ends."""
    names = drawing.names
    ends = ((names[one], names[other]) for one, other, _ in drawing.ties)
    return {pair if drawing.directed else tuple(sorted(pair)) for pair in ends}


def _steps(value: float) -> str:
    """Write a mean distance."""
    return "–" if math.isnan(value) else number(value, 2)
