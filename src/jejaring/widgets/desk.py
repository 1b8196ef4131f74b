"""The network desk: draw a network or load one, see it measured, redesign it and compare, take it away.

The page holds the drawing and draws at once; Python checks what it gets, measures it, and keeps it for when the cell is
run again. What the page shows travels in messages only: neither the notebook's outputs nor a saved widget holds it, and
real names from a file stay in this process unless the reader asks to see them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

import anywidget
import traitlets
from IPython.core.getipython import get_ipython
from IPython.display import display

from jejaring import answers
from jejaring.answers import Answer
from jejaring.exercises.bank import load
from jejaring.figures.picture import Picture
from jejaring.language import word
from jejaring.widgets import desk_reports
from jejaring.widgets.bench import BENCH_FILES, KERNEL, Bench, page_words, serve
from jejaring.widgets.drawings import ANSWER_PEOPLE, ANSWER_TIES, Drawing, read_drawing
from jejaring.widgets.figure import FIGURE_CSS, still_html
from jejaring.widgets.samples import EMPTY, SAMPLES

__all__ = ["NetworkDesk", "network_desk"]

_HERE = Path(__file__).parent
_PAGE: Final = ("keeper.js", *BENCH_FILES, "desk_answer.js")
_JS: Final = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _PAGE)
_CSS: Final = FIGURE_CSS + "".join((_HERE / name).read_text(encoding="utf-8") for name in ("panel.css", "desk.css"))


def network_desk(dataset: str = "kite", answer: str | None = None) -> "NetworkDesk":
    """Give the reader a desk to draw, measure and redesign a network on.

    Run again, the cell shows what was on the desk before, as long as Python runs.

    Parameters
    ----------
    dataset : str
        What lies on it first: ``"empty"``, ``"kite"``, ``"class"`` (a made-up survey with three relations),
        ``"karate"``, ``"florentine"``, ``"miserables"`` or ``"davis"``.
    answer : str, optional
        Name under which the network is stored in the notebook, like the answer to an exercise; without it, the
        network lives as long as Python does.

    Returns
    -------
    NetworkDesk
        To be displayed.

    Raises
    ------
    ValueError
        If there is no such data set, or the name is that of an exercise, whose answer would be overwritten.

    Examples
    --------
    >>> network_desk("florentine")
    NetworkDesk('15 simpul dan 20 ikatan. Ikatan terbanyak: Medici (6).')
    """
    if dataset not in (EMPTY, *SAMPLES):
        raise ValueError(f"dataset={dataset!r}: there is no such data set; choose {', '.join((EMPTY, *SAMPLES))}.")
    if answer and (known := load().get(answer)) and known.kind != "network":
        raise ValueError(f"answer={answer!r}: that is an exercise of its own; choose a name that no exercise has.")
    place = answer or f"{dataset} {_cell()}"
    desk = _desks.get(place)
    if desk is None or desk.comm is None:
        desk = _desks[place] = NetworkDesk(dataset, answer)
    else:
        desk.renew()
    return desk


class NetworkDesk(anywidget.AnyWidget):
    """A desk with one network on it.

    Parameters
    ----------
    dataset : str
        What lies on it first.
    answer : str, optional
        Name under which the network is stored in the notebook.

    Examples
    --------
    >>> desk = NetworkDesk("kite")
    >>> desk.drawing.graph().degree("Diane")
    6
    """

    _esm: ClassVar[str] = _JS
    _css: ClassVar[str] = _CSS
    kernel = traitlets.Unicode(KERNEL).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    qid = traitlets.Unicode("").tag(sync=True)
    value = traitlets.Any(None).tag(sync=True)
    t = traitlets.Float(0.0).tag(sync=True)
    tries = traitlets.Int(0).tag(sync=True)
    where = traitlets.Unicode("").tag(sync=True)

    def __init__(self, dataset: str, answer: str | None = None) -> None:
        known = answers.current(answer) if answer else None
        super().__init__(words=page_words(), qid=answer or "", value=None, t=known.t if known else 0.0)
        self.bench = Bench(dataset, read=_stored)
        if known and _stored(known.value):
            self.bench.restore(known.value)
            self.value = known.value
        self.on_msg(lambda _, content, buffers: serve(self.bench, self.send, content, buffers))
        self.observe(self._restored, "t")

    @property
    def drawing(self) -> Drawing:
        """The network as it lies on the desk now."""
        return self.bench.drawing

    @property
    def picture(self) -> Picture:
        """The network as a still picture with its sentence."""
        return desk_reports.picture(self.drawing, word("desk.page.title"))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.picture.twin!r})"

    def _ipython_display_(self) -> None:
        """Display the still picture, then the live desk."""
        picture = self.picture
        display({"text/plain": picture.twin, "text/html": still_html(picture)}, raw=True)
        live, metadata = self._repr_mimebundle_() or ({}, {})
        display({**live, "text/plain": "", "text/html": ""}, metadata=metadata, raw=True)

    def renew(self) -> None:
        """Speak the language of now."""
        self.words = page_words()

    def take(self, content: Mapping[str, Any], buffers: list[Any]) -> dict[str, Any]:
        """Take the page's drawing and wishes, and give what it shall show: see `Bench.take`."""
        return self.bench.take(content, buffers)

    def _restored(self, _: object) -> None:
        """The page stored the drawing, or found a newer one in the notebook, which it then asks for."""
        if self.qid:
            answers.remember(self.qid, Answer(self.value, self.t))
            self.bench.restore(self.value)


_desks: dict[str, NetworkDesk] = {}


def _stored(value: object) -> Drawing | None:
    """A network from a notebook, or None if it is no such thing."""
    try:
        return read_drawing(value, most_people=ANSWER_PEOPLE, most_ties=ANSWER_TIES, placed=False)
    except ValueError:
        return None


def _cell() -> str:
    """Name the notebook cell that is running, where that is known."""
    shell: Any = get_ipython()
    try:
        return str(shell.get_parent()["metadata"]["cellId"])
    except (AttributeError, KeyError, TypeError):
        return ""
