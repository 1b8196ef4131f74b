"""What models refuse: every message names the parameter, its value, the range that is allowed, and the unit."""

import math
from collections.abc import Collection
from fractions import Fraction
from typing import TypeGuard

Number = int | float | Fraction


def is_whole(value: object) -> TypeGuard[int]:
    """Tell an integer from everything else, True and False too."""
    return isinstance(value, int) and not isinstance(value, bool)


def whole(name: str, value: object, unit: str, low: int = 0, high: int | None = None) -> int:
    """Take a whole number of `unit` from `low` to `high`."""
    if not is_whole(value) or value < low or (high is not None and value > high):
        allowed = f", {low} or more" if high is None else f" from {low} to {high}"
        raise ValueError(f"{name} is {value!r}; it must be a whole number of {unit}{allowed}.")
    return value


def number(
    name: str,
    value: object,
    unit: str,
    low: Number | None = None,
    high: Number | None = None,
    *,
    above: Number | None = None,
    below: Number | None = None,
) -> float | Fraction:
    """Take a finite number in `unit`: floats stay floats, whole numbers and fractions become exact fractions.

    `low` and `high` belong to the range, `above` and `below` are its open ends.
    """
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float | Fraction)
        or not math.isfinite(value)
        or (low is not None and value < low)
        or (high is not None and value > high)
        or (above is not None and value <= above)
        or (below is not None and value >= below)
    ):
        allowed = f"{_ends(low, high, above, below)} ({unit})"
        raise ValueError(f"{name} is {value!r}; it must be a finite number{allowed}.")
    return value if isinstance(value, float) else Fraction(value)


def share(name: str, value: object) -> float | Fraction:
    """Take a share or a probability: a number from 0 to 1 without unit."""
    return number(name, value, "a share without unit", 0, 1)


def choice(name: str, value: object, choices: Collection[str]) -> str:
    """Take one of some names."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} is {value!r}; it must be one of {', '.join(map(repr, choices))}.")
    return value


def _ends(low: Number | None, high: Number | None, above: Number | None, below: Number | None) -> str:
    """Say a range in words."""
    if low is not None and high is not None:
        return f" from {low} to {high}"
    ends = [f"at least {low}"] if low is not None else []
    ends += [f"above {above}"] if above is not None else []
    ends += [f"at most {high}"] if high is not None else []
    ends += [f"below {below}"] if below is not None else []
    return " " + " and ".join(ends) if ends else ""
