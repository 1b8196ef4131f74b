"""The grader's command line: ``python -m autograder --help``."""

import argparse
import gc
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from jejaring.errors import JejaringError
from jejaring.language import LANGUAGES

__all__ = ["console", "main"]

CODES = (
    "Exit code: 0 all went well; 1 something needs a person, and is named; 2 the call was wrong or nothing was there."
)


JSON = "print JSON for programs, and nothing for people but errors; its form is in docs/json.md"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = _parser().parse_args(arguments)
    from autograder import _sparing  # noqa: F401  # its effect is wanted

    try:
        return int(given.run(given))
    except JejaringError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        if not error.filename:
            raise
        print(
            f"{error.filename}: {error.strerror}. Check the name, and that folders and files are what they should be.",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        print("Interrupted. What is done stays done: run the same command again to go on.", file=sys.stderr)
        return 130
    except Exception as error:
        if not (trouble := _of_gradebook(error)):
            raise
        print(trouble, file=sys.stderr)
        return 2


def _of_gradebook(error: Exception) -> str:
    """Say what to do about a gradebook that can't be used; empty if that isn't the trouble."""
    database = sys.modules.get("sqlalchemy.exc")  # imported by whoever could raise it
    if not (database and isinstance(error, database.DBAPIError)):
        return ""
    return (
        f"The gradebook can't be used ({str(error.orig)[:120]}). Close what else uses it, such as formgrader. "
        f"If gradebook.db is damaged, put your copy of it back."
    )


def _assignment(text: str) -> str:
    """An assignment's name, as an argument."""
    if not re.fullmatch(r"[\w.-]*\w", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no name of an assignment; write one such as ps03")
    return text


def _count(text: str) -> int:
    """A number of workers, as an argument."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 up")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    """All commands, in the order in which a grader meets them."""
    parser = argparse.ArgumentParser(prog="python -m autograder", description="Release, collect, grade.", epilog=CODES)
    parser.add_argument("--course", type=Path, default=Path(), help="the course's folder (default: this one)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add = partial(_command, commands)

    command = add("release", "build release/ from source/ and look for leaks", _release)
    command.add_argument("assignment", nargs="*", type=_assignment, help="such as ps03; none means all")
    command.add_argument("--check", action="store_true", help="build nothing; say whether release/ is stale or leaks")
    command.add_argument("--due", default="", help='due date, such as "2026-03-09 23:59 +0700"')
    command.add_argument(
        "--drop",
        action="append",
        default=[],
        metavar="GRADE_ID",
        help="a graded cell that may go, with the points that students have there; may be given again",
    )
    command = add("check", "say how things stand and what is odd; change nothing", _check)
    command.add_argument("assignment", type=_assignment)
    command.add_argument("source", type=Path, nargs="?", help="what came from the students and is not collected yet")
    command.add_argument("--json", action="store_true", help=JSON)
    command = add("collect", "copy what students handed in to submitted/", _collect)
    command.add_argument("assignment", type=_assignment, help="such as ps03; or lessons, for all lesson notebooks")
    command.add_argument(
        "source",
        type=Path,
        help="a zip file from Moodle or Canvas; a folder with folders by student, or with notebooks named "
        "<student>_<assignment>.ipynb; or one notebook",
    )
    command.add_argument("--dry-run", action="store_true", help="write nothing; name what would be written where")
    command.add_argument("--json", action="store_true", help=JSON)
    command = add("grade", "grade what is new in submitted/", _grade)
    command.add_argument("assignment", type=_assignment)
    command.add_argument("--again", action="store_true", help="grade everything again; manual grades stay")
    command.add_argument("--only", nargs="+", default=[], metavar="STUDENT", help="only these students")
    command.add_argument("--dry-run", action="store_true", help="grade nothing; name who would be graded")
    command.add_argument("--json", action="store_true", help=JSON)
    command.add_argument(
        "--workers", type=_count, default=0, help="submissions at once (default: one per processor, 4 at most)"
    )
    command.add_argument("--cluster", default="", metavar="ADDRESS", help="run on a Dask cluster: tcp://host:port")
    command.add_argument(
        "--trust-submissions", action="store_true", help="run students' code without a sandbox; know them all"
    )
    command = add(
        "feedback", "write a page for each student to feedback/, where it is missing or would differ", _feedback
    )
    command.add_argument("assignment", type=_assignment)
    command.add_argument("--again", action="store_true", help="write all pages again")
    command.add_argument("--only", nargs="+", default=[], metavar="STUDENT", help="only these students")
    command.add_argument("--dry-run", action="store_true", help="write nothing; name whose page would be written")
    command.add_argument("--json", action="store_true", help=JSON)
    command.add_argument("--workers", type=_count, default=0, help="pages at once")
    _telling(add)
    command = add("demo", "grade a small invented class from start to end", _demo)
    command.add_argument("--keep", type=Path, default=Path("demo"), help="working folder, made anew (default: demo)")
    return parser


def _telling(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands that tell what came out."""
    command = add("report", "print the table of an assignment again, or write the report on its questions", _report)
    command.add_argument("assignment", type=_assignment)
    command.add_argument(
        "--html", action="store_true", help="write reports/ASSIGNMENT.LANGUAGE.html, with pictures, for teachers only"
    )
    command.add_argument("--json", action="store_true", help=JSON)
    command = add("export", "write all scores as CSV; unfinished scores stay empty", _export)
    command.add_argument("--to", type=Path, default=Path("grades.csv"), help="CSV file (default: grades.csv)")
    command.add_argument("--assignment", default="", help="for Moodle and Canvas: only this one")
    for system, given in (("moodle", "grading worksheet"), ("canvas", "export of the gradebook")):
        name = system.title()
        command.add_argument(f"--{system}", type=Path, metavar="FILE", help=f"also write a CSV that {name} imports")
        command.add_argument(
            f"--{system}-from", type=Path, metavar="FILE", help=f"fill in this {given}, downloaded from {name}"
        )
    command.add_argument("--json", action="store_true", help=JSON)
    command = add("similarity", "list pairs of essays and of code that are alike: a hint, not a verdict", _similarity)
    command.add_argument("assignment", type=_assignment)
    command.add_argument("--language", choices=tuple(LANGUAGES), default="", help="of the page (default: the course's)")
    command.add_argument("--json", action="store_true", help=JSON)
    command = add("marks", "write the marks of the whole course as CSV; what still waits stays empty", _marks)
    command.add_argument("--to", type=Path, default=Path("marks.csv"), help="CSV file (default: marks.csv)")
    command.add_argument("--json", action="store_true", help=JSON)


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str, run: object
) -> argparse.ArgumentParser:
    """Add one command."""
    command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.", epilog=CODES)
    command.set_defaults(run=run)
    return command


def _release(given: argparse.Namespace) -> int:
    from autograder import release

    root = given.course.resolve()
    return release.main(root, check=given.check, due=given.due, only=given.assignment, drop=given.drop)


def _check(given: argparse.Namespace) -> int:
    from autograder import check

    return check.main(given.course.resolve(), given.assignment, given.source, as_json=given.json)


def _collect(given: argparse.Namespace) -> int:
    from autograder import intake

    root = given.course.resolve()
    return intake.main(root, given.source, given.assignment, dry_run=given.dry_run, as_json=given.json)


def _grade(given: argparse.Namespace) -> int:
    import os

    from autograder import bubble, starting

    if given.trust_submissions:
        os.environ[bubble.TRUST] = "1"
    if not given.cluster and not given.dry_run:
        starting.start(given.course, given.assignment)  # they get warm while nbgrader is imported
    from autograder import grade

    return grade.main(given.course.resolve(), given.assignment, cluster=given.cluster, **_how(given))


def _feedback(given: argparse.Namespace) -> int:
    from autograder import workers

    if not given.dry_run:
        workers.start("autograder._prepared")  # they import nbgrader while this process does
    from autograder import feedback

    return feedback.main(given.course.resolve(), given.assignment, **_how(given))


def _how(given: argparse.Namespace) -> dict[str, Any]:
    """How a class is to be worked through."""
    return {"as_json": given.json} | {name: getattr(given, name) for name in ("dry_run", "again", "only", "workers")}


def _report(given: argparse.Namespace) -> int:
    from autograder.report import in_json, table

    root = given.course.resolve()
    if given.html:
        from autograder import page

        pages = page.write(root, given.assignment)
        print(in_json({"pages": pages}) if given.json else "\n".join(map(str, pages)))
    else:
        from autograder import grade

        lines = grade.standing(root, given.assignment)
        print(in_json(lines) if given.json else table(lines))
    return 0


def _export(given: argparse.Namespace) -> int:
    from autograder import grade, gradesheets
    from autograder.report import in_json

    root = given.course.resolve()
    grade.export(root, given.to)
    files, problems = gradesheets.write(
        root,
        moodle_to=given.moodle,
        moodle_from=given.moodle_from,
        canvas_to=given.canvas,
        canvas_from=given.canvas_from,
        assignment=given.assignment,
    )
    files = [given.to, *files]
    if given.json:
        print(in_json({"files": files, "scores": grade.standing(root), "problems": problems}))
        return int(bool(problems))
    print("\n".join(map(str, files)))
    for problem in problems:
        print(f"! {problem}", file=sys.stderr)
    return int(bool(problems))


def _similarity(given: argparse.Namespace) -> int:
    from autograder import similarity

    return similarity.main(given.course.resolve(), given.assignment, spoken=given.language, as_json=given.json)


def _marks(given: argparse.Namespace) -> int:
    from autograder import marks

    return marks.main(given.course.resolve(), given.to, as_json=given.json)


def _demo(given: argparse.Namespace) -> int:
    from autograder import demo

    return demo.main(given.course.resolve(), given.keep)


def console() -> NoReturn:
    """Run one command, and end."""
    code = main()
    gc.freeze()  # else Python looks through all of nbgrader once more, which takes longer than a submission
    sys.exit(code)


if __name__ == "__main__":
    console()
