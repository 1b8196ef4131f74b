"""Does a job for every student in processes of their own; one that dies costs only the student it was at.

The processes are forked from a server that has imported what they need and nothing else: a fork of this process would
share the open gradebook. Importing this module is quick, so that the server can get ready while nbgrader is imported.
"""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from autograder.progress import Done, Progress

__all__ = ["at_once", "each", "start"]


def start(module: str) -> Any:
    """Start the server, which imports the module meanwhile; returns the context of the processes."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    forkserver.set_forkserver_preload([module])
    forkserver.ensure_running()
    return multiprocessing.get_context("forkserver")


def at_once(workers: int, todo: int) -> int:
    """Return how many are worked on at once: as many as asked for, or one per processor, four at most; never none.

    Examples
    --------
    >>> at_once(8, 3), at_once(2, 3), at_once(1, 0)
    (3, 2, 1)
    """
    return max(1, min(workers or min(os.cpu_count() or 1, 4), todo))


def each(
    job: Callable[[str, str], Done], tasks: Mapping[str, str], workers: int = 0, *, module: str, quiet: bool = False
) -> list[Done]:
    """Do a job for every student, several at once.

    Parameters
    ----------
    job : callable
        Takes a student's id and what it is told. It is pickled.
    tasks : Mapping of str to str
        By student what the job is told.
    workers : int
        How many at once; 0 means one per processor, four at most.
    module : str
        What is imported once for all.
    quiet : bool
        No progress line.

    Returns
    -------
    list of Done
        By student.
    """
    progress = Progress(len(tasks), quiet=quiet or not tasks)
    done: dict[str, Done] = {}
    most = at_once(workers, len(tasks))
    for alone in (False, True):
        left = [student for student in tasks if student not in done]
        for batch in [[student] for student in left] if alone else [left] if left else []:
            with _pool(1 if alone else most, module) as pool:
                running = {pool.submit(job, student, tasks[student]): student for student in batch}
                for future in as_completed(running):
                    student = running[future]
                    try:
                        done[student] = future.result()
                    except BrokenProcessPool:
                        if not alone:
                            continue  # some worker died; whoever is left gets a worker of their own
                        done[student] = Done(student, "the process that worked on it died, twice.", "")
                    progress.step(student)
    progress.end()
    return [done[student] for student in sorted(done)]


def _pool(workers: int, module: str) -> ProcessPoolExecutor:
    """Processes that know this one's environment as it is now, and end with it."""
    return ProcessPoolExecutor(workers, mp_context=start(module), initializer=_begin, initargs=(dict(os.environ),))


def _begin(environment: Mapping[str, str]) -> None:
    """Take over the environment, and don't outlive who gives the jobs."""
    gc.freeze()  # what the server imported is neither garbage nor to be copied
    os.environ.clear()
    os.environ.update(environment)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the parent's end, however it comes."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
