"""What an entry of the bank may look like, and what to say when it looks otherwise.

A shape is a function of (value, place, rules) that yields one sentence per problem; shapes nest like the entry does.
"""

import difflib
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from jejaring.language import LANGUAGES

__all__ = [
    "Field",
    "Rules",
    "Shape",
    "anything",
    "did_you_mean",
    "each",
    "is_number",
    "is_text",
    "many",
    "number",
    "optional",
    "required",
    "secret",
    "string_",
    "switch",
    "table",
    "text",
    "whole",
]

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Rules:
    """What holds for one exercise: may it show keys and reasons, and which parameters may its texts name?

    Outside the bank, in ``mark(...)``, a text may be a plain string or leave languages out.
    """

    lesson: bool
    parameters: frozenset[str] = frozenset()
    bank: bool = True


Shape = Callable[[Any, str, Rules], Iterator[str]]


@dataclass(frozen=True)
class Field:
    """One field of a table.

    Parameters
    ----------
    shape : Shape
        What its value looks like.
    needed : bool
        Whether it must be there.
    lesson_only : bool
        Whether it gives something away, and so must not stand in an assignment's bank.
    """

    shape: Shape
    needed: bool = True
    lesson_only: bool = False


def required(shape: Shape) -> Field:
    """A field that every exercise has."""
    return Field(shape)


def optional(shape: Shape) -> Field:
    """A field that may be left out."""
    return Field(shape, needed=False)


def secret(shape: Shape, *, needed: bool = True) -> Field:
    """A field for lessons only: it gives something away."""
    return Field(shape, needed, lesson_only=True)


def anything(_value: Any, _at: str, _rules: Rules) -> Iterator[str]:
    """Whatever it is; looked at elsewhere."""
    return iter(())


def text(value: Any, at: str, rules: Rules) -> Iterator[str]:
    """One string per language, all with the same ``{fields}``.

    Examples
    --------
    >>> list(text({"id": "{n} kursi", "en": "seats"}, "prompt", Rules(True)))
    ['prompt: the languages differ in their {fields}: id {n}, en none. Write the same fields in each.']
    """
    if not rules.bank and (isinstance(value, str) or is_text(value)):
        return
    if not isinstance(value, Mapping):
        yield f"{at}: is not a text. Write " + " and ".join(f'{at}.{code} = "..."' for code in LANGUAGES) + "."
        return
    for code in LANGUAGES:
        if code not in value:
            yield f"{at}: has no text in {LANGUAGES[code]}. Add {at}.{code}."
        elif not isinstance(value[code], str) or not value[code].strip():
            yield f"{at}.{code}: is empty or not a string. Write a text between quotes."
    for code in set(value) - set(LANGUAGES):
        yield f"{at}.{code}: is no language of the course ({', '.join(LANGUAGES)}){did_you_mean(code, LANGUAGES)}"
    if not all(isinstance(said, str) for said in value.values()):
        return
    named = {code: set(_FIELD.findall(said)) for code, said in value.items()}
    if len({frozenset(names) for names in named.values()}) > 1:
        listed = ", ".join(
            f"{code} {' '.join(f'{{{name}}}' for name in sorted(names)) or 'none'}" for code, names in named.items()
        )
        yield f"{at}: the languages differ in their {{fields}}: {listed}. Write the same fields in each."
    if rules.parameters:
        yield from _formatted(value, at, rules.parameters)


def _formatted(value: Mapping[str, str], at: str, parameters: frozenset[str]) -> Iterator[str]:
    """Problems of texts that will be filled in with parameters."""
    for code, said in value.items():
        try:
            names = {name for _, name, _, _ in string.Formatter().parse(said) if name is not None}
        except ValueError as error:
            yield f"{at}.{code}: has a stray brace ({error}). Double a brace that is meant as one: {{{{ or }}}}."
            continue
        for name in sorted(names - parameters):
            yield f"{at}.{code}: {{{name}}} is no parameter of this exercise{did_you_mean(name, parameters)}"


def is_text(value: Any) -> bool:
    """Whether this is one string per language, or for some of them."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(code in LANGUAGES and isinstance(said, str) for code, said in value.items())
    )


def is_number(value: Any) -> TypeGuard[int | float]:
    """Whether this is an int or a finite float, and no bool."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")


def number(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """A number."""
    if not is_number(value):
        yield f"{at}: is not a number. Write it without quotes, with a decimal point."


def whole(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """A whole number, one or more."""
    if type(value) is not int or value < 1:
        yield f"{at}: is not a whole number of one or more. Write it without quotes."


def string_(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """A plain string, the same in every language."""
    if not isinstance(value, str) or not value.strip():
        yield f"{at}: is not a string. Write it between quotes."


def switch(value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield f"{at}: is neither true nor false. Write one of them without quotes."


def many(shape: Shape) -> Shape:
    """A list of at least one thing of this shape."""

    def check(value: Any, at: str, rules: Rules) -> Iterator[str]:
        if not isinstance(value, list) or not value:
            yield f"{at}: is not a list with something in it. Write {at} = [...] or [[...{at}]]."
            return
        for place, inner in enumerate(value, start=1):
            yield from shape(inner, f"{at} (number {place})", rules)

    return check


def each(shape: Shape, *, least: int = 1) -> Shape:
    """A table from ids to things of this shape."""

    def check(value: Any, at: str, rules: Rules) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{at}: is not a table of ids. Write a table [<exercise>.{at}.<id>] for each."
            return
        if len(value) < least:
            yield f"{at}: has {len(value)}, and needs at least {least}."
        for name, inner in value.items():
            if not _ID.fullmatch(name) or name in LANGUAGES:
                yield f"{at}.{name}: is no id. Use lower-case letters, digits and hyphens, and no language code."
            else:
                yield from shape(inner, f"{at}.{name}", rules)

    return check


def table(fields: Mapping[str, Field]) -> Shape:
    """A table with these fields and no others."""

    def check(value: Any, at: str, rules: Rules) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{at}: is not a table. Its fields are {', '.join(fields)}."
            return
        dot = f"{at}." if at else ""
        for name in value:
            if name not in fields:
                yield f"{dot}{name}: is no field here{did_you_mean(name, fields)}"
        for name, field in fields.items():
            if name not in value:
                if field.needed and (rules.lesson or not field.lesson_only):
                    yield f"{dot}{name}: is missing. Add it."
            elif field.lesson_only and not rules.lesson:
                yield (
                    f"{dot}{name}: gives something away, and only a lesson's bank may hold it. "
                    "Move it into the hidden test, mark(...)."
                )
            else:
                yield from field.shape(value[name], f"{dot}{name}", rules)

    return check


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """End a sentence with the nearest known name, or with all of them.

    Examples
    --------
    >>> did_you_mean("promt", ["prompt", "points"])
    '; did you mean prompt?'
    >>> did_you_mean("zzz", ["prompt", "points"])
    '. Known: points, prompt.'
    """
    known = sorted(map(str, known))
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else f". Known: {', '.join(known) or 'none'}."
