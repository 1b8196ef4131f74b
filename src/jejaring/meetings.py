"""Everybody meets everybody: how many meetings there are, and how few rounds they need."""

from jejaring._checks import whole

__all__ = ["meeting_rounds"]


def meeting_rounds(people: int) -> list[list[tuple[int, int]]]:
    """Let everybody meet everybody once, as many pairs at the same time as possible.

    One person stays in place, the others sit round a circle and move on by one seat after each round. With an odd
    number of people an empty chair joins in, and whoever meets it rests.

    Parameters
    ----------
    people : int
        How many people there are, from 1 to 1000; they are counted from 0.

    Returns
    -------
    list of list of pair of int
        The pairs of each round, the lower number first. There are ``people - 1`` rounds for an even number and
        `people` for an odd one, the fewest possible; empty for one person.

    Raises
    ------
    ValueError
        If `people` is not a whole number in its range.

    References
    ----------
    de Werra, D. (1981). Scheduling in sports. In P. Hansen (ed.), *Studies on Graphs and Discrete Programming*,
    381-395. North-Holland.

    Examples
    --------
    Four people have six pairs, two of them at a time: three rounds.

    >>> meeting_rounds(4)
    [[(0, 3), (1, 2)], [(2, 3), (0, 1)], [(1, 3), (0, 2)]]

    Of three people one has to rest in each round.

    >>> meeting_rounds(3)
    [[(1, 2)], [(0, 1)], [(0, 2)]]
    """
    chairs = whole("people", people, "people", 1, 1000)
    chairs += chairs % 2
    circle, rounds = list(range(chairs - 1)), []
    for _ in circle if people > 1 else ():
        facing = [(circle[0], chairs - 1), *zip(circle[1 : chairs // 2], circle[: chairs // 2 - 1 : -1], strict=True)]
        pairs = [(min(pair), max(pair)) for pair in facing]
        rounds.append([pair for pair in pairs if max(pair) < people])
        circle = [circle[-1], *circle[:-1]]
    return rounds
