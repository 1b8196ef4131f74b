"""Assignment 2, worked out from the definitions: best replies, weeks played one by one, and a village of its own."""

from fractions import Fraction
from functools import cache
from random import Random
from typing import Any


def game(together: int, only_you: int, only_other: int, nobody: int) -> str:
    """Name a game by what is best if the other joins, and what is best if not."""
    if_joins, if_not = together > only_other, only_you > nobody
    if if_joins:
        return "harmony" if if_not else "stag"
    if if_not:
        return "chicken"
    return "dilemma" if together > nobody else "deadlock"


def games(**stories: list[int]) -> dict[str, str]:
    """Five stories."""
    return {story: game(*numbers) for story, numbers in stories.items()}


def threshold(both: int, tempted: int, none: int, alone: int) -> dict[str, Any]:
    """Two temptations: one that costs something in all later weeks, one that costs something once."""
    gain, loss = tempted - both, both - none
    # gain = loss * p / (1 - p), solved for p; and gain = p * (both - alone).
    forever, once = Fraction(gain, gain + loss), Fraction(gain, both - alone)
    return {"gain": gain, "loss": loss, "grim": forever, "copycat": max(forever, once)}


def scores(both: int, tempted: int, none: int, weeks: int) -> dict[str, Any]:
    """Totals by counting how often each of the four results occurs; the number of weeks is even."""
    return {
        "friends": weeks * both,
        "fooled": (weeks - 1) * none,
        "drainer": tempted + (weeks - 1) * none,
        "turns": both + (weeks // 2 - 1) * tempted,
        "slip": 2 * both + (weeks - 2) // 2 * tempted,
    }


def street_lights(houses: int, money: int, times: int) -> dict[str, Any]:
    """What is kept, and a part of the fund."""
    part = Fraction(times, houses)
    return {
        "mpcr": part,
        "all": part * houses * money,
        "rider": money + part * (houses - 1) * money,
        "lone": part * money,
        "lost": (times - 1) * money,
        "enough": houses,
    }


def two_weeks(first: int, riders: int) -> dict[str, Any]:
    """One squad that stays together."""
    gift = 0.9 * first
    seen = (3 - riders) * gift / 3
    belief = first + (seen - first) / 2
    return {"gift": gift, "seen": seen, "belief": belief, "next": 0.9 * belief}


@cache
def last_week(riders: int, first: int, weeks: int, seed: int) -> float:
    """Mean gift in the last week of one village of forty, drawn as the model says it draws."""
    chance = Random(seed)
    seats = list(range(40))
    chance.shuffle(seats)
    expected, given = [float(first)] * 40, [0.0] * 40
    for _ in range(weeks):
        for house in range(40):
            if house < 38 - riders:
                given[house] = 0.9 * expected[house]
            elif house < 40 - riders:
                given[house] = chance.uniform(0, 20)
        order = list(seats)
        chance.shuffle(order)
        for start in range(0, 40, 4):
            squad = order[start : start + 4]
            for house in squad:
                others = sum(given[other] for other in squad if other != house) / 3
                expected[house] = (expected[house] + others) / 2
    return sum(given) / 40


def deaths(riders: int, first: int, weeks: int, draw: int) -> int:
    """How many of five villages end below two hours."""
    return [last_week(riders, first, weeks, draw + place) < 2 for place in range(5)].count(True)


def smallest(first: int, weeks: int, draw: int) -> int:
    """Search upwards for the first number of free riders that kills three."""
    riders = 0
    while deaths(riders, first, weeks, draw) < 3:
        riders += 1
    return riders


def village(first: int, weeks: int, draw: int) -> dict[str, Any]:
    """The report."""
    riders = smallest(first, weeks, draw)
    return {
        "houses": riders,
        "dead": deaths(riders, first, weeks, draw),
        "before": deaths(riders - 1, first, weeks, draw),
        "longer": smallest(first, 2 * weeks, draw),
    }


def first_row(ends: list[list[float]]) -> int:
    """The first row whose middle village is dead: then at least three are."""
    return [sorted(five)[2] < 2 for five in ends].index(True)


SOLVERS = {
    "ps02-games": games,
    "ps02-threshold": threshold,
    "ps02-scores": scores,
    "ps02-street-lights": street_lights,
    "ps02-two-weeks": two_weeks,
    "ps02-village": village,
    "ps02-village-code": first_row,
}
