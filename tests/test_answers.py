"""Answers are read from notebooks that strangers wrote."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring import answers
from jejaring.answers import MIME, Answer, current, harvest, own_notebook, put, read_notebook, remember, student, watch
from jejaring.errors import NotebookError

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
)


@pytest.fixture(autouse=True)
def fresh_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_memory", {})
    monkeypatch.setattr(answers, "_watchers", {})
    monkeypatch.setattr(answers, "_file", None)
    for name in ("JEJARING_NOTEBOOK", "JPY_SESSION_NAME", "NBGRADER_EXECUTION", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)


def notebook(stored: dict[str, object] | None = None, *copies: dict[str, object]) -> dict[str, object]:
    outputs = [{"output_type": "display_data", "data": {MIME: copy}} for copy in copies]
    return {"metadata": {"jejaring": {"answers": stored or {}}}, "cells": [{"cell_type": "code", "outputs": outputs}]}


def test_outputs_count_only_where_the_metadata_is_silent() -> None:
    found = harvest(
        notebook(
            {"a": {"value": "meta", "t": 1.0}, "b": {"value": None, "t": 9.0}},
            {"q": "a", "value": "copy", "t": 5.0},
            {"q": "b", "value": "taken back", "t": 5.0},
            {"q": "c", "value": "old", "t": 1.0},
            {"q": "c", "value": "new", "t": 2.0, "tries": 1},
        )
    )
    assert found == {"a": Answer("meta", 1.0), "c": Answer("new", 2.0, 1)}


@pytest.mark.parametrize("t", [True, "5", None, float("nan"), float("inf"), -1.0, 0, [5]])
def test_an_answer_without_a_proper_time_is_none(t: object) -> None:
    assert harvest(notebook({"a": {"value": "x", "t": t}})) == {}


@given(JSON)
def test_harvest_never_raises(anything: object) -> None:
    assert harvest(anything) == {}
    assert harvest({"metadata": {"jejaring": {"answers": anything}}, "cells": anything}) is not None
    harvest({"metadata": anything, "cells": [{"outputs": [{"data": {MIME: anything}}]}]})


def test_what_is_put_is_harvested() -> None:
    stored = {"a": Answer({"x": ["y"]}, 3.5, 2)}
    empty: dict[str, object] = {"metadata": {"jejaring": "damaged"}, "cells": []}
    put(empty, stored)
    assert harvest(json.loads(json.dumps(empty))) == stored


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "not valid JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[]", "not a notebook"),
        (b'{"cells": 3}', "not a notebook"),
        (b"[" * 100_000, "not valid JSON"),
    ],
)
def test_a_file_that_is_no_notebook_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "ps03.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookError, match=says) as caught:
        read_notebook(path)
    assert str(path) in str(caught.value)


def test_missing_and_huge_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotebookError, match="can't be read"):
        read_notebook(tmp_path / "none.ipynb")
    (tmp_path / "big.ipynb").write_text(json.dumps(notebook()))
    monkeypatch.setattr(answers, "MAX_BYTES", 10)
    with pytest.raises(NotebookError, match="too large"):
        read_notebook(tmp_path / "big.ipynb")


def test_the_newest_of_file_and_memory_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesson.ipynb"
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert current("a") is None
    path.write_text(json.dumps(notebook({"a": {"value": "file", "t": 2.0}})))
    remember("a", Answer("memory", 1.0))
    assert current("a") == Answer("file", 2.0)
    remember("a", Answer("memory", 3.0))
    assert current("a") == Answer("memory", 3.0)
    path.write_text(json.dumps(notebook({"a": {"value": "newer file", "t": 4.0}})))
    assert current("a") == Answer("newer file", 4.0)


def test_a_renamed_notebook_is_found_beside_the_kernel_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", "/gone/lesson.ipynb")
    assert own_notebook() is None
    (tmp_path / "lesson.ipynb").write_text("{}")
    assert own_notebook() == tmp_path / "lesson.ipynb"


def test_under_nbgrader_the_notebook_named_like_its_assignment_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "s42" / "ps03"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    for name in ("draft.ipynb", "ps03.ipynb"):
        (folder / name).write_text("{}")
    assert own_notebook() == folder / "ps03.ipynb"


def test_watchers_hear_each_answer_until_they_stop() -> None:
    heard: list[Answer] = []
    stop = watch("a", heard.append)
    remember("a", Answer(1, 1.0))
    remember("b", Answer(2, 2.0))
    stop()
    stop()
    remember("a", Answer(3, 3.0))
    assert heard == [Answer(1, 1.0)]


def test_the_student_is_the_one_the_notebook_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert student() is None
    monkeypatch.setenv("JUPYTERHUB_USER", "Siti.R")
    assert student() == "sitir"
    remember("student", Answer(" S-042 ", 1.0))
    assert student() == "s042"
