"""What spreads when success is copied: small populations, large ones, and five reasons why helping can pay.

The fixation probability and the thresholds are exact fractions as long as all inputs are whole numbers or fractions;
simulated shares are floats.
"""

import math
import random
from collections.abc import Callable, Sequence
from fractions import Fraction

from jejaring._checks import Number, number, share, whole

__all__ = [
    "constant_fitness",
    "direct_reciprocity_threshold",
    "fixation_probability",
    "game_fitness",
    "group_selection_threshold",
    "indirect_reciprocity_threshold",
    "is_favoured",
    "kin_selection_threshold",
    "moran_process",
    "network_reciprocity_threshold",
    "replicator_path",
]

Result = float | Fraction
Fitness = Callable[[Sequence[int]], Sequence[Number]]
"""From how many there are of each type to what one of each type is worth, 0 or more."""


def constant_fitness(values: Sequence[Number]) -> Fitness:
    """Let each type be worth the same, however many there are of it.

    Parameters
    ----------
    values : sequence of int, float or Fraction
        Fitness of each type, above 0.

    Returns
    -------
    function
        From the number of individuals of each type to the fitness of each type.

    Raises
    ------
    ValueError
        If a value is not a number above 0.

    Examples
    --------
    >>> [str(worth) for worth in constant_fitness([2, 1])([5, 5])]
    ['2', '1']
    """
    fixed = tuple(number(f"values[{kind}]", value, "fitness", above=0) for kind, value in enumerate(values))
    return lambda _counts: fixed


def game_fitness(payoffs: Sequence[Sequence[Number]], selection: Number = 1) -> Fitness:
    """Let each be worth what it gets on average in games with all the others.

    Parameters
    ----------
    payoffs : square table of int, float or Fraction
        What each type (row) gets against each type (column). Not modified.
    selection : int, float or Fraction
        Share of the fitness that comes from the game, from 0 to 1; the rest is 1 for everybody.

    Returns
    -------
    function
        From the number of individuals of each type to the fitness of each type (0 for a type that is not there).

    Raises
    ------
    ValueError
        If the table is not square or `selection` is outside its range.

    References
    ----------
    Nowak, M. A., Sasaki, A., Taylor, C., & Fudenberg, D. (2004). Emergence of cooperation and evolutionary stability in
    finite populations. *Nature* 428, 646-650.

    Examples
    --------
    One cooperator among three: 0 against each of two defectors; a defector meets one cooperator and one defector.

    >>> [str(worth) for worth in game_fitness([[3, 0], [5, 1]])([1, 2])]
    ['0', '3']
    """
    table = _table(payoffs)
    strength = share("selection", selection)

    def fitness(counts: Sequence[int]) -> list[Number]:
        others = sum(counts) - 1
        worths: list[Number] = []
        for kind, row in enumerate(table):
            met = sum((count * payoff for count, payoff in zip(counts, row, strict=True)), Fraction(0)) - row[kind]
            worths.append(1 - strength + strength * met / others if counts[kind] else 0)
        return worths

    return fitness


def moran_process(
    counts: Sequence[int], fitness: Fitness, *, seed: int, most_steps: int = 1_000_000
) -> list[tuple[int, ...]]:
    """Let one be born and one die at a time, until all are of one type.

    Parameters
    ----------
    counts : sequence of int
        Individuals of each type at the start, at least two together. Not modified.
    fitness : function
        From the number of individuals of each type to the fitness of each, as made by `constant_fitness` or
        `game_fitness`. The parent is drawn in proportion to fitness, the one that dies blindly (it may be the parent).
    seed : int
        Where all chance starts.
    most_steps : int
        Births after which to stop in any case: types that need each other can live together for ages.

    Returns
    -------
    list of tuple of int
        The counts at the start and after each birth; the sum never changes.

    Raises
    ------
    ValueError
        If a count or `most_steps` is outside its range, or a fitness is negative, or all are 0.

    References
    ----------
    Moran, P. A. P. (1958). Random processes in genetics. *Mathematical Proceedings of the Cambridge Philosophical
    Society* 54, 60-71.

    Examples
    --------
    >>> path = moran_process([3, 2], constant_fitness([1, 1]), seed=1)
    >>> path[0], {sum(counts) for counts in path}, sorted(path[-1])
    ((3, 2), {5}, [0, 5])
    """
    now = [whole(f"counts[{kind}]", count, "individuals") for kind, count in enumerate(counts)]
    population = whole("sum of counts", sum(now), "individuals", 2)
    whole("most_steps", most_steps, "births", 1)
    chance, kinds = random.Random(seed), range(len(now))
    path = [tuple(now)]
    while max(now) < population and len(path) <= most_steps:
        weights = [
            count * float(number(f"fitness[{kind}]", worth, "fitness", 0))
            for kind, (count, worth) in enumerate(zip(now, fitness(now), strict=True))
        ]
        if sum(weights) == 0:
            raise ValueError(f"fitness is 0 for all of {now}; at least one must be above 0.")
        born = chance.choices(kinds, weights)[0]
        dead = chance.choices(kinds, now)[0]
        now[born] += 1
        now[dead] -= 1
        path.append(tuple(now))
    return path


