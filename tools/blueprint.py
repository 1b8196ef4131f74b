"""What every question of every assignment assesses: writes source/BLUEPRINT.md from the banks and the lessons.

    python -m tools.blueprint

A question names outcomes of lessons (``"l03.2"`` is the second that lesson 3 lists), concepts of course/coverage.csv, a
level of Bloom's taxonomy and its minutes. `problems` says where a question doesn't, `orphans` which outcome no question
assesses.

References
----------
Anderson, L. W., & Krathwohl, D. R. (2001). A taxonomy for learning, teaching, and assessing. Longman.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jejaring.exercises.bank import Exercise, load
from jejaring.language import LANGUAGES
from tools import coverage

__all__ = ["BLOOM", "TARGET", "main", "orphans", "outcomes", "problems", "written"]

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "source" / "BLUEPRINT.md"
BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
OUTCOMES = "what-you-will-do"

HEAD = """# What each question assesses / Apa yang dinilai tiap soal

Written by `make blueprint` from the banks and the lessons; never edited by hand.
Ditulis oleh `make blueprint`; jangan disunting.

A number such as *3.2* is the second outcome that lesson 3 lists. Concepts are rows of
[course/coverage.csv](../course/coverage.csv). Levels are those of Anderson & Krathwohl (2001).
A question in brackets is a second way to do the one before it, for the same points.
"""


@cache
def outcomes() -> dict[str, dict[str, str]]:
    """Read what each lesson promises.

    Returns
    -------
    dict
        Id such as ``"l03.2"`` to its text in each language.
    """
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for path in sorted((ROOT / "course" / language).glob("*.ipynb")):
            notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            promise = next("".join(cell["source"]) for cell in notebook["cells"] if cell["id"] == OUTCOMES)
            for place, said in enumerate(re.findall(r"^- (.+?)[;.]?$", promise, re.MULTILINE), start=1):
                name = f"{notebook['metadata']['jejaring']['lesson']}.{place}"
                found.setdefault(name, {})[language] = said.replace("*", "")
    return found


def problems(assignments: Iterable[str]) -> Iterator[str]:
    """Say which questions don't tell what they assess, or name what isn't there.

    Parameters
    ----------
    assignments : iterable of str
        Such as ``["ps03"]``.

    Yields
    ------
    str
        The question, the field and what to do.
    """
    concepts = {row["id"] for row in coverage.rows()}
    taught = {row["lesson"] for row in coverage.rows()}
    for name in assignments:
        for exercise in _questions(name):
            entry, here = exercise.entry, f"{name}.toml, [{exercise.id}]"
            for field in ("outcomes", "concepts", "bloom", "minutes"):
                about = {outcome.partition(".")[0] for outcome in entry.get("outcomes", taught)}
                if field not in entry and (field != "concepts" or about & taught):  # lesson 0 teaches none
                    yield f"{here} {field}: is missing. Say what the question assesses."
            for outcome in set(entry.get("outcomes", ())) - set(outcomes()):
                yield f"{here} outcomes: no lesson lists {outcome!r}. Write l03.2 for the second outcome of lesson 3."
            for concept in set(entry.get("concepts", ())) - concepts:
                yield f"{here} concepts: course/coverage.csv has no {concept!r}."
            if entry.get("bloom", BLOOM[0]) not in BLOOM:
                yield f"{here} bloom: is not one of {', '.join(BLOOM)}."


def orphans() -> Iterator[str]:
    """Name every outcome that no question assesses."""
    assessed = {outcome for exercise in _graded() for outcome in exercise.entry.get("outcomes", ())}
    for name, said in outcomes().items():
        if name not in assessed:
            yield f"{name} ({said['en']}): no question assesses it. Name it in the outcomes of one, or write one."


def written() -> str:
    """Return the blueprint as Markdown."""
    return "\n".join([HEAD, *_totals(), *(line for name in _assignments() for line in _section(name)), *_by_outcome()])


def main() -> int:
    """Write the blueprint; the exit code is 1 if something is missing."""
    found = [*problems(_assignments()), *orphans()]
    TARGET.write_text(written(), encoding="utf-8")
    print(*found, TARGET.relative_to(ROOT), sep="\n")
    return int(bool(found))


def _graded() -> list[Exercise]:
    """Every question of every assignment."""
    return [exercise for exercise in load().values() if exercise.graded]


def _assignments() -> list[str]:
    """Names of the assignments, the capstone last."""
    return sorted({exercise.home for exercise in _graded()}, key=lambda name: (not name.startswith("ps"), name))


def _questions(name: str) -> list[Exercise]:
    """The questions of one assignment."""
    return [exercise for exercise in _graded() if exercise.home == name]


def _totals() -> Iterator[str]:
    """Points and minutes by level, for each assignment."""
    yield "| | minutes | " + " | ".join(BLOOM) + " |"
    yield "|---|---:|" + "---:|" * len(BLOOM)
    for name in _assignments():
        counted = [one for one in _questions(name) if "instead_of" not in one.entry]
        points = {level: sum(one.points or 0 for one in counted if one.entry.get("bloom") == level) for level in BLOOM}
        minutes = sum(one.entry.get("minutes", 0) for one in counted)
        yield f"| [{name}](#{name}) | {minutes:g} | " + " | ".join(f"{points[level]:g}" for level in BLOOM) + " |"
    yield ""


def _section(name: str) -> Iterator[str]:
    """The table of one assignment."""
    yield f"## {name}\n"
    yield "| question | kind | points | minutes | level | outcomes | concepts |"
    yield "|---|---|---:|---:|---|---|---|"
    for one in _questions(name):
        entry = one.entry
        second = "instead_of" in entry
        yield (
            f"| {f'({one.id})' if second else one.id} | {one.kind} | {'' if second else f'{one.points:g}'} "
            f"| {entry.get('minutes', 0):g} | {entry.get('bloom', '')} "
            f"| {', '.join(map(_short, entry.get('outcomes', ())))} | {', '.join(entry.get('concepts', ()))} |"
        )
    yield ""


def _by_outcome() -> Iterator[str]:
    """Every outcome with the questions that assess it."""
    yield "## Outcomes / Capaian\n"
    yield "| | capaian | outcome | questions |"
    yield "|---|---|---|---|"
    for name, said in outcomes().items():
        asked = [one.id for one in _graded() if name in one.entry.get("outcomes", ())]
        yield f"| {_short(name)} | {said['id']} | {said['en']} | {', '.join(asked)} |"
    yield ""


def _short(outcome: str) -> str:
    """An outcome's number as people read it.

    Examples
    --------
    >>> _short("l03.2")
    '3.2'
    """
    lesson, _, place = outcome.lstrip("l").partition(".")
    return f"{int(lesson)}.{place}"


if __name__ == "__main__":
    sys.exit(main())
