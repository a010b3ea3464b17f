"""z3 on polynomial arithmetic with case distinctions: claims over real numbers with + − · / max, |·|, relu.

The negation of the claim is handed over together with the givens and "every denominator is nonzero"; if nothing
satisfies it the claim is proved (de Moura & Bjørner 2008; nonlinear arithmetic by Jovanović & de Moura 2012). A model
becomes a witness only after it has been evaluated exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from sympy import Abs, Add, Expr, Integer, Max, Min, Mul, Pow, Rational, Symbol
from sympy import sign as signum

from verify.checks.common import NO_POINT, ORDER, describe, space_of
from verify.config import Settings
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import AtPoint
from verify.model import Claim, Evidence, Relation, Verdict, Witness
from verify.terms import Conj, Content, Disj, Frac, Neg, Proposition, Rel, is_proposition, relu

MILLISECONDS = 2000
IRRATIONAL = "there is a counterexample at an irrational point, which is not certified here"
LARGEST_POWER = 6


class NotArithmetic(Exception):
    """The claim uses something that z3's real arithmetic has no word for."""


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED, REFUTED with a certified witness, VACUOUS, or nothing."""
    space = space_of(claim)
    if not space.real or space.sizes or space.arrays or space.indices or space.closed:
        return None
    try:
        translation = Translation()
        premises = [translation.proposition(c) for c in (*claim.givens.constraints, *claim.premises)]
        given = [*premises, *translation.domains(space.scalars, space.integers)]
        assumed = len(translation.nonzero)
        goal = translation.claim(claim)
    except NotArithmetic:
        return None
    if translation.solve(given, assumed) == "unsat":
        return Evidence("z3", Verdict.VACUOUS, "the assumptions contradict each other")
    if len(translation.nonzero) > assumed and translation.solve(given) == "unsat":
        return Evidence("z3", Verdict.UNDECIDED, NO_POINT)
    answer = translation.solve([*given, translation.z3.Not(goal)])
    if answer == "unsat":
        return Evidence("z3", Verdict.PROVED, "nothing within the givens satisfies the negation")
    if answer == "unknown":
        return None
    return _from_model(claim, space, answer)


def contradictory(claim: Claim, premise: Proposition) -> bool:
    """Whether the assumptions, with a further premise, are known to admit no point."""
    space = space_of(claim)
    if space.arrays or space.indices or not space.real:
        return False
    try:
        translation = Translation()
        premises = [translation.proposition(c) for c in (*claim.givens.constraints, *claim.premises, premise)]
        given = [*premises, *translation.domains(space.scalars, space.integers)]
    except NotArithmetic:
        return False
    return bool(translation.solve(given) == "unsat")


def arithmetic(relations: Iterable[Rel]) -> tuple[Rel, ...]:
    """Those of the relations that z3's real arithmetic has words for."""
    found = []
    for rel in relations:
        try:
            Translation().proposition(rel)
        except NotArithmetic:
            continue
        found.append(rel)
    return tuple(found)


def _from_model(claim: Claim, space: Space, model: Any) -> Evidence | None:
    scalars: dict[Symbol, Value] = {}
    integers: dict[Symbol, int] = {}
    for symbol in (*space.scalars, *space.integers):
        value = model.get(symbol, Fraction(0))
        if value is None:
            return Evidence("z3", Verdict.UNDECIDED, IRRATIONAL)
        if symbol.is_integer:
            integers[symbol] = int(value)
        else:
            scalars[symbol] = value
    point = Point(integers, scalars)
    judge = AtPoint(point, True)
    try:
        if any(judge.holds(c) is not True for c in claim.givens.constraints):
            return None
        sides = certified(claim, judge)
    except (Undefined, Unsupported):
        return None
    if sides is None:
        return None
    return Evidence("z3", Verdict.REFUTED, "a model of the negation", witness=Witness(describe(point, space), *sides))


def certified(claim: Claim, judge: AtPoint) -> tuple[str, str] | None:
    """Both sides as text if the claim is certainly false at the point."""
    if claim.relation in ORDER:
        assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
        sides = judge.relation(Rel(claim.relation, claim.lhs, claim.rhs))
        return (sides.lhs, sides.rhs) if sides.truth is False else None
    left = judge.holds(Conj((claim.lhs, *claim.premises)))  # type: ignore[arg-type]  # a proposition here
    right = judge.holds(claim.rhs)  # type: ignore[arg-type]  # a proposition here
    broken = (left, right) == (True, False) or (claim.relation is Relation.IFF and (left, right) == (False, True))
    return (str(left).lower(), str(right).lower()) if broken else None


