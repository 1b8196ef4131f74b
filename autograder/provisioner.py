"""Kernels for strangers' notebooks: a Jupyter kernel provisioner.

The kernel spec ``jejaring-shared`` names it, so that whatever runs notebooks by kernels can run them fast and in the
sandbox: nbgrader's own ``Execute``, say. Each kernel is forked from a warm process inside a bubble, and lives in a
world of its own there: see `autograder.bubble` and `autograder.inside`. (`autograder.execution`, which this course
uses, does without a kernel, whose wires cost more than most notebooks.)

It takes ``jupyter kernelspec install --sys-prefix autograder/kernels/jejaring-shared`` and, in nbgrader_config.py::

    c.Execute.kernel_name = "jejaring-shared"
    c.AsyncKernelManager.client_class = "autograder.provisioner.ReadyClient"
"""

import asyncio
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from autograder.guarded import Sandbox
from autograder.warm import Forked

__all__ = ["ReadyClient", "ZygoteProvisioner"]

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")


class ZygoteProvisioner(KernelProvisionerBase):
    """Forks a kernel; watches over its time and memory."""

    _forked: Forked | None = None
    _job: Path | None = None
    _watch: "asyncio.Task[None] | None" = None
    _argv: list[str] | None = None

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel."""
        return self._forked is not None

    async def pre_launch(self, **given: Any) -> dict[str, Any]:
        """Prepare a folder for the kernel's sockets, and a copy of the submission's files."""
        self.sandbox = Sandbox(parent=self)
        files = Path(given.get("cwd") or ".")
        self._job = await asyncio.get_running_loop().run_in_executor(None, self.sandbox.job, files)
        self._argv = ["-f", self._address(self._job / "sockets"), "--HistoryManager.enabled=False"]
        self._argv += ["--IPKernelApp.parent_handle=1", *given.pop("extra_arguments", [])]
        for name in ("transport_encryption", "kernel_id"):
            given.pop(name, None)
        return await super().pre_launch(**given | {"cmd": []})

    async def launch_kernel(self, cmd: list[str], **_: Any) -> Any:
        """Fork, and wait until the kernel listens."""
        assert self._job  # noqa: S101  # made in `pre_launch`
        self._forked = self.sandbox.fork(self._job, argv=self._argv)
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
        if self._forked:
            self._forked.close()
            self._forked = None
        return 0

    async def send_signal(self, signum: int) -> None:
        """Send it a signal."""
        if signum and self._forked:
            self._forked.send(signum)

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
        return self._forked is None or self._forked.ended()

    async def _guard(self) -> None:
        """End a submission that takes too long or too much."""
        since = time.monotonic()
        while not self._ended():
            await asyncio.sleep(0.1)
            if self._forked and (why := self.sandbox.excess(self._forked, since)):
                self.log.error("Ended: the notebook %s", why)
                await self.kill()
                return


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
