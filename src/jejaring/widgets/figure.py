"""Figures on the page: drawn by plotly.js, which comes once per page and not once per figure.

Measured with five figures: plotly's own FigureWidget sends 26 MB over the websocket, these less than 2 MB
(`benchmarks/figures.py`). A still picture is displayed before each live figure and steps aside once that is drawn;
it stays where nothing can draw: nbconvert, feedback pages, a page without a kernel.
"""

import gzip
import html
import uuid
from functools import cache
from pathlib import Path
from typing import Any, Final

import anywidget
import plotly
import traitlets
from IPython.display import display

from jejaring.figures.picture import Picture

__all__ = ["FigureView", "show"]

_HERE = Path(__file__).parent
_KERNEL: Final = uuid.uuid4().hex  # the page asks each kernel once
FIGURE_JS: Final = (_HERE / "figure.js").read_text(encoding="utf-8")
FIGURE_CSS: Final = (_HERE / "figure.css").read_text(encoding="utf-8")

# Until the widget is there, the page shows "Loading widget…" or an error in its place: the still picture is better.
_STILL_CSS = (
    ".jp-OutputArea-child:has(.jj-still)+.jp-OutputArea-child .jp-OutputArea-output:not(:has(*)){display:none}"
    ".jj-still{margin:0;max-width:640px}.jj-still figcaption{max-width:70ch;line-height:1.45}"
)


class FigureView(anywidget.AnyWidget):
    """A picture on the page that can be replaced by another one.

    Parameters
    ----------
    picture : Picture
        What is shown first.

    Examples
    --------
    >>> from jejaring.figures.diffusion import threshold_cascade
    >>> view = FigureView(threshold_cascade({"Kampung A": [1, 2, 3]}, crowd=3))
    >>> view.update(threshold_cascade({"Kampung A": [1]}, crowd=3))
    >>> view
    FigureView('Kampung A: mulai 1, berhenti di 1 dari 3 orang setelah 1 putaran.')
    """

    _esm = FIGURE_JS + (
        'const render = ({ model, el }) => { el.classList.add("jj-live"); return drawFigure(model, el); };\n'
        "export default { initialize: ({ model }) => fetchPlotly(model), render };\n"
    )
    _css = FIGURE_CSS
    kernel = traitlets.Unicode(_KERNEL).tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    twin = traitlets.Unicode().tag(sync=True)

    def __init__(self, picture: Picture, **options: Any) -> None:
        super().__init__(spec=picture.spec, twin=picture.twin, **options)
        self._picture = picture
        self.on_msg(_send_plotly)

    def update(self, picture: Picture) -> None:
        """Show another picture in the same place."""
        self._picture = picture
        with self.hold_sync():
            self.spec, self.twin = picture.spec, picture.twin

    def __repr__(self) -> str:
        """Without the widget's random id, so that notebooks give the same outputs each time."""
        return f"{type(self).__name__}({self.twin!r})"

    def _ipython_display_(self) -> None:
        """Display the still picture, then the live one."""
        still = {"text/plain": self.twin, "text/html": still_html(self._picture)}
        live, metadata = self._repr_mimebundle_() or ({}, {})
        display(still, raw=True)
        # What has no widgets shows the still picture and nothing here.
        display({**live, "text/plain": "", "text/html": ""}, metadata=metadata, raw=True)


def show(picture: Picture) -> None:
    """Show a picture in this cell's output.

    Parameters
    ----------
    picture : Picture
        From one of the functions in `jejaring.figures`. To change it later, display a `FigureView` instead.

    Examples
    --------
    >>> from jejaring.figures.diffusion import threshold_cascade
    >>> show(threshold_cascade({"Kampung A": [1, 2, 3]}, crowd=3))
    FigureView('Kampung A: mulai 1, berhenti di 3 dari 3 orang setelah 3 putaran.')
    """
    display(FigureView(picture))


def still_html(picture: Picture) -> str:
    """Write a picture for where no widget runs."""
    caption = f"<figcaption>{html.escape(picture.twin)}</figcaption>"
    return f'<style>{_STILL_CSS}</style><figure class="jj-still">{picture.svg}{caption}</figure>'


def _send_plotly(widget: anywidget.AnyWidget, content: object, _buffers: object) -> None:
    """Answer a page that has no plotly.js yet."""
    if content == {"need": "plotly"}:
        widget.send({"plotly": "gzip"}, buffers=[_packed_plotly()])


@cache
def _packed_plotly() -> bytes:
    """Pack the plotly.js that comes with plotly: 4.8 MB become 1.5."""
    source = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return gzip.compress(source.read_bytes(), compresslevel=6, mtime=0)
