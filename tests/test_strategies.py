"""What every strategy obeys, found by discovery; and what makes each one itself."""

import copy
import pickle
import random
import re
from fractions import Fraction
from itertools import product

import pytest

from jejaring import strategies
from jejaring.strategies import (
    ContriteTitForTat,
    GenerousTitForTat,
    Gradual,
    MemoryOne,
    RandomChoice,
    Strategy,
    Tester,
    TitForTat,
    View,
    all_strategies,
)

EVERY = [kind for kind in all_strategies() if kind.__module__ == strategies.__name__]
FAR = 8  # rounds that an unbounded memory must reach back at least


@pytest.fixture(params=EVERY, ids=lambda kind: kind.key)
def kind(request):
    return request.param


class NoChance(random.Random):
    """Where nothing may be drawn from."""

    def random(self):
        raise AssertionError("this strategy draws lots")


def replay(player, mine, theirs, seed=1):
    """The action of each round, the last one after all of it, when the past is what it is."""
    player.reset()
    chance = random.Random(seed)
    return "".join(player.decide(View(mine[:k], theirs[:k], chance)) for k in range(len(mine) + 1))


def next_actions(kind, mine, theirs):
    """The next action under ten seeds, all of the chance in the last round: odds that differ show up as other words."""
    player = kind()
    for k in range(len(mine)):
        player.decide(View(mine[:k], theirs[:k], random.Random(0)))
    return "".join(copy.deepcopy(player).decide(View(mine, theirs, random.Random(seed))) for seed in range(10))


def pasts(seed, count, length):
    source = random.Random(seed)
    return [tuple("".join(source.choices("CD", k=length)) for _ in range(2)) for _ in range(count)]


def uses_chance(kind):
    try:
        for mine, theirs in pasts(3, 30, 6):
            player = kind()
            for k in range(7):
                player.decide(View(mine[:k], theirs[:k], NoChance(1)))
    except AssertionError:
        return True
    return False


def test_there_are_at_least_sixteen_and_all_are_offered():
    assert len(EVERY) >= 16
    assert {kind.__name__ for kind in EVERY} <= set(strategies.__all__)
    assert len({kind.key for kind in EVERY}) == len(EVERY)


def test_a_new_strategy_is_found_without_a_list():
    class Newcomer(TitForTat):
        """Found at once."""

    class Demanding(MemoryOne):
        """Not found: what it needs is not known."""

    assert Newcomer in all_strategies()
    assert TitForTat in all_strategies()
    assert Newcomer.key == "newcomer"
    assert Demanding not in all_strategies()
    assert MemoryOne not in all_strategies()


def test_it_says_whose_idea_it_is(kind):
    assert re.search(r"References\n\s+-+\n\s+\w+, [A-Z]\.", kind.__doc__)


def test_it_only_says_c_or_d_and_changes_nothing_it_sees(kind):
    for mine, theirs in pasts(5, 20, 7):
        seen = View(list(mine), list(theirs), random.Random(1))
        assert kind().decide(seen) in {"C", "D"}
        assert (list(mine), list(theirs)) == (seen.mine, seen.theirs)


def test_reset_forgets_the_match(kind):
    player = kind()
    for mine, theirs in pasts(7, 20, 12):
        assert replay(player, mine, theirs) == replay(kind(), mine, theirs)


def test_a_clone_starts_fresh_and_goes_its_own_way(kind):
    player = kind()
    (mine, theirs), (my_other, their_other) = pasts(9, 2, 12)
    replay(player, mine, theirs)
    twin = player.clone()
    assert type(twin) is kind
    assert vars(twin) == vars(kind())
    replay(player, my_other, their_other)
    assert vars(twin) == vars(kind())


def test_a_clone_keeps_its_parameters():
    assert GenerousTitForTat(Fraction(1, 7)).clone().answers[1] == Fraction(1, 7)


def test_a_pickle_goes_on_in_the_middle_of_a_match(kind):
    for mine, theirs in pasts(11, 20, 12):
        whole = replay(kind(), mine, theirs)
        player, chance, done = kind(), random.Random(1), ""
        for k in range(13):
            done += player.decide(View(mine[:k], theirs[:k], chance))
            player = pickle.loads(pickle.dumps(player))
        assert done == whole


def test_the_same_seed_gives_the_same_play(kind):
    for mine, theirs in pasts(13, 20, 12):
        assert replay(kind(), mine, theirs, seed=4) == replay(kind(), mine, theirs, seed=4)
    differs = any(replay(kind(), *past, seed=4) != replay(kind(), *past, seed=5) for past in pasts(13, 40, 12))
    assert differs == uses_chance(kind)


