"""Stag or hare: a common interest that pays only if one believes that the others will come.

Whole numbers and fractions give exact fractions, floats give floats.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum
from random import Random

from jejaring._checks import Number, number, share, whole

__all__ = ["HuntHistory", "StagHunt", "best_responses", "expected_payoffs", "play_rounds", "tipping_belief"]

Result = Fraction | float


@dataclass(frozen=True)
class StagHunt:
    """What the hunt pays: much together, little alone, and a hare in between.

    Parameters
    ----------
    together : int, float or Fraction
        Payoff of hunting the stag when all the others come, in any unit; above `hare`.
    alone : int, float or Fraction
        Payoff of hunting the stag when somebody does not come; below `hare`.
    hare : int, float or Fraction
        Payoff of hunting the hare, whatever the others do.

    Raises
    ------
    ValueError
        If a payoff is not a finite number, or they are not in the order together, hare, alone.

    References
    ----------
    Rousseau, J.-J. (1755). *Discours sur l'origine et les fondements de l'inégalité parmi les hommes*. Second part.
    Skyrms, B. (2004). *The Stag Hunt and the Evolution of Social Structure*. Cambridge University Press.

    Examples
    --------
    >>> StagHunt(together=4, alone=0, hare=3)
    StagHunt(together=4, alone=0, hare=3)
    """

    together: Number
    alone: Number
    hare: Number

    def __post_init__(self) -> None:
        """Refuse what is no stag hunt."""
        sure = number("hare", self.hare, "units")
        number("together", self.together, "units, more than the hare", above=sure)
        number("alone", self.alone, "units, less than the hare", below=sure)


def expected_payoffs(belief: Number, hunt: StagHunt) -> tuple[Result, Result]:
    """Weigh the stag against the hare, given how sure one is that all the others come.

    Parameters
    ----------
    belief : int, float or Fraction
        Probability that all the others come, from 0 to 1.
    hunt : StagHunt
        What the hunt pays.

    Returns
    -------
    pair of Fraction or float
        Expected payoff of the stag and of the hare.

    Raises
    ------
    ValueError
        If the belief is outside its range.

    References
    ----------
    Skyrms, B. (2004). *The Stag Hunt and the Evolution of Social Structure*. Cambridge University Press.

    Examples
    --------
    Half sure: the stag is worth (4 + 0) / 2, the hare 3.

    >>> [str(payoff) for payoff in expected_payoffs(Fraction(1, 2), StagHunt(4, 0, 3))]
    ['2', '3']
    """
    sure = share("belief", belief)
    together, alone, hare = (number("hunt", payoff, "units") for payoff in (hunt.together, hunt.alone, hunt.hare))
    return alone + sure * (together - alone), hare


def tipping_belief(hunt: StagHunt, *, hunters: int = 2) -> Result:
    """Name the belief in each other person at which the stag becomes as good as the hare.

    With two hunters this is also how often each hunts the stag in the equilibrium of mixed strategies. With more, all
    must come, and each is thought to decide for themselves.

    Parameters
    ----------
    hunt : StagHunt
        What the hunt pays.
    hunters : int
        People needed, oneself too; 2 or more.

    Returns
    -------
    Fraction or float
        Probability that any one of the others comes, above 0 and below 1; a float when more than two are needed.

    Raises
    ------
    ValueError
        If the number of hunters is outside its range.

    References
    ----------
    Harsanyi, J. C., & Selten, R. (1988). *A General Theory of Equilibrium Selection in Games*. MIT Press.

    Examples
    --------
    >>> print(tipping_belief(StagHunt(together=4, alone=0, hare=3)))
    3/4
    >>> print(tipping_belief(StagHunt(together=2, alone=0, hare=1)))
    1/2

    With three, both of the others must come: 0.5 * 0.5 = 1/4.

    >>> tipping_belief(StagHunt(together=4, alone=0, hare=1), hunters=3)
    0.5
    """
    whole("hunters", hunters, "people", 2)
    together, alone, hare = (number("hunt", payoff, "units") for payoff in (hunt.together, hunt.alone, hunt.hare))
    all_others = (hare - alone) / (together - alone)
    return all_others if hunters == 2 else float(float(all_others) ** (1 / (hunters - 1)))


def best_responses(belief: Number, hunt: StagHunt) -> tuple[str, ...]:
    """Choose what pays more, given how sure one is that all the others come.

    Parameters
    ----------
    belief : int, float or Fraction
        Probability that all the others come, from 0 to 1.
    hunt : StagHunt
        What the hunt pays.

    Returns
    -------
    tuple of str
        ``("stag",)``, ``("hare",)``, or both when they pay the same.

    Raises
    ------
    ValueError
        If the belief is outside its range.

    References
    ----------
    Skyrms, B. (2004). *The Stag Hunt and the Evolution of Social Structure*. Cambridge University Press.

    Examples
    --------
    >>> best_responses(Fraction(4, 5), StagHunt(4, 0, 3)), best_responses(Fraction(3, 4), StagHunt(4, 0, 3))
    (('stag',), ('stag', 'hare'))
    """
    stag, hare = expected_payoffs(belief, hunt)
    return tuple(name for name, payoff in (("stag", stag), ("hare", hare)) if payoff == max(stag, hare))


@dataclass(frozen=True)
class HuntHistory:
    """How many hunted the stag, and what people believed, round by round.

    Parameters
    ----------
    stags : tuple of float
        Share of people who hunted the stag in each round, from 0 to 1.
    beliefs : tuple of float
        Mean belief that another person comes: before the first round, and after each round; one entry more.

    Examples
    --------
    >>> HuntHistory(stags=(0.5,), beliefs=(0.8, 0.7)).stags[-1]
    0.5
    """

    stags: tuple[float, ...]
    beliefs: tuple[float, ...]


def play_rounds(
    beliefs: Sequence[float], hunt: StagHunt, *, rounds: int, hunters: int = 2, weight: float = 1.0, seed: int
) -> HuntHistory:
    """Let people hunt in random groups and learn from whom they met whether others come.

    Each person hunts the stag when the belief that any one of the others comes is at least the tipping belief, and
    otherwise the hare. Afterwards everybody sees their own group and averages: the first belief counts like `weight`
    rounds, each round seen counts once.

    Parameters
    ----------
    beliefs : sequence of float
        First belief of each person that another one comes, from 0 to 1; a multiple of `hunters`. Not modified.
    hunt : StagHunt
        What the hunt pays.
    rounds : int
        Rounds to play, 1 or more.
    hunters : int
        People in each group, all of whom must come; 2 or more.
    weight : float
        How many rounds of experience the first belief is worth, above 0.
    seed : int
        Start of the random draws; the same seed gives the same history.

    Returns
    -------
    HuntHistory
        Shares of stag hunters and mean beliefs.

    Raises
    ------
    ValueError
        If a parameter is outside its range.

    References
    ----------
    Brown, G. W. (1951). Iterative solution of games by fictitious play. In *Activity Analysis of Production and
    Allocation*, 374-376. Wiley.
    Skyrms, B. (2004). *The Stag Hunt and the Evolution of Social Structure*. Cambridge University Press.

    Examples
    --------
    Two who believe enough go on. If one doubts, the other learns to doubt: (1 + 0) / 2 against (0.5 + 1) / 2.

    >>> play_rounds([0.8, 0.9], StagHunt(4, 0, 3), rounds=3, seed=1).stags
    (1.0, 1.0, 1.0)
    >>> play_rounds([1, 0.5], StagHunt(4, 0, 3), rounds=1, seed=1)
    HuntHistory(stags=(0.5,), beliefs=(0.75, 0.625))
    """
    tip = tipping_belief(hunt, hunters=hunters)
    whole("rounds", rounds, "rounds", 1)
    prior = float(number("weight", weight, "rounds of experience", above=0))
    held = [float(share(f"beliefs[{person}]", belief)) for person, belief in enumerate(beliefs)]
    if not held or len(held) % hunters:
        raise ValueError(f"beliefs is {len(held)} people; it must be a multiple of the hunters, {hunters}.")
    chance = Random(seed)
    people = list(range(len(held)))
    stags, means = [], [fsum(held) / len(held)]
    for past in range(rounds):
        comes = [belief >= tip for belief in held]
        chance.shuffle(people)
        for start in range(0, len(people), hunters):
            group = people[start : start + hunters]
            came = sum(comes[person] for person in group)
            for person in group:
                seen = (came - comes[person]) / (hunters - 1)
                held[person] += (seen - held[person]) / (prior + past + 1)
        stags.append(sum(comes) / len(comes))
        means.append(fsum(held) / len(held))
    return HuntHistory(tuple(stags), tuple(means))
