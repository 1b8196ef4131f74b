"""What Jejaring adds to nbgrader's own steps, as nbconvert preprocessors; ``nbgrader_config.py`` puts them in place.

A submission is data. Its answers are collected from the notebook, its cells are compared with the gradebook's, and
the kernel that grades runs the instructor's cells only. Odd things are never silent: each becomes a flag in
``metadata.jejaring.flags`` of the autograded notebook and a line in the log that says what to do.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_solution

from autograder.modes import DATA, mode
from jejaring.answers import META, MIME, STUDENT, Answer, harvest, put, read_notebook
from jejaring.language import LANGUAGES, language, use_language, word
from jejaring.variants import normal_student

__all__ = [
    "HarvestAnswers",
    "KeepOwnCells",
    "MendCells",
    "NameWaiting",
    "StripAnswers",
    "StripHiddenTests",
    "hidden_lines",
    "telling",
]

Resources = dict[str, Any]
BEGIN, END = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"
RELEASED = ("language", "assignment")
SKIP = "skip-execution"
ESSAY = 20_000
COMMON = re.compile(r"(from|import) |[\"'][\w-]+[\"'],?$|[\[\]().,\d\s-]+$")
TELLING = 12
SHORT = 5000  # characters of an output that is worth remembering
VIEW = "application/vnd.jupyter.widget-view+json"


class HarvestAnswers(NbGraderPreprocessor):
    """Collect the answers before nbgrader clears the outputs, and put essays where a person grades them.

    First of ``Autograde.sanitize_preprocessors``. Answers that stand only in outputs go to the metadata, where ``mark``
    reads them. An essay's answer goes into its Markdown cell if that still is the stub; if somebody wrote in the
    cell too, both texts are kept.
    """

    def preprocess(self, nb: nbformat.NotebookNode, resources: Resources) -> tuple[nbformat.NotebookNode, Resources]:
        """Harvest one submission."""
        where = _where(resources)
        raw = _stored(nb)
        answers = harvest(nb)
        flags: dict[str, str] = {}
        if damaged := _damaged(raw, answers):
            flags["damaged-answers"] = ", ".join(damaged)[:200]
        if not isinstance(nb.metadata.get(META), dict):
            nb.metadata[META] = {}
        put(nb, answers)
        with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(resources["nbgrader"]["notebook"], resources["nbgrader"]["assignment"])
            stubs = {cell.name: cell.source for cell in notebook.source_cells}
        written = self._write_essays(nb, answers, stubs, flags)
        if not written and not set(answers) - {STUDENT}:
            flags["no-answers"] = ""
        said = answers[STUDENT].value if STUDENT in answers else None
        if isinstance(said, str) and normal_student(said) != normal_student(resources["nbgrader"]["student"]):
            flags["other-student"] = said[:60]
        nb.metadata[META]["flags"] = flags
        for flag, detail in flags.items():
            self.log.warning("%s: %s", where, MENDS[flag].format(detail=detail))
        return nb, resources

    def _write_essays(
        self,
        nb: nbformat.NotebookNode,
        answers: Mapping[str, Answer],
        stubs: Mapping[str, str],
        flags: dict[str, str],
    ) -> bool:
        """Fill the cells that a person grades; say whether any solution cell holds work."""
        work = False
        for cell in nb.cells:
            name = _grade_id(cell)
            if name not in stubs or not is_solution(cell):
                continue
            answer = answers.get(name)
            essay = answer.value if answer and isinstance(answer.value, str) and cell.cell_type == "markdown" else ""
            if len(essay) > ESSAY:
                flags["long-essay"] = name
                essay = essay[:ESSAY]
            if not cell.source.strip():
                cell.source = stubs[name]  # emptied by hand: nbgrader's automatic zero wants the stub
            if essay.strip() and cell.source.strip() == stubs[name].strip():
                cell.source = essay
            elif essay.strip() and " ".join(essay.split()) != " ".join(cell.source.split()):
                flags["two-essays"] = name
                cell.source += f"\n\n---\n\n{essay}"
            work = work or cell.source != stubs[name]
        return work


class MendCells(NbGraderPreprocessor):
    """Make the cells of a submission the gradebook's again, so that no damage to them stops the class.

    After ``HarvestAnswers``. A cell that claims a grade id it has no right to becomes an ordinary cell of the student's
    (nbgrader would stop the whole class at a duplicate), what nbgrader knows of each cell is put right (points, locks,
    tags such as ``skip-execution``, which would earn full marks), and missing cells are put back in their order.
    """

    def preprocess(self, nb: nbformat.NotebookNode, resources: Resources) -> tuple[nbformat.NotebookNode, Resources]:
        """Mend one submission."""
        with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(resources["nbgrader"]["notebook"], resources["nbgrader"]["assignment"])
            points = {cell.name: cell.max_score for cell in notebook.grade_cells}
            solutions = {cell.name for cell in notebook.solution_cells}
            known = {
                cell.name: _node(
                    cell_type=cell.cell_type,
                    source=cell.source,
                    metadata=_metadata(cell, points.get(cell.name), solution=cell.name in solutions),
                )
                for cell in notebook.source_cells
            }
        chosen = self._choose(nb, known)
        for index, cell in enumerate(nb.cells):
            if "nbgrader" not in cell.metadata:
                continue
            name = _grade_id(cell)
            if chosen.get(name) != index:
                del cell.metadata["nbgrader"]
            else:
                cell.metadata = known[name].metadata
        if missing := _put_back(nb, known):
            nb.metadata[META]["flags"]["missing-cells"] = missing
            self.log.warning("%s: %s", _where(resources), MENDS["missing-cells"].format(detail=missing))
        return nb, resources

    def _choose(self, nb: nbformat.NotebookNode, known: Mapping[str, Any]) -> dict[str, int]:
        """For each grade id the cell that stands for it: the last that isn't the stub, as nbgrader takes the last."""
        chosen: dict[str, int] = {}
        for index, cell in enumerate(nb.cells):
            if (name := _grade_id(cell)) in known and (name not in chosen or cell.source != known[name].source):
                chosen[name] = index
        return chosen


