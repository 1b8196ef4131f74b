"""Every committed notebook obeys the house: canonical form, slugs, grain, and languages in step."""

from pathlib import Path

import pytest

from tools import notebooks


@pytest.mark.parametrize("path", notebooks.find(), ids=lambda path: "/".join(path.parts[-3:]))
def test_notebook_obeys_the_house(path: Path) -> None:
    problems = list(notebooks.check(path))
    assert not problems, "\n".join(problems)
