"""Assignment 1, worked out from the definitions: nodes and lines in sets, pieces by spreading from node to node."""

import csv
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[2] / "course" / "data" / "definitions_two_mode.csv"
LETTERS = "ABCDEFGHIJKL"


def coded() -> dict[int, set[str]]:
    """The letters of the components that each definition names, by its number in the table."""
    with TABLE.open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    return {
        number: {letter for letter, cell in zip(LETTERS, row[1:], strict=True) if cell == "1"}
        for number, row in enumerate(rows, 1)
    }


def pieces(definitions: dict[Any, set[str]]) -> list[int]:
    """How many nodes each piece has, definitions and components together."""
    lines = {(number, letter) for number, named in definitions.items() for letter in named}
    left: set[Any] = set(definitions) | {letter for _, letter in lines}
    sizes = []
    while left:
        reached = {next(iter(left))}
        while grown := {node for line in lines if set(line) & reached for node in line} - reached:
            reached |= grown
        sizes.append(len(reached))
        left -= reached
    return sizes


def graph(out: list[int], dropped: list[str]) -> dict[str, int]:
    """The student's own network."""
    mine = {number: named - set(dropped) for number, named in coded().items() if number not in out}
    back = {number: named - (set(dropped) - {"A"}) for number, named in coded().items() if number not in out}
    degrees = [sum(letter in named for named in mine.values()) for letter in LETTERS]
    return {
        "top": max(degrees),
        "ties": sum(degrees),
        "pieces": len(pieces(mine)),
        "largest": max(pieces(mine)),
        "again": len(pieces(back)),
    }


def measure(definitions: list[list[str]], component: str) -> list[int]:
    """Degree of a component and number of pieces."""
    numbered = {number: set(named) for number, named in enumerate(definitions)}
    return [sum(component in named for named in numbered.values()), len(pieces(numbered))]


SOLVERS = {"ps01-graph": graph, "ps01-graph-code": measure}
