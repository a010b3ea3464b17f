"""Single slips of every kind, made on purpose. Independent of the search that has to find them.

Each kind is a function from a place to what somebody might write there by mistake. The codes are those of the
catalogue of slips; some mutants can rightly be called by several (``σ(−x)`` for ``σ(x)`` is a wrong argument and a
wrong sign), and each of them counts as right.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy
from sympy import Add, Expr, Function, Indexed, KroneckerDelta, Mul, Pow, Product, Rational, S, Sum, Symbol, exp, log

from benchmarks.slips.places import Path, Place, exchanged, folds, keeps, lost_argument, places
from verify.occurs import free_symbols
from verify.shapes import shape
from verify.terms import FREE, Array, Frac, Index, Slice, TermError, sigmoid

Codes = frozenset[str]


@dataclass(frozen=True)
class Mutant:
    """A line with one slip or more: what it may rightly be called (one set a slip), and the line.

    ``folded``: SymPy has rewritten what stands around the slip, so that nobody has written this line; ``lost`` is the
    way to the term or factor of the right line that is not there any more, if that is the slip.
    """

    codes: tuple[Codes, ...]
    line: Expr
    folded: bool = False
    lost: Path | None = None

    @property
    def code(self) -> str:
        """The first name of the first slip."""
        return sorted(self.codes[0])[0]


@dataclass(frozen=True)
class Words:
    """What a step is made of: the material of slips."""

    lines: tuple[Expr, ...]

    @cached_property
    def parts(self) -> tuple[Place, ...]:
        return tuple(place for line in self.lines for place in places(line))

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        return tuple(s for s in free_symbols(self.lines) if not isinstance(s, Array))

    @cached_property
    def scalars(self) -> tuple[Symbol, ...]:
        return tuple(s for s in self.symbols if not isinstance(s, Index))

    @cached_property
    def sizes(self) -> tuple[Symbol, ...]:
        ends = {s for p in self.parts if isinstance(p.part, Sum | Product) for _, *e in p.part.limits for s in _free(e)}
        return tuple(s for s in self.symbols if s in ends)

    @cached_property
    def functions(self) -> tuple[type, ...]:
        found = (type(p.part) for p in self.parts if isinstance(p.part, Function) and len(p.part.args) == 1)
        return tuple(dict.fromkeys(found))

    @cached_property
    def small(self) -> tuple[Expr, ...]:
        """Short parts without bound indices, as terms and factors that do not belong somewhere."""
        found = [p.part for p in self.parts if not p.bound and not p.part.is_number and len(list(places(p.part))) <= 4]
        return tuple(dict.fromkeys([*self.scalars, *found]))

    def indices(self, place: Place) -> tuple[Index, ...]:
        """The indices that may stand at a place."""
        return tuple(dict.fromkeys((*place.bound, *(s for s in self.symbols if isinstance(s, Index)))))


def _free(ends: Sequence[Expr]) -> set[Symbol]:
    return set().union(*(end.free_symbols for end in ends))


Found = Iterator[tuple[Codes, Expr]]
Kind = Callable[[Place, Words], Found]


def _codes(*names: str) -> Codes:
    return frozenset(names)


def _same_range(a: Index, b: Index) -> bool:
    return a != b and (a.lower, a.upper) == (b.lower, b.upper)


def _sign_of(exponent: Expr) -> tuple[str, ...]:
    """An exponent that is no number is seen to have a sign."""
    return () if exponent.is_number else ("sign",)


def _halved(e: Expr) -> bool:
    """Whether all terms are divided by two, as in ``x/2 + |x|/2``: twice that, ``x + |x|``, has lost the half."""
    numbers = [term.as_coeff_Mul()[0] for term in Add.make_args(e)]
    return all(isinstance(number, Rational) and number.q % 2 == 0 for number in numbers)


def _scalar(e: Expr) -> bool:
    return not shape(e)


# -- signs, terms, factors, numbers ----------------------------------------------------------------------------------


def sign(place: Place, words: Words) -> Found:
    part = place.part
    if place.whole is None and part != 0:
        yield _codes("sign", "constant") if part.is_Rational else _codes("sign"), -part
    if isinstance(part, Add):
        for term in part.args:
            yield _codes("sign"), Add(*(-t if t is term else t for t in part.args))


def missing_term(place: Place, words: Words) -> Found:
    if isinstance(place.part, Add):
        exponent = isinstance(place.whole, Pow) and place.path[-1] == 1
        for term in place.part.args:
            yield (
                _codes("missing-term", *(("exponent",) if exponent else ())),
                Add(*(t for t in place.part.args if t is not term)),
            )


def extra_term(place: Place, words: Words) -> Found:
    if isinstance(place.part, Add) or place.whole is None:
        for term in words.small:
            if shape(term) == shape(place.part) and term != place.part:
                yield _codes("extra-term"), place.part + term
        if _scalar(place.part):
            yield _codes("extra-term", "constant"), place.part + 1


def missing_factor(place: Place, words: Words) -> Found:
    part = place.part
    if isinstance(part, Frac):
        yield _codes("missing-factor", "average"), part.numerator
    if not isinstance(part, Mul):
        return
    for factor in part.args:
        if factor is S.NegativeOne or not _scalar(factor):
            continue
        rest = Mul(*(f for f in part.args if f is not factor))
        if isinstance(factor, KroneckerDelta):
            yield _codes("missing-delta"), rest
        elif factor.is_Number:
            yield _codes("missing-factor", "chain-rule", "constant"), rest
        else:
            yield _codes("missing-factor", "chain-rule", "average"), rest


def extra_factor(place: Place, words: Words) -> Found:
    if isinstance(place.whole, Mul | Pow | Frac) or isinstance(place.part, Pow):
        return
    for factor in words.small:
        if _scalar(factor) and factor not in words.sizes:
            power = () if keeps(place.part * factor, (place.part, factor), Mul) else ("exponent",)
            yield _codes("extra-factor", "chain-rule", *power), place.part * factor
    lost = ("missing-factor",) if _halved(place.part) else ()
    yield _codes("extra-factor", "constant", *lost), place.part * 2


def average(place: Place, words: Words) -> Found:
    if place.whole is None or isinstance(place.part, Sum):
        for size in words.sizes:
            yield _codes("average", "extra-factor"), place.part * size
            yield _codes("average", "extra-factor"), place.part / size


def constant(place: Place, words: Words) -> Found:
    part = place.part
    if not isinstance(part, Rational) or isinstance(place.whole, Pow | Indexed) or part == 0:
        return
    for other in (part + 1, part - 1, 2 * part):
        if other not in (0, part) and not (other == 1 and isinstance(place.whole, Mul)):
            codes = ("missing-factor", "extra-factor", "chain-rule") if isinstance(place.whole, Mul | Frac) else ()
            yield _codes("constant", *codes), other


# -- powers ----------------------------------------------------------------------------------------------------------


def exponent(place: Place, words: Words) -> Found:
    part = place.part
    if isinstance(part, Pow) and not isinstance(part.base, Rational):
        for other in (part.exp + 1, part.exp - 1, S.One):
            if other not in (0, part.exp):
                upside_down = ("reciprocal",) if other == -part.exp else ()
                yield _codes("exponent", "missing-factor", "extra-factor", *upside_down), Pow(part.base, other)
    elif isinstance(part, Symbol | Function) and _scalar(part) and not isinstance(part, Index) and place.whole:
        yield _codes("exponent", "extra-factor"), part**2


def reciprocal(place: Place, words: Words) -> Found:
    part = place.part
    if isinstance(part, Frac) and _scalar(part.numerator):
        yield _codes("reciprocal"), Frac(part.denominator, part.numerator)
    elif isinstance(part, Pow) and part.exp.could_extract_minus_sign():
        yield _codes("reciprocal", "exponent", *_sign_of(part.exp)), Pow(part.base, -part.exp)
    elif isinstance(place.whole, Mul) and not part.is_number and _scalar(part):
        named = _sign_of(part.exp) if isinstance(part, Pow) else ()
        yield _codes("reciprocal", "exponent", *named), 1 / part


# -- functions and their arguments -----------------------------------------------------------------------------------

_CONFUSED: dict[type, tuple[type, ...]] = {
    sympy.sin: (sympy.cos,),
    sympy.cos: (sympy.sin,),
    sympy.tan: (sympy.cot,),
    sympy.sinh: (sympy.cosh, sympy.sin),
    sympy.cosh: (sympy.sinh, sympy.cos),
    sympy.tanh: (sympy.tan, sympy.coth),
    sympy.asin: (sympy.acos,),
    sympy.atan: (sympy.atanh,),
    sympy.atanh: (sympy.atan,),
    sympy.asinh: (sympy.acosh,),
    sigmoid: (sympy.tanh,),
    exp: (log,),
    log: (exp,),
    sympy.gamma: (sympy.factorial,),
    sympy.erf: (sympy.erfc,),
}


def _one_argument(part: Expr) -> bool:
    return isinstance(part, Function) and len(part.args) == 1 and isinstance(part.args[0], Expr)


def function(place: Place, words: Words) -> Found:
    if _one_argument(place.part):
        for other in _CONFUSED.get(type(place.part), ()):
            yield _codes("function"), other(place.part.args[0])


def lost_function(place: Place, words: Words) -> Found:
    if _one_argument(place.part):
        yield _codes("lost-function"), place.part.args[0]


def extra_function(place: Place, words: Words) -> Found:
    if place.part.is_number or isinstance(place.part, Index) or not _scalar(place.part):
        return
    for outer in words.functions[:3]:
        if type(place.part) is not outer and not isinstance(place.whole, Pow | Mul):
            yield _codes("extra-function"), outer(place.part)


def argument(place: Place, words: Words) -> Found:
    if _one_argument(place.part):
        inner = place.part.args[0]
        yield _codes("argument", "sign"), place.part.func(-inner)
        yield _codes("argument", "extra-factor", "constant"), place.part.func(2 * inner)


def not_linear(place: Place, words: Words) -> Found:
    part = place.part
    if _one_argument(part) and isinstance(part.args[0], Add):
        yield _codes("not-linear"), Add(*(part.func(term) for term in part.args[0].args))
    if isinstance(part, Pow) and isinstance(part.base, Add) and part.exp == 2:
        yield _codes("not-linear", "missing-term"), Add(*(term**2 for term in part.base.args))


def brackets(place: Place, words: Words) -> Found:
    part = place.part
    if not isinstance(part, Mul):
        return
    for total in part.args:
        if isinstance(total, Add):
            factor = Mul(*(f for f in part.args if f is not total))
            named = "sign" if factor == -1 else "missing-factor"
            for reached in total.args:
                yield _codes("brackets", named), Add(*(factor * t if t is reached else t for t in total.args))


# -- letters, indices, deltas, sums ----------------------------------------------------------------------------------


def variable(place: Place, words: Words) -> Found:
    part = place.part
    if isinstance(part, Symbol) and part in words.scalars and not isinstance(part, Array):
        for other in words.scalars:
            if other != part and other.is_integer == part.is_integer:
                yield _codes("variable"), other


def index(place: Place, words: Words) -> Found:
    part = place.part
    if isinstance(part, Index):
        for other in words.indices(place):
            if _same_range(part, other):
                yield _codes("index"), other
    if isinstance(part, Indexed | Slice):
        for position, old in enumerate(part.args[1:], 1):
            if isinstance(old, Index):
                for other in words.indices(place):
                    if _same_range(old, other):
                        args = [other if p == position else a for p, a in enumerate(part.args)]
                        yield _codes("index"), part.func(*args)
    if isinstance(part, KroneckerDelta):
        for old, other in itertools.product(part.args, words.indices(place)):
            if isinstance(old, Index) and _same_range(old, other) and other not in part.args:
                yield _codes("index"), part.xreplace({old: other})


def transposed(place: Place, words: Words) -> Found:
    part = place.part
    if isinstance(part, Indexed | Slice) and len(part.args) == 3 and FREE not in part.args:
        base, first, second = part.args
        array = base.label if isinstance(part, Indexed) else base
        if isinstance(array, Array) and len(array.axes) == 2 and array.axes[0] == array.axes[1] and first != second:
            yield _codes("transposed", "index"), part.func(base, second, first)


def extra_delta(place: Place, words: Words) -> Found:
    if isinstance(place.whole, Mul | Pow | Frac) or isinstance(place.part, Index):
        return
    for a, b in itertools.combinations(words.indices(place), 2):
        if _same_range(a, b):
            yield _codes("extra-delta"), place.part * KroneckerDelta(a, b)


def lost_sum(place: Place, words: Words) -> Found:
    part = place.part
    if isinstance(part, Sum | Product) and len(part.limits) == 1:
        bound, lower, upper = part.limits[0]
        for other in words.indices(place):
            if other != bound and (other.lower, other.upper) == (lower, upper):
                yield _codes("lost-sum"), part.function.xreplace({bound: other})


def extra_sum(place: Place, words: Words) -> Found:
    part = place.part
    if not _scalar(part) or isinstance(place.whole, Mul | Pow | Frac | Sum | Product) or isinstance(part, Index):
        return
    for free in words.indices(place):
        if free in part.free_symbols:
            bound = Index(free.name + "'", free.lower, free.upper)
            yield _codes("extra-sum"), Sum(part.xreplace({free: bound}), (bound, free.lower, free.upper))


def sum_for_product(place: Place, words: Words) -> Found:
    if isinstance(place.part, Sum | Product):
        other = Product if isinstance(place.part, Sum) else Sum
        yield _codes("sum-for-product"), other(*place.part.args)


def limits(place: Place, words: Words) -> Found:
    part = place.part
    if isinstance(part, Sum | Product) and len(part.limits) == 1:
        bound, lower, upper = part.limits[0]
        if upper.is_infinite is not True:
            yield _codes("range"), part.func(part.function, (bound, lower, upper - 1))
        yield _codes("range"), part.func(part.function, (bound, lower + 1, upper))


KINDS: tuple[Kind, ...] = (
    sign, missing_term, extra_term, missing_factor, extra_factor, average, constant, exponent, reciprocal, function,
    lost_function, extra_function, argument, not_linear, brackets, variable, index, transposed, extra_delta, lost_sum,
    extra_sum, sum_for_product, limits,
)  # fmt: skip


CALLS: tuple[Kind, ...] = (function, argument, extra_function)
"""The kinds that call a function, which SymPy may evaluate: ``log(−10)`` is ``log 10 + iπ``."""


def _called(e: Expr) -> bool:
    return isinstance(e.as_coeff_Mul()[1], Function)


def mutants(line: Expr, beside: Sequence[Expr]) -> list[Mutant]:
    """All single slips on a line; ``beside`` are the expressions around it. The same line made in two ways is one."""
    words = Words((line, *beside))
    found: dict[Expr, Mutant] = {}
    for place in places(line):
        for kind in KINDS:
            try:
                for codes, new in kind(place, words):
                    wrong = exchanged(line, place.path, new)
                    if wrong != line and not wrong.has(S.NaN, S.ComplexInfinity):
                        before = found.get(wrong)
                        merged = kind is extra_term and not keeps(new, (place.part,), Add)
                        evaluated = kind in CALLS and not _called(new)
                        folded = merged or evaluated or folds(line, place.path, new)
                        lost = lost_argument(place, new) if kind in (missing_term, missing_factor) else None
                        if before is not None:
                            codes, folded, lost = codes | before.codes[0], folded and before.folded, before.lost or lost
                        found[wrong] = Mutant((codes,), wrong, folded, lost)
            except (TermError, TypeError, ValueError, ZeroDivisionError):
                continue  # what cannot be written is no slip
    return list(found.values())
