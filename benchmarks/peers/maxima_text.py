"""SymPy expressions as Maxima reads them.

Symbols get names of their own (``v_x``), since Maxima gives some names a meaning. Everything is put in parentheses, so
that no precedence has to be known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy
from sympy import Derivative, Expr, Integer, Integral, Limit, Piecewise, Product, Rational, S, Subs, Sum, Symbol, exp
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, BooleanFalse, BooleanTrue, Not, Or

from benchmarks.peers.peer import Untranslatable
from benchmarks.peers.plain import expression as plain
from verify.model import Claim, Relation
from verify.terms import Rel

COMPARED = {
    Relation.EQ: "equal({}, {})",
    Relation.NE: "notequal({}, {})",
    Relation.LT: "({} < {})",
    Relation.LE: "({} <= {})",
    Relation.GT: "({} > {})",
    Relation.GE: "({} >= {})",
}
_CONSTANTS: dict[Any, str] = {
    S.Pi: "%pi",
    S.Exp1: "%e",
    S.ImaginaryUnit: "%i",
    S.EulerGamma: "%gamma",
    S.Catalan: "%catalan",
    S.GoldenRatio: "%phi",
    S.Infinity: "inf",
    S.NegativeInfinity: "minf",
}
_SAME = """
    log sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch asinh acosh atanh acoth
    asech acsch conjugate floor ceiling factorial gamma erf erfc erfi zeta beta binomial atan2 elliptic_f
"""
_RENAMED = {
    "Abs": "abs",
    "re": "realpart",
    "im": "imagpart",
    "arg": "carg",
    "sign": "signum",
    "Mod": "mod",
    "Max": "max",
    "Min": "min",
    "KroneckerDelta": "kron_delta",
    "besselj": "bessel_j",
    "bessely": "bessel_y",
    "besseli": "bessel_i",
    "besselk": "bessel_k",
    "hankel1": "hankel_1",
    "hankel2": "hankel_2",
    "airyai": "airy_ai",
    "airybi": "airy_bi",
    "airyaiprime": "airy_dai",
    "airybiprime": "airy_dbi",
    "Ei": "expintegral_ei",
    "li": "expintegral_li",
    "Si": "expintegral_si",
    "Ci": "expintegral_ci",
    "Shi": "expintegral_shi",
    "Chi": "expintegral_chi",
    "expint": "expintegral_e",
    "fresnels": "fresnel_s",
    "fresnelc": "fresnel_c",
    "uppergamma": "gamma_incomplete",
    "lowergamma": "gamma_incomplete_lower",
    "loggamma": "log_gamma",
    "RisingFactorial": "pochhammer",
    "elliptic_k": "elliptic_kc",
    "chebyshevt": "chebyshev_t",
    "chebyshevu": "chebyshev_u",
    "legendre": "legendre_p",
    "assoc_legendre": "assoc_legendre_p",
    "assoc_laguerre": "gen_laguerre",
    "gegenbauer": "ultraspherical",
    "jacobi": "jacobi_p",
    "hermite": "hermite",
    "fibonacci": "fib",
    "totient": "totient",
    "Heaviside": "hstep",
} | {name: name for name in _SAME.split()}
_WITH_ARGUMENTS: dict[str, Callable[..., str]] = {
    "polygamma": lambda n, z: f"psi[{n}]({z})",
    "digamma": lambda z: f"psi[0]({z})",
    "trigamma": lambda z: f"psi[1]({z})",
    "polylog": lambda s, z: f"li[{s}]({z})",
    "laguerre": lambda n, x: f"laguerre({n}, {x})",
    "elliptic_e": lambda *a: f"elliptic_ec({a[0]})" if len(a) == 1 else f"elliptic_e({a[0]}, {a[1]})",
    "elliptic_pi": lambda *a: f"elliptic_pi({a[0]}, %pi/2, {a[1]})" if len(a) == 2 else f"elliptic_pi({', '.join(a)})",
    "FallingFactorial": lambda x, n: f"(gamma({x} + 1)/gamma({x} - {n} + 1))",
    "euler": lambda n: f"euler({n})",
    "bernoulli": lambda n, x: f"bernpoly({x}, {n})",
    "LambertW": lambda z, k="(0)": f"generalized_lambert_w({k}, {z})" if k != "(0)" else f"lambert_w({z})",
    "sinc": lambda x: f"(sin({x})/({x}))",
}


def text(e: Any) -> str:
    """An expression or condition of plain SymPy in Maxima's syntax.

    Raises:
        Untranslatable: something in it has no word in Maxima, or another meaning.
    """
    if e in _CONSTANTS:
        return _CONSTANTS[e]
    if isinstance(e, Integer):
        return f"({e})"
    if isinstance(e, Rational):
        return f"({e.p}/{e.q})"
    if isinstance(e, Symbol):
        return name(e)
    if isinstance(e, exp):
        return f"exp({text(e.args[0])})"
    for kind, write in _STRUCTURES.items():
        if isinstance(e, kind):
            return write(e)
    if isinstance(e, sympy.hyper):
        upper, lower = (", ".join(map(text, part)) for part in e.args[:2])
        return f"hypergeometric([{upper}], [{lower}], {text(e.args[2])})"
    word = type(e).__name__
    if word in _RENAMED:
        return f"{_RENAMED[word]}({', '.join(map(text, e.args))})"
    if word in _WITH_ARGUMENTS:
        try:
            return _WITH_ARGUMENTS[word](*map(text, e.args))
        except TypeError:
            raise Untranslatable(f"Maxima has no {word} of {len(e.args)} arguments") from None
    raise Untranslatable(f"Maxima has no {word}, or another one")


def name(symbol: Symbol) -> str:
    """A symbol's name there."""
    if not (symbol.name.isascii() and symbol.name.replace("'", "_").isidentifier()):
        raise Untranslatable(f"a name that Maxima does not read: {symbol.name}")
    return "v_" + symbol.name.replace("'", "_q")


