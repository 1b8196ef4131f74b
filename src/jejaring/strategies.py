"""Plans for playing the same dilemma again and again: one idea, one class.

A plan sees what both have done so far and says what to do next. To add one, write a class below: tests, tournaments and
lessons find it by themselves.
"""

import copy
import inspect
import math
import random
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final

from jejaring._checks import Number, share
from jejaring.games import Action

__all__ = [
    "Alternator",
    "AlwaysCooperate",
    "AlwaysDefect",
    "Bully",
    "ContriteTitForTat",
    "FirmButFair",
    "GenerousTitForTat",
    "GenerousZeroDeterminant",
    "Gradual",
    "Grim",
    "Grofman",
    "HardMajority",
    "Joss",
    "MemoryOne",
    "RandomChoice",
    "SoftMajority",
    "Strategy",
    "SuspiciousTitForTat",
    "Tester",
    "TitForTat",
    "TitForTwoTats",
    "TwoTitsForTat",
    "View",
    "WinStayLoseShift",
    "ZeroDeterminantExtortion",
    "all_strategies",
]

C: Final = "C"
D: Final = "D"
_THIRD = Fraction(1, 3)
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class View:
    """What a player sees of a match: what both have really done, mistakes included, and where chance comes from.

    Parameters
    ----------
    mine, theirs : sequence of "C" or "D"
        The actions so far, the first round first; equally long.
    chance : random.Random
        The player's own source of chance.

    Examples
    --------
    >>> TitForTat().decide(View("CC", "CD", random.Random(1)))
    'D'
    """

    mine: Sequence[Action]
    theirs: Sequence[Action]
    chance: random.Random


class Strategy(ABC):
    """A plan for a repeated game.

    A subclass says in its docstring whose idea it is, sets `memory` and `nice`, writes `decide`, and, if it keeps notes
    of its own during a match, throws them away in `reset`.

    Attributes
    ----------
    key : str
        The name by which words and tables know it: the class name in small letters, words joined by underscores.
    memory : int or float
        How many of the last rounds its next action may depend on (besides how many rounds fewer than that there have
        been yet); infinity where there is no bound.
    nice : bool
        Whether it is never the first to defect, unless by mistake.

    References
    ----------
    Axelrod, R. (1984). *The Evolution of Cooperation*. Basic Books.
    Knight, V., Campbell, O., Harper, M., Langner, K., & others (2016). An open framework for the reproducible study of
    the iterated prisoner's dilemma. *Journal of Open Research Software* 4(1), e35.

    Examples
    --------
    >>> TitForTat.key, TitForTat.memory, TitForTat().nice
    ('tit_for_tat', 1, True)
    """

    key: ClassVar[str]
    memory: ClassVar[float]
    nice: bool

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.key = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def reset(self) -> None:  # noqa: B027  # most strategies keep no notes
        """Forget the last match."""

    def clone(self) -> "Strategy":
        """Make another one with the same parameters that has not played yet."""
        twin = copy.deepcopy(self)
        twin.reset()
        return twin

    @abstractmethod
    def decide(self, seen: View) -> Action:
        """Choose the next action; asked once in each round.

        Parameters
        ----------
        seen : View
            The match so far, from this player's seat; not modified.

        Returns
        -------
        "C" or "D"
            Cooperate or defect.
        """


def all_strategies() -> list[type[Strategy]]:
    """Find every strategy that can be made without parameters, wherever it is written.

    Returns
    -------
    list of type
        Subclasses of `Strategy`, those that remember one round first, otherwise in the order in which they are written.

    Examples
    --------
    >>> [strategy.key for strategy in all_strategies()][:3]
    ['always_cooperate', 'always_defect', 'tit_for_tat']
    >>> len(all_strategies()) >= 16
    True
    """
    waiting, found = Strategy.__subclasses__(), []
    while waiting:
        strategy = waiting.pop(0)
        waiting = strategy.__subclasses__() + waiting
        parameters = inspect.signature(strategy).parameters.values()
        if not inspect.isabstract(strategy) and all(given.default is not given.empty for given in parameters):
            found.append(strategy)
    return found


