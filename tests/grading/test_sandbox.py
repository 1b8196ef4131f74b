"""The child may do what it likes; it costs its own inputs only."""

import errno
import os
import pty
import select
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from autograder.sandbox import Outcome, call

HOSTILE = {
    "hangs": ("import time\ndef f(x):\n    if x == 2: time.sleep(60)\n    return x", "no result after"),
    "spins": ("def f(x):\n    while x == 2: pass\n    return x", "no result after"),
    "dies": ("import os\ndef f(x):\n    if x == 2: os._exit(0)\n    return x", "the process ended"),
    "signals": ("import os\ndef f(x):\n    if x == 2: os.abort()\n    return x", "process ended"),
    "leaves": ("def f(x):\n    if x == 2: raise SystemExit\n    return x", "SystemExit"),
    "floods": ("def f(x):\n    return 'x' * 10**7 if x == 2 else x", "too large"),
    "babbles": (
        (
            "import os\ndef f(x):\n    for d in range(3, 9) if x == 2 else ():\n"
            "        try: os.write(d, b'{}\\n')\n        except OSError: pass\n    return x"
        ),
        "could not be read",
    ),
    "eats": ("def f(x):\n    return len([0] * 10**9) if x == 2 else x", "MemoryError"),
    "nests": ("def f(x):\n    a = []\n    a.append(a)\n    return a if x == 2 else x", "nested too deeply"),
    "objects": ("def f(x):\n    return object() if x == 2 else x", "TypeError: the result is a object"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_call_costs_only_itself(name: str) -> None:
    source, reason = HOSTILE[name]
    one, two, three = call(source, "f", [[1], [2], [3]], seconds=0.5)
    assert (one, three) == (Outcome(1), Outcome(3))
    assert two.value is None
    assert reason in two.error


def test_a_text_without_the_function_says_so() -> None:
    assert "defines no function f" in call("g = 1", "f", [[1]])[0].error
    assert call("def f(:", "f", [[1], [2]])[1].error.startswith("SyntaxError")


def test_all_calls_together_are_bounded() -> None:
    start = time.monotonic()
    outcomes = call("import time\ndef f(x): time.sleep(9)", "f", [[i] for i in range(50)], seconds=0.3, total=1)
    assert len(outcomes) == 50
    assert "no time left" in outcomes[-1].error
    assert time.monotonic() - start < 20


def test_printing_is_no_reply() -> None:
    source = "print('{\"value\": 7}')\ndef f(x):\n    print('x' * 10**6)\n    return x"
    assert call(source, "f", [[1]]) == [Outcome(1)]


def test_the_child_starts_from_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET", "x")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "planted.py").write_text("")
    look = (
        "import os, sys\ndef f():\n    open('mine', 'w').write('x')\n"
        "    return [sorted(os.environ), os.listdir('.'), os.getcwd(), '' in sys.path]"
    )
    names, files, where, here = call(look, "f", [[]])[0].value
    assert "SECRET" not in names
    assert files == ["mine"]
    assert not here
    assert not Path(where).exists()


def test_neither_processes_nor_threads_can_be_started() -> None:
    source = (
        "import subprocess, sys, threading\ndef f(how):\n"
        "    if how == 'process': subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(9)'])\n"
        "    if how == 'thread': threading.Thread(target=print).start()\n"
        "    return 1"
    )
    plain, process, thread = call(source, "f", [["plain"], ["process"], ["thread"]])
    assert plain == Outcome(1)
    assert "BlockingIOError" in process.error
    assert "can't start new thread" in thread.error


def test_nothing_of_the_machine_is_in_sight() -> None:
    source = (
        "import os, socket\n"
        "def f(path): return os.listdir(path) if os.path.isdir(path) else open(path).read()\n"
        "def g(): return socket.create_connection(('127.0.0.1', 1), 1)"
    )
    root = str(Path(__file__).parents[2])
    hidden = [f"{root}/source", f"{root}/pyproject.toml", f"{root}/autograder/sample_class.toml", "/etc/passwd"]
    hidden += [str(Path.home() / ".bashrc"), "/var/log"]
    for outcome in call(source, "f", [[path] for path in hidden]):
        assert outcome.error.startswith(("FileNotFoundError", "PermissionError")), outcome
    assert call(source, "g", [[]])[0].error.startswith(("OSError", "ConnectionRefusedError"))
    assert call("import os\ndef f(): return os.getuid()", "f", [[]])[0].value != 0


def test_what_is_written_is_bounded_and_gone() -> None:
    write = "with open(str(n), 'wb') as file: file.write(b'x' * 10**6)"
    source = f"def f():\n    for n in range(200):\n        {write}\n    return n"
    assert "No space left" in call(source, "f", [[]])[0].error
    assert call("import os\ndef f(): return os.listdir('.')", "f", [[]])[0].value == []


@pytest.mark.parametrize("value", ["NaN", "Infinity", "[1, -1e999]"])
def test_a_reply_by_hand_is_no_endless_number(value: str) -> None:
    source = (
        "import os\ndef f():\n    for n in range(3, 9):\n"
        f"        try: os.write(n, b'{{\"value\": {value}}}\\n')\n        except OSError: pass"
    )
    assert call(source, "f", [[]]) == [Outcome(error="the reply could not be read")]


def test_an_error_is_one_line() -> None:
    assert call("def f(): raise ValueError('a\\n\\nb')", "f", [[]]) == [Outcome(error="ValueError: a b")]


def test_the_next_one_finds_nothing_of_it() -> None:
    source = (
        "import os\n"
        "def f(): return [place for place, *_ in os.walk('/') if not place.startswith(('/proc', os.getcwd()))"
        " and os.access(place, os.W_OK)]\n"
        "def g():\n    open('/dev/shm/planted', 'w').write('x')\n    return os.listdir('/dev/shm')\n"
        "def h(): return os.listdir('/dev/shm')"
    )
    assert call(source, "f", [[]], seconds=10) == [Outcome(["/dev/shm"])]
    assert [call(source, one, [[]])[0].value for one in "gh"] == [["planted"], []]


def test_two_at_once_do_not_hear_each_other() -> None:
    source = (
        "import socket, time\n"
        "def f():\n"
        "    with socket.socket(socket.AF_UNIX) as s:\n"
        "        s.bind('\\0meet')\n        s.listen()\n        s.settimeout(1)\n"
        "        return s.accept()[0].recv(9).decode()\n"
        "def g():\n"
        "    for _ in range(8):\n"
        "        time.sleep(0.1)\n"
        "        with socket.socket(socket.AF_UNIX) as s:\n"
        "            if not s.connect_ex('\\0meet'): return s.send(b'hello')"
    )
    heard: list[Outcome] = []
    listens = threading.Thread(target=lambda: heard.extend(call(source, "f", [[]])))
    listens.start()
    assert call(source, "g", [[]]) == [Outcome()]
    listens.join()
    assert heard == [Outcome(error="TimeoutError: timed out")]


def test_no_memory_outside_of_its_process_and_no_keys() -> None:
    source = (
        "import ctypes, os\nsystem = ctypes.CDLL(None, use_errno=True)\n"
        "calls = {'shm': lambda: system.shmget(0, ctypes.c_size_t(4096), 0o1600),"
        " 'messages': lambda: system.msgget(0, 0o1600), 'file': lambda: system.memfd_create(b'', 0), 'key': lambda: "
        "system.syscall({'x86_64': 248, 'aarch64': 217}[os.uname().machine], b'user', b'k', b'v', 1, -3)}"
        "\ndef f(name): return [calls[name](), ctypes.get_errno()]"
    )
    outcomes = call(source, "f", [["shm"], ["messages"], ["file"], ["key"]])
    assert outcomes == [Outcome([-1, errno.ENOSYS])] * 4


def test_the_graders_terminal_is_not_in_sight() -> None:
    source = (
        "import os\ndef f():\n    for place in ('/dev/console', '/dev/tty', '/proc/self/fd/1', '/proc/1/fd/2'):\n"
        "        try: os.write(os.open(place, os.O_RDWR), b'is heard')\n        except OSError: pass"
    )
    grader, terminal = pty.openpty()
    grades = f"from autograder.sandbox import call; call({source!r}, 'f', [[]]); print('done')"
    with subprocess.Popen([sys.executable, "-c", grades], stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        assert process.wait(60) == 0
    assert select.select([grader], [], [], 1)[0]
    said = os.read(grader, 4096)
    os.close(grader)
    assert b"done" in said
    assert b"is heard" not in said
