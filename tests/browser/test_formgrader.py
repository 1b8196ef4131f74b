"""The button in formgrader: it grades as our own command does, and as safely."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder import bubble, course
from autograder.release import release
from autograder.report import rows
from tests.browser.lab import closing_context, jupyter
from tests.grading import classical, small

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

ESCAPE = "import os\nprint('SAW', os.path.exists('{root}/gradebook.db'))"


def test_the_button_grades_both_kinds_of_assignment(tmp_path: Path, browser: "Browser") -> None:
    if trouble := bubble.trouble():
        pytest.skip(trouble)
    root, home = tmp_path / "course", tmp_path / "home"
    root.mkdir()
    small.course(root)
    (root / "nbgrader_config.py").unlink()
    classical.course(root)
    release(root)
    small.hand_in(root, "s-1", small.answered(root / "release/id/ps90/ps90.ipynb", student="s-1"))
    looks = f"{ESCAPE.format(root=root)}\n{classical.RIGHT['mean']}"
    classical.hand_in(root, "s-1", classical.answered(root, mean=looks))
    with (
        contextlib.chdir(root),  # formgrader reads the settings of the folder it is started in
        jupyter(root, home) as server,
        closing_context(browser) as context,
    ):
        page = context.new_page()
        for assignment in ("ps90", classical.NAME):
            page.goto(f"{server.url}/formgrader/manage_submissions/{assignment}")
            page.locator("td.autograde a").click()
            page.get_by_text(f"Successfully autograded '{assignment}' for student 's-1'.").wait_for(timeout=90_000)
    with course.gradebook(course.config(root)) as book:
        points = {name: [row.points for row in rows(book, root, name)] for name in ("ps90", classical.NAME)}
    assert points == {"ps90": [6], classical.NAME: [classical.MOST]}
    graded = (root / f"autograded/s-1/{classical.NAME}/{classical.NAME}.ipynb").read_text("utf-8")
    assert "SAW False" in graded
