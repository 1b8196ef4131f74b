"""Cases sorted along two questions at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from jejaring.figures.picture import BLUE, PAPER, Picture, compose
from jejaring.language import word

__all__ = ["facet_grid"]


def facet_grid(
    rows: Mapping[str, str], columns: Mapping[str, str], cases: Mapping[str, tuple[str, str]], *, title: str
) -> Picture:
    """Shade each cell of a grid by how many cases fall into it, and name them.

    Parameters
    ----------
    rows, columns : mapping of str to str
        What each row and column is called, by its id, from the top and from the left.
    cases : mapping of str to (str, str)
        Row and column of each case, by a short label such as a number.
    title : str
        What is sorted.

    Returns
    -------
    Picture
        A grid; every cell shows its cases' labels, so that shade is never the only sign.

    Examples
    --------
    >>> rows, columns = {"contract": "kontrak", "custom": "adat"}, {"rukun": "kerukunan", "jv": "patungan"}
    >>> cases = {"1": ("contract", "jv"), "2": ("contract", "jv"), "3": ("custom", "rukun")}
    >>> print(facet_grid(rows, columns, cases, title="Asal dan bentuk").twin)
    3 kasus menempati 2 dari 4 kotak; yang paling ramai kontrak × patungan dengan 2 kasus.
    """
    cells = {
        (row, column): [case for case, place in cases.items() if place == (row, column)]
        for row in rows
        for column in columns
    }
    counts = [[len(cells[row, column]) for column in columns] for row in rows]
    highest = max(max(line) for line in counts)
    trace = {
        "type": "heatmap", "x": list(columns.values()), "y": list(rows.values()), "z": counts, "xgap": 3, "ygap": 3,
        "colorscale": [[0, PAPER], [1, BLUE]], "zmin": 0, "zmax": max(highest, 2), "showscale": False,
        "text": [[_wrapped(cells[row, column]) for column in columns] for row in rows], "texttemplate": "%{text}",
        "textfont": {"size": 14}, "hoverinfo": "text",
        "hovertext": [
            [_hover(rows[row], columns[column], cells[row, column]) for column in columns] for row in rows
        ],
    }  # fmt: skip
    return compose(
        [trace],
        {
            "xaxis": {"showgrid": False, "categoryarray": list(columns.values())},
            "yaxis": {"autorange": "reversed", "showgrid": False, "categoryarray": list(rows.values())},
            "shapes": _frames(len(rows), len(columns)),
        },
        _twin(rows, columns, cells),
        title=title,
        height=90 + 72 * len(rows),
    )


def _frames(rows: int, columns: int) -> list[dict[str, Any]]:
    """Frame the cells, so that empty ones are seen as well."""
    line = {"color": "#8C8C8C", "width": 1}
    across = [{"x0": -0.5, "x1": columns - 0.5, "y0": row - 0.5, "y1": row - 0.5} for row in range(rows + 1)]
    down = [{"x0": column - 0.5, "x1": column - 0.5, "y0": -0.5, "y1": rows - 0.5} for column in range(columns + 1)]
    return [{"type": "line", "line": line, **ends} for ends in across + down]


def _wrapped(labels: Sequence[str]) -> str:
    """Three labels to a line."""
    return "<br>".join(" ".join(labels[start : start + 3]) for start in range(0, len(labels), 3))


def _hover(row: str, column: str, labels: Sequence[str]) -> str:
    """Say what is in a cell."""
    return word("figure.facets.hover", row=row, column=column, count=", ".join(labels) or "0")


def _twin(rows: Mapping[str, str], columns: Mapping[str, str], cells: Mapping[tuple[str, str], Sequence[str]]) -> str:
    """Say how the cases spread and where most of them are."""
    if not any(cells.values()):
        return word("figure.facets.twin_empty", cells=len(cells))
    row, column = max(cells, key=lambda place: len(cells[place]))
    named = {"row": rows[row], "column": columns[column], "count": len(cells[row, column])}
    filled = sum(bool(labels) for labels in cells.values())
    return word("figure.facets.twin", cases=sum(map(len, cells.values())), filled=filled, cells=len(cells), **named)
