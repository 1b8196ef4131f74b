"""Makes HTML pages of a class's notebooks as nbconvert does, byte for byte, but what many have in common only once.

Most cells of a class are the same text. nbconvert renders each anew, and reads each finished page once more, to tidy it
up. Here rendered Markdown and code are kept, and a page is read cell by cell: what was read is kept, too.
"""

import copy
import re
from collections.abc import Iterator
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
MARK = "jejaring-cell"
AFTER = f"<{MARK}></{MARK}>"
ENDS = """-->]]>?>'>">"""  # ends all that a cell may have left open: a comment, a quotation
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

    A cell is read by itself if that is sure to come to the same: it closes what it opens and nothing else. If one does
    not, the page is read as a whole.

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
        self._cells: list[str] = []
        self._new: dict[str, BeautifulSoup] = {}
        self._frame = self._read(page) or BeautifulSoup(page, features=features)

    def select(self, selector: str) -> Iterator[Tag]:
        """Yield what is found, to be changed at will; cells that were changed already are left out."""
        for soup in (self._frame, *self._new.values()):
            yield from soup.select(selector)

    def __str__(self) -> str:
        """The page in its tidy form."""
        tidy = {cell: str(soup).partition(AFTER)[0] for cell, soup in self._new.items()}
        cells = [tidy[cell] if cell in tidy else self._known[cell] for cell in self._cells]
        _make_room(self._known)
        self._known.update(tidy)
        return re.sub(f"<!--{MARK}(\\d+)-->", lambda found: cells[int(found[1])], str(self._frame))

    def _read(self, page: str) -> BeautifulSoup | None:
        """Read cells and, with a mark for each cell but the last, the page around them; None if that can't be."""
        start, *cells = re.split(f"(?={CELL})", page)
        if (
            len(cells) < 2 or MARK in page or "jp-Notebook" in page
        ):  # nbconvert changes what stands inside of the latter
            return None
        end = cells.pop()
        frame = start
        for n, text in enumerate(cells):
            cell = text.rstrip()
            if cell not in self._known and cell not in self._new:
                if (soup := _closed(cell, self._features)) is None:
                    self._new.clear()
                    return None
                self._new[cell] = soup
            frame += f"<!--{MARK}{n}-->{text[len(cell) :]}"
        around = BeautifulSoup(frame + end, features=self._features)
        mark = around.find(string=lambda text: isinstance(text, Comment) and text == f"{MARK}0")
        special = {*around.builder.preserve_whitespace_tags, *around.builder.string_containers}
        if mark is None or special & {parent.name for parent in mark.parents}:
            self._new.clear()
            return None
        self._cells = [cell.rstrip() for cell in cells]
        return around


def _closed(cell: str, features: str) -> "_Cell | None":
    """Read a cell by itself; None if it leaves something open, or closes what it did not open."""
    try:
        soup = _Cell(cell + AFTER + ENDS, features=features)
    except ParserRejectedMarkup:
        return None
    kinds = [child.name if isinstance(child, Tag) else "" for child in soup.contents]
    return soup if not soup.strays and kinds[-2:] == [MARK, ""] and kinds[-3:-2] not in ([], [""]) else None


class _Cell(BeautifulSoup):
    """A cell by itself; counts the ends of elements that it did not begin."""

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
