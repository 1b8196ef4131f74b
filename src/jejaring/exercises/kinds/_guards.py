"""Reading what a page or a file gave as an answer: both are strangers."""

import unicodedata
from collections.abc import Collection
from typing import Any

from jejaring.errors import AnswerError
from jejaring.language import word

__all__ = ["known", "plain_text", "rows", "unique"]


def plain_text(value: Any, limit: int) -> str | None:
    """Return a text of bounded length without control characters, or None if it is empty."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise AnswerError(word("answer.not_text"))
    if len(value) > limit:
        raise AnswerError(word("answer.too_long", length=len(value), limit=limit))
    if any(unicodedata.category(c) in ("Cs", "Cc") and c not in "\n\r\t" for c in value):
        raise AnswerError(word("answer.bad_characters"))
    return value if value.strip() else None


def known(value: Any, ids: Collection[str]) -> str | None:
    """Return one of these ids, or None if nothing was chosen."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise AnswerError(word("answer.damaged"))
    if value not in ids:
        raise AnswerError(word("answer.unknown", name=_short(value)))
    return value


def unique(value: Any, ids: Collection[str]) -> list[str] | None:
    """Return a list of these ids without repeats, or None if it is empty."""
    if value is None:
        return None
    if not isinstance(value, list):
        raise AnswerError(word("answer.damaged"))
    if len(value) > len(ids):
        raise AnswerError(word("answer.too_many", limit=len(ids)))
    chosen = [one for one in (known(one, ids) for one in value) if one is not None]
    if len(chosen) != len(value) or len(set(chosen)) != len(chosen):
        raise AnswerError(word("answer.damaged"))
    return chosen or None


def rows(value: Any, ids: Collection[str]) -> dict[str, Any]:
    """Return a table whose keys are among these ids."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise AnswerError(word("answer.damaged"))
    if len(value) > len(ids):
        raise AnswerError(word("answer.too_many", limit=len(ids)))
    for name in value:
        known(name, ids)
    return value


def _short(value: str) -> str:
    """The beginning of a stranger's string, fit for printing."""
    return "".join(c for c in value[:40] if c.isprintable())
