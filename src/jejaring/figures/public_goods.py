"""Giving to what everybody shares, in pictures."""

from collections.abc import Mapping, Sequence
from typing import Any

from jejaring.figures._curves import bet_mark
from jejaring.figures.picture import (
    BLUE,
    GREEN,
    INK,
    PAPER,
    SKY,
    VERMILLION,
    Picture,
    brief,
    compose,
    number,
)
from jejaring.language import word

__all__ = ["free_rider_payoffs", "giving_by_kind", "giving_over_rounds"]

_WAYS = {
    "free": ({"color": VERMILLION, "width": 3, "dash": "dash"}, "rgba(213,94,0,0.18)"),
    "agreed": ({"color": BLUE, "width": 3}, "rgba(0,114,178,0.18)"),
    "average": ({"color": INK, "width": 3, "dash": "dot"}, "rgba(127,127,127,0.18)"),
}
_KINDS = {
    "conditional_cooperator": {"color": SKY, "width": 7},
    "free_rider": {"color": VERMILLION, "width": 3, "dash": "dash"},
    "hump_shaped": {"color": INK, "width": 2, "dash": "dashdot"},  # lies on the first while nobody gives much
    "erratic_giver": {"color": GREEN, "width": 3, "dash": "dot"},
}


def giving_over_rounds(
    runs: Mapping[str, Sequence[Sequence[float]]], *, endowment: float, bet: float | None = None
) -> Picture:
    """Draw the mean gift round by round, and how far repetitions lie apart.

    Parameters
    ----------
    runs : mapping of str to sequence of sequences of float
        By way of playing (``"free"``, ``"agreed"``, ``"average"``: no sanctions, an agreed minimum, fines below the
        average): for each repetition the mean gift of each round, in units. All have the same number of rounds.
    endowment : float
        The most that one person can give in a round.
    bet : float, optional
        The mean gift that the reader expected in the last round of the first way.

    Returns
    -------
    Picture
        One line per way, the mean of the repetitions, in a band from the lowest to the highest.

    Examples
    --------
    >>> print(giving_over_rounds({"free": [[6, 2], [7, 1]]}, endowment=20, bet=5).twin)
    Niat baik saja: sumbangan rata-rata 6,5 pada putaran pertama dan 1,5 pada putaran 2 (antara 1,0 dan 2,0 dalam 2
    ulangan). Tebakanmu untuk putaran 2: 5,0.
    """
    traces, said, rounds = [], [], 0
    for way, repetitions in runs.items():
        by_round = [[float(gift) for gift in gifts] for gifts in zip(*repetitions, strict=True)]
        means, rounds = [sum(gifts) / len(gifts) for gifts in by_round], len(by_round)
        lows, highs = [min(gifts) for gifts in by_round], [max(gifts) for gifts in by_round]
        look, shade = _WAYS[way]
        name = word(f"figure.giving.{way}")
        told = [
            {"round": k + 1, "mean": number(means[k], 1), "low": number(lows[k], 1), "high": number(highs[k], 1)}
            for k in range(rounds)
        ]
        hover = [word("figure.giving.hover", name=name, **fields) for fields in told]
        traces += [_band(lows, highs, shade), _line(means, name, look, hover)]
        ends = {"first": told[0]["mean"], "last": told[-1]["mean"], "low": told[-1]["low"], "high": told[-1]["high"]}
        counts = {"rounds": rounds, "seeds": len(repetitions)}
        said.append(word("figure.giving.twin", name=name[:1].upper() + name[1:], **ends, **counts))
    if bet is not None:
        traces.append(bet_mark(rounds, bet, word("figure.giving.bet_hover", bet=number(bet, 1))))
        said.append(word("figure.giving.twin_bet", rounds=rounds, bet=number(bet, 1)))
    return _over_rounds(traces, rounds, endowment, " ".join(said), word("figure.giving.title"))


def giving_by_kind(gifts: Mapping[str, Sequence[float]], *, endowment: float) -> Picture:
    """Draw the mean gift round by round for each kind of giver.

    Parameters
    ----------
    gifts : mapping of str to sequence of float
        Mean gift of each round, in units, by the name of the kind: ``"conditional_cooperator"``, ``"free_rider"``,
        ``"hump_shaped"``, ``"erratic_giver"``. All have the same number of rounds.
    endowment : float
        The most that one person can give in a round.

    Returns
    -------
    Picture
        One line per kind, each with its own dash.

    Examples
    --------
    >>> print(giving_by_kind({"conditional_cooperator": [9, 3], "free_rider": [0, 0]}, endowment=20).twin)
    Pemberi bersyarat: dari 9,0 menjadi 3,0. Penumpang gelap: dari 0,0 menjadi 0,0.
    """
    traces, said, rounds = [], [], 0
    for kind, means in gifts.items():
        name, rounds = word(f"figure.giving.{kind}"), len(means)
        told = [number(mean, 1) for mean in means]
        hover = [word("figure.giving.hover_kind", name=name, round=k, mean=mean) for k, mean in enumerate(told, 1)]
        traces.append(_line([float(mean) for mean in means], name, _KINDS[kind], hover))
        named = name[:1].upper() + name[1:]
        said.append(word("figure.giving.twin_kind", name=named, first=told[0], last=told[-1]))
    return _over_rounds(traces, rounds, endowment, " ".join(said), word("figure.giving.title_kinds"))


