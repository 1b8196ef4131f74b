"""Calls a student's function without letting it into the grader.

A ``code`` answer is text. It is defined and called in a child process that is given the inputs and gives back the
results as JSON; it never sees an expected value, so there is nothing in its reach that could be turned into points.

A fresh process per answer (``python -I``: no environment, no working directory on the path) lives in a bubble
(`autograder.bubble`): no network, nothing to read but Python and its libraries, nothing to write but a scratch file
system of 64 MB that is gone with it. It is limited in processor time, memory, file size and open files, and may start
neither processes nor threads; there is a wall-clock time-out per input and a bound on the size of a reply. A child that
dies, hangs or floods costs the inputs it was given at that moment and no others.

Whoever grades may say that submissions are trusted (`autograder.modes`): then the process has its limits and no bubble.
"""

import json
import math
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from autograder import bubble
from autograder.modes import is_trusted

__all__ = ["Outcome", "call"]

CHILD = bubble.INSIDE / "child.py"
REPLY = 2**20
START = 10.0


@dataclass(frozen=True)
class Outcome:
    """What came back for one input.

    Parameters
    ----------
    value : object
        The result as JSON (tuples are lists, fractions are floats); None when there is an error.
    error : str
        Empty when the function returned; else one line such as ``"ZeroDivisionError: division by zero"``,
        ``"no result after 2 s"`` or ``"the process ended"``.
    """

    value: Any = None
    error: str = ""


def call(
    source: str, function: str, inputs: Sequence[Sequence[Any]], *, seconds: float = 2.0, total: float = 20.0
) -> list[Outcome]:
    r"""Call a function, given as text, with each input in turn.

    Parameters
    ----------
    source : str
        The text of the student's cell.
    function : str
        Name of the function that the text should define.
    inputs : sequence of sequence
        The arguments of each call, as JSON.
    seconds : float
        Wall-clock seconds for one call.
    total : float
        Wall-clock seconds for all calls together.

    Returns
    -------
    list of Outcome
        One per input, in order.

    Examples
    --------
    >>> call("def half(x):\n    return x / 2", "half", [[3], ["three"]])
    [Outcome(value=1.5, error=''), Outcome(value=None, error="TypeError: ...")]
    """
    end = time.monotonic() + total
    outcomes: list[Outcome] = []
    child: _Child | None = None
    try:
        for arguments in inputs:
            left = end - time.monotonic()
            if left <= 0:
                outcomes.append(Outcome(error=f"no time left: all calls together took more than {total:g} s"))
                continue
            child = child or _Child(source, function, math.ceil(total) + 1)
            outcome = child.ask(arguments, min(seconds, left))
            outcomes.append(outcome)
            if child.lost:
                child.close()
                child = None
    finally:
        if child:
            child.close()
    return outcomes


def command() -> list[str]:
    """Build the command line of a child: in a bubble, unless submissions are trusted.

    Raises
    ------
    SandboxError
        If there can be no bubble here.
    """
    plain = [sys.executable, "-I", str(CHILD)]
    if is_trusted():
        return plain
    if trouble := bubble.trouble():
        raise bubble.SandboxError(trouble)
    return bubble.wrapped(plain)


class _Child:
    """One process with one student's text in it."""

    def __init__(self, source: str, function: str, processor_seconds: int) -> None:
        self.scratch = Path(tempfile.mkdtemp(prefix="answer-"))
        self.lost = self.fresh = False
        self.buffer = bytearray()
        self.process = subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.scratch,
            env=_environment(self.scratch),
            start_new_session=True,
        )
        self.fresh = True
        self._send({"source": source, "function": function, "seconds": processor_seconds})

    def ask(self, arguments: Sequence[Any], seconds: float) -> Outcome:
        """Send one input, wait for one reply."""
        self._send(list(arguments))
        # Starting the interpreter and importing what the text imports is not the function's time.
        line = self._line(seconds + (START if self.fresh else 0.0))
        self.fresh = False
        if isinstance(line, str):
            self.lost = True
            return Outcome(error=line.format(seconds=seconds))
        return self._outcome(line)

    def close(self) -> None:
        """End the process and all it started; remove its scratch directory."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _send(self, message: Any) -> None:
        """Write one JSON line; a child that is gone is noticed when its reply is missed."""
        with suppress(OSError):
            pipe = _pipe(self.process.stdin)
            pipe.write(json.dumps(message).encode() + b"\n")
            pipe.flush()

    def _line(self, seconds: float) -> bytes | str:
        """Read one line, or say why there is none."""
        end = time.monotonic() + seconds
        pipe = _pipe(self.process.stdout)
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while b"\n" not in self.buffer:
                if not selector.select(max(0.0, end - time.monotonic())):
                    return "no result after {seconds:g} s"
                if not (part := os.read(pipe.fileno(), 65536)):
                    return "the process ended"
                self.buffer += part
                if len(self.buffer) > REPLY:
                    return "the result is too large"
        line, _, rest = bytes(self.buffer).partition(b"\n")
        self.buffer = bytearray(rest)
        return line

    def _outcome(self, line: bytes) -> Outcome:
        """Read a reply as a stranger's: JSON of the expected shape, or an error."""
        try:
            reply = json.loads(line)
        except (ValueError, RecursionError):
            reply = None
        if not isinstance(reply, dict) or not ("value" in reply or isinstance(reply.get("error"), str)):
            self.lost = True
            return Outcome(error="the reply could not be read")
        if "error" in reply:
            return Outcome(error=str(reply["error"])[:300] or "an error without a name")
        return Outcome(reply["value"])


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """Return the pipe, which is there because it was asked for."""
    assert pipe is not None  # noqa: S101  # tells the type checker what Popen can't
    return pipe


def _environment(scratch: Path) -> dict[str, str]:
    """Name the few variables a child needs."""
    home = str(scratch)
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": home, "TMPDIR": home, "OPENBLAS_NUM_THREADS": "1"}
