"""Messages on arrows: whom they reach, how late, through whom, and what gets lost on the way.

A network is a ``networkx.DiGraph``; an arc from A to B means that A tells B. An arc may carry two attributes: `delay`,
the steps that it takes (a whole number, 1 without it: a hostile or slow channel takes more), and `chance`, the
probability that a message on it arrives (1 without it).
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from random import Random
from typing import Any, TypeAlias

import networkx as nx  # noqa: TC002  # the doctests use it

from jejaring._checks import share, whole

__all__ = [
    "Arrival",
    "arrival_chances",
    "cascade",
    "expected_reach",
    "news_by_step",
    "quickest_path",
    "relays",
    "send",
]

Graph: TypeAlias = "nx.DiGraph[Any]"

_MOST_UNSURE = 20  # unsure arcs for the exact probabilities: their work may double with each one


@dataclass(frozen=True)
class Arrival:
    """When a message arrives at somebody, and who told it.

    Parameters
    ----------
    step : int
        Steps since the start; 0 for the sources.
    teller : hashable or None
        Who told it; None for the sources.

    Examples
    --------
    >>> Arrival(step=2, teller="Budi").step
    2
    """

    step: int
    teller: Hashable | None


def send(graph: Graph, sources: Iterable[Hashable]) -> dict[Hashable, Arrival]:
    """Let a message spread along every arc, and note when it first arrives at each person.

    Parameters
    ----------
    graph : networkx.DiGraph
        Arcs may have a `delay`; `chance` is not used; not modified.
    sources : iterable of hashable
        Who knows the message at step 0.

    Returns
    -------
    dict of hashable to Arrival
        Those who are reached, the sources too, in the order of arrival. When two tell at the same step, the one who
        knew it first counts; when both learned it at once, the one who stands first here.

    Raises
    ------
    ValueError
        If the network has no directions, a source is not in it, or a delay is no whole number of steps from 1.

    References
    ----------
    Dijkstra, E. W. (1959). A note on two problems in connexion with graphs. *Numerische Mathematik* 1, 269-271.

    Examples
    --------
    The hostile arc takes five steps, the detour two.

    >>> talk = nx.DiGraph([("parent", "coach"), ("coach", "head")])
    >>> talk.add_edge("parent", "head", delay=5)
    >>> send(talk, ["parent"])["head"]
    Arrival(step=2, teller='coach')
    """
    _check_arrows(graph)
    known: dict[Hashable, Arrival] = {}
    waiting: list[tuple[int, int, int, Hashable, Hashable | None]] = []
    for place, source in enumerate(_check_people(graph, "sources", sources)):
        heappush(waiting, (0, place, 0, source, None))
    while waiting:
        step, _, _, person, teller = heappop(waiting)
        if person in known:
            continue
        known[person] = Arrival(step, teller)
        for place, (friend, arc) in enumerate(graph[person].items()):
            delay = whole("delay", arc.get("delay", 1), "steps", 1)
            if friend not in known:
                heappush(waiting, (step + delay, len(known), place, friend, person))
    return known


def news_by_step(arrivals: dict[Hashable, Arrival]) -> list[list[Hashable]]:
    """Name those who learn the message at each step.

    Parameters
    ----------
    arrivals : dict of hashable to Arrival
        As `send` gives them; not modified.

    Returns
    -------
    list of list of hashable
        For step 0 the sources, and so on to the last arrival; a list is empty where the message was still on its way.

    Examples
    --------
    >>> slow = nx.DiGraph([("A", "B")])
    >>> slow.add_edge("B", "C", delay=2)
    >>> news_by_step(send(slow, ["A"]))
    [['A'], ['B'], [], ['C']]
    """
    steps: list[list[Hashable]] = [[] for _ in range(1 + max((known.step for known in arrivals.values()), default=-1))]
    for person, known in arrivals.items():
        steps[known.step].append(person)
    return steps


def quickest_path(graph: Graph, source: Hashable, target: Hashable) -> tuple[Hashable, ...] | None:
    """Follow the message back from a target to its source.

    Parameters
    ----------
    graph : networkx.DiGraph
        Arcs may have a `delay`; not modified.
    source, target : hashable
        From whom, to whom.

    Returns
    -------
    tuple of hashable, or None
        Everybody through whom the message passes, both ends too; None when it never arrives.

    Raises
    ------
    ValueError
        If the network has no directions, somebody is not in it, or a delay is no whole number of steps from 1.

    Examples
    --------
    >>> talk = nx.DiGraph([("parent", "coach"), ("coach", "head")])
    >>> quickest_path(talk, "parent", "head")
    ('parent', 'coach', 'head')
    >>> quickest_path(talk, "head", "parent") is None
    True
    """
    _check_arrows(graph)
    _check_people(graph, "target", [target])
    known = send(graph, [source])
    if target not in known:
        return None
    path = [target]
    while (teller := known[path[-1]].teller) is not None:
        path.append(teller)
    return tuple(reversed(path))


def relays(graph: Graph, senders: Iterable[Hashable], target: Hashable) -> dict[Hashable, int]:
    """Count the messages that each person handles when every sender writes to the same target.

    Parameters
    ----------
    graph : networkx.DiGraph
        Arcs may have a `delay`; not modified.
    senders : iterable of hashable
        Each sends one message along its quickest path.
    target : hashable
        To whom.

    Returns
    -------
    dict of hashable to int
        For everybody, in the order of ``graph.nodes``: messages received and passed on, and for the target those
        received. A sender's own message isn't counted for the sender; messages that can't arrive aren't sent.

    Raises
    ------
    ValueError
        If the network has no directions, somebody is not in it, or a delay is no whole number of steps from 1.

    Examples
    --------
    >>> relays(nx.DiGraph([("A", "C"), ("B", "C"), ("C", "D")]), ["A", "B"], "D")
    {'A': 0, 'C': 2, 'B': 0, 'D': 2}
    """
    handled: dict[Hashable, int] = dict.fromkeys(graph, 0)
    for sender in senders:
        for person in (quickest_path(graph, sender, target) or ())[1:]:
            handled[person] += 1
    return handled


def cascade(graph: Graph, sources: Iterable[Hashable], *, seed: int) -> list[list[Hashable]]:
    """Let everybody who hears the message tell each neighbour once, with the chance of the arc.

    Parameters
    ----------
    graph : networkx.DiGraph
        Arcs may have a `chance`; `delay` is not used, each arc takes one step; not modified.
    sources : iterable of hashable
        Who knows the message at step 0.
    seed : int
        The same seed gives the same course.

    Returns
    -------
    list of list of hashable
        The sources, then those who hear it at each step, until nobody new does.

    Raises
    ------
    ValueError
        If the network has no directions, a source is not in it, or a chance is outside 0 to 1.

    References
    ----------
    Goldenberg, J., Libai, B., & Muller, E. (2001). Talk of the network: a complex systems look at the underlying
    process of word-of-mouth. *Marketing Letters* 12, 211-223.
    Kempe, D., Kleinberg, J., & Tardos, É. (2003). Maximizing the spread of influence through a social network. *KDD
    '03*, 137-146.

    Examples
    --------
    >>> sure = nx.DiGraph([("A", "B"), ("B", "C")])
    >>> sure.add_edge("C", "D", chance=0)
    >>> cascade(sure, ["A"], seed=1)
    [['A'], ['B'], ['C']]
    """
    _check_arrows(graph)
    chance = Random(seed)
    newest = _check_people(graph, "sources", sources)
    known, steps = set(newest), [newest]
    while newest:
        told = []
        for person in newest:
            for friend, arc in graph[person].items():
                if friend not in known and chance.random() < share("chance", arc.get("chance", 1)):
                    known.add(friend)
                    told.append(friend)
        newest = told
        steps.append(newest)
    return steps[:-1] if len(steps) > 1 else steps


def arrival_chances(graph: Graph, sources: Sequence[Hashable]) -> dict[Hashable, float | Fraction]:
    """Compute for each person the exact probability that the message arrives, by whatever way.

    Parameters
    ----------
    graph : networkx.DiGraph
        Arcs may have a `chance`. At most 20 arcs that a message can get to may be unsure (a chance above 0 and below
        1): the work may double with each one. Not modified.
    sources : sequence of hashable
        Who knows the message at the start.

    Returns
    -------
    dict of hashable to Fraction or float
        From 0 to 1, in the order of ``graph.nodes``; exact when all chances are whole numbers or fractions.

    Raises
    ------
    ValueError
        If the network has no directions, a source is not in it, a chance is outside 0 to 1, or too many are unsure.

    References
    ----------
    Moskowitz, F. (1958). The analysis of redundancy networks. *Transactions of the AIEE, Part I* 77, 627-632.

    Examples
    --------
    Two arcs of one half in a row, and a direct one of one third: 1 - (1 - 1/4)(1 - 1/3).

    >>> talk = nx.DiGraph()
    >>> talk.add_edge("A", "B", chance=Fraction(1, 2))
    >>> talk.add_edge("B", "C", chance=Fraction(1, 2))
    >>> talk.add_edge("A", "C", chance=Fraction(1, 3))
    >>> print(arrival_chances(talk, ["A"])["C"])
    1/2
    """
    _check_arrows(graph)
    start = frozenset(_check_people(graph, "sources", sources))
    arcs = [(one, other, share("chance", arc.get("chance", 1))) for one, other, arc in graph.edges(data=True)]
    possible, sure = graph.copy(), graph.copy()
    possible.remove_edges_from([(one, other) for one, other, odds in arcs if odds == 0])
    sure.remove_edges_from([(one, other) for one, other, odds in arcs if odds < 1])
    within = _downstream(possible, start)
    unsure = sum(one in within and 0 < odds < 1 for one, _, odds in arcs)
    if unsure > _MOST_UNSURE:
        raise ValueError(f"graph has {unsure} unsure arcs; at most {_MOST_UNSURE} (arcs with a chance below 1) can be.")
    chances: dict[Hashable, float | Fraction] = dict.fromkeys(graph, Fraction(0))

    def branch(known: frozenset[Hashable], tried: frozenset[int], weight: float | Fraction) -> None:
        # Follow one arc from those who know to one who doesn't: it works, or it doesn't.
        known = _downstream(sure, known)
        for place, (one, other, odds) in enumerate(arcs):
            if odds and place not in tried and one in known and other not in known:
                branch(known | {other}, tried, weight * odds)
                branch(known, tried | {place}, weight * (1 - odds))
                return
        for person in known:
            chances[person] += weight

    branch(start, frozenset(), Fraction(1))
    return chances


def expected_reach(graph: Graph, sources: Sequence[Hashable]) -> float | Fraction:
    """Compute how many people hear the message on average, the sources aside.

    Parameters
    ----------
    graph : networkx.DiGraph
        As for `arrival_chances`; not modified.
    sources : sequence of hashable
        Who knows the message at the start.

    Returns
    -------
    Fraction or float
        From 0 to the number of the others.

    Raises
    ------
    ValueError
        As `arrival_chances`.

    References
    ----------
    Kempe, D., Kleinberg, J., & Tardos, É. (2003). Maximizing the spread of influence through a social network. *KDD
    '03*, 137-146.

    Examples
    --------
    On a path with chance one half: 1/2 + 1/4.

    >>> path = nx.DiGraph()
    >>> path.add_edges_from([(0, 1), (1, 2)], chance=Fraction(1, 2))
    >>> print(expected_reach(path, [0]))
    3/4
    """
    return sum(arrival_chances(graph, sources).values(), Fraction(0)) - len(set(sources))


def _downstream(graph: Graph, people: Iterable[Hashable]) -> frozenset[Hashable]:
    """These people and all whom they can reach."""
    found = set(people)
    newest = found
    while newest:
        newest = {friend for person in newest for friend in graph[person]} - found
        found |= newest
    return frozenset(found)


def _check_arrows(graph: Graph) -> None:
    """Refuse networks without directions or with several arcs from one to the same other."""
    if not graph.is_directed() or graph.is_multigraph():
        raise ValueError(f"graph is a {type(graph).__name__}; it must be directed, one arc at most each way.")


def _check_people(graph: Graph, name: str, people: Iterable[Hashable]) -> list[Hashable]:
    """List people once each; refuse those who are not in the network."""
    listed = list(dict.fromkeys(people))
    for person in listed:
        if person not in graph:
            raise ValueError(f"{name} contains {person!r}, which is not in the graph of {len(graph)} people.")
    return listed
