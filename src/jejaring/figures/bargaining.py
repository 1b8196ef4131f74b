"""Bargains in pictures: what can be agreed on, and what is."""

from collections.abc import Sequence
from typing import Any

from jejaring.figures._curves import bet_mark, mark
from jejaring.figures.picture import BLUE, GREEN, GREY, INK, PAPER, SKY, VERMILLION, Picture, brief, compose, number
from jejaring.language import word

__all__ = ["agreement_zone", "bargaining_frontier", "patience_curve"]


def bargaining_frontier(
    total: float,
    disagreement: tuple[float, float],
    solution: tuple[float, float],
    *,
    names: tuple[str, str],
    unit: str,
    bet: float | None = None,
) -> Picture:
    """Draw every way to divide, what each has without an agreement, and where the Nash solution lies.

    Parameters
    ----------
    total : float
        What there is to divide, in `unit`.
    disagreement, solution : pair of float
        What each gets without an agreement, and with it.
    names : pair of str
        The two who bargain.
    unit : str
        What is divided, such as "juta rupiah".
    bet : float, optional
        What the reader expected the first to get.

    Returns
    -------
    Picture
        The frontier as a line, the gain for both as a shaded corner, two labelled points.

    Examples
    --------
    >>> picture = bargaining_frontier(100, (20, 40), (40, 60), names=("Rina", "Budi"), unit="juta rupiah")
    >>> print(picture.twin)
    Tanpa kesepakatan Rina mendapat 20 dan Budi 40; solusi Nash memberi 40 dan 60 dari 100 juta rupiah.
    """
    (left, low), (first, second), total = map(float, disagreement), map(float, solution), float(total)
    told = {"first": names[0], "second": names[1], "first_share": brief(first), "second_share": brief(second)}
    alone = {**told, "first_share": brief(left), "second_share": brief(low)}
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [left, total - low, left, left],
            "y": [low, low, total - left, low],
            "fill": "toself",
            "fillcolor": "rgba(86,180,233,0.35)",
            "line": {"width": 0},
            "hoverinfo": "skip",
            "name": word("figure.frontier.gain"),
            "showlegend": True,
        },
        {
            "type": "scatter",
            "mode": "lines",
            "x": [0, total],
            "y": [total, 0],
            "line": {"color": INK, "width": 2.5},
            "name": word("figure.frontier.line"),
            "hoverinfo": "skip",
        },
        mark(left, low, word("figure.frontier.alone"), "x", VERMILLION, word("figure.frontier.point", **alone)),
        mark(
            first,
            second,
            word("figure.frontier.solution"),
            "star",
            BLUE,
            word("figure.frontier.point", **told),
            size=18,
        ),
    ]
    said = [
        word(
            "figure.frontier.twin",
            **told,
            first_alone=brief(left),
            second_alone=brief(low),
            total=brief(total),
            unit=unit,
        )
    ]
    if bet is not None:
        traces.append(bet_mark(bet, total - bet, brief(bet)))
        said.append(word("figure.frontier.twin_bet", first=names[0], bet=brief(bet)))
    return compose(
        traces,
        {
            "xaxis": {
                "title": {"text": word("figure.frontier.axis", name=names[0], unit=unit)},
                "range": [0, 1.05 * total],
            },
            "yaxis": {
                "title": {"text": word("figure.frontier.axis", name=names[1], unit=unit)},
                "range": [0, 1.08 * total],
            },
        },
        " ".join(said),
        title=word("figure.frontier.title", total=brief(total), unit=unit),
        height=440,
    )


def patience_curve(
    curve: Sequence[tuple[float, float]],
    here: tuple[float, float],
    *,
    names: tuple[str, str],
    other_patience: float,
    bet: float | None = None,
) -> Picture:
    """Draw the share that one gets as its patience grows, the other's staying as it is.

    Parameters
    ----------
    curve : sequence of pairs of float
        Patience and share of the first, both from 0 to 1, in rising order of patience.
    here : pair of float
        The patience and the share that are looked at.
    names : pair of str
        The one whose share is drawn, and the other.
    other_patience : float
        What one unit in the next round is worth now to the other.
    bet : float, optional
        The share that the reader expected.

    Returns
    -------
    Picture
        One curve, a marked point, and the line of the equal split.

    Examples
    --------
    >>> picture = patience_curve([(0, 0.1), (0.9, 10 / 19)], (0.9, 10 / 19), names=("Rina", "Budi"), other_patience=0.9)
    >>> print(picture.twin)
    Dengan kesabaran 0,9 melawan 0,9, Rina mendapat 0,526 dan Budi 0,474, pada tawaran pertama.
    """
    (name, other), (patience, share) = names, map(float, here)
    points = [(float(x), float(y)) for x, y in curve]

    def tell(x: float, y: float) -> str:
        return word("figure.patience.hover", patience=brief(x), share=number(y, 3))

    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for x, _ in points],
            "y": [y for _, y in points],
            "line": {"color": BLUE, "width": 3},
            "hoverinfo": "text",
            "hovertext": [tell(x, y) for x, y in points],
            "name": word("figure.patience.curve", name=name, other=other, patience=brief(other_patience)),
            "showlegend": True,
        },
        mark(patience, share, word("figure.patience.here"), "circle", BLUE, tell(patience, share)),
    ]
    shares = {"share": number(share, 3), "other_share": number(1 - share, 3)}
    patiences = {"patience": brief(patience), "other_patience": brief(other_patience)}
    said = [word("figure.patience.twin", name=name, other=other, **patiences, **shares)]
    if bet is not None:
        traces.append(bet_mark(patience, bet, number(bet, 3)))
        said.append(word("figure.patience.twin_bet", name=name, bet=number(bet, 3)))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.patience.x", name=name)}, "range": [0, 1.02]},
            "yaxis": {"title": {"text": word("figure.patience.y", name=name)}, "range": [0, 1.04]},
            "shapes": [
                {
                    "type": "line",
                    "x0": 0,
                    "x1": 1.02,
                    "y0": 0.5,
                    "y1": 0.5,
                    "line": {"color": GREY, "width": 2, "dash": "dash"},
                }
            ],
            "annotations": [
                {
                    "x": 0.01,
                    "y": 0.5,
                    "text": word("figure.patience.half"),
                    "showarrow": False,
                    "xanchor": "left",
                    "yanchor": "bottom",
                }
            ],
        },
        " ".join(said),
        title=word("figure.patience.title"),
        height=400,
    )


