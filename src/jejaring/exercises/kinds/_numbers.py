"""Numbers as people type them: ``0,6`` or ``0.6``, ``3/5``, ``60%``, ``Rp1.250.000``."""

import re
from collections.abc import Iterator
from fractions import Fraction
from numbers import Rational, Real
from typing import Any

from jejaring.language import language

__all__ = ["LENGTH", "exact", "readings"]

LENGTH = 40
_SIGNS = str.maketrans({"−": "-", "–": "-", "⁄": "/", "∕": "/", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'"})
_GROUPED = r"[1-9][0-9]{0,2}(?:%s[0-9]{3})+"


def readings(typed: str, *, percent: bool = False) -> list[Fraction]:
    """Return the numbers that a text may mean, the likeliest first; none if it is no number.

    Comma and point both work as decimal sign. Only ``1.250`` and its like are ambiguous: groups of three may be
    thousands. Then the language decides, unless the caller knows better (`number` prefers the one within the field's
    bounds).

    Parameters
    ----------
    typed : str
        At most `LENGTH` characters.
    percent : bool
        Whether the unit is per cent already, so that ``60%`` means 60.

    Examples
    --------
    >>> readings("0,6"), readings("3/5"), readings("60%")
    ([Fraction(3, 5)], [Fraction(3, 5)], [Fraction(3, 5)])
    >>> readings("1.250")
    [Fraction(1250, 1), Fraction(5, 4)]
    >>> readings("1.250,5"), readings("many")
    ([Fraction(2501, 2)], [])
    """
    text = " ".join(typed.translate(_SIGNS).split())
    if len(text) > LENGTH:
        return []
    sign = -1 if text.startswith("-") else 1
    text = text[1:].lstrip() if text[:1] in ("+", "-") else text
    scale = Fraction(1)
    if text.endswith("%"):
        text, scale = text[:-1].rstrip(), Fraction(1) if percent else Fraction(1, 100)
    over, slash, under = (part.strip() for part in text.partition("/"))
    if not slash:
        return [sign * scale * value for value in _decimals(text)]
    parts = next(_decimals(over), None), next((value for value in _decimals(under) if value), None)
    return [sign * scale * parts[0] / parts[1]] if parts[0] is not None and parts[1] is not None else []


def exact(value: Any) -> Fraction:
    """Return a number of a key as the fraction it stands for; ``0.6`` is 3/5.

    Raises
    ------
    ValueError
        If it is no finite number and no text of one.
    """
    if isinstance(value, str):
        return Fraction(value.replace(" ", ""))
    if isinstance(value, bool) or not isinstance(value, Real):
        raise ValueError(f"{value!r} is no number")
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    return Fraction(repr(float(value)))


def _decimals(text: str) -> Iterator[Fraction]:
    """Each value of an unsigned decimal, with the language's decimal sign first."""
    signs = [",", "."] if language() == "id" else [".", ","]
    found: list[Fraction] = []
    for sign, other in (signs, signs[::-1]):
        groups = "|".join(_GROUPED % mark for mark in (re.escape(other), " ", "'", "_"))
        match = re.fullmatch(rf"({groups}|[0-9]*)(?:{re.escape(sign)}([0-9]*))?", text)
        if match and any(match.groups()):
            whole = re.sub(r"[^0-9]", "", match[1])
            value = Fraction(f"{whole or 0}.{match[2] or 0}")
            if value not in found:
                found.append(value)
                yield value
