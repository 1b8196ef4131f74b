"""The tool that keeps notebooks in step, on a small course of two editions."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from jejaring.errors import NotebookError
from tools import notebooks

Cell = dict[str, Any]
LESSON = Path("course/id/01_ronda.ipynb")
EDITION = Path("course/en/01_ronda.ipynb")
SENTENCE = "Setiap malam empat orang dari tiap regu boleh ikut berjaga di pos itu."


def prose(name: str, source: str, **metadata: Any) -> Cell:
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": source}


def code(name: str, source: str, *outputs: Cell, **metadata: Any) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": 7,
        "id": name,
        "metadata": metadata,
        "outputs": list(outputs),
        "source": source,
    }


def lesson(*cells: Cell, language: str = "id") -> dict[str, Any]:
    """Build a lesson of allowed size round a few cells."""
    speak = code("speak", f'from jejaring.language import use_language\nuse_language("{language}")', tags=["language"])
    rest = [prose(f"scene-{n}", "\n".join([SENTENCE] * 4)) for n in range(27 - len(cells))]
    jejaring = {"lesson": "l01", "language": language}
    start = prose("start", f"<button {notebooks.START}>▶</button>\n\n" + "\n".join([SENTENCE] * 4))
    return {
        "cells": [start, speak, *rest, *cells],
        "metadata": {"jejaring": jejaring, "widgets": {"state": {}}, "vscode": {}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def save(path: Path, notebook: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def cells(path: Path) -> dict[str, Cell]:
    return {cell["id"]: cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}


def text(cell: Cell) -> str:
    return "".join(cell["source"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one lesson that was run, and its stamped translation."""
    folder = tmp_path_factory.mktemp("made")
    save(folder / LESSON, lesson(prose("bet", "Berapa jam?"), code("sum", "1 + 1")))
    notebooks.run(folder / LESSON)
    notebooks.main(["sync"], folder)
    notebooks.main(["sync", "--stamp"], folder)
    notebooks.run(folder / EDITION)
    return folder


@pytest.fixture
def course(made: Path, tmp_path: Path) -> Path:
    """Return a copy of that folder."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def problems(course: Path, path: Path = LESSON) -> list[str]:
    return list(notebooks.check(course / path, course))


def edit(path: Path, name: str, **changes: Any) -> None:
    """Change one cell of a notebook and write it back in canonical form."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    next(cell for cell in notebook["cells"] if cell["id"] == name).update(changes)
    path.write_text(notebooks.canonical(notebook), encoding="utf-8")


def test_a_course_in_step_has_no_problems(course: Path) -> None:
    assert problems(course) == problems(course, EDITION) == []
    assert notebooks.main(["check"], course) == 0


def test_run_executes_and_keeps_only_what_does_not_change(tmp_path: Path) -> None:
    source = "import sys\nfrom ipywidgets import IntSlider\nprint('a')\nprint('b')\nIntSlider()"
    save(tmp_path / LESSON, lesson(code("slider", source)))
    notebooks.run(tmp_path / LESSON)
    first = (tmp_path / LESSON).read_text(encoding="utf-8")
    notebooks.run(tmp_path / LESSON)
    assert (tmp_path / LESSON).read_text(encoding="utf-8") == first
    assert first.endswith("}\n")
    assert json.loads(first)["metadata"].keys() == {"jejaring", "kernelspec", "language_info"}
    stream, result = cells(tmp_path / LESSON)["slider"]["outputs"]
    assert stream == {"name": "stdout", "output_type": "stream", "text": ["a\n", "b\n"]}
    assert result["data"] == {"text/plain": ["IntSlider(value=0)"]}
    assert result["execution_count"] == cells(tmp_path / LESSON)["slider"]["execution_count"] == 2


