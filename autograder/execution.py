"""Runs a submission's cells for nbgrader, in a fork of a warm process; one submission never stops the class.

An assignment whose tests all call ``mark(...)`` is graded as *data*: the instructor's cells run, and nothing of the
student's. One with tests of the classical kind is graded in *shared* mode: student and tests run in one process, in
a sandbox, and a determined student can forge such a score from inside; the report says so.
"""

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import DeadKernelError
from nbgrader.preprocessors import Execute
from nbgrader.preprocessors.execute import UnresponsiveKernelError
from nbgrader.utils import is_grade

from autograder import warm
from autograder.bubble import is_trusted
from autograder.course import CourseError
from autograder.guarded import Sandbox, Visit
from autograder.harmless import harmless
from autograder.modes import DATA, mode, refusal
from autograder.warm import LostError, twice
from jejaring.answers import META

__all__ = ["RunCells", "without_links"]

LONGEST = 60.0  # seconds of a cell where no setting says otherwise


def without_links(*, notebooks: Iterable[str] = (), **_: Any) -> None:
    """Take links out of submissions' folders, since nbgrader would copy what they lead to: its ``pre_convert_hook``."""
    for folder in {Path(notebook).parent for notebook in notebooks}:
        for path in folder.rglob("*"):
            if path.is_symlink():
                path.unlink()


class RunCells(Execute):
    """nbgrader's ``Execute``, in a fork of a warm process.

    A process that dies, hangs, floods or is ended costs the submission the points of the cells that had not run, and
    the rest of the class nothing; ``metadata.jejaring.flags.stopped`` says what happened.
    """

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Run one submission."""
        if why := refusal(nb.cells):
            raise CourseError(why)
        folder = Path(resources["metadata"]["path"])
        self._ran: set[int] = set()
        try:
            if mode(nb.cells) == DATA:
                self._directly(nb, folder)
            elif is_trusted():
                nb, resources = super().preprocess(nb, resources, km)
            else:
                twice(lambda: self._guarded(nb, folder))
        except (DeadKernelError, UnresponsiveKernelError, TimeoutError) as error:  # of a kernel, or of ours
            self._stopped(nb, f"was cut short ({error})")
        except LostError as error:
            self._stopped(nb, str(error))
        nb.metadata.pop("widgets", None)
        return nb, resources

    def _guarded(self, nb: Any, folder: Path) -> None:
        """Run a stranger's notebook; after the last cell ask its process something of which we know the answer."""
        seconds = float(self.timeout or LONGEST)
        self._ran.clear()
        with Visit(Sandbox(parent=self), folder) as visit:
            for place, cell in self._to_run(nb):
                count, outputs = visit.run(cell.source, seconds)
                cell.execution_count, cell.outputs = count, _outputs(outputs)
                self._ran.add(place)
            for source, kind, said in _questions():
                _, outputs = visit.run(source, seconds)
                if not any(one.output_type == kind and said in _text(one) for one in _outputs(outputs)):
                    self._ran.clear()
                    raise LostError(
                        "changed how Python reports errors or runs cells, so that none of its tests can be believed"
                    )

    def _to_run(self, nb: Any) -> list[tuple[int, Any]]:
        """Code cells that nobody has tagged to be left out."""
        return [
            (place, cell)
            for place, cell in enumerate(nb.cells)
            if cell.cell_type == "code" and self.skip_cells_with_tag not in cell.metadata.get("tags", [])
        ]

    def _directly(self, nb: Any, folder: Path) -> None:
        """Run the instructor's cells, without a kernel."""
        cells = [(place, cell.source) for place, cell in self._to_run(nb)]
        for place, count, outputs in warm.run(cells, folder):
            nb.cells[place].execution_count = count
            nb.cells[place].outputs = nbformat.from_dict(outputs)

    def _stopped(self, nb: Any, why: str) -> None:
        """Give what had not run an error, which is worth nothing; a cell without output would be worth everything."""
        self.log.error("Stopped: the notebook %s", why)
        nb.metadata.setdefault(META, {}).setdefault("flags", {})["stopped"] = why
        for index, cell in enumerate(nb.cells):
            if cell.cell_type == "code" and is_grade(cell) and index not in self._ran:
                cell.outputs = [
                    nbformat.v4.new_output(
                        "error", ename="Stopped", evalue=f"the notebook {why}", traceback=[f"The notebook {why}."]
                    )
                ]


def _outputs(said: Any) -> list[Any]:
    """Outputs as a stranger's process tells them, if a notebook can hold them, and without what could act."""
    try:
        outputs = [nbformat.from_dict(one) for one in said]
        for one in outputs:
            nbformat.validate(one, ref="output", version=4)
    except (nbformat.ValidationError, AttributeError, TypeError, RecursionError) as error:
        raise LostError("gave outputs that are none") from error
    return harmless(outputs)


def _text(output: Any) -> str:
    """What an output says."""
    return str(output.get("text", output.get("evalue", "")))


def _questions() -> list[tuple[str, str, str]]:
    """Cells that nobody could foresee, with the output of each."""
    one, two = secrets.token_hex(8), secrets.token_hex(8)
    return [
        (f"print('{one}')", "stream", f"{one}\n"),
        (f"assert len('{two}') == 15, '{two}'", "error", two),
    ]
