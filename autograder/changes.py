"""Carries an assignment that gained or lost graded cells into a gradebook that already holds submissions.

nbgrader refuses either. But a new cell costs nobody anything: each submission gets an empty grade for it, which grading
fills in. A cell that is gone takes the points and comments given for it along, so that its name must be said.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import from_dict
from nbgrader.api import Comment, Grade, GradeCell, MissingEntry, SolutionCell, SourceCell, TaskCell
from nbgrader.utils import is_grade, is_locked, is_solution, is_task

__all__ = ["carry", "losses"]

LISTS = {GradeCell: "grade_cells", SolutionCell: "solution_cells", TaskCell: "task_cells", SourceCell: "source_cells"}


def losses(book: Any, assignment: str, released: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Say whose points would be lost if an assignment became what is to be released.

    Parameters
    ----------
    book : nbgrader.api.Gradebook
        Open gradebook. Not modified.
    assignment : str
        Name of the assignment.
    released : Mapping
        The notebook to be released.

    Returns
    -------
    dict
        Grade id to how many students have points or a comment there, and to how many of them a person gave these.
    """
    found: dict[str, tuple[int, int]] = {}
    for cell in _gone(_known(book, assignment), released):
        marks = _marks(cell)
        by_hand = {mark.notebook_id for mark in marks if _by_hand(mark)}
        everybody = by_hand | {mark.notebook_id for mark in marks if getattr(mark, "auto_score", None) is not None}
        if everybody:
            before = found.get(cell.name, (0, 0))
            found[cell.name] = max(before[0], len(everybody)), max(before[1], len(by_hand))
    return found


def carry(book: Any, assignment: str, released: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Give the gradebook the graded cells of what is to be released, and all submissions their place for the new ones.

    Points, locks and texts are left to nbgrader, which takes them over once the cells are the same.

    Parameters
    ----------
    book, assignment, released
        As in `losses`; the gradebook is modified.

    Returns
    -------
    gained, lost : list of str
        Grade ids; both are empty while nobody has handed in, since nbgrader then starts anew by itself.
    """
    known = _known(book, assignment)
    gone = list(_gone(known, released))
    for cell in gone:
        for mark in _marks(cell):
            book.db.delete(mark)
        book.db.delete(cell)
    gained = list(_new(known, released))
    for cell in gained:
        book.db.add(cell)
        for submission in known.submissions:
            if isinstance(cell, GradeCell | TaskCell):
                book.db.add(Grade(cell=cell, notebook=submission))
            if isinstance(cell, SolutionCell | TaskCell):
                book.db.add(Comment(cell=cell, notebook=submission))
    book.db.commit()
    return sorted({cell.name for cell in gained}), sorted({cell.name for cell in gone})


def _known(book: Any, assignment: str) -> Any:
    """The assignment's notebook in the gradebook, if anybody has handed in."""
    try:
        notebook = book.find_notebook(assignment, assignment)
    except MissingEntry:
        return None
    return notebook if notebook.submissions else None


def _gone(known: Any, released: Mapping[str, Any]) -> Iterator[Any]:
    """The gradebook's cells that are not released any more."""
    if known:
        for kind, now in _cells(released).items():
            yield from (cell for cell in getattr(known, LISTS[kind]) if cell.name not in now)


def _new(known: Any, released: Mapping[str, Any]) -> Iterator[Any]:
    """Cells that the gradebook lacks, made in it."""
    if known:
        for kind, now in _cells(released).items():
            before = {cell.name for cell in getattr(known, LISTS[kind])}
            for name in now:
                if name not in before:
                    own: dict[str, Any] = {} if kind is SolutionCell else {"cell_type": now[name].cell_type}
                    if kind in {GradeCell, TaskCell}:
                        own["max_score"] = float(now[name].metadata.nbgrader.points)
                    yield kind(name=name, notebook=known, **own)


def _cells(released: Mapping[str, Any]) -> dict[Any, dict[str, Any]]:
    """What nbgrader keeps of a notebook: grade id to cell, for each of its four lists."""
    cells = [from_dict(cell) for cell in released["cells"]]
    tests = {
        GradeCell: is_grade,
        SolutionCell: is_solution,
        TaskCell: is_task,
        SourceCell: lambda cell: is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell),
    }
    return {
        kind: {cell.metadata.nbgrader.grade_id: cell for cell in cells if belongs(cell)}
        for kind, belongs in tests.items()
    }


def _marks(cell: Any) -> list[Any]:
    """All points and comments given for a cell."""
    return [] if isinstance(cell, SourceCell) else [*cell.grades, *cell.comments]


def _by_hand(mark: Any) -> bool:
    """Whether a person gave these points or wrote this comment."""
    if isinstance(mark, Grade):
        return mark.manual_score is not None or bool(mark.extra_credit)
    return bool(mark.manual_comment)
