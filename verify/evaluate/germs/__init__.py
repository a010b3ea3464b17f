"""Expansions at the end of a range, with bounds for what is left out."""
