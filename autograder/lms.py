"""Who sent a file, by the names that Moodle and Canvas give to what they download.

Moodle puts a folder ``Ayu Lestari_1234567_assignsubmission_file`` for each student into its zip (older versions with
``_`` at the end) or, where the teacher switched folders off, puts that before each file's name [1]_. The number is the
student's in this assignment only. Canvas names files ``lestariayu_12345_6789012_ps03.ipynb``: the name as it is sorted,
in small letters and without spaces, ``_LATE`` where it is, the student's number in Canvas, the file's number, and the
file's own name, with ``-1`` where the student handed in again [2]_.

References
----------
.. [1] https://github.com/moodle/moodle/blob/main/mod/assign/classes/downloader.php (get_student_prefix,
   load_submissionplugin_filelist)
.. [2] https://github.com/instructure/canvas-lms/blob/master/lib/content_zipper.rb (get_filename, add_upload_submission)
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder import course
from autograder.course import CourseError
from jejaring.variants import normal_student

__all__ = ["ROSTER", "Person", "Roster", "Sender", "roster", "sender"]

ROSTER = "students.csv"  # the file that `nbgrader db student import` takes
MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+_?(?P<file>.*)")
CANVAS = re.compile(r"(?P<name>[^\W\d_]\w*?)(?P<late>_LATE)?_(?P<number>\d+)_(?P<order>\d+)_(?P<file>.+)")
ANONYMOUS = re.compile(r"(?P<late>LATE_)?anon_(?P<number>\w+?)_(?P<order>\d+)_(?P<file>.+)")


@dataclass(frozen=True)
class Sender:
    """Who an LMS says sent a file.

    Parameters
    ----------
    name : str
        As the LMS writes it; empty where it keeps names from the grader.
    number : str
        The LMS's number for the student.
    canvas : bool
        Whether it is Canvas; its number stays the same in all assignments.
    late : bool
        Whether the LMS says that it came late.
    order : int
        Of two files the later has the higher number; 0 where the LMS doesn't tell.
    file : str
        The file's own name, if it stands in the same text.
    """

    name: str
    number: str
    canvas: bool = False
    late: bool = False
    order: int = 0
    file: str = ""

    def __str__(self) -> str:
        return f"{self.name or 'anonymous'} ({self.number})"


@dataclass(frozen=True)
class Person:
    """One student of the class, as in nbgrader's gradebook."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""


class Roster:
    """The class: finds a student by number, by name, by the LMS's number."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = list(people)
        self._names = {person.id: _spellings(f"{person.first_name} {person.last_name}") for person in self.people}

    def __bool__(self) -> bool:
        return bool(self.people)

    def by_id(self, text: str) -> str:
        """Return the student whose number this is, as the class spells it, or an empty text.

        Examples
        --------
        >>> Roster([Person("s-2601")]).by_id("S 2601")
        's-2601'
        """
        wanted = normal_student(text)
        return next((person.id for person in self.people if wanted and normal_student(person.id) == wanted), "")

    def by_name(self, name: str) -> list[str]:
        """Return the students of this name, whatever the order of its words, its accents and its spaces.

        Examples
        --------
        >>> Roster([Person("s1", "Ayu", "Dewi Lestari")]).by_name("lestariayudewi")
        ['s1']
        """
        wanted = _letters(name)
        return [person.id for person in self.people if wanted and wanted in self._names[person.id]]

    def by_sender(self, one: Sender) -> list[str]:
        """Return the students that the sender may be: one, or several of the same name, or none."""
        known = [person.id for person in self.people if one.canvas and person.lms_user_id == one.number]
        numbered = [found for part in one.name.split() if (found := self.by_id(part))]
        return known or numbered or self.by_name(one.name)


def sender(parts: Iterable[str]) -> Sender | None:
    """Return who sent a file, by the outermost folder, archive or file name that an LMS wrote; else None.

    Examples
    --------
    >>> sender(["Ayu Lestari_1234567_assignsubmission_file_", "ps03.ipynb"]).name
    'Ayu Lestari'
    >>> sender(["lestariayu_LATE_12345_6789012_ps03-1.ipynb"]).late
    True
    >>> sender(["s2601", "ps03.ipynb"])
    """
    for part in parts:
        if found := MOODLE.fullmatch(part):
            return Sender(found["name"].strip(), found["number"], file=found["file"])
        if found := ANONYMOUS.fullmatch(part) or CANVAS.fullmatch(part):
            name = found.groupdict().get("name", "")
            late, order = bool(found["late"]), int(found["order"])
            return Sender(name, found["number"], canvas=True, late=late, order=order, file=found["file"])
    return None


def roster(root: Path) -> Roster:
    """Read the class from ``students.csv`` and from the gradebook; one without a name there came by grading alone.

    Raises
    ------
    CourseError
        If ``students.csv`` can't be read or has no column ``id``.
    """
    people = {person.id: person for person in _listed(root / ROSTER)}
    settings = course.config(root)
    kept = course.directory(settings).db_url.partition("sqlite:///")[2]
    if kept and not Path(kept).is_file():
        return Roster(people.values())  # to open it would make one
    with course.gradebook(settings) as book:
        for one in book.students:
            person = Person(one.id, one.first_name or "", one.last_name or "", one.email or "", one.lms_user_id or "")
            if person.first_name or person.last_name or person.lms_user_id:
                people.setdefault(person.id, person)
    return Roster(people.values())


def _listed(path: Path) -> Iterator[Person]:
    """The students of a CSV file, with commas or semicolons."""
    if not path.is_file():
        return
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CourseError(f"{path}: is not UTF-8 text. Save it again as CSV UTF-8.") from error
    fields = list(Person.__dataclass_fields__)
    first = text.partition("\n")[0]
    for row in csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ","):
        if "id" not in row:
            raise CourseError(f"{path}: has no column 'id'. Its first line must be {','.join(fields)}.")
        if row["id"]:
            yield Person(**{name: (row.get(name) or "").strip() for name in fields})


def _letters(text: str) -> str:
    """Letters and digits alone, small, without accents."""
    return normal_student("".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)))


def _spellings(name: str) -> set[str]:
    """A name as an LMS may join it: its words from any of them on; a lone word also twice, as forms demand two."""
    words = [letters for word in name.split() if (letters := _letters(word))]
    if len(set(words)) == 1:
        return {words[0], words[0] * 2}
    return {"".join(words[start:] + words[:start]) for start in range(len(words))}
