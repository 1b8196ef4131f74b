"""The volunteer's dilemma: one is enough, and so each may wait for another.

The equilibrium has irrational roots; its numbers are floats.
"""

from random import Random

from jejaring._checks import Number, number, share, whole

__all__ = ["nobody_probability", "play_rounds", "volunteer_probability"]


def volunteer_probability(cost: Number, benefit: Number, size: int) -> float:
    """Find how often each volunteers when nobody has a reason to change.

    In the symmetric equilibrium of mixed strategies doing it (benefit less cost) is worth as much as waiting (the
    benefit, if one of the others does it).

    Parameters
    ----------
    cost : int, float or Fraction
        What volunteering costs, in any unit, above 0 and below `benefit`.
    benefit : int, float or Fraction
        What each gets when somebody volunteers, in the same unit.
    size : int
        People who could volunteer, 2 or more.

    Returns
    -------
    float
        Probability, above 0 and below 1: ``1 - (cost / benefit) ** (1 / (size - 1))``.

    Raises
    ------
    ValueError
        If a parameter is outside its range.

    References
    ----------
    Diekmann, A. (1985). Volunteer's dilemma. *Journal of Conflict Resolution* 29, 605-610.

    Examples
    --------
    >>> volunteer_probability(cost=1, benefit=4, size=2)
    0.75
    >>> volunteer_probability(cost=1, benefit=4, size=3)
    0.5
    """
    return 1 - _waiting(cost, benefit, size)


def nobody_probability(cost: Number, benefit: Number, size: int) -> float:
    """Find how often nobody volunteers, in the same equilibrium: more people, more often.

    Parameters
    ----------
    cost : int, float or Fraction
        What volunteering costs, in any unit, above 0 and below `benefit`.
    benefit : int, float or Fraction
        What each gets when somebody volunteers, in the same unit.
    size : int
        People who could volunteer, 2 or more.

    Returns
    -------
    float
        Probability ``(cost / benefit) ** (size / (size - 1))``; rises with `size` and stays below ``cost / benefit``.

    Raises
    ------
    ValueError
        If a parameter is outside its range.

    References
    ----------
    Diekmann, A. (1985). Volunteer's dilemma. *Journal of Conflict Resolution* 29, 605-610.
    Darley, J. M., & Latané, B. (1968). Bystander intervention in emergencies: diffusion of responsibility. *Journal of
    Personality and Social Psychology* 8, 377-383.

    Examples
    --------
    Of two, each waits a quarter of the time; of three, half of the time.

    >>> nobody_probability(cost=1, benefit=4, size=2), nobody_probability(cost=1, benefit=4, size=3)
    (0.0625, 0.125)
    """
    return float(_waiting(cost, benefit, size) ** size)


def play_rounds(probability: Number, *, size: int, rounds: int, seed: int) -> list[int]:
    """Let each person volunteer with the same probability, and count those who do.

    Parameters
    ----------
    probability : int, float or Fraction
        How often each volunteers, from 0 to 1.
    size : int
        People who could volunteer, 1 or more.
    rounds : int
        Rounds to play, 1 or more.
    seed : int
        Start of the random draws; the same seed gives the same counts.

    Returns
    -------
    list of int
        Volunteers in each round, from 0 to `size`.

    Raises
    ------
    ValueError
        If a parameter is outside its range.

    References
    ----------
    Diekmann, A. (1985). Volunteer's dilemma. *Journal of Conflict Resolution* 29, 605-610.

    Examples
    --------
    >>> play_rounds(1, size=3, rounds=2, seed=1), play_rounds(0, size=3, rounds=2, seed=1)
    ([3, 3], [0, 0])
    """
    often = share("probability", probability)
    whole("size", size, "people", 1)
    whole("rounds", rounds, "rounds", 1)
    chance = Random(seed)
    return [sum(chance.random() < often for _ in range(size)) for _ in range(rounds)]


def _waiting(cost: Number, benefit: Number, size: int) -> float:
    """Find how often each waits for another."""
    whole("size", size, "people", 2)
    gain = number("benefit", benefit, "units", above=0)
    price = number("cost", cost, "units, less than the benefit", above=0, below=gain)
    return float(float(price / gain) ** (1 / (size - 1)))
