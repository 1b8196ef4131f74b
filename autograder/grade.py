"""Runs nbgrader over a class: several submissions at once, each on its own, nothing lost by a bad one.

The gradebook stays nbgrader's. What is added: ``JEJARING_GRADING=data`` (a student's code never runs in the process
that grades), a progress line, and that a submission nbgrader can't take is named while the others go on.
"""

import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder import course
from autograder.course import CourseError
from autograder.pool import Job, on_cluster, on_this_machine
from autograder.progress import Done, Progress, tell
from autograder.record import Recorder
from autograder.report import CsvExport, Row, in_json, rows, table
from autograder.workers import at_once

__all__ = ["export", "grade", "recording", "standing", "waiting"]


MEND = "Ask the student to open the notebook, to save it, and to hand it in again."
RESUME = "What is graded stays graded: run the same command again."


def grade(
    root: Path,
    assignment: str,
    *,
    again: bool = False,
    only: Sequence[str] = (),
    workers: int = 0,
    cluster: str = "",
    quiet: bool = False,
) -> list[Done]:
    """Autograde the submissions of one assignment that are new or changed.

    Parameters
    ----------
    root : Path
        Course folder.
    assignment : str
        Name of the assignment.
    again : bool
        Grade also what is graded already. Manual grades stay.
    only : sequence of str
        Students to look at; none means all.
    workers : int
        How many submissions at once; 0 means one per processor, four at most.
    cluster : str
        Address of a Dask scheduler that runs them instead, such as ``"tcp://10.0.0.1:8786"``.
    quiet : bool
        No progress line.

    Returns
    -------
    list of Done
        One per submission worked on, by student.

    Raises
    ------
    CourseError
        If there is nothing to grade or the assignment isn't in the gradebook.
    """
    with recording(root, assignment) as keeper:
        todo = waiting(keeper, again=again, only=only)
        return _recorded(keeper, todo, workers, cluster, Progress(len(todo), quiet=quiet or not todo))


def waiting(recorder: Recorder, *, again: bool = False, only: Sequence[str] = ()) -> list[str]:
    """Name the students whose submission is to be graded.

    Raises
    ------
    CourseError
        If nobody handed in, or not those who are asked for.
    """
    assignment, submitted = recorder.assignment, recorder.root / "submitted"
    handed_in = sorted(path.parent.parent.name for path in submitted.glob(f"*/{assignment}/{assignment}.ipynb"))
    if not handed_in:
        raise CourseError(
            f"submitted/*/{assignment}/{assignment}.ipynb: nothing there. "
            f"Run first: python -m autograder collect {assignment} FOLDER"
        )
    if unknown := sorted(set(only) - set(handed_in)):
        raise CourseError(f"{', '.join(unknown)}: did not hand in {assignment}. There are: {', '.join(handed_in)}.")
    return [one for one in handed_in if (not only or one in only) and (again or recorder.is_new(one))]


@contextmanager
def recording(root: Path, assignment: str) -> Iterator[Recorder]:
    """Open what records an assignment."""
    warnings.simplefilter("ignore")  # nbgrader's own, about its database layer
    keeper = Recorder(root, assignment)
    try:
        yield keeper
    finally:
        keeper.close()


def _recorded(recorder: Recorder, todo: Sequence[str], workers: int, cluster: str, progress: Progress) -> list[Done]:
    """Prepare, run and record; a submission that can't be prepared or run is named, and the others go on."""
    done: dict[str, Done] = {}

    def jobs() -> Iterator[Job]:
        for student in todo:
            try:
                yield recorder.prepare(student)
            except CourseError:
                raise
            except Exception as error:  # noqa: BLE001  # one submission must not stop the class
                done[student] = Done(student, f"{recorder.submitted(student)}: {_line(error)} {MEND}", "")
                recorder.discard(student)
                progress.step(student)

    results = on_cluster(jobs(), cluster) if cluster else on_this_machine(jobs(), at_once(workers, len(todo)))
    for executed in results:
        error = executed.error
        if executed.is_machines:
            raise CourseError(f"{executed.student}: can't be run here ({error}). {RESUME}")
        if not error:
            try:
                recorder.record(executed)
            except CourseError:
                raise
            except Exception as problem:  # noqa: BLE001  # as above
                error = _line(problem)
        if error:
            recorder.discard(executed.student)
        done[executed.student] = Done(executed.student, error, "")
        progress.step(executed.student)
    progress.end()
    return [done[student] for student in sorted(done)]


def _line(error: BaseException) -> str:
    """An error as one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}."


def export(root: Path, target: Path) -> None:
    """Write all scores as CSV; an unfinished score stays empty.

    Raises
    ------
    CourseError
        If there is nothing to write.
    """
    settings = course.config(root)
    plugin = CsvExport(root=str(root), to=str(target))
    with course.gradebook(settings) as book:
        if not book.assignments:
            raise CourseError("The gradebook has no assignments yet. Run first: python -m autograder release")
        plugin.export(book)


def standing(root: Path, *assignments: str) -> list[Row]:
    """Return everybody's state in some assignments, or in all of the gradebook."""
    with course.gradebook(course.config(root)) as book:
        names = assignments or sorted(one.name for one in book.assignments)
        return [row for name in names for row in rows(book, root, name)]


def main(root: Path, assignment: str, *, as_json: bool = False, dry_run: bool = False, **options: Any) -> int:
    """Grade, say how it went; returns the exit code."""
    if dry_run:
        with recording(root, assignment) as keeper:
            named = waiting(keeper, again=options["again"], only=options["only"])
        print("\n".join(named) or f"{assignment}: nobody; nothing is new")
        return 0
    start = time.monotonic()
    done = grade(root, assignment, **options)
    code = tell(root, assignment, done, time.monotonic() - start, quiet=as_json)
    lines = standing(root, assignment)
    print(in_json(lines) if as_json else table(lines))
    return code
