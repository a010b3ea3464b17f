"""Random scalar expressions; rewrites that keep their value wherever it is defined, mutations that may not; balls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from flint import acb, arb, ctx
from sympy import (
    Abs,
    Add,
    Expr,
    I,
    Integer,
    Mul,
    Pow,
    Rational,
    Symbol,
    acosh,
    asinh,
    atan,
    atanh,
    collect,
    cos,
    cosh,
    exp,
    expand,
    factor,
    log,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)
from sympy.polys.polyerrors import PolynomialError

from verify.terms import Frac, relu, sigmoid, softplus

x, y = Symbol("x", real=True), Symbol("y", real=True)
p, q = Symbol("p", positive=True), Symbol("q", positive=True)
z, w = Symbol("z"), Symbol("w")
NUMBERS = (Integer(1), Integer(2), Integer(3), Integer(-1), Rational(1, 2), Rational(-2, 3))
REAL_ONLY = (sigmoid, relu, softplus, Abs)
ANALYTIC = (exp, sin, cos, sinh, cosh, tanh, tan, log, sqrt, atan, asinh, atanh, acosh)


class Outside(Exception):
    """The point is not in the domain (or not certainly)."""


# -- growing -------------------------------------------------------------------------------------------------------


def grow(rng: Random, depth: int, symbols: Sequence[Symbol]) -> Expr:
    """A random expression in the symbols."""
    if depth == 0 or rng.random() < 0.12:
        return rng.choice((*symbols, *symbols, rng.choice(NUMBERS)))
    match rng.randrange(10):
        case 0 | 1:
            return grow(rng, depth - 1, symbols) + grow(rng, depth - 1, symbols)
        case 2 | 3:
            return grow(rng, depth - 1, symbols) * grow(rng, depth - 1, symbols)
        case 4:
            return Frac(grow(rng, depth - 1, symbols), grow(rng, depth - 1, symbols))
        case 5:
            return Pow(grow(rng, depth - 1, symbols), rng.choice((2, 3, -1)))
        case 6:
            base = p if rng.random() < 0.5 else grow(rng, depth - 1, symbols)
            return Pow(base, rng.choice((Rational(1, 2), Rational(-1, 3), Rational(3, 2), *symbols)))
        case 7 if all(s.is_real for s in symbols):
            return rng.choice(REAL_ONLY)(grow(rng, depth - 1, symbols))
    return rng.choice(ANALYTIC)(grow(rng, depth - 1, symbols))


# -- the same value ------------------------------------------------------------------------------------------------


def rewritten(rng: Random, e: Expr, symbols: Sequence[Symbol]) -> Expr:
    """Some part of ``e`` written differently, its value unchanged wherever both are defined."""
    spots = paths(e)
    for _ in range(6):
        other = at(e, rng.choice(spots), lambda part: _rewrite(rng, part, symbols[0], symbols[1]))
        if other != e:
            return other
    return e


def _rewrite(rng: Random, e: Expr, s: Symbol, t: Symbol) -> Expr:
    try:
        match rng.randrange(12):
            case 0:
                return expand(e, deep=False, power_base=False, power_exp=False, log=False, mul=True, multinomial=True)
            case 1:
                return factor(e, deep=False) if e.is_polynomial(*e.free_symbols) else e
            case 2 if e.free_symbols:
                some = sorted(e.free_symbols, key=str)[0]
                return collect(e, some) if e.is_polynomial(some) else e
            case 3:
                return Frac(e * (1 + s**2), 1 + s**2)
            case 4:
                return e * (exp(t) * Frac(Integer(1), exp(t)))
            case 5:
                return Mul(e + 3, 1, evaluate=False) - 3
            case 6:
                return e * (cos(t) ** 2 + sin(t) ** 2)
    except (PolynomialError, AttributeError):
        return e
    if len(e.args) == 1:
        return _function(rng, e)
    if isinstance(e, Frac):
        return e.numerator * Frac(Integer(1), e.denominator)
    if isinstance(e, Pow) and e.exp.is_Rational and not e.exp.is_Integer:
        return Frac(Pow(e.base, e.exp + 1), e.base)
    return e


def _function(rng: Random, e: Expr) -> Expr:
    (a,) = e.args
    table: dict[type, Callable[[], Expr]] = {
        exp: lambda: exp(a / 2) ** 2,
        sin: lambda: 2 * sin(a / 2) * cos(a / 2),
        cos: lambda: 1 - 2 * sin(a / 2) ** 2,
        tan: lambda: Frac(sin(a), cos(a)),
        sinh: lambda: (exp(a) - exp(-a)) / 2,
        cosh: lambda: 2 * cosh(a / 2) ** 2 - 1,
        tanh: lambda: 1 - Frac(Integer(2), exp(2 * a) + 1),
        asinh: lambda: -asinh(-a),
        atan: lambda: -atan(-a),
        atanh: lambda: -atanh(-a),
        sigmoid: lambda: 1 - sigmoid(-a),
        softplus: lambda: a + softplus(-a),
        relu: lambda: (a + Abs(a)) / 2,
        Abs: lambda: relu(a) + relu(-a),
    }
    rule = table.get(type(e))
    return rule() if rule is not None else e


# -- perhaps another value -----------------------------------------------------------------------------------------


def mutated(rng: Random, e: Expr, symbols: Sequence[Symbol]) -> Expr:
    """One change somewhere, of the kinds that people make and that branch cuts punish."""
    spots = paths(e)
    for _ in range(6):
        other = at(e, rng.choice(spots), lambda part: _mutate(rng, part, symbols))
        if other != e:
            return other
    return e


def _mutate(rng: Random, e: Expr, symbols: Sequence[Symbol]) -> Expr:
    match rng.randrange(12):
        case 0:
            return -e
        case 1:
            return e + rng.choice((1, Rational(1, 1000)))
        case 2:
            return e * rng.choice((2, rng.choice(list(symbols))))
        case 3:
            return e.xreplace({rng.choice(list(symbols)): rng.choice(list(symbols))})
        case 4:
            return sqrt(e**2)
        case 5:
            return log(exp(e))
        case 6:
            return Abs(e) if all(s.is_real for s in symbols) else e * (1 + I * 0)
        case 7:
            return Pow(e**3, Rational(1, 3))
        case 8 if isinstance(e, log) and isinstance(e.args[0], Mul):
            return Add(*(log(f) for f in e.args[0].args))
        case 9 if isinstance(e, Pow) and isinstance(e.base, Mul):
            return Mul(*(Pow(f, e.exp) for f in e.base.args))
        case 10 if isinstance(e, log):
            return log(e.args[0] ** 2) / 2
        case 11:
            return rng.choice((atan(tan(e)), atanh(tanh(e)), asinh(sinh(e)), acosh(cosh(e))))
    return 1 / e if e != 0 else e


def paths(e: Expr) -> list[tuple[int, ...]]:
    """Where the parts of an expression stand."""
    found: list[tuple[int, ...]] = [()]
    for position, part in enumerate(e.args):
        if isinstance(part, Expr):
            found += [(position, *rest) for rest in paths(part)]
    return found


def at(e: Expr, path: tuple[int, ...], change: Callable[[Expr], Expr]) -> Expr:
    """``e`` with one part changed."""
    if not path:
        return change(e)
    args = list(e.args)
    args[path[0]] = at(args[path[0]], path[1:], change)
    changed: Expr = e.func(*args)
    return changed


# -- values --------------------------------------------------------------------------------------------------------


def ball(e: Expr, point: dict[Symbol, acb], real: bool) -> acb:
    """An enclosure of the value; within the reals if ``real``.

    Raises:
        Outside: it is not (certainly) defined.
    """
    if isinstance(e, Symbol):
        return point[e]
    if isinstance(e, Rational):
        return acb(int(e.p)) / int(e.q)
    constants = {"I": acb(0, 1), "E": acb(1).exp(), "pi": acb.pi()}
    if not e.args:
        if str(e) not in constants:
            raise Outside
        return constants[str(e)]
    values = [ball(a, point, real) for a in e.args]
    found = _value(e, values, real)
    if not found.is_finite() or (real and found.imag != 0):
        raise Outside
    return found


def _value(e: Expr, values: list[acb], real: bool) -> acb:
    if isinstance(e, Add):
        return sum(values, acb(0))
    if isinstance(e, Mul):
        product = acb(1)
        for v in values:
            product *= v
        return product
    if isinstance(e, Frac):
        return _divided(values[0], values[1])
    if isinstance(e, Pow):
        return _power(e, values, real)
    v = values[0]
    if isinstance(e, log | atanh | acosh) and real:
        inside = {log: v.real > 0, atanh: abs(v.real) < 1, acosh: v.real >= 1}
        if not inside[type(e)]:
            raise Outside
    if isinstance(e, log) and v.contains(0):
        raise Outside
    functions: dict[type, Callable[[acb], acb]] = {
        **{f: getattr(acb, f.__name__) for f in (exp, sin, cos, sinh, cosh, tanh, tan, log, atan, asinh, atanh, acosh)},
        Abs: lambda t: acb(abs(t)),
        sigmoid: lambda t: 1 / (1 + (-t).exp()),
        softplus: lambda t: (1 + t.exp()).log(),
        relu: lambda t: acb(t.real.max(arb(0))),
    }
    if type(e) in functions:
        return functions[type(e)](v)
    raise Outside


def _power(e: Pow, values: list[acb], real: bool) -> acb:
    base, exponent = values
    if e.exp.is_Integer:
        n = int(e.exp)
        return base**n if n >= 0 else _divided(acb(1), base ** (-n))
    if str(e.base) == "E":
        return exponent.exp()
    if base.contains(0) or (real and not base.real > 0):
        raise Outside
    return (exponent * base.log()).exp()


def _divided(a: acb, b: acb) -> acb:
    if b.contains(0):
        raise Outside
    return a / b


def values(rng: Random, symbols: Sequence[Symbol]) -> dict[Symbol, acb]:
    """A point: numbers with small denominators, exact, on the axes now and then."""
    found = {}
    for s in symbols:
        size = arb(rng.randint(-40, 40)) / rng.choice((1, 4, 8))
        if s.is_positive:
            found[s] = acb(arb(rng.randint(1, 40)) / 8)
        elif s.is_real or rng.random() < 0.3:
            found[s] = acb(size)
        else:
            found[s] = acb(size, arb(rng.randint(-24, 24)) / 8)
    return found


def disagree(a: Expr, b: Expr, symbols: Sequence[Symbol], rng: Random, real: bool, points: int = 6) -> bool:
    """Balls that do not meet at one of a few random points."""
    before = ctx.prec
    ctx.prec = 160
    try:
        for _ in range(points):
            point = values(rng, symbols)
            try:
                if not ball(a, point, real).overlaps(ball(b, point, real)):
                    return True
            except Outside:
                continue
    finally:
        ctx.prec = before
    return False
