"""What is missing, worked out: the canonical form of what should stand there less, or divided by, what stands there.

Going down the line each operation is undone symbolically, as :mod:`verify.diagnose.search.inverse` does in numbers; of
two derivatives by one variable what is differentiated is compared. A term or factor is found so that occurs nowhere
else: ``e^(−x)/2`` for ``cosh x = e^x/2``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from sympy import (
    Add,
    Derivative,
    Expr,
    Mul,
    Number,
    Pow,
    Rational,
    S,
    Symbol,
    UnevaluatedExpr,
    cos,
    exp,
    expand,
    factor_terms,
    fraction,
    log,
    sin,
)

from verify import normal
from verify.diagnose.context import Case
from verify.diagnose.kinds.factors import say_missing, say_surplus
from verify.diagnose.kinds.terms import say_another
from verify.diagnose.kinds.terms import say_missing as say_missing_term
from verify.diagnose.search.edit import Change, Edit, Op
from verify.diagnose.search.raised import surface
from verify.diagnose.search.tree import Part, Path, size
from verify.diagnose.search.values import FAILS
from verify.facts import Facts
from verify.model import Claim, Relation
from verify.shapes import as_expr, shape
from verify.terms import Frac, Grad, Index, TermError, free

Scope = tuple[Symbol, Expr, Expr]
LONGEST = 16  # of a term or factor that is told
PLAIN = 2  # … as all that there is
SHORT = 6  # … as a factor of nothing but a number
TERMS = 3  # in it
PLAINER = 4  # how many times as many there may be before squares of sines and cosines are put together
SUM = 0.3  # what a factor is dearer by that is a sum
DEEPEST = 3
MOST = 16  # parts that are looked at
MANY = 100  # terms of a canonical form that is not short on the author's level either


class Gaps:
    """The search for what one line lacks."""

    def __init__(self, case: Case, parts: Sequence[Part], ranges: Sequence[Scope], real: bool) -> None:
        """``ranges`` are those of the author's sums; ``real``: no complex number occurs."""
        self.case, self.ranges, self.real = case, ranges, real
        self.parts = {part.path: part for part in parts}
        self.left = MOST

    def edits(self, lhs: Expr, line: Expr) -> Iterator[Edit]:
        """Terms and factors that parts of the line lack, the whole line first."""
        if isinstance(lhs, Derivative | Grad) and type(lhs) is type(line) and lhs.args[1:] == line.args[1:]:
            yield from self._within(as_expr(lhs.args[0]), (0,))
        yield from self._within(lhs, ())

    def _within(self, wanted: Expr, path: Path) -> Iterator[Edit]:
        part = self.parts.get(path)
        if part is None or part.bound or self.left <= 0 or part.depth > DEEPEST:
            return
        self.left -= 1
        if part.node != 0:
            yield from self._missing(part, wanted)
        elif not path:
            whole = self._form(wanted, part.node, adding=True)
            if whole is not None and size(whole) <= PLAIN:
                yield Edit("missing-term", part, Op.PLUS, whole, _cost(part, whole), say_missing_term)
        if not part.shape:
            for i, inner in _undone(wanted, part.node):
                with contextlib.suppress(*FAILS):
                    yield from self._within(inner, (*path, i))

    def _missing(self, part: Part, wanted: Expr) -> Iterator[Edit]:
        node, parent = part.node, part.parent
        number = node.is_Number and parent is not None
        above = isinstance(parent, Frac) and part.path[-1] == 0
        hollow = isinstance(parent, Frac) and (part.path[-1] == 1 or node == 1)
        if not isinstance(parent, Add) and (not number or hollow):
            term = self._form(wanted, node, adding=True)
            bound = (
                node.is_number and parent is None and bool(free(wanted)) and not wanted.has(Derivative)
            )  # a bare number is rather a bound
            if term is not None and not bound and not _exchanges(term, node):
                change = Change("missing-term", term, _cost(part, term), say_missing_term, None, say_another)
                yield change.of(part, Op.PLUS)
        if not isinstance(parent, Mul) and not part.shape and (not number or isinstance(parent, Add) or above):
            factor = self._form(wanted, node, adding=False)
            if factor is None or not {*Mul.make_args(1 / factor)}.isdisjoint({*Mul.make_args(node)} - {S.NegativeOne}):
                return  # it would take away what is there
            if not node.is_number or size(factor) <= SHORT or wanted.has(Derivative):
                dearer = SUM if any(isinstance(side, Add) for side in fraction(factor)) else 0.0
                change = Change("missing-factor", factor, _cost(part, factor) + dearer, say_missing, say_surplus)
                yield change.of(part, Op.TIMES)

    def _form(self, wanted: Expr, node: Expr, adding: bool) -> Expr | None:
        """The difference or the quotient, if it is short."""
        try:
            claim = self.case.claim(wanted, Relation.EQ, node)
            one, other = as_expr(claim.lhs), as_expr(claim.rhs)
            facts = Facts(claim.givens, (), self.real)
            form = normal.rewritten(one - other if adding else one / other, facts, MANY)
            if not _short(form, PLAINER * TERMS):
                return None
            form = _plainer(form, node)
            if not _short(form):
                return None  # what it is on the author's level has no fewer terms
            made = surface(form, self._component(claim, wanted, node) if shape(node) else None, self.ranges)
        except (*FAILS, normal.NormalError, RecursionError, NotImplementedError):
            return None
        longest = 2 * LONGEST if node.is_number and wanted.has(Derivative) else LONGEST  # all of the derivative is lost
        if made is None or made == 0 or made == 1 or size(made) > longest or made.has(wanted):
            return None
        return made if _short(made) else None

    def _component(self, claim: Claim, wanted: Expr, node: Expr) -> Index:
        """The index of a vector's generic component.

        Raises:
            TermError: it is no vector.
        """
        inside = free(as_expr(claim.lhs)) | free(as_expr(claim.rhs))
        new = inside - free(wanted) - free(node)
        found = [s for s in claim.givens.symbols if isinstance(s, Index) and s in new]
        if len(found) != 1:
            raise TermError("no vector")
        return found[0]


