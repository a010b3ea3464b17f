"""What one walk over the sides of a claim finds: which letters and functions stand there, and what they assert.

It is asked before anything is read: are the sides real, how many kernels will there be, which nodes say something of
their arguments by being defined.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from sympy import (
    Add,
    Derivative,
    Expr,
    Function,
    Integer,
    Integral,
    Limit,
    Mul,
    Pow,
    Product,
    Subs,
    Sum,
    Symbol,
    Tuple,
    acos,
    acosh,
    arg,
    asin,
    atanh,
    conjugate,
    factorial,
    gamma,
    hyper,
    im,
    log,
    re,
)
from sympy.core.basic import Basic
from sympy.core.numbers import Exp1, ImaginaryUnit, Rational
from sympy.functions.elementary.piecewise import ExprCondPair
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from verify.terms import Array, Frac, Index, Tabulate, free

_COMPLEX = {ImaginaryUnit, re, im, arg, conjugate}
_ELEMENTARY = ("sympy.functions.elementary", "verify.")
_RANGED = {Sum, Product, Tabulate}
_LOCAL = {*_RANGED, Integral, Limit, ExprCondPair, Subs}
_ASSERTING = {log, asin, acos, atanh, acosh}


class Survey:
    """What one pass over some expressions finds."""

    def __init__(self, sides: Sequence[Expr]) -> None:
        self.nodes = 0  # about how many kernels there will be
        self.complex = False  # i, or a function that is of interest for complex numbers only
        self.asserting: dict[Basic, None] = {}  # nodes that say something of their arguments by being defined
        self.kinds: set[type] = set()  # of nodes that are neither sums nor products nor powers nor leaves
        self.letters: set[Symbol] = set()  # symbols and arrays, be they bound
        self._seen: set[int] = set()  # by identity, which is quick
        self._kernels: set[Basic] = set()
        self._angles: set[Basic] = set()
        inner = self._walk(sides, True)
        self.leaves = self.letters  # those that are not bound
        if inner:
            self._walk(inner, False)
            self.leaves = self.letters & frozenset[Symbol]().union(*map(free, sides))
        self.nodes += len(self.leaves)

    @property
    def arrays(self) -> bool:
        """Whether entries of arrays stand there."""
        return any(isinstance(letter, Array) for letter in self.letters)

    @property
    def ranges(self) -> bool:
        """Whether anything in it has a range: a sum, a product, an index, an array."""
        return not self.kinds.isdisjoint(_RANGED) or any(isinstance(s, Array | Index) for s in self.letters)

    @property
    def real(self) -> bool:
        """Whether every letter is known to be real by itself, and nothing complex stands there."""
        return not self.complex and all(letter.is_extended_real for letter in self.letters)

    def _walk(self, items: Sequence[Basic], everywhere: bool) -> list[Basic]:
        """Take note of all nodes; those below a node that is local are given back where the others count."""
        seen, kernels, angles, letters = self._seen, self._kernels, self._angles, self.letters
        inner: list[Basic] = []
        stack = list(items)
        while stack:
            e = stack.pop()
            kind = type(e)
            role = _role(kind)  # type: ignore[arg-type]  # classes are hashable
            if role == "number":
                continue
            if role == "symbol":
                letters.add(e)
                continue
            identity = id(e)
            if identity in seen:
                continue
            seen.add(identity)
            args = e.args
            if role == "ring" or (role == "power" and isinstance(args[1], Integer)):
                stack += args
                continue
            if role == "complex":
                self.complex = True
            if not args:
                self.nodes += 1  # π, γ, i
                continue
            if everywhere and role in ("asserting", "power") and _asserts(e):
                self.asserting[e] = None
            self.kinds.add(kind)
            weight = _weight(kind)  # type: ignore[arg-type]
            if weight:  # what looks alike is counted once, and so are cosine and sine of one angle
                distinct, counted = (angles, args[0]) if role == "angle" else (kernels, e)
                known = len(distinct)
                distinct.add(counted)
                if len(distinct) > known:
                    self.nodes += weight
            if everywhere and role == "local":
                inner += args
            else:
                stack += args
        return inner


@lru_cache(maxsize=64)
def survey(*sides: Expr) -> Survey:
    """The survey of some expressions; several rooms ask for that of the same claim."""
    return Survey(sides)


@cache
def _role(kind: type[Basic]) -> str:
    """What the nodes of a type are to a survey."""
    if kind is Add or kind is Mul:
        return "ring"
    if kind is Pow:
        return "power"
    if kind in _COMPLEX:
        return "complex"
    if kind in _LOCAL:
        return "local"
    if issubclass(kind, Symbol):
        return "symbol"
    if issubclass(kind, TrigonometricFunction):
        return "angle"
    return "number" if issubclass(kind, Rational) else "asserting" if kind in _ASSERTING else ""


def _asserts(e: Basic) -> bool:
    """Whether a node that may assert something of its argument does."""
    return not isinstance(e, Pow) or not (isinstance(e.args[0], Exp1) or whole(e.args[1]))


def whole(exponent: Expr) -> bool:
    """Known to be an integer. SymPy, which takes long, is not asked about a sum of products of symbols and integers,
    nor where symbols are not all of them integers."""
    loose, waiting, fractions = False, [exponent], False
    while waiting:
        part = waiting.pop()
        if isinstance(part, Add | Mul):
            waiting.extend(part.args)
        elif isinstance(part, Symbol):
            loose |= not part.is_integer
        elif not isinstance(part, Rational):
            return bool(exponent.is_integer)
        else:
            fractions |= part.q != 1
    return not loose and (not fractions or bool(exponent.is_integer))


@cache
def _weight(kind: type[Basic]) -> int:
    """About how many kernels a node of a type brings with it."""
    if issubclass(kind, Frac | Derivative | Tuple):
        return 0
    if kind in _LOCAL:
        return 5  # bound indices, and entries at other indices
    if issubclass(kind, TrigonometricFunction | gamma | factorial):
        return 2
    if issubclass(kind, hyper):
        return 8  # neighbours, gammas, powers of 1 − z
    return 1 if not issubclass(kind, Function) or kind.__module__.startswith(_ELEMENTARY) else 4
