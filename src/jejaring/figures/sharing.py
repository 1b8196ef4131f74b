"""Who gets what, and who would rather go alone, in pictures."""

from collections.abc import Mapping, Sequence
from typing import Any

from jejaring.figures.picture import BLUE, GREEN, INK, PAPER, SKY, VERMILLION, Picture, brief, compose
from jejaring.language import word
from jejaring.sharing import Objection, RunwayStep

__all__ = ["runway_shares", "who_gets_what"]

_LOOKS = ((BLUE, ""), (SKY, "/"), (VERMILLION, "x"), (GREEN, "\\"))


def who_gets_what(
    divisions: Mapping[str, Mapping[str, float]],
    blocked: Mapping[str, Sequence[Objection]],
    *,
    unit: str,
    costs: bool = False,
    bets: Mapping[str, float] | None = None,
) -> Picture:
    """Set side by side what each gets under several rules, and name who would rather go without the others.

    Parameters
    ----------
    divisions : mapping of str to mapping of str to float
        What each player gets, or pays, by the rule's id: "equal", "proportional" or "shapley"; at most four players.
    blocked : mapping of str to sequence of Objection
        Who objects to each division, the strongest first; empty where nobody does.
    unit : str
        What is shared, such as "juta rupiah".
    costs : bool
        Whether the shares are payments.
    bets : mapping of str to float, optional
        What the reader thinks fair for each player: drawn as one more rule.

    Returns
    -------
    Picture
        One group of bars per rule, one bar per player.

    Examples
    --------
    >>> halves = {"equal": {"A": 25.0, "B": 25.0}}
    >>> print(who_gets_what(halves, {"equal": [Objection(("B",), 30, 25, 5)]}, unit="ribu rupiah").twin)
    Sama rata (A 25, B 25) ditolak B: tanpa yang lain sudah punya 30, bukan 25.
    """
    rows = {rule: {player: float(share) for player, share in shares.items()} for rule, shares in divisions.items()}
    if bets:
        rows["bet"] = {player: float(share) for player, share in bets.items()}
    players = list(dict.fromkeys(player for shares in rows.values() for player in shares))
    names = {rule: word(f"figure.who_gets_what.{rule}") for rule in rows}
    verdicts = {rule: _verdict(blocked[rule]) for rule in divisions}
    traces = [_player(player, rows, names, look) for player, look in zip(players, _LOOKS, strict=False)]
    highest = max(share for shares in rows.values() for share in shares.values())
    lowest = min(0.0, *(share for shares in rows.values() for share in shares.values()))
    return compose(
        traces,
        {
            "barmode": "group",
            "bargap": 0.25,
            "xaxis": {
                "title": {"text": word(f"figure.who_gets_what.{'pays' if costs else 'gets'}", unit=unit)},
                "range": [1.18 * lowest, 1.18 * highest],
            },
            "yaxis": {
                "autorange": "reversed",
                "categoryarray": list(rows),
                "showgrid": False,
                "tickvals": list(rows),
                "ticktext": ["<br>".join(filter(None, (names[rule], verdicts.get(rule)))) for rule in rows],
            },
        },
        " ".join(_rule_twin(names[rule], rows[rule], blocked.get(rule, ()), costs=costs) for rule in rows),
        title=word(f"figure.who_gets_what.title_{'costs' if costs else 'gains'}"),
        height=110 + (22 * len(players) + 16) * len(rows),
    )


