"""One page with every figure of the course in every language, beside its still image and its sentence.

    python -m tools.gallery [words of a name ...]

writes build/gallery/index.html and says where it is. An exhibit is a function of tools/exhibits that has the name of
the figure it shows.
"""

import argparse
import html
import importlib
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plotly.offline import get_plotlyjs

from jejaring.figures.picture import Picture
from jejaring.figures.static import INK, PAPER
from jejaring.language import LANGUAGES, use_language
from tools import exhibits as rooms

ROOT = Path(__file__).resolve().parents[1]
__all__ = ["Exhibit", "build", "exhibits", "main"]

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Jejaring: every figure</title>
<script src="plotly.min.js"></script>
<style>
  :root { color-scheme: light dark; --jp-layout-color0: light-dark(#fff, #111); }
  body { font: 16px/1.5 sans-serif; margin: 0 auto; max-width: 1400px; padding: 0 12px;
         color: light-dark(#111, #eee); background: var(--jp-layout-color0); }
  .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 24px; }
  .pair > * { min-width: 0; }
  h2 { border-top: 1px solid #8c8c8c; padding-top: 12px; }
  h3 { font-size: 16px; margin: 0; }
  details svg { max-width: 640px; }
</style></head><body><h1>Every figure</h1>
"""

_TAIL = """<script>
const style = getComputedStyle(document.body);
const theme = { %s: style.color, %s: style.backgroundColor };
const themed = (value) => typeof value === "string" ? theme[value] ?? value
  : Array.isArray(value) ? value.map(themed)
  : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, themed(v)]))
  : value;
for (const plot of document.querySelectorAll("[data-spec]")) {
  const { data, layout } = themed(JSON.parse(plot.dataset.spec));
  delete layout.title;
  layout.width = plot.clientWidth;
  if (layout.width < 560) {
    const named = data.filter((trace) => trace.showlegend ?? data.length > 1).length;
    layout.font = { ...layout.font, size: 12 };
    layout.legend = { ...layout.legend, x: 0, xref: "container", yref: "container", y: 0, yanchor: "bottom" };
    layout.height += 20 * named;
  }
  Plotly.newPlot(plot, data, layout, { displayModeBar: false });
}
</script></body></html>
"""


@dataclass(frozen=True)
class Exhibit:
    """A figure with data worth looking at.

    Parameters
    ----------
    topic : str
        Module of `jejaring.figures` that draws it.
    name : str
        The figure's function there.
    draw : callable
        Gives the picture in the language spoken now.
    """

    topic: str
    name: str
    draw: Callable[[], Picture]


def exhibits() -> Iterator[Exhibit]:
    """Find all exhibits, topic by topic.

    Yields
    ------
    Exhibit
        In alphabetical order of topics and in each module's own order of names.
    """
    for _, topic, _ in pkgutil.iter_modules(rooms.__path__):
        module = importlib.import_module(f"tools.exhibits.{topic}")
        for name in module.__all__:
            if callable(draw := getattr(module, name)):
                yield Exhibit(topic, name, draw)


def build(folder: Path, wanted: tuple[str, ...] = ()) -> Path:
    """Write the page and what it needs into a folder.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    wanted : tuple of str
        Only exhibits whose topic or name contains one of these; all of them when empty.

    Returns
    -------
    Path
        The page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = [_HEAD]
    for exhibit in exhibits():
        if not wanted or any(part in f"{exhibit.topic}.{exhibit.name}" for part in wanted):
            parts.append(f'<section id="{exhibit.name}"><h2>{exhibit.topic}.{exhibit.name}</h2><div class="pair">')
            for code in LANGUAGES:
                use_language(code)
                parts.append(_frame(exhibit.draw(), code))
            parts.append("</div></section>")
    use_language(next(iter(LANGUAGES)))
    parts.append(_TAIL % (json.dumps(INK), json.dumps(PAPER)))
    page = folder / "index.html"
    page.write_text("".join(parts), encoding="utf-8")
    (folder / "plotly.min.js").write_text(get_plotlyjs(), encoding="utf-8")
    return page


def _frame(picture: Picture, code: str) -> str:
    """One picture in one language: live, its sentence, its still image."""
    spec = html.escape(json.dumps(picture.spec, allow_nan=False))
    return (
        f'<article lang="{code}"><h3>{html.escape(picture.spec["layout"]["title"]["text"])}</h3>'
        f'<div data-spec="{spec}"></div><p>{html.escape(picture.twin)}</p>'
        f"<details><summary>SVG</summary>{picture.svg}</details></article>"
    )


def main() -> int:
    """Build the page and say where it is."""
    parser = argparse.ArgumentParser(description="Put every figure on one page, in every language.")
    parser.add_argument("words", nargs="*", help="only figures whose topic or name contains one of these")
    page = build(ROOT / "build" / "gallery", tuple(parser.parse_args().words))
    print(f"Open {page.as_uri()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
