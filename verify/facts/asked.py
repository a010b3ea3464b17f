"""What may be assumed, asked questions: signs, ranges of indices, inequality of indices.

Every answer is sound wherever the expression is defined; "not known" is always a possible answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sympy import Add, Expr, Indexed, KroneckerDelta, Max, Min, Mul, Pow, Product, S, Sum, Symbol, exp

from verify.facts.bounds import Number, Terms, by_bounds, terms_of, unbounded
from verify.facts.parts import by_parts
from verify.facts.sign import Sign, both, flip, plus
from verify.model import Givens, Relation
from verify.terms import Conj, ForAll, Index, Proposition, Rel, free

_OF_RELATION = {
    Relation.GT: Sign.POS,
    Relation.GE: Sign.NONNEG,
    Relation.LT: Sign.NEG,
    Relation.LE: Sign.NONPOS,
    Relation.EQ: Sign.ZERO,
    Relation.NE: Sign.NONZERO,
}
NOTHING = Givens()
CHAINED = 2  # rounds of inequalities put together


class Facts:
    """The givens, asked questions. Answers are remembered, so make one for each derivation."""

    def __init__(self, givens: Givens = NOTHING, extra: tuple[Proposition, ...] = (), real_mode: bool = True) -> None:
        self.givens = givens
        self.real_mode = real_mode
        self._known: dict[Expr, Sign] = {}
        self._cores: dict[frozenset[tuple[Expr, Number]], dict[Number, Expr]] = {}  # what is known, but for a number
        self._families: list[tuple[Indexed, dict[Expr, Index], Sign]] = []
        self._differences: list[tuple[Terms, Indexed, dict[Expr, Index], Sign]] = []
        self._memo: dict[Expr, Sign | None] = {}
        for proposition in (*givens.constraints, *extra):
            self._learn(proposition, {})
        for symbol in givens.symbols:
            if isinstance(symbol, Index):  # it has a value, so its range is not empty
                self._narrow(symbol.upper - symbol.lower, Sign.NONNEG)
        self._chain()

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
            else:
                self._learn_of_all(terms_of(difference.expand()), bound, sign)

    def _learn_of_all(self, terms: Terms, bound: dict[Expr, Index], sign: Sign) -> None:
        """``x_k ≤ m`` for all k: by each entry that has all the indices, these are found again in what is asked."""
        others = [factor for factor in terms if not isinstance(factor, Indexed)]
        if all(free(factor).isdisjoint(bound) for factor in others):
            for factor in terms:
                if isinstance(factor, Indexed) and set(bound) <= set(factor.indices):
                    self._differences.append((terms, factor, bound, sign))

    def _narrow(self, expression: Expr, sign: Sign) -> None:
        for key, value in ((expression, sign), (-expression, flip(sign))):
            key = key.expand() if isinstance(key, Add | Mul) else key
            self._known[key] = both(self.known(key), value)
            core, number = _core(terms_of(key))
            self._cores.setdefault(core, {})[number] = key

    def _chain(self) -> None:
        """``N > h`` and ``h > 0`` give ``N > 0``: a symbol is larger than what is nonnegative."""
        for _ in range(CHAINED):
            gaps = [(e, s) for e, s in self._known.items() if isinstance(e, Add) and s in (Sign.POS, Sign.NONNEG)]
            found = [
                (part, plus(sign, rest))
                for gap, sign in gaps
                for part in gap.args
                if part.is_Symbol and (rest := self.sign(part - gap)) in (Sign.POS, Sign.NONNEG)
            ]
            self._memo.clear()  # what was asked so far was asked too early
            if not found:
                return
            for part, sign in found:
                self._narrow(part, sign)

    @property
    def silent(self) -> bool:
        """Nothing is given: all that is known is of what kind the symbols are."""
        return not self._known and not self._families and not self._differences

    # -- questions -------------------------------------------------------------------------------------------

    def sign(self, expression: Expr) -> Sign | None:
        """The possible signs, or ``None`` where the expression is not known to be real."""
        if expression in self._memo:
            return self._memo[expression]
        self._memo[expression] = None  # a cycle through the constraints finds nothing
        found = by_parts(self, expression)
        if found is not None:
            if not self.silent:
                found = both(found, self._given(expression))
            if found not in (Sign.POS, Sign.NEG, Sign.ZERO) and not self._told(expression):
                found = both(found, by_bounds(self, expression))
        self._memo[expression] = found
        return found

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
            isinstance(expression, Symbol) and expression.is_zero is False
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

    # -- what is given ---------------------------------------------------------------------------------------

    def known(self, expression: Expr) -> Sign:
        """The signs that are given of just this expression."""
        return self._known.get(expression, Sign.ANY)

    def apart_by_a_number(self, terms: Terms) -> Iterator[tuple[Number, Sign]]:
        """Numbers c and the given signs of the sum of the terms − c."""
        if self._cores:
            core, number = _core(terms)
            for other, known in self._cores.get(core, {}).items():
                yield number - other, self._known[known]
        for pattern, entry, bound, sign in self._differences:
            for factor in terms:
                if isinstance(factor, Indexed) and factor.base == entry.base:
                    values = self._matched(entry, bound, factor)
                    if values is not None:
                        yield from _multiple(terms, factor, _instance(pattern, values), sign)

    def _given(self, expression: Expr) -> Sign:
        sign = self.known(expression)
        if isinstance(expression, Indexed):
            for pattern, bound, family in self._families:
                if pattern.base == expression.base and self._matched(pattern, bound, expression) is not None:
                    sign = both(sign, family)
        return sign

    def _matched(self, pattern: Indexed, bound: dict[Expr, Index], found: Indexed) -> dict[Expr, Expr] | None:
        """The values of the bound indices, within their ranges, with which the pattern is the entry that was found."""
        values: dict[Expr, Expr] = {}
        for wanted, index in zip(pattern.indices, found.indices, strict=True):
            if wanted not in bound:
                if wanted != index:
                    return None
            elif values.setdefault(wanted, index) != index or not self.within(
                index, bound[wanted].lower, bound[wanted].upper
            ):
                return None
        return values

    def _told(self, e: Expr) -> bool:
        """Whether no bound can tell more than the signs of the parts: nothing is given, and no part is bounded."""
        return self.silent and all(unbounded(term) for term in Add.make_args(e))


def _core(terms: Terms) -> tuple[frozenset[tuple[Expr, Number]], Number]:
    """A sum without its number, and the number."""
    return frozenset((factor, c) for factor, c in terms.items() if factor is not S.One), terms.get(S.One, 0)


def _instance(pattern: Terms, values: dict[Expr, Expr]) -> Terms:
    """The terms with values for the bound indices."""
    found: Terms = {}
    for factor, coefficient in pattern.items():
        own = factor.xreplace(values)
        found[own] = found.get(own, 0) + coefficient
    return found


def _multiple(terms: Terms, factor: Expr, known: Terms, sign: Sign) -> Iterator[tuple[Number, Sign]]:
    """Where the terms are a multiple of what is known and a number c: that number, and the sign of the multiple."""
    if not known.get(factor):
        return
    scale = Fraction(terms[factor]) / known[factor]
    rest = {f: terms.get(f, 0) - scale * known.get(f, 0) for f in {*terms, *known}}
    if not any(c for f, c in rest.items() if f is not S.One):
        yield rest.get(S.One, 0), sign if scale > 0 else flip(sign)
