"""Newcomers who introduce themselves."""

from functools import cache

from jejaring.figures.meetings import meeting_minutes
from jejaring.language import word
from jejaring.meetings import meeting_rounds
from jejaring.panels._bets import bet, follow
from jejaring.widgets.panel import Control, Panel, Scene, Slider

__all__ = ["handshakes"]

_MOST = 60


def handshakes(bet_on: str | None = None) -> Panel:
    """Let everybody meet everybody, one pair after the other or all at once.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on the minutes.

    Returns
    -------
    Panel
        Two controls: how many people, and how long one introduction takes.

    References
    ----------
    de Werra, D. (1981). Scheduling in sports. In P. Hansen (ed.), *Studies on Graphs and Discrete Programming*,
    381-395. North-Holland.

    Examples
    --------
    >>> panel = handshakes()
    >>> panel.set(people=4, seconds=60)
    >>> print(panel.twin)
    4 orang: sepasang demi sepasang 6 menit, serentak 3 menit, 2 kali lebih cepat.
    """
    unit, assumed = word("panel.handshakes.people_unit"), word("panel.assumed")
    controls: dict[str, Control] = {
        "people": Slider(
            word("panel.handshakes.people"), 30, low=2, high=_MOST, step=1, unit=unit, source=assumed
        ),
        "seconds": Slider(
            word("panel.handshakes.seconds"), 30, low=5, high=120, step=5,
            unit=word("panel.handshakes.seconds_unit"), source=assumed,
        ),
    }  # fmt: skip

    def draw(people: float, seconds: float) -> Scene:
        one = {group: pairs * seconds / 60 for group, (pairs, _) in _counts().items()}
        together = {group: rounds * seconds / 60 for group, (_, rounds) in _counts().items()}
        return Scene(meeting_minutes(one, together, int(people), bet=bet(bet_on)))

    return follow(Panel(draw, controls, title=word("panel.handshakes.title")), bet_on)


@cache
def _counts() -> dict[int, tuple[int, int]]:
    """Meetings and rounds by the size of the group."""
    rounds = {people: meeting_rounds(people) for people in range(2, _MOST + 1)}
    return {people: (sum(map(len, each)), len(each)) for people, each in rounds.items()}
