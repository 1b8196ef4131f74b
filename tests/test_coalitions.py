"""Voting games: published numbers, and agreement with counting by hand on small random games."""

from fractions import Fraction
from itertools import chain, combinations, islice, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring.coalitions import (
    banzhaf_index,
    count_winning,
    critical_members,
    is_winning,
    minimal_winning_coalitions,
    shapley_shubik_index,
    swings,
)

SEATS_2019 = [128, 85, 78, 59, 58, 54, 50, 44, 19]
SEATS_2024 = [110, 102, 86, 69, 68, 53, 48, 44]


@st.composite
def games(draw, *, parties=6):
    """Draw a game small enough to list all coalitions and all orders."""
    weights = draw(st.lists(st.integers(0, 12), min_size=1, max_size=parties).filter(any))
    return weights, draw(st.integers(1, sum(weights)))


def coalitions(parties):
    """List all coalitions, the empty one too."""
    return [set(c) for c in chain.from_iterable(combinations(range(parties), k) for k in range(parties + 1))]


def wins(coalition, weights, quota):
    return sum(weights[party] for party in coalition) >= quota


@pytest.mark.parametrize(
    ("weights", "quota", "winning", "minimal", "counts", "shares"),
    [
        (
            SEATS_2019,
            115,
            486,
            28,
            [26, 22, 22, 16, 16, 14, 12, 12, 8],
            [0.1757, 0.1486, 0.1486, 0.1081, 0.1081, 0.0946, 0.0811, 0.0811, 0.0541],
        ),
        (
            SEATS_2019,
            288,
            256,
            58,
            [138, 78, 70, 58, 58, 50, 50, 42, 14],
            [0.2473, 0.1398, 0.1254, 0.1039, 0.1039, 0.0896, 0.0896, 0.0753, 0.0251],
        ),
        (
            SEATS_2024,
            291,
            128,
            42,
            [56, 48, 44, 32, 32, 24, 20, 20],
            [0.2029, 0.1739, 0.1594, 0.1159, 0.1159, 0.0870, 0.0725, 0.0725],
        ),
        ([50, 49, 1], 51, 3, 2, [3, 1, 1], [0.6, 0.2, 0.2]),
    ],
    ids=["2019 at 20 %", "2019 majority", "2024 majority", "classic"],
)
def test_published_numbers(weights, quota, winning, minimal, counts, shares):
    assert count_winning(weights, quota) == winning
    assert len(list(minimal_winning_coalitions(weights, quota))) == minimal
    assert swings(weights, quota) == counts
    assert [round(float(share), 4) for share in banzhaf_index(weights, quota)] == shares


def test_the_house_of_2019_in_words():
    assert 2 ** len(SEATS_2019) - 1 == 511
    assert is_winning([0], SEATS_2019, 115)
    assert (0,) in set(minimal_winning_coalitions(SEATS_2019, 115))
    golkar, gerindra = banzhaf_index(SEATS_2019, quota=115)[1:3]
    assert golkar == gerindra
    seats = {c: sum(SEATS_2019[p] for p in c) for c in minimal_winning_coalitions(SEATS_2019, 115)}
    nasdem_pkb, demokrat_pan_ppp = (3, 4), (5, 7, 8)
    assert min(seats.values()) == 117
    assert {c for c, held in seats.items() if held == 117} == {nasdem_pkb, demokrat_pan_ppp}
    tickets = {(2, 1, 7, 5): 261, (3, 4, 6): 167, (0, 8): 147}  # of the presidential election of 2024
    assert {ticket: sum(SEATS_2019[party] for party in ticket) for ticket in tickets} == tickets
    assert all(is_winning(ticket, SEATS_2019, 115) for ticket in tickets)


def test_shapley_shubik_numbers():
    expected = ["43/210", "37/210", "17/105", "4/35", "4/35", "3/35", "1/14", "1/14"]
    assert [str(share) for share in shapley_shubik_index(SEATS_2024, 291)] == expected
    assert shapley_shubik_index([50, 49, 1], 51) == [Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)]


