"""One shop under eight contracts: whose luck it is, in the sample and in theory."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.contracts import Year, break_even_sales
from jejaring.shops import Deal, Shop, describe, eight_deals, random_years, share_years, spreads

SHOP = Shop()
YEARS = random_years(SHOP, 2000, seed=6)
STRUCK = random_years(SHOP, 2000, seed=6, fall=Fraction(3, 10))
DEALS = eight_deals(SHOP)
USUAL, HARD = spreads(YEARS, DEALS), spreads(STRUCK, DEALS)


def loss_probability(sales: float) -> float:
    """Chance that the shop sells less: the triangular distribution of 700, 1,000 and 1,500."""
    if sales <= 1000:
        return max(sales - 700, 0) ** 2 / (800 * 300)
    return 1 - max(1500 - sales, 0) ** 2 / (800 * 500)


@pytest.mark.parametrize("years", [YEARS, STRUCK], ids=["usual", "struck"])
@pytest.mark.parametrize("name", DEALS)
def test_in_every_year_the_parties_get_what_the_shop_earned(name, years):
    shared = share_years(years, DEALS[name].contract)
    for place, year in enumerate(years):
        assert float(sum(each[place] for each in shared.values())) == pytest.approx(float(year.profit), abs=1e-9)


@given(st.lists(st.fractions(0, 2000, max_denominator=10), min_size=1, max_size=5), st.sampled_from(list(DEALS)))
def test_exact_years_are_shared_exactly(sales, name):
    years = [SHOP.year(amount, second_profit=amount - 1000) for amount in sales]
    shared = share_years(years, DEALS[name].contract)
    assert [sum(money) for money in zip(*shared.values(), strict=True)] == [year.profit for year in years]


@pytest.mark.parametrize("name", DEALS)
def test_the_stakes_pay_for_the_shop(name):
    assert sum(DEALS[name].stakes.values()) == SHOP.capital
    assert list(USUAL[name]) == list(DEALS[name].stakes)


def test_only_advertising_and_a_second_shop_are_outside():
    outside = {name: set(DEALS[name].contract(YEARS[0])) - set(DEALS[name].stakes) for name in DEALS}
    assert {name: payees for name, payees in outside.items() if payees} == {
        "franchise": {"advertising"},
        "merger": {"second_shop"},
    }


def test_the_luck_is_that_of_the_triangular_distribution():
    from scipy import stats

    sales = [float(year.sales) for year in YEARS]
    assert stats.kstest(sales, stats.triang(300 / 800, 700, 800).cdf).pvalue > 0.01
    second = [(float(year.second_profit) + 240) / 0.35 for year in YEARS]
    assert stats.kstest(second, stats.triang(300 / 800, 700, 800).cdf).pvalue > 0.01
    assert abs(stats.pearsonr(sales, second).statistic) < 0.07  # 2000 independent pairs: sd 0.022


@pytest.mark.parametrize(
    ("name", "party", "sales"),
    [
        ("mudharabah", "financier", float(break_even_sales(240, 0.35))),
        ("musyarakah", "active_partner", float(break_even_sales(240, 0.35))),
        ("agency", "agent", 240 / 0.25),
        ("franchise", "franchisee", float(break_even_sales(240, 0.35, 0.05, 0.02))),
        ("bot", "operator", 260 / 0.35),
        ("joint_venture", "foreign_partner", float(break_even_sales(240, 0.35))),
        ("cooperative", "reserve", float(break_even_sales(240, 0.35))),
    ],
)
@pytest.mark.parametrize(("found", "kept"), [(USUAL, 1.0), (HARD, 0.7)], ids=["usual", "struck"])
def test_who_loses_how_often_is_as_in_theory(name, party, sales, found, kept):
    chance = loss_probability(sales / kept)
    error = math.sqrt(chance * (1 - chance) / 2000)
    assert found[name][party].loss_share == pytest.approx(chance, abs=4 * error)


def test_some_never_lose_whatever_the_luck():
    never = {("mudharabah", "manager"), ("agency", "principal"), ("franchise", "franchisor"), ("bot", "landowner")}
    never |= {("cooperative", "members")}
    safe = {(name, party) for name, each in HARD.items() for party, spread in each.items() if spread.worst >= 0}
    assert safe == never


def test_a_fall_of_30_percent_finds_those_who_promised_fixed_payments():
    order = sorted(((spread.loss_share, name) for name, each in HARD.items() for spread in each.values()), reverse=True)
    assert [name for _, name in order[:3]] == ["agency", "franchise", "bot"]
    without = {name for name, each in USUAL.items() if all(spread.loss_share == 0 for spread in each.values())}
    assert without == set(DEALS) - {"agency", "franchise", "bot"}


def test_a_merger_halves_luck_unless_it_is_the_same_for_both():
    alone = describe([year.profit for year in YEARS])
    merged = USUAL["merger"]["owner"]
    assert merged.mean == pytest.approx(alone.mean, rel=0.03)
    assert merged.sd == pytest.approx(alone.sd / math.sqrt(2), rel=0.03)
    both_struck = spreads(random_years(SHOP, 2000, seed=6, fall=0.3, second_fall=0.3), DEALS)["merger"]["owner"]
    assert HARD["merger"]["owner"].loss_share < 0.02
    assert both_struck.loss_share > 0.2


def test_the_same_seed_is_the_same_luck():
    assert random_years(SHOP, 50, seed=6) == random_years(SHOP, 50, seed=6)
    assert random_years(SHOP, 50, seed=6) != random_years(SHOP, 50, seed=7)
    assert all(
        struck.sales == pytest.approx(0.7 * usual.sales) and struck.second_profit == usual.second_profit
        for usual, struck in zip(YEARS, STRUCK, strict=True)
    )
    assert {year.profit for year in random_years(SHOP, 5, seed=1, fall=1)} == {-240}
    steady = random_years(Shop(low=1000, mode=1000, high=1000), 3, seed=1)
    assert [year.profit for year in steady] == pytest.approx([110] * 3)


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=60))
def test_a_spread_is_what_numpy_says(results):
    import numpy as np

    spread = describe(results)
    assert (spread.mean, spread.sd) == pytest.approx((np.mean(results), np.std(results)))
    found = (spread.low, spread.lower, spread.median, spread.upper, spread.high)
    assert found == pytest.approx(tuple(np.quantile(results, [0.05, 0.25, 0.5, 0.75, 0.95])))
    assert spread.worst == min(results)
    assert spread.loss_share == sum(result < 0 for result in results) / len(results)


def test_an_own_contract_flows_like_the_others():
    own = {"alone": Deal(lambda year: {"me": year.profit}, {"me": 500})}
    assert spreads(YEARS, own)["alone"]["me"] == describe([year.profit for year in YEARS])


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: Shop(low=900, mode=800), "mode is 800; it must be a finite number at least 900 .million rupiah"),
        (lambda: Shop(high=10), "high is 10; it must be a finite number at least 1000"),
        (lambda: Shop(margin=35), "margin is 35; it must be a finite number from 0 to 1"),
        (lambda: Shop(fixed=-1), "fixed is -1"),
        (lambda: Shop(capital=0), "capital is 0; it must be a finite number above 0"),
        (lambda: SHOP.year(-5), "sales is -5"),
        (lambda: random_years(SHOP, 0, seed=1), "years is 0; it must be a whole number of years, 1 or more"),
        (lambda: random_years(SHOP, 5, seed=1, fall=30), "fall is 30; it must be a finite number from 0 to 1"),
        (lambda: share_years([], DEALS["bot"].contract), "years is empty"),
        (lambda: describe([1]), "results has 1 years; it must have 2 years or more"),
        (lambda: spreads([Year(1)], DEALS), "results has 1 years"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
