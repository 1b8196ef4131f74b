"""A school in three models, in pictures: who hears a message, how late, and who has to listen."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from jejaring.figures._curves import curve, end_label, mark
from jejaring.figures.networks import network_map
from jejaring.figures.picture import BLUE, INK, PAPER, SKY, VERMILLION, Picture, compose, number
from jejaring.language import word, words
from jejaring.schools import MANAGERS, Hearing

__all__ = ["heard_map", "message_map", "message_steps", "norm_survival", "redesign_steps", "school_models"]

_BESIDE = {"xanchor": "left", "xshift": 8, "yanchor": "middle", "yshift": 0}  # a falling line has no room above its end
_BARS = (
    {"color": PAPER, "line": {"color": INK, "width": 1.5}},
    {"color": VERMILLION, "pattern": {"shape": "/", "fgcolor": PAPER, "fillmode": "overlay"}},
    {"color": BLUE},
)


def school_models(hearings: Mapping[str, Hearing], *, bet: float | None = None) -> Picture:
    """Set the models of a school side by side: how many managers hear a message, how late, and the principal's load.

    Parameters
    ----------
    hearings : mapping of str to Hearing
        What became of the message, by the id of the model (``professional``, ``advocacy``, ``partnership``) or by a
        name of your own; at most three.
    bet : float, optional
        To how many people the reader expected the principal to listen in the last model.

    Returns
    -------
    Picture
        Three groups of bars, one bar for each model, with its number at the end.

    Examples
    --------
    >>> deaf = Hearing(informed=9, managers=0, delay=None, load=4, path=())
    >>> open_ = Hearing(informed=29, managers=3, delay=2, load=13, path=("parent_1", "parent_5", "principal"))
    >>> print(school_models({"professional": deaf, "partnership": open_}).twin)
    Profesional: tak seorang pun di manajemen mendengar, dan kepala sekolah mendengarkan 4 orang.
    Kemitraan: 3 orang di manajemen mendengar, yang pertama setelah 2 langkah, dan kepala sekolah mendengarkan 13 orang.
    """
    groups = [word(f"figure.schools.{measure}") for measure in ("managers", "delay", "load")]
    traces: list[dict[str, Any]] = []
    for (model, hearing), look in zip(hearings.items(), _BARS, strict=False):
        values = [hearing.managers, hearing.delay or 0, hearing.load]
        said = [number(hearing.managers), _delay(hearing), number(hearing.load)]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": _model(model),
                "y": groups,
                "x": values,
                "text": said,
                "textposition": "outside",
                "textfont": {"color": INK},
                "cliponaxis": False,
                "marker": look,
                "hoverinfo": "text",
                "hovertext": [word("figure.schools.hover", model=_model(model), value=value) for value in said],
            }
        )
    if bet is not None:
        traces.append({**mark(bet, 0, word("figure.bet"), "star", VERMILLION, str(round(bet))), "y": [groups[-1]]})
    highest = max([bet or 0, *(value for trace in traces for value in trace["x"])])
    return compose(
        traces,
        {
            "barmode": "group",
            "bargap": 0.25,
            "xaxis": {"range": [0, 1.15 * highest], "tickformat": "d"},
            "yaxis": {"autorange": "reversed", "categoryarray": groups, "showgrid": False},
        },
        _models_twin(hearings, bet),
        title=word("figure.schools.models_title"),
        height=370,
    )


def message_steps(news: Mapping[str, Sequence[Sequence[str]]], hearings: Mapping[str, Hearing]) -> Picture:
    """Draw how many people know a message after each step, and mark when the management hears it.

    Parameters
    ----------
    news : mapping of str to sequence of sequence of str
        Those who learn the message at each step, the sender at step 0, by the id or name of the model; at most three.
    hearings : mapping of str to Hearing
        What became of it, for the same models.

    Returns
    -------
    Picture
        One line for each model, with its own dash and mark, going on flat where nobody new learns it; a star at the
        first manager.

    Examples
    --------
    >>> deaf = Hearing(informed=1, managers=0, delay=None, load=4, path=())
    >>> print(message_steps({"professional": [["parent_1"], ["student_2"]]}, {"professional": deaf}).twin)
    Profesional: berhenti pada 2 orang dan tak pernah sampai ke manajemen.
    """
    longest, most = max(map(len, news.values())), max(sum(map(len, steps)) for steps in news.values())
    traces, stars, said = [], [], []
    for place, (model, steps) in enumerate(news.items()):
        known = [(step, sum(map(len, steps[: step + 1]))) for step in range(longest)]
        hover = [
            word("figure.schools.step_hover", model=_model(model), step=step, people=people) for step, people in known
        ]
        traces.append(curve(_model(model), known, place, hover, marks=True))
        hearing = hearings[model]
        if hearing.delay is not None:
            stars.append(known[hearing.delay])
        said.append(_steps_twin(model, known[-1][1], hearing))
    if stars:
        heard = mark(0, 0, word("figure.schools.heard"), "star", SKY, word("figure.schools.heard"))
        traces.append({**heard, "x": [step for step, _ in stars], "y": [people for _, people in stars]})
    return compose(
        traces,
        {
            "xaxis": {
                "title": {"text": word("figure.schools.step")},
                "range": [-0.2, longest - 0.6],
                "tickformat": "d",
            },
            "yaxis": {"title": {"text": word("figure.schools.know")}, "range": [0, 1.05 * most], "tickformat": "d"},
        },
        " ".join(said),
        title=word("figure.schools.steps_title"),
        height=400,
    )


def message_map(
    places: Mapping[str, tuple[float, float]],
    arcs: Sequence[tuple[str, str]],
    informed: Collection[str],
    hearing: Hearing,
    *,
    model: str,
    sender: str = "",
) -> Picture:
    """Draw a school as a map of arrows, with the way of a message to the management.

    Parameters
    ----------
    places : mapping of str to (float, float)
        Where each person stands, from 0 to 1.
    arcs : sequence of (str, str)
        Who tells whom.
    informed : collection of str
        Those whom the message reached, the sender too.
    hearing : Hearing
        What became of it.
    model : str
        Id of the model, or a name of your own.
    sender : str, optional
        Whose message it is; ringed where it never arrives.

    Returns
    -------
    Picture
        One map: management, those who know and those who don't have their own marks; the way is drawn thick.

    Examples
    --------
    >>> places = {"parent_1": (0.0, 0.0), "ngo_1": (0.5, 0.5), "principal": (1.0, 1.0)}
    >>> way = ("parent_1", "ngo_1", "principal")
    >>> heard = Hearing(informed=2, managers=1, delay=7, load=1, path=way)
    >>> print(message_map(places, [way[:2], way[1:]], way, heard, model="advocacy").twin)
    Advokasi: sampai setelah 7 langkah, lewat orang tua 1 → LSM 1 → kepala sekolah.
    """
    names = {person: _person(person) for person in _by_kind(places, informed)}
    groups = {}
    for person, name in names.items():
        kind = "management" if person in MANAGERS else "informed" if person in informed else "uninformed"
        groups[name] = word(f"figure.schools.{kind}")
    way = [names[person] for person in hearing.path]
    ringed = way or ([names[sender]] if sender else [])
    drawn = network_map(
        {name: places[person] for person, name in names.items()},
        [(names[one], names[other], 1.0) for one, other in arcs],
        title=word("figure.schools.map_title", model=_model(model)),
        directed=True,
        groups=groups,
        marked=ringed,
        marked_ties=list(pairwise(way)),
        marked_name=word("figure.schools.way" if way else "figure.schools.sender"),
        most_labels=len(ringed),
    )
    return Picture(drawn.figure, _steps_twin(model, len(informed), hearing))


def heard_map(
    places: Mapping[str, tuple[float, float]],
    arcs: Sequence[tuple[str, str]],
    added: Sequence[tuple[str, str]],
    heard: Collection[str],
    loads: Mapping[str, int],
    *,
    within: int,
    bet: float | None = None,
) -> Picture:
    """Draw who can make the management hear a message in time, with the arcs that were added.

    Parameters
    ----------
    places : mapping of str to (float, float)
        Where each person stands, from 0 to 1.
    arcs : sequence of (str, str)
        Who tells whom, the added arcs aside.
    added : sequence of (str, str)
        New arcs to the management.
    heard : collection of str
        Those whose message arrives in time, the management aside.
    loads : mapping of str to int
        To how many people a member of the management listens then.
    within : int
        Steps within which a message counts as heard.
    bet : float, optional
        How many the reader expected to be heard.

    Returns
    -------
    Picture
        One map: management, those who are heard and those who aren't have their own marks; new arcs are drawn thick.

    Examples
    --------
    >>> places = {"parent_1": (0.0, 0.0), "shop": (0.5, 0.0), "principal": (1.0, 1.0)}
    >>> new = [("parent_1", "principal")]
    >>> print(heard_map(places, [], new, ["parent_1"], {"principal": 1}, within=3).twin)
    Dengan 1 busur baru, 1 dari 2 orang didengar dalam 3 langkah. Beban mendengar: kepala sekolah 1 orang.
    """
    names = {person: _person(person) for person in _by_kind(places, heard)}
    groups = {}
    for person, name in names.items():
        kind = "management" if person in MANAGERS else "in_time" if person in heard else "unheard"
        groups[name] = word(f"figure.schools.{kind}")
    new = [(names[one], names[other]) for one, other in added]
    drawn = network_map(
        {name: places[person] for person, name in names.items()},
        [(names[one], names[other], 1.0) for one, other in [*arcs, *added]],
        title=word("figure.schools.heard_title", within=within),
        directed=True,
        groups=groups,
        marked=[one for one, _ in new],
        marked_ties=new,
        marked_name=word("figure.schools.new_arc"),
        most_labels=len(new),
    )
    people = sum(person not in MANAGERS for person in places)
    doors = ", ".join(word("figure.schools.door_load", door=_person(door), load=load) for door, load in loads.items())
    fields = {"arcs": len(added), "heard": len(heard), "people": people, "within": within, "doors": doors}
    said = [word("figure.schools.heard_twin", **fields)]
    if bet is not None:
        said.append(word("figure.schools.norm_bet", bet=round(bet)))
    return Picture(drawn.figure, " ".join(said))


def redesign_steps(heard: Sequence[int], loads: Mapping[str, Sequence[int]], *, within: int, people: int) -> Picture:
    """Draw what each further arc to the management brings, and what it costs those at the door.

    Parameters
    ----------
    heard : sequence of int
        People who are heard in time, before the first arc and after each one.
    loads : mapping of str to sequence of int
        To how many people the principal listens then, by the id of the door (``principal``, ``deputy_students``) or by
        a name of your own; at most three.
    within : int
        Steps within which a message counts as heard.
    people : int
        How many there are to be heard.

    Returns
    -------
    Picture
        One line for those who are heard, one for each load, with the first and the last number at the ends.

    Examples
    --------
    >>> print(redesign_steps([9, 17], {"principal": [4, 5], "deputy_students": [4, 4]}, within=3, people=27).twin)
    Dengan 1 busur baru, orang yang didengar dalam 3 langkah bertambah dari 9 menjadi 17 dari 27.
    Kepala sekolah mendengarkan 5 orang kalau semua busur menuju kepala sekolah, 4 kalau menuju wakil kesiswaan.
    """
    arcs = len(heard) - 1
    counts = {word("figure.schools.heard_within", within=within): heard}
    counts |= {word("figure.schools.load_via", door=_person(door)): load for door, load in loads.items()}
    traces, notes = [], []
    for place, (name, course) in enumerate(counts.items()):
        hover = [word("figure.schools.arc_hover", name=name, people=count) for count in course]
        traces.append(curve(name, list(enumerate(course)), place, hover, marks=True))
        notes.append({**end_label(arcs, course[-1], str(course[-1])), **_BESIDE})
    ends = [
        word("figure.schools.redesign_load", load=load[-1], door=_person(door))
        if place
        else word("figure.schools.redesign_first", load=load[-1], door=_person(door))
        for place, (door, load) in enumerate(loads.items())
    ]
    fields = {"arcs": arcs, "within": within, "before": heard[0], "after": heard[-1], "people": people}
    return compose(
        traces,
        {
            "xaxis": {
                "title": {"text": word("figure.schools.arcs")},
                "range": [-0.1, 1.1 * arcs],
                "tickformat": "d",
                "dtick": 1,
            },
            "yaxis": {"title": {"text": word("figure.schools.people")}, "range": [0, 1.05 * people]},
            "annotations": notes,
        },
        f"{word('figure.schools.redesign_twin', **fields)} {', '.join(ends)}.",
        title=word("figure.schools.redesign_title", arcs=arcs),
        height=400,
    )


def norm_survival(courses: Mapping[str, Sequence[int]], *, people: int, bet: float | None = None) -> Picture:
    """Draw how many follow a norm, term by term, when newcomers are taught it and when they are not.

    Parameters
    ----------
    courses : mapping of str to sequence of int
        How many follow it at the start and after each term, by ``with`` and ``without`` (induction) or by a name of
        your own; at most four.
    people : int
        Members of the staff.
    bet : float, optional
        How many the reader expected to follow it at the end, in the first course.

    Returns
    -------
    Picture
        One line for each course, with its own dash; the last number is written at its end.

    Examples
    --------
    >>> print(norm_survival({"without": [40, 20, 0], "with": [40, 39, 38]}, people=40).twin)
    Setelah 2 semester norma diikuti 0 dari 40 orang tanpa pembekalan, 38 dari 40 orang dengan pembekalan.
    """
    names = words("figure.schools.induction")
    traces, notes, parts = [], [], []
    for place, (kind, course) in enumerate(courses.items()):
        name = names.get(kind, kind)
        points = list(enumerate(course))
        hover = [word("figure.schools.norm_hover", name=name, term=term, people=count) for term, count in points]
        traces.append(curve(name, points, place, hover, marks=len(points) < 25))
        notes.append({**end_label(*points[-1], str(course[-1])), **_BESIDE})
        parts.append(word("figure.schools.norm_part", count=course[-1], people=people, name=name))
    terms = max(map(len, courses.values())) - 1
    said = [word("figure.schools.norm_twin", terms=terms, parts=", ".join(parts))]
    if bet is not None:
        traces.append(mark(terms, bet, word("figure.bet"), "star", VERMILLION, str(round(bet))))
        said.append(word("figure.schools.norm_bet", bet=round(bet)))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.schools.term")}, "range": [-0.3, 1.09 * terms], "tickformat": "d"},
            "yaxis": {"title": {"text": word("figure.schools.follow")}, "range": [0, 1.1 * people]},
            "annotations": notes,
        },
        " ".join(said),
        title=word("figure.schools.norm_title"),
        height=380,
    )


def _model(model: str) -> str:
    """The name of a model; one's own name stays as it is."""
    return words("figure.schools.model").get(model, model)


