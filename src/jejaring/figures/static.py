"""A still picture of a figure, for feedback pages, previews and print, where plotly.js does not run.

It knows what our figures use, on one pair of axes: bars, lines, markers and arrow heads, heat maps, shapes and
annotations. Everything else is left out. The same figure always gives the same bytes.
"""

import html
import itertools
import math
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

__all__ = ["INK", "PAPER", "render"]

INK: Final = "#111111"
"""Stands for the colour of the reader's text, so that one figure suits light and dark pages."""
PAPER: Final = "#FEFEFE"
"""Stands for the colour of the reader's page."""

Spec = Mapping[str, Any]
Point = tuple[float, float]

_WIDTH = 640
_SIZE = 13  # of text, pixels
_THEME = {INK: "currentColor", PAPER: "var(--jp-layout-color0, #fff)"}
_DASHES = {"dash": "8 5", "dot": "2 4", "dashdot": "8 4 2 4"}


def render(figure: Spec, twin: str) -> str:
    """Draw a figure as SVG.

    Parameters
    ----------
    figure : mapping
        ``data`` and ``layout`` as plotly.js takes them; not modified.
    twin : str
        The sentence that says what is seen: the image's description for those who don't see it.

    Returns
    -------
    str
        One ``svg`` element without scripts, styles or links, 640 units wide and free to shrink.

    Examples
    --------
    >>> svg = render({"data": [{"type": "bar", "x": ["A"], "y": [3]}], "layout": {"title": {"text": "Seats"}}}, "A: 3.")
    >>> "<title>Seats</title><desc>A: 3.</desc>" in svg, svg.count("<rect")
    (True, 1)
    """
    return _Drawing(figure).svg(twin)


