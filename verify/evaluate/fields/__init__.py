"""Kinds of number: balls, exact rationals, floats, and fields that are built over another."""
