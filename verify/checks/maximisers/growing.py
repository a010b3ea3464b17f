"""Objectives that grow together: one is, up to a positive factor and a constant, an increasing function of the other.

``F = c·g + d`` with ``c > 0`` and ``d`` free of the variables has the maximisers of ``g``, whatever the constraints
(Boyd & Vandenberghe, *Convex Optimization*, 2004, 4.1.3). It is recognised by the gradients: ``∇F = c·∇g`` on a domain
that is connected. ``F`` is the objective itself, or a strictly increasing function of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from sympy import Expr, exp, log

from verify import normal
from verify.checks import domain
from verify.checks.equations.identity import anonymous
from verify.checks.evidence.argument import Argument, premise
from verify.checks.maximisers.one_number import bounds_an_interval, is_smooth
from verify.checks.maximisers.problems import array_of, generic_entry, is_interval, positive_form
from verify.facts import Facts
from verify.terms import Array, Problem, Proposition, free

RULE = "a strictly increasing function of the objective, a positive factor and a constant move no maximiser"
SOURCE = "Boyd & Vandenberghe, Convex Optimization, 2004, 4.1.3"


class Form(NamedTuple):
    """An increasing function of an objective, and in words which."""

    value: Expr
    words: str


def growing(left: Problem, right: Problem, facts: Facts) -> Argument | None:
    """Why the objectives, each perhaps put through an increasing function, differ by a factor and a constant."""
    if left.stationary or right.stationary or left.each or right.each or not facts.real_mode:
        return None
    if left.variables != right.variables or anonymous(left.subject) != anonymous(right.subject):
        return None
    symbols = {array_of(v) for v in left.variables}
    if not symbols or not all(map(is_interval, left.variables)):
        return None
    inside = Facts(facts.givens, _bounds(left), facts.real_mode)
    sides = left.objective, right.objective
    if not all(is_smooth(e, s, inside) for e in sides for s in symbols) or domain.ungranted(
        (sides, left.subject), inside, True
    ):
        return None
    for first in _increasing(left.objective, inside):
        for second in _increasing(right.objective, inside) if first.value is left.objective else (Form(sides[1], ""),):
            with suppress(normal.NormalError):
                found = _proportional(first, second, left, inside)
                if found is not None:
                    return found
    return None


def _bounds(problem: Problem) -> tuple[Proposition, ...]:
    """Those of the constraints that leave an interval of the one number that is varied: a connected domain."""
    if len(problem.variables) != 1 or isinstance(array_of(problem.variables[0]), Array):
        return ()
    return tuple(c for c in problem.subject if bounds_an_interval(c, array_of(problem.variables[0])))


def _increasing(objective: Expr, facts: Facts) -> Iterator[Form]:
    """The objective, and strictly increasing functions of it."""
    yield Form(objective, "")
    positive, negative = facts.positive(objective), facts.positive(-objective)
    if positive:
        yield Form(log(objective), "the logarithm")
    if positive or negative:
        yield Form(-1 / objective, "minus the reciprocal")
    if facts.nonnegative(objective):
        yield Form(objective**2, "the square, of what is not negative,")
    if facts.nonnegative(-objective):
        yield Form(-(objective**2), "minus the square, of what is not positive,")
    yield Form(exp(objective), "the exponential")


def _proportional(first: Form, second: Form, problem: Problem, facts: Facts) -> Argument | None:
    """``∇F = c·∇g`` with one positive number c for all components."""
    symbols = {array_of(v) for v in problem.variables}
    ratio: Expr | None = None
    proofs: list[normal.Proof] = []
    for variable in problem.variables:
        item, indices = generic_entry(variable)
        ours, theirs = (normal.expand_derivatives(normal.differentiate(f.value, item, facts)) for f in (first, second))
        if domain.ungranted((ours, theirs), facts, True):
            return None
        if ratio is None:
            if theirs == 0:
                continue
            ratio = positive_form(normal.rewritten(ours / theirs, facts), facts)
            if ratio is None or free(ratio) & {*symbols, *indices}:
                return None
        proof = normal.prove_equal(ours, ratio * theirs, facts)
        if proof is None or proof.conditions:
            return None
        proofs.append(proof)
    if ratio is None or len(proofs) < len(problem.variables):
        return None
    words = f"{second.words} of the other objective" if second.words else "the other objective"
    told = f"{first.words + ' of ' if first.words else ''}one objective is {words}"
    told += " up to a constant" if ratio == 1 else " up to a positive factor and a constant"
    premises = (
        *(premise("both are subject to {}", c) for c in problem.subject),
        premise("{} ranges over a connected set, on which both objectives are defined", problem.variables[0]),
        premise("the gradient of {} is ({}) times that of {}", first.value, ratio, second.value),
        premise("{} > 0, free of the variables", ratio),
        *(premise(f"{form.words.rstrip(',')} is strictly increasing") for form in (first, second) if form.words),
    )
    return Argument(told, RULE, partial(tuple, premises), SOURCE, tuple(proofs))
