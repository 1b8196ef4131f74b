"""The report on an assignment: its numbers are those of the theory, its words are escaped, and it needs no network."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder import course
from autograder.__main__ import main
from autograder.findings import KINDS, findings, signed
from autograder.items import LOWER, MIDDLE, UPPER, Analysis, analyse, groups
from autograder.page import render
from autograder.pictures import difficulties, discriminations, distribution
from autograder.responses import Option, Sheet, gather, options, picks, proven
from jejaring.exercises.bank import find
from jejaring.figures.picture import percent
from jejaring.language import LANGUAGES, use_language, word
from tests.grading import classroom
from tests.grading.classroom import ABSENT, HOSTILE, LATE, NAME, POINTS, RENAMED, STOPPED, UNGRADED, UNTOUCHED

NOW = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
CODES = list(LANGUAGES)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with classroom.opened(tmp_path_factory.mktemp("class")) as folder:
        yield folder


@pytest.fixture(scope="module")
def sheet(root: Path) -> Sheet:
    with course.gradebook(course.config(root)) as book:
        return gather(book, root, NAME)


@pytest.fixture(scope="module")
def numbers(sheet: Sheet) -> Analysis:
    scores = {student: one.scores for student, one in sheet.analysed.items()}
    return analyse(scores, {question.name: question.points for question in sheet.questions})


@pytest.fixture(scope="module")
def pages(root: Path, sheet: Sheet) -> dict[str, str]:
    found = {}
    for code in LANGUAGES:
        use_language(code)
        found[code] = render(sheet, root, NOW)
    use_language(CODES[0])
    return found


@pytest.fixture(params=CODES)
def code(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language(CODES[0])


class Cells(HTMLParser):
    """Reads the table of questions."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[tuple[str, str], str] = {}
        self.question = self.column = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr":
            self.question = (given.get("id") or "").removeprefix("q-")
        self.column = (
            (given.get("data-column") or "") if tag == "td" else self.column if tag in {"span", "small"} else ""
        )

    def handle_data(self, data: str) -> None:
        if self.question and self.column:
            place = (self.question, self.column)
            self.found[place] = " ".join(f"{self.found.get(place, '')} {data}".split())


