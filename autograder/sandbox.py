"""Calls a student's function without letting it into the grader.

A ``code`` answer is text. It is defined and called in a child process that is given the inputs and gives back the
results as JSON; it never sees an expected value, so there is nothing in its reach that could be turned into points.

A fresh process per answer, forked from a warm Python that knows nothing of the course, lives in a world of its own
inside a bubble (`autograder.bubble`, `autograder.inside.nest`): no environment, no network, nothing to read but Python
and its libraries, nothing to write but a scratch file system of 64 MB that is gone with it. It is limited in processor
time, memory, file size and open files, and may start neither processes nor threads; there is a wall-clock time-out per
input and a bound on the size of a reply. A child that dies, hangs or floods costs the inputs it was given at that
moment and no others.

Whoever grades may say that submissions are trusted (`autograder.bubble.is_trusted`): then the process has its limits
and no bubble.
"""

import json
import math
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from autograder import bubble
from autograder.bubble import is_trusted
from autograder.warm import EndedError, Forked, Zygote, twice

__all__ = ["Outcome", "call", "ready"]

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
    with _Child(source, function, math.ceil(total) + 1) as child:
        for arguments in inputs:
            left = end - time.monotonic()
            if left <= 0:
                outcomes.append(Outcome(error=f"no time left: all calls together took more than {total:g} s"))
            else:
                outcomes.append(child.ask(arguments, min(seconds, left)))
    return outcomes


def ready() -> Zygote:
    """Return the warm process from which children are forked; forks of this process share it.

    Raises
    ------
    SandboxError
        If there can be no bubble here, and submissions are not trusted.
    """
    trusted = is_trusted()
    if trusted not in _zygotes or _zygotes[trusted].is_cold():
        _zygotes[trusted] = Zygote("answers", sandboxed=not trusted)
    _zygotes[trusted].ready()
    return _zygotes[trusted]


_zygotes: dict[bool, Zygote] = {}


class _Child:
    """A process with one student's text in it, or another one where the first is gone."""

    def __init__(self, source: str, function: str, processor_seconds: int) -> None:
        self._task = {"source": source, "function": function, "seconds": processor_seconds}
        self._process: Forked | None = None
        self._scratch = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def ask(self, arguments: Sequence[Any], seconds: float) -> Outcome:
        """Send one input, wait for one reply."""
        try:
            return twice(lambda: self._asked(arguments, seconds))
        except EndedError:
            why = "the process ended"
        except TimeoutError:
            why = f"no result after {seconds:g} s"
        except OverflowError:
            why = "the result is too large"
        except (ValueError, RecursionError):
            why = "the reply could not be read"
        self._end()
        return Outcome(error=why)

    def _asked(self, arguments: Sequence[Any], seconds: float) -> Outcome:
        """Do so, with a fresh process if there is none."""
        start = 0.0 if self._process else START  # importing what the text imports is not the function's time
        process = self._process = self._process or self._begin()
        process.say(list(arguments))
        try:
            return _outcome(process.hear(seconds + start, REPLY))
        except EndedError:
            self._end()
            raise

    def _begin(self) -> Forked:
        """Fork a process and tell it the text."""
        trusted = is_trusted()
        self._scratch = tempfile.mkdtemp(prefix="answer-") if trusted else bubble.SCRATCH
        request = {"call": True, "guarded": not trusted, "limits": {}, "cwd": self._scratch}
        process = twice(lambda: ready().fork(request | {"env": bubble.environment(self._scratch)}))
        process.say(self._task)
        return process

    def _end(self) -> None:
        """End the process, with what it started; remove its scratch folder if it has one out here."""
        if self._process and self._scratch != bubble.SCRATCH:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            shutil.rmtree(self._scratch, ignore_errors=True)
        if self._process:
            self._process.close()
            self._process = None


def _outcome(line: bytes) -> Outcome:
    """Read a reply as a stranger's: JSON of the expected shape, or an error."""
    reply = json.loads(line, parse_float=_finite, parse_constant=_finite)
    if not isinstance(reply, dict) or not ("value" in reply or isinstance(reply.get("error"), str)):
        raise ValueError("not a reply")
    if "error" in reply:
        return Outcome(error=" ".join(reply["error"].split())[:300] or "an error without a name")
    return Outcome(reply["value"])


def _finite(text: str) -> float:
    """Read a number; one that is none, or without end, would be close to whatever it is compared with."""
    if not math.isfinite(number := float(text)):
        raise ValueError("not a finite number")
    return number
