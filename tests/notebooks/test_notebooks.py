"""Every committed notebook obeys the house: canonical form, slugs, grain, and languages in step."""

import json
import re
from pathlib import Path

import pytest

from tools import notebooks


@pytest.mark.parametrize("path", notebooks.find(), ids=lambda path: "/".join(path.parts[-3:]))
def test_notebook_obeys_the_house(path: Path) -> None:
    problems = list(notebooks.check(path))
    assert not problems, "\n".join(problems)


LESSONS = [path for path in notebooks.find() if path.parts[-3] == "course"]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_lesson_leads_to_its_neighbours_and_to_the_map(path: Path) -> None:
    row = sorted(path.parent.glob("[0-9][0-9]_*.ipynb"))
    at = row.index(path)
    wanted = [*row[max(at - 1, 0) : at], *row[at + 1 : at + 2], *row[: min(at, 1)]]
    last = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][-1]["source"]).splitlines()[-1]
    links = re.findall(r"\]\(([^)#]+)", last)
    assert set(links) == {neighbour.name for neighbour in wanted}


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_lesson_links_to_files_that_exist(path: Path) -> None:
    text = "".join("".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])
    links = {link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link}
    assert [link for link in links if link and not (path.parent / link).exists()] == []
