"""Zip files as Moodle and Canvas make them: nbgrader's own command and ours take the same, and guess nothing."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import archives, course, demo, grade
from autograder.intake import collect
from autograder.lms import Person, Roster, roster, sender
from autograder.release import release
from jejaring.answers import read_notebook
from tests.grading import small

CLASS = {student["id"]: student for student in demo.sample()["students"]}
NUMBERS = {student: 51000 + place for place, student in enumerate(CLASS)}


def made(root: Path, student: str, *, earlier: bool = False, **changes: Any) -> bytes:
    """What a student of the sample hands in; an earlier state lacks an answer."""
    given = CLASS[student] | changes
    language = given.get("language", "id")
    notebook = demo.answer(read_notebook(root / "release" / language / "ps03" / "ps03.ipynb"), given)
    if earlier:
        answers = notebook["metadata"]["jejaring"]["answers"]
        del answers["ps03-forms"]
        for answer in answers.values():
            answer["t"] -= 1000
    return json.dumps(notebook).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def moodle(student: str, file: str) -> str:
    """The name in Moodle's zip; half of them as older versions write it."""
    end = "_" if int(student[1:]) % 2 else ""
    return f"{CLASS[student]['name']}_{NUMBERS[student]}_assignsubmission_file{end}/{file}"


def canvas(student: str, file: str) -> str:
    """The name in Canvas's zip; the second of two files has the higher number, and ``-1`` instead of ``(1)``."""
    first, _, last = CLASS[student]["name"].lower().partition(" ")
    late = "LATE_" if student == "s2608" else ""
    number = 900000 + NUMBERS[student] * 10 + ("(1)" in file)
    return f"{last}{first}_{late}{NUMBERS[student]}_{number}_{file.replace(' (1)', '-1')}"


def handed_in(root: Path, name: Callable[[str, str], str]) -> dict[str, bytes]:
    """What the class hands in, by the name that the LMS gives it."""
    return {
        name("s2601", "ps03.ipynb"): made(root, "s2601"),
        name("s2602", "Tugas 3 – déjà lu.ipynb"): made(root, "s2602"),
        name("s2603", "laporan.pdf"): b"%PDF-1.7",
        name("s2604", "ps03 (1).ipynb"): made(root, "s2604"),
        name("s2605", "ps03.ipynb"): made(root, "s2605", earlier=True),
        name("s2605", "ps03 (1).ipynb"): made(root, "s2605"),
        name("s2606", "jawaban.zip"): zipped(
            {"jawaban/ps03.ipynb": made(root, "s2606"), "__MACOSX/._ps03.ipynb": b"x"}
        ),
        name("s2607", "ps03.ipynb"): b"%PDF-1.7",
        name("s2608", "ps03.ipynb.txt"): made(root, "s2608"),
        name("s2609", "ps03.ipynb"): made(root, "s2609"),
        "../../" + name("s2610", "ps03.ipynb"): made(root, "s2610"),
        name("s2611", "ps03.ipynb"): b"0" * (archives.MAX_BYTES + 1),
        "s2612_ps03.ipynb": made(root, "s2612"),
    }


TAKEN = ["s2601", "s2602", "s2604", "s2605", "s2606", "s2608", "s2609", "s2612"]
NOTES = {
    "s2602": ["renamed (Tugas 3 – déjà lu.ipynb)"],
    "s2605": ["2 handed in, the latest counts"],
    "s2608": ["marked late by the LMS", "renamed (ps03.ipynb.txt)"],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one assignment, released, with the list of its class."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(small.ROOT / "nbgrader_config.py", root)
    for language in ("id", "en"):
        shutil.copytree(small.ROOT / "source" / language / "ps03", root / "source" / language / "ps03")
    release(root, due="2026-03-09 23:59 +0700")
    lines = ["id,first_name,last_name,email,lms_user_id"]
    for student, given in CLASS.items():
        first, _, last = given["name"].partition(" ")
        lines.append(f"{student},{first},{last},,")
    (root / "students.csv").write_text("\n".join(lines), "utf-8")
    return root


def copied(home: Path, target: Path) -> Path:
    shutil.copytree(home, target)
    return target


def zip_collect(root: Path, archive: bytes, *options: str) -> str:
    """Run nbgrader's own command, as its manual says; return what it said."""
    folder = root / "downloaded" / "ps03" / "archive"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "KUL-Tugas 3-4711.zip").write_bytes(archive)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "zip_collect", "ps03", *options],
        cwd=root,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stderr


