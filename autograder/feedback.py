"""Writes a page for each student, with scores, reasons and comments, and without hidden tests; only what changed.

nbgrader's own steps make the page. What is added: a note beside the course says from what it was made, so that the
next run writes only pages that would differ, and goes on where one was cut short; what pages share is made once; and
the gradebook is asked little.
"""

import json
import os
import sys
import time
import traceback
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nbconvert.exporters.html import HTMLExporter
from nbconvert.writers.files import FilesWriter
from nbgrader.api import Assignment, BaseCell, Comment, Grade, SubmittedAssignment, SubmittedNotebook
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import event, or_
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import undefer

from autograder import course, exporting, late, warm
from autograder.books import Facts, Lent, open_book, opening
from autograder.course import CourseError
from autograder.notes import digest, write
from autograder.progress import Done, tell
from autograder.report import in_json
from autograder.workers import each

__all__ = ["NOTES", "feedback", "main"]

NOTES = Path(".jejaring") / "feedback"
MAKERS = ("jejaring", "nbgrader", "nbconvert", "mistune", "pygments", "beautifulsoup4", "jinja2")
"""Packages that shape a page."""


def feedback(
    root: Path, assignment: str, *, again: bool = False, only: Sequence[str] = (), workers: int = 0, quiet: bool = False
) -> list[Done]:
    """Write the pages that are missing, or that would differ from those of the last time.

    Parameters
    ----------
    root, assignment, only, workers, quiet
        As in `autograder.grade.grade`.
    again : bool
        Write all pages.

    Returns
    -------
    list of Done
        One per page that was worked on, by student.

    Raises
    ------
    CourseError
        If nothing is graded, or nothing by those who are asked for.
    """
    with _looking(root, assignment) as desk:
        todo = desk.todo(again=again, only=only)
        desk.settle(todo)
    job = partial(_write, str(desk.root), assignment)
    return each(job, todo, workers, module="autograder._prepared", quiet=quiet)


def main(
    root: Path,
    assignment: str,
    *,
    as_json: bool = False,
    dry_run: bool = False,
    again: bool = False,
    only: Sequence[str] = (),
    workers: int = 0,
) -> int:
    """Write feedback, say how it went; returns the exit code."""
    if dry_run:
        with _looking(root, assignment) as desk:
            named = list(desk.todo(again=again, only=only))
        told = [{"student": student, "page": _page(root, assignment, student), "error": ""} for student in named]
        print(in_json(told) if as_json else "\n".join(named) or f"{assignment}: nobody; nothing is new")
        return 0
    start = time.monotonic()
    done = feedback(root, assignment, again=again, only=only, workers=workers)
    code = tell(root, assignment, done, time.monotonic() - start, quiet=as_json)
    if as_json:
        pages = {one.student: _page(root, assignment, one.student) for one in done if not one.error}
        told = [{"student": one.student, "page": pages.get(one.student), "error": one.error} for one in done]
        print(in_json(told))
    return code


@contextmanager
def _looking(root: Path, assignment: str) -> Iterator["_Desk"]:
    """Open what knows which pages are to be written."""
    warnings.simplefilter("ignore")  # nbgrader's own, about its database layer
    try:
        desk = _Desk(root.resolve(), assignment)
        try:
            yield desk
        finally:
            desk.book.close()
    except OperationalError as error:
        said = str(getattr(error, "orig", error))[:120]
        raise CourseError(
            f"The gradebook can't be read ({said}). Close what else uses it and run the same command again."
        ) from error


