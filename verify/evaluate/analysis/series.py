"""Infinite sums and products in balls: the first terms one by one, the others by an expansion in ``u = 1/k``.

Coefficient by coefficient the tail is a Hurwitz zeta function (``Σ k^{−s} log^l k``), a Lerch transcendent
(``Σ zᵏ k^{−s}``, z of size 1) or bounded by a geometric series; the expansion's rest is bounded by its absolute values.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import flint
from flint import acb, acb_series, arb
from sympy import Expr, Product, S, Sum, Symbol

from verify.evaluate.analysis.common import balls_below, fresh, goal, remembering, times
from verify.evaluate.codes.code import Code, code, put_back, reach, slot
from verify.evaluate.codes.wholes import must
from verify.evaluate.effort import EVALUATION, spend
from verify.evaluate.field import Element, Indeterminate, Undefined
from verify.evaluate.fields.balls import Balls, precision
from verify.evaluate.germs.germ import Germ, Term
from verify.evaluate.germs.germs import Germs
from verify.evaluate.germs.scale import Scale, number
from verify.evaluate.germs.taylor import constant, disc
from verify.terms import Index

if TYPE_CHECKING:
    from verify.evaluate.evaluator import Evaluator

ATTEMPTS = (
    (40, 4),
    (24, 24),
    (60, 36),
    (250, 24),
    (1_000, 8),
    (4_000, 4),
)  # terms one by one; the order of the expansion
EXTRA_BITS = (0, 300)  # where terms cancel


def infinite(limit: Any) -> bool:
    """Whether a range has no end."""
    return len(limit) == 3 and any(end in (S.Infinity, S.NegativeInfinity) for end in limit[1:])


class Series:
    """``Σ f(k)`` or ``Π f(k)`` over an infinite range of ``k``."""

    def __init__(self, body: Expr, variable: Symbol, low: Expr, high: Expr, adding: bool) -> None:
        self.adding = adding
        self.symbols = reach((Sum if adding else Product)(body, (variable, low, high)))
        self.parts: list[tuple[Expr, Expr]] = []  # bodies and where they begin, in the direction of +∞
        down = Index(f"-{variable.name}", S.One, S.Infinity)
        mirrored = body.xreplace({variable: -down})
        if high is S.Infinity and low is S.NegativeInfinity:
            self.parts = [(body, S.Zero), (mirrored, S.One)]
        elif high is S.Infinity:
            self.parts = [(body, low)]
        else:
            self.parts = [(mirrored, -high)]
        self.variables = [variable if part is body else down for part, _ in self.parts]
        self.reversed = low is S.Infinity or high is S.NegativeInfinity

    def code(self, m: Evaluator) -> Element:
        """The value in the field of ``m``.

        Raises:
            Indeterminate: it may not converge, or cannot be bounded within the limits.
            Undefined: it diverges.
        """
        base = balls_below(m.field, "an infinite sum")
        return remembering(self, m, base, self.symbols, lambda at: self._value(at, base))

    def _value(self, m: Evaluator, base: Balls) -> Element:
        if self.reversed:
            raise Indeterminate("a sum whose range runs backwards")
        total = acb(0 if self.adding else 1)
        for (body, low), variable in zip(self.parts, self.variables, strict=True):
            part = self._upwards(m, base, body, variable, must(low)(m))
            total = total + part if self.adding else total * part
        return base.down(total, bool(total.imag.contains(0)))

    def _upwards(self, m: Evaluator, base: Balls, body: Expr, variable: Symbol, start: int) -> Any:
        run = code(body)
        for terms, order in ATTEMPTS:
            end = max(start, 0) + terms * times()
            tail = self._tail(m, run, variable, end, order * times())
            if tail is not None:
                break
            if order != ATTEMPTS[0][1]:
                continue
            if self.adding and self._diverges(m, run, variable, end, order):
                raise Undefined("a sum that diverges")
            if not self.adding and self._vanishes(m, run, variable, end, order):
                return 0 * self._head(fresh(m, base), run, variable, start, end)
        else:
            what = "sum" if self.adding else "product"
            raise Indeterminate(f"a {what} that may not converge, or does so too slowly")
        head = acb("nan")
        for bits in EXTRA_BITS:
            with precision(flint.ctx.prec + bits):
                head = self._head(fresh(m, base), run, variable, start, end)
            if head.rad() < arb(2) ** -goal() or head.rel_accuracy_bits() > goal():
                break
        return head + tail if self.adding else head * tail.exp()

    def _head(self, m: Evaluator, run: Code, variable: Symbol, start: int, end: int) -> Any:
        place, env, total = slot(variable), m.env, acb(0 if self.adding else 1)
        before = env.get(place)
        try:
            for k in range(start, end):
                spend(EVALUATION)
                env[place] = k
                value = acb(run(m))
                total = total + value if self.adding else total * value
        finally:
            put_back(env, place, before)
        return total

    def _tail(self, m: Evaluator, run: Code, variable: Symbol, start: int, order: int) -> Any:
        """A ball for the sum (of the logarithms) from ``start``; ``None`` where it is not narrow."""
        try:
            field, term = self._term(m, run, variable, start, order)
            found = total(term if self.adding else field.log(term), start)
        except Indeterminate:
            return None
        return found if found.rad() < arb(2) ** -goal() else None

    def _term(self, m: Evaluator, run: Code, variable: Symbol, start: int, order: int) -> tuple[Germs, Germ]:
        """The term for all k from ``start``, as a germ in 1/k."""
        step = 1 / arb(start)
        empty = Germ((), order, step)
        k = empty.of([Term(Scale(Fraction(-1)), constant(acb(1), order, step))], True)
        field = Germs(m.field, (variable,), k)
        return field, run(m.upon(field, frozenset((variable,)), field.lift))

    def _diverges(self, m: Evaluator, run: Code, variable: Symbol, start: int, order: int) -> bool:
        """Certainly: the term is c·eᵏ…·k^(−s) up to a factor that tends to 1, with c ≠ 0, and too large for a sum."""
        try:
            scale, model = self._term(m, run, variable, start, order)[1].dominant()
        except Indeterminate:
            return False
        s = number(scale.power)
        if abs(model.span()).contains(0) or scale.logs < 0:
            return False
        if scale.growth and not _turning(scale):
            return bool(scale.growth[0][1].real > 0)
        return bool(s.real <= (1 if not scale.growth and s.imag.is_zero() else 0))

    def _vanishes(self, m: Evaluator, run: Code, variable: Symbol, start: int, order: int) -> bool:
        """Certainly: the factors stay below a number less than 1, and so the partial products tend to 0."""
        try:
            model = self._term(m, run, variable, start, order)[1].finite()
        except Indeterminate:
            return False
        return bool(abs(model.span()) < 1)


def total(term: Germ, start: int) -> Any:
    """``Σ_{k ≥ start} f(k)`` where ``f`` has the given germ in ``1/k`` up to ``1/start``.

    Raises:
        Indeterminate: it may not converge.
    """
    value = acb(0)
    for part in term.terms:
        scale, model = part.scale, part.model
        if scale.growth and not _turning(scale):
            value = value + disc(abs(model.span()).upper() * _geometric(scale, term.reach, start))
            continue
        for j, c in enumerate(model.coefficients):
            if not c.is_zero():
                spend(EVALUATION)
                value = value + c * _exactly(scale.shifted(Fraction(j)), start)
        if not model.rest.is_zero():
            beyond = Scale(acb(number(scale.power).real + model.order), max(scale.logs, 0))
            value = value + disc(abs(model.rest).upper() * abs(_exactly(beyond, start)))
    return value


def _turning(scale: Scale) -> bool:
    """``zᵏ`` with \\|z\\| = 1."""
    return len(scale.growth) == 1 and scale.growth[0][0] == (Fraction(1), 0) and bool(scale.growth[0][1].real.is_zero())


def _exactly(scale: Scale, start: int) -> Any:
    """``Σ k^{−s} log^l k``, or ``Σ zᵏ k^{−s}`` which converges for Re s > 0 unless z = 1."""
    s = number(scale.power)
    if scale.growth:
        ((_, c),) = scale.growth
        z = c.exp()
        if scale.logs or not s.real > 0 or z.overlaps(acb(1)):
            raise Indeterminate("a series that may not converge")
        return (c * start).exp() * acb.lerch_phi(z, s, acb(start))
    if not s.real > 1 or scale.logs < 0:
        raise Indeterminate("a series that may not converge")
    if scale.logs == 0:
        return s.zeta(acb(start))
    before, flint.ctx.cap = flint.ctx.cap, scale.logs + 1
    try:
        found = acb_series([s, 1], prec=scale.logs + 1).zeta(acb(start))
        return found[scale.logs] * acb(scale.logs + 1).gamma() * (-1) ** scale.logs
    finally:
        flint.ctx.cap = before


def _geometric(scale: Scale, step: Any, start: int) -> Any:
    """With ``|f(k)| ≤ K e^{−κk}`` the sum is at most ``K e^{−κ N}/(1 − e^{−κ})``."""
    (r, logs), c = next((entry for entry in scale.growth if not entry[1].real.is_zero()), scale.growth[0])
    if r < 1 or not c.real < 0:
        raise Indeterminate("a series that may not converge")
    rates = [arb(1)] if (r > 1 or logs) else [(-c.real * part).lower() for part in (0.9, 0.5, 0.1)]
    for rate in rates:
        bound = scale.times(Scale(growth=(((Fraction(1), 0), acb(rate)),))).bound(step)
        if bound is not None:
            return (bound * (-rate * start).exp() / (1 - (-rate).exp())).upper()
    raise Indeterminate("a series that cannot be bounded")


def series_code(e: Sum | Product, loop: Callable[[Expr, Any], Code]) -> Code:
    """The code of a sum or product some of whose ranges are infinite; ``loop`` compiles one over a finite range."""
    *before, last = e.limits
    body = e.function if not before else e.func(e.function, *before)
    if infinite(last):
        variable, low, high = last
        return Series(body, variable, low, high, isinstance(e, Sum)).code
    return loop(body, last)
