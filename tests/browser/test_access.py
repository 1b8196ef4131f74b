"""Every kind of exercise for everybody: screen reader rules, both themes, a phone's width."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.lab import Notebook, Server, closing_context, end_kernels

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LESSON = ("choice", "multi", "cards", "grid", "match", "order", "number", "text", "bet", "tip", "claim")
ASSIGNMENT = ("essay", "code", "grid", "number")
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
}
THEMES = ("JupyterLab Light", "JupyterLab Dark")

# An element sticks out if its box leaves the exercise's; the exercise must not leave its cell nor the cell the window.
OVERFLOWS = """() => {
  const out = [], seen = (element) => element.getClientRects().length > 0;
  for (const exercise of document.querySelectorAll(".jj-exercise")) {
    const box = exercise.getBoundingClientRect(), cell = exercise.closest(".jp-Cell").getBoundingClientRect();
    if (box.right > cell.right + 1 || box.left < cell.left - 1 || cell.right > innerWidth + 1) out.push(exercise.dataset.qid + " leaves its cell");
    if (exercise.scrollWidth > exercise.clientWidth) out.push(exercise.dataset.qid + " scrolls sideways");
    for (const element of exercise.querySelectorAll("*")) {
      const own = element.getBoundingClientRect();
      if (seen(element) && (own.right > box.right || own.left < box.left)) out.push(`${exercise.dataset.qid}: ${element.outerHTML.slice(0, 90)}`);
      if (seen(element) && getComputedStyle(element).overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1 && element.tagName !== "SELECT")
        out.push(`${exercise.dataset.qid} cuts off: ${element.outerHTML.slice(0, 90)}`);
    }
  }
  return out;
}"""

SMALL = """() => [...document.querySelectorAll(".jj-exercise :is(button, select, input, textarea, summary)")].map((control) => {
  const target = control.closest("label") ?? control, box = target.getBoundingClientRect();
  return [box.width, box.height, control.outerHTML.slice(0, 90)];
}).filter(([width, height]) => width && (width < 24 || height < 24))"""


def asking(
    server: Server, browser: "Browser", name: str, language: str, qids: list[str], **answers: Any
) -> Iterator[Notebook]:
    """Open a notebook with these exercises, some of them answered, and run it."""
    start = f"from jejaring import ask, use_language\nuse_language({language!r})"
    stored = {qid: {"value": value, "t": 1.0, "tries": 1} for qid, value in answers.items()}
    path = server.write(name, start, *(f"ask({qid!r})" for qid in qids), language=language, answers=stored)
    with closing_context(browser) as context:
        notebook = Notebook(context.new_page(), path)
        notebook.page.goto(f"{server.url}/doc/tree/{name}")
        notebook.ready()
        notebook.run_all()
        notebook.page.wait_for_function(f"() => document.querySelectorAll('.jj-body').length === {len(qids)}")
        yield notebook
        end_kernels(server)


@pytest.fixture(scope="module", params=["id", "en"])
def lesson(request: pytest.FixtureRequest, server: Server, browser: "Browser") -> Iterator[Notebook]:
    """A lesson that nobody has answered."""
    qids = [f"l98-{name}" for name in LESSON]
    yield from asking(server, browser, f"lesson-{request.param}.ipynb", request.param, qids)


@pytest.fixture(scope="module", params=["id", "en"])
def checked(request: pytest.FixtureRequest, server: Server, browser: "Browser") -> Iterator[Notebook]:
    """A lesson answered wrongly, checked for the second time: remarks and explanations are open."""
    answers = {f"l98-{name}": value for name, value in WRONG.items()}
    for notebook in asking(server, browser, f"checked-{request.param}.ipynb", request.param, list(answers), **answers):
        for qid in answers:
            button = notebook.exercise(qid).locator(".jj-foot .jj-button")
            if button.count():
                button.click()
                notebook.exercise(qid).locator(".jj-explained:not(:empty)").wait_for()
        yield notebook


@pytest.fixture(scope="module", params=["id", "en"])
def assignment(request: pytest.FixtureRequest, server: Server, browser: "Browser") -> Iterator[Notebook]:
    """An assignment with half an answer."""
    qids = [f"ps98-{name}" for name in ASSIGNMENT]
    answers = {"ps98-grid": {"bus": {"origin": "contract"}}, "ps98-essay": "Aceh.", "ps98-number": {"share": "half"}}
    yield from asking(server, browser, f"assignment-{request.param}.ipynb", request.param, qids, **answers)


STATES = ("lesson", "checked", "assignment")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", STATES)
def test_a_screen_reader_finds_nothing_serious(request: pytest.FixtureRequest, state: str, theme: str) -> None:
    notebook = request.getfixturevalue(state)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
    notebook.app("await app.commands.execute('apputils:change-theme', { theme: argument })", theme)
    notebook.page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
    found = axe.Axe().run(notebook.page, context=".jj-exercise").response
    assert len(found["passes"]) > 10, "axe looked at next to nothing"
    serious = [
        f"{violation['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert not serious, "\n".join(serious)


@pytest.mark.parametrize("width", [390, 700, 1100])
@pytest.mark.parametrize("state", STATES)
def test_nothing_is_cut_off(request: pytest.FixtureRequest, state: str, width: int) -> None:
    notebook = request.getfixturevalue(state)
    notebook.page.set_viewport_size({"width": width, "height": 844})
    notebook.page.wait_for_function(
        f"() => document.querySelector('.jj-exercise').getBoundingClientRect().right <= {width}"
    )
    assert notebook.page.locator(".jj-exercise").count() == len(ASSIGNMENT if state == "assignment" else LESSON)
    assert notebook.page.evaluate(OVERFLOWS) == []


@pytest.mark.parametrize("state", STATES)
def test_a_finger_can_hit_every_control(request: pytest.FixtureRequest, state: str) -> None:
    assert request.getfixturevalue(state).page.evaluate(SMALL) == []
