"""Classical test theory against cases that were worked out by hand, at its limits, and by what must always hold."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.items import LOWER, MIDDLE, UPPER, Item, alpha, analyse, band, correlation, groups, interval, power

# Five students, four questions of 1 point. Worked by hand:
#             a  b  c  d   total   without: a  b  c  d
#   ayu       1  1  1  1     4              3  3  3  3
#   bima      1  1  1  0     3              2  2  2  3
#   citra     1  1  0  0     2              1  1  2  2
#   dewi      1  0  0  0     1              0  1  1  1
#   eka       0  0  0  1     1              1  1  1  0
CLASS = {
    "ayu": {"a": 1, "b": 1, "c": 1, "d": 1},
    "bima": {"a": 1, "b": 1, "c": 1, "d": 0},
    "citra": {"a": 1, "b": 1, "c": 0, "d": 0},
    "dewi": {"a": 1, "b": 0, "c": 0, "d": 0},
    "eka": {"a": 0, "b": 0, "c": 0, "d": 1},
}
ONE_POINT = dict.fromkeys("abcd", 1)

# Correlations of 0/1 questions: (mean rest of the right - mean rest of the wrong) sqrt(p q) / sd, sd with n below it.
#   a: rest 3 2 1 0 1: mean 1.4, sum of squares 5.2; right mean 1.5, wrong 1: 0.5 x 0.4 / sqrt(1.04) = 0.196
#   b: rest 3 2 1 1 1: mean 1.6, sum of squares 3.2; right mean 2, wrong 1: 1 x sqrt(0.24) / sqrt(0.64) = 0.612
#   c: rest 3 2 2 1 1: mean 1.8, sum of squares 2.8; right 2.5, wrong 4/3: 7/6 x sqrt(0.24) / sqrt(0.56) = 0.764
#   d: rest 3 3 2 1 0: mean 1.8, sum of squares 6.8; right 1.5, wrong 2: -0.5 x sqrt(0.24) / sqrt(1.36) = -0.210
DISCRIMINATION = {"a": 0.19612, "b": 0.61237, "c": 0.76376, "d": -0.21004}
# Variances with n - 1: a 0.2, b 0.3, c 0.3, d 0.3, together 1.1; totals 4 3 2 1 1: mean 2.2, squares 6.8, / 4 = 1.7.
ALPHA = 4 / 3 * (1 - 1.1 / 1.7)  # 0.47059
# Without one: 3/2 (1 - rest of 1.1 / variance of that column of rests, which is its sum of squares / 4)
WITHOUT = {
    "a": 1.5 * (1 - 0.9 / 1.3),
    "b": 1.5 * (1 - 0.8 / 0.8),
    "c": 1.5 * (1 - 0.8 / 0.7),
    "d": 1.5 * (1 - 0.8 / 1.7),
}


def test_a_class_worked_out_by_hand() -> None:
    found = analyse(CLASS, ONE_POINT)
    assert found.totals == {"ayu": 4, "bima": 3, "citra": 2, "dewi": 1, "eka": 1}
    assert found.points == 4
    assert {item.name: item.difficulty for item in found.items} == {"a": 0.8, "b": 0.6, "c": 0.4, "d": 0.4}
    assert {item.name: round(item.discrimination or 9, 5) for item in found.items} == DISCRIMINATION
    assert found.alpha == pytest.approx(ALPHA)
    assert {item.name: item.alpha_without for item in found.items} == pytest.approx(WITHOUT, abs=1e-12)
    assert found.error == pytest.approx(math.sqrt(1.7 * (1 - ALPHA)))  # sd sqrt(1 - alpha): 0.949 of 4 points


def test_upper_and_lower_by_hand() -> None:
    # 27 % of five: place (i + 1/2) / 5. Above 0.73 lies ayu (0.9); dewi and eka share place 0.2, which is below 0.27.
    found = analyse(CLASS, ONE_POINT)
    assert {item.name: item.upper_lower for item in found.items} == {"a": 0.5, "b": 1, "c": 1, "d": 0.5}


def test_points_count_and_not_only_right_and_wrong() -> None:
    # 10, 5, 0 of 10 with rests 2, 2, 0: deviations 5 0 -5 and 2/3 2/3 -4/3; 10 / sqrt(50 x 8/3) = 0.866
    scores = {"x": {"q": 10, "r": 2}, "y": {"q": 5, "r": 2}, "z": {"q": 0, "r": 0}}
    q, r = analyse(scores, {"q": 10, "r": 4}).items
    assert (q.difficulty, r.difficulty) == (0.5, pytest.approx(1 / 3))
    assert q.discrimination == r.discrimination == pytest.approx(math.sqrt(3) / 2)


def test_a_wrong_key_shows_as_negative() -> None:
    # Whoever knows the rest answers b, and the key says a: everything of b turned round turns its correlation round.
    turned = {student: {**own, "b": 1 - own["b"]} for student, own in CLASS.items()}
    right, wrong = analyse(CLASS, ONE_POINT).items[1], analyse(turned, ONE_POINT).items[1]
    assert wrong.discrimination == pytest.approx(-DISCRIMINATION["b"], abs=1e-5)
    assert power(right.discrimination or 0) == "very_good"
    assert power(wrong.discrimination or 0) == "negative"


def test_what_waits_is_left_out_and_never_0() -> None:
    # Three essays are read, and dewi left hers blank, which is a 0: of those alone the mean would be 0.375.
    read = {"ayu": 10, "bima": 5, "citra": 0, "dewi": 0}
    scores = {student: own | ({"essay": read[student]} if student in read else {}) for student, own in CLASS.items()}
    found, plain = analyse(scores, ONE_POINT | {"essay": 10}), analyse(CLASS, ONE_POINT)
    *questions, essay = found.items
    assert (found.totals, found.alpha, found.points) == (plain.totals, plain.alpha, 4)
    assert questions == list(plain.items)
    assert essay == Item("essay", 10, waiting=1)
    assert not essay.counted


def test_an_essay_that_everybody_has_back_is_a_question_like_others() -> None:
    # 8 6 4 2 2 is twice the total of the rest: in one line with it.
    scores = {student: own | {"essay": 2 * sum(own.values())} for student, own in CLASS.items()}
    found = analyse(scores, ONE_POINT | {"essay": 10})
    assert found.items[-1].discrimination == pytest.approx(1)
    assert found.items[-1].difficulty == pytest.approx(0.44)
    assert found.totals["ayu"] == 12


@pytest.mark.parametrize(
    ("scores", "points"),
    [
        ({}, {"a": 1}),
        ({"ayu": {"a": 1}}, {"a": 1}),
        ({"ayu": {"a": 1, "b": 0}, "bima": {"a": 0, "b": 1}}, {"a": 1, "b": 1}),  # two students
        ({student: {"a": 1, "b": 1} for student in CLASS}, {"a": 1, "b": 1}),  # all the same
        ({student: {"a": own["b"], "b": 1 - own["b"]} for student, own in CLASS.items()}, {"a": 1, "b": 1}),
        ({student: {"a": own["b"]} for student, own in CLASS.items()}, {"a": 1}),  # one question
    ],
    ids=["nobody", "one", "two", "equal", "equal totals", "one question"],
)
def test_what_cant_be_said_is_none(scores: dict[str, dict[str, float]], points: dict[str, float]) -> None:
    found = analyse(scores, points)
    assert found.alpha is None
    assert found.error is None
    if len(points) == 1 or len(scores) < 3:
        assert [item.discrimination for item in found.items] == [None] * len(points)


def test_sums_of_fractions_that_are_equal_on_paper_are_equal() -> None:
    # 0.1 + 0.2 is not 0.3 in binary; without care this "differs", and a correlation of noise comes out.
    scores = {"x": {"q": 1, "r": 0.1, "s": 0.2}, "y": {"q": 0, "r": 0.3, "s": 0.0}, "z": {"q": 1, "r": 0.2, "s": 0.1}}
    assert analyse(scores, {"q": 1, "r": 1, "s": 1}).items[0].discrimination is None


def test_thirds_keep_equals_together() -> None:
    nine = {f"s{n}": n for n in range(9)}
    assert [groups(nine)[student] for student in nine] == [LOWER] * 3 + [MIDDLE] * 3 + [UPPER] * 3
    assert set(groups(dict.fromkeys(nine, 5)).values()) == {MIDDLE}
    assert groups({}) == {}
    # 2, 2, 2, 2, 2, 7: the five share place 2.5 of 6, which is 0.417
    assert groups({**dict.fromkeys("abcde", 2), "f": 7}) == {**dict.fromkeys("abcde", MIDDLE), "f": UPPER}


def test_bands() -> None:
    assert [band(value) for value in (0, 0.3, 0.31, 0.7, 0.71, 1)] == [
        "hard",
        "hard",
        "medium",
        "medium",
        "easy",
        "easy",
    ]
    assert [power(value) for value in (1, 0.4, 0.3, 0.2, 0.0, -1)] == [
        "very_good", "very_good", "good", "marginal", "poor", "negative",
    ]  # fmt: skip


def test_limits_of_a_correlation() -> None:
    assert interval(None, 30) is None
    assert interval(1.0, 30) is None
    low, high = interval(0.0, 103) or (0, 0)
    assert (low, high) == (pytest.approx(-math.tanh(0.196)), pytest.approx(math.tanh(0.196)))


SHARES = st.integers(0, 20).map(lambda n: n / 4)
CLASSES = st.integers(2, 5).flatmap(
    lambda questions: st.lists(st.lists(SHARES, min_size=questions, max_size=questions), min_size=3, max_size=12)
)


def table(rows: list[list[float]], factor: float = 1) -> dict[str, dict[str, float]]:
    return {f"s{n}": {f"q{k}": factor * score for k, score in enumerate(row)} for n, row in enumerate(rows)}


@settings(max_examples=60, deadline=None)
@given(CLASSES, st.floats(0.01, 100))
def test_other_points_for_the_same_work_change_nothing(rows: list[list[float]], factor: float) -> None:
    points = {f"q{k}": 5.0 for k in range(len(rows[0]))}
    plain = analyse(table(rows), points)
    scaled = analyse(table(rows, factor), {name: factor * most for name, most in points.items()})
    assert (plain.alpha is None) == (scaled.alpha is None)
    assert scaled.alpha == pytest.approx(plain.alpha, abs=1e-5)
    for one, other in zip(plain.items, scaled.items, strict=True):
        assert other.difficulty == pytest.approx(one.difficulty, abs=1e-6)
        assert other.discrimination == pytest.approx(one.discrimination, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(CLASSES)
def test_everything_stays_within_its_range(rows: list[list[float]]) -> None:
    found = analyse(table(rows), {f"q{k}": 5.0 for k in range(len(rows[0]))})
    assert found.alpha is None or found.alpha <= 1 + 1e-12
    for item in found.items:
        assert item.difficulty is not None
        assert 0 <= item.difficulty <= 1
        for value in (item.discrimination, item.upper_lower):
            assert value is None or -1 <= value <= 1
        assert item.alpha_without is None or item.alpha_without <= 1 + 1e-12


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SHARES, SHARES), min_size=3, max_size=12))
def test_a_correlation_looks_the_same_from_both_sides_and_turns_round(pairs: list[tuple[float, float]]) -> None:
    one, other = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    value = correlation(one, other)
    assert correlation(other, one) == pytest.approx(value)
    turned = correlation(one, [-score for score in other])
    assert (turned is None) == (value is None)
    assert value is None or turned == pytest.approx(-value)


@settings(max_examples=60, deadline=None)
@given(CLASSES)
def test_the_order_of_students_changes_nothing(rows: list[list[float]]) -> None:
    columns, turned = list(zip(*rows, strict=True)), list(zip(*reversed(rows), strict=True))
    assert alpha(columns) == pytest.approx(alpha(turned))