def agreement_zone(
    seller: float,
    buyer: float,
    *,
    price: float | None,
    unit: str,
    fixed: bool = False,
    bet: float | None = None,
    limits: tuple[float, float] | None = None,
) -> Picture:
    """Lay the prices that the seller and the buyer accept above each other, and show where they overlap.

    Parameters
    ----------
    seller : float
        The lowest price that the seller accepts, in `unit`.
    buyer : float
        The highest price that the buyer pays.
    price : float or None
        The price agreed on, or asked when `fixed`; None where there is none.
    unit : str
        Currency, such as "ribu rupiah".
    fixed : bool
        Whether the price can't be bargained over.
    bet : float, optional
        The price that the reader expected.
    limits : pair of float, optional
        Where the price line starts and ends.

    Returns
    -------
    Picture
        Three rows (seller, buyer, both) on one price line.

    Examples
    --------
    >>> print(agreement_zone(60, 90, price=75, unit="ribu rupiah").twin)
    Penjual mau mulai 60, pembeli mau sampai 90: ada ruang 30 ribu rupiah untuk ditawar.
    Pada harga 75 penjual untung 15 dan pembeli 15.
    """
    seller, buyer = float(seller), float(buyer)
    low, high = map(float, limits) if limits else (0.0, 1.25 * max(seller, buyer, price or 0.0, bet or 0.0))
    rows = {row: word(f"figure.price.{row}") for row in ("seller", "buyer", "both")}
    spans = {"seller": (seller, high), "buyer": (low, buyer), "both": (seller, buyer)}
    looks = {
        "seller": {"color": SKY},
        "buyer": {"color": SKY},
        "both": {"color": GREEN, "pattern": {"shape": "/", "fgcolor": PAPER, "fillmode": "overlay"}},
    }
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [rows[row]],
            "base": [start],
            "x": [end - start],
            "marker": looks[row],
            "showlegend": False,
            "hoverinfo": "text",
            "hovertext": [word("figure.price.hover", low=brief(start), high=brief(end))],
        }
        for row, (start, end) in spans.items()
        if end > start
    ]
    if price is not None:
        named = word("figure.price.fixed" if fixed else "figure.price.agreed", price=brief(price))
        traces.append(mark(float(price), rows["both"], named, "square" if fixed else "diamond", INK, named))
    if bet is not None:
        traces.append(mark(bet, rows["both"], word("figure.bet"), "diamond", VERMILLION, brief(bet)))
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.35,
            "xaxis": {"title": {"text": word("figure.price.x", unit=unit)}, "range": [low, high]},
            "yaxis": {
                "categoryarray": list(rows.values()),
                "showgrid": False,
                "range": [2.5, -0.5],
            },
            "shapes": [
                {
                    "type": "line",
                    "x0": x,
                    "x1": x,
                    "y0": 0,
                    "y1": 1,
                    "yref": "paper",
                    "line": {"color": INK, "width": 1.5, "dash": "dot"},
                }
                for x in (seller, buyer)
            ],
            "annotations": [
                {"x": x, "y": 1, "yref": "paper", "text": brief(x), "showarrow": False, "yanchor": "bottom"}
                for x in sorted({seller, buyer})
            ],
            "legend": {"orientation": "h", "x": 0, "y": 1.14, "yanchor": "bottom"},
        },
        " ".join(_price_twin(seller, buyer, price, unit, fixed=fixed, bet=bet)),
        title=word("figure.price.title"),
        height=290,
        top=28,
    )


def _price_twin(
    seller: float, buyer: float, price: float | None, unit: str, *, fixed: bool, bet: float | None
) -> list[str]:
    """Say whether they can agree, and what each gains."""
    ends = {"low": brief(seller), "high": brief(buyer), "unit": unit}
    gains = {} if price is None else {"seller": brief(price - seller), "buyer": brief(buyer - price)}
    said = []
    if fixed and price is not None:
        sold = seller <= price <= buyer
        said.append(word("figure.price.twin_fixed", price=brief(price)))
        said.append(word("figure.price.twin_fixed_sold", **gains) if sold else word("figure.price.twin_fixed_unsold"))
    elif seller > buyer:
        said.append(word("figure.price.twin_none", gap=brief(seller - buyer), **ends))
    else:
        said.append(word("figure.price.twin_zone", gain=brief(buyer - seller), **ends))
        if price is not None:
            said.append(word("figure.price.twin_price", price=brief(price), **gains))
    if bet is not None:
        said.append(word("figure.price.twin_bet", bet=brief(bet)))
    return said
