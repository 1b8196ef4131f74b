"""Makes HTML pages of a class's notebooks as nbconvert does, byte for byte, but what many have in common only once.

Most cells of a class are the same text. nbconvert renders each anew, and reads each finished page once more, to tidy it
up. Here rendered Markdown and code are kept, and a page is read cell by cell: what was read is kept, too.
"""

import copy
import re
from collections.abc import Iterator
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, ClassVar

from bs4 import BeautifulSoup, Comment, Tag
from bs4.exceptions import ParserRejectedMarkup
from jinja2 import pass_context
from nbconvert.exporters import exporter as base
from nbconvert.exporters import html
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode

__all__ = ["TidyPage", "share"]

CELL = r'<div [^<>]*class="cell border-box-sizing'
STYLE = r"<style\b[^<>]*>[^<]*</style>"
MARK = "jejaring-part"
AFTER = f"<{MARK}></{MARK}>"
ENDS = """-->]]>?>'>">"""  # ends all that a part may have left open: a comment, a quotation
KEPT = 4000  # texts: ten megabytes or so


def share(exporter: html.HTMLExporter) -> None:
    """Make nbconvert work so from now on: this exporter, and in this process whatever tidies pages and colours code."""
    vars(html).update(BeautifulSoup=TidyPage, Highlight2HTML=_Highlight)
    vars(base).update(copy=SimpleNamespace(copy=copy.copy, deepcopy=_copied))
    known: dict[str, str] = {}

    @pass_context
    def markdown2html(context: Any, source: str) -> str:
        if exporter.embed_images or context.get("cell", {}).get("attachments"):
            return str(exporter.markdown2html(context, source))
        if source not in known:
            _make_room(known)
            known[source] = str(exporter.markdown2html(context, source))
        return known[source]

    exporter.register_filter("markdown2html", markdown2html)  # type: ignore[no-untyped-call]


class TidyPage:
    """A page of HTML in a tidy form, the same as ``BeautifulSoup(page, "html.parser")``, cell by cell.

    A cell, or the text of a style, is read by itself if that is sure to come to the same: it closes what it opens and
    nothing else. If one does not, the page is read as a whole.

    Parameters
    ----------
    page : str
        The page.
    features : str
        The parser.

    Examples
    --------
    >>> page = '<body><div class="cell border-box-sizing"><br>1</div> <div class="cell border-box-sizing">2</div>'
    >>> str(TidyPage(page, "html.parser")) == str(BeautifulSoup(page, "html.parser"))
    True
    """

    _known: ClassVar[dict[str, str]] = {}

    def __init__(self, page: str, features: str) -> None:
        self._features = features
        self._parts: list[str] = []
        self._new: dict[str, BeautifulSoup] = {}
        try:
            self._frame = self._read(page)
        except _NotClosedError:
            self._parts, self._new = [], {}
            self._frame = BeautifulSoup(page, features=features)

    def select(self, selector: str) -> Iterator[Tag]:
        """Yield what is found, to be changed at will; parts that were changed already are left out."""
        for soup in (self._frame, *self._new.values()):
            yield from soup.select(selector)

    def __str__(self) -> str:
        """The page in its tidy form."""
        tidy = {part: str(soup).partition(AFTER)[0] for part, soup in self._new.items()}
        parts = [tidy[part] if part in tidy else self._known[part] for part in self._parts]
        _make_room(self._known)
        self._known.update(tidy)
        return re.sub(f"<!--{MARK}(\\d+)-->", lambda found: parts[int(found[1])], str(self._frame))

    def _read(self, page: str) -> BeautifulSoup:
        """Read styles and cells, and the page around them, with a mark for each style and each cell but the last."""
        places = [found.start() for found in re.finditer(CELL, page)]
        start, *cells = (page[begin:end] for begin, end in pairwise([0, *places, len(page)]))
        end = cells.pop() if cells else ""
        if MARK in page or "jp-Notebook" in page:  # nbconvert changes what stands in the latter
            raise _NotClosedError
        frame = re.sub(STYLE, lambda found: self._marked(found[0]), start)
        frame += "".join(self._marked(cell.rstrip()) + cell[len(cell.rstrip()) :] for cell in cells)
        around = BeautifulSoup(frame + end, features=self._features)
        marks = around.find_all(string=lambda text: isinstance(text, Comment) and text.startswith(MARK))
        special = {*around.builder.preserve_whitespace_tags, *around.builder.string_containers}
        if len(marks) < len(self._parts) or any(special & {one.name for one in mark.parents} for mark in marks):
            raise _NotClosedError
        return around

    def _marked(self, part: str) -> str:
        """Read a part by itself, if it is not known; returns a mark for it."""
        if part not in self._known and part not in self._new:
            self._new[part] = _closed(part, self._features)
        self._parts.append(part)
        return f"<!--{MARK}{len(self._parts) - 1}-->"


class _NotClosedError(Exception):
    """A part can't be read by itself."""


def _closed(part: str, features: str) -> "_Part":
    """Read a part by itself, if it ends with an element, closes what it opens, and nothing else."""
    try:
        soup = _Part(part + AFTER + ENDS, features=features)
    except ParserRejectedMarkup as error:
        raise _NotClosedError from error
    kinds = [child.name if isinstance(child, Tag) else "" for child in soup.contents]
    if soup.strays or kinds[-2:] != [MARK, ""] or kinds[-3:-2] in ([], [""]):
        raise _NotClosedError
    return soup


class _Part(BeautifulSoup):
    """A part of a page by itself; counts the ends of elements that it did not begin."""

    strays = 0

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """Close an element; which would close another's, if none is open here."""
        self.strays += not self.open_tag_counter.get(name)
        super().handle_endtag(name, nsprefix)


class _Highlight(Highlight2HTML):
    """nbconvert's filter that colours code; it keeps what it made."""

    _known: ClassVar[dict[tuple[str, ...], str]] = {}

    def __call__(self, source: str, language: str | None = None, metadata: Any = None) -> str:
        """Colour a text."""
        key = source, language or self.pygments_lexer, repr(metadata), repr(self.extra_formatter_options)
        if key not in self._known:
            _make_room(self._known)
            self._known[key] = str(super().__call__(source, language, metadata))  # type: ignore[no-untyped-call]
        return self._known[key]


def _copied(value: Any) -> Any:
    """A copy of a notebook; ``deepcopy``, which looks out for what it has met before, takes three times as long."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, list):
        return [_copied(part) for part in value]
    if not isinstance(value, NotebookNode):
        return copy.deepcopy(value)
    node = NotebookNode()
    for name, part in value.items():
        dict.__setitem__(node, name, _copied(part))
    return node


def _make_room(known: dict[Any, str]) -> None:
    """Forget all that was kept when it becomes too much."""
    if len(known) > KEPT:
        known.clear()
