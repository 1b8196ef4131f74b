"""The six verses of the Qur'an that the reading texts quote, word for word as they stand in `course/data/verses.json`.

Nothing here is typed by hand: a verse is copied from the file, and `tests/test_verses.py` compares it with its hash.
"""

import json
from dataclasses import dataclass
from functools import cache

from jejaring.data import folder
from jejaring.errors import JejaringError

__all__ = ["Verse", "verse", "verses"]


@dataclass(frozen=True)
class Verse:
    """One verse, and which of its words the reading texts quote.

    Parameters
    ----------
    sura, ayah : int
        Number of the surah and of the verse in it.
    before, fragment, after : str
        The Arabic words before the quoted ones, the quoted ones, and those after them; empty where there are none.
    full : str
        The whole verse.
    edition : str
        Which edition of the text it is, and its licence.
    """

    sura: int
    ayah: int
    before: str
    fragment: str
    after: str
    full: str
    edition: str

    @property
    def place(self) -> str:
        """Its number as `verse` takes it."""
        return f"{self.sura}:{self.ayah}"

    @property
    def whole(self) -> bool:
        """Whether the reading texts quote all of it."""
        return self.fragment == self.full


def verse(place: str) -> Verse:
    """Look up one verse.

    Parameters
    ----------
    place : str
        Number of the surah and of the verse, such as ``"5:2"``.

    Returns
    -------
    Verse
        The verse, word for word as in the data.

    Raises
    ------
    JejaringError
        If it is none of the six; the message names them.

    Examples
    --------
    >>> verse("49:10").place, len(verse("49:10").full.split()), len(verse("49:10").fragment.split())
    ('49:10', 10, 3)
    >>> verse("51:19").whole
    True
    """
    for one in verses():
        if one.place == place:
            return one
    raise JejaringError(f"There is no verse {place!r} here. There are: {', '.join(one.place for one in verses())}.")


@cache
def verses() -> tuple[Verse, ...]:
    """List the verses, in the order of the data.

    Returns
    -------
    tuple of Verse
        All six.

    Examples
    --------
    >>> [one.place for one in verses()]
    ['5:2', '24:32', '24:33', '55:10', '49:10', '51:19']
    """
    entries = json.loads((folder() / "verses.json").read_text(encoding="utf-8"))["verses"]
    found = []
    for entry in entries:
        words, (first, last) = entry["full"].split(" "), entry["words"]
        before, after = " ".join(words[: first - 1]), " ".join(words[last:])
        parts = (before, entry["fragment"], after, entry["full"], entry["edition"])
        found.append(Verse(entry["sura"], entry["ayah"], *parts))
    return tuple(found)
