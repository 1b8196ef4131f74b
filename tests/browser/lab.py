"""A JupyterLab server of our own, and one notebook in one page."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
IN_PAGE = """async ([script, argument]) => {
    const app = window.jupyterapp, panel = app.shell.currentWidget, context = panel?.context;
    const AsyncFunction = (async () => {}).constructor;
    return await new AsyncFunction("app", "panel", "context", "argument", script)(app, panel, context, argument);
}"""
IDLE = "() => window.jupyterapp.shell.currentWidget?.context?.sessionContext?.session?.kernel?.status === 'idle'"


@dataclass
class Server:
    """A running server, and the folder it shows."""

    url: str
    root: Path
    home: Path
    process: subprocess.Popen[bytes]

    def write(self, name: str, *cells: str | dict[str, Any], **jejaring: Any) -> Path:
        """Write a notebook: a string is a code cell, a table is any cell; the rest goes to ``metadata.jejaring``."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        code = {"cell_type": "code", "outputs": [], "execution_count": None}
        full = [
            {"id": f"cell-{n}", "metadata": {}} | ({**code, "source": cell} if isinstance(cell, str) else cell)
            for n, cell in enumerate(cells)
        ]
        metadata = {"kernelspec": KERNEL} | ({"jejaring": jejaring} if jejaring else {})
        notebook = {"cells": full, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
        return path


@dataclass
class Notebook:
    """One notebook open in one page."""

    page: "Page"
    path: Path

    def app(self, script: str, argument: Any = None) -> Any:
        """Run JavaScript that sees ``app``, the open ``panel`` and its ``context``; wait for what it returns."""
        return self.page.evaluate(IN_PAGE, [script, argument])

    def ready(self) -> None:
        """Wait until the page has its notebook and the notebook its kernel."""
        self.page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.context?.isReady")
        self.app("await context.sessionContext.ready")
        self.idle()

    def idle(self) -> None:
        """Wait until the kernel has nothing to do."""
        self.page.wait_for_function(IDLE)

    def run_all(self) -> None:
        """Run every cell and wait until they ran."""
        self.app("await app.commands.execute('notebook:run-all-cells')")
        self.idle()

    def restart(self) -> None:
        """Restart the kernel without asking."""
        self.app("await context.sessionContext.restartKernel()")
        self.idle()

    def save(self) -> None:
        """Save as Ctrl+S does."""
        self.app("await app.commands.execute('docmanager:save')")

    def exercise(self, qid: str, nth: int = 0) -> "Locator":
        """Return an exercise on the page."""
        return self.page.locator(f".jj-exercise[data-qid='{qid}']").nth(nth)

    def says(self, qid: str, state: str, seconds: float = 15) -> None:
        """Wait until the page says about an answer: empty, storing, stored, failed, kernel, readonly or cell."""
        where = f".jj-exercise[data-qid='{qid}'][data-state='{state}']"
        self.page.wait_for_selector(where, timeout=seconds * 1000)

    def stored(self, qid: str) -> None:
        """Wait until the page says that the answer is stored."""
        self.says(qid, "stored")

    def on_disk(self) -> dict[str, Any]:
        """Return the answers in the file: exercise id to value."""
        return {qid: answer["value"] for qid, answer in answers(self.path).items()}


def answers(path: Path) -> dict[str, Any]:
    """Return the answers in a notebook file as they stand."""
    return whole(path)["metadata"].get("jejaring", {}).get("answers", {})


def whole(path: Path) -> dict[str, Any]:
    """Read a notebook; the server writes in place, so a half-written one is read again for two seconds."""
    for wait in (0, 0.05, 0.2, 0.5, 1.2):
        time.sleep(wait)
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            damaged = error
    raise AssertionError(f"{path.name} is damaged: {damaged}")


def until(true: Callable[[], Any], page: "Page | None" = None, seconds: float = 15) -> Any:
    """Wait until something holds, and return it; fail if it never does."""
    end = time.monotonic() + seconds
    while not (seen := true()):
        assert time.monotonic() < end, f"still not so after {seconds} s"
        if page:
            page.wait_for_timeout(50)  # lets the page's events go on
        else:
            time.sleep(0.05)
    return seen


@contextmanager
def jupyter(root: Path, home: Path, port: int = 0, **environment: str) -> Iterator[Server]:
    """Start a server that sees none of this machine's Jupyter settings, and stop it."""
    port = port or free_port()
    settings = home / "config" / "labconfig" / "page_config.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}')
    options = {
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.root_dir": root,
        "ServerApp.allow_root": True,
        "ServerApp.open_browser": False,
        "ServerApp.log_level": "WARN",
        "ServerApp.disable_check_xsrf": True,  # else no kernel can be ended without a page
        "IdentityProvider.token": "",
        "LabApp.expose_app_in_browser": True,
        "JupyterNotebookApp.expose_app_in_browser": True,
    }
    folders = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())],
            env={**os.environ, **folders, "IPYTHONDIR": str(home / "ipython"), "HOME": str(home), **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        server = Server(f"http://127.0.0.1:{port}", root, home, process)
        try:
            until(lambda: process.poll() is not None or fetch(f"{server.url}/api"), seconds=60)
            assert process.poll() is None, (home / "server.log").read_text()
            yield server
        finally:
            end_kernels(server)
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def closing_context(browser: "Browser", **options: Any) -> Iterator["BrowserContext"]:
    """Open a browser profile and close it whatever happens."""
    fresh = browser.new_context(**{"viewport": {"width": 1100, "height": 900}, "locale": "en-US"} | options)
    fresh.set_default_timeout(20_000)
    try:
        yield fresh
    finally:
        fresh.close()


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def end_kernels(server: Server) -> None:
    """End every kernel of a server."""
    for session in fetch(f"{server.url}/api/sessions") or []:
        fetch(f"{server.url}/api/sessions/{session['id']}", "DELETE")


def fetch(url: str, method: str = "GET") -> Any:
    """Ask a server for JSON; None if it does not answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as answer:
            return json.loads(answer.read() or b"null")
    except (OSError, http.client.HTTPException):  # nobody there, or somebody else at this port
        return None
