"""The truth of a proposition at a point: certified true, certified false, or not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import acb

from verify.evaluate.balls import Balls, ball, precision
from verify.evaluate.evaluator import Env, Evaluator
from verify.evaluate.exact import Exact
from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.points import Point
from verify.model import Relation
from verify.terms import Conj, Disj, ForAll, Neg, Proposition, Rel

PRECISIONS = (64, 192, 640)


@dataclass(frozen=True)
class Sides:
    """Both sides of a relation at a point, as text, and whether the relation holds there."""

    truth: bool | None
    lhs: str
    rhs: str


class AtPoint:
    """Certified truth at one point; a side that is undefined makes the point unusable (:class:`Undefined`)."""

    def __init__(self, point: Point, real: bool) -> None:
        self.point = point
        self.real = real

    def relation(self, rel: Rel, env: Env | None = None, bits: Iterable[int] = PRECISIONS) -> Sides:
        """Whether ``lhs op rhs`` holds at the point; exact where both sides are rational, else by balls.

        Raises:
            Undefined: a side has no value here.
            Unsupported: a side cannot be evaluated rigorously.
        """
        env = self.point.integers if env is None else env
        if self.real:
            try:
                exact = Evaluator(Exact(self.point), self.point)
                a, b = exact(rel.lhs, env), exact(rel.rhs, env)
                return Sides(_compare(rel.op, a, b), _short(a), _short(b))
            except Unsupported:
                pass
        last: Indeterminate | None = None
        for prec in bits:
            with precision(prec):
                try:
                    balls = Evaluator(Balls(self.point, self.real), self.point)
                    a, b = balls(rel.lhs, env), balls(rel.rhs, env)
                    truth = self._by_balls(rel.op, a, b)
                    if truth is not None:
                        return Sides(truth, *_texts(a, b))
                    last = None
                except Indeterminate as error:
                    last = error
        if last is not None:
            raise last
        return Sides(None, "", "")

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
            return op in (Relation.LT, Relation.LE)
        if a > b:
            return op in (Relation.GT, Relation.GE)
        return None

    def holds(self, p: Proposition, env: Env | None = None) -> bool | None:
        """Three-valued truth (Kleene's strong logic)."""
        env = self.point.integers if env is None else env
        if isinstance(p, Rel):
            return self.relation(p, env).truth
        if isinstance(p, Conj):
            return _kleene_all(self.holds(part, env) for part in p.parts)
        if isinstance(p, Disj):
            return _kleene_not(_kleene_all(_kleene_not(self.holds(part, env)) for part in p.parts))
        if isinstance(p, Neg):
            return _kleene_not(self.holds(p.part, env))
        if isinstance(p, ForAll):
            walker = Evaluator(Exact(self.point), self.point)
            first, last = walker.integer(p.index.lower, env), walker.integer(p.index.upper, env)
            return _kleene_all(self.holds(p.body, {**env, p.index: i}) for i in range(first, last + 1))
        raise Unsupported("a statement about maximisers")


def _short(value: Fraction) -> str:
    """A rational number; one too long to read as a decimal."""
    if value.numerator.bit_length() + value.denominator.bit_length() <= 200:
        return str(value)
    with precision(64):
        return text(ball(value, True))


def _compare(op: Relation, a: Any, b: Any) -> bool:
    return {
        Relation.EQ: a == b,
        Relation.NE: a != b,
        Relation.LT: a < b,
        Relation.LE: a <= b,
        Relation.GT: a > b,
        Relation.GE: a >= b,
    }[op]


def _texts(a: Any, b: Any, digits: int = 12) -> tuple[str, str]:
    """Both balls as text, with as many digits as it takes to tell them apart."""
    first, second = text(a, digits), text(b, digits)
    while first == second and digits < 200:
        digits *= 2
        first, second = text(a, digits), text(b, digits)
    return first, second


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
    if "." in written and "e" not in written:
        written = written.rstrip("0").rstrip(".")
    return written if value.is_exact() and value.is_integer() else written + "…"


def _kleene_not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _kleene_all(truths: Iterable[bool | None]) -> bool | None:
    result: bool | None = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result
