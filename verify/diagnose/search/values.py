"""The values of an author's expression at many points at once, and of thousands of variants of one part of it.

Floating point, to screen with: what agrees here is then proved or forgotten. A variant changes one or two parts of a
line. Whatever does not contain a changed part is evaluated once; along the way from a part to the whole line all its
variants go through NumPy together, on axes of their own in front. A vector's components are an axis before the points.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias

import numpy as np
from sympy import (
    Add,
    Derivative,
    Expr,
    Function,
    Indexed,
    Integer,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Number,
    Pow,
    Product,
    Rational,
    S,
    Subs,
    Sum,
    Symbol,
    UnevaluatedExpr,
    hyper,
    meijerg,
)

from verify.diagnose.search import tree
from verify.diagnose.search.endless import endless
from verify.diagnose.search.tree import Path
from verify.diagnose.search.wide import Wide, at_points
from verify.evaluate.evaluator import Evaluator
from verify.evaluate.field import Field, Undefined, Unsupported
from verify.evaluate.fields.duals import Bound
from verify.evaluate.fields.exact import Exact
from verify.evaluate.points import Point
from verify.evaluate.sampling.batches import Batch
from verify.evaluate.special.hypergeometric import flattened
from verify.lower import lower
from verify.shapes import as_expr, shape
from verify.terms import Array, Axis, Component, Dot, Each, Frac, Grad, Index, Ones, Slice, Softmax, TermError, free

Values: TypeAlias = Any  # a NumPy array: (variants…, components…, points)
Env: TypeAlias = Mapping[Symbol, int]
Fill: TypeAlias = Callable[["Sheet", Env], Values]
FAILS = (Undefined, Unsupported, TermError, KeyError, IndexError, ValueError, TypeError, OverflowError, AttributeError)
"""What may be raised where a variant makes no sense: it is forgotten."""


@dataclass(frozen=True, eq=False, slots=True)
class Later:
    """An expression that is put together when it is wanted, which is seldom; its values are known without.

    ``value`` is given the values of the part in whose place the expression would stand, and may use them.

    ``make`` may raise any of ``FAILS``, as SymPy does where an expression makes no sense.
    """

    make: Callable[[], Expr]
    value: Callable[[Sheet, Env, Values], Values]

    @staticmethod
    def times(number: int, e: Expr) -> Later:
        """A multiple."""
        return Later(lambda: number * e, lambda at, env, _: number * at.value(e, env))

    @staticmethod
    def under(e: Expr) -> Later:
        """The reciprocal."""
        return Later(lambda: 1 / e, lambda at, env, _: at.field.inv(at.value(e, env)))


STEP = 1e-30  # of the complex step: derivatives without cancellation (Squire & Trapp, SIAM Review 40, 1998)


class Sheet:
    """The values of expressions at the points of one batch, remembered."""

    def __init__(self, batch: Batch, real: bool, point: Point | None = None) -> None:
        """``point`` has what all points have in common: sizes and indices, and other whole numbers if they agree."""
        self.batch = batch
        self.point = batch.points[0] if point is None else point
        self.real = real
        self.count = len(batch.points)
        self.reserve: tuple[Point, ...] = ()  # further points, for lines that are seldom defined
        self.field: Field = Wide(batch.points, real)
        self.dear = False  # whether something had to be worked out point by point
        self._core = Evaluator(self.field, self.point)
        self._whole = Evaluator(Exact(self.point), self.point)
        self._memo: dict[Expr, tuple[tuple[Symbol, ...], dict[tuple[int | None, ...], Values]]] = {}
        self._stacks: dict[tuple[Any, ...], tuple[object, Values]] = {}
        self._shifted: dict[tuple[Any, ...], Sheet] = {}

    def __call__(self, e: Expr) -> Values:
        """The value of a whole line, components before points.

        Raises:
            Unsupported: something in it cannot be evaluated.
        """
        return self.value(e, self.point.integers)

    def shortened(self, most: int, usable: Values) -> Sheet:
        """Itself, or a sheet of few of the usable points, where values are dear; not of whole numbers, often alike."""
        dear = self.dear or (isinstance(self.field, Wide) and self.field.dear)
        if not dear or self.count <= most or self.point is not self.batch.points[0]:
            return self
        kept = tuple(point for point, good in zip(self.batch.points, usable, strict=True) if good)[:most]
        return Sheet(Batch(kept), self.real, self.point) if kept else self

    def value(self, e: Expr, env: Env) -> Values:
        """The value where indices are bound by ``env``."""
        entry = self._memo.get(e)
        if entry is None:
            entry = self._memo[e] = _whole_symbols(e), {}
        symbols, values = entry
        key = tuple([env.get(s) for s in symbols]) if symbols else ()
        found = values.get(key)
        if found is None:
            found = values[key] = self._combine(e, env, lambda i, inner: self.value(as_expr(e.args[i]), inner))
        return found

    def along(self, e: Expr, fills: Mapping[Path, Fill], env: Env | None = None) -> Values:
        """The value of ``e`` when the parts at the given paths have other values."""
        env = self.point.integers if env is None else env
        if () in fills:
            return fills[()](self, env)
        if not fills:
            return self.value(e, env)
        below: dict[Path, dict[Path, Fill]] = {}
        for path, fill in fills.items():
            way = tree.first_step(e, path)
            below.setdefault(way, {})[path[len(way) :]] = fill

        def given(inner: Mapping[Path, Fill], node: Expr) -> Fill:
            return lambda sheet, where: sheet.along(node, inner, where)

        return self.combined(e, {way: given(inner, tree.at(e, way)) for way, inner in below.items()}, env)

    def combined(self, e: Expr, given: Mapping[Path, Fill], env: Env) -> Values:
        """The value of a node some of whose parts have other values.

        Raises:
            Unsupported: that cannot be evaluated.
        """

        def part(i: int, inner: Env) -> Values:
            fill = given.get((i,))
            return fill(self, inner) if fill is not None else self.value(as_expr(e.args[i]), inner)

        if isinstance(e, Subs):
            points = [given[2, i](self, env) if (2, i) in given else self.value(p, env) for i, p in enumerate(e.point)]
            return self._substituted(e, points, env)
        if isinstance(e, Derivative | Grad):
            if set(given) != {(0,)}:
                raise Unsupported("a derivative by something else")
            return self._differentiated(e, given[0,], env)
        return self._combine(e, env, part)

    def stacked(
        self,
        operands: Sequence[Expr | Later],
        env: Env,
        components: tuple[int, ...],
        key: object = None,
        bound: Sequence[Any] = (),
        old: Values = None,
    ) -> Values:
        """The values of many expressions, one a row; NaN for what cannot be evaluated.

        ``key`` names them for good, where the indices ``bound`` have the same values; ``old`` is what the part has now
        in whose place they would stand.
        """
        name = (id(key), components, *(env.get(k) for k, *_ in bound)) if key is not None else None
        if name is not None and name in self._stacks:
            return self._stacks[name][1]
        form = (*components, self.count)
        rows = np.full((len(operands), *form), np.nan, dtype=float if self.real else complex)
        for row, operand in zip(rows, operands, strict=True):
            with contextlib.suppress(*FAILS):
                row[...] = operand.value(self, env, old) if isinstance(operand, Later) else self.value(operand, env)
        if name is not None:
            self._stacks[name] = key, rows  # the key is kept, lest another gets its address
        return rows

    # -- one node ------------------------------------------------------------------------------------------------

    def _combine(self, e: Expr, env: Env, part: Callable[[int, Env], Values]) -> Values:
        if isinstance(e, Add):
            return _fold(np.add, [part(i, env) for i in range(len(e.args))])
        if isinstance(e, Mul):
            ranks = [len(shape(as_expr(a))) for a in e.args]
            top = max(ranks)
            return _fold(np.multiply, [lift(part(i, env), top - rank) for i, rank in enumerate(ranks)])
        if isinstance(e, Frac):
            return part(0, env) * lift(self.field.inv(part(1, env)), len(shape(e.numerator)))
        if isinstance(e, Rational):
            return np.full((1,), float(e), dtype=float if self.real else complex)
        if isinstance(e, Pow):
            return self.power(part(0, env), e.exp, lambda: part(1, env))
        if isinstance(e, Array | Slice) and shape(e):
            return self._entries(e, env)
        if isinstance(e, Symbol):
            return np.full((1,), float(env[e])) if e in env else np.atleast_1d(self.field.lookup((e,)))
        if isinstance(e, Dot):
            return (part(0, env) * part(1, env)).sum(axis=-2)
        if isinstance(e, Sum | Product):
            return self._series(e, env, part)
        if isinstance(e, Ones):
            return np.ones((self.integer(e.args[0], env), 1))
        if isinstance(e, Component):
            (axis,) = shape(as_expr(e.args[0]))
            at = self.integer(e.args[1], env) - self.integer(axis.lower, env)
            vector = part(0, env)
            if not 0 <= at < vector.shape[-2]:
                return np.full((1,), np.nan)
            return vector[..., at, :]
        if isinstance(e, Softmax):
            weights = np.exp(part(0, env))
            return weights / weights.sum(axis=-2, keepdims=True)
        if isinstance(e, Each) and len(e.args) == 2:
            index = e.args[1]
            return np.stack(_alike([part(0, {**env, index: i}) for i in self._range(index, env)]), axis=-2)
        if isinstance(e, UnevaluatedExpr):
            return part(0, env)
        if isinstance(e, hyper | meijerg):
            function, arguments = flattened(e)
            return self.call(function, *(self.value(a, env) for a in arguments[:-1]), part(len(e.args) - 1, env))
        if isinstance(e, KroneckerDelta):
            return np.full((1,), float(self.integer(e.args[0], env) == self.integer(e.args[1], env)))
        if isinstance(e, Function | Max | Min) and not shape(e) and all(isinstance(a, Expr) for a in e.args):
            return self.call(type(e), *(part(i, env) for i in range(len(e.args))))
        if isinstance(e, Function) and shape(e):  # relu of a vector
            return self.field.call(type(e), [part(0, env)])
        return self._lowered(e, env)

    def call(self, function: Any, *arguments: Values) -> Values:
        """The values of a function of numbers."""
        return np.atleast_1d(self.field.call(function, arguments))

    def power(self, base: Values, exponent: Expr, value: Callable[[], Values]) -> Values:
        """The values of a power, those of whose exponent are worked out where it is no whole number."""
        if isinstance(exponent, Integer) and abs(int(exponent)) < 100:
            n = int(exponent)
            power = base if n else np.ones_like(base)
            for _ in range(abs(n) - 1):
                power = power * base
            return power if n >= 0 else np.where(power == 0, np.nan, 1 / np.where(power == 0, 1, power))
        power = np.power(base, value())
        if self.real and not exponent.is_Rational and not exponent.is_integer:
            power = np.where(base < 0, np.nan, power)  # among the real numbers, a power of what is not negative
        return power

    def _entries(self, e: Expr, env: Env) -> Values:
        """All entries of an array or of what is left free of it."""
        axes = shape(e)
        index = [Index(f"‹{i}›", axis.lower, axis.upper) for i, axis in enumerate(axes)]
        if isinstance(e, Array) and e.definition is None and e.values is None and len(axes) == 1:
            return np.stack([self.field.lookup((e, i)) for i in self._axis(axes[0], env)])
        return self._stack(lower(e, index), index, env)

    def _stack(self, core: Expr, index: Sequence[Index], env: Env) -> Values:
        if not index:
            try:
                value = np.atleast_1d(np.asarray(self._core(core, env)))
            except Undefined:
                return np.full((self.count,), np.nan)
            except Unsupported:
                if isinstance(self.field, Bound):
                    raise
                value = at_points(core, self.batch.points, env, self.real)
                self.dear = True
            return np.broadcast_to(value, (*value.shape[:-1], max(self.count, value.shape[-1])))
        rows = [self._stack(core, index[1:], {**env, index[0]: i}) for i in self._range(index[0], env)]
        return np.stack(rows, axis=-1 - len(index))

    def _lowered(self, e: Expr, env: Env) -> Values:
        """Anything else, as the checks evaluate it."""
        axes = shape(e)
        index = [Index(f"‹{i}›", axis.lower, axis.upper) for i, axis in enumerate(axes)]
        return self._stack(lower(e, index, {s.name for s in env}), index, env)

    def series(self, adding: bool, body: Expr, limit: tuple[Symbol, Expr, Expr], env: Env) -> Values:
        """The values of a sum or a product over one index.

        Raises:
            Unsupported: it does not end, or not soon.
        """
        if any(end.is_infinite for end in limit[1:]):
            return self._endless(adding, limit, lambda inner: self.value(body, inner), env)
        terms = [self.value(body, inner) for inner in self._ranges((limit,), env)]
        if not terms:
            return np.full((1,), 0.0 if adding else 1.0)
        return _fold(np.add if adding else np.multiply, terms)

    def _series(self, e: Expr, env: Env, part: Callable[[int, Env], Values]) -> Values:
        adding = isinstance(e, Sum)
        if any(end.is_infinite for _, *ends in e.limits for end in ends):
            if len(e.limits) != 1 or shape(e):
                raise Unsupported("a double sum without end")
            return self._endless(adding, e.limits[0], lambda inner: part(0, inner), env)
        terms = [part(0, inner) for inner in self._ranges(e.limits, env)]
        if not terms:
            return np.full((*(1 for _ in shape(e)), 1), 0.0 if adding else 1.0)
        return _fold(np.add if adding else np.multiply, terms)

    def _endless(
        self, adding: bool, limit: tuple[Symbol, Expr, Expr], body: Callable[[Env], Values], env: Env
    ) -> Values:
        bound, lower, upper = limit
        if lower.is_infinite or upper is not S.Infinity:
            raise Unsupported("a sum without a beginning")
        self.dear = True
        return endless(lambda n: body({**env, bound: n}), self.integer(lower, env), adding)

    def _ranges(self, limits: Sequence[Any], env: Env) -> list[Env]:
        if not limits:
            return [env]
        *inner, limit = limits
        bound, lower, upper = limit
        first, last = self.integer(lower, env), self.integer(upper, env)
        if last - first > 60:
            raise Unsupported("a long sum")
        return [deep for i in range(first, last + 1) for deep in self._ranges(inner, {**env, bound: i})]

    def _range(self, index: Index, env: Env) -> range:
        return range(self.integer(index.lower, env), self.integer(index.upper, env) + 1)

    def _axis(self, axis: Axis, env: Env) -> range:
        return range(self.integer(axis.lower, env), self.integer(axis.upper, env) + 1)

    def integer(self, e: Any, env: Env) -> int:
        """The value of a whole number made of sizes and indices."""
        return self._whole.integer(e, env)

    # -- a changed part below a derivative ---------------------------------------------------------------------------

    def _differentiated(self, e: Expr, body: Fill, env: Env) -> Values:
        by = e.args[1]
        if not self.real:
            raise Unsupported("a complex derivative of variants")
        if isinstance(e, Derivative):
            if len(e.variable_count) != 1 or e.variable_count[0][1] != 1:
                raise Unsupported("a higher derivative of variants")
            by = e.variable_count[0][0]
        axes = shape(as_expr(by))
        index = [Index(f"‹{i}›", axis.lower, axis.upper) for i, axis in enumerate(axes)]
        return self._slopes(body, lower(as_expr(by), index), index, env)

    def _slopes(self, body: Fill, by: Expr, index: Sequence[Index], env: Env) -> Values:
        if index:
            rows = [self._slopes(body, by, index[1:], {**env, index[0]: i}) for i in self._range(index[0], env)]
            return np.stack(_alike(rows), axis=-1 - len(index))
        key = (by.base.label, *(self.integer(i, env) for i in by.indices)) if isinstance(by, Indexed) else (by,)
        if key not in self._shifted:
            self._shifted[key] = self._bound({key: self.field.lookup(key) + 1j * STEP})
        return np.imag(body(self._shifted[key], env)) / STEP

    def _substituted(self, e: Subs, points: Sequence[Values], env: Env) -> Values:
        sheet = self._bound({(v,): p for v, p in zip(e.variables, points, strict=True)})
        return np.asarray(sheet._core(lower(e.expr), env))

    def _bound(self, values: Mapping[tuple[Any, ...], Values]) -> Sheet:
        """The same sheet with some variables moved; among the complex numbers if they are."""
        sheet = Sheet(self.batch, self.real and all(np.isrealobj(v) for v in values.values()), self.point)
        inherited = dict(self.field.values) if isinstance(self.field, Bound) else {}
        sheet.field = Bound(sheet.field, {**inherited, **values})
        sheet._core = Evaluator(sheet.field, self.point)
        return sheet


def _fold(combine: Any, parts: Sequence[Values]) -> Values:
    total = parts[0]
    for value in parts[1:]:
        total = combine(total, value)
    return total


def lift(value: Values, ranks: int) -> Values:
    """A scalar's values ready to be multiplied with a vector's: axes of length one before the points."""
    return value.reshape((*value.shape[:-1], *(1,) * ranks, value.shape[-1])) if ranks else value


def _alike(rows: Sequence[Values]) -> list[Values]:
    return list(np.broadcast_arrays(*rows))


@lru_cache(maxsize=8192)
def _whole_symbols(e: Expr) -> tuple[Symbol, ...]:
    """The free symbols whose values come from the environment."""
    if isinstance(e, Number):
        return ()
    return tuple(sorted((s for s in free(e) if s.is_integer), key=attrgetter("name")))
