"""The bank: every exercise of every lesson and assignment, read from ``bank/*.toml``.

A file is found by being there. One that can't be read stops no other; asking for one of its exercises says why.
``python -m jejaring.exercises.bank`` lists all problems of all files.
"""

import difflib
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jejaring import variants
from jejaring.errors import BankError
from jejaring.exercises import kinds
from jejaring.exercises.shapes import did_you_mean
from jejaring.language import language, pick

__all__ = ["FOLDER", "Exercise", "Problem", "all_problems", "files", "find", "load", "validate"]

FOLDER = Path(__file__).parents[1] / "bank"
"""Where the course's own exercises are."""

ENVIRONMENT = "JEJARING_BANK"
"""Names a folder with more bank files: a teacher's own."""

COMMON = "common"
_ASSIGNMENTS = ("ps", "capstone")


@dataclass(frozen=True)
class Exercise:
    """One exercise as it stands in the bank.

    Parameters
    ----------
    id : str
        Such as ``"l03-forms"``; begins with the name of its file.
    kind : str
        Name of a module in ``exercises/kinds``.
    entry : Mapping
        The exercise's table in the bank, as read.
    file : Path
        The bank file.
    fields : Mapping
        What stands in the texts' ``{fields}``: this student's parameters.
    """

    id: str
    kind: str
    entry: Mapping[str, Any]
    file: Path
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """The lesson or assignment it belongs to, such as ``"l03"``."""
        return self.file.stem

    @property
    def graded(self) -> bool:
        """Whether it belongs to an assignment, whose bank holds no key."""
        return self.home.startswith(_ASSIGNMENTS)

    @property
    def lesson(self) -> bool:
        """Whether the page may judge it: its key and reasons are in the bank."""
        return not self.graded and self.home != COMMON

    @property
    def points(self) -> float | None:
        """What it is worth in an assignment."""
        points = self.entry.get("points")
        return None if points is None else float(points)

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What differs from student to student: name to ``{"values": [...]}``."""
        parameters: Mapping[str, Any] = self.entry.get("parameters", {})
        return parameters

    def drawn(self, student: str) -> "Exercise":
        """Return this exercise as this student meets it."""
        return replace(self, fields=variants.parameters(self.parameters, student, self.id))

    def say(self, text: Mapping[str, str]) -> str:
        """Say one of its texts in the language spoken now, parameters filled in."""
        return pick(text, **{name: shown(value) for name, value in self.fields.items()})


@dataclass(frozen=True)
class Problem:
    """What is wrong with a bank file: where, and what to do."""

    file: Path
    exercise: str | None
    text: str

    def __str__(self) -> str:
        return f"{self.file.name}: " + (f"[{self.exercise}] " if self.exercise else "") + self.text


def shown(value: Any) -> str:
    """Write a parameter as a text says it.

    Examples
    --------
    >>> shown([45, 30, 15, 10])
    '45, 30, 15, 10'
    """
    if isinstance(value, list | tuple):
        return ("; " if any(isinstance(part, float) for part in value) else ", ").join(map(shown, value))
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", "," if language() == "id" else ".")
    return str(value)


def files() -> list[Path]:
    """List the bank files: the course's own, then those of the folder that ``JEJARING_BANK`` names."""
    folders = [FOLDER, *(Path(own) for own in [os.environ.get(ENVIRONMENT)] if own)]
    return [path for folder in folders for path in sorted(folder.glob("*.toml"))]


def load() -> dict[str, Exercise]:
    """Read every exercise that can be read; where two files share an id, the first file's counts."""
    found: dict[str, Exercise] = {}
    for path in files():
        for exercise in _read(path)[0]:
            found.setdefault(exercise.id, exercise)
    return found


def find(qid: str) -> Exercise:
    """Return one exercise, ready for use.

    Raises
    ------
    BankError
        If there is none of this id, or it is badly written; the message names file, exercise and field.
    """
    near_by = (one for path in files() if _belongs(qid, path) for one in _read(path)[0] if one.id == qid)
    exercise = next(near_by, None) or load().get(qid)
    if exercise is None:
        broken = [problem for path in files() if _belongs(qid, path) for problem in _read(path)[1]]
        if broken:
            raise BankError(f"{qid!r} can't be asked: {broken[0]}")
        near = difflib.get_close_matches(qid, load(), n=3)
        raise BankError(
            f"There is no exercise {qid!r} in {', '.join(path.name for path in files()) or FOLDER}. "
            + (f"Did you mean {' or '.join(near)}?" if near else "Write it into the bank, or check the id.")
        )
    for problem in _problems(exercise):
        raise BankError(str(problem))
    return exercise


