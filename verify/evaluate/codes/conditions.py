"""The conditions of cases (SymPy's, as found in ``Piecewise``), compiled to functions that give their truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from sympy import Eq, Ge, Gt, Le, Lt, Ne
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, BooleanFalse, BooleanTrue, Not, Or

from verify.evaluate.codes.code import code
from verify.evaluate.field import Truth, Undefined, Unsupported
from verify.evaluate.fields.balls import Balls
from verify.evaluate.fields.exact import Exact

if TYPE_CHECKING:
    from verify.evaluate.evaluator import Evaluator

Condition: TypeAlias = Callable[["Evaluator"], Truth]


@lru_cache(maxsize=1 << 12)
def condition(e: Any) -> Condition:
    """The code of a condition; Unsupported when it is run and of no known form."""
    if e is True or isinstance(e, BooleanTrue):
        return lambda m: True
    if e is False or isinstance(e, BooleanFalse):
        return lambda m: False
    if isinstance(e, And):
        parts = [condition(a) for a in e.args]
        return lambda m: conjunction([part(m) for part in parts])
    if isinstance(e, Or):
        parts = [condition(a) for a in e.args]
        return lambda m: negation(conjunction([negation(part(m)) for part in parts]))
    if isinstance(e, Not):
        part = condition(e.args[0])
        return lambda m: negation(part(m))
    if isinstance(e, Relational):
        return _relation(e)

    def run(m: Evaluator) -> Truth:
        raise Unsupported(f"no truth value for {type(e).__name__}")

    return run


def _relation(e: Relational) -> Condition:
    left, right = code(e.lhs), code(e.rhs)
    if isinstance(e, Eq):
        return _or_exactly(lambda m: m.field.equal(left(m), right(m)))
    if isinstance(e, Ne):
        return _or_exactly(lambda m: negation(m.field.equal(left(m), right(m))))
    if isinstance(e, Lt | Le):
        below = isinstance(e, Lt)
        return _or_exactly(lambda m: m.field.less(left(m), right(m), below))
    if isinstance(e, Gt | Ge):
        above = isinstance(e, Gt)
        return _or_exactly(lambda m: m.field.less(right(m), left(m), above))
    return lambda m: None


def _or_exactly(compare: Condition) -> Condition:
    """Where real balls cannot tell, in rational numbers: 1/3 is 1/3, but two balls around it may hold other numbers."""

    def run(m: Evaluator) -> Truth:
        truth = compare(m)
        if truth is None and isinstance(m.field, Balls) and m.field.real:
            with suppress(Undefined, Unsupported):
                return compare(m.beside(Exact(m.point)))
        return truth

    return run


def negation(truth: Truth) -> Truth:
    """Not so; what is not known stays so."""
    return None if truth is None else (not truth) if isinstance(truth, bool) else ~truth


def conjunction(truths: Sequence[Truth]) -> Truth:
    """All of them (Kleene's strong logic)."""
    result: Truth = True
    for truth in truths:
        if result is False or truth is False:
            return False
        if isinstance(truth, bool) or truth is None:
            result = result if truth else None
        else:
            result = truth if isinstance(result, bool) else result & truth
    return result
