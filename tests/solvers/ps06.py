"""Assignment 6, worked out from the definitions in plain Python: by listing years, orders, cases and squares."""

from itertools import count, permutations
from math import sqrt
from random import Random
from typing import Any


def years(*, high: int, gain: int, low: int, loss: int, nisbah: int, own: int, cut: int) -> dict[str, Any]:
    """Four papers, a good year and a bad one."""
    owned = own / 200
    return {
        "trust-gain": gain * (100 - nisbah) / 100,
        "trust-loss": 0,
        "partner-gain": gain / 2,
        "partner-loss": loss * owned,
        "venture-gain": gain * owned,
        "venture-loss": loss * owned,
        "sales-gain": gain - cut * high / 100,
        "sales-loss": loss + cut * low / 100,
    }


def luck(fall: int, commission: int) -> dict[str, Any]:
    """Two thousand years of two shops: sales 700 to 1,500, a margin of 35%, fixed costs of 240."""
    chance = Random(6)
    first, second = ([chance.triangular(700, 1500, 1000) * (100 - fall) / 100 for _ in range(2000)] for _ in range(2))

    def lost(results: list[float]) -> float:
        return 100 * sum(result < 0 for result in results) / len(results)

    def agent(percent: int) -> float:
        return lost([percent * sales / 100 - 240 for sales in first])

    return {
        "shop": lost([0.35 * sales - 240 for sales in first]),
        "agent": agent(commission),
        "franchisee": lost([0.28 * sales - 240 for sales in first]),
        "operator": lost([0.35 * sales - 260 for sales in first]),
        "owner": lost([0.35 * (one + other) / 2 - 240 for one, other in zip(first, second, strict=True)]),
        "limit": next(percent for percent in count(10) if agent(percent) < 50),
    }


def swing(good: int, bad: int) -> dict[str, Any]:
    """Average and standard deviation of equally frequent cases."""

    def spread(cases: list[float]) -> tuple[float, float]:
        mean = sum(cases) / len(cases)
        return mean, sqrt(sum((case - mean) ** 2 for case in cases) / len(cases))

    shop = [good, -bad]
    one, half = spread([*shop]), spread([(first + second) / 2 for first in shop for second in shop])
    same = spread([(each + each) / 2 for each in shop])
    return {"mean": one[0], "sd": one[1], "half-mean": half[0], "apart": half[1], "same": same[1]}


def name(margin: int, fixed: int, royalty: int, levy: int, sales: int) -> dict[str, Any]:
    """Break-even, and the price of a name."""
    left = (margin - royalty - levy) / 100
    return {
        "own": fixed / (margin / 100),
        "brand": fixed / left,
        "profit": left * sales - fixed,
        "same": margin / 100 * sales / left,
    }


def worth(flows: list[float], rate: float) -> float:
    """Net present value, by taking the interest off from the last year back to today."""
    value = 0.0
    for money in reversed(flows):
        value = value / (1 + rate) + money
    return value


def now(price: int, flows: list[int], rate: int) -> dict[str, Any]:
    """Three years on somebody's land."""
    return {
        "first": worth([0, flows[0]], rate / 100),
        "third": worth([0, 0, 0, flows[2]], rate / 100),
        "npv": worth([-price, *flows], rate / 100),
        "late": worth([-price, 0, *flows], rate / 100),
    }


def land(rate: int, yearly: int, wants: int) -> dict[str, Any]:
    """Which lengths of a contract suit the operator and the landowner."""
    operator = {years: worth([-100, *[yearly] * years], rate / 100) for years in range(1, 41)}
    owner = {years: worth([0, *[1] * (years - 1), 61], rate / 100) for years in range(1, 41)}
    both = [years for years in range(1, 41) if operator[years] >= 0 and owner[years] >= wants]
    return {
        "shortest": both[0],
        "longest": both[-1],
        "operator": operator[both[-1]],
        "owner": owner[both[0]],
    }


def three(alone: list[int], st: int, su: int, tu: int, together: int) -> dict[str, Any]:
    """What each adds in the six orders, and when an equal division is refused."""
    earned = {"": 0, "s": alone[0], "t": alone[1], "u": alone[2], "st": st, "su": su, "tu": tu, "stu": together}

    def adds(order: tuple[str, ...], person: str) -> int:
        before = sorted(order[: order.index(person)])
        return earned["".join(sorted([*before, person]))] - earned["".join(before)]

    value = {person: sum(adds(order, person) for order in permutations("stu")) / 6 for person in "stu"}
    return {
        "adds": adds(("u", "s", "t"), "s"),
        "sekar": value["s"],
        "tari": value["t"],
        "umar": value["u"],
        "limit": max(3 * earned[group] / len(group) for group in ("s", "t", "u", "st", "su", "tu")),
    }


def members(members: int, surplus: int, services: int, capital: int, buys: int, saves: int) -> dict[str, Any]:
    """One member's part of a cooperative's surplus, and of its votes."""
    trade, saved = surplus * services / 100 * buys / 300, surplus * capital / 100 * saves / 60
    moved = surplus * (services + 5) / 100 * buys / 300 + surplus * (capital - 5) / 100 * saves / 60
    return {
        "trade": trade,
        "saved": saved,
        "total": trade + saved,
        "shift": moved - trade - saved,
        "vote": 100 / members,
    }


def index(sales: list[int], total: int) -> float:
    """Sum of the squared shares in per cent; the home makers' squares are zero."""
    return sum((100 * sold / total) ** 2 for sold in sales)


def merged(sales: list[int], plan: str) -> list[int]:
    """The factories after plan P (the first and the last) or Q (the third and the fourth)."""
    a, b, c, d, e, f = sales
    return [a + f, b, c, d, e] if plan == "p" else [a, b, c + d, e, f]


def market(sales: list[int], times: int) -> dict[str, Any]:
    """Two plans in one city."""
    return {
        "share": sales[0] / 4,
        "before": index(sales, 400),
        "p": index(merged(sales, "p"), 400) - index(sales, 400),
        "q-after": index(merged(sales, "q"), 400),
        "wide": index(merged(sales, "p"), 400 * times) - index(sales, 400 * times),
    }


def verdict(sales: list[int]) -> str:
    """Which plans pass both limits of 2013."""
    passed = "".join(
        plan for plan in "pq" if (after := index(merged(sales, plan), 400)) > 1800 and after - index(sales, 400) > 150
    )
    return {"p": "p", "q": "q", "pq": "both", "": "neither"}[passed]


SOLVERS = {
    "ps06-years": years,
    "ps06-luck": luck,
    "ps06-swing": swing,
    "ps06-name": name,
    "ps06-now": now,
    "ps06-now-code": worth,
    "ps06-land": land,
    "ps06-three": three,
    "ps06-members": members,
    "ps06-market": market,
    "ps06-verdict": verdict,
}