def _short(e: Expr, terms: int = TERMS) -> bool:
    """Whether a quotient has few terms."""
    above, below = fraction(e)
    return max(len(Add.make_args(above)), len(Add.make_args(below)) - 1) <= terms


def _plainer(form: Expr, node: Expr) -> Expr:
    """Without squares of a cosine where there is none, nor of a sine: ``−4 sin³x`` for ``4 sin x cos²x − 4 sin x``."""
    for one, other in ((cos, sin), (sin, cos)):
        if form.has(one) and not node.has(one):
            squares = form.replace(
                lambda e, f=one: isinstance(e, Pow) and isinstance(e.base, f) and e.exp.is_Integer and e.exp.is_even,
                lambda e, g=other: (1 - g(e.base.args[0]) ** 2) ** (e.exp / 2),
            )
            if not squares.has(one):
                return factor_terms(expand(squares))
    return form


def _exchanges(term: Expr, node: Expr) -> bool:
    """Whether a term takes away one that is there, or is a multiple of all that is there."""
    if not {*Add.make_args(-term)}.isdisjoint(Add.make_args(node)):
        return True
    return not shape(node) and (term / node).is_number is True


def _cost(part: Part, operand: Expr) -> float:
    return 1.8 + 0.05 * size(operand) + 0.03 * part.depth


def _undone(wanted: Expr, node: Expr) -> Iterator[tuple[int, Expr]]:
    """What each argument would have to be for ``node`` to be what is wanted."""
    if isinstance(node, Add | Mul):
        for i, part in enumerate(node.args):
            if not isinstance(part, Number) or (isinstance(node, Add) and len(node.args) > 1):
                others = node.func(*(a for j, a in enumerate(node.args) if j != i))
                if isinstance(node, Mul) and others.is_Number:
                    continue  # SymPy multiplies it out
                yield i, wanted - others if isinstance(node, Add) else wanted / others
    elif isinstance(node, Frac):
        yield 0, wanted * node.denominator
        yield 1, node.numerator / wanted
    elif isinstance(node, exp):
        yield 0, log(wanted)
    elif isinstance(node, Pow):
        if isinstance(node.exp, Rational):
            yield 0, wanted ** (1 / node.exp)
        else:
            yield 1, log(wanted) / log(node.base)
    elif isinstance(node, log):
        yield 0, exp(wanted)
    elif isinstance(node, UnevaluatedExpr):
        yield 0, wanted
