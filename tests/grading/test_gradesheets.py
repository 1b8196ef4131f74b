"""Scores for Moodle and Canvas: read back as each of them reads, from a small graded class."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import __main__ as command_line
from autograder import gradesheets
from autograder.course import CourseError
from autograder.gradesheets import Scores, fill_canvas, fill_moodle
from autograder.lms import Person, Roster
from autograder.release import release
from tests.grading import small

pytestmark = pytest.mark.slow

# 6 of 9 points come by machine, and the essay is marked with 2 for all but s-waits.
STUDENTS = """id,first_name,last_name,email,lms_user_id
s-done,Ayu,Dewi Lestari,Ayu@example.org,51001
s-late,Budi,Santoso,budi@example.org,51002
s-waits,Citra,Wulandari,citra@example.org,51003
s-never,Dian,Permata,dian@example.org,51004
s-odd,"=HYPERLINK(""http://evil"")",+62,,
"""
WORKSHEET = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade),Feedback comments
Participant 901,Ayu Dewi Lestari,,Submitted for grading,,9.00,-,
Participant 902,B. S.,BUDI@example.org,Submitted for grading,1.00,9.00,-,"Baik, Budi."
Participant 903,Citra Wulandari,citra@example.org,Submitted for grading,,9.00,-,
Participant 904,Dian Permata,dian@example.org,No submission,,9.00,-,
Participant 905,Eka Tamu,eka@example.org,No submission,,9.00,-,
"""
EXPORT = """Student,ID,SIS User ID,SIS Login ID,Section,Notes,Kuis (77),Tugas kecil: PS90 (4711),Current Score
,,,,,,,Manual Posting,
    Points Possible,,,,,,5.00,9.00,(read only)
"Lestari, Ayu Dewi",51001,,ayu,A,rajin,3.00,,60
"Santoso, Budi",88,s-late,budi,A,,2.00,4.00,40
"Wulandari, Citra",51003,,citra,A,,1.00,7.00,20
"Permata, Dian",51004,,dian,A,,,,
"Student, Test",99,,abc123,A,,,,
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small.course(tmp_path_factory.mktemp("sheets"))
    release(root, due="2026-03-09 23:59 +0700")
    (root / "students.csv").write_text(STUDENTS, "utf-8")
    for student in ("s-done", "s-late", "s-waits", "s-odd"):
        notebook = small.answered(root / "release" / "id" / "ps90" / "ps90.ipynb", student=student)
        path = small.hand_in(root, student, notebook)
        if student == "s-late":  # one day begun: a tenth less
            path.with_name("timestamp.txt").write_text("2026-03-10 12:00:00+07:00")
    assert command_line.main(["--course", str(root), "grade", "ps90"]) == 0
    with Gradebook(f"sqlite:///{root}/gradebook.db", "jejaring") as book:
        for student in ("s-done", "s-late", "s-odd"):
            grade = book.find_grade("ps90-aceh", "ps90", "ps90", student)
            grade.manual_score, grade.needs_manual_grade = 2, False
        book.db.commit()
    return root


def export(root: Path, *options: str) -> int:
    return command_line.main(["--course", str(root), "export", "--to", str(root / "grades.csv"), *options])


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_moodle_imports_what_is_finished(graded: Path, tmp_path: Path) -> None:
    assert export(graded, "--moodle", str(tmp_path / "m.csv")) == 0
    lines = {line["ID number"]: line for line in table(tmp_path / "m.csv")}
    assert {student: line["ps90"] for student, line in lines.items()} == {"s-done": "8", "s-late": "7.2", "s-odd": "8"}
    assert lines["s-done"]["Email address"] == "Ayu@example.org"
    assert lines["s-odd"]["First name"] == '\'=HYPERLINK("http://evil")'
    assert lines["s-odd"]["Last name"] == "'+62"
    assert (graded / "grades.csv").is_file()


def test_canvas_finds_the_columns_where_it_looks(graded: Path, tmp_path: Path) -> None:
    assert export(graded, "--canvas", str(tmp_path / "c.csv")) == 0
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        head, possible, *lines = csv.reader(file)
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "ps90"]
    assert possible == ["    Points Possible", "", "", "", "", "9"]
    assert lines[0] == ["Dewi Lestari, Ayu", "51001", "s-done", "s-done", "", "8"]
    assert {line[2]: line[5] for line in lines} == {"s-done": "8", "s-late": "7.2", "s-odd": "8"}


def test_a_worksheet_is_filled_in_and_nothing_else_of_it_changes(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, made = tmp_path / "given.csv", tmp_path / "made.csv"
    given.write_text(WORKSHEET, "utf-8-sig")
    options = ["--assignment", "ps90", "--moodle-from", str(given), "--moodle", str(made)]
    assert export(graded, *options) == 1  # Eka is nobody here, s-odd has no line
    before, after = table(given), table(made)
    assert [line["Grade"] for line in after] == ["8", "7.2", "", "", ""]
    before = [{key.removeprefix("\ufeff"): value for key, value in line.items()} for line in before]
    assert [line | {"Grade": ""} for line in after] == [line | {"Grade": ""} for line in before]
    said = capsys.readouterr().err
    assert "given.csv: Participant 905 Eka Tamu: is nobody in the class" in said
    assert "no line for s-odd" in said


def test_an_export_of_canvas_comes_back_with_new_scores_only(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, made = tmp_path / "given.csv", tmp_path / "made.csv"
    given.write_text(EXPORT, "utf-8")
    assert export(graded, "--canvas-from", str(given), "--canvas", str(made)) == 1
    column = "Tugas kecil: PS90 (4711)"
    assert [(line["Student"].strip(), line[column]) for line in table(made)] == [
        ("Points Possible", "9.00"),
        ("Lestari, Ayu Dewi", "8"),
        ("Santoso, Budi", "7.2"),
    ]
    assert list(table(made)[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column]
    assert capsys.readouterr().err.strip().endswith("no line for s-odd; their scores are not in it.")


def test_only_a_finished_zero_is_a_zero(graded: Path, tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(graded, root)
    assert gradesheets.gather(root).given["s-waits"] == {}
    path = root / "submitted" / "s-waits" / "ps90" / "ps90.ipynb"
    path.write_text(json.dumps(json.loads((root / "release" / "id" / "ps90" / "ps90.ipynb").read_text())))
    assert command_line.main(["--course", str(root), "grade", "ps90", "--again", "--only", "s-waits"]) == 0
    assert gradesheets.gather(root).given["s-waits"] == {"ps90": 0.0}  # blank throughout: nbgrader's own zero


CLASS = Roster([Person("s1", "Ayu", "Lestari"), Person("s2", "Ayu", "Lestari"), Person("s3", "Eka", "Putri")])
GIVEN = Scores(CLASS, {"ps03": 100.0}, {"s1": {"ps03": 50.0}, "s2": {}, "s3": {"ps03": 70.0}})
HEAD = ["Identifier", "Full name", "Grade", "Maximum grade", "Last modified (grade)"]


def test_a_name_that_two_share_is_left_to_a_person() -> None:
    lines = [["Participant 1", name, "", "100,00", "-"] for name in ("Ayu Lestari", "Eka Putri", "Putri Eka")]
    filled = fill_moodle([HEAD, *lines], GIVEN, "ps03")
    assert [line[2] for line in filled.table[1:]] == ["", "", ""]
    assert "Participant 1 Ayu Lestari: may be more than one (s1, s2); left as it was" in filled.problems[0]
    assert filled.problems[-1] == "no line for s1, s3; their scores are not in it."


def test_what_canvas_excused_stays_excused() -> None:
    head = ["Student", "ID", "SIS Login ID", "Section", "ps03 (1)"]
    filled = fill_canvas([head, ["Putri, Eka", "7", "S 3", "A", "EX"]], GIVEN)
    assert filled.table == [head]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([], "has no columns 'ID' and 'Section'"),
        ([["Student", "ID", "Section", "Tugas (1)"]], r"no column's title has the name .* \(ps03\).*Tugas"),
        ([["Student", "ID", "Section", "ps03 (1)"], ["Points Possible", "", "", "10"]], "100 .* here and 10 in Canvas"),
    ],
)
def test_what_is_no_export_of_canvas_is_refused(table: list[list[str]], said: str) -> None:
    with pytest.raises(CourseError, match=said):
        fill_canvas(table, GIVEN)


def test_what_is_no_worksheet_is_refused() -> None:
    with pytest.raises(CourseError, match=r"no column 'Identifier'.*language to English"):
        fill_moodle([["Pengenal", "Nama"]], GIVEN, "ps03")
    with pytest.raises(CourseError, match="ps03 has 100 points here and 10,00 in Moodle"):
        fill_moodle([HEAD, ["Participant 1", "Eka Putri", "", "10,00", "-"]], GIVEN, "ps03")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--moodle-from", "x.csv", "--moodle", "y.csv"], "--assignment ps03"),
        (["--canvas-from", "x.csv"], "--canvas FILE"),
        (["--canvas-from", "missing.csv", "--canvas", "y.csv"], "missing.csv: can't be read"),
        (["--canvas", "y.csv", "--assignment", "ps99"], "ps99: is not in the gradebook. There are: ps90"),
    ],
)
def test_an_incomplete_call_says_what_is_missing(
    graded: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(graded)
    assert export(graded, *options) == 2
    assert said in capsys.readouterr().err
