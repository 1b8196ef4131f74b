"""Cooperation and networks, with data."""
