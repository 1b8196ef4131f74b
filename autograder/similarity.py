"""Pairs of essays and of code in one assignment that are alike, with the passages side by side: a hint, not a verdict.

What is compared and how is said in `autograder.fingerprints`; nothing is written but the page, and no score changes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from autograder import course
from autograder.course import CourseError
from autograder.fingerprints import CODE, PROSE, Found, Method, Pair, Text, compare
from autograder.lms import roster
from autograder.report import TEMPLATES, in_json, template
from jejaring.answers import harvest, read_notebook
from jejaring.errors import NotebookError
from jejaring.exercises.bank import load
from jejaring.language import language, use_language, word

__all__ = ["Question", "collect", "find", "main", "render", "sides"]

LONGEST = 20_000  # characters of one text; grading cuts essays there too
SHOWN = 5  # common passages of one question on the page
METHODS: dict[str, Method] = {"essay": PROSE, "code": CODE}


@dataclass(frozen=True)
class Question:
    """One cell that students write in.

    Parameters
    ----------
    name : str
        Its grade id.
    kind : str
        ``essay`` or ``code``.
    texts : tuple of Text
        What they wrote.
    """

    name: str
    kind: str
    texts: tuple[Text, ...]


def collect(root: Path, assignment: str) -> tuple[list[Question], list[str]]:
    """Read what was handed in: the questions with their texts, and the students whose notebook can't be read.

    Raises
    ------
    CourseError
        If the assignment was not released or nobody handed in.
    """
    released = sorted((root / "release").glob(f"*/{assignment}/{assignment}.ipynb"))
    if not released:
        raise CourseError(
            f"release/*/{assignment}: nothing there. Run first: python -m autograder release {assignment}"
        )
    kinds = {
        name: "essay" if one["cell_type"] == "markdown" else "code"
        for name, one in _cells(read_notebook(released[0])).items()
        if one["metadata"]["nbgrader"].get("solution")
    }
    written: dict[str, list[Text]] = {name: [] for name in kinds}
    unread = []
    paths = sorted((root / "submitted").glob(f"*/{assignment}/{assignment}.ipynb"))
    for path in paths:
        student = path.parent.parent.name
        try:
            notebook = read_notebook(path)
        except NotebookError:
            unread.append(student)
            continue
        cells, answers = _cells(notebook), harvest(notebook)
        for name, kind in kinds.items():
            parts = [_source(cells[name])] if name in cells else []
            boxed = answers[name].value if kind == "essay" and name in answers else ""
            if isinstance(boxed, str) and boxed not in parts:
                parts.append(boxed)
            written[name].append(Text(student, "\n\n".join(filter(str.strip, parts))[:LONGEST]))
    if not paths:
        raise CourseError(
            f"submitted/*/{assignment}/{assignment}.ipynb: nothing there. "
            f"Run first: python -m autograder collect {assignment} FOLDER"
        )
    return [Question(name, kind, tuple(written[name])) for name, kind in kinds.items()], unread


def find(root: Path, assignment: str, questions: Sequence[Question]) -> dict[str, Found]:
    """Compare the texts of each question; what the assignment and the lessons say doesn't count."""
    given = _given(root, assignment)
    return {
        question.name: compare(question.texts, METHODS[question.kind], given[question.kind]) for question in questions
    }


def main(root: Path, assignment: str, *, spoken: str = "", as_json: bool = False) -> int:
    """Print the pairs and write ``reports/<assignment>.similarity.html``; returns the exit code.

    Parameters
    ----------
    spoken : str
        Language of the page; empty for the course's own.
    as_json : bool
        Print the pairs as JSON.
    """
    course.config(root)
    questions, unread = collect(root, assignment)
    found = find(root, assignment, questions)
    before = language()
    use_language(spoken or course.languages(root)[0])
    try:
        page = render(root, assignment, questions, found, unread, datetime.now().astimezone())
    finally:
        use_language(before)
    path = root / "reports" / f"{assignment}.similarity.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(page, "utf-8")
    if as_json:
        pairs = [{"question": name, **_told(pair)} for name, one in found.items() for pair in one.pairs]
        print(in_json({"assignment": assignment, "page": path, "pairs": pairs, "unread": unread}))
        return 0
    print("\n".join(_lines(found)))
    print(f"{path}\nThis is a hint, not a verdict: read both texts and ask both people.")
    return 0


