"""Who made how much of it, to look at."""

from jejaring.attributions import mean_shares, shares_by_order
from jejaring.figures import attributions as figures
from jejaring.figures.picture import Picture
from jejaring.language import language

__all__ = ["order_shares"]


def order_shares() -> Picture:
    """Innovation grows from 1 to 3, the network from 1 to 2, and the outcome is their product."""
    names = {"id": ["inovasi", "jejaring"], "en": ["innovation", "network"]}[language()]
    before, after = [1, 1], [3, 2]
    orders = {order: [float(part) for part in parts] for order, parts in shares_by_order(before, after).items()}
    return figures.order_shares(names, orders, [float(part) for part in mean_shares(before, after)])
