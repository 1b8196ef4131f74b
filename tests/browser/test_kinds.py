"""Every kind of exercise, answered by mouse and by keyboard alone in a real JupyterLab; what counts is the file."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.lab import Notebook, Server, closing_context, end_kernels, until, whole

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

IMPORT = "from jejaring import ask, use_language\nuse_language('en')"
KEYS_OF_COMMAND_MODE = (
    "d",
    "d",
    "x",
    "a",
    "b",
    "m",
    "z",
    "j",
    "k",
    "ArrowDown",
    "ArrowUp",
    "Shift+M",
    "Escape",
    "c",
    "v",
)


@dataclass(frozen=True)
class Answering:
    """One exercise, two ways to answer it, and what must stand in the file afterwards."""

    qid: str
    mouse: Callable[["Locator"], Any]
    keys: Sequence[str]  # names of keys; what begins with = is typed
    value: Any


def click(*texts: str) -> Callable[["Locator"], None]:
    """Click these texts one after the other."""

    def act(exercise: "Locator") -> None:
        for text in texts:
            exercise.get_by_text(text, exact=True).click()

    return act


def select(*labels: str) -> Callable[["Locator"], None]:
    """Choose these options in the exercise's selects, from top to bottom."""

    def act(exercise: "Locator") -> None:
        for n, label in enumerate(labels):
            box = exercise.locator("select").nth(n)
            box.click()
            option = box.locator("option", has_text=label)
            box.select_option(value=option.get_attribute("value"))

    return act


def type_into(*texts: str) -> Callable[["Locator"], None]:
    """Click each text box and type."""

    def act(exercise: "Locator") -> None:
        for n, text in enumerate(texts):
            box = exercise.locator("textarea, input[type=text]").nth(n)
            box.click()
            box.press_sequentially(text)

    return act


def pill(card: int, text: str) -> Callable[["Locator"], None]:
    """Click one class of one card."""
    return lambda exercise: exercise.locator(".jj-case").nth(card).get_by_text(text, exact=True).click()


def all_of(*acts: Callable[["Locator"], None]) -> Callable[["Locator"], None]:
    """Do one thing after the other."""
    return lambda exercise: [act(exercise) for act in acts] and None


LESSON = (
    Answering("l98-choice", click("Both are equally strong."), ["Tab", "Space", "ArrowDown"], "same"),
    Answering(
        "l98-multi",
        click("A threat to the organisation.", "People or groups from outside."),
        ["Tab", "Space", "Tab", "Space"],
        ["newcomer", "threat"],
    ),
    Answering(
        "l98-cards",
        all_of(pill(0, "communal mutual aid"), pill(1, "coalition"), pill(2, "co-optation")),
        ["Tab", "Space", "Tab", "Space", "ArrowDown", "Tab", "Space", "ArrowRight", "ArrowRight"],
        {"flood": "mutual", "party": "coalition", "board": "cooptation"},
    ),
    Answering(
        "l98-grid",
        select("spontaneous", "communal mutual aid", "contractual", "bargaining"),
        ["Tab", "ArrowDown", "Tab", "ArrowDown", "Tab", *["ArrowDown"] * 3, "Tab", *["ArrowDown"] * 2],
        {"bus": {"origin": "spontaneous", "form": "mutual"}, "beans": {"origin": "contract", "form": "bargaining"}},
    ),
    Answering(
        "l98-match",
        select("A. ", "B. "),
        ["Tab", "ArrowDown", "Tab", "ArrowDown", "ArrowDown"],
        {"selznick": "absorb", "thompson": "exchange"},
    ),
    Answering("l98-number", type_into("0,6", "20%"), ["Tab", "=0,6", "Tab", "=20%"], {"a": "0,6", "b": "20%"}),
    Answering("l98-text", type_into("critical"), ["Tab", "=critical"], "critical"),
    Answering("l98-tip", click("One person."), ["Tab", "Space", "ArrowDown"], "one"),
    Answering("l98-claim", click("Wrong"), ["Tab", "Space", "ArrowRight", "ArrowRight"], "wrong"),
)
ASSIGNMENT = (
    Answering("ps98-essay", type_into("Two lines.\n\nAceh d d x."), ["Tab", "Tab", "=Aceh", "Enter", "=d d x"], None),
    Answering(
        "ps98-grid",
        select("spontaneous", "communal mutual aid"),
        ["Tab", "ArrowDown", "Tab", "ArrowDown"],
        {"bus": {"origin": "spontaneous", "form": "mutual"}},
    ),
    Answering("ps98-number", type_into("12,5"), ["Tab", "=12,5"], {"share": "12,5"}),
)
ALL = LESSON + ASSIGNMENT
NETWORKS = ("l98-network", "l98-redesign", "ps98-survey")
QIDS = [*(one.qid for one in ALL), "l98-order", "l98-bet", *NETWORKS, "ps98-code"]


