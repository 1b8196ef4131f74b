"""Agreements between regions in pictures: a river, a payment, a landfill."""

from collections.abc import Mapping, Sequence
from typing import Any

from jejaring.figures.picture import BLUE, GREEN, GREY, INK, PAPER, SKY, VERMILLION, Picture, brief, compose
from jejaring.language import word

__all__ = ["cost_division", "transfer_zone", "treaty_gain"]

_RULES: dict[str, dict[str, Any]] = {
    "alone": {"color": PAPER},
    "equal": {"color": SKY, "pattern": {"shape": "/", "fgcolor": INK, "fillmode": "overlay"}},
    "proportional": {"color": GREEN, "pattern": {"shape": "x", "fgcolor": PAPER, "fillmode": "overlay"}},
    "shapley": {"color": BLUE},
}


def treaty_gain(alone: float, agreed: float, gain: float, *, own_gain: float, spillover: float, cost: float) -> Picture:
    """Draw what one more unit costs and what it is worth, to upstream alone and to both.

    Parameters
    ----------
    alone, agreed : float
        Units that upstream treats without and with the agreement.
    gain : float
        What both gain together by the agreement.
    own_gain, spillover : float
        What one unit is worth upstream, and downstream besides.
    cost : float
        By how much each further unit costs more than the one before.

    Returns
    -------
    Picture
        A rising line of cost, two level lines of worth, two marked quantities, and the gain shaded between them.

    Examples
    --------
    >>> print(treaty_gain(2, 6, 8, own_gain=2, spillover=4, cost=1).twin)
    Sendiri, daerah hulu mengolah 2 unit; kalau sepakat, 6 unit. Bersama-sama keduanya untung 8.
    """
    alone, agreed, own, both = map(float, (alone, agreed, own_gain, own_gain + spillover))
    end = 1.25 * max(alone, agreed, 1e-9)
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter", "mode": "lines", "showlegend": False,
            "x": [alone, alone, agreed, agreed, alone], "y": [own, both, both, cost * agreed, own],
            "fill": "toself", "fillcolor": "rgba(86,180,233,0.4)", "line": {"width": 0}, "hoverinfo": "skip",
        },
        _line([0, end], [0, cost * end], _say("treaty.cost"), INK, None),
        _line([0, end], [own, own], _say("treaty.own"), VERMILLION, "dot"),
        _line([0, end], [both, both], _say("treaty.both"), BLUE, "dash"),
        {
            "type": "scatter", "mode": "markers", "x": [alone, agreed], "y": [own, cost * agreed],
            "showlegend": False, "cliponaxis": False, "hoverinfo": "text",
            "hovertext": [_quantity("alone", alone), _quantity("agreed", agreed)],
            "marker": {
                "symbol": ["square", "circle"], "size": 13, "color": [VERMILLION, BLUE],
                "line": {"color": INK, "width": 1.5},
            },
        },
    ]  # fmt: skip
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": _say("treaty.x")}, "range": [0, end]},
            "yaxis": {
                "title": {"text": _say("treaty.y")},
                "range": [0, 1.3 * max(both, own, cost * agreed)],
            },
            "shapes": [_upright(x, y) for x, y in ((alone, own), (agreed, cost * agreed))],
            "annotations": [
                _under(alone, _quantity("alone", alone)),
                {**_under(agreed, _quantity("agreed", agreed)), "xanchor": "right", "xshift": -4, "yshift": 16},
                {
                    "x": (2 * alone + agreed) / 3,
                    "y": (own + 2 * both) / 3,
                    "showarrow": False,
                    "text": f"<b>{_say('treaty.gain', gain=brief(gain))}</b>",
                },
            ],
        },
        _say("treaty.twin", alone=brief(alone), agreed=brief(agreed), gain=brief(gain)),
        title=_say("treaty.title"),
        height=420,
    )


