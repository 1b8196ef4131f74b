"""Collects what students handed in, however they named it, into ``submitted/<student>/<assignment>/``.

It takes a folder, a zip file as Moodle and Canvas make them, or a lone notebook. Only notebooks are taken: nothing else
that lies in a student's folder can reach the grading kernel. Every oddity gets a message that names the file and says
what to do, and stops nothing else. What was handed in is never changed.

``nbgrader zip_collect`` collects in the same way, through `Collector`.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbgrader.plugins import ExtractorPlugin

from autograder.archives import SIDECAR, UNREADABLE, Handed, is_notebook, walk
from autograder.course import CourseError, assignments, lessons, moment
from autograder.lms import ROSTER, Roster, Sender, roster, sender
from autograder.report import COLLECTED, in_json
from jejaring.answers import META, STUDENT, harvest, read_notebook
from jejaring.errors import NotebookError
from jejaring.variants import normal_student

__all__ = ["LESSONS", "Collector", "Found", "Taken", "collect", "handed_in", "look", "main", "notes"]

LESSONS = "lessons"
NAMED = re.compile(r"(?P<student>.+?)[_ -]+(?P<assignment>[a-z]+\d*)(?P<rest>[^a-z0-9].*)?", re.IGNORECASE)
CELL_TYPES = {"code", "markdown", "raw"}
LATE = "marked late by the LMS"
BY_NUMBER = "known by the number in the notebook only"


@dataclass(frozen=True)
class Taken:
    """A notebook that counts.

    Parameters
    ----------
    student : str
        Whose it is.
    name : str
        Which assignment or lesson it is.
    content : bytes
        The file.
    file : str
        Its own name.
    notes : list of str
        What is odd about it.
    stamp : str
        When it was handed in, if that is known.
    """

    student: str
    name: str
    content: bytes
    file: str
    notes: list[str]
    stamp: str


@dataclass
class Found:
    """What students handed in.

    Parameters
    ----------
    taken : list of Taken
        One notebook per student and name.
    problems : list of str
        Why the rest was not taken, and what to do.
    """

    taken: list[Taken] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Claim:
    """A notebook that may count for a student."""

    one: Handed
    name: str
    student: str
    number: str  # the one that stands in the notebook, or an empty text
    origin: str  # who sent it, where an LMS says so
    by_number: bool  # whether only that number tells whose it is
    age: tuple[int, float]  # of two notebooks the later has the higher
    notes: list[str]


class Collector(ExtractorPlugin):
    """Lets ``nbgrader zip_collect`` take the zip files of Moodle and Canvas.

    nbgrader hands its collector one file name after the other, but who sent a file may stand in a folder's name, in the
    class list or in the notebook, and which of two counts is seen only from both. So the files are sorted here, where
    they are unpacked, into a folder for each student; nbgrader's own collector then reads that folder's name.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Put what is in one folder, in archives or not, in order in the other."""
        here = self.parent.coursedir
        found = handed_in(Path(here.root), Path(archive_path), here.assignment_id)
        for one in found.taken:
            found.problems.extend(_keep(one, Path(extracted_path) / one.student))
        for line in notes(found):
            self.log.info(line)
        for problem in found.problems:
            self.log.warning(problem)


def look(
    source: Path, wanted: Iterable[str], known: Iterable[str], group: Roster | None = None, *, scratch: Path
) -> Found:
    """Find out what was handed in.

    Parameters
    ----------
    source : Path
        A folder with one folder per student, or with notebooks named like ``<student>_ps03.ipynb``, or with what an LMS
        makes; a zip file of that; or one notebook. Not modified.
    wanted : iterable of str
        Assignments or lessons to take.
    known : iterable of str
        All assignments and lessons of the course.
    group : Roster, optional
        The class.
    scratch : Path
        Empty folder for what is taken out of archives; no longer needed afterwards.
    """
    sorter = _Sorter(set(wanted), sorted(known), group or Roster(()))
    handed = list(walk(source, scratch, sorter.found.problems))
    for one in handed:
        sorter.sort(one)
    sorter.choose({one.parts[:-1]: one for one in handed if one.parts[-1] == SIDECAR})
    sorter.name_the_missing()
    return sorter.found


def collect(root: Path, source: Path, assignment: str) -> tuple[list[str], list[str]]:
    """Copy the notebooks of one assignment, or of all lessons, into ``submitted/``.

    Parameters
    ----------
    root : Path
        Course folder.
    source : Path
        What students handed in: a folder, a zip file or a notebook. Not modified.
    assignment : str
        Name of the assignment, or ``"lessons"``.

    Returns
    -------
    taken : list of str
        Students whose notebook is in ``submitted/`` now.
    problems : list of str
        One message per file that was not taken or needs a look.

    Raises
    ------
    CourseError
        If there is no such folder, file or assignment.
    """
    found = _collect(root, source, assignment)
    return sorted({one.student for one in found.taken}), found.problems


def handed_in(root: Path, source: Path, assignment: str) -> Found:
    """Look for one assignment, or for all lessons, in what was handed in to a course.

    Raises
    ------
    CourseError
        If the course has no such assignment, or there is nothing of this name.
    """
    known, taught = assignments(root), lessons(root)
    if assignment not in [*known, LESSONS]:
        raise CourseError(
            f"{assignment}: no such assignment. The course has: {', '.join(known) or 'none'}; and {LESSONS}."
        )
    if not (source.is_dir() or (source.is_file() and (is_notebook(source.name) or source.suffix.lower() == ".zip"))):
        raise CourseError(f"{source}: no such folder, zip file or notebook. Name what you downloaded.")
    wanted = taught if assignment == LESSONS else [assignment]
    with TemporaryDirectory() as scratch:
        return look(source, wanted, [*known, *taught], roster(root), scratch=Path(scratch))


def main(root: Path, source: Path, assignment: str, *, dry_run: bool = False, as_json: bool = False) -> int:
    """Collect, or only look, and say what happened; returns the exit code."""
    found = handed_in(root, source, assignment)
    if not (found.taken or found.problems):
        raise CourseError(f"{source}: no notebook of {assignment} is in it. Name what you downloaded.")
    taken = [_told(one, root / "submitted" / one.student / assignment) for one in found.taken]
    for one in found.taken:
        folder = root / "submitted" / one.student / assignment
        found.problems.extend(_timeless(one, folder) if dry_run else _keep(one, folder))
    if as_json:
        print(in_json({"assignment": assignment, "dry_run": dry_run, "taken": taken, "problems": found.problems}))
        return int(bool(found.problems))
    students = len({one.student for one in found.taken})
    print(f"{assignment}: {len(taken)} notebooks of {students} students {'would be ' * dry_run}in submitted/")
    for told in taken if dry_run else []:
        print(f"{told['path']}  {told['state']}, from {told['file']}")
    for line in notes(found):
        print(f"- {line}")
    for problem in found.problems:
        print(f"! {problem}", file=sys.stderr)
    return int(bool(found.problems))


def notes(found: Found) -> Iterator[str]:
    """What is odd about the notebooks that were taken."""
    for one in found.taken:
        for note in one.notes:
            yield f"{one.student}: {note}"


def _collect(root: Path, source: Path, assignment: str) -> Found:
    """Look, and put what counts into ``submitted/``."""
    found = handed_in(root, source, assignment)
    for one in found.taken:
        found.problems.extend(_keep(one, root / "submitted" / one.student / assignment))
    return found


def _told(one: Taken, folder: Path) -> dict[str, Any]:
    """What is told of a notebook before it is written."""
    path = folder / f"{one.name}.ipynb"
    state = "new" if not path.is_file() else "the same" if path.read_bytes() == one.content else "changed"
    told = {"student": one.student, "name": one.name, "path": path, "file": one.file, "state": state}
    return told | {"handed_in": one.stamp, "notes": one.notes}


def _keep(one: Taken, folder: Path) -> list[str]:
    """Write a notebook, its time and what is odd about it into a student's folder; returns what needs a person."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / f"{one.name}.ipynb", one.content)
    if folder.name == LESSONS:
        return []
    _write(folder / COLLECTED, json.dumps({"from": one.file, "notes": one.notes}, ensure_ascii=False).encode())
    if one.stamp:
        _write(folder / SIDECAR, one.stamp.encode())
    return _timeless(one, folder)


