"""Evolution: published formulas, exact fixation against simulation, and what each dynamics conserves."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring.evolution import (
    constant_fitness,
    direct_reciprocity_threshold,
    fixation_probability,
    game_fitness,
    group_selection_threshold,
    indirect_reciprocity_threshold,
    is_favoured,
    kin_selection_threshold,
    moran_process,
    network_reciprocity_threshold,
    replicator_path,
)
from jejaring.games import donation_game, tit_for_tat_threshold

ROCK_PAPER_SCISSORS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
positive = st.fractions(Fraction(1, 9), 9, max_denominator=9)
payoffs = st.integers(-3, 6)
tables = st.lists(st.lists(payoffs, min_size=3, max_size=3), min_size=3, max_size=3)
populations = st.lists(st.integers(0, 20), min_size=3, max_size=3).filter(any)


@given(st.integers(2, 30), positive, st.data())
def test_fixation_with_constant_fitness_has_morans_formula(population, advantage, data):
    start = data.draw(st.integers(0, population))
    found = fixation_probability(start, population, constant_fitness([advantage, 1]))
    if advantage == 1:
        assert found == Fraction(start, population)
    else:
        assert found == (1 - 1 / advantage**start) / (1 - 1 / advantage**population)
    assert found + fixation_probability(population - start, population, constant_fitness([1, advantage])) == 1


@given(st.lists(st.lists(st.integers(1, 9), min_size=2, max_size=2), min_size=2, max_size=2), st.integers(2, 12))
def test_fixation_solves_the_equations_of_the_chain(table, population):
    """Each probability is the mean of its neighbours', weighted by the births that lead there."""
    fitness = game_fitness(table)
    rho = [fixation_probability(count, population, fitness) for count in range(population + 1)]
    assert (rho[0], rho[-1]) == (0, 1)
    assert all(before < after for before, after in pairwise(rho))
    for count in range(1, population):
        mine, theirs = fitness((count, population - count))
        up, down = count * mine * (population - count), (population - count) * theirs * count
        assert rho[count] * (up + down) == up * rho[count + 1] + down * rho[count - 1]


def test_one_third_law():
    """Weak selection in a large population favours a newcomer that is fitter where a third are of its kind."""
    population = 300
    for stag, hare in ((4, 1), (4, 3)):  # indifferent at a share of 1/4 and of 3/4
        rho = fixation_probability(1, population, game_fitness([[stag, 0], [hare, hare]], Fraction(1, 1000)))
        assert (rho > Fraction(1, population)) == (Fraction(hare, stag) < Fraction(1, 3))


@pytest.mark.parametrize(
    "fitness", [constant_fitness([1, 1]), constant_fitness([1.3, 1]), game_fitness([[4, 1], [3, 3]], Fraction(1, 2))]
)
def test_simulated_takeovers_are_as_frequent_as_the_formula_says(fitness):
    runs, start, population = 1500, 3, 8
    won = sum(moran_process([start, population - start], fitness, seed=seed)[-1][0] > 0 for seed in range(runs))
    expected = float(fixation_probability(start, population, fitness))
    assert abs(won / runs - expected) < 4 * math.sqrt(expected * (1 - expected) / runs)


@given(populations.filter(lambda counts: sum(counts) > 1), st.integers(0, 50))
@settings(max_examples=40)
def test_a_population_keeps_its_size_and_moves_one_at_a_time(counts, seed):
    path = moran_process(counts, constant_fitness([1, 2, 3]), seed=seed, most_steps=200)
    assert path[0] == tuple(counts)
    assert path == moran_process(counts, constant_fitness([1, 2, 3]), seed=seed, most_steps=200)
    assert len(path) <= 201
    for before, after in pairwise(path):
        moved = sorted(late - early for early, late in zip(before, after, strict=True))
        assert moved in ([0, 0, 0], [-1, 0, 1])
        assert all(after[kind] == 0 for kind in range(3) if before[kind] == 0)
    assert max(path[-1]) == sum(counts) or len(path) == 201


