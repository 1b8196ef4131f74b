"""The only file that writes the gradebook: one submission after the other, each whole or not at all.

nbgrader's own steps do the work. What is added: they share one open gradebook, each submission is one transaction, and
a note beside the course says what was graded from what, so that grading can stop at any moment and go on, and so that
only what changed is graded again.
"""

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbgrader.api import InvalidEntry, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.nbgraderformat import common
from nbgrader.utils import find_all_files, is_grade
from sqlalchemy.exc import OperationalError

from autograder import course
from autograder.books import Facts, instead, lent, open_book
from autograder.course import CourseError
from autograder.execution import RunCells, without_links
from autograder.modes import refusal
from autograder.notes import digest, write
from autograder.pool import Executed, Job
from jejaring.answers import META

__all__ = ["NOTES", "Recorder"]

NOTES = Path(".jejaring") / "graded"
RUN = ("Execute", "RunCells", "Sandbox")  # settings that go with a job
LARGEST = 30_000_000  # bytes of a notebook: its answers and pictures fit well


class Recorder:
    """Prepares the submissions of one assignment and records what came of them.

    Parameters
    ----------
    root : Path
        Course folder.
    assignment : str
        Name of the assignment.

    Raises
    ------
    CourseError
        If the assignment isn't in the gradebook, or its students' code can't be run safely here.
    """

    def __init__(self, root: Path, assignment: str) -> None:
        self.root, self.assignment = root.resolve(), assignment
        self.settings = course.config(root, assignment_id=assignment)
        try:
            self.book = open_book(self.settings)
        except OperationalError as error:
            raise _in_use(error) from error
        self.steps = _Steps(self.settings)
        try:
            self.facts = Facts(self.book, assignment)
        except MissingEntry as error:
            raise CourseError(
                f"{assignment}: is not in the gradebook. Run: python -m autograder release (or correct the name)."
            ) from error
        points = {cell.name: cell.max_score for cell in self.facts.notebook.grade_cells}
        known = [[cell.name, cell.cell_type, cell.source, points.get(cell.name)] for cell in self.facts.source.values()]
        self.version = digest(json.dumps(sorted(known), default=str).encode())
        try:
            cells = nbformat.read(self._source(), as_version=4).cells
        except ValueError as error:
            raise CourseError(f"{self._source()}: is no notebook ({error}). Put your copy of it back.") from error
        if why := refusal(cells):
            raise CourseError(why)
        self.files = self._beside()
        self.run = {name: dict(self.settings[name]) for name in RUN if name in self.settings}

    def close(self) -> None:
        """Close the gradebook."""
        self.book.close()

    def is_new(self, student: str) -> bool:
        """Whether a submission came or changed, or its assignment did, or its grading was cut short."""
        try:
            note = json.loads(self._note(student).read_text("utf-8"))
        except (OSError, ValueError):
            return True
        return bool(note != self._state(student))

    def prepare(self, student: str) -> Job:
        """Put a submission right, up to the point where its cells are to run.

        Raises
        ------
        CourseError
            If the gradebook is in use.
        ValueError
            If the file is too large to be somebody's answers.
        """
        if (size := self.submitted(student).stat().st_size) > LARGEST:
            raise ValueError(
                f"the file has {size / 1e6:.0f} MB, at most {LARGEST / 1e6:.0f} MB are read. Ask the student to clear "
                f"the outputs (Edit > Clear Outputs of All Cells), to save, and to hand in again"
            )
        without_links(notebooks=[str(self.submitted(student))])
        try:
            with self._shared():
                notebook, _ = self.steps.before(student)
        except OperationalError as error:
            raise _in_use(error) from error
        return Job(student, self.assignment, notebook, self.files, self.run)

    def record(self, executed: Executed) -> None:
        """Write a submission's scores, comments and graded notebook.

        Raises
        ------
        CourseError
            If the gradebook is in use or the disk is full; nothing of this submission is written then.
        """
        student, notebook = executed.student, executed.notebook
        self._note(student).unlink(missing_ok=True)
        try:
            with self._shared():
                read = self._read_by_hand(student, notebook)
                notebook = self.steps.after(student, notebook)
                self._keep(student, read)
                self._tell(student, notebook)
        except OperationalError as error:
            raise _in_use(error) from error
        except OSError as error:
            raise CourseError(
                f"{student}: can't be written ({error.strerror or error}). Make room on the disk and run the same "
                f"command again: what is graded stays graded."
            ) from error
        write(self._note(student), json.dumps(self._state(student)))

    def discard(self, student: str) -> None:
        """Note a submission that could not be graded, and leave no graded notebook: it would look finished."""
        try:
            self.book.update_or_create_student(student)
            self.book.update_or_create_submission(self.assignment, student)
        except (OperationalError, InvalidEntry) as error:
            raise _in_use(error) from error
        self._note(student).unlink(missing_ok=True)
        shutil.rmtree(self._graded(student).parent, ignore_errors=True)

    @contextlib.contextmanager
    def _shared(self) -> Iterator[None]:
        """One submission's transaction."""
        with lent(self.book, self.facts), instead(common, "jsonschema", _Schemas):
            yield

    def _read_by_hand(self, student: str, notebook: Any) -> set[str]:
        """Cells that a person has graded, and whose text has not changed since."""
        try:
            grades = self.book.find_submission_notebook(self.assignment, self.assignment, student).grades
            done = {grade.name for grade in grades if grade.manual_score is not None and not grade.needs_manual_grade}
            if not done:
                return set()
            before = {_name(cell): cell.source for cell in nbformat.read(self._graded(student), as_version=4).cells}
        except (OSError, ValueError, MissingEntry):
            return set()
        now = {_name(cell): cell.source for cell in notebook.cells if is_grade(cell)}
        return {name for name in done if name in before and before[name] == now.get(name)}

    def _keep(self, student: str, read: set[str]) -> None:
        """What a person has graded needs no second look while nothing about it changed."""
        if read:
            for grade in self.book.find_submission_notebook(self.assignment, self.assignment, student).grades:
                if grade.name in read:
                    grade.needs_manual_grade = False

    def _tell(self, student: str, notebook: Any) -> None:
        """Say in the gradebook's comments what a person should know of how the notebook ran."""
        why = notebook.metadata.get(META, {}).get("flags", {}).get("stopped")
        if why:
            for comment in self.book.find_submission_notebook(self.assignment, self.assignment, student).comments:
                comment.auto_comment = f"While it was graded, the notebook {why}."

    def _beside(self) -> dict[str, bytes]:
        """The instructor's files that lie beside the notebook, by relative path."""
        folder, ignored = self._source().parent, [*self.steps.coursedir.ignore, "*.ipynb"]
        found = map(Path, sorted(find_all_files(str(folder), ignored)))
        return {str(path.relative_to(folder)): path.read_bytes() for path in found}

    def _source(self) -> Path:
        """The instructor's notebook."""
        here = self.steps.coursedir
        folder = here.format_path(here.source_directory, ".", self.assignment)
        return Path(self.root / folder / f"{self.assignment}.ipynb")

    def submitted(self, student: str) -> Path:
        """A submission."""
        return self.root / "submitted" / student / self.assignment / f"{self.assignment}.ipynb"

    def _graded(self, student: str) -> Path:
        """What grading makes of it."""
        return self.root / "autograded" / student / self.assignment / f"{self.assignment}.ipynb"

    def _note(self, student: str) -> Path:
        """Where it is noted that a submission is graded."""
        return self.root / NOTES / self.assignment / f"{student}.json"

    def _state(self, student: str) -> dict[str, str]:
        """From what a submission was graded, and what came out."""
        stamp = self.submitted(student).with_name("timestamp.txt")
        handed_in = self.submitted(student).read_bytes() + (stamp.read_bytes() if stamp.is_file() else b"")
        graded = self._graded(student)
        return {
            "submitted": digest(handed_in),
            "assignment": self.version,
            "graded": digest(graded.read_bytes()) if graded.is_file() else "",
        }


