"""A proof-reader for mathematics: verifies every step of a derivation, and shows where it slips."""

__version__ = "0.1.0"
