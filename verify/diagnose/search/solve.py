"""What would have to stand there: the factor or term that a part lacks, found by its value.

Where the line depends affinely on a part, the value that mends it can be computed at every sample point. It is then
looked up among the multiples, products and quotients of what occurs in the derivation: ``2xy``, ``1/(6x)``, and of what
goes together with that.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
from sympy import Add, Expr, I, Mul, Number, Rational, pi, sqrt

from verify.diagnose.kinds.factors import say_missing, say_surplus
from verify.diagnose.kinds.terms import say_another
from verify.diagnose.kinds.terms import say_missing as say_missing_term
from verify.diagnose.search.edit import Change, Edit, Op
from verify.diagnose.search.kin import kin
from verify.diagnose.search.screen import Screen
from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import Part, size
from verify.diagnose.search.values import FAILS, Env, Values
from verify.diagnose.search.wide import Wide
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.terms import Frac

LARGEST = 720  # of numerator and denominator of a number
SMALL = 24  # … beside something else, of an equation between numbers: other numbers are seldom meant
MOST = 24  # operands that are combined in pairs
DEEPEST = 5
NEEDED = 3  # points
SPARED = 10000  # values that cost much
NOTHING = 1e-12  # of the largest value
LOST = 1e-5  # of two values of which the difference is taken
CONSTANTS = (pi, sqrt(pi), sqrt(2), sqrt(3))
FACTORS = 6  # of a product some of which may lack a term
LONGEST = 16  # such a term
SUM = 0.3  # what a factor is dearer by that is a sum


def solved(screen: Screen, line: Expr, parts: Sequence[Part], words: Vocabulary) -> Iterator[Edit]:
    """The edits that follow from the values that parts would need."""
    if not screen.sheets:
        return
    sheet, target = screen.sheets[0], screen.targets[0]
    whole = {e for side in words.lines[:2] if size(side) > 1 for e in (side, -side)}  # "times the right, divided by it"
    operands = [g for g in words.factors(()) if not g.is_Number and g not in whole][:MOST]
    if isinstance(sheet.field, Wide) and sheet.field.dear:
        sheet.field.spare(SPARED)
    operands += [*kin(words), *CONSTANTS]
    table = sheet.stacked(operands, sheet.point.integers, ())
    alone = {e for g in operands for e in (g, -g)}
    for part in parts:
        if part.depth > DEEPEST or part.shape:
            continue
        factor, term = _needed(sheet, line, part, target)
        if factor is not None and not isinstance(part.parent, Mul) and not isinstance(part.node, Frac):
            for g in (*_named(factor, operands, table), *_sums(factor, operands, table)):
                yield _factor(part, g)
            if isinstance(part.node, Mul) and len(part.node.args) <= FACTORS:
                yield from _within_product(part, factor, sheet, operands, table)
        if term is not None and not isinstance(part.parent, Add) and not isinstance(part.node, Number):
            for g in _named(term, operands, table):
                lone = 1.7 + 0.08 * size(g) if g in alone else 1.95 + 0.15 * size(g)
                cost = lone + 0.05 * part.depth
                yield Change("missing-term", g, cost, say_missing_term, None, say_another).of(part, Op.PLUS)


def _within_product(
    part: Part, factor: Values, sheet: Sheet, operands: Sequence[Expr], table: Values
) -> Iterator[Edit]:
    """A term beside some of the factors, which have run together with the others: ``a·x·y`` for ``(a·x + b)·y``."""
    factors = part.node.args
    more = np.where(np.abs(factor - 1) > LOST, factor - 1, np.nan)
    for count in range(2, len(factors)):
        for some in combinations(factors, count):
            inner = Mul(*some)
            if inner.is_number:
                continue
            with contextlib.suppress(*FAILS):
                needed = np.broadcast_to(sheet(inner) * more, more.shape)
                for g in _named(needed, operands, table):
                    if size(g) <= LONGEST:
                        made = Mul(inner + g, *(f for f in factors if f not in some))
                        cost = 1.75 + 0.05 * size(g) + 0.05 * part.depth
                        yield Edit("missing-term", part, Op.REPLACE, made, cost, _said(g))


def _said(term: Expr) -> Callable[[Edit], str]:
    sign = "−" if term.could_extract_minus_sign() else "+"
    return lambda edit: f"The term {sign} {quoted(-term if sign == '−' else term)} is missing: {quoted(edit.new)}."


def _factor(part: Part, g: Expr) -> Edit:
    numeric = g.is_Rational and isinstance(part.node, Mul) and part.node.args[0].is_Rational
    cost = 1.85 + 0.06 * size(g) + 0.05 * part.depth + (SUM if isinstance(g, Add) else 0.0)
    return Change("constant" if numeric else "missing-factor", g, cost, say_missing, say_surplus).of(part, Op.TIMES)


def _needed(sheet: Sheet, line: Expr, part: Part, target: Values) -> tuple[Values | None, Values | None]:
    """The factor and the term that the part lacks, at every point; ``None`` where that cannot be told.

    The other terms of the line are taken off; what is left, or its reciprocal, logarithm or square, has to depend
    affinely on the part.
    """

    def fill(at: Sheet, env: Env) -> Values:
        old = at.value(part.node, env)
        return np.stack([old, 2 * old, 3 * old, old + 1, old + 2])

    try:
        got = sheet.along(line, {part.path: fill})
        rest = 0
        if isinstance(line, Add) and part.path:
            rest = sheet(Add(*(term for i, term in enumerate(line.args) if i != part.path[0])))
        got, wanted = np.broadcast_arrays(got - rest, (target - rest)[None])
    except FAILS:
        return None, None
    if got.shape[0] != 5:
        return None, None
    factor = term = None
    for through in _THROUGH:
        once, twice, thrice, one_more, two_more = through(got)
        gap = through(wanted[0]) - once
        if factor is None and _straight(once, twice, thrice):
            more = _quotient(gap, twice - once)
            factor = None if more is None else more + 1
        if term is None and _straight(once, one_more, two_more):
            term = _quotient(gap, one_more - once)
    return factor, term


_THROUGH: tuple[Callable[[Values], Values], ...] = (
    lambda value: value,
    lambda value: 1 / value,
    lambda value: np.log(np.abs(value)),
    lambda value: value * value,
)


def _enough(count: int) -> int:
    """How many points are needed of so many: of an equation between numbers there is but one."""
    return NEEDED if count > 1 else 1


def _straight(a: Values, b: Values, c: Values) -> bool:
    size = np.abs(a) + np.abs(b) + np.abs(c)
    good = np.isfinite(size)
    return bool(
        good.sum() >= _enough(good.shape[-1]) and (np.abs(a - 2 * b + c)[good] <= 1e-9 * size[good] + 1e-12).all()
    )


def _quotient(above: Values, below: Values) -> Values | None:
    """One number a point, if all components agree; NaN where nothing can be said."""
    with np.errstate(all="ignore"):
        value = np.where(np.abs(below) > 1e-9, above / below, np.nan)
    rows = value.reshape(-1, value.shape[-1])
    first = rows[np.isfinite(rows).sum(axis=1).argmax()]
    other = np.abs(rows - first) > 1e-7 * np.abs(first) + 1e-10
    if (other & np.isfinite(rows)).any() or np.isfinite(first).sum() < _enough(len(first)):
        return None
    return first


def _named(value: Values, operands: Sequence[Expr], table: Values) -> Iterator[Expr]:
    """Numbers times products and quotients of operands that have the value."""
    good = np.isfinite(value)
    good &= np.abs(value) > NOTHING * np.abs(value[good]).max(initial=0)  # zeros tell little
    value, rows = value[good], table[:, good]
    if good.sum() < _enough(len(good)):
        return
    alone = _number(value)
    if alone is not None:
        yield alone
        if good.all():
            return
    with np.errstate(all="ignore"):
        powers = np.concatenate([rows, 1 / rows])
        count = len(operands)

        def name(i: int) -> Expr:
            return operands[i] if i < count else 1 / operands[i - count]

        for i in _constant(value / powers):
            number = _number(value / powers[i], LARGEST if len(good) > 1 else SMALL)
            if number is not None:
                yield number * name(i)
        for i in range(2 * count):
            for j in _constant(value / powers[i] / powers[i:]) if len(good) > 1 else ():
                number = _number(value / powers[i] / powers[i + j])
                if number is not None:
                    yield number * name(i) * name(i + j)


def _sums(value: Values, operands: Sequence[Expr], table: Values) -> Iterator[Expr]:
    """Sums and differences of two operands that have the value: ``δ_ij − s_j``."""
    good = np.isfinite(value)
    if np.iscomplexobj(value) or good.sum() < NEEDED:
        return
    value, rows = value[good], np.real(table[:, good])
    signed = np.concatenate([rows, -rows])
    count = len(operands)

    def name(i: int) -> Expr:
        return operands[i] if i < count else -operands[i - count]

    with np.errstate(all="ignore"):
        for i, rest in enumerate(value - signed):
            close = np.abs(rest - signed[i + 1 :]) <= 1e-9 * (np.abs(value) + np.abs(rest)) + 1e-13
            yield from (name(i) + name(i + 1 + int(j)) for j in np.nonzero(close.all(axis=1))[0])


def _constant(rows: Values) -> list[int]:
    spread = np.abs(rows - rows[:, :1]).max(axis=1)
    return [int(i) for i in np.nonzero(spread <= 1e-8 * np.abs(rows[:, 0]))[0]]


def _number(values: Values, largest: int = LARGEST) -> Expr | None:
    """The rational number that all values are, or that times i, if it is a short one."""
    if np.iscomplexobj(values):
        if np.abs(values.real).max() <= 1e-9 * np.abs(values.imag).max():
            number = _number(values.imag, largest)
            return None if number is None else number * I
        if np.abs(values.imag).max() > 1e-9 * np.abs(values.real).max():
            return None
        values = values.real
    first = float(values[0])
    if not np.isfinite(first) or np.abs(values - first).max() > 1e-8 * abs(first):
        return None
    close = Fraction(first).limit_denominator(largest)
    if close == 0 or abs(close.numerator) > largest or abs(float(close) - first) > 1e-8 * abs(first):
        return None
    return Rational(close.numerator, close.denominator)
