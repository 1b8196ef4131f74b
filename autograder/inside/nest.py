"""A small world of its own for one submission: what a forked process shuts itself into before a stranger's code runs.

It runs inside the bubble that ``autograder.bubble`` describes, and shares it with the submissions before and after: so
each gets its own users, mounts, processes, messages, network and terminals, a fresh scratch file system that is gone
with it, and no way back up. Linux only; needs no privilege that an ordinary user lacks.
"""

import ctypes
import errno
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
SHARED_OPTIONS = "size=16m,nr_inodes=256,mode=700"  # and what its own processes may share by /dev/shm

_libc = ctypes.CDLL(None, use_errno=True)
_NEW = 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
"""Mounts, names, messages, users, processes, network: without the last, sockets without a path reach the neighbours."""
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
_SECCOMP, _CAPBSET_DROP, _SECUREBITS, _NO_NEW_PRIVS = 22, 24, 28, 38
_LOAD, _IF_SAME, _IF_LARGER, _ANSWER, _ALLOWED, _UNKNOWN = 0x20, 0x15, 0x35, 0x06, 0x7FFF0000, 0x00050000 | errno.ENOSYS
_ABSENT = {
    "x86_64": (0xC000003E, (29, 64, 68, 240, 319, 447, 248, 249, 250, 298, 321, 323, 425)),
    "aarch64": (0xC00000B7, (194, 190, 186, 180, 279, 447, 217, 218, 219, 241, 280, 282, 425)),
}
"""By machine, its mark and the numbers of: shmget, semget, msgget, mq_open, memfd_create, memfd_secret (memory that is
no process's, which nobody would count), add_key, request_key, keyctl (which no namespace keeps apart), perf_event_open,
bpf, userfaultfd, io_uring_setup (which no homework needs, and holes in the kernel are found in)."""
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
    _mount("tmpfs", "/dev/shm", "tmpfs", _NOSUID | _NODEV | _NOEXEC, SHARED_OPTIONS)  # noqa: S108  # one of its own
    _mount("devpts", "/dev/pts", "devpts", _NOSUID | _NOEXEC, "newinstance,ptmxmode=0666,mode=600")
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
    _forget()


def _forget() -> None:
    """Let this process live on a system that lacks some calls; on machines of other kinds it has them all."""
    mark, numbers = _ABSENT.get(os.uname().machine, (0, ()))
    if not numbers:
        return
    steps = [(_LOAD, 0, 0, 4), (_IF_SAME, 0, len(numbers) + 3, mark)]  # calls of another kind of machine: none
    steps += [(_LOAD, 0, 0, 0), (_IF_LARGER, len(numbers) + 1, 0, 1 << 30)]  # the same
    steps += [(_IF_SAME, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    steps += [(_ANSWER, 0, 0, _ALLOWED), (_ANSWER, 0, 0, _UNKNOWN)]
    written = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HP", len(steps), ctypes.addressof(written))
    _checked(_libc.prctl(_SECCOMP, ctypes.c_ulong(2), program, 0, 0), "seccomp")


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