def test_it_is_never_the_first_to_defect_if_it_says_so(kind):
    faithful = all(set(replay(kind(), "C" * 40, "C" * 40, seed)) == {"C"} for seed in range(20))
    assert kind().nice == faithful


def test_it_looks_no_further_back_than_it_says(kind):
    if kind.memory == float("inf"):
        return
    for (mine, theirs), (my_other, their_other) in zip(pasts(15, 60, FAR), pasts(17, 60, FAR), strict=True):
        seen = FAR - kind.memory
        mixed = my_other[:seen] + mine[seen:], their_other[:seen] + theirs[seen:]
        assert next_actions(kind, mine, theirs) == next_actions(kind, *mixed)


def test_it_really_looks_back_as_far_as_it_says(kind):
    """One round less would not be enough: two pasts that differ in the oldest remembered round give two answers."""
    if kind.memory == 0:
        return
    oldest = FAR - min(kind.memory, FAR)

    def answers_differ(mine, theirs):
        flip = {"C": "D", "D": "C"}
        changed = (
            mine[:oldest] + flip[mine[oldest]] + mine[oldest + 1 :],
            theirs[:oldest] + flip[theirs[oldest]] + theirs[oldest + 1 :],
        )
        return any(
            next_actions(kind, mine, theirs) != next_actions(kind, *other)
            for other in ((changed[0], theirs), (mine, changed[1]))
        )

    tried = [*pasts(19, 60, FAR), *product(("CCCCCCCC", "CDDDDDDD"), ("CCCCCCCC", "DDDDDDDD", "DDDDCCCC"))]
    assert any(answers_differ(mine, theirs) for mine, theirs in tried)


@pytest.mark.parametrize(
    ("kind", "mine", "theirs", "does"),
    [
        (strategies.TitForTwoTats, "CCCC", "CDDC", "CCCDC"),
        (strategies.TwoTitsForTat, "CCCCC", "CDCCC", "CCDDCC"),
        (strategies.Grim, "CCCC", "CDCC", "CCDDD"),
        (strategies.WinStayLoseShift, "CCDDC", "CDCDC", "CCDDCC"),
        (strategies.SoftMajority, "CCCC", "DCDC", "CDCDC"),
        (strategies.HardMajority, "CCCC", "CCDD", "DCCCD"),
        (strategies.Bully, "CCCC", "CDCD", "DDCDC"),
        (strategies.Alternator, "CDCD", "DDDD", "CDCDC"),
        (Tester, "DCCDCDC", "CCCCCCC", "DCCDCDCD"),
        (Tester, "DCCCC", "CDCDC", "DCCCDC"),
        (Gradual, "CDCCCDDCC", "DCCCDCCCC", "CDCCCDDCCC"),
        # Both defect out of nothing: both accept the blame.
        (ContriteTitForTat, "D", "D", "CC"),
        # My mistake in the second round: I take the punishment and the quarrel is over.
        (ContriteTitForTat, "CDCC", "CCDC", "CCCCC"),
        # The other's mistake: one punishment, and no feud.
        (ContriteTitForTat, "CCDC", "CDCC", "CCDCC"),
    ],
)
def test_it_acts_as_its_story_says(kind, mine, theirs, does):
    assert replay(kind(), mine, theirs) == does


def test_published_numbers():
    assert strategies.Grofman().answers == (1, Fraction(2, 7), Fraction(2, 7), 1)
    assert strategies.ZeroDeterminantExtortion().answers == (Fraction(8, 9), Fraction(1, 2), Fraction(1, 3), 0)
    assert RandomChoice().answers == (Fraction(1, 2),) * 4


def test_five_numbers_are_probabilities():
    with pytest.raises(ValueError, match=r"answers is .*four probabilities, after CC, CD, DC and DD"):
        MemoryOne(1, (1, 0, 1))
    with pytest.raises(ValueError, match=r"answers\[3\] is 2; .* from 0 to 1"):
        MemoryOne(1, (1, 0, 1, 2))
    with pytest.raises(ValueError, match="opening is -1"):
        MemoryOne(-1, (1, 0, 1, 0))
    with pytest.raises(ValueError, match=r"generosity is 1\.5"):
        GenerousTitForTat(1.5)
    with pytest.raises(ValueError, match="opening is True"):
        RandomChoice(True)


def test_a_strategy_without_a_plan_cannot_be_made():
    with pytest.raises(TypeError, match="abstract"):
        Strategy()
