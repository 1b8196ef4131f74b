"""Figures of sharing, inequality and teams: that they draw the numbers they are given, whatever those are."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.figures._curves import thinned
from jejaring.figures.inequality import gini_over_rounds, lorenz_curves, wealth_groups
from jejaring.figures.sharing import runway_shares, who_gets_what
from jejaring.figures.teams import jury_curves, potential_and_actual, tasks_by_size, team_sizes
from jejaring.inequality import Levy, lorenz_curve
from jejaring.language import use_language
from jejaring.sharing import airport_shares, airport_steps, equal_division, objections


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    use_language("id")
    yield
    use_language("id")


def _trace(picture, name):
    return next(trace for trace in picture.spec["data"] if trace["name"] == name)


GLOVES = {
    frozenset(pair): float(pair not in {"L", "R", "S", "RS"}) for pair in ("L", "R", "S", "LR", "LS", "RS", "LRS")
}


def test_who_refuses_is_named_and_the_others_are_counted():
    equal = {player: float(share) for player, share in equal_division("LRS", 1).items()}
    picture = who_gets_what({"equal": equal}, {"equal": objections("LRS", GLOVES, equal)}, unit="pasang")
    assert picture.spec["layout"]["yaxis"]["ticktext"] == ["sama rata<br><b>ditolak L+R</b><br>dan 1 lagi"]
    assert picture.twin.endswith("ditolak L+R: tanpa yang lain sudah punya 1, bukan 0,67.")


def test_a_fair_share_of_the_readers_own_is_one_more_rule_and_losses_are_drawn():
    shares = {"A": -5.0, "B": 15.0}
    picture = who_gets_what({"shapley": shares}, {"shapley": []}, unit="Rp", bets={"A": 4, "B": 6})
    assert picture.spec["layout"]["yaxis"]["categoryarray"] == ["shapley", "bet"]
    assert _trace(picture, "A")["x"] == [-5.0, 4.0]
    low, high = picture.spec["layout"]["xaxis"]["range"]
    assert low < -5 < 15 < high
    assert picture.twin.endswith("Tebakanmu: A 4, B 6.")


@given(st.lists(st.integers(0, 50), min_size=1, max_size=4).filter(any))
def test_a_runway_is_as_long_as_each_one_needs(lengths):
    needs = {f"pesawat {place}": need for place, need in enumerate(lengths)}
    shares = {plane: float(share) for plane, share in airport_shares(needs).items()}
    picture = runway_shares(airport_steps(needs), shares, unit="Rp")
    drawn = dict.fromkeys(needs, 0.0)
    for trace in picture.spec["data"]:
        for plane, base, length in zip(trace["y"], trace["base"], trace["x"], strict=True):
            assert base == pytest.approx(drawn[plane])
            drawn[plane] += length
    assert drawn == pytest.approx(needs)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=400), st.integers(2, 60))
def test_thinning_keeps_the_ends_and_the_order(values, most):
    points = list(enumerate(values))
    few = thinned(points, most)
    assert len(few) <= max(most, 2)
    assert (few[0], few[-1]) == (points[0], points[-1])
    assert few == sorted(set(few) & set(points))
    assert len(few) == len(points) or len(points) > most


def test_levies_are_named_by_their_numbers():
    runs = {None: [0, 0.5], Levy(0.01, 1.5, leakage=0.25): [0, 0.25]}
    names = [trace["name"] for trace in gini_over_rounds(runs, bet=0.4).spec["data"]]
    assert names == ["tanpa pungutan", "1%, nisab 1,5×, bocor 25%", "tebakanmu"]
    assert gini_over_rounds(runs, bet=0.4).twin.endswith("Tebakanmu: 0,40.")


def test_the_poorer_half_is_read_from_the_curve():
    assert "memegang 25,0%" in lorenz_curves({None: lorenz_curve([1, 3])}, {None: 0.25}).twin
    rows = wealth_groups({None: [0.1, 0.3, 0.6]}).spec["layout"]["yaxis"]["ticktext"]
    assert rows == ["33% termiskin", "kelompok 2", "33% terkaya"]


def test_a_bet_on_a_size_stands_on_the_first_line():
    picture = team_sizes({0.0: [1, 2, 3], 1.0: [1, 1, 0]}, bet=2)
    assert (_trace(picture, "tebakanmu")["x"], _trace(picture, "tebakanmu")["y"]) == ([2], [2.0])
    assert _trace(team_sizes({0.0: [1, 2, 3]}, bet=30), "tebakanmu")["y"] == [0.0]
    notes = [note["text"] for note in picture.spec["layout"]["annotations"]]
    assert notes == ["<b>3 orang</b>", "<b>1 orang</b>"]


def test_what_is_lost_and_what_is_won_meet_at_the_potential():
    picture = potential_and_actual({("additive", 2): (2, 1.5), ("compensatory", 3): (4, 6)})
    lost, won = _trace(picture, "hilang di jalan"), _trace(picture, "sinergi")
    assert (lost["base"], lost["x"]) == ([75.0], [25.0])
    assert (won["base"], won["x"]) == ([100.0], [50.0])
    assert [trace["name"] for trace in potential_and_actual({("additive", 2): (2, 2)}).spec["data"]] == ["hasil nyata"]


def test_long_runs_of_teams_and_juries_are_drawn_without_marks():
    assert _trace(tasks_by_size({"additive": range(1, 30)}), "dijumlahkan")["mode"] == "lines"
    picture = jury_curves({0.6: [(size, 0.6) for size in range(1, 400, 2)]}, bet=0.9)
    assert len(_trace(picture, "tiap orang 0,6")["x"]) <= 51
    assert picture.twin.endswith("Tebakanmu: 0,90.")
