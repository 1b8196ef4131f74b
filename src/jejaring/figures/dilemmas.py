"""Stag hunts, trust, volunteers and threats in pictures."""

from collections.abc import Mapping, Sequence
from typing import Any

from jejaring.figures._curves import bet_mark, mark
from jejaring.figures.picture import BLUE, GREY, INK, VERMILLION, Picture, brief, compose, number, percent
from jejaring.language import word

__all__ = ["belief_paths", "group_threat", "nobody_volunteers", "stag_or_hare", "trust_over_rounds"]

_SOLID = {"color": BLUE, "width": 3}
_DASHED = {"color": VERMILLION, "width": 3, "dash": "dash"}
_DOTTED = {"color": INK, "width": 3, "dash": "dot"}


def stag_or_hare(
    together: float, alone: float, hare: float, *, tip: float, belief: float | None = None, bet: float | None = None
) -> Picture:
    """Draw what the stag and the hare are worth, from no belief in the others to full belief.

    Parameters
    ----------
    together, alone, hare : float
        Payoff of the stag when all come, of the stag alone, and of the hare.
    tip : float
        Belief at which both are worth the same, from 0 to 1.
    belief : float, optional
        How sure somebody is, from 0 to 1: marked on the line of the stag.
    bet : float, optional
        Where the reader expected the tip.

    Returns
    -------
    Picture
        Two lines, and an upright one where they cross.

    Examples
    --------
    >>> print(stag_or_hare(4, 0, 3, tip=0.75).twin)
    Bersama-sama rusa memberi 4, sendirian 0; kelinci selalu 3. Berburu rusa baru menguntungkan kalau keyakinan bahwa
    yang lain ikut lebih dari 0,75.
    """
    ends = {"stag": (alone, together), "hare": (hare, hare)}
    traces = []
    for kind, look in (("stag", _SOLID), ("hare", _DASHED)):
        name = word(f"figure.hunt.{kind}")
        hover = [
            word("figure.hunt.hover", name=name, belief=at, payoff=brief(payoff))
            for at, payoff in enumerate(ends[kind])
        ]
        traces.append(_line([0, 1], ends[kind], name, look, hover))
    numbers = {"together": brief(together), "alone": brief(alone), "hare": brief(hare), "tip": brief(tip)}
    said = [word("figure.hunt.twin", **numbers)]
    if belief is not None:
        stag = alone + belief * (together - alone)
        fields = {"belief": brief(belief), "stag": brief(stag), "hare": brief(hare)}
        traces.append(
            mark(belief, stag, word("figure.hunt.you"), "circle", BLUE, word("figure.hunt.you_hover", **fields))
        )
        said.append(word("figure.hunt.twin_you", **fields))
    if bet is not None:
        traces.append(bet_mark(bet, hare, word("figure.hunt.bet_hover", bet=brief(bet))))
        said.append(word("figure.hunt.twin_bet", bet=brief(bet)))
    low, high = min(alone, 0), together + 0.12 * (together - alone)
    note = {"x": tip, "y": 1, "yref": "paper", "text": f"<b>{word('figure.hunt.tip', tip=brief(tip))}</b>"}
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.hunt.x")}, "range": [0, 1.02]},
            "yaxis": {"title": {"text": word("figure.hunt.y")}, "range": [low, high]},
            "shapes": [_straight(tip, tip, low, high)],
            "annotations": [
                {**note, "showarrow": False, "yanchor": "top", "xanchor": "right" if tip > 0.5 else "left"}
            ],
        },
        " ".join(said),
        title=word("figure.hunt.title"),
        height=380,
    )


