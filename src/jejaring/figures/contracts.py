"""Contracts in pictures: when a building pays, who carries a loss, and what a fee or a rule does to the result."""

from collections.abc import Mapping, Sequence
from typing import Any

from jejaring.figures._curves import bet_mark, mark
from jejaring.figures.picture import BLUE, GREEN, GREY, INK, SKY, VERMILLION, Picture, brief, compose, number
from jejaring.language import word

__all__ = ["bot_value", "franchise_break_even", "profit_and_loss_split", "revenue_or_profit", "venture_risk"]

_LINES = (
    {"color": BLUE, "width": 3},
    {"color": VERMILLION, "width": 3, "dash": "dash"},
    {"color": GREEN, "width": 3, "dash": "dot"},
)


def bot_value(
    values: Sequence[float],
    undiscounted: Sequence[float],
    *,
    rate: float,
    unit: str,
    limit: int | None = None,
    bet: float | None = None,
) -> Picture:
    """Draw what a building on somebody's land is worth to its operator, by the years of operation.

    Parameters
    ----------
    values, undiscounted : sequence of float
        Net present value after 0, 1, 2 ... years, with interest and without, in `unit`.
    rate : float
        Yearly interest, a share.
    unit : str
        Unit of money, such as "juta rupiah".
    limit : int, optional
        Years that the law allows at most.
    bet : float, optional
        Years that the reader expected.

    Returns
    -------
    Picture
        Two lines and the zero line; the first year with a gain is marked.

    Examples
    --------
    >>> picture = bot_value([-100, -45, 4], [-100, -40, 20], rate=0.1, unit="juta rupiah")
    >>> print(picture.twin)
    Dengan bunga 10% setahun, nilai kini bersih baru positif setelah 2 tahun (4,0 juta rupiah).
    Tanpa bunga cukup 2 tahun.
    """
    lasts = len(values) - 1
    first, plain = (
        next((year for year, value in enumerate(each) if value >= 0), None) for each in (values, undiscounted)
    )
    traces = [
        _curve(
            range(len(each)),
            each,
            word(f"figure.contracts.npv.{name}"),
            _LINES[place],
            [word("figure.contracts.npv.hover", years=year, value=number(v, 1)) for year, v in enumerate(each)],
        )
        for place, (name, each) in enumerate((("value", values), ("plain", undiscounted)))
    ]
    fields = {"rate": _percent(rate), "unit": unit}
    if first is None:
        said = [word("figure.contracts.npv.twin_never", years=lasts, value=number(values[-1], 1), **fields)]
    else:
        name = word("figure.contracts.npv.first")
        traces.append(mark(first, values[first], name, "circle", BLUE, str(first)))
        said = [word("figure.contracts.npv.twin", years=first, value=number(values[first], 1), **fields)]
    if plain is not None:
        said.append(word("figure.contracts.npv.twin_plain", years=plain))
    if bet is not None:
        traces.append(bet_mark(bet, 0, brief(bet)))
        said.append(word("figure.contracts.npv.twin_bet", bet=brief(bet)))
    notes = [_note(limit, 0.03, word("figure.contracts.npv.limit", years=limit), yref="paper")] if limit else []
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.contracts.npv.x")}, "range": [0, 1.03 * lasts]},
            "yaxis": _side(word("figure.contracts.npv.y", unit=unit)),
            "shapes": [_zero(0, 1.03 * lasts), *([_upright(limit)] if limit else [])],
            "annotations": [
                *notes,
                *([] if first is None else [_note(first, values[first], f"<b>{first}</b>", lift=8, side="right")]),
            ],
        },
        " ".join(said),
        title=word("figure.contracts.npv.title"),
        height=400,
    )


