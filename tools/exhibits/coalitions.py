"""Seats and power to look at."""

from jejaring.coalitions import banzhaf_index, critical_members
from jejaring.data import table
from jejaring.figures import coalitions as figures
from jejaring.figures.picture import Picture

__all__ = ["SEATS", "coalition_meter", "seats_and_power"]

SEATS = {row["party"]: int(row["seats"]) for row in table("dpr_seats") if row["year"] == "2019"}


def seats_and_power() -> Picture:
    """The DPR of 2019 at the nomination threshold."""
    power = [float(share) for share in banzhaf_index(list(SEATS.values()), 115)]
    return figures.seats_and_power(SEATS, power, quota=115, bets={"PPP": 0.02})


def coalition_meter(chosen: tuple[str, ...] = ("Golkar", "Demokrat", "PPP"), quota: int | None = 115) -> Picture:
    """A coalition that passes the threshold, with one party to spare."""
    names = list(SEATS)
    places = [names.index(party) for party in chosen]
    critical = critical_members(places, list(SEATS.values()), quota) if quota else ()
    return figures.coalition_meter(SEATS, chosen, quota=quota, critical=[names[place] for place in critical])
