"""Page and Python together: judging, essays in their cells, variants, bets, and front ends without a document."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import Notebook, Server, answers, until, whole

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

IMPORT = "from jejaring import ask, bets, progress, reveal, use_language\nuse_language('en')"
ESSAY = {
    "cell_type": "markdown",
    "source": "…",
    "metadata": {"nbgrader": {"grade_id": "ps98-essay", "grade": True, "solution": True, "points": 30}},
}
Open = Callable[..., Notebook]


def essay_cell(book: Notebook) -> str:
    """Return the essay's cell as it stands in the file."""
    return "".join(next(cell["source"] for cell in whole(book.path)["cells"] if cell["cell_type"] == "markdown"))


def test_a_lesson_names_the_misconception_and_opens_after_two_tries(server: Server, open_notebook: Open) -> None:
    book = open_notebook(server.write("check.ipynb", IMPORT, "ask('l98-choice')", language="en"))
    book.run_all()
    exercise = book.exercise("l98-choice")
    check = exercise.get_by_role("button", name="Check")
    assert check.is_disabled()

    exercise.locator("input[value=golkar]").check()
    check.click()
    exercise.locator(".jj-remark[data-right=false]").wait_for()
    assert exercise.locator(".jj-explained").inner_text() == ""
    assert "equally strong" not in exercise.locator(".jj-feedback, .jj-remark").first.inner_text(), "no key"
    until(lambda: answers(book.path).get("l98-choice", {}).get("tries") == 1, book.page)
    check.click()
    book.page.wait_for_timeout(1500)
    assert answers(book.path)["l98-choice"]["tries"] == 1, "the same answer twice is one try"

    exercise.locator("input[value=gerindra]").check()
    assert exercise.locator(".jj-feedback").inner_text() == "", "what was said is not about this answer"
    check.click()
    until(lambda: exercise.locator(".jj-explained").inner_text(), book.page)
    until(lambda: answers(book.path)["l98-choice"]["tries"] == 2, book.page)

    book.restart()
    book.run_all()
    exercise.locator("input[value=same]").check()
    check.click()
    exercise.locator(".jj-remark[data-right=true]").wait_for()
    until(lambda: answers(book.path)["l98-choice"]["tries"] == 3, book.page)
    assert book.on_disk() == {"l98-choice": "same"}


def test_an_essay_is_in_its_cell_too(server: Server, open_notebook: Open) -> None:
    book = open_notebook(server.write("essay.ipynb", IMPORT, "ask('ps98-essay')", ESSAY, language="en"))
    book.run_all()
    area = book.exercise("ps98-essay").locator("textarea")
    area.press_sequentially("Aceh *is* one case.")
    book.stored("ps98-essay")
    until(lambda: essay_cell(book) == "Aceh *is* one case.", book.page)

    # by hand, in the cell itself
    book.app("context.model.cells.get(2).sharedModel.setSource('Written by hand.')")
    until(lambda: area.input_value() == "Written by hand.", book.page)
    book.stored("ps98-essay")
    assert book.on_disk() == {"ps98-essay": "Written by hand."}
    assert essay_cell(book) == "Written by hand."

    area.fill("")
    until(lambda: book.on_disk() == {"ps98-essay": None}, book.page)
    assert essay_cell(book) == "…"


def test_an_essay_written_without_its_widget_is_found(server: Server, open_notebook: Open) -> None:
    written = {**ESSAY, "source": "Written on a machine without widgets."}
    book = open_notebook(server.write("found.ipynb", IMPORT, "ask('ps98-essay')", written, language="en"))
    book.run_all()
    book.stored("ps98-essay")
    assert book.exercise("ps98-essay").locator("textarea").input_value() == written["source"]
    assert book.on_disk() == {"ps98-essay": written["source"]}


def test_a_variant_waits_for_the_student_and_follows(server: Server, open_notebook: Open) -> None:
    cells = ("ask('ps98-variant')", "ask('student')")
    book = open_notebook(server.write("variant.ipynb", IMPORT, *cells, language="en", assignment="ps98"))
    book.run_all()
    exercise = book.exercise("ps98-variant")
    exercise.get_by_text("First fill in your student number").wait_for()
    assert exercise.locator("input").count() == 0
    number = book.exercise("student").locator("input")
    seen = set()
    for student in ("s1", "s2", "s3", "s4"):
        number.fill(student)
        book.stored("student")
        exercise.locator("input").wait_for()
        book.page.wait_for_timeout(400)
        seen.add(exercise.locator(".jj-prompt").inner_text())
    assert len(seen) > 1, seen
    exercise.locator("input").press_sequentially("12")
    book.stored("ps98-variant")
    assert book.on_disk() == {"student": "s4", "ps98-variant": {"share": "12"}}


