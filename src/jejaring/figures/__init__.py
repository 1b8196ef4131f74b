"""From data to a picture: a plotly figure, the sentence that says the same, and a still image.

Figures take results and draw them; they compute no model and keep no state.
"""

from jejaring.figures.bargaining import agreement_zone, bargaining_frontier, patience_curve
from jejaring.figures.coalitions import coalition_meter, seats_and_power
from jejaring.figures.diffusion import threshold_cascade
from jejaring.figures.facets import facet_grid
from jejaring.figures.picture import Picture

__all__ = [
    "Picture",
    "agreement_zone",
    "bargaining_frontier",
    "coalition_meter",
    "facet_grid",
    "patience_curve",
    "seats_and_power",
    "threshold_cascade",
]
