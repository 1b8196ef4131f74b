"""Panels: a model with a few controls, and the picture it gives.

The controls are native HTML in the page: each slider has a number box beside it, a name, its unit, its range and where
it comes from. The model runs in the kernel; the page asks once at a time, so that a fast hand never builds a queue.
A model that takes longer than a moment is drawn by a generator: the page shows how far it is and can stop it.
"""

import asyncio
import math
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final

import traitlets

from jejaring.figures.picture import Picture, brief
from jejaring.language import word
from jejaring.widgets.figure import FIGURE_CSS, FIGURE_JS, FigureView

__all__ = ["Checks", "Choice", "Control", "Panel", "Scene", "Slider", "Table"]

_HERE = Path(__file__).parent
_MOST_CONTROLS: Final = 4
_PACE: Final = 0.1  # seconds between two pictures of a run that is under way


@dataclass(frozen=True)
class Slider:
    """A number in a range.

    Examples
    --------
    >>> slider = Slider("Kuota", 115, low=1, high=580, step=1, unit="kursi")
    >>> slider.read(200.4), slider.read(-5), slider.read("drop table"), slider.read(float("nan"))
    (200, 1, None, None)
    """

    label: str
    start: float
    low: float
    high: float
    step: float
    unit: str = ""
    meaning: str = ""
    source: str = ""
    kind: ClassVar[str] = "slider"

    def read(self, value: object) -> float | None:
        """Take what the page sends: the nearest value of the range, or None if it is no number."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return None
        steps = round((min(max(value, self.low), self.high) - self.low) / self.step)
        return round(self.low + steps * self.step, 10)

    def page(self) -> dict[str, Any]:
        """Describe the control for the page."""
        reach = word("panel.range", low=brief(self.low), high=brief(self.high))
        typed, note = word("panel.number", label=self.label), _note(f"{reach} {self.unit}", self.meaning, self.source)
        return asdict(self) | {"kind": self.kind, "typed": typed, "note": note}


@dataclass(frozen=True)
class Choice:
    """One of a few options, by id.

    Examples
    --------
    >>> Choice("Ukuran", {"banzhaf": "Banzhaf", "shapley": "Shapley-Shubik"}, "banzhaf").read("nobody") is None
    True
    """

    label: str
    options: Mapping[str, str]
    start: str
    source: str = ""
    kind: ClassVar[str] = "choice"

    def read(self, value: object) -> str | None:
        """Take what the page sends, or None if it is no option."""
        return value if isinstance(value, str) and value in self.options else None

    def page(self) -> dict[str, Any]:
        """Describe the control for the page."""
        return asdict(self) | {"kind": self.kind, "note": _note(self.source)}


@dataclass(frozen=True)
class Checks:
    """Any number of the options, by id.

    Examples
    --------
    >>> Checks("Partai", {"PDIP": "PDIP", "PPP": "PPP"}, ()).read(["PPP", "PPP", "X"])
    ('PPP',)
    """

    label: str
    options: Mapping[str, str]
    start: tuple[str, ...]
    source: str = ""
    kind: ClassVar[str] = "checks"

    def read(self, value: object) -> tuple[str, ...] | None:
        """Take what the page sends, in the order of the options, or None if it is no list."""
        return tuple(option for option in self.options if option in value) if isinstance(value, list | tuple) else None

    def page(self) -> dict[str, Any]:
        """Describe the control for the page."""
        return asdict(self) | {"kind": self.kind, "note": _note(self.source)}


Control = Slider | Choice | Checks


@dataclass(frozen=True)
class Table:
    """Rows of text under the figure; the first column names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Scene:
    """What a panel shows for one setting of its controls.

    Parameters
    ----------
    picture : Picture
        The figure with its sentence.
    table : Table, optional
        Stands under the figure.
    off : mapping of str to collection of str
        Options that make no sense at this setting, by the name of their control.
    done : float
        How much of the model has run, from 0 to 1; below 1 only while a generator is under way.
    """

    picture: Picture
    table: Table | None = None
    off: Mapping[str, Collection[str]] = field(default_factory=dict)
    done: float = 1.0


