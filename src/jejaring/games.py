"""Two players, two actions: what each gets, which dilemma it is, and where nobody has a reason to change alone.

Whole numbers and fractions give exact fractions; as soon as one payoff is a float, so are the results.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from operator import ge, gt
from typing import Final, Literal

from jejaring._checks import Number, number, share

__all__ = [
    "PRISONERS_DILEMMA",
    "Action",
    "Equilibrium",
    "SymmetricGame",
    "donation_game",
    "expected_payoffs",
    "grim_threshold",
    "indifference",
    "nash_equilibria",
    "recognise",
    "tit_for_tat_threshold",
]

Action = Literal["C", "D"]
"""What a player does: cooperate or defect."""

Result = float | Fraction
Matrix = Sequence[Sequence[Number]]
Interval = tuple[Result, Result]

_ZERO, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, kw_only=True)
class SymmetricGame:
    """A game that looks the same from both sides, each payoff under its own name.

    Parameters
    ----------
    reward : int, float or Fraction
        For each when both cooperate.
    sucker : int, float or Fraction
        For the one who cooperates while the other defects.
    temptation : int, float or Fraction
        For the one who defects while the other cooperates.
    punishment : int, float or Fraction
        For each when both defect. All in the same unit, points or any other.

    Raises
    ------
    ValueError
        If a payoff is not a finite number.

    References
    ----------
    Rapoport, A., & Chammah, A. M. (1965). *Prisoner's Dilemma: A Study in Conflict and Cooperation*. University of
    Michigan Press.

    Examples
    --------
    >>> game = SymmetricGame(reward=3, sucker=0, temptation=5, punishment=1)
    >>> print(game.payoff("D", "C"))
    5
    """

    reward: Number
    sucker: Number
    temptation: Number
    punishment: Number

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, number(field.name, getattr(self, field.name), "points"))

    def payoff(self, mine: Action, theirs: Action) -> Number:
        """What I get for my action against theirs."""
        if mine == "C":
            return self.reward if theirs == "C" else self.sucker
        return self.temptation if theirs == "C" else self.punishment

    @property
    def first(self) -> tuple[tuple[Number, Number], tuple[Number, Number]]:
        """Payoffs of the first player: one row for each own action, one column for each of the other, C before D."""
        return (self.reward, self.sucker), (self.temptation, self.punishment)

    @property
    def second(self) -> tuple[tuple[Number, Number], tuple[Number, Number]]:
        """Payoffs of the second player, in the same rows and columns."""
        return (self.reward, self.temptation), (self.sucker, self.punishment)

    @property
    def mirrored(self) -> "SymmetricGame":
        """The same game with the names of the two actions exchanged."""
        return SymmetricGame(
            reward=self.punishment, sucker=self.temptation, temptation=self.sucker, punishment=self.reward
        )

    @property
    def taking_turns_pays(self) -> bool:
        """Whether taking turns at being the sucker brings more than cooperating always."""
        return self.temptation + self.sucker > 2 * self.reward


PRISONERS_DILEMMA: Final = SymmetricGame(reward=3, sucker=0, temptation=5, punishment=1)
"""The payoffs of Axelrod's tournaments."""

# One name for every order of the four payoffs in which both cooperating beats both defecting, and for deadlock.
# Payoffs that are not compared may stand either way.
_ORDERS: Final = {
    "prisoners_dilemma": "T>R R>P P>S",
    "chicken": "T>R R>S S>P",
    "battle": "T>R S>R R>P",
    "stag_hunt": "R>T T>=P P>S",
    "coordination": "R>P P>T P>S",
    "harmony": "R>T R>P S>P",
    "deadlock": "T>R P>R P>S",
}


def recognise(game: SymmetricGame) -> tuple[str, ...]:
    """Name the dilemma that the order of the payoffs makes.

    Parameters
    ----------
    game : SymmetricGame
        The payoffs R, S, T and P, by their first letters.

    Returns
    -------
    tuple of str
        One name where the order decides: ``"prisoners_dilemma"`` (T > R > P > S), ``"chicken"`` (T > R > S > P, also
        called hawk-dove or snowdrift), ``"battle"`` (T and S > R > P: each wants to differ from the other),
        ``"stag_hunt"`` (R > T >= P > S), ``"coordination"`` (R > P > T and S), ``"harmony"`` (R > T and S > P, R > P:
        cooperating is best whatever the other does), ``"deadlock"`` (harmony with the names of the actions exchanged),
        ``"mirrored"`` (one of the first five with the names of the actions exchanged).
        Where a tie lies on the border between kinds, all the kinds that it touches, in this order.

    References
    ----------
    Rapoport, A., & Guyer, M. (1966). A taxonomy of 2 × 2 games. *General Systems* 11, 203-214.

    Examples
    --------
    >>> recognise(PRISONERS_DILEMMA)
    ('prisoners_dilemma',)
    >>> recognise(SymmetricGame(reward=4, sucker=0, temptation=3, punishment=3))
    ('stag_hunt',)

    With T equal to R nothing tempts and nothing holds back:

    >>> recognise(SymmetricGame(reward=3, sucker=0, temptation=3, punishment=1))
    ('prisoners_dilemma', 'stag_hunt')
    """
    for strictly in (True, False):
        found = _kinds(game, strictly=strictly)
        if set(_kinds(game.mirrored, strictly=strictly)) - {"harmony", "deadlock"}:
            found.append("mirrored")
        if found:
            break
    return tuple(found)


def nash_equilibria(first: Matrix, second: Matrix) -> list["Equilibrium"]:
    """Find every pair of plans of which neither player wants to leave its own alone.

    Parameters
    ----------
    first, second : two rows of two numbers
        Payoffs of the first and the second player; rows are the first player's actions, columns the second player's.
        Not modified.

    Returns
    -------
    list of Equilibrium
        At least one. An ordinary game has one or three, each a single pair of probabilities. A game with ties can have
        infinitely many: they are listed as the fewest rectangles of probabilities that contain them all and nothing
        else (maximal Nash subsets), which may touch at a corner.

    Raises
    ------
    ValueError
        If the payoffs are not two rows of two finite numbers.

    References
    ----------
    Nash, J. F. (1951). Non-cooperative games. *Annals of Mathematics* 54, 286-295.
    Millham, C. B. (1974). On Nash subsets of bimatrix games. *Naval Research Logistics Quarterly* 21, 307-317.

    Examples
    --------
    In the stag hunt both hunt the stag, both the hare, or each the stag with probability 3/4.

    >>> hunt = SymmetricGame(reward=4, sucker=0, temptation=3, punishment=3)
    >>> for found in nash_equilibria(hunt.first, hunt.second):
    ...     print(found)
    first 1, second 1
    first 3/4, second 3/4
    first 0, second 0
    """
    (a, b), (c, d) = _matrix("first", first)
    (e, f), (g, h) = _matrix("second", second)
    # A best reply is the first action where the gain from it is 0 or more, the second where it is 0 or less, and any
    # mixture where it is 0. Each player's best replies are these three rectangles; equilibria are where they meet.
    gain, loss, even = _signs(a - c, b - d)
    rows = [((_ONE, _ONE), gain), ((_ZERO, _ZERO), loss), ((_ZERO, _ONE), even)]
    gain, loss, even = _signs(e - f, g - h)
    columns = [(gain, (_ONE, _ONE)), (loss, (_ZERO, _ZERO)), (even, (_ZERO, _ONE))]
    found = set()
    for p_row, q_row in rows:
        for p_column, q_column in columns:
            p, q = _overlap(p_row, p_column), _overlap(q_row, q_column)
            if p and q:
                found.add(Equilibrium(p, q))
    maximal = [one for one in found if not any(one != other and other.contains(one) for other in found)]
    return sorted(maximal, key=lambda one: (one.first, one.second), reverse=True)


