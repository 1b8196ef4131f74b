"""Collects what students handed in, however they named it, into ``submitted/<student>/<assignment>/``.

Only notebooks are taken: nothing else that lies in a student's folder can reach the grading kernel. Every oddity gets a
message that names the file and says what to do, and stops nothing else.
"""

import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import parse_utc

from autograder.course import CourseError, assignments
from autograder.report import COLLECTED
from jejaring.answers import META, STUDENT, harvest, read_notebook
from jejaring.errors import NotebookError
from jejaring.variants import normal_student

__all__ = ["Found", "collect", "look", "main"]

NAMED = re.compile(r"(?P<student>.+?)[_ -]+(?P<assignment>[a-z]+\d*)(?P<rest>[^a-z0-9].*)?", re.IGNORECASE)
CELL_TYPES = {"code", "markdown", "raw"}


@dataclass
class Found:
    """What is in a folder of submissions.

    Parameters
    ----------
    taken : dict
        Student id to the notebook's path and the notes about it.
    problems : list of str
        Why the rest was not taken, and what to do.
    """

    taken: dict[str, tuple[Path, list[str]]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def look(folder: Path, assignment: str, known: list[str]) -> Found:
    """Find out what a folder holds for one assignment.

    Parameters
    ----------
    folder : Path
        Either one folder per student, or notebooks named like ``<student>_ps03.ipynb``, or both. Not modified.
    assignment : str
        The assignment wanted.
    known : list of str
        All assignments of the course.
    """
    found = Found()
    claims: dict[str, list[tuple[Path, list[str]]]] = defaultdict(list)
    for path, owner in _notebooks(folder, found):
        try:
            notebook = _checked(path)
        except NotebookError as error:
            found.problems.append(str(error))
            continue
        made = _assignment(notebook)
        named = NAMED.fullmatch(path.stem)
        named_so = named if named and named["assignment"].lower() in known else None
        made = made or (named_so["assignment"].lower() if named_so else path.stem if path.stem in known else "")
        if made not in known:
            said = f"says it is {made!r}" if made else "doesn't say which assignment it is"
            found.problems.append(
                f"{path}: {said}, and the course has {', '.join(known)}. "
                f"If it is one of them, rename it to <student>_<assignment>.ipynb."
            )
            continue
        if made != assignment:
            continue  # another assignment's, in the same folder by right
        said_student = harvest(notebook).get(STUDENT)
        student = _student_id(
            owner or (named_so["student"] if named_so else str(said_student.value) if said_student else "")
        )
        if not student:
            found.problems.append(
                f"{path}: can't tell whose it is. Rename it to <student>_{assignment}.ipynb, or put it into a folder "
                f"with the student's id."
            )
            continue
        expected = path.stem == assignment or bool(named_so and not named_so["rest"])
        claims[student].append((path, [] if expected else [f"renamed ({path.name[:60]})"]))
    _choose(claims, found)
    return found


def collect(root: Path, folder: Path, assignment: str) -> tuple[list[str], list[str]]:
    """Copy the notebooks of one assignment into ``submitted/``.

    Parameters
    ----------
    root : Path
        Course folder.
    folder : Path
        What students handed in. Not modified.
    assignment : str
        Name of the assignment.

    Returns
    -------
    taken : list of str
        Students whose notebook is in ``submitted/`` now.
    problems : list of str
        One message per file that was not taken or needs a look.

    Raises
    ------
    CourseError
        If there is no such folder or assignment.
    """
    known = assignments(root)
    if assignment not in known:
        raise CourseError(f"{assignment}: no such assignment. The course has: {', '.join(known) or 'none'}.")
    if not folder.is_dir():
        raise CourseError(f"{folder}: no such folder. Unpack what was handed in and name the folder.")
    found = look(folder, assignment, known)
    for student, (path, notes) in found.taken.items():
        target = root / "submitted" / student / assignment
        target.mkdir(parents=True, exist_ok=True)
        _write(target / f"{assignment}.ipynb", path.read_bytes())
        _write(target / COLLECTED, json.dumps({"from": path.name, "notes": notes}, ensure_ascii=False).encode())
        if stamp := _timestamp(path, found.problems):
            _write(target / "timestamp.txt", stamp.encode())
    return sorted(found.taken), found.problems


def main(root: Path, folder: Path, assignment: str) -> int:
    """Collect and say what happened; returns the exit code."""
    taken, problems = collect(root, folder, assignment)
    print(f"{assignment}: {len(taken)} notebooks in submitted/")
    for problem in problems:
        print(f"! {problem}", file=sys.stderr)
    return int(bool(problems))


def _notebooks(folder: Path, found: Found) -> Iterator[tuple[Path, str]]:
    """Yield each notebook file and the name of the student's folder it lies in, if it lies in one."""
    for top, folders, files in os.walk(folder):
        here = Path(top)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [*folders]:
            if (here / name).is_symlink():
                folders.remove(name)
                found.problems.append(f"{here / name}: is a link and was not followed. Ask for the files themselves.")
        for name in sorted(files):
            path = here / name
            if path.is_symlink():
                found.problems.append(f"{path}: is a link and was not followed. Ask for the file itself.")
            elif path.suffix == ".ipynb":
                yield path, here.relative_to(folder).parts[0] if here != folder else ""


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


def _assignment(notebook: dict[str, Any]) -> str:
    """The assignment that a notebook's metadata names, or an empty text."""
    own = notebook["metadata"].get(META) if isinstance(notebook.get("metadata"), dict) else None
    name = own.get("assignment") if isinstance(own, dict) else None
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


def _choose(claims: dict[str, list[tuple[Path, list[str]]]], found: Found) -> None:
    """Take one notebook per student; where there are several different ones, none, and say so."""
    same: dict[str, set[str]] = defaultdict(set)
    for student in claims:
        same[normal_student(student)].add(student)
    for student, files in sorted(claims.items()):
        others = [path for other in same[normal_student(student)] - {student} for path, _ in claims[other]]
        paths = [path for path, _ in files] + others
        if len({path.read_bytes() for path in paths}) > 1:
            names = ", ".join(sorted(map(str, paths)))
            problem = (
                f"{names}: different notebooks for one student ({student}). Keep the one that counts, collect again."
            )
            if not others or student == min(same[normal_student(student)]):
                found.problems.append(problem)
        else:
            found.taken[student] = files[0]


def _timestamp(path: Path, problems: list[str]) -> str:
    """The time of handing in, if it is written beside the notebook."""
    file = path.with_name("timestamp.txt")
    if file.is_symlink() or not file.is_file():
        return ""
    try:
        text = file.read_bytes()[:100].decode("utf-8").strip()
        parse_utc(text)
    except (ValueError, OverflowError) as error:
        problems.append(f"{file}: is no date and time ({error}). Write it like 2026-03-09 21:15:00 +0700.")
        return ""
    return text


def _write(path: Path, content: bytes) -> None:
    """Write a file only if that changes it, so that grading knows what is new."""
    if not path.is_file() or path.read_bytes() != content:
        path.unlink(missing_ok=True)
        path.write_bytes(content)
