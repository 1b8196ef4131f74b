"""The network that a student drew as an answer, for models to run on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jejaring import answers
from jejaring.exercises import kinds
from jejaring.exercises.bank import find
from jejaring.exercises.kinds.network import Network

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["drawn_network"]


def drawn_network(qid: str) -> nx.Graph[Any]:
    """Give the network that was drawn in an exercise of this notebook, as it is now.

    Parameters
    ----------
    qid : str
        Id of an exercise of kind ``network``, such as ``"capstone-own"``.

    Returns
    -------
    networkx.Graph or networkx.DiGraph
        A new one with each call; where nothing has been drawn yet, one with nobody in it.

    Raises
    ------
    ValueError
        If the exercise is of another kind.
    BankError
        If there is no such exercise.
    AnswerError
        If what the notebook holds is no network of this kind.

    Examples
    --------
    >>> len(drawn_network("capstone-own"))  # nobody has drawn anything here
    0
    """
    exercise = find(qid)
    kind = kinds.get(exercise.kind)
    if not isinstance(kind, Network):
        raise ValueError(f"{qid}: is of kind {exercise.kind}; only an exercise of kind network has a network.")
    known = answers.current(qid)
    answer = kind.read(exercise, known.value if known else None)
    nobody = {"people": [], "ties": [], "directed": exercise.entry.get("directed", False)}
    return kind.drawing(exercise, answer or nobody).graph()
