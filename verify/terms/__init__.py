"""The terms of the mathematics: plain SymPy, and the few nodes that SymPy lacks.

There are two levels. The **surface** is what an author writes: vectors, rows of matrices, dot products,
gradients, softmax. The **core** is what every check reads, scalar expressions only, made from the surface by
:mod:`verify.lower`:

* numbers, ``pi``, ``E``, ``I``; symbols, whose domain is their SymPy assumptions; :class:`Index` symbols;
* SymPy's ``Indexed`` for the entry of an :class:`Array` (made by :func:`entry`; ``array`` is the label of the base, so
  axes, domain and definition travel with each entry); indices run from ``lower`` to ``upper`` *inclusive*;
* ``Add``, ``Mul``, ``Pow``, SymPy's functions, ``Max``, ``Min``, ``Abs``, ``Piecewise``, ``KroneckerDelta``, and
  :class:`sigmoid`, :class:`relu`, :class:`softplus`; :class:`Frac`, a quotient that stays as written;
* ``Sum(body, (k, lo, hi))`` and ``Product``, of symbolic length, over an integer symbol; an empty range gives 0 or 1
  (not Karr's convention);
* ``Derivative(body, (v, n))`` with ``v`` a symbol or an array entry, and ``Subs`` of one;
* :class:`Opaque`, an unknown differentiable function, and its :class:`Partial` derivatives;

and **propositions** over them: :class:`Rel`, :class:`Conj`, :class:`Disj`, :class:`Neg`, :class:`ForAll`, …
Propositions are not SymPy Booleans, because those rewrite themselves (``Max(0, x) >= 0`` is ``True`` when built).
"""

from __future__ import annotations

from verify.terms.arrays import FREE, Array, Base, Definition, Entry, Node, Slice, entry, kronecker
from verify.terms.core import Opaque, Partial, Tabulate, free, relu, sigmoid, softplus
from verify.terms.indices import Axis, Index
from verify.terms.numbers import TYPED_DIGITS, TermError, decimal, fraction, number
from verify.terms.propositions import (
    TRUE,
    Conj,
    Content,
    Disj,
    ForAll,
    Maximises,
    Neg,
    Problem,
    Proposition,
    Rel,
    conjuncts,
    is_proposition,
)
from verify.terms.surface import Component, Dot, Each, Frac, Grad, Ones, Softmax, written_out

__all__ = [
    "FREE",
    "TRUE",
    "TYPED_DIGITS",
    "Array",
    "Axis",
    "Base",
    "Component",
    "Conj",
    "Content",
    "Definition",
    "Disj",
    "Dot",
    "Each",
    "Entry",
    "ForAll",
    "Frac",
    "Grad",
    "Index",
    "Maximises",
    "Neg",
    "Node",
    "Ones",
    "Opaque",
    "Partial",
    "Problem",
    "Proposition",
    "Rel",
    "Slice",
    "Softmax",
    "Tabulate",
    "TermError",
    "conjuncts",
    "decimal",
    "entry",
    "fraction",
    "free",
    "is_proposition",
    "kronecker",
    "number",
    "relu",
    "sigmoid",
    "softplus",
    "written_out",
]
