"""The grader's command line: ``python -m autograder --help``."""

import argparse
import sys
from functools import partial
from pathlib import Path

from jejaring.errors import JejaringError
from jejaring.language import LANGUAGES

__all__ = ["main"]

CODES = (
    "Exit code: 0 all went well; 1 something needs a person, and is named; 2 the call was wrong or nothing was there."
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except JejaringError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Interrupted. What is done stays done: run the same command again to go on.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    """All commands, in the order in which a grader meets them."""
    parser = argparse.ArgumentParser(prog="python -m autograder", description="Release, collect, grade.", epilog=CODES)
    parser.add_argument("--course", type=Path, default=Path(), help="the course's folder (default: this one)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add = partial(_command, commands)

    command = add("release", "build release/ from source/ and look for leaks", _release)
    command.add_argument("assignment", nargs="*", help="such as ps03; none means all")
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
    command.add_argument("assignment")
    command.add_argument("source", type=Path, nargs="?", help="what came from the students and is not collected yet")
    command = add("collect", "copy what students handed in to submitted/", _collect)
    command.add_argument("assignment", help="such as ps03; or lessons, for all lesson notebooks")
    command.add_argument(
        "source",
        type=Path,
        help="a zip file from Moodle or Canvas; a folder with folders by student, or with notebooks named "
        "<student>_<assignment>.ipynb; or one notebook",
    )
    command = add("grade", "grade what is new in submitted/", _grade)
    command.add_argument("assignment")
    command.add_argument("--again", action="store_true", help="grade everything again; manual grades stay")
    command.add_argument("--only", nargs="+", default=[], metavar="STUDENT", help="only these students")
    command.add_argument("--dry-run", action="store_true", help="grade nothing; name who would be graded")
    command.add_argument("--json", action="store_true", help="print the results as JSON")
    command.add_argument(
        "--workers", type=int, default=0, help="submissions at once (default: one per processor, 4 at most)"
    )
    command.add_argument("--cluster", default="", metavar="ADDRESS", help="run on a Dask cluster: tcp://host:port")
    command.add_argument(
        "--trust-submissions", action="store_true", help="run students' code without a sandbox; know them all"
    )
    command = add(
        "feedback", "write a page for each student to feedback/, where it is missing or would differ", _feedback
    )
    command.add_argument("assignment")
    command.add_argument("--again", action="store_true", help="write all pages again")
    command.add_argument("--only", nargs="+", default=[], metavar="STUDENT", help="only these students")
    command.add_argument("--dry-run", action="store_true", help="write nothing; name whose page would be written")
    command.add_argument("--json", action="store_true", help="print what was written as JSON")
    command.add_argument("--workers", type=int, default=0, help="pages at once")
    command = add("report", "print the table of an assignment again, or write the report on its questions", _report)
    command.add_argument("assignment")
    command.add_argument(
        "--html", action="store_true", help="write reports/ASSIGNMENT.LANGUAGE.html, with pictures, for teachers only"
    )
    command = add("export", "write all scores as CSV; unfinished scores stay empty", _export)
    command.add_argument("--to", type=Path, default=Path("grades.csv"), help="CSV file (default: grades.csv)")
    command.add_argument("--assignment", default="", help="for Moodle and Canvas: only this one")
    for system, given in (("moodle", "grading worksheet"), ("canvas", "export of the gradebook")):
        name = system.title()
        command.add_argument(f"--{system}", type=Path, metavar="FILE", help=f"also write a CSV that {name} imports")
        command.add_argument(
            f"--{system}-from", type=Path, metavar="FILE", help=f"fill in this {given}, downloaded from {name}"
        )
    command = add("similarity", "list pairs of essays and of code that are alike: a hint, not a verdict", _similarity)
    command.add_argument("assignment")
    command.add_argument("--language", choices=tuple(LANGUAGES), default="", help="of the page (default: the course's)")
    command = add("marks", "write the marks of the whole course as CSV; what still waits stays empty", _marks)
    command.add_argument("--to", type=Path, default=Path("marks.csv"), help="CSV file (default: marks.csv)")
    command = add("demo", "grade a small invented class from start to end", _demo)
    command.add_argument("--keep", type=Path, default=Path("demo"), help="working folder, made anew (default: demo)")
    return parser


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

    return check.main(given.course.resolve(), given.assignment, given.source)


def _collect(given: argparse.Namespace) -> int:
    from autograder import intake

    return intake.main(given.course.resolve(), given.source, given.assignment)


def _grade(given: argparse.Namespace) -> int:
    import os

    from autograder import bubble, starting

    if given.trust_submissions:
        os.environ[bubble.TRUST] = "1"
    if not given.cluster and not given.dry_run:
        starting.start(given.course, given.assignment)  # they get warm while nbgrader is imported
    from autograder import grade

    return grade.main(
        given.course.resolve(),
        given.assignment,
        as_json=given.json,
        dry_run=given.dry_run,
        again=given.again,
        only=given.only,
        workers=given.workers,
        cluster=given.cluster,
    )


def _feedback(given: argparse.Namespace) -> int:
    from autograder import workers

    if not given.dry_run:
        workers.start("autograder.feedback")  # they import nbgrader while this process does
    from autograder import feedback

    return feedback.main(
        given.course.resolve(),
        given.assignment,
        as_json=given.json,
        dry_run=given.dry_run,
        again=given.again,
        only=given.only,
        workers=given.workers,
    )


def _report(given: argparse.Namespace) -> int:
    root = given.course.resolve()
    if given.html:
        from autograder import page

        print("\n".join(map(str, page.write(root, given.assignment))))
    else:
        from autograder import grade

        print(grade.overview(root, given.assignment))
    return 0


def _export(given: argparse.Namespace) -> int:
    from autograder import grade, gradesheets

    root = given.course.resolve()
    grade.export(root, given.to)
    print(given.to)
    return gradesheets.main(
        root,
        moodle_to=given.moodle,
        moodle_from=given.moodle_from,
        canvas_to=given.canvas,
        canvas_from=given.canvas_from,
        assignment=given.assignment,
    )


def _similarity(given: argparse.Namespace) -> int:
    from autograder import similarity

    return similarity.main(given.course.resolve(), given.assignment, spoken=given.language)


def _marks(given: argparse.Namespace) -> int:
    from autograder import marks

    return marks.main(given.course.resolve(), given.to)


def _demo(given: argparse.Namespace) -> int:
    from autograder import demo

    return demo.main(given.course.resolve(), given.keep)


if __name__ == "__main__":
    sys.exit(main())
