"""A course of one tiny assignment, written out by code, so that each grading step can be tried on its own.

Points: forms 4 (two items), area 2 (a function), essay 3 (by hand).
"""

import copy
import json
import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NAME = "ps90"
FORMS = {"flood": "kerukunan", "market": "bargaining"}
ESSAY = "An instructor's own essay, which is long enough to be told from anything else."
STUB = "…"

HIDDEN = """### BEGIN HIDDEN TESTS
from jejaring.answers import current
def mark(qid, key):
    given = getattr(current(qid), "value", None) or {}
    right = sum(given.get(item) == value for item, value in key.items())
    print(f"{right} right")
    return 4.0 * right / len(key)
mark("ps90-forms", key={"flood": "kerukunan", "market": "bargaining"})
### END HIDDEN TESTS"""
CALLED = """### BEGIN HIDDEN TESTS
import os, json
from pathlib import Path
from autograder.sandbox import call
text = next("".join(c["source"]) for c in json.loads(Path("ps90.ipynb").read_text())["cells"]
            if c["metadata"].get("nbgrader", {}).get("grade_id") == "ps90-area")
def mark(right):
    data = os.environ.get("JEJARING_GRADING") == "data"
    return 2.0 * (right == (call(text, "area", [[2, 3]])[0].value if data else area(2, 3)))
mark(6)
### END HIDDEN TESTS"""
SOLUTION = """def area(width, height):
    ### BEGIN SOLUTION
    return width * height
    ### END SOLUTION"""


def cell(kind: str, name: str, source: str, **nbgrader: Any) -> dict[str, Any]:
    """A cell, with nbgrader's metadata if there are any."""
    made: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": {}, "source": source}
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    if nbgrader:
        given = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3} | nbgrader
        made["metadata"]["nbgrader"] = given | {"grade_id": name}
    return made


def source(language: str) -> dict[str, Any]:
    """The instructor's notebook."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"},
            "jejaring": {"language": language, "assignment": NAME},
        },
        "cells": [
            cell("markdown", "title", {"id": "# Tugas", "en": "# Assignment"}[language]),
            cell("code", "start", "started = True\nprint('instructor speaks')"),
            cell("code", "ps90-forms-test", HIDDEN, grade=True, locked=True, points=4),
            cell("code", "ps90-area", SOLUTION, solution=True),
            cell("code", "ps90-area-test", CALLED, grade=True, locked=True, points=2),
            cell("markdown", "ps90-aceh", ESSAY, grade=True, solution=True, points=3),
        ],
    }


def course(root: Path) -> Path:
    """Write the course into a folder."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for language in ("id", "en"):
        folder = root / "source" / language / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_text(json.dumps(source(language)))
    return root


def answered(released: Path, **changes: Any) -> dict[str, Any]:
    """A released notebook with everything right; keyword arguments replace answers or (``area``, ``essay``) cells."""
    notebook: dict[str, Any] = json.loads(released.read_text("utf-8"))
    given = {"ps90-forms": FORMS, "student": "s-01"} | {k: v for k, v in changes.items() if k not in {"area", "essay"}}
    notebook["metadata"]["jejaring"]["answers"] = {
        qid: {"value": value, "t": 1.0, "tries": 0} for qid, value in given.items() if value is not None
    }
    for one in notebook["cells"]:
        if one["id"] == "ps90-area":
            one["source"] = changes.get("area", "def area(width, height):\n    return width * height")
        if one["id"] == "ps90-aceh":
            one["source"] = changes.get("essay", "My essay.")
    return copy.deepcopy(notebook)


def hand_in(root: Path, student: str, notebook: dict[str, Any]) -> Path:
    """Put a notebook where nbgrader looks for submissions."""
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    return path
