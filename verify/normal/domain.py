"""Where a claim is asserted: which expressions must be real, and which signs follow.

Where all symbols are real and no I, re, im, arg occurs, points at which log or a radical leaves ℝ are excluded. So
log f implies f > 0, a fractional power f**s implies f ≥ 0 (f > 0 for s < 0); only nodes that are evaluated at every
point count, that is none inside a sum, a product, an integral, a limit, a case of Piecewise, or a substitution.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

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

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import NormalError, Restart, TooLarge
from verify.normal.read import read
from verify.normal.signs import NEG, POS, ZERO, polynomial_sign
from verify.terms import Frac, Tabulate, free

_COMPLEX = {ImaginaryUnit, re, im, arg, conjugate}
_ELEMENTARY = ("sympy.functions.elementary", "verify.")
_LOCAL = {Sum, Product, Integral, Limit, ExprCondPair, Subs, Tabulate}
_ASSERTING = {log, asin, acos, atanh, acosh}


class Scan:
    """What one pass over the claim's trees finds."""

    def __init__(self, sides: Sequence[Expr], facts: Any) -> None:
        self.sides = tuple(sides)
        self.nodes = 0  # about how many kernels there will be
        self.complex = False
        self.asserting: dict[Basic, None] = {}  # nodes that say something of their arguments by being defined
        self.kinds: set[type] = set()  # of nodes that are neither sums nor products nor powers nor leaves
        seen: set[int] = set()  # by identity, which is quick
        kernels: set[Basic] = set()
        leaves: set[Symbol] = set()
        inner = self._walk(sides, seen, kernels, leaves, True)
        if inner:
            self._walk(inner, seen, kernels, leaves, False)
            leaves &= frozenset[Symbol]().union(*map(free, sides))
        self.nodes += len(leaves)
        self.real = facts.real_mode and not self.complex and all(s.is_extended_real or facts.real(s) for s in leaves)

    def _walk(
        self, items: Sequence[Basic], seen: set[int], kernels: set[Basic], leaves: set[Symbol], everywhere: bool
    ) -> list[Basic]:
        """Take note of all nodes; those below a node that is local are given back where the others count."""
        inner: list[Basic] = []
        stack = list(items)
        while stack:
            e = stack.pop()
            kind = type(e)
            role = _role(kind)  # type: ignore[arg-type]  # classes are hashable
            if role == "number" or id(e) in seen:
                continue
            seen.add(id(e))
            if role == "symbol":
                leaves.add(e)
                continue
            args = e.args
            if role == "ring" or (role == "power" and isinstance(args[1], Integer)):
                stack += args
                continue
            if role == "complex":
                self.complex = True
            if not args:
                continue
            if everywhere and role in ("asserting", "power") and _asserts(e):
                self.asserting[e] = None
            if e not in kernels:
                kernels.add(e)
                self.kinds.add(kind)
                self.nodes += _kernels(kind)  # type: ignore[arg-type]
            if everywhere and role == "local":
                inner += args
            else:
                stack += args
        return inner


@cache
def _role(kind: type[Basic]) -> str:
    """What the nodes of a type are to a scan."""
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
    return "number" if issubclass(kind, Rational) else "asserting" if kind in _ASSERTING else ""


def _asserts(e: Basic) -> bool:
    """Whether a node that may assert something of its argument does."""
    return not isinstance(e, Pow) or not (isinstance(e.args[0], Exp1) or whole(e.args[1]))


def _asserted(e: Basic) -> tuple[Expr, int]:
    """What a node asserts by being defined: an expression and its possible signs."""
    if isinstance(e, Pow):
        base, exponent = e.args
        return base, POS if isinstance(exponent, Rational) and exponent.p < 0 else POS | ZERO
    (argument,) = e.args[:1]
    if isinstance(e, log):
        return argument, POS
    return (argument - 1 if isinstance(e, acosh) else 1 - argument**2), POS | ZERO


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
def _kernels(kind: type[Basic]) -> int:
    """About how many kernels a node of a type brings with it."""
    if issubclass(kind, Frac | Derivative):
        return 0
    if kind in _LOCAL:
        return 5  # bound indices, and entries at other indices
    if issubclass(kind, TrigonometricFunction | gamma | factorial):
        return 2
    if issubclass(kind, hyper):
        return 8  # neighbours, gammas, powers of 1 − z
    return 1 if not issubclass(kind, Function) or kind.__module__.startswith(_ELEMENTARY) else 4


def imply(field: Field, scan: Scan) -> None:
    """Record the signs of polynomials that hold wherever the claim is asserted."""
    if not scan.asserting or not field.real_domain:
        return
    asserted = dict.fromkeys(map(_asserted, scan.asserting))
    learnt = True
    for _ in range(3):
        if not learnt:
            break
        learnt = False
        for base, wanted in asserted:
            if base.is_positive:
                continue
            try:
                value = read(field, base)
            except (Restart, TooLarge):
                raise
            except NormalError:
                continue
            if not field.real(value) or value.is_zero:
                continue
            unknown, negative = [], False
            for p in (value.num, value.den):
                content, parts = factor(field, p)
                negative ^= content < 0
                for f, e in parts:
                    if e % 2 == 0:
                        continue
                    sign = polynomial_sign(field, f)
                    if sign is not None and not sign & NEG:
                        continue
                    if sign is not None and not sign & POS:
                        negative = not negative
                        continue
                    unknown.append((f, p is value.den))
            if len(unknown) == 1:
                f, below = unknown[0]
                key = field.polynomial(-f if negative else f).key
                mask = POS if below else wanted
                if field.signs.get(key) not in (mask, POS):
                    field.signs[key] = mask
                    learnt = True
        if learnt:
            forget(field)


def forget(field: Field) -> None:
    """Drop canonical forms that were found with less knowledge."""
    field.memo = {k: v for k, v in field.memo.items() if isinstance(k, tuple) and k[0] in ("grain", "factor", "weight")}
    for kernel in field.all_kernels():
        kernel.memo.pop("sign", None)
