"""Jobs by word of mouth: what happens to two groups when those inside recommend people like themselves.

Nobody in this model is more able than anybody else, and no employer has a preference.
"""

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from jejaring._checks import Number, number, share, whole

__all__ = ["Jobs", "expected_gap", "referral_hiring"]


@dataclass(frozen=True)
class Jobs:
    """Who has work after a round, in two groups.

    Parameters
    ----------
    employed : pair of int
        People of the first and of the second group who have a job.
    people : pair of int
        Everybody in each group.

    Examples
    --------
    70 of 100 against 50 of 100:

    >>> print(Jobs(employed=(70, 50), people=(100, 100)).gap)
    1/5
    """

    employed: tuple[int, int]
    people: tuple[int, int]

    @property
    def rates(self) -> tuple[Fraction, Fraction]:
        """Share of each group that has a job."""
        (first, second), (all_first, all_second) = self.employed, self.people
        return Fraction(first, all_first), Fraction(second, all_second)

    @property
    def gap(self) -> Fraction:
        """The first group's rate less the second's, from -1 to 1."""
        return self.rates[0] - self.rates[1]


def referral_hiring(
    people: tuple[int, int],
    employed: tuple[int, int],
    rounds: int,
    *,
    turnover: Number,
    referral: Number,
    homophily: Number,
    seed: int,
) -> list[Jobs]:
    """Fill jobs that fall vacant, some by an open call and some by asking those who work already.

    Each round every worker leaves with the probability `turnover`. Each vacancy is then filled from those without a
    job. By an open call all of them have the same chance. By a referral a worker drawn at random recommends somebody:
    with the probability `homophily` one of the own group, else anybody. Where the own group has nobody left without a
    job, it is anybody too.

    Parameters
    ----------
    people : pair of int
        Members of the first and of the second group, 1 or more each.
    employed : pair of int
        How many of them have a job at the start; at least one job in all.
    rounds : int
        Rounds, 0 or more.
    turnover : int, float or Fraction
        Probability that a worker leaves in a round, from 0 to 1.
    referral : int, float or Fraction
        Probability that a vacancy is filled by referral, from 0 to 1.
    homophily : int, float or Fraction
        Probability that a recommendation stays in the group for that reason alone, from 0 (blind to groups) to 1.
    seed : int
        The same seed gives the same course.

    Returns
    -------
    list of Jobs
        At the start and after each round; the number of jobs stays the same.

    Raises
    ------
    ValueError
        If a number is outside its range.

    References
    ----------
    Montgomery, J. D. (1991). Social networks and labor-market outcomes: toward an economic analysis. *American
    Economic Review* 81, 1408-1418.
    Calvó-Armengol, A., & Jackson, M. O. (2004). The effects of social networks on employment and inequality. *American
    Economic Review* 94, 426-454.
    Coleman, J. S. (1958). Relational analysis: the study of social organizations with survey methods. *Human
    Organization* 17, 28-36.

    Examples
    --------
    When all hiring stays in the group, one group works and the other waits, for ever.

    >>> apart = referral_hiring((10, 10), (8, 0), 3, turnover=0.2, referral=1, homophily=1, seed=1)
    >>> [jobs.employed for jobs in apart]
    [(8, 0), (8, 0), (8, 0), (8, 0)]
    """
    _check_start(people, employed)
    whole("rounds", rounds, "rounds")
    leaving, by_referral, alike = (
        share(name, value) for name, value in (("turnover", turnover), ("referral", referral), ("homophily", homophily))
    )
    chance = Random(seed)
    jobs, working = sum(employed), list(employed)
    course = [Jobs(employed, people)]
    for _ in range(rounds):
        stay = [sum(chance.random() >= leaving for _ in range(count)) for count in working]
        free = [everybody - busy for everybody, busy in zip(people, stay, strict=True)]
        while sum(stay) < jobs:
            group = _draw(free, chance)
            if sum(stay) and chance.random() < by_referral:
                friend = _draw(stay, chance)
                if free[friend] and chance.random() < alike:
                    group = friend
            stay[group] += 1
            free[group] -= 1
        working = stay
        course.append(Jobs((working[0], working[1]), people))
    return course


def expected_gap(
    start: Number, jobs: Number, rounds: int, *, turnover: Number, referral: Number, homophily: Number
) -> list[float]:
    """Compute the gap between two equally large groups that are so large that chance evens out.

    Parameters
    ----------
    start : int, float or Fraction
        The gap between the two rates of employment at the start, from -1 to 1.
    jobs : int, float or Fraction
        Jobs for each person, above 0 and below 1.
    rounds : int
        Rounds, 0 or more.
    turnover, referral, homophily : int, float or Fraction
        As for `referral_hiring`, from 0 to 1.

    Returns
    -------
    list of float
        The gap at the start and after each round; it never changes its sign, and stays as it is when all hiring is by
        referral inside the groups.

    Raises
    ------
    ValueError
        If a number is outside its range.

    Notes
    -----
    The share q = referral * homophily of the vacancies is divided as those who work are, the rest as those who don't.
    With T people at work, gap x and N people in all, one more hired changes x by q x / T - (1 - q) x / (N - T), so that
    x grows as T**q (N - T)**(1 - q) while T goes from (1 - turnover) times the jobs back to all of them.

    References
    ----------
    Montgomery, J. D. (1991). Social networks and labor-market outcomes: toward an economic analysis. *American
    Economic Review* 81, 1408-1418.

    Examples
    --------
    Jobs for half of the people, half of the jobs vacant: an open call leaves a third of the gap, one by referral inside
    the groups all of it.

    >>> calls = expected_gap(0.3, 0.5, 1, turnover=0.5, referral=0, homophily=1)
    >>> friends = expected_gap(0.3, 0.5, 1, turnover=0.5, referral=1, homophily=1)
    >>> round(calls[1], 3), round(friends[1], 3)
    (0.1, 0.3)
    """
    gap = float(number("start", start, "the first group's rate less the second's", -1, 1))
    filled = float(number("jobs", jobs, "jobs for each person", above=0, below=1))
    whole("rounds", rounds, "rounds")
    leaving, by_referral, alike = (
        float(share(name, value))
        for name, value in (("turnover", turnover), ("referral", referral), ("homophily", homophily))
    )
    kept = (1 - leaving) * (1 - filled) / (1 - filled * (1 - leaving))  # of the gap in a round of open calls
    return [gap * kept ** (step * (1 - by_referral * alike)) for step in range(rounds + 1)]


def _draw(counts: list[int], chance: Random) -> int:
    """Draw one person from two groups, and name the group."""
    return int(chance.random() * sum(counts) >= counts[0])


def _check_start(people: tuple[int, int], employed: tuple[int, int]) -> None:
    """Refuse groups that are empty, and more jobs than people or none at all."""
    for group, (everybody, busy) in enumerate(zip(people, employed, strict=True)):
        whole(f"people[{group}]", everybody, "people", 1)
        whole(f"employed[{group}]", busy, "people", 0, everybody)
    if not any(employed):
        raise ValueError(f"employed is {employed!r}; there must be at least one job.")
