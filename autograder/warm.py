"""Warm processes: they import once what every submission needs, and are forked once for each."""

import atexit
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

from autograder import bubble

__all__ = ["COURSE", "FOREIGN", "ColdError", "EndedError", "Forked", "LostError", "Zygote", "run", "start", "twice"]

COURSE = ("jejaring.exercises.marking", "jejaring.widgets.exercise", "jejaring.widgets.reveal", "autograder.sandbox")
READY = """
def warm():
    import os

    os.environ["NBGRADER_EXECUTION"] = "autograde"
    from autograder import sandbox
    from jejaring.exercises import bank
    from jejaring.widgets import exercise, reveal

    one_of_each = {one.kind: one.id for one in bank.load().values()}
    for qid in one_of_each.values():
        exercise.ask(qid)
    reveal.progress("ps03")
    sandbox.ready()


warm()
"""
"""What the warm process does once: it shows an exercise of each kind."""
FOREIGN = ("JPY_SESSION_NAME", "JEJARING_NOTEBOOK", "JUPYTERHUB_USER")
"""Variables of the grader's own session, which must not be taken for the student's."""
Done = TypeVar("Done")
LONGEST = 300.0  # seconds for all cells of a notebook
LONGEST_SAY = 10.0  # seconds to wait for somebody who does not listen
LOOK = 0.1  # seconds from one look at a process to the next


class LostError(Exception):
    """Nothing more is to be heard of a submission; the text says why: the notebook "was cut short"."""


class EndedError(LostError):
    """The process ended, by itself or by whatever else happens on a machine."""


class ColdError(Exception):
    """A warm process has ended, or does not answer: not the submission's fault. The next one asked for is fresh."""