def free_rider_payoffs(
    everybody: float, nobody: float, rider: float, lone: float, *, bet: float | None = None
) -> Picture:
    """Set side by side what one person ends up with in four groups.

    Parameters
    ----------
    everybody : float
        Payoff of each when all give everything, in units.
    nobody : float
        Payoff of each when all keep everything.
    rider : float
        Payoff of the only one who keeps everything.
    lone : float
        Payoff of the only one who gives everything.
    bet : float, optional
        What the reader expected for the only one who keeps everything.

    Returns
    -------
    Picture
        Four bars; those in which one person differs from the others are hatched.

    Examples
    --------
    >>> print(free_rider_payoffs(32, 20, 44, 8).twin)
    Kalau semua memberi, tiap orang mendapat 32; kalau tak ada yang memberi, 20. Satu-satunya yang tidak memberi
    mendapat 44, satu-satunya yang memberi 8: bagi tiap orang lebih untung tidak memberi, bagi semua lebih untung
    memberi.
    """
    paid = {"rider": rider, "everybody": everybody, "nobody": nobody, "lone": lone}
    names = {case: word(f"figure.riding.{case}") for case in paid}
    odd = {"rider", "lone"}
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "y": list(names.values()),
            "x": [float(payoff) for payoff in paid.values()],
            "text": [brief(payoff) for payoff in paid.values()],
            "textposition": "outside",
            "cliponaxis": False,
            "showlegend": False,
            "textfont": {"color": INK},
            "marker": {
                "color": [BLUE if case in odd else SKY for case in paid],
                "pattern": {
                    "shape": ["/" if case in odd else "" for case in paid],
                    "fgcolor": PAPER,
                    "fillmode": "overlay",
                },
            },
            "hoverinfo": "text",
            "hovertext": [
                word("figure.riding.hover", name=names[case].replace("<br>", " "), payoff=brief(payoff))
                for case, payoff in paid.items()
            ],
        }
    ]
    numbers = {case: brief(payoff) for case, payoff in paid.items()}
    dilemma = rider > everybody > nobody > lone
    said = [word("figure.riding.twin_dilemma" if dilemma else "figure.riding.twin_harmony", **numbers)]
    if bet is not None:
        traces.append(bet_mark(bet, names["rider"], word("figure.giving.bet_hover", bet=brief(bet))))
        said.append(word("figure.riding.twin_bet", bet=brief(bet)))
    return compose(
        traces,
        {
            "bargap": 0.3,
            "xaxis": {"title": {"text": word("figure.riding.x")}, "range": [0, 1.15 * max(*paid.values(), bet or 0)]},
            "yaxis": {"autorange": "reversed", "categoryarray": list(names.values()), "showgrid": False},
        },
        " ".join(said),
        title=word("figure.riding.title"),
        height=330,
    )


def _over_rounds(traces: list[dict[str, Any]], rounds: int, endowment: float, twin: str, title: str) -> Picture:
    """Put lines on axes of rounds and gifts; the gifts' axis ends at half of the endowment if that is enough."""
    highest = max(max(trace["y"]) for trace in traces)
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.giving.x")}, "range": [0.5, rounds + 0.5], "tickformat": "d"},
            "yaxis": {
                "title": {"text": word("figure.giving.y", endowment=brief(endowment))},
                "range": [-0.01 * endowment, 1.05 * max(highest, endowment / 2)],  # a line at 0 is seen
            },
        },
        twin,
        title=title,
        height=400,
    )


def _line(ys: list[float], name: str, look: Mapping[str, Any], hover: list[str]) -> dict[str, Any]:
    """One line over rounds, named in the legend."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(range(1, len(ys) + 1)),
        "y": ys,
        "name": name,
        "showlegend": True,
        "line": dict(look),
        "hoverinfo": "text",
        "hovertext": hover,
    }


def _band(lows: list[float], highs: list[float], colour: str) -> dict[str, Any]:
    """The area between the lowest and the highest repetition."""
    rounds = list(range(1, len(lows) + 1))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*rounds, *reversed(rounds)],
        "y": [*lows, *reversed(highs)],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }
