"""Runs nbgrader over a class: several submissions at once, each on its own, nothing lost by a bad one.

The gradebook stays nbgrader's. What is added: ``JEJARING_GRADING=data`` (a student's code never runs in the process
that grades), a progress line, and that a submission nbgrader can't take is named while the others go on.
"""

import json
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from nbgrader.converters import GenerateFeedback

from autograder import course, warm
from autograder.course import CourseError
from autograder.modes import DATA
from autograder.pool import Job, on_cluster, on_this_machine
from autograder.record import Recorder
from autograder.report import CsvExport, rows, table

__all__ = ["Done", "export", "feedback", "grade", "recording", "waiting"]


MEND = "Ask the student to open the notebook, to save it, and to hand it in again."
RESUME = "What is graded stays graded: run the same command again."


@dataclass(frozen=True)
class Done:
    """How one submission went.

    Parameters
    ----------
    student : str
        Student id.
    error : str
        Empty if all went well, else one line.
    log : str
        What nbgrader said.
    """

    student: str
    error: str
    log: str


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
        return _recorded(keeper, todo, workers, cluster, _Progress(len(todo), quiet=quiet or not todo))


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


def _recorded(recorder: Recorder, todo: Sequence[str], workers: int, cluster: str, progress: "_Progress") -> list[Done]:
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

    at_once = max(1, min(workers or min(os.cpu_count() or 1, 4), len(todo)))
    results = (
        on_cluster(jobs(), cluster) if cluster else on_this_machine(jobs(), at_once, as_data=recorder.mode == DATA)
    )
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


def feedback(root: Path, assignment: str, *, workers: int = 0, quiet: bool = False) -> list[Done]:
    """Write a feedback page for every autograded submission, without hidden tests.

    Parameters
    ----------
    root, assignment, workers, quiet
        As in `grade`.
    """
    course.config(root)
    graded = sorted((root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb"))
    if not graded:
        raise CourseError(
            f"autograded/*/{assignment}: nothing there. Run first: python -m autograder grade {assignment}"
        )
    todo = [path.parent.parent.name for path in graded]
    return _each(partial(_feedback, root, assignment), todo, workers, quiet=quiet)


def export(root: Path, target: Path) -> None:
    """Write all scores as CSV; an unfinished score stays empty."""
    settings = course.config(root)
    plugin = CsvExport(root=str(root), to=str(target))
    with course.gradebook(settings) as book:
        plugin.export(book)


def overview(root: Path, assignment: str) -> str:
    """Return the table of one assignment."""
    with course.gradebook(course.config(root)) as book:
        return table(rows(book, root, assignment))


def main(root: Path, assignment: str, *, as_json: bool = False, dry_run: bool = False, **options: Any) -> int:
    """Grade, say how it went; returns the exit code."""
    if dry_run:
        with recording(root, assignment) as keeper:
            named = waiting(keeper, again=options["again"], only=options["only"])
        print("\n".join(named) or f"{assignment}: nobody; nothing is new")
        return 0
    code = _told(root, assignment, grade, as_json=as_json, **options)
    with course.gradebook(course.config(root)) as book:
        lines = list(rows(book, root, assignment))
    print(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1) if as_json else table(lines))
    return code


def main_feedback(root: Path, assignment: str, **options: Any) -> int:
    """Write feedback, say how it went; returns the exit code."""
    return _told(root, assignment, feedback, as_json=False, **options)


def _told(root: Path, assignment: str, step: Callable[..., list[Done]], *, as_json: bool, **options: Any) -> int:
    """Do a step for the class and tell of it; what failed is named."""
    start = time.monotonic()
    done = step(root, assignment, **options)
    seconds = time.monotonic() - start
    failed = [one for one in done if one.error]
    if not as_json:
        rate = f", {seconds / len(done):.1f} s each" if done else ""
        print(f"{assignment}: {len(done) - len(failed)} done in {seconds:.0f} s{rate}, {len(failed)} failed")
    log = root / "autograded" / f"{assignment}.log"
    if any(one.log for one in failed):
        log.write_text("\n".join(f"== {one.student}\n{one.log}" for one in failed), "utf-8")
    for one in failed:
        details = f" Details in {log}." if one.log else ""
        print(f"! {one.student}: {one.error} The others are done.{details}", file=sys.stderr)
    return int(bool(failed))


def _each(job: Callable[[str], Done], students: Sequence[str], workers: int, *, quiet: bool) -> list[Done]:
    """Do a job for every student, several at once; a worker that dies costs only the student it was at."""
    progress = _Progress(len(students), quiet=quiet or not students)
    done: dict[str, Done] = {}
    at_once = min(workers or min(os.cpu_count() or 1, 4), max(len(students), 1))
    for alone in (False, True):
        left = [student for student in students if student not in done]
        for batch in [[student] for student in left] if alone else [left]:
            # A fresh interpreter per worker: a fork would share the open gradebook.
            with ProcessPoolExecutor(1 if alone else at_once, mp_context=get_context("spawn")) as pool:
                running = {pool.submit(job, student): student for student in batch}
                for future in as_completed(running):
                    student = running[future]
                    try:
                        done[student] = future.result()
                    except BrokenProcessPool:
                        if not alone:
                            continue  # some worker died; whoever is left gets a worker of their own
                        done[student] = Done(student, "the grading process died.", "")
                    progress.step(student)
    progress.end()
    return [done[student] for student in sorted(done)]


class _Progress:
    """One line that says how far it is and how fast."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self.total, self.quiet, self.count, self.start = total, quiet, 0, time.monotonic()
        self.live = sys.stderr.isatty()

    def step(self, name: str) -> None:
        """One more is done."""
        self.count += 1
        each = (time.monotonic() - self.start) / self.count
        left = each * (self.total - self.count)
        text = f"{self.count}/{self.total}  {each:.1f} s each, about {left:.0f} s left  {name[:30]}"
        if not self.quiet:
            print(f"\r{text:<70}" if self.live else text, end="" if self.live else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self.live and not self.quiet:
            print(file=sys.stderr)


def _feedback(root: Path, assignment: str, student: str) -> Done:
    """Write one student's feedback, in a worker."""
    return _convert(GenerateFeedback, root, assignment, student)


def _convert(converter: Any, root: Path, assignment: str, student: str) -> Done:
    """Run one of nbgrader's converters for one student; whatever goes wrong is this student's only."""
    for name in warm.FOREIGN:
        os.environ.pop(name, None)
    warnings.simplefilter("ignore")  # nbgrader's own, about its database layer and its templates
    settings = course.config(root, assignment_id=assignment, student_id=_literal(student))
    lines = _Lines()
    try:
        step = converter(coursedir=course.directory(settings), config=settings)
        step.force = True
        step.log.handlers, step.log.propagate = [lines], False
        step.log.setLevel(logging.INFO)
        step.start()
    except (Exception, SystemExit) as error:  # noqa: BLE001  # one submission must not stop the class
        return Done(student, lines.reason or f"{type(error).__name__}: {str(error)[:200]}.", "\n".join(lines.said))
    return Done(student, "", "\n".join(lines.said))


def _literal(student: str) -> str:
    """A student id as a file pattern that matches nothing else."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in student)


class _Lines(logging.Handler):
    """Keeps what nbgrader logs."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record; the last line of the first traceback is the reason of a failure."""
        text = record.getMessage()
        self.said.append(f"{record.levelname} {text}")
        if "Traceback" in text and not self.reason:
            self.reason = text.strip().splitlines()[-1][:300] + "."
