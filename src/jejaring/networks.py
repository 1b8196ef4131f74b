"""Networks from data: who named whom, read from edge lists, matrices and survey files, and written again.

Real files are read as they come: with commas, semicolons or tabs, decimal commas, a byte order mark, Windows-1252,
blank lines, spaces around names. What is wrong in them is refused, up to ten problems at a time, each with its row and
column as a spreadsheet counts them.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import networkx as nx

from jejaring import _checks
from jejaring._spreadsheets import Problems, Source, blank, guarded, place, read, tidy

__all__ = [
    "RELATIONS",
    "Survey",
    "Tie",
    "from_edges",
    "from_matrix",
    "from_survey",
    "pseudonymise",
    "to_edges_csv",
    "to_graphml",
]

RELATIONS = ("communication", "information", "problem_solving", "knowledge", "access")
"""What one can ask about colleagues: five questions, five networks (after Cross and Parker, 2004)."""

_TIE = "tie"  # the relation of those who name none
_COLUMNS = {
    "from": ("from", "dari", "source"),
    "to": ("to", "ke", "kepada", "target"),
    "relation": ("relation", "relasi", "hubungan"),
    "strength": ("strength", "kekuatan", "bobot", "weight"),
}
_IN_INDONESIAN = {
    "komunikasi": "communication",
    "informasi": "information",
    "pemecahan_masalah": "problem_solving",
    "pengetahuan": "knowledge",
    "akses": "access",
}
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?")
_MOST_PEOPLE = 2_000
_LONGEST_NAME = 100  # characters

Cell = tuple[object, str]  # what stands there, and where that is


class Tie(NamedTuple):
    """One person names another, in one relation.

    Parameters
    ----------
    source, target : str
        Who names, and who is named.
    relation : str
        What was asked.
    strength : float
        Above 0, in the unit of the question (days a week, points of a scale); 1 where nothing else was said.
    """

    source: str
    target: str
    relation: str
    strength: float


@dataclass(frozen=True)
class Survey:
    """A set of people, and who named whom in each relation.

    Parameters
    ----------
    people : tuple of str
        Everybody, also those without any tie: first those who answered, then those who were only named.
    relations : tuple of str
        What was asked, also where nobody was named.
    ties : tuple of Tie
        Sorted by the order of people who name, of relations, and of people who are named.

    References
    ----------
    Cross, R., & Parker, A. (2004). *The Hidden Power of Social Networks*. Harvard Business School Press.

    Examples
    --------
    >>> survey = from_edges([("Ani", "Budi", 2, "information"), ("Budi", "Ani", 1, "access")])
    >>> list(survey.graph("access").edges), list(survey.combined().edges)
    ([('Budi', 'Ani')], [('Ani', 'Budi'), ('Budi', 'Ani')])
    """

    people: tuple[str, ...]
    relations: tuple[str, ...]
    ties: tuple[Tie, ...]

    def graph(self, relation: str) -> nx.DiGraph[Any]:
        """The network of one relation: everybody as a node, strengths as the ties' ``weight``."""
        _checks.choice("relation", relation, self.relations)
        network: nx.DiGraph[Any] = nx.DiGraph()
        network.add_nodes_from(self.people)
        network.add_weighted_edges_from(
            (tie.source, tie.target, tie.strength) for tie in self.ties if tie.relation == relation
        )
        return network

    def combined(self) -> nx.DiGraph[Any]:
        """All relations in one network: ``weight`` adds the strengths up, ``relations`` counts the relations."""
        network: nx.DiGraph[Any] = nx.DiGraph()
        network.add_nodes_from(self.people)
        for tie in self.ties:
            before = network.get_edge_data(tie.source, tie.target, {"weight": 0.0, "relations": 0})
            added = {"weight": before["weight"] + tie.strength, "relations": before["relations"] + 1}
            network.add_edge(tie.source, tie.target, **added)
        return network


