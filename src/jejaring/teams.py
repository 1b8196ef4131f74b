"""What a team makes of its members: tasks that add them up or hang on one of them, losses on the way, and juries.

Whole numbers and fractions give exact fractions; as soon as one input is a float, so is the result.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

from jejaring._checks import Number, number, share, whole

__all__ = [
    "RINGELMANN",
    "Task",
    "additive",
    "best_size",
    "compensatory",
    "conjunctive",
    "discretionary",
    "disjunctive",
    "expected_output",
    "jury_accuracy",
    "jury_with_leader",
    "link_count",
    "net_output",
    "synergy",
    "total_force",
]

Result = float | Fraction

Task = Callable[[Sequence[Number]], Result]
"""What a team could make of its members' abilities if it lost nothing on the way: Steiner's potential productivity."""

RINGELMANN = tuple(Fraction(percent, 100) for percent in (100, 93, 85, 77, 70, 63, 56, 49))
"""Force of one person pulling a rope in a group of 1 to 8, as a share of the force alone, as usually tabulated."""

_HALF = Fraction(1, 2)
_MOST_TEAMS = 200_000  # a second or so


def additive(abilities: Sequence[Number]) -> Result:
    """Add up what all do: pulling a rope, clearing a ditch.

    Parameters
    ----------
    abilities : sequence of int, float or Fraction
        What each member can do alone, in any unit; one member at least. Not modified.

    Returns
    -------
    Fraction or float
        The sum.

    Raises
    ------
    ValueError
        If there is no member, or an ability is no finite number.

    References
    ----------
    Steiner, I. D. (1972). *Group Process and Productivity*. Academic Press.

    Examples
    --------
    >>> print(additive([5, 3, 1]))
    9
    """
    return sum(_members(abilities), start=Fraction(0))


def conjunctive(abilities: Sequence[Number]) -> Result:
    """Be as good as the weakest: climbers on one rope, a chain of hands passing buckets.

    Parameters
    ----------
    abilities : sequence of int, float or Fraction
        What each member can do alone, in any unit; one member at least. Not modified.

    Returns
    -------
    Fraction or float
        The smallest ability.

    Raises
    ------
    ValueError
        If there is no member, or an ability is no finite number.

    References
    ----------
    Steiner, I. D. (1972). *Group Process and Productivity*. Academic Press.

    Examples
    --------
    >>> print(conjunctive([5, 3, 1]))
    1
    """
    return min(_members(abilities))


def disjunctive(abilities: Sequence[Number]) -> Result:
    """Be as good as the best: a riddle that one of all has to solve.

    Parameters
    ----------
    abilities : sequence of int, float or Fraction
        What each member can do alone, in any unit; one member at least. Not modified.

    Returns
    -------
    Fraction or float
        The largest ability.

    Raises
    ------
    ValueError
        If there is no member, or an ability is no finite number.

    References
    ----------
    Steiner, I. D. (1972). *Group Process and Productivity*. Academic Press.

    Examples
    --------
    >>> print(disjunctive([5, 3, 1]))
    5
    """
    return max(_members(abilities))


def compensatory(abilities: Sequence[Number]) -> Result:
    """Average what all say, so that one errs up and another down: guessing the weight of a goat.

    Parameters
    ----------
    abilities : sequence of int, float or Fraction
        What each member can do alone, in any unit; one member at least. Not modified.

    Returns
    -------
    Fraction or float
        The mean.

    Raises
    ------
    ValueError
        If there is no member, or an ability is no finite number.

    References
    ----------
    Steiner, I. D. (1972). *Group Process and Productivity*. Academic Press.

    Examples
    --------
    >>> print(compensatory([5, 3, 1]))
    3
    """
    return additive(abilities) / len(abilities)


def discretionary(weights: Sequence[Number]) -> Task:
    """Let the team decide how much each member counts.

    Parameters
    ----------
    weights : sequence of int, float or Fraction
        What the team lets each member count for, 0 or more, at least one above 0. Not modified.

    Returns
    -------
    callable
        A task: from the abilities of as many members to their weighted mean.

    Raises
    ------
    ValueError
        If a weight is no finite number, 0 or more, or all are 0; by the task, if there are more or fewer members.

    References
    ----------
    Steiner, I. D. (1972). *Group Process and Productivity*. Academic Press.

    Examples
    --------
    >>> print(discretionary([2, 1, 1])([5, 3, 1]))
    7/2
    """
    counted = [number(f"weights[{place}]", weight, "weight", 0) for place, weight in enumerate(weights)]
    if not any(counted):
        raise ValueError(f"weights is {list(weights)!r}; at least one must be above 0 (weight).")

    def task(abilities: Sequence[Number]) -> Result:
        members = _members(abilities)
        whole("len(abilities)", len(members), "members", len(counted), len(counted))
        weighted = (weight * ability for weight, ability in zip(counted, members, strict=True))
        return sum(weighted, start=Fraction(0)) / sum(counted, start=Fraction(0))

    return task


def expected_output(task: Task, pool: Sequence[Number], size: int) -> Result:
    """Average what teams of one size could do, over all teams that can be drawn from a pool of people.

    Parameters
    ----------
    task : callable
        From the abilities of a team to its output, such as `conjunctive`.
    pool : sequence of int, float or Fraction
        Abilities of the people there are, in any unit. Not modified.
    size : int
        People in a team, from 1 to all; at most 200,000 teams.

    Returns
    -------
    Fraction or float
        The mean output, in the unit of the abilities.

    Raises
    ------
    ValueError
        If the size is outside its range, there are too many teams, or an ability is no finite number.

    References
    ----------
    Steiner, I. D. (1972). *Group Process and Productivity*. Academic Press.

    Examples
    --------
    Of the pairs out of 1, 2 and 3 the weaker is 1, 1 or 2, the stronger 2, 3 or 3.

    >>> print(expected_output(conjunctive, [1, 2, 3], size=2), expected_output(disjunctive, [1, 2, 3], size=2))
    4/3 8/3
    """
    people = _members(pool)
    whole("size", size, "people", 1, len(people))
    teams = comb(len(people), size)
    if teams > _MOST_TEAMS:
        raise ValueError(f"size is {size}; of {len(people)} people that makes {teams} teams, at most {_MOST_TEAMS}.")
    return sum((task(team) for team in combinations(people, size)), start=Fraction(0)) / teams


def total_force(size: int) -> Fraction:
    """Pull a rope with so many people, in units of one person's force alone.

    Parameters
    ----------
    size : int
        People at the rope, from 1 to 8.

    Returns
    -------
    Fraction
        Persons times the force of each, by `RINGELMANN`.

    Raises
    ------
    ValueError
        If the size is outside its range.

    References
    ----------
    Ringelmann, M. (1913). Recherches sur les moteurs animés: travail de l'homme. *Annales de l'Institut National
    Agronomique* 12, 1-40.
    Kravitz, D. A., & Martin, B. (1986). Ringelmann rediscovered: the original article. *Journal of Personality and
    Social Psychology* 50, 936-941.

    Examples
    --------
    The eighth adds nothing: seven at 0.56 pull as hard as eight at 0.49.

    >>> float(total_force(7)), float(total_force(8))
    (3.92, 3.92)
    """
    whole("size", size, "people", 1, len(RINGELMANN))
    return size * RINGELMANN[size - 1]


def link_count(size: int) -> int:
    """Count the pairs who have to keep each other informed.

    Parameters
    ----------
    size : int
        People in the team, 1 or more.

    Returns
    -------
    int
        ``size * (size - 1) / 2``.

    Raises
    ------
    ValueError
        If the size is outside its range.

    References
    ----------
    Brooks, F. P. (1975). *The Mythical Man-Month*. Addison-Wesley.

    Examples
    --------
    >>> link_count(5), link_count(10)
    (10, 45)
    """
    return comb(whole("size", size, "people", 1), 2)


def net_output(output: Callable[[int], Number], size: int, link_cost: Number) -> Result:
    """Take from what a team makes what it costs to keep every pair informed.

    Parameters
    ----------
    output : callable
        From the number of people to what they make, such as `total_force`.
    size : int
        People in the team, 1 or more.
    link_cost : int, float or Fraction
        What each pair costs, 0 or more, in the unit of the output.

    Returns
    -------
    Fraction or float
        What is left; below 0 when the links cost more than the team makes.

    Raises
    ------
    ValueError
        If an input is outside its range.

    References
    ----------
    Brooks, F. P. (1975). *The Mythical Man-Month*. Addison-Wesley.

    Examples
    --------
    Five pull with 3.5 and have ten links.

    >>> print(net_output(total_force, 5, Fraction(1, 10)))
    5/2
    """
    cost = number("link_cost", link_cost, "units of output for each pair", 0)
    return number("output", output(whole("size", size, "people", 1)), "units of output") - cost * link_count(size)


def best_size(output: Callable[[int], Number], link_cost: Number, largest: int) -> int:
    """Find the team that has most left after paying for its links.

    Parameters
    ----------
    output : callable
        From the number of people to what they make, such as `total_force`.
    link_cost : int, float or Fraction
        What each pair costs, 0 or more, in the unit of the output.
    largest : int
        The largest team that is considered, 1 person or more.

    Returns
    -------
    int
        The best size from 1 to `largest`; the smallest one where several are equally good.

    Raises
    ------
    ValueError
        If an input is outside its range.

    References
    ----------
    Steiner, I. D. (1972). *Group Process and Productivity*. Academic Press.

    Examples
    --------
    >>> [best_size(total_force, cost, largest=8) for cost in (0, Fraction(2, 100), Fraction(5, 100), 1)]
    [7, 7, 6, 1]
    """
    sizes = range(1, whole("largest", largest, "people", 1) + 1)
    return max(sizes, key=lambda size: net_output(output, size, link_cost))


def synergy(actual: Number, abilities: Sequence[Number], task: Task) -> Result:
    """Compare what a team did with what it could have done: above 0 it made more of its members, below 0 it lost.

    Parameters
    ----------
    actual : int, float or Fraction
        What the team did, in the unit of the abilities.
    abilities : sequence of int, float or Fraction
        What each member can do alone; one member at least. Not modified.
    task : callable
        From the abilities to what the team could do, such as `additive`.

    Returns
    -------
    Fraction or float
        The actual output without the potential one; with the sign turned it is Steiner's process loss.

    Raises
    ------
    ValueError
        If there is no member, or an input is no finite number.

    References
    ----------
    Steiner, I. D. (1972). *Group Process and Productivity*. Academic Press.

    Examples
    --------
    Eight at the rope do not pull with the force of eight; a riddle solved is worth the best of them.

    >>> float(synergy(total_force(8), [1] * 8, additive))
    -4.08
    >>> print(synergy(5, [5, 3, 1], disjunctive))
    0
    """
    return number("actual", actual, "units of output") - task(_members(abilities))


def jury_accuracy(competences: Sequence[Number]) -> Result:
    """Tell how likely the majority is right when each votes for itself.

    Parameters
    ----------
    competences : sequence of int, float or Fraction
        How likely each juror is right, from 0 to 1; one juror at least. Not modified.

    Returns
    -------
    Fraction or float
        Probability from 0 to 1; a tie is decided by a fair coin.

    Raises
    ------
    ValueError
        If there is no juror, or a competence is outside its range.

    References
    ----------
    Condorcet, M. J. A. N. (1785). *Essai sur l'application de l'analyse à la probabilité des décisions*. Imprimerie
    royale.

    Examples
    --------
    Three at 0.6: all right 0.216, two of them right 3 times 0.144.

    >>> print(float(jury_accuracy([Fraction(6, 10)] * 3)))
    0.648
    """
    chances = [share(f"competences[{juror}]", value) for juror, value in enumerate(competences)]
    if not chances:
        raise ValueError("competences is empty; there must be one juror at least.")
    votes: list[Result] = [1]  # how likely so many are right, times the denominators so far
    scale = 1
    for chance in chances:
        right, bottom = chance.as_integer_ratio() if isinstance(chance, Fraction) else (chance, 1)
        scale *= bottom
        one_more = [0, *(right * likely for likely in votes)]
        as_many = [*((bottom - right) * likely for likely in votes), 0]
        votes = [more + same for more, same in zip(one_more, as_many, strict=True)]
    jurors = len(chances)
    won = sum(votes[jurors // 2 + 1 :], start=Fraction(0))
    tied = votes[jurors // 2] * _HALF if jurors % 2 == 0 else 0
    return (won + tied) / scale


def jury_with_leader(size: int, competence: Number, following: Number) -> Result:
    """Tell how likely the majority is right when each may just follow the first to speak.

    Parameters
    ----------
    size : int
        Jurors, 1 or more; the first of them is the leader.
    competence : int, float or Fraction
        How likely each is right when it votes for itself, from 0 to 1.
    following : int, float or Fraction
        How likely each of the others repeats the leader's vote, from 0 (a jury of Condorcet's) to 1 (one voice).

    Returns
    -------
    Fraction or float
        Probability from 0 to 1; a tie is decided by a fair coin.

    Raises
    ------
    ValueError
        If an input is outside its range.

    References
    ----------
    Boland, P. J., Proschan, F., & Tong, Y. L. (1989). Modelling dependence in simple and indirect majority systems.
    *Journal of Applied Probability* 26, 81-88.

    Examples
    --------
    Where all follow, eleven know no more than one.

    >>> print(jury_with_leader(11, Fraction(6, 10), following=1))
    3/5
    """
    whole("size", size, "jurors", 1)
    own, copied = share("competence", competence), share("following", following)
    after_right, after_wrong = ([led, *[copied * led + (1 - copied) * own] * (size - 1)] for led in (1, 0))
    return own * jury_accuracy(after_right) + (1 - own) * jury_accuracy(after_wrong)


def _members(abilities: Sequence[Number]) -> list[Result]:
    """Refuse nobody, and what is no ability."""
    if not abilities:
        raise ValueError("abilities is empty; there must be one member at least.")
    return [number(f"abilities[{place}]", value, "units of output") for place, value in enumerate(abilities)]
