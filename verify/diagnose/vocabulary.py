"""The words of which lines are made: what a slip may have put in, left out or exchanged."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import field
from functools import cached_property
from itertools import combinations
from typing import Any

from sympy import (
    Add,
    Derivative,
    Expr,
    Function,
    Indexed,
    Integral,
    KroneckerDelta,
    Mul,
    Number,
    Pow,
    Product,
    Sum,
    Symbol,
    expand,
    log,
)

from verify.diagnose.occurring import FEW_TERMS, Occurring
from verify.diagnose.search.tree import size
from verify.frozen import dataclass
from verify.shapes import Shape, shape
from verify.terms import Array, Axis, Component, Frac, Grad, Index, TermError, entry, free

LARGEST = 14  # a part that is longer is no factor that one forgets
MOST = 60  # operands of one kind
FEW_DENOMINATORS = 3
SHORT_POWER = 4


Scope = tuple[tuple[Symbol, Expr, Expr], ...]


@dataclass
class Vocabulary(Occurring):
    """The parts of some lines, as operands of edits: in the order of the lines, each with the indices bound there."""

    _factors: dict[Any, tuple[Expr, ...]] = field(default_factory=dict)
    _terms: dict[Any, tuple[Expr, ...]] = field(default_factory=dict)
    _made: dict[Any, Any] = field(default_factory=dict)

    def remembered(self, key: Any, make: Callable[[], Any]) -> Any:
        """What has been made of these words once."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def in_scope(self, bound: Scope) -> tuple[Symbol, ...]:
        """The indices that may be used where ``bound`` are bound."""
        return tuple(dict.fromkeys((*(k for k, _, _ in reversed(bound)), *self.indices)))

    def factors(self, bound: Scope) -> tuple[Expr, ...]:
        """Scalars that may have been lost or added as a factor, simple ones first."""
        if bound not in self._factors:
            found = [s for s in self.symbols if not isinstance(s, Index | Array) and not s.is_integer]
            found += self.sizes
            found += self.inner_derivatives
            found += self._entries()
            found += [node for node in self._seen(bound) if not shape(node)]
            found += [turned for f in found for turned in _turned(f)]
            lost = [s**e for s in self.lost for e in self._exponents(bound)]
            self._factors[bound] = (*tuple(dict.fromkeys(found))[:MOST], *self._denominators, *lost[:MOST])
        return self._factors[bound]

    def _entries(self) -> Iterator[Expr]:
        """The entries of vectors at free indices of their range: ``∂/∂w_r (w·x)`` has a factor ``x_r``."""
        for array in self.arrays:
            for index in self.indices:
                if len(array.axes) == 1 and array.axes[0] == Axis(index.lower, index.upper):
                    yield entry(array, index)

    def _exponents(self, bound: Scope) -> Iterator[Expr]:
        """Powers that a symbol may have where it has got lost: what stands around, and what it is summed over."""
        scope = self.in_scope(bound)
        indices = {k for k, *_ in bound}
        for part in sorted(self.parts, key=lambda p: size(p.node)):
            if not isinstance(part.node, Symbol | Add | Mul) or size(part.node) > SHORT_POWER or shape(part.node):
                continue
            own = free(part.node)
            known = all(s in scope or not isinstance(s, Index) for s in own)
            if known and (not indices or not indices.isdisjoint(own)):
                yield part.node

    @cached_property
    def _denominators(self) -> tuple[Expr, ...]:
        """What is divided by somewhere, however long it is."""
        found = (p.node.denominator for p in self.parts if isinstance(p.node, Frac) and not p.bound)
        return tuple(dict.fromkeys(e for e in found if size(e) > LARGEST and not shape(e)))[:FEW_DENOMINATORS]

    def terms(self, bound: Scope, axes: Shape) -> tuple[Expr, ...]:
        """Expressions of one shape that may have been lost or added as a term."""
        if (bound, axes) not in self._terms:
            found: list[Expr] = [a for a in self.arrays if shape(a) == axes]
            if not axes:
                found = [s for s in self.symbols if not isinstance(s, Index | Array) and not s.is_integer]
                found += self.sizes
            found += [node for node in self._seen(bound) if shape(node) == axes]
            if not axes:
                found = [*self.deltas(bound), *found]
            whole = () if bound else tuple(t for t in self._whole_terms if shape(t) == axes)
            self._terms[bound, axes] = tuple(dict.fromkeys((*whole, *found)))[:MOST]
        return self._terms[bound, axes]

    @cached_property
    def _whole_terms(self) -> tuple[Expr, ...]:
        """The terms of whole lines, of what they differentiate, and of sums over other ranges."""
        found: dict[Expr, None] = {}
        for line in self.lines:
            for term in Add.make_args(line):
                found.setdefault(term)
                if isinstance(term, Sum) and len(term.limits) == 1:
                    for _, lower, upper in self.ranges:
                        found.setdefault(Sum(term.function, (term.limits[0][0], lower, upper)))
            if isinstance(line, Integral) and size(line.function) <= LARGEST:
                for term in Add.make_args(expand(line.function))[:FEW_TERMS]:
                    found.setdefault(Integral(term, *line.limits))
            if isinstance(line, Grad):
                for term in Add.make_args(line.args[0]):
                    found.setdefault(Grad(term, line.args[1]))
        return tuple(found)

    def deltas(self, bound: Scope) -> tuple[Expr, ...]:
        """Kronecker deltas of two indices that may be equal."""
        pairs = combinations(self.in_scope(bound), 2)
        return tuple(KroneckerDelta(a, b) for a, b in pairs)

    @cached_property
    def inner_derivatives(self) -> tuple[Expr, ...]:
        """What the chain rule multiplies with: derivatives of arguments by the variables of derivatives."""
        variables = [v for p in self.parts if isinstance(p.node, Derivative) for v, _ in p.node.variable_count]
        variables += [p.node.args[1] for p in self.parts if isinstance(p.node, Grad)]
        found: dict[Expr, None] = {}
        for part in self.parts:
            if isinstance(part.node, Function | Pow) and size(part.node) <= LARGEST:
                for variable in variables:
                    if isinstance(variable, Symbol) and not isinstance(variable, Array):
                        for inner in _inner(part.node, variable):
                            found.setdefault(inner)
        return tuple(found)

    def _seen(self, bound: Scope) -> Iterator[Expr]:
        """Parts of lines, the indices bound there renamed to what is in scope here."""
        scope = self.in_scope(bound)
        for part in sorted(self.parts, key=lambda p: size(p.node)):
            node = part.node
            if isinstance(node, Number | Index) or size(node) > LARGEST or (isinstance(node, Mul) and node.is_Number):
                continue
            yield from self._reindexed(node) if not part.bound else ()
            loose = [k for k, _, _ in part.bound if k in free(node)]
            if len(loose) > 1:
                continue
            if not loose or loose[0] in scope:
                yield from _with_coefficient_off(node)
            elif loose:
                for index in scope:
                    yield from _with_coefficient_off(node.xreplace({loose[0]: index}))

    def _reindexed(self, node: Expr) -> Iterator[Expr]:
        """The part at another free index with the same range, where it has one: softmax(u)[j] for softmax(u)[i]."""
        own = [k for k in self.indices if k in free(node)]
        if len(own) == 1 and isinstance(node, Component | Indexed):
            (old,) = own
            for new in self.indices:
                if new != old and (new.lower, new.upper) == (old.lower, old.upper):
                    yield node.xreplace({old: new})


