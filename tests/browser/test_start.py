"""A lesson starts with one click, and the reader stays where they were."""

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.lab import Notebook, Server, end_kernels, until

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

BUTTON = '<button data-commandlinker-command="notebook:run-all-cells">▶ Mulai</button>'
TOP = {"cell_type": "markdown", "source": f"# Awal\n\n{BUTTON}"}
FILL: Any = {"cell_type": "markdown", "source": "\n\n".join(["Baris."] * 40)}
CELLS = [TOP, *(f"from jejaring import ask; ask('l98-{name}')" for name in ("bet", "grid", "choice", "number")), FILL]


@pytest.fixture
def lesson(server: Server, context: "BrowserContext") -> Notebook:
    return Notebook(context.new_page(), server.write("start.ipynb", *CELLS))


def opened(lesson: Notebook, server: Server) -> Notebook:
    lesson.page.goto(f"{server.url}/doc/tree/{lesson.path.name}")
    lesson.ready()
    return lesson


def trust(server: Server, lesson: Notebook) -> None:
    """Sign the notebook as `make lab` does, in this server's own folder."""
    data = server.home / "data"
    done = subprocess.run(
        [sys.executable, "-m", "jupyter", "trust", str(lesson.path)],
        env={"JUPYTER_DATA_DIR": str(data), "HOME": str(data.parent), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def top(lesson: Notebook) -> float:
    return lesson.page.locator(".jp-Cell").first.bounding_box()["y"]


def test_one_click_runs_a_trusted_lesson_and_stays_at_its_beginning(lesson: Notebook, server: Server) -> None:
    trust(server, lesson)
    opened(lesson, server)
    before = top(lesson)
    lesson.page.get_by_role("button", name="▶ Mulai").click()
    until(lambda: lesson.page.locator(".jj-body").count() == 4, lesson.page)
    until(lambda: lesson.page.locator(".jp-Cell").first.evaluate("e => e.matches('.jp-mod-active')"), lesson.page)
    assert abs(top(lesson) - before) < 5
    assert lesson.page.locator(".jp-Dialog").count() == 0
    end_kernels(server)


def test_jupyterlab_asks_before_it_runs_what_nobody_trusted(lesson: Notebook, server: Server) -> None:
    server.write(lesson.path.name, *CELLS, "'not the notebook that was signed'")
    opened(lesson, server)
    lesson.page.get_by_role("button", name="▶ Mulai").click()
    lesson.page.get_by_role("button", name="Run Once").click()
    until(lambda: lesson.page.locator(".jj-body").count() == 4, lesson.page)
    end_kernels(server)


def test_who_runs_cell_by_cell_is_left_alone(lesson: Notebook, server: Server) -> None:
    opened(lesson, server)
    for _ in CELLS:
        lesson.app("await app.commands.execute('notebook:run-cell-and-select-next')")
        lesson.page.wait_for_timeout(900)
    assert not lesson.page.locator(".jp-Cell").first.evaluate("e => e.matches('.jp-mod-active')")
    end_kernels(server)
