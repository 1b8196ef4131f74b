"""Assignment 5, worked out from the definitions: by listing teams and votes, with exact fractions."""

from fractions import Fraction
from itertools import combinations, product
from statistics import mean
from typing import Any

POOL = [Fraction(tenths, 10) for tenths in (3, 5, 7, 9, 11, 13, 15, 17)]
ROPE = [Fraction(percent, 100) for percent in (100, 93, 85, 77, 70, 63, 56, 49)]


def _exact(value: float) -> Fraction:
    """The fraction that a decimal stands for."""
    return Fraction(str(value))


def _made(size: int, slack: float, joined: Any) -> Fraction:
    """What teams of one size make on average, drawn from the eight people, after they have slackened."""
    teams = [Fraction(joined(team)) for team in combinations(POOL, size)]
    return sum(teams) / len(teams) * (1 - _exact(slack) * (1 - ROPE[size - 1]))


def _best(cost: Fraction, slack: float, joined: Any) -> int:
    """The size that leaves most after each pair has been paid for."""
    left = {size: _made(size, slack, joined) - cost * len(list(combinations(range(size), 2))) for size in range(1, 9)}
    return max(left, key=lambda size: left[size])


def size(slack: float, cost: float) -> dict[str, Any]:
    """Rope, riddle, chain; the dearest link at which three solve a riddle best, by trying the slider's steps."""
    best = _best(_exact(cost), slack, sum)
    return {
        "best": best,
        "last": _made(best, slack, sum) - _made(best - 1, slack, sum),
        "links": (best - 1) * _exact(cost),
        "riddle": max(step for step in (Fraction(n, 100) for n in range(41)) if _best(step, slack, max) == 3),
        "weakest": _made(3, slack, min) - 3 * _exact(cost),
    }


def synergy(
    fold: list[int], folded: int, chain: list[int], chained: int, design: list[int], designed: int
) -> dict[str, Any]:
    """A pile, a line, the best one, and the comparison that flatters."""
    return {
        "fold": folded - sum(fold),
        "chain": chained - min(chain),
        "design": designed - max(design),
        "average": designed - mean(design),
    }


def losses(pseudo: int, real: int) -> dict[str, Any]:
    """From 100 to the pseudo-group people slacken, from there to the real one they get out of step."""
    slack, coordination = 100 - pseudo, pseudo - real
    return {
        "slack": slack,
        "coordination": coordination,
        "share": 100 * slack / (slack + coordination),
        "named": real + slack,
    }


def tempe(setup: float, kept: float) -> dict[str, Any]:
    """Average over every way in which the others keep or break their word; the balance by halving an interval."""

    def day(people: int, chance: Fraction) -> Fraction:
        hours = 8 - _exact(setup) * (4 // people)
        weights = []
        for words in product((True, False), repeat=people - 1):
            weight = Fraction(1)
            for word in words:
                weight *= chance if word else 1 - chance
            weights.append(weight * hours if all(words) else Fraction(0))
        return sum(weights, Fraction(0))

    chance = _exact(kept)
    low, high = Fraction(1, 100), Fraction(1)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if day(4, middle) < day(2, middle) else (low, middle)
    average = {people: day(people, chance) for people in (1, 2, 4)}
    return {
        "two": average[2],
        "four": average[4],
        "best": max(average, key=lambda people: average[people]),
        "needed": low,
    }


def _exactly(people: int, chance: Fraction) -> list[Fraction]:
    """How likely 0, 1, 2 … people are right, adding one person after the other."""
    likely = [Fraction(1)]
    for _ in range(people):
        right, wrong = [chance * each for each in likely], [(1 - chance) * each for each in likely]
        likely = [a + b for a, b in zip([Fraction(0), *right], [*wrong, Fraction(0)], strict=True)]
    return likely


def majority(people: int, chance: float) -> float:
    """More right than wrong."""
    return float(sum(_exactly(people, _exact(chance))[people // 2 + 1 :]))


def five_votes(chance: float) -> dict[str, Any]:
    """Five people, by listing all 32 ways to vote."""
    likely = dict.fromkeys(range(6), Fraction(0))
    for votes in product((True, False), repeat=5):
        weight = Fraction(1)
        for right in votes:
            weight *= _exact(chance) if right else 1 - _exact(chance)
        likely[sum(votes)] += weight
    won = likely[3] + likely[4] + likely[5]
    return {
        "five": likely[5],
        "four": likely[4],
        "three": likely[3],
        "majority": won,
        "mirror": likely[0] + likely[1] + likely[2],
    }


SOLVERS = {
    "ps05-size": size,
    "ps05-synergy": synergy,
    "ps05-losses": losses,
    "ps05-tempe": tempe,
    "ps05-majority": five_votes,
    "ps05-majority-code": majority,
}