def transfer_zone(least: float, most: float, transfer: float | None) -> Picture:
    """Lay out the payments from downstream to upstream, and who would take which.

    Parameters
    ----------
    least : float
        The least that upstream takes.
    most : float
        The most that downstream pays.
    transfer : float or None
        The payment that shares the gain alike; None where there is none.

    Returns
    -------
    Picture
        One line of payments in three stretches, and the payment as a diamond.

    Examples
    --------
    >>> print(transfer_zone(8, 16, 12).twin)
    Daerah hulu minta paling sedikit 8, daerah hilir membayar paling banyak 16.
    Di tengah, pada 12, keduanya sama-sama untung 4.
    >>> print(transfer_zone(10, 6, None).twin)
    Daerah hulu minta paling sedikit 10, daerah hilir membayar paling banyak 6: tak ada bayaran yang cocok.
    """
    least, most = float(least), float(most)
    low, high, end = min(least, most), max(least, most), 1.3 * max(least, most, 1e-9)
    both = "both" if least <= most else "neither"
    row = ""
    looks = {
        "downstream": (0.0, low, {"color": PAPER, "line": {"color": GREY, "width": 1.5}}),
        both: (low, high, {"color": GREEN if both == "both" else GREY,
                           "pattern": {"shape": "/", "fgcolor": PAPER, "fillmode": "overlay"}}),
        "upstream": (high, end, {"color": SKY}),
    }  # fmt: skip
    traces: list[dict[str, Any]] = [
        {
            "type": "bar", "orientation": "h", "y": [row], "base": [start], "x": [stop - start], "marker": marker,
            "name": _say(f"transfer.{who}"), "showlegend": True, "hoverinfo": "text",
            "hovertext": [_say("transfer.hover", who=_say(f"transfer.{who}"), low=brief(start),
                               high=brief(stop))],
        }
        for who, (start, stop, marker) in looks.items()
        if stop > start
    ]  # fmt: skip
    said = _say(f"transfer.twin_{both}", least=brief(least), most=brief(most))
    if transfer is not None:
        middle = float(transfer)
        named = _say("transfer.middle", transfer=brief(middle))
        traces.append(
            {
                "type": "scatter", "mode": "markers", "x": [middle], "y": [row], "name": named, "showlegend": True,
                "hoverinfo": "text", "hovertext": [named],
                "marker": {"symbol": "diamond", "size": 16, "color": PAPER, "line": {"color": INK, "width": 2}},
            }
        )  # fmt: skip
        said += " " + _say("transfer.twin_middle", transfer=brief(middle), gain=brief(middle - least))
    return compose(
        traces,
        {
            "barmode": "overlay",
            "xaxis": {"title": {"text": _say("transfer.x")}, "range": [0, end]},
            "yaxis": {"showgrid": False, "categoryarray": [row]},
            "annotations": [
                {"x": x, "y": 1, "yref": "paper", "showarrow": False, "yanchor": "bottom", "text": f"<b>{brief(x)}</b>"}
                for x in sorted({least, most})
            ],
            "legend": {"orientation": "h", "x": 0, "y": 1.22, "yanchor": "bottom"},
        },
        said,
        title=_say("transfer.title"),
        height=230,
        top=28,
    )


