"""One school: what becomes of a complaint, whose door to open, and how a norm outlives those who had it."""

from functools import cache
from statistics import median_low
from typing import Any, TypeAlias

import networkx as nx

from jejaring.figures.picture import Picture
from jejaring.figures.schools import heard_map, message_map, norm_survival, school_models
from jejaring.language import word, words
from jejaring.layouts import stress_layout
from jejaring.messages import send
from jejaring.panels._bets import bet, follow
from jejaring.schools import (
    HOSTILE_DELAY,
    MANAGERS,
    Hearing,
    advocacy_school,
    complain,
    copy_one,
    follow_majority,
    norm_spread,
    open_doors,
    partnership_school,
    professional_school,
)
from jejaring.widgets.panel import Checks, Choice, Control, Panel, Scene, Slider, Table

__all__ = ["complaint_route", "five_doors", "newcomers"]

Graph: TypeAlias = "nx.DiGraph[Any]"

_SEED = 1
_MODELS = ("professional", "advocacy", "partnership")
_DOORS = ("principal", "deputy_students")
_BUDGET, _WITHIN = 5, 3  # arcs, steps: where the lesson asks for a bet
_TEACHERS, _TERMS, _RUNS = 40, 20, 20
_TURNOVER, _INDUCTION = 20, 50  # per cent: where the lesson asks for a bet
_RULES = {"majority": follow_majority, "one": copy_one}


def complaint_route(bet_on: str | None = None) -> Panel:
    """Drop a complaint into a school that works by one of three models, and follow it.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on the number of people to whom the partners' principal listens.

    Returns
    -------
    Panel
        Four controls: the model, who complains, the delay between opponents, one map or three models side by side.

    References
    ----------
    Keith, S., & Girling, R. H. (1991). *Education, Management, and Participation: New Directions in Educational
    Administration*. Allyn and Bacon, 256-259.

    Examples
    --------
    >>> panel = complaint_route()
    >>> panel.set(model="partnership")
    >>> print(panel.twin)
    Kemitraan: sampai setelah 2 langkah, lewat orang tua 2 → orang tua 5 → kepala sekolah.
    """
    senders = {name: word(f"panel.complaint.senders.{name}") for name in words("panel.complaint.senders")}
    names = {model: word(f"figure.schools.model.{model}") for model in _MODELS}
    views = {view: word(f"panel.complaint.{view}") for view in ("map", "compare")}
    assumed, source = word("panel.assumed"), word("panel.complaint.model_source")
    controls: dict[str, Control] = {
        "model": Choice(word("panel.complaint.model"), names, "professional", source),
        "sender": Choice(word("panel.complaint.sender"), senders, "parent_2"),
        "delay": Slider(
            word("panel.complaint.delay"), HOSTILE_DELAY, low=1, high=12, step=1, unit=word("panel.complaint.steps"),
            source=assumed,
        ),
        "view": Choice(word("panel.complaint.view"), views, "map"),
    }  # fmt: skip

    def draw(model: str, sender: str, delay: float, view: str) -> Scene:
        schools = _schools(int(delay))
        hearings = {name: complain(school, sender) for name, school in schools.items()}
        if view == "compare":
            picture = school_models(hearings, bet=bet(bet_on))
        else:
            picture = _route(schools[model], sender, hearings[model], model)
        return Scene(picture, _outcomes(hearings))

    return follow(Panel(draw, controls, title=word("panel.complaint.title")), bet_on)