def test_canonical_form_is_a_fixed_point_and_drops_answers() -> None:
    view = {"data": {notebooks.WIDGET_VIEW: {"model_id": "1"}}, "metadata": {}, "output_type": "display_data"}
    notebook = lesson(code("view", "show()", view, collapsed=False, execution={"shell.execute_reply": "now"}))
    notebook["metadata"]["jejaring"]["answers"] = {"l01-bet": {"value": "4", "t": 1.0}}
    once = notebooks.canonical(notebook)
    assert notebooks.canonical(json.loads(once)) == once
    assert "answers" not in once
    cell = json.loads(once)["cells"][-1]
    assert (cell["outputs"], cell["metadata"], cell["execution_count"]) == ([], {}, 2)


ASSIGNMENT = Path("source/id/ps01/ps01.ipynb")
ANSWERS = {"ps01-bet": {"t": 1.0, "tries": 0, "value": "4"}}


def assignment(language: str = "id") -> dict[str, Any]:
    notebook = lesson(
        code("seen", "from jejaring.answers import current\ncurrent('ps01-bet').value"), language=language
    )
    notebook["metadata"]["jejaring"] = {"answers": ANSWERS, "assignment": "ps01", "language": language}
    return notebook


def test_an_assignment_keeps_its_answers_and_is_run_with_them(tmp_path: Path) -> None:
    save(tmp_path / ASSIGNMENT, assignment())
    notebooks.run(tmp_path / ASSIGNMENT)
    assert cells(tmp_path / ASSIGNMENT)["seen"]["outputs"][0]["data"]["text/plain"] == ["'4'"]
    assert json.loads((tmp_path / ASSIGNMENT).read_text(encoding="utf-8"))["metadata"]["jejaring"]["answers"] == ANSWERS


def test_sync_leaves_an_edition_its_own_answers(tmp_path: Path) -> None:
    save(tmp_path / ASSIGNMENT, assignment())
    notebooks.main(["sync"], tmp_path)
    edition = tmp_path / "source/en/ps01/ps01.ipynb"
    notebook = json.loads(edition.read_text(encoding="utf-8"))
    assert notebook["metadata"]["jejaring"]["answers"] == ANSWERS
    notebook["metadata"]["jejaring"]["answers"] = {"ps01-bet": {"t": 2.0, "tries": 0, "value": "four"}}
    save(edition, notebook)
    notebooks.main(["sync"], tmp_path)
    assert "four" in edition.read_text(encoding="utf-8")


def test_run_names_the_failing_cell_and_leaves_the_file(tmp_path: Path) -> None:
    save(tmp_path / LESSON, lesson(code("good", "1"), code("bad", "1 / 0"), code("after", "2")))
    before = (tmp_path / LESSON).read_bytes()
    with pytest.raises(NotebookError, match="cell bad: ZeroDivisionError"):
        notebooks.run(tmp_path / LESSON)
    assert (tmp_path / LESSON).read_bytes() == before


def test_sync_carries_code_and_keeps_words(course: Path) -> None:
    edit(course / EDITION, "bet", source="How many hours?")
    edit(course / LESSON, "sum", source="2 + 2", metadata={"tags": ["x"]})
    assert any("cell sum: kind, tags or metadata" in problem for problem in problems(course, EDITION))
    notebooks.main(["sync"], course)
    after = cells(course / EDITION)
    assert (text(after["sum"]), after["sum"]["outputs"], after["sum"]["metadata"]) == ("2 + 2", [], {"tags": ["x"]})
    assert text(after["bet"]) == "How many hours?"
    assert 'use_language("en")' in text(after["speak"])
    assert after["speak"]["source"] != cells(course / LESSON)["speak"]["source"]
    assert problems(course, EDITION) == []


def test_code_that_differs_is_found(course: Path) -> None:
    edit(course / EDITION, "sum", source="1 + 2")
    assert [problem for problem in problems(course, EDITION) if "cell sum: differs from" in problem]


