"""No answer is lost: whatever the page called stored is in the file. Every test ends by reading the file."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.lab import Notebook, Server, answers, free_port, jupyter, until

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Route

IMPORT = "from jejaring import ask, use_language\nuse_language('en')"
Open = Callable[..., Notebook]


def choose(value: str) -> Callable[["Locator"], None]:
    return lambda exercise: exercise.locator(f"input[value='{value}']").check()


def tick(*values: str) -> Callable[["Locator"], None]:
    return lambda exercise: [exercise.locator(f"input[value='{value}']").check() for value in values] and None


def pick(*values: str) -> Callable[["Locator"], None]:
    def act(exercise: "Locator") -> None:
        for n, value in enumerate(values):
            exercise.locator("select").nth(n).select_option(value)

    return act


def type_in(*texts: str) -> Callable[["Locator"], None]:
    def act(exercise: "Locator") -> None:
        for n, text in enumerate(texts):
            box = exercise.locator("textarea, input[type=text]").nth(n)
            box.press("End")
            box.press_sequentially(text)

    return act


# one exercise of each shape that an answer can have, and a second answer to it
SHAPES: dict[str, list[tuple[Callable[["Locator"], None], Any]]] = {
    "l98-choice": [(choose("golkar"), "golkar"), (choose("same"), "same")],
    "l98-multi": [
        (tick("newcomer"), ["newcomer"]),
        (tick("threat"), ["newcomer", "threat"]),
    ],
    "l98-match": [
        (pick("exchange"), {"selznick": "exchange"}),
        (pick("absorb"), {"selznick": "absorb"}),
    ],
    "l98-grid": [
        (pick("spontaneous"), {"bus": {"origin": "spontaneous"}}),
        (pick("contract", "coalition"), {"bus": {"origin": "contract", "form": "coalition"}}),
    ],
    "l98-text": [(type_in("penentu"), "penentu"), (type_in("!"), "penentu!")],
    "l98-number": [(type_in("0,6"), {"a": "0,6"}), (type_in("5", "3/5"), {"a": "0,65", "b": "3/5"})],
    "ps98-essay": [(type_in("One line."), "One line."), (type_in(" Two."), "One line. Two.")],
}
FIRST = {qid: said[0][1] for qid, said in SHAPES.items()}
SECOND = {qid: said[1][1] for qid, said in SHAPES.items()}
CELLS = [f"ask({qid!r})" for qid in SHAPES]


def answer_all(book: Notebook, which: int = 0) -> None:
    """Answer every exercise for the first or the second time, and wait until all is said to be stored."""
    for qid, said in SHAPES.items():
        said[which][0](book.exercise(qid))
    for qid in SHAPES:
        book.stored(qid)


@pytest.fixture
def book(server: Server, open_notebook: Open, request: pytest.FixtureRequest) -> Notebook:
    """A notebook with one exercise of each shape, run."""
    name = re.sub(r"\W+", "-", request.node.name)
    opened = open_notebook(server.write(f"{name}.ipynb", IMPORT, *CELLS, language="en"))
    opened.run_all()
    return opened


def shown(book: Notebook) -> dict[str, Any]:
    """Return what the controls of some exercises show."""
    return {
        "l98-choice": book.exercise("l98-choice").locator("input:checked").get_attribute("value"),
        "l98-text": book.exercise("l98-text").locator("input").input_value(),
        "ps98-essay": book.exercise("ps98-essay").locator("textarea").input_value(),
    }


def some(table: dict[str, Any]) -> dict[str, Any]:
    """Return those that `shown` returns."""
    return {qid: table[qid] for qid in ("l98-choice", "l98-text", "ps98-essay")}


def test_close_and_open_again(book: Notebook, open_notebook: Open) -> None:
    answer_all(book)
    assert book.on_disk() == FIRST
    book.page.close()
    again = open_notebook(book.path)
    again.restart()
    again.run_all()
    assert shown(again) == some(FIRST)
    answer_all(again, 1)
    assert again.on_disk() == SECOND


def test_restart_and_run_all(book: Notebook) -> None:
    answer_all(book)
    book.restart()
    book.run_all()
    assert shown(book) == some(FIRST)
    answer_all(book, 1)
    book.restart()
    assert book.on_disk() == SECOND


def test_restart_and_run_all_before_it_could_be_saved(book: Notebook) -> None:
    refuse(book)
    type_in("kritis")(book.exercise("l98-text"))
    book.says("l98-text", "failed")
    dismiss(book)
    choose("same")(book.exercise("l98-choice"))
    book.says("l98-choice", "failed")
    dismiss(book)
    book.restart()
    book.run_all()
    assert book.on_disk() == {}
    assert shown(book) == {"l98-choice": "same", "l98-text": "kritis", "ps98-essay": ""}
    book.page.unroute_all()
    book.says("l98-choice", "stored", 60)
    book.stored("l98-text")
    assert book.on_disk() == {"l98-choice": "same", "l98-text": "kritis"}


def test_reload_the_page_and_answer_before_running_anything(book: Notebook) -> None:
    answer_all(book)
    book.page.reload()
    book.ready()
    answer_all(book, 1)
    assert book.on_disk() == SECOND


def test_clear_the_outputs(book: Notebook) -> None:
    answer_all(book)
    book.app("await app.commands.execute('notebook:clear-all-cell-outputs')")
    book.save()
    assert book.on_disk() == FIRST
    book.restart()
    book.run_all()
    assert shown(book) == some(FIRST)
    assert book.on_disk() == FIRST


def test_close_the_tab_a_quarter_of_a_second_after_a_click(book: Notebook) -> None:
    choose("golkar")(book.exercise("l98-choice"))
    book.page.wait_for_timeout(250)
    book.page.close()
    assert book.on_disk() == {"l98-choice": "golkar"}


def test_what_was_typed_as_the_tab_closed_is_known_to_python(book: Notebook, open_notebook: Open) -> None:
    type_in("penentu")(book.exercise("l98-text"))
    book.exercise("l98-text").locator("input").blur()
    book.page.close()
    again = open_notebook(book.path)
    again.run_all()
    again.stored("l98-text")
    assert again.on_disk() == {"l98-text": "penentu"}


def test_rename(book: Notebook) -> None:
    old = book.path
    choose("golkar")(book.exercise("l98-choice"))
    book.stored("l98-choice")
    type_in("penent")(book.exercise("l98-text"))
    book.app("await context.rename(argument)", f"renamed-{old.name}")
    book.path = old.with_name(f"renamed-{old.name}")
    type_in("u")(book.exercise("l98-text"))
    until(lambda: book.on_disk() == {"l98-choice": "golkar", "l98-text": "penentu"}, book.page)
    book.stored("l98-text")
    assert book.on_disk() == {"l98-choice": "golkar", "l98-text": "penentu"}
    assert not old.exists()


def test_answer_while_it_is_being_renamed(book: Notebook) -> None:
    old = book.path
    renamed = old.with_name(f"moved-{old.name}")
    book.app(
        """document.querySelector(".jj-exercise input[value=golkar]").click();
        await context.rename(argument);
        document.querySelector(".jj-exercise input[value=threat]").click();""",
        renamed.name,
    )
    book.path = renamed
    book.page.wait_for_timeout(600)
    book.stored("l98-choice")
    book.stored("l98-multi")
    assert book.on_disk() == {"l98-choice": "golkar", "l98-multi": ["threat"]}


def test_two_tabs(book: Notebook, open_notebook: Open) -> None:
    other = open_notebook(book.path)
    other.run_all()
    choose("golkar")(book.exercise("l98-choice"))
    type_in("penentu")(other.exercise("l98-text"))
    pick("absorb")(book.exercise("l98-match"))
    tick("newcomer")(other.exercise("l98-multi"))
    for one in (book, other):
        for qid in ("l98-choice", "l98-text", "l98-match", "l98-multi"):
            one.stored(qid)
        assert shown(one)["l98-choice"] == "golkar"
        assert shown(one)["l98-text"] == "penentu"
        assert one.page.locator(".jp-Dialog").count() == 0
    expected = {
        "l98-choice": "golkar",
        "l98-text": "penentu",
        "l98-match": {"selznick": "absorb"},
        "l98-multi": ["newcomer"],
    }
    assert book.on_disk() == expected
    choose("same")(other.exercise("l98-choice"))
    other.stored("l98-choice")
    assert other.on_disk() == {**expected, "l98-choice": "same"}
    assert book.page.locator(".jp-Dialog").count() == 0


def walk_over(book: Notebook) -> None:
    """Go to the other machine: one person does not answer on two within a second."""
    book.page.wait_for_timeout(2500)


@pytest.mark.parametrize("decision", ["Overwrite", "Revert", "Cancel"])
def test_two_machines(book: Notebook, open_notebook: Open, other_context: "BrowserContext", decision: str) -> None:
    other = open_notebook(book.path, where=other_context)
    other.run_all()
    choose("golkar")(book.exercise("l98-choice"))
    book.stored("l98-choice")
    walk_over(book)
    type_in("penentu")(other.exercise("l98-text"))
    other.stored("l98-text")
    walk_over(book)
    assert book.on_disk() == {"l98-choice": "golkar", "l98-text": "penentu"}

    other.page.keyboard.press("Control+s")  # by hand, JupyterLab asks which version to keep
    dialog = other.page.locator(".jp-Dialog")
    dialog.wait_for()
    tick("threat")(book.exercise("l98-multi"))
    book.stored("l98-multi")
    walk_over(book)
    other.page.evaluate("window.dispatchEvent(new Event('focus'))")
    other.page.wait_for_timeout(500)
    dialog.get_by_role("button", name=decision).click()
    dialog.wait_for(state="detached")
    pick("absorb")(other.exercise("l98-match"))
    other.stored("l98-match")
    assert book.on_disk() == {
        "l98-choice": "golkar",
        "l98-text": "penentu",
        "l98-multi": ["threat"],
        "l98-match": {"selznick": "absorb"},
    }


def test_the_kernel_is_busy(book: Notebook) -> None:
    book.app(
        """context.model.sharedModel.insertCell(0, { cell_type: "code", source: "import time\\ntime.sleep(20)" });
        panel.content.activeCellIndex = 0;
        app.commands.execute("notebook:run-cell");"""
    )
    book.page.wait_for_function("() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'busy'")
    answer_all(book)
    assert book.on_disk() == FIRST
    assert book.app("return context.sessionContext.session.kernel.status") == "busy"


def test_the_kernel_is_dead(book: Notebook) -> None:
    book.app("await context.sessionContext.shutdown()")
    answer_all(book)
    assert book.on_disk() == FIRST
    book.exercise("l98-choice").get_by_role("button", name="Check").click()
    book.exercise("l98-choice").get_by_text("Python is not running this exercise").wait_for()
    book.app("await context.sessionContext.startKernel()")
    book.idle()
    book.run_all()
    assert shown(book) == some(FIRST)
    assert book.on_disk() == FIRST


def refuse(book: Notebook) -> None:
    """Let no file be saved from now on."""

    def answer(route: "Route") -> None:
        if route.request.method == "PUT":
            route.fulfill(status=500, json={"message": "disk full"})
        else:
            route.continue_()

    book.page.route("**/api/contents/**", answer)


def dismiss(book: Notebook) -> None:
    """Close JupyterLab's word on the save that failed."""
    dialog = book.page.locator(".jp-Dialog")
    dialog.locator(".jp-Dialog-footer button").click()
    dialog.wait_for(state="detached")