def text_of(page: str) -> str:
    """What a reader sees."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


# What is read


def test_who_counts(sheet: Sheet) -> None:
    everybody = {f"s{n:02d}" for n in range(1, 31)}
    assert set(sheet.responses) == everybody - {UNGRADED, ABSENT}
    assert set(sheet.analysed) == everybody - {UNGRADED, ABSENT, UNTOUCHED, STOPPED}
    assert sheet.responses[STOPPED].stopped == f"{NAME}-rule"
    assert {question.name: question.points for question in sheet.questions} == {
        f"{NAME}-{name}": points for name, points in POINTS.items()
    }


def test_scores_are_the_gradebooks_and_what_waits_is_missing(root: Path, sheet: Sheet) -> None:
    with course.gradebook(course.config(root)) as book:
        for student, one in sheet.responses.items():
            grades = book.find_submission_notebook(NAME, NAME, student).grades
            assert one.scores == {
                grade.name.removesuffix("-test"): grade.score for grade in grades if not grade.needs_manual_grade
            }
    waits = {student for student, one in sheet.responses.items() if f"{NAME}-why" not in one.scores}
    assert waits == set(sheet.responses) - {"s01", "s21", UNTOUCHED}  # read, blank, blank
    assert sheet.responses["s01"].scores[f"{NAME}-why"] == 15


def test_what_was_left_out(sheet: Sheet) -> None:
    count = {student: one.left_out[f"{NAME}-count"] for student, one in sheet.analysed.items()}
    assert count == {student: float(student > "s18") for student in sheet.analysed}
    assert {student for student, one in sheet.responses.items() if one.left_out[f"{NAME}-why"]} == {"s21", UNTOUCHED}
    assert {student for student, one in sheet.responses.items() if one.left_out[f"{NAME}-square"]} == {UNTOUCHED}


def test_options_are_counted_by_thirds(sheet: Sheet, numbers: Analysis) -> None:
    by = groups(numbers.totals)
    found: dict[str, list[Option]] = {
        exercise.id: lines for question in sheet.questions for exercise, lines in options(question, sheet.analysed, by)
    }
    assert set(found) == {f"{NAME}-{name}" for name in ("rule", "trap", "pairs", "ticks")}
    chosen = [(by[student], one.answers[f"{NAME}-rule"]) for student, one in sheet.analysed.items()]
    for line in found[f"{NAME}-rule"]:
        if line.pick[1]:
            assert line.counts == {third: chosen.count((third, line.pick[1])) for third in (UPPER, MIDDLE, LOWER)}
    keys = {("", "b"), ("", "x"), ("", "y"), ("one", "p"), ("two", "q"), ("three", "r"), ("four", "s")}
    right = {line.pick for name in ("rule", "ticks", "pairs") for line in found[f"{NAME}-{name}"] if line.right}
    assert right == keys
    assert {line.pick[1] for line in found[f"{NAME}-trap"] if line.right} == {"a"}  # as it is graded, wrong or not
    assert sum(line.chosen for line in found[f"{NAME}-pairs"]) == 4 * len(sheet.analysed)


def test_no_option_is_called_right_or_wrong_without_proof() -> None:
    one, two, three = ("", "a"), ("x", "a"), ("y", "b")
    assert proven([(frozenset({one}), 1.0), (frozenset({one}), 0.0)], 1, "choice") == {}  # differs by student
    assert proven([(frozenset({two, three}), 0.5)], 2, "match") == {}
    assert proven([(frozenset({two, three}), 0.0)], 2, "match") == {two: False, three: False}
    assert proven([(frozenset({two, three}), 0.4)], 2, "match") == {}  # no share of two: changed by hand
    part, whole = frozenset({two, ("y", "a")}), frozenset({two, three})  # who has all of it comes after who has half
    assert proven([(part, 0.5), (whole, 1.0)], 2, "match") == {two: True, three: True, ("y", "a"): False}
    assert proven([(frozenset({one}), None)], 1, "choice") == {}
    assert proven([(frozenset({one}), 0.5)], 1, "multi") == {}


def test_answers_of_other_kinds_have_no_options() -> None:
    assert picks(find("ps03-hand"), {"swings-a": "3"}) == frozenset()
    assert picks(find("ps03-forms"), None) == frozenset()


# What is found


def test_each_question_is_found_for_what_is_wrong_with_it(sheet: Sheet, numbers: Analysis) -> None:
    found = findings(sheet, numbers.items, groups(numbers.totals))
    kinds = {(one.question.removeprefix(f"{NAME}-"), one.kind) for one in found}
    assert {("trap", "negative"), ("trap", "tempting"), ("count", "hard"), ("count", "omitted")} <= kinds
    assert {("rule", "stopped"), ("rule", "unused")} <= kinds
    assert not {question for question, _ in kinds} & {"ticks", "square", "why"}
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=KINDS.index)
    unused = next(one for one in found if one.kind == "unused")
    assert "aturan empat" in unused.text


# What the page says


def test_the_page_has_the_numbers_of_the_theory(pages: dict[str, str], numbers: Analysis, code: str) -> None:
    reader = Cells()
    reader.feed(pages[code])
    for item in numbers.items:
        cells = {column: said for (name, column), said in reader.found.items() if name == item.name}
        for column, value, write_ in (
            ("difficulty", item.difficulty, percent),
            ("discrimination", item.discrimination, signed),
            ("upper_lower", item.upper_lower, signed),
            ("alpha_without", item.alpha_without, signed),
        ):
            assert cells[column].split()[0] == ("–" if value is None else write_(value)), (item.name, column)
    assert numbers.alpha is not None
    assert re.search(rf"<dd><strong>{signed(numbers.alpha)}</strong>", pages[code])
    assert reader.found[f"{NAME}-why", "waiting"] == "25"
    assert word("report.incomplete", questions="6. why") in text_of(pages[code])


def test_the_page_names_who_waits_came_late_was_flagged_or_is_missing(pages: dict[str, str], code: str) -> None:
    parts = re.split(r"<section id=", pages[code])
    found = {part[1 : part.index('"', 1)]: text_of(part) for part in parts[1:]}
    waiting, late, flagged, ungraded, missing = (
        found[name] for name in ("waiting", "late", "flagged", "ungraded", "missing")
    )
    assert word("report.people.late") in late
    assert "(s05)" in waiting
    assert "(s01)" not in waiting
    assert "(s21)" not in waiting
    assert re.findall(r"\((s\d\d)\)", late) == [LATE]
    assert re.findall(r"\((s\d\d)\)", flagged) == ["s03", RENAMED, UNTOUCHED, STOPPED]
    assert word("report.note.renamed", detail=HOSTILE) in flagged
    assert word("report.note.by_number") in flagged
    assert re.findall(r"\((s\d\d)\)", ungraded) == [UNGRADED]
    assert re.findall(r"\((s\d\d)\)", missing) == [ABSENT]


def test_hostile_names_and_flags_are_text(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert HOSTILE not in page
        assert text_of(page).count(HOSTILE) == 3  # a name among those who wait, a flag's detail, a file's name
        assert page.count("<script") == 2 + 3  # plotly.js, our own, and the data of three pictures


def test_the_page_asks_for_nothing_outside(pages: dict[str, str]) -> None:
    for code, page in pages.items():
        outer = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
        assert re.findall(r"<(?:link|img|iframe|object|embed)\b", outer) == []
        links = {link for link in re.findall(r"(?:src|href)=\"([^\"]*)\"", outer) if not link.startswith("#")}
        assert links == {f"{NAME}.{other}.html" for other in LANGUAGES if other != code}
        assert "default-src 'none'" in page


def test_every_picture_has_its_twin_in_words(pages: dict[str, str], numbers: Analysis, sheet: Sheet, code: str) -> None:
    names = {
        question.name: f"{n}. {question.name.removeprefix('ps91-')}" for n, question in enumerate(sheet.questions, 1)
    }
    last = discriminations(numbers.items, names, len(numbers.totals))
    assert last is not None
    for picture in (
        distribution(list(numbers.totals.values()), numbers.points),
        difficulties(numbers.items, names),
        last,
    ):
        assert f"<figcaption>{html.escape(picture.twin)}</figcaption>" in pages[code]
        assert picture.svg in pages[code]
    assert sum(distribution(list(numbers.totals.values()), numbers.points).figure.data[0].y) == len(numbers.totals)


def test_shared_mode_is_said(root: Path, sheet: Sheet) -> None:
    assert not sheet.shared
    assert word("report.forged") not in text_of(render(sheet, root, NOW))
    path = root / "autograded" / "s10" / NAME / f"{NAME}.ipynb"
    before = path.read_text("utf-8")
    try:
        path.write_text(before.replace(f'mark(\\"{NAME}-square\\")', "assert square(3) == 9"), "utf-8")
        with course.gradebook(course.config(root)) as book:
            shared = gather(book, root, NAME)
    finally:
        path.write_text(before, "utf-8")
    assert shared.shared
    assert word("report.forged") in text_of(render(shared, root, NOW))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_class_too_small_gets_a_page_that_says_so(root: Path, sheet: Sheet, count: int) -> None:
    few = {student: sheet.responses[student] for student in list(sheet.responses)[:count]}
    page = text_of(render(Sheet(NAME, sheet.questions, sheet.rows, few, shared=False), root, NOW))
    assert word("report.few", students=count) in page


def test_the_command_writes_both_languages(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--course", str(root), "report", NAME, "--html"]) == 0
    files = [root / "reports" / f"{NAME}.{code}.html" for code in LANGUAGES]
    assert capsys.readouterr().out.split() == [str(path) for path in files]
    for code, path in zip(LANGUAGES, files, strict=True):
        assert path.read_text("utf-8").startswith(f'<!DOCTYPE html>\n<html lang="{code}">')
    assert main(["--course", str(root), "report", NAME]) == 0
    assert "student  score" in capsys.readouterr().out


def test_what_is_not_there_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--course", str(root), "report", "ps77", "--html"]) == 2
    assert "ps77: is not in the gradebook" in capsys.readouterr().err
    with course.gradebook(course.config(root)) as book:
        book.add_assignment("ps92")
        book.add_notebook("ps92", "ps92")
    assert main(["--course", str(root), "report", "ps92", "--html"]) == 2
    assert "nothing is graded yet" in capsys.readouterr().err