class _Axis:
    """From data to pixels, for one direction."""

    def __init__(self, options: Spec, values: Iterable[Any], start: float, end: float) -> None:
        seen = list(values)
        self.options = options
        words = [value for value in seen if isinstance(value, str)]
        self.categories = list(options.get("categoryarray") or dict.fromkeys(words)) if words else []
        if self.categories:
            low, high = -0.5, len(self.categories) - 0.5
        else:
            numbers = [float(value) for value in seen if value is not None] or [0.0, 1.0]
            low, high = min(numbers), max(numbers)
            margin = 0.05 * (high - low) or 0.5
            low, high = (low - margin if low else low), high + margin
        low, high = options.get("range") or (low, high)
        if options.get("autorange") == "reversed":
            low, high = high, low
        self.low, self.high, self.start, self.end = float(low), float(high), start, end

    def number(self, value: Any) -> float:
        """A category is its place."""
        return float(self.categories.index(value)) if isinstance(value, str) else float(value)

    def __call__(self, value: Any) -> float:
        """Where a value of the data is drawn."""
        return self.start + (self.number(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[tuple[float, str]]:
        """Where the axis is labelled, and how."""
        if "tickvals" in self.options:
            texts = self.options.get("ticktext") or [_plain(value) for value in self.options["tickvals"]]
            return [(self(value), text) for value, text in zip(self.options["tickvals"], texts, strict=True)]
        if self.categories:
            return [(self(category), category) for category in self.categories]
        step = self.options.get("dtick") or _nice(abs(self.high - self.low) / 5)
        first, last = sorted((self.low, self.high))
        places = range(math.ceil(first / step - 1e-9), math.floor(last / step + 1e-9) + 1)
        suffix = self.options.get("ticksuffix", "")
        return [(self(place * step), f"{place * step:.6g}{suffix}") for place in places]


class _Drawing:
    """One figure on its way to SVG."""

    def __init__(self, figure: Spec) -> None:
        self.traces: Sequence[Spec] = figure.get("data", ())
        self.layout: Spec = figure.get("layout", {})
        self.decimal = self.layout.get("separators", ".")[0]
        self.title = textwrap.wrap(_bare(self.layout.get("title", {}).get("text", "")), 72)
        self.legend = [trace for trace in self.traces if trace.get("showlegend", True) and trace.get("name")]
        if len(self.legend) < 2 and not any(trace.get("showlegend") for trace in self.traces):
            self.legend = []
        self.patterns: dict[str, str] = {}
        self.place()

    def place(self) -> None:
        """Give axes their room: the left margin fits the widest label."""
        flat = any(trace.get("orientation") == "h" for trace in self.traces)
        x_values, y_values = list(self.values("x")), list(self.values("y"))
        if any(trace["type"] == "bar" for trace in self.traces):
            (x_values if flat else y_values).append(0)
        y_options, x_options = self.layout.get("yaxis", {}), self.layout.get("xaxis", {})
        shown = y_options.get("visible", True)
        labels = [text for _, text in _Axis(y_options, y_values, 0, 1).ticks()] if shown else []
        self.left = 14 + max((_wide(line) for text in labels for line in _lines(text)), default=0.0)
        self.left += 24 if y_options.get("title") else 0
        self.right = _WIDTH - 18.0
        rows = self.legend_rows()
        self.top = 14 + 21 * len(self.title) + 20 * len(rows)
        height = float(self.layout.get("height", 360))
        self.x = _Axis(x_options, x_values, self.left, self.right)
        deep = (
            max((len(_lines(text)) for _, text in self.x.ticks()), default=1) if x_options.get("visible", True) else 0
        )
        self.height = height + 21 * len(self.title)
        self.bottom = self.height - 12 - 16 * deep - (20 if x_options.get("title") else 0)
        self.y = _Axis(y_options, y_values, self.bottom, self.top)

    def values(self, letter: str) -> Iterator[Any]:
        """Everything that the data and the shapes have along an axis."""
        for trace in self.traces:
            along = list(trace.get(letter) or ())
            yield from along
            if trace["type"] == "bar" and (trace.get("orientation") == "h") == (letter == "x"):
                for start, length in zip(trace.get("base") or (), along, strict=False):
                    yield start + length

    def svg(self, twin: str) -> str:
        """Put the layers together, the lowest first."""
        shapes = self.layout.get("shapes", ())
        body = [
            *self.grid(),
            *(self.shape(shape) for shape in shapes if shape.get("layer") == "below"),
            *(part for trace in self.traces for part in self.trace(trace)),
            *(self.shape(shape) for shape in shapes if shape.get("layer") != "below"),
            *(part for note in self.layout.get("annotations", ()) for part in self.annotation(note)),
            *self.head(),
        ]
        title, description = (html.escape(text) for text in (" ".join(self.title), twin))
        definitions = f"<defs>{''.join(self.patterns.values())}</defs>" if self.patterns else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_plain(self.height)}" role="img" '
            f'width="100%" font-family="sans-serif" font-size="{_SIZE}" fill="currentColor">'
            f"<title>{title}</title><desc>{description}</desc>{definitions}{''.join(body)}</svg>"
        )

    def head(self) -> Iterator[str]:
        """Title and legend."""
        for line, text in enumerate(self.title):
            yield _text(8, 20 + 21 * line, text, size=16, weight="bold")
        for row, entries in enumerate(self.legend_rows()):
            x, y = 8.0, 21 * len(self.title) + 20 * row + 14
            for trace in entries:
                if trace["type"] == "bar":
                    yield self.box(x, y - 8, 16, 12, trace.get("marker", {}))
                else:
                    line = trace.get("line", {})
                    if "lines" in trace.get("mode", "lines"):
                        ends = (x, y - 2, x + 16, y - 2)
                        yield _line(ends, line.get("color", INK), line.get("width", 2), line.get("dash"))
                    marker = trace.get("marker", {})
                    if "markers" in trace.get("mode", "") and marker.get("symbol") != "arrow-wide":
                        size = min(14, _at(marker.get("size", 8), 0))
                        yield self.marker(x + 8, y - 2, {**marker, "size": size}, 0)
                yield _text(x + 22, y + 3, trace["name"])
                x += 40 + _wide(trace["name"])

    def legend_rows(self) -> list[list[Spec]]:
        """Break the legend where the line is full."""
        rows: list[list[Spec]] = []
        room = 0.0
        for trace in self.legend:
            room -= 40 + _wide(trace["name"])
            if room < 0:
                rows.append([])
                room = _WIDTH - 50 - _wide(trace["name"])
            rows[-1].append(trace)
        return rows

    def grid(self) -> Iterator[str]:
        """Draw ticks, grid lines and the axes' titles."""
        for axis, across in ((self.x, True), (self.y, False)):
            options = axis.options
            if options.get("visible", True):
                for place, label in axis.ticks():
                    if options.get("showgrid", True) and not axis.categories:
                        ends = (
                            (place, self.top, place, self.bottom) if across else (self.left, place, self.right, place)
                        )
                        yield _line(ends, "#7F7F7F", 0.4)
                    said = label if axis.categories else label.replace(".", self.decimal)
                    if across:
                        yield _text(place, self.bottom + 16, said, anchor="middle")
                    else:
                        yield _text(self.left - 6, place + 4.5 - 8 * (len(_lines(said)) - 1), said, anchor="end")
            title = _bare((options.get("title") or {}).get("text", ""))
            if title and across:
                yield _text((self.left + self.right) / 2, self.height - 6, title, anchor="middle")
            elif title:
                middle = (self.top + self.bottom) / 2
                yield _text(14, middle, title, anchor="middle", turn=f' transform="rotate(-90 14 {_plain(middle)})"')

    def trace(self, trace: Spec) -> Iterator[str]:
        """Draw one set of data."""
        if trace.get("visible", True) is True:
            kinds = {"bar": self.bars, "scatter": self.scatter, "heatmap": self.heat}
            yield from kinds[trace["type"]](trace) if trace["type"] in kinds else ()

    def bars(self, trace: Spec) -> Iterator[str]:
        """Draw bars, side by side unless the layout overlays or stacks them from given bases."""
        flat = trace.get("orientation") == "h"
        along, across = (self.x, self.y) if flat else (self.y, self.x)
        lengths, names = (trace["x"], trace["y"]) if flat else (trace["y"], trace["x"])
        group = [other for other in self.traces if other["type"] == "bar"]
        side = self.layout.get("barmode", "group") == "group" and len(group) > 1
        share = (1 - self.layout.get("bargap", 0.2)) / (len(group) if side else 1)
        shift = (group.index(trace) - (len(group) - 1) / 2) * share if side else 0.0
        bases, texts = trace.get("base") or [0] * len(lengths), trace.get("text") or [""] * len(lengths)
        for place, (name, length, base) in enumerate(zip(names, lengths, bases, strict=True)):
            middle = across.number(name) + shift
            one, two = sorted((across(middle - share / 2), across(middle + share / 2)))
            start, end = along(base), along(base + length)
            low, high = sorted((start, end))
            corner = (low, one, high - low, two - one) if flat else (one, low, two - one, high - low)
            yield self.box(*corner, trace.get("marker", {}), place)
            if texts[place]:
                outside = (end + 5, (one + two) / 2 + 4.5) if flat else ((one + two) / 2, high and low - 5)
                yield _text(*outside, texts[place], anchor="start" if flat else "middle")

    def box(self, x: float, y: float, wide: float, high: float, marker: Spec, place: int = 0) -> str:
        """Draw one bar, hatched where the marker has a pattern."""
        colour, line = _at(marker.get("color", INK), place), marker.get("line", {})
        shape = _at(marker.get("pattern", {}).get("shape", ""), place)
        fill = self.hatch(colour, shape, _at(marker["pattern"].get("fgcolor", INK), place)) if shape else _ink(colour)
        edge, width = _at(line.get("color", "none"), place), _at(line.get("width", 0), place)
        stroke = f' stroke="{_ink(edge)}" stroke-width="{_plain(width)}"' if width else ""
        size = f'x="{_plain(x)}" y="{_plain(y)}" width="{_plain(wide)}" height="{_plain(high)}"'
        return f'<rect {size} fill="{fill}"{stroke}/>'

    def hatch(self, colour: str, shape: str, foreground: str) -> str:
        """Define a pattern once, and point to it."""
        name = re.sub(r"\W", "", f"hatch{colour}{foreground}") + format(ord(shape[0]), "x")
        path = {"/": "M0 8L8 0M-2 2L2 -2M6 10L10 6", "\\": "M0 0L8 8M6 -2L10 2M-2 6L2 10", "x": "M0 0L8 8M8 0L0 8"}
        self.patterns[name] = (
            f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" '
            f'fill="{_ink(colour)}"/><path d="{path.get(shape[0], path["/"])}" stroke="{_ink(foreground)}"/></pattern>'
        )
        return f"url(#{name})"

    def scatter(self, trace: Spec) -> Iterator[str]:
        """Draw a line with its gaps, an area, markers and labels."""
        xs, ys, mode = trace["x"], trace["y"], trace.get("mode", "lines")
        whole = [None if x is None or y is None else (self.x(x), self.y(y)) for x, y in zip(xs, ys, strict=True)]
        runs = itertools.groupby(whole, lambda point: point is not None)
        strokes = [[point for point in run if point] for drawn, run in runs if drawn]
        line, marker = trace.get("line", {}), trace.get("marker", {})
        if trace.get("fill") == "toself":
            for run in strokes:
                yield f'<polygon points="{_points(run)}" fill="{_ink(trace.get("fillcolor", "none"))}"/>'
        if "lines" in mode and line.get("width", 2):
            dash = f' stroke-dasharray="{_DASHES[line["dash"]]}"' if line.get("dash") in _DASHES else ""
            stroke = f'stroke="{_ink(line.get("color", INK))}" stroke-width="{_plain(line.get("width", 2))}"{dash}'
            if len(strokes) == 1:
                yield f'<polyline points="{_points(strokes[0])}" fill="none" {stroke}/>'
            elif strokes:
                yield f'<path d="{"".join(map(_path, strokes))}" fill="none" {stroke}/>'
        if "markers" in mode:
            yield from self.markers(whole, marker)
        for place, point in enumerate(whole):
            label = _at(trace.get("text", ""), place)
            if point and "text" in mode and label:
                r = _at(marker.get("size", 8), place) / 2 if "markers" in mode else 4
                where = _at(trace.get("textposition", "middle center"), place)
                down = {"top": -7 - r, "bottom": 15 + r}.get(where.split()[0], 4.5)
                aside = {"left": (-5 - r, "end"), "right": (5 + r, "start")}.get(where.split()[1], (0, "middle"))
                lines = len(_lines(label))
                lift = 16 * (lines - 1) * {"top": 1.0, "bottom": 0.0}.get(where.split()[0], 0.5)
                yield _text(point[0] + aside[0], point[1] + down - lift, label, anchor=aside[1])

    def markers(self, points: Sequence[Point | None], marker: Spec) -> Iterator[str]:
        """Draw marks; where all look alike, say once how."""
        drawn = [(place, point) for place, point in enumerate(points) if point and _at(marker.get("size", 8), place)]
        line = marker.get("line", {})
        looks = [marker.get("color"), line.get("color"), line.get("width"), marker.get("symbol")]
        if marker.get("symbol") == "arrow-wide":
            yield _arrows(points, marker)
        elif len(drawn) > 1 and not any(isinstance(look, list | tuple) for look in looks):
            yield f"<g {_style(marker, 0)}>"
            yield from (f"{_mark(*point, marker, place)}/>" for place, point in drawn)
            yield "</g>"
        else:
            yield from (self.marker(*point, marker, place) for place, point in drawn)

    def marker(self, x: float, y: float, marker: Spec, place: int) -> str:
        """Draw one mark in its shape and colours."""
        return f"{_mark(x, y, marker, place)} {_style(marker, place)}/>"

    def heat(self, trace: Spec) -> Iterator[str]:
        """Draw a grid of shaded cells with their labels."""
        low, high = trace.get("zmin", 0), trace.get("zmax") or max(max(row) for row in trace["z"]) or 1
        colour = trace["colorscale"][-1][1]
        gap = trace.get("xgap", 0) / 2
        cells: dict[str, list[str]] = {}  # by depth: a grid has many cells and few depths
        notes = []
        for y, row, labels in zip(trace["y"], trace["z"], trace.get("text") or trace["z"], strict=True):
            for x, value, label in zip(trace["x"], row, labels, strict=True):
                left, right = sorted(self.x(self.x.number(x) + half) for half in (-0.5, 0.5))
                top, bottom = sorted(self.y(self.y.number(y) + half) for half in (-0.5, 0.5))
                depth = (value - low) / (high - low or 1)
                wide = _plain(right - left - 2 * gap)
                box = f"M{_plain(left + gap)} {_plain(top + gap)}h{wide}v{_plain(bottom - top - 2 * gap)}h-{wide}z"
                if depth:
                    cells.setdefault(_plain(depth, 2), []).append(box)
                if trace.get("text") and label:
                    lift = 8 * (len(_lines(label)) - 1)
                    middle = ((left + right) / 2, (top + bottom) / 2 + 4.5 - lift)
                    fill = "#fff" if depth > 0.55 else None
                    notes.append(_text(*middle, label, anchor="middle", weight="bold", fill=fill))
        for depth_said, boxes in cells.items():
            yield f'<path d="{"".join(boxes)}" fill="{colour}" fill-opacity="{depth_said}" stroke="#8C8C8C"/>'
        yield from notes

    def point(self, axis: _Axis, value: Any, reference: str) -> float:
        """Find a place given in data or as a share of the drawing."""
        if reference in {"paper", "x domain", "y domain"}:
            return axis.start + float(value) * (axis.end - axis.start)
        return axis(value)

    def shape(self, shape: Spec) -> str:
        """Draw a line or a box of the layout."""
        x_is, y_is = shape.get("xref", "x"), shape.get("yref", "y")
        x0, x1 = (self.point(self.x, shape[end], x_is) for end in ("x0", "x1"))
        y0, y1 = (self.point(self.y, shape[end], y_is) for end in ("y0", "y1"))
        line = shape.get("line", {})
        if shape["type"] == "line":
            return _line((x0, y0, x1, y1), line.get("color", INK), line.get("width", 2), line.get("dash"))
        (left, right), (top, bottom) = sorted((x0, x1)), sorted((y0, y1))
        size = f'x="{_plain(left)}" y="{_plain(top)}" width="{_plain(right - left)}" height="{_plain(bottom - top)}"'
        style = f'fill="{_ink(shape.get("fillcolor", "none"))}" stroke="{_ink(line.get("color", "none"))}"'
        return f'<rect {size} {style} opacity="{shape.get("opacity", 1)}"/>'

    def annotation(self, note: Spec) -> Iterator[str]:
        """Write a note; an arrow becomes a thin line."""
        x = self.point(self.x, note["x"], note.get("xref", "x"))
        y = self.point(self.y, note["y"], note.get("yref", "y"))
        away_x, away_y = (note.get("ax", 0), note.get("ay", -30)) if note.get("showarrow", True) else (0, 0)
        if away_x or away_y:
            yield _line((x, y, x + away_x, y + away_y), INK, 1)
        anchor = {"left": "start", "right": "end"}.get(note.get("xanchor", ""), "middle")
        lines = len(_lines(note["text"]))
        down = {"bottom": -3 - 16 * (lines - 1), "top": 14}.get(note.get("yanchor", ""), 4.5 - 8 * (lines - 1))
        x, y = x + away_x + note.get("xshift", 0), y + away_y + down - note.get("yshift", 0)
        yield _text(x, y, note["text"], anchor=anchor, weight="bold" if "<b>" in note["text"] else None)


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    size: int = _SIZE,
    weight: str | None = None,
    fill: str | None = None,
    turn: str = "",
) -> str:
    """Write text, one line under the other where it has breaks."""
    style = f' text-anchor="{anchor}"' * (anchor != "start") + f' font-size="{size}"' * (size != _SIZE)
    style += (f' font-weight="{weight}"' if weight else "") + (f' fill="{fill}"' if fill else "") + turn
    lines = _lines(text)
    if len(lines) == 1:
        return f'<text x="{_plain(x)}" y="{_plain(y)}"{style}>{html.escape(lines[0])}</text>'
    spans = (
        f'<tspan x="{_plain(x)}" dy="{16 if k else 0}">{html.escape(line)}</tspan>' for k, line in enumerate(lines)
    )
    return f'<text x="{_plain(x)}" y="{_plain(y)}"{style}>{"".join(spans)}</text>'


