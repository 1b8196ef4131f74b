"""A network as it lies on the desk: who, where, which ties. The page edits it; what comes back is checked here."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import networkx as nx

    from jejaring.layouts import Places
    from jejaring.networks import Survey

__all__ = [
    "ANSWER_PEOPLE",
    "ANSWER_TIES",
    "LONGEST_NAME",
    "MOST_PEOPLE",
    "MOST_TIES",
    "Drawing",
    "Person",
    "as_drawn",
    "find_places",
    "lay_out",
    "read_drawing",
]

MOST_PEOPLE: Final = 1_000
MOST_TIES: Final = 20_000
ANSWER_PEOPLE: Final = 500
ANSWER_TIES: Final = 5_000
"""How large a network may be to be stored in a notebook."""
LONGEST_NAME: Final = 60
_FURTHEST: Final = 50.0  # how far out of the frame, which is 1 wide, somebody may be dragged
_STRONGEST: Final = 1e6
_ROUNDS: Final = {120: 120, 300: 30, MOST_PEOPLE: 6}  # of the layout, by size: about two seconds at the most for 500


@dataclass(frozen=True)
class Person:
    """Somebody on the desk.

    Parameters
    ----------
    name : str
        Unique, also when capitals are left aside.
    x, y : float
        Place; the frame goes from 0 to 1, y upwards.
    group : str
        Empty for none.
    key : str
        File and pseudonym, such as ``"1:P07"``, of somebody whose name is kept aside; empty for all others.
    """

    name: str
    x: float = 0.5
    y: float = 0.5
    group: str = ""
    key: str = ""

    @property
    def is_coded(self) -> bool:
        """Whether the name still is the pseudonym from the file."""
        return bool(self.key) and self.key.partition(":")[2] == self.name


@dataclass(frozen=True)
class Drawing:
    """People at their places, and ties between them by number.

    Parameters
    ----------
    people : tuple of Person
        In the order in which they came.
    ties : tuple of (int, int, float)
        Numbers of two people, from 0, and a strength above 0.
    directed : bool
        Whether ties are arrows.

    Examples
    --------
    >>> drawing = Drawing((Person("Ani"), Person("Budi")), ((0, 1, 2.0),), directed=True)
    >>> list(drawing.graph().edges(data="weight"))
    [('Ani', 'Budi', 2.0)]
    """

    people: tuple[Person, ...] = ()
    ties: tuple[tuple[int, int, float], ...] = ()
    directed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What everybody is called."""
        return tuple(person.name for person in self.people)

    @property
    def places(self) -> dict[str, tuple[float, float]]:
        """Where everybody stands, by name."""
        return {person.name: (person.x, person.y) for person in self.people}

    @property
    def groups(self) -> dict[str, str]:
        """The group of those who have one, by name."""
        return {person.name: person.group for person in self.people if person.group}

    def graph(self) -> nx.Graph[Any]:
        """The network as the models take it; strengths are the ties' ``weight``, groups people's ``group``."""
        import networkx as nx  # late: every exercise reads this module, and few have a network

        network: nx.Graph[Any] = nx.DiGraph() if self.directed else nx.Graph()
        names = self.names
        network.add_nodes_from((each.name, {"group": each.group} if each.group else {}) for each in self.people)
        network.add_weighted_edges_from((names[one], names[other], strength) for one, other, strength in self.ties)
        return network

    def survey(self, shown: Mapping[str, str]) -> Survey:
        """The network as a list of ties that can be written as a file, under the names that are shown."""
        from jejaring.networks import from_edges

        called = [shown.get(name, name) for name in self.names]
        rows = [(called[one], called[other], strength) for one, other, strength in self.ties]
        return from_edges([*rows, *((name,) for name in called)], people=called)

    def grouped(self, groups: Mapping[str, str]) -> Drawing:
        """The same network with these people in these groups, the others in none."""
        return replace(self, people=tuple(replace(each, group=groups.get(each.name, "")) for each in self.people))

    def page(self) -> dict[str, Any]:
        """The network as the page takes it and gives it back."""
        people = [[each.name, each.x, each.y, each.group, each.key] for each in self.people]
        return {"people": people, "ties": [list(tie) for tie in self.ties], "directed": self.directed}