def test_drift_stays_visible_until_it_is_stamped(course: Path) -> None:
    edit(course / LESSON, "bet", source="Berapa menit?")
    for _ in range(2):
        (problem,) = problems(course, EDITION)
        assert "course/en/01_ronda.ipynb, cell bet: course/id/01_ronda.ipynb has changed" in problem
        notebooks.main(["sync"], course)
    notebooks.main(["sync", "--stamp"], course)
    assert problems(course, EDITION) == []


def test_a_new_cell_is_carried_over_and_waits_for_its_translation(course: Path) -> None:
    notebook = json.loads((course / LESSON).read_text(encoding="utf-8"))
    notebook["cells"].insert(2, prose("guard-post", "Pos itu ramai."))
    (course / LESSON).write_text(notebooks.canonical(notebook), encoding="utf-8")
    assert any("one lacks guard-post" in problem for problem in problems(course, EDITION))
    notebooks.main(["sync"], course)
    assert list(cells(course / EDITION)) == list(cells(course / LESSON))
    assert [problem for problem in problems(course, EDITION) if "cell guard-post" in problem]


def test_sync_refuses_to_lose_a_cell(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook = json.loads((course / EDITION).read_text(encoding="utf-8"))
    notebook["cells"].append(prose("only-here", "Only here."))
    save(course / EDITION, notebook)
    assert notebooks.main(["sync"], course) == 1
    assert "has no cell only-here; add it there" in capsys.readouterr().err
    assert "only-here" in cells(course / EDITION)


def test_the_place_for_a_students_text_is_the_same_in_every_language(course: Path) -> None:
    solution = {"nbgrader": {"grade": True, "grade_id": "ps01-why", "solution": True}}
    edit(course / LESSON, "bet", source="...", metadata=solution)
    notebooks.main(["sync"], course)
    assert text(cells(course / EDITION)["bet"]) == "..."
    edit(course / EDITION, "bet", source="Write here.")
    assert [problem for problem in problems(course, EDITION) if "cell bet: differs from" in problem]


def test_an_assignments_answers_stay_and_follow_their_own_edition(course: Path) -> None:
    for path, said in ((LESSON, "Karena adil."), (EDITION, "Because it is fair.")):
        notebook = json.loads((course / path).read_text(encoding="utf-8"))
        notebook["metadata"]["jejaring"] = {
            "answers": {"ps01-why": {"t": 1.0, "value": said}},
            "assignment": "ps01",
            "language": path.parts[1],
        }
        (course / path).write_text(notebooks.canonical(notebook), encoding="utf-8")
    sample = {"nbgrader": {"grade": True, "grade_id": "ps01-why", "solution": True}}
    edit(course / LESSON, "bet", source="Karena adil.", metadata=sample)
    edit(course / EDITION, "bet", source="Because it is fair.")
    notebooks.main(["sync", "--stamp"], course)
    assert text(cells(course / EDITION)["bet"]) == "Because it is fair."
    answers = json.loads((course / EDITION).read_text(encoding="utf-8"))["metadata"]["jejaring"]["answers"]
    assert answers["ps01-why"]["value"] == "Because it is fair."
    assert problems(course, EDITION) == []


def test_a_missing_edition_is_found(course: Path) -> None:
    (course / EDITION).unlink()
    assert [problem for problem in problems(course) if "no edition in 'en'" in problem]


def test_check_sees_a_file_that_is_not_canonical(course: Path) -> None:
    save(course / LESSON, json.loads((course / LESSON).read_text(encoding="utf-8")))
    assert [problem for problem in problems(course) if "canonical" in problem]
    assert notebooks.main(["check"], course) == 1


STREAM = {"name": "stderr", "output_type": "stream", "text": "Warning: old\n"}
ADDRESS = {
    "data": {"text/plain": "<object object at 0x7f00aa11>"},
    "execution_count": None,
    "metadata": {},
    "output_type": "execute_result",
}
ERROR = {"ename": "ValueError", "evalue": "no", "output_type": "error", "traceback": []}


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ([prose("3f2a9c1b", "Ya.")], "is no slug"),
        ([prose("Bad_Id", "Ya.")], "is no slug"),
        ([prose("deadbeef", "Ya.")], "is no slug"),
        ([code("warns", "1", STREAM)], "writes to stderr"),
        ([code("object", "1", ADDRESS)], "address of an object"),
        ([code("fails", "1", ERROR)], "ends in ValueError"),
        ([code("skipped", "1", tags=["nbval-skip"])], "say why in metadata.jejaring.reason"),
        ([code("excused", "1", jejaring={"reason": "slow"})], "no tag needs one"),
        ([code("bet-now", 'ask("l01-bet")')], "cell bet-now: shows an exercise or a panel; collapse its input"),
        ([code("one", "1"), code("two", "2"), code("three", "3")], "cell three: is the third code cell in a row"),
        ([code("long", "1\n" * 21)], "has 21 lines of code"),
        ([code(f"part-{n}", "1\n" * 20) for n in (1, 2)] + [code("more", "1\n" * 105)], "visible lines of code"),
        ([prose("two", "Pos itu ramai. Semua aman.")], "two sentences on one line"),
        ([prose("two", "Ramaikah *itu?* Tidak.")], "two sentences on one line"),
        ([prose("split", "Pos itu\nramai sekali.")], "runs over two lines"),
        ([prose("wordy", "kata " * 1500)], "a lesson has 1000 to 2200"),
        ([prose(f"more-{n}", "Ya.") for n in range(50)], "a lesson has 25 to 45"),
        ([code("speak-again", 'use_language("id")', tags=["language"])], "2 have the tag"),
    ],
)
def test_check_names_what_is_wrong(course: Path, extra: list[Cell], said: str) -> None:
    notebook = lesson()
    notebook["cells"] += extra
    (course / LESSON).write_text(notebooks.canonical(notebook), encoding="utf-8")
    found = problems(course)
    assert [problem for problem in found if said in problem], found


