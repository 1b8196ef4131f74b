"""Each way in which a release could give something away, planted and caught; and the real release has none."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import course
from autograder.course import CourseError
from autograder.release import leaks, release, stale
from tests.grading import small

Notebook = dict[str, Any]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small.course(tmp_path_factory.mktemp("course"))
    release(root)
    return root


def first_code(notebook: Notebook) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")


def into_source(text: str) -> Callable[[Notebook], None]:
    return lambda notebook: first_code(notebook).update(source=text)


def into_prose(text: str) -> Callable[[Notebook], None]:
    return lambda notebook: notebook["cells"][0].update(source=text)


def into_output(output: dict[str, Any]) -> Callable[[Notebook], None]:
    return lambda notebook: first_code(notebook).update(outputs=[output])


PLANTED: dict[str, tuple[Callable[[Notebook], None], str]] = {
    "marker": (into_source("### BEGIN HIDDEN TESTS\n1\n### END HIDDEN TESTS"), "marker"),
    "solution marker in prose": (into_prose("### BEGIN SOLUTION"), "marker"),
    "call": (into_source("from jejaring import mark\nmark('ps90-forms')"), "calls mark"),
    "line of a test": (into_source('x = {"flood": "kerukunan", "market": "bargaining"}\nprint(x)'), "part of a key"),
    "key in prose": (into_prose("The answers: flood: kerukunan"), "flood, kerukunan"),
    "solution": (into_source("def area(width, height):\n    return width * height"), "line of a solution"),
    "essay": (into_prose(f"Hint. {small.ESSAY}"), "instructor's essay"),
    "attempt": (into_prose("An attempt at an essay that somebody wrote for the tests of this assignment."), "attempt"),
    "attempt's key": (into_source("x = {'canal': 'venture'}"), "canal, venture"),
    "answers": (lambda nb: nb["metadata"]["jejaring"].update(answers={"ps90-forms": {"value": {}, "t": 1}}), "answers"),
    "flags": (lambda nb: nb["metadata"]["jejaring"].update(flags={}), "flags"),
    "widget state": (lambda nb: nb["metadata"].update(widgets={"state": {"value": "x"}}), "state of widgets"),
    "cell metadata": (lambda nb: first_code(nb)["metadata"].update(jejaring={"key": {"flood": "kerukunan"}}), "flood"),
    "output": (into_output({"output_type": "stream", "name": "stdout", "text": "flood = kerukunan"}), "flood"),
    "any output": (into_output({"output_type": "stream", "name": "stdout", "text": "hello"}), "has outputs"),
    "attachment": (lambda nb: nb["cells"][0].update(attachments={"a.png": {"image/png": ""}}), "attachments"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_leak_is_caught(released: Path, tmp_path: Path, name: str) -> None:
    plant, said = PLANTED[name]
    shutil.copytree(released / "release", tmp_path / "release")
    shutil.copytree(released / "source", tmp_path / "source")
    (tmp_path / "source" / "attempts").mkdir()
    (tmp_path / "source" / "attempts" / "ps90.toml").write_text(
        '[[ps90-forms]]\nvalue = {canal = "venture"}\ncredit = 1\n'
        '[[ps90-aceh]]\nvalue = "An attempt at an essay that somebody wrote for the tests of this assignment."\n'
    )
    assert list(leaks(tmp_path / "release", tmp_path / "source")) == []
    path = tmp_path / "release" / "en" / "ps90" / "ps90.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    plant(notebook)
    path.write_text(json.dumps(notebook), "utf-8")
    found = list(map(str, leaks(tmp_path / "release", tmp_path / "source")))
    assert any(said in leak for leak in found), found
    assert all(str(path) in leak for leak in found)


@pytest.mark.parametrize("name", ["id/ps90/attempts.toml", "id/ps90/solve.py", "notes.csv", "id/ps90/more/data.csv"])
def test_a_file_that_nobody_needs_is_caught(released: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(released / "release", tmp_path / "release")
    (tmp_path / "release" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "release" / name).write_text("x")
    assert [leak.file for leak in leaks(tmp_path / "release", released / "source")] == [tmp_path / "release" / name]


def test_a_link_is_caught(released: Path, tmp_path: Path) -> None:
    shutil.copytree(released / "release", tmp_path / "release")
    (tmp_path / "release" / "id" / "ps90" / "data.csv").symlink_to("/etc/hostname")
    assert ["link" in leak.what for leak in leaks(tmp_path / "release", released / "source")] == [True]


def test_nothing_is_published_when_one_edition_leaks(tmp_path: Path) -> None:
    root = small.course(tmp_path)
    release(root)
    before = (root / "release" / "en" / "ps90" / "ps90.ipynb").read_bytes()
    path = root / "source" / "en" / "ps90" / "ps90.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["source"] = "flood: kerukunan"
    path.write_text(json.dumps(notebook))
    with pytest.raises(CourseError, match=r"Nothing was released(.|\n)*en/ps90/ps90.ipynb: cell title.*kerukunan"):
        release(root)
    assert (root / "release" / "en" / "ps90" / "ps90.ipynb").read_bytes() == before


def test_instructors_answers_do_not_reach_the_release(tmp_path: Path) -> None:
    root = small.course(tmp_path)
    path = root / "source" / "id" / "ps90" / "ps90.ipynb"
    notebook = json.loads(path.read_text())
    notebook["metadata"]["jejaring"]["answers"] = {"ps90-forms": {"value": small.FORMS, "t": 1.0}}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"v": small.FORMS}}}
    first_code(notebook)["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "flood: kerukunan"}]
    path.write_text(json.dumps(notebook))
    release(root)
    assert "kerukunan" not in (root / "release" / "id" / "ps90" / "ps90.ipynb").read_text("utf-8")


def test_staleness_is_noticed(tmp_path: Path) -> None:
    root = small.course(tmp_path)
    release(root)
    assert stale(root) == []
    path = root / "source" / "id" / "ps90" / "ps90.ipynb"
    path.write_text(path.read_text().replace("# Tugas", "# Tugas baru"))
    assert stale(root) == ["id/ps90/ps90.ipynb"]


def test_a_source_that_nbgrader_refuses_is_named(tmp_path: Path) -> None:
    root = small.course(tmp_path)
    path = root / "source" / "en" / "ps90" / "ps90.ipynb"
    path.write_text(path.read_text().replace("### END SOLUTION", ""))
    with pytest.raises(CourseError, match=r"source/en/ps90: can't be released"):
        release(root)


def test_the_real_release_has_no_leaks() -> None:
    assert course.assignments(small.ROOT)
    assert list(map(str, leaks(small.ROOT / "release", small.ROOT / "source"))) == []


def test_the_real_release_is_fresh() -> None:
    assert stale(small.ROOT) == [], "run: make release"