def fixation_probability(start: int, population: int, fitness: Fitness) -> Result:
    """Work out how likely the first of two types is to take over the whole population.

    Parameters
    ----------
    start : int
        Individuals of the first type at the start, from 0 to `population`.
    population : int
        Individuals of both types together, 2 or more.
    fitness : function
        As in `moran_process`, for two types, above 0 wherever both are there.

    Returns
    -------
    Fraction or float
        Probability from 0 to 1 that in the end all are of the first type. For a constant fitness of r against 1 it is
        (1 - 1/r**start) / (1 - 1/r**population); without selection it is ``start / population``.

    Raises
    ------
    ValueError
        If a number is outside its range.

    References
    ----------
    Moran, P. A. P. (1958). Random processes in genetics. *Mathematical Proceedings of the Cambridge Philosophical
    Society* 54, 60-71.
    Nowak, M. A., Sasaki, A., Taylor, C., & Fudenberg, D. (2004). Emergence of cooperation and evolutionary stability in
    finite populations. *Nature* 428, 646-650.

    Examples
    --------
    Alone among three, twice as fit: (1 - 1/2) / (1 - 1/8).

    >>> print(fixation_probability(1, 3, constant_fitness([2, 1])))
    4/7
    >>> print(fixation_probability(1, 10, constant_fitness([1, 1])))
    1/10
    """
    whole("population", population, "individuals", 2)
    whole("start", start, "individuals", 0, population)
    steps: list[Result] = [Fraction(1)]
    for count in range(1, population):
        mine, theirs = (
            number(f"fitness[{kind}]", worth, "fitness", above=0)
            for kind, worth in enumerate(fitness((count, population - count)))
        )
        steps.append(steps[-1] * theirs / mine)
    return sum(steps[:start], Fraction(0)) / sum(steps, Fraction(0))


