"""How far a step for the whole class is, and how it went."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Done", "Progress", "tell"]


@dataclass(frozen=True)
class Done:
    """How one submission went.

    Parameters
    ----------
    student : str
        Student id.
    error : str
        Empty if all went well, else one line.
    log : str
        What nbgrader said.
    """

    student: str
    error: str
    log: str


class Progress:
    """One line that says how far it is and how fast.

    Parameters
    ----------
    total : int
        How many there are.
    quiet : bool
        Say nothing.
    """

    def __init__(self, total: int, *, quiet: bool) -> None:
        self.total, self.quiet, self.count, self.start = total, quiet, 0, time.monotonic()
        self.live = sys.stderr.isatty()

    def step(self, name: str) -> None:
        """One more is done."""
        self.count += 1
        each = (time.monotonic() - self.start) / self.count
        left = each * (self.total - self.count)
        text = f"{self.count}/{self.total}  {each:.2g} s each, about {left:.0f} s left  {name[:30]}"
        if not self.quiet:
            print(f"\r{text:<70}" if self.live else text, end="" if self.live else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self.live and not self.quiet:
            print(file=sys.stderr)


def tell(root: Path, assignment: str, done: Sequence[Done], seconds: float, *, quiet: bool = False) -> int:
    """Say how a step went; what failed is named, also where the rest is quiet. Returns the exit code."""
    failed = [one for one in done if one.error]
    if not quiet:
        rate = f"{len(done) - len(failed)} done in {seconds:.0f} s, {seconds / max(1, len(done)):.2g} s each"
        print(f"{assignment}: {rate}, {len(failed)} failed" if done else f"{assignment}: nothing is new")
    log = root / "autograded" / f"{assignment}.log"
    if any(one.log for one in failed):
        log.write_text("\n".join(f"== {one.student}\n{one.log}" for one in failed), "utf-8")
    for one in failed:
        details = f" Details in {log}." if one.log else ""
        print(f"! {one.student}: {one.error} The others are done.{details}", file=sys.stderr)
    return int(bool(failed))