def from_edges(
    rows: Iterable[Sequence[object]],
    *,
    people: Sequence[str] | None = None,
    relations: Sequence[str] = RELATIONS,
) -> Survey:
    """Take a list of ties.

    Parameters
    ----------
    rows : iterable of sequences
        ``(from, to)``, ``(from, to, strength)`` or ``(from, to, strength, relation)``; ``(from,)`` alone stands for
        somebody who names nobody. Not modified.
    people : sequence of str, optional
        Everybody who can name or be named, in the order wanted; without it, whoever appears.
    relations : sequence of str
        Relations that a row may have. Where no row has one, the only relation is ``"tie"``.

    Returns
    -------
    Survey
        With all people and ties.

    Raises
    ------
    ValueError
        If a row is wrong; the message tells the first ten by row and column.

    Examples
    --------
    >>> from_edges([("Ani", "Budi"), ("Budi", "Cici")]).people
    ('Ani', 'Budi', 'Cici')
    """
    listed = [tuple(row) for row in rows]
    with_relation = any(len(row) > 3 for row in listed)
    register = _Register("rows", relations if with_relation else (_TIE,), people)
    if not listed:
        raise ValueError("rows is empty; at least one row (from, to) is needed.")
    for number, row in enumerate(listed):
        if 1 <= len(row) <= 4:
            padded = [*row, *[None] * (4 - len(row))]
            cells = {
                name: (value, place(number, at, name))
                for at, (name, value) in enumerate(zip(_ORDER, padded, strict=True))
            }
            relation, strength = cells["relation"], cells["strength"]
            register.row(
                cells["from"],
                cells["to"],
                relation if with_relation else None,
                None if strength[0] is None else strength,
            )
        else:
            register.problems.add(f"row {number + 1}", f"{len(row)} entries; write from, to, strength, relation.")
    return register.survey()


def from_matrix(source: Source | Sequence[Sequence[object]], *, relation: str = _TIE) -> Survey:
    """Take a square table whose rows name and whose columns are named.

    Parameters
    ----------
    source : path, str, bytes, or sequence of sequences
        A CSV file, its text or its bytes, or rows. Row 1 holds names from column B on, column A the same names in the
        same order from row 2 on; the other cells hold strengths. 0, nothing, or a dash is no tie. Not modified.
    relation : str
        What was asked.

    Returns
    -------
    Survey
        People in the order of the table, one relation.

    Raises
    ------
    ValueError
        If the table is not square, or a cell is wrong; the message tells the first ten by row and column.

    Examples
    --------
    >>> from_matrix([["", "Ani", "Budi"], ["Ani", 0, 2], ["Budi", 1, 0]]).graph("tie").edges["Ani", "Budi"]["weight"]
    2.0
    """
    rows = _rows(source, "matrix")
    numbered = [(number, row) for number, row in enumerate(rows) if not blank(row)]
    (top, header), body = numbered[0], numbered[1:]
    names = [tidy(str(name)) for name in header[1:]]
    while names and not names[-1]:
        names.pop()
    problems = Problems("matrix")
    if len(names) != len(body):
        problems.add(f"row {top + 1}", f"{len(names)} names here, but {len(body)} rows below; a matrix is square.")
        problems.refuse()
    register = _Register("matrix", (relation,), None)
    for at, name in enumerate(names):
        register.alone((name, place(top, at + 1)))
    for (number, row), name in zip(body, names, strict=True):
        _check_matrix_row(number, row, name, len(names), register.problems)
        for at, value in enumerate(row[1 : len(names) + 1]):
            if value not in _NO_TIE:
                where = place(number, at + 1)
                register.row((name, where), (names[at], where), None, (value, where))
    return register.survey()