def replicator_path(
    shares: Sequence[float], payoffs: Sequence[Sequence[Number]], steps: int, *, step: float = 0.1
) -> list[tuple[float, ...]]:
    """Let each type grow by what it gets beyond the average, in a population without end.

    Parameters
    ----------
    shares : sequence of float
        Share of each type at the start, 0 or more, adding up to 1. Not modified.
    payoffs : square table of int, float or Fraction
        What each type (row) gets against each type (column). Not modified.
    steps : int
        How many steps to go, 1 or more.
    step : float
        Length of a step in units of time, above 0.

    Returns
    -------
    list of tuple of float
        The shares at the start and after each step; never negative, always adding up to 1, and a type that is not there
        never appears.

    Raises
    ------
    ValueError
        If the table is not square, the shares do not add up to 1, or a number is outside its range.

    References
    ----------
    Taylor, P. D., & Jonker, L. B. (1978). Evolutionary stable strategies and game dynamics. *Mathematical Biosciences*
    40, 145-156.
    Hofbauer, J., & Sigmund, K. (1998). *Evolutionary Games and Population Dynamics*. Cambridge University Press.

    Examples
    --------
    Defection takes over from nine in ten cooperators; of defectors alone nothing else can come.

    >>> path = replicator_path([0.9, 0.1], [[3, 0], [5, 1]], 100)
    >>> [round(share, 3) for share in path[-1]]
    [0.0, 1.0]
    >>> replicator_path([0, 1], [[3, 0], [5, 1]], 100)[-1]
    (0.0, 1.0)
    """
    table = [[float(payoff) for payoff in row] for row in _table(payoffs)]
    start = [float(share(f"shares[{kind}]", value)) for kind, value in enumerate(shares)]
    if len(start) != len(table) or abs(sum(start) - 1) > 1e-9:
        raise ValueError(f"shares is {list(shares)!r}; it must be {len(table)} shares that add up to 1.")
    whole("steps", steps, "steps", 1)
    pace = float(number("step", step, "units of time", above=0))
    # A type's share is its start, times e to the power of all it has earned, divided so that all add up to 1. So the
    # earnings are followed (classical Runge-Kutta), and no share can leave its range, however long a step is.
    earned = [0.0] * len(table)
    path = [_shares(start, earned)]
    for _ in range(steps):
        one = _earnings(table, path[-1])
        two = _earnings(table, _shares(start, _moved(earned, one, pace / 2)))
        three = _earnings(table, _shares(start, _moved(earned, two, pace / 2)))
        four = _earnings(table, _shares(start, _moved(earned, three, pace)))
        mean = [(a + 2 * b + 2 * c + d) / 6 for a, b, c, d in zip(one, two, three, four, strict=True)]
        earned = _moved(earned, mean, pace)
        path.append(_shares(start, earned))
    return path


def kin_selection_threshold(relatedness: Number) -> Result:
    """Say how much larger than its cost a benefit to relatives must be: more than 1/r.

    Parameters
    ----------
    relatedness : int, float or Fraction
        Probability of sharing a gene by descent, above 0, at most 1; a half for full siblings, an eighth for cousins.

    Returns
    -------
    Fraction or float
        Ratio of benefit to cost that must be exceeded.

    Raises
    ------
    ValueError
        If the relatedness is outside its range.

    References
    ----------
    Hamilton, W. D. (1964). The genetical evolution of social behaviour. *Journal of Theoretical Biology* 7, 1-52.
    Nowak, M. A. (2006). Five rules for the evolution of cooperation. *Science* 314, 1560-1563.

    Examples
    --------
    >>> print(kin_selection_threshold(Fraction(1, 8)))
    8
    """
    return 1 / number("relatedness", relatedness, "a share without unit", above=0, high=1)


def direct_reciprocity_threshold(continuation: Number) -> Result:
    """Say how much larger than its cost a benefit must be between two who may meet again: more than 1/w.

    Parameters
    ----------
    continuation : int, float or Fraction
        Probability of another round between the same two, above 0, at most 1.

    Returns
    -------
    Fraction or float
        Ratio of benefit to cost that must be exceeded.

    Raises
    ------
    ValueError
        If the probability is outside its range.

    References
    ----------
    Trivers, R. L. (1971). The evolution of reciprocal altruism. *Quarterly Review of Biology* 46, 35-57.
    Nowak, M. A. (2006). Five rules for the evolution of cooperation. *Science* 314, 1560-1563.

    Examples
    --------
    >>> print(direct_reciprocity_threshold(Fraction(2, 3)))
    3/2
    """
    return 1 / number("continuation", continuation, "a share without unit", above=0, high=1)


def indirect_reciprocity_threshold(knowledge: Number) -> Result:
    """Say how much larger than its cost a benefit must be where a good name is rewarded: more than 1/q.

    Parameters
    ----------
    knowledge : int, float or Fraction
        Probability of knowing the other's reputation, above 0, at most 1.

    Returns
    -------
    Fraction or float
        Ratio of benefit to cost that must be exceeded.

    Raises
    ------
    ValueError
        If the probability is outside its range.

    References
    ----------
    Nowak, M. A. (2006). Five rules for the evolution of cooperation. *Science* 314, 1560-1563.

    Examples
    --------
    >>> print(indirect_reciprocity_threshold(Fraction(1, 4)))
    4
    """
    return 1 / number("knowledge", knowledge, "a share without unit", above=0, high=1)


