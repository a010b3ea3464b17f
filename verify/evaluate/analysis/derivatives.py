"""Codes of derivatives of any order by one variable: the expression's part of Cauchy's formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Derivative

from verify.evaluate.analysis.common import field_below
from verify.evaluate.codes.code import Code, code
from verify.evaluate.codes.wholes import must
from verify.evaluate.field import Element
from verify.evaluate.fields.balls import Balls
from verify.evaluate.fields.holomorphic import Holomorphic, lift
from verify.evaluate.germs.cauchy import derivative

if TYPE_CHECKING:
    from verify.evaluate.evaluator import Evaluator


def cauchy(e: Derivative) -> Code:
    """The code of a derivative by one variable, of any order, by Cauchy's formula."""
    ((variable, count),) = e.variable_count
    body, order, place = code(e.expr), must(count), code(variable)
    key, own = (variable,), frozenset((variable,))
    real = bool(variable.is_extended_real)  # else it is a complex derivative, at real points too

    def run(m: Evaluator) -> Element:
        base = field_below(m.field, "a derivative of high order")
        center = lift(place(m))[0]
        on_line = real and bool(center.imag.is_zero())

        def value(z: Any, analytic: bool) -> Any:
            field = Holomorphic(m.field, key, z, on_line, analytic or not isinstance(base, Balls))
            return body(m.upon(field, own, lift))[0]

        found = derivative(value, center, order(m))
        if not isinstance(base, Balls):
            return found, False
        return base.down(found, bool(found.imag.contains(0)))

    return run
