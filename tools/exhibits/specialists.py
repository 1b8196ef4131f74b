"""Wheat and promises to look at."""

from fractions import Fraction

from jejaring.figures import specialists as figures
from jejaring.figures.picture import Picture
from jejaring.specialists import circles, expected_loaves, loaves_each

__all__ = ["wheat_and_promises"]


def wheat_and_promises() -> Picture:
    """Six trades, ten hours, an hour and a half for each change, eight promises kept of ten."""
    setup, kept = Fraction(3, 2), Fraction(4, 5)
    loaves = {
        people: (
            float(loaves_each(people, trades=6, hours=10, setup=setup)),
            float(expected_loaves(people, trades=6, hours=10, setup=setup, kept=kept)),
        )
        for people in circles(6)
    }
    return figures.wheat_and_promises(loaves, trades=6, kept=float(kept))
