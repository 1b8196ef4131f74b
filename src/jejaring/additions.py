"""Which ties are worth adding when only a few can be afforded.

What a tie is good for is a function from a network to a number, larger is better; pass your own, for example
``lambda graph: reachable_pairs(graph) - 2 * busiest_load(graph)``. The exact search tries every affordable set and
suits small networks. The greedy search takes what gains most now, and is sure to come close only where each tie
gains less the more others are there (`ReachedFrom` and `HeardBy` know when). That isn't so in general: of two arcs in
a row neither gains anything alone.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any, TypeAlias

import networkx as nx

from jejaring._checks import Number, number, whole

__all__ = [
    "Additions",
    "HeardBy",
    "ReachedFrom",
    "absent_ties",
    "best_additions",
    "busiest_load",
    "greedy_additions",
    "mean_nearness",
    "reachable_pairs",
]

Tie = tuple[Hashable, Hashable]
Graph: TypeAlias = "nx.Graph[Any]"
Objective = Callable[[Graph], Number]

_MOST_SETS = 100_000  # sets of ties that the exact search is willing to try


@dataclass(frozen=True)
class Additions:
    """Ties to add, and what they bring.

    Parameters
    ----------
    ties : tuple of pair of hashable
        The ties, in the order in which they were chosen.
    values : tuple of int, float or Fraction
        The objective before the first tie, and after each one.
    cost : float or Fraction
        What the ties cost together.

    Examples
    --------
    >>> Additions(ties=((0, 1),), values=(0, 2), cost=Fraction(1)).gain
    2
    """

    ties: tuple[Tie, ...]
    values: tuple[Number, ...]
    cost: float | Fraction

    @property
    def gain(self) -> Number:
        """The objective after the last tie, less what it was before the first."""
        return self.values[-1] - self.values[0]


@dataclass(frozen=True)
class ReachedFrom:
    """Count the people whom a message from these sources can reach.

    Parameters
    ----------
    sources : tuple of hashable
        Where messages start.
    within : int, optional
        Steps after which a message is too late; without it, it may take as long as it takes.

    References
    ----------
    Nemhauser, G. L., Wolsey, L. A., & Fisher, M. L. (1978). An analysis of approximations for maximizing submodular
    set functions I. *Mathematical Programming* 14, 265-294.

    Examples
    --------
    >>> people = nx.DiGraph([("head", "teacher"), ("teacher", "pupil"), ("parent", "head")])
    >>> ReachedFrom(("head",))(people), ReachedFrom(("head",), within=1)(people)
    (2, 1)
    """

    sources: tuple[Hashable, ...]
    within: int | None = None

    def __call__(self, graph: Graph) -> int:
        """People reached, the sources themselves aside."""
        return len(_within(graph, self.sources, self.within)) - len(set(self.sources))

    def guarantee(self, candidates: Iterable[Tie], count: int) -> Fraction | None:
        """Of the best possible gain of `count` ties at equal cost, the share that greedy is sure to get.

        ``1 - (1 - 1/count)**count``, which is above 1 - 1/e = 0.63, if every candidate starts at a source: then each
        one brings a fixed set of people and all that matters is how these sets overlap. Otherwise None.
        """
        return _guarantee(count) if all(start in self.sources for start, _ in candidates) else None


@dataclass(frozen=True)
class HeardBy:
    """Count the people who can get a message to at least one of these targets.

    Parameters
    ----------
    targets : tuple of hashable
        Who ought to hear.
    within : int, optional
        Steps after which a message is too late; without it, it may take as long as it takes.

    References
    ----------
    Nemhauser, G. L., Wolsey, L. A., & Fisher, M. L. (1978). An analysis of approximations for maximizing submodular
    set functions I. *Mathematical Programming* 14, 265-294.

    Examples
    --------
    >>> people = nx.DiGraph([("head", "teacher"), ("teacher", "pupil"), ("parent", "head")])
    >>> HeardBy(("head",))(people), HeardBy(("pupil",), within=2)(people)
    (1, 2)
    """

    targets: tuple[Hashable, ...]
    within: int | None = None

    def __call__(self, graph: Graph) -> int:
        """People who are heard, the targets themselves aside."""
        backwards = graph.reverse(copy=False) if graph.is_directed() else graph  # type: ignore[attr-defined]  # the stubs know no DiGraph here
        return len(_within(backwards, self.targets, self.within)) - len(set(self.targets))

    def guarantee(self, candidates: Iterable[Tie], count: int) -> Fraction | None:
        """Of the best possible gain of `count` ties at equal cost, the share that greedy is sure to get.

        As for `ReachedFrom`, if every candidate ends at a target; otherwise None.
        """
        return _guarantee(count) if all(end in self.targets for _, end in candidates) else None


def reachable_pairs(graph: Graph) -> int:
    """Count the ordered pairs of people of whom the first can reach the second.

    Parameters
    ----------
    graph : networkx.Graph or networkx.DiGraph
        Not modified.

    Returns
    -------
    int
        From 0 to n (n - 1).

    Examples
    --------
    In a row of three with arrows one way the first reaches two, the second one.

    >>> reachable_pairs(nx.DiGraph([(0, 1), (1, 2)]))
    3
    """
    return sum(len(nx.single_source_shortest_path_length(graph, person)) - 1 for person in graph)


def mean_nearness(graph: Graph) -> Fraction:
    """Average over ordered pairs one over the steps between them, with 0 for those who can't reach each other.

    Unlike the mean distance it is defined when somebody can't be reached, and never falls when a tie is added.

    Parameters
    ----------
    graph : networkx.Graph or networkx.DiGraph
        Not modified.

    Returns
    -------
    Fraction
        From 0 (no ties) to 1 (everybody has a tie to everybody); 0 for fewer than two people.

    References
    ----------
    Latora, V., & Marchiori, M. (2001). Efficient behavior of small-world networks. *Physical Review Letters* 87,
    198701.

    Examples
    --------
    A row of three: four pairs one step apart, two pairs two steps.

    >>> print(mean_nearness(nx.path_graph(3)))
    5/6
    """
    steps: dict[int, int] = {}
    for person in graph:
        for distance in nx.single_source_shortest_path_length(graph, person).values():
            steps[distance] = steps.get(distance, 0) + 1
    near = sum((Fraction(count, distance) for distance, count in steps.items() if distance), Fraction(0))
    return near / (len(graph) * (len(graph) - 1)) if len(graph) > 1 else near


def busiest_load(graph: Graph) -> int:
    """Count how many people the busiest person has to listen to.

    Parameters
    ----------
    graph : networkx.Graph or networkx.DiGraph
        Not modified.

    Returns
    -------
    int
        The largest in-degree, or degree where ties have no direction; 0 without people.

    Examples
    --------
    >>> busiest_load(nx.DiGraph([(0, 2), (1, 2), (2, 0)]))
    2
    """
    degrees = graph.in_degree() if graph.is_directed() else graph.degree()  # type: ignore[attr-defined]  # the stubs know no DiGraph here
    return max((int(degree) for _, degree in degrees), default=0)


def absent_ties(
    graph: Graph, starts: Iterable[Hashable] | None = None, ends: Iterable[Hashable] | None = None
) -> list[Tie]:
    """List the ties that could be added.

    Parameters
    ----------
    graph : networkx.Graph or networkx.DiGraph
        Not modified.
    starts, ends : iterable of hashable, optional
        Where a new tie may start and end; everybody without it.

    Returns
    -------
    list of pair of hashable
        In the order of `starts`, then of `ends`. Without directions each pair comes once.

    Raises
    ------
    ValueError
        If a start or an end is not in the network.

    Examples
    --------
    >>> absent_ties(nx.DiGraph([(0, 1), (1, 2)]), ends=[0])
    [(1, 0), (2, 0)]
    """
    sides = [list(graph.nodes if side is None else dict.fromkeys(side)) for side in (starts, ends)]
    for name, people in zip(("starts", "ends"), sides, strict=True):
        _check_people(graph, name, people)
    absent: dict[Tie, None] = {}
    for start in sides[0]:
        for end in sides[1]:
            twice = not graph.is_directed() and (end, start) in absent
            if start != end and not graph.has_edge(start, end) and not twice:
                absent[start, end] = None
    return list(absent)


def greedy_additions(
    graph: Graph,
    candidates: Sequence[Tie],
    objective: Objective,
    budget: Number,
    costs: Mapping[Tie, Number] | None = None,
) -> Additions:
    """Add the tie that gains most for its cost, again and again, while money lasts and something is gained.

    Parameters
    ----------
    graph : networkx.Graph or networkx.DiGraph
        Not modified.
    candidates : sequence of pair of hashable
        Ties that may be added; among equals the first is taken.
    objective : function of a network that gives a number
        What is to grow.
    budget : int, float or Fraction
        What all ties may cost together, in the unit of `costs`.
    costs : mapping of pair to int, float or Fraction, optional
        What each candidate costs, above 0; 1 each without it.

    Returns
    -------
    Additions
        With equal costs the gain is at least ``objective.guarantee(candidates, count)`` of the best one, where the
        objective gives such a guarantee. With unequal costs there is none.

    Raises
    ------
    ValueError
        If a candidate is no pair of the network's people, is there already or comes twice, or the budget or a cost
        is outside its range.

    References
    ----------
    Nemhauser, G. L., Wolsey, L. A., & Fisher, M. L. (1978). An analysis of approximations for maximizing submodular
    set functions I. *Mathematical Programming* 14, 265-294.

    Examples
    --------
    Speaking to 1 also reaches 2.

    >>> plan = greedy_additions(nx.DiGraph([(0, 9), (1, 2), (3, 9)]), [(0, 3), (0, 1)], ReachedFrom((0,)), budget=1)
    >>> plan.ties, plan.values
    (((0, 1),), (1, 3))
    """
    prices = _prices(graph, candidates, costs)
    left = number("budget", budget, "units of cost", 0)
    grown, chosen, values = graph.copy(), [], [objective(graph)]
    while open_ties := [tie for tie in candidates if tie not in chosen and prices[tie] <= left]:
        worth = {tie: _with(grown, tie, objective) for tie in open_ties}
        best = max(open_ties, key=lambda tie: (worth[tie] - values[-1]) / prices[tie])
        if worth[best] <= values[-1]:
            break
        grown.add_edge(*best)
        chosen.append(best)
        values.append(worth[best])
        left -= prices[best]
    return Additions(tuple(chosen), tuple(values), sum((prices[tie] for tie in chosen), Fraction(0)))


def best_additions(
    graph: Graph,
    candidates: Sequence[Tie],
    objective: Objective,
    budget: Number,
    costs: Mapping[Tie, Number] | None = None,
) -> Additions:
    """Try every set of ties that the budget allows and keep the best.

    Parameters
    ----------
    graph : networkx.Graph or networkx.DiGraph
        Not modified.
    candidates : sequence of pair of hashable
        Ties that may be added. The budget may allow 100,000 sets of them at most.
    objective : function of a network that gives a number
        What is to be as large as possible.
    budget : int, float or Fraction
        What all ties may cost together, in the unit of `costs`.
    costs : mapping of pair to int, float or Fraction, optional
        What each candidate costs, above 0; 1 each without it.

    Returns
    -------
    Additions
        No affordable set is worth more. Among equals the cheapest, then the one whose candidates come first.

    Raises
    ------
    ValueError
        If a candidate is no pair of the network's people, is there already or comes twice, the budget or a cost is
        outside its range, or there are too many sets to try.

    Examples
    --------
    Neither arc alone takes a message from 0 to the three people behind 2, so that greedy prefers 0 to 9. Both together
    do.

    >>> apart = nx.DiGraph([(2, 3), (2, 4)])
    >>> apart.add_nodes_from([0, 1, 9])
    >>> ways = [(1, 2), (0, 9), (0, 1)]
    >>> best_additions(apart, ways, ReachedFrom((0,)), budget=2).values
    (0, 0, 4)
    >>> greedy_additions(apart, ways, ReachedFrom((0,)), budget=2).values
    (0, 1, 2)
    """
    prices = _prices(graph, candidates, costs)
    limit = number("budget", budget, "units of cost", 0)
    sets = list(islice(_affordable(candidates, prices, limit), _MOST_SETS + 1))
    if len(sets) > _MOST_SETS:
        raise ValueError(
            f"budget is {budget!r}; with {len(candidates)} candidates it allows more than {_MOST_SETS} sets, "
            f"the most that are tried."
        )

    def rank(ties: tuple[Tie, ...]) -> tuple[Number, Number]:
        grown = graph.copy()
        grown.add_edges_from(ties)
        return objective(grown), -sum(prices[tie] for tie in ties)

    best = max(sets, key=rank)
    values, grown = [objective(graph)], graph.copy()
    for tie in best:
        grown.add_edge(*tie)
        values.append(objective(grown))
    return Additions(best, tuple(values), sum((prices[tie] for tie in best), Fraction(0)))


def _within(graph: Graph, sources: tuple[Hashable, ...], steps: int | None) -> set[Hashable]:
    """Everybody whom the sources reach in so many steps, and the sources themselves."""
    _check_people(graph, "sources", sources)
    found, newest = set(sources), set(sources)
    if steps is not None:
        whole("within", steps, "steps")
    while newest and steps != 0:
        newest = {friend for person in newest for friend in graph[person]} - found
        found |= newest
        steps = None if steps is None else steps - 1
    return found


def _guarantee(count: int) -> Fraction:
    """Nemhauser, Wolsey and Fisher's share for `count` ties."""
    return 1 - (1 - Fraction(1, whole("count", count, "ties", 1))) ** count


