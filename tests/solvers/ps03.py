"""Assignment 3, worked out from the definitions: by listing all coalitions, and by the formulas of the lesson."""

from itertools import chain, combinations
from typing import Any


def swings(seats: list[int], quota: int) -> tuple[int, list[int]]:
    """How many coalitions win, and how often each party is critical, by listing all coalitions."""
    winning, counts = 0, [0] * len(seats)
    for coalition in chain.from_iterable(combinations(range(len(seats)), size) for size in range(1, len(seats) + 1)):
        total = sum(seats[party] for party in coalition)
        winning += total >= quota
        for party in coalition:
            counts[party] += total >= quota > total - seats[party]
    return winning, counts


def chamber(seats: list[int], quota: int) -> dict[str, Any]:
    """A council of four."""
    winning, counts = swings(seats, quota)
    return {
        "winning": winning,
        "swings-a": counts[0],
        "banzhaf-a": counts[0] / sum(counts),
        "banzhaf-d": counts[3] / sum(counts),
    }


def five(seats: list[int]) -> dict[str, Any]:
    """A council of five."""
    _, counts = swings(seats, 27)
    found: dict[str, Any] = {f"swings-{party}": counts["abcde".index(party)] for party in "abce"}
    return found | {"banzhaf-a": counts[0] / sum(counts), "banzhaf-e": counts[4] / sum(counts)}


def index(seats: list[int], quota: int) -> list[float]:
    """Banzhaf's index."""
    _, counts = swings(seats, quota)
    return [count / sum(counts) for count in counts]


def nash(total: int, lereng: int, arang: int) -> dict[str, Any]:
    """The gain is divided, equally or by power."""
    gain = total - lereng - arang
    return {"gain": gain, "lereng": lereng + gain / 2, "arang": arang + gain / 2, "strong": lereng + 0.6 * gain}


def rubinstein(lereng: int, arang: int) -> dict[str, Any]:
    """Alternating offers; patience in per cent."""
    mine, yours = lereng / 100, arang / 100
    return {
        "opens": (1 - yours) / (1 - mine * yours),
        "answers": mine * (1 - yours) / (1 - mine * yours),
        "equal": 1 / (1 + mine),
    }


SOLVERS = {
    "ps03-chamber": chamber,
    "ps03-index-by-hand": five,
    "ps03-index": index,
    "ps03-nash": nash,
    "ps03-rubinstein": rubinstein,
}
