"""The truth of a proposition at a point: certified true, certified false, or not known."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from flint import acb, fmpq

from verify.evaluate.angles import angular, tied
from verify.evaluate.codes.code import Code, code, put_back, slot
from verify.evaluate.codes.conditions import negation
from verify.evaluate.codes.wholes import bounds, integral
from verify.evaluate.evaluator import Env, Evaluator, slots_of
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.fields.balls import Balls, ball, precision
from verify.evaluate.fields.exact import Exact
from verify.evaluate.points import Point
from verify.frozen import dataclass
from verify.model import GREATER, LESS, Relation
from verify.terms import Conj, Disj, ForAll, Neg, Proposition, Rel, fraction

PRECISIONS = (64, 192, 640)
SIMPLE_BITS, SIMPLE_POWER = 20, 6  # of numbers that are told as fractions, beside others like them
_COMPARE: dict[Relation, Callable[[Any, Any], bool]] = {
    Relation.EQ: operator.eq,
    Relation.NE: operator.ne,
    Relation.LT: operator.lt,
    Relation.LE: operator.le,
    Relation.GT: operator.gt,
    Relation.GE: operator.ge,
}


@dataclass(frozen=True)
class Sides:
    """Both sides of a relation at a point, as text, and whether the relation holds there."""

    truth: bool | None
    lhs: str
    rhs: str


def at_point(point: Point, real: bool) -> AtPoint:
    """The judge of a point, one for all who ask: what it has evaluated once it remembers."""
    found: AtPoint | None = point.judges.get(real)
    if found is None:
        found = point.judges[real] = AtPoint(point, real)
    return found


class AtPoint:
    """Certified truth at one point; a side that is undefined makes the point unusable (:class:`Undefined`)."""

    def __init__(self, point: Point, real: bool) -> None:
        self.point = point
        self.real = real
        self.env = slots_of(point).copy()
        self._exact: Evaluator | None = None
        self._balls: dict[int, Evaluator] = {}

    @property
    def exact(self) -> Evaluator:
        """The evaluator in rational numbers."""
        if self._exact is None:
            self._exact = Evaluator(Exact(self.point), self.point, self.env)
        return self._exact

    def balls(self, bits: int) -> Evaluator:
        """The evaluator in balls, to be used within ``precision(bits)``."""
        found = self._balls.get(bits)
        if found is None:
            found = self._balls[bits] = Evaluator(Balls(self.point, self.real), self.point, self.env)
        return found

    def relation(self, rel: Rel, env: Env | None = None) -> Sides:
        """Whether ``lhs op rhs`` holds at the point; exact where both sides are rational, else by balls.

        Raises:
            Undefined: a side has no value here.
            Unsupported: a side cannot be evaluated rigorously.
        """
        truth, sides = self.exact.within(env, lambda _: self._decide(rel.op, code(rel.lhs), code(rel.rhs)))
        if truth is None:
            return Sides(None, "", "")
        a, b = sides
        return Sides(truth, *((_short(a), _short(b)) if isinstance(a, fmpq) else _texts(a, b)))

    def decide(self, op: Relation, left: Code, right: Code) -> bool | None:
        """The truth of a relation among the integers that are in force."""
        return self._decide(op, left, right)[0]

    def _decide(self, op: Relation, left: Code, right: Code) -> tuple[bool | None, tuple[Any, Any]]:
        if self.real:
            try:
                a, b = left(self.exact), right(self.exact)
                return _COMPARE[op](a, b), (a, b)
            except Unsupported:
                pass
        last: Indeterminate | None = None
        for bits in PRECISIONS:
            with precision(bits):
                try:
                    balls = self.balls(bits)
                    a, b = left(balls), right(balls)
                    truth = self._by_balls(op, a, b)
                    if truth is not None:
                        return truth, (a, b)
                    last = None
                except Indeterminate as error:
                    last = error
        if last is not None:
            raise last
        return None, (None, None)

    def _by_balls(self, op: Relation, a: Any, b: Any) -> bool | None:
        if op in (Relation.EQ, Relation.NE):
            if not a.overlaps(b):
                return op is Relation.NE
            return op is Relation.EQ if a == b else None  # only exact numbers are known to be equal
        if not self.real:
            if a.imag != 0 or b.imag != 0:
                raise Undefined("an order relation between complex numbers")
            a, b = a.real, b.real
        if a < b:
            return op in LESS
        if a > b:
            return op in GREATER
        return op in (Relation.LE, Relation.GE) if a == b else None

    def holds(self, p: Proposition, env: Env | None = None) -> bool | None:
        """Three-valued truth (Kleene's strong logic)."""
        return self.exact.within(env, lambda _: _truth(p)(self))


# -- propositions, each compiled once ------------------------------------------------------------------------------

Truth: TypeAlias = Callable[[AtPoint], bool | None]


@lru_cache(maxsize=1 << 12)
def _truth(p: Proposition) -> Truth:
    if isinstance(p, Rel):
        return _relation(p)
    if isinstance(p, Conj):
        parts = [_truth(part) for part in p.parts]
        return lambda judge: _all(part(judge) for part in parts)
    if isinstance(p, Disj):
        parts = [_truth(part) for part in p.parts]
        return lambda judge: negation(_all(negation(part(judge)) for part in parts))
    if isinstance(p, Neg):
        part = _truth(p.part)
        return lambda judge: negation(part(judge))
    if isinstance(p, ForAll):
        return _for_all(p)
    return _unsupported


def _unsupported(judge: AtPoint) -> bool | None:
    raise Unsupported("a statement about maximisers")


def _relation(rel: Rel) -> Truth:
    op, left, right = rel.op, code(rel.lhs), code(rel.rhs)
    if angular(rel):
        return lambda judge: _on_edge(judge, rel, judge.decide(op, left, right))
    a, b = integral(rel.lhs), integral(rel.rhs)
    if a is None or b is None:
        return lambda judge: judge.decide(op, left, right)
    first, second, compare = a, b, _COMPARE[op]

    def run(judge: AtPoint) -> bool | None:
        try:
            return compare(first(judge.exact), second(judge.exact))
        except Unsupported:
            return judge.decide(op, left, right)

    return run


def _on_edge(judge: AtPoint, rel: Rel, truth: bool | None) -> bool | None:
    """The truth of a relation between angles and sizes, where ties are told apart."""
    if truth is None and tied(rel, judge.point):
        return rel.op in (Relation.LE, Relation.GE, Relation.EQ)
    return truth


def _for_all(p: ForAll) -> Truth:
    body, number = _truth(p.body), slot(p.index)
    values = bounds((p.index, p.index.lower, p.index.upper))

    def run(judge: AtPoint) -> bool | None:
        env = judge.env
        before = env.get(number)

        def at(value: int) -> bool | None:
            env[number] = value
            return body(judge)

        try:
            return _all(map(at, values(judge.exact)))
        finally:
            put_back(env, number, before)

    return run


def _all(truths: Iterable[bool | None]) -> bool | None:
    result: bool | None = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


# -- texts ---------------------------------------------------------------------------------------------------------


def _short(value: fmpq) -> str:
    """A rational number; one too long to read as a decimal."""
    if value.p.bit_length() + value.q.bit_length() <= 200:
        return str(value)
    with precision(64):
        return text(ball(fraction(value), True))


def _texts(a: Any, b: Any, digits: int = 12) -> tuple[str, str]:
    """Both balls as text, with as many digits as it takes to tell them apart; simple fractions where both are exact."""
    if (one := _simple(a)) is not None and (other := _simple(b)) is not None:
        return one, other
    first, second = text(a, digits), text(b, digits)
    while first == second and digits < 200:
        digits *= 2
        first, second = text(a, digits), text(b, digits)
    return first, second


def _simple(value: Any) -> str | None:
    """A number with a small power of two as its denominator, which a ball can be exactly."""
    if isinstance(value, acb):
        return _simple(value.real) if value.imag == 0 else None
    if not value.is_exact() or not value.is_finite():
        return None
    mantissa, exponent = (int(part) for part in value.man_exp())
    if mantissa.bit_length() > SIMPLE_BITS or not -SIMPLE_POWER <= exponent <= SIMPLE_BITS:
        return None
    return str(mantissa * Fraction(2) ** exponent)


def text(value: Any, digits: int = 12) -> str:
    """A ball as a decimal number: correct up to one unit in the last digit, followed by ``…`` if inexact."""
    if isinstance(value, acb):
        if value.imag == 0:
            return text(value.real, digits)
        re, im = text(value.real, digits), text(value.imag, digits)
        if re == "0":
            return f"{im}i"
        return f"{re} - {im[1:]}i" if im.startswith("-") else f"{re} + {im}i"
    if not value.is_exact() and value.contains(0) and value.rad() < 1e-12:
        return "0…"
    written = str(value.str(digits, radius=False))
    if not value.is_exact():
        return written + "…"  # its zeros are digits that are known
    if "." in written and "e" not in written:
        written = written.rstrip("0").rstrip(".")
    mantissa, exponent = value.man_exp()
    exact = "e" not in written and Fraction(written) == int(mantissa) * Fraction(2) ** int(exponent)
    return written if exact or value.is_integer() else written + "…"