def five_doors(bet_on: str | None = None) -> Panel:
    """Give a direct line to a few of those whom the school of experts does not hear, and choose at whose door it ends.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on how many are heard with five lines.

    Returns
    -------
    Panel
        Three controls: who gets a line (five at most), whose door opens, how many steps are in time.

    References
    ----------
    Nemhauser, G. L., Wolsey, L. A., & Fisher, M. L. (1978). An analysis of approximations for maximizing submodular
    set functions I. *Mathematical Programming* 14, 265-294.

    Examples
    --------
    >>> panel = five_doors()
    >>> panel.set(lines=["parent_2"], door="deputy_students")
    >>> print(panel.twin)
    Dengan 1 busur baru, 17 dari 27 orang didengar dalam 3 langkah. Beban mendengar: kepala sekolah 4 orang,
    wakil kesiswaan 7 orang.
    """
    known = {name: word(f"panel.doors.people.{name}") for name in words("panel.doors.people")}
    doors = {door: known.pop(door) for door in _DOORS}
    controls: dict[str, Control] = {
        "lines": Checks(word("panel.doors.lines"), known, ("parent_1", "parent_5"), word("panel.doors.lines_source")),
        "door": Choice(word("panel.doors.door"), doors, "principal"),
        "within": Slider(
            word("panel.doors.within"), _WITHIN, low=1, high=4, step=1, unit=word("panel.doors.steps"),
            source=word("panel.assumed"),
        ),
    }  # fmt: skip

    def draw(lines: tuple[str, ...], door: str, within: float) -> Scene:
        chosen, steps = lines[:_BUDGET], int(within)
        asked = len(chosen) == _BUDGET and steps == _WITHIN
        picture, rows = _opened(chosen, door, steps, bet(bet_on) if asked else None)
        full = [name for name in known if name not in chosen] if len(chosen) == _BUDGET else []
        return Scene(picture, _choices(rows, len(chosen)), {"lines": full})

    return follow(Panel(draw, controls, title=word("panel.doors.title")), bet_on)


def newcomers(bet_on: str | None = None) -> Panel:
    """Replace teachers term by term, and see whether what all of them did survives.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on how many follow the norm in the end when half are taught.

    Returns
    -------
    Panel
        Four controls: how many leave, how many newcomers are taught, what they copy, which run is drawn.

    References
    ----------
    Harrison, J. R., & Carroll, G. R. (1991). Keeping the faith: a model of cultural transmission in formal
    organizations. *Administrative Science Quarterly* 36, 552-582.

    Examples
    --------
    >>> print(newcomers().twin)
    Setelah 20 semester norma diikuti 39 dari 40 orang dengan pembekalan, 0 dari 40 orang tanpa pembekalan.
    """
    percent, assumed = word("panel.newcomers.percent"), word("panel.assumed")
    rules = {rule: word(f"panel.newcomers.{rule}") for rule in _RULES}
    controls: dict[str, Control] = {
        "turnover": Slider(
            word("panel.newcomers.turnover"), _TURNOVER, low=0, high=50, step=5, unit=percent, source=assumed
        ),
        "induction": Slider(
            word("panel.newcomers.induction"), _INDUCTION, low=0, high=100, step=5, unit=percent, source=assumed
        ),
        "rule": Choice(word("panel.newcomers.rule"), rules, "majority", word("panel.newcomers.rule_source")),
        "run": Slider(
            word("panel.newcomers.run"), 1, low=1, high=_RUNS, step=1, meaning=word("panel.newcomers.run_meaning"),
            source=assumed,
        ),
    }  # fmt: skip

    def draw(turnover: float, induction: float, rule: str, run: float) -> Scene:
        shares = {"with": int(induction), "without": 0}
        runs = {kind: _courses(int(turnover), share, rule) for kind, share in shares.items()}
        asked = (turnover, induction, rule) == (_TURNOVER, _INDUCTION, "majority")
        courses = {kind: found[int(run) - 1] for kind, found in runs.items()}
        picture = norm_survival(courses, people=_TEACHERS, bet=bet(bet_on) if asked else None)
        ends = {kind: [course[-1] for course in found] for kind, found in runs.items()}
        return Scene(picture, _endings(ends, int(induction)))

    return follow(Panel(draw, controls, title=word("panel.newcomers.title")), bet_on)


@cache
def _schools(delay: int) -> dict[str, Graph]:
    """The three models, with this delay between opponents."""
    advocacy = advocacy_school(seed=_SEED)
    for arc in advocacy.edges.values():
        if arc.get("hostile"):
            arc["delay"] = delay
    return {
        "professional": professional_school(seed=_SEED),
        "advocacy": advocacy,
        "partnership": partnership_school(seed=_SEED),
    }