def asking(server: Server, browser: "Browser", name: str) -> Iterator[Notebook]:
    """Open a notebook that asks every exercise, and run it."""
    path = server.write(name, IMPORT, *(f"ask({qid!r})" for qid in QIDS))
    with closing_context(browser) as context:
        notebook = Notebook(context.new_page(), path)
        notebook.page.on("dialog", lambda dialog: dialog.accept())
        notebook.page.goto(f"{server.url}/doc/tree/{name}")
        notebook.ready()
        notebook.run_all()
        notebook.page.wait_for_function(f"() => document.querySelectorAll('.jj-body').length === {len(QIDS)}")
        yield notebook
        end_kernels(server)


@pytest.fixture(scope="module")
def by_mouse(server: Server, browser: "Browser") -> Iterator[Notebook]:
    """A notebook to be answered by mouse."""
    yield from asking(server, browser, "mouse.ipynb")


@pytest.fixture(scope="module")
def by_keys(server: Server, browser: "Browser") -> Iterator[Notebook]:
    """A notebook to be answered by keyboard."""
    yield from asking(server, browser, "keys.ipynb")


@pytest.fixture(scope="module")
def by_accident(server: Server, browser: "Browser") -> Iterator[Notebook]:
    """A notebook to press wrong keys in."""
    yield from asking(server, browser, "accident.ipynb")


def enter(notebook: Notebook, qid: str) -> "Locator":
    """Put the focus just before an exercise's first control: the next Tab reaches it."""
    exercise = notebook.exercise(qid)
    exercise.scroll_into_view_if_needed()
    exercise.evaluate("element => { element.tabIndex = -1; element.focus(); }")
    return exercise


def press(notebook: Notebook, keys: Sequence[str]) -> None:
    """Press keys, or type what begins with =."""
    for key in keys:
        if key.startswith("="):
            notebook.page.keyboard.type(key[1:])
        else:
            notebook.page.keyboard.press(key)


def on_disk(notebook: Notebook, qid: str) -> Any:
    """Wait for the page to say that the answer is stored, and read it from the file."""
    notebook.stored(qid)
    return notebook.on_disk()[qid]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.qid)
def test_answered_by_mouse(by_mouse: Notebook, one: Answering) -> None:
    one.mouse(by_mouse.exercise(one.qid))
    expected = "Two lines.\n\nAceh d d x." if one.value is None else one.value
    until(lambda: on_disk(by_mouse, one.qid) == expected, by_mouse.page)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.qid)
def test_answered_by_keyboard_alone(by_keys: Notebook, one: Answering) -> None:
    enter(by_keys, one.qid)
    press(by_keys, one.keys)
    expected = "Aceh\nd d x" if one.value is None else one.value
    until(lambda: on_disk(by_keys, one.qid) == expected, by_keys.page)


def shown_order(exercise: "Locator") -> list[str]:
    """Return the texts of an order as they stand on the page."""
    exercise.scroll_into_view_if_needed()
    return exercise.locator(".jj-what").all_inner_texts()


ORDER = {
    "There is a need.": "need",
    "A first offer.": "offer",
    "A lower counter-offer, with the reason why the first price cannot be accepted.": "counter",
    "Agreement.": "agree",
}


def test_an_order_that_nobody_touched_is_no_answer_until_confirmed(by_mouse: Notebook) -> None:
    exercise = by_mouse.exercise("l98-order")
    shown = [ORDER[text] for text in shown_order(exercise)]
    assert "l98-order" not in by_mouse.on_disk()
    exercise.get_by_role("button", name="This is my order").dblclick()
    assert on_disk(by_mouse, "l98-order") == shown
    exercise.get_by_role("button", name="Move down").first.click()
    until(lambda: on_disk(by_mouse, "l98-order") == [shown[1], shown[0], *shown[2:]], by_mouse.page)


