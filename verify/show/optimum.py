"""A problem's operator and objective as its author has them: a minimum is kept as the maximum of the negative."""

from __future__ import annotations

from sympy import Expr

from verify.terms import Problem


def extremum(problem: Problem) -> str:
    """``"min"`` or ``"max"``."""
    return "min" if problem.minimised else "max"


def better(problem: Problem) -> str:
    """How a value that beats another one compares with it."""
    return "smaller" if problem.minimised else "larger"


def optimised(problem: Problem) -> Expr:
    """What the author minimises, maximises or makes stationary."""
    return -problem.objective if problem.minimised else problem.objective
