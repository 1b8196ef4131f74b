"""A warm process: it imports once what every notebook imports, and is forked once for each submission.

    python -I zygote.py FD

FD is a socket of packets; what standard input has is a JSON table: ``kind`` (see `KINDS`), ``preload`` (modules),
``warmup`` (a cell to run once), ``texts`` (cells to be known). A request is a JSON table, and with it come two sockets:
one for the reply, ``{"pid": ...}`` with a descriptor of that process or ``{"error": ...}``, and one for what the two
have to say to each other then. It ends when nobody holds the other end of FD any more or, for an instructor's cells,
after some minutes without a request.
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

__all__ = ["KINDS", "main"]

KINDS = ("own", "answers", "notebooks")
"""What its forks run: an instructor's cells; strangers' functions; strangers' notebooks, as kernels or cell by cell."""
HERE = str(Path(__file__).resolve().parent)
IDLE = 300.0  # seconds; who grades later gets a fresh one, with the course as it is then


def main() -> None:
    """Get warm, say so, and serve."""
    import child  # noqa: F401  # as long as they can be found: `warm` leaves the path as a notebook has it
    import nest  # noqa: F401  # the same

    wire = socket.socket(fileno=int(sys.argv[1]))
    config = json.load(sys.stdin)
    failed: list[str] = []
    if config["kind"] != "answers":
        import direct

        failed = warm(config["preload"])
        direct.prepare(config["warmup"], config["texts"])
    gc.collect()
    gc.freeze()  # pages that the collector would touch in every fork stay shared
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    wire.send(json.dumps({"ready": True, "threads": threads(), "failed": failed}).encode())
    wire.settimeout(IDLE if config["kind"] == "own" else None)
    while True:
        try:
            asked, descriptors, *_ = socket.recv_fds(wire, 1 << 18, 2)
        except TimeoutError:
            asked = b""
        if not asked:
            os._exit(0)
        reply, talk = map(socket.socket, (-1, -1), (-1, -1), (-1, -1), descriptors)
        answer(reply, talk, json.loads(asked))


def warm(preload: list[str]) -> list[str]:
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


def answer(reply: socket.socket, talk: socket.socket, request: dict[str, Any]) -> None:
    """Fork for one request."""
    try:
        process = os.fork()
    except OSError as error:
        reply.send(json.dumps({"error": repr(error)}).encode())
    else:
        if process == 0:
            serve(reply, talk, request)
        if not request.get("guarded"):  # else the process inside is reported by the one that let it in
            report(reply, process)
    reply.close()
    talk.close()


def report(reply: socket.socket, process: int) -> None:
    """Hand a descriptor of a process to whoever asked."""
    descriptor = os.pidfd_open(process)
    socket.send_fds(reply, [json.dumps({"pid": process}).encode()], [descriptor])
    os.close(descriptor)


def serve(reply: socket.socket, talk: socket.socket, request: dict[str, Any]) -> NoReturn:
    """Become what was asked for, for one submission."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        if request.get("guarded"):
            inside(reply, talk, request)
        else:
            reply.close()
            settle(request)
            function(talk) if "call" in request else own(talk)
    except SystemExit:
        pass
    except BaseException as error:  # noqa: BLE001  # whatever it is, the grader must hear of it
        try:
            reply.send(json.dumps({"error": repr(error)}).encode())
        except OSError:
            sys.__stderr__.write(f"{error!r}\n") if sys.__stderr__ else None
    os._exit(0)


def own(talk: socket.socket) -> None:
    """Run an instructor's cells."""
    import direct

    with talk.makefile("rw", encoding="utf-8", errors="replace") as lines:
        cells = json.loads(lines.readline())
        lines.write(json.dumps([[place, *direct.run(source)] for place, source in cells]) + "\n")


def inside(reply: socket.socket, talk: socket.socket, request: dict[str, Any]) -> None:
    """Shut the door behind a stranger's work, and do with it what was asked."""
    import nest

    job = Path(request["job"]) if "job" in request else None
    nest.enter(job, lambda process: report(reply, process))
    reply.close()
    nest.limit(request["limits"])
    settle(request)
    if "argv" in request:
        kernel(request["argv"], job)
        return
    nest.lock(job)
    function(talk) if "call" in request else notebook(talk)


def kernel(argv: list[str], job: Path | None) -> None:
    """Be a kernel until told to stop."""
    import direct
    import nest
    from ipykernel.kernelapp import IPKernelApp

    direct.forget()
    sys.argv = ["ipykernel_launcher", *argv]
    sys.modules["__main__"] = types.ModuleType("__main__")
    app = IPKernelApp.instance()
    app.initialize(argv)  # opens its sockets in the job's folder
    nest.lock(job)
    app.start()


def notebook(talk: socket.socket) -> None:
    """Run cells as they come, a line of JSON for each, until there are no more."""
    import direct

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # between two cells there is nothing to interrupt
    with talk.makefile("rw", encoding="utf-8", errors="replace") as lines:
        while line := lines.readline():
            signal.signal(signal.SIGINT, signal.default_int_handler)
            done = direct.run(json.loads(line))
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            lines.write(json.dumps(done) + "\n")
            lines.flush()


def function(talk: socket.socket) -> None:
    """Call a stranger's function with what comes, until there is no more."""
    import child

    for standard in (0, 1):
        os.dup2(talk.fileno(), standard)
    talk.close()
    child.main()


def settle(request: dict[str, Any]) -> None:
    """Leave behind what belongs to the warm process."""
    os.close(int(sys.argv[1]))
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
