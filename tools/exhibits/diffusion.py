"""Spreading to look at."""

from jejaring.diffusion import threshold_cascade as cascade
from jejaring.figures import diffusion as figures
from jejaring.figures.picture import Picture

__all__ = ["threshold_cascade"]


def threshold_cascade() -> Picture:
    """Two crowds that differ in one person."""
    return figures.threshold_cascade({"A": cascade(range(100)), "B": cascade([0, 2, *range(2, 100)])}, crowd=100)
