"""Scores as Moodle and Canvas take them in, beside nbgrader's own CSV.

Only a finished score is written, late penalty included. What waits for a person, was not graded or not handed in is an
empty cell, never 0. Moodle's gradebook reads an empty cell as "no grade" [1]_ and Canvas as a grade to be taken away
[4]_, so students without any new score are left out: both leave alone whoever is not listed.

Moodle, whole course: its grade import takes any CSV with a header, and the teacher says on screen which column tells
who it is (ID number or email address) and which is which assignment [2]_. A line that it can't place stops the import
[1]_.
Moodle, one assignment: the grading worksheet is known by ``Participant 123``, a number that only Moodle has, so a
downloaded one is filled in. It skips empty grades, grades above the maximum, and those changed since the download [3]_.

Canvas: the first columns are Student, ID, SIS User ID, SIS Login ID and Section, then one for each assignment,
``Title (its number in Canvas)``, and the second line holds the points possible. Students are found by ID, then by SIS
User ID, SIS Login ID, name; an assignment without a number by its title, else Canvas asks what it is [4]_ [5]_. In a
downloaded export, which has all these numbers, the cells of finished scores are filled in and the rest stays out.

References
----------
.. [1] https://github.com/moodle/moodle/blob/main/grade/import/csv/classes/load_data.php (update_grade_item,
   prepare_import_grade_data)
.. [2] https://docs.moodle.org/405/en/Grade_import
.. [3] https://github.com/moodle/moodle/blob/main/mod/assign/gradingtable.php (columns) and
   https://github.com/moodle/moodle/blob/main/mod/assign/feedback/offline/locallib.php (process_import_grades)
.. [4] https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb (process_student,
   parse_assignments, no_change_to_value?)
.. [5] https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_exporter.rb (csv_data)
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import course
from autograder.course import CourseError
from autograder.lms import Person, Roster, roster
from autograder.report import cell, rows

__all__ = ["Filled", "Scores", "canvas", "fill_canvas", "fill_moodle", "gather", "moodle", "write"]

Table = list[list[str]]

MOODLE = ("First name", "Last name", "ID number", "Email address")
WORKSHEET = ("Identifier", "Grade", "Last modified (grade)")  # what Moodle looks for
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POSSIBLE = "Points Possible"
NUMBERED = re.compile(r"(?P<title>.*) \(\d+\)")
FIXED = {"EX", "N/A"}  # Canvas: excused, not given to this student


@dataclass(frozen=True)
class Scores:
    """What a class has so far.

    Parameters
    ----------
    roster : Roster
        Everybody, also those whom only the gradebook knows.
    most : Mapping
        Assignment to the points possible.
    given : Mapping
        Student to assignment to score; what is not finished is missing.
    """

    roster: Roster
    most: Mapping[str, float]
    given: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Filled:
    """A downloaded file with scores in it.

    Parameters
    ----------
    table : list of list of str
        The file.
    problems : list of str
        What needs a person, one line each.
    """

    table: Table
    problems: list[str]


def gather(root: Path, only: str = "") -> Scores:
    """Read the scores of every assignment, or of one.

    Raises
    ------
    CourseError
        If the gradebook has no such assignment.
    """
    with course.gradebook(course.config(root)) as book:
        names = [str(assignment.name) for assignment in book.assignments]
        if only and only not in names:
            raise CourseError(f"{only}: is not in the gradebook. There are: {', '.join(names) or 'none'}.")
        wanted = [only] if only else sorted(names)
        found = [row for name in wanted for row in rows(book, root, name)]
        most = {name: float(book.find_assignment(name).max_score) for name in wanted}
    given: dict[str, dict[str, float]] = {row.student: {} for row in found}
    for row in found:
        if row.score is not None:
            given[row.student][row.assignment] = row.score
    people = roster(root).people
    unnamed = given.keys() - {person.id for person in people}
    return Scores(Roster([*people, *map(Person, sorted(unnamed))]), most, given)


def moodle(scores: Scores) -> Table:
    """Write the table that Moodle's grade import takes.

    Examples
    --------
    >>> ayu, budi = Person("s1", "Ayu", "Lestari", "ayu@example.org"), Person("s2", "Budi")
    >>> done = Scores(Roster([ayu, budi]), {"ps01": 10, "ps02": 10}, {"s1": {"ps01": 7.5}, "s2": {}})
    >>> moodle(done)[1:]
    [['Ayu', 'Lestari', 's1', 'ayu@example.org', '7.5', '']]
    """
    lines = [
        [*map(cell, (person.first_name, person.last_name, person.id, person.email)), *_points(scores, person)]
        for person in _graded(scores)
    ]
    return [[*MOODLE, *map(cell, scores.most)], *lines]


def canvas(scores: Scores) -> Table:
    """Write the table that Canvas's gradebook takes.

    Examples
    --------
    >>> ayu = Person("s1", "Ayu", "Lestari", lms_user_id="51001")
    >>> for line in canvas(Scores(Roster([ayu]), {"ps01": 10.0, "ps02": 20.0}, {"s1": {"ps02": 7.5}})):
    ...     print(line)
    ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', 'ps01', 'ps02']
    ['    Points Possible', '', '', '', '', '10', '20']
    ['Lestari, Ayu', '51001', 's1', 's1', '', '', '7.5']
    """
    lines = [
        [
            *map(cell, (_sortable(person), person.lms_user_id, person.id, person.id, "")),
            *_points(scores, person),
        ]
        for person in _graded(scores)
    ]
    possible = [f"    {POSSIBLE}", "", "", "", "", *map(_number, scores.most.values())]
    return [[*CANVAS, *map(cell, scores.most)], possible, *lines]


def fill_moodle(table: Table, scores: Scores, assignment: str) -> Filled:
    """Put one assignment's scores into a grading worksheet; every other cell stays as Moodle wrote it.

    Raises
    ------
    CourseError
        If it is no worksheet, or its maximum is not the assignment's.
    """
    head = table[0] if table else []
    if missing := [name for name in WORKSHEET if name not in head]:
        raise CourseError(
            f"has no column {missing[0]!r}, so it is no grading worksheet. Set Moodle's language to English, "
            "then download it again: Assignment > Submissions > Actions > Download grading worksheet."
        )
    lines = [dict(zip(head, line, strict=False)) for line in table[1:]]
    for one in lines:
        _same(assignment, scores.most[assignment], one.get("Maximum grade") or one.get("Maximum Grade", ""), "Moodle")
    who, problems = _placed(
        scores.roster,
        [([one.get("ID number", "")], one.get("Email address", ""), one.get("Full name", "")) for one in lines],
        [f"{one['Identifier']} {one.get('Full name', '')}".strip() for one in lines],
    )
    place = head.index("Grade")
    filled = [list(line) for line in table]
    for line, student in zip(filled[1:], who, strict=True):
        if assignment in scores.given.get(student, {}):
            line[place] = _number(scores.given[student][assignment])
    return Filled(filled, [*problems, *_absent(scores, who)])


def fill_canvas(table: Table, scores: Scores) -> Filled:
    """Put scores into an export of Canvas's gradebook; columns and students without new scores stay out.

    A column belongs to the assignment whose name stands in its title, such as ``Tugas 3: ps03 (4711)``.

    Raises
    ------
    CourseError
        If it is no such export, has none of the assignments, or other points possible.
    """
    head = table[0] if table else []
    if not {"ID", "Section"} <= set(head):
        raise CourseError(
            "has no columns 'ID' and 'Section', so it is no export of Canvas's gradebook. "
            "Download it again: Grades > Export > Export Entire Gradebook."
        )
    columns, problems = _columns(head, scores.most)
    possible = next((line for line in table[1:] if POSSIBLE in line[0]), [])
    for name, place in columns.items():
        _same(name, scores.most[name], possible[place] if len(possible) > place else "", "Canvas")
    students = [line for line in table[1:] if len(line) == len(head) and any(line) and _is_student(line, head)]
    lines = [dict(zip(head, line, strict=True)) for line in students]
    who, doubts = _placed(scores.roster, [_canvas_keys(scores.roster, one) for one in lines], map(_canvas_name, lines))
    kept = [*range(head.index("Section") + 1), *columns.values()]
    filled = [[line[place] if place < len(line) else "" for place in kept] for line in (head, possible) if line]
    for line, student in zip(students, who, strict=True):
        new = {
            place: _number(scores.given[student][name])
            for name, place in columns.items()
            if name in scores.given.get(student, {}) and line[place].strip() not in FIXED
        }
        if new:
            filled.append([new.get(place, line[place]) for place in kept])
    return Filled(filled, [*problems, *doubts, *_absent(scores, who)])


def write(
    root: Path,
    *,
    moodle_to: Path | None,
    moodle_from: Path | None,
    canvas_to: Path | None,
    canvas_from: Path | None,
    assignment: str = "",
) -> tuple[list[Path], list[str]]:
    """Write the files that are asked for; returns them, and what needs a person.

    Raises
    ------
    CourseError
        If a file to fill in can't be read or is not what it should be, or the call is incomplete.
    """
    for wanted, given, name in ((moodle_to, moodle_from, "moodle"), (canvas_to, canvas_from, "canvas")):
        if given and not wanted:
            raise CourseError(f"--{name}-from {given}: also say where the filled file goes, with --{name} FILE.")
    if moodle_from and not assignment:
        raise CourseError(f"--moodle-from {moodle_from}: also say whose worksheet it is, such as --assignment ps03.")
    if not (moodle_to or canvas_to):
        return [], []
    scores = gather(root, assignment)
    problems = []
    for target, source in ((moodle_to, moodle_from), (canvas_to, canvas_from)):
        if target and source:
            problems += _fill(source, target, scores, assignment if target is moodle_to else "")
        elif target:
            _write(target, moodle(scores) if target is moodle_to else canvas(scores))
    return [target for target in (moodle_to, canvas_to) if target], problems


def _fill(source: Path, target: Path, scores: Scores, worksheet: str) -> list[str]:
    """Fill in a downloaded file; errors and problems name it."""
    table, separator = _read(source)
    try:
        filled = fill_moodle(table, scores, worksheet) if worksheet else fill_canvas(table, scores)
    except CourseError as error:
        raise CourseError(f"{source}: {error}") from error
    _write(target, filled.table, separator)
    return [f"{source}: {problem}" for problem in filled.problems]


def _graded(scores: Scores) -> list[Person]:
    """Those who have a score."""
    return [person for person in scores.roster.people if scores.given.get(person.id)]


def _points(scores: Scores, person: Person) -> list[str]:
    """A student's scores, in the order of the columns."""
    given = scores.given[person.id]
    return [_number(given[name]) if name in given else "" for name in scores.most]


