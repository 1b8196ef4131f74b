"""What a class's scores say about the questions: classical test theory, in plain Python.

Shares and points only, no names of keys, no files. What still waits for a person is missing here, and never 0.
"""

import math
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = [
    "LOWER",
    "MIDDLE",
    "UPPER",
    "Analysis",
    "Item",
    "alpha",
    "analyse",
    "band",
    "correlation",
    "groups",
    "interval",
    "power",
]

UPPER, MIDDLE, LOWER = "upper", "middle", "lower"
FEWEST = 3  # students; with two every correlation is 1 or -1
TAIL = 0.27  # of the class, on either side: Kelley's choice
DIGITS = 9  # what sums of binary fractions may be off by is cut away here


@dataclass(frozen=True)
class Item:
    """What the scores say about one question.

    Parameters
    ----------
    name : str
        The question's id.
    points : float
        The most it gives.
    waiting : int
        How many have no score in it yet. While there are any, nothing else is known: whoever left it blank has a 0
        already, and those alone would make it look hard.
    difficulty : float or None
        Mean share of its points, the higher the easier.
    discrimination : float or None
        Correlation with the total of the other questions, from -1 to 1.
    upper_lower : float or None
        Difference of the mean share between the best and the last 27 % of the class, from -1 to 1.
    alpha_without : float or None
        Cronbach's alpha of the other questions together.
    """

    name: str
    points: float
    waiting: int
    difficulty: float | None = None
    discrimination: float | None = None
    upper_lower: float | None = None
    alpha_without: float | None = None

    @property
    def counted(self) -> bool:
        """Whether everybody has a score in it, so that it is part of the totals."""
        return self.difficulty is not None


@dataclass(frozen=True)
class Analysis:
    """What the scores say about the whole.

    Parameters
    ----------
    items : tuple of Item
        In the order given.
    totals : Mapping
        Student to the points in the questions that everybody has a score in.
    points : float
        The most that those questions give together.
    alpha : float or None
        Cronbach's alpha of those questions.
    error : float or None
        Standard error of measurement, in points: how far a total may be off by chance.
    """

    items: tuple[Item, ...]
    totals: Mapping[str, float]
    points: float
    alpha: float | None
    error: float | None