def test_saving_fails_and_works_again(book: Notebook) -> None:
    refuse(book)
    choose("golkar")(book.exercise("l98-choice"))
    book.says("l98-choice", "failed")
    book.exercise("l98-choice").get_by_text("Not stored yet").wait_for()
    assert book.on_disk() == {}
    dismiss(book)
    book.page.unroute_all()
    book.says("l98-choice", "stored", 60)
    assert book.on_disk() == {"l98-choice": "golkar"}


def test_a_change_while_a_save_is_under_way(book: Notebook) -> None:
    def slow(route: "Route") -> None:
        if route.request.method == "PUT":
            book.page.wait_for_timeout(700)
        route.continue_()

    book.page.route("**/api/contents/**", slow)
    said = []
    for value in ("golkar", "same", "gerindra", "same"):
        choose(value)(book.exercise("l98-choice"))
        book.page.wait_for_timeout(200)
        said.append(book.exercise("l98-choice").get_attribute("data-state"))
    book.stored("l98-choice")
    assert book.on_disk() == {"l98-choice": "same"}
    assert said[-1] == "storing"


def test_the_server_goes_and_comes_back(
    tmp_path: Path, server: Server, context: "BrowserContext", open_notebook: Open
) -> None:
    bank = {"JEJARING_BANK": str(Path(__file__).parent / "bank")}
    port = free_port()
    root, home = tmp_path / "notebooks", tmp_path / "home"
    root.mkdir()
    with jupyter(root, home, port, **bank) as first:
        book = open_notebook(first.write("gone.ipynb", IMPORT, *CELLS, language="en"), server=first)
        book.run_all()
        choose("golkar")(book.exercise("l98-choice"))
        book.stored("l98-choice")
    choose("same")(book.exercise("l98-choice"))
    type_in("kritis")(book.exercise("l98-text"))
    book.says("l98-text", "failed")
    assert book.on_disk() == {"l98-choice": "golkar"}
    with jupyter(root, home, port, **bank):
        book.says("l98-choice", "stored", 60)
        book.says("l98-text", "stored", 60)
        assert book.on_disk() == {"l98-choice": "same", "l98-text": "kritis"}