def _affordable(
    candidates: Sequence[Tie], prices: Mapping[Tie, float | Fraction], limit: float | Fraction
) -> Iterator[tuple[Tie, ...]]:
    """All sets of candidates that cost no more than the limit, the empty one first."""
    yield ()
    for place, tie in enumerate(candidates):
        if prices[tie] <= limit:
            for rest in _affordable(candidates[place + 1 :], prices, limit - prices[tie]):
                yield (tie, *rest)


def _with(graph: Graph, tie: Tie, objective: Objective) -> Number:
    """The objective if this tie were there."""
    graph.add_edge(*tie)
    value = objective(graph)
    graph.remove_edge(*tie)
    return value


def _prices(graph: Graph, candidates: Sequence[Tie], costs: Mapping[Tie, Number] | None) -> dict[Tie, float | Fraction]:
    """The cost of each candidate; refuse candidates that can't be added."""
    prices: dict[Tie, float | Fraction] = {}
    for tie in candidates:
        start, end = tie
        _check_people(graph, "candidates", tie)
        again = tie in prices or (not graph.is_directed() and (end, start) in prices)
        if start == end or graph.has_edge(start, end) or again:
            raise ValueError(f"candidates contains {tie!r}; each must be a new tie between two people, listed once.")
        if costs is not None and tie not in costs:
            raise ValueError(f"costs has no entry for {tie!r}; it must have one for each candidate (units of cost).")
        prices[tie] = Fraction(1) if costs is None else number(f"costs[{tie!r}]", costs[tie], "units of cost", above=0)
    return prices


def _check_people(graph: Graph, name: str, people: Iterable[Hashable]) -> None:
    """Refuse people who are not in the network."""
    for person in people:
        if person not in graph:
            raise ValueError(f"{name} contains {person!r}, which is not in the graph of {len(graph)} people.")