def test_the_fitter_type_spreads_faster_and_other_seeds_other_paths():
    assert moran_process([5, 5], constant_fitness([1, 1]), seed=1) != moran_process(
        [5, 5], constant_fitness([1, 1]), seed=2
    )
    # So much fitter that only its own are born.
    path = moran_process([1, 9], constant_fitness([10**9, 1]), seed=1)
    assert path[-1] == (10, 0)
    assert all(before[0] <= after[0] for before, after in pairwise(path))


@given(tables, st.lists(st.floats(0.01, 1), min_size=3, max_size=3), st.floats(0.01, 5))
def test_shares_stay_shares(table, sizes, step):
    start = [size / sum(sizes) for size in sizes]
    path = replicator_path(start, table, 40, step=step)
    assert path[0] == pytest.approx(start)
    for shares in path:
        assert all(0 <= part <= 1 for part in shares)
        assert sum(shares) == pytest.approx(1, abs=1e-12)
    assert [part for *_, part in replicator_path([0.4, 0.6, 0], table, 40, step=step)] == [0.0] * 41


@given(tables, st.integers(-5, 5))
def test_what_all_get_alike_changes_nothing(table, extra):
    plain = replicator_path([0.2, 0.3, 0.5], table, 20)
    raised = [[payoff + (extra if column == 1 else 0) for column, payoff in enumerate(row)] for row in table]
    for shares, others in zip(plain, replicator_path([0.2, 0.3, 0.5], raised, 20), strict=True):
        assert shares == pytest.approx(others, abs=1e-9)


def test_hawks_settle_at_value_by_cost():
    value, cost = 2, 5
    table = [[Fraction(value - cost, 2), value], [0, Fraction(value, 2)]]
    for start in (0.01, 0.4, 0.99):
        assert replicator_path([start, 1 - start], table, 600)[-1][0] == pytest.approx(value / cost, abs=1e-6)
    assert replicator_path([0.4, 0.6], table, 5)[-1] == pytest.approx((0.4, 0.6), abs=1e-12)


def test_the_stag_hunt_tips_at_three_quarters():
    table = [[4, 0], [3, 3]]
    assert replicator_path([0.76, 0.24], table, 400)[-1][0] == pytest.approx(1, abs=1e-6)
    assert replicator_path([0.74, 0.26], table, 400)[-1][0] == pytest.approx(0, abs=1e-6)
    assert replicator_path([0.75, 0.25], table, 50)[-1][0] == pytest.approx(0.75, abs=1e-9)


def test_rock_paper_scissors_goes_round_and_keeps_its_product():
    path = replicator_path([0.5, 0.3, 0.2], ROCK_PAPER_SCISSORS, 2000, step=0.05)
    products = [math.prod(shares) for shares in path]
    assert max(products) == pytest.approx(min(products), rel=1e-5)
    assert max(shares[0] for shares in path) > 0.45
    assert path[-1] != pytest.approx((1 / 3, 1 / 3, 1 / 3), abs=0.05)


def test_agrees_with_the_solution_in_closed_form():
    """Two types with fixed payoffs: the odds grow exponentially."""
    path = replicator_path([0.1, 0.9], [[2, 2], [1, 1]], 50, step=0.1)
    for place, (part, _) in enumerate(path):
        assert part == pytest.approx(1 / (1 + 9 * math.exp(-0.1 * place)), abs=1e-12)


def test_halving_the_step_divides_the_error_by_sixteen():
    table, start = [[1, 5], [3, 2]], [0.2, 0.8]
    exact = replicator_path(start, table, 512, step=1 / 256)[-1][0]
    coarse, fine = (abs(replicator_path(start, table, n, step=2 / n)[-1][0] - exact) for n in (8, 16))
    assert 10 < coarse / fine < 25


