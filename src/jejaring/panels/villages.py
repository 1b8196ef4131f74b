"""Villages that differ by chance alone: how many free riders end the giving in most of them?"""

from functools import cache
from typing import Final

from jejaring.figures.picture import number
from jejaring.figures.public_goods import giving_over_rounds
from jejaring.language import word
from jejaring.public_goods import GivingHistory, conditional_cooperator, erratic_giver, free_rider, play_rounds
from jejaring.widgets.panel import Control, Panel, Scene, Slider, Table

__all__ = ["five_villages"]

_HOUSES: Final = 40
_ERRATIC: Final = 2
_HOURS: Final = 20
_VILLAGES: Final = 5
_ALIVE: Final = 2  # hours: a tenth of what everybody could give


def five_villages() -> Panel:
    """Let five villages of forty houses give week after week, and count those in which giving dies.

    Two houses give any amount, some ride free, the rest give nine tenths of what they expect of the others.

    Returns
    -------
    Panel
        Four controls: houses that ride free, the first expectation, the weeks, and the draw of the first village.

    References
    ----------
    Fischbacher, U., & Gächter, S. (2010). Social preferences, beliefs, and the dynamics of free riding in public goods
    experiments. *American Economic Review* 100, 541-556.

    Examples
    --------
    >>> panel = five_villages()
    >>> panel.set(riders=9, first=10, weeks=10, draw=1)
    >>> panel.table["rows"][-1]
    ('mati', '1 dari 5', '')
    >>> panel.set(riders=10)
    >>> panel.table["rows"][-1]
    ('mati', '3 dari 5', '')
    """
    controls: dict[str, Control] = {
        "riders": Slider(
            word("panel.villages.riders"), 0, low=0, high=_HOUSES - _ERRATIC, step=1,
            unit=word("panel.villages.houses_unit"), meaning=word("panel.villages.riders_meaning"),
            source=word("panel.villages.riders_source"),
        ),
        "first": Slider(
            word("panel.villages.first"), 10, low=0, high=_HOURS, step=1, unit=word("panel.villages.hours_unit"),
            source=word("panel.villages.first_source"),
        ),
        "weeks": Slider(
            word("panel.villages.weeks"), 20, low=5, high=40, step=1, unit=word("panel.villages.weeks_unit"),
            source=word("panel.villages.weeks_source"),
        ),
        "draw": Slider(
            word("panel.villages.draw"), 1, low=1, high=50, step=1, meaning=word("panel.villages.draw_meaning"),
            source=word("panel.villages.draw_source"),
        ),
    }  # fmt: skip

    def picture(riders: float, first: float, weeks: float, draw: float) -> Scene:
        villages = _villages(int(riders), int(first), int(weeks), int(draw))
        gifts = [village.mean_gifts() for village in villages]
        ends = [seen[-1] for seen in gifts]
        rows = [
            (
                word("panel.villages.village", draw=int(draw) + place),
                number(end, 2),
                word("panel.villages.dead" if end < _ALIVE else "panel.villages.alive"),
            )
            for place, end in enumerate(ends)
        ]
        dead = sum(end < _ALIVE for end in ends)
        rows.append((word("panel.villages.dead"), word("panel.villages.count", dead=dead, villages=_VILLAGES), ""))
        columns = tuple(word(f"panel.villages.column_{name}") for name in ("village", "gift", "state"))
        table = Table(word("panel.villages.caption", weeks=int(weeks), alive=_ALIVE), columns, tuple(rows))
        shown = giving_over_rounds({"free": gifts}, endowment=_HOURS)
        shown.figure.update_layout(title_text=word("panel.villages.picture"))
        return Scene(shown, table)

    return Panel(picture, controls, title=word("panel.villages.title"))


@cache
def _villages(riders: int, first: int, weeks: int, draw: int) -> list[GivingHistory]:
    """Five villages that differ by the draw only."""
    people = [conditional_cooperator] * (_HOUSES - _ERRATIC - riders)
    people += [erratic_giver] * _ERRATIC + [free_rider] * riders
    return [
        play_rounds(people, rounds=weeks, first_belief=first / _HOURS, seed=draw + place) for place in range(_VILLAGES)
    ]