def test_an_item_is_dragged_to_its_place(by_mouse: Notebook) -> None:
    exercise = by_mouse.exercise("l98-order")
    before = [ORDER[text] for text in shown_order(exercise)]
    exercise.scroll_into_view_if_needed()
    start = exercise.locator(".jj-handle").first.bounding_box()
    end = exercise.locator(".jj-order > li").nth(2).bounding_box()
    assert start
    assert end
    mouse = by_mouse.page.mouse
    mouse.move(start["x"] + 5, start["y"] + 10)
    mouse.down()
    for part in (0.3, 0.7, 1):
        mouse.move(start["x"] + 5, start["y"] + 10 + part * (end["y"] + end["height"] - 4 - start["y"] - 10))
    mouse.up()
    until(lambda: on_disk(by_mouse, "l98-order") == [before[1], before[2], before[0], before[3]], by_mouse.page)


def test_an_order_is_sorted_by_keyboard_and_every_move_announced(by_keys: Notebook) -> None:
    exercise = enter(by_keys, "l98-order")
    first, *rest = shown_order(exercise)
    press(by_keys, ["Tab", "Tab", "Enter"])
    focused = by_keys.page.locator(":focus")
    assert focused.get_attribute("aria-label") == f"Move down: {first}", "the focus follows the item"
    exercise.locator("[aria-live], [role=status]", has_text=f"{first}: now number 2 of 4").wait_for(state="attached")
    press(by_keys, ["Space", "Enter", "Enter"])
    assert focused.get_attribute("aria-label") == f"Move down: {first}", "the last place keeps the focus too"
    assert focused.get_attribute("aria-disabled") == "true"
    until(lambda: on_disk(by_keys, "l98-order") == [ORDER[text] for text in [*rest, first]], by_keys.page)


def test_a_bet_by_slider_and_by_number(by_mouse: Notebook, by_keys: Notebook) -> None:
    exercise = by_mouse.exercise("l98-bet")
    slider = exercise.get_by_role("slider")
    assert slider.get_attribute("aria-valuetext") == "no bet yet"
    slider.click()  # in the middle, where the thumb rests
    assert on_disk(by_mouse, "l98-bet") == "10"
    assert exercise.get_by_role("textbox", name="Your bet").input_value() == "10"

    exercise = enter(by_keys, "l98-bet")
    press(by_keys, ["Tab", "=19,5", "Tab", "ArrowRight"])
    until(lambda: on_disk(by_keys, "l98-bet") == "20", by_keys.page)
    press(by_keys, ["Shift+Tab", "Control+a", "=30", "Tab"])
    exercise.get_by_text("Write a number between 0 and 20.").wait_for()
    assert exercise.get_by_role("textbox").get_attribute("aria-invalid") == "true"


def test_a_number_that_cannot_be_read_is_met_gently_and_kept(by_accident: Notebook) -> None:
    exercise = enter(by_accident, "l98-number")
    field = exercise.get_by_label("Party A")
    press(by_accident, ["Tab", "=half"])
    message = exercise.locator(".jj-message", has_text="can't be read as a number")
    message.wait_for()
    assert on_disk(by_accident, "l98-number") == {"a": "half"}
    for text in ("1/2", "50%", "0.5", "0,5", ",5", "1.234,5", "12 000", "-3"):
        field.fill(text)
        field.press("Tab")
        assert not message.is_visible(), text
    for text in ("1/", "1/0", "five", "1,2,3"):
        field.fill(text)
        field.press("Tab")
        assert message.is_visible(), text
    before = field.input_value()
    field.focus()
    field.hover()
    by_accident.page.mouse.wheel(0, 40)
    assert field.input_value() == before
    field.fill("")
    by_accident.says("l98-number", "empty")
    assert by_accident.on_disk()["l98-number"] is None


def test_the_map_shows_where_each_case_stands(by_mouse: Notebook) -> None:
    exercise = by_mouse.exercise("l98-grid")
    select("traditional", "joint venture")(exercise)
    row = exercise.get_by_role("row").filter(has=by_mouse.page.get_by_role("rowheader", name="traditional"))
    assert row.get_by_role("cell").all_inner_texts() == ["", "", "", "", "1"]
    chip = row.get_by_role("button")
    chip.click()
    assert by_mouse.page.locator(":focus").evaluate("element => element.matches('.jj-case:first-of-type select')")
    exercise.locator("select").first.select_option(value="")
    assert "1" in exercise.locator(".jj-rest").inner_text()
    until(lambda: on_disk(by_mouse, "l98-grid")["bus"] == {"form": "venture"}, by_mouse.page)