class MemoryOne(Strategy):
    """Look back at one round only: five probabilities of cooperating say it all.

    Parameters
    ----------
    opening : int, float or Fraction
        Probability of cooperating in the first round, from 0 to 1.
    answers : four of int, float or Fraction
        Probabilities of cooperating after a round in which I and the other did CC, CD, DC and DD.

    Raises
    ------
    ValueError
        If these are not five probabilities.

    References
    ----------
    Nowak, M. A., & Sigmund, K. (1990). The evolution of stochastic strategies in the prisoner's dilemma. *Acta
    Applicandae Mathematicae* 20, 247-265.

    Examples
    --------
    Tit for tat in five numbers:

    >>> MemoryOne(1, (1, 0, 1, 0)).decide(View("CC", "CD", random.Random(1)))
    'D'
    """

    memory = 1

    def __init__(self, opening: Number, answers: Sequence[Number]) -> None:
        if len(answers) != 4:
            raise ValueError(f"answers is {answers!r}; it must be four probabilities, after CC, CD, DC and DD.")
        self.opening = share("opening", opening)
        self.answers = tuple(share(f"answers[{place}]", answer) for place, answer in enumerate(answers))
        self.nice = self.opening == self.answers[0] == 1

    def decide(self, seen: View) -> Action:
        """Cooperate with the probability that belongs to the last round."""
        likely = self.answers[2 * (seen.mine[-1] == D) + (seen.theirs[-1] == D)] if seen.mine else self.opening
        if likely in (0, 1):
            return C if likely else D
        return C if seen.chance.random() < float(likely) else D


class AlwaysCooperate(MemoryOne):
    """Cooperate, whatever happens.

    References
    ----------
    Axelrod, R. (1984). *The Evolution of Cooperation*. Basic Books.
    """

    memory = 0

    def __init__(self) -> None:
        super().__init__(1, (1, 1, 1, 1))


class AlwaysDefect(MemoryOne):
    """Defect, whatever happens.

    References
    ----------
    Axelrod, R. (1984). *The Evolution of Cooperation*. Basic Books.
    """

    memory = 0

    def __init__(self) -> None:
        super().__init__(0, (0, 0, 0, 0))


class TitForTat(MemoryOne):
    """Cooperate first, then do what the other did last; sent in by Anatol Rapoport, first in both tournaments of 1980.

    References
    ----------
    Axelrod, R. (1980). Effective choice in the prisoner's dilemma. *Journal of Conflict Resolution* 24, 3-25.
    """

    def __init__(self) -> None:
        super().__init__(1, (1, 0, 1, 0))


class SuspiciousTitForTat(MemoryOne):
    """Defect first, then do what the other did last.

    References
    ----------
    Boyd, R., & Lorberbaum, J. P. (1987). No pure strategy is evolutionarily stable in the repeated Prisoner's Dilemma
    game. *Nature* 327, 58-59.
    """

    def __init__(self) -> None:
        super().__init__(0, (1, 0, 1, 0))


class GenerousTitForTat(MemoryOne):
    """Play tit for tat, but forgive a defection now and then.

    Parameters
    ----------
    generosity : int, float or Fraction
        Probability of cooperating after the other defected, from 0 to 1; a third is best with the payoffs 5, 3, 1, 0.

    References
    ----------
    Nowak, M. A., & Sigmund, K. (1992). Tit for tat in heterogeneous populations. *Nature* 355, 250-253.
    """

    def __init__(self, generosity: Number = _THIRD) -> None:
        forgive = share("generosity", generosity)
        super().__init__(1, (1, forgive, 1, forgive))


class WinStayLoseShift(MemoryOne):
    """Stay with an action that brought a good payoff (T or R), change after a bad one (P or S); also called Pavlov.

    References
    ----------
    Kraines, D., & Kraines, V. (1989). Pavlov and the prisoner's dilemma. *Theory and Decision* 26, 47-79.
    Nowak, M. A., & Sigmund, K. (1993). A strategy of win-stay, lose-shift that outperforms tit-for-tat in the
    Prisoner's Dilemma game. *Nature* 364, 56-58.
    """

    def __init__(self) -> None:
        super().__init__(1, (1, 0, 0, 1))