def runway_shares(steps: Sequence[RunwayStep], shares: Mapping[str, float], *, unit: str) -> Picture:
    """Lay out who needs which piece of a runway, and what each pays.

    Parameters
    ----------
    steps : sequence of RunwayStep
        The pieces from the shortest runway to the longest, at most four.
    shares : mapping of str to float
        What each user pays, in the order in which they are drawn from the top.
    unit : str
        What is paid, such as "juta rupiah".

    Returns
    -------
    Picture
        One row per user: the pieces that it needs, each in the look of those who share it.

    Examples
    --------
    >>> steps = [RunwayStep(0, 2, ("kecil", "besar")), RunwayStep(2, 6, ("besar",))]
    >>> print(runway_shares(steps, {"kecil": 1.0, "besar": 5.0}, unit="juta").twin)
    Setiap ruas dibayar rata oleh yang memerlukannya: kecil membayar 1, besar 5, bersama-sama 6 juta.
    """
    users = list(shares)
    ends = {user: max((float(step.end) for step in steps if user in step.users), default=0.0) for user in users}
    traces: list[dict[str, Any]] = []
    for step, (colour, pattern) in zip(steps, _LOOKS, strict=False):
        start, end = float(step.start), float(step.end)
        fields = {"start": brief(start), "end": brief(end), "users": len(step.users)}
        each = brief((end - start) / len(step.users))
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": word("figure.runway.step", each=each, **fields),
                "showlegend": True,
                "y": list(step.users),
                "x": [end - start] * len(step.users),
                "base": [start] * len(step.users),
                "marker": _marker(colour, pattern),
                "hoverinfo": "text",
                "hovertext": [word("figure.runway.hover", user=user, each=each, **fields) for user in step.users],
            }
        )
    longest = float(steps[-1].end)
    pays = [
        {
            "x": ends[user],
            "y": user,
            "text": f"<b>{word('figure.runway.pays', share=brief(share))}</b>",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 5,
        }
        for user, share in shares.items()
    ]
    first, *others = users
    said = [word("figure.runway.twin_first", user=first, share=brief(shares[first]))]
    said += [word("figure.runway.twin_next", user=user, share=brief(shares[user])) for user in others]
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.3,
            "xaxis": {"title": {"text": word("figure.runway.x", unit=unit)}, "range": [0, 1.32 * longest]},
            "yaxis": {"autorange": "reversed", "categoryarray": users, "showgrid": False},
            "annotations": pays,
        },
        word("figure.runway.twin", shares=", ".join(said), total=brief(longest), unit=unit),
        title=word("figure.runway.title"),
        height=120 + 38 * len(users) + 12 * len(steps),
    )


def _player(
    player: str, rows: Mapping[str, Mapping[str, float]], names: Mapping[str, str], look: tuple[str, str]
) -> dict[str, Any]:
    """One player's bar under each rule."""
    shares = {rule: shares[player] for rule, shares in rows.items() if player in shares}
    return {
        "type": "bar",
        "orientation": "h",
        "name": player,
        "showlegend": True,
        "y": list(shares),
        "x": list(shares.values()),
        "text": [brief(share) for share in shares.values()],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": INK},
        "marker": _marker(*look),
        "hoverinfo": "text",
        "hovertext": [
            word("figure.who_gets_what.hover", rule=names[rule], player=player, share=brief(share))
            for rule, share in shares.items()
        ],
    }


def _marker(colour: str, pattern: str) -> dict[str, Any]:
    """A bar's fill."""
    return {"color": colour, "pattern": {"shape": pattern, "fgcolor": PAPER, "fillmode": "overlay"}}


def _verdict(objections: Sequence[Objection]) -> str:
    """A few words under the rule's name."""
    if not objections:
        return word("figure.who_gets_what.accepted")
    kind = "refused" if len(objections) == 1 else "refused_more"
    return word(f"figure.who_gets_what.{kind}", who="+".join(objections[0].coalition), more=len(objections) - 1)


def _rule_twin(rule: str, shares: Mapping[str, float], objections: Sequence[Objection], *, costs: bool) -> str:
    """One sentence about one rule."""
    listed = ", ".join(f"{player} {brief(share)}" for player, share in shares.items())
    said = {"rule": rule[0].upper() + rule[1:], "shares": listed}
    if rule == word("figure.who_gets_what.bet"):
        return word("figure.who_gets_what.twin_bet", **said)
    if not objections:
        return word("figure.who_gets_what.twin_accepted", **said)
    first = objections[0]
    fields = {"who": "+".join(first.coalition), "alone": brief(float(first.alone)), "given": brief(float(first.given))}
    return word(f"figure.who_gets_what.twin_refused_{'costs' if costs else 'gains'}", **said, **fields)
