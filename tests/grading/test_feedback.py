"""Feedback pages: the same as nbgrader's, only those that would differ, and whole after whatever cut a run short."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder import __main__ as command_line
from autograder import course, grade, workers
from autograder.feedback import NOTES, feedback
from autograder.progress import Done
from autograder.release import release
from tests.grading import small

pytestmark = pytest.mark.slow

STUDENTS = [f"s-{n:02}" for n in range(12)]
LATE, UNCLOSED, HOSTILE = STUDENTS[3:6]
KILLS = 10


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of twelve, both languages, some late, some read by a person, some with odd texts."""
    root = small.course(tmp_path_factory.mktemp("graded"))
    release(root, due="2026-03-09 23:59 +0700")
    texts = {
        UNCLOSED: "<div><b>*never closed*\n\n```python\nx = 1\n",
        HOSTILE: "</div></div>&amp; <!-- <script>1</script>",
    }
    for n, student in enumerate(STUDENTS):
        forms = {"flood": ("kerukunan", "bargaining")[n % 2], "market": ("bargaining", "kerukunan")[n // 2 % 2]}
        released = root / "release" / ("id", "en")[n % 2] / "ps90" / "ps90.ipynb"
        essay = texts.get(student, f"Essay {n}, with `code` and a [link](https://example.org).")
        small.hand_in(root, student, small.answered(released, **{"ps90-forms": forms, "student": student}, essay=essay))
    (root / "submitted" / LATE / "ps90" / "timestamp.txt").write_text("2026-03-11 12:00:00 UTC")
    assert [one.error for one in grade.grade(root, "ps90", quiet=True)] == [""] * len(STUDENTS)
    for student in (LATE, STUDENTS[7]):
        read(root, student, 2.5, "Better: *say why*. <u>x</u>")
    return root


@pytest.fixture
def room(graded: Path, tmp_path: Path) -> Path:
    """A copy of the graded class."""
    return shutil.copytree(graded, tmp_path / "room")


@pytest.fixture(scope="module")
def stock(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the pages of plain nbgrader."""
    root = shutil.copytree(graded, tmp_path_factory.mktemp("stock") / "room")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", "ps90"]
    subprocess.run(command, cwd=root, check=True, capture_output=True, env=os.environ | {"PATH": path})
    return root


def read(root: Path, student: str, points: float, comment: str) -> None:
    """Grade an essay by hand."""
    with course.gradebook(course.config(root)) as book:
        one = book.find_grade("ps90-aceh", "ps90", "ps90", student)
        one.manual_score, one.needs_manual_grade = points, False
        book.find_comment("ps90-aceh", "ps90", "ps90", student).manual_comment = comment
        book.db.commit()


def page(root: Path, student: str) -> Path:
    return root / "feedback" / student / "ps90" / "ps90.html"


def written(root: Path, **options: Any) -> list[str]:
    """Whose page is written, without an error."""
    done = feedback(root, "ps90", quiet=True, **options)
    assert not [one.error for one in done if one.error]
    return [one.student for one in done]


def pages(root: Path) -> dict[str, bytes]:
    """Everything in feedback/."""
    folder = root / "feedback"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def penalties(root: Path) -> list[float | None]:
    with course.gradebook(course.config(root)) as book:
        found = (book.find_submission_notebook("ps90", "ps90", student) for student in STUDENTS)
        return [one.late_submission_penalty for one in found]


def test_pages_are_those_of_nbgrader(stock: Path, room: Path) -> None:
    assert written(room) == STUDENTS
    assert pages(room) == pages(stock)
    assert len(pages(room)) == len(STUDENTS) + 1, "with the time of handing in of the one who has one"
    assert penalties(room) == penalties(stock)
    assert sum(one is not None for one in penalties(room)) == 1
    modes = {page(root, STUDENTS[0]).stat().st_mode for root in (room, stock)}
    assert len(modes) == 1


def test_only_pages_that_would_differ_are_written(room: Path) -> None:
    assert written(room) == STUDENTS
    assert written(room) == []
    read(room, STUDENTS[1], 3, "")
    assert written(room) == [STUDENTS[1]]
    read(room, STUDENTS[1], 3, "A comment.")
    with course.gradebook(course.config(room)) as book:
        book.find_grade("ps90-area-test", "ps90", "ps90", STUDENTS[2]).extra_credit = 1
        book.db.commit()
    assert written(room) == STUDENTS[1:3]
    assert "A comment." in page(room, STUDENTS[1]).read_text("utf-8")
    page(room, STUDENTS[8]).unlink()
    page(room, STUDENTS[9]).write_text("changed by hand", "utf-8")
    shutil.rmtree(room / "feedback" / STUDENTS[10])
    assert written(room, only=STUDENTS[9:]) == STUDENTS[9:11]
    assert written(room) == [STUDENTS[8]]
    path = room / "submitted" / STUDENTS[11] / "ps90" / "ps90.ipynb"
    path.write_text(path.read_text("utf-8").replace("Essay 11", "Essay eleven"), "utf-8")
    grade.grade(room, "ps90", quiet=True)
    assert written(room) == [STUDENTS[11]]
    read(room, LATE, 0, "")
    assert written(room) == [LATE]
    assert written(room, again=True, only=STUDENTS[:2]) == STUDENTS[:2]
    assert written(room) == []


def test_a_changed_setting_or_template_writes_all_pages_again(room: Path) -> None:
    written(room)
    with (room / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("\nc.LatePolicy.percent_per_day = 50\nc.HTMLExporter.extra_template_basedirs.insert(0, 'own')\n")
    template = room / "own" / "feedback" / "index.html.j2"
    template.parent.mkdir(parents=True)
    template.write_text("{% extends 'classic/index.html.j2' %}")
    assert written(room) == STUDENTS
    before = pages(room)
    template.write_text("{% extends 'classic/index.html.j2' %}{% block body %}Short.{% endblock %}")
    assert written(room) == STUDENTS
    assert before != pages(room)
    assert "Short." in page(room, STUDENTS[0]).read_text("utf-8")


def test_a_page_that_fails_is_named_and_no_old_one_is_left(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(room)
    path = room / "autograded" / STUDENTS[4] / "ps90" / "ps90.ipynb"
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8")[:200], "utf-8")
    assert command_line.main(["--course", str(room), "feedback", "ps90"]) == 1
    said = capsys.readouterr()
    assert "0 done" in said.out
    assert f"! {STUDENTS[4]}: NotJSONError" in said.err
    assert f"Details in {room}/autograded/ps90.log" in said.err
    assert not page(room, STUDENTS[4]).exists()
    assert [one.student for one in feedback(room, "ps90", quiet=True)] == [STUDENTS[4]], "it is tried again"


def test_the_command_names_and_tells(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["--course", str(room), "feedback", "ps90"]
    assert command_line.main([*call, "--dry-run"]) == 0
    assert capsys.readouterr().out.split() == STUDENTS
    assert not (room / "feedback").exists()
    assert not (room / NOTES).exists()
    assert penalties(room) == [None if one is None else pytest.approx(one) for one in penalties(room)]
    assert command_line.main([*call, "--json", "--only", *STUDENTS[:2]]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == [{"student": one, "page": str(page(room, one)), "error": ""} for one in STUDENTS[:2]]
    assert command_line.main([*call, "--dry-run", "--json"]) == 0
    assert [one["student"] for one in json.loads(capsys.readouterr().out)] == STUDENTS[2:]
    assert command_line.main(call) == 0
    said = capsys.readouterr()
    assert "ps90: 10 done in" in said.out
    assert "10/10" in said.err
    assert command_line.main(call) == 0
    assert capsys.readouterr().out == "ps90: nothing is new\n"
    assert command_line.main([*call, "--only", "s-nobody"]) == 2
    assert "s-nobody: ps90 is not graded. There are: s-00" in capsys.readouterr().err
    assert command_line.main(["--course", str(room), "feedback", "ps77"]) == 2
    assert "autograder grade ps77" in capsys.readouterr().err


def running(root: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """Feedback by the real command."""
    command = [sys.executable, "-m", "autograder", "feedback", "ps90", "--workers", "2", *arguments]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def makers(process: "subprocess.Popen[bytes]") -> Iterator[psutil.Process]:
    """The workers of a running command: what its server has forked."""
    for child in psutil.Process(process.pid).children():
        yield from child.children()


def test_workers_killed_ten_times_leave_the_same_pages(room: Path, stock: Path) -> None:
    chance = random.Random(10)
    killed = interrupted = 0
    while killed < KILLS:
        process, most = running(room, "--again"), killed + 3
        while process.poll() is None and killed < most:
            time.sleep(chance.uniform(0.01, 0.1))
            if (found := list(makers(process))) and chance.random() < 0.2:
                chance.choice(found).kill()
                killed += 1
        if process.poll() is None:
            process.kill()
            interrupted += 1
        process.wait()
    assert running(room).wait() == 0
    assert pages(room) == pages(stock)
    assert written(room) == []
    assert interrupted


def test_a_run_cut_short_goes_on_where_it_was(room: Path) -> None:
    process = running(room, "--workers", "1")
    while len(list((room / NOTES / "ps90").glob("*.json"))) < 3:
        assert process.poll() is None
        time.sleep(0.005)
    left = list(makers(process))
    process.kill()
    process.wait()
    gone, alive = psutil.wait_procs(left, timeout=10)
    assert left
    assert gone
    assert not alive, "workers end with who gave them work"
    first = {path.stem for path in (room / NOTES / "ps90").glob("*.json")}
    assert written(room) == [student for student in STUDENTS if student not in first]
    assert len(first) >= 3


def die_or_work(student: str, told: str) -> Done:
    if student == "s-2":
        os.kill(os.getpid(), signal.SIGKILL)
    return Done(student, "", told)


def test_a_worker_that_dies_costs_one_student() -> None:
    done = workers.each(die_or_work, {f"s-{n}": f"told {n}" for n in range(5)}, 2, module=__name__, quiet=True)
    assert [(one.student, one.error, one.log) for one in done] == [
        (f"s-{n}", "the process that worked on it died, twice." if n == 2 else "", "" if n == 2 else f"told {n}")
        for n in range(5)
    ]


def test_workers_know_the_environment_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("one", "two"):
        monkeypatch.setenv("JEJARING_TRIED", value)
        assert [
            one.log for one in workers.each(say_variable, {"s-1": "JEJARING_TRIED"}, module=__name__, quiet=True)
        ] == [value]


def say_variable(student: str, name: str) -> Done:
    return Done(student, "", os.environ.get(name, ""))
