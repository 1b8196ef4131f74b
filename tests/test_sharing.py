"""Sharing: published numbers, the axioms, agreement with all orders and all coalitions, and with linear programming."""

from fractions import Fraction
from itertools import chain, combinations, pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring.coalitions import is_winning, shapley_shubik_index
from jejaring.sharing import (
    airport_shares,
    airport_steps,
    equal_division,
    in_core,
    is_convex,
    is_superadditive,
    marginal_contributions,
    objections,
    proportional_division,
    savings_game,
    shapley_value,
)

amounts = st.integers(-50, 50) | st.fractions(-50, 50, max_denominator=12)


def game(**worth):
    """Read AB=3 as: A and B together have 3."""
    return {frozenset(members): value for members, value in worth.items()}


def coalitions(players):
    """List all coalitions but the empty one."""
    return [frozenset(c) for k in range(1, len(players) + 1) for c in combinations(players, k)]


@st.composite
def games(draw, *, most=4, values=amounts):
    """Draw players and a game for them."""
    players = "ABCDEF"[: draw(st.integers(1, most))]
    return players, {coalition: draw(values) for coalition in coalitions(players)}


@st.composite
def convex_games(draw):
    """Draw a game in which every coalition brings its own gain, 0 or more: Harsanyi's dividends."""
    players, dividends = draw(games(values=st.integers(0, 20)))
    return players, {whole: sum(d for part, d in dividends.items() if part <= whole) for whole in dividends}


GLOVES = game(L=0, R=0, S=0, LR=1, LS=1, RS=0, LRS=1)
SHOPS = game(A=100, B=60, C=40, AB=220, AC=180, BC=120, ABC=360)
LANDFILL = game(K=120, B=140, C=90, KB=200, KC=160, BC=180, KBC=255)


def test_published_numbers():
    third = Fraction(1, 3)
    assert shapley_value("LRS", GLOVES) == {"L": 2 * third, "R": third / 2, "S": third / 2}
    assert shapley_value("ABC", SHOPS) == {"A": 490 * third, "B": 340 * third, "C": 250 * third}
    assert in_core("ABC", SHOPS, shapley_value("ABC", SHOPS))
    paid = shapley_value("KBC", LANDFILL)
    assert paid == {"K": 260 * third, "B": 320 * third, "C": 185 * third}
    assert in_core("KBC", LANDFILL, paid, costs=True)
    saved = {"K": 100 * third, "B": 100 * third, "C": 85 * third}
    assert shapley_value("KBC", savings_game("KBC", LANDFILL)) == saved
    assert {player: LANDFILL[frozenset(player)] - paid[player] for player in "KBC"} == saved
    assert airport_shares({"a": 8, "b": 11, "c": 13, "d": 18}) == {"a": 2, "b": 3, "c": 4, "d": 9}


def test_who_objects_to_what():
    """The one left glove makes a pair with either right one; the runway's last piece is one airline's."""
    [first, second] = objections("LRS", GLOVES, equal_division("LRS", 1))
    assert (first.coalition, first.alone, first.given, first.gain) == (("L", "R"), 1, Fraction(2, 3), Fraction(1, 3))
    assert second.coalition == ("L", "S")
    assert in_core("LRS", GLOVES, {"L": 1, "R": 0, "S": 0})
    assert not in_core("LRS", GLOVES, shapley_value("LRS", GLOVES))
    needs = {"a": 8, "b": 11, "c": 13, "d": 18}
    runway = {coalition: max(map(needs.get, coalition)) for coalition in coalitions("abcd")}
    [blocking] = objections("abcd", runway, equal_division("abcd", 18), costs=True)
    assert (blocking.coalition, blocking.gain) == (("a", "b", "c"), Fraction(1, 2))
    assert in_core("abcd", runway, proportional_division(needs, 18), costs=True)


def test_the_largest_objection_comes_first_and_the_smaller_coalition_among_equals():
    worth = game(A=5, B=0, C=0, AB=5, AC=7, BC=0, ABC=6)
    assert [each.coalition for each in objections("ABC", worth, {"A": 0, "B": 6, "C": 0})] == [("A", "C"), ("A",)]
    worth[frozenset("AC")] = 5
    assert [each.coalition for each in objections("ABC", worth, {"A": 0, "B": 6, "C": 0})] == [("A",), ("A", "C")]


@given(games())
def test_shapley_is_the_mean_of_all_orders(drawn):
    players, worth = drawn
    orders = [marginal_contributions(order, worth) for order in permutations(players)]
    assert shapley_value(players, worth) == {
        player: sum(order[player] for order in orders) / Fraction(len(orders)) for player in players
    }


@given(games())
def test_an_order_pays_each_what_it_adds(drawn):
    players, worth = drawn
    for order in permutations(players):
        shares = marginal_contributions(order, worth)
        assert list(shares) == list(order)
        for place in range(1, len(order) + 1):
            assert sum(shares[player] for player in order[:place]) == worth[frozenset(order[:place])]


