"""More than one machine: a Dask cluster of separate processes, one of them killed; a gradebook in PostgreSQL."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import Client

from autograder import grade
from autograder.course import CourseError
from autograder.feedback import feedback
from autograder.release import release
from tests.grading.test_resume import STUDENTS, school, scores

pytestmark = pytest.mark.slow

WAIT = 60


def daemon(*command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[Any]]]:
    """A scheduler and two workers, each a process of its own."""
    told = tmp_path / "scheduler.json"
    processes = [
        daemon("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    ]
    end = time.monotonic() + WAIT
    while not told.is_file() and time.monotonic() < end:
        time.sleep(0.1)
    workers = [
        daemon("distributed.cli.dask_worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-nanny",
               "--no-dashboard", "--local-directory", str(tmp_path / name))
        for name in ("one", "two")
    ]  # fmt: skip
    address = str(json.loads(told.read_text("utf-8"))["address"])
    with Client(address, timeout=WAIT) as client:
        client.wait_for_workers(2, timeout=WAIT)
    yield address, workers
    for process in (*workers, *processes):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_a_cluster_gives_the_same_scores_when_a_worker_is_killed(
    tmp_path: Path, cluster: tuple[str, list[Any]]
) -> None:
    address, workers = cluster
    here, there = school(tmp_path / "here"), school(tmp_path / "there")
    grade.grade(here, "ps90", quiet=True)

    def kill() -> None:
        end = time.monotonic() + WAIT
        while len(list((there / "autograded").glob("*/ps90/ps90.ipynb"))) < 4 and time.monotonic() < end:
            time.sleep(0.02)
        os.killpg(workers[0].pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    done = grade.grade(there, "ps90", cluster=address, quiet=True)
    killer.join()
    assert workers[0].wait(10) == -signal.SIGKILL
    assert [one.error for one in done] == [""] * len(STUDENTS)
    assert scores(there) == scores(here)


def test_a_cluster_that_is_not_there_is_said(tmp_path: Path) -> None:
    root = school(tmp_path / "alone")
    with pytest.raises(CourseError, match=r"tcp://127.0.0.1:9: no Dask scheduler answers.*dask scheduler"):
        grade.grade(root, "ps90", cluster="tcp://127.0.0.1:9", quiet=True)


@pytest.fixture
def postgres() -> Iterator[str]:
    """A server of our own, reached by a socket in a folder."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is not installed: sudo apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="jejaring-pg-"))
    as_who: list[str] = []
    if os.getuid() == 0:  # the server refuses to run as the superuser
        shutil.chown(folder, "postgres", "postgres")
        as_who = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"]
    command = [str(found[-1]), "-D", str(folder / "data"), "-U", "grader", "--auth", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([*as_who, *command], check=True, capture_output=True, cwd=folder)
    server = subprocess.Popen(
        [*as_who, str(found[-1].with_name("postgres")), "-D", str(folder / "data"), "-k", str(folder), "-h", "", "-F"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    end = time.monotonic() + WAIT
    while not (folder / ".s.PGSQL.5432").exists() and time.monotonic() < end:
        time.sleep(0.1)
    yield f"postgresql+psycopg://grader@/postgres?host={folder}"
    server.terminate()
    server.wait()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_gradebook_in_postgresql_holds_the_same(
    tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, server = school(tmp_path / "file"), tmp_path / "server"
    shutil.copytree(file, server)
    (server / "gradebook.db").unlink()
    with (server / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.CourseDirectory.db_url = {postgres!r}\n")
    release(server)
    assert not (server / "gradebook.db").exists()
    for root in (file, server):
        assert not [one for one in grade.grade(root, "ps90", quiet=True) if one.error]
    assert scores(server) == scores(file)
    assert grade.grade(server, "ps90", quiet=True) == []
    assert feedback(server, "ps90", quiet=True)
    assert not (server / "gradebook.db").exists()


def test_memory_does_not_grow_with_the_class(tmp_path: Path) -> None:
    """What grading holds in memory after 20 submissions is what it holds after 60, give or take a little."""
    root = school(tmp_path / "flat")
    held = []
    for _ in range(3):
        grade.grade(root, "ps90", again=True, workers=1, quiet=True)
        held.append(psutil.Process().memory_info().rss)
    assert held[2] - held[1] < 15_000_000, held
