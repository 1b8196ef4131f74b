"""Every word exists in every language with the same fields, and every word is used."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jejaring.exercises.shapes import Rules, text
from jejaring.language import LANGUAGES, use_language, word

PACKAGE = Path(__file__).parents[2] / "src" / "jejaring"
WORDLESS = ("languages", "glossary")  # names, and terms with meanings
FILES = sorted(path for path in (PACKAGE / "words").glob("*.toml") if not path.stem.startswith(WORDLESS))


def leaves(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Dotted key and text of each word."""
    for name, value in table.items():
        if any(isinstance(inner, str) for inner in value.values()):
            yield f"{prefix}{name}", value
        else:
            yield from leaves(value, f"{prefix}{name}.")


WORDS = {key: said for path in FILES for key, said in leaves(tomllib.loads(path.read_text(encoding="utf-8")))}
SOURCES = {
    path: path.read_text(encoding="utf-8")
    for folder in (PACKAGE, PACKAGE.parents[1] / "autograder")
    for path in [*folder.rglob("*.py"), *folder.rglob("*.js")]
}


def test_every_word_is_said_in_every_language_with_the_same_fields() -> None:
    assert [problem for key, said in WORDS.items() for problem in text(said, key, Rules(lesson=True))] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_is_found_by_its_key(code: str) -> None:
    use_language(code)
    try:
        assert {key: word(key) for key in WORDS} == {key: said[code] for key, said in WORDS.items()}
    finally:
        use_language(next(iter(LANGUAGES)))


def test_every_word_that_the_code_asks_for_exists() -> None:
    asked = {
        (key, path.name)
        for path, source in SOURCES.items()
        if path.suffix == ".py"
        for key in re.findall(r"(?<![\w.])word\(\s*\"([\w.-]+)\"", source)
    }
    assert len(asked) > 20
    assert {pair for pair in asked if pair[0] not in WORDS} == set()


def test_every_word_that_an_exercises_page_asks_for_exists() -> None:
    pages = [*(PACKAGE / "exercises" / "kinds").glob("*.js"), PACKAGE / "widgets" / "exercise.js"]
    asked = {(name, path.name) for path in pages for name in re.findall(r"\bwords\.(\w+)", SOURCES[path])}
    assert len(asked) > 20
    assert {pair for pair in asked if f"exercise.{pair[0]}" not in WORDS} == set()


def test_no_word_of_the_interface_is_left_over() -> None:
    own = {key for key, _ in leaves(tomllib.loads((PACKAGE / "words" / "interface.toml").read_text(encoding="utf-8")))}
    code = "\n".join(SOURCES.values())
    assert [key for key in own if not re.search(rf"(?<![\w-]){re.escape(key.rpartition('.')[2])}(?![\w-])", code)] == []
