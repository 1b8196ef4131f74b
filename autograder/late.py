"""What coming late costs; ``nbgrader_config.py`` sets the numbers.

The share is taken from the points earned, so that nobody loses more than they have. nbgrader works the penalty out when
it grades by machine, before anybody has read the essays; `penalty` works it out again from the points of today, and so
do the feedback pages (``AssignLatePenalties`` stands among ``GenerateFeedback.preprocessors``).
"""

import math
from collections.abc import Iterator
from typing import Any

from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Float, Integer, TraitError, validate
from traitlets.config import Config

__all__ = ["LatePolicy", "penalties", "penalty", "policy"]

DAY = 24 * 60 * 60


class LatePolicy(LateSubmissionPlugin):
    """A share of the points earned for each day begun after the deadline, and nothing more after the last day."""

    grace_minutes = Float(
        15, min=0, help="Minutes that cost nothing, at the deadline and at each day's end: clocks and uploads differ."
    ).tag(config=True)
    percent_per_day = Float(10, help="Percent of the points earned that each day begun costs; 0 to 100.").tag(
        config=True
    )
    days = Integer(
        5,
        min=0,
        help="Days after the deadline that work is taken: feedback, which explains the answers, goes out then.",
    ).tag(config=True)
    percent_afterwards = Float(
        100, help="Percent that work costs which comes later still; 100 means that it earns nothing."
    ).tag(config=True)

    @validate("percent_per_day", "percent_afterwards")
    def _within(self, proposal: dict[str, Any]) -> float:
        """Refuse what is no percentage."""
        if not 0 <= proposal["value"] <= 100:
            name = proposal["trait"].name
            raise TraitError(f"c.LatePolicy.{name} = {proposal['value']:g}: write a number from 0 to 100.")
        return float(proposal["value"])

    def percent(self, seconds: float) -> float:
        """Return the percent of the points earned that so many seconds cost.

        Examples
        --------
        >>> hour = 3600
        >>> [LatePolicy().percent(late) for late in (0.25 * hour, hour, 24.25 * hour, 25 * hour, 200 * hour)]
        [0.0, 10.0, 10.0, 20.0, 100.0]
        """
        begun = math.ceil((seconds - 60 * self.grace_minutes) / DAY)
        if begun <= 0:
            return 0.0
        return min(100.0, begun * self.percent_per_day) if begun <= self.days else self.percent_afterwards

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:  # noqa: ARG002  # the signature is that of nbgrader
        """Return the points to take off."""
        return score * self.percent(total_seconds_late) / 100 or None


def policy(settings: Config) -> Any:
    """Return the course's policy, ours or another plugin of nbgrader's, as the settings say."""
    step = AssignLatePenalties(config=settings)
    step.init_plugin()
    return step.plugin_inst


def penalty(plugin: Any, submission: Any) -> float:
    """Return the points that come off a submission, by what it has earned until now.

    Parameters
    ----------
    plugin : nbgrader.plugins.LateSubmissionPlugin
        From `policy`.
    submission : nbgrader.api.SubmittedAssignment
        In an open gradebook.
    """
    return sum(points or 0.0 for _, points in penalties(plugin, submission))


def penalties(plugin: Any, submission: Any) -> Iterator[tuple[Any, float | None]]:
    """Yield each notebook of a submission with the points that come off it, as nbgrader would keep them."""
    late = submission.total_seconds_late
    for notebook in submission.notebooks:
        asked = plugin.late_submission_penalty(submission.student.id, notebook.score, late) if late > 0 else None
        yield notebook, None if asked is None else min(max(0.0, asked), notebook.score)
