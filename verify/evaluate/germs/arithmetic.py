"""Arithmetic with germs: what becomes of sums, products, powers, exponentials and logarithms at the end of a range."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import sympy
from flint import acb, arb
from sympy import Expr

from verify.evaluate.field import Field, Indeterminate, Key, Truth, Undefined, Unsupported, first_case
from verify.evaluate.germs.germ import Germ, Term, collapsed
from verify.evaluate.germs.power_series import SERIES
from verify.evaluate.germs.scale import Exponent, Growth, Scale, multiple, number, together
from verify.evaluate.germs.taylor import Model, by_cauchy, constant, inverse_coefficients, power_coefficients
from verify.evaluate.special import ENTRIES
from verify.evaluate.special.entry import whole
from verify.evaluate.special.hypergeometric import Shape

LARGEST_POWER = 64


class GermArithmetic(ABC):
    """Arithmetic with germs in one variable; everything else is looked up in the field below.

    Where nothing is known of a germ's size or sign, a method raises :class:`~verify.evaluate.field.Indeterminate`.
    """

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

    def lookup(self, key: Key) -> Germ:
        return self.variable if key == self.key else self.lift(self.outer.lookup(key))

    def const(self, value: Fraction) -> Germ:
        return self.variable.constant(acb(arb(value.numerator) / value.denominator), True, value)

    def number(self, value: Expr) -> Germ:
        return self.lift(acb(0, 1) if value is sympy.I else self.outer.number(value))

    def whole(self, n: int) -> Germ:
        """A whole number."""
        return self.const(Fraction(n))

    def within(self, ball: Any, real: bool = True) -> Germ:
        """Some function whose values lie in a ball."""
        return self.variable.of([Term(Scale(), Model((), ball, self.reach))], real)

    def negative(self, a: Germ) -> Germ:
        """−a."""
        return a.times(self.whole(-1))

    @abstractmethod
    def call(self, function: Any, args: Sequence[Germ]) -> Germ:
        """A function of germs."""

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
        total = self.whole(1)
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
        return a.of([Term(Scale(power, 0, ordered), bounded.into(SERIES[sympy.exp]))], a.real)

    def log(self, a: Germ) -> Germ:
        """Of a germ that approaches along a ray off the cut."""
        if not a.terms:
            raise Undefined("log 0")
        scale, model = _along_a_ray(*a.dominant())
        terms = [] if not scale.logs else [self._log_of_logs(scale.logs)]
        terms += [Term(Scale(), model.into(SERIES[sympy.log]))]
        terms.append(Term(Scale(logs=1), constant(-number(scale.power), self.order, self.reach)))
        terms += [Term(Scale(-r, k), constant(c, self.order, self.reach)) for (r, k), c in scale.growth]
        return a.of(terms, a.real and bool(model.span().real > 0))

    def _log_of_logs(self, logs: int) -> Term:
        """``l log L``, which is between 0 and ``l L``."""
        return Term(Scale(logs=1), Model((), acb(arb(0).union(arb(logs))), self.reach))

    def composed(self, function: Any, args: Sequence[Germ], values: list[Any], at: int) -> Germ:
        """A function of the argument at one place, where it is bounded, with the values of the others.

        Raises:
            Indeterminate: the function may not be holomorphic there.
            Unsupported: it has no expansion here.
        """
        entry = function.entry() if isinstance(function, Shape) else ENTRIES.get(function)
        if entry is None:
            raise Unsupported(f"no expansion of {function.__name__}")
        coefficients = SERIES.get(function) if len(args) == 1 else None
        if coefficients is None:
            coefficients = by_cauchy(entry, values[:at], values[at + 1 :])
        model = args[at].finite()
        span = [model.span() if v is None else v for v in values]
        real = entry.reflects and entry.regular(*span) and all(a.real for a in args)
        return args[at].of([Term(Scale(), model.into(coefficients))], real)

    # -- cases -------------------------------------------------------------------------------------------------------

    def less(self, a: Germ, b: Germ, strict: bool) -> Truth:
        gap = b.plus(self.negative(a))
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
        gap = b.plus(self.negative(a))
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


def _along_a_ray(scale: Scale, model: Model) -> tuple[Scale, Model]:
    """A dominant term that does not turn, so that its argument is that of the model."""
    if not number(scale.power).imag.is_zero() or any(not c.imag.is_zero() for _, c in scale.growth):
        raise Indeterminate("a logarithm of what turns around zero")
    return scale, model
