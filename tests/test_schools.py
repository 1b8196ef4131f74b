"""Schools: the message that never arrives, what all three models share, redesign, and norms among newcomers."""

from fractions import Fraction
from statistics import mean

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring.additions import HeardBy, absent_ties, best_additions, greedy_additions
from jejaring.schools import (
    HOSTILE_DELAY,
    MANAGERS,
    STAKEHOLDERS,
    advocacy_school,
    complain,
    copy_one,
    expected_norm,
    follow_majority,
    norm_spread,
    open_doors,
    partnership_school,
    professional_school,
)

MODELS = (professional_school, advocacy_school, partnership_school)
PARENTS = STAKEHOLDERS["parents"]
SEEDS = range(40)


def test_thirty_people_of_ten_kinds():
    assert len(STAKEHOLDERS) == 10
    assert sum(map(len, STAKEHOLDERS.values())) == 30
    for model in MODELS:
        school = model(seed=1)
        assert list(school.nodes(data="kind")) == [(name, kind) for kind, all_ in STAKEHOLDERS.items() for name in all_]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("parent", PARENTS)
def test_the_message_that_never_arrives(parent, seed):
    professional, advocacy, partnership = (complain(model(seed=seed), parent) for model in MODELS)
    assert (professional.managers, professional.delay, professional.path) == (0, None, ())
    assert advocacy.delay > HOSTILE_DELAY
    assert 1 <= partnership.delay <= 2
    assert partnership.delay < advocacy.delay
    assert partnership.managers == advocacy.managers == 3
    for hearing in (advocacy, partnership):
        assert (hearing.path[0], hearing.path[-1]) == (parent, "principal")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_principals_load_about_triples(seed):
    before, after = (complain(model(seed=seed)).load for model in (professional_school, partnership_school))
    assert before == 4
    assert 3 <= after / before <= 3.5


@pytest.mark.parametrize("seed", SEEDS)
def test_one_hostile_bridge_carries_all_that_critics_say(seed):
    school = advocacy_school(seed=seed)
    hostile = [(one, other) for one, other, delay in school.edges(data="delay", default=1) if delay > 1]
    assert hostile == [("principal", "ngo_1"), ("ngo_1", "principal")]
    school.remove_edge("ngo_1", "principal")
    assert {complain(school, parent).managers for parent in PARENTS} == {0}


def test_the_same_families_in_all_models():
    families = [
        {arc for arc in model(seed=3).edges if arc[0] in PARENTS and arc[1] in STAKEHOLDERS["students"]}
        for model in MODELS
    ]
    assert len(families[0]) == len(PARENTS)
    assert families[0] <= families[1]
    assert families[0] <= families[2]
    assert len({frozenset(professional_school(seed=seed).edges) for seed in SEEDS}) == len(SEEDS)
    assert list(professional_school(seed=5).edges) == list(professional_school(seed=5).edges)


def test_the_first_model_is_a_star_and_the_third_talks_back():
    """Shares of arcs that are answered."""
    professional, advocacy, partnership = (nx.reciprocity(model(seed=1)) for model in MODELS)
    assert professional < advocacy < partnership
    professional_graph = professional_school(seed=1)
    outsiders = [name for name in professional_graph if professional_graph.nodes[name]["kind"] == "parents"]
    assert all(set(professional_graph[name]) & set(MANAGERS) == set() for name in outsiders)


@pytest.mark.parametrize("seed", range(5))
def test_five_arcs_open_a_school_and_the_door_decides_who_carries_them(seed):
    school = professional_school(seed=seed)
    for doors, load in ((("principal",), 9), (("deputy_students",), 4)):
        plan = open_doors(school, budget=5, doors=doors)
        grown = school.copy()
        grown.add_edges_from(plan.ties)
        assert len(plan.ties) == 5
        assert {end for _, end in plan.ties} == set(doors)
        assert plan.values[0] == HeardBy(MANAGERS, 3)(school)
        assert list(plan.values) == sorted(set(plan.values))  # each arc gains something
        assert plan.values[-1] >= plan.values[0] + 12
        assert complain(grown).load == load
        assert max(complain(grown, parent).delay for parent in PARENTS) <= 3