def _turned(node: Expr) -> Iterator[Expr]:
    """A function of the argument with the other sign, if there is one: not of what counts something.

    Of a logarithm that is one of the fraction upside down.
    """
    if isinstance(node, Function) and len(node.args) == 1:
        argument = node.args[0]
        with contextlib.suppress(TypeError, ValueError):
            if isinstance(node, log) and isinstance(argument, Frac):
                yield log(Frac(argument.denominator, argument.numerator))
            else:
                yield node.func(-argument)


def _with_coefficient_off(node: Expr) -> Iterator[Expr]:
    coefficient, rest = node.as_coeff_Mul()
    if coefficient == 1 or rest is not node:
        yield rest
    if isinstance(node, Add) and len(node.args) == 2 and -node != rest and node.could_extract_minus_sign():
        yield -node


def _inner(node: Expr, variable: Symbol) -> Iterator[Expr]:
    """The derivative of a function's argument, where that is not trivial."""
    argument = node.args[0]
    if not isinstance(argument, Expr):
        return
    if variable in free(argument) and argument != variable and not argument.has(Sum, Product, Derivative):
        try:
            inner = argument.diff(variable)
        except (TypeError, ValueError, NotImplementedError, TermError):
            return
        if not inner.has(Derivative) and inner not in (1, 0):
            yield inner
