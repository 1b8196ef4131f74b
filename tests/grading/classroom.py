"""A graded class of thirty, made by code without running a kernel: answers, gradebook and autograded notebooks.

What each question is for: ``rule`` is sound, with an option that nobody takes; ``trap`` has a wrong key, so that the
best earn nothing; ``pairs`` and ``ticks`` are scored in parts; ``count`` is very hard and often left out; ``why`` is an
essay that waits for most; ``square`` is a classical test without an exercise.
"""

import json
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder import course
from autograder.intake import BY_NUMBER
from autograder.report import COLLECTED
from jejaring.exercises import kinds
from jejaring.exercises.bank import find
from tests.grading.small import ROOT, cell

NAME = "ps91"
HOSTILE = "<script>alert('x')</script>"
STUB = "…"
KEYS: dict[str, Any] = {
    "rule": "b",
    "trap": "a",
    "pairs": {"one": "p", "two": "q", "three": "r", "four": "s"},
    "ticks": ["x", "y"],
    "count": {"n": 42},
}
POINTS = {"rule": 4, "trap": 4, "pairs": 8, "ticks": 6, "count": 4, "why": 20, "square": 2}
RENAMED, LATE, UNTOUCHED, STOPPED, UNGRADED, ABSENT = "s04", "s06", "s27", "s28", "s29", "s30"

BANK = """
[ps91-rule]
kind = "choice"
points = 4
prompt.id = "Aturan mana yang *berlaku*?"
prompt.en = "Which rule *holds*?"
[ps91-rule.options]
a.text = {id = "aturan satu", en = "rule one"}
b.text = {id = "aturan dua", en = "rule two"}
c.text = {id = "aturan tiga", en = "rule three"}
d.text = {id = "aturan empat", en = "rule four"}

[ps91-trap]
kind = "choice"
points = 4
prompt.id = "Mana yang salah kunci?"
prompt.en = "Which one has the wrong key?"
[ps91-trap.options]
a.text = {id = "yang dikunci", en = "the one in the key"}
b.text = {id = "yang lain", en = "another"}
c.text = {id = "yang sebenarnya", en = "the one that is right"}

[ps91-pairs]
kind = "match"
points = 8
prompt.id = "Pasangkan."
prompt.en = "Match."
[ps91-pairs.left]
one.text = {id = "satu", en = "one"}
two.text = {id = "dua", en = "two"}
three.text = {id = "tiga", en = "three"}
four.text = {id = "empat", en = "four"}
[ps91-pairs.right]
p.text = {id = "kanan p", en = "right p"}
q.text = {id = "kanan q", en = "right q"}
r.text = {id = "kanan r", en = "right r"}
s.text = {id = "kanan s", en = "right s"}
t.text = {id = "kanan t", en = "right t"}

[ps91-ticks]
kind = "multi"
points = 6
prompt.id = "Tandai semua."
prompt.en = "Tick all."
[ps91-ticks.options]
x.text = {id = "pilihan x", en = "option x"}
y.text = {id = "pilihan y", en = "option y"}
z.text = {id = "pilihan z", en = "option z"}

[ps91-count]
kind = "number"
points = 4
prompt.id = "Hitung {many} kali."
prompt.en = "Count {many} times."
parameters.many.values = [3, 4]
fields.n.label = {id = "banyaknya", en = "how many"}

[ps91-why]
kind = "essay"
points = 20
prompt.id = "Mengapa?"
prompt.en = "Why?"
minimum_words = 5
maximum_words = 200
[ps91-why.rubric.argument]
points = 20
text = {id = "Alasan", en = "Argument"}
zero = {id = "tidak ada", en = "none"}
half = {id = "sebagian", en = "some"}
full = {id = "lengkap", en = "all"}
"""


def answers(place: int, chance: random.Random) -> dict[str, Any]:
    """What a student answers; the lower the place, the better they know it."""
    knows = [chance.random() < 1 - place / 30 for _ in range(8)]
    pairs = {item: (right if known else "pqrst"["pqrst".index(right) - 1]) for (item, right), known in zip(
        KEYS["pairs"].items(), knows[:4], strict=True)}  # fmt: skip
    given: dict[str, Any] = {
        "rule": "b" if knows[4] else chance.choice("ac"),
        "trap": "c" if knows[5] else chance.choice("ab"),
        "pairs": pairs,
        "ticks": ["x", "y"] if knows[6] else chance.choice([["x"], ["x", "z"], ["y", "z"]]),
        "why": "" if place == 20 else f"Because of {place} reasons.",
        "square": "def square(x): return x * x" if knows[7] else "def square(x): return 2 * x",
    }
    if place < 18:
        given["count"] = {"n": "42" if place < 3 else str(place)}
    return given