def _number(value: float) -> str:
    """A score as both read it, to two places, as both show it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _sortable(person: Person) -> str:
    """A name as Canvas sorts it."""
    return ", ".join(part for part in (person.last_name, person.first_name) if part)


def _same(name: str, most: float, said: str, system: str) -> None:
    """Refuse another maximum than ours: scores would mean something else there."""
    try:
        same = abs(float(said.replace(",", ".")) - most) < 0.005
    except ValueError:
        same = True  # empty, or such as "(read only)"
    if not same:
        raise CourseError(
            f"{name} has {_number(most)} points here and {said} in {system}. Make it {_number(most)} in {system}, "
            "then download the file again."
        )


def _columns(head: Sequence[str], most: Mapping[str, float]) -> tuple[dict[str, int], list[str]]:
    """Find each assignment's column in an export of Canvas's; what is not found, or twice, is named."""
    titles = {place: found["title"] for place, text in enumerate(head) if (found := NUMBERED.fullmatch(text))}
    columns, problems = {}, []
    for name in most:
        places = [
            place for place, title in titles.items() if re.search(rf"\b{re.escape(name)}\b", title, re.IGNORECASE)
        ]
        if len(places) == 1:
            columns[name] = places[0]
        else:
            problems.append(
                f"{name}: {len(places) or 'no'} columns have this name in their title; left out. "
                "In Canvas, write it into the title of one assignment."
            )
    if not columns:
        raise CourseError(
            f"no column's title has the name of an assignment ({', '.join(most)}). "
            f"In Canvas, write it into the assignment's title. The file has: {', '.join(titles.values()) or 'none'}."
        )
    return columns, problems


def _is_student(line: Sequence[str], head: Sequence[str]) -> bool:
    """Whether a line of an export is a student's: not the points, not what is hidden, not Canvas's test student."""
    return bool(line[head.index("ID")].strip()) and POSSIBLE not in line[0] and line[0] != "Student, Test"


def _canvas_name(line: Mapping[str, str]) -> str:
    """A student's name in an export."""
    return line.get("Student") or f"{line.get('LastName', '')}, {line.get('FirstName', '')}"