class KeepOwnCells(NbGraderPreprocessor):
    """Keep every cell for the human reader, but run only those that are the assignment's own.

    Right before the cells are run. The instructor's cells are the locked ones (nbgrader has just restored their text)
    and those whose text equals a cell of the source notebook, in any language. Where answers are data, nothing else
    runs; where the tests share a kernel with the student, everything does (`autograder.modes`). Markdown of the
    student's loses its HTML and its odd links, which nbgrader's pages would let act in the grader's browser.
    """

    def preprocess(self, nb: nbformat.NotebookNode, resources: Resources) -> tuple[nbformat.NotebookNode, Resources]:
        """Tag what must not run."""
        own = self._instructors(resources["nbgrader"]["assignment"])
        data = mode(nb.cells) == DATA
        for cell in nb.cells:
            if cell.cell_type != "code":
                if cell.source not in own:
                    cell.source = _harmless(cell.source)
                    cell.metadata.pop("format", None)
                    cell.metadata.pop("raw_mimetype", None)
                continue
            runs = not data or is_locked(cell) or (not is_solution(cell) and cell.source in own)
            given = cell.metadata.get("tags")
            tags = [tag for tag in given if tag != SKIP] if isinstance(given, list) else []
            cell.metadata["tags"] = tags if runs else [*tags, SKIP]
        return nb, resources

    def _instructors(self, assignment: str) -> set[str]:
        """Texts of the ungraded cells of the assignment, in every language."""
        converter = self
        while not hasattr(converter, "coursedir"):
            converter = converter.parent
        directory = converter.coursedir
        here = Path(directory.format_path(directory.source_directory, ".", assignment)).resolve()
        found = here.parent.parent.glob(f"*/{assignment}/*.ipynb")
        return set().union(*(_own_texts(path, path.stat().st_mtime_ns) for path in found))


class StripAnswers(NbGraderPreprocessor):
    """Take the instructor's own answers and widgets out of what students receive; first of ``GenerateAssignment``."""

    def preprocess(self, nb: nbformat.NotebookNode, resources: Resources) -> tuple[nbformat.NotebookNode, Resources]:
        """Strip one source notebook."""
        nb.metadata.pop("widgets", None)
        own = nb.metadata.pop(META, {})
        nb.metadata[META] = {name: own[name] for name in RELEASED if name in own}
        for cell in nb.cells:
            cell.metadata.pop(META, None)
            cell.pop("attachments", None)
        return nb, resources


