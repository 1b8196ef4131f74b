"""Grades a small invented class from start to end: release, collect, grade, feedback, export.

The class is in ``sample_class.toml``: what each student answered and, reasoned by hand, what each answer must earn. The
notebooks are made from the released ones as the page would write them.
"""

import json
import shutil
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder import course, grade, intake, release
from autograder.course import CourseError
from autograder.feedback import feedback
from autograder.report import Row, rows
from jejaring.answers import MIME, STUDENT, Answer, put, read_notebook
from jejaring.exercises.bank import find
from jejaring.variants import parameters

__all__ = ["answer", "main", "run", "sample"]

CLASS = Path(__file__).with_name("sample_class.toml")
MARK = ".jejaring-demo"
DIFFERENT = "{count} things are not as expected. If the assignment was changed, work out autograder/{file} again."
NEAR = 0.005  # expected scores are written with two decimals

Student = dict[str, Any]
Notebook = dict[str, Any]


def sample() -> dict[str, Any]:
    """Read the invented class, answers and expectations filled in from what is right for everybody."""
    group = tomllib.loads(CLASS.read_text("utf-8"))
    for student in group["students"]:
        own = student.get("answers", {})
        student["answers"] = {
            qid: value for qid, value in (group["right"] | own).items() if qid not in student.get("without", ())
        }
        student["expected"] = group["points"] | student.get("expected", {})
        student["code"] = group["code"][student.get("code", "right")]
    return group


def answer(notebook: Notebook, student: Student) -> Notebook:
    """Fill a released notebook in as a student's page would have written it. Modifies and returns it.

    Parameters
    ----------
    notebook : dict
        A released notebook.
    student : dict
        One student of `sample`.
    """
    how = student.get("how", "")
    if how == "untouched":
        return notebook
    given = {STUDENT: student.get("made_for", student["id"])} | student["answers"]
    answers = {qid: Answer(value, 1773000000.0 + place) for place, (qid, value) in enumerate(given.items()) if value}
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name in answers and cell["cell_type"] == "markdown" and how != "outputs":
            cell["source"] = answers[name].value
        elif name.endswith("-index"):
            cell["source"] = "".join(cell["source"]).replace("            ...\n", student["code"].lstrip("\n"))
        if cell["cell_type"] == "code" and how != "cleared":
            cell["outputs"] = [
                _copy(qid, answers[qid]) for qid in answers if f'ask("{qid}")' in "".join(cell["source"])
            ]
    if how != "outputs":
        put(notebook, answers)
    if how == "meddling":
        _meddle(notebook)
    return notebook


def run(root: Path, target: Path, *, say: Callable[[str], None] = print) -> list[str]:
    """Run the whole loop in a new folder; returns where expectation and result differ, which should be nowhere.

    Parameters
    ----------
    root : Path
        The course, for its sources and its settings of nbgrader.
    target : Path
        Folder to work in; an older demo there is removed.
    say : callable
        Told of each step.

    Raises
    ------
    CourseError
        If the folder exists and is no demo, or the sample class doesn't fit the assignment any more.
    """
    group = sample()
    name = group["assignment"]
    _prepare(root, target)
    _check(group)
    say("1/6  releasing the assignment in all languages")
    release.release(target, due=group["due"], only=[name])
    say(f"2/6  {len(group['students'])} students hand in")
    _hand_in(target, group)
    with course.gradebook(course.config(target)) as book:
        for student in group["students"]:
            first, _, last = student["name"].partition(" ")
            book.update_or_create_student(student["id"], first_name=first, last_name=last)
    say("3/6  collecting")
    _, problems = intake.collect(target, target / "handed_in", name)
    say("4/6  grading")
    failed = [one for one in grade.grade(target, name) if one.error]
    say("5/6  writing feedback")
    failed += [one for one in feedback(target, name) if one.error]
    say("6/6  exporting")
    grade.export(target, target / "grades.csv")
    problems += [f"{one.student}: {one.error}" for one in failed]
    with course.gradebook(course.config(target)) as book:
        results = {row.student: row for row in rows(book, target, name)}
        obtained = {student["id"]: _scores(book, name, student["id"]) for student in group["students"]}
    for student in group["students"]:
        row = results[student["id"]]
        found = list(_differences(student, obtained[student["id"]], row))
        problems += [f"{student['id']}: {difference}" for difference in found]
        wanted = sum(student["expected"].values())
        say(
            f"{student['id']}  {student['name']:<16} expected {wanted:6.2f}  obtained {row.points:6.2f}  "
            f"{'agrees ' if not found else 'DIFFERS'}  {student['about']}"
        )
    return problems


