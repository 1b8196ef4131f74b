"""Teams: how many are best, when a majority knows more, and what a circle of promises is worth."""

from fractions import Fraction
from functools import cache
from typing import Final

from jejaring.figures.picture import number
from jejaring.figures.specialists import wheat_and_promises
from jejaring.figures.teams import jury_curves, team_sizes
from jejaring.language import word
from jejaring.panels._bets import bet, follow
from jejaring.specialists import circles, expected_loaves, loaves_each
from jejaring.teams import (
    RINGELMANN,
    additive,
    conjunctive,
    disjunctive,
    expected_output,
    jury_with_leader,
    link_count,
    net_output,
)
from jejaring.widgets.panel import Choice, Control, Panel, Scene, Slider, Table

__all__ = ["best_team", "jury", "wheat"]

_TASKS: Final = {"additive": additive, "disjunctive": disjunctive, "conjunctive": conjunctive}
_POOL: Final = tuple(Fraction(tenths, 10) for tenths in range(3, 18, 2))  # eight people, 0.3 to 1.7, on average 1
_SIZES: Final = range(1, len(_POOL) + 1)
_TRADES: Final = 6
_HOURS: Final = 10
_BET_JURY: Final = (0.6, 11, 0.0)  # competence, size and following that the bet was about


def best_team(bet_on: str | None = None) -> Panel:
    """Let a team grow from one to eight, and look for the size that leaves most.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on the best size.

    Returns
    -------
    Panel
        Three controls: the task, how much of Ringelmann's loss occurs, and what each link costs.

    References
    ----------
    Steiner, I. D. (1972). *Group Process and Productivity*. Academic Press.
    Kravitz, D. A., & Martin, B. (1986). Ringelmann rediscovered: the original article. *Journal of Personality and
    Social Psychology* 50, 936-941.

    Examples
    --------
    >>> panel = best_team()
    >>> panel.set(cost=0.05)
    >>> print(panel.twin)
    Tim terbaik: 6 orang kalau satu ikatan berbiaya 0,05; 7 orang kalau satu ikatan berbiaya 0.
    """
    tasks = {task: word(f"panel.team.{task}") for task in _TASKS}
    controls: dict[str, Control] = {
        "task": Choice(word("panel.team.task"), tasks, "additive", word("panel.team.task_source")),
        "slack": Slider(
            word("panel.team.slack"), 1, low=0, high=1, step=0.25, meaning=word("panel.team.slack_meaning"),
            source=word("panel.team.slack_source"),
        ),
        "cost": Slider(
            word("panel.team.cost"), 0.1, low=0, high=0.4, step=0.01, unit=word("panel.team.cost_unit"),
            source=word("panel.assumed"),
        ),
    }  # fmt: skip

    def draw(task: str, slack: float, cost: float) -> Scene:
        potential = _potential(task)
        lost = Fraction(str(slack))
        made = [able * (1 - lost * (1 - force)) for able, force in zip(potential, RINGELMANN, strict=True)]
        costs = dict.fromkeys((Fraction(str(cost)), Fraction(0)))
        left = {
            float(price): [float(net_output(lambda size: made[size - 1], size, price)) for size in _SIZES]
            for price in costs
        }
        rows = tuple(
            (str(size), number(float(able), 2), number(float(done), 2), str(link_count(size)), number(rest, 2))
            for size, able, done, rest in zip(_SIZES, potential, made, left[float(cost)], strict=True)
        )
        columns = tuple(word(f"panel.team.column_{name}") for name in ("size", "potential", "made", "links", "left"))
        guess = bet(bet_on)
        picture = team_sizes(left, bet=None if guess is None else int(guess))
        return Scene(picture, Table(word("panel.team.caption"), columns, rows))

    return follow(Panel(draw, controls, title=word("panel.team.title")), bet_on)