def read_drawing(
    raw: object, *, most_people: int = MOST_PEOPLE, most_ties: int = MOST_TIES, placed: bool = True
) -> Drawing:
    """Take a network that comes from a page or a file.

    Parameters
    ----------
    raw : object
        A table of ``people`` (names, or lists of name, x, y, group and key), ``ties`` (lists of two numbers and a
        strength) and ``directed``.
    most_people, most_ties : int
        How many are taken.
    placed : bool
        Whether places are found where none are given, which takes time.

    Returns
    -------
    Drawing
        Checked in every part.

    Raises
    ------
    ValueError
        If anything is not as it must be; the message says what.

    Examples
    --------
    >>> read_drawing({"people": ["Ani", "Budi"], "ties": [[0, 1, 1]], "directed": False}).names
    ('Ani', 'Budi')
    >>> read_drawing({"people": ["Ani"], "ties": [[0, 0, 1]], "directed": False})
    Traceback (most recent call last):
    ValueError: ties[0]: from a person to itself.
    """
    if not isinstance(raw, dict) or set(raw) != {"people", "ties", "directed"} or not isinstance(raw["directed"], bool):
        raise ValueError("a network is a table of people, ties and directed.")
    people, ties = raw["people"], raw["ties"]
    for what, listed, most in (("people", people, most_people), ("ties", ties, most_ties)):
        if not isinstance(listed, list) or len(listed) > most:
            raise ValueError(f"{what}: must be a list of at most {most}.")
    taken = [_person(entry, f"people[{number}]") for number, entry in enumerate(people)]
    spelled = sorted(person.name.casefold() for person in taken)
    if again := [one for one, other in pairwise(spelled) if one == other]:
        raise ValueError(f"people: the name {again[0]!r} stands there twice.")
    drawing = Drawing(tuple(taken), _ties(ties, len(taken), directed=raw["directed"]), raw["directed"])
    return drawing if not placed or all(isinstance(entry, list) for entry in people) else lay_out(drawing)


def as_drawn(network: nx.Graph[Any], places: Places, groups: Mapping[str, str], *, file: str = "") -> Drawing:
    """Put a network of the models on the desk; where a file is named, its names are that file's pseudonyms."""
    number = {name: at for at, name in enumerate(network)}
    people = (
        Person(str(name), *places[name], groups.get(name, ""), f"{file}:{name}" if file else "") for name in network
    )
    ties = ((number[one], number[other], float(w)) for one, other, w in network.edges(data="weight", default=1))
    return Drawing(tuple(people), tuple(ties), network.is_directed())


def lay_out(drawing: Drawing) -> Drawing:
    """Find a place for everybody: the same network gets the same places each time."""
    network = drawing.graph()
    places = find_places(network)
    people = (Person(each.name, *places[each.name], each.group, each.key) for each in drawing.people)
    return Drawing(tuple(people), drawing.ties, drawing.directed)


def find_places(network: nx.Graph[Any]) -> Places:
    """Lay a network out with as much care as its size allows."""
    from jejaring.layouts import circle_layout, stress_layout

    if network.number_of_edges() == 0:
        return circle_layout(network)
    return stress_layout(network, next(rounds for most, rounds in _ROUNDS.items() if len(network) <= most))


def _person(entry: object, where: str) -> Person:
    """Take one person, or say what is wrong."""
    if isinstance(entry, str):
        return Person(_name(entry, where))
    if not isinstance(entry, list) or len(entry) != 5:
        raise ValueError(f"{where}: must be a name, or name, x, y, group and key.")
    name, x, y, group, key = entry
    for value in (x, y):
        if not _is_number(value) or abs(value) > _FURTHEST:
            raise ValueError(f"{where}: has no place in the frame.")
    return Person(
        _name(name, where), float(x), float(y), *(_name(part, where) if part else "" for part in (group, key))
    )


def _name(value: object, where: str) -> str:
    """Take a name: a short text without invisible signs, spaces tidied."""
    name = " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else ""
    if not name or len(name) > LONGEST_NAME or any(unicodedata.category(sign)[0] == "C" for sign in name):
        raise ValueError(f"{where}: a name must have 1 to {LONGEST_NAME} printable characters.")
    return name


def _ties(listed: list[object], count: int, *, directed: bool) -> tuple[tuple[int, int, float], ...]:
    """Take all ties, or say what is wrong."""
    taken: dict[tuple[int, int], float] = {}
    for number, entry in enumerate(listed):
        where = f"ties[{number}]"
        if not isinstance(entry, list) or len(entry) != 3:
            raise ValueError(f"{where}: must be two numbers of people and a strength.")
        one, other, strength = entry
        if any(type(end) is not int or not 0 <= end < count for end in (one, other)):
            raise ValueError(f"{where}: names somebody who is not there.")
        if one == other:
            raise ValueError(f"{where}: from a person to itself.")
        if not _is_number(strength) or not 0 < strength <= _STRONGEST:
            raise ValueError(f"{where}: a strength must be above 0 and up to {_STRONGEST:g}.")
        if (one, other) in taken or (not directed and (other, one) in taken):
            raise ValueError(f"{where}: stands there twice.")
        taken[one, other] = float(strength)
    return tuple((one, other, strength) for (one, other), strength in taken.items())


def _is_number(value: object) -> bool:
    """Tell a real, finite number from everything else."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
