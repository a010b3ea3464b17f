"""Monomials by their values: which rows of numbers are ``c·x^p·sin(x)^q…``, all rows at once.

The logarithms of a monomial's values at the sample points are a linear combination of those of its factors: a row is a
monomial if its projection on the space that these span leaves nothing over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from sympy import Add, Derivative, Expr, Function, Integral, Mul, Pow, Product, Rational, Subs, Sum

from verify.diagnose.search.sheet import Sheet
from verify.diagnose.search.tree import size
from verify.diagnose.search.values import Values
from verify.diagnose.vocabulary import Vocabulary
from verify.shapes import shape
from verify.terms import Array, Index

SPARE = 4  # points beyond those that any values would fit
LONGEST = 18  # a factor that is more than a symbol
MOST = 10  # factors that are known
USUAL = 0.5  # of the points, at which a factor has to have a value
SEVERAL = 4  # in one monomial
HIGHEST = 24
LARGEST = 5000  # of numerator and denominator of a number
FIT, EXACT, WHOLE = 1e-7, 1e-9, 1e-4


class Monomials:
    """Products of powers of what occurs in some lines."""

    def __init__(self, sheet: Sheet, words: Vocabulary) -> None:
        self.bases = _bases(words)
        with np.errstate(all="ignore"):
            table = sheet.stacked(self.bases, sheet.point.integers, ())
            table = np.broadcast_to(table, (len(self.bases), sheet.count)) if self.bases else np.empty((0, sheet.count))
            self._values = table
            self._logs = np.log(np.abs(table))
        first = np.isfinite(self._logs[:MOST])
        usual = first.mean(axis=1) > USUAL
        self._plain = first[usual].all(axis=0)  # points at which none of them vanishes
        self._spaces: dict[bytes, tuple[list[int], Values, Values] | None] = {}

    def named(self, rows: Values) -> Iterator[tuple[int, Expr]]:
        """The rows that are monomials, and which."""
        if rows.shape[-1] != self._logs.shape[1] or not len(rows):
            return
        good = self._plain & ((np.isfinite(rows) & (rows != 0)).mean(axis=0) > 0.5)
        space = self._space(good)
        if space is None:
            return
        kept, matrix, inverted = space
        some = rows[:, good]
        known = np.flatnonzero((np.isfinite(some) & (some != 0)).all(axis=1))
        some = some[known]
        logs = np.log(np.abs(some))
        coefficients = logs @ inverted.T
        rest = np.abs(logs - coefficients @ matrix.T).max(axis=1) if len(known) else np.empty(0)
        powers = coefficients[:, 1:]
        halves = np.round(2 * powers) / 2
        fits = (rest <= FIT * (1 + np.abs(logs).max(axis=1, initial=0))) & (
            np.abs(halves).max(axis=1, initial=0) <= HIGHEST
        )
        fits &= (np.abs(powers - halves) <= WHOLE).all(axis=1) & ((halves != 0).sum(axis=1) <= SEVERAL)
        for i in np.flatnonzero(fits):
            product = np.prod([self._values[k][good] ** p for k, p in zip(kept, halves[i], strict=True) if p], axis=0)
            number = rational(some[i] / product)
            if number is not None:
                exponents = [Rational(int(2 * p), 2) for p in halves[i]]
                yield int(known[i]), number * Mul(*(self.bases[k] ** p for k, p in zip(kept, exponents, strict=True)))

    def _space(self, good: Values) -> tuple[list[int], Values, Values] | None:
        """Bases that are independent at some points, the matrix of their logarithms, and its inverse."""
        key = good.tobytes()
        if key not in self._spaces:
            count = int(good.sum())
            columns, kept = [np.ones(count)], []
            frame = [np.ones(count) / np.sqrt(max(count, 1))]
            for k, row in enumerate(self._logs[:, good]):
                if len(columns) >= min(MOST + 1, count - SPARE) or not np.isfinite(row).all():
                    continue
                rest = row - sum(part * (part @ row) for part in frame)
                rest = rest - sum(part * (part @ rest) for part in frame)
                if np.abs(rest).max(initial=0) > 1e-6 * (1 + np.abs(row).max(initial=0)):
                    frame.append(rest / np.linalg.norm(rest))
                    columns.append(row)
                    kept.append(k)
            matrix = np.stack(columns, axis=1)
            self._spaces[key] = (kept, matrix, np.linalg.pinv(matrix)) if kept else None
        return self._spaces[key]


def rational(values: Values) -> Rational | None:
    """The rational number that all values are, if it is a short one."""
    if np.abs(np.imag(values)).max() > FIT * np.abs(values).min():
        return None
    values = np.real(values)
    first = float(np.median(values))
    if not np.isfinite(first) or not first or np.abs(values - first).max() > FIT * abs(first):
        return None
    close = Fraction(first).limit_denominator(LARGEST)
    if close == 0 or abs(close.numerator) > LARGEST or abs(float(close) - first) > EXACT * abs(first):
        return None
    return Rational(close.numerator, close.denominator)


def _bases(words: Vocabulary) -> Sequence[Expr]:
    """The symbols, then what stands as a function or below an exponent, short ones first."""
    symbols = [s for s in words.symbols if not isinstance(s, Index | Array) and not s.is_integer]
    others: list[Expr] = []
    for part in words.parts:
        node = part.node
        if isinstance(node, Pow) and isinstance(node.exp, Rational):
            node = node.base
        plain = isinstance(node, Add | Pow) or (isinstance(node, Function) and len(node.args) == 1)
        alone = not part.bound and not shape(node) and not node.is_number
        if plain and alone and size(node) <= LONGEST and not node.has(Sum, Product, Derivative, Subs, Integral):
            others.append(node)
    return [*symbols, *sorted(dict.fromkeys(others), key=size)]
