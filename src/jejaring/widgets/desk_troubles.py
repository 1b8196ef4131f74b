"""What is wrong with a survey file, in the reader's language, each problem with its row and column."""

import re
from typing import Any, Final

from jejaring.language import word

__all__ = ["told"]

_AT: Final = re.compile(r"row (\d+)(?:, column ([A-Z]+)(?: \((\w+)\))?)?")
_PLACE: Final = re.compile(rf"(?:survey, )?({_AT.pattern}): (.*)", re.DOTALL)
_QUOTED: Final = r"(?:'.*?'|\".*?\")"

# The sentences of jejaring.networks, and the words that say the same; what is not among them is told as it is.
_SENTENCES: Final = {
    "themselves": rf"(?P<name>{_QUOTED}) names themselves; .*",
    "twice": rf"(?P<name>{_QUOTED}) names (?P<other>{_QUOTED}) here and in (?P<place>.*); keep one .*",
    "strength": rf"(?P<value>{_QUOTED}) is no strength; .*",
    "no_name": r"no name; .*",
    "bad_name": rf"(?P<name>{_QUOTED})\.\.\. is no name of up to (?P<most>\d+) .*",
    "spelling": rf"(?P<name>{_QUOTED}) is spelled (?P<other>{_QUOTED}) in (?P<place>.*); use one .*",
    "relation_like": rf"(?P<value>{_QUOTED}) is no relation asked here; did you mean (?P<other>{_QUOTED})\?.*",
    "relation": rf"(?P<value>{_QUOTED}) is no relation asked here; write one of (?P<all>.*)\.",
    "cells": r"(?P<cells>\d+) cells under (?P<headings>\d+) headings; .*",
    "heading_like": rf"the heading (?P<value>{_QUOTED}) is unknown; did you mean (?P<other>{_QUOTED})\?.*",
    "heading_again": rf"(?P<value>{_QUOTED}) means the same as (?P<place>.*)\.",
    "headings": r"the headings are (?P<all>.*); needed are .*",
    "answered": rf"(?P<name>{_QUOTED}) answered in (?P<place>row \d+) already; .*",
    "empty": r"survey is empty; .*",
    "nobody": r"survey names nobody; .*",
    "not_text": r"survey is no text .*",
    "quotes": r".*; close every quotation mark.*",
    "crowd": r"survey, all rows: (?P<people>\d+) people; at most (?P<most>\d+) are taken\.",
}


def told(message: str, file: str) -> dict[str, Any]:
    """Tell the reader what the models found wrong with a file.

    Parameters
    ----------
    message : str
        What `jejaring.networks.from_survey` said.
    file : str
        Name of the file.

    Returns
    -------
    dict
        ``text``, what happened and that nothing is lost; ``list``, pairs of a place and what is wrong there.

    Examples
    --------
    >>> told("survey, row 2, column B (to): 'Ani' names themselves; leave such a tie out.", "kelas.csv")["list"]
    [['Baris 2, kolom B (to)', "'Ani' menyebut dirinya sendiri; hapus ikatan ini."]]
    """
    lines = message.split("\n- ")
    problems = lines[1:] or lines
    return {"text": word("desk.csv.broken", file=file), "list": [_problem(problem) for problem in problems]}


def _problem(problem: str) -> list[str]:
    """Split a problem in its place and what is wrong there."""
    found = _PLACE.match(problem)
    if not found:
        return ["", _said(problem)]
    place = _placed(found[1])
    return [place[:1].upper() + place[1:], _said(found[5])]


def _placed(place: str) -> str:
    """Name a place in a table; what is none stays as it is."""
    found = _AT.fullmatch(place)
    if not found:
        return place
    row, column, heading = found.groups()
    said = word("desk.csv.row", row=row) if column is None else word("desk.csv.cell", row=row, column=column)
    return f"{said} ({heading})" if heading else said


def _said(trouble: str) -> str:
    """Say what is wrong in the reader's language."""
    for key, pattern in _SENTENCES.items():
        if found := re.fullmatch(pattern, trouble, re.DOTALL):
            fields = {name: _placed(value) if name == "place" else value for name, value in found.groupdict().items()}
            return word(f"desk.csv.trouble.{key}", **fields)
    return trouble
