"""Values and limits of a function of one variable, where those of its parts tell them."""

from __future__ import annotations

from sympy import Add, Expr, Mul, Poly, Pow, S, Symbol, fraction, nan, oo, together, zoo

from verify.checks.signs import has
from verify.facts import Facts, Sign
from verify.terms import free


def value(h: Expr, y: Symbol, at: Expr) -> Expr | None:
    """The value at a point, where it is the limit too."""
    if any(y in free(p.exp) and not p.base.xreplace({y: at}).is_nonzero for p in h.atoms(Pow)):
        return None  # 0⁰ and ∞⁰ are no limits
    found: Expr = h.xreplace({y: at})
    return None if found.has(nan, zoo, oo) else found


def limit(h: Expr, y: Symbol, end: Expr, facts: Facts) -> Expr | None:
    """The limit at ±∞, where the limits of the parts tell it, or the degrees of a rational function."""
    if y not in free(h):
        return h
    if isinstance(h, Add):
        return _folded([limit(a, y, end, facts) for a in h.args], Add)
    if isinstance(h, Mul):
        still, rest = h.as_independent(y, as_Add=False)
        if still != 1:
            found = limit(rest, y, end, facts)
            return None if found is None else still * found
    if h.is_rational_function(y):
        top, bottom = (Poly(part, y) for part in fraction(together(h)))
        if top.degree() > bottom.degree() or not has(bottom.LC(), Sign.NONZERO, facts):
            return None
        return S.Zero if top.degree() < bottom.degree() else top.LC() / bottom.LC()
    if isinstance(h, Pow) and y not in free(h.exp) and h.base.is_polynomial(y) and has(h.exp, Sign.NEG, facts):
        return S.Zero if has(Poly(h.base, y).LC(), Sign.NONZERO, facts) else None
    if any(y in free(p.exp) for p in h.atoms(Pow)):
        return None  # ∞⁰ and the like
    found = h.xreplace({y: end})
    return found if found.is_finite else None


def _folded(parts: list[Expr | None], combine: type[Expr]) -> Expr | None:
    return None if any(p is None for p in parts) else combine(*parts)
