"""Makes HTML pages of a class's notebooks as nbconvert does, but what many have in common only once.

Most cells of a class are the same text, and nbconvert renders each anew. Here rendered Markdown and code are kept.
"""

from typing import Any, ClassVar

from jinja2 import pass_context
from nbconvert.exporters import html
from nbconvert.filters import Highlight2HTML

__all__ = ["share"]

KEPT = 4000  # texts: ten megabytes or so


def share(exporter: html.HTMLExporter) -> None:
    """Make nbconvert work so from now on: this exporter, and in this process whatever colours code."""
    vars(html).update(Highlight2HTML=_Highlight)
    known: dict[str, str] = {}

    @pass_context
    def markdown2html(context: Any, source: str) -> str:
        if exporter.embed_images or context.get("cell", {}).get("attachments"):
            return str(exporter.markdown2html(context, source))
        if source not in known:
            _make_room(known)
            known[source] = str(exporter.markdown2html(context, source))
        return known[source]

    exporter.register_filter("markdown2html", markdown2html)  # type: ignore[no-untyped-call]  # untyped in nbconvert


class _Highlight(Highlight2HTML):
    """nbconvert's filter that colours code; it keeps what it made."""

    _known: ClassVar[dict[tuple[str, ...], str]] = {}

    def __call__(self, source: str, language: str | None = None, metadata: Any = None) -> str:
        """Colour a text."""
        key = source, language or self.pygments_lexer, repr(metadata), repr(self.extra_formatter_options)
        if key not in self._known:
            _make_room(self._known)
            self._known[key] = str(super().__call__(source, language, metadata))  # type: ignore[no-untyped-call]  # untyped in nbconvert
        return self._known[key]


def _make_room(known: dict[Any, str]) -> None:
    """Forget all that was kept when it becomes too much."""
    if len(known) > KEPT:
        known.clear()