class Panel(FigureView):
    """A model, at most four controls, and the picture it gives.

    Parameters
    ----------
    draw : callable
        Takes the value of each control by its name and returns a `Scene`; or yields one after each part of a long run,
        with the share that is `done`.
    controls : mapping of str to Slider, Choice or Checks
        By name, in the order in which they stand.
    title : str
        What the panel is for.

    Examples
    --------
    >>> from jejaring.figures.diffusion import threshold_cascade
    >>> from jejaring.diffusion import threshold_cascade as cascade
    >>> def draw(first: float) -> Scene:
    ...     return Scene(threshold_cascade({"Kampung": cascade([0, int(first), 2])}, crowd=3))
    >>> panel = Panel(draw, {"first": Slider("Ambang", 1, low=1, high=3, step=1)}, title="Ronda")
    >>> panel.set(first=2)
    >>> panel
    Panel('Kampung: mulai 1, berhenti di 1 dari 3 orang setelah 1 putaran.')
    """

    _esm = (
        f"{FIGURE_JS}\n{(_HERE / 'panel.js').read_text(encoding='utf-8')}\n"
        "export default {\n  initialize: ({ model }) => fetchPlotly(model),\n"
        "  render: ({ model, el }) => drawPanel(model, el),\n};\n"
    )
    _css = FIGURE_CSS + (_HERE / "panel.css").read_text(encoding="utf-8")
    words = traitlets.Dict().tag(sync=True)
    controls = traitlets.Dict().tag(sync=True)
    start = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    table = traitlets.Dict().tag(sync=True)
    off = traitlets.Dict().tag(sync=True)
    done = traitlets.Float(1.0).tag(sync=True)

    def __init__(
        self, draw: Callable[..., Scene | Iterator[Scene]], controls: Mapping[str, Control], *, title: str
    ) -> None:
        if len(controls) > _MOST_CONTROLS:
            raise ValueError(
                f"{title!r} has {len(controls)} controls; a panel has at most {_MOST_CONTROLS}. Leave some out."
            )
        self._draw, self._controls = draw, dict(controls)
        self._run: asyncio.Task[None] | None = None
        start = {name: control.start for name, control in controls.items()}
        scene = _last(draw(**start))
        super().__init__(
            scene.picture,
            words={"title": title}
            | {name: word(f"panel.{name}") for name in ("reset", "controls", "dead", "running", "stop")},
            controls={name: control.page() for name, control in controls.items()},
            start=start,
            values=start,
            table=_page_table(scene),
            off=_page_off(scene),
        )
        self.on_msg(_answer)

    def set(self, **values: object) -> None:
        """Move controls, as a hand would; what a control can't take leaves it where it was."""
        self.stop()
        now = self._read(values)
        self._show(_last(self._draw(**now)), now)

    def redraw(self) -> None:
        """Draw the present setting again, when what it depends on besides the controls has changed."""
        self.set()

    def stop(self) -> None:
        """End a run that is under way; what it has drawn stays."""
        if self._run:
            self._run.cancel()
            self._run = None
        self.done = 1.0

    def start_run(self, values: Mapping[str, object]) -> None:
        """Move controls from the page: a long run goes on while the page stays free to stop it or to ask anew."""
        self.stop()
        now = self._read(values)
        drawn = self._draw(**now)
        if isinstance(drawn, Scene) or not (loop := _running_loop()):
            self._show(_last(drawn), now)
        else:
            self._show(next(drawn), now)
            self._run = loop.create_task(self._go_on(drawn, now))

    async def _go_on(self, scenes: Iterator[Scene], now: dict[str, Any]) -> None:
        """Show the last scene there is, at a pace that the page can follow, and let other messages in between."""
        shown = time.monotonic()
        try:
            for scene in scenes:
                if scene.done >= 1 or time.monotonic() - shown > _PACE:
                    self._show(scene, now)
                    shown = time.monotonic()
                await asyncio.sleep(0)
        finally:
            if self._run is asyncio.current_task():
                self.done = 1.0

    def _read(self, values: Mapping[str, object]) -> dict[str, Any]:
        """Take what the controls can take, and leave the rest where it was."""
        read = {name: self._controls[name].read(value) for name, value in values.items() if name in self._controls}
        return self.values | {name: value for name, value in read.items() if value is not None}

    def _show(self, scene: Scene, now: dict[str, Any]) -> None:
        """Put a scene on the page."""
        with self.hold_sync():
            self.values, self.table, self.off, self.done = now, _page_table(scene), _page_off(scene), scene.done
            self.update(scene.picture)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """Find the kernel's event loop; there is none outside a kernel."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _last(drawn: Scene | Iterator[Scene]) -> Scene:
    """Run to the end at once."""
    if isinstance(drawn, Scene):
        return drawn
    *_, scene = drawn
    return scene


def _answer(panel: Panel, content: object, _buffers: object) -> None:
    """Redraw for a page that has moved a control, or stop."""
    if isinstance(content, dict) and isinstance(content.get("values"), dict):
        panel.start_run({name: value for name, value in content["values"].items() if isinstance(name, str)})
        panel.send({"answered": content.get("asked")})
    elif content == {"stop": True}:
        panel.stop()


def _note(*parts: str) -> str:
    """Say range, unit, meaning and source in one line."""
    *before, source = parts
    said = [part.strip() for part in before] + ([word("panel.source", source=source)] if source else [])
    return " · ".join(part for part in said if part)


def _page_table(scene: Scene) -> dict[str, Any]:
    """Describe a table for the page; empty where there is none."""
    return asdict(scene.table) if scene.table else {}


def _page_off(scene: Scene) -> dict[str, list[str]]:
    """Describe for the page what can't be chosen."""
    return {name: list(options) for name, options in scene.off.items()}