def analyse(scores: Mapping[str, Mapping[str, float]], points: Mapping[str, float]) -> Analysis:
    """Work out everything about a class.

    Parameters
    ----------
    scores : Mapping
        Student to question to points; a question that is missing there waits for a person. Not modified.
    points : Mapping
        Question to the most it gives, above 0. Not modified.

    Returns
    -------
    Analysis
        Of the questions in which everybody has a score.

    References
    ----------
    Lord, F. M. and Novick, M. R. (1968). Statistical Theories of Mental Test Scores. Addison-Wesley, ch. 4 and 15.

    Examples
    --------
    >>> right = {"ayu": {"a": 1, "b": 1, "c": 1}, "bima": {"a": 1, "b": 1, "c": 0}, "citra": {"a": 1, "b": 0, "c": 0}}
    >>> found = analyse(right, {"a": 1, "b": 1, "c": 1})
    >>> found.totals, [item.difficulty for item in found.items]
    ({'ayu': 3.0, 'bima': 2.0, 'citra': 1.0}, [1.0, 0.6666666666666666, 0.3333333333333333])
    >>> [item.discrimination and round(item.discrimination, 9) for item in found.items]  # b: 1 1 0 with the rest 2 1 1
    [None, 0.5, 0.5]
    """
    counted = [name for name in points if scores and all(name in own for own in scores.values())]
    columns = {name: [own[name] for own in scores.values()] for name in counted}
    totals = {student: _sum([own[name] for name in counted]) for student, own in scores.items()}
    whole = alpha(list(columns.values()))
    tails = groups(totals, TAIL)
    items = []
    for name, most in points.items():
        if name not in columns:
            items.append(Item(name, most, sum(name not in own for own in scores.values())))
            continue
        others = [columns[other] for other in counted if other != name]
        rest = [_sum([column[place] for column in others]) for place in range(len(scores))]
        shares = {student: own[name] / most for student, own in scores.items()}
        items.append(
            Item(
                name=name,
                points=most,
                waiting=0,
                difficulty=statistics.fmean(shares.values()),
                discrimination=correlation(columns[name], rest),
                upper_lower=_upper_lower(shares, tails),
                alpha_without=alpha(others),
            )
        )
    spread = statistics.stdev(totals.values()) if len(totals) >= FEWEST else 0.0
    error = None if whole is None else spread * math.sqrt(max(0.0, 1 - whole))
    return Analysis(tuple(items), totals, sum(points[name] for name in counted), whole, error)


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Say whether who has more of the one also has more of the other.

    Parameters
    ----------
    one, other : sequence of float
        The same students in the same order.

    Returns
    -------
    float or None
        Pearson's coefficient, from -1 to 1; None with fewer than three students or where either doesn't differ.

    References
    ----------
    Henrysson, S. (1963). Correction of item-total correlations in item analysis. Psychometrika 28, 211-218: the
    question itself must not be part of the total.

    Examples
    --------
    >>> correlation([0, 0, 1, 1], [1, 2, 2, 3])
    0.7071067811865475
    >>> correlation([1, 1, 1], [1, 2, 3]) is None, correlation([0, 1], [0, 1]) is None
    (True, True)
    """
    if len(one) < FEWEST or _is_constant(one) or _is_constant(other):
        return None
    return max(-1.0, min(1.0, statistics.correlation(one, other)))


def interval(value: float | None, students: int) -> tuple[float, float] | None:
    """Say between which limits a correlation lies in 95 of 100 such classes, roughly.

    Returns
    -------
    tuple of float, or None
        None where there is no correlation, with fewer than four students, and at -1 and 1.

    References
    ----------
    Fisher, R. A. (1921). On the "probable error" of a coefficient of correlation deduced from a small sample.
    Metron 1, 3-32.

    Examples
    --------
    >>> [round(limit, 2) for limit in interval(0.5, 28)]  # atanh 0.5 = 0.549; 1.96 / 5 = 0.392
    [0.16, 0.74]
    >>> interval(0.5, 3) is None
    True
    """
    if value is None or students <= FEWEST or abs(value) >= 1:
        return None
    middle, half = math.atanh(value), 1.96 / math.sqrt(students - 3)
    return math.tanh(middle - half), math.tanh(middle + half)


def alpha(columns: Sequence[Sequence[float]]) -> float | None:
    """Say how far the questions measure one thing: Cronbach's alpha.

    Parameters
    ----------
    columns : sequence of sequence of float
        The scores of each question, the same students in the same order; not modified.

    Returns
    -------
    float or None
        At most 1; below 0 where the questions work against each other. None with fewer than two questions or three
        students, and where all totals are equal.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16, 297-334.

    Examples
    --------
    Two questions, each with variance 1, whose sum (2, 4, 6) has variance 4: 2 / 1 × (1 - 2 / 4) = 1.

    >>> alpha([[1, 2, 3], [1, 2, 3]]), alpha([[1, 2, 3], [3, 2, 1]]) is None
    (1.0, True)
    """
    if len(columns) < 2 or len(columns[0]) < FEWEST:
        return None
    totals = [_sum(scores) for scores in zip(*columns, strict=True)]
    if _is_constant(totals):
        return None
    parts = math.fsum(statistics.variance(column) for column in columns)
    return len(columns) / (len(columns) - 1) * (1 - parts / statistics.variance(totals))


def groups(totals: Mapping[str, float], share: float = 1 / 3) -> dict[str, str]:
    """Divide a class by its totals into upper, middle and lower; equal totals stay together.

    Parameters
    ----------
    totals : Mapping
        Student to total; not modified.
    share : float
        How much of the class belongs to the upper, and as much to the lower group; up to 0.5.

    References
    ----------
    Kelley, T. L. (1939). The selection of upper and lower groups for the validation of test items. Journal of
    Educational Psychology 30, 17-24: 27 % on either side tell most.

    Examples
    --------
    >>> groups({"ayu": 9, "bima": 7, "citra": 4})
    {'ayu': 'upper', 'bima': 'middle', 'citra': 'lower'}
    >>> groups({"ayu": 8, "bima": 8, "citra": 5, "dewi": 3})  # one third of four is one, but two are equal at the top
    {'ayu': 'upper', 'bima': 'upper', 'citra': 'middle', 'dewi': 'lower'}
    """
    ordered = sorted(totals.values())
    found = {}
    for student, total in totals.items():
        place = (bisect_left(ordered, total) + bisect_right(ordered, total)) / 2 / len(ordered)
        found[student] = LOWER if place < share else UPPER if place > 1 - share else MIDDLE
    return found


def band(difficulty: float) -> str:
    """Name a difficulty as Indonesian handbooks do: ``hard`` up to 0.30, ``easy`` above 0.70, else ``medium``.

    References
    ----------
    Arikunto, S. (2012). Dasar-dasar Evaluasi Pendidikan, 2nd ed. Bumi Aksara.
    """
    return "hard" if difficulty <= 0.3 else "easy" if difficulty > 0.7 else "medium"


def power(value: float) -> str:
    """Name a discrimination by Ebel's rules of thumb: ``very_good``, ``good``, ``marginal``, ``poor`` or ``negative``.

    Ebel gave them for the difference between upper and lower group; they are customary for correlations too.

    References
    ----------
    Ebel, R. L. and Frisbie, D. A. (1991). Essentials of Educational Measurement, 5th ed. Prentice Hall, p. 232.

    Examples
    --------
    >>> [power(value) for value in (0.4, 0.39, 0.2, 0.19, -0.01)]
    ['very_good', 'good', 'marginal', 'poor', 'negative']
    """
    steps = ((0.4, "very_good"), (0.3, "good"), (0.2, "marginal"), (0.0, "poor"))
    return next((name for least, name in steps if value >= least), "negative")


def _upper_lower(shares: Mapping[str, float], tails: Mapping[str, str]) -> float | None:
    """Difference of the mean share between the two ends of the class."""
    ends = [[share for student, share in shares.items() if tails[student] == end] for end in (UPPER, LOWER)]
    if len(shares) < FEWEST or not all(ends):
        return None
    return statistics.fmean(ends[0]) - statistics.fmean(ends[1])


def _sum(values: Sequence[float]) -> float:
    """A sum in which equal points give equal totals, whatever their order."""
    return round(math.fsum(values), DIGITS)


def _is_constant(values: Sequence[float]) -> bool:
    """Whether values differ by no more than rounding."""
    return max(values) - min(values) <= 1e-9 * max(map(abs, values))
