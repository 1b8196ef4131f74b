"""A verse of the Qur'an on the page: what is quoted of it, the whole of it on demand, and what stands around it.

Plain HTML without a script: it stays the same where no kernel runs. The Arabic comes from `jejaring.verses` alone.
"""

import html
from typing import Final

from IPython.display import display

from jejaring.language import word
from jejaring.verses import Verse, verse

__all__ = ["show_verse"]

# Colours come from JupyterLab's theme; the fallbacks are its light theme. Fonts made for the Qur'an come first.
_CSS: Final = (
    ".jj-verse{box-sizing:border-box;margin:8px 2px 12px;padding:14px clamp(14px,3%,28px);"
    "border:1px solid var(--jp-border-color2,#ccc);border-radius:12px;color:var(--jp-content-font-color0,#000);"
    "font-family:var(--jp-content-font-family,system-ui,sans-serif);font-size:15px;line-height:1.55}"
    ".jj-verse p{margin:0 0 .6em;max-width:44em}.jj-verse-name{font-weight:650;font-size:17px}"
    ".jj-verse [lang=ar]{max-width:none;margin:.3em 0 .6em;text-align:right;font-size:28px;line-height:2.3;"
    "font-family:'Amiri Quran','Amiri','Scheherazade New','KFGQPC Uthmanic Script HAFS','Noto Naskh Arabic',"
    "'Traditional Arabic','Geeza Pro','DejaVu Sans',serif}"
    ".jj-verse mark{padding:.15em 0 .4em;border-bottom:2px solid currentColor;color:inherit;"
    "background:color-mix(in srgb,var(--jp-content-link-color,#0d47a1) 18%,transparent)}"
    ".jj-verse summary{cursor:pointer;margin:0 0 .6em;font-weight:600;color:var(--jp-content-link-color,#0d47a1)}"
    ".jj-verse summary:focus-visible{outline:2px solid currentColor;outline-offset:2px}"
    ".jj-verse-source{display:block;margin:0 2px 12px;font-size:13px;line-height:1.45;opacity:.8}"
    "@media(max-width:500px){.jj-verse [lang=ar]{font-size:25px}}"
)


def show_verse(*places: str) -> None:
    """Show verses in this cell's output.

    Parameters
    ----------
    *places : str
        Surah and verse, such as ``"5:2"``.

    Examples
    --------
    >>> from jejaring.errors import JejaringError
    >>> try:
    ...     show_verse("1:1")
    ... except JejaringError as error:
    ...     print(error)
    There is no verse '1:1' here. There are: 5:2, 24:32, 24:33, 55:10, 49:10, 51:19.
    """
    found = [verse(place) for place in places]
    said = "\n".join(_twin(one) for one in found)
    shown = "".join(_card(one) for one in found)
    source = f'<small class="jj-verse-source">{_word("verse.source")}</small>'
    display({"text/plain": said, "text/html": f"<style>{_CSS}</style>{shown}{source}"}, raw=True)


def _card(one: Verse) -> str:
    """One verse with its name, its meaning, and the rest folded away."""
    reference = html.escape(_reference(one), quote=False)
    whole = "_whole" if one.whole else ""
    inside = [] if one.whole else [_arabic(f"{one.before} <mark>{one.fragment}</mark> {one.after}".strip())]
    inside.append(_told("around", one))
    return (
        f'<section class="jj-verse" aria-label="{html.escape(reference)}">'
        f'<p class="jj-verse-name">{reference}</p>'
        f"<p>{_word(f'verse.quoted{whole}')}</p>{_arabic(f'<mark>{one.fragment}</mark>')}{_told('meaning', one)}"
        f"<details><summary>{_word(f'verse.open{whole}')}</summary>{''.join(inside)}</details></section>"
    )


def _arabic(words: str) -> str:
    """A paragraph of Arabic, from right to left."""
    return f'<p lang="ar" dir="rtl">{words}</p>'


def _told(what: str, one: Verse) -> str:
    """What we say of a verse ourselves."""
    return f"<p><b>{_word(f'verse.{what}')}</b> {_word(f'verse.{one.sura}-{one.ayah}.{what}')}</p>"


def _word(key: str) -> str:
    """A word of the course, safe in HTML."""
    return html.escape(word(key), quote=False)


def _reference(one: Verse) -> str:
    """Surah and verse as the course writes them."""
    return word("verse.reference", name=word(f"verse.{one.sura}-{one.ayah}.name"), sura=one.sura, ayah=one.ayah)


def _twin(one: Verse) -> str:
    """One line for where there is no HTML."""
    words, all_ = len(one.fragment.split()), len(one.full.split())
    return word("verse.twin", reference=_reference(one), words=words, all=all_)
