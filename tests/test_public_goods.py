"""Public goods: published payoffs, conservation, and what half a village of good will comes to."""

from fractions import Fraction
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.public_goods import (
    KINDS_OF_2001,
    NO_SANCTIONS,
    GivingHistory,
    Sanctions,
    agreed_minimum,
    average_gift,
    conditional_cooperator,
    erratic_giver,
    fixed_groups,
    free_rider,
    hump_shaped,
    is_dilemma,
    mix,
    payoffs,
    play_rounds,
    random_groups,
)

RETURN = Fraction(2, 5)
VILLAGE = mix(KINDS_OF_2001, 40)
units = st.fractions(0, 20, max_denominator=20)


@pytest.fixture(scope="module")
def villages():
    """Play 20 rounds for 50 seeds: freely, with an agreed minimum of 7 of 20, and with fines below the average."""
    ways = {"free": NO_SANCTIONS, "agreed": Sanctions(agreed_minimum(7)), "average": Sanctions(average_gift)}
    return {
        name: [play_rounds(VILLAGE, rounds=20, sanctions=way, seed=seed) for seed in range(50)]
        for name, way in ways.items()
    }


def last(histories):
    return sorted(history.mean_gifts()[-1] for history in histories)


@pytest.mark.parametrize(
    ("gifts", "paid"),
    [
        ([20, 20, 20, 20], [32, 32, 32, 32]),
        ([0, 0, 0, 0], [20, 20, 20, 20]),
        ([0, 20, 20, 20], [44, 24, 24, 24]),
        ([20, 0, 0, 0], [8, 28, 28, 28]),
    ],
)
def test_published_payoffs(gifts, paid):
    assert payoffs(gifts, endowment=20, mpcr=RETURN) == paid
    assert payoffs(gifts, endowment=20, mpcr=0.4) == pytest.approx(paid)


def test_exact_in_exact_out():
    assert all(isinstance(payoff, Fraction) for payoff in payoffs([1, 2], endowment=3, mpcr=RETURN))
    assert all(isinstance(payoff, float) for payoff in payoffs([1, 2], endowment=3, mpcr=0.4))


@given(gifts=st.lists(units, min_size=1, max_size=6), mpcr=st.fractions(0, 2, max_denominator=20))
def test_a_unit_given_becomes_the_return_times_the_group(gifts, mpcr):
    paid = payoffs(gifts, endowment=20, mpcr=mpcr)
    assert sum(paid) == 20 * len(gifts) + (mpcr * len(gifts) - 1) * sum(gifts)


@given(
    others=st.lists(units, min_size=1, max_size=5),
    gift=st.fractions(1, 20, max_denominator=20),
    mpcr=st.fractions(0, Fraction(3, 2), max_denominator=20),
)
def test_a_dilemma_is_where_keeping_pays_and_giving_helps(others, gift, mpcr):
    kept, gave = (payoffs([mine, *others], endowment=20, mpcr=mpcr) for mine in (0, gift))
    assert is_dilemma(len(others) + 1, mpcr) == (kept[0] > gave[0] and sum(kept) < sum(gave))


@pytest.mark.parametrize(
    ("size", "mpcr", "dilemma"), [(4, Fraction(1, 4), False), (4, RETURN, True), (4, 1, False), (1, RETURN, False)]
)
def test_the_ends_are_no_dilemma(size, mpcr, dilemma):
    assert is_dilemma(size, mpcr) is dilemma


def test_free_riding_is_the_equilibrium_and_giving_all_the_best_for_all():
    nashpy = pytest.importorskip("nashpy")
    row = [[float(payoffs([a, b], endowment=1, mpcr=Fraction(3, 4))[0]) for b in (0, 1)] for a in (0, 1)]
    game = nashpy.Game(row, list(map(list, zip(*row, strict=True))))
    assert [[list(map(round, side)) for side in found] for found in game.support_enumeration()] == [[[1, 0], [1, 0]]]
    assert row[1][1] > row[0][0]


