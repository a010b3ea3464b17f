"""A factor too many or too few: ``−eˣ/(1+eˣ)²/(1+eˣ)²`` for ``−eˣ/(1+eˣ)²``; a lost inner derivative, or delta."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from sympy import Add, Expr, KroneckerDelta, Mul, Pow, Rational, S, Sum, Symbol

from verify.diagnose.search.deferred import Deferred
from verify.diagnose.search.edit import Block, Change, Edit, Op
from verify.diagnose.search.tree import Part, size
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted
from verify.model import Relation
from verify.shapes import shape
from verify.terms import Frac, Rel

MOST_FACTORS = 6  # of a product
SHORT = 3  # a factor, or a term that was one
SOME = 6  # a term that was one, at the most
LONG = 12  # a factor beyond which its length says no more
TWO_IN_ONE = 1.3  # what an edit is dearer by beside pairs that may be two
CONSTANTS = tuple(map(Rational, ("2", "1/2", "3", "1/3", "4", "1/4", "-2", "-1/2", "-3")))


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """One factor left out, from a product or a denominator."""
    node, parent = part.node, part.parent
    if isinstance(node, Frac) and isinstance(parent, Mul) and not shape(node):
        yield _extra(part, words, parent, node, S.One)
    if isinstance(node, Frac):
        yield _extra(part, words, node, node.denominator, node.numerator)
        for i, factor in enumerate(node.numerator.args if isinstance(node.numerator, Mul) else ()):
            if not shape(factor) and _occurs_twice(node, factor):
                rest = Mul(*(a for j, a in enumerate(node.numerator.args) if j != i))
                yield _extra(part, words, node, factor, Frac(rest, node.denominator))
        if not shape(node.numerator) and node.numerator != 1:
            yield _extra(part, words, node, node.numerator, Frac(S.One, node.denominator))
    if isinstance(parent, Mul):
        if node is not S.NegativeOne and not shape(node):
            yield _extra(part, words, parent, node, S.One)
    elif not shape(node) and isinstance(parent, Frac) and part.path[-1] == 0 and not isinstance(node, Frac):
        yield _extra(part, words, parent, node, S.One)


def _extra(part: Part, words: Vocabulary, product: Expr, factor: Expr, rest: Expr) -> Edit:
    code, cost = "extra-factor", 1.3
    if isinstance(factor, KroneckerDelta):
        code = "extra-delta"
    elif isinstance(factor, Rational):
        code, cost = "extra-factor", 1.25
    elif (factor**-1 if isinstance(factor, Pow) else factor) in counts(product, part):
        code = "average"
    elif factor in words.inner_derivatives:
        code = "chain-rule"
    twice = _occurs_twice(product, factor)

    def say(edit: Edit) -> str:
        if code == "extra-delta":
            return f"The term is there for every index: {quoted(factor)} does not belong here."
        if twice:
            return f"The factor {quoted(factor)} is written twice."
        return _surplus(factor)

    cost += 0.01 * max(0, size(factor) - SHORT) - (0.15 if twice else 0)  # what is added is mostly short
    return Edit(code, part, Op.REPLACE, rest, cost, say)


def several(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """Two factors left out at once, which somebody may have put in as one; so may be one and a sign."""
    node = part.node
    if isinstance(node, Mul):
        known = {p.node for p in words.parts if not isinstance(p.parent, Add)}
        for i, factor in enumerate(node.args):
            if not shape(factor) and not factor.is_number and -factor in known - {node}:
                rest = Mul(-1, *(f for j, f in enumerate(node.args) if j != i))
                yield Edit("extra-factor", part, Op.REPLACE, rest, 1.4, _do_not_belong(-factor), compound=TWO_IN_ONE)
    if isinstance(node, Mul) and 2 < len(node.args) <= MOST_FACTORS:
        for pair in combinations(node.args, 2):
            if not any(shape(f) for f in pair):
                rest = Mul(*(f for f in node.args if f not in pair))
                yield Edit(
                    "extra-factor", part, Op.REPLACE, rest, 1.55, _do_not_belong(Mul(*pair)), compound=TWO_IN_ONE
                )


def of_one(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A term that somebody has made of one, by a factor too many: ``x + y`` for ``1 + y``."""
    node = part.node
    if isinstance(part.parent, Add) and not part.shape and not node.is_number and size(node) <= SOME:
        factor, one = (-node, S.NegativeOne) if node.could_extract_minus_sign() else (node, S.One)
        yield Edit("extra-factor", part, Op.REPLACE, one, 1.55, _do_not_belong(factor))


def _do_not_belong(factor: Expr) -> Callable[[Edit], str]:
    return lambda _: _surplus(factor)


def say_left_out(edit: Edit) -> str:
    """Which factor is too much, where it is left out."""
    return _surplus(edit.old)


def _surplus(factor: Expr) -> str:
    return f"The factor {quoted(factor)} does not belong here."


def counts(e: Expr, part: Part) -> frozenset[Expr]:
    """How many terms the sums in and around an expression have, where that is a symbol: what an average divides by."""
    ranges = [limit for series in e.atoms(Sum) for limit in series.limits]
    ends = [upper - lower + 1 for _, lower, upper in (*ranges, *part.bound)]
    return frozenset(end for end in ends if isinstance(end, Symbol))


