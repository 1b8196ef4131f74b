"""A school in three models, to look at."""

from functools import cache
from typing import Any

import networkx as nx  # noqa: TC002  # a type

from jejaring.figures import schools as figures
from jejaring.figures.picture import Picture
from jejaring.layouts import stress_layout
from jejaring.messages import news_by_step, send
from jejaring.schools import (
    MANAGERS,
    advocacy_school,
    complain,
    norm_spread,
    open_doors,
    partnership_school,
    professional_school,
)

__all__ = ["heard_map", "message_map", "message_steps", "norm_survival", "redesign_steps", "school_models"]

_SEED, _SENDER = 1, "parent_2"
_MODELS = {"professional": professional_school, "advocacy": advocacy_school, "partnership": partnership_school}


def school_models() -> Picture:
    """One complaint in the three models."""
    hearings = {name: complain(model(seed=_SEED), _SENDER) for name, model in _MODELS.items()}
    return figures.school_models(hearings, bet=8)


def message_steps() -> Picture:
    """The same complaint, step by step."""
    schools = {name: model(seed=_SEED) for name, model in _MODELS.items()}
    return figures.message_steps(
        {
            name: [[str(person) for person in step] for step in news_by_step(send(school, [_SENDER]))]
            for name, school in schools.items()
        },
        {name: complain(school, _SENDER) for name, school in schools.items()},
    )


@cache
def _map() -> tuple[dict[str, tuple[float, float]], list[tuple[str, str]], list[str]]:
    """The advocacy model: places, arcs, and who gets to know the complaint."""
    school = advocacy_school(seed=_SEED)
    places = {str(person): place for person, place in stress_layout(school.to_undirected()).items()}
    return places, list(school.edges), list(map(str, send(school, [_SENDER])))


def message_map() -> Picture:
    """The complaint's way through the hostile bridge."""
    hearing = complain(advocacy_school(seed=_SEED), _SENDER)
    return figures.message_map(*_map(), hearing, model="advocacy")


@cache
def _plans() -> tuple[list[int], dict[str, list[int]]]:
    """Five arcs to the principal or to a deputy: who is heard, and the principal's load."""
    school = professional_school(seed=_SEED)
    heard, loads = [], {}
    for door in ("principal", "deputy_students"):
        plan = open_doors(school, 5, doors=[door])
        heard = [int(value) for value in plan.values]
        before = complain(school).load
        loads[door] = [before + arcs * (door == "principal") for arcs in range(len(heard))]
    return heard, loads


@cache
def _opened() -> tuple[dict[str, tuple[float, float]], list[tuple[str, str]], list[tuple[str, str]], list[str]]:
    """The professional model with two arcs to a deputy: places, old arcs, new arcs, and who is heard then."""
    school = professional_school(seed=_SEED)
    places = {str(person): place for person, place in stress_layout(school.to_undirected()).items()}
    old = list(school.edges)
    added = [(sender, "deputy_students") for sender in ("parent_2", "shop")]
    school.add_edges_from(added)
    return places, old, added, [person for person in places if _is_heard(school, person)]


def _is_heard(school: "nx.DiGraph[Any]", person: str) -> bool:
    """Whether somebody outside the management gets a message to it within three steps."""
    arrivals = send(school, [person])
    return person not in MANAGERS and any(name in arrivals and arrivals[name].step <= 3 for name in MANAGERS)


def heard_map() -> Picture:
    """The professional model, with the arcs that open it."""
    places, old, added, heard = _opened()
    return figures.heard_map(places, old, added, heard, {"principal": 4, "deputy_students": 8}, within=3, bet=15)


def redesign_steps() -> Picture:
    """The professional model, opened by one arc after the other."""
    heard, loads = _plans()
    return figures.redesign_steps(heard, loads, within=3, people=30 - len(MANAGERS))


@cache
def _courses() -> dict[str, list[int]]:
    """Forty teachers, of whom a fifth leaves each term; all follow the majority."""
    chances = {"without": 0.0, "with": 0.5}
    return {kind: norm_spread(40, 20, turnover=0.2, induction=taught, seed=2) for kind, taught in chances.items()}


def norm_survival() -> Picture:
    """A norm that dies, and one that is taught."""
    return figures.norm_survival(_courses(), people=40, bet=30)
