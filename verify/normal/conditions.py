"""Where two sides are defined, in the fewest words: ``x ≠ 0``, ``x < 0``, ``y ≥ 1``.

What a side needs (a denominator that is not zero, the argument of a logarithm or a radical in its domain) is brought
to canonical form and taken apart into irreducible factors; what the facts imply is dropped, and what is said of one
polynomial is said once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from sympy import Add, Expr, Integer, Integral, Limit, Mul, Pow, Product, Sum, acos, acosh, acoth, asin, atanh, log
from sympy.core.basic import Basic
from sympy.core.numbers import Exp1

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import NormalError, Restart
from verify.normal.algebra.ratio import Poly, Ratio
from verify.normal.read import read
from verify.normal.signs import NEG, POS, ZERO, polynomial_sign, sign, times
from verify.normal.survey import whole
from verify.normal.text.display import Display
from verify.show import show
from verify.terms import Frac, free

MOST = 6  # conditions that are told
NONZERO, NONNEG = NEG | POS, ZERO | POS
_SIGNS = {POS: ">", NEG: "<", NONNEG: "≥", NEG | ZERO: "≤", NONZERO: "≠", ZERO: "="}
_MIRROR = {0: 0, POS: NEG, NEG: POS, NONNEG: NEG | ZERO, NEG | ZERO: NONNEG, NONZERO: NONZERO, ZERO: ZERO}
Range = tuple[Any, Any, Any]
Need = tuple[Expr, int, tuple[Range, ...]]  # an expression, its allowed signs, the sums it stands in
_DOMAINS: dict[type[Basic], Callable[[Expr], tuple[Expr, int]]] = {  # of the functions that leave the reals
    log: lambda a: (a, POS),
    asin: lambda a: (1 - a**2, NONNEG),
    acos: lambda a: (1 - a**2, NONNEG),
    atanh: lambda a: (1 - a**2, POS),
    acoth: lambda a: (a**2 - 1, POS),
    acosh: lambda a: (a - 1, NONNEG),
}


def needs(sides: Sequence[Expr], facts: Any, real: bool) -> list[Need]:
    """What the sides need to be defined, as it stands there; ``real`` where nothing may leave the reals.

    What is granted at a glance is left out; the canonical form tells about the rest more quickly than the facts.
    """
    seen: dict[Expr, int | None] = {}

    def granted(expression: Expr, mask: int) -> bool:
        signs = _glance(expression, facts, seen)
        if signs is None:
            return mask == NONZERO and bool(facts.nonzero(expression))
        return not signs & ~mask

    return [need for need in _needs(sides, real) if not granted(*need[:2])]


def _glance(e: Expr, facts: Any, seen: dict[Expr, int | None]) -> int | None:
    """The possible signs as they follow from those of the parts; ``None`` if one of them is not known to be real."""
    if e not in seen:
        seen[e] = _signs(e, facts, seen)
    return seen[e]


def _signs(e: Expr, facts: Any, seen: dict[Expr, int | None]) -> int | None:
    if isinstance(e, Pow) and isinstance(e.exp, Integer):
        base = _glance(e.base, facts, seen)
        if base is None or e.exp % 2:
            return base
        return (base & ZERO) | (POS if base & NONZERO else 0)
    if not isinstance(e, Add | Mul | Frac):
        known = facts.sign(e)
        return None if known is None else int(known)
    parts = []
    for part in e.args:
        sign = _glance(part, facts, seen)
        if sign is None:
            return None
        parts.append(sign)
    if not isinstance(e, Add):
        return reduce(times, parts)
    union = reduce(or_, parts)
    if union & NEG and union & POS:
        return NEG | ZERO | POS
    return union if all(sign & ZERO for sign in parts) else union & ~ZERO


def conditions(field: Field, asked: Sequence[Need]) -> tuple[str, ...]:
    """The same in canonical form."""
    needed: dict[str, tuple[Poly, int, tuple[Range, ...]]] = {}
    said: dict[str, None] = {}
    for expression, mask, ranges in asked:
        try:
            value = read(field, expression)
        except Restart:
            raise
        except NormalError:
            said[as_written((expression, mask, ranges))] = None
            continue
        for p, wanted in parts(field, value, mask):
            key = field.polynomial(p).key
            mirrored = field.polynomial(-p).key
            if mirrored in needed:
                key, p, wanted = mirrored, -p, _MIRROR[wanted]
            before = needed.get(key)
            inside = tuple(r for r in ranges if r[0] in free(expression))
            needed[key] = (p, (wanted & before[1] or wanted) if before else wanted, inside)
    for p, mask, ranges in needed.values():
        if _follows(field, p, mask, needed):
            continue
        said[_sentence(field, p, mask) + _for(ranges)] = None
    found = list(said)
    return (*found[:MOST], f"and {len(found) - MOST} more") if len(found) > MOST else tuple(found)


def as_written(need: Need) -> str:
    """A condition on a subexpression just as it stands."""
    expression, mask, ranges = need
    return f"{show(expression)} {_SIGNS[mask]} 0{_for(ranges, expression)}"


def _follows(field: Field, p: Poly, mask: int, needed: Mapping[Any, tuple[Poly, int, Any]]) -> bool:
    """Whether what is said of the factors of a polynomial says enough of it."""
    content, parts = factor(field, p)
    if len(parts) < 2:
        return False
    total = POS if content > 0 else NEG
    for f, e in parts:
        known = needed.get(field.polynomial(f).key)
        mirrored = needed.get(field.polynomial(-f).key)
        one = known[1] if known else _MIRROR[mirrored[1]] if mirrored else polynomial_sign(field, f)
        if one is None:
            return False
        for _ in range(min(e, 2 - e % 2)):
            total = times(total, one)
    return not total & ~mask


def _for(ranges: Sequence[Range], expression: Expr | None = None) -> str:
    named = [f"{k} = {show(lo)}, …, {show(hi)}" for k, lo, hi in ranges if expression is None or k in free(expression)]
    return f" for {', '.join(named)}" if named else ""


def _needs(sides: Sequence[Expr], real: bool) -> Iterator[Need]:
    """Every subexpression that must not vanish or be negative, outermost first."""
    seen: set[Basic] = set()
    stack: list[tuple[Basic, tuple[Range, ...]]] = [(side, ()) for side in reversed(sides)]
    while stack:
        e, ranges = stack.pop()
        if not e.args or e in seen or isinstance(e, Integral | Limit):  # these converge, or are not defined
            continue
        seen.add(e)
        if isinstance(e, Pow):
            base, exponent = e.args
            if not base.is_Number and not isinstance(base, Exp1):
                if exponent.is_Rational:
                    below, root = exponent.p < 0, exponent.q != 1
                else:
                    below, root = exponent.could_extract_minus_sign(), not whole(exponent)
                root = root and real
                if below or root:
                    yield base, POS if below and root else NONZERO if below else NONNEG, ranges
        elif isinstance(e, Frac):
            yield e.denominator, NONZERO, ranges
        elif real and type(e) in _DOMAINS:
            yield (*_DOMAINS[type(e)](e.args[0]), ranges)
        if isinstance(e, Sum | Product):
            own = tuple(tuple(limit.args) for limit in e.limits if len(limit.args) == 3)
            stack.append((e.function, (*ranges, *own)))
        else:
            stack.extend((a, ranges) for a in reversed(e.args))


def parts(field: Field, value: Ratio, mask: int) -> Iterator[tuple[Poly, int]]:
    """The polynomials whose signs decide, with the signs allowed."""
    odd, negative = field.unit, False
    for p, mask_here in ((value.num, mask), (value.den, mask & ~ZERO)):
        content, parts = factor(field, p)
        negative ^= content < 0
        for f, e in parts:
            known = polynomial_sign(field, f)
            if not mask_here & ZERO and (known is None or known & ZERO) and (e % 2 == 0 or mask == NONZERO):
                yield from _nonzero(field, f)
            if e % 2 == 0 or mask == NONZERO:
                continue
            if known is not None and not known & NEG and (mask_here & ZERO or not known & ZERO):
                continue
            if known is not None and not known & POS and (mask_here & ZERO or not known & ZERO):
                negative = not negative
                continue
            odd = odd * f
    if mask == NONZERO or odd.is_one():
        return
    if not negative and len(field.used(odd)) == 1 and field.used(odd)[0].kind == "abs":
        yield from _nonzero(field, odd)  # |f| > 0
        return
    yield odd, _MIRROR[mask] if negative else mask


def _nonzero(field: Field, f: Poly) -> Iterator[tuple[Poly, int]]:
    """f ≠ 0, where the facts do not say so."""
    kernel = field.only(field.polynomial(f))
    if kernel is not None and kernel.kind in ("abs", "root") and (kernel.kind == "abs" or kernel.args[0].den.is_one()):
        for g, _ in factor(field, kernel.args[0].num)[1]:
            yield from _nonzero(field, g)
        return
    known = sign(field, field.polynomial(f))
    if known is None or known & ZERO:
        yield f, NONZERO


def _sentence(field: Field, p: Poly, mask: int) -> str:
    """``x > y`` rather than ``x − y > 0``, ``x ≥ 1`` rather than ``2·x − 2 ≥ 0``."""
    writer, context = Display(field, field.used(p)), field.context
    content, parts = factor(field, p)
    if sum(len(f) for f, _ in parts) < len(p):
        return f"{writer.polynomial(p)[0]} {_SIGNS[mask]} 0"
    if content < 0:
        p, mask = -p, _MIRROR[mask]
    terms = {m: c for m, c in (p / context.constant(abs(content))).terms() if any(m)}
    constant = (p / context.constant(abs(content))) - context.from_dict(terms)
    plus = context.from_dict({m: c for m, c in terms.items() if c > 0})
    minus = plus - context.from_dict(terms)
    if plus.is_zero() or (not minus.is_zero() and writer.polynomial(minus) < writer.polynomial(plus)):
        plus, minus, constant, mask = minus, plus, -constant, _MIRROR[mask]
    left, right = plus, field.polynomial(minus - constant)
    if len(left) == 1:  # c·x > b is x > b/c
        scale = context.constant(int(left.leading_coefficient()))
        left, right = left / scale, field.ratio(right.num, scale)
    return f"{writer.polynomial(left)[0]} {_SIGNS[mask]} {writer.ratio(right)[0]}"
