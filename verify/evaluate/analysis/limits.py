"""Limits in balls, from an expansion at the place that is approached."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import acb, arb
from sympy import Limit, S

from verify.evaluate.analysis.common import balls_below, remembering, times
from verify.evaluate.codes.code import Code, code, compiles, reach
from verify.evaluate.field import Element, Indeterminate
from verify.evaluate.fields.holomorphic import lift
from verify.evaluate.germs.germ import Germ, Term
from verify.evaluate.germs.germs import Germs
from verify.evaluate.germs.scale import Scale
from verify.evaluate.germs.taylor import Model, constant

if TYPE_CHECKING:
    from verify.evaluate.evaluator import Evaluator

ORDERS = (4, 12)
REACH = arb(2) ** -24


@compiles(Limit)
def _limit(e: Limit) -> Code:
    """Also from both sides, where they agree."""
    body, variable, place, direction = e.args
    run, to = code(body), None if place in (S.Infinity, S.NegativeInfinity) else code(place)
    symbols = reach(e)

    def approach(m: Evaluator, order: int) -> Iterator[Germ]:
        empty = Germ((), order, REACH)
        if to is None:
            sign = 1 if place is S.Infinity else -1
            yield empty.of([Term(Scale(Fraction(-1)), constant(acb(sign), order, REACH))], True)
            return
        at = lift(to(m))[0]
        for sign in {"+": (1,), "-": (-1,)}.get(str(direction), (1, -1)):
            model = Model((at, acb(sign), *[acb(0)] * (order - 2)), acb(0), REACH)
            yield empty.of([Term(Scale(), model)], bool(at.imag.is_zero()))

    def value(m: Evaluator, order: int) -> Any:
        own = frozenset((variable,))
        found = []
        for germ in approach(m, order):
            field = Germs(m.field, (variable,), germ)
            found.append(run(m.upon(field, own, field.lift)).limit())
        if not all(found[0].overlaps(other) for other in found):
            raise Indeterminate("a limit that differs from side to side")
        return found[0]

    def limit(m: Evaluator) -> Element:
        base = balls_below(m.field, "a limit")

        def compute(at: Evaluator) -> Element:
            for order in ORDERS:
                try:
                    result = value(at, order * times())
                except Indeterminate:
                    if order == ORDERS[-1]:
                        raise
                else:
                    break
            return base.down(result, bool(result.imag.contains(0)))

        return remembering(e, m, base, symbols, compute)

    return limit