def test_an_essay_counts_its_words_and_grows(by_mouse: Notebook) -> None:
    exercise = by_mouse.exercise("ps98-essay")
    box = exercise.get_by_role("textbox")
    box.fill("one – two, three")
    assert "Words: 3" in exercise.locator(".jj-count").inner_text()
    assert "2 short" in exercise.locator(".jj-count").inner_text()
    height = box.bounding_box()["height"]
    box.fill("word\n" * 40)
    assert "32 over" in exercise.locator(".jj-count").inner_text()
    assert box.bounding_box()["height"] > height + 300
    assert box.evaluate("element => element.scrollHeight <= element.clientHeight + 2"), "nothing to scroll inside"


def test_a_claim_opens_its_evidence_only_after_the_verdict(by_accident: Notebook) -> None:
    exercise = by_accident.exercise("l98-claim")
    assert exercise.get_by_text("Cooperation needs a shared aim.").count() == 0
    exercise.get_by_text("Supported", exact=True).click()
    assert exercise.get_by_text("Cooperation needs a shared aim.").count() == 0
    exercise.get_by_role("button", name="Check").click()
    exercise.get_by_text("Cooperation needs a shared aim.").wait_for()
    exercise.get_by_text("Which aim was agreed on?").wait_for()
    exercise.get_by_text("that is collective behaviour").wait_for()
    exercise.get_by_text("Not testable", exact=True).click()
    assert not exercise.get_by_text("Which aim was agreed on?").is_visible(), (
        "a remark goes with the answer it was about"
    )


def test_remarks_stand_beside_the_items_they_are_about(by_accident: Notebook) -> None:
    exercise = by_accident.exercise("l98-cards")
    for card, text in enumerate(("communal mutual aid", "communal mutual aid", "co-optation")):
        pill(card, text)(exercise)
    exercise.get_by_role("button", name="Check").click()
    card = exercise.locator(".jj-case")
    card.nth(1).get_by_text("Are those who cooperate here neighbours").wait_for()
    assert card.nth(0).locator(".jj-remark").inner_text().startswith("\u2713 Right")
    assert card.nth(1).locator(".jj-remark").inner_text().startswith("\u2717 Not yet")
    pill(1, "coalition")(exercise)
    assert card.nth(1).locator(".jj-remark").inner_text() == ""
    assert card.nth(0).locator(".jj-remark").inner_text().startswith("\u2713 Right"), "the others stay"


def test_a_double_click_answers_once(by_accident: Notebook) -> None:
    by_accident.exercise("l98-choice").get_by_text("Both are equally strong.").dblclick()
    by_accident.exercise("l98-tip").get_by_text("One person.").dblclick()
    assert on_disk(by_accident, "l98-choice") == "same"
    assert on_disk(by_accident, "l98-tip") == "one"


@pytest.mark.parametrize("qid", [qid for qid in QIDS if qid != "ps98-code"])
def test_keys_of_command_mode_do_nothing_to_the_notebook(by_accident: Notebook, qid: str) -> None:
    cells = "return [panel.content.activeCellIndex, ...panel.content.model.cells].map(cell => cell.id ?? cell)"
    exercise = enter(by_accident, qid)
    by_accident.page.keyboard.press("Tab")
    if qid == "ps98-essay":
        by_accident.page.keyboard.press("Tab")
    by_accident.app(
        "if (!window.said) app.commands.commandExecuted.connect((_, { id }) => window.said.push(id)); window.said = []"
    )
    before = by_accident.app(cells)
    press(by_accident, KEYS_OF_COMMAND_MODE)
    focused = by_accident.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    assert exercise.locator(":focus").count() == 1, f"the focus stays in the exercise, and is not in {focused}"
    assert by_accident.app(cells) == before
    assert by_accident.app("return window.said") == []
    press(by_accident, ["Control+s"])
    until(lambda: "docmanager:save" in by_accident.app("return window.said"), by_accident.page)
    assert by_accident.app(cells) == before


# A network


@pytest.fixture
def drawing(server: Server, browser: "Browser") -> Iterator[Notebook]:
    """A notebook with all exercises whose answer is a network, all of it in sight."""
    path = server.write("networks.ipynb", IMPORT, *(f"ask({qid!r})" for qid in (*NETWORKS, "l98-choice")))
    with closing_context(browser, viewport={"width": 1200, "height": 4000}) as context:
        notebook = Notebook(context.new_page(), path)
        notebook.page.goto(f"{server.url}/doc/tree/networks.ipynb")
        notebook.ready()
        notebook.run_all()
        drawn(notebook)
        yield notebook
        end_kernels(server)


