"""Agreements between regions to look at."""

from jejaring.figures import regions as figures
from jejaring.figures.picture import Picture
from jejaring.language import word
from jejaring.regions import externality_treaty
from jejaring.sharing import equal_division, objections, proportional_division, shapley_value

__all__ = ["cost_division", "transfer_zone", "treaty_gain"]

COSTS = {"K": 120, "B": 140, "C": 90, "KB": 200, "KC": 160, "BC": 180, "KBC": 255}  # three made-up regions


def treaty_gain() -> Picture:
    """Gains of 2 upstream and 4 downstream, cost q²/2."""
    treaty = externality_treaty(2, 4, 1)
    alone, agreed, gain = map(float, (treaty.alone, treaty.agreed, treaty.gain))
    return figures.treaty_gain(alone, agreed, gain, own_gain=2, spillover=4, cost=1)


def transfer_zone() -> Picture:
    """The payments of the same agreement."""
    treaty = externality_treaty(2, 4, 1)
    assert treaty.transfer is not None
    return figures.transfer_zone(float(treaty.least), float(treaty.most), float(treaty.transfer))


def cost_division() -> Picture:
    """One landfill for three regions under three rules, one of which two regions reject."""
    costs = {frozenset(group): cost for group, cost in COSTS.items()}
    alone, total = {region: COSTS[region] for region in "KBC"}, COSTS["KBC"]
    rules = {
        "equal": equal_division(list(alone), total),
        "proportional": proportional_division(alone, total),
        "shapley": shapley_value(list(alone), costs),
    }
    rejected = {}
    for rule, shares in rules.items():
        for objection in objections(list(alone), costs, shares, costs=True)[:1]:
            rejected[rule] = (objection.coalition, float(objection.alone), float(objection.given))
    divided = {rule: {region: float(cost) for region, cost in shares.items()} for rule, shares in rules.items()}
    return figures.cost_division({"alone": alone, **divided}, unit=word("figure.million"), objecting=rejected)
