"""Elliptic integrals of the parameter m (DLMF 19; Abramowitz and Stegun 17)."""

from __future__ import annotations

from sympy import I, Integer, Rational, Symbol, elliptic_e, elliptic_f, elliptic_k, elliptic_pi, exp, gamma, pi, sqrt

from verify.normal.axioms.apply import instance
from verify.normal.axioms.table import Axiom, Family, Rule
from verify.normal.field import Field
from verify.normal.ratio import Ratio
from verify.normal.special import function

m, n, phi = Symbol("m"), Symbol("n"), Symbol("phi")
k = Symbol("k", integer=True)
ZERO, ONE, HALF = Integer(0), Integer(1), Rational(1, 2)
_G, _G3 = gamma(Rational(1, 4)), gamma(Rational(1, 3))


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
            complete = elliptic_k if name is elliptic_f else name
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
    from verify.normal.atoms import constant, integer

    if not a.den.is_constant():
        return a, None
    half_turn = constant(field, pi)
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
    from verify.normal.atoms import constant, integer

    quarters = args[0] * field.number(2) / constant(field, pi)
    if not quarters.is_zero and integer(field, quarters):
        field.relations["DLMF 19.2.8, 19.2.10"] = None
        return quarters * function(field, complete, args[1:])
    return None


def _first(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    return _quarter(field, args, elliptic_k) or _periodic(elliptic_f, 0)(field, args)


def _second(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    if len(args) != 2:
        return None
    return _quarter(field, args, elliptic_e) or _periodic(elliptic_e, 0)(field, args)


def _third(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    if len(args) != 3:
        return None
    if (args[1] * field.number(2)).key == instance(field, pi, {}).key:
        return function(field, elliptic_pi, (args[0], args[2]))
    return _periodic(elliptic_pi, 1)(field, args)


RULES: dict[object, Rule] = {elliptic_f: _first, elliptic_e: _second, elliptic_pi: _third}
_LEMNISCATE = _G**2 / (8 * sqrt(pi)), pi ** Rational(3, 2) / _G**2

FAMILY = Family(
    axioms=[
        Axiom(elliptic_k, (ZERO,), pi / 2, "DLMF 19.6.1"),
        Axiom(elliptic_k, (HALF,), 2 * _LEMNISCATE[0], "DLMF 23.5.9, 19.25.1"),
        Axiom(elliptic_k, (-ONE,), _G**2 / (4 * sqrt(2 * pi)), "DLMF 19.20.2"),
        Axiom(elliptic_k, (Integer(2),), _G**2 / (4 * sqrt(2 * pi)) * (1 - I), "DLMF 19.7.3 and 19.20.2"),
        Axiom(
            elliptic_k,
            ((1 + sqrt(3) * I) / 2,),
            exp(I * pi / 12) * 3 ** Rational(1, 4) * _G3**3 / (2 ** Rational(7, 3) * pi),
            "DLMF 23.5.8",
        ),
        Axiom(elliptic_e, (ZERO,), pi / 2, "DLMF 19.6.1"),
        Axiom(elliptic_e, (ONE,), ONE, "DLMF 19.6.1"),
        Axiom(elliptic_e, (HALF,), _LEMNISCATE[0] + _LEMNISCATE[1], "DLMF 19.20.22"),
        Axiom(elliptic_e, (-ONE,), sqrt(2) * (_LEMNISCATE[0] + _LEMNISCATE[1]), "DLMF 19.7.2"),
        Axiom(elliptic_e, (phi, ZERO), phi, "DLMF 19.6.9"),
        Axiom(elliptic_f, (phi, ZERO), phi, "DLMF 19.6.8"),
        Axiom(elliptic_pi, (ZERO, m), elliptic_k(m), "DLMF 19.6.2"),
        Axiom(elliptic_pi, (m, m), elliptic_e(m) / (1 - m), "DLMF 19.6.2"),
        Axiom(elliptic_pi, (ZERO, phi, m), elliptic_f(phi, m), "DLMF 19.6.11"),
    ],
    rules=RULES,
)
