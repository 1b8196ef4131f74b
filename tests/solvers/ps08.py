"""Assignment 8, worked out from the definitions: by following arrows from hand to hand, in plain Python."""

from fractions import Fraction
from typing import Any

Arcs = list[tuple[str, str]]

INSIDE = ("Kartika", "Wira", "Gita", "Gani", "Gusti", "Toni")
OUTSIDE = ("Oda", "Oki", "Osi", "Omar", "Sari", "Sandi", "Sinta", "Alif", "Ambar", "Leo", "Rusdi", "Bima")
FOR_ALL = [("Ambar", "Gita"), ("Rusdi", "Ambar"), ("Bima", "Sinta")]
FOR_ONE = {
    "Oda": ("Oda", "Wira"),
    "Oki": ("Oki", "Wira"),
    "Osi": ("Oki", "Kartika"),
    "Sari": ("Oda", "Kartika"),
    "Sandi": ("Oki", "Kartika"),
}
"""For each who may complain, an arc by which all five around Oki are heard, and that one by Kartika in two steps."""


def rounds(arcs: Arcs, source: str) -> list[set[str]]:
    """Who first knows at step 0, 1, 2 and so on."""
    new, known, found = {source}, {source}, [{source}]
    while new := {other for one, other in arcs if one in new} - known:
        known |= new
        found.append(new)
    return found


def steps(arcs: Arcs, source: str, listeners: set[str]) -> int | None:
    """After how many steps the first of the listeners knows, if ever."""
    return next((step for step, new in enumerate(rounds(arcs, source)) if new & listeners), None)


def back(arcs: Arcs) -> Arcs:
    """Every arrow turned round."""
    return [(other, one) for one, other in arcs]


def answered(arcs: Arcs) -> int:
    """How many arrows have one the other way."""
    return len(set(arcs) & set(back(arcs)))


def read(arrows: list[str]) -> Arcs:
    """Arrows as the prompt writes them."""
    return [(arrow[0], arrow[-1]) for arrow in arrows]


def arrows(arrows: list[str]) -> dict[str, Any]:
    """A school of eight."""
    arcs = read(arrows)
    return {
        "hear": sum(map(len, rounds(arcs, "O")[1:])),
        "steps": steps(arcs, "O", {"K"}),
        "load": sum(other == "K" for _, other in arcs),
        "answered": Fraction(answered(arcs), len(arcs)),
        "voices": sum(map(len, rounds(back(arcs), "K")[1:])),
    }


def layers(arrows: list[str]) -> dict[str, Any]:
    """Ten people, step by step."""
    one, two, three = map(len, rounds(read(arrows), "A")[1:])
    return {"one": one, "two": two, "three": three, "never": 9 - one - two - three}


def reached(arrows: list[list[str]], source: str) -> list[str]:
    """Everybody who knows in the end."""
    arcs = [(one, other) for one, other in arrows]
    return sorted(set().union(*rounds(arcs, source)[1:]))


def relays(chance: int, short: int, long: int) -> dict[str, Any]:
    """Two ways, by all that can happen: with Toni's desk as the last handover of both, it has to work."""
    works = Fraction(chance, 100)
    one, other = works**short, works**long
    to_desk = works ** (short - 1) + works ** (long - 1) - works ** (short + long - 2)
    return {"short": one, "long": other, "either": one + other - one * other, "desk": works * to_desk}


def redesign(sender: str, budget: int, network: Any, start: Any) -> dict[str, Any]:
    """A school in which all twelve are heard, for eight hours at most."""
    people = list(start)
    arcs = [*start.edges, FOR_ONE[sender], *FOR_ALL]
    assert marks(arcs, list(start.edges), sender, budget) == [1] * 5
    return {"people": people, "ties": [[people.index(a), people.index(b), 1] for a, b in arcs], "directed": True}


def marks(arcs: Arcs, old: Arcs, sender: str, budget: int) -> list[float]:
    """How far each of the five requirements is met."""
    heard = count_heard(arcs)
    new = set(arcs) - set(old)
    prices = {"Kartika": 4, "Wira": 3} | dict.fromkeys(INSIDE[2:], 2) | dict.fromkeys(OUTSIDE, 1)
    loads = [sum(other == name for _, other in arcs) for name in prices]
    arrived = steps(arcs, sender, {"Kartika"})
    worth = 1 if len(new) <= 5 else 0.5
    counts = heard >= 10
    return [
        worth * (arrived is not None and arrived <= 2),
        worth * [0, 0, 0, 0, 0, 0, 1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1, 1][heard],
        counts and loads[0] <= 3 and max(loads) <= 5,
        counts and sum(prices[other] for _, other in new) <= budget,
        counts and len(new) <= 5 and set(old) <= set(arcs),
    ]


def count_heard(arcs: Arcs) -> int:
    """How many of those outside the management hears within three steps."""
    arrivals = [steps(arcs, name, {"Kartika", "Wira"}) for name in OUTSIDE]
    return sum(step is not None and step <= 3 for step in arrivals)


def own(network: Any, start: Any) -> dict[str, Any]:
    """The load of a design."""
    arcs = list(network.edges)
    return {
        "most": max(sum(other == name for _, other in arcs) for name in (*INSIDE, *OUTSIDE)),
        "answered": Fraction(answered(arcs), len(arcs)),
        "leo": steps(arcs, "Leo", {"Kartika", "Wira"}) or 0,
        "without": count_heard([arc for arc in arcs if "Toni" not in arc]),
    }


def stop(spent: int, cost: int, benefit: int, old: int, new: int) -> dict[str, Any]:
    """What is spent has no say."""
    return {
        "old": Fraction(old * benefit, 100) - cost,
        "new": Fraction(new * benefit, 100) - cost - 1,
        "limit": Fraction(cost + 1, benefit),
    }


SOLVERS = {
    "ps08-arrows": arrows,
    "ps08-layers": layers,
    "ps08-reached": reached,
    "ps08-relays": relays,
    "ps08-redesign": redesign,
    "ps08-own": own,
    "ps08-stop": stop,
}
