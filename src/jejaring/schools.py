"""One school, three models of talking to it: whose message arrives, how late, and who has to listen.

The thirty people and ten kinds are invented, and so is the delay of a hostile channel; what is taken from the source
is the shape of the three models. Who has which child, which class and which friends comes from the seed and is the
same in all three. Management is the principal and two deputies, who in Indonesia are teachers with a further duty.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from random import Random
from typing import Any, Final, TypeAlias

import networkx as nx

from jejaring._checks import Number, share, whole
from jejaring.additions import Additions, HeardBy, absent_ties, greedy_additions
from jejaring.messages import quickest_path, send

__all__ = [
    "HOSTILE_DELAY",
    "MANAGERS",
    "STAKEHOLDERS",
    "Hearing",
    "advocacy_school",
    "complain",
    "copy_one",
    "expected_norm",
    "follow_majority",
    "norm_spread",
    "open_doors",
    "partnership_school",
    "professional_school",
]

Arc = tuple[str, str]
Graph: TypeAlias = "nx.DiGraph[Any]"
Rule = Callable[[Sequence[bool]], bool]

STAKEHOLDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "students": ("student_1", "student_2", "student_3", "student_4"),
    "teachers": (
        "principal",
        "deputy_curriculum",
        "deputy_students",
        "teacher_1",
        "teacher_2",
        "teacher_3",
        "teacher_4",
        "teacher_5",
    ),
    "staff": ("head_of_office", "clerk"),
    "parents": ("parent_1", "parent_2", "parent_3", "parent_4", "parent_5", "parent_6"),
    "government": ("supervisor", "education_office"),
    "private_sector": ("shop", "bank"),
    "industry": ("workshop",),
    "schools": ("neighbour_school",),
    "alumni": ("alumna_1", "alumna_2"),
    "ngos": ("ngo_1", "ngo_2"),
}
"""Ten kinds of people, thirty in all, in the order of the graph's nodes."""
MANAGERS: Final = ("principal", "deputy_curriculum", "deputy_students")
"""Who has to hear a complaint."""
HOSTILE_DELAY: Final = 6
"""Steps that a message takes between opponents, where an ordinary one takes one: letter, silence, hearing (assumed)."""

_KINDS = {name: kind for kind, names in STAKEHOLDERS.items() for name in names}
_BUSINESS = ("private_sector", "industry", "schools")
_DEPUTIES = MANAGERS[1:]
_CLASS_TEACHERS = tuple(name for name in STAKEHOLDERS["teachers"] if name not in MANAGERS)
_MEETINGS = 3  # colleagues whom everybody sees at work in a term


@dataclass(frozen=True)
class Hearing:
    """What became of a message to the management.

    Parameters
    ----------
    informed : int
        People whom it reached, the sender aside.
    managers : int
        Members of the management among them, from 0 to 3.
    delay : int or None
        Steps until the first of them heard it; None when none did.
    load : int
        People to whom the principal has to listen (in-degree).
    path : tuple of str
        Through whom it came to the first manager, both ends too; empty when it didn't.

    Examples
    --------
    >>> Hearing(informed=4, managers=0, delay=None, load=4, path=()).delay is None
    True
    """

    informed: int
    managers: int
    delay: int | None
    load: int
    path: tuple[str, ...]


def professional_school(*, seed: int) -> Graph:
    """Build the school of experts: it informs everybody and listens to its own staff and supervisor.

    Parameters
    ----------
    seed : int
        Decides families, classes and friends.

    Returns
    -------
    networkx.DiGraph
        30 people with the attribute `kind`, in the order of `STAKEHOLDERS`. An arc from A to B means that A tells B.

    References
    ----------
    Keith, S., & Girling, R. H. (1991). *Education, Management, and Participation: New Directions in Educational
    Administration*. Allyn and Bacon, 256-259.

    Examples
    --------
    A parent may talk to other parents and to the child, but to nobody in the school.

    >>> school = professional_school(seed=1)
    >>> sorted({school.nodes[listener]["kind"] for listener in school["parent_1"]})
    ['parents', 'students']
    >>> school.in_degree("principal")
    4
    """
    drawn = _Drawn(seed)
    school = _build(drawn)
    for name, kind in _KINDS.items():
        if kind not in ("teachers", "staff", "students"):
            school.add_edge("principal", name)
    school.add_edges_from((teacher, parent) for parent, teacher in _teachers_of_parents(drawn))
    return school


