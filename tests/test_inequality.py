"""Inequality: measures against their definitions, trades against theory, and the simulated numbers of the course."""

from fractions import Fraction
from itertools import combinations, pairwise
from statistics import mean

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jejaring.inequality import (
    Levy,
    collect_levy,
    exchange_rounds,
    fixed_stake,
    gini,
    group_shares,
    lorenz_curve,
    share_of_poorer,
    yard_sale,
)

amounts = st.integers(0, 100) | st.fractions(0, 100, max_denominator=12)
holdings = st.lists(amounts, min_size=1, max_size=12).filter(any)
TENTH = share_of_poorer(0.1)


@given(holdings)
def test_gini_is_half_the_mean_gap_over_the_mean(held):
    gaps = sum(abs(Fraction(one) - other) for one in held for other in held)
    assert gini(held) == gaps / (2 * len(held) * sum(held))
    assert gini([float(value) for value in held]) == pytest.approx(float(gini(held)), abs=1e-12)


@given(held=holdings, factor=st.fractions(Fraction(1, 9), 9, max_denominator=9), data=st.data())
def test_what_gini_obeys(held, factor, data):
    index = gini(held)
    assert 0 <= index <= 1 - Fraction(1, len(held))
    assert gini([factor * value for value in held]) == index  # the unit doesn't matter
    assert gini(held * 3) == index  # nor how many such crowds there are
    assert gini(data.draw(st.permutations(held))) == index  # nor who is who
    rich, poor = max(range(len(held)), key=held.__getitem__), min(range(len(held)), key=held.__getitem__)
    gift = Fraction(held[rich] - held[poor], 3)
    if gift:
        fairer = list(map(Fraction, held))
        fairer[rich] -= gift
        fairer[poor] += gift
        assert gini(fairer) < index


@given(holdings)
def test_gini_is_the_area_between_the_curve_and_the_diagonal(held):
    curve = lorenz_curve(held)
    assert (curve[0], curve[-1], len(curve)) == ((0, 0), (1, 1), len(held) + 1)
    slices = pairwise(curve)
    assert gini(held) == 1 - sum((right - left) * (low + high) for (left, low), (right, high) in slices)
    steps = [after[1] - before[1] for before, after in pairwise(curve)]
    assert steps == sorted(steps)


@given(held=holdings, data=st.data())
def test_groups_share_everything_the_poorest_first(held, data):
    groups = data.draw(st.integers(1, len(held)))
    shares = group_shares(held, groups)
    assert len(shares) == groups
    assert sum(shares) == 1
    assert shares == sorted(shares)
    copies = sorted(held * groups)  # so that no border cuts a person
    cut = [sum(copies[k * len(held) : (k + 1) * len(held)]) for k in range(groups)]
    assert shares == [Fraction(part) / sum(copies) for part in cut]


def test_extremes_and_types():
    assert gini([7]) == gini([5, 5, 5]) == 0
    assert gini([0, 0, 0, 10]) == Fraction(3, 4)
    assert isinstance(gini([1, 3]), Fraction)
    assert isinstance(gini([1.0, 3]), float)
    assert [each[1] for each in lorenz_curve([0.0, 4.0])] == [0, 0, 1]


@given(
    people=st.integers(2, 9),
    part=st.floats(0, 1),
    levy=st.none() | st.builds(Levy, st.floats(0, 1), st.floats(0, 3), st.floats(0, 1), st.just(0)),
    seed=st.integers(0, 99),
)
def test_nothing_is_made_or_lost_and_nobody_owes(people, part, levy, seed):
    rounds = list(exchange_rounds(people, 8, start=100, stake=share_of_poorer(part), levy=levy, seed=seed))
    assert len(rounds) == 9
    assert rounds[0] == [100.0] * people
    for held in rounds:
        assert sum(held) == pytest.approx(100 * people)
        assert min(held) >= 0
    again = exchange_rounds(people, 8, start=100, stake=share_of_poorer(part), levy=levy, seed=seed)
    assert list(again) == rounds