def jury(bet_on: str | None = None) -> Panel:
    """Let many vote on a question that has an answer, each alone or after the first to speak.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on eleven people who are each right six times in ten, in percent.

    Returns
    -------
    Panel
        Three controls: how often each is right, how many vote, and how many just follow the first.

    References
    ----------
    Condorcet, M. J. A. N. (1785). *Essai sur l'application de l'analyse à la probabilité des décisions*. Imprimerie
    royale.
    Boland, P. J., Proschan, F., & Tong, Y. L. (1989). Modelling dependence in simple and indirect majority systems.
    *Journal of Applied Probability* 26, 81-88.

    Examples
    --------
    >>> panel = jury()
    >>> panel.set(competence=0.4)
    >>> print(panel.twin)
    Dengan 11 orang, suara terbanyak benar dengan peluang 0,247 kalau tiap orang 0,4.
    """
    controls: dict[str, Control] = {
        "competence": Slider(
            word("panel.jury.competence"), 0.6, low=0, high=1, step=0.01, meaning=word("panel.jury.competence_meaning"),
            source=word("panel.assumed"),
        ),
        "size": Slider(
            word("panel.jury.size"), 11, low=3, high=41, step=2, unit=word("panel.jury.size_unit"),
            source=word("panel.jury.size_source"),
        ),
        "following": Slider(
            word("panel.jury.following"), 0, low=0, high=1, step=0.1, meaning=word("panel.jury.following_meaning"),
            source=word("panel.jury.following_source"),
        ),
    }  # fmt: skip

    def draw(competence: float, size: float, following: float) -> Scene:
        people = int(size)
        points = [(count, float(jury_with_leader(count, competence, following))) for count in range(1, people + 1, 2)]
        guess = bet(bet_on) if (competence, people, following) == _BET_JURY else None
        rows = (
            (word("panel.jury.one"), number(competence, 3)),
            (word("panel.jury.own", size=people), number(float(jury_with_leader(people, competence, 0)), 3)),
            (word("panel.jury.led", size=people), number(points[-1][1], 3)),
        )
        columns = word("panel.jury.who"), word("panel.jury.right")
        picture = jury_curves({competence: points}, bet=None if guess is None else guess / 100)
        return Scene(picture, Table(word("panel.jury.caption"), columns, rows))

    return follow(Panel(draw, controls, title=word("panel.jury.title")), bet_on)


def wheat() -> Panel:
    """Share out the trades behind a loaf among one, two, three or six people whose word may fail.

    Returns
    -------
    Panel
        Two controls: the time lost on each trade, and how often a promise is kept.

    References
    ----------
    Ibn Khaldun, A. (1958). *The Muqaddimah*, trans. F. Rosenthal, book 1, chapter 1, first prefatory discussion.
    Hume, D. (1739). *A Treatise of Human Nature*, book 3, part 2, section 5.

    Examples
    --------
    >>> panel = wheat()
    >>> panel.set(kept=0.9)
    >>> print(panel.twin)
    Kalau tiap janji ditepati dengan peluang 0,9, roti rata-rata tiap orang: 1 orang 1,0; 2 orang 5,0; 3 orang 5,7; 6
    orang 5,0. Terbaik: 3 orang.
    """
    controls: dict[str, Control] = {
        "setup": Slider(
            word("panel.wheat.setup"), 1.5, low=0, high=2, step=0.25, unit=word("panel.wheat.setup_unit"),
            meaning=word("panel.wheat.setup_meaning", hours=_HOURS), source=word("panel.wheat.setup_source"),
        ),
        "kept": Slider(
            word("panel.wheat.kept"), 1, low=0, high=1, step=0.05, meaning=word("panel.wheat.kept_meaning"),
            source=word("panel.wheat.kept_source"),
        ),
    }  # fmt: skip

    def draw(setup: float, kept: float) -> Scene:
        lost, word_kept = Fraction(str(setup)), Fraction(str(kept))
        loaves = {
            people: (
                float(loaves_each(people, trades=_TRADES, hours=_HOURS, setup=lost)),
                float(expected_loaves(people, trades=_TRADES, hours=_HOURS, setup=lost, kept=word_kept)),
            )
            for people in circles(_TRADES)
        }
        return Scene(wheat_and_promises(loaves, trades=_TRADES, kept=kept))

    return Panel(draw, controls, title=word("panel.wheat.title"))


@cache
def _potential(task: str) -> tuple[Fraction | float, ...]:
    """What teams of each size could do on average, drawn from the eight people."""
    return tuple(expected_output(_TASKS[task], _POOL, size) for size in _SIZES)