def _line(ends: tuple[float, float, float, float], colour: str, width: float, dash: str | None = None) -> str:
    """Draw a straight line."""
    broken = f' stroke-dasharray="{_DASHES[dash]}"' if dash in _DASHES else ""
    x0, y0, x1, y1 = map(_plain, ends)
    stroke = f'stroke="{_ink(colour)}" stroke-width="{_plain(width)}"{broken}'
    return f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" {stroke}/>'


def _mark(x: float, y: float, marker: Spec, place: int) -> str:
    """Begin the element of one mark: its shape and size."""
    r = _at(marker.get("size", 8), place) / 2
    symbol = str(_at(marker.get("symbol", "circle"), place)).removesuffix("-open")
    corners: dict[str, list[Point]] = {
        "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        "diamond": [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)],
        "triangle-down": [(-1, -0.8), (1, -0.8), (0, 1)],
        "triangle-up": [(-1, 0.8), (1, 0.8), (0, -1)],
        "star": [
            (r_k * math.sin(k * math.pi / 5), -r_k * math.cos(k * math.pi / 5)) for k, r_k in enumerate([1.4, 0.6] * 5)
        ],
    }
    if symbol == "x":
        return f'<path d="{_path([(x - r, y - r), (x + r, y + r)])}{_path([(x - r, y + r), (x + r, y - r)])}"'
    if symbol in corners:
        return f'<polygon points="{_points([(x + r * dx, y + r * dy) for dx, dy in corners[symbol]])}"'
    return f'<circle cx="{_plain(x)}" cy="{_plain(y)}" r="{_plain(r)}"'


