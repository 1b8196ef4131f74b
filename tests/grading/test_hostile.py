"""Submissions that misbehave, each named after what it does, and honest neighbours that must keep their exact scores.

The course is of the classical kind, in which student and tests share a kernel: what is harder to keep safe. What a
misbehaving answer to a course of ours can do is in test_sandbox.py and test_grading.py.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from nbgrader.api import Gradebook

from autograder import bubble, course, grade
from autograder.bubble import TRUST
from autograder.course import CourseError
from autograder.feedback import feedback
from autograder.release import release
from autograder.report import Row, rows
from tests.grading import classical
from tests.grading.small import cell

pytestmark = pytest.mark.slow

Notebook = dict[str, Any]
ENVIRONMENT = "grader-token-4471"
DAEMON = "daemon-of-a-student-5530"
HONEST = ("aa-honest", "m-honest", "zz-honest")
UNREADABLE = "said what can't be read"
OURS = """
import os
def reply(line):
    for n in os.listdir('/proc/self/fd'):
        if os.path.exists(f'/proc/self/fd/{n}') and os.readlink(f'/proc/self/fd/{n}').startswith('socket:'):
            os.write(int(n), line.encode() + b'\\n')
def tell(what):
    try: print(what())
    except BaseException as error: print(type(error).__name__)
