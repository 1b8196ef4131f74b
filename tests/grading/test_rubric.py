"""The rubric stands beside each essay where a person grades it."""

import nbformat
import pytest
from nbconvert.filters import markdown2html

from autograder.rubric import ShowRubric
from jejaring.exercises.bank import find
from tests.grading import small


def essay(name: str, language: str) -> nbformat.NotebookNode:
    cell = small.cell("markdown", name, "Dua kata.", grade=True, solution=True, points=30)
    own = {"jejaring": {"language": language, "assignment": "ps03"}}
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": own, "cells": [cell]})


@pytest.mark.parametrize(("language", "length"), [("id", "2 kata (diminta"), ("en", "2 words (")])
def test_question_length_and_every_criterion_stand_above_the_essay(language: str, length: str) -> None:
    notebook, _ = ShowRubric().preprocess(essay("ps03-aceh", language), {})
    rubric, answer = notebook.cells
    assert answer.source == "Dua kata."
    assert "nbgrader" not in rubric.metadata
    assert length in rubric.source
    nbformat.validate(notebook)
    page = " ".join(markdown2html(rubric.source).split())
    exercise = find("ps03-aceh")
    assert page.count("<tr>") == 1 + len(exercise.entry["rubric"])
    for criterion in exercise.entry["rubric"].values():
        for part in ("text", "zero", "half", "full"):
            assert " ".join(criterion[part][language].split())[:40] in page
        assert f"({criterion['points']:g})" in page


def test_a_question_that_is_not_in_the_bank_is_left_alone() -> None:
    notebook, _ = ShowRubric().preprocess(essay("ps90-aceh", "id"), {})
    assert len(notebook.cells) == 1
