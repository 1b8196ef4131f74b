"""Builds what students receive, and looks for what they must not.

``release/<language>/<assignment>/`` is generated from ``source/`` by nbgrader, never edited. Nothing is published
before the leak lint has read it: a notebook with a key, a solution or an instructor's answer is not copied there.
"""

import ast
import filecmp
import json
import logging
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException

from autograder import changes, course
from autograder.course import CourseError
from autograder.preprocessors import RELEASED, hidden_lines, telling
from jejaring.answers import META, read_notebook
from jejaring.exercises.bank import find

__all__ = ["Leak", "build", "leaks", "release", "stale"]

FILES = {".ipynb", ".csv", ".png", ".svg"}
MARKERS = re.compile(r"(BEGIN|END) (HIDDEN TESTS|SOLUTION|MARK SCHEME)")
CALL = re.compile(r"\bmark\s*\(")
ASK = re.compile(r"""\bask\(["']([\w-]+)["']\)""")
ESSAY = 40
NOISE = ("Traceback", "Please see", "There was an error")  # lines of nbgrader's log that tell nothing
REWORD = (
    "Students would have read this. Word the cell differently, or the key or solution that it shares the words with."
)
LOST = (
    "{name}: source/ no longer has the graded cell {cell}, for which {everybody} students have points or a comment in "
    "the gradebook ({by_hand} of them by hand)."
)
DROP = (
    "Put the cells back under these grade ids (a renamed cell is a lost one and a new one), or give them 0 points. To "
    "drop the points for good: python -m autograder release {cells}"
)


@dataclass(frozen=True)
class Leak:
    """Something that students must not receive.

    Parameters
    ----------
    file : Path
        The released file.
    place : str
        The cell or the metadata where it stands.
    what : str
        What it is and what to do.
    """

    file: Path
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.what}"


def release(root: Path, *, due: str = "", only: Collection[str] = (), drop: Collection[str] = ()) -> list[str]:
    """Build every language's edition, read it for leaks, and only then put it into the gradebook and publish it.

    Parameters
    ----------
    root : Path
        Course folder.
    due : str
        Due date of the assignments, such as ``"2026-03-09 23:59 +0700"``; empty leaves them as they are.
    only : collection of str
        Assignments to release; empty for all. The others stay as they are.
    drop : collection of str
        Grade ids that may go, with the points that students have there.

    Returns
    -------
    list of str
        The folders published, such as ``"release/id/ps03"``, and what changed under submissions that are there.

    Raises
    ------
    CourseError
        If an assignment can't be built or leaks (each leak is named), or if points would be lost. Then the release and
        the gradebook are as before.
    BankError
        If it asks a question that is not in a bank, or is badly written there; likewise.
    """
    deadline = course.moment(due) if due else None
    names = _chosen(root, only)
    with tempfile.TemporaryDirectory(prefix="release-") as name:
        fresh, scratch = Path(name) / "release", Path(name) / "scratch"
        build(root, fresh, names)
        for path in sorted(fresh.rglob("*.ipynb")):
            for qid in ASK.findall("\n".join(text for _, text, prose in _texts(path) if not prose)):
                find(qid)  # says what is wrong with a question that students could not open
        if found := list(leaks(fresh, root / "source")):
            named = [replace(leak, file=Path("source") / leak.file.relative_to(fresh)) for leak in found]
            raise CourseError("\n".join(["Nothing was released:", *map(str, named), REWORD]))
        editions = {one: fresh / _language(root, one) / one / f"{one}.ipynb" for one in names}
        said = _carry(root, {one: read_notebook(path) for one, path in editions.items()}, drop)
        for one in names:
            _generate(_settings(root, _language(root, one), scratch), one)
        if not only:
            shutil.rmtree(root / "release", ignore_errors=True)
        for path in sorted(fresh.glob("*/*")):
            target = root / "release" / path.relative_to(fresh)
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(path, target)
        published = [f"release/{path.relative_to(fresh)}" for path in sorted(fresh.glob("*/*"))]
    if deadline:
        with course.gradebook(course.config(root)) as book:
            for assignment in names:
                book.update_or_create_assignment(assignment, duedate=deadline)
    return published + said