@dataclass(frozen=True)
class Equilibrium:
    """Plans of two players, each a best reply to the other.

    Parameters
    ----------
    first, second : pair of Fraction or float
        Lowest and highest probability, from 0 to 1, with which the first and the second player take their first action;
        equal unless there are infinitely many equilibria. Every pair from the two intervals is an equilibrium.

    Examples
    --------
    >>> print(Equilibrium((Fraction(1), Fraction(1)), (Fraction(0), Fraction(1, 2))))
    first 1, second 0 to 1/2
    """

    first: Interval
    second: Interval

    def __str__(self) -> str:
        said = [str(low) if low == high else f"{low} to {high}" for low, high in (self.first, self.second)]
        return f"first {said[0]}, second {said[1]}"

    @property
    def is_single(self) -> bool:
        """Whether this is one pair of plans, no interval."""
        return self.first[0] == self.first[1] and self.second[0] == self.second[1]

    @property
    def is_pure(self) -> bool:
        """Whether nobody leaves anything to chance."""
        return self.is_single and {self.first[0], self.second[0]} <= {0, 1}

    def contains(self, other: "Equilibrium") -> bool:
        """Tell whether the other one lies within this one."""
        mine, theirs = (self.first, self.second), (other.first, other.second)
        return all(a[0] <= b[0] and b[1] <= a[1] for a, b in zip(mine, theirs, strict=True))


def expected_payoffs(game: SymmetricGame, belief: Number) -> tuple[Result, Result]:
    """Say what cooperating and what defecting bring on average, if the other cooperates with some probability.

    Parameters
    ----------
    game : SymmetricGame
        The payoffs.
    belief : int, float or Fraction
        Probability that the other cooperates, from 0 to 1.

    Returns
    -------
    pair of Fraction or float
        Expected payoff of cooperating, and of defecting.

    Raises
    ------
    ValueError
        If the belief is no probability.

    Examples
    --------
    Half a stag against a hare that is sure:

    >>> hunt = SymmetricGame(reward=4, sucker=0, temptation=3, punishment=3)
    >>> [str(payoff) for payoff in expected_payoffs(hunt, Fraction(1, 2))]
    ['2', '3']
    """
    p = share("belief", belief)
    return p * game.reward + (1 - p) * game.sucker, p * game.temptation + (1 - p) * game.punishment


def indifference(game: SymmetricGame) -> Result | None:
    """Find the belief at which cooperating and defecting bring the same.

    Parameters
    ----------
    game : SymmetricGame
        The payoffs.

    Returns
    -------
    Fraction, float or None
        Probability that the other cooperates, from 0 to 1; None where no belief, or every belief, makes them equal.

    References
    ----------
    Skyrms, B. (2004). *The Stag Hunt and the Evolution of Social Structure*. Cambridge University Press.

    Examples
    --------
    Hunt the stag only if you are three-quarters sure of the others.

    >>> print(indifference(SymmetricGame(reward=4, sucker=0, temptation=3, punishment=3)))
    3/4
    >>> print(indifference(PRISONERS_DILEMMA))
    None
    """
    gains = game.reward - game.temptation, game.sucker - game.punishment
    even = _signs(*gains)[2]
    return even[0] if even and even[0] == even[1] else None


def grim_threshold(game: SymmetricGame) -> Result:
    """Find how much the next round must count so that the threat never to forgive upholds cooperation.

    Parameters
    ----------
    game : SymmetricGame
        A prisoner's dilemma.

    Returns
    -------
    Fraction or float
        Lowest discount factor delta (what one point in the next round is worth now, or the probability of a next round)
        at which two grim players are in equilibrium: (T - R) / (T - P), between 0 and 1.

    Raises
    ------
    ValueError
        If the game is no prisoner's dilemma.

    References
    ----------
    Friedman, J. W. (1971). A non-cooperative equilibrium for supergames. *Review of Economic Studies* 38, 1-12.

    Examples
    --------
    Defecting gains 5 - 3 = 2 once and loses 3 - 1 = 2 in each later round: delta / (1 - delta) must be 1.

    >>> print(grim_threshold(PRISONERS_DILEMMA))
    1/2
    """
    _demand_dilemma(game)
    return _divided(game.temptation - game.reward, game.temptation - game.punishment)


