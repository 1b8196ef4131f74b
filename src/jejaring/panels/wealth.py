"""Who has a right to what: fair trades with a levy on wealth, and a duty that one person can discharge for all."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import fsum

from jejaring.figures.dilemmas import nobody_volunteers
from jejaring.figures.inequality import gini_over_rounds
from jejaring.figures.picture import number, percent
from jejaring.inequality import Levy, exchange_rounds, gini, group_shares, share_of_poorer
from jejaring.language import word
from jejaring.panels._bets import bet, follow
from jejaring.volunteers import nobody_probability, volunteer_probability
from jejaring.widgets.panel import Control, Panel, Scene, Slider, Table

__all__ = ["rights_in_wealth", "volunteers_wanted"]

_PEOPLE, _ROUNDS, _START, _SEED = 500, 1000, 100, 4
_PART = 50  # rounds between two pictures
_BET_RATE, _BET_NISAB = 2.5, 1  # where the lesson asks for a bet
_BET_COST, _BET_PEOPLE = 25, 10


@dataclass(frozen=True)
class _Village:
    """How far it has come: inequality round by round, and what is held now."""

    ginis: tuple[float, ...]
    held: tuple[float, ...]


def rights_in_wealth(bet_on: str | None = None) -> Panel:
    """Let a village trade by fair coins, and collect a share from those above a threshold for the poorest.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on the Gini coefficient at 2.5 percent from the mean on.

    Returns
    -------
    Panel
        Three controls: the rate, the threshold (nisab) in multiples of the mean, what leaks. The village takes a
        moment; the picture grows with it.

    References
    ----------
    Chakraborti, A. (2002). Distributions of money in model markets of economy. *International Journal of Modern
    Physics C* 13, 1315-1321.

    Examples
    --------
    >>> print(rights_in_wealth().twin)
    Setelah 1.000 putaran koefisien Gini menjadi 0,81 (tanpa pungutan) dan 0,08 (2,5%, nisab 1×).
    """
    assumed, percents = word("panel.assumed"), word("panel.wealth.percent")
    controls: dict[str, Control] = {
        "rate": Slider(
            word("panel.wealth.rate"), _BET_RATE, low=0, high=10, step=0.5, unit=percents,
            source=word("panel.wealth.rate_source"),
        ),
        "nisab": Slider(
            word("panel.wealth.nisab"), _BET_NISAB, low=0, high=10, step=0.5, unit=word("panel.wealth.nisab_unit"),
            meaning=word("panel.wealth.nisab_meaning"), source=assumed,
        ),
        "leakage": Slider(
            word("panel.wealth.leakage"), 0, low=0, high=100, step=5, unit=percents,
            meaning=word("panel.wealth.leakage_meaning"), source=assumed,
        ),
    }  # fmt: skip

    def draw(rate: float, nisab: float, leakage: float) -> Iterator[Scene]:
        levy = Levy(rate / 100, nisab=nisab, leakage=leakage / 100) if rate else None
        asked = (rate, nisab, leakage) == (_BET_RATE, _BET_NISAB, 0)
        free = _without_levy()
        for village in _follow(levy):
            runs: dict[Levy | None, tuple[float, ...]] = {None: free.ginis, levy: village.ginis}
            picture = gini_over_rounds(runs, bet=bet(bet_on) if asked else None)
            yield Scene(picture, _holdings(free, village), done=(len(village.ginis) - 1) / _ROUNDS)

    return follow(Panel(draw, controls, title=word("panel.wealth.title")), bet_on)


def volunteers_wanted(bet_on: str | None = None) -> Panel:
    """Let one person's help be enough for all, and count how often everybody waits for another.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on the risk, in percent, that none of ten people acts.

    Returns
    -------
    Panel
        Two controls: how many people could act, and the cost as a share of the benefit.

    References
    ----------
    Diekmann, A. (1985). Volunteer's dilemma. *Journal of Conflict Resolution* 29, 605-610.

    Examples
    --------
    >>> panel = volunteers_wanted()
    >>> panel.set(people=3)
    >>> print(panel.twin)
    Dengan 2 orang, peluang bahwa tak seorang pun bertindak 6,25%; dengan 3 orang 12,50%. Peluang itu mendekati
    25%, yaitu biaya dibagi manfaat.
    """
    assumed = word("panel.assumed")
    controls: dict[str, Control] = {
        "people": Slider(
            word("panel.wanted.people"), _BET_PEOPLE, low=3, high=40, step=1, unit=word("panel.wanted.people_unit"),
            source=assumed,
        ),
        "cost": Slider(
            word("panel.wanted.cost"), _BET_COST, low=5, high=95, step=5, unit=word("panel.wanted.cost_unit"),
            source=assumed,
        ),
    }  # fmt: skip

    def draw(people: float, cost: float) -> Scene:
        sizes = range(2, int(people) + 1)
        nobody = {size: nobody_probability(cost, 100, size) for size in sizes}
        each = {size: volunteer_probability(cost, 100, size) for size in sizes}
        asked = (people, cost) == (_BET_PEOPLE, _BET_COST)
        guess = bet(bet_on) if asked else None
        return Scene(nobody_volunteers(nobody, each, limit=cost / 100, bet=None if guess is None else guess / 100))

    return follow(Panel(draw, controls, title=word("panel.wanted.title")), bet_on)


_finished: dict[Levy | None, _Village] = {}


def _follow(levy: Levy | None) -> Iterator[_Village]:
    """Run the village part by part; one that has been run before is there at once."""
    if levy in _finished:
        yield _finished[levy]
        return
    rounds = exchange_rounds(_PEOPLE, _ROUNDS, start=_START, stake=share_of_poorer(0.1), levy=levy, seed=_SEED)
    ginis: list[float] = []
    while part := list(islice(rounds, _PART if ginis else _PART + 1)):
        ginis += [float(gini(held)) for held in part]
        village = _Village(tuple(ginis), tuple(part[-1]))
        if len(ginis) > _ROUNDS:
            _finished[levy] = village
        yield village


@cache
def _without_levy() -> _Village:
    """The same village, left to its coins."""
    *_, village = _follow(None)
    return village


def _holdings(free: _Village, village: _Village) -> Table:
    """Who holds how much, and what is left in all."""
    columns = tuple(word(f"panel.wealth.column_{name}") for name in ("what", "free", "levied"))
    rows = []
    for row, tell in (("total", _total), ("poorest", _poorest), ("richest", _richest)):
        rows.append((word(f"panel.wealth.row_{row}"), *(percent(tell(one)) for one in (free, village))))
    return Table(word("panel.wealth.caption", rounds=number(len(village.ginis) - 1)), columns, tuple(rows))


def _total(village: _Village) -> float:
    """All that is held, as a share of the start."""
    return fsum(village.held) / (_PEOPLE * _START)


def _poorest(village: _Village) -> float:
    """What the poorer half holds of all there is."""
    return float(group_shares(village.held, 2)[0])


def _richest(village: _Village) -> float:
    """What the richest tenth holds of all there is."""
    return float(group_shares(village.held, 10)[-1])
