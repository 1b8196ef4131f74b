"""Every lesson in one JupyterLab and one Chromium: time to run all, what the page receives, how quickly panels follow.

For each lesson: seconds from "run all" to the last figure, megabytes over the websocket to a fresh page, and for each
of its panels the median of the milliseconds from a slider's or a choice's change to the finished redraw. Lesson 0, the
smallest, is the measure of the others: its ratio is 1. Needs the extras lab and dev.

    python benchmarks/lessons.py [--language id] [--moves 12] [words of a name ...]
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.lab import Notebook, Server, end_kernels, jupyter

ROOT = Path(__file__).resolve().parents[1]
SLOWEST_RUN, MOST_BYTES, SLOWEST_REDRAW = 10.0, 8_000_000, 100.0
DRAWN = '() => [...document.querySelectorAll(".jj-figure-plot")].every((plot) => plot.dataset.drawn)'

# Moves the first slider of a panel to and fro, or goes through its first choice, and waits until it is drawn each time.
MOVE = """async ([place, moves]) => {
  const panel = document.querySelectorAll(".jj-panel")[place], plot = panel.querySelector(".jj-figure-plot");
  if (!plot) return [];
  const slider = panel.querySelector("input[type=range]");
  const others = [...panel.querySelectorAll("input[type=radio], input[type=checkbox]")].filter((o) => !o.disabled);
  if (!slider && !others.length) return [];
  const table = panel.querySelector(".jj-panel-table"), took = [];
  const before = () => plot.dataset.drawn + table.textContent; // some settings change the table alone
  for (let move = 0; move < moves; move++) {
    const start = performance.now(), count = before();
    if (slider) {
      const [low, high] = [Number(slider.min), Number(slider.max)];
      slider.value = low + (high - low) * (0.35 + 0.3 * (move % 2) + 0.02 * (move % 5));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    } else others.find((each, place) => place >= move % others.length && !each.checked)?.click();
    const bar = () => panel.querySelector(".jj-panel-run:not([hidden])");
    while ((before() === count || bar()) && performance.now() - start < 3000) {
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    if (before() !== count) took.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
  return took;
}"""


def measure(server: Server, browser: Browser, lesson: Path, moves: int) -> dict[str, Any]:
    path = server.root / lesson.parent.name / lesson.name
    path.parent.mkdir(exist_ok=True)
    shutil.copy(lesson, path)
    context = browser.new_context(viewport={"width": 1200, "height": 36_000})
    page, received = context.new_page(), list[int]()
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    page.goto(f"{server.url}/doc/tree/{path.relative_to(server.root)}")
    notebook = Notebook(page, path)
    notebook.ready()
    received.clear()
    start = time.perf_counter()
    notebook.run_all()
    page.wait_for_function(DRAWN, timeout=120_000)
    seconds = time.perf_counter() - start
    page.wait_for_timeout(1500)
    found = {"seconds": seconds, "bytes": sum(received), "panels": panels(page, moves)}
    end_kernels(server)
    context.close()
    return found


def panels(page: Page, moves: int) -> dict[str, float]:
    """The median redraw of each panel, by its title."""
    found = {}
    page.set_viewport_size({"width": 1200, "height": 900})  # what a reader sees at once
    for place, title in enumerate(page.locator(".jj-panel-title").all_text_contents()):
        page.locator(".jj-panel").nth(place).scroll_into_view_if_needed()
        page.wait_for_timeout(800)
        took = page.evaluate(MOVE, [place, moves])
        if took:
            found[title] = statistics.median(took)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure every lesson in a browser.")
    parser.add_argument("words", nargs="*", help="only lessons whose name contains one of these")
    parser.add_argument("--language", default="id")
    parser.add_argument("--moves", type=int, default=12, help="how often each panel is moved")
    chosen = parser.parse_args()
    lessons = sorted((ROOT / "course" / chosen.language).glob("[0-9][0-9]_*.ipynb"))
    wanted = [path for path in lessons if not chosen.words or any(part in path.stem for part in chosen.words)]
    good, first = True, None
    print(f"{'lesson':32}{'run all':>10}{'ratio':>8}{'received':>11}   panels, median redraw")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        root, home = Path(folder) / "notebooks", Path(folder) / "home"
        root.mkdir()
        arguments: Any = {"executable_path": CHROMIUM, "args": FLAGS}
        with jupyter(root, home) as server, play.chromium.launch(**arguments) as browser:
            for path in wanted:
                found = measure(server, browser, path, chosen.moves)
                first = first or found["seconds"]
                said = ", ".join(f"{title}: {ms:.0f} ms" for title, ms in found["panels"].items())
                print(
                    f"{path.stem:32}{found['seconds']:>8.1f} s{found['seconds'] / first:>7.1f}x"
                    f"{found['bytes'] / 1e6:>8.1f} MB   {said}",
                    flush=True,
                )
                slow = [ms for ms in found["panels"].values() if ms > SLOWEST_REDRAW]
                good &= found["seconds"] <= SLOWEST_RUN and found["bytes"] <= MOST_BYTES and not slow
    goals = f"at most {SLOWEST_RUN:.0f} s, {MOST_BYTES / 1e6:.0f} MB, {SLOWEST_REDRAW:.0f} ms"
    print(f"goal: {goals} (longer runs show how far they are): {'met' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
