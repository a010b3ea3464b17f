"""The value of a core expression at a point, in any field: one walk over the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache, lru_cache, partial
from itertools import product
from typing import Any

import sympy
from sympy import (
    Add,
    Derivative,
    Dummy,
    Expr,
    Function,
    Indexed,
    Integer,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    NumberSymbol,
    Piecewise,
    Pow,
    Product,
    Rational,
    S,
    Subs,
    Sum,
    Symbol,
    UnevaluatedExpr,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, BooleanFalse, BooleanTrue, Not, Or

from verify.evaluate.field import Bound, Duals, Element, Field, Key, Truth, Undefined, Unsupported, slope_of
from verify.evaluate.models import model
from verify.evaluate.points import Point
from verify.terms import Array, Frac, Opaque, Partial, Tabulate, free

Env = Mapping[Symbol, int]
LONGEST = 100_000  # terms of one sum


class Evaluator:
    """Evaluates at ``point``; ``env`` holds sizes, indices and other integers."""

    def __init__(self, field: Field, point: Point) -> None:
        self.field = field
        self.point = point
        self._memo: dict[tuple[Any, ...], Element] = {}

    def __call__(self, e: Expr, env: Env | None = None) -> Element:
        """The value of ``e``.

        Raises:
            Undefined: it has none at this point.
            Indeterminate: the precision does not suffice.
            Unsupported: an unknown function or construction.
        """
        return self.value(e, self.point.integers if env is None else env)

    # -- the walk --------------------------------------------------------------------------------------------

    def value(self, e: Expr, env: Env) -> Element:
        if isinstance(e, Rational):
            return self.field.const(Fraction(int(e.p), int(e.q)))
        if isinstance(e, Symbol):
            return self.field.const(Fraction(env[e])) if e in env else self.field.lookup((e,))
        handler = _HANDLERS.get(type(e))
        if type(e) in _REMEMBERED:  # within a sum most parts do not depend on all of its indices
            key = (e, *(env.get(s) for s in _whole_symbols(e)))
            if key not in self._memo:
                self._memo[key] = self._fresh(e, env, handler)
            return self._memo[key]
        return self._fresh(e, env, handler)

    def _fresh(self, e: Expr, env: Env, handler: Callable[[Evaluator, Any, Env], Element] | None) -> Element:
        if handler is not None:
            return handler(self, e, env)
        if isinstance(e, NumberSymbol) or e is S.ImaginaryUnit:
            return self.field.number(e)
        if isinstance(e, Function):
            return self.field.call(type(e), [self.value(a, env) for a in e.args])
        raise Unsupported(f"no numeric value for {type(e).__name__}")

    def _add(self, e: Add, env: Env) -> Element:
        first, *rest = e.args
        total = self.value(first, env)
        for term in rest:
            total = self.field.add(total, self.value(term, env))
        return total

    def _mul(self, e: Mul, env: Env) -> Element:
        first, *rest = e.args
        total = self.value(first, env)
        for factor in rest:
            total = self.field.mul(total, self.value(factor, env))
        return total

    def _pow(self, e: Pow, env: Env) -> Element:
        base = self.value(e.base, env)
        exponent = e.exp
        if isinstance(exponent, Integer):
            return self._power_int(base, int(exponent))
        whole = self._whole(exponent, env)
        if whole is not None:
            return self._power_int(base, whole)
        return self.field.power(base, self.value(exponent, env))

    def _power_int(self, base: Element, exponent: int) -> Element:
        if exponent == -1:
            return self.field.inv(base)
        return self.field.power_int(base, exponent)

    def _whole(self, e: Expr, env: Env) -> int | None:
        """``e`` as an int when it is made of integers only."""
        if not e.is_integer:
            return None
        try:
            return self.integer(e, env)
        except Unsupported:
            return None

    def _frac(self, e: Frac, env: Env) -> Element:
        return self.field.mul(self.value(e.numerator, env), self.field.inv(self.value(e.denominator, env)))

    def _indexed(self, e: Indexed, env: Env) -> Element:
        array = e.base.label
        at = tuple(self.integer(i, env) for i in e.indices)
        if isinstance(array, Array):
            for i, axis in zip(at, array.axes, strict=True):
                if not self.integer(axis.lower, env) <= i <= self.integer(axis.upper, env):
                    raise Undefined(f"{array}[{', '.join(map(str, at))}] is out of range")
            if array.definition is not None:
                inner = {**self.point.integers, **dict(zip(array.definition.indices, at, strict=True))}
                return self.value(array.definition.body, inner)
            if array in self.point.words:
                return self.field.const(Fraction(self.point.words[array][at]))
        return self.field.lookup((array, *at))

    def _series(self, e: Sum | Product, env: Env) -> Element:
        adding = isinstance(e, Sum)
        combine: Callable[[Element, Element], Element] = self.field.add if adding else self.field.mul
        total: Element | None = None
        for inner in self.ranges(e.limits, env):
            term = self.value(e.function, inner)
            total = term if total is None else combine(total, term)
        return self.field.const(Fraction(0 if adding else 1)) if total is None else total

    def ranges(self, limits: Sequence[Any], env: Env) -> Any:
        """All environments of a sum, the last limit outermost."""
        if not limits:
            yield env
            return
        *inner, limit = limits
        if len(limit) != 3:
            raise Unsupported("a sum without a range")
        bound, lower, upper = limit
        if lower in (S.NegativeInfinity, S.Infinity) or upper in (S.NegativeInfinity, S.Infinity):
            raise Unsupported("an infinite sum")
        first, last = self.integer(lower, env), self.integer(upper, env)
        if last - first > LONGEST:
            raise Unsupported(f"a sum of {last - first} terms")
        for value in range(first, last + 1):
            yield from self.ranges(inner, {**env, bound: value})

    def _delta(self, e: KroneckerDelta, env: Env) -> Element:
        equal = self.integer(e.args[0], env) == self.integer(e.args[1], env)
        return self.field.const(Fraction(int(equal)))

    def _piecewise(self, e: Piecewise, env: Env) -> Element:
        cases: list[tuple[Truth, Callable[[], Element]]] = []
        for value, condition in e.args:
            cases.append((self.truth(condition, env), partial(self.value, value, env)))
        return self.field.select(cases)

    def _extremum(self, e: Max | Min, env: Env) -> Element:
        return self.field.call(type(e), [self.value(a, env) for a in sorted(e.args, key=str)])

    def _held(self, e: UnevaluatedExpr, env: Env) -> Element:
        return self.value(e.args[0], env)

    # -- derivatives and opaque functions ----------------------------------------------------------------------

    def _key(self, variable: Expr, env: Env) -> Key:
        if isinstance(variable, Indexed):
            return (variable.base.label, *(self.integer(i, env) for i in variable.indices))
        return (variable,)

    def _derivative(self, e: Derivative, env: Env) -> Element:
        variables = [v for v, count in e.variable_count for _ in range(self.integer(count, env))]
        return self._differentiate(e.expr, variables, env)

    def _differentiate(self, body: Expr, variables: list[Expr], env: Env) -> Element:
        if not variables:
            return self.value(body, env)
        *rest, last = variables
        if last in env:
            raise Unsupported(f"a derivative by the whole number {last}")
        upper = Evaluator(Duals(self.field, self._key(last, env), self._rule), self.point)
        return slope_of(upper._differentiate(body, rest, env), self.field)

    def _rule(self, function: Any, position: int, values: Sequence[Element]) -> Element:
        """The partial derivative of one function, by SymPy's table, at given values."""
        derivative, variables = _table(function, position, len(values))
        field = Bound(self.field, {(v,): value for v, value in zip(variables, values, strict=True)})
        return Evaluator(field, self.point).value(derivative, self.point.integers)

    def _subs(self, e: Subs, env: Env) -> Element:
        values = {(v,): self.value(p, env) for v, p in zip(e.variables, e.point, strict=True)}
        outer = {symbol: value for symbol, value in env.items() if (symbol,) not in values}
        return Evaluator(Bound(self.field, values), self.point).value(e.expr, outer)

    def _opaque(self, e: Opaque, env: Env) -> Element:
        return model(self.field, self.point.variant, e.name, self._flat(e, env)[0])

    def _flat(self, e: Opaque, env: Env) -> tuple[list[Element], dict[tuple[int, ...], int]]:
        """All entries of all arguments in one list, and where each of them stands."""
        flat: list[Element] = []
        where: dict[tuple[int, ...], int] = {}
        for position, argument in enumerate(e.arguments):
            if isinstance(argument, Tabulate):
                ranges = [range(self.integer(lo, env), self.integer(hi, env) + 1) for _, lo, hi in argument.limits]
                for at in product(*ranges):
                    where[(position, *at)] = len(flat)
                    inner = {**env, **{limit[0]: i for limit, i in zip(argument.limits, at, strict=True)}}
                    flat.append(self.value(argument.body, inner))
            else:
                where[(position,)] = len(flat)
                flat.append(self.value(argument, env))
        return flat, where

    def _partial(self, e: Partial, env: Env) -> Element:
        flat, where = self._flat(e.application, env)
        keys = [(("argument", i),) for i in range(len(flat))]
        field: Field = Bound(self.field, dict(zip(keys, flat, strict=True)))
        levels = [field]
        for by in e.by:
            at = tuple(self.integer(part, env) for part in by)
            if at not in where:
                raise Undefined("a partial derivative by an entry out of range")
            levels.append(Duals(levels[-1], keys[where[at]], self._rule))
        top = levels[-1]
        value = model(top, self.point.variant, e.application.name, [top.lookup(key) for key in keys])
        for below in reversed(levels[:-1]):
            value = slope_of(value, below)
        return value

    # -- integers and truth ------------------------------------------------------------------------------------

    def integer(self, e: Expr, env: Env) -> int:
        """The value of an integer expression made of sizes, indices and words."""
        if isinstance(e, Integer):
            return int(e)
        if isinstance(e, Symbol):
            if e in env:
                return env[e]
            raise Unsupported(f"{e} is not a whole number here")
        if isinstance(e, Add):
            return sum(self.integer(a, env) for a in e.args)
        if isinstance(e, Mul):
            result = 1
            for a in e.args:
                result *= self.integer(a, env)
            return result
        if isinstance(e, Max | Min):
            return (max if isinstance(e, Max) else min)(self.integer(a, env) for a in e.args)
        if isinstance(e, Indexed):
            array = e.base.label
            at = tuple(self.integer(i, env) for i in e.indices)
            if array in self.point.words:
                if at not in self.point.words[array]:
                    raise Undefined(f"{array}[{', '.join(map(str, at))}] is out of range")
                return self.point.words[array][at]
            if isinstance(array, Array) and array.definition is not None:
                return self.integer(
                    array.definition.body, {**env, **dict(zip(array.definition.indices, at, strict=True))}
                )
        if isinstance(e, KroneckerDelta):
            return int(self.integer(e.args[0], env) == self.integer(e.args[1], env))
        if isinstance(e, Pow):
            power = self.integer(e.exp, env)
            if power >= 0 and power < 10_000:
                return int(self.integer(e.base, env) ** power)
        if isinstance(e, Sum):
            return sum(self.integer(e.function, inner) for inner in self.ranges(e.limits, env))
        if isinstance(e, Piecewise):
            for value, condition in e.args:
                if self.truth(condition, env) is True:
                    return self.integer(value, env)
        raise Unsupported(f"{e} is not a whole number here")

    def truth(self, condition: Any, env: Env) -> Truth:
        """The truth of a SymPy condition, as found in ``Piecewise``."""
        if condition is True or isinstance(condition, BooleanTrue):
            return True
        if condition is False or isinstance(condition, BooleanFalse):
            return False
        if isinstance(condition, And):
            return _all([self.truth(a, env) for a in condition.args])
        if isinstance(condition, Or):
            return _negate(_all([_negate(self.truth(a, env)) for a in condition.args]))
        if isinstance(condition, Not):
            return _negate(self.truth(condition.args[0], env))
        if isinstance(condition, Relational):
            a, b = self.value(condition.lhs, env), self.value(condition.rhs, env)
            if isinstance(condition, sympy.Eq):
                return self.field.equal(a, b)
            if isinstance(condition, sympy.Ne):
                return _negate(self.field.equal(a, b))
            if isinstance(condition, sympy.Lt | sympy.Le):
                return self.field.less(a, b, isinstance(condition, sympy.Lt))
            return self.field.less(b, a, isinstance(condition, sympy.Gt))
        raise Unsupported(f"no truth value for {type(condition).__name__}")