class RandomChoice(MemoryOne):
    """Let a coin decide.

    Parameters
    ----------
    cooperation : int, float or Fraction
        Probability of cooperating, from 0 to 1; a half in Axelrod's first tournament, where it came last.

    References
    ----------
    Axelrod, R. (1980). Effective choice in the prisoner's dilemma. *Journal of Conflict Resolution* 24, 3-25.
    """

    memory = 0

    def __init__(self, cooperation: Number = _HALF) -> None:
        super().__init__(cooperation, (cooperation,) * 4)


class Joss(MemoryOne):
    """Play tit for tat, but sneak in a defection after one in ten cooperations; sent in by Johann Joss.

    References
    ----------
    Axelrod, R. (1980). Effective choice in the prisoner's dilemma. *Journal of Conflict Resolution* 24, 3-25.
    """

    def __init__(self) -> None:
        super().__init__(1, (Fraction(9, 10), 0, Fraction(9, 10), 0))


class Grofman(MemoryOne):
    """Cooperate after both did the same, with probability 2/7 after they differed; sent in by Bernard Grofman.

    References
    ----------
    Axelrod, R. (1980). Effective choice in the prisoner's dilemma. *Journal of Conflict Resolution* 24, 3-25.
    """

    def __init__(self) -> None:
        super().__init__(1, (1, Fraction(2, 7), Fraction(2, 7), 1))


class FirmButFair(MemoryOne):
    """Cooperate unless the other let me down last time; after both defected, mostly try again.

    References
    ----------
    Frean, M. R. (1994). The prisoner's dilemma without synchrony. *Proceedings of the Royal Society B* 257, 75-79.
    """

    def __init__(self) -> None:
        super().__init__(1, (1, 0, 1, Fraction(2, 3)))


class ZeroDeterminantExtortion(MemoryOne):
    """Force the other to leave me two thirds of all that we gain over mutual defection (with the payoffs 5, 3, 1, 0).

    References
    ----------
    Press, W. H., & Dyson, F. J. (2012). Iterated Prisoner's Dilemma contains strategies that dominate any evolutionary
    opponent. *Proceedings of the National Academy of Sciences* 109, 10409-10413.
    Stewart, A. J., & Plotkin, J. B. (2012). Extortion and cooperation in the Prisoner's Dilemma. *Proceedings of the
    National Academy of Sciences* 109, 10134-10135.
    """

    def __init__(self) -> None:
        super().__init__(1, (Fraction(8, 9), _HALF, _THIRD, 0))


class GenerousZeroDeterminant(MemoryOne):
    """Bear two thirds of all that we lose against mutual cooperation myself (with the payoffs 5, 3, 1, 0).

    References
    ----------
    Stewart, A. J., & Plotkin, J. B. (2012). Extortion and cooperation in the Prisoner's Dilemma. *Proceedings of the
    National Academy of Sciences* 109, 10134-10135.
    """

    def __init__(self) -> None:
        super().__init__(1, (1, Fraction(1, 8), 1, Fraction(1, 4)))


class Alternator(MemoryOne):
    """Cooperate first, then always do the opposite of what I did last.

    References
    ----------
    Mittal, S., & Deb, K. (2009). Optimal strategies of the iterated prisoner's dilemma problem for multiple conflicting
    objectives. *IEEE Transactions on Evolutionary Computation* 13, 554-565.
    """

    def __init__(self) -> None:
        super().__init__(1, (0, 0, 1, 1))


class Bully(MemoryOne):
    """Defect first, then do the opposite of what the other did last.

    References
    ----------
    Nachbar, J. H. (1992). Evolution in the finitely repeated prisoner's dilemma. *Journal of Economic Behavior and
    Organization* 19, 307-326.
    """

    def __init__(self) -> None:
        super().__init__(0, (0, 1, 0, 1))


class TitForTwoTats(Strategy):
    """Defect only after the other has defected twice in a row.

    References
    ----------
    Axelrod, R. (1980). Effective choice in the prisoner's dilemma. *Journal of Conflict Resolution* 24, 3-25.
    """

    memory = 2
    nice = True

    def decide(self, seen: View) -> Action:
        """Ask for two defections."""
        return D if list(seen.theirs[-2:]) == [D, D] else C


class TwoTitsForTat(Strategy):
    """Answer each defection with two.

    References
    ----------
    Axelrod, R. (1984). *The Evolution of Cooperation*. Basic Books.
    """

    memory = 2
    nice = True

    def decide(self, seen: View) -> Action:
        """Look for a defection in the last two rounds."""
        return D if D in seen.theirs[-2:] else C


