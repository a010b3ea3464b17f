"""Lost brackets, and functions taken apart as if they were linear: ``ax + b`` for ``a(x + b)``; ``log x + log y``."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from sympy import Add, Expr, Function, Mul, Number, Pow, Rational, S, exp, factorint, sqrt

from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import Part
from verify.diagnose.search.values import FAILS, Env, Values
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.shapes import shape

MOST_TERMS = 4
MANY_TERMS = 6  # of which some may belong in a bracket
SMALL = tuple(map(Rational, ("1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3")))
MOST_FACTORS = 5
HIGHEST = 8  # power that is taken apart
TAKEN_APART = 0.15  # what brackets are dearer by before which a power is taken apart
MOST_SQUARES = 6
SMALL_PRIMES = 100


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A factor of one term applied to another one too; a function of a sum for a sum of its values."""
    node = part.node
    if isinstance(node, Add) and not part.shape:
        yield from _squares(part)
        yield from _joined(part, words)
        yield from _of_a_function(part)
    if isinstance(node, Mul) and len(node.args) == 2 and not isinstance(node.args[0], Number) and not part.shape:
        yield Edit("sum-for-product", part, Op.REPLACE, Add(*node.args), 1.5, _operator)
    if isinstance(node, Add) and len(node.args) <= MANY_TERMS:
        yield from _lost(part)
    if not isinstance(node, Add) or len(node.args) > MOST_TERMS:
        return
    exponentials = all(isinstance(a, exp) for a in node.args)  # their product is the exponential of a sum
    if len(node.args) == 2 and not part.shape and not {*node.args} & {S.One, S.NegativeOne} and not exponentials:
        yield Edit("sum-for-product", part, Op.REPLACE, Mul(*node.args), 1.55, _operator)
    for one, other in combinations(node.args, 2):
        rest = Add(*(a for a in node.args if a is not one and a is not other))
        if type(one) is type(other) and isinstance(one, Function) and len(one.args) == 1 and not part.shape:
            yield Edit("not-linear", part, Op.REPLACE, type(one)(one.args[0] + other.args[0]) + rest, 1.4, _linear)
        if isinstance(one, Pow) and isinstance(other, Pow) and one.exp == other.exp != 2:
            yield Edit("not-linear", part, Op.REPLACE, (one.base + other.base) ** one.exp + rest, 1.4, _linear)


def _lost(part: Part) -> Iterator[Edit]:
    """Some factors of one term before a bracket around what is left of it and some of the other terms."""
    terms = part.node.args
    for one in terms:
        common = [(factors, left) for factors, left in _apart(one, len(terms)) if not any(map(shape, factors))]
        others = [a for a in terms if a is not one]
        for count in range(1, len(others) + 1):
            for some in combinations(others, count):
                outside = tuple(a for a in others if a not in some)
                for factors, left in common:
                    if not _folds(left, some):
                        cost = 1.5 + (0.3 if outside else 0.0) + (0.1 if left == 1 and count == 1 else 0.0)
                        cost += 0.0 if {*factors} <= {*Mul.make_args(one), S.NegativeOne} else TAKEN_APART
                        yield Edit(
                            "brackets", part, Op.REPLACE, _bracketed(one, factors, left, some, outside), cost, say
                        )


def _apart(term: Expr, terms: int) -> Iterator[tuple[tuple[Expr, ...], Expr]]:
    """Factors of one of some terms with what is left of it; the minus of a term may stand before the bracket."""
    found = [((factor,), left) for factor, left in _parted(term)]
    found += list(_several(term)) if terms <= MOST_TERMS else []
    for factors, left in found:
        yield factors, left
        if term.could_extract_minus_sign() and S.NegativeOne not in factors and left.could_extract_minus_sign():
            yield (S.NegativeOne, *factors), -left


def _folds(left: Expr, others: Sequence[Expr]) -> bool:
    """Whether there would be two numbers in the bracket, which nobody writes: ``x(2 + 1)``."""
    return isinstance(left, Number) and any(isinstance(term, Number) for term in others)


def _parted(term: Expr) -> Iterator[tuple[Expr, Expr]]:
    """A factor of a term, or the base of a power, with what is left of the term without it."""
    factors = Mul.make_args(term)
    for i, factor in enumerate(factors):
        rest = Mul(*factors[:i], *factors[i + 1 :])
        if not factor.is_number or (factor is not S.NegativeOne and rest != 1):
            yield factor, rest
        if isinstance(factor, Pow) and isinstance(factor.exp, Rational) and 1 < factor.exp <= HIGHEST:
            least = int(factor.exp) - 1 if factor.exp.is_Integer else 1  # x⁴ is x·x³ before x³·x; x√x is one power
            for taken in range(least, math.ceil(factor.exp)):
                yield factor.base ** (factor.exp - taken), rest * factor.base**taken