def from_survey(
    source: Source,
    *,
    people: Sequence[str] | None = None,
    relations: Sequence[str] = RELATIONS,
    strongest: float | None = None,
) -> Survey:
    r"""Read who named whom from a file, in the long or in the wide form.

    The long form has one row for each tie, in the columns ``from``, ``to`` and, if wanted, ``relation`` and
    ``strength``; a row with ``from`` alone is somebody who names nobody. The wide form, which web forms export, has one
    row for each person: the column ``from``, and a column for each relation with the names in one cell, separated by
    commas, semicolons or bars. Headings may be Indonesian (dari, ke, relasi, kekuatan; komunikasi, informasi,
    pemecahan masalah, pengetahuan, akses); other columns are left aside.

    Parameters
    ----------
    source : path, str or bytes
        A CSV file, its text (which has line breaks), or its bytes.
    people : sequence of str, optional
        Everybody who can name or be named, in the order wanted; without it, whoever appears.
    relations : sequence of str
        What was asked. Where a long file has no such column, the only relation is ``"tie"``.
    strongest : float, optional
        The top of the scale on which strengths were asked; without it, there is none.

    Returns
    -------
    Survey
        With all people and ties.

    Raises
    ------
    ValueError
        If the file cannot be read, is empty or larger than 5 MB, or a cell is wrong: an unknown heading or relation, a
        name that is missing or spelled in two ways, somebody who names themselves, a tie that stands there twice, a
        strength that is no number above 0 and up to `strongest`. The message tells the first ten by row and column.

    References
    ----------
    Cross, R., & Parker, A. (2004). *The Hidden Power of Social Networks*. Harvard Business School Press.

    Examples
    --------
    >>> long = "dari;ke;relasi;kekuatan\nAni;Budi;informasi;2,5\nBudi;Ani;akses;1\n"
    >>> from_survey(long).ties[0]
    Tie(source='Ani', target='Budi', relation='information', strength=2.5)
    >>> wide = 'from,information,access\nAni,"Budi, Cici",Budi\nBudi,,Ani\n'
    >>> [len(from_survey(wide).graph(relation).edges) for relation in ("information", "access")]
    [2, 2]
    >>> from_survey("from,to,relation\nAni,Budi,acces\n")
    Traceback (most recent call last):
    ValueError: survey, row 2, column C (relation): 'acces' is no relation asked here; did you mean 'access'?
    """
    rows = read(source, "survey")
    register = _Register("survey", relations, people, strongest)
    top, header = next((number, row) for number, row in enumerate(rows) if not blank(row))
    columns = _headings(header, top, register)
    wide = "to" not in columns
    if not wide and "relation" not in columns:
        register.relations = {_TIE: _TIE}
    answered: dict[str, int] = {}
    for number, row in enumerate(rows[top + 1 :], top + 1):
        if blank(row):
            continue
        if any(row[len(header) :]):
            trouble = f"{len(row)} cells under {len(header)} headings; put a name or number with a comma in quotes."
            register.problems.add(place(number, len(header)), trouble)
        elif wide:
            _wide_row(number, row, columns, register, answered)
        else:
            _long_row(number, row, columns, register)
    return register.survey()


def to_edges_csv(survey: Survey, *, delimiter: str = ",") -> str:
    r"""Write a survey as a CSV text that `from_survey` reads again.

    Names that a spreadsheet would run as a formula get an apostrophe in front, which `from_survey` takes away.

    Parameters
    ----------
    survey : Survey
        Not modified.
    delimiter : {",", ";", tab}
        What stands between cells. With semicolons numbers get decimal commas, as Indonesian spreadsheets expect.

    Returns
    -------
    str
        Long form, one row for each tie or for each person who names nobody. To open it in Excel, save it with the
        encoding ``utf-8-sig``.

    Raises
    ------
    ValueError
        If the delimiter is another one.

    Examples
    --------
    >>> print(to_edges_csv(from_edges([("Ani", "Budi", 2.5), ("=1+1", "Ani")]), delimiter=";").replace("\r", ""))
    from;to;strength
    Ani;Budi;2,5
    '=1+1;Ani;1
    Budi;;
    <BLANKLINE>
    """
    _checks.choice("delimiter", delimiter, (",", ";", "\t"))
    named = survey.relations != (_TIE,)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["from", "to", *["relation"] * named, "strength"])
    named_by: dict[str, list[Tie]] = {person: [] for person in survey.people}
    for tie in survey.ties:
        named_by[tie.source].append(tie)
    for person, own in named_by.items():
        for tie in own:
            strength = repr(tie.strength).removesuffix(".0").replace(".", "," if delimiter == ";" else ".")
            writer.writerow([guarded(person), guarded(tie.target), *[guarded(tie.relation)] * named, strength])
        if not own:
            writer.writerow([guarded(person), "", *[""] * named, ""])
    return text.getvalue()