def test_bets_and_progress_follow(server: Server, open_notebook: Open) -> None:
    cells = ("ask('l98-bet')", "ask('l98-tip')", "reveal('l98-bet', 3.3)", "reveal('l98-tip', 'one')", "bets('l98')")
    more = ("ask('ps98-grid')", "progress()")
    book = open_notebook(server.write("bets.ipynb", IMPORT, *cells, *more, language="en", assignment="ps98"))
    book.run_all()
    outputs = book.page.locator(".jp-OutputArea-output .jj-live")
    until(lambda: outputs.count() == 4, book.page)
    assert "Bet first" in outputs.nth(0).inner_text()
    assert "3.3" not in outputs.nth(2).inner_text(), "the result waits for the bet"

    book.exercise("l98-bet").locator("input[type=text]").press_sequentially("2,5")
    until(lambda: "0.8 too low" in outputs.nth(0).inner_text(), book.page)
    until(lambda: "0.8 too low" in outputs.nth(2).inner_text(), book.page)
    book.exercise("l98-tip").locator("input[value=one]").check()
    until(lambda: "exactly the same" in outputs.nth(1).inner_text(), book.page)

    assert "not answered" in outputs.nth(3).inner_text()
    grid = book.exercise("ps98-grid")
    grid.locator("select").nth(0).select_option("contract")
    grid.get_by_text("0 of 2 answered").wait_for()
    grid.locator("select").nth(1).select_option("mutual")
    grid.get_by_text("1 of 2 answered").wait_for()
    until(lambda: "1 of 2 answered" in outputs.nth(3).inner_text(), book.page)
    grid_answer = {"bus": {"origin": "contract", "form": "mutual"}}
    for qid in ("l98-bet", "l98-tip", "ps98-grid"):
        book.stored(qid)
    assert book.on_disk() == {"l98-bet": "2,5", "l98-tip": "one", "ps98-grid": grid_answer}


def test_an_unknown_exercise_says_so_and_stops_nothing(server: Server, open_notebook: Open) -> None:
    book = open_notebook(server.write("unknown.ipynb", IMPORT, "ask('l98-chioce')", "ask('l98-choice')", language="en"))
    book.run_all()
    alert = book.page.locator(".jp-OutputArea [role=alert]")
    alert.wait_for()
    assert "l98-chioce" in alert.inner_text()
    assert "l98-choice" in alert.inner_text()
    assert book.page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    book.exercise("l98-choice").locator("input[value=same]").check()
    book.stored("l98-choice")
    assert book.on_disk() == {"l98-choice": "same"}


def test_a_notebook_that_can_only_be_read(server: Server, open_notebook: Open) -> None:
    path = server.write("read-only.ipynb", IMPORT, "ask('l98-choice')", language="en")
    book = open_notebook(path)
    book.app("context.model.readOnly = true")
    book.run_all()
    book.exercise("l98-choice").locator("input[value=same]").check()
    book.says("l98-choice", "readonly")
    book.exercise("l98-choice").get_by_text("can only be read").wait_for()
    book.page.wait_for_timeout(1500)
    assert book.on_disk() == {}


def in_console(page: "Page", server: Server, code: str) -> None:
    """Open JupyterLab's console, a real front end whose widgets have no document, and run code there."""
    page.goto(f"{server.url}/lab/workspaces/console?reset")  # its sidebars are nobody else's
    page.wait_for_function("() => window.jupyterapp?.started")
    page.evaluate(
        """async (code) => {
          const app = window.jupyterapp;
          await app.restored;
          const panel = await app.commands.execute("console:create", { kernelPreference: { name: "python3" } });
          await panel.sessionContext.ready;
          await app.commands.execute("console:inject", { activate: true, path: panel.sessionContext.path, code });
        }""",
        code,
    )


def test_a_front_end_without_a_document(server: Server, context: "BrowserContext") -> None:
    page = context.new_page()
    path = server.write("bystander.ipynb", "1", language="en")
    before = path.read_bytes()
    in_console(page, server, f"{IMPORT}\nask('l98-choice')")
    exercise = page.locator(".jj-exercise[data-qid='l98-choice']")
    exercise.locator("input[value=same]").check()
    page.wait_for_selector(".jj-exercise[data-state=kernel]")
    exercise.get_by_text("Only Python knows this answer").wait_for()
    exercise.get_by_role("button", name="Check").click()
    exercise.locator(".jj-remark[data-right=true]").wait_for()
    copy = page.locator(".jj-copy", has_text="Both are equally strong.")
    until(copy.count, page)
    assert path.read_bytes() == before


def test_the_copy_shows_where_no_widget_runs(server: Server, open_notebook: Open) -> None:
    book = open_notebook(server.write("copy.ipynb", IMPORT, "ask('l98-choice')", language="en"))
    book.run_all()
    assert not book.page.locator(".jj-copy").is_visible(), "beside the exercise it would say everything twice"
    book.exercise("l98-choice").locator("input[value=same]").check()
    book.stored("l98-choice")
    book.page.wait_for_timeout(1500)
    book.page.close()
    outputs = json.loads(book.path.read_text())["cells"][1]["outputs"]
    assert outputs[1]["data"]["text/plain"] == ["[l98-choice] Both are equally strong."]
    assert "Both are equally strong." in "".join(outputs[1]["data"]["text/html"])


@pytest.mark.parametrize("app", ["doc", "notebook"])
def test_code_is_in_its_cell(server: Server, open_notebook: Open, app: str) -> None:
    cell = {"cell_type": "code", "source": "...", "outputs": [], "execution_count": None}
    cell["metadata"] = {"nbgrader": {"grade_id": "ps98-code", "solution": True, "grade": False}}
    path = server.write(f"code-{app}.ipynb", IMPORT, "ask('ps98-code')", cell, language="en")
    book = open_notebook(path, app=app)
    book.run_all()
    book.says("ps98-code", "cell")
    assert book.on_disk() == {}
