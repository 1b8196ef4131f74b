"""Walks through what was handed in: folders, zip files, and zip files inside both, unpacked within bounds.

Nothing is ever written where a name inside an archive says: what is taken out gets a name of our own in a scratch
folder.
"""

import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jejaring.answers import MAX_BYTES

__all__ = ["Handed", "is_notebook", "walk"]

NOTEBOOK = (".ipynb", ".ipynb.txt", ".ipynb.json")  # some browsers add what they think is missing
SIDECAR = "timestamp.txt"
UNREADABLE = (".rar", ".7z", ".gz", ".tar", ".tgz", ".xz", ".bz2")
DEPTH = 3
MOST_FILES = 20_000
MOST_BYTES = 2 * 2**30
ZIP_BYTES = 512 * 2**20
BLOCK = 2**20


@dataclass(frozen=True)
class Handed:
    """One file as it was handed in.

    Parameters
    ----------
    path : Path
        Where it can be read; a file in an archive that is neither notebook nor time stamp can't be.
    shown : str
        What messages call it: its path, or the archive's path and its path inside.
    parts : tuple of str
        Folders and archives around it, outermost first, then its own name.
    """

    path: Path
    shown: str
    parts: tuple[str, ...]


def is_notebook(name: str) -> bool:
    """Whether a file's name is that of a notebook.

    Examples
    --------
    >>> is_notebook("ps03.ipynb"), is_notebook("ps03.ipynb.txt"), is_notebook("ps03.pdf")
    (True, True, False)
    """
    return name.lower().endswith(NOTEBOOK)


def walk(source: Path, scratch: Path, problems: list[str]) -> Iterator[Handed]:
    """Yield every file of a folder, a zip file or a lone notebook, archives opened.

    Parameters
    ----------
    source : Path
        What was handed in. Not modified.
    scratch : Path
        Empty folder for what is taken out of archives; it must last as long as the files are read.
    problems : list of str
        Gets a message, with what to do, for whatever was refused.
    """
    box = _Box(scratch, problems)
    if source.is_file():
        top = Handed(source, str(source), ())
        yield from box.opened(top, 1) if _is_zip(source.name) else [Handed(source, str(source), (source.name,))]
        return
    for place, folders, files in os.walk(source):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in [name for name in folders if (here / name).is_symlink()]:
            folders.remove(name)
            problems.append(f"{here / name}: is a link and was not followed. Ask for the files themselves.")
        for name in sorted(name for name in files if not _hidden(name)):
            path = here / name
            if path.is_symlink():
                problems.append(f"{path}: is a link and was not followed. Ask for the file itself.")
                continue
            one = Handed(path, str(path), (*here.relative_to(source).parts, name))
            yield from box.opened(one, 1) if _is_zip(name) else [one]


class _Box:
    """Opens archives into a scratch folder, and counts what comes out of all of them together."""

    def __init__(self, scratch: Path, problems: list[str]) -> None:
        self.scratch, self.problems = scratch, problems
        self.files, self.left = 0, MOST_BYTES

    def opened(self, archive: Handed, depth: int) -> Iterator[Handed]:
        """Yield the files of one archive."""
        if depth > DEPTH:
            self._refuse(archive.shown, f"is a zip file inside {DEPTH} others. Unpack it and look inside.")
            return
        try:
            with zipfile.ZipFile(archive.path) as opened:
                yield from self._members(opened, archive, depth)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            self._refuse(archive.shown, f"can't be opened as a zip file ({error}). Download it or ask for it again.")

    def _members(self, opened: zipfile.ZipFile, archive: Handed, depth: int) -> Iterator[Handed]:
        """Yield the members of an open archive, those inside further archives too."""
        for member in sorted(opened.infolist(), key=lambda one: one.filename):
            name = _readable(member)
            shown = f"{archive.shown}/{name}"
            parts = PurePosixPath(name).parts
            self.files += 1
            if self.files > MOST_FILES:
                self._refuse(archive.shown, f"holds more than {MOST_FILES} files. Unpack it and look inside.")
                return
            if member.is_dir() or any(map(_hidden, parts)):
                continue
            if reason := _dangerous(member, name):
                self._refuse(shown, f"{reason} and was refused. Ask for the file itself.")
                continue
            one = Handed(self.scratch / f"{self.files}{Path(name).suffix}", shown, (*archive.parts, *parts))
            if not (is_notebook(name) or _is_zip(name) or parts[-1] == SIDECAR):
                yield one
            elif self._taken_out(opened, member, one):
                yield from self.opened(one, depth + 1) if _is_zip(name) else [one]

    def _taken_out(self, opened: zipfile.ZipFile, member: zipfile.ZipInfo, one: Handed) -> bool:
        """Write one member to the scratch folder; false if it can't be or is too much, whatever size it claims."""
        most = min(ZIP_BYTES if _is_zip(one.parts[-1]) else MAX_BYTES, self.left)
        size = 0
        try:
            with opened.open(member) as source, one.path.open("wb") as target:
                while size < most and (block := source.read(min(BLOCK, most - size))):
                    size += target.write(block)
                more = bool(source.read(1))
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
            self._refuse(one.shown, f"can't be unpacked ({error}). Ask for it again, without a password.")
            return False
        self.left -= size
        if more:
            one.path.unlink()
            self._refuse(one.shown, f"unpacks to more than {most / 2**20:.0f} MB and was left out. Look at it by hand.")
        return not more

    def _refuse(self, shown: str, reason: str) -> None:
        """Note what was left out."""
        self.problems.append(f"{shown}: {reason}")


def _is_zip(name: str) -> bool:
    """Whether a name is that of a zip file."""
    return name.lower().endswith(".zip")


def _hidden(name: str) -> bool:
    """Whether a file or folder is some program's own: checkpoints, or what macOS puts into zip files."""
    return (name.startswith(".") and name not in {".", ".."}) or name == "__MACOSX"


def _readable(member: zipfile.ZipInfo) -> str:
    """A member's name; one that was written as UTF-8 without saying so is read as UTF-8."""
    name = member.filename.replace("\\", "/")
    if not member.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def _dangerous(member: zipfile.ZipInfo, name: str) -> str:
    """Why a member must not be taken, or an empty text."""
    if ".." in PurePosixPath(name).parts or name.startswith("/") or name[1:2] == ":":
        return "its name leads out of the archive"
    return "is a link" if stat.S_ISLNK(member.external_attr >> 16) else ""
