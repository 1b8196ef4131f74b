"""A real JupyterLab and a real Chromium; where one is missing the tests are skipped with the reason."""

import importlib.util
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import Notebook, Server, closing_context, end_kernels, jupyter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One JupyterLab for all tests; its bank also holds the exercises of tests/browser/bank."""
    if importlib.util.find_spec("jupyterlab") is None:
        pytest.skip("JupyterLab is missing (pip install jupyterlab)")
    root, home = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("home")
    with jupyter(root, home, JEJARING_BANK=str(Path(__file__).parent / "bank")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for all tests."""
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("Playwright is missing (pip install playwright)")
    if shutil.which(CHROMIUM) is None:
        pytest.skip(f"Chromium is missing ({CHROMIUM}; the variable CHROMIUM names another)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: "Browser") -> Iterator["BrowserContext"]:
    """A browser profile of this test's own; its pages are tabs of one browser."""
    with closing_context(browser) as fresh:
        yield fresh


@pytest.fixture
def other_context(browser: "Browser") -> Iterator["BrowserContext"]:
    """A second browser, as on another machine."""
    with closing_context(browser) as fresh:
        yield fresh


@pytest.fixture
def open_notebook(server: Server, context: "BrowserContext") -> Iterator[Callable[..., Notebook]]:
    """Open a notebook in a new page (``app``: doc, lab or notebook); its kernel ends with the test."""

    def opened(
        path: Path, *, where: "BrowserContext | None" = None, app: str = "doc", server: Server = server
    ) -> Notebook:
        bases = {"doc": "doc/tree", "notebook": "notebooks", "lab": f"lab/workspaces/w{time.time_ns()}/tree"}
        notebook = Notebook((where or context).new_page(), path)
        notebook.page.on("dialog", lambda dialog: dialog.accept())  # "Leave site?"
        notebook.page.goto(f"{server.url}/{bases[app]}/{path.relative_to(server.root)}")
        notebook.ready()
        return notebook

    yield opened
    end_kernels(server)
