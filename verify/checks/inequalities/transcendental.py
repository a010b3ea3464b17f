"""Exponentials, logarithms, roots and sines in z3's words: each a number of its own, with what is known of it.

What is said holds wherever the part is defined. Of points ``(u, l)`` on the graph of the logarithm, whether written
``l = log u`` or ``u = exp l``, each lies below the tangent at any other: ``log u − log v ≤ u/v − 1``, with equality
only for ``u = v``. A few bounds of higher order join it (Mitrinović, *Analytic Inequalities*, 1970, 3.6).
"""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from math import gcd, lcm
from typing import Any

from sympy import Add, E, Expr, Integer, Pow, Rational, S, cos, cosh, exp, log, pi, sin, sinh, tanh
from sympy import atan as arctan

from verify.checks.inequalities.arithmetic import NotArithmetic, Translation
from verify.facts import Facts
from verify.terms import Content, sigmoid, softplus, written_out

KNOWN = exp | log | sin | cos | sinh | cosh | tanh | arctan | sigmoid | softplus
MOST_POINTS = 6
LARGEST = 6  # index of a root, power of an exponential
EFFORT = 500_000  # a tenth of a second, mostly
MILLISECONDS = 1000


class Transcendental(Translation):
    """The translation, with numbers for the parts that bend and what is known of them."""

    def __init__(self, facts: Facts, exponents: list[Expr]) -> None:
        super().__init__()
        self.facts = facts
        self.parts: dict[Any, Any] = {}
        self.points: list[tuple[Any, Any]] = []  # (u, log u)
        self.known: list[Any] = []
        steps: dict[Expr, list[Rational]] = {}
        for coefficient, monomial in (t.as_coeff_Mul() for e in exponents for t in Add.make_args(e)):
            steps.setdefault(monomial, []).append(abs(coefficient))
        self.steps = {monomial: _common(of) for monomial, of in steps.items()}

    def refutes(self, formulas: list[Any]) -> bool:
        """Whether nothing satisfies the formulas: by cylindrical cells, then by linear reasoning about products."""
        z3 = self.z3
        for solver in (z3.Tactic("qfnra-nlsat").solver(), z3.SimpleSolver()):
            solver.set("rlimit", EFFORT)  # the same on every machine, whatever else runs there
            solver.set("timeout", MILLISECONDS)
            solver.add(*formulas, *self.nonzero, *self.known)
            answer = solver.check()
            if answer != z3.unknown:
                return bool(answer == z3.unsat)
        return False

    def alternative(self, p: Content) -> Any:
        known = len(self.known)
        found = super().alternative(p)
        if len(self.known) > known:
            raise NotArithmetic("what is said of a part would hold only where the alternative is defined")
        return found

    def term(self, e: Expr) -> Any:
        if e is E:
            return self.exponential(S.One)
        if e is pi:
            return self.part(e, lambda p: [p > self.z3.RealVal("314159/100000"), p < self.z3.RealVal("314160/100000")])
        if isinstance(e, exp):
            return self.exponential(e.args[0])
        if isinstance(e, log) and len(e.args) == 1:
            return self.logarithm(e.args[0])
        if isinstance(e, Pow) and not isinstance(e.exp, Integer):
            return self.root(e) if isinstance(e.exp, Rational) else self.power(e)
        if isinstance(e, KNOWN):
            return self.function(e)
        return super().term(e)

    def part(self, key: Any, known: Any) -> Any:
        """The number for a part, with what ``known`` says of it."""
        if key not in self.parts:
            number = self.parts[key] = self.z3.Real(f"part#{len(self.parts)}")
            self.known += known(number)
        return self.parts[key]

    def root(self, e: Pow) -> Any:
        """``b^(p/q)`` from the root of b, which is defined only for ``b ≥ 0`` (where all is real)."""
        p, q = int(e.exp.p), int(e.exp.q)
        if q > LARGEST or abs(p) > LARGEST:
            raise NotArithmetic("a root of high order")
        base = self.term(e.base)
        root = self.part((e.base, q), lambda r: [r >= 0, self.times([r] * q) == base])
        if p < 0:
            self.nonzero.append(root != 0)
        whole = self.times([root] * abs(p))
        return whole if p > 0 else 1 / whole

    def power(self, e: Pow) -> Any:
        """``bᵉ`` as ``exp(e log b)``, for a positive base."""
        if not self.facts.positive(e.base):
            raise NotArithmetic("a power of what may be negative")
        return self.exponential(e.exp * log(e.base, evaluate=False))

    def exponential(self, exponent: Expr) -> Any:
        """A product of powers of the exponentials of the smallest steps in which the exponents are whole."""
        factors = []
        for coefficient, monomial in (t.as_coeff_Mul() for t in Add.make_args(written_out(exponent).expand())):
            step = self.steps.setdefault(monomial, abs(coefficient))  # one that stands in a premise only
            count = coefficient / step
            if not isinstance(count, Integer) or abs(count) > LARGEST:
                raise NotArithmetic("a high power of an exponential")
            factors += [(self.generator(step * monomial), int(count))]
        return self.times([u if n > 0 else 1 / u for u, n in factors for _ in range(abs(n))])

    def generator(self, exponent: Expr) -> Any:
        """The exponential of one step, a point on the graph of the logarithm."""
        fresh = (exp, exponent) not in self.parts
        value = self.term(exponent)
        u = self.part((exp, exponent), lambda u: [u > 0])
        if fresh:
            self.points.append((u, value))
        return u

    def logarithm(self, argument: Expr) -> Any:
        """A logarithm, likewise."""
        fresh = (log, argument) not in self.parts
        u = self.term(argument)
        value = self.part((log, argument), lambda _: [u > 0])
        if fresh:
            self.points.append((u, value))
        return value

    def function(self, e: Expr) -> Any:
        """A function by exponentials, or by bounds of its own."""
        z3, t = self.z3, e.args[0]
        if isinstance(e, sigmoid):
            return 1 / (1 + 1 / self.exponential(t))
        if isinstance(e, softplus):
            u = 1 + self.exponential(t)
            fresh = e not in self.parts
            value = self.part(e, lambda _: [])
            self.points += [(u, value)] if fresh else []
            return value
        if isinstance(e, sinh | cosh):
            u = self.exponential(t)
            return (u + 1 / u) / 2 if isinstance(e, cosh) else (u - 1 / u) / 2
        if isinstance(e, tanh):
            u = self.exponential(2 * t)
            return 1 - 2 / (u + 1)
        x = self.term(t)
        if isinstance(e, arctan):
            half = self.term(pi) / 2
            return self.part(e, lambda a: [a < half, a > -half, self.within(a, x, 0 * x)])
        s = self.part((sin, t), lambda s: [self.within(s, x, -x)])
        c = self.part((cos, t), lambda c: [s * s + c * c == 1, c >= 1 - x * x / 2, z3.Or(x == 0, c > 1 - x * x / 2)])
        return s if isinstance(e, sin) else c

    def within(self, value: Any, x: Any, other: Any) -> Any:
        """Strictly between ``x`` and another number with the other sign, and zero where x is."""
        z3 = self.z3
        positive, negative = z3.And(value < x, value > other), z3.And(value > x, value < other)
        return z3.If(x > 0, positive, z3.If(x < 0, negative, value == 0))

    def times(self, factors: list[Any]) -> Any:
        """A product, also of nothing."""
        return reduce(lambda a, b: a * b, factors) if factors else self.z3.RealVal(1)

    def axioms(self) -> list[Any]:
        """How the points on the graph of the logarithm lie."""
        if len(self.points) > MOST_POINTS:
            raise NotArithmetic("many exponentials and logarithms")
        z3, found = self.z3, []
        one = (z3.RealVal(1), z3.RealVal(0))
        for (u, a), (v, b) in combinations([one, *self.points], 2):
            found += [v * (a - b) <= u - v, u * (b - a) <= v - u, (u < v) == (a < b), (u == v) == (a == b)]
            found += [z3.Or(u == v, z3.And(v * (a - b) < u - v, u * (b - a) < v - u))]
        for (u, a), (v, b) in combinations(self.points, 2):
            found += [a + b <= u * v - 1, u * v * (a + b) >= u * v - 1]
        for u, a in self.points:
            closer = a * a * u < (u - 1) * (u - 1)
            above = z3.And(2 * (u - 1) < a * (u + 1), u > 1 + a + a * a / 2, closer)
            below = z3.And(2 * (u - 1) > a * (u + 1), u < 1 + a + a * a / 2, closer)
            found.append(z3.If(a > 0, above, z3.If(a < 0, below, u == 1)))
        return found


def _common(steps: list[Rational]) -> Rational:
    """The largest number of which all are multiples."""
    return Rational(reduce(gcd, [int(s.p) for s in steps]), reduce(lcm, [int(s.q) for s in steps]))


def parts(e: Expr) -> list[Expr]:
    """An expression and all expressions within it."""
    return [e, *(part for arg in e.args if isinstance(arg, Expr) for part in parts(arg))]


def exponents(sides: tuple[Expr, ...]) -> list[Expr]:
    """What exponentials are taken of, also in the functions that are written with them."""
    found = []
    for e in (part for side in sides for part in parts(side)):
        if isinstance(e, exp | sinh | cosh | softplus):
            found.append(written_out(e.args[0]).expand())
        elif isinstance(e, sigmoid | tanh):
            found.append(written_out(e.args[0] * (2 if isinstance(e, tanh) else 1)).expand())
        elif e is E:
            found.append(S.One)
        elif isinstance(e, Pow) and not isinstance(e.exp, Rational):
            found.append(written_out(e.exp * log(e.base, evaluate=False)).expand())
    return found