def profit_and_loss_split(
    results: Sequence[float], parties: Mapping[str, Sequence[float]], *, name: str, unit: str
) -> Picture:
    """Draw what each party of a contract gets, from a bad year to a good one.

    Parameters
    ----------
    results : sequence of float
        What the business earned, in `unit`, in rising order; below 0 for a loss.
    parties : mapping of str to sequence of float
        What each party gets for each of the results, by the party's name; at most three parties.
    name : str
        What the contract is called.
    unit : str
        Unit of money, such as "juta rupiah".

    Returns
    -------
    Picture
        One line per party; losses lie left of the upright line.

    Examples
    --------
    >>> shares = {"pemodal": [-30, 0, 30], "pengelola": [0, 0, 20]}
    >>> print(profit_and_loss_split([-30, 0, 50], shares, name="Mudharabah", unit="juta rupiah").twin)
    Laba 50 juta rupiah: pemodal mendapat 30, pengelola mendapat 20.
    Rugi 30 juta rupiah: pemodal menanggung 30, pengelola mendapat 0.
    """
    traces = []
    for (party, money), line in zip(parties.items(), _LINES, strict=False):
        told = [
            word("figure.contracts.split.hover", result=brief(result), party=party, money=brief(part))
            for result, part in zip(results, money, strict=True)
        ]
        traces.append(_curve(results, money, party, line, told))
    said = []
    for place, kind in ((-1, "twin"), (0, "twin_loss")):
        if (results[place] > 0) == (kind == "twin") and results[place]:
            shares = ", ".join(_share_said(party, money[place]) for party, money in parties.items())
            said.append(
                word(f"figure.contracts.split.{kind}", result=brief(abs(results[place])), unit=unit, shares=shares)
            )
    return compose(
        traces,
        {
            "xaxis": {
                "title": {"text": word("figure.contracts.split.x", unit=unit)},
                "range": [float(results[0]), float(results[-1])],
            },
            "yaxis": _side(word("figure.contracts.split.y", unit=unit)),
            "shapes": [_zero(results[0], results[-1]), _upright(0)],
        },
        " ".join(said),
        title=word("figure.contracts.split.title", name=name),
        height=380,
    )


def franchise_break_even(
    sales: Sequence[float],
    alone: Sequence[float],
    franchise: Sequence[float],
    *,
    break_even: tuple[float, float],
    unit: str,
    payback: tuple[float, float, float, float] | None = None,
) -> Picture:
    """Draw the profit with an own brand and with a franchise, and where each begins.

    Parameters
    ----------
    sales : sequence of float
        Sales of a year, in `unit`, in rising order.
    alone, franchise : sequence of float
        Profit at each of the sales, without the fees and with them.
    break_even : pair of float
        Sales at which each profit is 0, without the fees and with them.
    unit : str
        Unit of money, such as "juta rupiah".
    payback : (float, float, float, float), optional
        Some sales, the profit there, the fee paid at the start, and the years until it is earned back.

    Returns
    -------
    Picture
        Two lines, and a mark where each crosses zero.

    Examples
    --------
    >>> lines = [500, 1200], [-65, 180], [-100, 96]
    >>> print(franchise_break_even(*lines, break_even=(685.7, 857.1), unit="juta").twin)
    Titik impas 686 juta dengan merek sendiri, 857 juta dengan waralaba: harus laku 25% lebih banyak.
    """
    traces, notes = [], []
    names = {"alone": alone, "franchise": franchise}
    for (key, profit), line, start, side in zip(names.items(), _LINES, break_even, ("right", "left"), strict=False):
        name = word(f"figure.contracts.franchise.{key}")
        told = [
            word("figure.contracts.franchise.hover", name=name, sales=brief(sold), profit=brief(earned))
            for sold, earned in zip(sales, profit, strict=True)
        ]
        traces.append(_curve(sales, profit, name, line, told))
        place = mark(start, 0, "", "circle" if key == "alone" else "diamond", str(line["color"]), number(start))
        traces.append({**place, "showlegend": False})
        notes.append(_note(start, 0, f"<b>{number(start)}</b>", lift=10 if side == "right" else -24, side=side))
    more = _percent(break_even[1] / break_even[0] - 1)
    starts = {"alone": number(break_even[0]), "franchise": number(break_even[1])}
    said = [word("figure.contracts.franchise.twin", unit=unit, more=more, **starts)]
    if payback:
        told_at, profit_there, fee, years = map(brief, payback)
        fields = {"sales": told_at, "profit": profit_there, "fee": fee, "years": years}
        said.append(word("figure.contracts.franchise.twin_payback", **fields))
    return compose(
        traces,
        {
            "xaxis": {
                "title": {"text": word("figure.contracts.franchise.x", unit=unit)},
                "range": [float(sales[0]), float(sales[-1])],
            },
            "yaxis": _side(word("figure.contracts.franchise.y", unit=unit)),
            "shapes": [_zero(sales[0], sales[-1])],
            "annotations": notes,
        },
        " ".join(said),
        title=word("figure.contracts.franchise.title"),
        height=380,
    )


