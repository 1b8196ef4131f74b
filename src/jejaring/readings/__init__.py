"""What a measured value means, in one sentence of the language spoken now; the words are in `words/measures.toml`."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from jejaring.figures.picture import brief, number, percent
from jejaring.language import word, words
from jejaring.measures import Scores, ranks

__all__ = ["SHARES", "meaning", "name", "read", "written"]

SHARES = frozenset({"degree", "in_degree", "out_degree", "betweenness"})
"""Measures of nodes whose values are told in percent."""


def name(measure: str) -> str:
    """Say what a measure is called.

    Parameters
    ----------
    measure : str
        Key of `measures.MEASURES`.

    Returns
    -------
    str
        A few words.

    Examples
    --------
    >>> name("betweenness")
    'keantaraan'
    """
    return word(f"measures.{measure}.name")


def meaning(measure: str) -> str:
    """Say what a measure asks.

    Parameters
    ----------
    measure : str
        Key of `measures.MEASURES`.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> meaning("betweenness")
    'Berapa bagian dari jalur terpendek antara dua pihak lain lewat simpul ini?'
    """
    return word(f"measures.{measure}.meaning")


def read(measure: str, measured: Scores | float, node: Any = None, *, names: Mapping[Any, str] | None = None) -> str:
    """Say what one value means.

    Parameters
    ----------
    measure : str
        Key of `measures.MEASURES`.
    measured : Scores or float
        What the measure gave for the network.
    node : node, or pair of nodes
        Whose value is read; left out for measures of the whole network.
    names : mapping of node to str, optional
        How nodes are called, where not by themselves.

    Returns
    -------
    str
        One sentence; it says when the value is an estimate.

    Raises
    ------
    KeyError
        If the node has no value.

    Examples
    --------
    >>> print(read("degree", Scores({"Ani": 0.5, "Budi": 1.0, "Citra": 0.5}), "Ani"))
    Ani terikat langsung dengan 1 dari 2 pihak lain (50,0%), peringkat 2.
    >>> print(read("density", 0.25))
    Dari semua ikatan yang mungkin, 25,0% benar-benar ada.
    """
    value = measured[node] if isinstance(measured, Scores) else measured
    fields = _told(measure, value)
    if not isinstance(measured, Scores):
        return _sentence(measure, _cases(value, top=False), fields)
    fields |= _placed(measured, node, names or {})
    if measured.method == "exact":
        return _sentence(measure, _cases(value, top=fields["rank"] == "1"), fields)
    sentence = _sentence(measure, iter(["middle"]), fields)  # a sample proves neither 0 nor 1 nor who is first
    return f"{sentence.removesuffix('.')} {word('measures.sampled', error=written(measure, measured.error))}."


def written(measure: str, value: float) -> str:
    """Write a value of a measure: as a percentage where it is a share, else with as many digits as it needs.

    Parameters
    ----------
    measure : str
        Key of `measures.MEASURES`.
    value : float
        The value; NaN and infinity have a sign of their own.

    Returns
    -------
    str
        In the number format of the language.

    Examples
    --------
    >>> written("betweenness", 0.521978), written("constraint", 0.2099), written("effective_size", 3.0)
    ('52,2%', '0,21', '3')
    """
    told = _told(measure, value)
    return told["share" if measure in SHARES else "value"]


def _told(measure: str, value: float) -> dict[str, str]:
    """A value in the ways in which sentences want it."""
    if math.isnan(value) or math.isinf(value):
        sign = "–" if math.isnan(value) else "∞"
        return {"value": sign, "share": sign}
    fine = number(value, 3) if measure in ("closeness", "eigenvector", "mean_distance") else brief(value)
    return {"value": fine, "share": percent(value)}


def _cases(value: float, *, top: bool) -> Iterator[str]:
    """What a sentence may depend on, the most special first."""
    if math.isnan(value):
        yield "none"
    if math.isinf(value):
        yield "infinite"
    yield from (case for case, place in (("minus", -1), ("zero", 0), ("one", 1)) if abs(value - place) < 1e-9)
    if value < 0:
        yield "below"
    if top:
        yield "top"
    yield "middle"


def _sentence(measure: str, cases: Iterator[str], fields: Mapping[str, str]) -> str:
    """Fill in the words of the first case that has any."""
    said = words(f"measures.{measure}.reading")
    return said[next(case for case in cases if case in said)].format_map(fields)


def _placed(scores: Scores, node: Any, names: Mapping[Any, str]) -> dict[str, str]:
    """Who it is, and where among the others."""
    ends = (node,) if node in names or not isinstance(node, tuple) else node
    called = [names.get(end, str(end)) for end in ends]
    others, value = len(scores) - 1, scores[node]
    placed = {"rank": number(ranks(scores)[node]), "all": number(len(scores)), "others": number(others)}
    count = number(value * others) if math.isfinite(value) else ""
    return {**placed, "count": count, "node": called[0], "one": called[0], "other": called[-1]}