class StripHiddenTests(NbGraderPreprocessor):
    """Keep hidden tests, and with them the keys, out of feedback pages; the reasons that ``mark`` printed stay.

    First of ``GenerateFeedback``. An error in a test cell keeps its name only, since its traceback quotes the test.
    Any other output that quotes a line of a hidden test gives way to an ellipsis, and live widgets, which would need
    the network, to the copy of the answer beside them.
    """

    def preprocess(self, nb: nbformat.NotebookNode, resources: Resources) -> tuple[nbformat.NotebookNode, Resources]:
        """Strip one autograded notebook."""
        secrets = frozenset(line for cell in nb.cells for line in hidden_lines(cell.source) if telling(line))
        nb.metadata.pop("widgets", None)
        for cell in nb.cells:
            hidden = BEGIN in cell.source
            cell.source = _visible(cell.source) if hidden else cell.source
            if cell.cell_type == "code":
                cell.outputs = [
                    _shown(output, secrets, hidden=hidden)
                    for output in cell.outputs
                    if VIEW not in output.get("data", {})
                ]
        return nb, resources


class NameWaiting(NbGraderPreprocessor):
    """Say on a feedback page which answers still wait for a person, since nbgrader shows them as 0.

    After ``GetGrades`` in ``GenerateFeedback.preprocessors``.
    """

    def preprocess(self, nb: nbformat.NotebookNode, resources: Resources) -> tuple[nbformat.NotebookNode, Resources]:
        """Add a note to the page and a comment to each such answer."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            waiting = {
                grade.cell.name
                for grade in submission.grades
                if grade.needs_manual_grade and grade.manual_score is None
            }
        spoken = language()
        own = nb.metadata.get(META, {}).get("language")
        use_language(own if own in LANGUAGES else spoken)
        try:
            for cell in nb.cells:
                if _grade_id(cell) in waiting and not cell.metadata["nbgrader"].get("comment"):
                    cell.metadata["nbgrader"]["comment"] = word("grading.not_yet")
            if waiting:
                note = word("grading.waiting", count=len(waiting))
                nb.cells.insert(0, _node(cell_type="markdown", id="waiting", metadata={}, source=note))
        finally:
            use_language(spoken)
        return nb, resources


# What each flag means, and what a person can do about it.
MENDS = {
    "no-answers": (
        "no answers found. It may be the untouched assignment, or a copy saved before the work: "
        "ask the student for the file again before you give a 0."
    ),
    "other-student": (
        "made for another student ({detail}). Numbers that differ by student are judged by the id of the "
        "submission's folder: rename the folder if the id is wrong, else talk to both students."
    ),
    "damaged-answers": (
        "damaged answers were left out ({detail}). Ask the student to open the notebook, answer these again and save."
    ),
    "two-essays": "two different texts for {detail}: the cell's own and the answer box's. Both are kept; read both.",
    "long-essay": "the text of {detail} is longer than 20,000 characters and was cut there.",
    "missing-cells": "cells were not there ({detail}): deleted, or added later. They were put in without work in them.",
}


def _node(**fields: Any) -> Any:
    """A cell or an output as nbformat wants it."""
    return nbformat.from_dict(fields)


def hidden_lines(source: str) -> Iterator[str]:
    r"""Yield the lines of a cell that lie between the markers of hidden tests, without their indentation.

    Examples
    --------
    >>> list(hidden_lines("a = 1\n### BEGIN HIDDEN TESTS\n  mark('x')\n### END HIDDEN TESTS"))
    ["mark('x')"]
    """
    inside = False
    for line in source.split("\n"):
        if BEGIN in line or END in line:
            inside = BEGIN in line
        elif inside and line.strip():
            yield line.strip()


def telling(line: str) -> bool:
    """Whether a line would give something away; an import, a name or bare numbers don't, a short line is anywhere.

    Examples
    --------
    >>> [telling(line) for line in ("from jejaring import mark", '"ps03-forms",', "[4, 4, 4, 4, 4],")]
    [False, False, False]
    >>> telling('"flood": "kerukunan",')
    True
    """
    return len(line) >= TELLING and not COMMON.match(line)


@lru_cache(64)  # once for a class
def _own_texts(path: Path, _changed: int) -> frozenset[str]:
    """Texts of the ungraded cells of a notebook of the instructor's."""
    cells = (_node(**plain) for plain in read_notebook(path)["cells"])
    return frozenset("".join(cell.source) for cell in cells if not is_solution(cell) and not is_grade(cell))