class Grim(Strategy):
    """Cooperate until the other defects once, and never again after that.

    References
    ----------
    Friedman, J. W. (1971). A non-cooperative equilibrium for supergames. *Review of Economic Studies* 38, 1-12.
    """

    memory = math.inf
    nice = True

    def decide(self, seen: View) -> Action:
        """Never forget a defection."""
        return D if D in seen.theirs else C


class SoftMajority(Strategy):
    """Cooperate as long as the other has cooperated at least as often as not.

    References
    ----------
    Axelrod, R. (1984). *The Evolution of Cooperation*. Basic Books.
    """

    memory = math.inf
    nice = True

    def decide(self, seen: View) -> Action:
        """Count, and cooperate when in doubt."""
        return C if 2 * seen.theirs.count(C) >= len(seen.theirs) else D


class HardMajority(Strategy):
    """Cooperate only while the other has cooperated more often than not.

    References
    ----------
    Mittal, S., & Deb, K. (2009). Optimal strategies of the iterated prisoner's dilemma problem for multiple conflicting
    objectives. *IEEE Transactions on Evolutionary Computation* 13, 554-565.
    """

    memory = math.inf
    nice = False

    def decide(self, seen: View) -> Action:
        """Count, and defect when in doubt."""
        return C if 2 * seen.theirs.count(C) > len(seen.theirs) else D


class Tester(Strategy):
    """Defect first: apologise and play tit for tat if the other hits back, exploit it if not; by David Gladstein.

    References
    ----------
    Axelrod, R. (1980). More effective choice in the prisoner's dilemma. *Journal of Conflict Resolution* 24, 379-403.
    """

    memory = math.inf
    nice = False

    def decide(self, seen: View) -> Action:
        """Defect, cooperate twice, then every other time, until the other has defected."""
        if D not in seen.theirs:
            return D if len(seen.theirs) == 0 or (len(seen.theirs) > 2 and len(seen.theirs) % 2) else C
        apologises = seen.theirs[-1] == D and D not in seen.theirs[:-1]
        return C if apologises else seen.theirs[-1]


class Gradual(Strategy):
    """Answer the n-th provocation with n defections, then cooperate twice to calm things down.

    References
    ----------
    Beaufils, B., Delahaye, J.-P., & Mathieu, P. (1997). Our meeting with gradual, a good strategy for the iterated
    prisoner's dilemma. In *Artificial Life V*, 202-209. MIT Press.
    """

    memory = math.inf
    nice = True

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Nothing to punish yet, nothing planned."""
        self._provocations = 0
        self._planned: list[Action] = []

    def decide(self, seen: View) -> Action:
        """Carry out the plan; make a new one when the other defects meanwhile nothing is planned."""
        if not self._planned and seen.theirs and seen.theirs[-1] == D:
            self._provocations += 1
            self._planned += [C, C]
            self._planned += [D] * self._provocations
        return self._planned.pop() if self._planned else C


class ContriteTitForTat(Strategy):
    """Play tit for tat, but accept being punished for my own mistakes.

    Whoever defects on someone in good standing without being in the right loses its own good standing until it
    cooperates again. I defect only when the other is in bad standing and I am not.

    References
    ----------
    Sugden, R. (1986). *The Economics of Rights, Co-operation and Welfare*. Basil Blackwell.
    Boyd, R. (1989). Mistakes allow evolutionary stability in the repeated prisoner's dilemma game. *Journal of
    Theoretical Biology* 136, 47-56.
    """

    memory = math.inf
    nice = True

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Both start in good standing."""
        self._mine_good = self._theirs_good = True

    def decide(self, seen: View) -> Action:
        """Judge the last round by the standings before it, then act on the new ones."""
        if seen.mine:
            i_may, they_may = self._may_defect(), self._theirs_good and not self._mine_good
            self._mine_good = seen.mine[-1] == C or i_may
            self._theirs_good = seen.theirs[-1] == C or they_may
        return D if self._may_defect() else C

    def _may_defect(self) -> bool:
        """Only against somebody in bad standing, and only from a good one."""
        return self._mine_good and not self._theirs_good
