"""Games of two players: published numbers, what every equilibrium obeys, and agreement with nashpy."""

from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jejaring.games import (
    PRISONERS_DILEMMA,
    Equilibrium,
    SymmetricGame,
    donation_game,
    expected_payoffs,
    grim_threshold,
    indifference,
    nash_equilibria,
    recognise,
    tit_for_tat_threshold,
)

STAG_HUNT = SymmetricGame(reward=4, sucker=0, temptation=3, punishment=3)
payoffs = st.integers(-4, 4)  # few values, many ties
matrices = st.tuples(st.tuples(payoffs, payoffs), st.tuples(payoffs, payoffs))
games = st.builds(SymmetricGame, reward=payoffs, sucker=payoffs, temptation=payoffs, punishment=payoffs)
dilemmas = st.lists(st.integers(-9, 9), min_size=4, max_size=4, unique=True).map(
    lambda drawn: SymmetricGame(
        **dict(zip(("sucker", "punishment", "reward", "temptation"), sorted(drawn), strict=True))
    )
)
shares = st.fractions(0, 1, max_denominator=12)


def value(matrix, p, q):
    """Expected payoff where the first actions are taken with probabilities p and q."""
    return sum(
        mine * theirs * matrix[row][column]
        for (row, mine), (column, theirs) in product(enumerate((p, 1 - p)), enumerate((q, 1 - q)))
    )


def is_equilibrium(first, second, p, q):
    return all(value(first, r, q) <= value(first, p, q) for r in (0, 1)) and all(
        value(second, p, r) <= value(second, p, q) for r in (0, 1)
    )


def ends(found):
    return set(product(found.first, found.second))


def test_published_numbers():
    assert recognise(PRISONERS_DILEMMA) == ("prisoners_dilemma",)
    assert not PRISONERS_DILEMMA.taking_turns_pays
    assert grim_threshold(PRISONERS_DILEMMA) == Fraction(1, 2)
    assert tit_for_tat_threshold(PRISONERS_DILEMMA) == Fraction(2, 3)
    assert recognise(STAG_HUNT) == ("stag_hunt",)
    assert indifference(STAG_HUNT) == Fraction(3, 4)
    assert indifference(SymmetricGame(reward=2, sucker=0, temptation=1, punishment=1)) == Fraction(1, 2)
    points = [(found.first[0], found.second[0]) for found in nash_equilibria(STAG_HUNT.first, STAG_HUNT.second)]
    assert points == [(1, 1), (Fraction(3, 4), Fraction(3, 4)), (0, 0)]


def test_where_taking_turns_brings_as_much_tit_for_tat_never_holds():
    for sucker, pays in ((1, False), (Fraction(3, 2), True)):
        game = SymmetricGame(reward=3, sucker=sucker, temptation=5, punishment=2)
        assert game.taking_turns_pays is pays
        assert tit_for_tat_threshold(game) is None
        assert grim_threshold(game) == Fraction(2, 3)


def test_the_chicken_has_two_pure_equilibria_and_a_mixed_one():
    game = SymmetricGame(reward=0, sucker=-1, temptation=1, punishment=-10)
    found = nash_equilibria(game.first, game.second)
    assert [(one.first[0], one.second[0]) for one in found] == [(1, 0), (Fraction(9, 10), Fraction(9, 10)), (0, 1)]
    assert [one.is_pure for one in found] == [True, False, True]