def revenue_or_profit(
    by_revenue: tuple[float, float],
    by_profit: tuple[float, float],
    *,
    sales: float,
    costs: float,
    share: float,
    unit: str,
) -> Picture:
    """Set what a financier and a manager get from the same year by two rules side by side.

    Parameters
    ----------
    by_revenue, by_profit : pair of float
        What the financier and the manager get, in `unit`.
    sales, costs : float
        Of the year, in `unit`.
    share : float
        The financier's share of the revenue or of the profit, from 0 to 1.
    unit : str
        Unit of money, such as "juta rupiah".

    Returns
    -------
    Picture
        Two bars for each rule.

    Examples
    --------
    >>> print(revenue_or_profit((300, 0), (90, 210), sales=1000, costs=700, share=0.3, unit="juta rupiah").twin)
    Pendapatan 1.000 dan biaya 700 juta rupiah, bagian pemodal 30%: dari pendapatan ia mendapat 300, dari laba 90.
    Bagi pengelola sisanya 0 atau 210.
    """
    rules = [word("figure.contracts.sharing.revenue"), word("figure.contracts.sharing.profit")]
    looks = {
        "financier": {"color": SKY, "pattern": {"shape": "/", "fgcolor": BLUE, "fillmode": "overlay"}},
        "manager": {"color": BLUE},
    }
    traces: list[dict[str, Any]] = []
    for place, (party, marker) in enumerate(looks.items()):
        named, money = word(f"figure.contracts.{party}"), (by_revenue[place], by_profit[place])
        told = [
            word("figure.contracts.sharing.hover", rule=rule.replace("<br>", " "), party=named, money=brief(part))
            for rule, part in zip(rules, money, strict=True)
        ]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": named,
                "y": rules,
                "x": [float(part) for part in money],
                "text": [brief(part) for part in money],
                "textposition": "outside",
                "textfont": {"color": INK},
                "cliponaxis": False,
                "marker": marker,
                "hoverinfo": "text",
                "hovertext": told,
            }
        )
    money_told = {"sales": brief(sales), "costs": brief(costs), "share": _percent(share), "unit": unit}
    shares = [{"revenue": brief(by_revenue[place]), "profit": brief(by_profit[place])} for place in (0, 1)]
    said = [
        word("figure.contracts.sharing.twin", **money_told, **shares[0]),
        word("figure.contracts.sharing.twin_manager", **shares[1]),
    ]
    low, high = (end(0.0, *by_revenue, *by_profit) for end in (min, max))
    room = 0.14 * (high - low)
    return compose(
        traces,
        {
            "barmode": "group",
            "bargap": 0.3,
            "xaxis": {
                "title": {"text": word("figure.contracts.sharing.x", unit=unit)},
                "range": [low - room if low else 0, high + room],
            },
            "yaxis": {"autorange": "reversed", "categoryarray": rules, "showgrid": False},
        },
        " ".join(said),
        title=word("figure.contracts.sharing.title"),
        height=290,
    )


