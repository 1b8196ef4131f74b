"""Which language the course speaks now, and its words.

All words live in ``words/*.toml``, every language side by side; only widgets, figures and reports ask for them.
"""

import difflib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jejaring.errors import BankError

__all__ = ["LANGUAGES", "language", "pick", "use_language", "word", "words"]

_WORDS = Path(__file__).parent / "words"

LANGUAGES: dict[str, str] = tomllib.loads((_WORDS / "languages.toml").read_text(encoding="utf-8"))
"""Language codes and their own names; the first is the original."""

_current = next(iter(LANGUAGES))


def use_language(code: str) -> None:
    """Speak this language from now on.

    Parameters
    ----------
    code : str
        One of `LANGUAGES`, such as ``"id"`` or ``"en"``.

    Raises
    ------
    ValueError
        If the course has no such language.

    Examples
    --------
    >>> use_language("en"); language()
    'en'
    >>> use_language("id")
    """
    global _current
    if code not in LANGUAGES:
        raise ValueError(f"language={code!r}: the course speaks {', '.join(LANGUAGES)}; choose one of these codes.")
    _current = code


def language() -> str:
    """Return the code of the language spoken now."""
    return _current


def pick(text: Mapping[str, str], /, **fields: object) -> str:
    """Say a text in the language spoken now, or in the original where a translation is missing.

    Parameters
    ----------
    text : Mapping of str to str
        One string per language code.
    **fields
        What stands in the text's ``{fields}``.

    Examples
    --------
    >>> pick({"id": "{n} kursi", "en": "{n} seats"}, n=19)
    '19 kursi'
    """
    said = text[_current] if _current in text else text[next(iter(LANGUAGES))]
    return said.format_map(fields) if fields else said


def word(key: str, /, **fields: object) -> str:
    """Say a word of the interface, named by its dotted key in ``words/*.toml``.

    Raises
    ------
    BankError
        If there is no such word; the message names the nearest ones.
    """
    entry = _words().get(key)
    if entry is None:
        near = ", ".join(difflib.get_close_matches(key, _words(), n=3)) or "none"
        raise BankError(f"words/*.toml has no word {key!r} (nearest: {near}). Add it there in every language.")
    return pick(entry, **fields)


def words(section: str) -> dict[str, str]:
    """Say every word of one section, fields in braces left open: a page fills them in.

    Examples
    --------
    >>> words("exercise")["check"]
    'Periksa'
    """
    return {name: pick(text) for name, text in _section(section).items()}


@cache
def _section(name: str) -> dict[str, Mapping[str, str]]:
    """The words of one section, by what follows its name."""
    start = f"{name}."
    return {key.removeprefix(start): text for key, text in _words().items() if key.startswith(start)}


@cache
def _words() -> dict[str, Mapping[str, str]]:
    """All words by dotted key."""
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted(_WORDS.glob("*.toml")):
        if path.stem != "languages":
            _collect(tomllib.loads(path.read_text(encoding="utf-8")), "", found, path)
    return found


def _collect(table: Mapping[str, Any], prefix: str, found: dict[str, Mapping[str, str]], path: Path) -> None:
    """Add every leaf of a table, a leaf being one string per language."""
    for name, value in table.items():
        key = f"{prefix}{name}"
        if not isinstance(value, Mapping):
            continue
        if any(code in value and isinstance(value[code], str) for code in LANGUAGES):
            if key in found:
                raise BankError(
                    f"words/{path.name}: {key!r} stands in another words file already. Keep one of the two."
                )
            found[key] = value
        else:
            _collect(value, f"{key}.", found, path)
