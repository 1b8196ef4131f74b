"""A model, at most four controls, and the picture it gives: one module for each topic, one function for each panel."""
