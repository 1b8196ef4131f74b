"""Assignment 7, worked out from the definitions: by listing shortest paths, contacts and groups."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

COMMITTEE = ("Bima", "Citra", "Dewi", "Edo", "Farid", "Gilang", "Hana", "Intan")


def neighbours(ties: Sequence[Any]) -> dict[str, set[str]]:
    """Whom each one knows."""
    found: dict[str, set[str]] = {}
    for tie in ties:
        one, other = tie.split("–") if isinstance(tie, str) else tie
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def shortest(known: dict[str, set[str]], start: str, end: str) -> list[list[str]]:
    """All shortest paths from one to another, by trying longer and longer ones."""
    paths = [[start]]
    while paths:
        arrived = [path for path in paths if path[-1] == end]
        if arrived:
            return arrived
        paths = [[*path, step] for path in paths for step in sorted(known[path[-1]]) if step not in path]
    return []


def betweenness(known: dict[str, set[str]], person: str) -> float:
    """The share of pairs of others whose shortest path passes, counted pair by pair."""
    pairs = list(combinations(sorted(set(known) - {person}), 2))
    shares = []
    for one, other in pairs:
        paths = shortest(known, one, other)
        shares.append(sum(person in path for path in paths) / len(paths) if paths else 0.0)
    return sum(shares) / len(pairs)


def largest_piece(known: dict[str, set[str]]) -> int:
    """How many hang together at most."""
    left, most = set(known), 0
    while left:
        piece, fresh = set(), {min(left)}
        while fresh:
            piece |= fresh
            fresh = {other for one in fresh for other in known[one]} - piece
        left -= piece
        most = max(most, len(piece))
    return most


def hand(ties: list[str]) -> dict[str, Any]:
    """A committee of eight."""
    known = neighbours(ties)
    without = {name: others - {"Edo"} for name, others in known.items() if name != "Edo"}
    return {
        "density": len(ties) / (8 * 7 / 2),
        "degree": max(map(len, known.values())),
        "edo": betweenness(known, "Edo"),
        "hana": betweenness(known, "Hana"),
        "left": largest_piece(without),
    }


def among(known: dict[str, set[str]], person: str) -> int:
    """How many ties there are among somebody's contacts."""
    return sum(other in known[one] for one, other in combinations(sorted(known[person]), 2))


def size(ties: Sequence[Any], person: Any) -> float:
    """Burt's effective size, from his own sum: of each contact what the other contacts don't reach already."""
    known: dict[Any, set[Any]] = {}
    for one, other in ties:
        known.setdefault(one, set()).add(other)
        known.setdefault(other, set()).add(one)
    mine = known[person]
    return float(sum(1 - len(known[contact] & mine) / len(mine) for contact in mine))


def effective(ties: list[str]) -> dict[str, Any]:
    """Three market traders."""
    known, pairs = neighbours(ties), [tie.split("–") for tie in ties]
    return {"among": among(known, "Bella")} | {name.lower(): size(pairs, name) for name in ("Bella", "Eka", "Hadi")}


def survivors(wide: int, won: int, few: int, late: int) -> dict[str, Any]:
    """A table of two by two, and the same table once the late ones have moved."""
    table = {("wide", True): won, ("wide", False): wide - won, ("not", True): few, ("not", False): 1000 - wide - few}
    start = table | {("wide", True): won - late, ("not", True): few + late}

    def rate(cells: dict[tuple[str, bool], int], row: str) -> float:
        return 100 * cells[row, True] / (cells[row, True] + cells[row, False])

    return {
        "book": 100 * table["wide", True] / (table["wide", True] + table["not", True]),
        "failed": 100 * table["wide", False] / (table["wide", False] + table["not", False]),
        "wide": rate(table, "wide"),
        "narrow": rate(table, "not"),
        "wide-before": rate(start, "wide"),
        "narrow-before": rate(start, "not"),
    }


SOLVERS = {
    "ps07-hand": hand,
    "ps07-effective": effective,
    "ps07-effective-code": size,
    "ps07-survivors": survivors,
}
