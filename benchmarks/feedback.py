"""Feedback for a class by `python -m autograder feedback` and by nbgrader's `nbgrader generate_feedback`, in one run.

A graded class of ps03, in which some are wrong. For each size: seconds per page of the whole command, peak memory of
all processes (PSS: shared pages are counted once), the ratio, and what a second run with nothing new takes. Both must
write the same pages, byte for byte. Needs the extras grading and dev.

    python benchmarks/feedback.py [--sizes 40 400]
"""

import argparse
import filecmp
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.autograde import course, timed

OURS = (sys.executable, "-m", "autograder", "feedback", "ps03")
STOCK = (sys.executable, "-m", "nbgrader", "generate_feedback", "ps03")


def compare(size: int) -> None:
    """One size."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours", Path(folder) / "theirs"
        ours.mkdir()
        course(ours, "ps03", size)
        timed(ours, sys.executable, "-m", "autograder", "grade", "ps03")
        shutil.copytree(ours, theirs)
        seconds, memory = timed(ours, *OURS)
        before, held = timed(theirs, *STOCK)
        again, _ = timed(ours, *OURS)
        pages = [path.relative_to(theirs) for path in sorted(theirs.glob("feedback/*/ps03/ps03.html"))]
        if len(pages) != size:
            sys.exit(f"{len(pages)} of {size} pages")
        if different := [page for page in pages if not filecmp.cmp(ours / page, theirs / page, shallow=False)]:
            sys.exit(f"other pages: {', '.join(map(str, different))}")
    print(
        f"{size:4} pages: {seconds / size:6.3f} s each, {memory / 1e6:4.0f} MB; "
        f"stock {before / size:6.3f} s each, {held / 1e6:4.0f} MB; ratio {before / seconds:4.1f}; "
        f"nothing new: {again:4.1f} s",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[40, 400])
    for size in parser.parse_args().sizes:
        compare(size)


if __name__ == "__main__":
    main()