def _style(marker: Spec, place: int) -> str:
    """Say the colours of one mark; open ones are all edge."""
    colour, line = _ink(_at(marker.get("color", INK), place)), marker.get("line", {})
    symbol = str(_at(marker.get("symbol", "circle"), place))
    if symbol == "x":
        return f'stroke="{colour}" stroke-width="3"'
    edge, width = _ink(_at(line.get("color", "none"), place)), _at(line.get("width", 0), place)
    if symbol.endswith("-open"):
        return f'fill="none" stroke="{colour}" stroke-width="{_plain(width)}"'
    return f'fill="{colour}" stroke="{edge}" stroke-width="{_plain(width)}"'


def _arrows(points: Sequence[Point | None], marker: Spec) -> str:
    """Draw heads that point away from the point before, as far from their own point as `standoff` says."""
    heads = []
    for place, (before, point) in enumerate(itertools.pairwise(points), 1):
        size, away = _at(marker.get("size", 8), place), _at(marker.get("standoff", 0), place)
        if before and point and size and before != point:
            length = math.dist(before, point)
            right, down = (point[0] - before[0]) / length, (point[1] - before[1]) / length
            tip = (point[0] - away * right, point[1] - away * down)
            deep = 0.5 * size
            back = (tip[0] - deep * right, tip[1] - deep * down)
            wings = [(back[0] - sign * deep * down, back[1] + sign * deep * right) for sign in (1, -1)]
            heads.append(f"{_path([tip, *wings])}z")
    return f'<path d="{"".join(heads)}" fill="{_ink(marker.get("color", INK))}"/>'


