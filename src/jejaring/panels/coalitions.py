"""Seats and power in the DPR: build a coalition, change the quota."""

from collections.abc import Mapping
from itertools import accumulate

from jejaring.coalitions import (
    banzhaf_index,
    critical_members,
    minimal_winning_coalitions,
    shapley_shubik_index,
    swings,
)
from jejaring.data import table
from jejaring.figures.coalitions import coalition_meter, seats_and_power
from jejaring.language import word
from jejaring.panels._bets import bet, follow
from jejaring.widgets.panel import Checks, Choice, Control, Panel, Scene, Slider, Table

__all__ = ["coalition_builder", "power_race"]

_INDICES = {"banzhaf": banzhaf_index, "shapley": shapley_shubik_index}


def coalition_builder() -> Panel:
    """Tick parties of the DPR until the quota is reached, and see who is needed.

    Returns
    -------
    Panel
        Three controls: chamber, what must be reached, parties.

    References
    ----------
    Law 7/2017 on general elections, article 222, and Constitutional Court decision 62/PUU-XXII/2024, which ended it.

    Examples
    --------
    >>> panel = coalition_builder()
    >>> panel.set(parties=["NasDem", "PKB"])
    >>> print(panel.twin)
    NasDem dan PKB punya 117 kursi, kuotanya 115: menang.
    Penentunya NasDem dan PKB: kalau satu saja dari mereka pergi, koalisi kalah.
    """
    chambers = _chambers()
    everybody = {party: party for seats in chambers.values() for party in seats}
    rules = {rule: word(f"panel.coalition.{rule}") for rule in ("threshold", "majority", "free")}
    controls: dict[str, Control] = {
        "chamber": _chamber_choice(chambers),
        "rule": Choice(word("panel.coalition.rule"), rules, "threshold", word("panel.coalition.rule_source")),
        "parties": Checks(word("panel.coalition.parties"), everybody, ("Golkar", "PAN")),
    }

    def draw(chamber: str, rule: str, parties: tuple[str, ...]) -> Scene:
        seats = chambers[chamber]
        weights, names = list(seats.values()), list(seats)
        quota = {"threshold": -(-sum(weights) // 5), "majority": sum(weights) // 2 + 1, "free": None}[rule]
        inside = [place for place, name in enumerate(names) if name in parties]
        critical = critical_members(inside, weights, quota) if quota else ()
        picture = coalition_meter(seats, parties, quota=quota, critical=[names[place] for place in critical])
        expired = rule == "threshold" and not _nomination_quota(chamber)
        off = {"parties": [party for party in everybody if party not in seats]}
        return Scene(picture, _who_can(seats, quota, "expired" if expired else rule), off)

    return Panel(draw, controls, title=word("panel.coalition.title"))


def power_race(bets: Mapping[str, float | str] | None = None) -> Panel:
    """Change the quota and watch power leave the seats behind.

    Parameters
    ----------
    bets : mapping of str to float or str, optional
        The share of the power that the reader expected of some parties: a percentage, or the id of the `predict`
        exercise that asked for it. Such a bet appears as soon as it is made.

    Returns
    -------
    Panel
        Three controls: chamber, quota, measure of power.

    Examples
    --------
    >>> panel = power_race(bets={"PPP": 2})
    >>> print(panel.twin)
    Dengan kuota 115 kursi, selisih terbesar ada pada PDIP: 22,3% dari kursi, tetapi 17,6% dari kuasa.
    Golkar (85 kursi) dan Gerindra (78 kursi) sama kuasanya, 14,9%. Tebakanmu untuk PPP 2%; kuasanya 5,4%.
    """
    chambers = _chambers()
    largest = max(sum(seats.values()) for seats in chambers.values())
    indices = {index: word(f"panel.power.{index}") for index in _INDICES}
    unit, source = word("panel.power.quota_unit"), word("panel.power.quota_source")
    controls: dict[str, Control] = {
        "chamber": _chamber_choice(chambers),
        "quota": Slider(word("panel.power.quota"), 115, low=1, high=largest, step=1, unit=unit, source=source),
        "index": Choice(word("panel.power.index"), indices, "banzhaf", word("panel.power.index_source")),
    }

    def draw(chamber: str, quota: float, index: str) -> Scene:
        seats = chambers[chamber]
        reachable = min(int(quota), sum(seats.values()))
        power = _INDICES[index](list(seats.values()), reachable)
        guesses = {party: guess for party, qid in (bets or {}).items() if (guess := _share(qid)) is not None}
        shares = [float(share) for share in power]
        return Scene(seats_and_power(seats, shares, quota=reachable, index=index, bets=guesses))

    panel = Panel(draw, controls, title=word("panel.power.title"))
    return follow(panel, *(qid for qid in (bets or {}).values() if isinstance(qid, str)))


def _chambers() -> dict[str, dict[str, int]]:
    """Seats by party, largest first, by the year of the election."""
    chambers: dict[str, dict[str, int]] = {}
    for row in table("dpr_seats"):
        chambers.setdefault(row["year"], {})[row["party"]] = int(row["seats"])
    return chambers


def _nomination_quota(chamber: str) -> str:
    """The quota that the law gave to this chamber; empty since the threshold fell."""
    return next(row["nomination_quota"] for row in table("dpr_seats") if row["year"] == chamber)


def _chamber_choice(chambers: Mapping[str, Mapping[str, int]]) -> Choice:
    """Ask for the chamber by its term."""
    terms = {row["year"]: row["term"].replace("-", "–") for row in table("dpr_seats")}
    named = {
        year: word("panel.chamber.term", term=terms[year], total=sum(seats.values()))
        for year, seats in chambers.items()
    }
    return Choice(word("panel.chamber.label"), named, next(iter(named)), word("panel.chamber.source"))


def _who_can(seats: Mapping[str, int], quota: int | None, rule: str) -> Table:
    """Tell for each party whether it can do it alone, with how many others, and how often it is critical."""
    columns = tuple(
        word(f"panel.coalition.column_{name}") for name in ("party", "seats", "alone", "partners", "swings")
    )
    yes, no = word("panel.yes"), word("panel.no")
    if quota is None:
        rows = [
            (party, str(count), yes, "0", word("panel.coalition.swings", count=0)) for party, count in seats.items()
        ]
        return Table(word("panel.coalition.caption_free"), columns, tuple(rows))
    weights = list(seats.values())
    rows = [
        (party, str(count), yes if count >= quota else no, str(_fewest_partners(party, seats, quota)), said)
        for (party, count), said in zip(
            seats.items(),
            [word("panel.coalition.swings", count=count) for count in swings(weights, quota)],
            strict=True,
        )
    ]
    minimal = sum(1 for _ in minimal_winning_coalitions(weights, quota))
    return Table(word(f"panel.coalition.caption_{rule}", quota=quota, minimal=minimal), columns, tuple(rows))


def _fewest_partners(party: str, seats: Mapping[str, int], quota: int) -> int:
    """How many of the largest others a party needs to reach the quota."""
    others = sorted((count for other, count in seats.items() if other != party), reverse=True)
    reached = accumulate(others, initial=seats[party])
    return next(partners for partners, together in enumerate(reached) if together >= quota)


def _share(guess: float | str) -> float | None:
    """Read a bet in percent, from its number or from the answer to the exercise that asked for it."""
    percent = bet(guess) if isinstance(guess, str) else guess
    return None if percent is None else percent / 100
