"""Functions that are taken for one another, and such as go together."""

from __future__ import annotations

from typing import Any

from sympy import (
    Abs,
    Expr,
    FallingFactorial,
    Integral,
    RisingFactorial,
    Sum,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    bernoulli,
    binomial,
    cos,
    cosh,
    cot,
    coth,
    csc,
    elliptic_e,
    elliptic_f,
    elliptic_k,
    erf,
    erfc,
    exp,
    factorial,
    gamma,
    log,
    sec,
    sign,
    sin,
    sinh,
    tan,
    tanh,
    zeta,
)

from verify.diagnose.vocabulary import Vocabulary
from verify.terms import relu, sigmoid, softplus

ALIKE: tuple[tuple[Any, ...], ...] = (
    (sin, cos, tan),
    (sinh, cosh, tanh),
    (exp, log),
    (sigmoid, softplus, tanh, relu),
    (sin, sinh),
    (cos, cosh),
    (tan, tanh),
    (tan, cot),
    (tanh, coth),
    (sec, csc),
    (asin, acos),
    (atan, atanh),
    (asinh, acosh),
    (gamma, factorial),
    (erf, erfc),
)
CIRCULAR, HYPERBOLIC = (sin, cos, tan, cot, sec, csc), (sinh, cosh, tanh, coth)
RELATED: tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...] = (
    (CIRCULAR, (*CIRCULAR, asin, acos, atan)),
    ((asin, acos, atan), (asin, acos, atan, sin, cos, tan)),
    (HYPERBOLIC, (*HYPERBOLIC, asinh, acosh, atanh)),
    ((asinh, acosh, atanh), (asinh, acosh, atanh, sinh, cosh, tanh)),
    ((Abs,), (sign,)),
    ((gamma, factorial, binomial, RisingFactorial, FallingFactorial, zeta, bernoulli), (gamma, factorial)),
    ((elliptic_f,), (elliptic_k,)),
    ((elliptic_e,), (elliptic_e,)),
    ((Integral,), (erf, atan, asin)),
    ((Sum,), (zeta,)),
)
"""Where one of some functions occurs, one of others may have been lost."""


def related(words: Vocabulary) -> tuple[Any, ...]:
    """Functions of one variable that go together with one that occurs."""
    present = {type(p.node) for p in words.parts if not isinstance(p.node, Sum) or p.node.has_finite_limits is False}
    return tuple(dict.fromkeys(g for signs, group in RELATED if not present.isdisjoint(signs) for g in group))


def name(e: Expr) -> str:
    """What a function is called in a sentence."""
    names = {"log": "logarithm", "exp": "exponential", "Abs": "absolute value", "relu": "relu", "sigmoid": "sigmoid"}
    return names.get(type(e).__name__, type(e).__name__)
