"""Assignment 9, worked out from the definitions: by trying quantities, orders of arrival, and shortest paths."""

import csv
from collections import deque
from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "course" / "data" / "io_membership_two_mode.csv"


def table() -> dict[str, set[str]]:
    """The bodies of each country, from the file itself."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row.pop("country"): {body for body, said in row.items() if said == "1"} for row in csv.DictReader(file)}


def river(own: int, muara: int, tambak: int, cost: int) -> dict[str, Any]:
    """Try every quantity in steps of a twelfth, and keep the best for those who sign."""
    steps = [Fraction(n, 12) for n in range(12 * 30)]

    def best(worth: int) -> Fraction:
        return max(steps, key=lambda q: worth * q - Fraction(cost) * q**2 / 2)

    def upstream(q: Fraction) -> Fraction:
        return own * q - Fraction(cost) * q**2 / 2

    alone, agreed, pair = best(own), best(own + muara + tambak), best(own + muara)
    return {
        "alone": alone,
        "agreed": agreed,
        "least": upstream(alone) - upstream(agreed),
        "most": (muara + tambak) * (agreed - alone),
        "free": tambak * (pair - alone),
    }


def shares(**drawn: int) -> dict[str, Any]:
    """The average over the orders of arrival; and the loudest objection to an equal split."""
    named = {"P": "padma", "R": "rengas", "S": "seruni", "PR": "pr", "PS": "ps", "RS": "rs", "PRS": "all"}
    costs = {group: drawn[name] for group, name in named.items()} | {"": 0}
    paid = dict.fromkeys("PRS", Fraction(0))
    for order in permutations("PRS"):
        for place, region in enumerate(order):
            before, after = ("".join(sorted(order[:end])) for end in (place, place + 1))
            paid[region] += Fraction(costs[after] - costs[before], 6)
    each = Fraction(drawn["all"], 3)
    worst = max(len(group) * each - cost for group, cost in costs.items() if 0 < len(group) < 3)
    return {named[region]: share for region, share in paid.items()} | {"objection": worst}


def bridged(country: str, bodies: list[str], least: int, countries: dict[str, Any]) -> int:
    """Pairs of a country's acquaintances that do not know each other."""
    met = {
        frozenset(pair)
        for pair in combinations(countries, 2)
        if sum(body in countries[pair[0]] and body in countries[pair[1]] for body in bodies) >= least
    }
    return sum(
        {frozenset((one, country)), frozenset((other, country))} <= met and frozenset((one, other)) not in met
        for one, other in combinations(countries, 2)
        if country not in (one, other)
    )


def ties(bodies: list[str], partner: str) -> dict[str, Any]:
    """The six countries of the table on paper."""
    world = table()
    six = {name: world[name] for name in ("India", "Indonesia", "Japan", "Malaysia", "Turkiye", "Vietnam")}
    inside = {"OIC", "NAM", *bodies}
    pairs = sum(len(six[one] & six[other] & inside) >= 2 for one, other in combinations(six, 2))
    return {
        "shared": len(six["Indonesia"] & six[partner] & inside),
        "ties": pairs,
        "density": Fraction(pairs, 15),
        "bridged": bridged("Indonesia", sorted(inside), 2, six),
    }


def brokerage(bodies: set[str], least: int, who: str = "Indonesia") -> Fraction:
    """The share of shortest paths between others that pass through a country, by counting paths."""
    world = table()
    known = {
        one: {two for two in world if two != one and len(world[one] & world[two] & bodies) >= least} for one in world
    }

    def paths(start: str) -> tuple[dict[str, int], dict[str, int]]:
        far, count, queue = {start: 0}, {start: 1}, deque([start])
        while queue:
            here = queue.popleft()
            for there in known[here]:
                if there not in far:
                    far[there], count[there] = far[here] + 1, 0
                    queue.append(there)
                if far[there] == far[here] + 1:
                    count[there] += count[here]
        return far, count

    found = {one: paths(one) for one in world}
    middle_far, middle_count = found[who]
    total = Fraction(0)
    others = [name for name in world if name != who]
    for one, other in combinations(others, 2):
        far, count = found[one]
        if other in far and who in far and far[who] + middle_far[other] == far[other]:
            total += Fraction(count[who] * middle_count[other], count[other])
    return total / Fraction(len(others) * (len(others) - 1), 2)


def boundary(pair: list[str], out: str, added: str) -> dict[str, Any]:
    """Four boundaries of thirty countries."""
    bodies = {"ASEAN", "APEC", "OIC", "NAM", *pair}
    return {
        "yours": brokerage(bodies, 2),
        "without": brokerage(bodies - {out}, 2),
        "with": brokerage(bodies | {added}, 2),
        "three": brokerage(bodies, 3),
    }


SOLVERS = {
    "ps09-river": river,
    "ps09-shares": shares,
    "ps09-ties": ties,
    "ps09-ties-code": bridged,
    "ps09-boundary": boundary,
}
