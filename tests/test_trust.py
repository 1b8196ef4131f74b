"""Trust: payoffs by hand, reasoning from the end, and markets with and without reputation."""

from fractions import Fraction
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.trust import (
    TrustHistory,
    backward_induction,
    careful_trustor,
    cheat,
    honest,
    opportunist,
    payoffs,
    play_rounds,
)

MARKET = [honest] * 8 + [opportunist] * 8 + [cheat] * 4
shares = st.fractions(0, 1, max_denominator=50)
growth = st.fractions(1, 5, max_denominator=10)


def test_payoffs_by_hand():
    assert payoffs(0, 0) == (10, 10)
    assert payoffs(10, 15) == (15, 25)
    assert payoffs(10, 0) == (0, 40)
    assert payoffs(10.0, 0) == (0.0, 40.0)
    assert all(isinstance(payoff, Fraction) for payoff in payoffs(5, 7))


@given(sent=shares, back=shares, multiplier=growth)
def test_sending_makes_more_and_giving_back_only_moves_it(sent, back, multiplier):
    received = multiplier * 10 * sent
    paid = payoffs(10 * sent, back * received, multiplier=multiplier)
    assert sum(paid) == 20 + (multiplier - 1) * 10 * sent


@given(back=shares, other=shares, multiplier=growth)
def test_no_other_amount_pays_the_trustor_more(back, other, multiplier):
    sent, returned = backward_induction(back, multiplier=multiplier)
    rival = 10 * other
    best = payoffs(sent, returned, multiplier=multiplier)[0]
    assert best >= payoffs(rival, back * multiplier * rival, multiplier=multiplier)[0]
    assert sent in (0, 10)


def test_money_alone_ends_trust():
    assert backward_induction() == (0, 0)
    assert backward_induction(Fraction(1, 3)) == (0, 0)  # just as much comes back
    assert backward_induction(Fraction(1, 3) + Fraction(1, 100)) == (10, Fraction(103, 10))


@pytest.mark.parametrize("seed", range(20))
def test_reputation_keeps_trust_alive(seed):
    known, unknown = (play_rounds(MARKET, rounds=30, reputation=heard, seed=seed) for heard in (True, False))
    assert mean(known.mean_sent()[-10:]) > 7.5
    assert mean(unknown.mean_sent()[-10:]) < 5
    assert known.mean_sent()[0] == unknown.mean_sent()[0] == 10


def test_with_enough_honest_people_strangers_are_trusted_too():
    for seed in range(10):
        history = play_rounds([honest] * 18 + [cheat] * 2, rounds=30, reputation=False, seed=seed)
        assert mean(history.mean_sent()[-10:]) > 8


def test_reputation_finds_the_cheats():
    history = play_rounds(MARKET, rounds=40, reputation=True, seed=1)
    to_cheats = [
        sent
        for row, met in zip(history.sent[10:], history.met[10:], strict=True)
        for sent, trustee in zip(row, met, strict=True)
        if MARKET[trustee] is cheat
    ]
    assert mean(to_cheats) < 2


def test_what_comes_back_was_sent_and_everybody_meets_one():
    history = play_rounds(MARKET, rounds=15, reputation=False, seed=2)
    for sent, returned, met in zip(history.sent, history.returned, history.met, strict=True):
        assert sorted(met) == list(range(len(MARKET)))
        for amount, back, trustee in zip(sent, returned, met, strict=True):
            assert back == 3 * amount * MARKET[trustee](False)
    assert history.mean_returned()[3] == pytest.approx(mean(history.returned[3]))


def test_a_second_chance_comes_one_time_in_ten():
    chance = Random(1)
    tries = [careful_trustor([0, 0, 0], 3, chance) for _ in range(2000)]
    assert 0.08 < mean(tries) < 0.12


def test_a_trustor_is_a_rule_passed_in():
    history = play_rounds([cheat], rounds=3, reputation=True, trustor=lambda *_: 0.5, seed=1)
    assert history == TrustHistory(sent=((5.0,),) * 3, returned=((0.0,),) * 3, met=((0,),) * 3)


def test_the_seed_alone_decides():
    first, again, other = (play_rounds(MARKET, rounds=5, reputation=True, seed=seed) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: payoffs(11, 0), r"sent is 11; it must be a finite number from 0 to 10 \(units\)"),
        (lambda: payoffs(5, 16), "returned is 16; it must be a finite number from 0 to 15"),
        (lambda: payoffs(5, 0, multiplier=Fraction(1, 2)), "multiplier is .*at least 1"),
        (lambda: payoffs(5, 0, endowment=-5), "endowment is -5"),
        (lambda: backward_induction(1.5), r"given_back is 1\.5"),
        (lambda: play_rounds([], rounds=1, reputation=True, seed=1), "trustees is empty"),
        (lambda: play_rounds([honest], rounds=0, reputation=True, seed=1), "rounds is 0"),
        (lambda: play_rounds([honest], rounds=1, reputation=True, endowment=0, seed=1), "endowment is 0"),
        (lambda: play_rounds([lambda _: 2.0], rounds=1, reputation=True, seed=1), r"share given back is 2\.0"),
        (lambda: play_rounds([honest], rounds=1, reputation=True, trustor=lambda *_: -1, seed=1), "share sent is -1"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
