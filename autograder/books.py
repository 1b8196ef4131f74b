"""The gradebook as nbgrader's steps see it while a class is recorded: one that stays open, and is asked little.

nbgrader opens it anew in each step, asks again for every cell what the whole class shares (texts, points), joins seven
tables to find a score, and commits after each. Here the class's part is read once and a submission's in two questions.
"""

import contextlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from types import ModuleType, SimpleNamespace
from typing import Any, Self

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, MissingEntry
from sqlalchemy import event

from autograder import course, preprocessors

__all__ = ["Facts", "Lent", "instead", "lent", "open_book", "opening"]

BUSY = 30_000  # milliseconds to wait for somebody else's transaction


class Facts:
    """What the gradebook says of an assignment's one notebook, read once.

    Raises
    ------
    MissingEntry
        If it doesn't know it.
    """

    def __init__(self, book: Gradebook, assignment: str) -> None:
        notebook = book.find_notebook(assignment, assignment)
        self.name = assignment
        self.source = {cell.name: _plain(cell) for cell in notebook.source_cells}
        self.graded = {cell.name: _plain(cell) for cell in (*notebook.grade_cells, *notebook.task_cells)}
        self.notebook = SimpleNamespace(
            name=notebook.name,
            kernelspec=notebook.kernelspec,
            source_cells=list(self.source.values()),
            grade_cells=[_plain(cell) for cell in notebook.grade_cells],
            solution_cells=[_plain(cell) for cell in notebook.solution_cells],
            task_cells=[_plain(cell) for cell in notebook.task_cells],
        )


class Lent:
    """The open gradebook, for the steps of one submission; whoever lent it commits."""

    def __init__(self, book: Gradebook, facts: Facts) -> None:
        self._book, self._facts = book, facts
        self._student = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """It stays open."""

    def close(self) -> None:
        """The same."""

    def find_notebook(self, notebook: str, assignment: str) -> Any:
        """Find what the class shares."""
        if (notebook, assignment) == (self._facts.name, self._facts.name):
            return self._facts.notebook
        return self._book.find_notebook(notebook, assignment)

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> Any:
        """Find a cell's own text."""
        return self._of_class(self._facts.source, self._book.find_source_cell, name, notebook, assignment)

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> Any:
        """Find a cell's points."""
        return self._of_class(self._facts.graded, self._book.find_graded_cell, name, notebook, assignment)

    def find_grade(self, name: str, notebook: str, assignment: str, student: str) -> Any:
        """Find a student's score of a cell."""
        self._student = student
        return (
            self._grades[name] if name in self._grades else self._book.find_grade(name, notebook, assignment, student)
        )

    def find_comment(self, name: str, notebook: str, assignment: str, student: str) -> Any:
        """Find the comment on a student's cell."""
        self._student = student
        known = self._comments
        return known[name] if name in known else self._book.find_comment(name, notebook, assignment, student)

    def _of_class(self, known: dict[str, Any], ask: Any, name: str, notebook: str, assignment: str) -> Any:
        """Look up what was read already."""
        if (notebook, assignment) != (self._facts.name, self._facts.name):
            return ask(name, notebook, assignment)
        if name not in known:
            raise MissingEntry(f"No such cell: {assignment}/{notebook}/{name}")
        return known[name]

    @cached_property
    def _grades(self) -> dict[str, Any]:
        """All scores of the submission, by cell."""
        return self._all(Grade)

    @cached_property
    def _comments(self) -> dict[str, Any]:
        """All comments on the submission, by cell."""
        return self._all(Comment)

    def _all(self, kind: Any) -> dict[str, Any]:
        """Everything of a kind that belongs to the submission, in one question."""
        name = self._facts.name
        found = self._book.find_submission_notebook(name, name, self._student)
        asked = self._book.db.query(BaseCell.name, kind).join(BaseCell, BaseCell.id == kind.cell_id)
        return dict(asked.filter(kind.notebook_id == found.id).all())


def open_book(settings: Any) -> Gradebook:
    """Open the gradebook so that it waits for others."""
    here = course.directory(settings)
    book = Gradebook(here.db_url, here.course_id)
    if book.engine.dialect.name == "sqlite":

        def careful(connection: Any, _: object) -> None:
            connection.execute(f"PRAGMA busy_timeout={BUSY}")

        book.db.remove()
        book.engine.dispose()
        event.listen(book.engine, "connect", careful)
    return book


@contextlib.contextmanager
def lent(book: Gradebook, facts: Facts) -> Iterator[None]:
    """Let all of nbgrader's steps for one submission use the one open gradebook, in one transaction."""
    with opening(Lent(book, facts), _users()), instead(book.db, "commit", lambda: None):
        try:
            yield
        except BaseException:
            book.db.rollback()
            raise
    try:
        book.db.commit()
    except BaseException:
        book.db.rollback()
        raise


@contextlib.contextmanager
def opening(one: Lent, modules: Iterable[ModuleType]) -> Iterator[None]:
    """Give modules that open the gradebook by its class this one for a while."""
    with contextlib.ExitStack() as stack:
        for module in modules:
            stack.enter_context(instead(module, "Gradebook", lambda *_, **__: one))
        yield


@contextlib.contextmanager
def instead(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Put something in another's place for a while; nbgrader's steps leave no other way in."""
    kept = vars(owner).get(name, instead)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if kept is instead:
            delattr(owner, name)
        else:
            setattr(owner, name, kept)


def _users() -> list[ModuleType]:
    """The modules of nbgrader's steps that open a gradebook by this name."""
    from nbgrader.converters import autograde
    from nbgrader.preprocessors import latesubmissions, overwritecells, overwritekernelspec, saveautogrades

    return [autograde, latesubmissions, overwritecells, overwritekernelspec, saveautogrades, preprocessors]


def _plain(cell: Any) -> SimpleNamespace:
    """A cell's columns, free of the database."""
    kept = ("name", "cell_type", "source", "checksum", "locked", "max_score")
    return SimpleNamespace(**{column: getattr(cell, column) for column in kept if hasattr(cell, column)})
