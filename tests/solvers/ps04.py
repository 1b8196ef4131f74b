"""Assignment 4, worked out from the definitions: mean gaps over all ordered pairs, balance points by bisection."""

from itertools import product
from typing import Any


def gini(incomes: list[float]) -> float:
    """Half the mean gap between two people, each also with itself, over the mean."""
    people, mean = len(incomes), sum(incomes) / len(incomes)
    gaps = [abs(one - other) for one, other in product(incomes, incomes)]
    return sum(gaps) / people**2 / (2 * mean)


def levied(wealth: list[int], rate: int, nisab: int) -> tuple[float, list[float]]:
    """What is paid, and what the houses hold once the poorest has received it."""
    threshold = nisab * sum(wealth) / len(wealth)
    payments = [house * rate / 100 if house >= threshold else 0 for house in wealth]
    left = [house - payment for house, payment in zip(wealth, payments, strict=True)]
    left[left.index(min(left))] += sum(payments)
    return sum(payments), left


def houses(wealth: list[int], rate: int) -> dict[str, Any]:
    """An alley with one levy and two thresholds."""
    paid, low = levied(wealth, rate, 1)
    _, high = levied(wealth, rate, 2)
    return {"before": gini(wealth), "paid": paid, "low": gini(low), "high": gini(high)}


def villages(incomes: list[int], people: int) -> dict[str, Any]:
    """Four families, their twins, the same with more, and a village where one has all."""
    return {
        "own": gini(incomes),
        "twins": gini([income for income in incomes for _ in range(2)]),
        "raised": gini([income + 5 for income in incomes]),
        "alone": gini([7] + [0] * (people - 1)),
    }


def waiting(cost: int, people: int) -> float:
    """How often each waits when getting up is worth as much as waiting, by halving the interval."""
    least, most = 0.0, 1.0
    for _ in range(60):
        middle = (least + most) / 2
        wait_is_better = 100 * (1 - middle ** (people - 1)) > 100 - cost
        least, most = (middle, most) if wait_is_better else (least, middle)
    return least


def watch(cost: int, people: int) -> dict[str, Any]:
    """Three houses, and many."""
    three = waiting(cost, 3)
    return {"others": three * three, "each": three, "three": three**3, "many": waiting(cost, people) ** people}


def kind_people(often: int, people: int) -> dict[str, Any]:
    """Witnesses who help with a fixed chance."""
    idle, enough = 1.0, 0
    while idle >= 0.05:
        idle *= 1 - often / 100
        enough += 1
    return {"two": (1 - often / 100) ** 2, "many": (1 - often / 100) ** people, "enough": enough}


SOLVERS = {
    "ps04-houses": houses,
    "ps04-gini-by-hand": villages,
    "ps04-gini": gini,
    "ps04-watch": watch,
    "ps04-kind-people": kind_people,
}
