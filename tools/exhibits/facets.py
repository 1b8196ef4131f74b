"""Sorted cases to look at."""

from jejaring.figures import facets as figures
from jejaring.figures.picture import Picture

__all__ = ["facet_grid"]


def facet_grid() -> Picture:
    """Two cases in one of four cells."""
    rows, columns = {"a": "adat", "k": "kontrak"}, {"r": "rukun", "j": "patungan"}
    return figures.facet_grid(rows, columns, {"1": ("a", "r"), "2": ("a", "r")}, title="Asal")
