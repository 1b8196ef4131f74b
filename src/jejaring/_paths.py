"""Shortest paths on numbered networks: everybody at once, one source at a time, or a sample of pairs.

A numbered network is two lists: for each node, whom its ties lead to (`after`) and whom they come from (`before`); in
an undirected network both are the same list.
"""

from collections.abc import Sequence
from random import Random

Lists = Sequence[Sequence[int]]

_BATCH = 8192  # starting points that walk together: one bit each, so a batch of 50,000 nodes takes about 150 MB


def distances(before: Lists) -> tuple[list[int], list[int], int]:
    """For each node, how many others reach it and the sum of their distances; then the longest distance of all.

    All starting points of a batch walk at once: the bits of one whole number say which of them have arrived at a node
    (multi-source search; Then, M., & others (2014). The more the merrier. *PVLDB* 8, 449-460).
    """
    count = len(before)
    reached, total, longest = [0] * count, [0] * count, 0
    for start in range(0, count, _BATCH):
        everybody = (1 << min(_BATCH, count - start)) - 1
        front = [1 << (node - start) if 0 <= node - start < _BATCH else 0 for node in range(count)]
        seen, step = list(front), 0
        while any(front):
            step += 1
            fresh = [0] * count
            for node, sources in enumerate(before):
                here = seen[node]
                if here != everybody:
                    for source in sources:
                        here |= front[source]
                    if here != seen[node]:
                        fresh[node] = here ^ seen[node]
                        seen[node] = here
                        reached[node] += fresh[node].bit_count()
                        total[node] += fresh[node].bit_count() * step
            front = fresh
        longest = max(longest, step - 1)
    return reached, total, longest


def betweenness(after: Lists, before: Lists) -> list[float]:
    """For each node, the sum over ordered pairs of others of the share of their shortest paths that pass it.

    One search from each node, then dependencies added up from the far end (Brandes 2001).
    """
    count = len(after)
    score = [0.0] * count
    for source in range(count):
        away, paths = [-1] * count, [0.0] * count
        away[source], paths[source] = 0, 1.0
        order = [source]
        for node in order:
            further = away[node] + 1
            for other in after[node]:
                if away[other] < 0:
                    away[other] = further
                    order.append(other)
                if away[other] == further:
                    paths[other] += paths[node]
        owed = [0.0] * count
        for node in reversed(order[1:]):
            share, nearer = (1 + owed[node]) / paths[node], away[node] - 1
            for other in before[node]:
                if away[other] == nearer:
                    owed[other] += paths[other] * share
            score[node] += owed[node]
    return score


def sampled_betweenness(after: Lists, before: Lists, samples: int, *, seed: int) -> list[float]:
    """For each node, the share of sampled pairs whose shortest path, drawn among all their shortest, passes it."""
    chance = Random(seed)
    count = len(after)
    hits = [0] * count
    for _ in range(samples):
        start = chance.randrange(count)
        end = (start + chance.randrange(1, count)) % count
        for node in _draw_path(after, before, start, end, chance):
            hits[node] += 1
    return [hit / samples for hit in hits]


def distance(after: Lists, before: Lists, start: int, end: int, without: tuple[int, int]) -> float:
    """Steps from start to end when one tie is closed; infinite when there is no way."""
    here, there, meeting = _meet(after, before, start, end, without)
    return here[meeting[0]][0] + there[meeting[0]][0] if meeting else float("inf")


Seen = dict[int, tuple[int, int]]
"""Steps from an end of the search, and the number of shortest ways there, by node."""


def _meet(
    after: Lists, before: Lists, start: int, end: int, without: tuple[int, int] | None = None
) -> tuple[Seen, Seen, list[int]]:
    """Search from both ends, the smaller edge first, until they meet: every shortest path has one meeting place."""
    closed = {without, without[::-1]} if without else set()
    seen: tuple[Seen, Seen] = ({start: (0, 1)}, {end: (0, 1)})
    edges, steps = [[start], [end]], [0, 0]
    while edges[0] and edges[1]:
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        ties, known = (after, before)[side], seen[side]
        steps[side] += 1
        found: dict[int, int] = {}
        for node in edges[side]:
            ways = known[node][1]
            for other in ties[node]:
                if other not in known and (node, other) not in closed:
                    found[other] = found.get(other, 0) + ways
        known.update({node: (steps[side], ways) for node, ways in found.items()})
        edges[side] = list(found)
        if meeting := [node for node in found if node in seen[1 - side]]:
            return *seen, meeting
    return *seen, []


def _draw_path(after: Lists, before: Lists, start: int, end: int, chance: Random) -> list[int]:
    """Draw one of the shortest paths, each as likely as the others; its inner nodes, none when there is no path."""
    here, there, meeting = _meet(after, before, start, end)
    if not meeting:
        return []
    (middle,) = chance.choices(meeting, [here[node][1] * there[node][1] for node in meeting])
    path = [middle]
    for seen, ties in ((here, before), (there, after)):
        node = middle
        while seen[node][0] > 0:
            nearer = [o for o in ties[node] if o in seen and seen[o][0] == seen[node][0] - 1]
            (node,) = chance.choices(nearer, [seen[other][1] for other in nearer])
            path.append(node)
    return [node for node in path if node not in (start, end)]
