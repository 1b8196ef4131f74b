"""Ways through decision trees to look at."""

from jejaring.companies import RESTRUCTURING
from jejaring.decisions import decide
from jejaring.figures import decisions as figures
from jejaring.figures.picture import Picture

__all__ = ["decision_path"]


def decision_path() -> Picture:
    """One company goes up in another that was there before."""
    facts = {"personality_ends": True, "property_passes": True, "one_receiver": True, "existing_receiver": True}
    return figures.decision_path("restructuring", decide(RESTRUCTURING, facts))