@given(belief=st.floats(0, 20), seed=st.integers(0, 99))
def test_nobody_gives_what_they_have_not(belief, seed):
    for kind in KINDS_OF_2001:
        assert 0 <= kind(belief, 20, Random(seed)) <= 20
    assert free_rider(belief, 20, Random(seed)) <= hump_shaped(belief, 20, Random(seed))
    assert hump_shaped(belief, 20, Random(seed)) <= conditional_cooperator(belief, 20, Random(seed)) <= belief


@given(people=st.integers(1, 200), parts=st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any))
def test_a_mix_is_whole_people_close_to_the_shares(people, parts):
    shares = dict(zip(KINDS_OF_2001, [part / sum(parts) for part in parts], strict=True))
    crowd = mix(shares, people)
    assert len(crowd) == people
    assert all(abs(crowd.count(kind) - part * people) < 1 for kind, part in shares.items())


@given(people=st.integers(1, 10), size=st.integers(1, 5), seed=st.integers(0, 99))
def test_everybody_is_in_one_group(people, size, seed):
    seats = list(range(people * size))
    for matching in (random_groups, fixed_groups):
        groups = matching(seats, size, Random(seed))
        assert all(len(group) == size for group in groups)
        assert sorted(person for group in groups for person in group) == seats
    assert seats == list(range(people * size))


def test_good_will_alone_decays(villages):
    ends = last(villages["free"])
    assert 6.2 < mean(history.mean_gifts()[0] for history in villages["free"]) < 6.6
    assert 1.2 < mean(ends) < 1.4
    assert sum(0.7 <= end <= 1.8 for end in ends) >= 45
    assert ends[-1] < 2


def test_an_agreed_minimum_holds(villages):
    ends = last(villages["agreed"])
    assert 7 < mean(ends) < 7.6
    assert ends[0] >= 6.6
    assert ends[-1] <= 7.9


def test_fines_below_the_average_make_giving_rise(villages):
    assert 9 < mean(last(villages["average"])) < 12
    for history in villages["average"]:
        gifts = history.mean_gifts()
        assert gifts[-1] > gifts[0]


def test_in_a_free_village_free_riders_earn_most(villages):
    riders, givers = ([place for place, kind in enumerate(VILLAGE) if kind is k] for k in (free_rider, erratic_giver))
    for history in villages["free"][:10]:
        assert mean(history.mean_payoffs(riders)) > mean(history.mean_payoffs()) > mean(history.mean_payoffs(givers))
        assert set(history.mean_gifts(riders)) == {0}


@pytest.mark.parametrize("sanctions", [Sanctions(agreed_minimum(7)), Sanctions(average_gift), NO_SANCTIONS])
@pytest.mark.parametrize("matching", [random_groups, fixed_groups])
def test_nothing_is_lost_but_sanctions(matching, sanctions):
    history = play_rounds(VILLAGE, rounds=8, matching=matching, sanctions=sanctions, seed=4)
    for gifts, paid, points in zip(history.gifts, history.payoffs, history.points, strict=True):
        lost = (sanctions.cost + sanctions.fine) * sum(points)
        assert sum(paid) == pytest.approx(20 * 40 + (0.4 * 4 - 1) * sum(gifts) - lost)
    assert (sanctions is NO_SANCTIONS) == (not any(map(any, history.points)))


def test_a_fine_takes_more_than_a_unit_kept_brings():
    sanctions = Sanctions(agreed_minimum(7))
    assert sanctions.fine * sanctions.points > 1 - 0.4
    paid = [payoffs([gift, 7, 7, 7], endowment=20, mpcr=0.4)[0] for gift in range(21)]
    left = [paid[gift] - sanctions.charges_for([gift, 7, 7, 7])[0] for gift in range(21)]
    assert max(range(21), key=left.__getitem__) == 7


@given(gifts=st.lists(st.floats(0, 20), min_size=2, max_size=6), standard=st.sampled_from([7, None]))
def test_who_is_fined_fell_short_and_who_met_the_standard_pays_for_it(gifts, standard):
    sanctions = Sanctions(average_gift if standard is None else agreed_minimum(standard))
    least = sanctions.standard(gifts)
    points, charges = sanctions.points_for(gifts), sanctions.charges_for(gifts)
    for gift, point in zip(gifts, points, strict=True):
        assert point == 0 or gift < least
    assert sum(charges) == pytest.approx((sanctions.cost + sanctions.fine) * sum(points))
    if max(gifts) < least:
        assert not any(charges)


