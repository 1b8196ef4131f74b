"""Mergers and cooperatives to look at."""

from fractions import Fraction

from jejaring.companies import member_surplus, merger_effect
from jejaring.figures import companies as figures
from jejaring.figures.picture import Picture
from jejaring.language import word

__all__ = ["merger_concentration", "surplus_split"]

MARKET = [40, 30, 20, 10]  # per cent, firms A to D
MEMBERS = {"Sari": (10, 5), "Joko": (30, 1), "Wati": (4, 12)}  # trade and savings, of 200 and 50


def merger_concentration() -> Picture:
    """Four firms, of which two small or two large ones join."""
    small, large = merger_effect(MARKET, 2, 3), merger_effect(MARKET, 0, 1)
    after = {"C + D": float(small.after), "A + B": float(large.after)}
    return figures.merger_concentration(float(small.before), after, level=1800)


def surplus_split() -> Picture:
    """Three members: one trades and saves a little, one trades much, one saves much."""
    paid = {
        name: member_surplus(
            100,
            sales=sales,
            total_sales=200,
            savings=savings,
            total_savings=50,
            services_share=Fraction(30, 100),
            capital_share=Fraction(20, 100),
        )
        for name, (sales, savings) in MEMBERS.items()
    }
    members = {name: (float(each.services), float(each.capital)) for name, each in paid.items()}
    return figures.surplus_split(members, surplus=100, unit=word("figure.million"))