def to_graphml(network: nx.Graph[Any]) -> str:
    """Write a network as GraphML, which Gephi, igraph and networkx read.

    Parameters
    ----------
    network : networkx.Graph or DiGraph
        Names, and attributes that are texts or numbers; not modified.

    Returns
    -------
    str
        An XML document.

    Examples
    --------
    >>> text = to_graphml(from_edges([("Ani", "Budi")]).graph("tie"))
    >>> sorted(nx.parse_graphml(text).edges(data="weight"))
    [('Ani', 'Budi', 1.0)]
    """
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', *nx.generate_graphml(network), ""])


def pseudonymise(survey: Survey, *, seed: int) -> tuple[Survey, dict[str, str]]:
    """Put pseudonyms in the place of names, and give the key apart.

    The same people and seed get the same pseudonyms, in whatever order they stand, so that two surveys of one group
    can be compared. Keep the key and the seed away from the data: with either of them, or with what else is known
    about a person's place in the network, these are personal data still.

    Parameters
    ----------
    survey : Survey
        Not modified.
    seed : int
        Decides who gets which number.

    Returns
    -------
    Survey
        The same ties among P1, P2, ..., people in the order of their numbers, which says nothing about their names.
    dict of str to str
        From name to pseudonym.

    References
    ----------
    UU 27/2022 on the protection of personal data, article 1.

    Examples
    --------
    >>> hidden, key = pseudonymise(from_edges([("Ani", "Budi")]), seed=1)
    >>> hidden.people, sorted(key), hidden.ties[0].source == key["Ani"]
    (('P1', 'P2'), ['Ani', 'Budi'], True)
    """
    width = len(str(len(survey.people)))
    numbers = [f"P{number:0{width}}" for number in range(1, len(survey.people) + 1)]
    shuffled = list(numbers)
    Random(seed).shuffle(shuffled)
    key = dict(zip(sorted(survey.people), shuffled, strict=True))
    ties = (tie._replace(source=key[tie.source], target=key[tie.target]) for tie in survey.ties)
    return replace(survey, people=tuple(numbers), ties=_sorted(ties, numbers, survey.relations)), key


_ORDER = ("from", "to", "strength", "relation")
_NO_TIE = ("", "-", "–", "—", "0", "0,0", "0.0", 0, None)


