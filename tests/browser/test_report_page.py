"""The report on an assignment in a browser: pictures without a network, and nothing that a screen reader trips over."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from autograder.page import write
from tests.grading import classroom
from tests.grading.classroom import NAME

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with classroom.opened(tmp_path_factory.mktemp("class")) as folder:
        yield folder


@pytest.mark.parametrize(("code", "width", "scheme"), [("id", 1200, "light"), ("en", 390, "dark")])
def test_a_browser_draws_it_without_a_network(
    root: Path,
    browser: "Browser",
    code: str,
    width: int,
    scheme: Any,
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    path = next(path for path in write(root, NAME) if path.name.endswith(f"{code}.html"))
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        asked: list[str] = []
        troubles: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on("dialog", lambda dialog: troubles.append("dialog"))
        page.goto(path.as_uri())
        for picture in page.locator(".picture").all():
            picture.scroll_into_view_if_needed()
            picture.locator("[data-drawn]").wait_for(state="attached")
        assert page.locator(".still:visible").count() == 0
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
        assert troubles == []
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert [(found["id"], len(found["nodes"])) for found in Axe().run(page).response["violations"]] == []
        page.emulate_media(media="print")
        assert page.locator(".still:visible").count() == 3
        assert json.loads(page.locator(".live script").first.text_content() or "")["twin"]
