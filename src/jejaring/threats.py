"""Two groups side by side: what a threat does to giving within one's group, and to harming the other.

Each person keeps something, helps the own group with it, or helps the own group in a way that harms the other as well.
The model is small on purpose. It has no leaders, no history, no revenge and no people who differ; what it shows is
that the same reason which makes people give more to their own can make them harm others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, fsum

from jejaring._checks import Number, choice, number

__all__ = ["CHOICES", "Encounter", "choice_probabilities", "marginal_gains", "payoffs"]

Result = Fraction | float

CHOICES = ("keep", "help", "harm")
"""Keep one's own; help the own group; help the own group and harm the other as much as one helps."""


@dataclass(frozen=True)
class Encounter:
    """What each choice does, and what ties the fates of the two groups together.

    Parameters
    ----------
    keep : int, float or Fraction
        What the one who keeps has from it, in units, 0 or more.
    give : int, float or Fraction
        What each member of the own group, oneself too, has from one person's help or harm, in units, 0 or more.
    damage : int, float or Fraction
        What each member of the other group loses by one person's harm, in units, 0 or more.
    threat : int, float or Fraction
        What each gains for every unit by which the own group is ahead of the other, and loses for every unit by which
        it is behind; without unit, 0 or more. 0 is peace.
    common_goal : int, float or Fraction
        What each gains for every unit that the members of both groups have on average; without unit, 0 or more.

    Raises
    ------
    ValueError
        If a number is outside its range.

    References
    ----------
    Halevy, N., Bornstein, G., & Sagiv, L. (2008). "In-group love" and "out-group hate" as motives for individual
    participation in intergroup conflict: a new game paradigm. *Psychological Science* 19, 405-411.
    Bornstein, G. (2003). Intergroup conflict: individual, group, and collective interests. *Personality and Social
    Psychology Review* 7, 129-145.
    Sherif, M., Harvey, O. J., White, B. J., Hood, W. R., & Sherif, C. W. (1961). *Intergroup Conflict and Cooperation:
    The Robbers Cave Experiment*. University Book Exchange.

    Examples
    --------
    >>> Encounter(threat=2).damage
    1
    """

    keep: Number = 2
    give: Number = 1
    damage: Number = 1
    threat: Number = 0
    common_goal: Number = 0

    def __post_init__(self) -> None:
        """Refuse negative numbers."""
        for name in ("keep", "give", "damage"):
            number(name, getattr(self, name), "units", 0)
        for name in ("threat", "common_goal"):
            number(name, getattr(self, name), "units gained for one unit", 0)


def payoffs(ours: Sequence[str], theirs: Sequence[str], encounter: Encounter) -> tuple[list[Result], list[Result]]:
    """Pay the members of both groups for what all have chosen.

    Parameters
    ----------
    ours, theirs : sequence of {"keep", "help", "harm"}
        Choice of each member; both groups have the same size, 1 or more. Not modified.
    encounter : Encounter
        What each choice does.

    Returns
    -------
    pair of list of Fraction or float
        Payoffs of the members of the one group and of the other, in units, in the order of the choices.

    Raises
    ------
    ValueError
        If a choice is unknown, or the groups are empty or not of the same size.

    References
    ----------
    Halevy, N., Bornstein, G., & Sagiv, L. (2008). "In-group love" and "out-group hate" as motives for individual
    participation in intergroup conflict: a new game paradigm. *Psychological Science* 19, 405-411.

    Examples
    --------
    Three help each other, the other three keep. If the three harm instead, they gain no more and the others lose.

    >>> [[str(payoff) for payoff in group] for group in payoffs(["help"] * 3, ["keep"] * 3, Encounter())]
    [['3', '3', '3'], ['2', '2', '2']]
    >>> [[str(payoff) for payoff in group] for group in payoffs(["harm"] * 3, ["keep"] * 3, Encounter())]
    [['3', '3', '3'], ['-1', '-1', '-1']]
    """
    if len(ours) != len(theirs) or not ours:
        raise ValueError(
            f"theirs has {len(theirs)} members; it must have as many as ours, {len(ours)}, and at least 1."
        )
    for group, chosen in (("ours", ours), ("theirs", theirs)):
        for member, one in enumerate(chosen):
            choice(f"{group}[{member}]", one, CHOICES)
    keep, give, damage, threat, goal = _numbers(encounter)
    first, second = (give * (len(group) - group.count("keep")) for group in (list(ours), list(theirs)))
    first -= damage * list(theirs).count("harm")
    second -= damage * list(ours).count("harm")
    shared = goal * (first + second) / 2
    we, they = (mine + threat * (mine - other) + shared for mine, other in ((first, second), (second, first)))
    kept = 0 * keep
    return (
        [we + (keep if one == "keep" else kept) for one in ours],
        [they + (keep if one == "keep" else kept) for one in theirs],
    )


