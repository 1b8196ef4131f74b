"""One shop under many contracts, in one picture."""

from collections.abc import Iterator, Mapping
from typing import Any

from jejaring.figures.picture import BLUE, INK, PAPER, SKY, VERMILLION, Picture, brief, compose, number
from jejaring.language import word, words
from jejaring.shops import Spread

__all__ = ["shop_contracts"]

Spreads = Mapping[str, Mapping[str, Spread]]


def shop_contracts(
    shop: Spread,
    shares: Spreads,
    *,
    fall: float = 0.0,
    before: Spreads | None = None,
    bet: tuple[str, str] | None = None,
) -> Picture:
    """Draw how the same years are spread for each party of each contract, one row under the other.

    Parameters
    ----------
    shop : Spread
        The years of the shop before they are shared, million rupiah.
    shares : mapping of str to mapping of str to Spread
        The years of each party by the ids of contract and party; an id that has no word of its own is shown as it is.
    fall : float
        By which share the sales fell in all of these years, from 0 to 1.
    before : mapping of str to mapping of str to Spread, optional
        The same parties without the fall; their medians become hollow marks.
    bet : pair of str, optional
        Ids of contract and party that the reader expected to lose most often.

    Returns
    -------
    Picture
        In each row a light bar for 90% of the years, a dark one for the middle half and a dot for the median; at the
        right the share of years with a loss.

    Examples
    --------
    >>> safe, risky = (
    ...     Spread(mean=0, sd=1, worst=-9, low=low, lower=1, median=2, upper=3, high=4, loss_share=share)
    ...     for low, share in ((0, 0.0), (-5, 0.25))
    ... )
    >>> print(shop_contracts(risky, {"bot": {"operator": risky, "landowner": safe}}).twin)
    Kedai itu rugi di 25% tahun. Paling sering rugi: operator (Bangun guna serah), 25%.
    Tak pernah rugi: pemilik tanah.
    """
    rows = [("", "", shop), *_rows(shares)]
    places = dict(zip([(contract, party) for contract, party, _ in rows], _places(rows), strict=True))
    spreads = {(contract, party): spread for contract, party, spread in rows}
    low = min(spread.low for spread in spreads.values())
    high = max(spread.high for spread in spreads.values())
    traces = _bands(places, spreads)
    if before:
        medians = {(contract, party): spread.median for contract, party, spread in _rows(before)}
        hollow = {"symbol": "circle", "size": 11, "color": PAPER, "line": {"color": INK, "width": 1.5}}
        traces.append(_marks(places, medians, word("figure.shops.before"), hollow))
        low, high = min(low, *medians.values()), max(high, *medians.values())
    medians = {row: spread.median for row, spread in spreads.items()}
    traces.append(_marks(places, medians, word("figure.shops.median"), {"symbol": "circle", "size": 7, "color": INK}))
    bet = bet if bet in spreads else None  # an old bet may name somebody who is not here
    if bet:
        here = {"symbol": "diamond", "size": 12, "color": VERMILLION, "line": {"color": INK, "width": 1.5}}
        traces.append(_marks(places, {bet: spreads[bet].low}, word("figure.bet"), here))
    last = max(places.values())
    room = 0.4 * (high - low)  # for the column of loss years, on a telephone too
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.45,
            "xaxis": {"title": {"text": word("figure.shops.x")}, "range": [min(low, 0) - 0.1 * room, high + room]},
            "yaxis": {**_labels(places), "range": [last + 0.6, -0.6], "showgrid": False, "zeroline": False},
            "shapes": [
                {
                    "type": "line",
                    "x0": 0,
                    "x1": 0,
                    "y0": 0,
                    "y1": 1,
                    "yref": "paper",
                    "line": {"color": INK, "width": 1.5},
                    "layer": "below",
                }
            ],
            "annotations": [
                _right(-0.6, word("figure.shops.losses"), yanchor="bottom"),
                *(_right(places[row], _loss(spread)) for row, spread in spreads.items()),
            ],
            "legend": {"orientation": "h", "x": 0, "y": 1 + 26 / (24 * last), "yanchor": "bottom"},
        },
        _twin(shop, shares, bet),
        title=word(f"figure.shops.{'title_fall' if fall else 'title'}", count=len(shares), fall=_percent(fall)),
        height=130 + 24 * last,
        top=28,
    )