@given(drawn=games(), more=st.data(), factor=amounts)
def test_what_shapley_obeys(drawn, more, factor):
    players, worth = drawn
    shares = shapley_value(players, worth)
    assert sum(shares.values()) == worth[frozenset(players)]  # efficiency
    other = {coalition: more.draw(amounts) for coalition in worth}
    both = {coalition: value + factor * other[coalition] for coalition, value in worth.items()}
    others = shapley_value(players, other)
    assert shapley_value(players, both) == {p: shares[p] + factor * others[p] for p in players}  # additivity
    assert shapley_value(players[::-1], worth) == shares  # names and order don't matter
    swapped = {frozenset(players[::-1][players.index(p)] for p in c): value for c, value in worth.items()}
    assert shapley_value(players, swapped) == {p: shares[players[::-1][players.index(p)]] for p in players}  # symmetry
    own = more.draw(amounts)
    dummy = {frozenset("Z"): own} | {c | {"Z"}: value + own for c, value in worth.items()}
    assert shapley_value([*players, "Z"], worth | dummy) == {**shares, "Z": own}  # dummy


@st.composite
def voting_games(draw):
    weights = draw(st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any))
    return weights, draw(st.integers(1, sum(weights)))


@given(voting_games())
def test_shapley_of_a_voting_game_is_the_shapley_shubik_index(drawn):
    weights, quota = drawn
    players = "ABCDEF"[: len(weights)]
    worth = {c: int(is_winning([players.index(p) for p in c], weights, quota)) for c in coalitions(players)}
    assert list(shapley_value(players, worth).values()) == shapley_shubik_index(weights, quota)


@given(convex_games())
def test_in_a_convex_game_shapley_and_every_order_are_in_the_core(drawn):
    players, worth = drawn
    assert is_convex(players, worth)
    assert is_superadditive(players, worth)
    assert in_core(players, worth, shapley_value(players, worth))
    assert all(in_core(players, worth, marginal_contributions(order, worth)) for order in permutations(players))


@given(games(values=st.integers(0, 6)))
def test_superadditive_and_convex_agree_with_all_pairs_of_coalitions(drawn):
    players, worth = drawn
    worth = {**worth, frozenset(): 0}
    pairs = list(combinations(worth, 2))
    apart = [(one, two) for one, two in pairs if not one & two]
    assert is_superadditive(players, worth) == all(worth[a | b] >= worth[a] + worth[b] for a, b in apart)
    assert is_convex(players, worth) == all(worth[a | b] + worth[a & b] >= worth[a] + worth[b] for a, b in pairs)
    mirrored = {coalition: -value for coalition, value in worth.items()}
    assert is_superadditive(players, mirrored, costs=True) == is_superadditive(players, worth)
    assert is_convex(players, mirrored, costs=True) == is_convex(players, worth)


@given(drawn=games(), more=st.data())
def test_objections_are_those_of_all_coalitions_that_do_better(drawn, more):
    players, worth = drawn
    shares = {player: more.draw(amounts) for player in players}
    shares[players[0]] += worth[frozenset(players)] - sum(shares.values())
    found = objections(players, worth, shares)
    better = {c: value - sum(shares[p] for p in c) for c, value in worth.items() if value > sum(shares[p] for p in c)}
    assert {frozenset(each.coalition): each.gain for each in found} == better
    assert all(each.gain == each.alone - each.given for each in found)
    assert [each.gain for each in found] == sorted(better.values(), reverse=True)
    mirrored = {coalition: -value for coalition, value in worth.items()}
    turned = objections(players, mirrored, {player: -value for player, value in shares.items()}, costs=True)
    assert [(each.coalition, each.gain) for each in turned] == [(each.coalition, each.gain) for each in found]


@given(games(most=4, values=st.integers(0, 30)))
@settings(max_examples=40)
def test_a_point_of_the_core_found_by_linear_programming_is_one(drawn):
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is missing")
    players, worth = drawn
    rows = [[-float(player in c) for player in players] for c in worth]
    whole = frozenset(players)
    solved = optimize.linprog(
        [0] * len(players),
        A_ub=rows,
        b_ub=[-value for value in worth.values()],
        A_eq=[[1] * len(players)],
        b_eq=[worth[whole]],
        bounds=(None, None),
    )
    if solved.status == 0:
        assert in_core(players, worth, dict(zip(players, map(float, solved.x), strict=True)))
    else:
        assert solved.status == 2  # the core is empty, so nothing is in it
        assert not in_core(players, worth, shapley_value(players, worth))
        assert not in_core(players, worth, equal_division(players, worth[whole]))


