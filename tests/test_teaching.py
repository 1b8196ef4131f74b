"""The pages for teachers: languages in step, links and commands that work, numbers that are those of the course."""

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder import __main__ as command_line
from autograder import course
from autograder.marks import CourseMarks
from jejaring.answers import read_notebook
from jejaring.exercises.bank import load
from jejaring.language import LANGUAGES

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs/teaching").glob("*/*.md"))
SYLLABUS = "syllabus-14-weeks.md"
EVENINGS = "syllabus-9-evenings.md"
MEETING = 150
STATED = {
    "id": r"Membaca kira-kira (\d+) menit, mengerjakan kira-kira (\d+) menit",
    "en": r"About (\d+) minutes of reading and (\d+) of work",
}
WORDS = {
    "id": {6: "enam", 8: "delapan", 9: "sembilan", 10: "sepuluh", 14: "empat belas"},
    "en": {6: "six", 8: "eight", 9: "nine", 10: "ten", 14: "fourteen"},
}
NEAR = 20  # minutes: the pages round to half an hour

each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
each_language = pytest.mark.parametrize("language", LANGUAGES)


def page(language: str, name: str) -> str:
    return (ROOT / "docs/teaching" / language / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A page without its blocks of commands, whose comments look like headings."""
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def levels(text: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", prose(text), re.MULTILINE)]


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings get."""
    headings = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def tables(language: str, name: str) -> list[list[list[str]]]:
    """All tables of a page: rows of cells, without head and rule."""
    found = re.findall(r"(?:^\|.*\|\n)+", page(language, name), re.MULTILINE)
    return [[[cell.strip() for cell in row.strip("|").split("|")] for row in one.splitlines()[2:]] for one in found]


@cache
def stated(language: str) -> dict[int, tuple[int, int]]:
    """Minutes of reading and of work that each lesson states, by its number."""
    found = {}
    for path in sorted((ROOT / "course" / language).glob("*.ipynb")):
        promise = next(cell for cell in read_notebook(path)["cells"] if cell["id"] == "what-you-will-do")
        minutes = re.search(STATED[language], "".join(promise["source"]))
        assert minutes, f"{path}: doesn't state its minutes as {STATED[language]}"
        found[int(path.name[:2])] = int(minutes[1]), int(minutes[2])
    return found


@cache
def at_home() -> dict[str, float]:
    """Minutes of each assignment by its bank, a second way to do a question not counted twice."""
    found: dict[str, float] = {}
    for one in load().values():
        if one.graded and "instead_of" not in one.entry:
            found[one.home] = found.get(one.home, 0) + one.entry["minutes"]
    return found


def policy() -> CourseMarks:
    return CourseMarks(config=course.config(ROOT))


def hours(text: str) -> float:
    """Minutes of a text such as ``3,5 jam`` or ``ps01, 3 h``."""
    said = re.search(r"(\d+(?:[.,]\d)?) (?:h|jam)\b", text)
    assert said, text
    return 60 * float(said[1].replace(",", "."))


def agrees(name: str, minutes: float) -> bool:
    return abs(at_home()[name] - minutes) <= NEAR


def test_each_language_has_the_same_pages() -> None:
    names = {language: {path.name for path in PAGES if path.parent.name == language} for language in LANGUAGES}
    assert len(set(map(frozenset, names.values()))) == 1, names
    assert {SYLLABUS, EVENINGS, "README.md", "hand-out.md", "change-a-question.md"} <= names["id"]


@pytest.mark.parametrize("name", sorted({path.name for path in PAGES}))
def test_pages_have_the_same_headings_and_tables_in_each_language(name: str) -> None:
    assert len({str(levels(page(language, name))) for language in LANGUAGES}) == 1, name
    shapes = {str([[len(row) for row in one] for one in tables(language, name)]) for language in LANGUAGES}
    assert len(shapes) == 1, f"{name}: tables differ in rows or columns"


@each_page
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), f"{path}: {link} leads nowhere"
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), f"{path}: {link}: no such heading"


@each_page
def test_every_command_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", text)) <= targets
    for command in re.findall(r"python -m autograder ([^`\n]+)", text):
        try:
            command_line._parser().parse_args(shlex.split(command))
        except SystemExit:
            pytest.fail(f"{path}: `python -m autograder {command}` is no command")
    for name in re.findall(r"python (tools/\S+|-m pytest (?:-\w+ )*\S+)", text):
        assert (ROOT / name.split()[-1]).exists(), f"{path}: {name}"


@each_language
def test_fourteen_weeks_are_full_and_give_each_lesson_its_time(language: str) -> None:
    weeks = tables(language, SYLLABUS)[0]
    assert [int(week[0]) for week in weeks] == list(range(1, 15))
    taught: dict[int, int] = {}
    for _, lesson, minutes, _, rest, *_ in weeks:
        assert int(minutes) + int(rest) == MEETING, lesson
        if lesson:
            number = int(re.match(r"\[?(\d)", lesson)[1])
            taught[number] = taught.get(number, 0) + int(minutes)
    assert taught == {number: sum(minutes) for number, minutes in stated(language).items()}
    assert f"{MEETING}" in page(language, SYLLABUS).split("|")[0]
    assert WORDS[language][14] in page(language, SYLLABUS).lower()


@each_language
def test_every_assignment_goes_out_once_and_comes_in_later(language: str) -> None:
    weeks = tables(language, SYLLABUS)[0]
    out = {week[5]: int(week[0]) for week in weeks if week[5]}
    back = {week[6]: int(week[0]) for week in weeks if week[6]}
    names = [name for name in course.assignments(ROOT) if name.startswith("ps")]
    assert sorted(out) == sorted(back) == names
    assert all(back[name] > out[name] for name in names)


@each_language
def test_hours_at_home_are_those_of_the_banks(language: str) -> None:
    names = re.search(r"^\| (ps01 .*) \|$", page(language, SYLLABUS), re.MULTILINE)[1].split(" | ")
    at_table = dict(zip(names, tables(language, SYLLABUS)[1][0], strict=True))
    assert names == [name for name in at_home() if name.startswith("ps")]
    for name, said in at_table.items():
        assert agrees(name, hours(said)), f"{name}: {said}, and the bank has {at_home()[name]} minutes"
    assert WORDS[language][10] in page(language, SYLLABUS).lower()
    assert agrees("capstone", 10 * 60)


@each_language
def test_nine_evenings_state_what_the_lessons_and_banks_state(language: str) -> None:
    lessons = stated(language)
    assert f" {sum(lessons[0])} " in prose(page(language, EVENINGS)).split("|")[0]
    rows = tables(language, EVENINGS)[0]
    assert [int(row[0]) for row in rows] == sorted(lessons)[1:]
    for evening, lesson, reading, work, total, _, home in rows:
        assert int(re.match(r"\[(\d)", lesson)[1]) == int(evening)
        assert (int(reading), int(work)) == lessons[int(evening)]
        assert int(total) == sum(lessons[int(evening)])
        assert agrees(home.partition(",")[0], hours(home)), home


@each_language
@pytest.mark.parametrize("name", [SYLLABUS, EVENINGS])
def test_a_place_to_pause_is_a_heading_of_the_lesson(language: str, name: str) -> None:
    paused = 0
    for row in tables(language, name)[0]:
        link = re.search(r"\((\.\./\S+\.ipynb)\)", row[1])
        for pause in re.findall(r"\*([^*]+)\*", row[1] + (row[5] if name == EVENINGS else "")):
            cells: list[Any] = read_notebook(ROOT / "docs/teaching" / language / link[1])["cells"]
            assert any(f"## {pause}" in "".join(cell["source"]) for cell in cells), pause
            paused += 1
    assert paused


@each_language
def test_marks_are_those_of_the_settings(language: str) -> None:
    rows = tables(language, SYLLABUS)[-1]
    weights = policy().weights()
    assert [float(row[1]) for row in rows] == [
        weights[name] for name in ("completion", "assignments", "portfolio", "capstone")
    ]
    names = [name for name in course.assignments(ROOT) if name.startswith("ps")]
    said = WORDS[language]
    assert said[policy().best] in rows[1][0]
    assert said[len(names)] in rows[1][0]
    assert said[policy().claims] in rows[2][0]
