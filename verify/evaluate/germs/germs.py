"""The field of germs: what becomes of an expression when its variable approaches the end of its range."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any

import sympy
from flint import acb, acb_series, arb
from sympy import Expr

from verify.evaluate.field import Element, Field, Indeterminate, Key, Truth, Undefined, Unsupported, first_case
from verify.evaluate.germs.germ import Germ, Term, collapsed
from verify.evaluate.germs.scale import Exponent, Growth, Scale, multiple, number, together
from verify.evaluate.germs.taylor import (
    Coefficients,
    Model,
    by_cauchy,
    by_series,
    constant,
    inverse_coefficients,
    power_coefficients,
)
from verify.evaluate.special import ENTRIES
from verify.evaluate.special.entry import right_of_cut, whole
from verify.evaluate.special.hypergeometric import Shape
from verify.terms import sigmoid, softplus

LARGEST_POWER = 64

_SERIES: dict[Any, Coefficients] = {
    sympy.exp: by_series(lambda s: s.exp()),
    sympy.sin: by_series(lambda s: s.sin()),
    sympy.cos: by_series(lambda s: s.cos()),
    sympy.tan: by_series(lambda s: s.tan()),
    sympy.log: by_series(lambda s: s.log(), right_of_cut),
    sympy.sinh: by_series(lambda s: (s.exp() - (-s).exp()) / 2),
    sympy.cosh: by_series(lambda s: (s.exp() + (-s).exp()) / 2),
    sympy.atan: by_series(lambda s: s.atan(), ENTRIES[sympy.atan].regular),
    sympy.erf: by_series(lambda s: s.erf()),
    sympy.erfi: by_series(lambda s: s.erfi()),
    sympy.gamma: by_series(lambda s: s.gamma()),
    sympy.loggamma: by_series(lambda s: s.lgamma(), right_of_cut),
    sympy.Si: by_series(lambda s: s.si()),
    sympy.Shi: by_series(lambda s: s.shi()),
    sympy.asin: by_series(lambda s: (s * (1 - s * s).rsqrt()).atan(), lambda z: bool(abs(z) < 0.9)),
    sympy.asinh: by_series(lambda s: (s + (1 + s * s).sqrt()).log(), lambda z: bool(abs(z) < 0.9)),
    sympy.atanh: by_series(lambda s: ((1 + s) / (1 - s)).log() / 2, lambda z: bool(abs(z) < 0.9)),
}


class Germs:
    """Germs in one variable; everything else is looked up below."""

    real = False

    def __init__(self, outer: Field, key: Key, variable: Germ) -> None:
        self.outer, self.key, self.variable = outer, key, variable
        self.order, self.reach = variable.order, variable.reach

    def lift(self, value: Any) -> Germ:
        """A number of the field below."""
        if isinstance(value, Germ):
            return value
        if isinstance(value, tuple):
            value = value[0]
        if isinstance(value, arb):
            value = acb(value)
        real = bool(value.imag.is_zero())
        return self.variable.constant(value, real, _dyadic(value.real) if real else None)

    def lookup(self, key: Key) -> Element:
        return self.variable if key == self.key else self.lift(self.outer.lookup(key))

    def const(self, value: Fraction) -> Element:
        return self.variable.constant(acb(arb(value.numerator) / value.denominator), True, value)

    def number(self, value: Expr) -> Element:
        return self.lift(acb(0, 1) if value is sympy.I else self.outer.number(value))

    def add(self, a: Germ, b: Germ) -> Germ:
        return a.plus(b)

    def mul(self, a: Germ, b: Germ) -> Germ:
        return a.times(b)

    def inv(self, a: Germ) -> Germ:
        if a.exact:
            return self.const(1 / a.exact)
        if not a.terms:
            raise Undefined("a division by zero")
        scale, model = a.dominant()
        return a.of([Term(scale.inverse(), model.into(inverse_coefficients))], a.real)

    def power_int(self, base: Germ, exponent: int) -> Germ:
        if exponent < 0:
            return self.power_int(self.inv(base), -exponent)
        if exponent > LARGEST_POWER:
            return self.power(base, self.const(Fraction(exponent)))
        total = self.const(Fraction(1))
        for _ in range(exponent):
            total = total.times(base)
        return total

    def power(self, base: Germ, exponent: Germ) -> Germ:
        e = exponent.fixed()
        if e is None:
            fixed = base.fixed()
            if fixed is None or fixed.contains(0):
                return self.exp(exponent.times(self.log(base)))
            power = self.exp(exponent.times(self.lift(fixed.log())))
            return power.of(power.terms, base.real and exponent.real and bool(fixed.real > 0))
        n = whole(e)
        if n is not None and abs(n) <= LARGEST_POWER:
            return self.power_int(base, n)
        exact: Exponent = e if exponent.exact is None else exponent.exact
        scale, model = _along_a_ray(*base.dominant())
        if scale.logs and n is None:
            raise Indeterminate("a power of a logarithm")
        raised = Scale(
            multiple(scale.power, exact), scale.logs * (n or 0), tuple((key, c * e) for key, c in scale.growth)
        )
        real = base.real and exponent.real and bool(model.span().real > 0)
        return base.of([Term(raised, model.into(power_coefficients(e)))], real)

    # -- exponential and logarithm -----------------------------------------------------------------------------------

    def exp(self, a: Germ) -> Germ:
        """What diverges goes into the scale, what stays bounded into the model."""
        power: Exponent = Fraction(0)
        growth: dict[tuple[Fraction, int], Any] = {}
        bounded = constant(acb(0), self.order, self.reach)
        for term in a.terms:
            scale, model = term.scale, term.model
            p = scale.power
            if scale.vanishes() or not isinstance(p, Fraction) or scale.growth:
                bounded = bounded.plus(collapsed(term, self.order))
                continue
            kept = list(model.coefficients)
            for j, c in enumerate(model.coefficients):
                if p + j < 0 and not c.is_zero():
                    if scale.logs not in (0, 1):
                        raise Indeterminate("an exponential of a power of a logarithm")
                    key = (-(p + j), scale.logs)
                    growth[key] = growth[key] + c if key in growth else c
                    kept[j] = acb(0)
                elif p + j == 0 and scale.logs == 1:
                    power = together(power, _exactly(c), -1)
                    kept[j] = acb(0)
            rest = Term(scale, Model(tuple(kept), model.rest, model.reach)).normal()
            if rest is not None:
                bounded = bounded.plus(collapsed(rest, self.order))
        ordered: Growth = tuple((key, growth[key]) for key in sorted(growth, reverse=True))
        return a.of([Term(Scale(power, 0, ordered), bounded.into(_SERIES[sympy.exp]))], a.real)

    def log(self, a: Germ) -> Germ:
        """Of a germ that approaches along a ray off the cut."""
        if not a.terms:
            raise Undefined("log 0")
        scale, model = _along_a_ray(*a.dominant())
        terms = [] if not scale.logs else [self._log_of_logs(scale.logs)]
        terms += [Term(Scale(), model.into(_SERIES[sympy.log]))]
        terms.append(Term(Scale(logs=1), constant(-number(scale.power), self.order, self.reach)))
        terms += [Term(Scale(-r, k), constant(c, self.order, self.reach)) for (r, k), c in scale.growth]
        return a.of(terms, a.real and bool(model.span().real > 0))

    def _log_of_logs(self, logs: int) -> Term:
        """``l log L``, which is between 0 and ``l L``."""
        return Term(Scale(logs=1), Model((), acb(arb(0).union(arb(logs))), self.reach))

    # -- functions ---------------------------------------------------------------------------------------------------

    def call(self, function: Any, args: Sequence[Germ]) -> Germ:
        from verify.evaluate.germs.asymptotic import ASYMPTOTIC
        from verify.evaluate.germs.orders import BY_ORDER, SEVERAL
        from verify.evaluate.germs.singular import SINGULAR

        if function is sympy.exp:
            return self.exp(args[0])
        if function is sympy.log:
            return self.log(args[0])
        values = [a.fixed() for a in args]
        varying = [i for i, v in enumerate(values) if v is None]
        if not varying:
            return self.lift(self.outer.call(function, _lowered(values, self.outer.real)))
        rewritten = SEVERAL.get(function) or _REWRITTEN.get(function)
        if rewritten is not None:
            return rewritten(self, *args)
        if len(varying) > 1:
            raise Unsupported(f"{function.__name__} with two arguments that vary")
        (at,) = varying
        if (function, at) in BY_ORDER:
            return BY_ORDER[function, at](self, *args)
        ways = [table[function] for table in (SINGULAR, ASYMPTOTIC) if function in table]
        try:
            return self._composed(function, args, values, at)
        except Indeterminate:
            if not ways:
                raise
        for way in ways[:-1]:
            with suppress(Indeterminate):
                return way(self, *args)
        return ways[-1](self, *args)

    def _composed(self, function: Any, args: Sequence[Germ], values: list[Any], at: int) -> Germ:
        entry = function.entry() if isinstance(function, Shape) else ENTRIES.get(function)
        if entry is None:
            raise Unsupported(f"no expansion of {function.__name__}")
        coefficients = _SERIES.get(function) if len(args) == 1 else None
        if coefficients is None:
            coefficients = by_cauchy(entry, values[:at], values[at + 1 :])
        model = args[at].finite()
        span = [model.span() if v is None else v for v in values]
        real = entry.reflects and entry.regular(*span) and all(a.real for a in args)
        return args[at].of([Term(Scale(), model.into(coefficients))], real)

    # -- by other functions --------------------------------------------------------------------------------------------

    def _sum_of_exponentials(self, a: Germ, sign: int, turn: bool) -> Germ:
        """``(e^w ± e^{−w})/2`` with ``w = a`` or ``w = i a``."""
        i = self.lift(acb(0, 1))
        w = i.times(a) if turn else a
        plus, minus = self.exp(w), self.exp(w.times(self.const(Fraction(-1))))
        total = plus.plus(minus.times(self.const(Fraction(sign)))).times(self.const(Fraction(1, 2)))
        if turn and sign < 0:
            total = total.times(self.lift(acb(0, -1)))
        return total.of(total.terms, a.real)

    def _circular(self, a: Germ, function: Any) -> Germ:
        """Sine, cosine and their hyperbolic counterparts, bounded or not."""
        try:
            return self._composed(function, [a], [None], 0)
        except Indeterminate:
            sign = -1 if function in (sympy.sin, sympy.sinh) else 1
            return self._sum_of_exponentials(a, sign, function in (sympy.sin, sympy.cos))

    def _quotient(self, a: Germ, top: Any, bottom: Any) -> Germ:
        above = self.const(Fraction(1)) if top is None else self._circular(a, top)
        return above.times(self.inv(self._circular(a, bottom)))

    def _absolute(self, a: Germ) -> Germ:
        if not a.real:
            raise Indeterminate("the absolute value of what may not be real")
        _, model = a.dominant()
        positive = model.span().real > 0
        if not positive and not model.span().real < 0:
            raise Indeterminate("the absolute value of what changes sign")
        return a if positive else a.times(self.const(Fraction(-1)))

    # -- cases -------------------------------------------------------------------------------------------------------

    def less(self, a: Germ, b: Germ, strict: bool) -> Truth:
        gap = b.plus(a.times(self.const(Fraction(-1))))
        if not gap.real:
            raise Indeterminate("an order of what may not be real")
        if not gap.terms:
            return not strict
        try:
            _, model = gap.dominant()
        except Indeterminate:
            return None
        return bool(model.span().real > 0)

    def equal(self, a: Germ, b: Germ) -> Truth:
        gap = b.plus(a.times(self.const(Fraction(-1))))
        if not gap.terms:
            return True
        try:
            gap.dominant()
        except Indeterminate:
            return None
        return False

    select = staticmethod(first_case)


def _dyadic(value: Any) -> Fraction | None:
    """The short rational number that a real ball is exactly, if it is one."""
    if not value.is_exact() or not abs(value) < 2**20 or not (value * 2**20).is_integer():
        return None
    return Fraction(int((value * 2**20).unique_fmpz()), 2**20)


def _exactly(value: Any) -> Exponent:
    n = whole(value)
    return value if n is None else Fraction(n)


def _lowered(values: Sequence[Any], real: bool) -> list[Any]:
    """Constants as the field below has them."""
    if not real:
        return list(values)
    if any(not v.imag.is_zero() for v in values):
        raise Unsupported("a complex number among the reals")
    return [v.real for v in values]


def _along_a_ray(scale: Scale, model: Model) -> tuple[Scale, Model]:
    """A dominant term that does not turn, so that its argument is that of the model."""
    if not number(scale.power).imag.is_zero() or any(not c.imag.is_zero() for _, c in scale.growth):
        raise Indeterminate("a logarithm of what turns around zero")
    return scale, model


def bessel_at_zero(m: Germs, order: Germ, w: Germ, sign: int) -> Germ:
    """``(w/2)^ν 0F1(; ν + 1; ∓w²/4)/Γ(ν + 1)``, where w does not diverge (DLMF 10.2.2, 10.25.2)."""
    nu = order.fixed()
    if nu is None:
        raise Unsupported("a Bessel function whose order varies")
    half = w.times(m.const(Fraction(1, 2)))
    square = half.times(half).times(m.const(Fraction(sign)))
    below = [nu + 1]
    n = whole(nu)
    if n is not None and n < 0:
        raise Indeterminate("a Bessel function of negative order")
    entire = square.compose(by_series(lambda s: acb_series.hypgeom([], below, s)), nu.imag.is_zero() and w.real)
    return m.power(half, order).times(entire).times(m.lift((nu + 1).rgamma()))


_REWRITTEN: dict[Any, Callable[..., Germ]] = {
    **{f: (lambda m, a, f=f: m._circular(a, f)) for f in (sympy.sin, sympy.cos, sympy.sinh, sympy.cosh)},
    sympy.tan: lambda m, a: m._quotient(a, sympy.sin, sympy.cos),
    sympy.cot: lambda m, a: m._quotient(a, sympy.cos, sympy.sin),
    sympy.sec: lambda m, a: m._quotient(a, None, sympy.cos),
    sympy.csc: lambda m, a: m._quotient(a, None, sympy.sin),
    sympy.tanh: lambda m, a: m._quotient(a, sympy.sinh, sympy.cosh),
    sympy.coth: lambda m, a: m._quotient(a, sympy.cosh, sympy.sinh),
    sympy.sech: lambda m, a: m._quotient(a, None, sympy.cosh),
    sympy.csch: lambda m, a: m._quotient(a, None, sympy.sinh),
    sympy.sinc: lambda m, a: m._circular(a, sympy.sin).times(m.inv(a)),
    sympy.acot: lambda m, a: m.call(sympy.atan, [m.inv(a)]),
    sympy.acoth: lambda m, a: m.call(sympy.atanh, [m.inv(a)]),
    sympy.Abs: Germs._absolute,
    sigmoid: lambda m, a: m.inv(m.const(Fraction(1)).plus(m.exp(a.times(m.const(Fraction(-1)))))),
    softplus: lambda m, a: m.log(m.const(Fraction(1)).plus(m.exp(a))),
    sympy.factorial: lambda m, a: m.call(sympy.gamma, [a.plus(m.const(Fraction(1)))]),
}
