"""From data to a picture: a plotly figure, the sentence that says the same, and a still image.

Each module draws one topic. Figures take results and draw them; they compute no model and keep no state.
"""