def cost_division(
    shares: Mapping[str, Mapping[str, float]],
    *,
    unit: str,
    objecting: Mapping[str, tuple[Sequence[str], float, float]] | None = None,
) -> Picture:
    """Set what each region pays alone beside what it pays under each rule of sharing.

    Parameters
    ----------
    shares : mapping of str to mapping of str to float
        Cost of each region by rule: "alone", and some of "equal", "proportional" and "shapley", in `unit`.
    unit : str
        Such as "miliar rupiah".
    objecting : mapping of str to (sequence of str, float, float), optional
        By rule, a group that would pay less by itself: its members, what it would pay, and what the rule asks.

    Returns
    -------
    Picture
        One bar for each region and rule; rules that a group rejects are named so.

    Examples
    --------
    >>> shares = {"alone": {"A": 60, "B": 100}, "equal": {"A": 65, "B": 65}}
    >>> print(cost_division(shares, unit="juta", objecting={"equal": (["A"], 60, 65)}).twin)
    Sendiri-sendiri biayanya 160 juta, bersama 130. Bagi rata ditolak A: tanpa yang lain cukup 60, bukan 65.
    """
    rules = [rule for rule in _RULES if rule in shares]
    regions = list(shares["alone"])
    rejected = objecting or {}
    names = {rule: _say(f"division.{rule}") for rule in rules}
    named = {r: _say("division.rejected", rule=name) if r in rejected else name for r, name in names.items()}
    traces: list[dict[str, Any]] = [
        {
            "type": "bar", "orientation": "h", "y": regions, "x": [float(shares[rule][region]) for region in regions],
            "name": named[rule],
            "marker": {**_RULES[rule], "line": {"color": INK, "width": 1}},
            "text": [brief(shares[rule][region]) for region in regions], "textposition": "outside",
            "textfont": {"color": INK}, "cliponaxis": False, "hoverinfo": "text",
            "hovertext": [
                _say("division.hover", region=r, rule=names[rule], cost=brief(shares[rule][r])) for r in regions
            ],
        }
        for rule in rules
    ]  # fmt: skip
    far = 1.18 * max(float(cost) for costs in shares.values() for cost in costs.values())
    return compose(
        traces,
        {
            "barmode": "group",
            "bargap": 0.2,
            "xaxis": {"title": {"text": _say("division.x", unit=unit)}, "range": [0, far]},
            "yaxis": {"autorange": "reversed", "categoryarray": regions, "showgrid": False},
        },
        _division_twin(shares, rules, unit, rejected),
        title=_say("division.title"),
        height=130 + 24 * len(regions) * len(rules),
    )


def _division_twin(
    shares: Mapping[str, Mapping[str, float]],
    rules: list[str],
    unit: str,
    objecting: Mapping[str, tuple[Sequence[str], float, float]],
) -> str:
    """Say what going together saves, what the Shapley value asks, and who rejects which rule."""
    apart, together = (sum(map(float, shares[rule].values())) for rule in ("alone", rules[-1]))
    said = [_say("division.twin", apart=brief(apart), together=brief(together), unit=unit)]
    if "shapley" in shares:
        paid = ", ".join(f"{region} {brief(cost)}" for region, cost in shares["shapley"].items())
        said.append(_say("division.twin_shapley", paid=paid))
    for rule, (group, alone, asked) in objecting.items():
        members = f" {word('figure.and')} ".join(group)
        rule_name = _say(f"division.{rule}")
        told = {"rule": rule_name[0].upper() + rule_name[1:], "group": members}
        said.append(_say("division.twin_rejected", alone=brief(alone), asked=brief(asked), **told))
    return " ".join(said)


def _line(x: list[float], y: list[float], name: str, colour: str, dash: str | None) -> dict[str, Any]:
    """A straight line, named in the legend."""
    line = {"color": colour, "width": 3, **({"dash": dash} if dash else {})}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "name": name, "line": line, "hoverinfo": "skip"}


def _upright(x: float, top: float) -> dict[str, Any]:
    """From the axis up to a point."""
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": top, "line": {"color": GREY, "width": 1.5, "dash": "dot"}}


def _under(x: float, text: str) -> dict[str, Any]:
    """A note at the foot of an upright line."""
    return {"x": x, "y": 0, "text": text, "showarrow": False, "xanchor": "left", "yanchor": "bottom", "xshift": 4}


def _quantity(kind: str, units: float) -> str:
    """Name a quantity."""
    return _say(f"treaty.{kind}", units=brief(units))


def _say(key: str, **fields: object) -> str:
    """A word of these figures."""
    return word(f"figure.regions.{key}", **fields)
