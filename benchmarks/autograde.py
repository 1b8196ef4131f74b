"""Grading a class, by `python -m autograder grade` and by nbgrader's own `nbgrader autograde`, in turns in one run.

Two assignments: ps03, whose answers are data, and a classical notebook that imports pandas, networkx and plotly
and has eight graded cells with asserts. For each and each size of class: seconds per submission, peak memory of all
processes (PSS: shared pages are counted once), and the ratio. Scores are compared. Needs the extras grading and dev.

    python benchmarks/autograde.py [--sizes 40 400] [--stock 40]

The stock command is run on the first ``--stock`` submissions only, since its time per submission does not depend on how
many there are.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from jejaring.answers import STUDENT, Answer, put, read_notebook
from tests import assignments
from tests.grading.small import cell

ROOT = Path(__file__).resolve().parents[1]
STOCK = """
c.Autograde.autograde_preprocessors = Autograde.autograde_preprocessors.default()
c.Execute.shutdown_kernel = "graceful"
"""
"""Lines that give nbgrader back its own way to run a notebook; answers are still collected, or all would be blank."""
GRADED = 8


def classical() -> dict[str, Any]:
    """A notebook of nbgrader's own kind."""
    start = (
        "import networkx as nx\nimport pandas as pd\nimport plotly.graph_objects as go\ngraph = nx.karate_club_graph()"
    )
    cells = [cell("code", "start", start), cell("code", "picture", "go.Figure(go.Bar(y=[1, 2, 3])).to_json()[:20]")]
    for n in range(GRADED):
        solution = (
            f"def most_{n}(graph):\n    ### BEGIN SOLUTION\n    return sorted(dict(graph.degree).values())[-{n + 1}]"
        )
        cells.append(cell("code", f"most-{n}", f"{solution}\n    ### END SOLUTION", solution=True))
        hidden = f"### BEGIN HIDDEN TESTS\nassert most_{n}(nx.path_graph(9)) in (1, 2)\n### END HIDDEN TESTS"
        test = f"assert most_{n}(graph) > 0\n{hidden}"
        cells.append(cell("code", f"most-{n}-test", test, grade=True, locked=True, points=1))
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}


def course(root: Path, name: str, size: int) -> None:
    """A course of one assignment with a class in which some are wrong."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    folder = root / "source" / "id" / name
    folder.mkdir(parents=True)
    if name == "ps03":
        shutil.copy(ROOT / "source/id/ps03/ps03.ipynb", folder)
    else:
        (folder / f"{name}.ipynb").write_text(json.dumps(classical()), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "autograder", "--course", str(root), "release"], check=True, capture_output=True
    )
    released = read_notebook(root / "release" / "id" / name / f"{name}.ipynb")
    for n in range(size):
        notebook = json.loads(json.dumps(released))
        answer(notebook, name, f"s{n:04}", right=n % 5 > 0)
        path = root / "submitted" / f"s{n:04}" / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")


def answer(notebook: dict[str, Any], name: str, student: str, *, right: bool) -> None:
    """Fill a released notebook in."""
    if name == "ps03":
        known = {qid: value for qid, value in assignments.answered(name).items() if qid in assignments.bank(name)}
        said = {STUDENT: student} | (known if right else dict(list(known.items())[::2]))
        put(notebook, {qid: Answer(value, 1.0) for qid, value in said.items()})
        code = assignments.cell(name, "ps03-index").replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")
    for one in notebook["cells"]:
        if one["id"] == "ps03-index" and right:
            one["source"] = code
        if one["id"].startswith("most-") and not one["id"].endswith("-test"):
            n = int(one["id"].removeprefix("most-")) + (0 if right else 30)
            body = f"    return sorted(dict(graph.degree).values())[-{n + 1}]"
            one["source"] = f"def {one['id'].replace('-', '_')}(graph):\n{body}"


class Peak(threading.Thread):
    """The most memory that a process and all that it started hold together."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.on = pid, 0, True

    def run(self) -> None:
        """Look again and again."""
        while self.on:
            try:
                family = [psutil.Process(self.pid), *psutil.Process(self.pid).children(recursive=True)]
                self.most = max(self.most, sum(pss(one.pid) for one in family))
            except (psutil.Error, OSError):
                pass
            time.sleep(0.3)


def pss(pid: int) -> int:
    """Bytes that a process holds, its share of those that it shares."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return 1024 * int(told.partition("\nPss:")[2].split()[0])


def timed(root: Path, *command: str) -> tuple[float, int]:
    """Seconds and peak memory of a command in a course."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=root, env=os.environ | {"PATH": path}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = Peak(process.pid)
    peak.start()
    if process.wait():
        sys.exit(f"failed: {' '.join(command)}")
    peak.on = False
    return time.perf_counter() - start, peak.most


def scores(root: Path) -> dict[str, str]:
    """Points by student."""
    command = [sys.executable, "-m", "autograder", "--course", str(root), "export", "--to", str(root / "grades.csv")]
    subprocess.run(command, check=True, capture_output=True)
    with (root / "grades.csv").open(encoding="utf-8") as file:
        return {line["student"]: line["points"] for line in csv.DictReader(file)}


def compare(name: str, size: int, stock: int) -> None:
    """One assignment, one size."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours", Path(folder) / "theirs"
        for root, count in ((ours, size), (theirs, min(size, stock))):
            root.mkdir()
            course(root, name, count)
        with (theirs / "nbgrader_config.py").open("a", encoding="utf-8") as config:
            config.write(STOCK)
        seconds, memory = timed(ours, sys.executable, "-m", "autograder", "grade", name)
        before, held = timed(theirs, sys.executable, "-m", "nbgrader", "autograde", name)
        each, stock_each = seconds / size, before / min(size, stock)
        same = scores(theirs)
        if different := {student for student, points in scores(ours).items() if same.get(student, points) != points}:
            sys.exit(f"{name}: other scores for {sorted(different)}")
        print(
            f"{name:10} {size:4} submissions: {each:6.3f} s each, {memory / 1e6:5.0f} MB; "
            f"stock {stock_each:6.3f} s each, {held / 1e6:5.0f} MB; ratio {stock_each / each:5.1f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[40, 400])
    parser.add_argument("--stock", type=int, default=40)
    given = parser.parse_args()
    for size in given.sizes:
        for name in ("ps03", "classical"):
            compare(name, size, given.stock)


if __name__ == "__main__":
    main()