needs = st.lists(st.integers(0, 40) | st.fractions(0, 40, max_denominator=6), min_size=1, max_size=5).filter(any)


@given(needs)
def test_the_airport_pays_shapley_and_nobody_objects(drawn):
    players = "ABCDE"[: len(drawn)]
    named = dict(zip(players, drawn, strict=True))
    runway = {coalition: max(named[p] for p in coalition) for coalition in coalitions(players)}
    shares = airport_shares(named)
    assert shares == shapley_value(players, runway)
    assert is_convex(players, runway, costs=True)
    assert in_core(players, runway, shares, costs=True)
    steps = airport_steps(named)
    assert [step.start for step in steps] == [0, *(step.end for step in steps[:-1])]
    assert steps[-1].end == max(drawn)
    assert all(step.start < step.end and step.users for step in steps)
    assert all(set(after.users) < set(before.users) for before, after in pairwise(steps))


@given(drawn=games(), total=amounts)
def test_equal_and_proportional_divisions_give_all_away(drawn, total):
    players = drawn[0]
    equal = equal_division(players, total)
    assert sum(equal.values()) == total
    assert len(set(equal.values())) == 1
    assert proportional_division(dict.fromkeys(players, 3), total) == equal
    claims = dict(zip(players, [1, 2, 0, 4], strict=False))
    shares = proportional_division(claims, total)
    assert sum(shares.values()) == total
    assert all(shares[p] * claims[q] == shares[q] * claims[p] for p in players for q in players)


@given(games())
def test_savings_are_what_apart_costs_more(drawn):
    players, costs = drawn
    saved = savings_game(players, costs)
    assert saved == {c: sum(costs[frozenset(p)] for p in c) - costs[c] for c in costs}
    assert list(saved) == coalitions(players)


def test_floats_in_floats_out_and_rounding_is_no_objection():
    worth = {coalition: value / 10 for coalition, value in SHOPS.items()}
    shares = shapley_value("ABC", worth)
    assert all(isinstance(share, float) for share in shares.values())
    assert shares["A"] == pytest.approx(49 / 3)
    tenths = game(A=0.1, B=0.2, AB=0.3)  # in floats 0.1 + 0.2 is more than 0.3
    assert in_core("AB", tenths, {"A": 0.1, "B": 0.2})
    assert is_superadditive("AB", tenths)
    assert is_convex("AB", tenths)
    assert all(isinstance(share, Fraction) for share in shapley_value("ABC", SHOPS).values())


def test_a_game_may_be_told_of_more_players_than_share():
    assert shapley_value("AB", SHOPS) == {"A": 130, "B": 90}


def test_twelve_players_share():
    players = "ABCDEFGHIJKL"
    worth = {frozenset(c): len(c) ** 2 for c in chain.from_iterable(combinations(players, k) for k in range(13))}
    assert set(shapley_value(players, worth).values()) == {12}


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: shapley_value([], {}), r"players is \[\]; it must be one name or more, each once"),
        (lambda: shapley_value("AA", SHOPS), r"players is \['A', 'A'\]"),
        (lambda: shapley_value("ABCDEFGHIJKLM", {}), "players has 13 names; it must have from 1 to 12 players"),
        (lambda: shapley_value("ABD", SHOPS), "worth has no entry for D; it must name every coalition"),
        (lambda: shapley_value("ABC", {**SHOPS, frozenset("AC"): None}), "worth has no entry for A, C"),
        (lambda: shapley_value("ABC", {**SHOPS, frozenset("AC"): "1"}), r"worth\[A, C\] is '1'; it must be a finite"),
        (lambda: shapley_value("ABC", {**SHOPS, frozenset("B"): float("nan")}), r"worth\[B\] is nan"),
        (lambda: shapley_value("ABC", {**SHOPS, frozenset(): 1}), r"worth\[\] is 1; it must be 0"),
        (lambda: in_core("ABC", SHOPS, {"A": 180, "B": 180}), "division names A, B; it must name the players A, B, C"),
        (lambda: in_core("ABC", SHOPS, dict.fromkeys("ABC", 100)), "division adds up to 300; it must add up to 360"),
        (lambda: objections("ABC", SHOPS, {"A": True, "B": 1, "C": 1}), r"division\['A'\] is True"),
        (lambda: airport_shares({}), r"needs is {}; at least one must be above 0"),
        (lambda: airport_shares({"a": -1}), r"needs\['a'\] is -1; it must be a finite number at least 0"),
        (lambda: proportional_division({"A": 0, "B": 0}, 10), "at least one must be above 0"),
        (lambda: proportional_division({"A": 1, "B": -1}, 10), r"claims\['B'\] is -1"),
        (lambda: equal_division(["A"], float("inf")), "total is inf"),
    ],
)
def test_refuses_what_is_no_game(call, told):
    with pytest.raises(ValueError, match=told):
        call()
