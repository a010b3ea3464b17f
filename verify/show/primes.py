"""Derivatives that are written with primes, as ``f''(x)``."""

from __future__ import annotations

from verify.terms import Partial

MOST_PRIMES = 3


def primes(e: Partial) -> str:
    """For a few derivatives of a function of one number, a prime for each; else nothing."""
    one_number = len(e.application.arguments) == 1 and all(len(by) == 1 for by in e.by)
    return "'" * len(e.by) if one_number and len(e.by) <= MOST_PRIMES else ""