def _timeless(one: Taken, folder: Path) -> list[str]:
    """Say what to do where the LMS says that a notebook came late, and nothing says when."""
    if folder.name == LESSONS or LATE not in one.notes or one.stamp or (folder / SIDECAR).is_file():
        return []
    place = f"submitted/{one.student}/{one.name}/{SIDECAR}"
    said = f"{one.student}: came late, and the LMS doesn't tell when."
    return [f"{said} Write the time, like 2026-03-10 00:59:00+07:00, into {place}"]


class _Sorter:
    """Finds out whose each notebook is, and which of several counts."""

    def __init__(self, wanted: set[str], known: list[str], group: Roster) -> None:
        self.wanted, self.known, self.group = wanted, known, group
        self.found = Found()
        self.claims: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
        self.served: set[str] = set()
        self.others: dict[str, list[str]] = defaultdict(list)

    def sort(self, one: Handed) -> None:
        """Take one file as a claim, or note why it is none."""
        file, by = one.parts[-1], sender(one.parts)
        claim = None
        if is_notebook(file):
            try:
                claim = self._claim(one, by)
            except NotebookError as error:
                self.found.problems.append(str(error).replace(str(one.path), one.shown))
                self.served.add(str(by))
                return
        elif file.lower().endswith(UNREADABLE):
            self.found.problems.append(f"{one.shown}: is an archive that can't be opened here. Unpack it first.")
            self.served.add(str(by))
        if claim:
            self.claims[normal_student(claim.student), claim.name].append(claim)
            self.served.add(str(by))
        elif by and file != SIDECAR:
            self.others[str(by)].append(file)

    def choose(self, stamps: dict[tuple[str, ...], Handed]) -> None:
        """Take one notebook per student and name: of several the latest, and none where nothing tells which that is."""
        for (_, name), rivals in sorted(self.claims.items(), key=lambda item: item[0]):
            claims = self._of_one_sender(rivals)
            latest = max(claim.age for claim in claims) if claims else None
            last = [claim for claim in claims if claim.age == latest]
            if not last:
                continue
            if (reason := _disputed(claims)) or len({claim.one.path.read_bytes() for claim in last}) > 1:
                reason = (
                    reason or f"different notebooks for one student ({last[0].student}), none later than the others"
                )
                self._refuse(claims, f"{reason}. Keep the one that counts, collect again.")
                continue
            one, notes = last[0].one, list(last[0].notes)
            if older := {claim.one.path.read_bytes() for claim in claims if claim.age != latest}:
                notes.append(f"{len(older) + 1} handed in, the latest counts ({one.parts[-1][:60]})")
            stamp = _timestamp(stamps.get(one.parts[:-1]), self.found.problems)
            taken = Taken(last[0].student, name, one.path.read_bytes(), one.parts[-1], notes, stamp)
            self.found.taken.append(taken)

    def name_the_missing(self) -> None:
        """Name who handed something in by an LMS, but nothing of what is wanted."""
        for who, files in sorted(self.others.items()):
            if who not in self.served:
                self.found.problems.append(
                    f"{who}: handed in {', '.join(sorted(files))[:200]}, which is no notebook of "
                    f"{', '.join(sorted(self.wanted))}. Ask for the .ipynb file."
                )

    def _claim(self, one: Handed, by: Sender | None) -> _Claim | None:
        """What a notebook is, and whose; None if it is another assignment's or lesson's."""
        notebook = _checked(one.path)
        file = by.file if by and by.file and one.parts[-1].endswith(by.file) else one.parts[-1]
        stem = re.sub(r"\.ipynb(\.txt|\.json)?$", "", file, flags=re.IGNORECASE)
        named = NAMED.fullmatch(stem)
        if named and named["assignment"].lower() not in self.known:
            named = None
        made = _own(notebook, "assignment") or _own(notebook, "lesson")
        name = made or (named["assignment"].lower() if named else stem if stem in self.known else "")
        if name not in self.known:
            said = f"says it is {name!r}" if name else "doesn't say which assignment it is"
            raise NotebookError(
                f"{one.path}: {said}, and the course has {', '.join(self.known)}. "
                f"If it is one of them, rename it to <student>_<assignment>.ipynb."
            )
        if name not in self.wanted:
            return None  # another one's, in the same folder by right
        answers = harvest(notebook)
        value = answers[STUDENT].value if STUDENT in answers else ""
        number = value.strip()[:80] if isinstance(value, str) else ""
        if by:
            student, notes = self._sent(one, by, number)
        else:
            student, notes = self._placed(one, named["student"] if named else "", number), []
        plain = re.sub(r"-\d+$", "", stem) if by and by.canvas else stem
        usual = plain == name or bool(named and not named["rest"]) or bool(_own(notebook, "lesson"))
        if not (usual and file.lower().endswith(".ipynb")):
            notes.append(f"renamed ({file[:60]})")
        age = (by.order if by else 0, max((answer.t for answer in answers.values()), default=0.0))
        return _Claim(one, name, student, number, str(by or ""), notes[:1] == [BY_NUMBER], age, notes)

    def _sent(self, one: Handed, by: Sender, number: str) -> tuple[str, list[str]]:
        """The student who sent a notebook by an LMS, and what is odd about that."""
        late = [LATE] if by.late else []
        people, own = self.group.by_sender(by), self.group.by_id(number)
        if len(people) == 1:
            return people[0], late
        if own and (own in people or not people):
            return own, [BY_NUMBER, *late]
        if not self.group and (student := _student_id(number)):
            return student, [BY_NUMBER, *late]
        place = f"Or put it into a folder with the student's id, and collect that folder. It lies in {one.shown}"
        if people:
            reason = f"{len(people)} students are called {by.name} ({', '.join(people)})"
        elif self.group:
            reason = f"nobody in the class is called {by.name or 'so'}"
        else:
            reason = f"there is no list of the class ({ROSTER})"
        said = f"its own number ({number}) is nobody's" if number else "the notebook has no number"
        if people and number:
            said = f"its own number ({number}) is not theirs"
        raise NotebookError(f"{by}: {reason}, and {said}. Mend {ROSTER}. {place}.")

    def _placed(self, one: Handed, named: str, number: str) -> str:
        """The student in whose folder or archive a notebook lies, or whom its name or itself tells."""
        owners = [owner for part in one.parts[:-1] if (owner := self._owner(part))] or [named or number]
        for owner in owners:
            same = [found for found in [self.group.by_id(owner)] if found] or self.group.by_name(owner)
            if len(same) == 1:
                return same[0]
        student = _student_id(owners[0])
        if not student:
            raise NotebookError(
                f"{one.path}: can't tell whose it is. Rename it to <student>_<assignment>.ipynb, or put it into "
                f"a folder with the student's id."
            )
        return student

    def _owner(self, part: str) -> str:
        """Whom a folder or an archive belongs to; an archive only if its name says so."""
        if not part.lower().endswith(".zip"):
            return part
        named = NAMED.fullmatch(part[:-4])
        return named["student"] if named and named["assignment"].lower() in self.known else ""

    def _of_one_sender(self, claims: list[_Claim]) -> list[_Claim]:
        """The claims that may count: the sender's own, not those of others who use the student's number."""
        own = [claim for claim in claims if not claim.by_number] or claims
        strangers = [claim for claim in claims if claim not in own]
        if len({claim.origin for claim in own}) > 1:
            own, strangers = [], claims
        if strangers:
            senders = ", ".join(sorted({claim.origin or claim.one.shown for claim in claims}))
            said = f"several people handed in for one student ({claims[0].student}: {senders})"
            self._refuse(strangers, f"{said}. Find out whose it is, put it into a folder with that student's id.")
        return own

    def _refuse(self, claims: list[_Claim], reason: str) -> None:
        """Note which notebooks were not taken."""
        self.found.problems.append(f"{', '.join(sorted(claim.one.shown for claim in claims))}: {reason}")


