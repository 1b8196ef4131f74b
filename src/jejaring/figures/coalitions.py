"""Seats, quotas and power in pictures."""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Any

from jejaring.figures.picture import BLUE, GREY, INK, PAPER, SKY, VERMILLION, Picture, compose, listed, number, percent
from jejaring.language import word

__all__ = ["coalition_meter", "seats_and_power"]


def seats_and_power(
    seats: Mapping[str, int],
    power: Sequence[float],
    *,
    quota: int,
    index: str = "banzhaf",
    bets: Mapping[str, float] | None = None,
) -> Picture:
    """Set each party's share of the seats beside its share of the power.

    Parameters
    ----------
    seats : mapping of str to int
        Seats of each party, in the order in which they are drawn from the top.
    power : sequence of float
        Share of the power of each party, from 0 to 1, in the same order.
    quota : int
        Seats needed to win.
    index : {"banzhaf", "shapley"}
        How the power was measured.
    bets : mapping of str to float, optional
        Shares of the power that the reader expected, for some of the parties.

    Returns
    -------
    Picture
        Two bars per party, and a diamond where the reader's bet is.

    Examples
    --------
    >>> print(seats_and_power({"A": 50, "B": 49, "C": 1}, [0.6, 0.2, 0.2], quota=51).twin)
    Dengan kuota 51 kursi, selisih terbesar ada pada B: 49,0% dari kursi, tetapi 20,0% dari kuasa.
    B (49 kursi) dan C (1 kursi) sama kuasanya, 20,0%.
    """
    total, parties = sum(seats.values()), list(seats)
    of_seats = {party: count / total for party, count in seats.items()}
    of_power = dict(zip(parties, map(float, power), strict=True))
    bets = {party: bet for party, bet in (bets or {}).items() if party in seats}
    traces: list[dict[str, Any]] = [
        _bars(
            of_seats,
            word("figure.power.seats"),
            SKY,
            "/",
            [
                word("figure.power.seats_hover", party=party, seats=seats[party], share=percent(of_seats[party]))
                for party in parties
            ],
        ),
        _bars(
            of_power,
            word(f"figure.power.{index}"),
            BLUE,
            "",
            [word("figure.power.power_hover", party=party, share=percent(of_power[party])) for party in parties],
        ),
    ]
    if bets:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": word("figure.bet"),
                "x": [100 * bet for bet in bets.values()],
                "y": list(bets),
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [word("figure.power.bet_hover", party=p, share=percent(b, 0)) for p, b in bets.items()],
                "marker": {"symbol": "diamond", "size": 13, "color": VERMILLION, "line": {"color": INK, "width": 1.5}},
            }
        )
    highest = 100 * max(*of_seats.values(), *of_power.values(), *bets.values(), 0.0)
    return compose(
        traces,
        {
            "barmode": "group",
            "bargap": 0.25,
            "xaxis": {"title": {"text": word("figure.power.share")}, "ticksuffix": "%", "range": [0, 1.28 * highest]},
            "yaxis": {"autorange": "reversed", "categoryarray": parties, "showgrid": False},
        },
        _power_twin(seats, of_seats, of_power, bets, quota),
        title=word("figure.power.title", quota=quota, total=total),
        height=110 + 42 * len(parties),
    )


def coalition_meter(
    seats: Mapping[str, int], chosen: Collection[str], *, quota: int | None, critical: Collection[str] = ()
) -> Picture:
    """Stack the seats of the chosen parties up to the quota, and show how far each other party would carry them.

    Parameters
    ----------
    seats : mapping of str to int
        Seats of all parties, in the order in which they are drawn from the top.
    chosen : collection of str
        The parties in the coalition.
    quota : int or None
        Seats needed; None where no number of seats is needed.
    critical : collection of str
        The members without whom the coalition loses.

    Returns
    -------
    Picture
        One row per party: solid inside, hatched when critical, an empty frame outside.

    Examples
    --------
    >>> print(coalition_meter({"A": 50, "B": 49, "C": 1}, ["B", "C"], quota=51).twin)
    B dan C punya 50 dari 51 kursi yang diperlukan: kurang 1, jadi belum menang.
    """
    inside = [party for party in seats if party in chosen]
    together = sum(seats[party] for party in inside)
    starts, reached = {}, 0
    for party, count in seats.items():
        starts[party] = reached if party in chosen else together
        reached += count if party in chosen else 0
    groups = {
        "inside": ([p for p in inside if p not in critical], {"color": BLUE}),
        "critical": (
            [p for p in inside if p in critical],
            {"color": VERMILLION, "pattern": {"shape": "/", "fgcolor": PAPER, "fillmode": "overlay"}},
        ),
        "outside": ([p for p in seats if p not in chosen], {"color": PAPER, "line": {"color": GREY, "width": 1.5}}),
    }
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": word(f"figure.meter.{group}"),
            "y": parties,
            "marker": marker,
            "x": [seats[party] for party in parties],
            "base": [starts[party] for party in parties],
            "showlegend": True,
            "hoverinfo": "text",
            "hovertext": [word("figure.meter.hover", party=party, seats=seats[party]) for party in parties],
        }
        for group, (parties, marker) in groups.items()
        if parties
    ]
    far = max([starts[party] + seats[party] for party in seats] + [quota or 0])
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.3,
            "xaxis": {"title": {"text": word("figure.meter.seats")}, "range": [0, 1.05 * far]},
            "yaxis": {
                "autorange": "reversed",
                "categoryarray": list(seats),
                "showgrid": False,
                "tickvals": list(seats),
                "ticktext": [f"{party} {count}" for party, count in seats.items()],
            },
            "shapes": [
                *([_upright(together, "dot", 1.5)] if inside else []),
                *([_upright(quota, None, 3)] if quota else []),
            ],
            "annotations": _meter_notes(together, quota),
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": 1.02 + 24 / (30 * len(seats)),
                "yanchor": "bottom",
            },
        },
        _meter_twin(seats, inside, together, quota, [party for party in inside if party in critical]),
        title=word("figure.meter.title", quota=quota) if quota else word("figure.meter.title_free"),
        height=130 + 30 * len(seats),
        top=28,
    )


