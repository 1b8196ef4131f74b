"""Puts the question and its rubric beside each essay, where a person grades it."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import nbformat
from nbconvert.filters import markdown2html
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from jejaring.answers import META
from jejaring.errors import BankError
from jejaring.exercises.bank import find
from jejaring.exercises.kinds.essay import words as count
from jejaring.exercises.pages import page_spec
from jejaring.language import LANGUAGES, language, use_language, word

__all__ = ["ShowRubric"]

ANCHORS = ("zero", "half", "full")
STYLE = "border: 1px solid #999; padding: 4px 8px; text-align: left; vertical-align: top"


class ShowRubric(NbGraderPreprocessor):
    """Insert a cell with question, length and rubric before each essay; last of ``Autograde.autograde_preprocessors``.

    A student's page draws the rubric in the browser; formgrader and feedback pages are still pictures of the notebook
    and would show the student's text alone.
    """

    def preprocess(self, nb: nbformat.NotebookNode, resources: dict[str, Any]) -> tuple[nbformat.NotebookNode, Any]:
        """Add the cells to one autograded notebook."""
        spoken = language()
        own = nb.metadata.get(META, {}).get("language")
        use_language(own if own in LANGUAGES else spoken)
        try:
            nb.cells = list(_with_rubrics(nb.cells))
        finally:
            use_language(spoken)
        return nb, resources


def _with_rubrics(cells: list[Any]) -> Iterator[Any]:
    """The cells, each essay of the bank with its rubric before it."""
    for cell in cells:
        if cell.cell_type == "markdown" and is_grade(cell) and is_solution(cell):
            name = cell.metadata.nbgrader["grade_id"]
            try:
                spec = page_spec(find(name))
            except BankError:
                spec = {}  # a classical nbgrader question, whose criteria stand in the notebook itself
            if "rubric" in spec:
                source = _text(spec, cell.source)
                yield nbformat.from_dict(
                    {"cell_type": "markdown", "id": f"{name}-rubric", "metadata": {}, "source": source}
                )
        yield cell


def _text(spec: dict[str, Any], essay: str) -> str:
    """Question and length in Markdown, the rubric as a table with lines, which those pages' styles leave out."""
    words = spec["words"]
    length = word("answer.words", n=count(essay), least=spec["minimum_words"], most=spec["maximum_words"])
    head = _row("th", [words["criterion"], *(words[anchor] for anchor in ANCHORS)])
    rows = [
        _row("td", [f"**{one['text']}** ({one['points']:g})", *(one[anchor] for anchor in ANCHORS)])
        for one in spec["rubric"]
    ]
    table = f'<table style="border-collapse: collapse">{head}{"".join(rows)}</table>'
    return f"{spec['prompt']}\n\n**{words['rubric']}.** {length}\n\n{table}"


def _row(tag: str, texts: list[str]) -> str:
    """One row of the table, on one line, since an empty one would end it for Markdown."""
    return f"<tr>{''.join(f'<{tag} style={STYLE!r}>{_html(text)}</{tag}>' for text in texts)}</tr>"


@cache
def _html(text: str) -> str:
    """A text of the rubric, which is the same for the whole class, as HTML on one line."""
    return " ".join(markdown2html(text).split())
