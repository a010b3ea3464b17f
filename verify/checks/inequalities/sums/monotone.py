"""Whether an expression grows with a number in it: disciplined by the signs of what it is multiplied with.

The rules of composition of Boyd & Vandenberghe, *Convex Optimization* (2004), 3.2.4, as far as monotonicity goes.
"""

from __future__ import annotations

from sympy import Add, Dummy, Expr, Integer, Mul, Pow, Rational, Sum, Symbol, exp, log

from verify.facts import Facts, Sign
from verify.terms import free


def between(part: Expr, value: Expr, facts: Facts) -> Symbol:
    """A number of which no more is known than of a part and of its bound: it stands for all that lies between them."""
    sign = (facts.sign(part) or Sign.ANY) | (facts.sign(value) or Sign.ANY)
    if sign == Sign.POS:
        return Dummy("part", positive=True)
    return Dummy("part", real=True) if sign & Sign.NEG else Dummy("part", nonnegative=True)


def direction(e: Expr, part: Symbol, facts: Facts) -> int | None:
    """1 where ``e`` does not fall as a number grows, −1 where it does not grow, 0 where it does not depend on it.

    That holds as long as the number keeps the sign that is known of it; ``None`` says that nothing is known.
    """
    if e == part:
        return 1
    if part not in free(e):
        return 0
    if isinstance(e, Add):
        return _same([direction(term, part, facts) for term in e.args])
    if isinstance(e, Mul):
        return _of_product(e, part, facts)
    if isinstance(e, Pow) and isinstance(e.exp, Rational):
        return _of_power(e, part, facts)
    if isinstance(e, Pow) and part not in free(e.exp) and facts.positive(e.base):
        inner, sign = direction(e.base, part, facts), _sign(facts, e.exp)
        return None if inner is None or sign is None else inner * sign
    if isinstance(e, exp) or (isinstance(e, log) and facts.positive(e.args[0])):
        return direction(e.args[0], part, facts)
    if isinstance(e, Sum):
        return direction(e.function, part, facts)
    return None


def _of_product(e: Mul, part: Symbol, facts: Facts) -> int | None:
    moving = [factor for factor in e.args if direction(factor, part, facts) != 0]
    still = _sign(facts, Mul(*(factor for factor in e.args if factor not in moving)))
    if len(moving) > 1 and not all(map(facts.nonnegative, moving)):
        return None
    moved = _same([direction(factor, part, facts) for factor in moving])
    return None if moved is None or still is None else moved * still


def _of_power(e: Pow, part: Symbol, facts: Facts) -> int | None:
    inner = direction(e.base, part, facts)
    if inner is None:
        return None
    if isinstance(e.exp, Integer) and e.exp > 0 and e.exp % 2 == 1:
        return inner
    if e.exp > 0 and facts.nonnegative(e.base):
        return inner
    if e.exp < 0 and facts.positive(e.base):
        return -inner
    return None


def _sign(facts: Facts, e: Expr) -> int | None:
    sign = facts.sign(e)
    if sign is None:
        return None
    return 1 if not sign & ~Sign.NONNEG else -1 if not sign & ~Sign.NONPOS else None


def _same(found: list[int | None]) -> int | None:
    """The direction that all parts share; parts that stay where they are do not count."""
    moved = {d for d in found if d != 0}
    return None if len(moved) > 1 else moved.pop() if moved else 0
