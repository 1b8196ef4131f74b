"""Where an answer lives: in the notebook's own metadata, written by the page.

Python only reads it there. What comes from a notebook file is a stranger's: nothing here trusts its shape.
"""

import json
import math
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jejaring.errors import NotebookError
from jejaring.variants import normal_student

__all__ = [
    "META",
    "MIME",
    "STUDENT",
    "Answer",
    "current",
    "harvest",
    "own_notebook",
    "put",
    "read_notebook",
    "remember",
    "student",
    "watch",
]

META = "jejaring"
MIME = "application/vnd.jejaring.answer+json"
STUDENT = "student"
MAX_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Answer:
    """What a person answered to one exercise, and when.

    Parameters
    ----------
    value : object
        JSON as the page wrote it; not checked against the exercise yet.
    t : float
        Seconds since 1970 by the page's clock; the newest answer counts.
    tries : int
        How often it was checked (lessons).
    """

    value: Any
    t: float
    tries: int = 0


def harvest(notebook: object) -> dict[str, Answer]:
    """Collect the answers of a notebook: its metadata first, its outputs where the metadata has none.

    Never raises: what has not the shape of an answer is passed over.

    Examples
    --------
    >>> harvest({"metadata": {"jejaring": {"answers": {"l03-why": {"value": "threat", "t": 5.0}}}}})
    {'l03-why': Answer(value='threat', t=5.0, tries=0)}
    >>> harvest({"metadata": {"jejaring": "nonsense"}, "cells": 7})
    {}
    """
    stored = _table(_table(_table(notebook, "metadata"), META), "answers")
    found = {qid: answer for qid, raw in stored.items() if (answer := _answer(raw))}
    for copy in _copies(notebook):
        known, qid = _answer(copy), copy.get("q")
        if known and isinstance(qid, str) and qid not in stored and known.t >= found.get(qid, known).t:
            found[qid] = known
    return found


def put(notebook: dict[str, Any], answers: Mapping[str, Answer]) -> None:
    """Write answers into a notebook's metadata, in place of those that stand there."""
    metadata = notebook.setdefault("metadata", {})
    if not isinstance(metadata.get(META), dict):
        metadata[META] = {}
    metadata[META]["answers"] = {qid: asdict(answer) for qid, answer in sorted(answers.items())}


def read_notebook(path: Path) -> dict[str, Any]:
    """Read a notebook file as plain JSON.

    Raises
    ------
    NotebookError
        If it is missing, too large, not UTF-8, not JSON or not a notebook; the message names the file and the mend.
    """
    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            mend = "Clear its outputs (Edit > Clear Outputs of All Cells), save, and hand it in again."
            raise NotebookError(f"{path}: {size / 2**20:.0f} MB is too large for a notebook. {mend}")
        notebook = json.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise NotebookError(f"{path}: can't be read ({error.strerror}). Check the name and the rights.") from error
    except UnicodeDecodeError as error:
        raise NotebookError(f"{path}: is not UTF-8 text. Save it again from JupyterLab and hand that in.") from error
    except (ValueError, RecursionError) as error:
        raise NotebookError(
            f"{path}: is not valid JSON ({error}). The file was cut off or edited by hand; ask for it again."
        ) from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise NotebookError(f"{path}: is JSON but not a notebook (no list of cells). Ask for the .ipynb file again.")
    return notebook


def is_graded() -> bool:
    """Whether nbgrader runs this notebook for its scores: nobody sees a page then."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def own_notebook() -> Path | None:
    """Find the file of the notebook that this kernel runs, or None where it can't be known."""
    grading = bool(os.environ.get("NBGRADER_EXECUTION"))
    # nbgrader started from a notebook inherits that notebook's session name.
    named = os.environ.get("JEJARING_NOTEBOOK") or ("" if grading else os.environ.get("JPY_SESSION_NAME", ""))
    if named.endswith(".ipynb"):
        for path in (Path(named), Path.cwd() / Path(named).name):
            if path.is_file():
                return path
    if grading:
        here = sorted(Path.cwd().glob("*.ipynb"))
        same = [path for path in here if path.stem == Path.cwd().name]
        return next(iter(same or here), None)
    return None


_memory: dict[str, Answer] = {}
_watchers: dict[str, list[Callable[[Answer], None]]] = {}
_file: tuple[tuple[str, int, int], dict[str, Answer]] | None = None


def current(qid: str) -> Answer | None:
    """Return the newest answer known to this kernel: its memory's, or the notebook file's."""
    known = [answer for answer in (_memory.get(qid), _saved().get(qid)) if answer]
    return max(known, key=lambda answer: answer.t, default=None)


def remember(qid: str, answer: Answer) -> None:
    """Keep an answer in this kernel's memory and tell those who watch it."""
    _memory[qid] = answer
    for callback in list(_watchers.get(qid, ())):
        callback(answer)


def watch(qid: str, callback: Callable[[Answer], None]) -> Callable[[], None]:
    """Call back on each new answer to this exercise; returns what ends the watch."""
    _watchers.setdefault(qid, []).append(callback)

    def cancel() -> None:
        if callback in _watchers[qid]:
            _watchers[qid].remove(callback)

    return cancel


def student() -> str | None:
    """Return the student id this notebook is made for, in its normal spelling, or None while nobody said it."""
    answer = current(STUDENT)
    said = answer.value if answer and isinstance(answer.value, str) else os.environ.get("JUPYTERHUB_USER", "")
    return normal_student(said[:200]) or None


def _saved() -> dict[str, Answer]:
    """Answers in the notebook's own file, read again only when the file changed."""
    global _file
    path = own_notebook()
    if path is None:
        return {}
    try:
        stat = path.stat()
        stamp = (str(path), stat.st_mtime_ns, stat.st_size)
        if _file is None or _file[0] != stamp:
            _file = (stamp, harvest(read_notebook(path)))
    except (OSError, NotebookError):
        return {}
    return _file[1]


def _copies(notebook: object) -> Iterator[dict[str, Any]]:
    """The copies of answers in a notebook's outputs."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for cell in cells if isinstance(cells, list) else []:
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        for output in outputs if isinstance(outputs, list) else []:
            if isinstance(copy := _table(output, "data").get(MIME), dict):
                yield copy


def _table(raw: object, name: str) -> dict[str, Any]:
    """A table inside a table, or an empty one."""
    inner = raw.get(name) if isinstance(raw, dict) else None
    return inner if isinstance(inner, dict) else {}


def _answer(raw: object) -> Answer | None:
    """An answer from JSON, or None if it has not the shape of one."""
    if not isinstance(raw, dict) or raw.get("value") is None:
        return None
    t, tries = raw.get("t"), raw.get("tries", 0)
    if isinstance(t, bool) or not isinstance(t, int | float) or not math.isfinite(t) or t <= 0:
        return None
    return Answer(raw["value"], float(t), tries if type(tries) is int and 0 <= tries < 1000 else 0)