def test_ctrl_s_in_the_middle_of_a_save_asks_nothing(book: Notebook) -> None:
    for n, value in enumerate(["golkar", "same"] * 6):
        choose(value)(book.exercise("l98-choice"))
        book.page.wait_for_timeout(6 * n)
        book.page.keyboard.press("Control+s")
        book.page.wait_for_timeout(250)
    book.stored("l98-choice")
    assert book.page.locator(".jp-Dialog").count() == 0
    assert book.on_disk() == {"l98-choice": "same"}


def test_one_click_leaves_nothing_unsaved(book: Notebook) -> None:
    choose("same")(book.exercise("l98-choice"))
    book.stored("l98-choice")
    until(lambda: book.app("return !context.model.dirty"), book.page)
    book.page.wait_for_timeout(1500)
    assert not book.app("return context.model.dirty")
    copies = json.dumps(json.loads(book.path.read_text())["cells"][1]["outputs"])
    assert '"value": "same"' in copies, "the copy in the outputs is in the file too"


def test_a_damaged_file_does_not_stop_anybody(server: Server, open_notebook: Open) -> None:
    path = server.write("damaged.ipynb", IMPORT, *CELLS, language="en")
    notebook = json.loads(path.read_text())
    notebook["metadata"]["jejaring"] = {
        "answers": {
            "l98-choice": {"value": "<img src=x onerror=alert(1)>", "t": 1},
            "l98-text": {"value": {"a": ["nonsense"]}, "t": 2},
            "l98-match": "nonsense",
            "l98-multi": {"value": 7, "t": "yesterday"},
            "l98-grid": {"value": [[[]]], "t": 3},
            "l98-number": {"value": "12", "t": 4},
        }
    }
    path.write_text(json.dumps(notebook))
    book = open_notebook(path)
    book.run_all()
    choose("same")(book.exercise("l98-choice"))
    pick("absorb")(book.exercise("l98-match"))
    tick("newcomer")(book.exercise("l98-multi"))
    for qid in ("l98-choice", "l98-match", "l98-multi"):
        book.stored(qid)
    on_disk = book.on_disk()
    assert (on_disk["l98-choice"], on_disk["l98-match"], on_disk["l98-multi"]) == (
        "same",
        {"selznick": "absorb"},
        ["newcomer"],
    )
    assert book.page.locator("img[src=x]").count() == 0


def test_notebook_7(server: Server, open_notebook: Open) -> None:
    path = server.write("seven.ipynb", IMPORT, *CELLS, language="en")
    book = open_notebook(path, app="notebook")
    book.run_all()
    answer_all(book)
    assert book.on_disk() == FIRST
    book.restart()
    book.run_all()
    answer_all(book, 1)
    assert answers(path)["l98-choice"]["t"] > 0
    assert book.on_disk() == SECOND