def render(
    root: Path,
    assignment: str,
    questions: Sequence[Question],
    found: Mapping[str, Found],
    unread: Sequence[str],
    now: datetime,
) -> str:
    """Write the page in the language spoken now.

    Parameters
    ----------
    found : Mapping
        From `find`.
    unread : sequence of str
        Students whose notebook can't be read.
    now : datetime
        What the page gives as its date.
    """
    people = {person.id: f"{person.first_name} {person.last_name}".strip() for person in roster(root).people}
    called = {
        text.student: f"{people[text.student]} ({text.student})" if people.get(text.student) else text.student
        for question in questions
        for text in question.texts
    }
    folder = Path(TEMPLATES) / "similarity"
    return template(folder).render(
        word=word,
        language=language(),
        assignment=assignment,
        date=now.strftime("%Y-%m-%d %H:%M"),
        style=Markup((folder / "page.css").read_text("utf-8")),  # noqa: S704  # our own file
        unread=", ".join(unread),
        pairs=[
            _side_by_side(question, pair, f"{question.name}-{place}", called)
            for question in questions
            for place, pair in enumerate(found[question.name].pairs, start=1)
        ],
        questions=[_method(question, found[question.name]) for question in questions],
    )


def sides(pair: Pair) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Cut both texts where shared passages begin and end.

    Returns
    -------
    tuple of two lists
        For each text its parts in order: what stands there, and the passage's number, 0 for what is not shared.

    Examples
    --------
    >>> from autograder.fingerprints import Passage
    >>> pair = Pair(Text("a", "one two six"), Text("b", "two"), 1.0, (Passage((4, 7), (0, 3), 1),))
    >>> sides(pair)
    ([('one ', 0), ('two', 1), (' six', 0)], [('two', 1)])
    """
    numbered = list(enumerate(pair.passages, start=1))
    return (
        _parts(pair.first.source, sorted((*passage.first, number) for number, passage in numbered)),
        _parts(pair.second.source, sorted((*passage.second, number) for number, passage in numbered)),
    )


def _parts(source: str, spans: Sequence[tuple[int, int, int]]) -> list[tuple[str, int]]:
    """One text in parts."""
    parts, done = [], 0
    for start, end, number in spans:
        parts += [(source[done:start], 0), (source[start:end], number)]
        done = end
    return [(text, number) for text, number in [*parts, (source[done:], 0)] if text]


def _side_by_side(question: Question, pair: Pair, name: str, called: Mapping[str, str]) -> dict[str, Any]:
    """One pair for the page."""
    people = [called[pair.first.student], called[pair.second.student]]
    return {
        "id": name,
        "question": question.name,
        "kind": question.kind,
        "people": people,
        "share": word("similarity.share", percent=round(100 * pair.share)),
        "shared": word(f"similarity.shared_{question.kind}", tokens=pair.tokens, passages=len(pair.passages)),
        "sides": list(zip(people, sides(pair), strict=True)),
    }


def _method(question: Question, found: Found) -> dict[str, Any]:
    """What the page says on how a question's texts were compared."""
    method = METHODS[question.kind]
    return {
        "said": word(
            f"similarity.method.{question.kind}",
            question=question.name,
            texts=found.texts,
            compared=found.compared,
            least=method.least,
            share=round(100 * method.share),
            gram=method.gram,
        ),
        "aside": word("similarity.method.aside", limit=found.limit),
        "common": found.common[:SHOWN],
    }


def _told(pair: Pair) -> dict[str, Any]:
    """A pair for programs."""
    return {"students": [pair.first.student, pair.second.student], "share": pair.share, "tokens": pair.tokens}


def _lines(found: Mapping[str, Found]) -> Iterator[str]:
    """The table for the terminal."""
    body = [
        (name, pair.first.student, pair.second.student, f"{pair.share:.0%}", str(pair.tokens))
        for name, one in found.items()
        for pair in one.pairs
    ]
    if not body:
        yield "No pair stands out."
        return
    table = [("question", "student", "student", "in common", "words or tokens"), *body]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        yield "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()


def _given(root: Path, assignment: str) -> dict[str, list[str]]:
    """What everybody was given, by kind: the released notebooks, the exercises' words, the lessons."""
    paths = [*(root / "release").glob(f"*/{assignment}/{assignment}.ipynb"), *(root / "course").glob("*/*.ipynb")]
    given: dict[str, list[str]] = {"essay": [], "code": []}
    for path in sorted(paths):
        for one in read_notebook(path)["cells"]:
            given["essay" if one.get("cell_type") == "markdown" else "code"].append(_source(one))
    for exercise in load().values():
        if exercise.home == assignment:
            given["essay"] += _strings(exercise.entry)
    return given


def _strings(value: object) -> Iterator[str]:
    """Every text inside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _cells(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """A notebook's cells by grade id; of two with the same the first."""
    found: dict[str, Any] = {}
    for one in notebook["cells"]:
        try:
            found.setdefault(str(one["metadata"]["nbgrader"]["grade_id"]), one)
        except (KeyError, TypeError):
            continue
    return found


def _source(one: Mapping[str, Any]) -> str:
    """A cell's text, whatever shape it has."""
    source = one.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)
