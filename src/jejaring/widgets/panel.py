"""Panels: a model with a few controls, and the picture it gives.

The controls are native HTML in the page: each slider has a number box beside it, a name, its unit, its range and where
it comes from. The model runs in the kernel; the page asks once at a time, so that a fast hand never builds a queue.
"""

import math
from collections.abc import Callable, Collection, Mapping
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
    """

    picture: Picture
    table: Table | None = None
    off: Mapping[str, Collection[str]] = field(default_factory=dict)


class Panel(FigureView):
    """A model, at most four controls, and the picture it gives.

    Parameters
    ----------
    draw : callable
        Takes the value of each control by its name and returns a `Scene`.
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

    def __init__(self, draw: Callable[..., Scene], controls: Mapping[str, Control], *, title: str) -> None:
        if len(controls) > _MOST_CONTROLS:
            raise ValueError(
                f"{title!r} has {len(controls)} controls; a panel has at most {_MOST_CONTROLS}. Leave some out."
            )
        self._draw, self._controls = draw, dict(controls)
        start = {name: control.start for name, control in controls.items()}
        scene = draw(**start)
        super().__init__(
            scene.picture,
            words={"title": title} | {name: word(f"panel.{name}") for name in ("reset", "controls", "dead")},
            controls={name: control.page() for name, control in controls.items()},
            start=start,
            values=start,
            table=_page_table(scene),
            off=_page_off(scene),
        )
        self.on_msg(_answer)

    def set(self, **values: object) -> None:
        """Move controls, as a hand would; what a control can't take leaves it where it was."""
        read = {name: self._controls[name].read(value) for name, value in values.items() if name in self._controls}
        now = self.values | {name: value for name, value in read.items() if value is not None}
        scene = self._draw(**now)
        with self.hold_sync():
            self.values, self.table, self.off = now, _page_table(scene), _page_off(scene)
            self.update(scene.picture)

    def redraw(self) -> None:
        """Draw the present setting again, when what it depends on besides the controls has changed."""
        self.set()


def _answer(panel: Panel, content: object, _buffers: object) -> None:
    """Redraw for a page that has moved a control."""
    if isinstance(content, dict) and isinstance(content.get("values"), dict):
        panel.set(**{name: value for name, value in content["values"].items() if isinstance(name, str)})
        panel.send({"answered": content.get("asked")})


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
