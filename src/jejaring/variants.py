"""Every student meets their own numbers, and the grader can work them out again.

The choice comes from SHA-256 of (student, assignment, question, parameter): the same on every machine and in every
Python, unlike ``hash()``.
"""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["normal_student", "parameters"]


def normal_student(text: str) -> str:
    """Write a student id in one way only: letters and digits, lower case.

    Examples
    --------
    >>> normal_student(" S-0042 ") == normal_student("s 0042")
    True
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def parameters(spec: Mapping[str, Mapping[str, Sequence[Any]]], student: str, question: str) -> dict[str, Any]:
    """Choose one value for each parameter of a question, for one student.

    Parameters
    ----------
    spec : Mapping
        Parameter name to a table whose ``values`` lists what may be drawn.
    student : str
        Student id as it stands in the notebook or on the submission's folder.
    question : str
        Exercise id; it begins with the assignment's name.

    Returns
    -------
    dict
        Parameter name to the value drawn.

    Examples
    --------
    >>> spec = {"quota": {"values": [51, 60, 67]}}
    >>> parameters(spec, "s-0042", "ps03-chamber") == parameters(spec, "S 0042", "ps03-chamber")
    True
    >>> sorted({parameters(spec, f"s{i}", "ps03-chamber")["quota"] for i in range(30)})
    [51, 60, 67]
    """
    who = normal_student(student)
    return {name: _draw(entry["values"], who, question, name) for name, entry in spec.items()}


def _draw(values: Sequence[Any], *path: str) -> Any:
    """One of the values, decided by the path alone."""
    digest = hashlib.sha256("\x1f".join(path).encode()).digest()
    return values[int.from_bytes(digest[:8], "big") % len(values)]