def tree(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root / "submitted")): path.read_bytes()
        for path in sorted((root / "submitted").rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", [moodle, canvas])
def test_both_commands_take_the_same_and_it_is_graded_the_same(
    home: Path, tmp_path: Path, name: Callable[[str, str], str]
) -> None:
    archive = zipped(handed_in(home, name))
    ours, stock = copied(home, tmp_path / "ours"), copied(home, tmp_path / "stock")
    (tmp_path / "kelas.zip").write_bytes(archive)
    taken, problems = collect(ours, tmp_path / "kelas.zip", "ps03")
    said = zip_collect(stock, archive)
    assert taken == TAKEN
    assert tree(ours) == tree(stock)
    for problem in problems:
        assert problem.replace(str(tmp_path), "").rpartition("/")[2][:60] in said
    found = {}
    for root in (ours, stock):
        assert [one for one in grade.grade(root, "ps03", quiet=True) if one.error] == []
        with course.gradebook(course.config(root)) as book:
            found[root] = {student: demo._scores(book, "ps03", student) for student in taken}
    assert found[ours] == found[stock]
    for student in taken:
        assert found[ours][student] == pytest.approx(CLASS[student]["expected"], abs=demo.NEAR)


@pytest.mark.parametrize("name", [moodle, canvas])
def test_every_oddity_is_named_and_nothing_leaves_its_place(
    home: Path, tmp_path: Path, name: Callable[[str, str], str]
) -> None:
    root = copied(home, tmp_path / "a" / "b" / "course")
    (tmp_path / "kelas.zip").write_bytes(zipped(handed_in(home, name)))
    before = set(tmp_path.rglob("*"))
    taken, problems = collect(root, tmp_path / "kelas.zip", "ps03")
    assert taken == TAKEN
    assert all("submitted" in path.parts for path in set(tmp_path.rglob("*")) - before)
    for student in taken:
        notes = json.loads((root / "submitted" / student / "ps03" / "collected.json").read_text("utf-8"))["notes"]
        wanted = [note for note in NOTES.get(student, []) if name is canvas or "LMS" not in note]
        if student == "s2604" and name is moodle:
            wanted = ["renamed (ps03 (1).ipynb)"]
        if student == "s2605" and name is moodle:
            wanted = ["renamed (ps03 (1).ipynb)", *wanted]
        assert len(notes) == len(wanted)
        assert all(note.startswith(start) for note, start in zip(notes, wanted, strict=True)), notes
    expected = {
        "laporan.pdf, which is no notebook of ps03. Ask for": "s2603",
        "is not valid JSON": "s2607",
        "its name leads out of the archive": "s2610",
        "unpacks to more than 64 MB": "s2611",
    }
    if name is canvas:
        expected["s2608: came late, and the LMS doesn't tell when. Write the time"] = ""
    assert len(problems) == len(expected)
    for part, student in expected.items():
        named = [problem for problem in problems if part in problem]
        assert len(named) == 1, problems
        assert not student or str(NUMBERS[student]) in named[0]


def test_the_time_of_what_came_late_is_kept_once_it_is_written(home: Path, tmp_path: Path) -> None:
    root = copied(home, tmp_path / "course")
    (tmp_path / "x.zip").write_bytes(zipped({canvas("s2608", "ps03.ipynb"): made(home, "s2608")}))
    assert len(collect(root, tmp_path / "x.zip", "ps03")[1]) == 1
    stamp = root / "submitted" / "s2608" / "ps03" / "timestamp.txt"
    stamp.write_text("2026-03-10 00:59:00+07:00")
    assert collect(root, tmp_path / "x.zip", "ps03") == (["s2608"], [])
    assert stamp.read_text() == "2026-03-10 00:59:00+07:00"


class Handed:
    """Collects a zip of given files; says what was taken and what not."""

    def __init__(self, home: Path, tmp_path: Path, students: str | None = None) -> None:
        self.home, self.root, self.file = home, copied(home, tmp_path / "course"), tmp_path / "x.zip"
        if students is None:
            (self.root / "students.csv").unlink()
        elif students:
            (self.root / "students.csv").write_text(students, "utf-8")

    def __call__(self, files: dict[str, bytes]) -> tuple[list[str], str]:
        self.file.write_bytes(zipped(files))
        taken, problems = collect(self.root, self.file, "ps03")
        return taken, "\n".join(problems)


def test_without_a_list_of_the_class_the_notebooks_number_counts(home: Path, tmp_path: Path) -> None:
    handed = Handed(home, tmp_path)
    taken, problems = handed(
        {
            moodle("s2601", "ps03.ipynb"): made(home, "s2601"),
            moodle("s2602", "ps03.ipynb"): made(home, "s2602", how="untouched"),
        }
    )
    assert taken == ["s2601"]
    assert (
        "Bagus Pratama (51001): there is no list of the class (students.csv), and the notebook has no number"
        in problems
    )
    notes = json.loads((handed.root / "submitted/s2601/ps03/collected.json").read_text())["notes"]
    assert notes == ["known by the number in the notebook only"]


def test_one_number_from_two_people_is_nobodys(home: Path, tmp_path: Path) -> None:
    same = made(home, "s2601")
    taken, problems = Handed(home, tmp_path)({moodle("s2601", "ps03.ipynb"): same, moodle("s2609", "ps03.ipynb"): same})
    assert taken == []
    assert "several people handed in for one student (s2601: Ayu Lestari (51000), Intan Permata (51008))" in problems


def test_who_is_in_the_class_is_known_by_name_whatever_the_notebook_says(home: Path, tmp_path: Path) -> None:
    same = made(home, "s2601")  # with the number of s2601, whom HarvestAnswers names when it is graded
    taken, problems = Handed(home, tmp_path, "")(
        {moodle("s2601", "ps03.ipynb"): same, moodle("s2609", "ps03.ipynb"): same}
    )
    assert (taken, problems) == (["s2601", "s2609"], "")


def test_a_stranger_with_the_number_of_somebody_who_handed_in_is_named(home: Path, tmp_path: Path) -> None:
    files = {
        moodle("s2601", "ps03.ipynb"): made(home, "s2601"),
        "Orang Lain_77_assignsubmission_file_/ps03.ipynb": made(home, "s2601", earlier=True),
        "Tamu_78_assignsubmission_file_/ps03.ipynb": made(home, "s2603", how="untouched"),
    }
    taken, problems = Handed(home, tmp_path, "")(files)
    assert taken == ["s2601"]
    assert "Orang Lain (77)" in problems
    assert (
        "Tamu (78): nobody in the class is called Tamu, and the notebook has no number. Mend students.csv" in problems
    )


def test_two_of_the_same_name_are_told_apart_by_their_numbers(home: Path, tmp_path: Path) -> None:
    handed = Handed(home, tmp_path, "id;first_name;last_name\ns2601;Ayu;Lestari\ns2602;Ayu;Lestari\n")
    taken, problems = handed(
        {
            "Ayu Lestari_1_assignsubmission_file_/ps03.ipynb": made(home, "s2601"),
            "Ayu Lestari_2_assignsubmission_file_/ps03.ipynb": made(home, "s2602"),
            "Ayu Lestari_3_assignsubmission_file_/ps03.ipynb": made(home, "s2603", how="untouched"),
        }
    )
    assert taken == ["s2601", "s2602"]
    assert (
        "Ayu Lestari (3): 2 students are called Ayu Lestari (s2601, s2602), and the notebook has no number" in problems
    )


def test_a_folder_around_the_class_is_not_taken_for_a_student(home: Path, tmp_path: Path) -> None:
    files = {f"kelas a/{student}/ps03.ipynb": made(home, student) for student in ("s2601", "s2604")}
    assert Handed(home, tmp_path / "1", "")(files) == (["s2601", "s2604"], "")
    taken, problems = Handed(home, tmp_path / "2")(files)
    assert taken == []
    assert "notebooks of different students (s2601, s2604) where one student's should be" in problems


def test_who_handed_in_another_notebook_is_named(home: Path, tmp_path: Path) -> None:
    handed = Handed(home, tmp_path, "")
    lesson = small.source("id")
    lesson["metadata"]["jejaring"] = {"lesson": "l03", "language": "id"}
    folder = handed.root / "course" / "id"
    folder.mkdir(parents=True)
    (folder / "03_five_forms.ipynb").write_text(json.dumps(lesson))
    taken, problems = handed(
        {
            moodle("s2601", "03_five_forms.ipynb"): json.dumps(lesson).encode(),
            moodle("s2602", "a.ipynb"): json.dumps(lesson).replace("l03", "l77").encode(),
        }
    )
    assert taken == []
    assert "Ayu Lestari (51000): handed in 03_five_forms.ipynb, which is no notebook of ps03. Ask for" in problems
    assert "says it is 'l77', and the course has l03, ps03" in problems


def test_archives_are_opened_within_bounds(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed = Handed(home, tmp_path, "")
    deep = made(home, "s2601")
    for _ in range(4):
        deep = zipped({"ps03.ipynb" if deep[:2] != b"PK" else "lagi.zip": deep})
    assert "is a zip file inside 3 others" in handed({moodle("s2601", "jawaban.zip"): deep})[1]
    many = zipped({f"{place}.txt": b"" for place in range(50)})
    monkeypatch.setattr(archives, "MOST_FILES", 20)
    assert "holds more than 20 files" in handed({moodle("s2601", "jawaban.zip"): many})[1]
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    monkeypatch.setattr(archives, "MOST_FILES", 100)
    assert "unpacks to more than 0 MB" in handed({moodle("s2601", "ps03.ipynb"): made(home, "s2601")})[1]


def test_damaged_and_foreign_archives_are_named(home: Path, tmp_path: Path) -> None:
    handed = Handed(home, tmp_path, "")
    assert "can't be opened as a zip file" in handed({moodle("s2601", "jawaban.zip"): b"PK\3\4 no"})[1]
    assert "is an archive that can't be opened here. Unpack it" in handed({moodle("s2601", "jawaban.rar"): b"Rar!"})[1]
    whole = bytearray(zipped({"ps03.ipynb": made(home, "s2601")}))
    whole[200:220] = bytes(20)  # inside the packed data
    assert "can't be unpacked" in handed({moodle("s2601", "jawaban.zip"): bytes(whole)})[1]


def test_a_link_in_an_archive_is_refused(home: Path, tmp_path: Path) -> None:
    handed = Handed(home, tmp_path, "")
    link = zipfile.ZipInfo(moodle("s2601", "ps03.ipynb"))
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(handed.file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    taken, problems = collect(handed.root, handed.file, "ps03")
    assert taken == []
    assert "is a link and was refused" in problems[0]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ayu Lestari_1234567_assignsubmission_file_", "Ayu Lestari/1234567/"),
        ("Ayu Lestari_1234567_assignsubmission_file", "Ayu Lestari/1234567/"),
        ("Ayu Lestari_1234567_assignsubmission_file_ps03.ipynb", "Ayu Lestari/1234567/ps03.ipynb"),
        ("Peserta_1234567_assignsubmission_file_", "Peserta/1234567/"),
        ("lestariayu_12345_6789012_ps03.ipynb", "lestariayu/12345/ps03.ipynb"),
        ("lestariayu_LATE_12345_6789012_ps03-1.ipynb", "lestariayu/12345/ps03-1.ipynb"),
        ("LATE_anon_a1B2c_6789012_ps03.ipynb", "/a1B2c/ps03.ipynb"),
    ],
)
def test_names_of_moodle_and_canvas_are_read(name: str, words: str) -> None:
    found = sender([name])
    assert found is not None
    assert f"{found.name}/{found.number}/{found.file}" == words
    assert found.late == ("LATE" in name)


@pytest.mark.parametrize("name", ["s2601", "s2601_ps03.ipynb", "ps03 (1).ipynb", "Tugas_3_final.ipynb", "2601_01_02_x"])
def test_other_names_are_nobodys(name: str) -> None:
    assert sender([name]) is None


def test_names_are_compared_as_people_write_them() -> None:
    people = [
        Person("s1", "Ayu", "Dewi Lestari"),
        Person("s2", "Suharto", ""),
        Person("s3", "Zoë", "O'Neil"),
        Person("s4", "Budi", "Santoso", lms_user_id="12345"),
    ]
    group = Roster(people)
    found = {
        "Dewi Lestari Ayu": ["s1"],
        "ayu dewi lestari": ["s1"],
        "Ayu Lestari": [],
        "Suharto Suharto": ["s2"],
        "Suharto -": ["s2"],
        "Zoe ONeil": ["s3"],
        "": [],
    }
    assert {name: group.by_name(name) for name in found} == found
    by_number = sender(["kawan_12345_99_ps03.ipynb"])
    assert by_number
    assert group.by_sender(by_number) == ["s4"]
    student_number = sender(["S4 Budi S._77_assignsubmission_file_"])
    assert student_number
    assert group.by_sender(student_number) == ["s4"]


def test_a_list_without_its_column_is_refused(home: Path, tmp_path: Path) -> None:
    root = copied(home, tmp_path / "course")
    (root / "students.csv").write_text("nim,nama\n1,Ayu\n")
    with pytest.raises(course.CourseError, match="has no column 'id'"):
        roster(root)
