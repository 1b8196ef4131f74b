"""Starts what grading an assignment will need, before nbgrader is imported, which takes as long."""

import ast
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from autograder import bubble, guarded, warm

__all__ = ["start"]


def start(course: Path, assignment: str) -> None:
    """Start the warm process for an assignment; without one there is nothing to start.

    Parameters
    ----------
    course : Path
        Course folder.
    assignment : str
        Name of the assignment.
    """
    texts = [text for path in course.glob(f"source/*/{assignment}/{assignment}.ipynb") for text in _cells(path)]
    modules = sorted({name for text in texts for name in _imported(text)})
    if any("mark(" in text for text in texts):
        warm.start(texts, modules)
    elif texts and not bubble.is_trusted():
        with suppress(bubble.SandboxError):  # said when it is needed
            guarded.start(modules)


def _cells(path: Path) -> Iterator[str]:
    """Texts of a notebook's code cells."""
    with suppress(OSError, ValueError, KeyError, TypeError):  # who grades says what is wrong with it
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                yield "".join(cell["source"])


def _imported(text: str) -> Iterator[str]:
    """Modules that a cell imports, and names that may be modules."""
    with suppress(SyntaxError, ValueError):  # such as a line of magic
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
