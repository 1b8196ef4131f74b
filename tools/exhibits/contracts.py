"""Contracts to look at."""

from fractions import Fraction

from jejaring.contracts import (
    Year,
    break_even_sales,
    diversified_sd,
    franchise,
    mudharabah,
    revenue_sharing,
)
from jejaring.figures import contracts as figures
from jejaring.figures.picture import Picture
from jejaring.finance import break_even_years, npv_by_year, steady_flows
from jejaring.language import word

__all__ = ["bot_value", "franchise_break_even", "profit_and_loss_split", "revenue_or_profit", "venture_risk"]


def bot_value() -> Picture:
    """A building for 100 that earns 12 a year."""
    flows = steady_flows(-100, 12, 30)
    with_interest, without = ([float(value) for value in npv_by_year(flows, rate)] for rate in (0.1, 0))
    return figures.bot_value(with_interest, without, rate=0.1, unit=word("figure.contracts.unit"), limit=30, bet=15)


def profit_and_loss_split() -> Picture:
    """A loss of 50 up to a profit of 100, shared 60:40."""
    results = range(-50, 101, 10)
    contract = mudharabah(Fraction(3, 5))
    shared = [contract(Year(max(result, 0), fixed=max(-result, 0))) for result in results]
    parties = {word(f"figure.contracts.{party}"): [float(each[party]) for each in shared] for party in shared[0]}
    return figures.profit_and_loss_split(results, parties, name="Mudharabah 60:40", unit=word("figure.contracts.unit"))


def franchise_break_even() -> Picture:
    """A shop with a margin of 35% and fixed costs of 240; royalty 5%, advertising 2%, fee 150."""
    margin, royalty, levy = Fraction(35, 100), Fraction(5, 100), Fraction(2, 100)
    sales = range(400, 1401, 100)
    terms = franchise(royalty, levy)
    years = [Year(sold, (1 - margin) * sold, 240) for sold in sales]
    profit = terms(Year(1200, (1 - margin) * 1200, 240))["franchisee"]
    repaid = break_even_years(150, profit, 0)
    assert repaid is not None
    return figures.franchise_break_even(
        sales,
        [float(year.profit) for year in years],
        [float(terms(year)["franchisee"]) for year in years],
        break_even=(float(break_even_sales(240, margin)), float(break_even_sales(240, margin, royalty, levy))),
        unit=word("figure.contracts.unit"),
        payback=(1200, float(profit), 150, float(repaid)),
    )


def revenue_or_profit() -> Picture:
    """Sales of 1,000, costs of 700, and 30% for the financier."""
    year, part = Year(1000, goods=700), Fraction(30, 100)
    by_revenue, by_profit = (
        (float(shared["financier"]), float(shared["manager"]))
        for shared in (revenue_sharing(part)(year), mudharabah(part)(year))
    )
    return figures.revenue_or_profit(
        by_revenue, by_profit, sales=1000, costs=700, share=0.3, unit=word("figure.contracts.unit")
    )


def venture_risk() -> Picture:
    """Two projects with a standard deviation of 100 each."""
    shares = [step / 20 for step in range(21)]
    curves = {
        correlation: [diversified_sd([100, 100], [part, 1 - part], correlation) for part in shares]
        for correlation in (0.0, 0.5, 1.0)
    }
    return figures.venture_risk(shares, curves, unit=word("figure.contracts.unit"))