def marginal_gains(encounter: Encounter) -> dict[str, Result]:
    """Say what each choice brings to the one who makes it, whatever everybody else chooses.

    Parameters
    ----------
    encounter : Encounter
        What each choice does.

    Returns
    -------
    dict of str to Fraction or float
        Units that the chooser gains by each of `CHOICES`.

    References
    ----------
    Bornstein, G. (2003). Intergroup conflict: individual, group, and collective interests. *Personality and Social
    Psychology Review* 7, 129-145.

    Examples
    --------
    In peace keeping pays most. Under a threat of 2, helping brings 1 + 2 * 1 and harming 1 + 2 * (1 + 1).

    >>> {name: str(gain) for name, gain in marginal_gains(Encounter()).items()}
    {'keep': '2', 'help': '1', 'harm': '1'}
    >>> {name: str(gain) for name, gain in marginal_gains(Encounter(threat=2)).items()}
    {'keep': '2', 'help': '3', 'harm': '5'}

    A common goal pays for help, not for harm that undoes it: 1 + 4 * 1 / 2.

    >>> {name: str(gain) for name, gain in marginal_gains(Encounter(common_goal=4)).items()}
    {'keep': '2', 'help': '3', 'harm': '1'}
    """
    keep, give, damage, threat, goal = _numbers(encounter)
    return {
        "keep": keep,
        "help": give + threat * give + goal * give / 2,
        "harm": give + threat * (give + damage) + goal * (give - damage) / 2,
    }


def choice_probabilities(encounter: Encounter, *, reluctance: float = 1, noise: float = 1) -> dict[str, float]:
    """Let people tend to what brings more, the more so the larger the difference, and shy away from harming.

    Under a rising threat both giving (help and harm together) and hostility (harm) rise. In peace these numbers give
    about two thirds who keep, a quarter who help and a tenth who harm: Halevy and others (2008) report that people who
    give do so nearly always without harm. Reluctance and noise are our assumptions, not estimates.

    Parameters
    ----------
    encounter : Encounter
        What each choice does.
    reluctance : float
        What harming feels like to the one who does it, in units lost, 0 or more.
    noise : float
        By how many units choices must differ to matter, above 0: an option that brings `noise` more is chosen 2.7
        times as often.

    Returns
    -------
    dict of str to float
        Probability of each of `CHOICES`, together 1.

    Raises
    ------
    ValueError
        If a parameter is outside its range.

    References
    ----------
    McKelvey, R. D., & Palfrey, T. R. (1995). Quantal response equilibria for normal form games. *Games and Economic
    Behavior* 10, 6-38.
    Choi, J.-K., & Bowles, S. (2007). The coevolution of parochial altruism and war. *Science* 318, 636-640.
    Halevy, N., Bornstein, G., & Sagiv, L. (2008). "In-group love" and "out-group hate" as motives for individual
    participation in intergroup conflict: a new game paradigm. *Psychological Science* 19, 405-411.

    Examples
    --------
    >>> {name: round(often, 2) for name, often in choice_probabilities(Encounter()).items()}
    {'keep': 0.67, 'help': 0.24, 'harm': 0.09}
    >>> {name: round(often, 2) for name, often in choice_probabilities(Encounter(threat=2)).items()}
    {'keep': 0.09, 'help': 0.24, 'harm': 0.67}
    """
    shy = float(number("reluctance", reluctance, "units", 0))
    scale = float(number("noise", noise, "units", above=0))
    gains = {name: float(gain) for name, gain in marginal_gains(encounter).items()}
    gains["harm"] -= shy
    best = max(gains.values())
    weights = {name: exp((gain - best) / scale) for name, gain in gains.items()}
    return {name: weight / fsum(weights.values()) for name, weight in weights.items()}


def _numbers(encounter: Encounter) -> tuple[Result, Result, Result, Result, Result]:
    """Whole numbers become fractions."""
    keep, give, damage = (number("encounter", n, "units") for n in (encounter.keep, encounter.give, encounter.damage))
    threat, goal = (number("encounter", n, "units") for n in (encounter.threat, encounter.common_goal))
    return keep, give, damage, threat, goal