@cache
def _places() -> dict[str, tuple[float, float]]:
    """Where people stand in every map, so that only the arrows change."""
    together = nx.compose_all([school.to_undirected() for school in _schools(HOSTILE_DELAY).values()])
    return {str(person): place for person, place in stress_layout(together).items()}


def _route(school: Graph, sender: str, hearing: Hearing, model: str) -> Picture:
    """The map of one complaint."""
    informed = [str(person) for person in send(school, [sender])]
    return message_map(_places(), list(school.edges), informed, hearing, model=model, sender=sender)


def _outcomes(hearings: dict[str, Hearing]) -> Table:
    """What became of the complaint in all three models."""
    columns = tuple(word(f"panel.complaint.column_{name}") for name in ("model", "know", "delay", "load"))
    rows = []
    for model, hearing in hearings.items():
        delay = word("panel.complaint.never") if hearing.delay is None else str(hearing.delay)
        counts = (str(hearing.informed + 1), delay, str(hearing.load))
        rows.append((word(f"figure.schools.model.{model}"), *counts))
    return Table(word("panel.complaint.caption"), columns, tuple(rows))


def _opened(
    lines: tuple[str, ...], door: str, within: int, guess: float | None
) -> tuple[Picture, dict[str, tuple[int, int, int]]]:
    """The map of a redesign; and heard, principal's and deputy's load before it, with it, and by a search."""
    before = _schools(HOSTILE_DELAY)["professional"]
    added = [(sender, door) for sender in lines]
    after = before.copy()
    after.add_edges_from(added)
    heard = _heard(after, within)
    old = {name: int(before.in_degree(name)) for name in _DOORS}
    new = {name: int(after.in_degree(name)) for name in _DOORS}
    found = open_doors(before, len(lines), doors=[door], within=within)
    best = {name: old[name] + len(found.ties) * (name == door) for name in _DOORS}
    picture = heard_map(_places(), list(before.edges), added, heard, new, within=within, bet=guess)
    rows = {
        "before": (len(_heard(before, within)), old["principal"], old["deputy_students"]),
        "yours": (len(heard), new["principal"], new["deputy_students"]),
        "search": (int(found.values[-1]), best["principal"], best["deputy_students"]),
    }
    return picture, rows


def _heard(school: Graph, within: int) -> list[str]:
    """Those whose message gets to the management in time, the management aside."""
    heard = []
    for person in school:
        arrivals = send(school, [person])
        steps = [arrivals[name].step for name in MANAGERS if name in arrivals]
        if person not in MANAGERS and steps and min(steps) <= within:
            heard.append(str(person))
    return heard


def _choices(rows: dict[str, tuple[int, int, int]], arcs: int) -> Table:
    """The reader's choice beside the search's."""
    columns = tuple(word(f"panel.doors.column_{name}") for name in ("what", "heard", "principal", "deputy"))
    said = [(word(f"panel.doors.row_{row}"), *(str(count) for count in counts)) for row, counts in rows.items()]
    return Table(word("panel.doors.caption", arcs=arcs), columns, tuple(said))


@cache
def _courses(turnover: int, induction: int, rule: str) -> tuple[tuple[int, ...], ...]:
    """Twenty runs of one setting."""
    leaving, taught = turnover / 100, induction / 100
    return tuple(
        tuple(norm_spread(_TEACHERS, _TERMS, turnover=leaving, induction=taught, rule=_RULES[rule], seed=seed))
        for seed in range(1, _RUNS + 1)
    )


def _endings(ends: dict[str, list[int]], induction: int) -> Table:
    """How much chance there is in it."""
    columns = tuple(word(f"panel.newcomers.column_{name}") for name in ("kind", "least", "middle", "most"))
    rows = [
        (
            word(f"panel.newcomers.row_{kind}", share=induction),
            *(str(count) for count in (min(found), median_low(found), max(found))),
        )
        for kind, found in ends.items()
    ]
    return Table(word("panel.newcomers.caption", terms=_TERMS, runs=_RUNS), columns, tuple(rows))
