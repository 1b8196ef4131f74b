"""Tournaments: published scores, the scores of an independent library, and chains against matches really played."""

import json
import math
import random
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring.games import PRISONERS_DILEMMA, SymmetricGame, donation_game
from jejaring.strategies import (
    AlwaysCooperate,
    AlwaysDefect,
    ContriteTitForTat,
    GenerousTitForTat,
    GenerousZeroDeterminant,
    Grim,
    MemoryOne,
    RandomChoice,
    Strategy,
    SuspiciousTitForTat,
    TitForTat,
    WinStayLoseShift,
    ZeroDeterminantExtortion,
    all_strategies,
)
from jejaring.tournaments import (
    cooperation_path,
    expected_round_robin,
    expected_scores,
    long_run_scores,
    play_match,
    round_robin,
)

AXELROD = json.loads((Path(__file__).parent / "fixtures" / "axelrod_200_turns.json").read_text(encoding="utf-8"))
BY_KEY = {kind.key: kind for kind in all_strategies() if kind.__module__ == "jejaring.strategies"}
REMEMBER_ONE = [kind for kind in BY_KEY.values() if issubclass(kind, MemoryOne)]
R, S, T, P = 3, 0, 5, 1

odds = st.fractions(0, 1, max_denominator=6)
noises = st.fractions(0, Fraction(1, 2), max_denominator=20)
rules = st.builds(MemoryOne, odds, st.tuples(odds, odds, odds, odds))


def test_published_scores():
    assert play_match(TitForTat(), TitForTat(), 200, seed=1).scores == (600, 600)
    assert play_match(TitForTat(), AlwaysDefect(), 200, seed=1).scores == (199, 204)
    assert expected_scores(TitForTat(), TitForTat(), 200) == (600, 600)
    assert expected_scores(TitForTat(), AlwaysDefect(), 200) == (199, 204)


@pytest.mark.parametrize("first", AXELROD["keys"])
def test_plays_as_the_axelrod_library_does(first):
    row = AXELROD["scores"][AXELROD["keys"].index(first)]
    ours = [play_match(BY_KEY[first](), BY_KEY[second](), 200, seed=1).scores[0] for second in AXELROD["keys"]]
    assert ours == row


@pytest.mark.parametrize("key", AXELROD["vectors"])
def test_has_the_numbers_of_the_axelrod_library(key):
    assert [float(answer) for answer in BY_KEY[key]().answers] == pytest.approx(AXELROD["vectors"][key])


def test_the_documented_demonstration_ends_in_the_same_order():
    ours = {"Cooperator": AlwaysCooperate(), "Defector": AlwaysDefect(), "Tit For Tat": TitForTat(), "Grudger": Grim()}
    ours["Random: 0.5"] = RandomChoice()
    names = list(ours)
    result = round_robin(list(ours.values()), 200, seed=1, repetitions=100, twins=False)
    assert [names[entry] for entry in result.ranking] == AXELROD["demo"]["ranking"]
    for name, mean in zip(names, result.means, strict=True):
        assert float(mean) == pytest.approx(AXELROD["demo"]["means"][name], abs=0.02)


@given(st.sampled_from(list(BY_KEY)), st.sampled_from(list(BY_KEY)), st.integers(1, 40), noises, st.integers(0, 99))
def test_a_match_adds_up_and_depends_on_its_seed_alone(one, other, rounds, noise, seed):
    first, second = BY_KEY[one](), BY_KEY[other]()
    match = play_match(first, second, rounds, seed=seed, noise=noise)
    assert len(match.first) == len(match.second) == rounds
    both = list(zip(match.first, match.second, strict=True))
    assert match.scores == (
        sum(PRISONERS_DILEMMA.payoff(mine, theirs) for mine, theirs in both),
        sum(PRISONERS_DILEMMA.payoff(theirs, mine) for mine, theirs in both),
    )
    assert play_match(first, second, rounds, seed=seed, noise=noise) == match
    longer = play_match(first, second, rounds + 5, seed=seed, noise=noise)
    assert longer.first.startswith(match.first)
    assert longer.second.startswith(match.second)


def test_one_strategy_may_play_itself():
    player = ContriteTitForTat()
    assert play_match(player, player, 20, seed=3, noise=Fraction(1, 5)) == play_match(
        ContriteTitForTat(), ContriteTitForTat(), 20, seed=3, noise=Fraction(1, 5)
    )


def test_noise_turns_the_share_of_actions_that_it_says():
    done = play_match(AlwaysCooperate(), AlwaysDefect(), 20_000, seed=5, noise=0.1)
    assert done.first.count("D") / 20_000 == pytest.approx(0.1, abs=0.01)
    assert done.second.count("C") / 20_000 == pytest.approx(0.1, abs=0.01)
    assert play_match(AlwaysCooperate(), AlwaysDefect(), 5, seed=5, noise=1).first == "DDDDD"