class _Register:
    """Takes ties one by one, and knows what is wrong with them."""

    def __init__(
        self, what: str, relations: Sequence[str], people: Sequence[str] | None, strongest: float | None = None
    ) -> None:
        self.problems = Problems(what)
        self.relations = {_plain(relation): relation for relation in relations}
        if not relations or len(self.relations) < len(relations):
            raise ValueError(f"relations is {list(relations)!r}; it must name at least one, and each once.")
        top = math.inf if strongest is None else _checks.number("strongest", strongest, "units of strength", above=0)
        self.strongest = float(top)
        self.roster = None if people is None else [tidy(str(name)) for name in people]
        self.spelled: dict[str, tuple[str, str]] = {}  # by the name in small letters: the name, and where it first was
        self.respondents: dict[str, None] = {}
        self.ties: dict[tuple[str, str, str], tuple[float, str]] = {}
        for number, name in enumerate(self.roster or ()):
            self.alone((name, f"people[{number}]"))

    def alone(self, cell: Cell) -> None:
        """Take somebody who names nobody yet; the same name twice is wrong."""
        name = self.person(cell)
        if name in self.respondents:
            self.problems.add(cell[1], f"{name!r} stands there already; each name may stand there once.")
        elif name is not None:
            self.respondents[name] = None

    def row(self, source: Cell, target: Cell, relation: Cell | None, strength: Cell | None) -> None:
        """Take one tie; a row with a source alone is a person without ties."""
        name = self.person(source)
        if name is not None:
            self.respondents.setdefault(name)
        if target[0] in ("", None) and not any(cell and cell[0] not in ("", None) for cell in (relation, strength)):
            return
        other, asked = self.person(target), self.relation(relation)
        worth = 1.0 if strength is None else self.strength(strength)
        if name is None or other is None or asked is None or worth is None:
            return
        if name == other:
            self.problems.add(target[1], f"{name!r} names themselves; leave such a tie out.")
        elif (name, other, asked) in self.ties:
            before = self.ties[name, other, asked][1]
            self.problems.add(target[1], f"{name!r} names {other!r} here and in {before}; keep one of the two.")
        else:
            self.ties[name, other, asked] = (worth, target[1].partition(",")[0])

    def person(self, cell: Cell) -> str | None:
        """Take a name, or say what is wrong with it."""
        value, where = cell
        name = tidy(value) if isinstance(value, str) else value
        if not isinstance(name, str):
            trouble = f"{name!r} is no text; write a name."
        elif not name:
            trouble = "no name; write one, or leave the row out."
        elif len(name) > _LONGEST_NAME or any(unicodedata.category(sign) in ("Cc", "Cs", "Cn", "Co") for sign in name):
            trouble = (
                f"{name[:20]!r}... is no name of up to {_LONGEST_NAME} printable characters; shorten or retype it."
            )
        else:
            spelling, first = self.spelled.setdefault(name.casefold(), (name, where))
            if spelling != name:
                trouble = f"{name!r} is spelled {spelling!r} in {first}; use one spelling."
            elif self.roster is not None and name not in self.roster:
                trouble = f"{name!r} is not among the people{_nearest(name, self.roster)}."
            else:
                return name
        self.problems.add(where, trouble)
        return None

    def relation(self, cell: Cell | None) -> str | None:
        """Take the name of a relation, or say what is wrong with it."""
        if cell is None:
            return next(iter(self.relations.values()))
        value, where = str("" if cell[0] is None else cell[0]), cell[1]
        if (known := _known(value, self.relations)) is not None:
            return self.relations[known]
        names = ", ".join(map(repr, self.relations.values()))
        hint = _nearest(_plain(value), [*self.relations, *_IN_INDONESIAN])
        self.problems.add(where, f"{value!r} is no relation asked here" + (hint or f"; write one of {names}."))
        return None

    def strength(self, cell: Cell) -> float | None:
        """Take a strength, with a decimal point or comma, or say what is wrong with it."""
        value, where = cell
        worth = math.nan
        if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
            worth = float(value.strip().replace(",", "."))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            worth = float(value)
        if math.isfinite(worth) and 0 < worth <= self.strongest:
            return worth
        top = "" if math.isinf(self.strongest) else f" and up to {self.strongest:g}"
        self.problems.add(where, f"{value!r} is no strength; write a number above 0{top}, such as 1 or 2.5.")
        return None

    def survey(self) -> Survey:
        """Refuse what is wrong, or give what was taken."""
        everybody = {**self.respondents, **dict.fromkeys(target for _, target, _ in self.ties)}
        if len(everybody) > _MOST_PEOPLE:
            self.problems.add("all rows", f"{len(everybody)} people; at most {_MOST_PEOPLE} are taken.")
        self.problems.refuse()
        if not everybody:
            raise ValueError(f"{self.problems.what} names nobody; write at least one row under the header.")
        relations = tuple(self.relations.values())
        ties = (Tie(*key, strength) for key, (strength, _) in self.ties.items())
        return Survey(tuple(everybody), relations, _sorted(ties, list(everybody), relations))


def _rows(source: Source | Sequence[Sequence[object]], what: str) -> list[list[Any]]:
    """Rows of a file, or a copy of the rows given."""
    if isinstance(source, str | bytes | Path):
        return [list(row) for row in read(source, what)]
    rows = [[tidy(cell) if isinstance(cell, str) else cell for cell in row] for row in source]
    if not any(map(any, rows)):
        raise ValueError(f"{what} is empty; it needs names in row 1 and at least one row under it.")
    return rows


