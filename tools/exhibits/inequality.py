"""A village that trades by fair coins, with and without a levy, to look at."""

from functools import cache

from jejaring.figures import inequality as figures
from jejaring.figures.picture import Picture
from jejaring.inequality import Levy, YardSale, gini, group_shares, lorenz_curve, share_of_poorer, yard_sale

__all__ = ["gini_over_rounds", "lorenz_curves", "wealth_groups"]

LEVIES = (None, Levy(0.025, nisab=5), Levy(0.025, nisab=2), Levy(0.025, nisab=1))


@cache
def _sale(levy: Levy | None) -> YardSale:
    return yard_sale(500, 1000, start=100, stake=share_of_poorer(0.1), levy=levy, seed=4)


def gini_over_rounds() -> Picture:
    """The lower the nisab, the more equal."""
    return figures.gini_over_rounds({levy: _sale(levy).ginis for levy in LEVIES}, bet=0.3)


def lorenz_curves() -> Picture:
    """No levy, and the same rate at three thresholds."""
    held = {levy: _sale(levy).holdings for levy in LEVIES}
    curves = {levy: [(float(x), float(y)) for x, y in lorenz_curve(values)] for levy, values in held.items()}
    return figures.lorenz_curves(curves, {levy: float(gini(values)) for levy, values in held.items()})


def wealth_groups() -> Picture:
    """Fifths of the village, without a levy and with one."""
    return figures.wealth_groups(
        {levy: [float(share) for share in group_shares(_sale(levy).holdings, 5)] for levy in (LEVIES[0], LEVIES[2])}
    )