def _rows(shares: Spreads) -> Iterator[tuple[str, str, Spread]]:
    """All parties of all contracts, in order."""
    for contract, parties in shares.items():
        for party, spread in parties.items():
            yield contract, party, spread


def _places(rows: list[tuple[str, str, Spread]]) -> Iterator[int]:
    """Where each row is, from the top; a contract's name takes a place of its own."""
    place = -1
    for position, (contract, _, _) in enumerate(rows):
        place += 2 if position and contract != rows[position - 1][0] else 1
        yield place


def _labels(places: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """The names of the parties, and above them those of their contracts."""
    names = {0: word("figure.shops.shop")}
    for (contract, party), place in places.items():
        if contract:
            if place - 1 not in names:
                names[place - 1] = f"<b>{_said('contract', contract)}</b>"
            names[place] = _said("party", party)
    return {"tickvals": list(names), "ticktext": list(names.values())}


def _bands(places: Mapping[tuple[str, str], int], spreads: Mapping[tuple[str, str], Spread]) -> list[dict[str, Any]]:
    """Bars for most of the years and for half of them, in all rows."""
    each = list(spreads.values())
    bands = {
        "most": (SKY, [spread.low for spread in each], [spread.high for spread in each]),
        "half": (BLUE, [spread.lower for spread in each], [spread.upper for spread in each]),
    }
    told = [_hover(*row, spread) for row, spread in spreads.items()]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": word(f"figure.shops.{band}"),
            "y": list(places.values()),
            "base": starts,
            "x": [end - start for start, end in zip(starts, ends, strict=True)],
            "marker": {"color": colour},
            "hoverinfo": "text",
            "hovertext": told,
        }
        for band, (colour, starts, ends) in bands.items()
    ]


def _marks(
    places: Mapping[tuple[str, str], int], values: Mapping[tuple[str, str], float], name: str, marker: dict[str, Any]
) -> dict[str, Any]:
    """One mark in each of some rows."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "showlegend": True,
        "x": list(values.values()),
        "y": [places[row] for row in values],
        "marker": marker,
        "hoverinfo": "x",
    }


def _right(place: float, text: str, yanchor: str = "middle") -> dict[str, Any]:
    """A label at the right edge of a row."""
    return {
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": place,
        "yanchor": yanchor,
        "text": text,
        "showarrow": False,
    }


def _twin(shop: Spread, shares: Spreads, bet: tuple[str, str] | None) -> str:
    """Say who loses most often and who never does."""
    said = [word("figure.shops.twin", shop=_loss(shop))]
    rows = {(contract, party): spread for contract, party, spread in _rows(shares)}
    worst = max(rows, key=lambda row: rows[row].loss_share)
    never = [_said("party", party) for (_, party), spread in rows.items() if spread.loss_share == 0]
    if rows[worst].loss_share == 0:
        said.append(word("figure.shops.twin_nobody"))
    else:
        said.append(word("figure.shops.twin_most", row=_row(*worst), loss=_loss(rows[worst])))
        if never:
            said.append(word("figure.shops.twin_never", parties=", ".join(never)))
    if bet:
        said.append(word("figure.shops.twin_bet", row=_row(*bet), loss=_loss(rows[bet])))
    return " ".join(said)


def _hover(contract: str, party: str, spread: Spread) -> str:
    """All numbers of one row."""
    told = {"median": number(spread.median), "low": number(spread.low), "high": number(spread.high)}
    return word("figure.shops.hover", row=_row(contract, party), worst=number(spread.worst), loss=_loss(spread), **told)


def _row(contract: str, party: str) -> str:
    """A party and its contract; without a contract it is the shop."""
    if not contract:
        return word("figure.shops.shop")
    return word("figure.shops.row", contract=_said("contract", contract), party=_said("party", party))


def _said(kind: str, name: str) -> str:
    """The word for an id, or the id itself where it is somebody's own."""
    return words(f"figure.shops.{kind}").get(name, name)


def _loss(spread: Spread) -> str:
    """Share of the years with a loss; one lonely year is more than none."""
    return f"{'<1' if 0 < spread.loss_share < 0.005 else number(100 * spread.loss_share)}%"


def _percent(share: float) -> str:
    """A percentage with no digit that it doesn't need."""
    return f"{brief(100 * share)}%"
