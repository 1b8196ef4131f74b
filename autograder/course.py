"""Where a course lies and how nbgrader is set up for it."""

import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import Config, PyFileConfigLoader

from jejaring.answers import META, read_notebook
from jejaring.errors import JejaringError

__all__ = ["CourseError", "assignments", "config", "directory", "gradebook", "languages", "lessons", "moment"]

SETTINGS = "nbgrader_config.py"
ZONES = {"UTC": "+00:00", "WIB": "+07:00", "WITA": "+08:00", "WIT": "+09:00"}


class CourseError(JejaringError):
    """The folder is no course, or the assignment is not in it."""


def config(root: Path, **settings: Any) -> Config:
    """Read the course's nbgrader settings; keyword arguments replace those of ``CourseDirectory``.

    Raises
    ------
    CourseError
        If the folder has no settings of nbgrader.
    """
    if not (root / SETTINGS).is_file():
        raise CourseError(f"{root}: has no {SETTINGS}. Run this in the course's folder, or name it with --course.")
    # nbgrader calls the program alembic, which lies beside this Python but is on the PATH only where that is activated.
    here = str(Path(sys.executable).parent)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([here, os.environ.get("PATH", os.defpath)])
    loaded: Config = PyFileConfigLoader(SETTINGS, path=str(root)).load_config()
    loaded.CourseDirectory.root = str(root.resolve())
    for name, value in settings.items():
        loaded.CourseDirectory[name] = value
    return loaded


def directory(settings: Config) -> Any:
    """Return nbgrader's view of the course's folders."""
    return CourseDirectory(config=settings)


def gradebook(settings: Config) -> Any:
    """Open the gradebook; use it in a ``with`` statement."""
    here = directory(settings)
    return Gradebook(here.db_url, here.course_id)


def languages(root: Path) -> list[str]:
    """Return the languages that have assignments; the gradebook's own comes first.

    Raises
    ------
    CourseError
        If there is no ``source/``.
    """
    first = os.environ.get("JEJARING_LANG", "id")
    if not (root / "source").is_dir():
        raise CourseError(f"{root}: has no folder source/. Run this in the course's folder, or name it with --course.")
    found = sorted(path.name for path in (root / "source").iterdir() if path.is_dir() and any(path.glob("*/*.ipynb")))
    return sorted(found, key=lambda language: language != first)


def assignments(root: Path) -> list[str]:
    """Return the assignments of the course, by the notebooks in ``source/``."""
    return sorted(
        {
            path.parent.name
            for path in (root / "source").glob("*/*/*.ipynb")
            if path.stem == path.parent.name and re.fullmatch(r"[a-z0-9_]+", path.stem)
        }
    )


def lessons(root: Path) -> list[str]:
    """Return the lessons of the course, by what the notebooks in ``course/`` say they are."""
    return sorted(
        {
            str(name)
            for path in (root / "course").glob("*/*.ipynb")
            if (name := read_notebook(path)["metadata"].get(META, {}).get("lesson"))
        }
    )


def moment(text: str) -> datetime:
    """Read a date and time; without a time zone it is UTC, as in nbgrader's gradebook.

    nbgrader itself reads the ``+0700`` of ``2026-03-09 23:59 +0700`` as 700 seconds.

    Returns
    -------
    datetime
        In UTC, without a time zone, as the gradebook wants it.

    Raises
    ------
    CourseError
        If it is none.

    Examples
    --------
    >>> [str(moment(f"2026-03-09 23:59{zone}")) for zone in (" +0700", "+07:00", " WIB", " UTC")]
    ['2026-03-09 16:59:00', '2026-03-09 16:59:00', '2026-03-09 16:59:00', '2026-03-09 23:59:00']
    """
    plain = re.sub(r"\s+([A-Z]+)$", lambda zone: ZONES.get(zone[1], zone[0]), text.strip())
    try:
        read = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d+(:\d+)?$)", "", plain))
    except ValueError as error:
        raise CourseError(f"{text[:40]!r}: is no date and time. Write it like 2026-03-09 23:59 +0700.") from error
    return read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read
