"""What code of strangers may see of this machine: Python, its libraries, and nothing else.

Built with bubblewrap: a file system put together from read-only parts, no network, processes and users of its own. The
superuser first becomes nobody, since inside a bubble root's number would still own what root owns outside. Where
bubblewrap is missing, or the system forbids it, `trouble` says so and what to do; nothing runs unprotected by accident.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from autograder.inside.nest import SCRATCH
from jejaring.errors import JejaringError

__all__ = [
    "INSIDE",
    "NOBODY",
    "SCRATCH",
    "TRUST",
    "SandboxError",
    "environment",
    "handed_over",
    "is_trusted",
    "packages",
    "trouble",
    "wrapped",
]

INSIDE = Path(__file__).resolve().parent / "inside"
NOBODY = 65534
TRUST = "JEJARING_TRUST_SUBMISSIONS"
_SYSTEM = ("/bin", "/lib", "/lib64", "/lib32", "/sbin")
_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts", "/etc/mime.types")


class SandboxError(JejaringError):
    """Students' code can't be run safely here."""


def is_trusted() -> bool:
    """Whether whoever grades has said that students' code may run without a sandbox."""
    return os.environ.get(TRUST) == "1"


@cache
def trouble() -> str:
    """Say why there can be no bubble here and what to do about it; an empty text if there can."""
    if sys.platform != "linux":
        return "Students' code is run in a sandbox that only Linux has. Grade on Linux, or in a Linux container."
    if shutil.which("bwrap") is None:
        return (
            "Students' code is run in a sandbox that needs bubblewrap, which is not installed. Install it: "
            "sudo apt-get install bubblewrap (or dnf, pacman, zypper install bubblewrap)."
        )
    tried = subprocess.run(
        wrapped([sys.executable, "-I", "-c", ""]), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if tried.returncode == 0:
        return ""
    said = (tried.stderr.strip().splitlines() or ["no message"])[-1][:200]
    return (
        f"Students' code is run in a sandbox, and bubblewrap can't make one here ({said}). In a container, allow user "
        "namespaces (docker run --security-opt seccomp=unconfined); on Ubuntu 24.04 and later allow them for bwrap in "
        "AppArmor."
    )


def wrapped(command: Sequence[str], *, folder: Path | None = None, readable: Sequence[Path] = ()) -> list[str]:
    """Put a command into a bubble.

    Parameters
    ----------
    command : sequence of str
        A command line; its files must be among what can be read.
    folder : Path, optional
        The one folder that can be written, besides a small scratch file system.
    readable : sequence of Path
        What else can be read.
    """
    parts = ["bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net"]
    parts += ["--unshare-cgroup-try", "--die-with-parent", "--cap-drop", "ALL", "--hostname", "grader", "--clearenv"]
    for name, value in environment().items():
        parts += ["--setenv", name, value]
    parts += ["--ro-bind", "/usr", "/usr"]
    for place in _SYSTEM:
        if os.path.islink(place):  # noqa: PTH114  # as text: Path would follow it
            parts += ["--symlink", os.readlink(place), place]  # noqa: PTH115  # the same
        elif Path(place).exists():
            parts += ["--ro-bind", place, place]
    for file in _FILES:
        parts += ["--ro-bind-try", file, file]
    parts += ["--proc", "/proc", "--dev", "/dev"]
    shown = sorted({*_python(), INSIDE, *(path.resolve() for path in readable)})
    for path in shown:
        if path == INSIDE:  # but nothing else of the grader's side
            parts += ["--tmpfs", str(path.parent)]
        parts += ["--ro-bind", str(path), str(path)]
    if folder:
        parts += ["--bind", str(folder), str(folder)]
    parts += ["--dir", SCRATCH, "--size", str(64 * 2**20), "--tmpfs", SCRATCH, "--chdir", SCRATCH]
    for place in ("/", "/dev", str(INSIDE.parent)):
        parts += ["--remount-ro", place]  # else what one submission writes there the next one finds
    return [*_as_nobody(shown), *parts, "--", *command]


def environment(home: str = SCRATCH) -> dict[str, str]:
    """Name the few variables that a stranger's process has."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ") if name in os.environ}
    own = {
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
        "HOME": home,
        "TMPDIR": home,
        "IPYTHONDIR": f"{home}/ipy",
    }
    quiet = {
        "JUPYTER_PLATFORM_DIRS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PLOTLY_RENDERER": "plotly_mimetype",  # as in a kernel; else each notebook brings plotly's whole library
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return kept | own | quiet


def packages(*names: str) -> list[Path]:
    """Where packages of the course lie, which an editable install keeps outside of Python's own folders."""
    found = []
    for name in names:
        module = sys.modules.get(name) or __import__(name)
        found.append(Path(str(module.__file__)).resolve().parent)
    return found


def handed_over(folder: Path) -> None:
    """Give a folder and all in it to whoever the bubble runs as; links are left alone."""
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def _python() -> list[Path]:
    """Folders of this Python and of its environment."""
    return [Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve()]


def _as_nobody(shown: Sequence[Path]) -> list[str]:
    """How the superuser becomes nobody, who may not even pass through the superuser's home."""
    if os.getuid() != 0:
        return []
    parts = ["bwrap", "--dev-bind", "/", "/", "--die-with-parent"]
    hidden = sorted({closed for path in shown if (closed := _closed(path))})
    for place in hidden:
        parts += ["--tmpfs", str(place)]
        beneath = [path for path in shown if place in path.parents]
        for folder in sorted({above for path in beneath for above in path.parents if place in above.parents}):
            parts += ["--perms", "0755", "--dir", str(folder)]
        for path in beneath:
            parts += ["--ro-bind", str(path), str(path)]
    drop = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"]
    return [*parts, "--", *drop, "--"]


def _closed(path: Path) -> Path | None:
    """The topmost folder on the way to a path that others may not pass through."""
    return next((above for above in _down(path) if not above.stat().st_mode & 0o001), None)


def _down(path: Path) -> Iterator[Path]:
    """The folders above a path, from the root."""
    return reversed(path.parents)
