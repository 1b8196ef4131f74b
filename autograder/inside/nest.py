"""A small world of its own for one submission: what a forked process shuts itself into before a stranger's code runs.

It runs inside the bubble that ``autograder.bubble`` describes, and shares it with the submissions before and after: so
each gets its own users, mounts, processes and messages, a fresh scratch file system that is gone with it, and no way
back up. Linux only; needs no privilege that an ordinary user lacks.
"""

import ctypes
import os
import resource
import shutil
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

__all__ = ["SCRATCH", "enter", "limit", "lock"]

SCRATCH = "/scratch"
SCRATCH_OPTIONS = "size=64m,nr_inodes=8192,mode=700"  # all that one submission may write, files and their number

_libc = ctypes.CDLL(None, use_errno=True)
_NEW = 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000  # mounts, names, messages, users, processes
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
_CAPBSET_DROP, _SECUREBITS, _NO_NEW_PRIVS = 24, 28, 38
_LIMITS = {
    "seconds": resource.RLIMIT_CPU,
    "memory": resource.RLIMIT_AS,
    "file": resource.RLIMIT_FSIZE,
    "files": resource.RLIMIT_NOFILE,
    "processes": resource.RLIMIT_NPROC,
    "core": resource.RLIMIT_CORE,
}


def enter(job: Path | None, report: Callable[[int], None]) -> None:
    """Move into new namespaces; only the first process of them comes back from here.

    Parameters
    ----------
    job : Path or None
        This submission's folder, if it has one; those beside it are hidden. The scratch file system gets a copy of what
        is in ``work`` there.
    report : callable
        Is told, outside, the number of the process that went in; then the outside process ends.
    """
    user, group = os.getuid(), os.getgid()
    _checked(_libc.unshare(_NEW), "unshare")
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")
    if inside := os.fork():
        report(inside)
        os._exit(0)
    _mount(None, "/", flags=_REC | _PRIVATE)
    _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    _mount("tmpfs", SCRATCH, "tmpfs", _NOSUID | _NODEV, SCRATCH_OPTIONS)
    if job:
        kept = os.open(job, os.O_PATH)
        _mount("tmpfs", str(job.parent), "tmpfs", _NOSUID | _NODEV, "size=64k,mode=755")
        job.mkdir()
        _mount(f"/proc/self/fd/{kept}", str(job), flags=_BIND)
        os.close(kept)
        shutil.copytree(job / "work", f"{SCRATCH}/work")
    _write("/proc/sys/user/max_user_namespaces", "0")


def lock(job: Path | None) -> None:
    """Give up what is left of the power to change this world: the job's folder is for reading from here on."""
    if job:
        _mount(None, str(job), flags=_REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV | _NOEXEC)
    _libc.prctl(_SECUREBITS, ctypes.c_ulong(0x2F), 0, 0, 0)
    for capability in range(64):
        if _libc.prctl(_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0):
            break
    _checked(_libc.capset(struct.pack("Ii", 0x20080522, 0), b"\0" * 24), "capset")
    _checked(_libc.prctl(_NO_NEW_PRIVS, ctypes.c_ulong(1), 0, 0, 0), "no_new_privs")


def limit(limits: Mapping[str, int]) -> None:
    """Bound what this process may use from now on; what it starts inherits the bounds."""
    for name, most in limits.items():
        hard = resource.getrlimit(_LIMITS[name])[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(_LIMITS[name], (bound, bound))


def _mount(
    source: str | None, target: str, kind: str | None = None, flags: int = 0, options: str | None = None
) -> None:
    """Mount, or say what could not be mounted."""
    said = [None if part is None else part.encode() for part in (source, target, kind, options)]
    _checked(_libc.mount(said[0], said[1], said[2], ctypes.c_ulong(flags), said[3]), f"mount {target}")


def _checked(result: int, what: str) -> None:
    """Raise what the system said."""
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _write(path: str, text: str) -> None:
    """Write into a file of the kernel's, in one go."""
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)
