"""What a part lacks, read off the value that it would have to have: a factor, a term, another exponent or number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np
from sympy import Add, Expr, Function, Integer, Mul, Number, Pow, Rational, Symbol

from verify.diagnose.kinds import numbers, powers, signs
from verify.diagnose.kinds.brackets import say as say_brackets
from verify.diagnose.kinds.factors import say_missing, say_surplus
from verify.diagnose.kinds.terms import say_missing as say_missing_term
from verify.diagnose.kinds.terms import say_surplus as say_surplus_term
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.monomials import FIT, Monomials, rational
from verify.diagnose.search.tree import Part, size
from verify.diagnose.search.values import Values
from verify.terms import Frac

HIGHEST = 24  # exponent
FEWEST = 4  # points
LOST = 1e-7  # of two values that cancel
MOST = 24  # of one kind, of one part


def edits(part: Part, value: Values, wanted: Values, monomials: Monomials) -> Iterator[tuple[int, Edit]]:
    """For each row of wanted values the edits of the part that give it these."""
    if wanted.shape[-1] < FEWEST:
        return
    value, wanted = np.broadcast_arrays(value[None], wanted)
    if isinstance(part.node, Rational) and not isinstance(part.parent, Mul):
        yield from _numbers(part, wanted)
    for row, op, operand in _operands(part, value, wanted, monomials):
        yield row, _edit(part, op, operand)
    for row, exponent in _exponents(part, value, wanted):
        yield row, _power(part, exponent)


def around(
    part: Part, values: Values, wanted: Values, changed: Callable[[int], Expr | None], monomials: Monomials
) -> Iterator[tuple[int, Edit]]:
    """Edits of a part within which another one has been made: this has a row of ``values``, and makes ``changed``."""
    if values.shape[-1] < FEWEST:
        return
    values, wanted = np.broadcast_arrays(values, wanted)
    for row, op, operand in _operands(part, values, wanted, monomials):
        node = changed(row)
        if node is not None and (op is Op.TIMES or node != -operand):
            yield row, _edit(replace(part, node=node), op, operand)
    for row, exponent in _exponents(part, values, wanted):
        node = changed(row)
        if node is not None and node not in (0, 1):
            yield row, _power(replace(part, node=node), exponent)


def brackets(
    part: Part,
    term: Values,
    rest: Values,
    wanted: Values,
    sides: Callable[[int], tuple[Expr, Expr] | None],
    monomials: Monomials,
) -> Iterator[tuple[int, Edit]]:
    """A factor of one term that belongs before a bracket around it and the rest: which these are, ``sides`` tells."""
    if rest.shape[-1] < FEWEST:
        return
    for row, factor in _first(monomials.named(_difference(wanted, term) / rest)):
        both = sides(row)
        if both is not None and factor not in (0, 1):
            one, other = both
            if 0 in both:
                continue
            inner = one / factor
            folded = inner.is_number and any(term.is_number for term in Add.make_args(other))  # 2x(1 − ½) is x
            if size(inner) < size(one) and not folded:
                whole, made = replace(part, node=one + other), Mul(factor, inner + other)
                yield row, Edit("brackets", whole, Op.REPLACE, made, 1.4 + 0.05 * size(factor), say_brackets)


def two_in_one(edit: Edit) -> bool:
    """Whether an edit both multiplies and divides, or has a number or a sign besides, which are two slips."""
    number, rest = edit.operand.as_coeff_Mul()
    above, below = rest.as_numer_denom()
    changes = (not above.is_number, not below.is_number, number.is_negative, number not in (1, -1))
    return edit.op is Op.TIMES and not edit.operand.is_number and sum(map(bool, changes)) > 1


def _operands(part: Part, values: Values, wanted: Values, monomials: Monomials) -> Iterator[tuple[int, Op, Expr]]:
    """The factors and terms that are monomials."""
    if not isinstance(part.parent, Mul) and not isinstance(part.node, Frac):
        for row, factor in _first(monomials.named(wanted / values)):
            if factor not in (1, 0):
                yield row, Op.TIMES, factor
    if not isinstance(part.parent, Add) and not isinstance(part.node, Number):
        for row, term in _first(monomials.named(_difference(wanted, values))):
            if term not in (0, -part.node):
                yield row, Op.PLUS, term


def _difference(one: Values, other: Values) -> Values:
    """The difference, where it has not been lost to rounding."""
    gap = one - other
    return np.where(np.abs(gap) > LOST * (np.abs(one) + np.abs(other)), gap, np.nan)


def _first(found: Iterator[tuple[int, Expr]]) -> Iterator[tuple[int, Expr]]:
    return islice(found, MOST)


def _edit(part: Part, op: Op, operand: Expr) -> Edit:
    if op is Op.PLUS:
        terms, left = Add.make_args(part.node), Add.make_args(part.node + operand)
        if len(left) < len(terms) and -operand in terms:
            return Edit("extra-term", part, op, operand, 1.45, say_surplus_term)
        return Edit("missing-term", part, op, operand, 1.65 + 0.07 * size(operand), say_missing_term)
    if operand == -1:
        return Edit("sign", part, op, operand, 1.05, signs.say)
    above, below = operand.as_numer_denom()
    taken = above.is_number and set(Mul.make_args(below)) - {below.as_coeff_Mul()[0]} <= set(Mul.make_args(part.node))
    smaller = size(part.node * operand) < size(part.node) and (operand.is_number or not below.is_number)
    if smaller or (taken and not operand.is_number):
        return Edit("extra-factor", part, op, operand, 1.3 + 0.07 * size(1 / operand), say_surplus)
    numeric = isinstance(part.node, Mul) and part.node.args[0].is_Rational
    code = "constant" if numeric and operand.is_Rational else "missing-factor"
    dear = 1.5 if operand.is_Rational else 1.65
    return Edit(code, part, op, operand, dear + 0.07 * size(operand), say_missing)


def _power(part: Part, exponent: Rational) -> Edit:
    """The part to another power."""
    base, old = part.node.as_base_exp() if isinstance(part.node, Pow) else (part.node, Integer(1))
    new = exponent * old
    if isinstance(base, Mul):  # (x/2)² is x²/4
        made = Mul(*(b ** (e * exponent) for b, e in (a.as_base_exp() for a in base.args)))
        return Edit("exponent", part, Op.REPLACE, made, 1.4 + (0.2 if exponent < 0 else 0), powers.say)
    cost = 1.4 + (0.2 if exponent < 0 else 0)
    if isinstance(old, Rational):
        cost += (0.1 if abs(new - old) > 1 else 0) + (0.1 if new.q > old.q else 0)
    elif exponent.q > 1:
        cost += 0.1
    return Edit("exponent", part, Op.REPLACE, base**new, cost, powers.say)


def _exponents(part: Part, values: Values, wanted: Values) -> Iterator[tuple[int, Rational]]:
    """The powers of the part that it would have to be."""
    old = part.node.exp if isinstance(part.node, Pow) else Integer(1)
    plain = isinstance(part.node, Symbol | Add | Function | Pow | Mul) and not isinstance(part.parent, Pow)
    if not plain or not old.is_Rational:
        return
    logs = np.log(np.abs(values))
    ratios = np.where(np.isfinite(logs) & (logs != 0), np.log(np.abs(wanted)) / logs * float(old), np.nan)
    good = np.isfinite(ratios).mean(axis=0) > 0.5
    if good.sum() < FEWEST:
        return
    ratios = ratios[:, good]
    halves = np.round(2 * ratios[:, 0]) / 2
    fits = (np.abs(ratios - halves[:, None]) <= FIT * (1 + np.abs(halves[:, None]))).all(axis=1)
    fits &= (np.abs(halves) <= HIGHEST) & (halves != 0) & (halves != float(old))
    for row in np.flatnonzero(fits)[:MOST]:
        yield int(row), Rational(int(2 * halves[row]), 2) / old


def _numbers(part: Part, wanted: Values) -> Iterator[tuple[int, Edit]]:
    """The number that should stand in place of one."""
    good = np.isfinite(wanted).mean(axis=0) > 0.5
    if good.sum() < FEWEST:
        return
    rows = wanted[:, good]
    alike = (np.abs(rows - rows[:, :1]) <= FIT * np.abs(rows[:, :1])).all(axis=1)
    for row in np.flatnonzero(alike)[:MOST]:
        number = rational(rows[row])
        if number is not None and number != part.node:
            yield int(row), Edit("constant", part, Op.REPLACE, number, 1.3 + 0.1 * size(number), numbers.say)
