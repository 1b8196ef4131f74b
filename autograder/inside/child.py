"""What runs on the other side of the sandbox: one student's text, called with one input after the other.

It runs in a fork of a warm process, and imports nothing of the course. It reads one JSON line per request from standard
input and writes one JSON line per reply to its first standard output; what the student's text prints goes nowhere.
"""

import json
import math
import numbers
import os
import resource
import sys
from typing import Any

__all__ = ["main", "plain"]

MEMORY = 2**30
FILES = 2**20
PROCESSES = 1  # itself: neither processes nor threads can be started
DEPTH = 50


def limit(seconds: int) -> None:
    """Bound what this process may use from now on."""
    for what, most in [
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, FILES),
        (resource.RLIMIT_NPROC, PROCESSES),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ]:
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))


def plain(value: Any, depth: int = 0) -> Any:
    """Write a result as JSON would: numbers, texts, lists and tables, nothing else.

    Examples
    --------
    >>> from fractions import Fraction
    >>> plain({"A": Fraction(3, 5), "B": (1, 2)})
    {'A': 0.6, 'B': [1, 2]}
    """
    if depth > DEPTH:
        raise ValueError("the result is nested too deeply")
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value) if math.isfinite(value) else str(float(value))
    if isinstance(value, dict):
        return {str(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item, depth + 1) for item in value), key=repr)
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    if hasattr(value, "tolist"):  # numpy arrays and numpy's own booleans
        return plain(value.tolist(), depth + 1)
    raise TypeError(f"the result is a {type(value).__name__}, not a number, text, list or table")


def said(error: BaseException) -> str:
    """Name an error in one short line."""
    return f"{type(error).__name__}: {error}"[:300]


def main() -> None:
    """Define the function from its text, then answer each request until there are no more."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    sys.setrecursionlimit(5000)
    task = json.loads(requests.readline())
    limit(task["seconds"])
    space: dict[str, Any] = {"__name__": "__main__"}
    broken = ""
    try:
        exec(compile(task["source"], "<answer>", "exec"), space)  # noqa: S102  # the one place made for a stranger's text
        if not callable(space.get(task["function"])):
            broken = f"NameError: the cell defines no function {task['function']}"
    except BaseException as error:  # noqa: BLE001  # whatever a stranger's text raises, the replies must go on
        broken = said(error)
    for line in requests:
        reply: dict[str, Any]
        try:
            reply = {"error": broken} if broken else {"value": plain(space[task["function"]](*json.loads(line)))}
            text = json.dumps(reply, allow_nan=False)
        except BaseException as error:  # noqa: BLE001  # as above
            text = json.dumps({"error": said(error)})
        replies.write(text + "\n")
        replies.flush()