@given(games())
def test_counts_agree_with_a_list_of_all_coalitions(game):
    weights, quota = game
    everybody = coalitions(len(weights))
    winning = [c for c in everybody if wins(c, weights, quota)]
    critical = [{p for p in c if not wins(c - {p}, weights, quota)} for c in winning]
    assert count_winning(weights, quota) == len(winning)
    assert swings(weights, quota) == [sum(p in c for c in critical) for p in range(len(weights))]
    minimal = list(minimal_winning_coalitions(weights, quota))
    assert len(minimal) == len(set(minimal))
    assert {frozenset(c) for c in minimal} == {
        frozenset(c) for c, pivots in zip(winning, critical, strict=True) if c == pivots
    }
    for coalition in everybody:
        assert is_winning(coalition, weights, quota) == wins(coalition, weights, quota)
    for coalition, pivots in zip(winning, critical, strict=True):
        assert critical_members(coalition, weights, quota) == tuple(sorted(pivots))


@given(games(parties=5))
def test_shapley_shubik_agrees_with_a_list_of_all_orders(game):
    weights, quota = game
    tipped = [0] * len(weights)
    orders = list(permutations(range(len(weights))))
    for order in orders:
        seats = 0
        for party in order:
            if seats < quota <= seats + weights[party]:
                tipped[party] += 1
            seats += weights[party]
    assert shapley_shubik_index(weights, quota) == [Fraction(count, len(orders)) for count in tipped]


@pytest.mark.parametrize("index", [banzhaf_index, shapley_shubik_index])
@given(game=games(parties=9))
@settings(max_examples=40)
def test_what_every_power_index_obeys(index, game):
    weights, quota = game
    shares = index(weights, quota)
    assert sum(shares) == 1  # efficiency
    assert index(weights[::-1], quota) == shares[::-1]  # names don't matter
    for weight, share, count in zip(weights, shares, swings(weights, quota), strict=True):
        assert (share == 0) == (count == 0)  # dummies, and only they, have none
        assert all(share == other for w, other in zip(weights, shares, strict=True) if w == weight)
        assert all(share >= other for w, other in zip(weights, shares, strict=True) if w < weight)
    assert index([*weights, 0], quota) == [*shares, 0]


def test_a_losing_coalition_has_nobody_critical():
    assert critical_members([1, 2], [50, 49, 1], 51) == ()
    assert critical_members([], [50, 49, 1], 51) == ()


def test_sixty_parties_need_no_list_of_all_coalitions():
    weights = [1 + (7 * party) % 23 for party in range(60)]
    quota = sum(weights) // 2 + 1
    shares = shapley_shubik_index(weights, quota)
    counts = swings(weights, quota)
    some = list(islice(minimal_winning_coalitions(weights, quota), 100))
    assert sum(shares) == 1
    assert max(counts) < 2**60
    assert all(critical_members(coalition, weights, quota) == coalition for coalition in some)


@pytest.mark.parametrize(
    ("weights", "quota", "told"),
    [
        ([50, -1], 25, r"weights\[1\] is -1; it must be a whole number of seats, 0 or more"),
        ([50, 0.5], 25, r"weights\[1\] is 0\.5"),
        ([50, True], 25, r"weights\[1\] is True"),
        ([], 1, "at least one party must hold a seat"),
        ([50, 49, 1], 0, "quota is 0; it must be a whole number of seats from 1 to 100"),
        ([50, 49, 1], 101, "quota is 101"),
        ([50, 49, 1], 50.5, r"quota is 50\.5"),
        ([10**9], 10**9, "from 1 to 100000"),
    ],
)
@pytest.mark.parametrize(
    "function", [swings, banzhaf_index, shapley_shubik_index, count_winning, minimal_winning_coalitions]
)
def test_refuses_what_is_no_game(function, weights, quota, told):
    with pytest.raises(ValueError, match=told):
        function(weights, quota)


@pytest.mark.parametrize(("members", "told"), [([3], "from 0 to 2"), ([-1], "contains -1"), ([0, 0], "once at most")])
@pytest.mark.parametrize("function", [is_winning, critical_members])
def test_refuses_unknown_members(function, members, told):
    with pytest.raises(ValueError, match=told):
        function(members, [50, 49, 1], 51)
