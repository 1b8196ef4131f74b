"""A warm process: it imports once what every notebook imports, and is forked once for each submission.

    python -I zygote.py FD CONFIG

FD is a socket of packets, CONFIG a JSON table: ``preload`` (modules), ``warmup`` (code to run once), ``direct``
(whether it is for an instructor's cells). A request is a JSON table with ``env`` and ``cwd``, and either ``cells`` and
``result`` (files; see `direct`) or ``argv`` of a kernel, ``limits``, ``job`` and ``jobs`` (see `nest`). The reply is
``{"pid": ...}`` with a descriptor of that process, or ``{"error": ...}``. It ends when the socket closes, or after some
minutes without a request.
"""

import gc
import importlib
import json
import os
import random
import signal
import socket
import sys
import types
from pathlib import Path
from typing import Any, NoReturn

__all__ = ["main"]

HERE = str(Path(__file__).resolve().parent)
IDLE = 300.0  # seconds; who grades later gets a fresh one, with the course as it is then


def main() -> None:
    """Get warm, say so, and serve."""
    import direct
    import nest  # noqa: F401  # as long as both can be found: `warm` leaves the path as a notebook has it

    wire = socket.socket(fileno=int(sys.argv[1]))
    config = json.loads(sys.argv[2])
    failed = warm(config["preload"], "" if config["direct"] else config["warmup"])
    if config["direct"]:
        direct.prepare(config["warmup"])
    gc.collect()
    gc.freeze()  # pages that the collector would touch in every fork stay shared
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    wire.send(json.dumps({"ready": True, "threads": threads(), "failed": failed}).encode())
    wire.settimeout(IDLE)
    while True:
        try:
            asked = wire.recv(1 << 20)
        except TimeoutError:
            asked = b""
        if not asked:
            os._exit(0)
        answer(wire, json.loads(asked))


def warm(preload: list[str], warmup: str) -> list[str]:
    """Import the modules with a shell in place, since many look for one; name those that can't be imported."""
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # it is slow, and only checks addresses
    import ipykernel.kernelapp  # noqa: F401  # every kernel imports it
    import IPython.core.completer  # noqa: F401  # the same
    from ipykernel.zmqshell import ZMQInteractiveShell
    from traitlets.config import Config

    kept = sys.displayhook, sys.excepthook, sys.modules["__main__"], list(sys.path), dict(os.environ)
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.IPKernelApp.parent_handle = 1
    shell = ZMQInteractiveShell.instance(config=settings)
    failed = []
    for module in preload:
        try:
            importlib.import_module(module)
        except Exception as error:  # noqa: BLE001  # a module that is missing here is missing in the notebook too
            failed.append(f"{module}: {error!r}")
    if warmup:
        exec(compile(warmup, "<warmup>", "exec"), {"__name__": "warmup"})  # noqa: S102  # code of the grader itself
    import atexit

    atexit.unregister(shell.atexit_operations)
    ZMQInteractiveShell.clear_instance()
    sys.displayhook, sys.excepthook, sys.modules["__main__"] = kept[:3]
    sys.path[:] = [place for place in kept[3] if place not in (HERE, "")]
    os.environ.clear()
    os.environ.update(kept[4])
    return failed


def threads() -> int:
    """How many threads there are; a fork keeps only one, so there must be no other."""
    return len(list(Path("/proc/self/task").iterdir()))


def answer(wire: socket.socket, request: dict[str, Any]) -> None:
    """Fork for one request."""
    try:
        child = os.fork()
    except OSError as error:
        wire.send(json.dumps({"error": repr(error)}).encode())
        return
    if child == 0:
        serve(wire, request)
    if "job" not in request:  # else the process inside is reported by the one that let it in
        report(wire, child)


def report(wire: socket.socket, child: int) -> None:
    """Hand a descriptor of a process to whoever asked."""
    descriptor = os.pidfd_open(child)
    socket.send_fds(wire, [json.dumps({"pid": child}).encode()], [descriptor])
    os.close(descriptor)


def serve(wire: socket.socket, request: dict[str, Any]) -> NoReturn:
    """Become the kernel of one submission."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        kernel(wire, request) if "job" in request else cells(wire, request)
    except SystemExit:
        pass
    except BaseException as error:  # noqa: BLE001  # whatever it is, the grader must hear of it
        try:
            wire.send(json.dumps({"error": repr(error)}).encode())
        except OSError:
            sys.__stderr__.write(f"{error!r}\n") if sys.__stderr__ else None
    os._exit(0)


def cells(wire: socket.socket, request: dict[str, Any]) -> None:
    """Run an instructor's cells."""
    import direct

    settle(wire, request)
    direct.run(json.loads(Path(request["cells"]).read_text(encoding="utf-8")), Path(request["result"]))


def kernel(wire: socket.socket, request: dict[str, Any]) -> None:
    """Shut the door behind a stranger's notebook, and run a kernel for it until it is told to stop."""
    import nest
    from ipykernel.kernelapp import IPKernelApp

    job = Path(request["job"])
    nest.enter(job, Path(request["jobs"]), lambda child: report(wire, child))
    nest.limit(request["limits"])
    settle(wire, request)
    sys.argv = ["ipykernel_launcher", *request["argv"]]
    sys.modules["__main__"] = types.ModuleType("__main__")
    app = IPKernelApp.instance()
    app.initialize(request["argv"])  # opens its sockets in the job's folder
    nest.lock(job)
    app.start()


def settle(wire: socket.socket, request: dict[str, Any]) -> None:
    """Leave behind what belongs to the warm process."""
    wire.close()
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    reseed()


def reseed() -> None:
    """Begin chance anew: all forks would draw the same numbers."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


if __name__ == "__main__":
    sys.path.insert(0, HERE)
    main()
