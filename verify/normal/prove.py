"""What the canonical form is used for: proofs of equality, derivatives, linear coefficients, text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Expr, S, acos, acosh, acoth, acsc, acsch, asec, asech, asin, asinh, atan, atanh

from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import TooLarge, Undefined, Unsupported
from verify.normal.calculus.derive import derive_tree, differential
from verify.normal.domain import Scan
from verify.normal.proof import Proof
from verify.normal.read import read
from verify.normal.text.display import display
from verify.normal.text.write import expression
from verify.normal.workspace import PLAIN, in_field
from verify.normal.zero import vanishes
from verify.terms import number

HYPERBOLIC = frozenset((asinh, acosh, atanh, acoth, acsch, asech))
INVERSE = HYPERBOLIC | {asin, acos, atan, asec, acsc}
"""What a field can write as logarithms, where all is real and where it is not."""


def prove_equal(lhs: Expr, rhs: Expr, facts: Any, convergent: bool = False) -> Proof | None:
    """A proof that ``lhs = rhs`` wherever both are defined; ``None`` says only that none was found.

    ``convergent`` takes proofs that rest on the convergence of series, of which nothing is known: see
    :attr:`Proof.convergence`.
    """

    scan, work = _comparison(lhs, rhs, facts, convergent, search=True)
    return _attempt(scan, facts, work)


def same_form(lhs: Expr, rhs: Expr, facts: Any) -> Proof | None:
    """The proof that is there when both sides are read, without a search for another."""
    scan, work = _comparison(lhs, rhs, facts, convergent=False, search=False)
    try:
        return in_field(scan.sides, facts, work, scan)
    except (Undefined, Unsupported):
        return None


def _comparison(
    lhs: Expr, rhs: Expr, facts: Any, convergent: bool, search: bool
) -> tuple[Scan, Callable[[Field], Proof | None]]:
    """What is known of both sides, and their comparison in a field; ``search``: their difference may vanish, too."""
    lhs, rhs = number(lhs), number(rhs)
    scan = Scan((lhs, rhs), facts)

    def work(field: Field) -> Proof | None:
        left, right = read(field, lhs), read(field, rhs)
        same = left.num == right.num and left.den == right.den
        if not same and not (search and vanishes(field, left - right)):
            return None
        return Proof(field, scan, right, left) if convergent or not field.converges else None

    return scan, work


def prove_zero(expr: Expr, facts: Any) -> Proof | None:
    """A proof that ``expr = 0`` wherever it is defined."""

    expr = number(expr)
    scan = Scan((expr, S.Zero), facts)

    def work(field: Field) -> Proof | None:
        value = read(field, expr)
        if field.converges or not vanishes(field, value):
            return None
        return Proof(field, scan, field.zero, value)

    return _attempt(scan, facts, work)


def _attempt(scan: Scan, facts: Any, work: Callable[[Field], Proof | None]) -> Proof | None:
    """First without, then with the signs that follow from where the claim is asserted, then with logarithms."""
    sides = scan.sides
    try:
        found = in_field(sides, facts, work, scan)
        if found is None and scan.real and scan.asserting:
            found = in_field(sides, facts, work, scan, implied=True)
        if found is None and not scan.kinds.isdisjoint(HYPERBOLIC if scan.real else INVERSE):
            found = in_field(sides, facts, work, scan, implied=True, logarithmic=True)
        return found
    except (Undefined, Unsupported):
        return None


def canonical(expr: Expr, facts: Any) -> str:
    """The canonical form as text."""
    return in_field((expr,), facts, lambda field: display(field, read(field, expr)), Scan((expr,), facts))


def differentiate(expr: Expr, variable: Expr, facts: Any = None) -> Expr:
    """The derivative by a symbol or an entry of an array, in canonical form."""

    def work(field: Field) -> Expr:
        return expression(field, derive_tree(field, expr, differential(field, variable)))

    return in_field((expr, variable), PLAIN if facts is None else facts, work)


def expand_derivatives(expr: Expr, facts: Any = None) -> Expr:
    """``expr`` with every Derivative and Subs replaced by its value."""
    from sympy import Derivative, Subs

    if not expr.has(Derivative, Subs):
        return expr
    return in_field((expr,), PLAIN if facts is None else facts, lambda field: expression(field, read(field, expr)))


def rewritten(expr: Expr, facts: Any, most: int | None = None) -> Expr:
    """The canonical form as an expression; equal sums in it have equal bound indices.

    Raises:
        TooLarge: it has more than ``most`` terms: to write them takes longer than to find them.
    """

    def work(field: Field) -> Expr:
        form = read(field, expr)
        if most is not None and len(form.num) + len(form.den) > most:
            raise TooLarge("too many terms to write")
        return expression(field, form)

    return in_field((expr,), facts, work, Scan((expr,), facts))


def linear_in(expr: Expr, variable: Expr, facts: Any) -> tuple[Expr, Expr] | None:
    """Coefficients a, b free of ``variable`` with expr = a·variable + b, or ``None``."""

    def work(field: Field) -> tuple[Expr, Expr] | None:
        value = read(field, expr)
        kernel = field.only(read(field, variable))
        if kernel is None:
            return None
        if kernel.index in field.deep(field.polynomial(value.den)) or value.num.degrees()[kernel.index] > 1:
            return None
        slope = value.num.derivative(kernel.index)
        rest = value.num - slope * kernel.poly
        for part in (slope, rest, value.den):
            for k in field.used(part):
                # another entry of the same array, or a sum over its entries, may be the variable in disguise
                if kernel.index in k.deep or (kernel.kind == "entry" and kernel.data in k.atoms):
                    return None
        return (expression(field, field.ratio(slope, value.den)), expression(field, field.ratio(rest, value.den)))

    try:
        return in_field((expr, variable), facts, work)
    except (Undefined, Unsupported):
        return None
