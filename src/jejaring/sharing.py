"""Sharing what only all together have: who gets how much of a gain, or pays how much of a cost.

A game gives each coalition its worth: what its members have, or pay, when they go without the others. Players are
names; a coalition is a frozenset of names. Whole numbers and fractions give exact fractions; as soon as one input is a
float, so is the result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial

from jejaring._checks import Number, number

__all__ = [
    "Objection",
    "RunwayStep",
    "airport_shares",
    "airport_steps",
    "equal_division",
    "in_core",
    "is_convex",
    "is_superadditive",
    "marginal_contributions",
    "objections",
    "proportional_division",
    "savings_game",
    "shapley_value",
]

Result = float | Fraction

_MOST_PLAYERS = 12  # 4,095 coalitions, 531,441 pairs of disjoint ones
_ROUNDING = 1e-9  # of the largest number: what floats may miss by


@dataclass(frozen=True)
class Objection:
    """A coalition that does better without the others, and by how much.

    Parameters
    ----------
    coalition : tuple of str
        Its members, in the players' order.
    alone : Fraction or float
        What the members have, or pay, when they go without the others.
    given : Fraction or float
        What the division gives them, or lets them pay, in all.
    gain : Fraction or float
        How much better off they are alone; above 0.
    """

    coalition: tuple[str, ...]
    alone: Result
    given: Result
    gain: Result


@dataclass(frozen=True)
class RunwayStep:
    """A piece of a runway, and who needs it.

    Parameters
    ----------
    start, end : Fraction or float
        What the runway costs up to this piece and with it.
    users : tuple of str
        Those who need it, who pay for it alike.
    """

    start: Result
    end: Result
    users: tuple[str, ...]


def shapley_value(players: Sequence[str], worth: Mapping[frozenset[str], Number]) -> dict[str, Result]:
    """Give each player what it adds when all join one by one, on the average of all orders.

    Parameters
    ----------
    players : sequence of str
        From 1 to 12 different names.
    worth : mapping of frozenset of str to int, float or Fraction
        What each coalition of the players has, or pays, in any unit; the empty one, if given, has 0. Coalitions with
        others in them are left aside. Not modified.

    Returns
    -------
    dict of str to Fraction or float
        One share for each player, in their order, in the unit of `worth`; they add up to the worth of all. In a game of
        costs it is what each pays.

    Raises
    ------
    ValueError
        If the players are none, too many or not different, a coalition is missing, or a worth is no finite number.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. In *Contributions to the Theory of Games* II, 307-317.

    Examples
    --------
    A left glove is worth nothing without a right one. L makes the pair unless it comes first: four orders of six.

    >>> pairs = {"L": 0, "R": 0, "S": 0, "LR": 1, "LS": 1, "RS": 0, "LRS": 1}
    >>> worth = {frozenset(members): value for members, value in pairs.items()}
    >>> {player: str(share) for player, share in shapley_value(["L", "R", "S"], worth).items()}
    {'L': '2/3', 'R': '1/6', 'S': '1/6'}
    """
    table = _table(players, worth)
    count = len(players)
    likely = [Fraction(factorial(size) * factorial(count - size - 1), factorial(count)) for size in range(count)]
    shares = {}
    for place, player in enumerate(players):
        before = [others for others in range(len(table)) if not others >> place & 1]
        shares[player] = sum(
            (likely[others.bit_count()] * (table[others | 1 << place] - table[others]) for others in before),
            start=Fraction(0),
        )
    return shares


def marginal_contributions(order: Sequence[str], worth: Mapping[frozenset[str], Number]) -> dict[str, Result]:
    """Give each player what it adds to those who came before.

    Parameters
    ----------
    order : sequence of str
        From 1 to 12 different names, the first to come first.
    worth : mapping of frozenset of str to int, float or Fraction
        What each coalition of them has, or pays, in any unit. Not modified.

    Returns
    -------
    dict of str to Fraction or float
        One share for each player, in this order; they add up to the worth of all.

    Raises
    ------
    ValueError
        If the players are none, too many or not different, a coalition is missing, or a worth is no finite number.

    Examples
    --------
    >>> worth = {frozenset("A"): 10, frozenset("B"): 20, frozenset("AB"): 50}
    >>> {player: str(share) for player, share in marginal_contributions(["B", "A"], worth).items()}
    {'B': '20', 'A': '30'}
    """
    table = _table(order, worth)
    return {player: table[2 ** (place + 1) - 1] - table[2**place - 1] for place, player in enumerate(order)}


def objections(
    players: Sequence[str],
    worth: Mapping[frozenset[str], Number],
    division: Mapping[str, Number],
    *,
    costs: bool = False,
) -> list[Objection]:
    """Name the coalitions that would rather go without the others, and what they gain by it.

    Parameters
    ----------
    players : sequence of str
        From 1 to 12 different names.
    worth : mapping of frozenset of str to int, float or Fraction
        What each coalition of the players has, or pays, in any unit. Not modified.
    division : mapping of str to int, float or Fraction
        What each player gets, or pays, in the same unit; it adds up to the worth of all. Not modified.
    costs : bool
        Whether `worth` is what coalitions pay: then those object who would pay less alone.

    Returns
    -------
    list of Objection
        The largest gain first, and among equals the smaller coalition, then the players' order; empty when nobody
        objects.

    Raises
    ------
    ValueError
        If the game is not complete, or the division leaves a player out or does not add up to the worth of all.

    References
    ----------
    Gillies, D. B. (1959). Solutions to general non-zero-sum games. In *Contributions to the Theory of Games* IV, 47-85.

    Examples
    --------
    Half each is not enough for B, who has 30 of the 50 alone.

    >>> worth = {frozenset("A"): 10, frozenset("B"): 30, frozenset("AB"): 50}
    >>> [(each.coalition, str(each.gain)) for each in objections("AB", worth, {"A": 25, "B": 25})]
    [(('B',), '5')]
    """
    table = _table(players, worth)
    shares = _division(players, division, table[-1])
    slack = _slack([*table, *shares])
    found = []
    for size in range(1, len(players)):
        for places in combinations(range(len(players)), size):
            alone = table[sum(1 << place for place in places)]
            given = sum((shares[place] for place in places), start=Fraction(0))
            gain = given - alone if costs else alone - given
            if gain > slack:
                found.append(Objection(tuple(players[place] for place in places), alone, given, gain))
    return sorted(found, key=lambda objection: -objection.gain)


def in_core(
    players: Sequence[str],
    worth: Mapping[frozenset[str], Number],
    division: Mapping[str, Number],
    *,
    costs: bool = False,
) -> bool:
    """Tell whether no coalition would do better without the others.

    Parameters
    ----------
    players : sequence of str
        From 1 to 12 different names.
    worth : mapping of frozenset of str to int, float or Fraction
        What each coalition of the players has, or pays, in any unit. Not modified.
    division : mapping of str to int, float or Fraction
        What each player gets, or pays, in the same unit; it adds up to the worth of all. Not modified.
    costs : bool
        Whether `worth` is what coalitions pay.

    Returns
    -------
    bool
        True when nobody objects.

    Raises
    ------
    ValueError
        If the game is not complete, or the division leaves a player out or does not add up to the worth of all.

    References
    ----------
    Gillies, D. B. (1959). Solutions to general non-zero-sum games. In *Contributions to the Theory of Games* IV, 47-85.

    Examples
    --------
    >>> worth = {frozenset("A"): 10, frozenset("B"): 30, frozenset("AB"): 50}
    >>> in_core("AB", worth, {"A": 25, "B": 25}), in_core("AB", worth, {"A": 15, "B": 35})
    (False, True)
    """
    return not objections(players, worth, division, costs=costs)


def is_superadditive(players: Sequence[str], worth: Mapping[frozenset[str], Number], *, costs: bool = False) -> bool:
    """Tell whether two groups never lose by joining.

    Parameters
    ----------
    players : sequence of str
        From 1 to 12 different names.
    worth : mapping of frozenset of str to int, float or Fraction
        What each coalition of the players has, or pays, in any unit. Not modified.
    costs : bool
        Whether `worth` is what coalitions pay: then joining must never cost more (the game is subadditive).

    Returns
    -------
    bool
        True when it holds for all pairs of coalitions that share no member.

    Raises
    ------
    ValueError
        If the game is not complete.

    Examples
    --------
    >>> worth = {frozenset("A"): 10, frozenset("B"): 30, frozenset("AB"): 50}
    >>> is_superadditive("AB", worth), is_superadditive("AB", {**worth, frozenset("AB"): 35})
    (True, False)
    """
    table = [-value if costs else value for value in _table(players, worth)]
    slack = _slack(table)
    return all(
        table[whole] >= table[part] + table[whole ^ part] - slack
        for whole in range(len(table))
        for part in _parts(whole)
    )


def is_convex(players: Sequence[str], worth: Mapping[frozenset[str], Number], *, costs: bool = False) -> bool:
    """Tell whether each player adds the more, the more have joined before.

    In such a game the Shapley value is in the core.

    Parameters
    ----------
    players : sequence of str
        From 1 to 12 different names.
    worth : mapping of frozenset of str to int, float or Fraction
        What each coalition of the players has, or pays, in any unit. Not modified.
    costs : bool
        Whether `worth` is what coalitions pay: then each must cost the less, the more have joined (the game is
        concave).

    Returns
    -------
    bool
        True when it holds for each player and all coalitions of others.

    Raises
    ------
    ValueError
        If the game is not complete.

    References
    ----------
    Shapley, L. S. (1971). Cores of convex games. *International Journal of Game Theory* 1, 11-26.

    Examples
    --------
    Alone A brings 10, beside B 20.

    >>> worth = {frozenset("A"): 10, frozenset("B"): 30, frozenset("AB"): 50}
    >>> is_convex("AB", worth)
    True
    """
    table = [-value if costs else value for value in _table(players, worth)]
    slack = _slack(table)
    pairs = [(1 << first, 1 << second) for first, second in combinations(range(len(players)), 2)]
    return all(
        table[others | first | second] + table[others] >= table[others | first] + table[others | second] - slack
        for first, second in pairs
        for others in range(len(table))
        if not others & (first | second)
    )


def savings_game(players: Sequence[str], costs: Mapping[frozenset[str], Number]) -> dict[frozenset[str], Result]:
    """Turn what coalitions pay into what they save against each paying alone.

    Parameters
    ----------
    players : sequence of str
        From 1 to 12 different names.
    costs : mapping of frozenset of str to int, float or Fraction
        What each coalition of the players pays, in any unit. Not modified.

    Returns
    -------
    dict of frozenset of str to Fraction or float
        What each coalition saves, in the same unit, smaller coalitions first; 0 for a player alone.

    Raises
    ------
    ValueError
        If the game is not complete.

    Examples
    --------
    >>> costs = {frozenset("A"): 10, frozenset("B"): 30, frozenset("AB"): 35}
    >>> print(savings_game("AB", costs)[frozenset("AB")])
    5
    """
    table = _table(players, costs)
    saved = {}
    for size in range(1, len(players) + 1):
        for places in combinations(range(len(players)), size):
            apart = sum((table[1 << place] for place in places), start=Fraction(0))
            saved[frozenset(players[place] for place in places)] = apart - table[sum(1 << place for place in places)]
    return saved


def airport_steps(needs: Mapping[str, Number]) -> list[RunwayStep]:
    """Cut a runway where somebody needs no more of it.

    Parameters
    ----------
    needs : mapping of str to int, float or Fraction
        What the runway would cost that each one needs, 0 or more, in any unit; all together need the dearest. Not
        modified.

    Returns
    -------
    list of RunwayStep
        The pieces from the shortest runway to the longest; none costs nothing.

    Raises
    ------
    ValueError
        If nobody needs anything, or a need is no finite number, 0 or more.

    References
    ----------
    Littlechild, S. C., & Owen, G. (1973). A simple expression for the Shapley value in a special case. *Management
    Science* 20, 370-372.

    Examples
    --------
    >>> [(str(step.start), str(step.end), step.users) for step in airport_steps({"small": 2, "big": 6})]
    [('0', '2', ('small', 'big')), ('2', '6', ('big',))]
    """
    ends = {name: number(f"needs[{name!r}]", need, "units of the cost", 0) for name, need in needs.items()}
    levels = sorted({end for end in ends.values() if end > 0})
    if not levels:
        raise ValueError(f"needs is {dict(needs)!r}; at least one must be above 0 (units of the cost).")
    return [
        RunwayStep(start, end, tuple(name for name, need in ends.items() if need >= end))
        for start, end in zip([Fraction(0), *levels], levels, strict=False)
    ]


def airport_shares(needs: Mapping[str, Number]) -> dict[str, Result]:
    """Let each piece of a runway be paid for by those who need it, alike: the Shapley value of its cost.

    Parameters
    ----------
    needs : mapping of str to int, float or Fraction
        What the runway would cost that each one needs, 0 or more, in any unit; all together need the dearest. Not
        modified.

    Returns
    -------
    dict of str to Fraction or float
        What each pays, in the order of `needs`; together the dearest need.

    Raises
    ------
    ValueError
        If nobody needs anything, or a need is no finite number, 0 or more.

    References
    ----------
    Littlechild, S. C., & Owen, G. (1973). A simple expression for the Shapley value in a special case. *Management
    Science* 20, 370-372.

    Examples
    --------
    The first 2 are shared by both, the other 4 are the big one's.

    >>> {name: str(share) for name, share in airport_shares({"small": 2, "big": 6}).items()}
    {'small': '1', 'big': '5'}
    """
    steps = airport_steps(needs)
    return {
        name: sum(((step.end - step.start) / len(step.users) for step in steps if name in step.users), Fraction(0))
        for name in needs
    }


def equal_division(players: Sequence[str], total: Number) -> dict[str, Result]:
    """Give everybody the same.

    Parameters
    ----------
    players : sequence of str
        One or more different names.
    total : int, float or Fraction
        What there is to share, or to pay, in any unit.

    Returns
    -------
    dict of str to Fraction or float
        One share for each player, in their order.

    Raises
    ------
    ValueError
        If there are no players or two of one name, or the total is no finite number.

    Examples
    --------
    >>> {player: str(share) for player, share in equal_division(["A", "B", "C"], 100).items()}
    {'A': '100/3', 'B': '100/3', 'C': '100/3'}
    """
    _check_names(players)
    whole = number("total", total, "units of what is shared")
    return {player: whole / len(players) for player in players}


def proportional_division(claims: Mapping[str, Number], total: Number) -> dict[str, Result]:
    """Give to each in proportion to its claim.

    Parameters
    ----------
    claims : mapping of str to int, float or Fraction
        What counts for each player, such as capital, hours or need: 0 or more, one of them above 0. Not modified.
    total : int, float or Fraction
        What there is to share, or to pay, in any unit.

    Returns
    -------
    dict of str to Fraction or float
        One share for each player, in the order of `claims`.

    Raises
    ------
    ValueError
        If nobody has a claim, a claim is no finite number, 0 or more, or the total is no finite number.

    Examples
    --------
    >>> {player: str(share) for player, share in proportional_division({"A": 1, "B": 3}, 100).items()}
    {'A': '25', 'B': '75'}
    """
    parts = {name: number(f"claims[{name!r}]", claim, "units of the claim", 0) for name, claim in claims.items()}
    whole = number("total", total, "units of what is shared")
    claimed = sum(parts.values(), start=Fraction(0))
    if claimed == 0:
        raise ValueError(f"claims is {dict(claims)!r}; at least one must be above 0 (units of the claim).")
    return {name: whole * part / claimed for name, part in parts.items()}


def _table(players: Sequence[str], worth: Mapping[frozenset[str], Number]) -> list[Result]:
    """What each coalition has; bit k of its place stands for player k."""
    _check_names(players)
    if len(players) > _MOST_PLAYERS:
        raise ValueError(f"players has {len(players)} names; it must have from 1 to {_MOST_PLAYERS} players.")
    table: list[Result] = []
    for coalition in range(2 ** len(players)):
        members = [player for place, player in enumerate(players) if coalition >> place & 1]
        value = worth.get(frozenset(members), None if members else 0)
        if value is None:
            raise ValueError(f"worth has no entry for {', '.join(members)}; it must name every coalition of players.")
        table.append(number(f"worth[{', '.join(members)}]", value, "units of what is shared"))
    if table[0] != 0:
        raise ValueError(f"worth[] is {table[0]}; it must be 0 (units of what is shared): nobody has nothing.")
    return table


def _parts(whole: int) -> list[int]:
    """The ways to cut a coalition in two, each told by its smaller number."""
    parts = []
    part = whole
    while part := (part - 1) & whole:
        if part < whole ^ part:
            parts.append(part)
    return parts


def _division(players: Sequence[str], division: Mapping[str, Number], total: Result) -> list[Result]:
    """What each player gets; refuse a division of something else."""
    if set(division) != set(players):
        raise ValueError(f"division names {', '.join(division)}; it must name the players {', '.join(players)}.")
    shares = [number(f"division[{player!r}]", division[player], "units of what is shared") for player in players]
    given = sum(shares, start=Fraction(0))
    slack = _slack([*shares, total])
    if not -slack <= given - total <= slack:
        raise ValueError(f"division adds up to {given}; it must add up to {total}, what all have together.")
    return shares


def _slack(values: Sequence[Result]) -> Result:
    """What sums of these numbers may miss by: nothing where all are exact."""
    if all(isinstance(value, Fraction) for value in values):
        return Fraction(0)
    return _ROUNDING * max(abs(float(value)) for value in values)


def _check_names(players: Sequence[str]) -> None:
    """Refuse nobody, and two of one name."""
    if not players or len(set(players)) < len(players):
        raise ValueError(f"players is {list(players)!r}; it must be one name or more, each once.")
