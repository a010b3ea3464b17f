"""Where a claim is asserted: which expressions must be real, and which signs follow.

Where all symbols are real and no I, re, im, arg occurs, points at which log or a radical leaves ℝ are excluded. So
log f implies f > 0, a fractional power f**s implies f ≥ 0 (f > 0 for s < 0); only nodes that are evaluated at every
point count, that is none inside a sum, a product, an integral, a limit, a case of Piecewise, or a substitution.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, Pow, acosh, log
from sympy.core.basic import Basic
from sympy.core.numbers import Rational

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import NormalError, Restart, TooLarge
from verify.normal.read import read
from verify.normal.signs import NEG, POS, ZERO, polynomial_sign
from verify.normal.survey import survey


class Scan:
    """What is known of a claim's sides before they are read."""

    def __init__(self, sides: Sequence[Expr], facts: Any) -> None:
        self.sides = tuple(sides)
        seen = survey(*self.sides)
        self.nodes, self.asserting, self.kinds = seen.nodes, seen.asserting, seen.kinds
        self.real = (
            facts.real_mode and not seen.complex and all(s.is_extended_real or facts.real(s) for s in seen.leaves)
        )


def _asserted(e: Basic) -> tuple[Expr, int]:
    """What a node asserts by being defined: an expression and its possible signs."""
    if isinstance(e, Pow):
        base, exponent = e.args
        return base, POS if isinstance(exponent, Rational) and exponent.p < 0 else POS | ZERO
    (argument,) = e.args[:1]
    if isinstance(e, log):
        return argument, POS
    return (argument - 1 if isinstance(e, acosh) else 1 - argument**2), POS | ZERO


def imply(field: Field, scan: Scan) -> None:
    """Record the signs of polynomials that hold wherever the claim is asserted."""
    if not scan.asserting or not field.real_domain:
        return
    asserted = dict.fromkeys(map(_asserted, scan.asserting))
    learnt = True
    for _ in range(3):
        if not learnt:
            break
        learnt = False
        for base, wanted in asserted:
            if base.is_positive:
                continue
            try:
                value = read(field, base)
            except (Restart, TooLarge):
                raise
            except NormalError:
                continue
            if not field.real(value) or value.is_zero:
                continue
            unknown, negative = [], False
            for p in (value.num, value.den):
                content, parts = factor(field, p)
                negative ^= content < 0
                for f, e in parts:
                    if e % 2 == 0:
                        continue
                    sign = polynomial_sign(field, f)
                    if sign is not None and not sign & NEG:
                        continue
                    if sign is not None and not sign & POS:
                        negative = not negative
                        continue
                    unknown.append((f, p is value.den))
            if len(unknown) == 1:
                f, below = unknown[0]
                key = field.polynomial(-f if negative else f).key
                mask = POS if below else wanted
                if field.signs.get(key) not in (mask, POS):
                    field.signs[key] = mask
                    learnt = True
        if learnt:
            forget(field)


def forget(field: Field) -> None:
    """Drop canonical forms that were found with less knowledge."""
    field.memo = {k: v for k, v in field.memo.items() if isinstance(k, tuple) and k[0] in ("grain", "factor", "weight")}
    for kernel in field.all_kernels():
        kernel.memo.pop("sign", None)
