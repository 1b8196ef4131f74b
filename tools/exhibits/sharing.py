"""Gains and costs to look at."""

from jejaring.figures import sharing as figures
from jejaring.figures.picture import Picture
from jejaring.language import word
from jejaring.sharing import (
    airport_shares,
    airport_steps,
    equal_division,
    objections,
    proportional_division,
    shapley_value,
)

__all__ = ["runway_shares", "who_gets_what"]


def who_gets_what() -> Picture:
    """A landfill for three regions: equal shares drive two of them away."""
    costs = {"K": 120, "B": 140, "C": 90, "KB": 200, "KC": 160, "BC": 180, "KBC": 255}
    worth = {frozenset(members): cost for members, cost in costs.items()}
    divisions = {
        "equal": equal_division("KBC", 255),
        "proportional": proportional_division({region: costs[region] for region in "KBC"}, 255),
        "shapley": shapley_value("KBC", worth),
    }
    return figures.who_gets_what(
        {rule: {region: float(share) for region, share in shares.items()} for rule, shares in divisions.items()},
        {rule: objections("KBC", worth, shares, costs=True) for rule, shares in divisions.items()},
        unit=word("figure.million"),
        costs=True,
    )


def runway_shares() -> Picture:
    """Four planes that need a longer runway each."""
    needs = {"A": 8, "B": 11, "C": 13, "D": 18}
    shares = {plane: float(share) for plane, share in airport_shares(needs).items()}
    return figures.runway_shares(airport_steps(needs), shares, unit=word("figure.million"))