@given(
    held=st.lists(st.floats(0.5, 100), min_size=1, max_size=12),
    rate=st.floats(0, 1),
    nisab=st.floats(0, 3),
    leakage=st.floats(0, 1),
)
def test_a_levy_takes_from_those_above_and_gives_to_the_poorest(held, rate, nisab, leakage):
    threshold = nisab * mean(held)
    assume(all(abs(value - threshold) > 1e-6 for value in held))
    after = collect_levy(held, Levy(rate, nisab, receivers=0.25, leakage=leakage))
    paid = {person: rate * value for person, value in enumerate(held) if value >= threshold}
    gifts = [new - old + paid.get(person, 0) for person, (new, old) in enumerate(zip(after, held, strict=True))]
    assert sum(gifts) == pytest.approx((1 - leakage) * sum(paid.values()))
    left = [value - paid.get(person, 0) for person, value in enumerate(held)]
    poorest = sorted(range(len(held)), key=left.__getitem__)[: max(1, len(held) // 4)]
    assert all(gift == pytest.approx(0, abs=1e-9) for person, gift in enumerate(gifts) if person not in poorest)
    assert all(gifts[person] == pytest.approx(gifts[poorest[0]], abs=1e-9) for person in poorest)


def test_a_levy_by_hand():
    assert collect_levy([30, 0, 20, 150], Levy(0.1, nisab=2, receivers=0.5, leakage=0.2)) == [30, 6, 26, 135]
    assert collect_levy([10, 10], Levy(1, nisab=1, receivers=0)) == [20, 0]  # all pay all; the first of equals gets it
    assert collect_levy([10, 30], Levy(0.5, nisab=5)) == [10, 30]


def test_a_round_is_a_fair_coin_for_every_pair():
    """In a round of four people two win; each two of them are as likely."""
    winners = [
        tuple(person for person, has in enumerate(held) if has > 1)
        for seed in range(1200)
        for held in list(exchange_rounds(4, 1, start=1, stake=TENTH, seed=seed))[1:]
    ]
    assert set(winners) == set(combinations(range(4), 2))
    assert all(winners.count(pair) == pytest.approx(200, abs=50) for pair in set(winners))  # 4 standard deviations


def test_one_of_three_rests_and_the_stake_knows_loser_and_winner():
    met = []

    def stake(loser, winner):
        met.append((loser, winner))
        return loser / 2

    [_, held] = exchange_rounds(3, 1, start=8, stake=stake, seed=1)
    assert sorted(held) == [4, 8, 12]
    list(exchange_rounds(2, 2, start=8, stake=stake, seed=1))
    assert met == [(8, 8), (8, 8), (4, 12)]


@pytest.mark.parametrize(
    ("levy", "low", "high"),
    [
        (None, 0.796, 0.810),
        (Levy(0.025, nisab=1), 0.072, 0.082),
        (Levy(0.025, nisab=2), 0.261, 0.281),
        (Levy(0.025, nisab=5), 0.541, 0.561),
        (Levy(0.01, nisab=1), 0.155, 0.165),
    ],
    ids=["fair trades alone", "nisab 1", "nisab 2", "nisab 5", "one per cent"],
)
def test_simulated_numbers(levy, low, high):
    """The range of the course for the mean; one run of 500 people may miss it by a little."""
    ends = [yard_sale(500, 1000, start=100, stake=TENTH, levy=levy, seed=seed).ginis[-1] for seed in range(4)]
    assert low <= mean(ends) <= high
    assert low - 0.015 <= min(ends) <= max(ends) <= high + 0.015


def test_fair_trades_alone_end_with_one_owner():
    """Chance alone drives the yard-sale model to the highest Gini there is (Boghosian 2014)."""
    sale = yard_sale(10, 4000, start=1, stake=share_of_poorer(0.5), seed=1)
    assert sale.ginis[-1] == pytest.approx(0.9, abs=1e-6)
    assert max(sale.holdings) == pytest.approx(10, abs=1e-6)


def test_a_fixed_stake_ends_in_the_exponential_law():
    """Money in units of the stake is geometric with mean 10, so the Gini is (1 + 10) / (1 + 2 * 10)."""
    sale = yard_sale(1000, 1200, start=10, stake=fixed_stake(1), seed=3)
    assert mean(sale.ginis[600:]) == pytest.approx(11 / 21, abs=0.02)


def test_leakage_drains_the_village():
    kept = yard_sale(100, 200, start=100, stake=TENTH, levy=Levy(0.025, nisab=1), seed=1)
    lost = yard_sale(100, 200, start=100, stake=TENTH, levy=Levy(0.025, nisab=1, leakage=0.5), seed=1)
    assert sum(kept.holdings) == pytest.approx(10_000)
    assert sum(lost.holdings) < 5_000
    assert lost.ginis[-1] > kept.ginis[-1]


def test_a_sale_tells_the_gini_of_each_round():
    rounds = list(exchange_rounds(11, 20, start=3, stake=TENTH, levy=Levy(0.1, 1), seed=4))
    sale = yard_sale(11, 20, start=3, stake=TENTH, levy=Levy(0.1, 1), seed=4)
    assert sale.ginis == tuple(gini(held) for held in rounds)
    assert sale.holdings == tuple(rounds[-1])
    assert (
        yard_sale(11, 20, start=3, stake=TENTH, seed=5).holdings
        != yard_sale(11, 20, start=3, stake=TENTH, seed=4).holdings
    )


@given(holdings)
@settings(max_examples=30)
def test_gini_agrees_with_numpy(held):
    numpy = pytest.importorskip("numpy", reason="numpy is missing")
    values = numpy.array([float(value) for value in held])
    gaps = numpy.abs(values[:, None] - values[None, :]).mean()
    assert float(gini(held)) == pytest.approx(gaps / (2 * values.mean()), abs=1e-12)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: gini([]), r"holdings is \[\]; at least one must be above 0"),
        (lambda: gini([0, 0]), r"holdings is \[0, 0\]; at least one must be above 0"),
        (lambda: gini([1, -1]), r"holdings\[1\] is -1; it must be a finite number at least 0 \(units of wealth\)"),
        (lambda: lorenz_curve([True, 1]), r"holdings\[0\] is True"),
        (lambda: group_shares([1, 2], 3), "groups is 3; it must be a whole number of groups from 1 to 2"),
        (lambda: share_of_poorer(1.5), "part is 1.5; it must be a finite number from 0 to 1"),
        (lambda: fixed_stake(0), "amount is 0; it must be a finite number above 0"),
        (lambda: Levy(1.2, 1), "rate is 1.2; it must be a finite number from 0 to 1"),
        (lambda: Levy(0.1, -1), "nisab is -1; it must be a finite number at least 0"),
        (lambda: Levy(0.1, 1, receivers=2), "receivers is 2"),
        (lambda: Levy(0.1, 1, leakage=-0.5), "leakage is -0.5"),
        (lambda: collect_levy([0], Levy(0.1, 1)), "at least one must be above 0"),
        (lambda: exchange_rounds(1, 1, start=1, stake=TENTH, seed=1), "people is 1; it must be a whole number of peo"),
        (lambda: yard_sale(2, -1, start=1, stake=TENTH, seed=1), "rounds is -1"),
        (lambda: exchange_rounds(2, 1, start=0, stake=TENTH, seed=1), "start is 0; it must be a finite number above"),
    ],
)  # fmt: skip
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