"""


def says(code: str) -> str:
    """A solution of `mean` that is right, after doing something."""
    return f"{OURS}\n{code}\n{classical.RIGHT['mean']}"


@dataclass(frozen=True)
class Misbehaviour:
    """What somebody hands in, what it deserves, and what the report says of it."""

    points: float | None
    code: str = ""
    change: Callable[[Notebook], Any] = lambda _: None
    flag: str = ""


def named(notebook: Notebook, name: str) -> Any:
    return next(one for one in notebook["cells"] if one["id"] == name)


def first(notebook: Notebook, code: str) -> None:
    notebook["cells"].insert(0, cell("code", "mine", code))


def worth_more(notebook: Notebook) -> None:
    named(notebook, "mean-test")["metadata"]["nbgrader"]["points"] = 1000


def without_tests(notebook: Notebook) -> None:
    notebook["cells"] = [one for one in notebook["cells"] if not one["id"].endswith("-test")]


def doubled(notebook: Notebook) -> None:
    notebook["cells"].append(json.loads(json.dumps(named(notebook, "mean-test"))) | {"id": "again", "source": "pass"})


def reordered(notebook: Notebook) -> None:
    notebook["cells"].reverse()


def skipped(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["metadata"]["tags"] = ["skip-execution", "raises-exception"]


def rewritten(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["source"] = "pass" if one["id"].endswith("-test") else one["source"]


def unlocked(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["metadata"].pop("nbgrader", None)


def patched(code: str) -> Callable[[Notebook], None]:
    """Everything wrong, but for a trick in the first cell."""

    def change(notebook: Notebook) -> None:
        first(notebook, code)
        for name in classical.RIGHT:
            named(notebook, name)["source"] = f"{name} = lambda *_: None\nrows = []"

    return change


DISBELIEVED = "none of its tests can be believed"
CUT_SHORT = "stopped while it was graded"

CLASS: dict[str, Misbehaviour] = {
    # looks round
    "reads-solutions": Misbehaviour(6, "tell(lambda: open('{root}/source/id/hw1/hw1.ipynb').read())"),
    "reads-gradebook": Misbehaviour(6, "tell(lambda: open('{root}/gradebook.db', 'rb').read()[:15])"),
    "reads-neighbour": Misbehaviour(6, "tell(lambda: os.listdir('{root}/submitted'))"),
    "reads-environment": Misbehaviour(
        6, "tell(lambda: dict(os.environ))\ntell(lambda: open('/proc/1/environ').read())"
    ),
    "reads-home": Misbehaviour(6, "tell(lambda: os.listdir('{home}'))\ntell(lambda: open('/etc/shadow').read())"),
    "reads-other-jobs": Misbehaviour(
        6, "import glob\ntell(lambda: [p for p in glob.glob('/tmp/*/*/work/*') if os.getcwd() not in p])"
    ),
    "writes-there": Misbehaviour(
        6,
        "for place in ('{root}/gradebook.db', '{root}/planted', '{home}/planted', '/tmp/planted-8812', '/usr/planted'):"
        "\n"
        "    tell(lambda: open(place, 'a').write('x'))",
    ),
    "calls-the-network": Misbehaviour(
        6,
        "import socket\nfor address in (('127.0.0.1', {port}), ('1.1.1.1', 53)):\n"
        "    tell(lambda: socket.create_connection(address, 1))",
    ),
    # takes what it can
    "fork-bomb": Misbehaviour(3, "while True: os.fork()", flag=CUT_SHORT),
    "memory-bomb": Misbehaviour(None, "hoard = []\nwhile True: hoard.append(b'x' * 10**8)"),  # 4, or 3 if it is ended
    "asks-for-too-much": Misbehaviour(4, "hoard = bytearray(10**11)"),
    "memory-by-many": Misbehaviour(
        3,
        "import time\nfor _ in range(12):\n    if os.fork() == 0:\n        hoard = bytearray(600_000_000)\n"
        "        hoard[::4096] = b'x' * len(hoard[::4096])\n        time.sleep(60)\ntime.sleep(60)",
        flag="of memory",
    ),
    "endless-loop": Misbehaviour(4, "while True: pass"),
    "uninterruptible-loop": Misbehaviour(
        3, "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass", flag=CUT_SHORT
    ),
    "ten-thousand-outputs": Misbehaviour(
        3, "from IPython.display import display\nfor n in range(10_000): display(n)", flag="5,000 outputs"
    ),
    "floods-output": Misbehaviour(3, "print('x' * 30_000_000)", flag="characters of output"),
    "fills-the-disk": Misbehaviour(
        6, "tell(lambda: [open(str(n), 'wb').write(b'x' * 10**7) for n in range(10_000)] and None)"
    ),
    # ends things
    "exits": Misbehaviour(3, "os._exit(0)", flag=CUT_SHORT),
    "kills-its-parent": Misbehaviour(
        6,
        "import signal\nfor who in (os.getppid(), 1, -1):\n    tell(lambda: who == 0 or os.kill(who, signal.SIGKILL))",
    ),
    "leaves-a-daemon": Misbehaviour(
        6,
        "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)', '{daemon}'],"
        " start_new_session=True)",
    ),
    # speaks for the process that runs it
    "replies-infinity": Misbehaviour(3, "reply('[1e999, []]')", flag=UNREADABLE),
    "replies-less-than-nothing": Misbehaviour(3, "reply('[-1, []]')", flag=UNREADABLE),
    "replies-deeply": Misbehaviour(3, "reply('[1, [' * 400 + ']]' * 400)", flag="outputs that are none"),
    "closes-its-line": Misbehaviour(3, "os.closerange(0, 99)", flag=CUT_SHORT),
    # wants points for nothing
    "patches-run-cell": Misbehaviour(
        0, change=patched("get_ipython().run_cell = lambda *_, **__: None"), flag=CUT_SHORT
    ),
    "patches-run-code": Misbehaviour(
        0,
        change=patched("async def fine(*_, **__): return False\nget_ipython().run_code = fine"),
        flag=DISBELIEVED,
    ),
    "silences-errors": Misbehaviour(0, change=patched("get_ipython().showtraceback = lambda *_, **__: None"), flag=""),
    "redefines-assertion-error": Misbehaviour(
        0, change=patched("import builtins\nbuiltins.AssertionError = type('Fine', (Exception,), {{}})"), flag=""
    ),
    "changed-points": Misbehaviour(6, change=worth_more),
    "deleted-tests": Misbehaviour(6, change=without_tests),
    "doubled-test": Misbehaviour(6, change=doubled),
    "skip-tags": Misbehaviour(6, change=skipped),
    "rewritten-tests": Misbehaviour(6, change=rewritten),
    "no-metadata": Misbehaviour(None, change=unlocked),
    "reordered-cells": Misbehaviour(None, change=reordered),
    # is curious
    "hooks-that-print-tests": Misbehaviour(
        6,
        change=lambda notebook: first(
            notebook,
            "get_ipython().events.register('pre_run_cell', lambda info: print(info.raw_cell))\n"
            "get_ipython().events.register('post_run_cell', lambda result: print(result.info.raw_cell))",
        ),
    ),
    "shows-scripts": Misbehaviour(
        6,
        "from IPython.display import HTML, SVG, Javascript, Markdown, display\n"
        "acts = '<script>act()</script><img src=x onerror=act()><a href=\"javascript:act()\">x</a>'\n"
        'svg = \'<svg xmlns="http://www.w3.org/2000/svg" onload="act()"></svg>\'\n'
        "display(HTML(acts), Markdown(acts), SVG(svg), Javascript('act()'))\n"
        "display({{'text/html': ['<scr', 'ipt>act()</script>'], 'application/x-odd': acts}}, raw=True)",
    ),
    "reads-its-own-tests": Misbehaviour(6, "tell(lambda: open('hw1.ipynb').read())"),
}


@pytest.fixture(scope="module")
def caller() -> Iterator[tuple[int, list[Any]]]:
    """A server on this machine that nobody should reach."""
    heard: list[Any] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        try:
            while True:
                heard.append(server.accept())
        except OSError:
            return

    threading.Thread(target=listen, daemon=True).start()
    yield server.getsockname()[1], heard
    server.close()


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, caller: tuple[int, list[Any]]) -> Path:
    if trouble := bubble.trouble():
        pytest.skip(trouble)
    root = classical.course(tmp_path_factory.mktemp("hostile"))
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("\nc.Execute.timeout = 4\nc.Sandbox.total_seconds = 20\n")
        config.write("c.Sandbox.total_memory = 2 * 10**9\n")
    release(root)
    for student in HONEST:
        classical.hand_in(root, student, classical.answered(root))
    for student, does in CLASS.items():
        where = {"root": root, "home": Path.home(), "port": caller[0], "daemon": DAEMON}
        notebook = classical.answered(root, **({"mean": says(does.code.format(**where))} if does.code else {}))
        does.change(notebook)
        classical.hand_in(root, student, notebook)
    files(root)
    os.environ["GRADER_TOKEN"] = ENVIRONMENT
    try:
        done = grade.grade(root, classical.NAME, workers=2, quiet=True)
        assert feedback(root, classical.NAME, quiet=True)
    finally:
        del os.environ["GRADER_TOKEN"]
    assert {one.student for one in done if one.error} == set(BROKEN)
    return root


# Files that are no notebooks, and what is said of each.
BROKEN = {
    "invalid-json": (b'{"cells": [', "JSON"),
    "not-utf-8": (b'{"cells": "\xff\xfe\xfa"}', "codec"),
    "an-empty-file": (b"", "JSON"),
    "another-format": (b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', "99"),
    "a-list": (b"[1, 2, 3]", ""),
    "100-megabytes": (b'{"cells": "' + b"x" * 100_000_000 + b'"}', "100 MB, at most 30 MB are read"),
}


def files(root: Path) -> None:
    """Hand in what is wrong as a file, and files that lie beside a notebook."""
    for student, (content, _) in BROKEN.items():
        classical.hand_in(root, student, content)
    for student in ("links-out", "dangling-links", "shadows-modules"):
        path = classical.hand_in(root, student, classical.answered(root))
        if student == "links-out":
            path.with_name("mine.db").symlink_to(root / "gradebook.db")
            path.with_name("sources").symlink_to(root / "source")
        elif student == "dangling-links":
            path.with_name("gone.csv").symlink_to(root / "nothing")
        else:
            for module in ("csv", "math", "json", "random"):
                path.with_name(f"{module}.py").write_text("raise SystemExit")
    renamed = classical.hand_in(root, "renamed", classical.answered(root))
    renamed.rename(renamed.with_name("homework (1).ipynb"))


def row(root: Path, student: str) -> Row:
    with course.gradebook(course.config(root)) as book:
        return next(one for one in rows(book, root, classical.NAME) if one.student == student)


def outputs(root: Path, student: str) -> str:
    path = root / "autograded" / student / classical.NAME / f"{classical.NAME}.ipynb"
    return json.dumps([one.get("outputs") for one in json.loads(path.read_text("utf-8"))["cells"]])


@pytest.mark.parametrize("student", [*HONEST, "links-out", "dangling-links", "shadows-modules"])
def test_honest_work_keeps_its_exact_score(graded: Path, student: str) -> None:
    result = row(graded, student)
    assert (result.points, result.status, result.flags) == (classical.MOST, "graded", "")


@pytest.mark.parametrize("student", CLASS)
def test_everybody_gets_what_they_deserve(graded: Path, student: str) -> None:
    does, result = CLASS[student], row(graded, student)
    assert result.status == "graded"
    assert does.points is None or result.points == does.points, outputs(graded, student)[-2000:]
    assert does.flag in result.flags
    assert 0 <= result.points <= classical.MOST


@pytest.mark.parametrize("student", BROKEN)
def test_what_is_no_notebook_is_named_and_has_no_score(graded: Path, student: str) -> None:
    assert row(graded, student).status == "not graded"
    again = {one.student: one.error for one in grade.grade(graded, classical.NAME, quiet=True)}
    assert BROKEN[student][1] in again[student]
    assert set(again) == set(BROKEN), "what is graded stays graded"


@pytest.mark.parametrize("student", [name for name in CLASS if name.startswith(("reads", "hooks"))])
def test_nothing_of_the_machine_and_no_test_is_seen(graded: Path, student: str) -> None:
    seen = outputs(graded, student)
    page = (graded / "feedback" / student / classical.NAME / f"{classical.NAME}.html").read_text("utf-8")
    for secret in (ENVIRONMENT, "SQLite format", "aa-honest", "### BEGIN SOLUTION", ".bashrc", "root:"):
        assert secret not in seen
        assert secret not in page
    assert classical.SECRET not in page


def test_nothing_acts_in_the_graders_browser(graded: Path) -> None:
    page = (graded / "feedback" / "shows-scripts" / classical.NAME / f"{classical.NAME}.html").read_text("utf-8")
    path = graded / "autograded" / "shows-scripts" / classical.NAME / f"{classical.NAME}.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"]
    shown = json.dumps([one["data"] for cell in cells for one in cell.get("outputs", []) if "data" in one])
    assert "text/html" in shown
    for acting in ("<script", "onerror", "onload", "javascript:", "act()"):
        assert acting not in shown
    assert "<script>act()" not in page
    assert "onerror=act()>" not in page


def test_nothing_was_written_and_nobody_was_called(graded: Path, caller: tuple[int, list[Any]]) -> None:
    for place in (graded / "planted", Path.home() / "planted", Path("/tmp/planted-8812"), Path("/usr/planted")):
        assert not place.exists()
    assert caller[1] == []


def test_nobody_is_left(graded: Path) -> None:
    end = time.monotonic() + 10
    left: list[Any] = [True]
    while left and time.monotonic() < end:
        left = [one for one in psutil.process_iter(["cmdline"]) if DAEMON in (one.info["cmdline"] or [])]
        time.sleep(0.2)
    assert left == []


def test_links_bring_nothing_in(graded: Path) -> None:
    for student in ("links-out", "dangling-links"):
        folder = graded / "autograded" / student / classical.NAME
        assert {path.name for path in folder.rglob("*")} <= {f"{classical.NAME}.ipynb", "data.csv"}


def test_a_comment_says_what_happened(graded: Path) -> None:
    with course.gradebook(course.config(graded)) as book:
        said = [
            one.auto_comment for one in book.find_submission_notebook(classical.NAME, classical.NAME, "exits").comments
        ]
    assert all("cut short" in comment for comment in said)


def test_without_a_sandbox_nothing_runs_unless_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = classical.course(tmp_path)
    release(root)
    classical.hand_in(root, "aa-honest", classical.answered(root))
    monkeypatch.setenv("PATH", str(Path(os.__file__).parent))  # no bwrap there
    bubble.trouble.cache_clear()
    try:
        with pytest.raises(CourseError, match=r"apt-get install bubblewrap.*--trust-submissions"):
            grade.grade(root, classical.NAME, quiet=True)
        monkeypatch.setenv(TRUST, "1")
        assert [one.error for one in grade.grade(root, classical.NAME, quiet=True)] == [""]
        assert row(root, "aa-honest").points == classical.MOST
    finally:
        bubble.trouble.cache_clear()


def stock(root: Path, **students: Notebook) -> "subprocess.CompletedProcess[str]":
    """Grade a class by nbgrader as it comes, without any settings of ours."""
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'stock'\n")
    (root / "source" / "id" / classical.NAME).rename(root / "source" / classical.NAME)
    for student, notebook in students.items():
        classical.hand_in(root, student, notebook)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for command in (["generate_assignment", classical.NAME, "--force"], ["autograde", classical.NAME]):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=root,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
    return done


def stock_points(root: Path, student: str) -> float:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "stock") as book:
        return float(book.find_submission(classical.NAME, student).score)


def test_what_nbgrader_gives_and_shows_as_it_comes(tmp_path: Path) -> None:
    """Full points to a tag and to a patched shell, and the gradebook to whoever asks: why we don't use it so."""
    root = classical.course(tmp_path)
    release(root)
    skips, patches, looks = (classical.answered(root) for _ in range(3))
    for name in classical.RIGHT:
        named(skips, name)["source"] = "pass"
    skipped(skips)
    CLASS["patches-run-code"].change(patches)
    first(looks, f"print(open('{root}/gradebook.db', 'rb').read()[:15])")
    done = stock(root, skips=skips, patches=patches, looks=looks)
    assert done.returncode == 0, done.stderr[-2000:]
    assert [stock_points(root, student) for student in ("skips", "patches", "looks")] == [classical.MOST] * 3
    assert "SQLite format" in outputs(root, "looks")


def test_a_doubled_cell_stops_nbgraders_class_as_it_comes(tmp_path: Path) -> None:
    root = classical.course(tmp_path)
    release(root)
    twice, honest = classical.answered(root), classical.answered(root)
    doubled(twice)
    done = stock(root, a_twice=twice, b_honest=honest)
    assert done.returncode != 0
    assert not (root / "autograded" / "b_honest" / classical.NAME / f"{classical.NAME}.ipynb").exists()