def _occurs_twice(node: Expr, factor: Expr) -> bool:
    """Whether another factor has the same base, on the same side of the fraction stroke."""
    factors = [(a, 1) for a in Mul.make_args(node)]
    way = 1
    if isinstance(node, Frac):
        factors = [(a, 1) for a in Mul.make_args(node.numerator)] + [(a, -1) for a in Mul.make_args(node.denominator)]
        way = -1 if factor is node.denominator else 1
    bases = [_base(a, w) for a, w in factors]
    return bases.count(_base(factor, way)) > 1


def _base(factor: Expr, way: int) -> tuple[Expr, bool]:
    """The base, and whether it is divided by."""
    if isinstance(factor, Pow):
        return factor.base, (way < 0) != bool(factor.exp.is_number and factor.exp.is_negative)
    return factor, way < 0


def added(part: Part, words: Vocabulary) -> Block | None:
    """One of the derivation's scalars as a further factor."""
    node = part.node
    raised = isinstance(part.parent, Pow) and not part.parent.exp.is_number  # else it comes out of the power
    if isinstance(part.parent, Mul) or (isinstance(part.parent, Pow) and not raised) or isinstance(node, Frac):
        return None
    numeric = isinstance(node, Mul) and isinstance(node.args[0], Rational) and node.args[0] != -1
    counted = counts(node, part)
    block = words.remembered(("factors", part.bound, numeric, counted), lambda: _block(part, words, numeric, counted))
    return replace(block, extra=0.15) if isinstance(node, Add) else block


def _block(part: Part, words: Vocabulary, numeric: bool, counted: frozenset[Expr]) -> Block:
    changes = []
    for c in CONSTANTS:
        cost = 1.35 + (0.1 if c.q != 1 else 0) + (0.15 if c < 0 else 0) + (0.1 if abs(c.p * c.q) > 2 else 0)
        changes.append(Change("constant" if numeric else "missing-factor", c, cost, say_missing, say_surplus))
    for delta in words.deltas(part.bound):
        changes.append(Change("missing-delta", delta, 1.6, say_delta))
    for k, *_ in part.bound:
        for exponent in (k, k + 1):
            changes.append(Change("missing-factor", S.NegativeOne**exponent, 1.6, say_missing))
    for n in words.wholes:
        changes.append(Change("missing-factor", S.NegativeOne**n, 1.6, say_missing))
    inner = {*words.inner_derivatives}
    for g in words.factors(part.bound):
        if isinstance(g, KroneckerDelta):
            continue
        chain = g in inner
        average = g in counted or (isinstance(g, Pow) and g.exp == -1 and g.base in counted)
        code = "chain-rule" if chain else "average" if average else "missing-factor"
        cost = (1.5 if chain else 1.6) + 0.06 * min(size(g), LONG) + (0.1 if average else 0)
        changes.append(Change(code, g, cost, _chain if chain else say_missing, say_surplus))
        code = "average" if average else "missing-factor"
        changes.append(Change(code, Deferred.under(g), cost + 0.1, say_missing, say_surplus))
    return Block(Op.TIMES, tuple(changes))


def say_surplus(edit: Edit) -> str:
    """What is too much, or which factor stands for another one."""
    if exchanged := _exchanged(edit):
        return exchanged
    return f"The factor {quoted(1 / edit.operand)} does not belong here: {quoted(edit.new)}."


def say_missing(edit: Edit) -> str:
    """What is missing."""
    g = edit.operand
    if exchanged := _exchanged(edit):
        return exchanged
    upside_down = isinstance(g, Pow) and g.exp.is_negative
    if upside_down or (isinstance(g, Rational) and g.p == 1):
        return f"The division by {quoted(1 / g)} is missing: {quoted(edit.new)}."
    if isinstance(g, Rational):
        return f"The factor {quoted(g)} is missing: {quoted(edit.new)}."
    plain = edit.old == 1 or (not edit.part.path and size(edit.old) > LONG)  # the line stands there already
    return f"The factor {quoted(g)} is missing{'' if plain else ' beside ' + quoted(edit.old)}."


def _exchanged(edit: Edit) -> str:
    """That a factor stands where another one is meant: the quotient of the two is all that is put in."""
    new, old = edit.operand.as_numer_denom()
    plain = not new.is_number and not old.is_number and new.as_coeff_Mul()[0] == 1
    if plain and old in Mul.make_args(edit.old):
        return f"One factor stands for another: {quoted(new)}, not {quoted(old)}."
    return ""


def _chain(edit: Edit) -> str:
    return f"The chain rule's inner derivative {quoted(edit.operand)} is forgotten."


def say_delta(edit: Edit) -> str:
    """For which index a term is there."""
    a, b = edit.operand.args
    only, delta = quoted(Rel(Relation.EQ, b, a)), quoted(edit.operand)
    return f"The term {quoted(edit.old)} is there for {only} only: a Kronecker delta {delta} is missing."
