"""Exact expected scores by Markov chain beside the same scores by simulation, in one run.

Sixteen strategies that remember one round, everybody against everybody and their twins, 200 turns, with noise. What
the simulation still misses after so many matches of each pair is printed beside its time.

    python benchmarks/tournaments.py [--repetitions 20] [--noise 0.01]
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from jejaring.strategies import MemoryOne
from jejaring.tournaments import Tournament, expected_round_robin, round_robin

PLAYERS, TURNS, SLOWEST_MS = 16, 200, 50


def timed(run: Callable[[], Tournament]) -> tuple[float, Tournament]:
    start = time.perf_counter()
    result = run()
    return 1000 * (time.perf_counter() - start), result


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare the Markov chain with simulation.")
    parser.add_argument("--repetitions", type=int, default=20, help="matches of each pair in the simulation")
    parser.add_argument("--noise", type=float, default=0.01)
    given = parser.parse_args()
    source = random.Random(16)
    players = [MemoryOne(source.random(), [source.random() for _ in range(4)]) for _ in range(PLAYERS)]
    rounds = [timed(lambda: expected_round_robin(players, TURNS, noise=given.noise)) for _ in range(20)]
    chain, expected = statistics.median(took for took, _ in rounds), rounds[0][1]
    simulation, played = timed(
        lambda: round_robin(players, TURNS, seed=1, noise=given.noise, repetitions=given.repetitions)
    )
    apart = max(
        abs(float(ours or 0) - float(theirs or 0))
        for row, other in zip(expected.scores, played.scores, strict=True)
        for ours, theirs in zip(row, other, strict=True)
    )
    print(f"{PLAYERS} x {PLAYERS} pairs, {TURNS} turns, noise {given.noise}")
    print(f"chain, median of 20            {chain:10.1f} ms")
    print(f"simulation, {given.repetitions:3} matches a pair {simulation:10.0f} ms")
    print(f"ratio                          {simulation / chain:10.0f}x")
    print(f"largest difference             {apart:10.3f} points per turn")
    print(f"goal: at most {SLOWEST_MS} ms: {'met' if chain <= SLOWEST_MS else 'MISSED'}")
    return 0 if chain <= SLOWEST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
