"""Random expressions: true rewrites leave the canonical form, and what is proved agrees with balls at random points."""

from __future__ import annotations

import random
from collections.abc import Callable

from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Abs, Add, Expr, Integer, Mul, Pow, Rational, Symbol, cos, exp, expand, factor, log, sin, sqrt, symbols

from verify.facts import Facts
from verify.model import Givens
from verify.normal import NormalError, prove_equal
from verify.terms import relu, sigmoid

x, y = symbols("x y", real=True)
p = Symbol("p", positive=True)
FACTS = Facts(Givens(symbols=(x, y, p)))

leaves = st.sampled_from([x, y, p, Integer(1), Integer(2), Integer(-1), Rational(1, 2), Integer(3)])


def grow(children: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """One more level."""
    pair = st.tuples(children, children)
    return st.one_of(
        pair.map(lambda t: t[0] + t[1]),
        pair.map(lambda t: t[0] * t[1]),
        pair.map(lambda t: t[0] - t[1]),
        st.tuples(children, st.sampled_from([2, 3, -1])).map(lambda t: t[0] ** t[1] if t[0] != 0 else t[0]),
        children.map(exp),
        children.map(sin),
        children.map(cos),
        children.map(sigmoid),
        children.map(relu),
        children.map(Abs),
        children.map(lambda e: log(1 + e**2)),
        children.map(lambda e: sqrt(e**2)),
        children.map(lambda e: sqrt(1 + e**2)),
    )


expressions = st.recursive(leaves, grow, max_leaves=8).filter(lambda e: e.is_finite is not False and e.count_ops() < 40)


class Outside(Exception):
    """The point is not in the domain (or not certainly)."""


def ball(e: Expr, point: dict[Symbol, arb]) -> arb:
    """An enclosure of a real expression."""
    if isinstance(e, Symbol):
        return point[e]
    if isinstance(e, Rational):
        return arb(int(e.p)) / int(e.q)
    values = [ball(a, point) for a in e.args]
    if isinstance(e, Add):
        return sum(values, arb(0))
    if isinstance(e, Mul):
        product = arb(1)
        for v in values:
            product *= v
        return product
    if isinstance(e, Pow):
        if e.exp.is_Integer:
            return values[0] ** int(e.exp)
        if values[0] >= 0:
            return values[0] ** values[1]
        raise Outside
    functions: dict[type, Callable[[arb], arb]] = {
        exp: arb.exp,
        sin: arb.sin,
        cos: arb.cos,
        Abs: abs,
        log: arb.log,
        sigmoid: lambda t: 1 / (1 + (-t).exp()),
        relu: lambda t: t.max(arb(0)),
    }
    if type(e) in functions:
        return functions[type(e)](values[0])
    if str(e) == "E":
        return arb(1).exp()
    raise Outside


def disagree(a: Expr, b: Expr, seed: int) -> bool:
    """Balls that do not meet at one of a few random points."""
    rng = random.Random(seed)
    ctx.prec = 200
    for _ in range(6):
        point = {x: arb(rng.randint(-40, 40)) / 8, y: arb(rng.randint(-40, 40)) / 8, p: arb(rng.randint(1, 40)) / 8}
        try:
            left, right = ball(a, point), ball(b, point)
        except Outside:
            continue
        if left.is_finite() and right.is_finite() and not left.overlaps(right):
            return True
    return False


def swap(e: Expr) -> Expr:
    """The same with sigmoid, relu and |·| written differently, from the leaves up."""
    if not e.args:
        return e
    args = [swap(a) for a in e.args]
    if isinstance(e, sigmoid):
        return 1 - sigmoid(-args[0])
    if isinstance(e, relu):
        return (args[0] + Abs(args[0])) / 2
    if isinstance(e, Abs):
        return relu(args[0]) + relu(-args[0])
    if isinstance(e, sin):
        return 2 * sin(args[0] / 2) * cos(args[0] / 2)
    rebuilt: Expr = e.func(*args)
    return rebuilt


REWRITES: list[Callable[[Expr], Expr]] = [
    lambda e: expand(e, deep=False, power_base=False, power_exp=False, log=False),
    lambda e: factor(e, deep=False),
    lambda e: (e + x) ** 2 - (e**2 + 2 * e * x + x**2) + e,
    lambda e: e * exp(y) * exp(-y - x) * exp(x),
    swap,
]


def attempt(a: Expr, b: Expr) -> bool | None:
    """Whether equality is proved; ``None`` where the form refuses."""
    try:
        return prove_equal(a, b, FACTS) is not None
    except NormalError:
        return None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(expressions, st.integers(0, len(REWRITES) - 1))
def test_true_rewrites_are_proved(e: Expr, which: int) -> None:
    rewritten = REWRITES[which](e)
    if attempt(e, e) and not disagree(e, rewritten, 1):  # else: a rewrite of SymPy's that is not true everywhere
        assert attempt(e, rewritten) in (True, None)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(expressions, expressions, st.integers(0, 10**6))
def test_what_is_proved_is_true(a: Expr, b: Expr, seed: int) -> None:
    for other in (b, a + b / 7, a * (1 + b / 1000), a.subs(x, -x), a.subs(x, y), a.subs({x: p}), Abs(a)):
        if attempt(a, other):
            assert not disagree(a, other, seed)