class _Desk:
    """Knows which pages are to be written."""

    def __init__(self, root: Path, assignment: str) -> None:
        self.root, self.assignment = root, assignment
        self.settings = course.config(root, assignment_id=assignment)
        self.graded = {
            path.parent.parent.name: path.parent
            for path in sorted((root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb"))
        }
        if not self.graded:
            raise CourseError(
                f"autograded/*/{assignment}: nothing there. Run first: python -m autograder grade {assignment}"
            )
        self.book = open_book(self.settings)
        self.steps = GenerateFeedback(coursedir=course.directory(self.settings), config=self.settings).preprocessors
        self.shape = self._shape()
        self.penalties = self._penalties()
        self.told = self._told()

    def todo(self, *, again: bool, only: Sequence[str]) -> dict[str, str]:
        """Return the students whose page is to be written, each with what it is made from."""
        if unknown := sorted(set(only) - set(self.graded)):
            known = ", ".join(self.graded)
            raise CourseError(f"{', '.join(unknown)}: {self.assignment} is not graded. There are: {known}.")
        made_from = {student: self._made_from(student) for student in self.graded if not only or student in only}
        return {
            student: source
            for student, source in made_from.items()
            if again or _kept(self.root, self.assignment, student) != _note(self.root, self.assignment, student, source)
        }

    def settle(self, students: Iterable[str]) -> None:
        """Work out once more what coming late costs, now that essays have points too."""
        for student in students:
            for notebook, points in self.penalties.get(student, []):
                if notebook.late_submission_penalty != points:
                    notebook.late_submission_penalty = points
        self.book.db.commit()

    def _made_from(self, student: str) -> str:
        """A fingerprint of all that a page depends on."""
        files = [[str(path.relative_to(self.graded[student])), digest] for path, digest in _files(self.graded[student])]
        points = [points for _, points in self.penalties.get(student, [])]
        return digest(json.dumps([self.shape, files, points, self.told.get(student)], default=str).encode())

    def _shape(self) -> list[Any]:
        """What shapes all pages: programs, settings, templates and words."""
        import jejaring

        modules = {getattr(sys.modules.get(getattr(step, "__module__", "")), "__file__", None) for step in self.steps}
        folders = [
            self.root / base / "feedback" for base in self.settings.HTMLExporter.get("extra_template_basedirs", [])
        ]
        files = [
            self.root / course.SETTINGS,
            Path(__file__),
            Path(exporting.__file__),
            Path(jejaring.__file__).parent / "words" / "grading.toml",
            *sorted(Path(name) for name in modules if name),
        ]
        content = [digest(path.read_bytes()) for path in files if path.is_file()]
        templates = [digest for folder in folders for _, digest in _files(folder)]
        return [os.environ.get("JEJARING_LANG"), [version(name) for name in MAKERS], content, templates]

    def _penalties(self) -> dict[str, list[tuple[Any, float | None]]]:
        """What is to be taken off, by student and notebook, of those who are late or were thought to be."""
        plugin = late.policy(self.settings)
        asked = self.book.db.query(SubmittedAssignment).join(Assignment).join(SubmittedNotebook)
        is_late = SubmittedAssignment.timestamp > Assignment.duedate
        found = asked.filter(
            Assignment.name == self.assignment, or_(is_late, SubmittedNotebook.late_submission_penalty.is_not(None))
        )
        if AssignLatePenalties in self.steps:
            return {one.student_id: list(late.penalties(plugin, one)) for one in found}
        return {one.student_id: [(part, part.late_submission_penalty) for part in one.notebooks] for one in found}

    def _told(self) -> dict[str, list[Any]]:
        """For each student all that the gradebook says."""
        grade = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade, Grade.max_score)
        comment = (Comment.auto_comment, Comment.manual_comment)
        told: dict[str, list[Any]] = {}
        for kind, columns in ((Grade, grade), (Comment, comment)):
            asked = self.book.db.query(SubmittedAssignment.student_id, BaseCell.name, *columns).select_from(kind)
            asked = asked.join(BaseCell, kind.cell_id == BaseCell.id)
            asked = asked.join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
            asked = asked.join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            asked = asked.join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            for student, *rest in asked.filter(Assignment.name == self.assignment):
                told.setdefault(student, []).append([kind.__name__, *rest])
        return {student: sorted(facts, key=repr) for student, facts in told.items()}


class _Pages(GenerateFeedback):
    """nbgrader's ``GenerateFeedback``, set up once for a class."""

    def __init__(self, root: str, assignment: str) -> None:
        os.chdir(root)  # where nbgrader is run
        settings = course.config(Path(root), assignment_id=assignment)
        settings.Exporter.optimistic_validation = True  # once a page, not after each step
        super().__init__(coursedir=course.directory(settings), config=settings)
        self.log.setLevel("CRITICAL")
        self.book = open_book(settings)
        if self.book.engine.dialect.name == "sqlite":
            event.listen(self.book.engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=1"))
        self.facts = Facts(self.book, assignment)
        self.writer = FilesWriter(parent=self, config=self.config)  # type: ignore[no-untyped-call]  # untyped in nbconvert
        self.exporter = self.exporter_class(parent=self, config=self.config)
        if isinstance(self.exporter, HTMLExporter):
            exporting.share(self.exporter)
        for step in self.preprocessors:
            if step is not AssignLatePenalties:  # which is done, and would write
                self.exporter.register_preprocessor(step)

    def write(self, student: str) -> None:
        """Write one page, and what belongs beside it."""
        assignment = self.coursedir.assignment_id
        source = os.path.join(self._format_source(assignment, student), f"{assignment}.ipynb")  # noqa: PTH118  # as nbgrader
        self.notebooks = [source]
        self.run_pre_convert_hook()
        with self._lent(student):
            output, resources = self.exporter.from_filename(
                source, resources=self.init_single_notebook_resources(source)
            )
        self.init_assignment(assignment, student)
        self.write_single_notebook(output, resources)
        self.set_permissions(assignment, student)
        self.run_post_convert_hook()

    @contextmanager
    def _lent(self, student: str) -> Iterator[None]:
        """Let all steps use the one open gradebook, as it is at this moment."""
        one = Lent(self.book, self.facts)
        asked = self.book.db.query(Grade).options(undefer(Grade.max_score))  # else each is asked for by itself
        asked = asked.join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        asked = asked.join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        _known = asked.filter(
            SubmittedNotebook.name == self.facts.name, SubmittedAssignment.student_id == student
        ).all()
        modules = {sys.modules.get(getattr(step, "__module__", "")) for step in self.preprocessors}
        with opening(one, [module for module in modules if module and hasattr(module, "Gradebook")]):
            try:
                yield
            finally:
                self.book.db.remove()


@cache
def _pages(root: str, assignment: str) -> _Pages:
    """What writes pages, once in each worker."""
    warnings.simplefilter("ignore")  # nbgrader's own, about its database layer and its templates
    for name in warm.FOREIGN:
        os.environ.pop(name, None)
    return _Pages(root, assignment)


def _write(root: str, assignment: str, student: str, made_from: str) -> Done:
    """Write one student's page, in a worker, and note it; whatever goes wrong is this student's only."""
    kept = Path(root) / NOTES / assignment / f"{student}.json"
    try:
        kept.unlink(missing_ok=True)
        _pages(root, assignment).write(student)
        write(kept, json.dumps(_note(Path(root), assignment, student, made_from)))
    except (Exception, SystemExit) as error:  # noqa: BLE001  # one page must not stop the class
        _page(Path(root), assignment, student).unlink(missing_ok=True)  # an old one would look current
        why = " ".join(str(error).split())[:300]
        return Done(student, f"{type(error).__name__}: {why}.", traceback.format_exc())
    return Done(student, "", "")


def _page(root: Path, assignment: str, student: str) -> Path:
    """Where a page is."""
    return root / "feedback" / student / assignment / f"{assignment}.html"


def _kept(root: Path, assignment: str, student: str) -> Any:
    """What was noted of a page."""
    try:
        return json.loads((root / NOTES / assignment / f"{student}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _note(root: Path, assignment: str, student: str, made_from: str) -> dict[str, str]:
    """What is to be noted of a page: from what it was made, and what it is like."""
    page = _page(root, assignment, student)
    return {"from": made_from, "page": digest(page.read_bytes()) if page.is_file() else ""}


def _files(folder: Path) -> list[tuple[Path, str]]:
    """All files in a folder with their fingerprints."""
    return [(path, digest(path.read_bytes())) for path in sorted(folder.rglob("*")) if path.is_file()]
