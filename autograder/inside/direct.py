"""Runs cells right here, without a kernel's wires, and keeps what they put out as a notebook does."""

import json
import sys
import types
from collections.abc import Iterable
from functools import cache
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

__all__ = ["forget", "prepare", "run"]

Output = dict[str, Any]


class _Outputs:
    """The outputs of the cell that runs now, and those that have a name and may be renewed later."""

    def __init__(self) -> None:
        self.count = 0
        self.now: list[Output] = []
        self.named: dict[str, Output] = {}
        self.stale = False

    def clear(self, *, wait: bool) -> None:
        """Drop them, or do so when the next one comes."""
        self.stale = wait
        if not wait:
            self.now.clear()

    def add(self, output: Output) -> None:
        """Add one."""
        if self.stale:
            self.clear(wait=False)
        self.now.append(output)

    def stream(self, name: str, text: str) -> None:
        """Add to a stream, in the order in which things come."""
        if self.stale:
            self.clear(wait=False)
        last = self.now[-1] if self.now else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.add({"output_type": "stream", "name": name, "text": text})


_outputs = _Outputs()
_known: dict[str, str] = {}


@cache
def _is_quiet(text: str) -> bool:
    """Whether a text ends with a semicolon."""
    return bool(DisplayHook.semicolon_at_end_of_expression(text))


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
        _outputs.add(made)
        if name:
            _outputs.named[name] = made

    def clear_output(self, wait: bool = False) -> None:  # noqa: FBT001, FBT002  # the signature is that of IPython
        """Drop what the cell has put out so far."""
        _outputs.clear(wait=wait)


class _Hook(DisplayHook):
    """Keeps the value of a cell's last expression."""

    def quiet(self) -> bool:
        """Whether the cell ends with a semicolon; known texts are looked up."""
        said = self.shell.history_manager.input_hist_parsed if self.shell else []
        return bool(said) and _is_quiet(said[-1])

    def write_output_prompt(self) -> None:
        """Notebooks number outputs by themselves."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep it."""
        _outputs.add(
            {
                "output_type": "execute_result",
                "data": _plain(format_dict),
                "metadata": _plain(md_dict or {}),
                "execution_count": _outputs.count,
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

    def transform_cell(self, raw_cell: str) -> str:
        """Turn a cell into Python; known texts are looked up."""
        if raw_cell not in _known:
            return str(super().transform_cell(raw_cell))  # type: ignore[no-untyped-call]  # the same here
        return _known[raw_cell]

    def learn(self, texts: Iterable[str]) -> None:
        """Get to know texts that many forks will run."""
        for text in texts:
            _known[text] = self.transform_cell(text)
            _is_quiet(_known[text])

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window; ``%matplotlib inline`` asks all the same."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        """Keep errors."""
        name = getattr(etype, "__name__", str(etype))
        try:
            said = str(evalue)
        except Exception:  # noqa: BLE001  # an error may have any text, or none
            said = ""
        _outputs.add({"output_type": "error", "ename": name, "evalue": said, "traceback": list(stb)})


def prepare(warmup: str, texts: Iterable[str]) -> None:
    """Make the shell, once, before forking; run something in it, so that what is made at first use is there; learn."""
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    shell = _Shell.instance(config=settings, user_module=main)
    if warmup:
        shell.run_cell(warmup, store_history=False, silent=True)  # type: ignore[no-untyped-call]  # the same here
        vars(main).pop("warm", None)
    shell.learn(texts)


def forget() -> None:
    """Make room for a kernel's own shell."""
    _Shell.clear_instance()


def run(source: str) -> tuple[int, list[Output]]:
    """Run a cell.

    Parameters
    ----------
    source : str
        Its text.

    Returns
    -------
    tuple of int and list
        Its execution count, and its outputs as a notebook has them.
    """
    shell = _Shell.instance()
    _outputs.count, _outputs.now, _outputs.stale = shell.execution_count, [], False
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream("stdout"), _Stream("stderr")
    try:
        shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]  # untyped in IPython
    except KeyboardInterrupt:  # as the cell ended
        pass
    finally:
        sys.stdout, sys.stderr = kept
    return _outputs.count, _outputs.now


def _plain(value: Any) -> Any:
    """A value as JSON carries it; what it can't carry is said in words."""
    return json.loads(json.dumps(value, default=repr))
