"""What students hand in is odd in every way; each oddity is named with its mend, and the rest is taken."""

import json
from pathlib import Path
from typing import Any

import pytest

from autograder import __main__ as command_line
from autograder.intake import collect
from tests.grading import small


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return small.course(tmp_path)


def notebook(student: str = "", **metadata: Any) -> dict[str, Any]:
    made = small.source("id")
    made["metadata"]["jejaring"] |= metadata
    if student:
        made["metadata"]["jejaring"]["answers"] = {"student": {"value": student, "t": 1.0}}
    return made


def put(root: Path, name: str, content: Any) -> Path:
    path = root / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


NAMES = {
    "s-01/ps90.ipynb": ("s-01", ""),
    "s-02/Tugas akhir.ipynb": ("s-02", "renamed"),
    "s-03_ps90.ipynb": ("s-03", ""),
    "s-04_ps90 (1).ipynb": ("s-04", "renamed"),
    "Siti Aminah/ps90.ipynb": ("Siti-Aminah", ""),
    "s-05/ps90/ps90.ipynb": ("s-05", ""),
    "tugas.ipynb": ("s-06", "renamed"),  # its own metadata say whose it is
}


def test_notebooks_are_recognised_however_they_are_named(root: Path) -> None:
    for name in NAMES:
        put(root, name, notebook("s-06" if name == "tugas.ipynb" else ""))
    taken, problems = collect(root, root / "in", "ps90")
    assert problems == []
    assert taken == sorted(student for student, _ in NAMES.values())
    for name, (student, note) in NAMES.items():
        folder = root / "submitted" / student / "ps90"
        assert (folder / "ps90.ipynb").read_bytes() == (root / "in" / name).read_bytes()
        notes = json.loads((folder / "collected.json").read_text())["notes"]
        assert [one.partition(" ")[0] for one in notes] == ([note] if note else [])


DEEP = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {"jejaring": {"answers": ' + "[" * 5000 + "]" * 5000 + '}}, "cells": []}'  # fmt: skip  # noqa: E501  # one damaged file on one line
BROKEN = {
    "cut off": ('{"cells": [', "is not valid JSON"),
    "nested": (DEEP, "is not valid JSON|nested too deeply"),
    "no notebook": ("[1, 2]", "not a notebook"),
    "old format": ({"nbformat": 3, "cells": []}, "notebook format 4"),
    "damaged cell": ({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [7]}, "cell 1 is damaged"),
    "damaged metadata": ({"nbformat": 4, "nbformat_minor": 5, "metadata": 7, "cells": []}, "damaged notebook"),
    "unknown": (notebook(assignment="ps77"), "says it is 'ps77', and the course has ps90"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_file_is_named_with_its_mend_and_stops_nothing(root: Path, name: str) -> None:
    content, reason = BROKEN[name]
    bad = put(root, "s-01_ps90.ipynb", content)
    put(root, "s-02_ps90.ipynb", notebook())
    taken, problems = collect(root, root / "in", "ps90")
    assert taken == ["s-02"]
    assert len(problems) == 1
    assert problems[0].startswith(str(bad))
    assert any(part in problems[0] for part in reason.split("|"))
    assert any(word in problems[0] for word in ("sk", "Save", "ename"))  # ask, Ask, Save, rename: what to do


def test_not_utf8_is_named(root: Path) -> None:
    (root / "in" / "s-01_ps90.ipynb").write_bytes(b'{"cells": "\xff"}')
    assert "UTF-8" in collect(root, root / "in", "ps90")[1][0]


def test_two_different_notebooks_of_one_student_are_both_named(root: Path) -> None:
    put(root, "s-01/ps90.ipynb", notebook())
    put(root, "s-01/ps90-Copy1.ipynb", notebook("s-01"))
    put(root, "S 01_ps90.ipynb", notebook("s-01"))
    put(root, "s-02/ps90.ipynb", notebook())
    put(root, "s-02/again.ipynb", notebook())  # the same bytes: no question which one counts
    taken, problems = collect(root, root / "in", "ps90")
    assert taken == ["s-02"]
    assert len(problems) == 1
    assert all(
        name in problems[0] for name in ("s-01/ps90.ipynb", "ps90-Copy1.ipynb", "S 01_ps90.ipynb", "Keep the one")
    )


def test_a_nameless_notebook_is_named(root: Path) -> None:
    put(root, "tugas.ipynb", notebook())
    assert "can't tell whose it is" in collect(root, root / "in", "ps90")[1][0]


def test_links_are_not_followed(root: Path) -> None:
    secret = root / "secret"
    secret.mkdir()
    (secret / "ps90.ipynb").write_text(json.dumps(notebook()))
    (root / "in" / "s-01_ps90.ipynb").symlink_to(secret / "ps90.ipynb")
    (root / "in" / "s-02").symlink_to(secret)
    taken, problems = collect(root, root / "in", "ps90")
    assert taken == []
    assert ["link" in problem for problem in problems] == [True, True]


def test_only_the_notebook_is_taken(root: Path) -> None:
    put(root, "s-01/ps90.ipynb", notebook())
    put(root, "s-01/jejaring.py", "raise SystemExit")
    put(root, "s-01/timestamp.txt", "2026-03-10 00:59:00 +0700\n")
    collect(root, root / "in", "ps90")
    names = sorted(path.name for path in (root / "submitted" / "s-01" / "ps90").iterdir())
    assert names == ["collected.json", "ps90.ipynb", "timestamp.txt"]


def test_a_bad_timestamp_costs_only_itself(root: Path) -> None:
    put(root, "s-01/ps90.ipynb", notebook())
    put(root, "s-01/timestamp.txt", "last night")
    taken, problems = collect(root, root / "in", "ps90")
    assert taken == ["s-01"]
    assert "is no date and time" in problems[0]
    assert not (root / "submitted" / "s-01" / "ps90" / "timestamp.txt").exists()


def test_nothing_outside_submitted_is_written(root: Path) -> None:
    put(root, "x/ps90.ipynb", notebook("../../escape"))
    put(root, "..%2f_ps90.ipynb", notebook())
    before = {path for path in root.rglob("*") if "submitted" not in path.parts}
    collect(root, root / "in", "ps90")
    assert {path for path in root.rglob("*") if "submitted" not in path.parts} == before


def test_the_exit_code_says_how_it_went(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, "s-01_ps90.ipynb", notebook())
    call = ["--course", str(root), "collect", "ps90", str(root / "in")]
    assert command_line.main(call) == 0
    put(root, "s-02_ps90.ipynb", "{")
    assert command_line.main(call) == 1
    assert command_line.main([*call[:3], "ps77", str(root / "in")]) == 2
    assert "The course has: ps90" in capsys.readouterr().err