def _series(word: str) -> Callable[[Any], str]:
    """Sums, products and integrals: one variable at a time, SymPy lists the innermost first."""

    def write(e: Any) -> str:
        body = text(e.function)
        for limit in e.limits:
            if len(limit) != 3:
                raise Untranslatable(f"{word} without both ends")
            body = f"{word}({body}, {', '.join(map(text, limit))})"
        return body

    return write


def _derivative(e: Derivative) -> str:
    counts = "".join(f", {text(v)}, {text(n)}" for v, n in e.variable_count)
    return f"diff({text(e.expr)}{counts})"


def _limit(e: Limit) -> str:
    body, variable, point, side = e.args
    end = {"+": ", plus", "-": ", minus"}.get(str(side), "") if point.is_finite is not False else ""
    return f"limit({text(body)}, {text(variable)}, {text(point)}{end})"


def _substitution(e: Subs) -> str:
    where = ", ".join(f"{text(v)} = {text(p)}" for v, p in zip(e.variables, e.point, strict=True))
    return f"at({text(e.expr)}, [{where}])"


def _cases(e: Piecewise) -> str:
    value, condition = e.args[-1].args
    if condition != sympy.true:
        raise Untranslatable("cases that leave something open")
    body = text(value)
    for value, condition in reversed(list(e.args)[:-1]):
        body = f"(if {text(condition)} then {text(value)} else {body})"
    return body


def _relation(e: Relational) -> str:
    sides = text(e.lhs), text(e.rhs)
    if isinstance(e, sympy.Eq | sympy.Ne):
        return f"{'equal' if isinstance(e, sympy.Eq) else 'notequal'}({sides[0]}, {sides[1]})"
    return f"({sides[0]} {e.rel_op} {sides[1]})"


def _joined(sign: str) -> Callable[[Any], str]:
    return lambda e: f"({f' {sign} '.join(map(text, e.args))})"


_STRUCTURES: dict[Any, Callable[[Any], str]] = {
    sympy.Add: _joined("+"),
    sympy.Mul: _joined("*"),
    sympy.Pow: lambda e: f"(({text(e.base)})^({text(e.exp)}))",
    Sum: _series("sum"),
    Product: _series("product"),
    Integral: _series("integrate"),
    Derivative: _derivative,
    Limit: _limit,
    Subs: _substitution,
    Piecewise: _cases,
    Relational: _relation,
    And: _joined("and"),
    Or: _joined("or"),
    Not: lambda e: f"(not {text(e.args[0])})",
    BooleanTrue: lambda e: "true",
    BooleanFalse: lambda e: "false",
}


def assumptions(claim: Claim) -> list[str]:
    """What Maxima is told of the symbols before it is asked: domains, and conditions that it can say."""
    return [*_domains(claim), *_conditions(claim)]


def _domains(claim: Claim) -> Iterator[str]:
    for symbol in claim.givens.symbols:
        word = name(symbol)
        if symbol.is_integer:
            yield f"declare({word}, integer)"
        if symbol.is_extended_real is not True:
            yield f"declare({word}, complex)"
        for known, sign in (
            (symbol.is_positive, ">"),
            (symbol.is_negative, "<"),
            (symbol.is_nonnegative and not symbol.is_positive, ">="),
            (symbol.is_nonpositive and not symbol.is_negative, "<="),
        ):
            if known:
                yield f"assume({word} {sign} 0)"


def _conditions(claim: Claim) -> Iterator[str]:
    for condition in claim.givens.constraints:
        if not isinstance(condition, Rel) or not isinstance(condition.lhs, Expr):
            continue
        sides = (condition.lhs, condition.rhs)
        if not all(side.is_extended_real for side in sides):
            continue  # what Maxima assumes is about real numbers
        try:
            yield f"assume({COMPARED[condition.op].format(*(text(plain(side)) for side in sides))})"
        except Untranslatable:
            continue
