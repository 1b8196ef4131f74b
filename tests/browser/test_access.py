"""Every kind of exercise for everybody: screen reader rules, both themes, a phone's width."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.lab import Notebook, Server, closing_context, end_kernels

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WRONG = {
    "choice": "golkar",
    "multi": ["newcomer", "money"],
    "cards": {"flood": "mutual", "party": "mutual", "board": "cooptation"},
    "grid": {
        "bus": {"origin": "contract", "form": "mutual"},
        "beans": {"origin": "contract", "form": "bargaining"},
    },
    "match": {"selznick": "threshold", "thompson": "exchange"},
    "order": ["agree", "need", "offer", "counter"],
    "number": {"a": "0,6", "b": "0,49"},
    "text": "kuat",
    "bet": "12",
    "tip": "all",
    "claim": "supported",
    "network": {"people": ["Ani", "Budi", "Cici"], "ties": [[0, 1, 1]], "directed": True},
    "redesign": {"people": ["P1", "P2", "P3", "P4"], "ties": [[0, 2, 1]], "directed": False},
}
HEIGHT = 16000  # JupyterLab lays out what is in sight only, so all of it is

# An element sticks out if its box leaves the exercise's; the exercise must not leave its cell nor the cell the window.
OVERFLOWS = """() => [...document.querySelectorAll(".jj-exercise")].flatMap((exercise) => {
  const box = exercise.getBoundingClientRect(), cell = exercise.closest(".jp-Cell").getBoundingClientRect();
  const out = [];
  if (box.right > cell.right + 1 || box.left < cell.left - 1) out.push("leaves its cell");
  if (cell.right > innerWidth + 1) out.push("leaves the window");
  if (exercise.scrollWidth > exercise.clientWidth) out.push("scrolls sideways");
  for (const element of [...exercise.querySelectorAll("*")].filter((each) => each.getClientRects().length)) {
    const own = element.getBoundingClientRect(), { overflowX } = getComputedStyle(element);
    const wide = element.scrollWidth > element.clientWidth + 1 && element.tagName !== "SELECT";
    if (own.right > box.right || own.left < box.left) out.push(`sticks out: ${element.outerHTML.slice(0, 90)}`);
    if (overflowX === "hidden" && wide) out.push(`is cut off: ${element.outerHTML.slice(0, 90)}`);
  }
  return out.map((what) => `${exercise.dataset.qid} ${what}`);
})"""

SMALL = """() => [...document.querySelectorAll(".jj-exercise :is(button, select, input, textarea, summary)")]
  .map((control) => [(control.closest("label") ?? control).getBoundingClientRect(), control.outerHTML.slice(0, 90)])
  .filter(([box]) => box.width && (box.width < 24 || box.height < 24))
  .map(([box, control]) => [box.width, box.height, control])"""

STATES: dict[str, dict[str, Any]] = {
    "lesson": {f"l98-{name}": None for name in WRONG},
    "checked": {f"l98-{name}": value for name, value in WRONG.items()},
    "assignment": {
        "ps98-essay": "Aceh.",
        "ps98-code": None,
        "ps98-grid": {"bus": {"origin": "contract"}},
        "ps98-number": {"share": "half"},
        "ps98-survey": None,
    },
}


@pytest.fixture(scope="module", params=[(state, code) for state in STATES for code in ("id", "en")], ids="-".join)
def notebook(request: pytest.FixtureRequest, server: Server, browser: "Browser") -> Iterator[Notebook]:
    """Every exercise: untouched; answered wrongly and checked for the second time; half answered in an assignment."""
    state, code = request.param
    qids = STATES[state]
    stored = {qid: {"value": value, "t": 1.0, "tries": 1} for qid, value in qids.items() if value is not None}
    start = f"from jejaring import ask, use_language\nuse_language({code!r})"
    asks = [f"ask({qid!r})" for qid in qids]
    path = server.write(f"{state}-{code}.ipynb", start, *asks, language=code, answers=stored)
    with closing_context(browser, viewport={"width": 1100, "height": HEIGHT}) as context:
        opened = Notebook(context.new_page(), path)
        opened.page.goto(f"{server.url}/doc/tree/{path.name}")
        opened.ready()
        opened.run_all()
        opened.page.wait_for_function(f"() => document.querySelectorAll('.jj-body').length === {len(qids)}")
        maps = "document.querySelectorAll('.jj-desk').length"
        ready = "document.querySelectorAll('.jj-desk[data-answered] .jj-desk-map[data-drawn]').length"
        opened.page.wait_for_function(f"() => {maps} && {maps} === {ready}")
        opened.page.evaluate("document.querySelectorAll('.jj-desk-more').forEach((more) => (more.open = true))")
        for qid in qids if state == "checked" else ():
            button = opened.exercise(qid).locator(".jj-foot .jj-button")
            if button.count():  # nobody checks a bet
                button.click()
                opened.exercise(qid).locator(".jj-explained:not(:empty)").wait_for()
        yield opened
        end_kernels(server)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_a_screen_reader_finds_nothing_serious(notebook: Notebook, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
    notebook.app("await app.commands.execute('apputils:change-theme', { theme: argument })", theme)
    notebook.page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
    notebook.page.wait_for_selector("#jupyterlab-splash", state="detached")  # it covers all while the theme changes
    # JupyterLab's body has no height and hides what overflows it: axe would take everything for invisible
    notebook.page.add_style_tag(content="body { height: 100vh }")
    options = {"resultTypes": ["violations", "passes"]}  # else it counts one node per rule that passes
    found = axe.Axe().run(notebook.page, context=".jj-exercise", options=options).response
    looked = {rule["id"]: len(rule["nodes"]) for rule in found["passes"]}
    assert looked["color-contrast"] > 20, "axe looked at next to nothing"
    assert looked["label"] + looked.get("select-name", 0) > 2
    serious = [
        f"{rule['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    assert not serious, "\n".join(serious)


@pytest.mark.parametrize("width", [390, 700, 1100])
def test_nothing_is_cut_off(notebook: Notebook, width: int) -> None:
    notebook.page.set_viewport_size({"width": width, "height": HEIGHT})
    fits = "width => document.querySelector('.jj-exercise').getBoundingClientRect().right <= width"
    notebook.page.wait_for_function(fits, arg=width)
    maps = "[...document.querySelectorAll('.jj-desk-map')].every((map) => map.scrollWidth <= map.clientWidth)"
    notebook.page.wait_for_function(maps)  # a map follows its room a moment later
    assert notebook.page.evaluate(OVERFLOWS) == []


def test_a_finger_can_hit_every_control(notebook: Notebook) -> None:
    assert notebook.page.evaluate(SMALL) == []