def advocacy_school(*, seed: int) -> Graph:
    """Build the school with an opposition: two camps, and one hostile arc from the critics to the principal.

    Parameters
    ----------
    seed : int
        Decides families, classes and friends, and which parent knows the critics.

    Returns
    -------
    networkx.DiGraph
        As `professional_school`; the two arcs between the camps have ``hostile=True`` and a `delay` of
        `HOSTILE_DELAY` steps.

    References
    ----------
    Keith, S., & Girling, R. H. (1991). *Education, Management, and Participation: New Directions in Educational
    Administration*. Allyn and Bacon, 256-259.

    Examples
    --------
    >>> school = advocacy_school(seed=1)
    >>> [arc for *arc, hostile in school.edges(data="hostile") if hostile]
    [['principal', 'ngo_1'], ['ngo_1', 'principal']]
    """
    drawn = _Drawn(seed)
    school = _build(drawn)
    critics = (*STAKEHOLDERS["ngos"], *STAKEHOLDERS["alumni"])
    school.add_edges_from(permutations(critics, 2))
    school.add_edges_from(permutations((drawn.spokesperson, critics[0]), 2))
    school.add_edges_from(permutations(("principal", critics[0]), 2), delay=HOSTILE_DELAY, hostile=True)
    school.add_edges_from(("principal", name) for kind in _BUSINESS for name in STAKEHOLDERS[kind])
    return school


def partnership_school(*, seed: int) -> Graph:
    """Build the school of partners: one of each kind sits in a forum, where all talk to all and to the principal.

    Parameters
    ----------
    seed : int
        Decides families, classes and friends, and who represents each kind.

    Returns
    -------
    networkx.DiGraph
        As `professional_school`; those in the forum have ``forum=True``, and all people talk to the one of their kind,
        both ways.

    References
    ----------
    Keith, S., & Girling, R. H. (1991). *Education, Management, and Participation: New Directions in Educational
    Administration*. Allyn and Bacon, 256-259.

    Examples
    --------
    The principal listened to 4 people in the professional model.

    >>> school = partnership_school(seed=1)
    >>> school.in_degree("principal")
    13
    """
    drawn = _Drawn(seed)
    school = _build(drawn)
    nx.set_node_attributes(school, {name: name in drawn.forum.values() for name in school}, "forum")
    school.add_edges_from(permutations(("principal", *drawn.forum.values()), 2))
    for name, kind in _KINDS.items():
        if name not in MANAGERS and name != drawn.forum[kind]:
            school.add_edges_from(permutations((name, drawn.forum[kind]), 2))
    for parent, teacher in _teachers_of_parents(drawn):
        school.add_edges_from(permutations((parent, teacher), 2))
    return school


def complain(graph: Graph, sender: str = "parent_1") -> Hearing:
    """Drop a message into a school, and see whether the management hears it.

    Parameters
    ----------
    graph : networkx.DiGraph
        A school with the people of `STAKEHOLDERS`; not modified.
    sender : str
        Whose message it is.

    Returns
    -------
    Hearing
        Reach, delay and load.

    Raises
    ------
    ValueError
        If the sender is not in the school.

    Examples
    --------
    >>> complain(professional_school(seed=1)).managers
    0
    >>> hearing = complain(partnership_school(seed=1))
    >>> hearing.managers, hearing.delay <= 2
    (3, True)
    """
    known = send(graph, [sender])
    heard = [name for name in known if name in MANAGERS]  # in the order of arrival
    return Hearing(
        informed=len(known) - 1,
        managers=len(heard),
        delay=known[heard[0]].step if heard else None,
        load=int(graph.in_degree("principal")),
        path=tuple(map(str, quickest_path(graph, sender, heard[0]) or ())) if heard else (),
    )