def venture_risk(shares: Sequence[float], sds: Mapping[float, Sequence[float]], *, unit: str) -> Picture:
    """Draw how much the result varies for one who holds some of one project and the rest of another.

    Parameters
    ----------
    shares : sequence of float
        Held of the first project, from 0 to 1 in rising order, with one half in the middle; the rest of the second.
    sds : mapping of float to sequence of float
        Standard deviation at each of the shares, in `unit`, by the correlation between the projects; at most three.
    unit : str
        Unit of money, such as "juta rupiah".

    Returns
    -------
    Picture
        One line per correlation; one half of each project is marked.

    Examples
    --------
    >>> print(venture_risk([0, 0.5, 1], {0: [100, 70.71, 100]}, unit="juta rupiah").twin)
    Menanggung satu proyek sendiri: simpangan baku 100 juta rupiah. Separuh dari dua proyek: 70,7 (korelasi 0).
    """
    middle = len(shares) // 2
    alone = next(iter(sds.values()))[-1]
    traces, notes, halves = [], [], []
    for (correlation, each), line in zip(sds.items(), _LINES, strict=False):
        told = [
            word("figure.contracts.risk.hover", share=_percent(part), correlation=brief(correlation), sd=number(sd, 1))
            for part, sd in zip(shares, each, strict=True)
        ]
        name = word("figure.contracts.risk.correlation", value=brief(correlation))
        traces.append(_curve([100 * float(part) for part in shares], each, name, line, told))
        half = brief(round(each[middle], 1))
        notes.append(_note(50, each[middle], f"<b>{half}</b>", lift=4, side="center"))
        halves.append(f"{half} ({name})")
    highest = max(max(each) for each in sds.values())
    return compose(
        traces,
        {
            "xaxis": {
                "title": {"text": word("figure.contracts.risk.x")},
                "range": [0, 104],
                "ticksuffix": "%",
            },
            "yaxis": {**_side(word("figure.contracts.risk.y", unit=unit)), "range": [0, 1.15 * highest]},
            "annotations": notes,
        },
        word("figure.contracts.risk.twin", whole=brief(alone), unit=unit, halves=", ".join(halves)),
        title=word("figure.contracts.risk.title"),
        height=380,
    )


def _curve(
    xs: Sequence[float], ys: Sequence[float], name: str, line: Mapping[str, Any], told: Sequence[str]
) -> dict[str, Any]:
    """One named line."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [float(x) for x in xs],
        "y": [float(y) for y in ys],
        "name": name,
        "showlegend": True,
        "line": dict(line),
        "hoverinfo": "text",
        "hovertext": list(told),
    }


def _zero(start: float, end: float) -> dict[str, Any]:
    """The line between gain and loss."""
    line = {"color": INK, "width": 1.5}
    return {"type": "line", "x0": float(start), "x1": float(end), "y0": 0, "y1": 0, "line": line, "layer": "below"}


def _upright(x: float) -> dict[str, Any]:
    """A line from the bottom to the top."""
    line = {"color": GREY, "width": 2, "dash": "dot"}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def _note(x: float, y: float, text: str, *, lift: int = 0, side: str = "right", yref: str = "y") -> dict[str, Any]:
    """A short label beside a place."""
    return {
        "x": float(x),
        "y": float(y),
        "yref": yref,
        "text": text,
        "showarrow": False,
        "xanchor": side,
        "yanchor": "bottom",
        "yshift": lift,
        **({} if side == "center" else {"xshift": -4 if side == "right" else 4}),
    }


def _side(title: str) -> dict[str, Any]:
    """An upright axis whose title keeps its distance from the numbers."""
    return {"title": {"text": title, "standoff": 10}}


def _percent(share: float) -> str:
    """A percentage with no digit that it doesn't need."""
    return f"{brief(round(100 * float(share), 1))}%"


def _share_said(party: str, money: float) -> str:
    """What one party gets or bears."""
    kind = "gets" if money > 0 else "pays" if money < 0 else "nothing"
    return word(f"figure.contracts.split.{kind}", party=party, money=brief(abs(money)))
