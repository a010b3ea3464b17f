"""Differentiation inside the canonical form: the chain rule over kernels.

The derivative of a ratio is Σ ∂/∂g · g′ over its kernels g; each kind of kernel knows its own g′. The derivative by
an entry V[i] of an array is another entry's Kronecker delta: ∂V[j]/∂V[i] = δ(j, i). Derivatives, Subs and their
expressions are read here too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import Add, Basic, Derivative, Dummy, Expr, Indexed, Mul, Pow, Rational, Subs, Symbol, atan, atanh, log

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Kernel
from verify.normal.algebra.limits import Unsupported
from verify.normal.algebra.ratio import Poly, Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.binding import deltas
from verify.normal.functions.powers import power
from verify.normal.read import read, reads
from verify.terms import Array, Frac, free

MAX_ORDER = 200


class Differential:
    """``d(ratio)``: the derivative by one symbol or one entry of an array."""

    def __init__(self, field: Field, variable: Kernel) -> None:
        if variable.kind not in ("symbol", "entry"):
            raise Unsupported(f"derivative by a {variable.kind}")
        self.field = field
        self.variable = variable
        self.atom = variable.data
        self.incoming = variable.deep  # must not be captured by a bound index
        self.memo: dict[int, Ratio] = {}
        self._moving: dict[int, tuple[Basic, bool]] = {}

    def moves(self, e: Basic) -> bool:
        """Whether the symbol stands in an expression, be it bound there."""
        args = e.args
        if not args:
            atom = self.atom
            return e is atom or (type(e) is type(atom) and e.name == atom.name and e == atom)
        found = self._moving.get(id(e))
        if found is None:
            found = self._moving[id(e)] = e, any(map(self.moves, args))
        return found[1]

    def __call__(self, a: Ratio) -> Ratio:
        field = self.field
        if a is self.variable.ratio:
            return field.one
        if all(self.atom not in k.atoms for k in a.inside):
            return field.zero
        num = self.polynomial(a.num, a.above)
        if a.den.is_one():
            return num
        den = Ratio(field, a.den, field.unit, a.below, 0, a.exact)
        change = self.polynomial(a.den, a.below)
        return num / den if change.is_zero else (num - a * change) / den

    def polynomial(self, p: Poly, mask: int) -> Ratio:
        """The derivative of a reduced polynomial in the kernels of the mask; its slopes are reduced too."""
        terms, field, atom = [], self.field, self.atom
        place = field.places.get(id(p))
        if place is not None:
            return self.kernel(field.at(place))
        for kernel in field.marked(mask):
            if atom in kernel.atoms:
                change = self.kernel(kernel)
                if change.num:
                    slope = p.derivative(kernel.index)
                    terms.append(change if slope.is_one() else Ratio(field, slope, field.unit, mask, 0) * change)
        return terms[0] if len(terms) == 1 else field.total(terms)

    def kernel(self, kernel: Kernel) -> Ratio:
        """The derivative of a kernel."""
        if kernel.index not in self.memo:
            self.memo[kernel.index] = self._kernel(kernel)
        return self.memo[kernel.index]

    def _kernel(self, kernel: Kernel) -> Ratio:
        if kernel is self.variable:
            return self.field.one
        if kernel.kind == "symbol":
            return self.field.zero
        if kernel.kind == "entry" and kernel.data == self.atom:
            result = self.field.one
            for a, b in zip(kernel.args, self.variable.args, strict=True):
                result = result * deltas.delta(self.field, a, b)
            return result
        rule = KINDS[kernel.kind].derive
        if rule is None:
            raise Unsupported(f"derivative of {kernel.kind}")
        return rule(self.field, kernel, self)

    def constant_limits(self, limits: Sequence[tuple[Symbol, Expr, Expr]]) -> None:
        """Ranges must not depend on the variable."""
        if any(self.atom in (free(lo) | free(hi)) for _, lo, hi in limits):
            raise Unsupported("derivative by something that a range depends on")


def differential(field: Field, variable: Expr) -> Differential:
    """The derivative operator by a symbol or an entry."""
    if not isinstance(variable, Symbol | Indexed) or isinstance(variable, Array):
        raise Unsupported(f"derivative by {type(variable).__name__}")
    kernel = field.only(read(field, variable))
    assert kernel is not None
    return Differential(field, kernel)


def derive_tree(field: Field, e: Expr, d: Differential, factors: tuple[Ratio, ...] = ()) -> Ratio:
    """The derivative of an expression, times the factors, term by term (a common denominator would swell).

    Constant factors are set aside, and the chain rule applied to functions with an algebraic derivative before they
    are read: the derivative of log f needs no kernels for the logarithms of the factors of f.
    """
    if isinstance(e, Add):
        return field.product((*factors, field.total(derive_tree(field, arg, d) for arg in e.args)))
    if d.variable.kind == "symbol" and not field.scope:
        if isinstance(e, Mul):
            moving = [arg for arg in e.args if d.moves(arg)]
            if len(moving) == 1:
                constant = (read(field, arg) for arg in e.args if arg is not moving[0])
                return derive_tree(field, moving[0], d, (*factors, *constant))
        elif isinstance(e, Frac) and not d.moves(e.denominator):
            return derive_tree(field, e.numerator, d, (*factors, read(field, e.denominator).inverse()))
        elif isinstance(e, Pow) and isinstance(e.args[1], Rational):
            base, exponent = e.args
            return _of_power(field, base, exponent, d, factors)
        slope = _SLOPES.get(type(e))
        if slope is not None and len(e.args) == 1:
            argument = read(field, e.args[0])
            change = d(read(field, e)) if argument.is_zero else d(argument)
            if argument.is_zero or change.is_zero:
                return field.product((*factors, change))
            return field.product((*factors, slope(field, argument), change))
    return field.product((*factors, d(read(field, e))))


def _of_power(field: Field, base: Expr, exponent: Rational, d: Differential, factors: tuple[Ratio, ...]) -> Ratio:
    """(bˢ)′ = s·bˢ⁻¹·b′, without the radicals that bˢ itself would bring."""
    value, p, q = read(field, base), int(exponent.p), int(exponent.q)
    if value.is_zero:
        return field.product((*factors, d(power(field, value, field.number(p, q)))))
    less = value ** (p - 1) if q == 1 else power(field, value, field.number(p - q, q))
    return derive_tree(field, base, d, (*factors, field.number(p, q), less))


_SLOPES: dict[type[Expr], Callable[[Field, Ratio], Ratio]] = {
    log: lambda field, a: a.inverse(),
    atan: lambda field, a: (field.one + a * a).inverse(),
    atanh: lambda field, a: (field.one - a * a).inverse(),
}


@reads(Derivative)
def _derivative(field: Field, e: Derivative) -> Ratio:
    body = e.expr
    found: Ratio | None = None
    for variable, order in e.variable_count:
        if not order.is_Integer:
            raise Unsupported("a derivative of symbolic order")
        if int(order) > MAX_ORDER:
            raise Unsupported(f"a derivative of order {order}")
        d = differential(field, variable)
        for _ in range(int(order)):
            found = derive_tree(field, body, d) if found is None else d(found)
    return read(field, body) if found is None else found


@reads(Subs)
def _subs(field: Field, e: Subs) -> Ratio:
    # what is known of the variable need not hold for the value that takes its place
    table = {v: Dummy(v.name) for v in e.variables}
    body = read(field, e.expr.xreplace(table))
    mapping: dict[int, Any] = {}
    for v, value in zip(e.variables, e.point, strict=True):
        kernel = field.only(read(field, table[v]))
        assert kernel is not None
        mapping[kernel.index] = read(field, value)
    return substitute(field, body, mapping)
