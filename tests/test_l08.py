"""The numbers that lesson 8 states are those of its models."""

from itertools import combinations
from statistics import median_low
from typing import Any

import networkx as nx

from jejaring.exercises.bank import find
from jejaring.messages import send
from jejaring.schools import (
    MANAGERS,
    STAKEHOLDERS,
    advocacy_school,
    complain,
    expected_norm,
    norm_spread,
    open_doors,
    partnership_school,
    professional_school,
)

SEEDS = range(40)


def _key(qid: str) -> dict[str, Any]:
    return dict(find(qid).entry["key"])


def test_the_school_by_hand() -> None:
    both = [("principal", "joko"), ("ratna", "dimas"), ("dimas", "sinta")]
    once = [("principal", name) for name in ("ratna", "dimas", "sinta")]
    once += [("joko", "dimas"), ("sinta", "wati"), ("wati", "principal")]
    school: nx.DiGraph[Any] = nx.DiGraph([*both, *((other, one) for one, other in both), *once])
    answered = sum(school.has_edge(other, one) for one, other in school.edges)
    key = _key("l08-by-hand")
    assert len(school.edges) == 12
    assert key["steps"] == send(school, ["ratna"])["principal"].step
    assert key["load"] == school.in_degree("principal")
    assert key["answered"] == f"1/{12 // answered}"
    school.remove_node("wati")
    assert key["without"] == len(send(school, ["ratna"])) - 1


def test_the_complaint_in_the_three_models() -> None:
    deaf = complain(professional_school(seed=1), "parent_2")
    assert (deaf.informed + 1, deaf.managers, deaf.load) == (10, 0, 4)
    assert complain(professional_school(seed=1), "supervisor").delay == 1
    hostile = advocacy_school(seed=1)
    late = complain(hostile, "parent_2")
    assert (late.delay, late.path[-2:], len(late.path) - 1) == (9, ("ngo_1", "principal"), 4)
    hostile["ngo_1"]["principal"]["delay"] = 1
    assert complain(hostile, "parent_2").delay == 4
    partners = complain(partnership_school(seed=1), "parent_2")
    partnership = partnership_school(seed=1)
    assert all(send(partnership, [name])["principal"].step <= 2 for name in partnership)
    assert (partners.delay, partners.load, partners.path) == (2, 13, ("parent_2", "parent_5", "principal"))


def test_one_arrow_from_a_child_to_a_teacher_undoes_never() -> None:
    for seed in SEEDS:
        school = professional_school(seed=seed)
        teacher = next(name for name in school.predecessors("student_1") if school.nodes[name]["kind"] == "teachers")
        school.add_edge("student_1", teacher)
        assert complain(school, "parent_2").managers == 3


def test_forty_schools_say_the_same() -> None:
    loads = [partnership_school(seed=seed).in_degree("principal") for seed in SEEDS]
    assert (min(loads), max(loads)) == (12, 14)
    assert {professional_school(seed=seed).in_degree("principal") for seed in SEEDS} == {4}
    assert not any(complain(professional_school(seed=seed)).managers for seed in SEEDS)


def test_no_five_arcs_to_one_door_do_better() -> None:
    school = professional_school(seed=1)
    plan = open_doors(school, 5, doors=["deputy_students"])
    key = _key("l08-doors")
    assert plan.values == (9, 17, 19, 20, 21, key["heard"])
    assert key["principal"] == school.in_degree("principal")
    assert key["deputy"] == school.in_degree("deputy_students") + 5
    heard = {school.nodes[name]["kind"] for name in school if complain(school, name).managers}
    assert key["kinds"] == len(set(STAKEHOLDERS) - heard)
    backwards = school.reverse()
    known = set(_near(backwards, MANAGERS, 3))
    adds = [set(_near(backwards, [name], 2)) - known for name in school if name not in known]
    most = max(len(set.union(*five)) for five in combinations(adds, 5))
    assert len(adds) == 18
    assert len(known) - len(MANAGERS) + most == key["heard"]


def _near(graph: "nx.DiGraph[Any]", sources: Any, steps: int) -> list[Any]:
    return [name for name, known in send(graph, sources).items() if known.step <= steps]


def test_the_norm() -> None:
    ends = {
        taught: [norm_spread(40, 20, turnover=0.2, induction=taught, seed=seed)[-1] for seed in range(1, 21)]
        for taught in (0, 0.35, 0.5)
    }
    assert ends[0.5][0] == 39
    assert (min(ends[0.5]), median_low(ends[0.5])) == (25, 38)
    assert set(ends[0]) == {0}
    assert min(ends[0.35]) < 10
    assert max(ends[0.35]) > 30
    assert round(40 * expected_norm(20, turnover=0.2, induction=0.5)[-1]) == 20


def test_when_to_stop_and_what_handing_over_costs() -> None:
    stop, hands = _key("l08-stop"), _key("l08-handovers")
    assert abs(stop["old"] - (0.1 * 15 - 2)) < 1e-9
    assert abs(stop["new"] - (0.3 * 15 - 2)) < 1e-9
    assert abs(hands["partnership"] - 0.8**2) < 1e-9
    assert abs(hands["advocacy"] - 0.8**4) < 1e-9
