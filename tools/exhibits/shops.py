"""One shop and its contracts to look at."""

from functools import cache

from jejaring.figures import shops as figures
from jejaring.figures.picture import Picture
from jejaring.shops import Shop, Spread, describe, eight_deals, random_years, spreads

__all__ = ["shop_contracts"]


@cache
def _found(fall: float) -> tuple[Spread, dict[str, dict[str, Spread]]]:
    """2,000 years under seed 6: of the shop, and of each party."""
    years = random_years(Shop(), 2000, seed=6, fall=fall)
    return describe([year.profit for year in years]), spreads(years, eight_deals(Shop()))


def shop_contracts() -> Picture:
    """Sales fall by 30%; the reader thought of the financier first."""
    shop, shares = _found(0.3)
    return figures.shop_contracts(shop, shares, fall=0.3, bet=("mudharabah", "financier"))
