"""The marks of the whole course, each worked out by hand in a comment."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder import __main__ as command_line
from autograder import grade
from autograder.course import CourseError
from autograder.intake import collect
from autograder.marks import CourseMarks, Part, best, lesson_parts, marks, weighted
from autograder.release import release
from jejaring.answers import Answer
from tests.grading import small

TEXT = 'text = { id = "Ya", en = "Yes" }'
BANK = """
[{lesson}-bet]
kind = "predict"
prompt = {{ id = "Tebak.", en = "Bet." }}
options.more.text = {{ id = "Lebih", en = "More" }}
options.less.text = {{ id = "Kurang", en = "Less" }}

[{lesson}-claim]
kind = "claim"
prompt = {{ id = "Nilai.", en = "Judge." }}
says = {{ id = "Semua stabil.", en = "All are stable." }}
evidence = {{ id = "Hitungan.", en = "A count." }}
repair = {{ id = "Sebagian.", en = "Some." }}
key = "too-strong"
why.supported = {{ id = "Semua?", en = "All?" }}
why.wrong = {{ id = "Tidak satu pun?", en = "Not one?" }}
why.untestable = {{ id = "Bisa dihitung?", en = "Can it be counted?" }}
"""
GROUPS = """
[l96-groups]
kind = "classify"
prompt = { id = "Apa?", en = "What?" }
facets.form.label = { id = "Bentuk", en = "Form" }
facets.form.classes.aid.text = { id = "Kerukunan", en = "Mutual aid" }
facets.form.classes.deal.text = { id = "Tawar", en = "Deal" }
items.a.text = { id = "A", en = "A" }
items.b.text = { id = "B", en = "B" }
items.c.text = { id = "C", en = "C" }
items.d.text = { id = "D", en = "D" }
"""
SETTINGS = """
c.CourseMarks.best = 2
c.CourseMarks.claims = 2
"""


@pytest.fixture(autouse=True, scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two lessons: l96 has a bet, a claim and four things to sort; l97 a bet and a claim."""
    folder = tmp_path_factory.mktemp("bank")
    (folder / "l96.toml").write_text(BANK.format(lesson="l96") + GROUPS, "utf-8")
    (folder / "l97.toml").write_text(BANK.format(lesson="l97"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JEJARING_BANK", str(folder))
        yield


def given(**values: Any) -> dict[str, Answer]:
    """Answers; a claim's verdict was checked once, unless a pair says how often."""
    pairs = {qid: value if isinstance(value, tuple) else (value, 1) for qid, value in values.items()}
    return {qid.replace("_", "-"): Answer(value, 5.0, tries) for qid, (value, tries) in pairs.items()}


def test_a_lesson_counts_by_what_is_answered_not_by_what_is_right() -> None:
    notebooks = {
        "l96": given(l96_bet="less", l96_claim="supported", l96_groups={"a": "aid", "c": "aid"}),  # 1, 1, 2 of 4
        "l97": given(l97_bet="neither", l97_claim=("wrong", 0)),  # no option; judged but never checked
    }
    completion, portfolio = lesson_parts(notebooks, ["l96", "l97"], "s", 2)
    assert completion.share == pytest.approx((2.5 / 3 + 1 / 2) / 2)
    assert portfolio == Part(0.5, 0.5, ("1 of 2 claims judged",))


def test_a_lesson_that_was_not_handed_in_is_nothing_and_named() -> None:
    notebooks = {"l97": given(l97_bet="more", l97_claim="wrong")}
    completion, portfolio = lesson_parts(notebooks, ["l96", "l97"], "s", 1)
    assert completion == Part(0.5, 0.5, ("l96 not handed in",))
    assert portfolio == Part(1.0, 1.0)


def parts(*shares: float | None) -> list[Part]:
    return [Part(share, share or 0.0) for share in shares]


@pytest.mark.parametrize(
    ("shares", "count", "share", "sure"),
    [
        ((0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1), 8, 0.55, 0.55),  # 4.4 / 8: the worst of nine is left out
        ((1, 1, 1, 1, 1, 1, 1, 1, 0), 8, 1, 1),
        ((1, 1, 1, 1, 1, 1, 1, 0, 0), 8, 0.875, 0.875),
        ((0.5, 1), 8, 0.75, 0.75),  # a shorter course
        ((1, 1, 1, 1, 1, 1, 1, 1, None), 8, None, 1),
        ((), 8, None, 0),
    ],
)
def test_the_best_eight_count(shares: tuple[float | None, ...], count: int, share: float | None, sure: float) -> None:
    found = best(parts(*shares), count)
    assert (found.share, found.sure) == (pytest.approx(share) if share is not None else None, pytest.approx(sure))


def test_the_weights_are_those_of_the_syllabus() -> None:
    weights = CourseMarks().weights()
    assert weights == {"completion": 15, "assignments": 45, "portfolio": 10, "capstone": 30}
    whole = dict(zip(weights, parts(0.8, 0.55, 0.5, 0.9), strict=True))
    assert weighted(whole, weights) == pytest.approx((12 + 24.75 + 5 + 27, 68.75))
    whole["capstone"] = Part(None, 0.2)
    assert weighted(whole, weights) == (None, pytest.approx(47.75))
    assert weighted(whole, weights | {"capstone": 0})[0] == pytest.approx(
        41.75
    )  # what weighs nothing is not waited for


def test_weights_that_are_not_100_are_refused() -> None:
    with pytest.raises(CourseError, match=r"completion 20 \+ .* is not 100"):
        CourseMarks(completion=20).weights()


NAMES = ("ps90", "ps91", "ps92", "capstone")
HANDED = {"s-all": "ps90 ps92 capstone", "s-half": "ps90 ps91", "s-late": "ps90", "s-waits": "ps90 capstone"}
ESSAYS = {("s-all", "ps92"): 1.5, ("s-half", "ps90"): 0, ("s-waits", "ps90"): None}  # 3 for the others


@pytest.fixture(scope="module")
def root(bank: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of three assignments and a capstone, each 6 points by machine and 3 by hand, graded."""
    root = small.course(tmp_path_factory.mktemp("marks"))
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    for language in ("id", "en"):
        for name in NAMES:
            folder = root / "source" / language / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.ipynb").write_text(json.dumps(small.source(language)).replace("ps90", name))
        lessons = root / "course" / language
        lessons.mkdir(parents=True)
        for lesson in ("l96", "l97"):
            (lessons / f"{lesson[1:]}_x.ipynb").write_text(json.dumps(lesson_notebook(lesson, {})))
    release(root, due="2026-03-09 23:59 +0700")
    for student, names in HANDED.items():
        for name in names.split():
            released = root / "release" / "id" / "ps90" / "ps90.ipynb"
            wrong = {"ps90-forms": None} if (student, name) == ("s-half", "ps90") else {}
            notebook = small.answered(released, student=student, **wrong)
            folder = root / "submitted" / student / name
            folder.mkdir(parents=True)
            (folder / f"{name}.ipynb").write_text(json.dumps(notebook).replace("ps90", name))
            if student == "s-late":
                (folder / "timestamp.txt").write_text("2026-03-10 12:00:00+07:00")
    for name in NAMES:
        assert [one.error for one in grade.grade(root, name, quiet=True) if one.error] == []
    with Gradebook(f"sqlite:///{root}/gradebook.db", "jejaring") as book:
        for student, names in HANDED.items():
            for name in names.split():
                essay = book.find_grade(f"{name}-aceh", name, name, student)
                essay.manual_score = ESSAYS.get((student, name), 3)
                essay.needs_manual_grade = essay.manual_score is None
        book.db.commit()
    return root


def lesson_notebook(lesson: str, answers: dict[str, Answer]) -> dict[str, Any]:
    stored = {qid: {"value": one.value, "t": one.t, "tries": one.tries} for qid, one in answers.items()}
    return small.source("id") | {"metadata": {"jejaring": {"lesson": lesson, "language": "id", "answers": stored}}}


def hand_in_lessons(root: Path, folder: Path) -> Path:
    """Lessons as two students put them into Moodle, and an older state of one."""
    given_in = {
        "s-all/96_x.ipynb": ("l96", given(l96_bet="more", l96_claim="wrong", l96_groups=dict.fromkeys("abcd", "aid"))),
        "s-all/97_x.ipynb": ("l97", given(l97_bet="more", l97_claim=("wrong", 0))),
        "s-half/96_x (1).ipynb": ("l96", given(l96_bet="more", l96_groups={"a": "aid", "b": "deal"})),
        "s-half/96_x.ipynb": ("l96", {"l96-bet": Answer("less", 1.0)}),
    }
    for name, (lesson, answers) in given_in.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(lesson_notebook(lesson, answers)))
    return folder


@pytest.mark.slow
def test_every_students_marks_are_as_worked_out_by_hand(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns, lines = marks(root)
    assert {line["completion"] for line in lines} == {None}  # nobody's lessons were collected yet
    assert {line["total"] for line in lines} == {None}
    taken, problems = collect(root, hand_in_lessons(root, tmp_path), "lessons")
    assert (taken, problems) == (["s-all", "s-half"], [])
    assert sorted(path.name for path in (root / "submitted/s-all/lessons").iterdir()) == ["l96.ipynb", "l97.ipynb"]

    target = tmp_path / "marks.csv"
    assert command_line.main(["--course", str(root), "marks", "--to", str(target)]) == 0
    assert "4 students, 3 with a total, 1 still waiting" in capsys.readouterr().out
    with target.open(encoding="utf-8") as file:
        found = {line["student"]: line for line in csv.DictReader(file)}
    assert list(found["s-all"]) == columns
    numbers = ["completion", "portfolio", "ps90", "ps91", "ps92", "best_2", "capstone", "total", "so_far"]
    assert {student: [line[name] for name in numbers] for student, line in found.items()} == {
        # l96 3/3, l97 2/2; one of two claims was checked; 9/9, none, 7.5/9: (1 + .8333) / 2; 15 + 41.25 + 5 + 30
        "s-all": ["100", "50", "100", "0", "83.33", "91.67", "100", "91.25", "91.25"],
        # l96 (1 + 2/4 + 0) / 3 = .5, l97 none; no claim; 2/9, 9/9, none: (1 + .2222) / 2; 3.75 + 27.5 + 0 + 0
        "s-half": ["25", "0", "22.22", "100", "0", "61.11", "0", "31.25", "31.25"],
        # a day late: 9 - 0.9 of 9; (.9 + 0) / 2 of 45
        "s-late": ["0", "0", "90", "0", "0", "45", "0", "20.25", "20.25"],
        # the essay waits: 6 of 9 are sure; (.6667 + 0) / 2 of 45, and 30
        "s-waits": ["0", "0", "", "0", "0", "", "100", "", "45"],
    }
    assert found["s-all"]["missing"] == "1 of 2 claims judged; ps91 not handed in"
    assert found["s-waits"]["missing"].startswith(
        "l96 not handed in; l97 not handed in; 0 of 2 claims judged; ps90 needs manual"
    )


@pytest.mark.slow
def test_a_portfolio_of_its_own_counts_instead_and_what_is_open_waits(root: Path, tmp_path: Path) -> None:
    collect(root, hand_in_lessons(root, tmp_path), "lessons")
    with Gradebook(f"sqlite:///{root}/gradebook.db", "jejaring") as book:
        book.add_assignment("portfolio", duedate="2999-01-01 00:00:00")
    try:
        first = marks(root)[1][0]
        assert (first["portfolio"], first["total"], first["so_far"]) == (None, None, 86.25)
        assert "portfolio not collected" in first["missing"]
        with Gradebook(f"sqlite:///{root}/gradebook.db", "jejaring") as book:
            book.add_submission("portfolio", "s-half")
        first = marks(root)[1][0]
        assert (first["portfolio"], first["total"], first["so_far"]) == (None, None, 86.25)
        assert "portfolio is open" in first["missing"]
        with Gradebook(f"sqlite:///{root}/gradebook.db", "jejaring") as book:
            book.update_or_create_assignment("portfolio", duedate="2026-01-01 00:00:00")
        first = marks(root)[1][0]
        assert (first["portfolio"], first["total"]) == (0, 86.25)
    finally:
        with Gradebook(f"sqlite:///{root}/gradebook.db", "jejaring") as book:
            book.remove_assignment("portfolio")


@pytest.mark.slow
def test_a_part_that_was_not_released_waits(root: Path) -> None:
    settings = root / "nbgrader_config.py"
    before = settings.read_text("utf-8")
    settings.write_text(before + 'c.CourseMarks.counted = ["ps90", "ps99"]\n', "utf-8")
    try:
        columns, lines = marks(root)
    finally:
        settings.write_text(before, "utf-8")
    assert "ps91" not in columns
    assert all(line["ps99"] is None and "ps99 not released" in line["missing"] for line in lines)