def belief_paths(paths: Sequence[Sequence[float]], *, tip: float) -> Picture:
    """Follow what crowds believe about each other, from different starts.

    Parameters
    ----------
    paths : sequence of sequences of float
        For each crowd, at most three, the mean belief before the first round and after each round, from 0 to 1.
    tip : float
        The belief at which the stag becomes worth it, from 0 to 1.

    Returns
    -------
    Picture
        One line per crowd, and a level one at the tipping point.

    Examples
    --------
    >>> print(belief_paths([[0.8, 0.9, 1.0], [0.6, 0.3, 0.1]], tip=0.75).twin)
    Titik baliknya 0,75. Keyakinan yang mulai dari 0,8 berakhir di 1 setelah 2 putaran. Keyakinan yang mulai dari 0,6
    berakhir di 0,1 setelah 2 putaran.
    """
    traces, said = [], [word("figure.beliefs.twin_tip", tip=brief(tip))]
    last = max(map(len, paths)) - 1
    for path, look in zip(paths, (_SOLID, _DASHED, _DOTTED), strict=False):
        name = word("figure.beliefs.path", start=brief(path[0]))
        hover = [
            word("figure.beliefs.hover", name=name, round=k, belief=brief(belief)) for k, belief in enumerate(path)
        ]
        traces.append(_line(list(range(len(path))), path, name, look, hover))
        ends = {"start": brief(path[0]), "end": brief(path[-1]), "rounds": len(path) - 1}
        said.append(word("figure.beliefs.twin", **ends))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.beliefs.x")}, "range": [0, 1.02 * last], "tickformat": "d"},
            "yaxis": {"title": {"text": word("figure.beliefs.y")}, "range": [0, 1.05]},
            "shapes": [_straight(0, 1.02 * last, tip, tip)],
            "annotations": [_note(1.02 * last, tip, word("figure.beliefs.tip"))],
        },
        " ".join(said),
        title=word("figure.beliefs.title"),
        height=380,
    )


def trust_over_rounds(
    known: Sequence[float], unknown: Sequence[float], *, endowment: float, bet: float | None = None
) -> Picture:
    """Draw what strangers are trusted with, round by round, where their record is known and where it isn't.

    Parameters
    ----------
    known, unknown : sequence of float
        Mean amount sent in each round, in units, with and without a known record; equally long.
    endowment : float
        The most that one person can send.
    bet : float, optional
        The mean amount that the reader expected in the last round without a record.

    Returns
    -------
    Picture
        Two lines over the rounds.

    Examples
    --------
    >>> print(trust_over_rounds([10, 8], [10, 1], endowment=10).twin)
    Kalau rekam jejak diketahui, titipan rata-rata berubah dari 10,0 menjadi 8,0 dari 10 setelah 2 putaran.
    Tanpa rekam jejak, titipan rata-rata berubah dari 10,0 menjadi 1,0 dari 10 setelah 2 putaran.
    """
    traces, said, rounds = [], [], len(known)
    for kind, sent, look in (("known", known, _SOLID), ("unknown", unknown, _DASHED)):
        name = word(f"figure.trust.{kind}")
        told = [number(amount, 1) for amount in sent]
        hover = [word("figure.trust.hover", name=name, round=k, sent=amount) for k, amount in enumerate(told, 1)]
        traces.append(_line(list(range(1, rounds + 1)), sent, name, look, hover))
        ends = {"first": told[0], "last": told[-1], "endowment": brief(endowment), "rounds": rounds}
        said.append(word(f"figure.trust.twin_{kind}", **ends))
    if bet is not None:
        traces.append(bet_mark(rounds, bet, word("figure.trust.bet_hover", bet=number(bet, 1))))
        said.append(word("figure.trust.twin_bet", bet=number(bet, 1)))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.trust.x")}, "range": [0.5, rounds + 0.5], "tickformat": "d"},
            "yaxis": {
                "title": {"text": word("figure.trust.y", endowment=brief(endowment))},
                "range": [0, 1.06 * endowment],
            },
        },
        " ".join(said),
        title=word("figure.trust.title"),
        height=380,
    )


