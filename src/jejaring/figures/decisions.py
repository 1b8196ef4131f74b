"""The way through a decision tree in a picture."""

import re
import textwrap
from typing import Any

from jejaring.decisions import Decision, Source
from jejaring.figures.picture import BLUE, GREY, INK, Picture, compose
from jejaring.language import word

__all__ = ["decision_path"]

_LETTERS = 31  # on a line: as many as fit a telephone that shows menus beside the page
_LINE, _ROOM, _ARROW = 19, 18, 50  # pixels: height of a line, space around the text of a box, height of an arrow
_LEFT = 5  # per cent of the width


def decision_path(tree: str, decision: Decision) -> Picture:
    """Draw the questions one under the other, the answers as arrows, and the rule beside each arrow.

    Parameters
    ----------
    tree : str
        Name of the tree, whose words stand in ``words/decisions.toml``.
    decision : Decision
        The way that was taken.

    Returns
    -------
    Picture
        One box for each question, and a shaded one for the outcome.

    Examples
    --------
    >>> from jejaring.companies import RESTRUCTURING
    >>> from jejaring.decisions import decide
    >>> decision = decide(RESTRUCTURING, {"personality_ends": False, "control_changes": True})
    >>> print(decision_path("restructuring", decision).twin)
    Hasilnya: Pengambilalihan (akuisisi).
    Penentunya jawaban “ya” atas “Apakah sahamnya diambil alih sehingga pengendalinya berganti?”,
    menurut UU 40/2007 Pasal 1(11).
    """
    outcome = word(f"decision.{tree}.outcome.{decision.outcome}")
    asked = [word(f"decision.{tree}.question.{step.question}") for step in decision.path]
    answers = [word("decision.yes" if step.answer else "decision.no") for step in decision.path]
    rules = [_cited(step.source) for step in decision.path]
    boxes = [_wrapped(f"{place}. {text}") for place, text in enumerate(asked, 1)] + [_wrapped(outcome)]
    shapes, notes, tops, bottoms = _boxes(boxes)
    notes += [
        _note(_LEFT + 5, bottom + _ARROW / 2 - 2, _beside(answer, rule))
        for bottom, answer, rule in zip(bottoms, answers, rules, strict=False)
    ]
    told = {"outcome": outcome, "question": asked[-1], "answer": answers[-1], "rule": rules[-1]}
    return compose(
        [_arrows(bottoms[:-1], tops[1:], [" ".join(parts) for parts in zip(asked, answers, strict=True)])],
        {
            "xaxis": {"visible": False, "range": [0, 100]},
            "yaxis": {"visible": False, "range": [bottoms[-1] + 2, -2]},
            "shapes": shapes,
            "annotations": notes,
        },
        word("figure.decisions.twin", **told),
        title=word(f"decision.tree.{tree}"),
        height=bottoms[-1] + 32,
    )


def _cited(source: Source) -> str:
    """Write a source as lawyers do, with a mark where it is only likely.

    Examples
    --------
    >>> _cited(Source("uu23-2014", "364(1)", "L"))
    'UU 23/2014 Pasal 364(1) (perlu dicek)'
    """
    kind, number, year = re.fullmatch(r"([a-z]+)(\d+)-(\d+)", source.law).groups()  # type: ignore[union-attr]  # every key of a law has this form
    law = f"{kind.upper() if len(kind) == 2 else kind.capitalize()} {number}/{year}"
    plain = word("decision.cite", law=law, article=source.article) if source.article else law
    return plain if source.certainty == "S" else word("decision.likely", cite=plain)


def _boxes(texts: list[list[str]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[int], list[int]]:
    """Frame each text, the last one as the outcome; say where the boxes start and end."""
    shapes, notes, tops, bottoms, top = [], [], [], [], 0
    for place, lines in enumerate(texts, 1):
        last = place == len(texts)
        bottom = top + _ROOM + _LINE * len(lines)
        shapes.append(
            {
                "type": "rect", "x0": 0, "x1": 100, "y0": top, "y1": bottom, "layer": "below",
                "line": {"color": BLUE if last else GREY, "width": 3 if last else 1.5},
                "fillcolor": "rgba(86,180,233,0.3)" if last else "rgba(0,0,0,0)",
            }
        )  # fmt: skip
        text = "<br>".join(f"<b>{line}</b>" if last else line for line in lines)
        notes.append(_note(3, (top + bottom) / 2, text))
        tops.append(top)
        bottoms.append(bottom)
        top = bottom + _ARROW
    return shapes, notes, tops, bottoms


def _arrows(starts: list[int], ends: list[int], hover: list[str]) -> dict[str, Any]:
    """From the bottom of each box to the top of the next one."""
    gaps = [None] * len(starts)
    ys = [y for ends_of_one in zip(starts, [end - 6 for end in ends], gaps, strict=True) for y in ends_of_one]
    return {
        "type": "scatter", "mode": "lines+markers", "showlegend": False, "cliponaxis": False,
        "x": [_LEFT, _LEFT, None] * len(starts), "y": ys,
        "line": {"color": INK, "width": 2},
        "marker": {"symbol": "triangle-down", "color": INK, "size": [0, 12, 0] * len(starts), "opacity": 1},
        "hoverinfo": "text", "hovertext": [text for said in hover for text in (said, said, "")],
    }  # fmt: skip


def _note(x: float, y: float, text: str) -> dict[str, Any]:
    """Text that starts at a place."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "xanchor": "left", "yanchor": "middle", "align": "left"}


def _beside(answer: str, rule: str) -> str:
    """What stands beside an arrow: the answer and the rule, on two lines if they are long."""
    return "<br>".join(_wrapped(f"{answer} · {rule}")).replace(answer, f"<b>{answer}</b>", 1)


def _wrapped(text: str) -> list[str]:
    """Break a text into lines that fit a telephone."""
    return textwrap.wrap(text, _LETTERS)
