"""Grading that is cut short, in whatever way, loses nothing and goes on where it was."""

import contextlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder import course, grade
from autograder.course import CourseError
from autograder.feedback import feedback
from autograder.release import release
from autograder.report import rows
from tests.grading import classical, small

pytestmark = pytest.mark.slow

STUDENTS = [f"s-{n:02}" for n in range(20)]
KILLS = 30


def school(root: Path) -> Path:
    """A class of twenty in which everybody answers differently."""
    root.mkdir()
    small.course(root)
    release(root)
    for n, student in enumerate(STUDENTS):
        forms = {"flood": ("kerukunan", "bargaining")[n % 2], "market": ("bargaining", "kerukunan")[n // 2 % 2]}
        area = f"def area(width, height):\n    return width * height + {n % 3}"
        released = root / "release" / ("id", "en")[n % 2] / "ps90" / "ps90.ipynb"
        changes = {"ps90-forms": forms, "area": area, "student": student, "essay": f"Essay {n}."}
        small.hand_in(root, student, small.answered(released, **changes))
    return root


def started(root: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "autograder", *arguments]
    return subprocess.Popen(
        command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def everything(root: Path) -> dict[str, Any]:
    """Scores, comments, graded notebooks and feedback, without dates."""
    with course.gradebook(course.config(root)) as book:
        table = [(row.student, row.status, row.points, row.waiting, row.flags) for row in rows(book, root, "ps90")]
        comments = sorted(
            (student, one.name, one.comment)
            for student in STUDENTS
            for one in book.find_submission_notebook("ps90", "ps90", student).comments
        )
    notebooks = {
        student: json.loads((root / f"autograded/{student}/ps90/ps90.ipynb").read_text("utf-8")) for student in STUDENTS
    }
    pages = {
        student: re.sub(
            r"\d{4}-\d\d-\d\d [\d:.]+|id=\"[^\"]*\"",
            "",
            (root / f"feedback/{student}/ps90/ps90.html").read_text("utf-8"),
        )
        for student in STUDENTS
    }
    return {"table": table, "comments": comments, "notebooks": notebooks, "pages": pages}


def test_killed_thirty_times_it_ends_with_the_same_results(tmp_path: Path) -> None:
    calm, hunted = school(tmp_path / "calm"), school(tmp_path / "hunted")
    assert not [one for one in grade.grade(calm, "ps90", quiet=True) if one.error]
    feedback(calm, "ps90", quiet=True)
    chance = random.Random(30)
    killed = whole = 0
    while killed < KILLS:
        process = started(hunted, "grade", "ps90", "--workers", "2", *(["--again"] if whole else []))
        try:
            assert process.wait(chance.uniform(0.3, 4)) == 0
            whole += 1
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
    assert started(hunted, "grade", "ps90").wait() == 0
    assert started(hunted, "feedback", "ps90").wait() == 0
    assert everything(hunted) == everything(calm)
    assert sum(points for _, _, points, _, _ in everything(calm)["table"]) > 0


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    root = school(tmp_path / "once")
    assert len(grade.grade(root, "ps90", quiet=True)) == 20
    assert grade.grade(root, "ps90", quiet=True) == []
    path = root / "submitted" / STUDENTS[4] / "ps90" / "ps90.ipynb"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert [one.student for one in grade.grade(root, "ps90", quiet=True)] == [STUDENTS[4]]
    graded = root / "autograded" / STUDENTS[7] / "ps90" / "ps90.ipynb"
    graded.chmod(0o644)
    graded.write_text(graded.read_text("utf-8")[:100], "utf-8")  # as a machine that lost power leaves it
    assert [one.student for one in grade.grade(root, "ps90", quiet=True)] == [STUDENTS[7]]


def test_a_mended_test_changes_what_it_must_and_no_manual_grade(tmp_path: Path) -> None:
    root = school(tmp_path / "mended")
    grade.grade(root, "ps90", quiet=True)
    with course.gradebook(course.config(root)) as book:
        for student in STUDENTS:
            one = book.find_grade("ps90-aceh", "ps90", "ps90", student)
            one.manual_score, one.needs_manual_grade = 2.0, False
            book.find_comment("ps90-aceh", "ps90", "ps90", student).manual_comment = "Good."
        book.db.commit()
    before = {student: score for student, _, score, _, _ in scores(root)}
    for path in (root / "source").glob("*/ps90/ps90.ipynb"):
        path.write_text(path.read_text("utf-8").replace("2.0 * (right ==", "1.0 * (right =="), "utf-8")
    release(root)
    assert len(grade.grade(root, "ps90", quiet=True)) == 20, "a mended assignment is graded again by itself"
    after = scores(root)
    for n, (student, status, points, waiting, _) in enumerate(after):
        assert (status, waiting) == ("graded", 0)
        assert points == before[student] - (1 if n % 3 == 0 else 0)
    with course.gradebook(course.config(root)) as book:
        assert book.find_comment("ps90-aceh", "ps90", "ps90", STUDENTS[0]).manual_comment == "Good."


def scores(root: Path) -> list[Any]:
    with course.gradebook(course.config(root)) as book:
        return [(row.student, row.status, row.points, row.waiting, row.flags) for row in rows(book, root, "ps90")]


def test_a_gradebook_in_use_is_said_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.books.BUSY", 300)
    root = school(tmp_path / "busy")
    grade.grade(root, "ps90", only=STUDENTS[:5], quiet=True)
    before = scores(root)
    other = sqlite3.connect(root / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(CourseError, match=r"can't be written.*locked.*run\s+the same command again"):
            grade.grade(root, "ps90", quiet=True)
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert scores(root)[:5] == before[:5]
    assert [one.student for one in grade.grade(root, "ps90", quiet=True)] == STUDENTS[5:]


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    small_disk = tmp_path / "disk"
    small_disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(small_disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by the superuser only")
    try:
        root = school(small_disk / "full")
        grade.grade(root, "ps90", only=STUDENTS[:5], quiet=True)
        before = scores(root)
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        with pytest.raises(CourseError, match="stays graded"):
            grade.grade(root, "ps90", quiet=True)
        filler.unlink()
        assert scores(root)[:5] == before[:5]
        assert {one.student for one in grade.grade(root, "ps90", quiet=True)} >= set(STUDENTS[5:])
        assert all(status == "needs manual grade" for _, status, *_ in scores(root))
    finally:
        time.sleep(0.2)
        subprocess.run(["umount", "-l", str(small_disk)], check=True)


@pytest.mark.parametrize("kind", ["data", "shared"])
def test_a_warm_process_that_dies_costs_nobody_anything(tmp_path: Path, kind: str) -> None:
    """As when memory runs out and the system picks a victim."""
    root, name = tmp_path / kind, "ps90" if kind == "data" else classical.NAME
    if kind == "data":
        school(root)
    else:
        root.mkdir()
        release(classical.course(root))
        for n, student in enumerate(STUDENTS):
            changes = {} if n % 3 else {"mean": "mean = max"}
            classical.hand_in(root, student, classical.answered(root, **changes))
    other = Path(shutil.copytree(root, tmp_path / "undisturbed"))
    grade.grade(other, name, quiet=True)
    kills, graded = 0, root / "autograded"
    process = started(root, "grade", name)
    while process.poll() is None:
        time.sleep(0.02)
        if len(list(graded.glob("*/*/*.ipynb"))) > 5 * kills and (warm := warm_processes(process.pid)):
            warm[kills % len(warm)].kill()
            kills += 1
    assert process.returncode == 0
    assert kills > 1
    assert table(root, name) == table(other, name)


def warm_processes(pid: int) -> list[psutil.Process]:
    """Those that a command has started."""
    found = []
    with contextlib.suppress(psutil.Error):
        for one in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if any(part.endswith("zygote.py") for part in one.cmdline()):
                    found.append(one)
    return found


def table(root: Path, name: str) -> list[Any]:
    """Scores and flags."""
    with course.gradebook(course.config(root)) as book:
        return [(row.student, row.status, row.points, row.flags) for row in rows(book, root, name)]
