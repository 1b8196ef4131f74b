"""Ropes, riddles and juries to look at."""

from fractions import Fraction

from jejaring.figures import teams as figures
from jejaring.figures.picture import Picture
from jejaring.teams import (
    RINGELMANN,
    compensatory,
    conjunctive,
    disjunctive,
    expected_output,
    jury_accuracy,
    net_output,
    total_force,
)

__all__ = ["jury_curves", "potential_and_actual", "rope_pull", "tasks_by_size", "team_sizes"]

SIZES = range(1, len(RINGELMANN) + 1)


def rope_pull() -> Picture:
    """Ringelmann's table."""
    return figures.rope_pull([float(share) for share in RINGELMANN], [float(total_force(size)) for size in SIZES])


def team_sizes() -> Picture:
    """Links for free, at 0.02 and at 0.05."""
    costs = (Fraction(0), Fraction(2, 100), Fraction(5, 100))
    left = {float(cost): [float(net_output(total_force, size, cost)) for size in SIZES] for cost in costs}
    return figures.team_sizes(left, bet=8)


def tasks_by_size() -> Picture:
    """Teams drawn from ten people with abilities from 1 to 10."""
    tasks = {"disjunctive": disjunctive, "compensatory": compensatory, "conjunctive": conjunctive}
    return figures.tasks_by_size(
        {
            name: [float(expected_output(task, range(1, 11), size)) for size in range(1, 11)]
            for name, task in tasks.items()
        }
    )


def potential_and_actual() -> Picture:
    """A rope against the sum of forces, a majority against its best member."""
    ropes = {("additive", size): (float(size), float(total_force(size))) for size in (2, 4, 8)}
    juries = {("disjunctive", size): (0.6, float(jury_accuracy([0.6] * size))) for size in (3, 11)}
    return figures.potential_and_actual({**ropes, **juries})


def jury_curves() -> Picture:
    """Above one half a crowd knows more, below it errs more."""
    return figures.jury_curves(
        {
            float(competence): [(size, float(jury_accuracy([competence] * size))) for size in range(1, 42, 2)]
            for competence in (Fraction(6, 10), Fraction(51, 100), Fraction(4, 10))
        },
        bet=0.7,
    )
