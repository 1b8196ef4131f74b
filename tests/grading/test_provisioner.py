"""A kernel from the warm process, for whoever runs notebooks by kernels: nbgrader's own ``Execute`` here."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager

from autograder import bubble, course
from autograder.release import release
from autograder.report import rows
from tests.grading import classical

KERNEL = Path(bubble.__file__).parent / "kernels" / "jejaring-shared"
SETTINGS = """
c.Autograde.autograde_preprocessors = Autograde.autograde_preprocessors.default()
c.Execute.kernel_name = "jejaring-shared"
c.AsyncKernelManager.client_class = "autograder.provisioner.ReadyClient"
c.Execute.timeout = 4
c.Sandbox.total_memory = 10**9
"""
LOOKS = """
def look(path):
    try:
        return open(path, 'rb').read()[:6]
    except OSError as error:
        return type(error).__name__
print(look('{gradebook}'), look('{gradebook}'.replace('gradebook.db', 'nbgrader_config.py')))
"""
FORKS = (
    "import os\nfor _ in range(6):\n    if os.fork() == 0:\n        hoard = b'x' * 400_000_000\n        import time\n"
)
FORKS += "        time.sleep(60)\nimport time\ntime.sleep(60)\n"


@pytest.mark.slow
def test_nbgraders_own_execute_uses_it(tmp_path: Path) -> None:
    if trouble := bubble.trouble():
        pytest.skip(trouble)
    root = tmp_path / "course"
    root.mkdir()
    classical.course(root)
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(SETTINGS)
    release(root)
    looks = LOOKS.format(gradebook=root / "gradebook.db")
    class_of = {
        "honest": classical.answered(root),
        "looks": classical.answered(root, mean=looks + classical.RIGHT["mean"]),
        "loops": classical.answered(root, mean="while True: pass"),
        "hoards": classical.answered(root, mean=FORKS),
        "zz-honest": classical.answered(root),
    }
    for student, notebook in class_of.items():
        classical.hand_in(root, student, notebook)
    spec = KernelSpecManager().install_kernel_spec(str(KERNEL), prefix=str(tmp_path / "prefix"))
    environment = {"JUPYTER_PATH": str(Path(spec).parents[1]), "PATH": f"{Path(sys.executable).parent}:{os.defpath}"}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", classical.NAME],
        cwd=root,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    with course.gradebook(course.config(root)) as book:
        points = {one.student: one.points for one in rows(book, root, classical.NAME)}
    assert points["honest"] == points["looks"] == points["zz-honest"] == classical.MOST, done.stderr[-3000:]
    assert points["loops"] == classical.MOST - 2
    seen = (root / "autograded" / "looks" / classical.NAME / f"{classical.NAME}.ipynb").read_text("utf-8")
    assert "FileNotFoundError FileNotFoundError" in seen
    assert "used more than 0.9 GB of memory" in done.stderr
