"""Elliptic integrals of the parameter m (DLMF 19; Abramowitz and Stegun 17)."""

from __future__ import annotations

import sympy

from verify.model import Relation
from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import instance
from verify.normal.axioms.formula import Variable
from verify.normal.axioms.hyper_values import exact
from verify.normal.axioms.table import Axiom, Family, Rule, Slope
from verify.normal.axioms.words import (
    ONE,
    ZERO,
    I,
    cos,
    elliptic_e,
    elliptic_f,
    elliptic_k,
    elliptic_pi,
    log,
    pi,
    sin,
    sqrt,
)
from verify.normal.functions.atoms import constant, integer
from verify.normal.functions.special import function

m, n, phi = Variable("m"), Variable("n"), Variable("phi")
k = Variable("k", integer=True)
theta = Variable("theta", real=True)


def _periodic(name: type, position: int) -> Rule:
    """F(φ + k·π, m) = F(φ, m) + 2·k·K(m), the same of E and Π, odd in φ (DLMF 19.2.10, 19.6)."""

    def rule(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
        if len(args) <= position + 1:
            return None
        amplitude = args[position]
        if amplitude.is_zero:
            return amplitude
        rest, turns = _split(field, amplitude)
        if turns is not None:
            field.relations["quasi-periods of elliptic integrals (DLMF 19.2.10)"] = None
            complete = sympy.elliptic_k if name is sympy.elliptic_f else name
            constants = (*args[:position], *args[position + 1 :])
            two = field.number(2)
            return function(field, name, (*args[:position], rest, *args[position + 1 :])) + two * turns * function(
                field, complete, constants
            )
        if amplitude.num.leading_coefficient() < 0:
            flipped = (*args[:position], -amplitude, *args[position + 1 :])
            return -function(field, name, flipped)
        return None

    return rule


def _split(field: Field, a: Ratio) -> tuple[Ratio, Ratio | None]:
    """φ + k·π taken apart, with what is a whole number k ≠ 0 for all values of the symbols."""
    if not a.den.is_constant():
        return a, None
    half_turn = constant(field, sympy.pi)
    (kernel,) = half_turn.inside
    below = int(a.den.leading_coefficient())
    terms = {m: c for m, c in a.num.terms() if m[kernel.index] == 1}
    if not terms:
        return a, None
    part = field.ratio(field.context.from_dict(terms), field.context.constant(below)) / half_turn
    number = part.rational()
    if number is not None:
        turns = field.number((2 * number[0] + number[1] - 1) // (2 * number[1]))  # φ in (−π/2, π/2]
    elif integer(field, part):
        turns = part
    elif integer(field, part * field.number(2)):
        return a, None
    else:
        return a, None
    return (a - turns * half_turn, turns) if not turns.is_zero else (a, None)


def _quarter(field: Field, args: tuple[Ratio, ...], complete: type) -> Ratio | None:
    """k·π/2 is k times the quarter period."""
    quarters = args[0] * field.number(2) / constant(field, sympy.pi)
    if not quarters.is_zero and integer(field, quarters):
        field.relations["DLMF 19.2.8, 19.2.10"] = None
        return quarters * function(field, complete, args[1:])
    return None


def _first(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    return _quarter(field, args, sympy.elliptic_k) or _periodic(sympy.elliptic_f, 0)(field, args)


def _second(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    if len(args) != 2:
        return _at_number(field, sympy.elliptic_e, args[0])
    return _quarter(field, args, sympy.elliptic_e) or _periodic(sympy.elliptic_e, 0)(field, args)


def _third(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    if len(args) != 3:
        return None
    if (args[1] * field.number(2)).key == instance(field, pi, {}).key:
        return function(field, sympy.elliptic_pi, (args[0], args[2]))
    return _periodic(sympy.elliptic_pi, 1)(field, args)


# -- values at numbers ------------------------------------------------------------------------------------------------

_TURNED = {
    sympy.elliptic_k: elliptic_k(m / (m - 1)) / sqrt(1 - m),
    sympy.elliptic_e: sqrt(1 - m) * elliptic_e(m / (m - 1)),
}
"""Of m < 0 by what lies between 0 and 1 (DLMF 19.7.2)."""
_RECIPROCAL = {
    sympy.elliptic_k: (elliptic_k(1 / m) - I * elliptic_k(1 - 1 / m)) / sqrt(m),
    sympy.elliptic_e: sqrt(m)
    * (elliptic_e(1 / m) + I * elliptic_e(1 - 1 / m) - (1 - 1 / m) * elliptic_k(1 / m) - I / m * elliptic_k(1 - 1 / m)),
}
"""Of m > 1 likewise, approached from below (DLMF 19.7.3)."""


def _at_number(field: Field, name: type, parameter: Ratio) -> Ratio | None:
    """A complete integral at a number: moved to 0 ≤ m ≤ 1, then as a hypergeometric series (DLMF 19.5.1, 19.5.2)."""
    number = parameter.rational()
    if number is not None and not 0 <= number[0] <= number[1]:
        field.relations["DLMF 19.7.2, 19.7.3"] = None
        return instance(field, (_TURNED if number[0] < 0 else _RECIPROCAL)[name], {m: parameter})
    if parameter.is_zero:
        return instance(field, pi / 2, {})
    if not parameter.den.is_constant() or any(kernel.kind == "symbol" for kernel in parameter.inside):
        return None
    half, one = field.number(1, 2), field.one
    found = exact(field, (half if name is sympy.elliptic_k else -half, half), (one,), parameter)
    if found is not None:
        field.relations["complete integrals as hypergeometric series (DLMF 19.5.1, 19.5.2)"] = None
        return instance(field, pi / 2, {}) * found
    if name is sympy.elliptic_e and parameter.key == (one - parameter).key:
        field.relations["Legendre's relation (DLMF 19.7.1)"] = None
        return instance(field, (pi / 2 + elliptic_k(m) ** 2) / (2 * elliptic_k(m)), {m: parameter})
    return None


def _complete(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    return _at_number(field, sympy.elliptic_k, args[0])


RULES: dict[object, Rule] = {
    sympy.elliptic_k: _complete,
    sympy.elliptic_f: _first,
    sympy.elliptic_e: _second,
    sympy.elliptic_pi: _third,
}
_DELTA = sqrt(1 - m * sin(phi) ** 2)
_WITHIN = ((Relation.GE, theta, -pi / 2), (Relation.LE, theta, pi / 2))

FAMILY = Family(
    axioms=[
        Axiom(elliptic_e, (phi, ZERO), phi, "DLMF 19.6.9"),
        Axiom(elliptic_f, (phi, ZERO), phi, "DLMF 19.6.8"),
        Axiom(elliptic_e, (theta, ONE), sin(theta), "DLMF 19.6.9", _WITHIN),
        Axiom(elliptic_f, (theta, ONE), log((1 + sin(theta)) / cos(theta)), "DLMF 19.6.8", _WITHIN),
        Axiom(elliptic_pi, (ZERO, m), elliptic_k(m), "DLMF 19.6.2"),
        Axiom(elliptic_pi, (m, m), elliptic_e(m) / (1 - m), "DLMF 19.6.2"),
        Axiom(elliptic_pi, (n, ZERO), pi / (2 * sqrt(1 - n)), "DLMF 19.6.3"),
        Axiom(elliptic_pi, (ZERO, phi, m), elliptic_f(phi, m), "DLMF 19.6.11"),
    ],
    slopes=[
        Slope(elliptic_k, (m,), m, (elliptic_e(m) - (1 - m) * elliptic_k(m)) / (2 * m * (1 - m)), "DLMF 19.4.1"),
        Slope(elliptic_e, (m,), m, (elliptic_e(m) - elliptic_k(m)) / (2 * m), "DLMF 19.4.2"),
        Slope(elliptic_f, (phi, m), phi, 1 / _DELTA, "DLMF 19.2.4", definition=True),
        Slope(elliptic_e, (phi, m), phi, _DELTA, "DLMF 19.2.5", definition=True),
        Slope(
            elliptic_f,
            (phi, m),
            m,
            (elliptic_e(phi, m) / (1 - m) - elliptic_f(phi, m)) / (2 * m) - sin(2 * phi) / (4 * (1 - m) * _DELTA),
            "DLMF 19.4.5",
        ),
        Slope(elliptic_e, (phi, m), m, (elliptic_e(phi, m) - elliptic_f(phi, m)) / (2 * m), "DLMF 19.4.6"),
    ],
    rules=RULES,
)