def drawn(notebook: Notebook) -> None:
    """Wait until the maps are drawn and Python has said what lies on them."""
    maps = "document.querySelectorAll('.jj-desk[data-answered] .jj-desk-map[data-drawn]').length"
    notebook.page.wait_for_function(f"() => {maps} === {len(NETWORKS)}")
    notebook.page.wait_for_selector("#jupyterlab-splash", state="detached")


def on_the_map(exercise: "Locator") -> list[str]:
    """Return the names on the map of an exercise."""
    names: list[str] = exercise.locator(".jj-desk-map").evaluate(
        "map => map.jejaringMap.cy.nodes().map(node => node.data('name')).sort()"
    )
    return names


def spot(exercise: "Locator", name: str) -> dict[str, float]:
    """Return where somebody stands on the screen."""
    place: dict[str, float] = exercise.locator(".jj-desk-map").evaluate(
        """(map, name) => {
          const box = map.getBoundingClientRect();
          const node = map.jejaringMap.cy.nodes().filter((each) => each.data("name") === name)[0];
          return { x: box.left + node.renderedPosition().x, y: box.top + node.renderedPosition().y };
        }""",
        name,
    )
    return place


def tab_to(notebook: Notebook, name: str) -> None:
    """Press Tab until the focus is on the control of this name."""
    for _ in range(30):
        notebook.page.keyboard.press("Tab")
        focused = notebook.page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
        )
        if focused == name:
            return
    raise AssertionError(f"Tab never reaches {name}")


def named(value: Any) -> tuple[list[str], list[list[str]]]:
    """Names, and ties by names, of a stored network."""
    people = value["people"]
    return people, [sorted(people[end] for end in tie[:2]) for tie in value["ties"]]


def test_a_network_is_drawn_by_mouse(drawing: Notebook) -> None:
    exercise, mouse = drawing.exercise("l98-network"), drawing.page.mouse
    box = exercise.locator(".jj-desk-map").bounding_box()
    assert box
    for n, (x, y) in enumerate(((0.25, 0.3), (0.75, 0.3), (0.5, 0.8)), start=1):
        mouse.dblclick(box["x"] + x * box["width"], box["y"] + y * box["height"])
        until(lambda n=n: len(on_the_map(exercise)) == n, drawing.page)
        drawing.page.wait_for_timeout(450)
    exercise.get_by_role("button", name="Draw ties").click()
    for one, other in (("Person 1", "Person 2"), ("Person 2", "Person 3")):
        for name in (one, other):
            mouse.click(**spot(exercise, name))
            drawing.page.wait_for_timeout(450)
        until(lambda n=other: f"{n} are tied" in exercise.locator(".jj-desk-status").inner_text(), drawing.page)
    stored = until(
        lambda: (found := on_disk(drawing, "l98-network")) and len(found["ties"]) == 2 and found, drawing.page
    )
    assert named(stored) == (
        ["Person 1", "Person 2", "Person 3"],
        [["Person 1", "Person 2"], ["Person 2", "Person 3"]],
    )
    assert stored["directed"] is False
    exercise.get_by_role("button", name="Check").click()
    asked = exercise.locator(".jj-asked li")
    asked.nth(1).get_by_text("Ties in your network: 2. Who among them ask each other too").wait_for()
    assert "Right" in asked.nth(0).inner_text()
    exercise.get_by_role("button", name="Undo").click()
    assert asked.nth(1).locator(".jj-remark").inner_text() == "", "remarks go with the answer they were about"


def test_a_network_is_drawn_by_keyboard_alone_and_survives(drawing: Notebook) -> None:
    exercise = enter(drawing, "l98-network")
    tab_to(drawing, "New person")
    for name in ("dda", "Budi", "Cici"):  # d d would delete the cell, a would add one
        press(drawing, [f"={name}", "Enter"])
        until(lambda name=name: name in on_the_map(exercise), drawing.page)
    enter(drawing, "l98-network")
    tab_to(drawing, "From")
    press(drawing, ["=dda", "Tab", "=Budi", "Tab", "Control+a", "=2,5", "Enter"])
    enter(drawing, "l98-network")
    tab_to(drawing, "From")
    press(drawing, ["=Cici", "Tab", "=Budi", "Tab", "Control+a", "=1", "Enter"])
    stored = until(
        lambda: (found := on_disk(drawing, "l98-network")) and len(found["ties"]) == 2 and found, drawing.page
    )
    assert named(stored) == (["dda", "Budi", "Cici"], [["Budi", "dda"], ["Budi", "Cici"]])
    assert [tie[2] for tie in stored["ties"]] == [2.5, 1]
    assert drawing.page.locator(".jp-Cell").count() == 5

    def shown() -> bool:
        return on_the_map(drawing.exercise("l98-network")) == ["Budi", "Cici", "dda"]

    drawing.page.reload()
    drawing.ready()
    drawn(drawing)
    until(shown, drawing.page)
    drawing.restart()
    drawing.run_all()
    drawn(drawing)
    until(shown, drawing.page)
    drawing.stored("l98-network")
    drawing.run_all()  # the same cell again, in a kernel that knows it
    drawn(drawing)
    until(shown, drawing.page)
    assert drawing.on_disk()["l98-network"] == stored
    assert drawing.page.locator(".jj-exercise[data-qid='l98-network']").count() == 1


