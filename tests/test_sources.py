"""Sources and terms: what is cited exists, what exists is cited, and key terms stand in the glossary."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jejaring.exercises import bank
from jejaring.language import LANGUAGES

ROOT = Path(__file__).parents[1]
SOURCES: dict[str, Any] = tomllib.loads((ROOT / "course" / "data" / "bibliography.toml").read_text(encoding="utf-8"))
LESSONS = sorted(path for code in LANGUAGES for path in (ROOT / "course" / code).glob("*.ipynb"))
LABEL = {"id": "Istilah kunci:", "en": "Key terms:"}
KEY = re.compile(r"`([a-z][a-z0-9]*(?:-[a-z0-9]+)*\d[a-z0-9-]*)`")


def prose(path: Path) -> Iterator[tuple[str, str]]:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            yield cell["id"], "".join(cell["source"])


def named(path: Path) -> set[str]:
    """Keys in backticks of the last cell, where a lesson lists its sources."""
    return set(KEY.findall(list(prose(path))[-1][1]))


def glossary() -> dict[str, dict[str, dict[str, str]]]:
    files = sorted((ROOT / "src" / "jejaring" / "words").glob("glossary*.toml"))
    read = [tomllib.loads(path.read_text(encoding="utf-8"))["glossary"] for path in files]
    return {key: entry for part in read for key, entry in part.items()}


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_lesson_cites_what_is_in_the_bibliography(path: Path) -> None:
    assert len(named(path)) >= 3
    assert named(path) - set(SOURCES) == set()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_both_editions_cite_the_same(path: Path) -> None:
    assert named(path) == named(ROOT / "course" / "id" / path.name)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_key_terms_are_in_the_glossary(path: Path) -> None:
    code = path.parent.name
    known = {entry["term"][code].lower() for entry in glossary().values()}
    lines = re.findall(rf"\*\*{LABEL[code]}\*\* (.*)\.", "\n".join(text for _, text in prose(path)))
    assert len(lines) == 1, f"one line **{LABEL[code]}** …"
    terms = [term.strip() for term in lines[0].split(",")]
    assert len(terms) >= 4
    assert [term for term in terms if term.lower() not in known] == []


def test_every_term_has_a_source_that_exists() -> None:
    assert {
        key for key, entry in glossary().items() if entry.get("source", next(iter(SOURCES))) not in SOURCES
    } == set()


def test_every_source_is_used() -> None:
    used = {key for path in LESSONS for key in named(path)}
    used |= {key for exercise in bank.load().values() for key in exercise.entry.get("sources", [])}
    used |= {entry["source"] for entry in glossary().values() if "source" in entry}
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "src" / "jejaring").rglob("*.py")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "src" / "jejaring" / "words").glob("*.toml")]
    code = re.sub(r"\s+", " ", "\n".join(texts))
    unused = [key for key, entry in SOURCES.items() if key not in used and not _cited(key, entry, code)]
    assert unused == [], "cite it, or take it out"


def _cited(key: str, entry: dict[str, Any], code: str) -> bool:
    """Whether a docstring or a table of rules names the work: its key, a law's number, or author and year."""
    if re.search(rf"\b{re.escape(key)}\b", code):
        return True
    if law := re.fullmatch(r"(uu|pp|perpres|permendagri)(\d+)-(\d{4})", key):
        return re.search(rf"\b(UU|PP|Perpres|Permendagri|Law) {law[2]}/{law[3]}", code) is not None
    first = entry["author"].partition(";")[0].partition(",")[0].split()[-1]
    return re.search(rf"{re.escape(first)}[^()]{{0,200}}\({entry['year']}\)", code) is not None
