"""How an assignment is graded: its answers as data, or its whole notebooks in a sandbox."""

import ast
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from nbgrader.utils import is_grade, is_solution

from autograder import bubble
from autograder.bubble import TRUST, is_trusted

__all__ = ["DATA", "SHARED", "mode", "refusal"]

DATA, SHARED = "data", "shared"


def mode(cells: Iterable[Any]) -> str:
    """Say how an assignment is graded, by its own test cells.

    Parameters
    ----------
    cells : iterable of NotebookNode
        Cells of the instructor's, or of a submission in which nbgrader has put them right.

    Returns
    -------
    str
        `DATA` where each test calls ``mark``: nothing of the student's runs beside it. Else `SHARED`.

    Examples
    --------
    >>> import nbformat
    >>> test = {"grade": True, "solution": False, "locked": True}
    >>> mode([nbformat.v4.new_code_cell("assert square(3) == 9", metadata={"nbgrader": test})])
    'shared'
    """
    tests = [cell for cell in cells if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)]
    return DATA if all(_calls_mark(cell.source) for cell in tests) else SHARED


def refusal(cells: Iterable[Any]) -> str:
    """Say why these cells can't be graded safely here; an empty text if they can."""
    cells = list(cells)
    runs_code = mode(cells) == SHARED or any(cell.cell_type == "code" and is_solution(cell) for cell in cells)
    if not runs_code or is_trusted() or not (trouble := bubble.trouble()):
        return ""
    return f"{trouble} If you know every one of these students: --trust-submissions (or {TRUST}=1)."


@lru_cache(1024)  # a class's tests are the same texts
def _calls_mark(source: str) -> bool:
    """Whether a test gets its score from ``mark``."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Call) and getattr(node.func, "id", "") == "mark" for node in ast.walk(tree))
