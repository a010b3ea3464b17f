"""What may be assumed, and what follows from it at once: signs, ranges of indices, inequality of indices.

Signs are found by abstract interpretation over the lattice of subsets of {−, 0, +} (Cousot & Cousot 1977), with
interval bounds for the bounded functions and a small search for lower bounds of linear expressions in indices and
sizes. Every answer is sound wherever the expression is defined; "not known" is always a possible answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntFlag
from fractions import Fraction

from sympy import (
    Abs,
    Add,
    Expr,
    Function,
    Indexed,
    Integer,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Number,
    NumberSymbol,
    Piecewise,
    Pow,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    acosh,
    asin,
    asinh,
    atan,
    cos,
    cosh,
    erf,
    exp,
    factorial,
    gamma,
    log,
    sin,
    sinh,
    tanh,
)
from sympy import (
    sign as signum,
)
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from verify.model import Givens, Relation
from verify.terms import Array, Conj, ForAll, Frac, Index, Opaque, Partial, Proposition, Rel, relu, sigmoid, softplus


class Sign(IntFlag):
    """The possible signs of a real expression, where it is defined."""

    NEG = 1
    ZERO = 2
    POS = 4
    NONPOS = 3
    NONZERO = 5
    NONNEG = 6
    ANY = 7


_FLIP = {Sign.NEG: Sign.POS, Sign.ZERO: Sign.ZERO, Sign.POS: Sign.NEG}
_OF_RELATION = {
    Relation.GT: Sign.POS,
    Relation.GE: Sign.NONNEG,
    Relation.LT: Sign.NEG,
    Relation.LE: Sign.NONPOS,
    Relation.EQ: Sign.ZERO,
    Relation.NE: Sign.NONZERO,
}
_ODD_INCREASING = (sinh, tanh, asinh, atan, erf, signum)
_BOUNDS: dict[type[Function], tuple[int, int, bool]] = {  # lower, upper, whether the bounds are attained
    sigmoid: (0, 1, False),
    tanh: (-1, 1, False),
    erf: (-1, 1, False),
    sin: (-1, 1, True),
    cos: (-1, 1, True),
    signum: (-1, 1, True),
}
_TRANSCENDENTAL = exp | log | sinh | cosh | asinh | acosh | asin | atan | TrigonometricFunction
_SEARCH_DEPTH = 6
NOTHING = Givens()


def flip(sign: Sign) -> Sign:
    """The possible signs of −x."""
    return _union(_FLIP[one] for one in _each(sign))


def _each(sign: Sign) -> Iterator[Sign]:
    return (one for one in (Sign.NEG, Sign.ZERO, Sign.POS) if sign & one)


def _union(signs: Iterator[Sign]) -> Sign:
    total = Sign(0)
    for one in signs:
        total |= one
    return total


def times(left: Sign, right: Sign) -> Sign:
    """The possible signs of a product."""
    return _union(
        Sign.ZERO if Sign.ZERO in (a, b) else (Sign.POS if a == b else Sign.NEG)
        for a in _each(left)
        for b in _each(right)
    )


def plus(left: Sign, right: Sign) -> Sign:
    """The possible signs of a sum."""
    return _union(
        a if b == Sign.ZERO else b if a == Sign.ZERO else a if a == b else Sign.ANY
        for a in _each(left)
        for b in _each(right)
    )


class Facts:
    """The givens, asked questions. Answers are remembered, so make one for each derivation."""

    def __init__(self, givens: Givens = NOTHING, extra: tuple[Proposition, ...] = (), real_mode: bool = True) -> None:
        self.givens = givens
        self.real_mode = real_mode
        self._known: dict[Expr, Sign] = {}
        self._families: list[tuple[Indexed, dict[Expr, Index], Sign]] = []
        self._memo: dict[Expr, Sign | None] = {}
        for proposition in (*givens.constraints, *extra):
            self._learn(proposition, {})
        for symbol in givens.symbols:
            if isinstance(symbol, Index):  # it has a value, so its range is not empty
                self._narrow(symbol.upper - symbol.lower, Sign.NONNEG)

    # -- learning --------------------------------------------------------------------------------------------

    def _learn(self, proposition: Proposition, bound: dict[Expr, Index]) -> None:
        if isinstance(proposition, Conj):
            for part in proposition.parts:
                self._learn(part, bound)
        elif isinstance(proposition, ForAll):
            self._learn(proposition.body, {**bound, proposition.index: proposition.index})
        elif isinstance(proposition, Rel):
            sign = _OF_RELATION[proposition.op]
            difference = proposition.lhs - proposition.rhs
            if not bound:
                self._narrow(difference, sign)
            elif isinstance(difference, Indexed) and set(bound) <= set(difference.indices):
                self._families.append((difference, bound, sign))

    def _narrow(self, expression: Expr, sign: Sign) -> None:
        for key, value in ((expression, sign), (-expression, flip(sign))):
            key = key.expand() if isinstance(key, Add | Mul) else key
            self._known[key] = self._known.get(key, Sign.ANY) & value

    @property
    def silent(self) -> bool:
        """Nothing is given: all that is known is of what kind the symbols are."""
        return not self._known and not self._families

    # -- questions -------------------------------------------------------------------------------------------

    def sign(self, expression: Expr) -> Sign | None:
        """The possible signs, or ``None`` where the expression is not known to be real."""
        if expression not in self._memo:
            self._memo[expression] = None  # a cycle through the constraints finds nothing
            found = self._find(expression)
            if found is not None:
                found &= self._given(expression)
                if found not in (Sign.POS, Sign.NEG, Sign.ZERO) and not self._told(expression):
                    found &= self._by_bounds(expression)
            self._memo[expression] = found
        return self._memo[expression]

    def real(self, expression: Expr) -> bool:
        """Known to be real."""
        return self.sign(expression) is not None

    def positive(self, expression: Expr) -> bool:
        """Known to be > 0."""
        return self.sign(expression) == Sign.POS

    def nonnegative(self, expression: Expr) -> bool:
        """Known to be ≥ 0."""
        sign = self.sign(expression)
        return sign is not None and not sign & Sign.NEG

    def nonzero(self, expression: Expr) -> bool:
        """Known to be ≠ 0, for complex expressions too."""
        sign = self.sign(expression)
        if sign is not None:
            return not sign & Sign.ZERO
        if isinstance(expression, exp):
            return True
        if isinstance(expression, Mul):
            return all(self.nonzero(factor) for factor in expression.args)
        if isinstance(expression, Pow) and expression.exp.is_number:
            return self.nonzero(expression.base)
        if self._given(expression) == Sign.NONZERO:
            return True
        return bool(expression.is_number and expression.is_nonzero) or bool(
            isinstance(expression, Symbol) and expression.is_nonzero
        )

    def integer(self, expression: Expr) -> bool:
        """Known to be an integer."""
        if isinstance(expression, Add | Mul | Max | Min):
            return all(self.integer(part) for part in expression.args)
        if isinstance(expression, Pow):
            return self.integer(expression.base) and self.integer(expression.exp) and self.nonnegative(expression.exp)
        if isinstance(expression, Sum | Product):
            return self.integer(expression.function)
        if isinstance(expression, KroneckerDelta):
            return True
        return bool(expression.is_integer)

    def within(self, expression: Expr, lower: Expr, upper: Expr) -> bool:
        """An integer known to lie in ``lower … upper``, inclusive."""
        return (
            self.integer(expression)
            and self.nonnegative((expression - lower).expand())
            and self.nonnegative((upper - expression).expand())
        )

    def distinct(self, left: Expr, right: Expr) -> bool:
        """Known to differ."""
        return self.nonzero((left - right).expand())

    def nonempty(self, lower: Expr, upper: Expr) -> bool:
        """The range ``lower … upper`` known to hold at least one integer."""
        return self.nonnegative((upper - lower).expand())

    def regular(self, lower: Expr, upper: Expr) -> bool:
        """``upper ≥ lower − 1`` known: the range has ``upper − lower + 1`` members, perhaps none."""
        return self.nonnegative((upper - lower + 1).expand())

    # -- answering -------------------------------------------------------------------------------------------

    def _given(self, expression: Expr) -> Sign:
        sign = self._known.get(expression, Sign.ANY)
        if isinstance(expression, Indexed):
            for pattern, bound, family in self._families:
                if pattern.base == expression.base and self._matches(pattern, bound, expression):
                    sign &= family
        return sign

    def _matches(self, pattern: Indexed, bound: dict[Expr, Index], expression: Indexed) -> bool:
        seen: dict[Expr, Expr] = {}
        for wanted, found in zip(pattern.indices, expression.indices, strict=True):
            if wanted not in bound:
                if wanted != found:
                    return False
            elif seen.setdefault(wanted, found) != found or not self.within(
                found, bound[wanted].lower, bound[wanted].upper
            ):
                return False
        return True

    def _find(self, e: Expr) -> Sign | None:
        if isinstance(e, Rational):
            return Sign.POS if e.p > 0 else Sign.NEG if e.p < 0 else Sign.ZERO
        if isinstance(e, NumberSymbol):
            return Sign.POS
        if isinstance(e, Number):
            return None
        if isinstance(e, Index):
            return Sign.ANY
        if isinstance(e, Symbol):
            return _of_assumptions(e)
        if isinstance(e, Indexed):
            return _of_assumptions(e.base.label) if isinstance(e.base.label, Symbol) else None
        if isinstance(e, Add):
            return self._fold(e.args, plus, Sign.ZERO)
        if isinstance(e, Mul):
            return self._fold(e.args, times, Sign.POS)
        if isinstance(e, Frac):
            return self._fold((e.numerator, Pow(e.denominator, -1)), times, Sign.POS)
        if isinstance(e, Pow):
            return self._power(e.base, e.exp)
        if isinstance(e, Sum | Product):
            return self._series(e)
        if isinstance(e, Piecewise):
            signs = [self.sign(value) for value, _ in e.args]
            return None if None in signs else _union(s for s in signs if s is not None)
        if isinstance(e, Max | Min):
            return self._extremum(e)
        if isinstance(e, Opaque | Partial):
            return Sign.ANY if e.is_extended_real else None
        if isinstance(e, KroneckerDelta):
            return Sign.NONNEG
        if isinstance(e, Function):
            return self._function(e)
        return None

    def _fold(self, parts: tuple[Expr, ...], combine: object, start: Sign) -> Sign | None:
        total = start
        for part in parts:
            sign = self.sign(part)
            if sign is None:
                return None
            total = combine(total, sign)  # type: ignore[operator]  # plus or times
        return total

    def _power(self, base: Expr, exponent: Expr) -> Sign | None:
        sign = self.sign(base)
        if sign is None or not self.real(exponent):
            return None
        if sign == Sign.POS:
            return Sign.POS
        if isinstance(exponent, Integer) or exponent.is_integer:
            if exponent.is_even:
                result = Sign.POS if not sign & Sign.ZERO else Sign.NONNEG
            elif exponent.is_odd:
                result = sign
            else:
                result = Sign.ANY if sign & Sign.NEG else Sign.NONNEG
            return result & Sign.NONZERO if self.sign(exponent) == Sign.NEG else result
        if not sign & Sign.NEG or self.real_mode:  # a root of a negative number leaves ℝ: excluded in real mode
            result = Sign.POS if not sign & Sign.ZERO else Sign.NONNEG
            return Sign.POS if self.sign(exponent) == Sign.NEG else result
        return None

    def _series(self, e: Expr) -> Sign | None:
        body = self.sign(e.function)
        if body is None:
            return None
        filled = all(len(limit) == 3 and self.nonempty(limit[1], limit[2]) for limit in e.limits)
        if isinstance(e, Sum):
            if body in (Sign.POS, Sign.NEG):
                return body if filled else body | Sign.ZERO
            return body if body in (Sign.ZERO, Sign.NONNEG, Sign.NONPOS) else Sign.ANY
        if body == Sign.POS:
            return Sign.POS
        return Sign.NONNEG if not body & Sign.NEG else Sign.ANY if body & Sign.ZERO else Sign.NONZERO

    def _extremum(self, e: Expr) -> Sign | None:
        signs = [self.sign(part) for part in e.args]
        if None in signs:
            return None
        order = [Sign.NEG, Sign.ZERO, Sign.POS]
        pick = max if isinstance(e, Max) else min
        result = Sign(0)
        combos: set[Sign] = set(_each(signs[0]))  # type: ignore[arg-type]  # None excluded
        for sign in signs[1:]:
            combos = {pick(a, b, key=order.index) for a in combos for b in _each(sign)}  # type: ignore[arg-type]
        for one in combos:
            result |= one
        return result

    def _function(self, e: Function) -> Sign | None:
        argument = self.sign(e.args[0]) if e.args else None
        if isinstance(e, Abs):
            return Sign.NONNEG if not self.nonzero(e.args[0]) else Sign.POS
        if argument is None:
            return None
        if isinstance(e, exp | cosh | sigmoid | softplus):
            return Sign.POS
        if isinstance(e, relu):
            kept = argument & Sign.NONNEG
            return kept | (Sign.ZERO if argument & Sign.NEG else Sign(0))
        if isinstance(e, _ODD_INCREASING):
            return argument
        if isinstance(e, log):
            if argument == Sign.POS or self.real_mode:
                return self.sign(e.args[0] - 1)
            return None
        if isinstance(e, asin):
            return argument if self.real_mode else None
        if isinstance(e, acosh):
            return Sign.NONNEG if self.real_mode else None
        if isinstance(e, gamma | factorial):
            if argument == Sign.POS or (isinstance(e, factorial) and not argument & Sign.NEG):
                return Sign.POS
            return Sign.ANY
        if isinstance(e, sin | cos):
            return Sign.ANY
        return Sign.ANY if e.is_real or e.is_extended_real else None

    def _told(self, e: Expr) -> bool:
        """Whether no bound can tell more than the signs of the parts: nothing is given, and no part is bounded."""
        return self.silent and all(_unbounded(term) for term in Add.make_args(e))

    # -- bounds ----------------------------------------------------------------------------------------------

    def _by_bounds(self, e: Expr) -> Sign:
        result = Sign.ANY
        expanded = e.expand() if isinstance(e, Mul) else e
        if expanded != e:
            result &= self._known.get(expanded, Sign.ANY)
        for negated, term in ((False, expanded), (True, -expanded)):
            low = self._lower(term, _SEARCH_DEPTH)
            if low is not None:
                value, strict = low
                if value > 0 or (value == 0 and strict):
                    result &= Sign.NEG if negated else Sign.POS
                elif value == 0:
                    result &= Sign.NONPOS if negated else Sign.NONNEG
        return result

    def _lower(self, e: Expr, depth: int) -> tuple[Fraction, bool] | None:
        """A rational lower bound, and whether the expression stays strictly above it."""
        if isinstance(e, Rational):
            return Fraction(int(e.p), int(e.q)), False
        if depth == 0:
            return None
        best: tuple[Fraction, bool] | None = None
        for known, sign in self._known.items():  # e = known + rest, known ≥ 0
            if sign and not sign & Sign.NEG:
                rest = e - known
                if isinstance(rest, Rational):
                    best = _better(best, (Fraction(int(rest.p), int(rest.q)), sign == Sign.POS))
        total, strict = Fraction(0), False
        for term in Add.make_args(e):
            low = self._lower_term(term)
            if low is None:
                break
            total, strict = total + low[0], strict or low[1]
        else:
            best = _better(best, (total, strict))
        for term in Add.make_args(e):
            coefficient, factor = term.as_coeff_Mul()
            for bound in self._bounds_of(factor, upper=bool(coefficient < 0)):
                low = self._lower((e - term + coefficient * bound).expand(), depth - 1)
                best = _better(best, low)
        return best

    def _lower_term(self, term: Expr) -> tuple[Fraction, bool] | None:
        coefficient, factor = term.as_coeff_Mul()
        if not isinstance(coefficient, Rational):
            return None
        scale = Fraction(int(coefficient.p), int(coefficient.q))
        if factor is S.One:
            return scale, False
        bounds = _BOUNDS.get(type(factor))
        if bounds is not None and self.real(factor.args[0]):
            low, high, attained = bounds
            return scale * (low if scale > 0 else high), not attained
        sign = self.sign(factor) if not isinstance(factor, Add) else None
        if sign is None:
            return None
        sign = sign if scale > 0 else flip(sign)
        if sign == Sign.POS:
            whole = self.integer(factor)
            return (abs(scale), False) if whole else (Fraction(0), True)
        return (Fraction(0), False) if not sign & Sign.NEG else None

    def _bounds_of(self, factor: Expr, upper: bool) -> tuple[Expr, ...]:
        """Expressions that bound an index, a word or an extremum from above or below."""
        if isinstance(factor, Index):
            return (factor.upper if upper else factor.lower,)
        if isinstance(factor, Indexed) and isinstance(factor.base.label, Array) and factor.base.label.values:
            return (factor.base.label.values[1 if upper else 0],)
        if isinstance(factor, Min if upper else Max):
            return tuple(factor.args)
        if not upper and isinstance(factor, Symbol) and factor.is_integer and factor.is_positive:
            return (S.One,)
        return ()


def _better(a: tuple[Fraction, bool] | None, b: tuple[Fraction, bool] | None) -> tuple[Fraction, bool] | None:
    return b if a is None else a if b is None else max(a, b)


def _unbounded(term: Expr) -> bool:
    """Of whose size no more is known than its sign (as of a positive integer is), and nothing in it to be expanded."""
    if isinstance(term, Mul | Frac | Abs):
        return all(map(_unbounded, term.args))
    if isinstance(term, Pow):
        exponent = term.exp
        root = isinstance(exponent, Rational) and not isinstance(exponent, Integer)
        return root or (_unbounded(term.base) and (isinstance(exponent, Integer) or not term.base.is_Rational))
    if isinstance(term, Symbol):
        return not term.is_integer and not isinstance(term, Array)
    return isinstance(term, Rational | _TRANSCENDENTAL) and type(term) not in _BOUNDS


def _of_assumptions(symbol: Symbol) -> Sign | None:
    if not symbol.is_extended_real:
        return None
    if symbol.is_positive:
        return Sign.POS
    if symbol.is_negative:
        return Sign.NEG
    result = Sign.ANY
    if symbol.is_nonnegative:
        result &= Sign.NONNEG
    if symbol.is_nonpositive:
        result &= Sign.NONPOS
    if symbol.is_nonzero:
        result &= Sign.NONZERO
    return result
