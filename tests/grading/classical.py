"""A course of one assignment of nbgrader's classical kind: asserts beside the student's code, in one kernel.

Points: square 3, mean 2, table 1, by three test cells with hidden tests.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from tests.grading.small import ROOT, cell

NAME = "hw1"
SECRET = "hidden-test-of-mean-7031"  # in a hidden test; must be seen by no student
RIGHT = {
    "square": "def square(x):\n    return x * x",
    "mean": "def mean(numbers):\n    return sum(numbers) / len(numbers)",
    "table": "import csv\nrows = list(csv.reader(open('data.csv')))",
}
TESTS = {
    "square": ("assert square(3) == 9", "assert square(-2) == 4\nassert square(0.5) == 0.25", 3),
    "mean": ("assert mean([1, 2, 3]) == 2", f"assert mean([7, 8]) == 7.5, '{SECRET}'", 2),
    "table": ("assert len(rows) == 3", "assert rows[1] == ['a', '1']", 1),
}
MOST = 6


def source() -> dict[str, Any]:
    """The instructor's notebook."""
    cells = [cell("markdown", "title", "# Homework"), cell("code", "start", "import math")]
    for name, text in RIGHT.items():
        seen, hidden, points = TESTS[name]
        head, _, body = text.partition("\n")
        solution = (
            f"{head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"
            if name != "table"
            else (f"### BEGIN SOLUTION\n{text}\n### END SOLUTION")
        )
        cells.append(cell("code", name, solution, solution=True))
        test = f"{seen}\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
        cells.append(cell("code", f"{name}-test", test, grade=True, locked=True, points=points))
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
        "cells": cells,
    }


def course(root: Path) -> Path:
    """Write the course into a folder."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    folder = root / "source" / "id" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(source()))
    (folder / "data.csv").write_text("x,y\na,1\nb,2\n")
    return root


def answered(root: Path, **changes: str) -> dict[str, Any]:
    """A released notebook with everything right; keyword arguments replace the text of solution cells."""
    notebook: dict[str, Any] = json.loads((root / "release" / "id" / NAME / f"{NAME}.ipynb").read_text("utf-8"))
    for one in notebook["cells"]:
        if one["id"] in RIGHT:
            one["source"] = changes.get(one["id"], RIGHT[one["id"]])
    return notebook


def hand_in(root: Path, student: str, notebook: dict[str, Any] | bytes) -> Path:
    """Put a notebook where nbgrader looks for submissions."""
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}.ipynb"
    path.write_bytes(notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode())
    return path
