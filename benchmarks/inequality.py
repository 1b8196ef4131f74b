"""Trades by fair coins in pure Python beside numpy: 500 people, 1,000 rounds, with and without a levy.

Both play the same game, with their own random numbers: a random pairing of all, a tenth of what the poorer has, a fair
coin. The last Gini coefficients are compared, so that both are seen to do the same. Needs the extra dev (numpy).

    python benchmarks/inequality.py [--runs 5]
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from jejaring.inequality import Levy, share_of_poorer, yard_sale

PEOPLE, ROUNDS, PART = 500, 1000, 0.1
LEVIES = {"no levy": None, "2.5%, nisab 1": Levy(0.025, nisab=1), "2.5%, nisab 5": Levy(0.025, nisab=5)}
SLOWEST = 1.0  # seconds
FURTHEST = 0.03  # between the two means of the last Gini coefficient

Run = Callable[[Levy | None, int], float]


def ours(levy: Levy | None, seed: int) -> float:
    return yard_sale(PEOPLE, ROUNDS, start=100, stake=share_of_poorer(PART), levy=levy, seed=seed).ginis[-1]


def theirs(levy: Levy | None, seed: int) -> float:
    chance = np.random.default_rng(seed)
    held = np.full(PEOPLE, 100.0)
    weights = np.arange(1 - PEOPLE, PEOPLE, 2)
    ginis = [0.0]
    for _ in range(ROUNDS):
        one, other = chance.permutation(PEOPLE).reshape(2, -1)
        paid = PART * np.minimum(held[one], held[other]) * chance.choice((-1, 1), PEOPLE // 2)
        held[one] += paid
        held[other] -= paid
        if levy is not None:
            due = np.where(held >= float(levy.nisab) * held.mean(), float(levy.rate) * held, 0.0)
            held -= due
            poorest = np.argsort(held, kind="stable")[: int(levy.receivers * PEOPLE)]
            held[poorest] += due.sum() / len(poorest)
        ginis.append(float(weights @ np.sort(held) / (PEOPLE * held.sum())))
    return ginis[-1]


def measure(run: Run, levy: Levy | None, runs: int) -> tuple[float, float]:
    """Median seconds, and the mean of the last Gini coefficients."""
    took, ends = [], []
    for seed in range(runs):
        start = time.perf_counter()
        ends.append(run(levy, seed))
        took.append(time.perf_counter() - start)
    return statistics.median(took), statistics.mean(ends)


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare our trades with numpy's.")
    parser.add_argument("--runs", type=int, default=5, help="how often each is run")
    runs = parser.parse_args().runs
    print(f"{'':16}{'pure Python':>14}{'numpy':>10}{'ratio':>8}{'Gini':>9}{'numpy':>8}")
    slowest = furthest = 0.0
    for name, levy in LEVIES.items():
        (own, gini), (numpy, other) = measure(ours, levy, runs), measure(theirs, levy, runs)
        print(f"{name:16}{own:>12.2f} s{numpy:>8.2f} s{own / numpy:>7.1f}x{gini:>9.3f}{other:>8.3f}")
        slowest, furthest = max(slowest, own), max(furthest, abs(gini - other))
    print(f"goal: at most {SLOWEST:g} s: {'met' if slowest <= SLOWEST else 'MISSED'}")
    print(f"goal: the same game, within {FURTHEST:g}: {'met' if furthest <= FURTHEST else 'MISSED'}")
    return 0 if slowest <= SLOWEST and furthest <= FURTHEST else 1


if __name__ == "__main__":
    sys.exit(main())
