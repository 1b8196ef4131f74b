"""Bargains to look at."""

from jejaring.bargaining import nash_solution, rubinstein_shares
from jejaring.figures import bargaining as figures
from jejaring.figures.picture import Picture
from jejaring.language import word

__all__ = ["agreement_zone", "bargaining_frontier", "patience_curve"]


def bargaining_frontier() -> Picture:
    """A hundred to divide, 20 and 40 without an agreement."""
    first, second = map(float, nash_solution(100, (20, 40)))
    return figures.bargaining_frontier(
        100, (20, 40), (first, second), names=("Rina", "Budi"), unit=word("figure.million"), bet=50
    )


def patience_curve() -> Picture:
    """Patience of 0.9 against 0.8."""
    return figures.patience_curve(
        [(step / 10, float(rubinstein_shares(step / 10, 0.8)[0])) for step in range(10)],
        (0.9, float(rubinstein_shares(0.9, 0.8)[0])),
        names=("Rina", "Budi"),
        other_patience=0.8,
        bet=0.5,
    )


def agreement_zone() -> Picture:
    """A seller who takes 60, a buyer who pays 90."""
    return figures.agreement_zone(60, 90, price=75, unit=word("figure.million"))
