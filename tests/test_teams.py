"""Teams: published numbers, laws of order statistics and of juries, agreement with counting all votes."""

from fractions import Fraction
from itertools import combinations, pairwise, product
from math import comb
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.teams import (
    RINGELMANN,
    additive,
    best_size,
    compensatory,
    conjunctive,
    discretionary,
    disjunctive,
    expected_output,
    jury_accuracy,
    jury_with_leader,
    link_count,
    net_output,
    synergy,
    total_force,
)

amounts = st.integers(-20, 20) | st.fractions(-20, 20, max_denominator=9)
teams = st.lists(amounts, min_size=1, max_size=6)
chances = st.fractions(0, 1, max_denominator=20)
TASKS = [additive, conjunctive, disjunctive, compensatory]


def test_published_numbers():
    assert [int(100 * share) for share in RINGELMANN] == [100, 93, 85, 77, 70, 63, 56, 49]
    assert total_force(8) == Fraction(392, 100)
    assert total_force(8) - total_force(7) == 0
    assert [link_count(size) for size in (1, 5, 10, 14)] == [0, 10, 45, 91]
    assert best_size(total_force, Fraction(2, 100), largest=8) == best_size(total_force, 0.02, largest=8) == 7
    assert best_size(total_force, Fraction(5, 100), largest=8) == best_size(total_force, 0.05, largest=8) == 6
    assert jury_accuracy([Fraction(6, 10)] * 3) == Fraction(648, 1000)
    assert round(jury_accuracy([0.6] * 11), 3) == 0.753
    assert synergy(total_force(8), [1] * 8, additive) == Fraction(-408, 100)


@given(teams)
def test_tasks_in_order(team):
    weakest, middle, best = conjunctive(team), compensatory(team), disjunctive(team)
    assert weakest <= middle <= best
    assert middle * len(team) == additive(team) == sum(team)
    assert {weakest, best} <= set(team)
    assert discretionary([1] * len(team))(team) == middle
    for place, member in enumerate(team):
        dictator = [int(other == place) for other in range(len(team))]
        assert discretionary(dictator)(team) == member


@given(teams, amounts)
def test_one_more_member(team, newcomer):
    """A weak newcomer harms what hangs on the weakest; a riddle never suffers."""
    assert conjunctive([*team, newcomer]) <= conjunctive(team)
    assert disjunctive([*team, newcomer]) >= disjunctive(team)
    assert additive([*team, newcomer]) == additive(team) + newcomer


@given(pool=st.lists(amounts, min_size=1, max_size=6), data=st.data())
def test_expected_output_is_the_mean_over_all_teams(pool, data):
    size = data.draw(st.integers(1, len(pool)))
    mean = Fraction(sum(pool)) / len(pool)
    assert expected_output(additive, pool, size) == size * mean
    assert expected_output(compensatory, pool, size) == mean
    drawn = [max(team) for team in combinations(pool, size)]
    assert expected_output(disjunctive, pool, size) == Fraction(sum(drawn)) / len(drawn)


@pytest.mark.parametrize("size", range(1, 11))
def test_the_best_and_the_weakest_of_a_random_team(size):
    """Drawn from 1 to n: the best is size (n + 1) / (size + 1), the weakest (n + 1) / (size + 1)."""
    pool = range(1, 11)
    assert expected_output(disjunctive, pool, size) == Fraction(11 * size, size + 1)
    assert expected_output(conjunctive, pool, size) == Fraction(11, size + 1)


def test_links_eat_a_team_that_adds_up():
    """Each member brings 1 and n - 1 links: worth it while (n - 1) * cost < 1."""
    for cost in (Fraction(1, 2), Fraction(1, 7), Fraction(1, 20)):
        assert best_size(lambda size: size, cost, largest=40) == 1 / cost
    assert best_size(lambda size: size, 0, largest=40) == 40
    assert net_output(lambda size: size, 5, 2) == -15


@given(st.lists(chances, min_size=1, max_size=6))
def test_a_jury_agrees_with_a_list_of_all_votes(jurors):
    accuracy = Fraction(0)
    for votes in product((0, 1), repeat=len(jurors)):
        likely = Fraction(1)
        for chance, vote in zip(jurors, votes, strict=True):
            likely *= chance if vote else 1 - chance
        margin = 2 * sum(votes) - len(jurors)
        accuracy += likely * (Fraction(1, 2) if margin == 0 else margin > 0)
    assert jury_accuracy(jurors) == accuracy
    assert jury_accuracy([float(chance) for chance in jurors]) == pytest.approx(float(accuracy))
    assert jury_accuracy([1 - chance for chance in jurors]) == 1 - accuracy