class Forked:
    """A process forked from a warm one, and the line to it.

    Parameters
    ----------
    process : int
        Descriptor of the process.
    pid : int
        Its number.
    talk : socket
        The line.
    """

    def __init__(self, process: int, pid: int, talk: socket.socket) -> None:
        self.process, self.pid = process, pid
        self._talk = talk
        self._talk.settimeout(LONGEST_SAY)
        self._heard = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def say(self, message: Any) -> None:
        """Send a line of JSON; a process that is gone is noticed when its reply is missed."""
        with suppress(OSError):
            self._talk.sendall(json.dumps(message).encode() + b"\n")

    def hear(self, seconds: float, most: int, look: Callable[[], None] = lambda: None) -> bytes:
        """Wait for a line.

        Parameters
        ----------
        seconds : float
            How long.
        most : int
            Bytes that it may have.
        look : callable
            Is called now and then meanwhile, and may raise.

        Raises
        ------
        TimeoutError
            If there is none in time; it may still come.
        OverflowError
            If it is longer.
        EndedError
            If the process has ended.
        """
        end, seen = time.monotonic() + seconds, 0
        waiting = select.poll()
        waiting.register(self._talk, select.POLLIN)
        while (cut := self._heard.find(b"\n", seen)) < 0:
            seen = len(self._heard)
            if not waiting.poll(1000 * max(0.0, min(LOOK, end - time.monotonic()))):
                look()
                if time.monotonic() >= end:
                    raise TimeoutError(f"said nothing for {seconds:g} seconds")
                continue
            try:
                part = self._talk.recv(1 << 18)
            except ConnectionError:
                part = b""
            if not part:
                raise EndedError("was cut short: its process ended")
            self._heard += part
            if len(self._heard) > most:
                raise OverflowError(f"said more than {most:,} characters")
        line = bytes(self._heard[:cut])
        del self._heard[: cut + 1]
        return line

    def ended(self) -> bool:
        """Whether the process is gone."""
        waiting = select.poll()
        waiting.register(self.process, select.POLLIN)
        return bool(waiting.poll(0))

    def send(self, number: int) -> None:
        """Send the process a signal."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.process, signal.Signals(number))

    def close(self) -> None:
        """End the process, and with it, inside the sandbox, all that it started."""
        self.send(signal.SIGKILL)
        os.close(self.process)
        self._talk.close()


class Zygote:
    """A warm process that this process owns.

    Parameters
    ----------
    kind : {"own", "answers", "notebooks"}
        What its forks run: an instructor's cells, strangers' functions, strangers' notebooks.
    sandboxed : bool
        Whether it lives in a bubble.
    preload : sequence of str
        Modules that it imports.
    warmup : str
        A cell that it runs once.
    texts : sequence of str
        Cells that its forks will run. Strangers' forks must be given none: they could read them.
    """

    _warm: ClassVar[dict[tuple[int, str], "Zygote"]] = {}
    _one_at_a_time: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def get(cls, kind: str, **given: Any) -> "Zygote":
        """Return the one of this process and kind; a new one if it has ended."""
        key = os.getpid(), kind
        with cls._one_at_a_time:
            if key not in cls._warm or cls._warm[key].is_cold():
                cls._warm[key] = cls(kind, **given)
            return cls._warm[key]

    def __init__(
        self, kind: str, *, sandboxed: bool, preload: Sequence[str] = (), warmup: str = "", texts: Sequence[str] = ()
    ) -> None:
        if sandboxed and (trouble := bubble.trouble()):
            raise bubble.SandboxError(trouble)
        self.jobs = Path(tempfile.mkdtemp(prefix="jejaring-jobs-")) if kind == "notebooks" else None
        if self.jobs:
            bubble.handed_over(self.jobs)
        self.wire, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", str(bubble.INSIDE / "zygote.py"), str(there.fileno())]
        if sandboxed:
            shown = bubble.packages("jejaring") if kind == "notebooks" else []
            command = bubble.wrapped(command, folder=self.jobs, readable=shown)
        # Standard output is no terminal: bubblewrap would let it in.
        self.process = subprocess.Popen(
            command, pass_fds=[there.fileno()], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        there.close()
        config = {"kind": kind, "preload": preload, "warmup": warmup, "texts": texts}
        assert self.process.stdin  # noqa: S101  # it was asked for
        with suppress(BrokenPipeError), self.process.stdin as pipe:  # if it is gone, it will not say that it is ready
            pipe.write(json.dumps(config).encode())
        atexit.register(self.close)
        self._owner, self._is_ready, self._is_cold = os.getpid(), False, False

    def is_cold(self) -> bool:
        """Whether it is gone, as far as is known; what was forked from it may go on."""
        return self._is_cold or (self._owner == os.getpid() and self.process.poll() is not None)

    def ready(self) -> None:
        """Wait until it is warm.

        Raises
        ------
        ColdError
            If it does not get warm.
        """
        with self._one_at_a_time:
            if not self._is_ready:
                self.wire.settimeout(60)
                self._asked(self.wire.recv, 65536)
                self._is_ready = True

    def fork(self, request: dict[str, Any]) -> Forked:
        """Fork for one request; forks of this process may ask for themselves.

        Raises
        ------
        ColdError
            If it can't.
        """
        self.ready()
        reply, its_reply = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        talk, its_talk = socket.socketpair()
        with reply, its_reply, its_talk:
            sockets = [its_reply.fileno(), its_talk.fileno()]
            try:
                self._asked(socket.send_fds, self.wire, [json.dumps(request).encode()], sockets)
                its_reply.close()
                reply.settimeout(60)
                said, descriptors, *_ = self._asked(socket.recv_fds, reply, 65536, 1)
                told = json.loads(said or b'{"error": "no word"}')
                if "error" in told:
                    self._is_cold = True
                    raise ColdError(f"the warm process could not be forked: {told['error']}")
            except ColdError:
                talk.close()
                raise
            return Forked(descriptors[0], told["pid"], talk)

    def close(self) -> None:
        """End it, and remove what it left."""
        atexit.unregister(self.close)
        self.wire.close()
        self.process.kill()
        self.process.wait()
        if self.jobs:
            shutil.rmtree(self.jobs, ignore_errors=True)

    def _asked(self, ask: Callable[..., Any], *arguments: Any) -> Any:
        """Ask it, and say so if it does not answer."""
        try:
            answer = ask(*arguments)
        except OSError as error:
            answer = error
        if not answer or isinstance(answer, OSError):
            self._is_cold = True
            raise ColdError(f"the warm process does not answer ({answer or 'it has ended'})")
        return answer


def start(texts: Sequence[str] = (), modules: Sequence[str] = ()) -> Zygote:
    """Return the warm process for instructors' cells; it gets warm while the caller does something else.

    Parameters
    ----------
    texts : sequence of str
        Cells that will be run.
    modules : sequence of str
        What they import.
    """
    return Zygote.get("own", sandboxed=False, preload=[*COURSE, *modules], warmup=READY, texts=texts)


def run(cells: list[tuple[int, str]], cwd: Path) -> list[Any]:
    """Run an instructor's cells in a fork of a warm process.

    Parameters
    ----------
    cells : list of (int, str)
        Place in the notebook, and source.
    cwd : Path
        Where they run.

    Returns
    -------
    list
        ``[place, execution count, outputs]`` for each.

    Raises
    ------
    TimeoutError
        If they take too long.
    EndedError
        If their process ends before they do, twice.
    """
    env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    env |= {"JEJARING_GRADING": "data", "NBGRADER_EXECUTION": "autograde"}

    def once() -> list[Any]:
        with twice(lambda: start([text for _, text in cells]).fork({"cwd": str(cwd), "env": env})) as process:
            process.say(cells)
            done: list[Any] = json.loads(process.hear(LONGEST, sys.maxsize))
            return done

    try:
        return twice(once)
    except TimeoutError as error:
        raise TimeoutError(f"took longer than {LONGEST:g} seconds") from error


def twice(do: Callable[[], Done]) -> Done:
    """Do something in a forked process; if that or the warm one ends meanwhile, do it once more.

    It may have been the machine's doing, as when memory runs out; what ends by itself ends twice.
    """
    try:
        return do()
    except (ColdError, EndedError):
        return do()