def nobody_volunteers(
    nobody: Mapping[int, float], each: Mapping[int, float], *, limit: float, bet: float | None = None
) -> Picture:
    """Draw how often nobody acts, and how often a given person does, as the group grows.

    Parameters
    ----------
    nobody, each : mapping of int to float
        By the number of people, in rising order: the probability that nobody acts, and that a given person acts.
    limit : float
        Cost over benefit, which the first approaches.
    bet : float, optional
        The probability that the reader expected for nobody in the largest group.

    Returns
    -------
    Picture
        Two lines with marks, and a level one at the limit.

    Examples
    --------
    >>> print(nobody_volunteers({2: 0.0625, 10: 0.2143}, {2: 0.75, 10: 0.1428}, limit=0.25).twin)
    Dengan 2 orang, peluang bahwa tak seorang pun bertindak 6,25%; dengan 10 orang 21,43%. Peluang itu mendekati
    25%, yaitu biaya dibagi manfaat.
    """
    traces = []
    for kind, shares, look, symbol in (
        ("nobody", nobody, _DASHED, "square"),
        ("each", each, _SOLID, "circle"),
    ):
        name = word(f"figure.volunteers.{kind}")
        hover = [
            word("figure.volunteers.hover", size=size, name=name, share=percent(often))
            for size, often in shares.items()
        ]
        line = _line(list(shares), [100 * often for often in shares.values()], name, look, hover)
        traces.append(
            {**line, "mode": "lines+markers", "marker": {"symbol": symbol, "size": 8, "color": look["color"]}}
        )
    few, many = min(nobody), max(nobody)
    told = {"few": few, "many": many, "few_share": percent(nobody[few], 2), "many_share": percent(nobody[many], 2)}
    said = [word("figure.volunteers.twin", limit=percent(limit, 0), **told)]
    if bet is not None:
        traces.append(bet_mark(many, 100 * bet, word("figure.volunteers.bet_hover", bet=percent(bet))))
        said.append(word("figure.volunteers.twin_bet", many=many, bet=percent(bet)))
    highest = 100 * max(*nobody.values(), *each.values(), limit, bet or 0)
    start, end = few - 0.5, many + 0.5
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.volunteers.x")}, "range": [start, end], "tickformat": "d"},
            "yaxis": {"title": {"text": word("figure.volunteers.y")}, "ticksuffix": "%", "range": [0, 1.08 * highest]},
            "shapes": [_straight(start, end, 100 * limit, 100 * limit)],
            "annotations": [_note(end, 100 * limit, word("figure.volunteers.limit"))],
        },
        " ".join(said),
        title=word("figure.volunteers.title"),
        height=380,
    )


def group_threat(
    giving: Mapping[float, float], hostility: Mapping[float, float], *, bet: float | None = None
) -> Picture:
    """Draw who gives to the own group and who harms the other, as the threat grows.

    Parameters
    ----------
    giving, hostility : mapping of float to float
        By the size of the threat, in rising order: the share of people who give to their own group, and the share who
        harm the other group (a part of the first).
    bet : float, optional
        The share that the reader expected to harm the other group under the largest threat.

    Returns
    -------
    Picture
        Two curves.

    Examples
    --------
    >>> print(group_threat({0: 0.33, 2: 0.91}, {0: 0.09, 2: 0.67}).twin)
    Kalau ancaman naik dari 0 menjadi 2, yang memberi untuk kelompok sendiri naik dari 33% menjadi 91%, dan yang
    merugikan kelompok lain naik dari 9% menjadi 67%.
    """
    low, high = min(giving), max(giving)
    traces, ends = [], {"low": brief(low), "high": brief(high)}
    for kind, shares, look in (("giving", giving, _SOLID), ("hostility", hostility, _DASHED)):
        name = word(f"figure.threat.{kind}")
        hover = [
            word("figure.threat.hover", name=name, threat=brief(size), share=percent(part, 0))
            for size, part in shares.items()
        ]
        traces.append(_line(list(shares), [100 * part for part in shares.values()], name, look, hover))
        ends |= {f"{kind}_low": percent(shares[low], 0), f"{kind}_high": percent(shares[high], 0)}
    said = [word("figure.threat.twin", **ends)]
    if bet is not None:
        traces.append(bet_mark(high, 100 * bet, word("figure.threat.bet_hover", bet=percent(bet, 0))))
        said.append(word("figure.threat.twin_bet", high=brief(high), bet=percent(bet, 0)))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.threat.x")}, "range": [low, high + 0.02 * (high - low)]},
            "yaxis": {"title": {"text": word("figure.threat.y")}, "ticksuffix": "%", "range": [0, 104]},
        },
        " ".join(said),
        title=word("figure.threat.title"),
        height=380,
    )


def _line(
    xs: Sequence[float], ys: Sequence[float], name: str, look: Mapping[str, Any], hover: list[str]
) -> dict[str, Any]:
    """One line, named in the legend."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(xs),
        "y": [float(y) for y in ys],
        "name": name,
        "showlegend": True,
        "line": dict(look),
        "hoverinfo": "text",
        "hovertext": hover,
    }


def _straight(x0: float, x1: float, y0: float, y1: float) -> dict[str, Any]:
    """A dotted line to compare with."""
    line = {"color": GREY, "width": 2, "dash": "dot"}
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line}


def _note(x: float, y: float, text: str) -> dict[str, Any]:
    """Name a level line at its right end."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "xanchor": "right", "yanchor": "bottom"}