def test_a_newer_network_from_elsewhere_is_drawn(drawing: Notebook) -> None:
    exercise = drawing.exercise("l98-redesign")
    newer = {"people": ["P1", "P2", "P3", "P4"], "ties": [[0, 3, 1]], "directed": False}
    drawing.app(
        """const home = context.model.getMetadata("jejaring") ?? {};
        const answers = { ...home.answers, "l98-redesign": { value: argument, t: Date.now() / 1000, tries: 0 } };
        context.model.setMetadata("jejaring", { ...home, answers });""",
        newer,
    )
    ties = "map => map.jejaringMap.cy.edges().length"
    until(lambda: exercise.locator(".jj-desk-map").evaluate(ties) == 1, drawing.page)
    assert on_disk(drawing, "l98-redesign") == newer


def test_a_given_network_is_changed_and_given_back(drawing: Notebook) -> None:
    page, exercise = drawing.page, drawing.exercise("l98-redesign")
    drawing.says("l98-redesign", "empty")
    box = exercise.locator(".jj-desk-map").bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    exercise.get_by_text("only ties can be changed").wait_for()
    page.mouse.click(**spot(exercise, "P4"))
    exercise.locator(".jj-desk-map").focus()
    page.keyboard.press("Delete")
    assert on_the_map(exercise) == ["P1", "P2", "P3", "P4"]
    for missing in ("New person", "Ties have a direction", "Measure"):
        assert exercise.get_by_label(missing, exact=True).count() == 0
    assert exercise.get_by_text("Suggest ties").count() == exercise.locator("input[type=file]").count() == 0
    assert "People: 4, ties: 2." in exercise.inner_text()
    exercise.get_by_label("From", exact=True).select_option(label="P4")
    exercise.get_by_label("To", exact=True).select_option(label="P1")
    exercise.get_by_role("button", name="Tie", exact=True).click()
    people, ties = named(on_disk(drawing, "l98-redesign"))
    assert (people, ties) == (["P1", "P2", "P3", "P4"], [["P1", "P2"], ["P2", "P3"], ["P1", "P4"]])
    exercise.get_by_role("button", name="Check").click()
    exercise.get_by_text("All of it is right.").wait_for()
    exercise.get_by_role("button", name="Begin again").click()
    drawing.says("l98-redesign", "empty")
    until(lambda: drawing.on_disk()["l98-redesign"] is None, page)
    exercise.get_by_role("button", name="Undo").click()
    until(lambda: drawing.on_disk()["l98-redesign"] and named(drawing.on_disk()["l98-redesign"])[1] == ties, page)


def test_a_survey_is_opened_and_its_names_are_not_stored(drawing: Notebook, tmp_path: Path) -> None:
    exercise = drawing.exercise("ps98-survey")
    survey = tmp_path / "class.csv"
    survey.write_text("from,to,strength\nWulandari,Prasetyo,3\nPrasetyo,Wulandari,1\nSitompul,Wulandari,2\n", "utf-8")
    exercise.locator("input[type=file]").set_input_files(survey)
    until(lambda: on_the_map(exercise) == ["P1", "P2", "P3"], drawing.page)
    stored = on_disk(drawing, "ps98-survey")
    assert stored["directed"] is False
    assert sorted(tie[2] for tie in stored["ties"]) == [2, 3], "of two answers the stronger counts"
    exercise.get_by_label("Show real names").check()
    until(lambda: "Sitompul" in on_the_map(exercise), drawing.page)
    drawing.save()
    assert not any(name in json.dumps(whole(drawing.path)) for name in ("Wulandari", "Prasetyo", "Sitompul"))