def open_doors(
    graph: Graph,
    budget: Number,
    *,
    doors: Sequence[str] = MANAGERS,
    within: int = 3,
    costs: Mapping[tuple[Hashable, Hashable], Number] | None = None,
) -> Additions:
    """Redesign a school: add arcs to the management one by one, so that as many as possible are heard.

    Parameters
    ----------
    graph : networkx.DiGraph
        A school with the people of `STAKEHOLDERS`; not modified.
    budget : int, float or Fraction
        What the new arcs may cost together, in the unit of `costs`.
    doors : sequence of str
        Members of the management where new arcs may end: they will carry the load.
    within : int
        Steps within which a message counts as heard.
    costs : mapping of pair to int, float or Fraction, optional
        What each arc costs; 1 each without it.

    Returns
    -------
    Additions
        Its values are the people heard in time, before the first arc and after each one. With equal costs the gain is
        at least 1 - 1/e = 63% of the best possible one, because all new arcs end where messages ought to.

    Raises
    ------
    ValueError
        If a door is no member of the management, or the budget, a cost or the steps are outside their range.

    References
    ----------
    Nemhauser, G. L., Wolsey, L. A., & Fisher, M. L. (1978). An analysis of approximations for maximizing submodular
    set functions I. *Mathematical Programming* 14, 265-294.

    Examples
    --------
    >>> plan = open_doors(professional_school(seed=1), budget=1, doors=["deputy_students"])
    >>> plan.ties[0][1], plan.values[1] > plan.values[0]
    ('deputy_students', True)
    """
    whole("within", within, "steps", 1)
    for door in doors:
        if door not in MANAGERS:
            raise ValueError(f"doors contains {door!r}; it must be one of {', '.join(map(repr, MANAGERS))}.")
    candidates = absent_ties(graph, [name for name in graph if name not in MANAGERS], doors)
    return greedy_additions(graph, candidates, HeardBy(MANAGERS, within), budget, costs)


def copy_one(seen: Sequence[bool]) -> bool:
    """Do as the first colleague does whom one sees.

    Parameters
    ----------
    seen : sequence of bool
        For each colleague seen at work, whether that one follows the norm; at least one.

    Returns
    -------
    bool
        Whether to follow it in the next term.

    References
    ----------
    Holley, R. A., & Liggett, T. M. (1975). Ergodic theorems for weakly interacting infinite systems and the voter
    model. *Annals of Probability* 3, 643-663.

    Examples
    --------
    >>> copy_one([True, False, False])
    True
    """
    return seen[0]


def follow_majority(seen: Sequence[bool]) -> bool:
    """Do as most of the colleagues do whom one sees.

    Parameters
    ----------
    seen : sequence of bool
        For each colleague seen at work, whether that one follows the norm.

    Returns
    -------
    bool
        Whether to follow it in the next term; not when they are divided equally.

    References
    ----------
    Boyd, R., & Richerson, P. J. (1985). *Culture and the Evolutionary Process*. University of Chicago Press.

    Examples
    --------
    >>> follow_majority([True, False, False]), follow_majority([True, True, False])
    (False, True)
    """
    return 2 * sum(seen) > len(seen)


def norm_spread(
    people: int, terms: int, *, turnover: Number, induction: Number, rule: Rule = follow_majority, seed: int
) -> list[int]:
    """Let newcomers replace those who leave, and see whether a norm that all followed survives.

    Each term everybody leaves with the probability `turnover`. The newcomer follows the norm only if taught at the
    start. Then all look at three colleagues drawn at random, and do as the rule says.

    Parameters
    ----------
    people : int
        Members of the staff, 4 or more.
    terms : int
        School terms, 0 or more.
    turnover : int, float or Fraction
        Probability that a member leaves in a term, from 0 to 1.
    induction : int, float or Fraction
        Probability that a newcomer is taught the norm, from 0 (no induction) to 1.
    rule : function of a sequence of bool that gives a bool
        What one makes of the three colleagues: `follow_majority`, `copy_one`, or your own.
    seed : int
        The same seed gives the same course.

    Returns
    -------
    list of int
        How many follow the norm at the start (all) and after each term; one more than there are terms.

    Raises
    ------
    ValueError
        If a number is outside its range.

    References
    ----------
    Harrison, J. R., & Carroll, G. R. (1991). Keeping the faith: a model of cultural transmission in formal
    organizations. *Administrative Science Quarterly* 36, 552-582.

    Examples
    --------
    Where all are taught or nobody leaves the norm stays; where all leave untaught it goes at once.

    >>> norm_spread(10, 2, turnover=0.5, induction=1, seed=1)
    [10, 10, 10]
    >>> norm_spread(10, 2, turnover=1, induction=0, seed=1)
    [10, 0, 0]
    """
    whole("people", people, "people", _MEETINGS + 1)
    whole("terms", terms, "terms")
    leaving, taught = share("turnover", turnover), share("induction", induction)
    chance = Random(seed)
    follows = [True] * people
    course = [people]
    for _ in range(terms):
        for member in range(people):
            if chance.random() < leaving:
                follows[member] = chance.random() < taught
        follows = [rule([follows[other] for other in _colleagues(member, people, chance)]) for member in range(people)]
        course.append(sum(follows))
    return course


