"""Strangers' notebooks in the sandbox: a process of its own for each, watched over in time, memory and output."""

import json
import os
import shutil
import signal
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import psutil
from traitlets import Dict, Float, Int
from traitlets.config import Configurable

from autograder import bubble
from autograder.warm import Forked, LostError, Zygote, twice

__all__ = ["PRELOAD", "Sandbox", "Visit", "start"]

PRELOAD = ("numpy", "pandas", "networkx", "plotly.graph_objects", "plotly.express", "matplotlib.pyplot", "ipywidgets")
LIMITS = {"seconds": 120, "memory": 4 * 2**30, "file": 64 * 2**20, "files": 256, "core": 0}
PROCESSES = 64
MANY = 2**31  # more cells than anybody runs
GRACE = 1.0  # seconds from the interruption of a cell to the end of its process


class Sandbox(Configurable):
    """What one submission may use."""

    limits = Dict(LIMITS, help="what one process may use: seconds of processor, bytes, files").tag(config=True)
    total_memory = Int(3 * 2**30, help="bytes that all processes of one submission may use together").tag(config=True)
    total_seconds = Float(300.0, help="how long one submission may take, in seconds").tag(config=True)
    total_output = Int(4_000_000, help="characters of output that one submission may give").tag(config=True)
    total_outputs = Int(5000, help="pieces of output that one submission may give: each has to be checked").tag(
        config=True
    )

    def job(self, folder: Path) -> Path:
        """Copy a submission's files to where the sandbox sees them; a link leads nowhere inside."""
        self._zygote = start()
        assert self._zygote.jobs  # noqa: S101  # this kind has a folder
        job = self._zygote.jobs / uuid.uuid4().hex[:12]
        shutil.copytree(folder, job / "work", symlinks=True)
        return job

    def fork(self, job: Path, **request: Any) -> Forked:
        """Fork a process for a job, in a world of its own."""
        bubble.handed_over(job)
        return self._zygote.fork(
            {
                "env": bubble.environment() | {"NBGRADER_EXECUTION": "autograde"},
                "cwd": f"{bubble.SCRATCH}/work",
                "limits": {**self.limits, "processes": PROCESSES + _busy()},
                "guarded": True,
                "job": str(job),
            }
            | request
        )

    def excess(self, process: Forked, since: float) -> str:
        """Say what a submission has used too much of; an empty text if nothing."""
        if time.monotonic() > since + self.total_seconds:
            return f"took longer than {self.total_seconds:g} seconds"
        if _used(process) > self.total_memory:
            return f"used more than {self.total_memory / 2**30:.1f} GB of memory"
        return ""


def _used(process: Forked) -> int:
    """Memory of all processes of a submission; what they share is counted with each."""
    try:
        told = Path(f"/proc/self/fdinfo/{process.process}").read_text()
        first = psutil.Process(int(told.rpartition("Pid:")[2].split()[0]))
        return sum(each.memory_info().rss for each in [first, *first.children(recursive=True)])
    except (psutil.Error, OSError, ValueError, IndexError):
        return 0


class Visit:
    """A stranger's notebook in the sandbox, cell by cell.

    Parameters
    ----------
    sandbox : Sandbox
        What it may use.
    folder : Path
        Its files.
    """

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self._sandbox, self._folder = sandbox, folder
        self._process = twice(self._forked)
        self._said, self._given, self._since = 0, 0, time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.close()
        shutil.rmtree(self._job, ignore_errors=True)

    def run(self, source: str, seconds: float) -> tuple[int, list[Any]]:
        """Run a cell; after so many seconds it is interrupted.

        Returns
        -------
        tuple of int and list
            Execution count and outputs, as a stranger's process tells them.

        Raises
        ------
        LostError
            If the notebook runs no more; the text says why.
        """
        self._process.say(source)
        try:
            try:
                line = self._hear(seconds)
            except TimeoutError:
                self._process.send(signal.SIGINT)
                line = self._hear(GRACE)
        except TimeoutError as error:
            raise LostError(f"did not stop when a cell had taken {seconds:g} seconds") from error
        count, outputs = _reply(line)
        self._given += len(outputs)
        if self._given > self._sandbox.total_outputs:
            raise LostError(f"gave more than {self._sandbox.total_outputs:,} outputs")
        return count, outputs

    def _forked(self) -> Forked:
        """Hand the files over, and fork."""
        self._job = self._sandbox.job(self._folder)
        try:
            return self._sandbox.fork(self._job)
        except BaseException:
            shutil.rmtree(self._job, ignore_errors=True)
            raise

    def _hear(self, seconds: float) -> bytes:
        """Hear a reply, while looking at what is used."""
        most = self._sandbox.total_output - self._said
        try:
            line = self._process.hear(seconds, max(0, most), self._look)
        except OverflowError as error:
            raise LostError(f"wrote more than {self._sandbox.total_output:,} characters of output") from error
        self._said += len(line)
        return line

    def _look(self) -> None:
        """End who uses too much."""
        if why := self._sandbox.excess(self._process, self._since):
            raise LostError(why)


def _reply(line: bytes) -> tuple[int, list[Any]]:
    """Read a reply as a stranger's: a count and a list, or there is no more to be heard."""
    try:
        count, outputs = json.loads(line)
    except (ValueError, TypeError, RecursionError) as error:
        raise LostError("said what can't be read") from error
    if not (type(count) is int and 0 <= count < MANY and isinstance(outputs, list)):
        raise LostError("said what can't be read")
    return count, outputs


def start(modules: Sequence[str] = PRELOAD) -> Zygote:
    """Return the warm process for strangers' notebooks; it gets warm while the caller does something else.

    Parameters
    ----------
    modules : sequence of str
        What it imports, if it is not there yet; what can't be imported is left out.
    """
    return Zygote.get("notebooks", sandboxed=True, preload=modules)


def _busy() -> int:
    """How many processes and threads this user has already: the limit counts them too."""
    if os.getuid() == 0:
        return 0
    mine = os.getuid()
    return sum(
        one.info["num_threads"] or 1
        for one in psutil.process_iter(["uids", "num_threads"])
        if one.info["uids"] and one.info["uids"].real == mine
    )