class Slip(Strategy):
    """Plays like another one, but slips in the third round."""

    memory = math.inf
    nice = False

    def __init__(self, habit):
        self.habit = habit

    def decide(self, seen):
        meant = self.habit.decide(seen)
        return "D" if len(seen.mine) == 2 else meant


def test_one_mistake_echoes_between_two_tit_for_tats_and_contrition_ends_it():
    echo = play_match(Slip(TitForTat()), TitForTat(), 8, seed=1)
    assert (echo.first, echo.second) == ("CCDCDCDC", "CCCDCDCD")
    mended = play_match(Slip(ContriteTitForTat()), TitForTat(), 8, seed=1)
    assert (mended.first, mended.second) == ("CCDCCCCC", "CCCDCCCC")
    stayed = play_match(Slip(WinStayLoseShift()), WinStayLoseShift(), 8, seed=1)
    assert (stayed.first, stayed.second) == ("CCDDCCCC", "CCCDCCCC")


def test_a_round_robin_is_its_matches():
    players = [kind() for kind in BY_KEY.values()]
    result = round_robin(players, 30, seed=2, noise=0.05)
    assert result.names == tuple(BY_KEY)
    assert result == round_robin(players, 30, seed=2, noise=0.05)
    assert result != round_robin(players, 30, seed=3, noise=0.05)
    assert sorted(result.ranking) == list(range(len(players)))
    assert all(result.means[one] >= result.means[two] for one, two in pairwise(result.ranking))
    twins = play_match(players[0], players[0], 30, seed=random.Random(2).getrandbits(64), noise=0.05)
    assert twins.scores[0] != twins.scores[1]
    assert result.scores[0][0] == sum(twins.scores) / 60  # one entry, so the mean of its two seats
    plain = [AlwaysCooperate(), AlwaysDefect(), TitForTat()]
    assert round_robin(plain, 10, seed=1).scores == ((3, 0, 3), (5, 1, Fraction(14, 10)), (3, Fraction(9, 10), 3))
    apart = round_robin(plain, 10, seed=1, repetitions=3, twins=False)
    assert apart.scores == ((None, 0, 3), (5, None, Fraction(14, 10)), (3, Fraction(9, 10), None))
    assert apart.means == (Fraction(3, 2), Fraction(32, 10), Fraction(39, 20))


@given(rules, rules, st.integers(1, 3), noises)
def test_expectations_agree_with_going_through_every_course_of_a_match(first, second, rounds, noise):
    """Follow the tree of all that can happen, without matrices."""

    def odds_of(rule, mine, theirs):
        meant = rule.answers[("CC", "CD", "DC", "DD").index(mine + theirs)] if mine else rule.opening
        cooperate = meant * (1 - noise) + (1 - meant) * noise
        return {"C": cooperate, "D": 1 - cooperate}

    def worth(mine, theirs, left):
        if not left:
            return 0, 0
        total = [0, 0]
        for a, p in odds_of(first, mine, theirs).items():
            for b, q in odds_of(second, theirs, mine).items():
                if p * q:
                    later = worth(a, b, left - 1)
                    total[0] += p * q * (PRISONERS_DILEMMA.payoff(a, b) + later[0])
                    total[1] += p * q * (PRISONERS_DILEMMA.payoff(b, a) + later[1])
        return tuple(total)

    assert expected_scores(first, second, rounds, noise=noise) == worth("", "", rounds)


@given(rules, rules, st.integers(1, 30), noises)
def test_expectations_are_the_sum_of_the_rounds(first, second, rounds, noise):
    game = donation_game(3, 1)  # what I get depends on how often each cooperates, and on nothing else
    path = cooperation_path(first, second, rounds, noise=noise)
    given_away = [sum(pair[side] for pair in path) for side in (0, 1)]
    expected = expected_scores(first, second, rounds, noise=noise, game=game)
    assert expected == (3 * given_away[1] - given_away[0], 3 * given_away[0] - given_away[1])
    assert expected_scores(second, first, rounds, noise=noise, game=game) == expected[::-1]
    assert all(0 <= likely <= 1 for pair in path for likely in pair)


@pytest.mark.parametrize("noise", [0, 0.05])
def test_expectations_agree_with_matches_really_played(noise):
    source = random.Random(20)
    pairs = [(source.choice(REMEMBER_ONE), source.choice(REMEMBER_ONE)) for _ in range(8)]
    pairs += [(GenerousTitForTat, GenerousTitForTat), (RandomChoice, ZeroDeterminantExtortion)]
    for one, other in pairs:
        expected = expected_scores(one(), other(), 40, noise=noise)
        played = [play_match(one(), other(), 40, seed=seed, noise=noise).scores for seed in range(250)]
        for side in (0, 1):
            scores = [float(score[side]) for score in played]
            mean = sum(scores) / len(scores)
            spread = math.sqrt(sum((score - mean) ** 2 for score in scores) / (len(scores) - 1) / len(scores))
            assert abs(mean - float(expected[side])) <= 4.5 * spread + 1e-9