def test_matching_pennies_leaves_only_chance():
    (found,) = nash_equilibria([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    assert str(found) == "first 1/2, second 1/2"
    assert not found.is_pure


def test_ties_make_whole_rectangles_of_equilibria():
    (everything,) = nash_equilibria([[0, 0], [0, 0]], [[0, 0], [0, 0]])
    assert everything == Equilibrium((0, 1), (0, 1))
    assert not everything.is_single
    # The second player does not care; the first takes the first row as long as the left column is likely enough.
    found = nash_equilibria([[1, 0], [0, 1]], [[0, 0], [0, 0]])
    assert found == [
        Equilibrium((1, 1), (Fraction(1, 2), 1)),
        Equilibrium((0, 1), (Fraction(1, 2), Fraction(1, 2))),
        Equilibrium((0, 0), (0, Fraction(1, 2))),
    ]


@given(matrices, matrices, shares, shares)
def test_every_listed_plan_is_an_equilibrium_and_every_equilibrium_is_listed(first, second, p, q):
    listed = nash_equilibria(first, second)
    assert listed
    for found in listed:
        inside = [
            low + share * (high - low) for share, (low, high) in zip((p, q), (found.first, found.second), strict=True)
        ]
        assert is_equilibrium(first, second, *inside)
        assert all(is_equilibrium(first, second, *corner) for corner in ends(found))
    holds = any(one.first[0] <= p <= one.first[1] and one.second[0] <= q <= one.second[1] for one in listed)
    assert holds == is_equilibrium(first, second, p, q)


@given(matrices, matrices)
def test_names_and_seats_change_nothing(first, second):
    listed = nash_equilibria(first, second)
    flipped = nash_equilibria(first[::-1], second[::-1])
    assert {(1 - one.first[1], 1 - one.first[0], one.second) for one in listed} == {
        (*one.first, one.second) for one in flipped
    }
    turned = nash_equilibria(list(zip(*second, strict=True)), list(zip(*first, strict=True)))
    assert {(one.first, one.second) for one in listed} == {(one.second, one.first) for one in turned}


@given(matrices, matrices)
def test_agrees_with_nashpy_where_equilibria_are_single(first, second):
    nashpy = pytest.importorskip("nashpy", reason="nashpy is missing")
    assume(all(first[0][c] != first[1][c] for c in (0, 1)) and all(row[0] != row[1] for row in second))
    listed = nash_equilibria(first, second)
    assert all(found.is_single for found in listed)
    theirs = {
        (round(float(p[0]), 9), round(float(q[0]), 9)) for p, q in nashpy.Game(first, second).support_enumeration()
    }
    assert {(round(float(one.first[0]), 9), round(float(one.second[0]), 9)) for one in listed} == theirs


def test_every_strict_order_has_one_name():
    named = {}
    for order in permutations(range(4)):
        game = SymmetricGame(**dict(zip(("reward", "sucker", "temptation", "punishment"), order, strict=True)))
        (named[order],) = recognise(game)
    counts = {name: list(named.values()).count(name) for name in named.values()}
    assert counts == {
        "prisoners_dilemma": 1,
        "chicken": 1,
        "battle": 2,
        "stag_hunt": 1,
        "coordination": 2,
        "harmony": 5,
        "deadlock": 5,
        "mirrored": 7,
    }


@given(games)
def test_a_kind_says_what_the_best_replies_are(game):
    kinds = recognise(game)
    assert kinds
    if kinds == ("harmony",):
        assert Equilibrium((1, 1), (1, 1)) in nash_equilibria(game.first, game.second)
        assert recognise(game.mirrored) == ("deadlock",)
    if kinds in {("prisoners_dilemma",), ("deadlock",)}:
        assert nash_equilibria(game.first, game.second) == [Equilibrium((0, 0), (0, 0))]
    if kinds in {("chicken",), ("battle",)}:
        pure = [one for one in nash_equilibria(game.first, game.second) if one.is_pure]
        assert pure == [Equilibrium((1, 1), (0, 0)), Equilibrium((0, 0), (1, 1))]
    if "mirrored" in kinds:
        assert set(recognise(game.mirrored)) - {"harmony", "deadlock"}
    assert game.mirrored.mirrored == game


@pytest.mark.parametrize(
    ("reward", "sucker", "temptation", "punishment", "kinds"),
    [
        (3, 1, 5, 1, ("prisoners_dilemma", "chicken")),
        (3, 0, 3, 1, ("prisoners_dilemma", "stag_hunt")),
        (1, 0, 3, 1, ("prisoners_dilemma", "deadlock")),
        (3, 3, 5, 1, ("chicken", "battle")),
        (1, 5, 0, 3, ("mirrored",)),
        (0, 1, 0, 1, ("deadlock", "mirrored")),
    ],
)
def test_a_tie_touches_its_neighbours(reward, sucker, temptation, punishment, kinds):
    game = SymmetricGame(reward=reward, sucker=sucker, temptation=temptation, punishment=punishment)
    assert recognise(game) == kinds


@given(games, shares)
def test_at_indifference_both_bring_the_same(game, belief):
    point = indifference(game)
    if point is not None:
        cooperate, defect = expected_payoffs(game, point)
        assert cooperate == defect
        assert 0 <= point <= 1
    cooperate, defect = expected_payoffs(game, belief)
    assert (cooperate == defect) == (belief == point) or point is None


def worth(game, mine, theirs, delta):
    """Present value of two endless plays, each a cycle of letters after a beginning, as ("D", "CD")."""
    (start, cycle), (other_start, other_cycle) = mine, theirs
    assert (len(start), len(cycle)) == (len(other_start), len(other_cycle))
    head = sum(delta**t * game.payoff(a, b) for t, (a, b) in enumerate(zip(start, other_start, strict=True)))
    once = sum(delta**t * game.payoff(a, b) for t, (a, b) in enumerate(zip(cycle, other_cycle, strict=True)))
    return head + delta ** len(start) * once / (1 - delta ** len(cycle))


@given(dilemmas, st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50))
def test_thresholds_are_where_the_best_deviation_stops_paying(game, delta):
    faithful = worth(game, ("", "C"), ("", "C"), delta)
    forever = worth(game, ("D", "D"), ("C", "D"), delta)
    in_turns = worth(game, ("", "DC"), ("", "CD"), delta)
    assert (faithful >= forever) == (delta >= grim_threshold(game))
    lowest = tit_for_tat_threshold(game)
    assert (faithful >= max(forever, in_turns)) == (lowest is not None and delta >= lowest)
    if lowest is None:
        assert game.temptation + game.sucker >= 2 * game.reward


@given(st.integers(1, 20), st.integers(1, 20))
def test_giving_pays_in_the_long_run_when_the_next_meeting_is_likelier_than_cost_by_benefit(cost, extra):
    game = donation_game(cost + extra, cost)
    assert recognise(game) == ("prisoners_dilemma",)
    assert grim_threshold(game) == tit_for_tat_threshold(game) == Fraction(cost, cost + extra)


def test_exact_in_exact_out():
    assert isinstance(grim_threshold(PRISONERS_DILEMMA), Fraction)
    rough = SymmetricGame(reward=3.0, sucker=0, temptation=5, punishment=1)
    assert isinstance(grim_threshold(rough), float)
    assert grim_threshold(rough) == 0.5
    (found,) = nash_equilibria([[0.1, 0.3], [0.2, 0.1]], [[0.3, 0.1], [0.1, 0.2]])
    assert (found.first[0], found.second[0]) == pytest.approx((1 / 3, 2 / 3))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: SymmetricGame(reward=3, sucker=0, temptation=5, punishment="1"), "punishment is '1'"),
        (lambda: SymmetricGame(reward=float("nan"), sucker=0, temptation=5, punishment=1), r"reward is nan.*points"),
        (lambda: nash_equilibria([[1, 2]], [[1, 2], [3, 4]]), "first is .*two rows of two numbers"),
        (lambda: nash_equilibria([[1, 2], [3, 4]], [[1, 2], [3, True]]), r"second\[1\]\[1\] is True"),
        (lambda: grim_threshold(STAG_HUNT), "it must be a prisoner's dilemma"),
        (lambda: tit_for_tat_threshold(STAG_HUNT), "it must be a prisoner's dilemma"),
        (lambda: expected_payoffs(STAG_HUNT, 1.5), r"belief is 1\.5; .* from 0 to 1"),
        (lambda: donation_game(1, 2), "benefit is 1; .* above 2"),
        (lambda: donation_game(1, 0), "cost is 0; .* above 0"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
