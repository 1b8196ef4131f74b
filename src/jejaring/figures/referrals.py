"""Hiring by word of mouth, in pictures."""

from collections.abc import Mapping, Sequence

from jejaring.figures._curves import curve, end_label, mark
from jejaring.figures.picture import VERMILLION, Picture, brief, compose
from jejaring.language import word

__all__ = ["referral_gap"]

_BESIDE = {"xanchor": "left", "xshift": 8, "yanchor": "middle", "yshift": 0}  # a falling line has no room above its end


def referral_gap(
    gaps: Mapping[float, Sequence[float]], *, groups: tuple[str, str] = ("A", "B"), bet: float | None = None
) -> Picture:
    """Draw how the gap between two groups develops, for several shares of hiring by referral.

    Parameters
    ----------
    gaps : mapping of float to sequence of float
        The first group's rate of employment less the second's, at the start and after each round, by the share of
        vacancies filled by referral, from 0 to 1; at most four.
    groups : pair of str
        Names of the two groups.
    bet : float, optional
        The gap that the reader expected after the last round, from -1 to 1, for the largest share.

    Returns
    -------
    Picture
        One line for each share, with its own dash and mark; the last gap is written at its end.

    Examples
    --------
    >>> print(referral_gap({0.0: [0.2, 0.1], 1.0: [0.2, 0.2]}).twin)
    Selisih awal 20 poin persen. Setelah 1 putaran: 10 (rujukan 0%); 20 (rujukan 100%).
    """
    traces, notes, parts = [], [], []
    for place, (share, course) in enumerate(gaps.items()):
        points = [(float(at), 100 * float(gap)) for at, gap in enumerate(course)]
        last = brief(round(points[-1][1], 1))
        name = word("figure.referrals.line", share=f"{round(100 * share)}%")
        hover = [word("figure.referrals.hover", name=name, round=round(at), points=brief(gap)) for at, gap in points]
        traces.append(curve(name, points, place, hover, marks=True))
        notes.append({**end_label(*points[-1], last), **_BESIDE})
        parts.append(word("figure.referrals.twin_part", points=last, name=name))
    rounds = max(map(len, gaps.values())) - 1
    start = 100 * float(next(iter(gaps.values()))[0])
    said = [word("figure.referrals.twin", start=brief(start), rounds=rounds, parts="; ".join(parts))]
    if bet is not None:
        traces.append(mark(rounds, 100 * bet, word("figure.bet"), "star", VERMILLION, brief(100 * bet)))
        said.append(word("figure.referrals.twin_bet", bet=brief(100 * bet)))
    ends = [0.0, *(value for trace in traces for value in trace["y"])]
    return compose(
        traces,
        {
            "xaxis": {
                "title": {"text": word("figure.referrals.x")},
                "range": [-0.2, 1.13 * rounds],
                "tickformat": "d",
            },
            "yaxis": {
                "title": {"text": word("figure.referrals.y", first=groups[0], second=groups[1])},
                "range": [1.2 * min(ends), 1.2 * max(ends)],
            },
            "annotations": notes,
        },
        " ".join(said),
        title=word("figure.referrals.title"),
        height=400,
    )
