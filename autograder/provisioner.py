"""Kernels for strangers' notebooks: a Jupyter kernel provisioner.

The kernel spec ``jejaring-shared`` names it, so nbgrader's own command and the button in formgrader use it like any
kernel. Each kernel is forked from a warm process inside a bubble, and lives in a world of its own there: see
`autograder.bubble` and `autograder.inside`.
"""

import asyncio
import os
import select
import shutil
import signal
import time
import uuid
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty
from typing import Any

import psutil
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Dict, Float, Int, List, Unicode

from autograder import bubble
from autograder.warm import Zygote

__all__ = ["ReadyClient", "ZygoteProvisioner"]

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
LIMITS = {"seconds": 120, "memory": 4 * 2**30, "file": 64 * 2**20, "files": 256, "core": 0}
PROCESSES = 64


class ZygoteProvisioner(KernelProvisionerBase):
    """Forks a kernel; watches over its time and memory."""

    preload = List(Unicode(), help="modules that are imported beforehand").tag(config=True)
    warmup = Unicode("", help="code that is run once, beforehand").tag(config=True)
    limits = Dict(LIMITS, help="what one process may use: seconds of processor, bytes, files").tag(config=True)
    total_memory = Int(3 * 2**30, help="bytes that all processes of one submission may use together").tag(config=True)
    total_seconds = Float(300.0, help="how long one submission may take, in seconds").tag(config=True)

    _process: int | None = None
    _job: Path | None = None
    _watch: "asyncio.Task[None] | None" = None
    _request: dict[str, Any] | None = None
    why = ""

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel."""
        return self._process is not None

    async def pre_launch(self, **given: Any) -> dict[str, Any]:
        """Prepare a folder for the kernel's sockets, and a copy of the submission's files."""
        warm = partial(Zygote.get, sandboxed=True, preload=list(self.preload), warmup=self.warmup)
        self.zygote = await asyncio.get_running_loop().run_in_executor(None, warm)
        self._job = self.zygote.jobs / uuid.uuid4().hex[:12]
        arguments = ["-f", self._address(self._job / "sockets"), "--HistoryManager.enabled=False"]
        arguments += ["--IPKernelApp.parent_handle=1", *given.pop("extra_arguments", [])]
        self._request = {
            "argv": arguments,
            "env": bubble.environment() | {"NBGRADER_EXECUTION": "autograde"},
            "cwd": f"{bubble.SCRATCH}/work",
            "limits": {**self.limits, "processes": PROCESSES + _busy()},
            "job": str(self._job),
            "jobs": str(self.zygote.jobs),
        }
        shutil.copytree(given.get("cwd") or ".", self._job / "work", symlinks=True)  # a link leads nowhere inside
        bubble.handed_over(self._job)
        for name in ("transport_encryption", "kernel_id"):
            given.pop(name, None)
        return await super().pre_launch(**given | {"cmd": []})

    async def launch_kernel(self, cmd: list[str], **_: Any) -> Any:
        """Fork, and wait until the kernel listens."""
        self._process = self.zygote.fork(self._request or {})
        manager: Any = self.parent
        last = Path(f"{manager.ip}-{manager.hb_port}")
        end = time.monotonic() + 10
        while not last.exists() and not self._ended() and time.monotonic() < end:
            await asyncio.sleep(0.001)  # else the client's first attempt fails, and its next comes 100 ms later
        self._watch = asyncio.ensure_future(self._guard())
        return self.connection_info

    async def poll(self) -> int | None:
        """None while it runs."""
        return 0 if self._ended() else None

    async def wait(self) -> int | None:
        """Wait for its end."""
        while not self._ended():
            await asyncio.sleep(0.002)
        if self._process is not None:
            os.close(self._process)
            self._process = None
        return 0

    async def send_signal(self, signum: int) -> None:
        """Send it a signal."""
        if signum and self._process is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signum)

    async def kill(self, restart: bool = False) -> None:
        """End it, and with it all that it started."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """The same: a stranger's kernel is not asked."""
        await self.kill()

    async def shutdown_requested(self, restart: bool = False) -> None:
        """The same."""
        await self.kill()

    async def cleanup(self, restart: bool = False) -> None:
        """Remove its folder."""
        if self._watch:
            self._watch.cancel()
        if self._job and not restart:
            shutil.rmtree(self._job, ignore_errors=True)

    def _address(self, folder: Path) -> str:
        """Let kernel and client meet at sockets in a folder, since inside there is no network; returns the file."""
        folder.mkdir(parents=True, mode=0o700)
        manager: Any = self.parent
        manager.transport, manager.ip = "ipc", str(folder / "s")
        manager.connection_file = str(folder / "kernel.json")
        for channel in CHANNELS:
            setattr(manager, f"{channel}_port", 0)
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return str(manager.connection_file)

    def _ended(self) -> bool:
        """Whether the process is gone."""
        if self._process is None:
            return True
        waiting = select.poll()
        waiting.register(self._process, select.POLLIN)
        return bool(waiting.poll(0))

    async def _guard(self) -> None:
        """End a submission that takes too long or too much."""
        end = time.monotonic() + self.total_seconds
        while not self._ended():
            await asyncio.sleep(0.1)
            if time.monotonic() > end:
                self.why = f"took longer than {self.total_seconds:g} seconds"
            elif self._used() > self.total_memory:
                self.why = f"used more than {self.total_memory / 2**30:.1f} GB of memory"
            if self.why:
                await self.kill()
                return

    def _used(self) -> int:
        """Memory of all processes of this submission, pages shared with the warm process aside."""
        try:
            told = Path(f"/proc/self/fdinfo/{self._process}").read_text()
            first = psutil.Process(int(told.rpartition("Pid:")[2].split()[0]))
            shared = psutil.Process(self.zygote.process.pid).memory_info().rss
            return sum(max(0, each.memory_info().rss - shared) for each in [first, *first.children(recursive=True)])
        except (psutil.Error, OSError, ValueError, IndexError):
            return 0


def _busy() -> int:
    """How many processes and threads this user has already: the limit counts them too."""
    if os.getuid() == 0:
        return 0
    mine = os.getuid()
    return sum(
        one.info["num_threads"] or 1
        for one in psutil.process_iter(["uids", "num_threads"])
        if one.info["uids"] and one.info["uids"].real == mine
    )


class ReadyClient(AsyncKernelClient):
    """Waits for a kernel as long as needed and no longer: the stock one waits for 0.2 s of silence."""

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        end = time.monotonic() + (timeout or 60)
        while time.monotonic() < end:
            asked = self.kernel_info()
            with suppress(Empty):
                reply = await self.shell_channel.get_msg(timeout=1)
                if reply["msg_type"] == "kernel_info_reply" and await self._idle_after(asked):
                    self._handle_kernel_info_reply(reply)
                    return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    wait_for_ready = _async_wait_for_ready

    async def _idle_after(self, asked: str) -> bool:
        """Whether the kernel's public channel is heard, as far as the end of our own question."""
        with suppress(Empty):
            while True:
                heard = await self.iopub_channel.get_msg(timeout=0.05)
                if heard["parent_header"].get("msg_id") == asked and heard["content"].get("execution_state") == "idle":
                    return True
        return False
