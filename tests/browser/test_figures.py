"""Figures and panels in a real JupyterLab: both themes, both widths, reload, no kernel, hidden tabs, few bytes."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.lab import Notebook, Server, closing_context, end_kernels, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

HEIGHT = 9000  # JupyterLab lays out what is in sight only, so all of it is
MOST_BYTES = 6_000_000  # for five figures; plotly's own widget needs 26 million

START = """from jejaring import show, use_language
from jejaring.figures.bargaining import *
from jejaring.figures.coalitions import *
from jejaring.figures.diffusion import *
from jejaring.figures.facets import *
from jejaring.panels.bargaining import *
from jejaring.panels.coalitions import *
use_language({code!r})"""
SEATS = "dict(PDIP=128, Golkar=85, Gerindra=78, NasDem=59, PKB=58, Demokrat=54, PKS=50, PAN=44, PPP=19)"
POWER = "[.176, .149, .149, .108, .108, .095, .081, .081, .054]"
GRID = "{r: f'asal {r}' for r in 'abcd'}, {c: f'bentuk {c}' for c in 'uvwxy'}"
FIGURES = [
    f"show(seats_and_power({SEATS}, {POWER}, quota=115, bets={{'PPP': 0.02}}))",
    f"show(coalition_meter({SEATS}, ['Golkar', 'Demokrat', 'PPP'], quota=115, critical=['Golkar', 'Demokrat']))",
    "show(bargaining_frontier(100, (20, 40), (40, 60), names=('Rina', 'Budi'), unit='Rp', bet=50))",
    f"show(facet_grid({GRID}, {{'1': ('a', 'v')}}, title='Asal'))",
    "show(threshold_cascade({'Kampung A': list(range(1, 101)), 'Kampung B': [1]}, crowd=100))",
]
PANELS = ["coalition_builder()", "power_race(bets={'PPP': 2})", "market()", "alternating_offers()"]

# What sticks out of its figure or panel, or is cut off in it; text of the drawing counts too.
OVERFLOWS = """() => [...document.querySelectorAll(".jj-figure, .jj-panel")].flatMap((whole) => {
  const box = whole.getBoundingClientRect(), out = [];
  if (box.right > innerWidth + 1) out.push("leaves the window");
  for (const each of whole.querySelectorAll("*:not(defs *)")) {
    const own = each.getBoundingClientRect(), seen = own.width && getComputedStyle(each).visibility !== "hidden";
    const text = each.tagName === "text" || !each.closest("svg");
    if (seen && text && (own.right > box.right + 1 || own.left < box.left - 1)) out.push(each.outerHTML.slice(0, 120));
    if (seen && each.tagName === "text") {
      const plot = each.closest(".jj-figure-plot").getBoundingClientRect();
      if (own.top < plot.top - 1 || own.bottom > plot.bottom + 1) out.push(`above or below: ${each.textContent}`);
    }
  }
  return out;
})"""

# Colour of the drawing's text, and of the words under it.
INKS = """() => [...document.querySelectorAll(".jj-figure")].map((figure) => [
  getComputedStyle(figure.querySelector("svg .xtick text")).fill,
  getComputedStyle(figure.querySelector("figcaption")).color])"""

MOVE = """(slider, value) => {
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def drawn(notebook: Notebook, count: int) -> None:
    """Wait until so many figures are drawn and have a size."""
    script = """count => [...document.querySelectorAll('.jj-figure-plot[data-drawn]')]
        .filter((plot) => plot.querySelector('svg')?.getBoundingClientRect().width > 100).length === count"""
    notebook.page.wait_for_function(script, arg=count)


def opened(server: Server, context: "BrowserContext", name: str, *cells: str, code: str = "id") -> Notebook:
    """Open a notebook and run it."""
    notebook = Notebook(context.new_page(), server.write(name, START.format(code=code), *cells))
    notebook.page.goto(f"{server.url}/doc/tree/{name}")
    notebook.ready()
    notebook.run_all()
    return notebook


@pytest.fixture(scope="module", params=["id", "en"])
def all_of_them(request: pytest.FixtureRequest, server: Server, browser: "Browser") -> Iterator[Notebook]:
    """Every figure and panel, in each language."""
    with closing_context(browser, viewport={"width": 1280, "height": HEIGHT}) as context:
        notebook = opened(server, context, f"figures-{request.param}.ipynb", *FIGURES, *PANELS, code=request.param)
        drawn(notebook, len(FIGURES) + len(PANELS))
        yield notebook
        end_kernels(server)


@pytest.fixture
def panel(server: Server, context: "BrowserContext") -> Iterator[Notebook]:
    """One panel."""
    notebook = opened(server, context, "panel.ipynb", "panel = market()\npanel")
    drawn(notebook, 1)
    yield notebook
    end_kernels(server)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everything_is_drawn_and_nothing_cut_off(all_of_them: Notebook, theme: str, width: int) -> None:
    page = all_of_them.page
    page.set_viewport_size({"width": width, "height": HEIGHT})
    all_of_them.app("await app.commands.execute('apputils:change-theme', { theme: argument })", theme)
    page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
    drawn(all_of_them, len(FIGURES) + len(PANELS))
    page.wait_for_selector("#jupyterlab-splash", state="detached")
    until(lambda: page.evaluate(OVERFLOWS) == [], page)  # the redraw follows the change of width
    inks = until(lambda: (seen := page.evaluate(INKS)) and all(one == two for one, two in seen) and seen, page)
    assert len({ink for pair in inks for ink in pair}) == 1
    assert page.locator(".jj-still").count() == len(FIGURES) + len(PANELS)
    assert not any(still.is_visible() for still in page.locator(".jj-still").all()), "the still picture must step aside"


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_a_screen_reader_finds_nothing_wrong(all_of_them: Notebook, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
    all_of_them.app("await app.commands.execute('apputils:change-theme', { theme: argument })", theme)
    all_of_them.page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
    for context in (".jj-figure", ".jj-panel"):
        found = axe.Axe().run(all_of_them.page, context=context).response
        assert len(found["passes"]) > 5, "axe looked at next to nothing"
        wrong = [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]
        assert not wrong, "\n".join(wrong)
    names = all_of_them.page.locator(".jj-panel").get_by_role("slider").all()
    assert len(names) == 6
    for figure in all_of_them.page.get_by_role("img").filter(has=all_of_them.page.locator("svg.main-svg")).all():
        twin = all_of_them.page.locator(f"#{figure.get_attribute('aria-describedby')}")
        assert len(twin.inner_text()) > 20


def test_ids_are_the_pages_own(all_of_them: Notebook) -> None:
    ids = all_of_them.page.evaluate(
        "[...document.querySelectorAll('.jj-panel [id], .jj-figure [id]')].map((e) => e.id)"
    )
    own = [each for each in ids if each.startswith("jj-")]
    assert len(own) > 30
    assert len(own) == len(set(own))


def test_a_panel_works_by_keyboard(panel: Notebook) -> None:
    page = panel.page
    slider = page.get_by_label("Harga terendah penjual", exact=True)
    box = page.get_by_label("Harga terendah penjual, ketik angka")
    twin = page.locator(".jj-live figcaption")
    cells = page.locator(".jp-Cell").count()
    slider.focus()
    for key in ("ArrowRight", "ArrowRight", "d", "d", "a", "ArrowUp"):
        page.keyboard.press(key)
    until(lambda: "mulai 53" in twin.inner_text(), page)
    assert box.input_value() == "53"
    assert slider.get_attribute("aria-valuetext") == "53 ribu rupiah"
    box.fill("90")
    until(lambda: "tak ada harga yang cocok" in twin.inner_text(), page)
    page.get_by_label("harga pas 85").focus()
    page.keyboard.press("Space")
    until(lambda: "tanpa tawar-menawar" in twin.inner_text(), page)
    page.get_by_role("button", name="Kembali ke awal").focus()
    page.keyboard.press("Enter")
    until(lambda: "mulai 50" in twin.inner_text(), page)
    assert box.input_value() == "50"
    assert page.locator(".jp-Cell").count() == cells


def test_a_fast_hand_ends_where_it_stopped(panel: Notebook) -> None:
    slider = panel.page.get_by_label("Harga tertinggi pembeli", exact=True)
    before = int(panel.page.locator("[data-drawn]").get_attribute("data-drawn"))
    for value in range(81, 141):
        slider.evaluate(MOVE, value)
    until(lambda: "sampai 140" in panel.page.locator(".jj-live figcaption").inner_text(), panel.page)
    panel.idle()
    assert int(panel.page.locator("[data-drawn]").get_attribute("data-drawn")) - before < 60, "draws queued up"
    assert panel.app("return context.sessionContext.session.kernel.status") == "idle"


SLOW = """import time
from jejaring.widgets.panel import Panel, Scene, Slider
def draw(steps):
    for step in range(1, int(steps) + 1):
        if step > 1:
            time.sleep(0.05)
        yield Scene(threshold_cascade({'A': [step]}, crowd=200), done=step / steps)
Panel(draw, {'steps': Slider('Langkah', 1, low=1, high=200, step=1)}, title='Lama')"""


def test_a_long_run_shows_how_far_it_is_and_stops(server: Server, context: "BrowserContext") -> None:
    notebook = opened(server, context, "slow.ipynb", SLOW)
    drawn(notebook, 1)
    page, twin = notebook.page, notebook.page.locator(".jj-live figcaption")
    bar, stop = page.locator(".jj-panel progress"), page.get_by_role("button", name="Hentikan")
    assert not bar.is_visible()
    page.get_by_label("Langkah", exact=True).evaluate(MOVE, 200)
    until(lambda: bar.is_visible() and 0 < float(bar.evaluate("bar => bar.value")) < 1, page)
    until(lambda: "mulai 1," not in twin.inner_text(), page)
    stop.focus()
    page.keyboard.press("Enter")
    until(lambda: not bar.is_visible(), page)
    assert page.evaluate("document.activeElement.textContent") == "Kembali ke awal"
    said = twin.inner_text()
    page.wait_for_timeout(400)
    assert twin.inner_text() == said
    page.get_by_label("Langkah", exact=True).evaluate(MOVE, 3)  # and it can be used again
    until(lambda: "mulai 3," in twin.inner_text() and not bar.is_visible(), page)
    end_kernels(server)


def test_a_figure_is_replaced_in_place(server: Server, context: "BrowserContext") -> None:
    made = "view = FigureView(threshold_cascade({'A': [1, 2, 3]}, crowd=3))"
    cell = f"from jejaring.widgets.figure import FigureView\n{made}\nview"
    notebook = opened(server, context, "update.ipynb", cell)
    drawn(notebook, 1)
    notebook.app(
        "await context.sessionContext.session.kernel.requestExecute({ code: argument }).done",
        "view.update(threshold_cascade({'A': [1]}, crowd=3))",
    )
    until(lambda: "berhenti di 1 dari 3" in notebook.page.locator(".jj-live figcaption").inner_text(), notebook.page)
    assert notebook.page.locator(".jj-live").count() == 1
    end_kernels(server)


def test_running_again_and_clearing_leave_one_figure_each(server: Server, context: "BrowserContext") -> None:
    notebook = opened(server, context, "again.ipynb", FIGURES[4], FIGURES[2])
    drawn(notebook, 2)
    notebook.run_all()
    drawn(notebook, 2)
    notebook.app("await app.commands.execute('notebook:clear-all-cell-outputs')")
    until(lambda: notebook.page.locator(".jj-figure, .jj-still").count() == 0, notebook.page)
    notebook.run_all()
    drawn(notebook, 2)
    end_kernels(server)


def test_a_reloaded_page_draws_again_and_moves(panel: Notebook) -> None:
    panel.save()
    panel.page.reload()
    panel.ready()
    drawn(panel, 1)
    panel.page.get_by_label("Harga terendah penjual", exact=True).evaluate(MOVE, 70)
    until(lambda: "mulai 70" in panel.page.locator(".jj-live figcaption").inner_text(), panel.page)


def test_without_the_kernel_that_drew_it_the_still_picture_stands(server: Server, context: "BrowserContext") -> None:
    notebook = opened(server, context, "dead.ipynb", FIGURES[1], "market()")
    drawn(notebook, 2)
    notebook.save()
    end_kernels(server)
    notebook.page.reload()
    notebook.ready()
    until(lambda: notebook.page.locator(".jj-still:visible").count() == 2, notebook.page)
    notebook.page.wait_for_timeout(1500)  # the widget manager gives up in this time
    assert notebook.page.locator(".jj-still:visible").count() == 2
    assert not notebook.page.get_by_text("Error displaying widget").filter(visible=True).count()
    assert not notebook.page.get_by_text("Loading widget").filter(visible=True).count()
    end_kernels(server)


def test_a_figure_made_in_a_hidden_tab_is_drawn_when_it_is_seen(
    server: Server, context: "BrowserContext", open_notebook: Callable[..., Notebook]
) -> None:
    server.write("beside.ipynb", "1")
    path = server.write("hidden.ipynb", START.format(code="id"), "from time import sleep; sleep(2)", FIGURES[1])
    notebook = open_notebook(path, app="lab")
    notebook.app("app.commands.execute('notebook:run-all-cells'); window.behind = panel")
    notebook.app("await app.commands.execute('docmanager:open', { path: 'beside.ipynb' })")
    status = "() => window.behind.context.sessionContext.session.kernel.status === 'idle'"
    notebook.page.wait_for_timeout(500)
    notebook.page.wait_for_function(status)
    notebook.page.wait_for_timeout(500)
    assert notebook.page.locator("[data-drawn]").count() == 0
    notebook.app("app.shell.activateById(window.behind.id)")
    drawn(notebook, 1)


def test_five_figures_need_few_bytes(server: Server, browser: "Browser") -> None:
    with closing_context(browser, viewport={"width": 1100, "height": HEIGHT}) as context:
        received: list[int] = []

        def count(socket: Any) -> None:
            socket.on("framereceived", lambda frame: received.append(len(frame)))

        page = context.new_page()
        page.on("websocket", count)
        page.goto(f"{server.url}/doc/tree/{server.write('bytes.ipynb', START.format(code='id'), *FIGURES).name}")
        notebook = Notebook(page, server.root / "bytes.ipynb")
        notebook.ready()
        notebook.run_all()
        drawn(notebook, 5)
        assert 1_000_000 < sum(received) < MOST_BYTES, "plotly.js itself is more than a million"
        end_kernels(server)
