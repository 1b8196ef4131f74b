"""Runs a submission's cells for nbgrader: in a warm process, and never so that one submission stops the class.

An assignment whose tests all call ``mark(...)`` is graded as *data*: the instructor's cells run, and nothing of the
student's. One with tests of the classical kind is graded in *shared* mode: student and tests run in one kernel, in a
sandbox, and a determined student can forge such a score from inside; the report says so.
"""

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import DeadKernelError
from nbgrader.preprocessors import Execute
from nbgrader.preprocessors.execute import UnresponsiveKernelError
from nbgrader.utils import is_grade
from traitlets import Int

from autograder import warm
from autograder.course import CourseError
from autograder.modes import DATA, is_trusted, mode, refusal
from jejaring.answers import META

__all__ = ["KERNELS", "RunCells", "without_links"]

KERNELS = Path(__file__).with_name("kernels")


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

    most_output = Int(4_000_000, help="characters of output that one submission may give").tag(config=True)

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Run one submission."""
        if why := refusal(nb.cells):
            raise CourseError(why)
        self._said, self._why, self._honest = 0, "", True
        self._guard: Any = None
        self._ran: set[int] = set()
        try:
            if mode(nb.cells) == DATA:
                self._directly(nb, Path(resources["metadata"]["path"]))
            else:
                nb, resources = super().preprocess(nb, resources, km)
                self._disbelieve(nb)
        except (DeadKernelError, UnresponsiveKernelError, RuntimeError, TimeoutError) as error:
            self._stopped(nb, self._why or self._reason() or f"was cut short ({error})")
        nb.metadata.pop("widgets", None)
        return nb, resources

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Run a cell; after the last one ask the kernel something of which we know the answer."""
        self._guard = self.km.provisioner  # it knows why it ended a kernel, and is gone from the manager then
        cell, resources = super().preprocess_cell(cell, resources, index)
        self._ran.add(index)
        if index == len(self.nb.cells) - 1:
            self._honest = all(self._answers(*question) for question in _questions())
        return cell, resources

    def _answers(self, source: str, kind: str, said: str) -> bool:
        """Whether the kernel gives a cell of ours the one output that it must have."""
        probe = nbformat.v4.new_code_cell(source)
        self.nb.cells.append(probe)
        try:
            self.execute_cell(probe, len(self.nb.cells) - 1, store_history=False)
        finally:
            self.nb.cells.pop()
        return any(one.output_type == kind and said in one.get("text", one.get("evalue", "")) for one in probe.outputs)

    def _disbelieve(self, nb: Any) -> None:
        """Take the points of a notebook whose kernel does not say of itself what is true."""
        if not self._honest:
            self._stopped(
                nb, "changed how Python reports errors or runs cells, so that none of its tests can be believed"
            )

    def _directly(self, nb: Any, folder: Path) -> None:
        """Run the instructor's cells, without a kernel."""
        cells = [
            (place, cell.source)
            for place, cell in enumerate(nb.cells)
            if cell.cell_type == "code" and self.skip_cells_with_tag not in cell.metadata.get("tags", [])
        ]
        for place, count, outputs in warm.run(cells, folder):
            nb.cells[place].execution_count = count
            nb.cells[place].outputs = nbformat.from_dict(outputs)

    def create_kernel_manager(self) -> Any:
        """Make a manager that knows our kernels, wherever the package is installed."""
        name = "python3" if is_trusted() else "jejaring-shared"
        specs = KernelSpecManager(kernel_dirs=[str(KERNELS)], ensure_native_kernel=is_trusted())
        self.km = AsyncKernelManager(
            kernel_name=name,
            kernel_spec_manager=specs,
            client_class="autograder.provisioner.ReadyClient",
            config=self.config,
        )
        return self.km

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """Count what is said, and end who says too much."""
        if msg["msg_type"] in {"stream", "display_data", "execute_result", "error", "update_display_data"}:
            self._said += sum(len(str(part)) for part in msg["content"].values())
            if self._said > self.most_output:
                self._why = f"wrote more than {self.most_output:,} characters of output"
                raise RuntimeError(self._why)
        return super().process_message(msg, cell, cell_index)

    def _reason(self) -> str:
        """Why the kernel was ended, if it was ended by its guard."""
        return str(getattr(self._guard, "why", ""))

    def _stopped(self, nb: Any, why: str) -> None:
        """Give what had not run an error, which is worth nothing; a cell without output would be worth everything."""
        self.log.error("Stopped: the notebook %s", why)
        nb.metadata.setdefault(META, {}).setdefault("flags", {})["stopped"] = why
        for index, cell in enumerate(nb.cells):
            if cell.cell_type == "code" and is_grade(cell) and (index not in self._ran or not self._honest):
                cell.outputs = [
                    nbformat.v4.new_output(
                        "error", ename="Stopped", evalue=f"the notebook {why}", traceback=[f"The notebook {why}."]
                    )
                ]


def _questions() -> list[tuple[str, str, str]]:
    """Cells that nobody could foresee, with the output of each."""
    one, two = secrets.token_hex(8), secrets.token_hex(8)
    return [
        (f"print('{one}')", "stream", f"{one}\n"),
        (f"assert len('{two}') == 15, '{two}'", "error", two),
    ]
