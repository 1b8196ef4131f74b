"""The capstone, worked out from the definitions in plain Python: by walking, by counting paths, by listing outcomes."""

from itertools import combinations, product
from random import Random
from typing import Any

SMALL = (("Ani", "Budi"), ("Budi", "Citra"), ("Citra", "Dodi"))


def neighbours(people: list[Any], ties: list[tuple[Any, Any]]) -> dict[Any, set[Any]]:
    """Who is tied to whom."""
    found: dict[Any, set[Any]] = {person: set() for person in people}
    for one, other in ties:
        found[one].add(other)
        found[other].add(one)
    return found


def walk(near: dict[Any, set[Any]], start: Any) -> tuple[dict[Any, int], dict[Any, int]]:
    """Steps from the start, and the number of shortest paths, for all who can be reached."""
    steps, paths, newest = {start: 0}, {start: 1}, [start]
    while newest:
        following: dict[Any, int] = {}
        for person in newest:
            for other in near[person] - steps.keys():
                following[other] = following.get(other, 0) + paths[person]
        steps |= dict.fromkeys(following, steps[newest[0]] + 1)
        paths |= following
        newest = list(following)
    return steps, paths


def pieces(near: dict[Any, set[Any]]) -> list[int]:
    """Sizes of the parts that hang together."""
    seen: set[Any] = set()
    found = []
    for person in near:
        if person not in seen:
            part = walk(near, person)[0].keys()
            seen |= part
            found.append(len(part))
    return found


def between(near: dict[Any, set[Any]]) -> dict[Any, float]:
    """For each, the share of shortest paths between two others, averaged over all pairs of others."""
    walks = {person: walk(near, person) for person in near}
    others = (len(near) - 1) * (len(near) - 2) / 2
    found = dict.fromkeys(near, 0.0)
    for one, other in combinations(near, 2):
        steps, paths = walks[one]
        if other not in steps:
            continue
        for person in near.keys() - {one, other}:
            there, back = walks[person]
            if person in steps and steps[person] + there[other] == steps[other]:
                found[person] += paths[person] * back[other] / paths[other]
    return {person: count / others if others else 0.0 for person, count in found.items()}


def mean_distance(near: dict[Any, set[Any]]) -> float:
    """Steps between those who can reach each other."""
    found = [step for person in near for step in walk(near, person)[0].values() if step]
    return sum(found) / len(found) if found else 0.0


def parts(network: Any) -> tuple[list[Any], list[tuple[Any, Any]], list[tuple[Any, Any]]]:
    """People, ties, and the ties with the planned one."""
    people, ties = list(network.nodes), list(network.edges)
    one, other = (person for person in people if person.startswith("*"))
    return people, ties, [*ties, (one, other)]


def measures(network: Any) -> dict[str, float]:
    """The five measures."""
    people, ties = list(network.nodes), list(network.edges)
    near = neighbours(people, ties)
    triples = sum(len(around) * (len(around) - 1) for around in near.values())
    closed = sum(other in near[one] for around in near.values() for one, other in product(around, around))
    return {
        "density": len(ties) / (len(people) * (len(people) - 1) / 2) if len(people) > 1 else 0.0,
        "distance": mean_distance(near),
        "transitivity": closed / triples if triples else 0.0,
        "degree": max(map(len, near.values())),
        "betweenness": max(between(near).values()),
    }


def brokers(network: Any) -> list[Any]:
    """Those of highest betweenness, in the order of the alphabet, stars aside."""
    scores = between(neighbours(list(network.nodes), list(network.edges)))
    best = [person for person in scores if scores[person] > max(scores.values()) - 1e-9]
    return sorted(best, key=lambda person: (person.strip("* ").casefold(), person))


def change(network: Any) -> dict[str, float]:
    """With the planned tie, and without the broker."""
    people, ties, planned = parts(network)
    gone = brokers(network)[0]
    left = [person for person in people if person != gone]
    without, with_tie = (
        len(pieces(neighbours(left, [tie for tie in some if gone not in tie]))) for some in (ties, planned)
    )
    near = neighbours(people, planned)
    return {
        "distance": mean_distance(near),
        "betweenness": max(between(near).values()),
        "pieces-without": without,
        "pieces-with": with_tie,
    }


def small(chance: int) -> dict[str, float]:
    """Every tie of the four passes the news or not: list all cases."""

    def outcomes(ties: tuple[tuple[str, str], ...]) -> tuple[float, float]:
        citra = everybody = 0.0
        for passes in product((True, False), repeat=len(ties)):
            weight = 1.0
            for passed in passes:
                weight *= chance / 100 if passed else 1 - chance / 100
            near = neighbours(["Ani", "Budi", "Citra", "Dodi"], [t for t, ok in zip(ties, passes, strict=True) if ok])
            reached = walk(near, "Ani")[0]
            citra += weight * ("Citra" in reached)
            everybody += weight * len(reached)
        return citra, everybody

    before, after = outcomes(SMALL), outcomes((*SMALL, ("Ani", "Citra")))
    return {"citra-before": before[0], "all-before": before[1], "citra-after": after[0], "all-after": after[1]}


def spread(chance: int, network: Any) -> dict[str, float]:
    """Ties pass the news or not, thousands of times; who is in a piece hears what anybody there knows."""
    people, ties, planned = parts(network)

    def mean(some: list[tuple[Any, Any]], draw: Random, runs: int = 4000) -> float:
        found = 0
        for _ in range(runs):
            near = neighbours(people, [tie for tie in some if draw.random() < chance / 100])
            found += sum(size * size for size in pieces(near))
        return found / runs / len(people)

    return {"before": mean(ties, Random(11)), "after": mean(planned, Random(12))}


SOLVERS = {
    "capstone-small": small,
    "capstone-spread": spread,
    "capstone-measures": measures,
    "capstone-broker": brokers,
    "capstone-change": change,
}