def _several(term: Expr) -> Iterator[tuple[tuple[Expr, ...], Expr]]:
    """Some of the factors of a term, not one and not all, with what is left."""
    factors = [single for f in Mul.make_args(term) for single in _singly(f)]
    chosen = [i for i, f in enumerate(factors) if f is not S.NegativeOne]
    seen = set()
    for count in range(2, len(factors)) if len(chosen) <= MOST_FACTORS else ():
        for some in combinations(chosen, count):
            common = tuple(factors[i] for i in some)
            if common not in seen:
                seen.add(common)
                yield common, Mul(*(f for i, f in enumerate(factors) if i not in some))


def _singly(factor: Expr) -> tuple[Expr, ...]:
    """A square or a cube as two or three factors."""
    if isinstance(factor, Pow) and factor.exp in (2, 3):
        return (factor.base,) * int(factor.exp)
    return (factor,)


def _bracketed(
    one: Expr, factors: tuple[Expr, ...], left: Expr, others: tuple[Expr, ...], outside: tuple[Expr, ...]
) -> Deferred:
    """The factors of one term before a bracket around what is left of it and others, beside those that are outside."""

    def value(at: Sheet, env: Env, old: Values) -> Values:
        common = math.prod(at.value(factor, env) for factor in factors)
        within = sum(at.value(term, env) for term in others)
        return at.value(one, env) + common * within + sum(at.value(term, env) for term in outside)

    return Deferred(lambda: Mul(*factors, left + Add(*others)) + Add(*outside), value)


def _of_a_function(part: Part) -> Iterator[Edit]:
    """A function of a sum for its value at one term: ``Γ(2x) + 1`` for ``Γ(2x + 1)``, as if ``Γ(2x) + Γ(1)``."""
    node = part.node
    numbers = [a for a in node.args if a.is_number]
    for term in node.args if len(numbers) == 1 else ():
        scale, inner = term.as_coeff_Mul()
        if not isinstance(inner, Function) or len(inner.args) != 1 or isinstance(inner, exp):
            continue
        f, argument, value = type(inner), inner.args[0], numbers[0] / scale
        rest = Add(*(a for a in node.args if a is not term and a is not numbers[0]))
        for number in SMALL:
            with contextlib.suppress(*FAILS):
                if f(number) != value:
                    continue
                yield Edit("not-linear", part, Op.REPLACE, scale * f(argument + number) + rest, 1.45, _linear)
        if value.is_Rational and f(value) != value:
            yield Edit("brackets", part, Op.REPLACE, scale * f(argument + value) + rest, 1.55, say)


def _joined(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A sum that stands elsewhere, with further terms: the brackets around both are lost, ``1 − a − b``."""
    terms = frozenset(part.node.args)
    for known in words.sums:
        if len(known.args) < len(terms) and terms.issuperset(known.args):
            rest = Add(*terms.difference(known.args))
            yield Edit("brackets", part, Op.REPLACE, known * (1 + rest), 1.5, say)


def _squares(part: Part) -> Iterator[Edit]:
    """The square of a sum for the sum of squares, all of them divided by the same number."""
    roots = [(term, root) for term in part.node.args if (root := _root(term)) is not None]
    for count in (2, 3):
        for some in combinations(roots, count) if len(roots) <= MOST_SQUARES else ():
            if len({common for _, (common, _) in some}) == 1:
                (_, (common, first)), *others = some
                rest = Add(*(t for t in part.node.args if all(t is not term for term, _ in some)))
                for signs in product((1, -1), repeat=count - 1):
                    total = Add(first, *(sign * root for sign, (_, (_, root)) in zip(signs, others, strict=True)))
                    squared = common * total**2 + rest
                    cost = 1.4 + 0.05 * (count - 2) + (0.8 if any(root.is_number for _, (_, root) in some) else 0.0)
                    yield Edit("not-linear", part, Op.REPLACE, squared, cost, _linear)


def _root(term: Expr) -> tuple[Rational, Expr] | None:
    """The number and the root of a multiple of a square, ``(1/3, 2x/3)`` for ``4x²/27``; ``None`` for others."""
    number, rest = term.as_coeff_Mul()
    bases = [f.as_base_exp() for f in Mul.make_args(rest)] if rest is not S.One else []
    if (
        not isinstance(number, Rational)
        or number <= 0
        or not all(e.is_Integer and e.is_even and not isinstance(b, Add) for b, e in bases)
    ):
        return None
    outside = Rational(_squarefree(number.p), _squarefree(number.q))
    return outside, sqrt(number / outside) * Mul(*(b ** (e / 2) for b, e in bases))


def _squarefree(number: int) -> int:
    """A positive whole number without its largest square."""
    return math.prod(p for p, e in factorint(number, limit=SMALL_PRIMES).items() if e % 2)


def _operator(edit: Edit) -> str:
    one, other = ("sum", "product") if isinstance(edit.old, Add) else ("product", "sum")
    return f"A {other} is meant, not a {one}: {quoted(edit.new)}, not {quoted(edit.old)}."


def say(edit: Edit) -> str:
    """What belongs together."""
    return f"Brackets are lost: {quoted(edit.new)}, not {quoted(edit.old)}."


def _linear(edit: Edit) -> str:
    return f"The function is not linear: {quoted(edit.new)} is not {quoted(edit.old)}."