def _harmless(text: str) -> str:
    r"""Markdown that can't act: no HTML tags, and no links but to the web, to mail and to places in the notebook.

    Examples
    --------
    >>> _harmless("a <b, 1 < 2, [x](javascript:y), [z](https://a.id)")
    'a <\u200bb, 1 < 2, [x] (javascript:y), [z](https://a.id)'
    """
    text = re.sub(r"<(?=[A-Za-z/!?])", "<\u200b", text)
    text = re.sub(r"\]\((?!\s*(?:https?://|mailto:|attachment:|#|[\w./-]*[\s)]))", "] (", text)
    return re.sub(r"^(\s*\[[^\]]*\]):(?!\s*https?://)", r"\1 :", text, flags=re.MULTILINE)


def _shown(output: nbformat.NotebookNode, secrets: frozenset[str], *, hidden: bool) -> nbformat.NotebookNode:
    """An output as a feedback page may show it."""
    if hidden and output.output_type == "error":
        output.evalue, output.traceback = "", [f"{output.ename} (in a test)"]
    if "data" in output:
        output.data.pop(MIME, None)  # the student's own answer, which may well be the key's line
    if output.output_type == "stream":
        lines = output.text.splitlines(keepends=True)
        output.text = "".join("[…]\n" if _quotes(line, secrets) else line for line in lines)
    if _quotes(json.dumps(output, ensure_ascii=False), secrets):
        output = _node(output_type="stream", name="stdout", text="[…]\n")
    return output


def _quotes(text: str, secrets: frozenset[str]) -> bool:
    """Whether a text, which may be JSON, has one of the lines in it."""
    find = _quotes_one if len(text) < SHORT else _quotes_one.__wrapped__
    return find(text, secrets)


@lru_cache(4096)  # most outputs of a class are the same
def _quotes_one(text: str, secrets: frozenset[str]) -> bool:
    """The same, remembered."""
    return any(line in text or json.dumps(line, ensure_ascii=False)[1:-1] in text for line in secrets)


def _visible(source: str) -> str:
    """A cell's text without its hidden tests."""
    kept, inside = [], False
    for line in source.split("\n"):
        if BEGIN in line or END in line:
            inside = BEGIN in line
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def _where(resources: Resources) -> str:
    """The submission's name, for messages."""
    names = resources["nbgrader"]
    return f"{names['student']}/{names['assignment']}/{names['notebook']}.ipynb"


def _stored(nb: nbformat.NotebookNode) -> object:
    """Whatever stands where the answers should be."""
    own = nb.metadata.get(META)
    return own.get("answers", {}) if isinstance(own, dict) else ({} if own is None else own)


def _damaged(raw: object, answers: Mapping[str, Answer]) -> list[str]:
    """Names of stored answers that could not be read; an emptied answer (value null) is not damaged."""
    if not isinstance(raw, dict):
        return ["all of them"]
    empty = {qid for qid, entry in raw.items() if isinstance(entry, dict) and entry.get("value", 0) is None}
    return sorted(str(qid)[:40] for qid in set(raw) - set(answers) - empty)


def _grade_id(cell: nbformat.NotebookNode) -> str:
    """The grade id that a cell claims, or an empty text."""
    claimed = cell.metadata.get("nbgrader")
    name = claimed.get("grade_id") if isinstance(claimed, dict) else None
    return name if isinstance(name, str) else ""


def _metadata(cell: Any, points: float | None, *, solution: bool) -> dict[str, Any]:
    """A cell's metadata as the release has it."""
    own: dict[str, Any] = {
        "cell_type": cell.cell_type,
        "checksum": cell.checksum,
        "grade": points is not None,
        "grade_id": cell.name,
        "locked": cell.locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        own["points"] = points
    return {"deletable": False, "editable": not cell.locked, "nbgrader": own}


def _put_back(nb: nbformat.NotebookNode, known: Mapping[str, Any]) -> str:
    """Insert the gradebook's cells that are missing, each after the one that comes before it; name them."""
    missing: list[str] = []
    after = 0
    for name, cell in known.items():
        found = next((index for index, other in enumerate(nb.cells) if _grade_id(other) == name), None)
        if found is None:
            rest: dict[str, Any] = {"outputs": [], "execution_count": None} if cell.cell_type == "code" else {}
            nb.cells.insert(after, _node(**cell, **rest, id=f"put-back-{len(missing)}"))
            missing.append(name)
            found = after
        after = found + 1
    return ", ".join(missing)
