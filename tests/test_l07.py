"""Lesson 7 says what its models compute: the keys of its exercises and the numbers in its prose."""

from fractions import Fraction
from typing import Any

import networkx as nx
import pytest

from jejaring import measures
from jejaring.exercises import find
from jejaring.networks import RELATIONS
from jejaring.panels.ties import bridge_scissors, five_questions, whose_share, word_of_mouth
from jejaring.referrals import expected_gap
from jejaring.removals import after_removal, count_pieces, strongest_first, weakest_first

LEFT = (("Ani", "Budi"), ("Budi", "Cici"), ("Ani", "Cici"), ("Cici", "Dara"))
RIGHT = (("Dara", "Eko"), ("Eko", "Fani"), ("Fani", "Gita"), ("Eko", "Gita"))
SEVEN: "nx.Graph[Any]" = nx.Graph([*LEFT, *RIGHT])


def key(name: str) -> dict[str, float]:
    """The key of an exercise, its numbers as floats."""
    return {field: float(Fraction(str(value))) for field, value in find(f"l07-{name}").entry["key"].items()}


def test_seven_people_on_paper() -> None:
    between = measures.betweenness(SEVEN)
    found = {
        "size": measures.size(SEVEN),
        "density": measures.density(SEVEN),
        "cici": between["Cici"],
        "dara": between["Dara"],
    }
    assert found == pytest.approx(key("by-hand"))
    assert measures.mean_distance(SEVEN) == pytest.approx(2.19, abs=0.005)


def test_one_tie_more() -> None:
    redesigned = SEVEN.copy()
    redesigned.add_edge("Budi", "Fani")
    found = {"dara": measures.betweenness(redesigned)["Dara"], "distance": measures.mean_distance(redesigned)}
    assert found == pytest.approx(key("desk"))


def test_only_one_tie_makes_the_broker_worthless() -> None:
    worthless = []
    for one, other in nx.non_edges(SEVEN):
        redesigned = SEVEN.copy()
        redesigned.add_edge(one, other)
        if measures.betweenness(redesigned)["Dara"] == 0:
            worthless.append({one, other})
    assert worthless == [{"Cici", "Eko"}]


def test_three_circles() -> None:
    gangs = nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5))
    pair = nx.empty_graph(6)
    pair.add_edge(0, 1)
    circles = {"sari": nx.complete_graph(6), "tono": pair, "umi": gangs}
    found = {}
    for name, circle in circles.items():
        ego = circle.copy()
        ego.add_edges_from(("ego", contact) for contact in circle)
        found[name] = measures.effective_size(ego)["ego"]
    assert found == pytest.approx(key("circles"))


@pytest.mark.parametrize(
    ("network", "weakest", "strongest"),
    [(nx.les_miserables_graph(), 13, 77), (nx.karate_club_graph(), 27, 31)],
)
def test_the_scissors(network: "nx.Graph[Any]", weakest: int, strongest: int) -> None:
    left = [
        count_pieces(after_removal(network, order(network), 0.4)).largest for order in (weakest_first, strongest_first)
    ]
    assert left == [weakest, strongest]


def test_the_first_cuts_shed_characters_with_a_single_tie() -> None:
    novel = nx.les_miserables_graph()
    gone = weakest_first(novel)[:12]
    assert all(1 in (novel.degree(one), novel.degree(other)) for one, other in gone)


def test_the_club_is_looser() -> None:
    novel, club = nx.les_miserables_graph(), nx.karate_club_graph()
    assert [round(measures.transitivity(network), 2) for network in (novel, club)] == [0.5, 0.26]
    assert [round(2 * network.size() / len(network), 1) for network in (novel, club)] == [6.6, 4.6]


def test_medici_and_strozzi() -> None:
    between = measures.betweenness(nx.florentine_families_graph())
    assert round(between["Medici"] / between["Strozzi"], 1) == 5.1


def test_joko_is_known_by_all_and_answers_nobody() -> None:
    panel = five_questions()
    named = dict(zip(RELATIONS, (row[-1] for row in panel.table["rows"]), strict=True))
    assert named["knowledge"] == "Joko (9)"
    assert named["problem_solving"] == "Joko (4)"
    assert panel.table["rows"][2][2] == "0%"
    panel.set(relation="access")
    told = {text for trace in panel.spec["data"] for text in trace.get("hovertext", ()) if text.startswith("Joko")}
    assert told == {"Joko: derajat masuk 0"}


def test_the_gap() -> None:
    ends = [
        round(100 * expected_gap(0.2, 0.6, 10, turnover=0.1, referral=share, homophily=0.8)[-1], 1)
        for share in (0.8, 0)
    ]
    assert ends == [8.3, 1.7]
    panel = word_of_mouth()
    panel.set(referral=100, homophily=100)
    assert "20 (rujukan 100%)" in panel.twin


def test_panels_agree_with_the_prose() -> None:
    panel = bridge_scissors()
    panel.set(cut=40)
    assert [row[1] for row in panel.table["rows"]] == ["13", "77"]
    shares = whose_share()
    assert "40% sampai 80%" in shares.twin
    shares.set(outcome="sum")
    assert "apa pun urutannya" in shares.twin


def test_turnover_closes_the_gap_fastest() -> None:
    def end(**changed: float) -> float:
        settings = {"turnover": 0.1, "referral": 0.8, "homophily": 0.8} | changed
        return expected_gap(0.2, 0.6, 10, **settings)[-1]

    assert end(turnover=0.5) < min(end(referral=0), end(homophily=0))