def _person(name: str) -> str:
    """Somebody's name for readers: of an office, or of a kind with a number; one's own name stays as it is."""
    kind, _, digit = name.rpartition("_")
    known = words("figure.schools.person")
    return known.get(name) or (f"{known[kind]} {digit}" if digit.isdigit() and kind in known else name)


def _by_kind(places: Mapping[str, tuple[float, float]], reached: Collection[str]) -> list[str]:
    """Those who are reached first, then the management, so that each keeps its mark from picture to picture."""
    return sorted(places, key=lambda person: 1 if person in MANAGERS else 2 * (person not in reached))


def _delay(hearing: Hearing) -> str:
    """The steps, or never."""
    return word("figure.schools.never") if hearing.delay is None else number(hearing.delay)


def _steps_twin(model: str, people: int, hearing: Hearing) -> str:
    """Say how late a message came to the management and through whom, or where it stopped."""
    if hearing.delay is None:
        return word("figure.schools.steps_never", model=_model(model), people=people)
    path = " → ".join(_person(name) for name in hearing.path)
    return word("figure.schools.steps_heard", model=_model(model), delay=hearing.delay, path=path)


def _models_twin(hearings: Mapping[str, Hearing], bet: float | None) -> str:
    """Say for each model what became of the message."""
    said = []
    for model, hearing in hearings.items():
        kind = "models_never" if hearing.delay is None else "models_heard"
        fields = {"managers": hearing.managers, "delay": hearing.delay, "load": hearing.load}
        said.append(word(f"figure.schools.{kind}", model=_model(model), **fields))
    if bet is not None:
        said.append(word("figure.schools.models_bet", bet=round(bet), model=_model(list(hearings)[-1])))
    return " ".join(said)
