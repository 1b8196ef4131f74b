"""Why people cooperate, and why it fails: one night, a village, a hunt, strangers, two groups."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from statistics import mean
from typing import Final

from jejaring.figures.dilemmas import group_threat, stag_or_hare, trust_over_rounds
from jejaring.figures.picture import brief, number
from jejaring.figures.public_goods import free_rider_payoffs, giving_over_rounds
from jejaring.language import word
from jejaring.panels._bets import bet, follow
from jejaring.public_goods import (
    KINDS_OF_2001,
    NO_SANCTIONS,
    GivingHistory,
    Sanctions,
    agreed_minimum,
    average_gift,
    free_rider,
    is_dilemma,
    mix,
    payoffs,
)
from jejaring.public_goods import play_rounds as give
from jejaring.stag_hunts import StagHunt, best_responses, expected_payoffs, tipping_belief
from jejaring.threats import Encounter, choice_probabilities
from jejaring.trust import cheat, honest, opportunist
from jejaring.trust import play_rounds as lend
from jejaring.widgets.panel import Choice, Control, Panel, Scene, Slider, Table

__all__ = ["night_watch", "one_night", "stag_hunt", "strangers", "two_groups"]

_HOURS: Final = 20
_HOUSES: Final = 40
_WEEKS: Final = 20
_VILLAGES: Final = 20
_ROOM: Final = 20
_THREATS: Final = tuple(step / 5 for step in range(16))


def one_night() -> Panel:
    """Let a group give or keep, and see when keeping pays for each and giving for all.

    Returns
    -------
    Panel
        Two controls: the size of the group, and what an hour given is worth to each member.

    References
    ----------
    Isaac, R. M., & Walker, J. M. (1988). Group size effects in public goods provision: the voluntary contributions
    mechanism. *Quarterly Journal of Economics* 103, 179-199.

    Examples
    --------
    >>> panel = one_night()
    >>> panel.set(mpcr=0.2)
    >>> panel.table["rows"][-1]
    ('dilema?', 'tidak: memberi merugikan semua')
    """
    controls: dict[str, Control] = {
        "size": Slider(
            word("panel.night.size"), 4, low=2, high=10, step=1, unit=word("panel.night.size_unit"),
            source=word("panel.night.source"),
        ),
        "mpcr": Slider(
            word("panel.night.mpcr"), 0.4, low=0, high=1.2, step=0.05, unit=word("panel.night.mpcr_unit"),
            source=word("panel.night.source"),
        ),
    }  # fmt: skip

    def draw(size: float, mpcr: float) -> Scene:
        people, gain = int(size), Fraction(str(mpcr))
        groups = [_HOURS] * people, [0] * people, [0] + [_HOURS] * (people - 1), [_HOURS] + [0] * (people - 1)
        paid = [float(payoffs(gifts, endowment=_HOURS, mpcr=gain)[0]) for gifts in groups]
        together = people * gain
        verdict = (
            "dilemma" if is_dilemma(people, gain) else "pays" if gain >= 1 else "even" if together == 1 else "waste"
        )
        rows = (
            (word("panel.night.giver"), word("panel.night.worth", hours=brief(float(gain)))),
            (word("panel.night.group", people=people), word("panel.night.worth", hours=brief(float(together)))),
            (word("panel.night.question"), word(f"panel.night.{verdict}")),
        )
        columns = word("panel.night.one_hour"), word("panel.night.returns")
        return Scene(free_rider_payoffs(*paid), Table(word("panel.night.caption"), columns, rows))

    return Panel(draw, controls, title=word("panel.night.title"))


def night_watch(bet_on: str | None = None) -> Panel:
    """Let forty houses give for twenty weeks, on good will alone or under a rule.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on the mean gift of the last week.

    Returns
    -------
    Panel
        Four controls: houses that ride free, the rule, the agreed minimum, and the draw of the groups.

    References
    ----------
    Fischbacher, U., Gächter, S., & Fehr, E. (2001). Are people conditionally cooperative? Evidence from a public goods
    experiment. *Economics Letters* 71, 397-404.
    Ostrom, E., Walker, J., & Gardner, R. (1992). Covenants with and without a sword: self-governance is possible.
    *American Political Science Review* 86, 404-417.

    Examples
    --------
    >>> panel = night_watch()
    >>> panel.set(rule="agreed", minimum=7)
    >>> print(panel.twin)
    Niat baik saja: sumbangan rata-rata 6,4 pada putaran pertama dan 1,3 pada putaran 20 (antara 0,9 dan 1,8 dalam 20
    ulangan). Ada batas minimum dan denda: sumbangan rata-rata 6,4 pada putaran pertama dan 7,3 pada putaran 20 (antara
    7,0 dan 7,6 dalam 20 ulangan).
    """
    rules = {rule: word(f"panel.watch.{rule}") for rule in ("free", "agreed", "average")}
    controls: dict[str, Control] = {
        "riders": Slider(
            word("panel.watch.riders"), 12, low=0, high=_HOUSES, step=1, unit=word("panel.watch.houses_unit"),
            source=word("panel.watch.riders_source"),
        ),
        "rule": Choice(word("panel.watch.rule"), rules, "free", word("panel.watch.rule_source")),
        "minimum": Slider(
            word("panel.watch.minimum"), 7, low=0, high=_HOURS, step=1, unit=word("panel.watch.hours_unit"),
            meaning=word("panel.watch.minimum_meaning"), source=word("panel.assumed"),
        ),
        "draw": Slider(
            word("panel.watch.draw"), 1, low=1, high=50, step=1, meaning=word("panel.watch.draw_meaning"),
            source=word("panel.watch.draw_source"),
        ),
    }  # fmt: skip

    def picture(riders: float, rule: str, minimum: float, draw: float) -> Scene:
        settings = {"free": 0.0} | ({} if rule == "free" else {rule: minimum if rule == "agreed" else 0.0})
        villages = {way: _villages(int(riders), way, least, int(draw)) for way, least in settings.items()}
        runs = {way: [history.mean_gifts() for history in seen] for way, seen in villages.items()}
        shown = giving_over_rounds(runs, endowment=_HOURS, bet=bet(bet_on))
        return Scene(shown, _by_kind(int(riders), villages[rule], word(f"panel.watch.{rule}")))

    return follow(Panel(picture, controls, title=word("panel.watch.title")), bet_on)


def stag_hunt(bet_on: str | None = None) -> Panel:
    """Choose between a stag that takes two and a hare that takes one, given how sure you are of the other.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on the tipping point, in percent.

    Returns
    -------
    Panel
        Three controls: what the stag and the hare bring, and how sure one is that the other comes.

    References
    ----------
    Skyrms, B. (2004). *The Stag Hunt and the Evolution of Social Structure*. Cambridge University Press.

    Examples
    --------
    >>> panel = stag_hunt()
    >>> panel.set(belief=0.8)
    >>> panel.table["rows"]
    (('rusa', '3,2'), ('kelinci', '3'), ('lebih baik', 'rusa'))
    """
    unit, assumed = word("panel.hunt.unit"), word("panel.assumed")
    controls: dict[str, Control] = {
        "belief": Slider(
            word("panel.hunt.belief"), 0.6, low=0, high=1, step=0.05, meaning=word("panel.hunt.belief_meaning"),
            source=assumed,
        ),
        "hare": Slider(
            word("panel.hunt.hare"), 3, low=1, high=3.5, step=0.5, unit=unit, source=word("panel.hunt.source")
        ),
        "together": Slider(
            word("panel.hunt.together"), 4, low=4, high=12, step=1, unit=unit, source=word("panel.hunt.source")
        ),
    }  # fmt: skip

    def draw(belief: float, hare: float, together: float) -> Scene:
        hunt = StagHunt(*(Fraction(str(payoff)) for payoff in (together, 0, hare)))
        sure = Fraction(str(belief))
        guess = bet(bet_on)
        shown = stag_or_hare(
            together,
            0,
            hare,
            tip=float(tipping_belief(hunt)),
            belief=belief,
            bet=None if guess is None else guess / 100,
        )
        worth = expected_payoffs(sure, hunt)
        better = word("panel.hunt.or").join(word(f"panel.hunt.{name}_name") for name in best_responses(sure, hunt))
        rows = [
            (word(f"panel.hunt.{name}_name"), brief(float(payoff)))
            for name, payoff in zip(("stag", "hare"), worth, strict=True)
        ]
        columns = word("panel.hunt.choice"), word("panel.hunt.worth")
        caption = word("panel.hunt.caption", belief=brief(belief))
        return Scene(shown, Table(caption, columns, (*rows, (word("panel.hunt.better"), better))))

    return follow(Panel(draw, controls, title=word("panel.hunt.title")), bet_on)


def strangers() -> Panel:
    """Let strangers entrust money to strangers, with and without a record of what was given back.

    Returns
    -------
    Panel
        Three controls: how many are honest, how many are honest only when seen, and how the money grows.

    References
    ----------
    Berg, J., Dickhaut, J., & McCabe, K. (1995). Trust, reciprocity, and social history. *Games and Economic Behavior*
    10, 122-142.
    Bolton, G. E., Katok, E., & Ockenfels, A. (2004). How effective are electronic reputation mechanisms? An
    experimental investigation. *Management Science* 50, 1587-1602.

    Examples
    --------
    >>> panel = strangers()
    >>> panel.set(honest=0, opportunists=16)
    >>> print(panel.twin)
    Kalau rekam jejak diketahui, titipan rata-rata berubah dari 10,0 menjadi 8,2 dari 10 setelah 30 putaran.
    Tanpa rekam jejak, titipan rata-rata berubah dari 10,0 menjadi 1,0 dari 10 setelah 30 putaran.
    """
    unit, assumed = word("panel.strangers.unit"), word("panel.assumed")
    controls: dict[str, Control] = {
        "honest": Slider(
            word("panel.strangers.honest"), 8, low=0, high=_ROOM, step=1, unit=unit,
            meaning=word("panel.strangers.honest_meaning"), source=assumed,
        ),
        "opportunists": Slider(
            word("panel.strangers.opportunists"), 8, low=0, high=_ROOM, step=1, unit=unit,
            meaning=word("panel.strangers.opportunists_meaning", room=_ROOM), source=assumed,
        ),
        "growth": Slider(
            word("panel.strangers.growth"), 3, low=1, high=4, step=0.5, unit=word("panel.strangers.growth_unit"),
            source=word("panel.strangers.growth_source"),
        ),
    }  # fmt: skip

    def draw(honest: float, opportunists: float, growth: float) -> Scene:
        seen = min(int(opportunists), _ROOM - int(honest))
        counts = int(honest), seen, _ROOM - int(honest) - seen
        known, unknown = (_entrusted(*counts, growth, reputation=reputation) for reputation in (True, False))
        names = ("honest", "opportunists", "cheats")
        rows = [
            (word(f"panel.strangers.{name}"), str(count), word(f"panel.strangers.{name}_do"))
            for name, count in zip(names, counts, strict=True)
        ]
        columns = tuple(word(f"panel.strangers.column_{name}") for name in ("kind", "count", "back"))
        table = Table(word("panel.strangers.caption", room=_ROOM), columns, tuple(rows))
        return Scene(trust_over_rounds(known, unknown, endowment=10), table)

    return Panel(draw, controls, title=word("panel.strangers.title"))


def two_groups() -> Panel:
    """Let a threat grow between two groups, and watch two curves.

    Returns
    -------
    Panel
        Three controls: a goal that both share, how much people shy away from harming, and what harm does.

    References
    ----------
    Halevy, N., Bornstein, G., & Sagiv, L. (2008). "In-group love" and "out-group hate" as motives for individual
    participation in intergroup conflict: a new game paradigm. *Psychological Science* 19, 405-411.
    Sherif, M., Harvey, O. J., White, B. J., Hood, W. R., & Sherif, C. W. (1961). *Intergroup Conflict and Cooperation:
    The Robbers Cave Experiment*. University Book Exchange.

    Examples
    --------
    >>> panel = two_groups()
    >>> panel.set(goal=4)
    >>> print(panel.twin)
    Kalau ancaman naik dari 0 menjadi 3, yang memberi untuk kelompok sendiri naik dari 74% menjadi 99%, dan yang
    merugikan kelompok lain naik dari 4% menjadi 50%.
    """
    assumed = word("panel.assumed")
    controls: dict[str, Control] = {
        "goal": Slider(
            word("panel.groups.goal"), 0, low=0, high=6, step=1, meaning=word("panel.groups.goal_meaning"),
            source=assumed,
        ),
        "reluctance": Slider(
            word("panel.groups.reluctance"), 1, low=0, high=3, step=0.5, unit=word("panel.groups.unit"),
            source=assumed,
        ),
        "damage": Slider(
            word("panel.groups.damage"), 1, low=1, high=3, step=0.5, unit=word("panel.groups.damage_unit"),
            source=assumed,
        ),
    }  # fmt: skip

    def draw(goal: float, reluctance: float, damage: float) -> Scene:
        chosen = {
            threat: choice_probabilities(
                Encounter(threat=threat, common_goal=goal, damage=damage), reluctance=reluctance
            )
            for threat in _THREATS
        }
        giving = {threat: often["help"] + often["harm"] for threat, often in chosen.items()}
        return Scene(group_threat(giving, {threat: often["harm"] for threat, often in chosen.items()}))

    return Panel(draw, controls, title=word("panel.groups.title"))


def _people(riders: int) -> list[Callable[..., float]]:
    """Forty houses: so many free riders, the others in the shares of 2001."""
    others = {kind: part for kind, part in KINDS_OF_2001.items() if kind is not free_rider}
    rest = _HOUSES - riders
    shares = {kind: part / sum(others.values()) for kind, part in others.items()}
    return (mix(shares, rest) if rest else []) + [free_rider] * riders


@cache
def _villages(riders: int, rule: str, minimum: float, draw: int) -> list[GivingHistory]:
    """Twenty villages that differ by the draw only."""
    sanctions = {
        "free": NO_SANCTIONS,
        "agreed": Sanctions(agreed_minimum(minimum)),
        "average": Sanctions(average_gift),
    }[rule]
    people = _people(riders)
    return [give(people, rounds=_WEEKS, sanctions=sanctions, seed=draw + k - 1) for k in range(_VILLAGES)]


def _by_kind(riders: int, villages: list[GivingHistory], rule: str) -> Table:
    """What each kind of house gives in the first and the last week, and is left with in the last."""
    people = _people(riders)
    rows = []
    for kind in KINDS_OF_2001:
        members = [place for place, one in enumerate(people) if one is kind]
        if members:
            gifts = [history.mean_gifts(members) for history in villages]
            first, last = (mean(seen[week] for seen in gifts) for week in (0, -1))
            left = mean(history.mean_payoffs(members)[-1] for history in villages)
            numbers = (number(value, 1) for value in (first, last, left))
            rows.append((word(f"panel.watch.{kind.__name__}", houses=len(members)), *numbers))
    columns = tuple(word(f"panel.watch.column_{name}") for name in ("kind", "first", "last", "left"))
    return Table(word("panel.watch.caption", rule=rule), columns, tuple(rows))


@cache
def _entrusted(honest_ones: int, opportunists: int, cheats: int, growth: float, *, reputation: bool) -> list[float]:
    """Mean amount entrusted in each round, over ten draws."""
    market = [honest] * honest_ones + [opportunist] * opportunists + [cheat] * cheats
    runs = [
        lend(market, rounds=30, reputation=reputation, multiplier=growth, seed=seed).mean_sent() for seed in range(10)
    ]
    return [mean(seen) for seen in zip(*runs, strict=True)]