@pytest.mark.parametrize(
    "source",
    [
        "Menurut Nash dkk. Dua orang itu menawar.",
        "Lihat hlm. 12, atau UU No. 27 Tahun 2022.",
        "1. Pilih satu.\n2. Simpan.",
        "J. Nash menulisnya.",
        "| Satu. Dua. | Tiga. Empat. |",
        "```\nx. Y\n```",
        "- Satu kalimat;\n- lalu satu lagi.",
        "Jawabnya\n\nbelum pasti.",
    ],
)
def test_what_is_no_second_sentence_is_left_alone(course: Path, source: str) -> None:
    edit(course / LESSON, "bet", source=source)
    assert problems(course) == []


def test_a_lesson_without_a_start_button_is_named(course: Path) -> None:
    edit(course / LESSON, "start", source="\n".join([SENTENCE] * 6))
    assert [problem for problem in problems(course) if "cell start: has no start button" in problem]


def test_the_command_line_takes_its_flag_anywhere(made: Path) -> None:
    for arguments in (["sync", "--stamp", str(made / LESSON)], ["sync", str(made / LESSON), "--stamp"]):
        assert notebooks.main(arguments, made) == 0


def test_collapsed_code_needs_no_words(course: Path) -> None:
    cell = code("long", "x = 1\n" * 200, tags=["long-code"], jupyter={"source_hidden": True})
    cell["metadata"]["jejaring"] = {"reason": "the whole data set"}
    edit(course / LESSON, "sum", source=cell["source"], metadata=cell["metadata"], outputs=[])
    assert problems(course) == []


def test_a_cell_id_that_occurs_twice_is_named(course: Path) -> None:
    save(course / LESSON, lesson(prose("twin", "Satu."), prose("twin", "Dua.")))
    with pytest.raises(NotebookError, match="share the id twin"):
        problems(course)


def test_a_file_that_is_no_notebook_is_named(tmp_path: Path) -> None:
    save(tmp_path / LESSON, {"cells": 3})
    with pytest.raises(NotebookError, match=r"01_ronda\.ipynb: is no valid notebook"):
        notebooks.run(tmp_path / LESSON)