def _negate(truth: Truth) -> Truth:
    return None if truth is None else (not truth) if isinstance(truth, bool) else ~truth


def _all(truths: Sequence[Truth]) -> Truth:
    result: Truth = True
    for truth in truths:
        if result is False or truth is False:
            return False
        if isinstance(truth, bool) or truth is None:
            result = result if truth else None
        else:
            result = truth if isinstance(result, bool) else result & truth
    return result


@lru_cache(maxsize=4096)
def _whole_symbols(e: Expr) -> tuple[Symbol, ...]:
    """The free symbols whose values come from the environment: indices and other integers."""
    return tuple(sorted((s for s in free(e) if s.is_integer), key=str))


@cache
def _table(function: Any, position: int, arity: int) -> tuple[Expr, tuple[Dummy, ...]]:
    variables = tuple(Dummy(f"u{i}") for i in range(arity))
    try:
        derivative = function(*variables).fdiff(position + 1)
    except (AttributeError, sympy.core.function.ArgumentIndexError) as error:
        raise Unsupported(f"no derivative is known for {function.__name__}") from error
    if derivative.has(Derivative):
        raise Unsupported(f"no derivative is known for {function.__name__}")
    return derivative, variables


_REMEMBERED = {Sum, Product, Indexed, Frac, Derivative, Subs, sympy.exp, sympy.log, Opaque}
_HANDLERS: dict[type, Callable[[Evaluator, Any, Env], Element]] = {
    Add: Evaluator._add,
    Mul: Evaluator._mul,
    Pow: Evaluator._pow,
    Frac: Evaluator._frac,
    Indexed: Evaluator._indexed,
    Sum: Evaluator._series,
    Product: Evaluator._series,
    KroneckerDelta: Evaluator._delta,
    Piecewise: Evaluator._piecewise,
    Max: Evaluator._extremum,
    Min: Evaluator._extremum,
    UnevaluatedExpr: Evaluator._held,
    Derivative: Evaluator._derivative,
    Subs: Evaluator._subs,
    Opaque: Evaluator._opaque,
    Partial: Evaluator._partial,
}
