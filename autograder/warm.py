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
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from autograder import bubble

__all__ = ["COURSE", "Zygote", "run", "start"]

COURSE = ("jejaring.exercises.marking", "jejaring.widgets.exercise", "jejaring.widgets.reveal", "autograder.sandbox")
READY = """
def warm():
    from jejaring.exercises import bank
    from jejaring.widgets import exercise, reveal

    one_of_each = {one.kind: one.id for one in bank.load().values()}
    for qid in one_of_each.values():
        exercise.ask(qid)
    reveal.progress("ps03")
    for kept in (exercise._widgets, reveal._shown):
        kept.clear()


warm()
"""
"""What the warm process does once: it shows an exercise of each kind, and forgets them."""
FOREIGN = ("JPY_SESSION_NAME", "JEJARING_NOTEBOOK", "JUPYTERHUB_USER")
"""Variables of the grader's own session, which must not be taken for the student's."""
LONGEST = 300.0  # seconds for all cells of a notebook


class Zygote:
    """A warm process that this process owns.

    Parameters
    ----------
    sandboxed : bool
        Whether it lives in a bubble.
    preload : list of str
        Modules that it imports.
    warmup : str
        Code that it runs once.
    """

    _warm: ClassVar[dict[tuple[int, str], "Zygote"]] = {}
    _one_at_a_time: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def get(cls, *, sandboxed: bool, preload: list[str], warmup: str = "") -> "Zygote":
        """Return the one of this process with these settings; a new one if it has ended."""
        key = os.getpid(), json.dumps([sandboxed, preload, warmup])
        with cls._one_at_a_time:
            if key not in cls._warm or cls._warm[key].process.poll() is not None:
                cls._warm[key] = cls(sandboxed=sandboxed, preload=preload, warmup=warmup)
            return cls._warm[key]

    def __init__(self, *, sandboxed: bool, preload: list[str], warmup: str) -> None:
        if sandboxed and (trouble := bubble.trouble()):
            raise bubble.SandboxError(trouble)
        self.jobs = Path(tempfile.mkdtemp(prefix="jejaring-jobs-"))
        bubble.handed_over(self.jobs)
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        config = json.dumps({"preload": preload, "warmup": warmup, "direct": not sandboxed})
        command = [sys.executable, "-I", str(bubble.INSIDE / "zygote.py"), str(there.fileno()), config]
        if sandboxed:
            command = bubble.wrapped(command, folder=self.jobs, readable=bubble.packages("jejaring"))
        self.process = subprocess.Popen(command, pass_fds=[there.fileno()], stdin=subprocess.DEVNULL)
        there.close()
        self.wire = here
        self.wire.settimeout(60)
        atexit.register(self.close)
        self._is_ready = False

    def fork(self, request: dict[str, Any]) -> int:
        """Fork for one request and return a descriptor of the process."""
        with self._one_at_a_time:
            if not self._is_ready:
                self._heard(self.wire.recv(65536))
                self._is_ready = True
            self.wire.send(json.dumps(request).encode())
            said, descriptors, *_ = socket.recv_fds(self.wire, 65536, 4)
        self._heard(said)
        return descriptors[0]

    def close(self) -> None:
        """End it, and remove what it left."""
        atexit.unregister(self.close)
        with suppress(OSError):
            self.wire.close()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.jobs, ignore_errors=True)

    def _heard(self, said: bytes) -> dict[str, Any]:
        """Read a reply."""
        reply: dict[str, Any] = json.loads(said or b'{"error": "the warm process has ended"}')
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply


def start() -> Zygote:
    """Return the warm process for instructors' cells; it gets warm while the caller does something else."""
    return Zygote.get(sandboxed=False, preload=list(COURSE), warmup=READY)


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
    RuntimeError
        If their process ends before they do.
    """
    zygote = start()
    job = zygote.jobs / uuid.uuid4().hex
    job.mkdir()
    try:
        asked, result = job / "cells.json", job / "result.json"
        asked.write_text(json.dumps(cells), encoding="utf-8")
        env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        env |= {"JEJARING_GRADING": "data", "NBGRADER_EXECUTION": "autograde"}
        process = zygote.fork({"cells": str(asked), "result": str(result), "cwd": str(cwd), "env": env})
        try:
            waiting = select.poll()
            waiting.register(process, select.POLLIN)
            if not waiting.poll(LONGEST * 1000):
                signal.pidfd_send_signal(process, signal.SIGKILL)
                raise TimeoutError(f"took longer than {LONGEST:g} seconds")
        finally:
            os.close(process)
        if not result.is_file():
            raise RuntimeError("was cut short: its process ended")
        done: list[Any] = json.loads(result.read_text(encoding="utf-8"))
        return done
    finally:
        shutil.rmtree(job, ignore_errors=True)
