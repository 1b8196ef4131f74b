"""Panels of the lessons: a model, a few controls, a picture. Words come in here, models stay free of them."""

from jejaring.panels.bargaining import alternating_offers, market
from jejaring.panels.coalitions import coalition_builder, power_race

__all__ = ["alternating_offers", "coalition_builder", "market", "power_race"]