def main(root: Path, target: Path) -> int:
    """Run the demo and say how it went; returns the exit code."""
    start = time.monotonic()
    target = target.resolve()
    problems = run(root, target)
    for problem in problems:
        print(f"! {problem}", file=sys.stderr)
    agree = "All scores are as expected." if not problems else DIFFERENT.format(count=len(problems), file=CLASS.name)
    print(
        f"\n{agree} {time.monotonic() - start:.0f} s.\n"
        f"Gradebook       {target / 'gradebook.db'}\n"
        f"Feedback pages  {target / 'feedback'}/<student>/\n"
        f"Scores          {target / 'grades.csv'}\n"
        f"Essays wait for a person: cd {target} && jupyter lab, then Nbgrader > Formgrader."
    )
    return int(bool(problems))


def _check(group: Mapping[str, Any]) -> None:
    """Refuse to compare with numbers that were reasoned for other parameters."""
    for student in group["students"]:
        for qid, drawn in student.get("drawn", {}).items():
            now = parameters(find(qid).entry["parameters"], student["id"], qid)
            if now != drawn:
                raise CourseError(
                    f"{CLASS.name}: {student['id']} draws {now} in {qid}, and the class was reasoned for {drawn}. "
                    f"Work out this student's answers and expected scores again."
                )


def _prepare(root: Path, target: Path) -> None:
    """Make a new course folder with this course's sources."""
    if target.exists():
        if not (target / MARK).is_file() and any(target.iterdir()):
            raise CourseError(f"{target}: exists and is no demo. Name another folder with --keep.")
        shutil.rmtree(target)
    target.mkdir(parents=True)
    (target / MARK).touch()
    shutil.copy(root / course.SETTINGS, target)
    shutil.copytree(root / "source", target / "source", ignore=shutil.ignore_patterns(".*"))


def _hand_in(target: Path, group: Mapping[str, Any]) -> None:
    """Write what the students hand in: some in folders of their own, some as files that bear their id."""
    name = group["assignment"]
    for place, student in enumerate(group["students"]):
        language = student.get("language", "id")
        notebook = answer(read_notebook(target / "release" / language / name / f"{name}.ipynb"), student)
        top = target / "handed_in"
        own = place % 2 == 0 or "file" in student or "handed_in" in student
        path = (
            top / student["id"] / student.get("file", f"{name}.ipynb") if own else top / f"{student['id']}_{name}.ipynb"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), "utf-8")
        if "handed_in" in student:
            path.with_name("timestamp.txt").write_text(student["handed_in"], "utf-8")


def _copy(qid: str, given: Answer) -> dict[str, Any]:
    """The copy of an answer that stands in an output."""
    data = {MIME: {"q": qid, "value": given.value, "t": given.t, "tries": given.tries}, "text/plain": f"[{qid}]"}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _meddle(notebook: Notebook) -> None:
    """Add what a curious student might: cells that look for the tests, and a tag that would skip one."""
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("locked"):
            cell["metadata"]["tags"] = ["skip-execution"]
    for place, source in enumerate(
        (
            "import jejaring\njejaring.mark = lambda *a, **k: 100.0",
            "print(open('ps03.ipynb').read())",
            "raise SystemExit('stop here')",
        )
    ):
        cell = {"cell_type": "code", "id": f"mine-{place}", "metadata": {}, "outputs": [], "execution_count": None}
        notebook["cells"].insert(place, cell | {"source": source})


def _scores(book: Any, assignment: str, student: str) -> dict[str, float]:
    """The points of each exercise that the grader decides."""
    notebook = book.find_submission_notebook(assignment, assignment, student)
    return {grade.name.removesuffix("-test"): grade.score for grade in notebook.grades if grade.name.endswith("-test")}


def _differences(student: Student, obtained: Mapping[str, float], row: Row) -> Iterator[str]:
    """Yield what is not as expected of one student."""
    for qid, wanted in student["expected"].items():
        got = obtained.get(qid)
        if got is None or abs(got - wanted) > NEAR:
            yield f"{qid}: expected {wanted}, obtained {got}"
    if row.waiting != student.get("waiting", 1):
        yield f"{row.waiting} essays wait, expected {student.get('waiting', 1)}"
    flags = [*(["late"] if row.late else []), *filter(None, row.flags.split("; "))]
    if sorted(flags) != sorted(student.get("flags", [])):
        yield f"flags {flags}, expected {student.get('flags', [])}"