def _check_matrix_row(number: int, row: Sequence[object], name: str, size: int, problems: Problems) -> None:
    """Note a wrong name at the start of a row, and a wrong number of cells."""
    if row[0] != name:
        trouble = f"{row[0]!r} stands where row 1 has {name!r}; rows and columns need the same names in the same order."
        problems.add(place(number, 0), trouble)
    if len(row) < size + 1 or any(cell not in ("", None) for cell in row[size + 1 :]):
        problems.add(f"row {number + 1}", f"{len(row) - 1} cells after the name; there are {size} people.")


def _headings(header: Sequence[str], top: int, register: _Register) -> dict[str, int]:
    """Find the columns; refuse a header that has not what is needed, twice the same, or a slip of the pen."""
    known = {alias: name for name, aliases in _COLUMNS.items() for alias in aliases}
    columns: dict[str, int] = {}
    for at, heading in enumerate(header):
        plain = _plain(heading)
        name = known.get(plain) or _known(heading, register.relations)
        if name is None and (hint := _nearest(plain, [*known, *register.relations, *_IN_INDONESIAN])):
            register.problems.add(place(top, at), f"the heading {heading!r} is unknown{hint}")
        elif name in columns:
            register.problems.add(place(top, at), f"{heading!r} means the same as {place(top, columns[name])}.")
        elif name is not None:
            columns[name] = at
    if "from" not in columns or ("to" not in columns and not set(columns) & set(register.relations)):
        found = ", ".join(repr(heading) for heading in header if heading)[:200]
        trouble = f"the headings are {found}; needed are from and to, or from and a column for each relation."
        register.problems.add(f"row {top + 1}", trouble)
    register.problems.refuse()
    return columns


def _long_row(number: int, row: Sequence[str], columns: Mapping[str, int], register: _Register) -> None:
    """Take a row that holds one tie; cells that a spreadsheet left away at its end are empty."""
    cells: dict[str, Cell] = {
        name: (row[at] if at < len(row) else "", place(number, at, name)) for name, at in columns.items()
    }
    register.row(cells["from"], cells["to"], cells.get("relation"), cells.get("strength"))


def _wide_row(
    number: int, row: Sequence[str], columns: Mapping[str, int], register: _Register, answered: dict[str, int]
) -> None:
    """Take a row that holds all that one person answered."""
    source: Cell = (row[columns["from"]] if columns["from"] < len(row) else "", place(number, columns["from"], "from"))
    before = answered.setdefault(str(source[0]), number)
    if before != number:
        register.problems.add(source[1], f"{source[0]!r} answered in row {before + 1} already; keep one of the two.")
        return
    register.row(source, ("", ""), None, None)
    for name, at in columns.items():
        if name in register.relations and at < len(row):
            where = place(number, at, name)
            for target in re.split(r"[,;|]", row[at]):
                if target.strip():
                    register.row(source, (target, where), (name, where), None)


def _sorted(ties: Iterable[Tie], people: Sequence[str], relations: Sequence[str]) -> tuple[Tie, ...]:
    """Put ties in the order of people and relations."""
    place_of = {name: number for number, name in enumerate(people)}
    asked = {relation: number for number, relation in enumerate(relations)}
    return tuple(sorted(ties, key=lambda tie: (place_of[tie.source], asked[tie.relation], place_of[tie.target])))


def _plain(heading: str) -> str:
    """Write a heading in small letters, with underscores."""
    return re.sub(r"[\s_-]+", "_", heading.strip().casefold())


def _known(value: str, relations: Mapping[str, str]) -> str | None:
    """Find the relation that a heading or a cell means, in either language."""
    plain = _plain(value)
    plain = plain if plain in relations else _IN_INDONESIAN.get(plain, plain)
    return plain if plain in relations else None


def _nearest(value: str, known: Iterable[str]) -> str:
    """Suggest what may have been meant."""
    near = get_close_matches(value, list(known), n=1, cutoff=0.75)
    return f"; did you mean {near[0]!r}?" if near else ""