@given(chances, st.integers(0, 6))
def test_condorcet(competence, half):
    """Above one half more jurors know more, below they know less; an even one more changes nothing."""
    size = 2 * half + 1
    now, later = jury_accuracy([competence] * size), jury_accuracy([competence] * (size + 2))
    assert (later > now) == (Fraction(1, 2) < competence < 1)
    assert (later < now) == (0 < competence < Fraction(1, 2))
    assert jury_accuracy([competence] * (size + 1)) == now
    likely = [comb(size, k) * competence**k * (1 - competence) ** (size - k) for k in range(half + 1, size + 1)]
    assert now == sum(likely)


def test_a_large_jury_is_nearly_normal_and_nearly_sure():
    jurors = 1001
    normal = NormalDist(0.55 * jurors, (jurors * 0.55 * 0.45) ** 0.5)
    assert jury_accuracy([0.55] * jurors) == pytest.approx(1 - normal.cdf(jurors / 2), abs=1e-4)
    exact = jury_accuracy([Fraction(55, 100)] * jurors)
    assert isinstance(exact, Fraction)
    assert float(exact) == pytest.approx(jury_accuracy([0.55] * jurors))


def test_a_jury_agrees_with_scipy():
    stats = pytest.importorskip("scipy.stats", reason="scipy is missing")
    for size, competence in ((3, 0.6), (11, 0.6), (41, 0.45), (99, 0.51)):
        assert jury_accuracy([competence] * size) == pytest.approx(stats.binom.sf(size // 2, size, competence))


@given(st.integers(1, 6), chances, chances)
def test_followers_know_less_than_those_who_think(size, competence, following):
    led = jury_with_leader(size, competence, following)
    assert jury_with_leader(size, competence, 0) == jury_accuracy([competence] * size)
    assert jury_with_leader(size, competence, 1) == competence
    apart = jury_accuracy([competence] * size)
    if size % 2:
        assert min(apart, competence) <= led <= max(apart, competence)


@given(teams)
def test_synergy_is_what_is_above_the_potential(team):
    for task in TASKS:
        assert synergy(task(team), team, task) == 0
        assert synergy(task(team) + 3, team, task) == 3


def test_exact_in_exact_out():
    assert isinstance(conjunctive([1, 2]), Fraction)
    assert isinstance(additive([1.0, 2]), float)
    assert isinstance(net_output(total_force, 3, 0.1), float)
    assert isinstance(jury_accuracy([0.5, Fraction(1, 2)]), float)
    assert all(small <= large for small, large in pairwise(map(total_force, range(1, 9))))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: total_force(9), "size is 9; it must be a whole number of people from 1 to 8"),
        (lambda: link_count(0), "size is 0; it must be a whole number of people, 1 or more"),
        (lambda: net_output(total_force, 3, -1), "link_cost is -1; it must be a finite number at least 0"),
        (lambda: net_output(lambda _: float("nan"), 3, 1), "output is nan"),
        (lambda: best_size(total_force, 0, largest=0), "largest is 0"),
        (lambda: additive([]), "abilities is empty; there must be one member at least"),
        (lambda: conjunctive([1, "2"]), r"abilities\[1\] is '2'; it must be a finite number \(units of output\)"),
        (lambda: discretionary([0, 0]), r"weights is \[0, 0\]; at least one must be above 0"),
        (lambda: discretionary([1, -1]), r"weights\[1\] is -1"),
        (lambda: discretionary([1, 1])([1, 2, 3]), r"len\(abilities\) is 3; it must be a whole number of members"),
        (lambda: expected_output(additive, [1, 2], 3), "size is 3; it must be a whole number of people from 1 to 2"),
        (lambda: expected_output(additive, range(40), 20), "size is 20; of 40 people that makes 137846528820 teams"),
        (lambda: synergy(float("inf"), [1], additive), "actual is inf"),
        (lambda: jury_accuracy([]), "competences is empty"),
        (lambda: jury_accuracy([0.5, 2]), r"competences\[1\] is 2; it must be a finite number from 0 to 1"),
        (lambda: jury_with_leader(0, 0.6, 0.5), "size is 0; it must be a whole number of jurors"),
        (lambda: jury_with_leader(3, 0.6, 1.5), "following is 1.5"),
    ],
)  # fmt: skip
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
