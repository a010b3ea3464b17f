"""Proofs of equality by canonical form, and the other uses of the form: derivative, linear coefficients, text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sympy import E, Expr, Pow, acos, acosh, acoth, acsch, asech, asin, asinh, atanh, log
from sympy.core.basic import Basic

from verify.normal.derive import derive_tree, differential
from verify.normal.domain import Scan, imply
from verify.normal.field import Field, Kernel, Ratio
from verify.normal.limits import MAX_KERNELS, Restart, TooLarge, Undefined, Unsupported
from verify.normal.read import read
from verify.normal.write import expression, kernel_text, text
from verify.normal.zero import vanishes
from verify.terms import Frac, number

T = TypeVar("T")
SIZES = (6, 10, 16, 24, 36, 54, 80, 120, 180, 270, MAX_KERNELS)
MAX_RESTARTS = 24


@dataclass(frozen=True)
class Proof:
    """Why two expressions are equal wherever both are defined.

    ``conditions`` say where that is (what is not zero, what is taken as real); ``kernels`` are the generators of the
    field, ``relations`` the rules used; ``canonical`` is the common canonical form.
    """

    conditions: tuple[str, ...]
    kernels: tuple[str, ...]
    relations: tuple[str, ...]
    canonical: str
    note: str = ""


class Plain:
    """No facts but those that symbols and indices carry themselves."""

    def sign(self, e: Expr) -> int | None:
        if e.is_positive:
            return 4
        if e.is_negative:
            return 1
        return 7 if e.is_real else None

    def real(self, e: Expr) -> bool:
        return bool(e.is_extended_real)

    def integer(self, e: Expr) -> bool:
        return bool(e.is_integer)

    def within(self, e: Expr, lo: Expr, hi: Expr) -> bool:
        lower, upper = getattr(e, "lower", e), getattr(e, "upper", e)
        return bool(e.is_integer and (lower - lo).is_nonnegative and (hi - upper).is_nonnegative)

    def distinct(self, a: Expr, b: Expr) -> bool:
        return bool((a - b).is_zero is False)

    def nonempty(self, lo: Expr, hi: Expr) -> bool:
        return bool((hi - lo).is_nonnegative)


def in_field(
    sides: Sequence[Expr],
    facts: Any,
    work: Callable[[Field], T],
    scan: Scan | None = None,
    implied: bool = False,
    logarithmic: bool = False,
) -> T:
    """Run ``work`` in a field that is large and fine enough.

    ``scan`` lets the field read the sides as asserted only where they are real; ``implied`` also uses the signs that
    follow from that, ``logarithmic`` writes inverse hyperbolic functions as logarithms.
    """
    nodes = (Scan(sides, facts) if scan is None else scan).nodes
    size = next((i for i, s in enumerate(SIZES) if s >= nodes + 2), len(SIZES) - 1)
    grains: dict[str, int] = {}
    for _ in range(MAX_RESTARTS):
        field = Field(facts, SIZES[size], grains, scan is not None and scan.real, logarithmic)
        try:
            if implied and scan is not None:
                imply(field, scan)
            return work(field)
        except Restart as restart:
            if restart.args == ("slots",):
                size += 1
                if size >= len(SIZES):
                    raise TooLarge(f"more than {MAX_KERNELS} kernels") from None
        except RecursionError:
            raise TooLarge("nested too deep") from None
    raise TooLarge("exponents keep getting finer")


def prove_equal(lhs: Expr, rhs: Expr, facts: Any) -> Proof | None:
    """A proof that ``lhs = rhs`` wherever both are defined; ``None`` says only that none was found."""

    lhs, rhs = number(lhs), number(rhs)

    def work(field: Field) -> Proof | None:
        left = read(field, lhs)
        right = read(field, rhs)
        if left.key != right.key and not vanishes(field, left - right):
            return None
        return _proof(field, (lhs, rhs), right, left)

    return _attempt((lhs, rhs), facts, work)


def prove_zero(expr: Expr, facts: Any) -> Proof | None:
    """A proof that ``expr = 0`` wherever it is defined."""

    expr = number(expr)

    def work(field: Field) -> Proof | None:
        value = read(field, expr)
        return _proof(field, (expr,), field.zero, value) if vanishes(field, value) else None

    return _attempt((expr,), facts, work)


def _attempt(sides: Sequence[Expr], facts: Any, work: Callable[[Field], Proof | None]) -> Proof | None:
    """First without, then with the signs that follow from where the claim is asserted, then with logarithms."""
    scan = Scan(sides, facts)
    try:
        found = in_field(sides, facts, work, scan)
        if found is None and scan.real and scan.bases:
            found = in_field(sides, facts, work, scan, implied=True)
        if found is None and any(side.has(asinh, acosh, atanh, acoth, acsch, asech) for side in sides):
            found = in_field(sides, facts, work, scan, implied=True, logarithmic=True)
        return found
    except (Undefined, Unsupported):
        return None


def canonical(expr: Expr, facts: Any) -> str:
    """The canonical form as text."""
    return in_field((expr,), facts, lambda field: text(field, read(field, expr)), Scan((expr,), facts))


def differentiate(expr: Expr, variable: Expr, facts: Any = None) -> Expr:
    """The derivative by a symbol or an entry of an array, in canonical form."""

    def work(field: Field) -> Expr:
        return expression(field, derive_tree(field, expr, differential(field, variable)))

    return in_field((expr, variable), Plain() if facts is None else facts, work)


def expand_derivatives(expr: Expr, facts: Any = None) -> Expr:
    """``expr`` with every Derivative and Subs replaced by its value."""
    from sympy import Derivative, Subs

    if not expr.has(Derivative, Subs):
        return expr
    return in_field((expr,), Plain() if facts is None else facts, lambda field: expression(field, read(field, expr)))


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


def _proof(field: Field, sides: Sequence[Expr], *values: Ratio) -> Proof:
    kernels = _occurring(field, values)
    rules = [
        f"({kernel_text(field, k, {})})**{field.rules[k.index][0]} = "
        f"{text(field, field.polynomial(field.rules[k.index][1]))}"
        for k in kernels
        if k.index in field.rules
    ]
    return Proof(
        conditions=tuple(dict.fromkeys(_conditions(field, sides))),
        kernels=tuple(kernel_text(field, k, {}) for k in kernels),
        relations=(*rules, *field.relations),
        canonical=text(field, values[0]),
    )


def _occurring(field: Field, values: Sequence[Ratio]) -> list[Kernel]:
    """The kernels of some values, those inside kernels too, in order of appearance."""
    found: dict[int, Kernel] = {}
    stack = [k for v in values for k in field.inside(v)]
    while stack:
        kernel = stack.pop()
        if kernel.index not in found:
            found[kernel.index] = kernel
            stack.extend(k for a in kernel.args for k in field.inside(a))
    return [found[i] for i in sorted(found, reverse=True)]


def _conditions(field: Field, sides: Sequence[Expr]) -> list[str]:
    """What the sides need to be defined: denominators not zero, arguments of log and radicals in their domain."""
    found: list[str] = []
    seen: set[Basic] = set()
    stack: list[Basic] = list(reversed(sides))
    while stack:
        e = stack.pop()
        if not e.args or e in seen:
            continue
        seen.add(e)
        if isinstance(e, Pow):
            base, exponent = e.args
            if not base.is_Number and base != E:
                if exponent.is_Rational:
                    below, root = exponent.p < 0, exponent.q != 1
                else:
                    below, root = exponent.could_extract_minus_sign(), not exponent.is_integer
                if below and not field.facts.nonzero(base):
                    found.append(f"{base} ≠ 0")
                if root and field.real_domain and not field.facts.nonnegative(base):
                    found.append(f"{base} ≥ 0")
        elif isinstance(e, Frac):
            if not e.denominator.is_Number and not field.facts.nonzero(e.denominator):
                found.append(f"{e.denominator} ≠ 0")
        elif field.real_domain and isinstance(e, log):
            if not field.facts.positive(e.args[0]):
                found.append(f"{e.args[0]} > 0")
        elif field.real_domain and isinstance(e, asin | acos | atanh):
            found.append(f"-1 ≤ {e.args[0]} ≤ 1")
        elif field.real_domain and isinstance(e, acosh):
            found.append(f"{e.args[0]} ≥ 1")
        stack.extend(reversed(e.args))
    return found
