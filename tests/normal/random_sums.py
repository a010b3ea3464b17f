"""Random expressions with sums, deltas, indices; rewrites that keep their value, mutations that may not."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sympy import Abs, Add, Derivative, Expr, Integer, KroneckerDelta, Mul, Rational, Sum, Symbol, exp, log
from sympy.core.basic import Basic

from verify.facts import Facts
from verify.model import Givens
from verify.terms import Array, Axis, Index, entry, sigmoid

n = Symbol("n", integer=True, positive=True)
x, y = Symbol("x", real=True), Symbol("y", real=True)
o, u = Index("o", 1, n), Index("u", 1, n)
k, j = Symbol("k", integer=True), Symbol("j", integer=True)
l = Symbol("l", integer=True)
a, b = Array("a", (Axis(1, n),)), Array("b", (Axis(1, n),))
M = Array("M", (Axis(1, n), Axis(1, n)))
GIVENS = Givens(symbols=(n, x, y, o, u))
FACTS = Facts(GIVENS)


def index(rng: Random, scope: tuple[Expr, ...]) -> Expr:
    """Something that lies in 1..n."""
    return rng.choice((*scope, *scope, o, u))


def leaf(rng: Random, scope: tuple[Expr, ...]) -> Expr:
    """A leaf with the bound indices of ``scope``."""
    match rng.randrange(9):
        case 0:
            return rng.choice((x, y))
        case 1 | 2:
            return entry(a, index(rng, scope))
        case 3:
            return entry(b, index(rng, scope))
        case 4:
            return entry(M, index(rng, scope), index(rng, scope))
        case 5 | 6:
            return KroneckerDelta(index(rng, scope), index(rng, scope))
        case 7:
            return index(rng, scope)
    return rng.choice((Integer(1), Integer(2), Integer(-1), Rational(1, 2), n))


def grow(rng: Random, depth: int, scope: tuple[Expr, ...] = ()) -> Expr:
    """A random expression; names of bound indices are used again and again, so that capture would show."""
    if depth == 0 or rng.random() < 0.1:
        return leaf(rng, scope)
    match rng.randrange(14):
        case 0 | 1:
            return grow(rng, depth - 1, scope) + grow(rng, depth - 1, scope)
        case 2 | 3 | 4:
            return grow(rng, depth - 1, scope) * grow(rng, depth - 1, scope)
        case 5:
            return grow(rng, depth - 1, scope) ** rng.choice((2, 3))
        case 6:
            return 1 / (1 + grow(rng, depth - 1, scope) ** 2)
        case 7:
            return exp(grow(rng, depth - 1, scope) / 4)
        case 8:
            return rng.choice((sigmoid, Abs))(grow(rng, depth - 1, scope))
        case 9:
            return log(1 + grow(rng, depth - 1, scope) ** 2)
        case 10:
            by = rng.choice((x, entry(a, o), entry(a, u), entry(M, o, u)))
            return Derivative(grow(rng, min(depth - 1, 2), scope), by)
    bound = rng.choice((k, j, l))
    inner = (*(s for s in scope if s != bound), bound)
    lower, upper = rng.choice(((Integer(1), n),) * 4 + ((Integer(1), o), (o, n), (Integer(1), n - 1), (Integer(2), n)))
    others = [s for s in scope if s != bound]
    if others and rng.random() < 0.25:
        lower, upper = rng.choice(((Integer(1), rng.choice(others)), (rng.choice(others), n)))
    return Sum(grow(rng, depth - 1, inner), (bound, lower, upper))


# -- the same value ------------------------------------------------------------------------------------------------


def rewritten(rng: Random, e: Expr) -> Expr:
    """The same with bound indices renamed, sums split or reordered, terms shuffled, zeros and ones written out."""
    if not e.args or isinstance(e, KroneckerDelta) or e.func.__name__ == "Indexed":
        return e
    if isinstance(e, Derivative):
        return Derivative(rewritten(rng, e.expr), *e.variable_count)
    if not isinstance(e, Sum):
        return e.func(*(rewritten(rng, part) for part in e.args))
    body = rewritten(rng, e.function)
    (bound, lower, upper), *rest = e.limits
    if rest:
        return Sum(body, *e.limits)
    fresh = Symbol(rng.choice("kjlqrs"), integer=True)
    if fresh not in body.free_symbols | upper.free_symbols | lower.free_symbols and not _binds(body, fresh):
        body, bound = body.xreplace({bound: fresh}), fresh
    if isinstance(body, Add) and rng.random() < 0.5:
        return Add(*(Sum(part, (bound, lower, upper)) for part in body.args))
    if isinstance(body, Mul) and rng.random() < 0.5:
        outside = [f for f in body.args if bound not in f.free_symbols]
        return Mul(*outside, Sum(Mul(*(f for f in body.args if f not in outside)), (bound, lower, upper)))
    if isinstance(body, Sum) and len(body.limits) == 1:
        other, low, high = body.limits[0]
        if bound not in low.free_symbols | high.free_symbols and other not in lower.free_symbols | upper.free_symbols:
            return Sum(Sum(body.function, (bound, lower, upper)), (other, low, high)) if other != bound else e
    z = Symbol("z", integer=True)
    if rng.random() < 0.2 and (lower, upper) == (1, n):
        return Sum(Sum(KroneckerDelta(bound, z) * body, (z, 1, n)), (bound, lower, upper))
    return Sum(body, (bound, lower, upper))


def _binds(e: Expr, name: Symbol) -> bool:
    return any(name in [limit[0] for limit in s.limits] for s in e.atoms(Sum))


# -- perhaps another value -----------------------------------------------------------------------------------------


def mutated(rng: Random, e: Expr) -> Expr:
    """One small change somewhere."""
    spots = _paths(e, ())
    path = rng.choice(spots)
    return _at(e, path, lambda part: _mutate(rng, part))


def _paths(e: Basic, here: tuple[int, ...]) -> list[tuple[int, ...]]:
    found = [here]
    if e.args and not isinstance(e, KroneckerDelta) and e.func.__name__ not in ("Indexed",):
        for position, part in enumerate(e.args):
            if isinstance(part, Expr) and not (isinstance(e, Derivative) and position):
                found += _paths(part, (*here, position))
    return found


def _at(e: Expr, path: tuple[int, ...], change: Callable[[Expr], Expr]) -> Expr:
    if not path:
        return change(e)
    args = list(e.args)
    args[path[0]] = _at(args[path[0]], path[1:], change)
    changed: Expr = e.func(*args)
    return changed


def _mutate(rng: Random, e: Expr) -> Expr:
    match rng.randrange(6):
        case 0:
            return -e
        case 1:
            return e + 1
        case 2:
            return e * rng.choice((2, n, entry(a, o)))
        case 3 if isinstance(e, Sum):
            (bound, lower, upper), *rest = e.limits
            return Sum(e.function, (bound, lower, rng.choice((n, n - 1, o, upper))), *rest)
        case 4:
            swap = rng.choice(({o: u}, {u: o}, {a: b}, {b: a}, {x: y}))
            return e.xreplace(swap)
    return e * KroneckerDelta(o, u)
