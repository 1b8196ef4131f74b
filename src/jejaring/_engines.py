"""Compiled libraries that measure large networks faster, where they are installed; with our conventions."""

import importlib
from collections.abc import Sequence
from functools import cache

Lists = Sequence[Sequence[int]]


@cache
def works(engine: str) -> bool:
    """Tell whether an engine can be imported; not before somebody needs it."""
    try:
        importlib.import_module(engine)
    except (ImportError, OSError, AttributeError, RuntimeError):  # missing; or a binary that does not fit this machine
        return False
    return True


def betweenness(engine: str, after: Lists, *, directed: bool) -> list[float]:
    """For each node, the sum over ordered pairs of others of the share of their shortest paths that pass it."""
    module = importlib.import_module(engine)
    if engine == "igraph":
        raw = module.Graph(len(after), _ties(after, directed=directed), directed=directed).betweenness()
        return [float(value) if directed else 2.0 * value for value in raw]
    graph = module.Graph(len(after), directed=directed)
    for one, other in _ties(after, directed=directed):
        graph.addEdge(one, other)
    return [float(value) for value in module.centrality.Betweenness(graph).run().scores()]


def eigenvector(after: Lists, *, directed: bool) -> list[float]:
    """Leading eigenvector of igraph, of any length: a node gets from those whose ties lead to it."""
    graph = importlib.import_module("igraph").Graph(len(after), _ties(after, directed=directed), directed=directed)
    return [abs(float(value)) for value in graph.eigenvector_centrality()]


def _ties(after: Lists, *, directed: bool) -> list[tuple[int, int]]:
    """List each tie once."""
    return [(one, other) for one, others in enumerate(after) for other in others if directed or one < other]