def test_the_fined_learn_step_by_step_up_to_the_standard():
    group = [free_rider, *[lambda _belief, _endowment, _chance: 7.0] * 3]
    history = play_rounds(group, rounds=7, sanctions=Sanctions(agreed_minimum(7)), seed=1)
    assert [row[0] for row in history.gifts] == pytest.approx([0, 1.6, 3.2, 4.8, 6.4, 7, 7])


def test_perfect_cooperators_among_themselves_never_decay():
    history = play_rounds([lambda belief, _endowment, _chance: belief] * 8, rounds=10, seed=1)
    assert history.mean_gifts() == [10.0] * 10


def test_fixed_groups_stay_and_random_ones_change():
    loud = [lambda _belief, _endowment, _chance: 20.0, *[conditional_cooperator] * 7]
    fixed = play_rounds(loud, rounds=30, matching=fixed_groups, seed=2).gifts[-1]
    mixed = play_rounds(loud, rounds=30, matching=random_groups, seed=2).gifts[-1]
    assert sum(gift > 3 for gift in fixed) == 4  # the loud one and the three who stay around
    assert sum(gift > 1 for gift in mixed) == 8


def test_the_seed_alone_decides():
    assert play_rounds(VILLAGE, rounds=5, seed=3) == play_rounds(VILLAGE, rounds=5, seed=3)
    assert play_rounds(VILLAGE, rounds=5, seed=3) != play_rounds(VILLAGE, rounds=5, seed=4)
    assert mix(KINDS_OF_2001, 40) == VILLAGE


def test_a_history_averages_whom_it_is_asked_about():
    history = GivingHistory(gifts=((0, 4, 8),), payoffs=((9, 5, 1),), points=((0, 0, 0),))
    assert (history.mean_gifts(), history.mean_gifts([2]), history.mean_payoffs([0, 1])) == ([4], [8], [7])


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: payoffs([21], endowment=20, mpcr=0.4), r"gifts\[0\] is 21; .* from 0 to 20 \(units\)"),
        (lambda: payoffs([1], endowment=-1, mpcr=0.4), "endowment is -1"),
        (lambda: payoffs([1], endowment=2, mpcr=-0.4), r"mpcr is -0\.4"),
        (lambda: is_dilemma(0, 0.4), "size is 0; it must be a whole number of members, 1 or more"),
        (lambda: mix({free_rider: 0.5}, 4), r"kinds is \[0\.5\]; its shares must add up to 1"),
        (lambda: mix({free_rider: 1.5, hump_shaped: -0.5}, 4), r"kinds\[0\] is 1\.5"),
        (lambda: mix(KINDS_OF_2001, 0), "people is 0"),
        (lambda: agreed_minimum(-1), "units is -1"),
        (lambda: Sanctions(average_gift, points=-1), "points is -1"),
        (lambda: Sanctions(average_gift, lesson=float("nan")), "lesson is nan"),
        (lambda: play_rounds(VILLAGE[:5], rounds=1, seed=1), "people is 5 people; .* multiple of the group size, 4"),
        (lambda: play_rounds([], rounds=1, seed=1), "people is 0 people"),
        (lambda: play_rounds(VILLAGE, rounds=0, seed=1), "rounds is 0"),
        (lambda: play_rounds(VILLAGE, rounds=1, group_size=1, seed=1), "group_size is 1"),
        (lambda: play_rounds(VILLAGE, rounds=1, learning=1.1, seed=1), r"learning is 1\.1"),
        (lambda: play_rounds(VILLAGE, rounds=1, first_belief=-1, seed=1), "first_belief is -1"),
        (lambda: play_rounds(VILLAGE, rounds=1, endowment=0, seed=1), "endowment is 0"),
        (lambda: play_rounds([lambda *_: 21.0] * 4, rounds=1, seed=1), r"gift of people\[0\] is 21\.0"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