def expected_norm(terms: int, *, turnover: Number, induction: Number) -> list[float | Fraction]:
    """Compute the share that follows the norm on average where everybody copies one colleague.

    Copying moves the norm about but changes nothing on average, so only leaving and teaching count: the share falls
    from 1 towards `induction`.

    Parameters
    ----------
    terms : int
        School terms, 0 or more.
    turnover, induction : int, float or Fraction
        As for `norm_spread`, from 0 to 1.

    Returns
    -------
    list of Fraction or float
        The mean of ``norm_spread(..., rule=copy_one) / people`` over all seeds: at the start (1) and after each term.

    Raises
    ------
    ValueError
        If a number is outside its range.

    References
    ----------
    Holley, R. A., & Liggett, T. M. (1975). Ergodic theorems for weakly interacting infinite systems and the voter
    model. *Annals of Probability* 3, 643-663.

    Examples
    --------
    Half leave, none is taught:

    >>> [str(part) for part in expected_norm(2, turnover=Fraction(1, 2), induction=0)]
    ['1', '1/2', '1/4']
    """
    whole("terms", terms, "terms")
    leaving, taught = share("turnover", turnover), share("induction", induction)
    course: list[float | Fraction] = [Fraction(1)]
    for _ in range(terms):
        course.append((1 - leaving) * course[-1] + leaving * taught)
    return course


class _Drawn:
    """What the seed decides, alike for all models."""

    def __init__(self, seed: int) -> None:
        chance = Random(seed)
        students, parents = STAKEHOLDERS["students"], list(STAKEHOLDERS["parents"])
        chance.shuffle(parents)
        children = [*students, *chance.sample(students, len(parents) - len(students))]
        self.children = dict(zip(parents, children, strict=True))
        self.classes = {student: chance.choice(_CLASS_TEACHERS) for student in students}
        self.ring = parents  # each one talks to the next in the shuffled order, and the last to the first
        self.spokesperson = chance.choice(parents)
        self.forum = {
            kind: chance.choice([name for name in names if name not in MANAGERS])
            for kind, names in STAKEHOLDERS.items()
        }


def _build(drawn: _Drawn) -> Graph:
    """Make what all models share: the school's own hierarchy, families, friends among parents, the supervisor."""
    school: Graph = nx.DiGraph()
    for name, kind in _KINDS.items():
        school.add_node(name, kind=kind)
    for deputy in _DEPUTIES:
        school.add_edges_from(permutations(("principal", deputy), 2))
        for teacher in _CLASS_TEACHERS:
            school.add_edges_from(permutations((deputy, teacher), 2))
    school.add_edges_from(permutations(("principal", "head_of_office"), 2))
    school.add_edges_from(permutations(STAKEHOLDERS["staff"], 2))
    school.add_edges_from([("education_office", "supervisor"), ("supervisor", "principal")])
    school.add_edges_from((teacher, student) for student, teacher in drawn.classes.items())
    for parent, child in drawn.children.items():
        school.add_edges_from(permutations((parent, child), 2))
    for parent, friend in zip(drawn.ring, [*drawn.ring[1:], drawn.ring[0]], strict=True):
        school.add_edges_from(permutations((parent, friend), 2))
    return school


def _teachers_of_parents(drawn: _Drawn) -> Iterator[Arc]:
    """Each parent with the class teacher of the child."""
    for parent, child in drawn.children.items():
        yield parent, drawn.classes[child]


def _colleagues(member: int, people: int, chance: Random) -> list[int]:
    """Draw three others."""
    drawn = chance.sample(range(people - 1), _MEETINGS)
    return [other + (other >= member) for other in drawn]
