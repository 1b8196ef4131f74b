"""Runs an instructor's cells right here, without a kernel's wires, and keeps what they put out as a notebook does."""

import json
import sys
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

__all__ = ["prepare", "run"]

Output = dict[str, Any]


class _Outputs:
    """The outputs of the cell that runs now, and those that have a name and may be renewed later."""

    def __init__(self) -> None:
        self.now: list[Output] = []
        self.named: dict[str, Output] = {}

    def stream(self, name: str, text: str) -> None:
        """Add to a stream, in the order in which things come."""
        last = self.now[-1] if self.now else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.now.append({"output_type": "stream", "name": name, "text": text})


_outputs = _Outputs()


class _Stream:
    """Standard output or standard error of a cell."""

    encoding = "utf-8"

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, text: str) -> int:
        """Keep a text."""
        _outputs.stream(self.name, text)
        return len(text)

    def flush(self) -> None:
        """There is nothing to flush."""

    def isatty(self) -> bool:
        """It is no terminal."""
        return False


class _Publisher(DisplayPublisher):
    """Keeps what is displayed."""

    def publish(  # type: ignore[no-untyped-def]  # the signature is that of IPython
        self,
        data,
        metadata=None,
        source=None,  # noqa: ARG002  # the same
        *,
        transient=None,
        update=False,
        **_,
    ) -> None:
        """Keep it, or renew what has the same name."""
        name = (transient or {}).get("display_id")
        made = {"output_type": "display_data", "data": _plain(data), "metadata": _plain(metadata or {})}
        if update:
            _outputs.named.get(str(name), {}).update(data=made["data"], metadata=made["metadata"])
            return
        _outputs.now.append(made)
        if name:
            _outputs.named[name] = made


class _Hook(DisplayHook):
    """Keeps the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Notebooks number outputs by themselves."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep it."""
        _outputs.now.append(
            {
                "output_type": "execute_result",
                "data": _plain(format_dict),
                "metadata": _plain(md_dict or {}),
                "execution_count": getattr(self.shell, "execution_count", None),
            }
        )


class _Shell(InteractiveShell):
    """A shell that keeps what kernels send."""

    def init_display_pub(self) -> None:
        """Keep what is displayed."""
        self.display_pub = _Publisher(parent=self, shell=self)  # type: ignore[no-untyped-call]  # untyped in IPython

    def init_displayhook(self) -> None:
        """Keep results."""
        super().init_displayhook()  # type: ignore[no-untyped-call]  # the same here
        self.displayhook = _Hook(parent=self, shell=self)  # type: ignore[no-untyped-call]  # the same here
        self.display_trap.hook = self.displayhook

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        """Keep errors."""
        name = getattr(etype, "__name__", str(etype))
        _outputs.now.append({"output_type": "error", "ename": name, "evalue": str(evalue), "traceback": list(stb)})


def prepare(warmup: str) -> None:
    """Make the shell, once, before forking, and run something in it, so that what is made at first use is there."""
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    shell = _Shell.instance(config=settings, user_module=main)
    shell.run_cell(warmup, store_history=False, silent=True)  # type: ignore[no-untyped-call]  # the same here
    vars(main).pop("warm", None)


def run(cells: Iterable[tuple[int, str]], result: Path) -> None:
    """Run cells one after the other and write their outputs.

    Parameters
    ----------
    cells : iterable of (int, str)
        Place in the notebook, and source.
    result : Path
        Where a list of ``[place, execution count, outputs]`` is written as JSON.
    """
    shell = _Shell.instance()
    done: list[Any] = []
    kept = sys.stdout, sys.stderr
    for place, source in cells:
        _outputs.now = []
        sys.stdout, sys.stderr = _Stream("stdout"), _Stream("stderr")
        try:
            shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]  # the same here
        finally:
            sys.stdout, sys.stderr = kept
        done.append([place, len(done) + 1, _outputs.now])
    result.write_text(json.dumps(done), encoding="utf-8", errors="replace")


def _plain(value: Any) -> Any:
    """A value as JSON carries it; what it can't carry is said in words."""
    return json.loads(json.dumps(value, default=repr))