def validate(path: Path) -> list[Problem]:
    """List what is wrong with one bank file; an empty list means that it is in order."""
    exercises, found = _read(path)
    for exercise in exercises:
        own = list(_problems(exercise))
        found += own or [Problem(path, exercise.id, text) for text in kinds.attempt_problems(exercise)]
    return found


def all_problems() -> list[Problem]:
    """List what is wrong with all bank files, each by itself and together."""
    found, seen = [], dict[str, Path]()
    for path in files():
        found += validate(path)
        for exercise in _read(path)[0]:
            if (first := seen.setdefault(exercise.id, path)) != path:
                found.append(
                    Problem(path, exercise.id, f"this id stands in {first} too, and that one counts. Rename this one.")
                )
    return found


_kept: dict[Path, tuple[tuple[int, int], list[Exercise], list[Problem]]] = {}


def _read(path: Path) -> tuple[list[Exercise], list[Problem]]:
    """The exercises of one file and what kept others from being read; read again when the file changed."""
    try:
        stat = path.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        if path not in _kept or _kept[path][0] != stamp:
            _kept[path] = (stamp, *_parse(path))
    except OSError as error:
        return [], [Problem(path, None, f"can't be read ({error.strerror}). Check the name and the rights.")]
    return list(_kept[path][1]), list(_kept[path][2])


def _parse(path: Path) -> tuple[list[Exercise], list[Problem]]:
    """Read one file."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return [], [Problem(path, None, "is not UTF-8 text. Save it as UTF-8.")]
    except tomllib.TOMLDecodeError as error:
        return [], [Problem(path, None, f"is not valid TOML: {error}. Mend that line.")]
    exercises, problems = [], []
    for qid, entry in tables.items():
        kind = entry.get("kind") if isinstance(entry, dict) else None
        if not isinstance(kind, str):
            problems.append(Problem(path, qid, 'kind: is missing. Write kind = "choice", or another kind.'))
        else:
            exercises.append(Exercise(qid, kind, entry, path))
    return exercises, problems


def _problems(exercise: Exercise) -> Iterator[Problem]:
    """What is wrong with one exercise."""
    if not _belongs(exercise.id, exercise.file):
        text = f"the id does not begin with its file's name. Call it {exercise.home}-{exercise.id}."
        yield Problem(exercise.file, exercise.id, text)
    if exercise.kind not in kinds.names():
        text = f"kind: there is no kind {exercise.kind!r}{did_you_mean(exercise.kind, kinds.names())}"
        yield Problem(exercise.file, exercise.id, text)
        return
    for text in [*kinds.get(exercise.kind).problems(exercise), *_about_problems(exercise)]:
        yield Problem(exercise.file, exercise.id, text)


def _about_problems(exercise: Exercise) -> Iterator[str]:
    """What is wrong with an exercise that is about the answer to another one."""
    gives = kinds.get(exercise.kind).gives
    about = exercise.entry.get("about")
    if about is not None and gives:
        yield f"about: an exercise of kind {exercise.kind} is about its own answer. Take it out."
    elif isinstance(about, str):
        others = [one.id for one in _read(exercise.file)[0] if one.kind in kinds.names() and kinds.get(one.kind).gives]
        if about not in others:
            yield f"about: this file has no exercise {about!r} of kind network{did_you_mean(about, others)}"
    if gives or about is not None:
        for name in ("network", "start"):
            if name in exercise.parameters:
                yield f"parameters.{name}: is what functions call the student's network. Choose another name."


def _belongs(qid: str, path: Path) -> bool:
    """Whether an exercise of this id is to be found in this file."""
    return path.stem == COMMON or qid.startswith(f"{path.stem}-")


def _main() -> int:
    """Print all problems."""
    problems = all_problems()
    for problem in problems:
        print(problem)
    print(f"{len(load())} exercises in {len(files())} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(_main())