def _bars(shares: Mapping[str, float], name: str, colour: str, pattern: str, hover: list[str]) -> dict[str, Any]:
    """One bar for each party, with its percentage at the end."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": list(shares),
        "x": [100 * s for s in shares.values()],
        "text": [percent(share) for share in shares.values()],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": colour, "pattern": {"shape": pattern, "fgcolor": BLUE, "fillmode": "overlay"}},
        "textfont": {"color": INK},
        "hoverinfo": "text",
        "hovertext": hover,
    }


def _upright(x: float, dash: str | None, width: float) -> dict[str, Any]:
    """A line across all rows."""
    line = {"color": INK, "width": width, **({"dash": dash} if dash else {})}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _meter_notes(together: int, quota: int | None) -> list[dict[str, Any]]:
    """Name the two upright lines, each on its own side."""
    short = quota is None or together < quota
    notes = []
    if together:
        notes.append((together, word("figure.meter.together", seats=together), "right" if short else "left"))
    if quota:
        notes.append((quota, f"<b>{word('figure.meter.quota', quota=quota)}</b>", "left" if short else "right"))
    return [
        {"x": x, "y": 1, "yref": "paper", "text": text, "showarrow": False, "yanchor": "bottom", "xanchor": side}
        for x, text, side in notes
    ]


def _power_twin(
    seats: Mapping[str, int],
    of_seats: Mapping[str, float],
    of_power: Mapping[str, float],
    bets: Mapping[str, float],
    quota: int,
) -> str:
    """Say who is furthest from its seats, who is equal in spite of them, and how the bets did."""
    widest = max(seats, key=lambda party: abs(of_power[party] - of_seats[party]))
    shares = {"seats": percent(of_seats[widest]), "power": percent(of_power[widest])}
    said = [word("figure.power.twin_gap", quota=quota, party=widest, **shares)]
    equals = [pair for pair in combinations(seats, 2) if abs(of_power[pair[0]] - of_power[pair[1]]) < 1e-12]
    if equals:
        first, second = max(equals, key=lambda pair: abs(seats[pair[0]] - seats[pair[1]]))
        named = {"first": first, "second": second, "first_seats": seats[first], "second_seats": seats[second]}
        said.append(word("figure.power.twin_twins", power=percent(of_power[first]), **named))
    for party, bet in bets.items():
        said.append(word("figure.power.twin_bet", party=party, bet=percent(bet, 0), power=percent(of_power[party])))
    return " ".join(said)


def _meter_twin(
    seats: Mapping[str, int], inside: list[str], together: int, quota: int | None, critical: list[str]
) -> str:
    """Say whether they win, by how much, and who is needed for it."""
    fields = {"parties": listed(inside), "seats": number(together), "quota": quota}
    if quota is None:
        kind = {0: "twin_free_empty", 1: "twin_free_one"}.get(len(inside), "twin_free")
        return word(f"figure.meter.{kind}", **fields)
    if not inside:
        return word("figure.meter.twin_empty", quota=quota, total=number(sum(seats.values())))
    if together < quota:
        return word("figure.meter.twin_short", missing=quota - together, **fields)
    needed = {0: "critical_none", 1: "critical_one"}.get(len(critical), "critical_some")
    return word("figure.meter.twin_won", critical=word(f"figure.meter.{needed}", parties=listed(critical)), **fields)
