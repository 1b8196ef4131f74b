"""Tables as real people export them: their bytes, their delimiters, and places named as a spreadsheet names them."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path

Source = str | bytes | Path

_LARGEST = 5_000_000  # bytes or characters of a file: a class of 500 that names everybody has about 3 million
_MOST_SHOWN = 10
_RISKY = "=+-@＝＋－＠"  # a cell that starts like this is a formula to a spreadsheet


class Problems:
    """What is wrong with a table, all of it before anything is refused."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.found: list[str] = []

    def add(self, place: str, trouble: str) -> None:
        """Note what is wrong, and where."""
        self.found.append(f"{place}: {trouble}")

    def refuse(self) -> None:
        """Raise a ValueError that tells the first ten, if there is anything to tell."""
        if len(self.found) == 1:
            raise ValueError(f"{self.what}, {self.found[0]}")
        if self.found:
            shown = "".join(f"\n- {problem}" for problem in self.found[:_MOST_SHOWN])
            more = f"; the first {_MOST_SHOWN} are:" if len(self.found) > _MOST_SHOWN else ":"
            raise ValueError(f"{self.what} has {len(self.found)} problems{more}{shown}")


def read(source: Source, what: str) -> list[list[str]]:
    """Rows of a CSV file or text, cells tidied; blank rows stay, so that the places of the others can be named."""
    text = _text(source, what)
    if not text.strip():
        raise ValueError(f"{what} is empty; it needs a header in row 1 and at least one row under it.")
    start = next(line for line in text.splitlines() if line.strip())
    delimiter = max(",;\t", key=lambda sign: len(next(csv.reader([start], delimiter=sign))))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend([_unguarded(tidy(cell)) for cell in row] for row in reader)
    except csv.Error as error:
        raise ValueError(
            f"{what}, row {len(rows) + 1}: {error}; close every quotation mark, and double those inside a cell."
        ) from error
    return rows


def tidy(cell: str) -> str:
    """Compose accents, and take spaces away at the ends and double ones inside."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def guarded(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell[:1] in (*_RISKY, "'") else cell


def _unguarded(cell: str) -> str:
    """Undo `guarded`."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in (*_RISKY, "'") else cell


def place(row: int, column: int, heading: str = "") -> str:
    """Name a cell as a spreadsheet does, rows from 1 and columns from A; both are counted from 0 here."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"row {row + 1}, column {letters}" + (f" ({heading})" if heading else "")


def blank(row: Sequence[str]) -> bool:
    """Tell whether a row has nothing in it."""
    return not any(row)


def _text(source: Source, what: str) -> str:
    """What a path, bytes or a text holds; a text without a line break is a path."""
    if isinstance(source, str) and ("\n" in source or "\r" in source or not source.strip()):
        content: str | bytes = source
    elif isinstance(source, str | Path):
        try:
            content = Path(source).read_bytes()
        except (OSError, ValueError) as error:
            raise ValueError(
                f"source is {str(source)[:200]!r}; no such file can be read ({error}), "
                "and a text needs a header in row 1 and at least one row under it."
            ) from error
    elif isinstance(source, bytes):
        content = source
    else:
        raise ValueError(f"source is {type(source).__name__}; it must be a path, a text, or the bytes of a file.")
    if len(content) > _LARGEST:
        raise ValueError(f"{what} has {len(content)} bytes; the most that is read is {_LARGEST}.")
    return (content if isinstance(content, str) else _decoded(content, what)).lstrip("\ufeff")


def _decoded(content: bytes, what: str) -> str:
    """Read the encodings that spreadsheets write: UTF-8 and UTF-16 with their marks, Windows-1252 without."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if content.startswith(b"PK") or "\0" in text:
        raise ValueError(f"{what} is no text (perhaps an Excel workbook); save it as CSV and read that file.")
    return text
