"""Spreading to look at."""

from jejaring.diffusion import equilibrium, joiners
from jejaring.diffusion import threshold_cascade as cascade
from jejaring.figures import diffusion as figures
from jejaring.figures.picture import Picture

__all__ = ["threshold_cascade", "threshold_equilibrium", "threshold_sensitivity"]


def threshold_cascade() -> Picture:
    """Two crowds that differ in one person."""
    return figures.threshold_cascade({"A": cascade(range(100)), "B": cascade([0, 2, *range(2, 100)])}, crowd=100)


def threshold_equilibrium() -> Picture:
    """Thresholds around 25 of 100 people, on both sides of the jump."""
    deviations = (10.0, 15.0)
    curves = {
        deviation: [(float(at), joiners(at, people=100, mean=25, deviation=deviation)) for at in range(0, 101, 2)]
        for deviation in deviations
    }
    ends = {deviation: equilibrium(people=100, mean=25, deviation=deviation) for deviation in deviations}
    return figures.threshold_equilibrium(curves, ends, people=100)


def threshold_sensitivity() -> Picture:
    """Standard deviations from 2 to 60 people, finer around the jump."""
    deviations = [2, 4, 6, 8, 10, 11, 12, 12.2, 12.3, 13, 14, 16, 20, 25, 30, 40, 50, 60]
    ends = {deviation: equilibrium(people=100, mean=25, deviation=deviation) for deviation in deviations}
    return figures.threshold_sensitivity(ends, people=100, bet=20)
