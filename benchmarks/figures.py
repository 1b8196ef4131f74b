"""Figures on the page: our figure widget beside plotly's own FigureWidget, in one JupyterLab and one Chromium.

For five figures: bytes that the page receives over the websocket, and seconds from "run all" until all are drawn.
For one figure whose bars follow a slider: milliseconds from the slider's input to the finished redraw; on our side a
panel with its native slider, on plotly's an ipywidgets slider and `batch_update`. Needs the extras lab and dev.

    python benchmarks/figures.py [--moves 40]
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.lab import Notebook, Server, end_kernels, jupyter

MOST_BYTES, SLOWEST_MS = 6_000_000, 60

BARS = "[dict(type='bar', x=list('ABCDEFGHI'), y=[k, 2, 3, 4, 5, 6, 7, 8, 9])]"
OUR_START = f"""
from jejaring.figures.picture import compose
from jejaring.widgets.figure import FigureView
from jejaring.widgets.panel import Panel, Scene, Slider
def picture(k):
    return compose({BARS}, {{}}, f"A is {{k}}.", title="Bars", height=360)"""
OUR_SLIDER_CELL = "Panel(lambda k: Scene(picture(k)), {'k': Slider('A', 1, low=0, high=1000, step=1)}, title='Bars')"
OURS = [OUR_START, *["FigureView(picture(1))"] * 5, OUR_SLIDER_CELL]
THEIR_START = f"""
import ipywidgets
import plotly.graph_objects as go
def figure(k):
    return go.FigureWidget(dict(data={BARS}, layout=dict(height=360, title="Bars")))"""
THEIR_SLIDER_CELL = """
f = figure(1)
s = ipywidgets.IntSlider(min=0, max=1000)
def moved(change):
    with f.batch_update():
        f.data[0].y = [change["new"], 2, 3, 4, 5, 6, 7, 8, 9]
s.observe(moved, "value")
ipywidgets.VBox([s, f])"""
THEIRS = [THEIR_START, *["figure(1)"] * 5, THEIR_SLIDER_CELL]
DRAWN = """count => {
  const plots = [...document.querySelectorAll(".js-plotly-plot")];
  return plots.filter((plot) => plot.querySelector(".point")).length >= count;
}"""

# Moves a slider so many times, one after the other, and waits each time until plotly says that it has drawn.
OUR_SLIDER = """async ([moves]) => {
  const slider = document.querySelector(".jj-panel input[type=range]");
  const plot = document.querySelector(".jj-panel .js-plotly-plot");
  const took = [];
  for (let move = 1; move <= moves; move++) {
    const done = new Promise((resolve) => plot.once("plotly_afterplot", resolve)), start = performance.now();
    slider.value = move * 10;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await done;
    took.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return took;
}"""
THEIR_SLIDER = """async ([moves]) => {
  const slider = [...document.querySelectorAll(".noUi-target")].at(-1).noUiSlider;
  const plot = [...document.querySelectorAll(".js-plotly-plot")].at(-1);
  const took = [];
  for (let move = 1; move <= moves; move++) {
    const done = new Promise((resolve) => plot.once("plotly_afterplot", resolve)), start = performance.now();
    slider.setHandle(0, move * 10, true);
    await done;
    took.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return took;
}"""


def measure(server: Server, browser: Browser, name: str, cells: list[str], slider: str, moves: int) -> dict[str, float]:
    received: list[int] = []
    context = browser.new_context(viewport={"width": 1100, "height": 6000})
    page = context.new_page()
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    measured = {}
    notebook = opened(page, server, f"{name}-five.ipynb", cells[:-1])
    received.clear()
    start = time.perf_counter()
    notebook.run_all()
    page.wait_for_function(DRAWN, arg=5, timeout=180_000)
    measured["seconds"], measured["bytes"] = time.perf_counter() - start, float(sum(received))
    end_kernels(server)
    page.close()
    page = context.new_page()
    notebook = opened(page, server, f"{name}-slider.ipynb", [cells[0], cells[-1]])
    notebook.run_all()
    page.wait_for_function(DRAWN, arg=1, timeout=60_000)
    page.wait_for_timeout(1000)
    measured["ms"] = statistics.median(page.evaluate(slider, [moves]))
    end_kernels(server)
    context.close()
    return measured


def opened(page: Page, server: Server, name: str, cells: list[str]) -> Notebook:
    notebook = Notebook(page, server.write(name, *cells))
    page.goto(f"{server.url}/doc/tree/{name}")
    notebook.ready()
    return notebook


def report(ours: dict[str, float], theirs: dict[str, float]) -> bool:
    rows: list[tuple[str, str, Callable[[float], str]]] = [
        ("bytes", "received for five figures", lambda value: f"{value / 1e6:.1f} MB"),
        ("seconds", "run all until five are drawn", lambda value: f"{value:.1f} s"),
        ("ms", "slider to redraw, median", lambda value: f"{value:.0f} ms"),
    ]
    print(f"{'':32}{'ours':>10}{'FigureWidget':>15}{'ratio':>9}")
    for key, what, say in rows:
        print(f"{what:32}{say(ours[key]):>10}{say(theirs[key]):>15}{theirs[key] / ours[key]:>8.1f}x")
    small, quick = ours["bytes"] <= MOST_BYTES, ours["ms"] <= SLOWEST_MS
    print(f"goal: at most {MOST_BYTES / 1e6:.0f} MB: {'met' if small else 'MISSED'}")
    print(f"goal: at most {SLOWEST_MS} ms: {'met' if quick else 'MISSED'}")
    return small and quick


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare our figures with plotly's FigureWidget.")
    parser.add_argument("--moves", type=int, default=40, help="how often each slider is moved")
    moves = parser.parse_args().moves
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        root, home = Path(folder) / "notebooks", Path(folder) / "home"
        root.mkdir()
        arguments: Any = {"executable_path": CHROMIUM, "args": FLAGS}
        with jupyter(root, home) as server, play.chromium.launch(**arguments) as browser:
            ours = measure(server, browser, "ours", OURS, OUR_SLIDER, moves)
            theirs = measure(server, browser, "theirs", THEIRS, THEIR_SLIDER, moves)
    return 0 if report(ours, theirs) else 1


if __name__ == "__main__":
    sys.exit(main())
