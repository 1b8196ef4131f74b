"""Figures of games and evolution: what they say where there is nothing to find, and where there is more than usual."""

from fractions import Fraction
from itertools import permutations

import pytest

from jejaring.figures import games as figures
from jejaring.games import SymmetricGame, nash_equilibria, recognise
from jejaring.language import LANGUAGES, use_language, word
from jejaring.strategies import Strategy, all_strategies


@pytest.fixture(autouse=True)
def indonesian():
    use_language("id")
    yield
    use_language("id")


def matrix(first, second, kinds=("harmony",)):
    return figures.payoff_matrix(first, second, nash_equilibria(first, second), kinds=kinds, names=("A", "B"))


def test_a_game_without_sure_equilibrium_marks_no_cell():
    picture = matrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    assert "Tak ada pasangan pilihan pasti yang seimbang" in picture.twin
    assert "peluang 50%" in picture.twin
    assert "★" not in str(picture.spec["data"])
    assert picture.spec["data"][0]["z"] == [[0, 0], [0, 0]]


def test_a_game_with_ties_says_that_there_is_no_end_of_equilibria():
    picture = matrix([[1, 0], [0, 1]], [[0, 0], [0, 0]])
    assert "tak terhingga" in picture.twin


def test_marks_stand_where_nobody_wants_to_change():
    game = SymmetricGame(reward=3, sucker=1, temptation=5, punishment=0)
    picture = matrix(game.first, game.second, kinds=recognise(game))
    assert picture.spec["data"][0]["z"] == [[0, 1], [1, 0]]
    assert [["★" in cell for cell in row] for row in picture.spec["data"][0]["text"]] == [[False, True], [True, False]]
    assert picture.spec["layout"]["title"]["text"] == "Adu nyali: siapa mendapat apa?"


def test_a_tie_between_dilemmas_is_named_after_both():
    game = SymmetricGame(reward=3, sucker=0, temptation=3, punishment=1)
    title = matrix(game.first, game.second, kinds=recognise(game)).spec["layout"]["title"]["text"]
    assert title == "Dilema tahanan atau berburu rusa: siapa mendapat apa?"


def test_ranking_tells_how_far_down_the_nice_ones_reach():
    means = {"grim": 2.5, "tit_for_tat": 2.4, "joss": 2.0}
    assert "Peringkat 1 sampai 2" in figures.tournament_ranking(means, nice=["grim", "tit_for_tat"]).twin
    assert "Yang teratas tak pernah" in figures.tournament_ranking(means, nice=["grim"]).twin
    assert "Yang teratas bisa mulai" in figures.tournament_ranking(means, nice=["tit_for_tat"]).twin


def test_a_triangle_marks_who_got_more():
    picture = figures.head_to_head(["tit_for_tat", "always_defect"], [[3, Fraction(9, 10)], [1.4, 1]], [1.95, 1.2])
    assert picture.spec["data"][0]["text"] == [["3,0", "0,9"], ["1,4▲", "1,0"]]


def test_a_peaceful_match_has_no_first_defection():
    assert figures.match_record(("grim", "joss"), "CC", "CC").twin.startswith("Tak ada yang berkhianat")
    twins = figures.match_record(("grim", "grim"), "CCD", "CDD")
    assert "pada putaran 2" in twins.twin
    assert "pendendam 1 bekerja sama dalam 2 dan pendendam 2 dalam 1" in twins.twin


def test_unfinished_runs_have_their_own_line():
    names = [trace["name"] for trace in figures.takeover_paths([[1, 2], [1, 0]], population=4, chance=0.4).spec["data"]]
    assert names == ["punah", "belum selesai"]


@pytest.mark.parametrize(
    ("delta", "told"),
    [(0.4, "tak satu pun bertahan"), (0.5, "yang bertahan: pendendam"), (0.9, "yang bertahan: pendendam")],
)
def test_thresholds_tell_who_holds_here(delta, told):
    picture = figures.patience_thresholds({"grim": 0.5, "tit_for_tat": None}, delta=delta)
    assert told in picture.twin
    assert "Balas setimpal tidak bertahan berapa pun deltanya" in picture.twin


def test_rules_that_demand_just_the_ratio_are_not_met():
    thresholds = {"kin": 2, "direct": 1.25, "indirect": 4, "network": 6, "group": 1.5}
    assert "tak satu pun" in figures.five_rules(thresholds, ratio=1.25).twin
    assert "lewat timbal balik langsung." in figures.five_rules(thresholds, ratio=1.5).twin


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_strategy_has_its_own_name(language):
    use_language(language)
    own = [kind.key for kind in all_strategies() if kind.__module__ == Strategy.__module__]
    names = [word(f"strategy.{key}") for key in own]
    assert len(set(names)) == len(names) >= 16
    assert max(map(len, names)) < 25


def test_every_dilemma_has_a_name():
    payoffs = ("reward", "sucker", "temptation", "punishment")
    games = [SymmetricGame(**dict(zip(payoffs, order, strict=True))) for order in permutations(range(4))]
    kinds = {kind for game in games for kind in recognise(game)}
    assert len({word(f"dilemma.{kind}") for kind in kinds}) == len(kinds) == 8