class Translation:
    """From core terms to z3, collecting the denominators on the way."""

    def __init__(self) -> None:
        import z3  # only here: most runs never need it

        self.z3 = z3
        self.variables: dict[Symbol, Any] = {}
        self.nonzero: list[Any] = []

    def solve(self, formulas: list[Any], denominators: int | None = None) -> Any:
        """``"unsat"``, ``"unknown"``, or a model as a dict of fractions (``None`` for irrational values).

        ``denominators``: how many of those that have been met so far must not vanish, if not all.
        """
        solver = self.z3.Solver()
        solver.set("timeout", MILLISECONDS)
        solver.set("random_seed", 0)
        solver.add(*formulas, *self.nonzero[:denominators])
        result = solver.check()
        if result == self.z3.unsat:
            return "unsat"
        if result != self.z3.sat:
            return "unknown"
        model = solver.model()
        found: dict[Symbol, Fraction | None] = {}
        for symbol, variable in self.variables.items():
            value = model.eval(variable, model_completion=True)
            if self.z3.is_int_value(value):
                found[symbol] = Fraction(value.as_long())
            else:
                found[symbol] = Fraction(value.as_fraction()) if self.z3.is_rational_value(value) else None
        return found

    def domains(self, scalars: Sequence[Symbol], integers: Sequence[Symbol]) -> list[Any]:
        """What the symbols' domains say."""
        formulas = []
        for symbol in (*scalars, *integers):
            variable = self.term(symbol)
            if symbol.is_prime or symbol.is_even or symbol.is_odd:
                raise NotArithmetic(str(symbol))
            if symbol.is_positive:
                formulas.append(variable > 0)
            elif symbol.is_nonnegative:
                formulas.append(variable >= 0)
            if symbol.is_negative:
                formulas.append(variable < 0)
            elif symbol.is_nonpositive:
                formulas.append(variable <= 0)
            if symbol.is_nonzero:
                formulas.append(variable != 0)
        return formulas

    def claim(self, claim: Claim) -> Any:
        if claim.relation in ORDER:
            return self.relation(claim.relation, claim.lhs, claim.rhs)
        if not (is_proposition(claim.lhs) and is_proposition(claim.rhs)):
            raise NotArithmetic("a maximisation problem")
        left, right = self.proposition(claim.lhs), self.proposition(claim.rhs)
        if claim.relation is Relation.IFF:
            return left == right
        if claim.relation is Relation.IMPLIES:
            return self.z3.Implies(left, right)
        raise NotArithmetic(claim.relation.value)

    def proposition(self, p: Content) -> Any:
        if isinstance(p, Rel):
            return self.relation(p.op, p.lhs, p.rhs)
        if isinstance(p, Conj):
            return self.z3.And(*(self.proposition(part) for part in p.parts))
        if isinstance(p, Disj):
            return self.z3.Or(*map(self.alternative, p.parts))
        if isinstance(p, Neg):
            return self.z3.Not(self.alternative(p.part))
        raise NotArithmetic(type(p).__name__)

    def alternative(self, p: Content) -> Any:
        """A proposition that need not hold, nor be defined: ``x = 0 or 1/x > 1``."""
        outer, self.nonzero = self.nonzero, []
        try:
            return self.z3.And(self.proposition(p), *self.nonzero)
        finally:
            self.nonzero = outer

    def relation(self, op: Relation, lhs: Any, rhs: Any) -> Any:
        a, b = self.term(lhs), self.term(rhs)
        return {
            Relation.EQ: lambda: a == b,
            Relation.NE: lambda: a != b,
            Relation.LT: lambda: a < b,
            Relation.LE: lambda: a <= b,
            Relation.GT: lambda: a > b,
            Relation.GE: lambda: a >= b,
        }[op]()

    def term(self, e: Expr) -> Any:
        z3 = self.z3
        if isinstance(e, Rational):
            return z3.RealVal(f"{e.p}/{e.q}")
        if isinstance(e, Symbol):
            if e not in self.variables:
                name = f"{e.name}#{len(self.variables)}"
                self.variables[e] = z3.Int(name) if e.is_integer else z3.Real(name)
            variable = self.variables[e]
            return z3.ToReal(variable) if e.is_integer else variable  # or / would be the division of integers
        if isinstance(e, Add | Mul):
            total = self.term(e.args[0])
            for part in e.args[1:]:
                total = total + self.term(part) if isinstance(e, Add) else total * self.term(part)
            return total
        if isinstance(e, Frac):
            return self.term(e.numerator) / self.denominator(e.denominator)
        if isinstance(e, Pow) and isinstance(e.exp, Integer) and abs(int(e.exp)) <= LARGEST_POWER:
            base = self.term(e.base) if e.exp > 0 else self.denominator(e.base)
            total = base
            for _ in range(abs(int(e.exp)) - 1):
                total = total * base
            return total if e.exp > 0 else 1 / total
        if isinstance(e, relu | Abs):
            x = self.term(e.args[0])
            return z3.If(x >= 0, x, 0 if isinstance(e, relu) else -x)
        if isinstance(e, signum):
            x = self.term(e.args[0])
            return z3.If(x > 0, z3.RealVal(1), z3.If(x < 0, z3.RealVal(-1), z3.RealVal(0)))
        if isinstance(e, Max | Min):
            total = self.term(e.args[0])
            for part in e.args[1:]:
                other = self.term(part)
                total = z3.If(total >= other if isinstance(e, Max) else total <= other, total, other)
            return total
        raise NotArithmetic(type(e).__name__)

    def denominator(self, e: Expr) -> Any:
        term = self.term(e)
        self.nonzero.append(term != 0)
        return term
