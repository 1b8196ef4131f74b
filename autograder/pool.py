"""Runs prepared submissions wherever there is room: on this machine's processors, or on a Dask cluster by address.

What is run is self-contained (`Job`: a notebook, the files beside it, the settings), and what comes back is the
executed notebook (`Executed`). So it does not matter where, how often or in which order jobs are run.
"""

import json
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from traitlets.config import Config

from autograder.course import CourseError
from autograder.warm import ColdError
from jejaring.errors import JejaringError

__all__ = ["Executed", "Job", "execute", "on_cluster", "on_this_machine"]

AHEAD = 2  # jobs that wait for each worker, so that none is idle and memory stays flat
RETRIES = 2


@dataclass(frozen=True)
class Job:
    """One submission, ready to run.

    Parameters
    ----------
    student, assignment : str
        Whose it is and which.
    notebook : NotebookNode
        The notebook, put right by nbgrader's steps before the run.
    files : Mapping of str to bytes
        What lies beside it, by relative path.
    settings : Mapping
        The settings of the step that runs it, by class.
    """

    student: str
    assignment: str
    notebook: NotebookNode
    files: Mapping[str, bytes] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Executed:
    """What came back: the notebook, or the reason why there is none; the machine's fault or the submission's."""

    student: str
    notebook: NotebookNode | None = None
    error: str = ""
    is_machines: bool = False


def execute(job: Job) -> Executed:
    """Run one submission here. It never raises: what goes wrong is this submission's."""
    folder = Path()
    try:
        folder = Path(tempfile.mkdtemp(prefix="jejaring-run-"))
        notebook = _run(job, folder / job.student / job.assignment)
    except (OSError, ColdError, JejaringError) as error:
        return Executed(job.student, error=str(error)[:600], is_machines=True)
    except Exception as error:  # noqa: BLE001  # one submission must not stop the class
        return Executed(job.student, error=f"{type(error).__name__}: {str(error)[:300]}")
    finally:
        if folder.name:
            shutil.rmtree(folder, ignore_errors=True)
    return Executed(job.student, notebook)


def on_this_machine(jobs: Iterable[Job], workers: int) -> Iterator[Executed]:
    """Run jobs here, several at once; yields as they end, in any order.

    What runs are forks of a warm process, one for each submission, so threads are enough to wait for them.
    """
    waiting = iter(jobs)
    running: set[Future[Executed]] = set()
    with ThreadPoolExecutor(workers) as threads:
        while True:
            running.update(threads.submit(execute, job) for job in islice(waiting, workers * AHEAD - len(running)))
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


def on_cluster(jobs: Iterable[Job], address: str) -> Iterator[Executed]:
    """Run jobs on a Dask cluster; yields as they end. A worker that dies is the scheduler's business.

    Parameters
    ----------
    jobs : iterable of Job
        Not all are in memory at once.
    address : str
        Such as ``"tcp://10.0.0.1:8786"``.

    Raises
    ------
    CourseError
        If nobody answers there, or Dask is not installed.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise CourseError("A cluster needs Dask: pip install jejaring[cluster]") from error
    try:
        client: Any = Client(address, timeout=10)
    except (OSError, TimeoutError, ValueError) as error:
        raise CourseError(
            f"{address}: no Dask scheduler answers there ({error}). Start one with `dask scheduler`, workers with "
            f"`dask worker {address} --nthreads 1`, on machines that have this package and its environment."
        ) from error
    with client:
        if not client.scheduler_info()["workers"]:
            raise CourseError(f"{address}: the scheduler has no workers. Start one: dask worker {address} --nthreads 1")
        yield from _spread(client, as_completed([]), iter(jobs))


def _spread(client: Any, running: Any, jobs: Iterator[Job]) -> Iterator[Executed]:
    """Keep a cluster busy, without sending everything at once."""
    owner: dict[str, str] = {}

    def more() -> None:
        if (job := next(jobs, None)) is not None:
            future = client.submit(execute, job, pure=False, retries=RETRIES)
            owner[future.key] = job.student
            running.add(future)

    for _ in range(AHEAD * max(1, sum(client.nthreads().values()))):
        more()
    for future in running:
        student, problem = owner.pop(future.key), future.exception()
        yield Executed(student, error=f"the cluster gave it up: {problem!r}"[:300]) if problem else future.result()
        future.release()
        more()


def _run(job: Job, folder: Path) -> NotebookNode:
    """Write the submission out, and run it."""
    folder.mkdir(parents=True)
    for name, content in job.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / f"{job.assignment}.ipynb").write_text(json.dumps(job.notebook), encoding="utf-8")
    step = _step(_frozen(job.settings), threading.get_ident())
    notebook: NotebookNode = step.preprocess(job.notebook, {"metadata": {"path": str(folder)}})[0]
    return notebook


def _frozen(settings: Mapping[str, Any]) -> str:
    """Settings as text."""
    return repr({name: dict(inner) for name, inner in settings.items()})


@cache
def _step(settings: str, _thread: int) -> Any:
    """The step that runs cells, once for each thread."""
    import ast

    from autograder.execution import RunCells

    step = RunCells(config=Config(ast.literal_eval(settings)))
    step.log.setLevel("CRITICAL")
    return step
