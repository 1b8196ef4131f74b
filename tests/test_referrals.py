"""Referral hiring: conservation, symmetry, exact limits, and simulations that average to them."""

from fractions import Fraction
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring.referrals import Jobs, expected_gap, referral_hiring

shares = st.fractions(0, 1, max_denominator=10)
RUNS = 200


@st.composite
def starts(draw):
    """Draw two groups with at least one job between them."""
    people = draw(st.tuples(st.integers(1, 20), st.integers(1, 20)))
    employed = draw(st.tuples(st.integers(0, people[0]), st.integers(0, people[1])).filter(any))
    return people, employed


def mean_gaps(people, employed, rounds, **how):
    runs = [referral_hiring(people, employed, rounds, seed=seed, **how) for seed in range(RUNS)]
    return [mean(float(run[at].gap) for run in runs) for at in range(rounds + 1)]


@given(start=starts(), turnover=shares, referral=shares, homophily=shares, seed=st.integers(0, 999))
def test_jobs_are_neither_made_nor_lost(start, turnover, referral, homophily, seed):
    people, employed = start
    how = {"turnover": turnover, "referral": referral, "homophily": homophily, "seed": seed}
    course = referral_hiring(people, employed, 5, **how)
    assert course == referral_hiring(people, employed, 5, **how)
    assert course[0] == Jobs(employed, people)
    for jobs in course:
        assert sum(jobs.employed) == sum(employed)
        assert all(0 <= busy <= everybody for busy, everybody in zip(jobs.employed, people, strict=True))
        assert jobs.gap == Fraction(jobs.employed[0], people[0]) - Fraction(jobs.employed[1], people[1])


@given(starts(), st.integers(0, 99))
@settings(max_examples=30)
def test_where_nobody_leaves_nothing_happens(start, seed):
    course = referral_hiring(*start, 3, turnover=0, referral=1, homophily=1, seed=seed)
    assert {jobs.employed for jobs in course} == {start[1]}


def test_a_group_that_is_shut_out_stays_out():
    course = referral_hiring((50, 50), (25, 0), 10, turnover=0.3, referral=1, homophily=1, seed=4)
    assert {jobs.employed for jobs in course} == {(25, 0)}
    course = referral_hiring((50, 50), (25, 0), 10, turnover=0.3, referral=1, homophily=0, seed=4)
    assert course[-1].employed[1] > 5


def test_a_full_group_passes_its_vacancies_on():
    course = referral_hiring((5, 50), (5, 20), 10, turnover=0.5, referral=1, homophily=1, seed=2)
    assert all(sum(jobs.employed) == 25 for jobs in course)


@pytest.mark.parametrize("referral", [0, 0.5, 1])
def test_equals_stay_equal_on_average(referral):
    gaps = mean_gaps((100, 100), (60, 60), 10, turnover=0.2, referral=referral, homophily=0.8)
    assert gaps == pytest.approx([0] * 11, abs=0.04)


@pytest.mark.parametrize(("referral", "homophily"), [(0, 1), (0.5, 0.8), (1, 0.6), (1, 1)])
def test_simulations_average_to_the_expected_gap(referral, homophily):
    how = {"turnover": 0.1, "referral": referral, "homophily": homophily}
    gaps = mean_gaps((200, 200), (140, 100), 10, **how)
    assert gaps == pytest.approx(expected_gap(0.2, 0.6, 10, **how), abs=0.02)


def test_the_gap_after_ten_rounds():
    """70 of 100 against 50 of 100; a tenth of the jobs falls vacant each round."""
    calls, mixed, friends = (
        expected_gap(0.2, 0.6, 10, turnover=0.1, referral=referral, homophily=0.8)[-1] for referral in (0, 0.6, 1)
    )
    assert (round(calls, 3), round(mixed, 3), round(friends, 3)) == (0.017, 0.056, 0.122)


@given(
    start=st.fractions(-1, 1, max_denominator=10),
    jobs=st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=10),
    turnover=shares,
    referral=shares,
    homophily=shares,
)
def test_the_expected_gap_only_closes_and_more_slowly_among_friends(start, jobs, turnover, referral, homophily):
    gaps = expected_gap(start, jobs, 6, turnover=turnover, referral=referral, homophily=homophily)
    closed = expected_gap(start, jobs, 6, turnover=turnover, referral=1, homophily=1)
    opened = expected_gap(start, jobs, 6, turnover=turnover, referral=0, homophily=homophily)
    assert closed == pytest.approx([float(start)] * 7)
    for before, after, fast in zip(gaps, gaps[1:], opened[1:], strict=False):
        assert abs(before) + 1e-12 >= abs(after) >= abs(fast) - 1e-12
        assert after * float(start) >= 0


def test_only_the_product_of_referral_and_homophily_counts():
    one, other = (
        expected_gap(0.2, 0.6, 5, turnover=0.1, referral=referral, homophily=homophily)
        for referral, homophily in ((0.5, 0.8), (0.8, 0.5))
    )
    assert one == pytest.approx(other)


HOW = {"turnover": 0.1, "referral": 0.5, "homophily": 0.5}


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda: referral_hiring((0, 5), (0, 1), 1, **HOW, seed=1),
            r"people\[0\] is 0; it must be a whole number of people, 1 or more",
        ),
        (
            lambda: referral_hiring((5, 5), (1, 6), 1, **HOW, seed=1),
            r"employed\[1\] is 6; it must be a whole number of people from 0 to 5",
        ),
        (lambda: referral_hiring((5, 5), (0, 0), 1, **HOW, seed=1), r"employed is \(0, 0\); there must be"),
        (lambda: referral_hiring((5, 5), (1, 1), -1, **HOW, seed=1), "rounds is -1"),
        (lambda: referral_hiring((5, 5), (1, 1), 1, **{**HOW, "turnover": 2}, seed=1), "turnover is 2"),
        (lambda: referral_hiring((5, 5), (1, 1), 1, **{**HOW, "referral": -1}, seed=1), "referral is -1"),
        (lambda: referral_hiring((5, 5), (1, 1), 1, **{**HOW, "homophily": "x"}, seed=1), "homophily is 'x'"),
        (lambda: expected_gap(2, 0.5, 1, **HOW), "start is 2; it must be a finite number from -1 to 1"),
        (lambda: expected_gap(0, 1, 1, **HOW), "jobs is 1; it must be a finite number above 0 and below 1"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
