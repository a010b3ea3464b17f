"""What an author writes beyond SymPy: dot products, vectors by their components, gradients, quotients as written."""

from __future__ import annotations

from typing import Any

from sympy import Expr
from sympy.functions.special.polynomials import OrthogonalPolynomial

from verify.terms.arrays import Node
from verify.terms.numbers import number


class Dot(Node):
    """The dot product of two vectors of one length, in the order written."""


class Ones(Node):
    """The vector of ones, with as many components as an axis of the given size."""


class Softmax(Node):
    """``softmax(x)_i = exp(x_i) / Σ_j exp(x_j)``, a vector of the shape of ``x``."""

    __iter__ = None

    def __getitem__(self, key: Any) -> Expr:
        return Component(self, number(key))


class Component(Node):
    """One component of a vector expression."""


class Each(Node):
    """``Each(body, i)``: the vector whose component at the index ``i`` is ``body``."""

    __iter__ = None

    def __getitem__(self, key: Any) -> Expr:
        return Component(self, number(key))


class Grad(Node):
    """The gradient of a scalar by a symbol, vector, row or matrix; it has the shape of the latter."""


class Frac(Node):
    """A quotient kept as written: ``Frac(a, b)`` is ``a/b``, defined where ``b`` is not zero."""

    @property
    def numerator(self) -> Expr:
        """What is divided."""
        return self.args[0]

    @property
    def denominator(self) -> Expr:
        """What it is divided by."""
        return self.args[1]

    def _eval_is_extended_real(self) -> bool | None:
        return (self.numerator / self.denominator).is_extended_real


def written_out(e: Expr) -> Expr:
    """With quotients in place of every :class:`Frac`.

    Orthogonal polynomials stay as they are unless their degree is known to be ≥ 0: SymPy takes them for even or odd.
    """
    return _written_out(e) if e.has(Frac) else e


def _written_out(e: Any) -> Any:
    if not e.args:
        return e
    args = [_written_out(a) for a in e.args]
    if isinstance(e, Frac):
        return args[0] / args[1]
    if all(new is old for new, old in zip(args, e.args, strict=True)):
        return e
    if isinstance(e, OrthogonalPolynomial) and not args[0].is_nonnegative:
        return e.func(*args, evaluate=False)
    return e.func(*args)
