"""Nodes of the core that SymPy lacks: the logistic function and its kin, unknown functions; which symbols are free."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import Expr, Function, Integral, Limit, Piecewise, Product, Subs, Sum, Symbol, Tuple, exp, log

from verify.terms.arrays import Node


class sigmoid(Function):
    """The logistic function ``σ(x) = 1/(1 + e⁻ˣ)``, kept as written (``sigmoid(0)`` does not evaluate)."""

    is_zero = None  # as for nodes above

    def fdiff(self, argindex: int = 1) -> Expr:
        return self * (1 - self)

    def _eval_is_real(self) -> bool | None:
        return self.args[0].is_real

    def meaning(self) -> Expr:
        """The same in elementary functions."""
        return 1 / (1 + exp(-self.args[0]))


class softplus(Function):
    """``softplus(x) = log(1 + eˣ)``."""

    def fdiff(self, argindex: int = 1) -> Expr:
        return sigmoid(self.args[0])

    def _eval_is_real(self) -> bool | None:
        return self.args[0].is_real

    def meaning(self) -> Expr:
        """The same in elementary functions."""
        return log(1 + exp(self.args[0]))


class relu(Function):
    """``relu(x) = max(0, x)`` of a real number; of a vector, each component. Not differentiable at 0."""

    def fdiff(self, argindex: int = 1) -> Expr:
        x = self.args[0]
        return Piecewise((0, x < 0), (1, x > 0))

    def _eval_is_real(self) -> bool | None:
        return self.args[0].is_real


class Tabulate(Node):
    """``Tabulate(body, (i, lo, hi), …)``: an array as the argument of an opaque function, entry by entry."""

    @property
    def body(self) -> Expr:
        """The generic entry."""
        return self.args[0]

    @property
    def limits(self) -> tuple[Tuple, ...]:
        """The bound indices with their ranges."""
        return tuple(self.args[1:])


class Opaque(Node):
    """``Opaque(name, arg, …)``: an unknown smooth function; an argument is a scalar or a :class:`Tabulate`.

    The value is real when every argument is (an opaque function of real arguments is taken as real).
    """

    @property
    def name(self) -> str:
        """The function's name."""
        return str(self.args[0])

    @property
    def arguments(self) -> tuple[Expr, ...]:
        """What it is applied to."""
        return tuple(self.args[1:])

    def _eval_is_extended_real(self) -> bool | None:
        return True if all(symbol.is_extended_real for symbol in free(self)) else None


class Partial(Node):
    """``Partial(Opaque(…), (position, index, …), …)``: partial derivatives of an opaque function.

    Each tuple names an argument by its position (from 0) and, if that is an array, the entry; the tuples are
    sorted, since mixed partial derivatives of a smooth function commute.
    """

    @property
    def application(self) -> Opaque:
        """The function applied to its arguments."""
        return self.args[0]

    @property
    def by(self) -> tuple[Tuple, ...]:
        """With respect to what, one tuple a differentiation."""
        return tuple(self.args[1:])

    def _eval_is_extended_real(self) -> bool | None:
        return True if all(symbol.is_extended_real for symbol in free(self)) else None


@lru_cache(maxsize=16384)
def free(e: Any) -> frozenset[Symbol]:
    """The free symbols and arrays of a core term (SymPy's ``free_symbols`` rebuilds every sum, which is slow)."""
    if isinstance(e, Symbol):
        return frozenset((e,))
    if isinstance(e, Sum | Product | Tabulate):
        bound = frozenset(limit.args[0] for limit in e.limits)
        ends = frozenset().union(*(free(end) for limit in e.limits for end in limit.args[1:]))
        return (free(e.args[0]) - bound) | (ends - bound)
    if isinstance(e, Limit):
        body, variable, end, _ = e.args
        return (free(body) - {variable}) | free(end)
    if isinstance(e, Integral):
        bound = frozenset(limit.args[0] for limit in e.limits)
        ends = frozenset().union(*(free(end) for limit in e.limits for end in limit.args[1:]))
        return (free(e.function) - bound) | ends
    if isinstance(e, Subs):
        return (free(e.expr) - frozenset(e.variables)) | frozenset().union(*(free(p) for p in e.point))
    return frozenset().union(*(free(a) for a in e.args)) if e.args else frozenset()
