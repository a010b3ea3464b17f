"""Core terms and propositions in z3's words: real and whole numbers, + − · /, max, |·|, signs, relu, cases."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sympy import Abs, Add, Expr, Integer, Max, Min, Mul, Pow, Rational, Symbol
from sympy import sign as signum

from verify.evaluate.sampling.space import Space
from verify.model import COMPARISONS, Claim, Relation
from verify.terms import Conj, Content, Disj, Frac, Neg, Rel, is_proposition, relu

EFFORT = 5_000_000  # for one answer: the same on every machine, whatever else runs there; about two seconds
MILLISECONDS = 8000  # where z3 does not count what it does
LARGEST_POWER = 6  # z3 is given products


class NotArithmetic(Exception):
    """The claim uses something that z3's real arithmetic has no word for."""


def scalar(space: Space) -> bool:
    """Whether all that varies is real numbers and whole ones."""
    return space.real and not (space.sizes or space.arrays or space.indices or space.closed)


class Translation:
    """From core terms to z3, collecting the denominators on the way.

    Every method raises NotArithmetic where z3's real arithmetic has no word for something.
    """

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
        solver.set("rlimit", EFFORT)
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
        """What a claim asserts, its givens aside."""
        if claim.relation in COMPARISONS:
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
        """A proposition, which is asserted only where its relations are defined."""
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
        """A relation between two expressions."""
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
        """An expression; each symbol is one variable throughout."""
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
        """An expression that must not be zero."""
        term = self.term(e)
        self.nonzero.append(term != 0)
        return term
