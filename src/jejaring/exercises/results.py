"""Calling a function and comparing what it returns, as JSON on both sides.

The sandbox in which submissions are called has its own small copy of `plain`, since it imports nothing of the course;
a contract test holds the two together.
"""

import contextlib
import io
import json
import math
import numbers
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

__all__ = ["call", "plain", "same", "through_json"]

DEPTH = 50
SECONDS = 2.0


def plain(value: Any, depth: int = 0) -> Any:
    """Write a result with what JSON has: numbers, texts, lists and tables.

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
    if isinstance(value, Mapping):
        return {str(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item, depth + 1) for item in value), key=repr)
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    if hasattr(value, "tolist"):  # numpy's arrays and booleans
        return plain(value.tolist(), depth + 1)
    raise TypeError(f"the result is a {type(value).__name__}, not a number, text, list or table")


def through_json(value: Any) -> Any:
    """Return a value as it arrives on the other side of JSON: plain types, whatever its class claims to equal."""
    return json.loads(json.dumps(plain(value), allow_nan=False))


def same(value: Any, expected: Any, tolerance: float) -> bool:
    """Whether two plain values agree: floats within a tolerance, all else exactly.

    Examples
    --------
    >>> same([0.6000001, "A"], [0.6, "A"], 1e-6), same(0.5, 1, 1e-6), same(1, True, 1e-6)
    (True, False, False)
    """
    if isinstance(expected, bool) or isinstance(value, bool) or expected is None or isinstance(expected, str):
        return type(value) is type(expected) and bool(value == expected)
    if isinstance(expected, list):
        pairs = isinstance(value, list) and len(value) == len(expected)
        return pairs and all(same(one, other, tolerance) for one, other in zip(value, expected, strict=True))
    if isinstance(expected, dict):
        keys = isinstance(value, dict) and value.keys() == expected.keys()
        return keys and all(same(value[name], expected[name], tolerance) for name in expected)
    if not isinstance(value, int | float):
        return False
    if isinstance(value, int) and isinstance(expected, int):
        return value == expected
    try:
        return bool(abs(value - expected) <= (tolerance if isinstance(expected, float) else 0))
    except OverflowError:
        return False


def call(function: Callable[..., Any], inputs: Sequence[Sequence[Any]], seconds: float = SECONDS) -> Iterator[Any]:
    """Call a function of this process with each input in turn; yields pairs of value and error.

    What it prints goes nowhere: nbgrader takes any word on standard error for a failure.
    """
    for arguments in inputs:
        try:
            nowhere = io.StringIO()
            with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere), _time_limit(seconds):
                result = through_json(function(*json.loads(json.dumps(arguments))))
        except BaseException as error:  # noqa: BLE001  # SystemExit and worse are a student's mistakes, too
            yield None, _said(error)
        else:
            yield result, ""


def _said(error: BaseException) -> str:
    """One short line about an error."""
    try:
        return f"{type(error).__name__}: {error}"[:300] if str(error) else type(error).__name__
    except BaseException:  # noqa: BLE001  # an exception whose text raises
        return type(error).__name__


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """End what takes too long, where the system has a timer and this is the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: Any) -> None:
        raise TimeoutError(f"no result after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