def course_of_thirty(root: Path) -> Path:
    """Write course, gradebook and notebooks into a folder; the variable JEJARING_BANK must name its ``bank``."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "bank").mkdir()
    (root / "bank" / f"{NAME}.toml").write_text(BANK, "utf-8")
    with course.gradebook(course.config(root)) as book:
        book.add_assignment(NAME, duedate="2026-03-09 16:59:00")
        book.add_notebook(NAME, NAME)
        for name, points in POINTS.items():
            own = f"{NAME}-{name}" if name == "why" else f"{NAME}-{name}-test"
            kind = "markdown" if name == "why" else "code"
            book.add_grade_cell(own, NAME, NAME, max_score=points, cell_type=kind)
            book.add_source_cell(own, NAME, NAME, cell_type=kind, source=STUB)
        book.add_source_cell(f"{NAME}-square", NAME, NAME, cell_type="code", source="...")
        chance = random.Random(91)
        for place in range(30):
            student = f"s{place + 1:02d}"
            book.add_student(student, first_name=HOSTILE if place == 1 else f"Siswa {place + 1}", last_name="& Co")
            if student != ABSENT:
                given = {} if student == UNTOUCHED else answers(place, chance)
                _hand_in(book, root, student, given)
    return root


@contextmanager
def opened(folder: Path) -> Iterator[Path]:
    """A course of thirty, with its questions where they are found."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JEJARING_BANK", str(folder / "bank"))
        yield course_of_thirty(folder)


def _hand_in(book: Any, root: Path, student: str, given: dict[str, Any]) -> None:
    """One submission: scores as ``mark`` would give them, and the notebook that grading leaves."""
    came = "2026-03-10 17:30:00" if student == LATE else "2026-03-09 10:00:00"
    book.add_submission(NAME, student, timestamp=came)
    stored = {f"{NAME}-{name}": value for name, value in given.items() if name not in {"why", "square"}}
    cells = []
    for grade in book.find_submission_notebook(NAME, NAME, student).grades:
        name = grade.name.removeprefix(f"{NAME}-").removesuffix("-test")
        if name == "why":
            text = given.get("why") or STUB
            grade.auto_score, grade.needs_manual_grade = (0, False) if text == STUB else (None, True)
            if student == "s01":
                grade.manual_score, grade.needs_manual_grade = 15, False
            cells.append(cell("markdown", grade.name, text, grade=True, solution=True, points=20))
            continue
        grade.auto_score = POINTS[name] * (0 if student == STOPPED else credit(name, given.get(name)))
        grade.needs_manual_grade = False
        if name == "square":
            cells.append(cell("code", f"{NAME}-square", given.get(name, "..."), solution=True))
        test = cell("code", grade.name, f'mark("{NAME}-{name}")', grade=True, locked=True, points=POINTS[name])
        if student == STOPPED:
            error = {
                "output_type": "error",
                "ename": "Stopped",
                "evalue": "ran too long",
                "traceback": ["ran too long"],
            }
            test["outputs"] = [error]
        cells.append(test)
    book.db.commit()
    flags = {UNTOUCHED: {"no-answers": ""}, STOPPED: {"stopped": "ran longer than 60 s"}}.get(student, {})
    if student == "s03":
        flags = {"other-student": HOSTILE}
    stamped = {qid: {"value": value, "t": 1.0, "tries": 0} for qid, value in stored.items()}
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"jejaring": {"answers": stamped, "flags": flags}},
        "cells": cells,
    }
    if student == RENAMED:
        noticed = root / "submitted" / student / NAME / COLLECTED
        noticed.parent.mkdir(parents=True)
        noticed.write_text(json.dumps({"from": "x", "notes": [f"renamed ({HOSTILE})", BY_NUMBER]}), "utf-8")
    nbformat.validate(nbformat.from_dict(notebook))
    if student != UNGRADED:
        path = root / "autograded" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), "utf-8")


def credit(name: str, value: Any) -> float:
    """The share that an answer earns."""
    if name == "square":
        return float(value is not None and "x * x" in value)
    return kinds.judge(find(f"{NAME}-{name}"), value, KEYS[name]).credit or 0.0