def test_a_deterministic_pair_scores_what_it_is_expected_to():
    plain = [kind for kind in REMEMBER_ONE if set(kind().answers) <= {0, 1}]
    assert len(plain) >= 7
    for one in plain:
        for other in plain:
            assert play_match(one(), other(), 33, seed=1).scores == expected_scores(one(), other(), 33)


def test_a_whole_table_agrees_with_its_pairs():
    players = [kind() for kind in REMEMBER_ONE]
    table = expected_round_robin(players, 57, noise=0.03)
    assert table.names == tuple(player.key for player in players)
    for row, first in enumerate(players):
        for column, second in enumerate(players):
            exact = expected_scores(first, second, 57, noise=Fraction(3, 100))[0] / 57
            assert table.scores[row][column] == pytest.approx(float(exact), abs=1e-12)
    assert expected_round_robin(players, 57, twins=False).scores[2][2] is None


@given(rules, rules, noises.filter(bool))
@settings(max_examples=40)
def test_the_long_run_is_where_long_matches_go(first, second, noise):
    ends = long_run_scores(first, second, noise=noise)
    assert all(isinstance(score, Fraction) for score in ends)
    long, longer = (expected_scores(*_rough(first, second), 2**k, noise=float(noise)) for k in (16, 17))
    for side in (0, 1):
        assert (longer[side] - long[side]) / 2**16 == pytest.approx(float(ends[side]), abs=1e-3)


@given(rules, rules)
@settings(max_examples=60)
def test_the_long_run_exists_without_noise_too(first, second):
    """Means over very long matches come near, also where matches go round in circles or end in different ways."""
    ends = long_run_scores(first, second)
    rough = expected_scores(*_rough(first, second), 2**26)
    assert [score / 2**26 for score in rough] == pytest.approx([float(score) for score in ends], abs=1e-4)


def _rough(*given_rules):
    return [MemoryOne(float(rule.opening), [float(answer) for answer in rule.answers]) for rule in given_rules]


@given(noises.filter(bool))
def test_known_long_runs(noise):
    assert long_run_scores(TitForTat(), TitForTat(), noise=noise) == (Fraction(R + S + T + P, 4),) * 2


@pytest.mark.parametrize("kind", [WinStayLoseShift, GenerousTitForTat])
def test_rare_mistakes_cost_little_where_they_are_mended(kind):
    assert 3 > long_run_scores(kind(), kind(), noise=Fraction(1, 1000))[0] > Fraction(299, 100)


def test_a_match_may_end_in_different_ways():
    """Opens by a coin, then repeats itself for ever: half the matches stay good."""
    stubborn = MemoryOne(Fraction(1, 4), (1, 1, 0, 0))
    assert long_run_scores(stubborn, AlwaysCooperate()) == (
        Fraction(1, 4) * R + Fraction(3, 4) * T,
        Fraction(1, 4) * R + Fraction(3, 4) * S,
    )
    assert long_run_scores(SuspiciousTitForTat(), TitForTat()) == (Fraction(5, 2), Fraction(5, 2))


@given(rules)
def test_extortion_takes_two_thirds_of_the_gain_and_generosity_bears_two_thirds_of_the_loss(other):
    mine, theirs = long_run_scores(ZeroDeterminantExtortion(), other)
    assert mine - P == 2 * (theirs - P)
    mine, theirs = long_run_scores(GenerousZeroDeterminant(), other)
    assert R - mine == 2 * (R - theirs)


def test_exact_in_exact_out():
    assert all(isinstance(score, Fraction) for score in expected_scores(RandomChoice(), TitForTat(), 9))
    assert all(isinstance(score, float) for score in expected_scores(RandomChoice(), TitForTat(), 9, noise=0.1))
    assert all(isinstance(score, Fraction) for score in play_match(TitForTat(), TitForTat(), 9, seed=1).scores)


def test_payoffs_may_be_others():
    game = SymmetricGame(reward=4, sucker=0, temptation=3, punishment=3)
    assert play_match(TitForTat(), AlwaysDefect(), 10, seed=1, game=game).scores == (27, 30)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: play_match(TitForTat(), TitForTat(), 0, seed=1), "rounds is 0; .* rounds, 1 or more"),
        (lambda: play_match(TitForTat(), TitForTat(), 5, seed=1, noise=1.5), r"noise is 1\.5; .* from 0 to 1"),
        (lambda: expected_scores(TitForTat(), TitForTat(), 2.5), r"rounds is 2\.5"),
        (lambda: long_run_scores(TitForTat(), TitForTat(), noise=-1), "noise is -1"),
        (lambda: cooperation_path(TitForTat(), TitForTat(), 0), "rounds is 0"),
        (lambda: round_robin([TitForTat()], 5, seed=1), "number of strategies is 1; .* 2 or more"),
        (lambda: expected_round_robin([TitForTat()], 5), "number of strategies is 1"),
        (lambda: round_robin([TitForTat()] * 2, 5, seed=1, repetitions=0), "repetitions is 0; .* matches of each pair"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