def _canvas_keys(people: Roster, line: Mapping[str, str]) -> tuple[list[str], str, str]:
    """What tells who a student of an export is."""
    known = [person.id for person in people.people if person.lms_user_id and person.lms_user_id == line["ID"]]
    login = line.get("SIS Login ID", "")
    return [*known, line.get("SIS User ID", ""), login], login, _canvas_name(line).replace(",", " ")


def _placed(
    people: Roster, keys: Sequence[tuple[Sequence[str], str, str]], said: "Sequence[str] | map[str]"
) -> tuple[list[str], list[str]]:
    """Find the student of each line by number, email or name; empty, and named, where that is not one student alone."""
    found = [_candidates(people, *one) for one in keys]
    often = Counter(candidates[0] for candidates in found if len(candidates) == 1)
    who, problems = [], []
    for candidates, name in zip(found, said, strict=True):
        sure = len(candidates) == 1 and often[candidates[0]] == 1
        who.append(candidates[0] if sure else "")
        if not candidates:
            problems.append(f"{name}: is nobody in the class; left as it was.")
        elif not sure:
            problems.append(
                f"{name}: may be more than one ({', '.join(candidates)}); left as it was. Fill it in by hand."
            )
    return who, problems


def _candidates(people: Roster, ids: Sequence[str], email: str, name: str) -> list[str]:
    """Who a line may be; a number is surer than an address, and that than a name."""
    if numbered := [found for text in ids if (found := people.by_id(text))]:
        return numbered[:1]
    small = email.strip().casefold()
    written = [person.id for person in people.people if small and person.email.casefold() == small]
    return written or people.by_name(name)


def _absent(scores: Scores, who: Sequence[str]) -> Iterator[str]:
    """Name those who have a score and no line."""
    lost = sorted(person.id for person in _graded(scores) if person.id not in who)
    if lost:
        yield f"no line for {', '.join(lost)}; their scores are not in it."


def _read(path: Path) -> tuple[Table, str]:
    """A CSV file and what separates its cells."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise CourseError(f"{path}: can't be read ({error.strerror}). Check the name.") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{path}: is not UTF-8 text. Use the file as it was downloaded.") from error
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)), separator


def _write(path: Path, table: Table, separator: str = ",") -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(table)