def test_opening_doors_is_as_near_to_the_best_as_promised():
    school = professional_school(seed=1)
    candidates = absent_ties(school, [name for name in school if name not in MANAGERS], ["deputy_students"])
    objective = HeardBy(MANAGERS, 3)
    sure = objective.guarantee(candidates, 3)
    assert sure == Fraction(19, 27)
    greedy = open_doors(school, budget=3, doors=["deputy_students"])
    assert greedy == greedy_additions(school, candidates, objective, 3)
    assert greedy.gain >= sure * best_additions(school, candidates, objective, 3).gain


def test_an_arc_that_is_too_dear_is_not_bought():
    school = professional_school(seed=1)
    cheap = open_doors(school, budget=1, doors=["principal"])
    costs = {
        arc: 2 if arc == cheap.ties[0] else 1
        for arc in absent_ties(school, [name for name in school if name not in MANAGERS], ["principal"])
    }
    assert cheap.ties[0] not in open_doors(school, budget=1, doors=["principal"], costs=costs).ties


# Norms


shares = st.fractions(0, 1, max_denominator=10)


@pytest.mark.parametrize("rule", [copy_one, follow_majority])
@given(people=st.integers(4, 12), turnover=shares, seed=st.integers(0, 99))
@settings(max_examples=30)
def test_what_every_rule_obeys(rule, people, turnover, seed):
    def course(turnover, induction):
        return norm_spread(people, 4, turnover=turnover, induction=induction, rule=rule, seed=seed)

    assert course(turnover, 1) == [people] * 5  # all are taught
    assert course(0, 0) == [people] * 5  # nobody leaves
    assert course(1, 0) == [people, 0, 0, 0, 0]
    assert all(0 <= count <= people for count in course(turnover, Fraction(1, 2)))
    assert course(turnover, Fraction(1, 2)) == course(turnover, Fraction(1, 2))


def test_copying_averages_to_the_exact_course():
    runs = [norm_spread(20, 6, turnover=0.3, induction=0.4, rule=copy_one, seed=seed) for seed in range(400)]
    expected = expected_norm(6, turnover=0.3, induction=0.4)
    for term, expected_share in enumerate(expected):
        assert mean(run[term] for run in runs) / 20 == pytest.approx(expected_share, abs=0.04)


@given(shares, shares)
def test_the_norm_falls_towards_what_is_taught(turnover, induction):
    course = expected_norm(5, turnover=turnover, induction=induction)
    assert course == [induction + (1 - induction) * (1 - turnover) ** term for term in range(6)]


def test_a_norm_dies_without_induction_and_lives_with_it():
    """Where all follow the majority and a fifth leave each term; over 20 seeds."""
    ends = {
        induction: [norm_spread(40, 20, turnover=0.2, induction=induction, seed=seed)[-1] for seed in range(20)]
        for induction in (0, 0.5)
    }
    assert max(ends[0]) <= 8
    assert mean(ends[0.5]) >= 35
    assert min(ends[0.5]) > max(ends[0]) + 10
    calm = [norm_spread(40, 20, turnover=0.05, induction=0, seed=seed)[-1] for seed in range(20)]
    assert min(calm) >= 30  # where few leave, the old hands teach by example


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: complain(professional_school(seed=1), "nobody"), "sources contains 'nobody'"),
        (lambda: open_doors(professional_school(seed=1), 5, doors=["clerk"]), "doors contains 'clerk'; it must be one"),
        (lambda: open_doors(professional_school(seed=1), -1), "budget is -1"),
        (
            lambda: open_doors(professional_school(seed=1), 1, within=0),
            "within is 0; it must be a whole number of steps, 1 or more",
        ),
        (lambda: norm_spread(3, 1, turnover=0, induction=0, seed=1), "people is 3; .* of people, 4 or more"),
        (lambda: norm_spread(9, -1, turnover=0, induction=0, seed=1), "terms is -1; .* of terms, 0 or more"),
        (lambda: norm_spread(9, 1, turnover=2, induction=0, seed=1), "turnover is 2; .* from 0 to 1"),
        (lambda: norm_spread(9, 1, turnover=0, induction=-1, seed=1), "induction is -1"),
        (lambda: expected_norm(1, turnover=0, induction=float("nan")), "induction is nan"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