def _points(run: Iterable[Point]) -> str:
    """Write the points of a line or an area."""
    return " ".join(f"{_plain(x)},{_plain(y)}" for x, y in run)


def _path(run: Iterable[Point]) -> str:
    """Write the points of a piece of a path."""
    return "M" + "L".join(f"{_plain(x)} {_plain(y)}" for x, y in run)


def _ink(colour: str) -> str:
    """Let the page choose the colours of text and paper."""
    return _THEME.get(colour, colour)


def _at(value: Any, place: int) -> Any:
    """Take the entry of a list, or the one value for all."""
    return value[place] if isinstance(value, list | tuple) else value


def _lines(text: str) -> list[str]:
    """Split at breaks and drop other markup."""
    return [_bare(line) for line in re.split(r"<br\s*/?>", str(text))]


def _bare(text: str) -> str:
    """Drop markup; turn entities into characters."""
    return html.unescape(re.sub(r"</?\w+[^>]*>", "", text))


def _wide(text: str) -> float:
    """Guess the width of a text in pixels."""
    return 0.56 * _SIZE * len(text)


def _nice(step: float) -> float:
    """Round a step up to 1, 2 or 5 times a power of ten."""
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9))


def _plain(value: float, digits: int = 1) -> str:
    """Write a number briefly and always the same way."""
    return f"{round(float(value), digits) + 0:g}" if abs(value) < 1e5 else f"{value:.0f}"