def tit_for_tat_threshold(game: SymmetricGame) -> Result | None:
    """Find how much the next round must count so that tit for tat is a best reply to itself.

    Parameters
    ----------
    game : SymmetricGame
        A prisoner's dilemma.

    Returns
    -------
    Fraction, float or None
        Lowest discount factor delta at which neither defecting for ever nor defecting every other round pays:
        max((T - R) / (T - P), (T - R) / (R - S)), between 0 and 1; None where even delta just below 1 is too low,
        because taking turns brings as much as cooperating (T + S >= 2 R).

    Raises
    ------
    ValueError
        If the game is no prisoner's dilemma.

    References
    ----------
    Axelrod, R. (1981). The emergence of cooperation among egoists. *American Political Science Review* 75, 306-318.

    Examples
    --------
    >>> print(tit_for_tat_threshold(PRISONERS_DILEMMA))
    2/3
    """
    forever = grim_threshold(game)
    in_turns = _divided(game.temptation - game.reward, game.reward - game.sucker)
    return max(forever, in_turns) if in_turns < 1 else None


def donation_game(benefit: Number, cost: Number) -> SymmetricGame:
    """Make the game in which each may pay a cost so that the other has a benefit.

    Parameters
    ----------
    benefit : int, float or Fraction
        What the other receives, in points; above the cost.
    cost : int, float or Fraction
        What the giver pays, in points; above 0.

    Returns
    -------
    SymmetricGame
        A prisoner's dilemma with R = benefit - cost, S = -cost, T = benefit and P = 0.

    Raises
    ------
    ValueError
        If an input is not a finite number or outside its range.

    References
    ----------
    Nowak, M. A. (2006). Five rules for the evolution of cooperation. *Science* 314, 1560-1563.

    Examples
    --------
    >>> game = donation_game(3, 1)
    >>> [str(game.payoff(mine, theirs)) for mine in "CD" for theirs in "CD"]
    ['2', '-1', '3', '0']
    """
    c = number("cost", cost, "points", above=0)
    b = number("benefit", benefit, "points", above=c)
    return SymmetricGame(reward=b - c, sucker=-c, temptation=b, punishment=0)


def _kinds(game: SymmetricGame, *, strictly: bool) -> list[str]:
    """Name the kinds whose order the payoffs keep; where not strictly, a tie keeps every order."""
    payoffs = {"R": game.reward, "S": game.sucker, "T": game.temptation, "P": game.punishment}
    holds = {">": gt if strictly else ge, ">=": ge}
    return [
        kind
        for kind, order in _ORDERS.items()
        if all(holds[pair[1:-1]](payoffs[pair[0]], payoffs[pair[-1]]) for pair in order.split())
    ]


def _signs(at_one: Number, at_zero: Number) -> tuple[Interval | None, Interval | None, Interval | None]:
    """Where in [0, 1] a straight line is 0 or more, 0 or less, and 0, from its heights at 1 and at 0."""
    high, low = _at_least_zero(at_one, at_zero), _at_least_zero(-at_one, -at_zero)
    return high, low, _overlap(high, low)


def _at_least_zero(at_one: Number, at_zero: Number) -> Interval | None:
    """Where in [0, 1] a straight line is 0 or more."""
    if at_one < 0 and at_zero < 0:
        return None
    if at_one >= 0 and at_zero >= 0:
        return _ZERO, _ONE
    root = _divided(at_zero, at_zero - at_one)
    return (root, _ONE) if at_one >= 0 else (_ZERO, root)


def _overlap(one: Interval | None, other: Interval | None) -> Interval | None:
    """What two closed intervals share."""
    if one is None or other is None:
        return None
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else None


def _divided(above: Number, below: Number) -> Result:
    """Divide exactly unless one is a float."""
    return above / below if isinstance(above, float) or isinstance(below, float) else Fraction(above) / Fraction(below)


def _matrix(name: str, rows: Matrix) -> list[list[Result]]:
    """Take two rows of two numbers."""
    if len(rows) != 2 or any(len(row) != 2 for row in rows):
        raise ValueError(f"{name} is {rows!r}; it must be two rows of two numbers (points).")
    return [[number(f"{name}[{r}][{c}]", rows[r][c], "points") for c in range(2)] for r in range(2)]


def _demand_dilemma(game: SymmetricGame) -> None:
    """Refuse what is no prisoner's dilemma."""
    if recognise(game) != ("prisoners_dilemma",):
        raise ValueError(f"game is {game!r}; it must be a prisoner's dilemma: T > R > P > S (points).")