def test_agrees_with_scipy():
    integrate = pytest.importorskip("scipy.integrate", reason="scipy is missing")
    table = [[1, 0, 4], [3, 2, 0], [0, 3, 1]]

    def slopes(_, shares):
        worths = [sum(p * s for p, s in zip(row, shares, strict=True)) for row in table]
        mean = sum(w * s for w, s in zip(worths, shares, strict=True))
        return [s * (w - mean) for w, s in zip(worths, shares, strict=True)]

    theirs = integrate.solve_ivp(slopes, (0, 5), [0.2, 0.3, 0.5], rtol=1e-10, atol=1e-12).y[:, -1]
    assert replicator_path([0.2, 0.3, 0.5], table, 500, step=0.01)[-1] == pytest.approx(theirs, abs=1e-7)


def test_five_rules():
    assert kin_selection_threshold(Fraction(1, 2)) == 2
    assert kin_selection_threshold(Fraction(1, 8)) == 8
    assert direct_reciprocity_threshold(Fraction(9, 10)) == Fraction(10, 9)
    assert indirect_reciprocity_threshold(0.25) == 4.0
    assert network_reciprocity_threshold(8) == 8
    assert group_selection_threshold(size=10, groups=5) == 3
    assert [is_favoured(benefit, 1, 3) for benefit in (2, 3, 4)] == [False, False, True]


@given(st.fractions(Fraction(1, 20), 1, max_denominator=20), st.integers(1, 9), st.integers(1, 9))
def test_direct_reciprocity_is_the_threshold_of_tit_for_tat(continuation, cost, extra):
    game = donation_game(cost + extra, cost)
    favoured = is_favoured(cost + extra, cost, direct_reciprocity_threshold(continuation))
    assert favoured == (continuation > tit_for_tat_threshold(game))


def test_exact_in_exact_out():
    assert isinstance(fixation_probability(1, 9, constant_fitness([2, 1])), Fraction)
    assert isinstance(fixation_probability(1, 9, constant_fitness([2.0, 1])), float)
    assert isinstance(kin_selection_threshold(0.5), float)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: constant_fitness([1, 0]), r"values\[1\] is 0; .* above 0 \(fitness\)"),
        (lambda: game_fitness([[1, 2]]), "payoffs is .*square table"),
        (lambda: game_fitness([[1]], 2), "selection is 2; .* from 0 to 1"),
        (lambda: moran_process([1, -1], constant_fitness([1, 1]), seed=1), r"counts\[1\] is -1"),
        (lambda: moran_process([1, 0], constant_fitness([1, 1]), seed=1), "sum of counts is 1; .* 2 or more"),
        (lambda: moran_process([1, 1], constant_fitness([1, 1]), seed=1, most_steps=0), "most_steps is 0"),
        (lambda: moran_process([1, 1], game_fitness([[-1, -1], [1, 1]]), seed=1), r"fitness\[0\] is Fraction\(-1, 1\)"),
        (lambda: moran_process([1, 1], game_fitness([[0, 0], [0, 0]]), seed=1), r"fitness is 0 for all of \[1, 1\]"),
        (lambda: fixation_probability(5, 4, constant_fitness([1, 1])), "start is 5; .* from 0 to 4"),
        (lambda: fixation_probability(1, 4, game_fitness([[0, 0], [1, 1]])), r"fitness\[0\] is .* above 0"),
        (lambda: replicator_path([0.5, 0.4], [[1, 0], [0, 1]], 5), "shares is .*2 shares that add up to 1"),
        (lambda: replicator_path([1], [[1, 0], [0, 1]], 5), "2 shares"),
        (lambda: replicator_path([1], [[1]], 0), "steps is 0"),
        (lambda: replicator_path([1], [[1]], 5, step=0), "step is 0; .* above 0"),
        (lambda: kin_selection_threshold(0), "relatedness is 0; .* above 0 and at most 1"),
        (lambda: direct_reciprocity_threshold(2), "continuation is 2"),
        (lambda: indirect_reciprocity_threshold(-1), "knowledge is -1"),
        (lambda: network_reciprocity_threshold(0), "neighbours is 0; .* at least 1"),
        (lambda: group_selection_threshold(0, 1), "size is 0"),
        (lambda: group_selection_threshold(1, 1.5), r"groups is 1\.5"),
        (lambda: is_favoured(1, 0, 1), "cost is 0; .* above 0"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
