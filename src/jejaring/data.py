"""The tables of the course, as they stand in `course/data`; where each comes from is told in `SOURCES.md` there."""

import csv
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from jejaring.errors import JejaringError

__all__ = ["folder", "table", "tables"]


def table(name: str) -> list[dict[str, str]]:
    """Read one table.

    Parameters
    ----------
    name : str
        File name without ``.csv``.

    Returns
    -------
    list of dict
        One mapping for each row, from column name to text; a fresh copy at each call.

    Raises
    ------
    JejaringError
        If there is no such table; the message names those that exist.

    Examples
    --------
    >>> [row["party"] for row in table("dpr_seats") if row["year"] == "2019"][:3]
    ['PDIP', 'Golkar', 'Gerindra']
    """
    if name not in tables():
        raise JejaringError(f"There is no table {name!r} in {folder()}. There are: {', '.join(tables())}.")
    text = (folder() / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def tables() -> list[str]:
    """Name the tables that there are.

    Returns
    -------
    list of str
        In alphabetical order.

    Examples
    --------
    >>> "dpr_seats" in tables()
    True
    """
    return sorted(file.name.removesuffix(".csv") for file in folder().iterdir() if file.name.endswith(".csv"))


def folder() -> Traversable:
    """Find the data beside this file (installed) or in the checkout it belongs to (editable).

    Returns
    -------
    importlib.resources.abc.Traversable
        The folder; its files open by `read_text`.

    Raises
    ------
    JejaringError
        If the data are in neither place.

    Examples
    --------
    >>> (folder() / "bibliography.toml").is_file()
    True
    """
    installed = files("jejaring") / "data"
    checkout = Path(__file__).resolve().parents[2] / "course" / "data"
    for place in (installed, checkout):
        if place.is_dir():
            return place
    raise JejaringError(f"The data of the course are neither in {installed} nor in {checkout}. Install jejaring again.")