def build(root: Path, target: Path, names: Iterable[str]) -> None:
    """Let nbgrader generate assignments in all languages into a folder, without any gradebook."""
    for language in course.languages(root):
        settings = _settings(root, language, target)
        settings.GenerateAssignment.no_database = True
        settings.SaveCells.enabled = False
        for assignment in names:
            if (root / "source" / language / assignment).is_dir():
                _generate(settings, assignment)
    for path in target.rglob("*.ipynb"):
        text = json.dumps(read_notebook(path), ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", "utf-8")


def stale(root: Path) -> list[str]:
    """Name the files of ``release/`` that differ from what ``source/`` gives now."""
    with tempfile.TemporaryDirectory(prefix="release-") as name:
        fresh = Path(name) / "release"
        build(root, fresh, course.assignments(root))
        return sorted(_differences(fresh, root / "release"))


def leaks(released: Path, source: Path) -> Iterator[Leak]:
    """Yield what must not be in a release.

    Parameters
    ----------
    released : Path
        Folder of one release, with one folder per language.
    source : Path
        The instructor's folder, which says what the keys and solutions are.
    """
    for path in sorted(released.rglob("*")):
        if path.is_symlink():
            yield Leak(path, "file", "is a link. Put the file itself into source/ or leave it out.")
        elif path.is_dir():
            continue
        elif path.suffix not in FILES or path.parent.parent.parent != released:
            yield Leak(path, "file", "students don't need it. Move it out of source/<language>/<assignment>/.")
        else:
            secrets = _Secrets.of(source, path.parent.name)
            for place, text, prose in _texts(path):
                yield from (Leak(path, place, what) for what in secrets.found(text, prose=prose))
            if path.suffix == ".ipynb":
                yield from _leftovers(path)


def _chosen(root: Path, only: Collection[str]) -> list[str]:
    """The assignments to release."""
    known = course.assignments(root)
    if missing := sorted(set(only) - set(known)):
        raise CourseError(f"{missing[0]}: is no assignment of source/. There are: {', '.join(known) or 'none'}.")
    return [name for name in known if name in only or not only]


def _language(root: Path, assignment: str) -> str:
    """The edition that stands in the gradebook: the first language that has the assignment."""
    return next(one for one in course.languages(root) if (root / "source" / one / assignment).is_dir())


def _settings(root: Path, language: str, target: Path) -> Any:
    """Settings of nbgrader that write one language's edition into a folder."""
    return course.config(root, source_directory=f"source/{language}", release_directory=str(target / language))


def _carry(root: Path, released: Mapping[str, Mapping[str, Any]], drop: Collection[str]) -> list[str]:
    """Make room in the gradebook for cells that are new, if no points are lost that may not be; say what changed."""
    said, refused = [], {}
    with course.gradebook(course.config(root)) as book:
        for name, notebook in released.items():
            for cell, (everybody, by_hand) in changes.losses(book, name, notebook).items():
                if cell not in drop:
                    refused[cell] = LOST.format(name=name, cell=cell, everybody=everybody, by_hand=by_hand)
        if refused:
            way_on = DROP.format(cells=" ".join(f"--drop {cell}" for cell in [*drop, *refused]))
            raise CourseError("\n".join(["Nothing was released:", *refused.values(), way_on]))
        for name, notebook in released.items():
            gained, lost = changes.carry(book, name, notebook)
            moves = [f"{word} {', '.join(cells)}" for word, cells in (("gained", gained), ("lost", lost)) if cells]
            if moves:
                said.append(f"{name} {' and '.join(moves)}. Run now: python -m autograder grade {name}")
    return said


def _generate(settings: Any, assignment: str) -> None:
    """Run nbgrader on one assignment, quietly unless it fails."""
    settings.CourseDirectory.assignment_id = assignment
    converter = GenerateAssignment(coursedir=course.directory(settings), config=settings)
    converter.force = True
    log = logging.StreamHandler(notes := _Notes())
    converter.log.handlers, converter.log.propagate = [log], False
    try:
        converter.start()
    except (NbGraderException, SystemExit) as error:
        where = f"{settings.CourseDirectory.source_directory}/{assignment}"
        raise CourseError(f"{where}: can't be released.\n{notes.tail()}") from error


class _Notes(list[str]):
    """A log kept in memory."""

    write = list.append

    def flush(self) -> None:
        """Nothing is buffered."""

    def tail(self) -> str:
        """Its last lines that tell something: without the calls of a traceback."""
        lines = "".join(self).splitlines()
        told = [line for line in lines if line[:1].strip() and not line.startswith(NOISE)]
        return "\n".join(dict.fromkeys(told))[-1500:]


def _differences(fresh: Path, old: Path) -> Iterator[str]:
    """Relative paths of files that are in one folder only, or differ."""
    names = {path.relative_to(top) for top in (fresh, old) for path in top.rglob("*") if path.is_file()}
    for name in names:
        new, known = fresh / name, old / name
        if not (new.is_file() and known.is_file() and filecmp.cmp(new, known, shallow=False)):
            yield str(name)


def _leftovers(path: Path) -> Iterator[Leak]:
    """What a released notebook must not have at all."""
    notebook = read_notebook(path)
    own = notebook["metadata"].get(META, {})
    if extra := sorted(set(own) - set(RELEASED)):
        yield Leak(path, "metadata", f"holds {', '.join(extra)} of the instructor's. Release it through nbgrader.")
    if "widgets" in notebook["metadata"]:
        yield Leak(path, "metadata", "holds the state of widgets. Release it through nbgrader.")
    for cell in notebook["cells"]:
        place = f"cell {cell.get('id', '?')}"
        if cell.get("outputs"):
            yield Leak(path, place, "has outputs. Release it through nbgrader.")
        if META in cell["metadata"] or cell.get("attachments"):
            yield Leak(path, place, "holds metadata or attachments of the instructor's. Release it through nbgrader.")


def _texts(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield (place, text, is it prose) for everything in a released file."""
    if path.suffix != ".ipynb":
        yield "file", path.read_text("utf-8", errors="replace"), True
        return
    notebook = read_notebook(path)
    yield "metadata", json.dumps(notebook["metadata"], ensure_ascii=False), False
    for cell in notebook["cells"]:
        place = f"cell {cell.get('id', '?')}"
        yield place, "".join(cell["source"]), cell["cell_type"] != "code"
        rest = {name: value for name, value in cell.items() if name not in {"source", "id", "cell_type"}}
        yield f"{place} (metadata or output)", json.dumps(rest, ensure_ascii=False), False


@dataclass(frozen=True)
class _Secrets:
    """What the sources of an assignment hold that its release must not."""

    lines: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    options: frozenset[str]
    essays: frozenset[str]

    @classmethod
    def of(cls, source: Path, assignment: str) -> "_Secrets":
        """Collect from every language's notebook and from the attempts."""
        lines: set[str] = set()
        open_: set[str] = set()
        keys: list[Any] = []
        essays: set[str] = set()
        for path in sorted(source.glob(f"*/{assignment}/*.ipynb")):
            for cell in read_notebook(path)["cells"]:
                text = "".join(cell["source"])
                hidden = set(hidden_lines(text))
                solved = _solution(cell, text)
                lines |= hidden | (solved if cell["cell_type"] == "code" else set())
                essays |= {line for line in solved if len(line) >= ESSAY and cell["cell_type"] != "code"}
                open_ |= {line.strip() for line in text.split("\n")} - hidden - solved
                keys += _keys("\n".join(hidden_text(text)))
        for attempt in _attempts(source, assignment):
            value = attempt.get("value")
            if isinstance(value, str) and len(value) >= ESSAY:
                essays |= {line.strip() for line in value.split("\n") if len(line.strip()) >= ESSAY}
            elif attempt.get("credit") == 1:
                keys.append(value)
        flat = [item for key in keys for item in _flatten(key)]
        return cls(
            frozenset(filter(telling, lines - open_)),
            frozenset(item for item in flat if isinstance(item, tuple)),
            frozenset(item for item in flat if isinstance(item, str) and len(item) >= 3),
            frozenset(essays - open_),
        )

    def found(self, text: str, *, prose: bool) -> Iterator[str]:
        """Yield what a text gives away."""
        if marker := MARKERS.search(text):
            yield f"has the marker {marker[0]!r}. Close the region, in a cell that nbgrader knows as test or solution."
        if not prose and CALL.search(text):
            yield "calls mark(...). Put the call between the markers of hidden tests."
        flat = text.replace('\\"', '"').replace("\\n", "\n")
        for line in sorted(self.lines):
            if line in flat:
                yield f"has a line of a solution or hidden test: {line[:60]!r}."
        between = r"\s*(?::|=|→|->)\s*" if prose else r"\s*(?::|=|→|->|,)\s*"
        for left, right in sorted(self.pairs):
            if re.search(rf"(?<!\w){re.escape(left)}[\"'”’*`]?{between}[\[\"'“‘*`]*{_word(right)}", flat):
                yield f"has part of a key: {left}, {right}."
        for option in sorted(self.options):
            if not prose and re.search(rf"[\"']{re.escape(option)}[\"']", flat):
                yield f"has a key: {option!r}."
        for line in sorted(self.essays):
            if line in flat:
                yield f"has the text of an instructor's essay or attempt: {line[:60]!r}."


def _word(text: str) -> str:
    """A pattern for a whole word or number; a decimal comma is a point."""
    return (
        re.escape(text).replace(r"\.", "[.,]") + r"(?![\w.,]*\w)" if text[:1].isdigit() else re.escape(text) + r"(?!\w)"
    )


def _solution(cell: dict[str, Any], text: str) -> set[str]:
    """The lines of a cell that are the instructor's solution."""
    if "BEGIN SOLUTION" in text:
        inside = re.findall(r"BEGIN SOLUTION[^\n]*\n(.*?)\n[^\n]*END SOLUTION", text, re.DOTALL)
        return {line.strip() for part in inside for line in part.split("\n")} - {""}
    if cell["metadata"].get("nbgrader", {}).get("solution"):
        return {line.strip() for line in text.split("\n")} - {""}
    return set()


def hidden_text(text: str) -> Iterable[str]:
    """Return the lines between the markers of hidden tests, with their indentation."""
    hidden = re.findall(r"BEGIN HIDDEN TESTS[^\n]*\n(.*?)\n[^\n]*END HIDDEN TESTS", text, re.DOTALL)
    return [line for part in hidden for line in part.split("\n")]


def _keys(text: str) -> Iterator[Any]:
    """Yield the literal values that a hidden test gives to ``mark``."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "mark":
            for keyword in node.keywords:
                if keyword.arg == "key":
                    yield from _literals(keyword.value)


def _literals(node: ast.expr) -> Iterator[Any]:
    """The value of an expression, or of the literals inside it."""
    try:
        yield ast.literal_eval(node)
    except ValueError:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from _literals(child)


def _flatten(key: Any) -> Iterator[str | tuple[str, str]]:
    """Yield a key as pairs that belong together, and as single options.

    Examples
    --------
    >>> list(_flatten({"flood": {"origin": "custom"}, "nbs": 0.6}))
    [('origin', 'custom'), ('nbs', '0.6')]
    >>> list(_flatten(["a1", ["b1", "c1"], "d1"]))
    [('a1', 'b1'), ('a1', 'c1'), ('b1', 'd1'), ('c1', 'd1')]
    """
    if isinstance(key, dict):
        for left, right in key.items():
            for value in right if isinstance(right, list) else [right]:
                if isinstance(value, dict):
                    yield from _flatten(value)
                else:
                    yield str(left), str(value)
    elif isinstance(key, list) and len(key) > 1:
        groups = [item if isinstance(item, list) else [item] for item in key]
        for before, after in pairwise(groups):
            yield from ((str(left), str(right)) for left in before for right in after)
    elif isinstance(key, list):
        yield from map(str, key)
    elif isinstance(key, str):
        yield key


def _attempts(source: Path, assignment: str) -> Iterator[dict[str, Any]]:
    """Yield the attempts written beside an assignment."""
    path = source / "attempts" / f"{assignment}.toml"
    if path.is_file():
        for entries in tomllib.loads(path.read_text("utf-8")).values():
            yield from (entry for entry in entries if isinstance(entry, dict))


def main(root: Path, *, check: bool, due: str, only: Collection[str] = (), drop: Collection[str] = ()) -> int:
    """Build, or check what was built; returns the exit code."""
    if not check:
        print("\n".join(release(root, due=due, only=only, drop=drop)))
        return 0
    problems = [f"release/{name}: is stale. Run: python -m autograder release" for name in stale(root)]
    problems += map(str, leaks(root / "release", root / "source"))
    print("\n".join(problems) or "release/ is fresh and has no leaks", file=sys.stderr if problems else sys.stdout)
    return int(bool(problems))
