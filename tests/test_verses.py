"""Verses are the file's, letter for letter, and Arabic stands nowhere else."""

import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from jejaring.errors import JejaringError
from jejaring.language import LANGUAGES, use_language
from jejaring.verses import verse, verses
from jejaring.widgets import verse as page
from jejaring.widgets.verse import show_verse

ROOT = Path(__file__).parents[1]
FILE = ROOT / "course" / "data" / "verses.json"
ENTRIES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["verses"]
PLACES = [one.place for one in verses()]
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
TEXTS = {".py", ".js", ".css", ".toml", ".md", ".csv", ".json", ".ipynb", ".txt", ".cff"}
# What the texts were when they were checked against four public editions; the file's own hashes must be these.
CHECKED = {
    "5:2": (
        "d6730d1cddbca5d84027400cf6d4bf6ae9f9d3dee1249e36a8e02602d2b1dd04",
        "8ab543db71aec23e3150606c55f92fbfccfc72b23a519cae58355fb30df5fc56",
    ),
    "24:32": (
        "5b75923845e861b18113238fb73336029bc9075384f40301e216ada58a9a9b77",
        "979a87d438bac3eaa24b784be8831424ba3110cb9b8c38aab20d8c18a6fdff94",
    ),
    "24:33": (
        "ec480beb24f3c88f5c462f36930495adbc13549d08c41e4561f6e1720214fc3c",
        "0982382659f1ee81c0b6e102b4ae34241e29e40c175c7a13580923a967cced94",
    ),
    "55:10": (
        "9dadd1f7132072a7afee8fc3c521fcfadcce4d45a8d2e31396b041c9c7c312b5",
        "9dadd1f7132072a7afee8fc3c521fcfadcce4d45a8d2e31396b041c9c7c312b5",
    ),
    "49:10": (
        "4206dad997e2302c5a69450ac6fcaad4f5c3b3d9a70501d29bfbe806b0878b66",
        "424c2ed1aca96afde88f508a53de5ca2659122f43be5735c8ecf859d0a11e3b7",
    ),
    "51:19": (
        "c63b4e0d6fc9bfe3e922598c3dd1e7a5726d847313e65d433ba60780fc7ec5c7",
        "c63b4e0d6fc9bfe3e922598c3dd1e7a5726d847313e65d433ba60780fc7ec5c7",
    ),
}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def shown(place: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the page gets."""
    bundles: list[dict[str, str]] = []
    monkeypatch.setattr(page, "display", lambda bundle, raw: bundles.append(bundle))
    show_verse(place)
    return bundles[0]


def plain(markup: str) -> str:
    """The text of some HTML, without its style sheet."""
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<style>.*?</style>", "", markup, flags=re.DOTALL)))


@pytest.mark.parametrize("entry", ENTRIES, ids=PLACES)
def test_every_string_is_the_one_that_was_checked(entry: dict[str, Any]) -> None:
    one = verse(f"{entry['sura']}:{entry['ayah']}")
    assert (entry["fragment_sha256"], entry["full_sha256"]) == CHECKED[one.place]
    assert (digest(one.fragment), digest(one.full)) == CHECKED[one.place]
    assert " ".join(part for part in (one.before, one.fragment, one.after) if part) == one.full


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_the_page_shows_the_fragment_inside_the_whole(place: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use_language(code)
    try:
        bundle = shown(place, monkeypatch)
    finally:
        use_language("id")
    one, markup = verse(place), bundle["text/html"]
    paragraphs = re.findall(r'<p lang="ar" dir="rtl">(.*?)</p>', markup)
    assert [plain(paragraph) for paragraph in paragraphs] == [one.fragment, one.full][: 1 if one.whole else 2]
    assert all(re.findall(r"<mark>(.*?)</mark>", paragraph) == [one.fragment] for paragraph in paragraphs)
    assert markup.index("<details>") < markup.index("</details>")
    assert "tanzil.net" in plain(markup)
    assert "CC BY 3.0" in plain(markup)
    assert f"[{one.sura}]: {one.ayah}" in plain(markup)
    assert "<script" not in markup
    assert not ARABIC.search(bundle["text/plain"])


def test_a_verse_that_is_not_there_is_named() -> None:
    with pytest.raises(JejaringError, match=r"no verse '2:255'.*There are: 5:2, 24:32"):
        verse("2:255")


def test_there_is_no_arabic_but_that_of_the_file_and_its_outputs() -> None:
    strings = sorted({text for one in verses() for text in (one.full, one.fragment)}, key=len, reverse=True)
    strange = {}
    for folder in ("course", "src"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in TEXTS or path == FILE:
                continue
            text = path.read_text(encoding="utf-8")
            left = _sources_and_outputs(text, strings) if path.suffix == ".ipynb" else text
            if found := ARABIC.search(left):
                strange[str(path.relative_to(ROOT))] = found[0]
    assert strange == {}, "take Arabic from course/data/verses.json with show_verse"


def _sources_and_outputs(text: str, strings: list[str]) -> str:
    """A notebook's sources as they are; its outputs without the verses that they show."""
    notebook = json.loads(text)
    said = ["".join(cell["source"]) for cell in notebook["cells"]]
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            shown_ = plain("".join(output.get("data", {}).get("text/html", "")))
            for string in strings:
                shown_ = shown_.replace(string, "")
            rest = {mime: data for mime, data in output.get("data", {}).items() if mime != "text/html"}
            said += [shown_, json.dumps([rest, output.get("text", "")], ensure_ascii=False)]
    return "\n".join(said)
