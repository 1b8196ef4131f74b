"""What a stranger's cell puts out, so that it can be read and can't act in the browser of whoever grades.

The cleaning is nbconvert's and bleach's; what is added is that tables stay tables.
"""

import re
from typing import Any

from bleach import ALLOWED_ATTRIBUTES, ALLOWED_TAGS
from nbconvert.preprocessors.sanitize import SanitizeHTML

__all__ = ["harmless"]

TEXT = {
    "p",
    "div",
    "span",
    "br",
    "hr",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "sub",
    "sup",
    "u",
    "s",
    "dl",
    "dt",
    "dd",
}
TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
STYLE = re.compile(r"<(style|script)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
"""What has no text for a reader; whatever this misses loses its tags."""

_clean = SanitizeHTML(  # type: ignore[no-untyped-call]  # untyped in nbconvert
    tags=sorted({*ALLOWED_TAGS, *TEXT, *TABLE}),
    attributes={**ALLOWED_ATTRIBUTES, "th": ["colspan", "rowspan"], "td": ["colspan", "rowspan"]},
    strip=True,
)
_clean.safe_output_keys = {*_clean.safe_output_keys, "application/vnd.plotly.v1+json"}  # nothing that nbgrader shows


def harmless(outputs: list[Any]) -> list[Any]:
    """Take out of outputs what could act: scripts, drawings that may hold some, widgets, HTML but for plain text.

    Parameters
    ----------
    outputs : list of NotebookNode
        Valid outputs of a cell; they are changed.

    Examples
    --------
    >>> from nbformat.v4 import new_output
    >>> html = '<b onclick="x()">4</b><script>y()</script><i>5</i>'
    >>> harmless([new_output("display_data", {"text/html": html, "application/javascript": "z()"})])[0].data
    {'text/html': '<b>4</b><i>5</i>'}
    """
    for output in outputs:
        data = output.get("data", {})
        for kind in data:
            if kind.startswith("text/"):
                data[kind] = STYLE.sub("", _joined(data[kind])) if kind != "text/plain" else _joined(data[kind])
    return list(_clean.sanitize_code_outputs(outputs))  # type: ignore[no-untyped-call]  # the same


def _joined(text: Any) -> str:
    """A text, which a notebook may hold as lines."""
    return "".join(text) if isinstance(text, list) else str(text)
