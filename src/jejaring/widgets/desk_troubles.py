"""What is wrong with a survey file, in the reader's language, each problem with its row and column."""

import re
from typing import Any, Final

from jejaring.language import word

__all__ = ["told"]

_PLACE: Final = re.compile(r"(?:survey, )?row (\d+)(?:, column ([A-Z]+)(?: \((\w+)\))?)?: (.*)", re.DOTALL)


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
    >>> told("survey, row 2, column B (to): 'Ani' names themselves; leave such a tie out.", "kelas.csv")["list"][0][0]
    'Baris 2, kolom B (to)'
    """
    lines = message.split("\n- ")
    problems = lines[1:] or lines
    return {"text": word("desk.csv.broken", file=file), "list": [_problem(problem) for problem in problems]}


def _problem(problem: str) -> list[str]:
    """Split a problem in its place and what is wrong there."""
    found = _PLACE.match(problem)
    if not found:
        return ["", problem.removeprefix("survey ")]
    row, column, heading, trouble = found.groups()
    place = word("desk.csv.row", row=row) if column is None else word("desk.csv.cell", row=row, column=column)
    return [f"{place} ({heading})" if heading else place, trouble]
