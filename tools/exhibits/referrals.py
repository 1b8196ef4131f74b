"""Hiring by word of mouth, to look at."""

from functools import cache

from jejaring.figures import referrals as figures
from jejaring.figures.picture import Picture
from jejaring.referrals import referral_hiring

__all__ = ["referral_gap"]


_RUNS = 100


@cache
def _gaps() -> dict[float, list[float]]:
    """Two groups of 200, with 70% and 50% at work; a tenth of the jobs falls vacant each round. Means of 100 runs."""
    gaps = {}
    for share in (0.0, 0.6, 1.0):
        runs = [
            referral_hiring((200, 200), (140, 100), 10, turnover=0.1, referral=share, homophily=0.8, seed=seed)
            for seed in range(_RUNS)
        ]
        gaps[share] = [
            float(sum(jobs.gap for jobs in jobs_of_runs)) / _RUNS for jobs_of_runs in zip(*runs, strict=True)
        ]
    return gaps


def referral_gap() -> Picture:
    """Ten rounds without referrals, with some, and with nothing else."""
    return figures.referral_gap(_gaps(), bet=0.1)