class _Steps(Autograde):
    """nbgrader's ``Autograde``, taken apart where the cells run."""

    def __init__(self, settings: Any) -> None:
        super().__init__(coursedir=course.directory(settings), config=settings)
        self.log.setLevel("CRITICAL")
        steps = [step(parent=self) for step in (*self.sanitize_preprocessors, *self.autograde_preprocessors)]
        place = next(at for at, step in enumerate(steps) if isinstance(step, RunCells))
        self._before, self._after = steps[:place], steps[place + 1 :]

    def before(self, student: str) -> tuple[Any, Any]:
        """Read a submission and take it through the steps before the run."""
        assignment = self.coursedir.assignment_id
        path = Path(self.coursedir.root) / self._format_source(assignment, student) / f"{assignment}.ipynb"
        notebook, resources = nbformat.read(path, as_version=4), self._resources(student)
        for step in self._before:
            notebook, resources = step(notebook, resources)
        nbformat.validate(notebook, relax_add_props=True)
        return notebook, resources

    def after(self, student: str, notebook: Any) -> Any:
        """Take an executed notebook through the steps after the run, and write it."""
        assignment = self.coursedir.assignment_id
        with contextlib.chdir(self.coursedir.root):
            self.notebooks = [f"{assignment}.ipynb"]
            target = Path(self._format_dest(assignment, student))
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir(parents=True)
            self.init_assignment(assignment, student)
            resources = self._resources(student)
            for step in self._after:
                notebook, resources = step(notebook, resources)
            nbformat.validate(notebook, relax_add_props=True)
            write(target / f"{assignment}.ipynb", json.dumps(notebook, ensure_ascii=False, sort_keys=True))
            self.set_permissions(assignment, student)
        return notebook

    def _resources(self, student: str) -> Any:
        """What nbgrader's steps are told."""
        assignment = self.coursedir.assignment_id
        names = {"student": student, "assignment": assignment, "notebook": assignment, "db_url": self.coursedir.db_url}
        resources = ResourcesDict(nbgrader=names, unique_key=assignment)
        resources["metadata"] = ResourcesDict(name=assignment)
        return resources


class _Schemas:
    """``jsonschema.validate`` as nbgrader calls it for every cell; what a class has in common is checked once."""

    _valid: ClassVar[set[str]] = set()

    @classmethod
    def validate(cls, instance: Any, schema: Any) -> None:
        """Raise the error that matters most, if there is one."""
        both = json.dumps([instance, schema], sort_keys=True)
        if both not in cls._valid:
            jsonschema.validate(instance, schema)
            cls._valid.add(both)


def _in_use(error: Exception) -> CourseError:
    """Say what to do about a gradebook that can't be written."""
    said = str(getattr(error, "orig", error))[:120]
    return CourseError(
        f"The gradebook can't be written ({said}). Close what else uses it, such as formgrader in another window, and "
        f"run the same command again: what is graded stays graded."
    )


def _name(cell: Any) -> str:
    """A cell's grade id."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
