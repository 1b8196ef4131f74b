"""Every lesson and assignment in a real JupyterLab: it runs, fits a phone, is light, and suits a screen reader."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.lab import Notebook, Server, closing_context, end_kernels, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
LESSONS = sorted((ROOT / "course").glob("*/[0-9][0-9]_*.ipynb"))
ASSIGNMENTS = sorted((ROOT / "release").glob("*/*/*.ipynb"))
HEIGHT = 36_000  # JupyterLab lays out what is in sight only, so all of it is
MOST_BYTES = 8_000_000
OURS = ".jj-exercise, .jj-panel, .jj-figure, .jj-desk, .jj-verse"

# What leaves the window, apart from what scrolls by itself: code, tables, and the drawing inside a figure.
WIDE = """() => [...document.querySelectorAll(".jp-Cell *")].filter((element) => {
  const box = element.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !element.closest("pre, table, svg, canvas, .jp-InputArea");
}).map((element) => element.outerHTML.slice(0, 120))"""
ERRORS = (
    "() => [...document.querySelectorAll('[data-mime-type=\"application/vnd.jupyter.error\"]')].map((e) => e.innerText)"
)
ASKED = "() => document.querySelectorAll('.jj-body').length"
NOT_WAITING = "() => !document.querySelector('.jj-exercise fieldset > .jj-note')"
DRAWN = """() => [...document.querySelectorAll(".jj-figure-plot")].every((plot) => plot.dataset.drawn)"""


def edition(path: Path) -> str:
    """Name a notebook by its language and its own name."""
    return f"{path.relative_to(ROOT).parts[1]}-{path.stem}"


@pytest.fixture(scope="module", params=[*LESSONS, *ASSIGNMENTS], ids=edition)
def lesson(request: pytest.FixtureRequest, server: Server, browser: "Browser") -> Iterator[tuple[Notebook, list[int]]]:
    """One notebook, run from top to bottom, and the sizes of what its page received."""
    path = server.root / "lessons" / f"{edition(request.param)}.ipynb"
    path.parent.mkdir(exist_ok=True)
    shutil.copy(request.param, path)
    received: list[int] = []

    def count(socket: Any) -> None:
        socket.on("framereceived", lambda frame: received.append(len(frame)))

    with closing_context(browser, viewport={"width": 1200, "height": HEIGHT}) as context:
        page = context.new_page()
        page.on("websocket", count)
        page.goto(f"{server.url}/doc/tree/lessons/{path.name}")
        notebook = Notebook(page, path)
        notebook.ready()
        notebook.app("await app.commands.execute('notebook:run-all-cells')")
        notebook.idle()
        page.wait_for_function(DRAWN, timeout=60_000)
        if request.param in ASSIGNMENTS:
            notebook.exercise("student").locator("input").fill("s2601")
            page.wait_for_function(NOT_WAITING)
        yield notebook, received
        end_kernels(server)


def test_it_runs_without_an_error_and_asks_its_questions(lesson: tuple[Notebook, list[int]]) -> None:
    notebook, _ = lesson
    assert notebook.page.evaluate(ERRORS) == []
    until(lambda: notebook.page.evaluate(ASKED) >= 8, notebook.page)
    assert notebook.page.locator(".jp-RenderedHTML div[role=alert]").count() == 0, "an exercise can't be shown"


def test_it_sends_little(lesson: tuple[Notebook, list[int]]) -> None:
    notebook, received = lesson
    drawn = notebook.page.locator(".jj-figure-plot").count()
    assert (1_000_000 if drawn else 10_000) < sum(received) < MOST_BYTES, "plotly.js itself is more than a million"


@pytest.mark.parametrize("width", [390, 1200])
def test_nothing_leaves_the_window(lesson: tuple[Notebook, list[int]], width: int) -> None:
    page = lesson[0].page
    page.set_viewport_size({"width": width, "height": HEIGHT})
    until(lambda: page.evaluate(WIDE) == [], page, seconds=20)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_a_screen_reader_finds_nothing_serious(lesson: tuple[Notebook, list[int]], theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
    notebook, _ = lesson
    notebook.app("await app.commands.execute('apputils:change-theme', { theme: argument })", theme)
    notebook.page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
    notebook.page.wait_for_selector("#jupyterlab-splash", state="detached")  # it covers all while the theme changes
    notebook.page.add_style_tag(content="body { height: 100vh }")  # else axe takes everything for invisible
    options = {"resultTypes": ["violations", "passes"]}
    found = axe.Axe().run(notebook.page, context={"include": [[part] for part in OURS.split(", ")]}, options=options)
    looked = {rule["id"]: len(rule["nodes"]) for rule in found.response["passes"]}
    assert looked["color-contrast"] > 20, "axe looked at next to nothing"
    serious = [
        f"{rule['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for rule in found.response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    assert not serious, "\n".join(serious)
