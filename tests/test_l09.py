"""What lesson 9 says in numbers agrees with the models."""

from fractions import Fraction
from itertools import combinations

import networkx as nx
import pytest

from jejaring.bodies import boundary, members_over_time, memberships
from jejaring.decisions import decide
from jejaring.exercises.bank import find
from jejaring.panels.regions import bridges, far_landfill, regional_router
from jejaring.regions import APPROVAL, externality_treaty, facility_costs
from jejaring.sharing import equal_division, in_core, objections, shapley_value
from jejaring.two_mode import nodes_of, projection

COSTS = {
    frozenset(group): cost
    for group, cost in {"K": 120, "B": 140, "C": 90, "KB": 200, "KC": 160, "BC": 180, "KBC": 255}.items()
}
FIVE = ["ASEAN", "APEC", "NATO", "OIC", "NAM"]
WORLD = memberships()


def key(qid: str):
    return find(qid).entry["key"]


def indonesia(bodies, shared: int = 2) -> float:
    return boundary(WORLD, bodies, shared).brokerage["Indonesia"]


def test_everyone_saves_and_two_leave() -> None:
    equal = equal_division("KBC", 255)
    assert all(equal[region] < COSTS[frozenset(region)] for region in "KBC")
    (only,) = objections("KBC", COSTS, equal, costs=True)
    assert (only.coalition, only.alone, only.given) == (("K", "C"), 160, 170)
    shares = shapley_value("KBC", COSTS)
    assert shares["K"] == Fraction(key("l09-landfill")["kencana"])
    assert [round(float(share), 1) for share in shares.values()] == [86.7, 106.7, 61.7]
    assert round(float(shares["K"] + shares["C"]), 1) == 148.3
    assert in_core("KBC", COSTS, shares, costs=True)


def test_beyond_a_distance_no_rule_helps() -> None:
    far = key("l09-far")["road"]
    waste = {"K": 120, "B": 80, "C": 30}
    for road, helps in ((far - 1, True), (far + 1, False)):
        ways = {frozenset("KB"): 15, frozenset("BC"): road, frozenset("KC"): 15 + road}
        costs = facility_costs(waste, ways, building=12, hauling=Fraction(4, 1000))
        assert (costs[frozenset("KBC")] < costs[frozenset("KB")] + costs[frozenset("C")]) is helps


def test_the_panel_of_the_landfill_starts_with_one_refusal() -> None:
    panel = far_landfill()
    assert panel.twin.count("ditolak") == 1
    assert "Sebanding" in panel.twin.partition("ditolak")[0]
    panel.set(road=50)
    assert panel.twin.count("ditolak") == 1
    panel.set(road=60)
    assert panel.twin.count("ditolak") == 2
    panel.set(road=75)
    assert panel.twin.count("ditolak") == 2
    panel.set(road=80)
    assert panel.twin.count("ditolak") == 3


def test_the_river() -> None:
    treaty, double, own = (externality_treaty(*each) for each in ((2, 4, 1), (2, 8, 1), (4, 4, 1)))
    assert {name: getattr(treaty, name) for name in ("alone", "agreed", "least", "most")} == key("l09-river")
    assert double.gain / treaty.gain == 4
    assert own.gain == treaty.gain == 8
    assert (own.alone, own.agreed) == (4, 8)


def test_one_yes_is_enough_for_the_council() -> None:
    said = {
        (burdens, unbudgeted): decide(APPROVAL, {"burdens": burdens, "unbudgeted": unbudgeted}).outcome
        for burdens in (False, True)
        for unbudgeted in (False, True)
    }
    assert [facts for facts, outcome in said.items() if outcome == "not_needed"] == [(False, False)]


def test_the_router_crosses_out_what_is_not_asked() -> None:
    panel = regional_router()
    assert panel.off == {"facts": ["worthwhile", "national"], "plan": []}
    panel.set(facts=["own_affair", "better_jointly", "worthwhile"])
    assert "sukarela" in panel.twin
    panel.set(partner="third_party")
    assert panel.off["plan"] == ["burdens", "unbudgeted"]
    panel.set(facts=[])
    assert "Tidak boleh" in panel.twin
    assert panel.table["rows"] == ()


def test_whose_bridge() -> None:
    before, after = indonesia(FIVE), indonesia([*FIVE, "G20"])
    assert (round(before, 4), round(after, 4), round(after / before, 1)) == (0.0263, 0.522, 19.9)
    assert round(indonesia(None, 3), 4) == 0.4387
    fewer = [body for body in nodes_of(WORLD, 1) if body not in ("MIKTA", "D-8", "BRICS")]
    assert round(indonesia(fewer, 3), 4) == 0.1072
    assert [name for name in nodes_of(WORLD, 0) if WORLD.has_edge(name, "ASEAN") and WORLD.has_edge(name, "G20")] == [
        "Indonesia"
    ]


def test_what_one_body_does() -> None:
    before = indonesia(FIVE)
    assert 6.4 < indonesia([*FIVE, "MIKTA"]) / before < 6.6
    assert indonesia([*FIVE, "OECD"]) == before == max(boundary(WORLD, [*FIVE, "OECD"], 2).brokerage.values())
    others = [body for body in nodes_of(WORLD, 1) if body not in FIVE]
    assert {body for body in others if indonesia([*FIVE, body]) == before} == {"OECD", "CPTPP"}
    ahead = boundary(WORLD, [*FIVE, "CPTPP"], 2).brokerage
    assert list(ahead)[:4] == ["Canada", "Brunei", "Malaysia", "Indonesia"]
    assert ahead["Indonesia"] == before
    assert indonesia([body for body in FIVE if body != "OIC"]) == 0
    assert indonesia([body for body in FIVE if body != "ASEAN"]) == pytest.approx(before / 2)


def test_one_door_is_a_detour_when_shut() -> None:
    tied = projection(WORLD.subgraph([*nodes_of(WORLD, 0), *FIVE, "G20"]), 0, 2)
    inside = {*FIVE, "G20"}
    assert {*WORLD["Indonesia"]} & {*WORLD["Laos"]} & inside == {"ASEAN", "NAM"}
    assert {*WORLD["Indonesia"]} & {*WORLD["Japan"]} & inside == {"APEC", "G20"}
    for start, end in (("Laos", "Japan"), ("Cambodia", "United States")):
        assert all("Indonesia" in path for path in nx.all_shortest_paths(tied, start, end))
    tied.remove_node("Indonesia")
    assert nx.has_path(tied, "Laos", "Japan")
    assert nx.has_path(tied, "Cambodia", "United States")


def test_a_body_for_everyone_wipes_the_bridges_off_the_map() -> None:
    with_un = WORLD.copy()
    with_un.add_node("UN", bipartite=1)
    with_un.add_edges_from((country, "UN") for country in nodes_of(WORLD, 0))
    seen = boundary(with_un)
    assert seen.ties == key("l09-everyone")["pairs"] == len(list(combinations(range(30), 2)))
    assert max(seen.brokerage.values()) == key("l09-everyone")["brokerage"]
    assert boundary(with_un, None, 3).brokerage == boundary(WORLD, None, 2).brokerage


def test_nobody_stands_between_others_inside_one_body() -> None:
    panel = bridges()
    panel.set(bodies=["ASEAN"], shared=1)
    assert panel.twin.startswith("55 pasang")
    assert "nol" in panel.twin
    panel.set(bodies=[])
    assert panel.twin.startswith("Belum ada wadah")


def test_the_chairs_of_asean() -> None:
    assert list(members_over_time("ASEAN").values()) == [5, 6, 7, 9, 10, 11]