def network_reciprocity_threshold(neighbours: Number) -> Result:
    """Say how much larger than its cost a benefit must be between neighbours in a network: more than k.

    Parameters
    ----------
    neighbours : int, float or Fraction
        Mean number of neighbours of each, 1 or more.

    Returns
    -------
    Fraction or float
        Ratio of benefit to cost that must be exceeded.

    Raises
    ------
    ValueError
        If the number is outside its range.

    References
    ----------
    Ohtsuki, H., Hauert, C., Lieberman, E., & Nowak, M. A. (2006). A simple rule for the evolution of cooperation on
    graphs and social networks. *Nature* 441, 502-505.
    Nowak, M. A. (2006). Five rules for the evolution of cooperation. *Science* 314, 1560-1563.

    Examples
    --------
    >>> print(network_reciprocity_threshold(4))
    4
    """
    return number("neighbours", neighbours, "neighbours", 1)


def group_selection_threshold(size: int, groups: int) -> Result:
    """Say how much larger than its cost a benefit must be where groups compete: more than 1 + n/m.

    Parameters
    ----------
    size : int
        Largest number of members of a group (n), 1 or more.
    groups : int
        Number of groups (m), 1 or more.

    Returns
    -------
    Fraction
        Ratio of benefit to cost that must be exceeded.

    Raises
    ------
    ValueError
        If a number is outside its range.

    References
    ----------
    Traulsen, A., & Nowak, M. A. (2006). Evolution of cooperation by multilevel selection. *Proceedings of the National
    Academy of Sciences* 103, 10952-10955.
    Nowak, M. A. (2006). Five rules for the evolution of cooperation. *Science* 314, 1560-1563.

    Examples
    --------
    >>> print(group_selection_threshold(size=10, groups=20))
    3/2
    """
    return 1 + Fraction(whole("size", size, "members", 1), whole("groups", groups, "groups", 1))


def is_favoured(benefit: Number, cost: Number, threshold: Number) -> bool:
    """Tell whether helping pays: whether benefit divided by cost is above what the rule demands.

    Parameters
    ----------
    benefit : int, float or Fraction
        What the other receives, in any unit.
    cost : int, float or Fraction
        What the giver pays, in the same unit, above 0.
    threshold : int, float or Fraction
        From one of the five rules.

    Returns
    -------
    bool
        False at the threshold itself.

    Raises
    ------
    ValueError
        If an input is not a finite number or the cost is not above 0.

    References
    ----------
    Nowak, M. A. (2006). Five rules for the evolution of cooperation. *Science* 314, 1560-1563.

    Examples
    --------
    Three for one is enough among siblings (more than 2), not among cousins (more than 8).

    >>> is_favoured(3, 1, kin_selection_threshold(Fraction(1, 2)))
    True
    >>> is_favoured(3, 1, kin_selection_threshold(Fraction(1, 8)))
    False
    """
    demanded = number("threshold", threshold, "benefit for each unit of cost")
    return number("benefit", benefit, "units") > demanded * number("cost", cost, "units", above=0)


def _table(payoffs: Sequence[Sequence[Number]]) -> list[list[Result]]:
    """Take a square table of numbers."""
    if not payoffs or any(len(row) != len(payoffs) for row in payoffs):
        raise ValueError(f"payoffs is {payoffs!r}; it must be a square table of numbers (points).")
    return [[number(f"payoffs[{r}][{c}]", p, "points") for c, p in enumerate(row)] for r, row in enumerate(payoffs)]


def _shares(start: Sequence[float], earned: Sequence[float]) -> tuple[float, ...]:
    """Shares of the types that began so and have earned so much since."""
    most = max(total for part, total in zip(start, earned, strict=True) if part)
    sizes = [part * math.exp(min(total - most, 0.0)) for part, total in zip(start, earned, strict=True)]
    return tuple(size / sum(sizes) for size in sizes)


def _earnings(table: Sequence[Sequence[float]], shares: Sequence[float]) -> list[float]:
    """What each type gets on average per unit of time."""
    return [sum(payoff * part for payoff, part in zip(row, shares, strict=True)) for row in table]


def _moved(values: Sequence[float], slopes: Sequence[float], step: float) -> list[float]:
    """Go one step along slopes."""
    return [value + step * slope for value, slope in zip(values, slopes, strict=True)]