def _disputed(claims: Sequence[_Claim]) -> str:
    """Why the claims may not all be one student's, or an empty text."""
    numbers = {normal_student(claim.number) for claim in claims}
    if len(numbers - {""}) > 1:
        said = ", ".join(sorted({claim.number for claim in claims if claim.number}))
        return f"notebooks of different students ({said}) where one student's should be"
    together = len({claim.one.parts[:-1] for claim in claims}) == 1 or all(claim.origin for claim in claims)
    same = len({claim.one.path.read_bytes() for claim in claims}) == 1
    if not (together or same or "" not in numbers):
        return f"different notebooks for one student ({claims[0].student}) in different places"
    return ""


def _checked(path: Path) -> dict[str, Any]:
    """Read a notebook that nbgrader can work with, or say what is wrong with it."""
    notebook = read_notebook(path)
    mend = "Ask the student to open it in JupyterLab, save it, and hand it in again."
    if notebook.get("nbformat") != 4:
        raise NotebookError(f"{path}: is not in notebook format 4 (it says {notebook.get('nbformat')!r}). {mend}")
    for place, cell in enumerate(notebook["cells"], 1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in CELL_TYPES:
            raise NotebookError(f"{path}: cell {place} is damaged. {mend}")
    try:
        nbformat.validate(nbformat.reads(json.dumps(notebook), as_version=4))
    except RecursionError as error:
        raise NotebookError(
            f"{path}: is nested too deeply to be a notebook that was saved by Jupyter. {mend}"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        reason = str(error).strip().partition("\n")[0][:120]
        raise NotebookError(f"{path}: is a damaged notebook ({reason}). {mend}") from error
    return notebook


def _own(notebook: dict[str, Any], field: str) -> str:
    """What a notebook's metadata say it is (``assignment`` or ``lesson``), or an empty text."""
    own = notebook["metadata"].get(META) if isinstance(notebook.get("metadata"), dict) else None
    name = own.get(field) if isinstance(own, dict) else None
    return name[:40] if isinstance(name, str) else ""


def _student_id(name: str) -> str:
    """A folder name made of a student's id: letters, digits, points and hyphens.

    Examples
    --------
    >>> _student_id("Siti  Aminah (2)")
    'Siti-Aminah-2'
    >>> _student_id("../..")
    ''
    """
    return re.sub(r"[^\w.]+", "-", name).strip("-._")[:80]


def _timestamp(file: Handed | None, problems: list[str]) -> str:
    """The time of handing in, if it is written beside the notebook."""
    if file is None:
        return ""
    try:
        return f"{moment(file.path.read_bytes()[:100].decode('utf-8', 'replace'))} UTC"
    except CourseError as error:
        problems.append(f"{file.shown}: {error}")
    return ""


def _write(path: Path, content: bytes) -> None:
    """Write a file only if that changes it, so that grading knows what is new."""
    if not path.is_file() or path.read_bytes() != content:
        path.unlink(missing_ok=True)
        path.write_bytes(content)
