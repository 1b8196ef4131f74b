"""Which lesson teaches which concept, and which exercise puts it to work: prints course/coverage.csv by perspective.

    python -m tools.coverage [perspective or lesson ...]

Each row of the table names a concept, the cell of the lesson that teaches it and the exercise that uses it. `problems`
says which of them don't exist.
"""

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

__all__ = ["main", "problems", "rows"]

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "course" / "coverage.csv"

Row = dict[str, str]


def rows() -> list[Row]:
    """Read the table.

    Returns
    -------
    list of dict
        One mapping for each concept: id, perspective, kind, concept_id, concept_en, lesson, cell, exercise.
    """
    return list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def problems(table: Iterable[Row], root: Path = ROOT) -> Iterator[str]:
    """Say which rows name a lesson, a cell or an exercise that isn't there.

    Parameters
    ----------
    table : iterable of dict
        Rows as `rows` returns them.
    root : Path
        The folder that holds course/.

    Yields
    ------
    str
        The concept, what it names and what to do.
    """
    lessons = dict(_lessons(root))
    for row in table:
        here = f"course/coverage.csv, {row['id']} ({row['concept_en']})"
        if row["lesson"] not in lessons:
            yield f"{here}: no lesson says that it is {row['lesson']!r}; name one of {', '.join(sorted(lessons))}"
            continue
        cells = lessons[row["lesson"]]
        asked = {qid for source in cells.values() for qid in re.findall(r"\bask\(\s*\"([\w-]+)\"", source)}
        if row["cell"] not in cells:
            yield f"{here}: {row['lesson']} has no cell {row['cell']!r}; name the one that teaches it"
        if row["exercise"] not in asked:
            yield f"{here}: {row['lesson']} asks no exercise {row['exercise']!r}; name the one that uses it"


def _lessons(root: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Sources of all cells by id, for each lesson of the original language."""
    for path in sorted((root / "course" / "id").glob("*.ipynb")):
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        cells = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
        yield notebook["metadata"]["jejaring"]["lesson"], cells


def main(arguments: list[str] | None = None) -> int:
    """Print the table; the exit code is 1 if a row names what isn't there."""
    parser = argparse.ArgumentParser(prog="coverage", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("wanted", nargs="*", help="only these perspectives or lessons, such as religion or l04")
    wanted = set(parser.parse_args(arguments).wanted)
    table = [row for row in rows() if not wanted or wanted & {row["perspective"], row["lesson"]}]
    table.sort(key=lambda row: row["perspective"])
    for perspective, group in groupby(table, key=lambda row: row["perspective"]):
        listed = list(group)
        print(f"\n{perspective} ({len(listed)})")
        for row in listed:
            print(
                f"  {row['id']:8} {row['concept_id'][:44]:44} {row['lesson']} {row['cell'][:40]:40} {row['exercise']}"
            )
    found = list(problems(table))
    print(f"\n{len(table)} concepts, {len(found)} problems", *found, sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
