"""Power by generating functions beside a list of all coalitions, for parliaments that still can be listed.

The shares must be the same. Sixty parties, 1.15e18 coalitions, are only for the first of the two.

    python benchmarks/coalitions.py [--parties 16]
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction

from jejaring.coalitions import banzhaf_index, shapley_shubik_index

SLOWEST = 2.0  # seconds for sixty parties

Index = Callable[[Sequence[int], int], list[Fraction]]


def chamber(parties: int) -> tuple[list[int], int]:
    weights = [1 + (7 * party) % 23 for party in range(parties)]
    return weights, sum(weights) // 2 + 1


def listed_banzhaf(weights: Sequence[int], quota: int) -> list[Fraction]:
    swings = [0] * len(weights)
    for coalition in range(2 ** len(weights)):
        inside = [party for party in range(len(weights)) if coalition >> party & 1]
        seats = sum(weights[party] for party in inside)
        for party in inside:
            swings[party] += seats - weights[party] < quota <= seats
    return [Fraction(count, sum(swings)) for count in swings]


def timed(index: Index, parties: int) -> tuple[float, list[Fraction]]:
    weights, quota = chamber(parties)
    start = time.perf_counter()
    shares = index(weights, quota)
    return time.perf_counter() - start, shares


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare generating functions with listing all coalitions.")
    parser.add_argument("--parties", type=int, default=16, help="how many parties are listed")
    parties = parser.parse_args().parties
    (ours, shares), (theirs, listed) = timed(banzhaf_index, parties), timed(listed_banzhaf, parties)
    print(f"Banzhaf, {parties} parties: {1000 * ours:.1f} ms, listed {theirs:.2f} s, ratio {theirs / ours:.0f}x")
    print(f"the same shares: {'yes' if shares == listed else 'NO'}")
    banzhaf, shapley = timed(banzhaf_index, 60)[0], timed(shapley_shubik_index, 60)[0]
    quick = max(banzhaf, shapley) <= SLOWEST
    print(f"60 parties: Banzhaf {1000 * banzhaf:.1f} ms, Shapley-Shubik {1000 * shapley:.1f} ms")
    print(f"goal: at most {SLOWEST:g} s: {'met' if quick else 'MISSED'}")
    return 0 if quick and shares == listed else 1


if __name__ == "__main__":
    sys.exit(main())
