"""Cooperation and networks, with data.

The names below are imported when they are first used: models alone need neither widgets nor figures.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jejaring.exercises.marking import mark
    from jejaring.language import use_language
    from jejaring.widgets.exercise import ask
    from jejaring.widgets.figure import show
    from jejaring.widgets.reveal import bets, progress, reveal

__all__ = ["ask", "bets", "mark", "progress", "reveal", "show", "use_language"]

_HOMES = {
    "ask": "widgets.exercise",
    "bets": "widgets.reveal",
    "mark": "exercises.marking",
    "progress": "widgets.reveal",
    "reveal": "widgets.reveal",
    "show": "widgets.figure",
    "use_language": "language",
}


def __getattr__(name: str) -> Any:
    """Import a name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module 'jejaring' has no attribute {name!r}")
    return getattr(importlib.import_module(f"jejaring.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List what can be imported, so that Tab completes it."""
    return sorted(__all__)
