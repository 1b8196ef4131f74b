"""Meetings to look at."""

from jejaring.figures import meetings as figures
from jejaring.figures.picture import Picture
from jejaring.meetings import meeting_rounds

__all__ = ["meeting_minutes"]


def meeting_minutes() -> Picture:
    """Thirty newcomers, half a minute for each introduction."""
    rounds = {people: meeting_rounds(people) for people in range(2, 61)}
    one = {people: sum(map(len, each)) / 2 for people, each in rounds.items()}
    return figures.meeting_minutes(one, {people: len(each) / 2 for people, each in rounds.items()}, 30, bet=200)
