"""Where a hypergeometric series converges: what is known, and what has to be asked of the points of a claim.

With one upper parameter more than lower ones, Σ tₖ converges inside the unit circle, at 1 where the real part of
Σ lower − Σ upper is positive, elsewhere on the circle where it is above −1 (DLMF 16.2(iii)); with fewer everywhere,
with more nowhere but at 0. A series that ends is a polynomial.
"""

from __future__ import annotations

from sympy import Abs, Integer, re

from verify.model import Relation
from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.functions.atoms import integer
from verify.normal.signs import NEG, POS, sign
from verify.normal.text.write import expression
from verify.terms import Conj, Proposition, Rel

ONE = Integer(1)


def converges(field: Field, upper: tuple[Ratio, ...], lower: tuple[Ratio, ...], argument: Ratio) -> bool:
    """Whether the series may converge; under which condition is noted in the field, where it is not known."""
    if len(upper) <= len(lower) or any(_ends(field, u) for u in upper):
        return True
    if len(upper) > len(lower) + 1:
        return False
    excess = field.total(lower) - field.total(upper)
    number = argument.rational()
    if number is None:
        return _inside(field, argument, excess)
    if abs(number[0]) != number[1]:
        return abs(number[0]) < number[1]
    return above(field, excess, 0 if number[0] > 0 else -1)


def lerch_converges(field: Field, w: Ratio, s: Ratio) -> bool:
    """The same of Σ wᵏ·(k + a)⁻ˢ: inside the circle, at 1 for Re s > 1, elsewhere on it for Re s > 0 (DLMF 25.14.1)."""
    number = w.rational()
    if number is None:
        return _inside(field, w, s - field.one)
    if abs(number[0]) != number[1]:
        return abs(number[0]) < number[1]
    return above(field, s, 1 if number[0] > 0 else 0)


def above(field: Field, a: Ratio, bound: int) -> bool:
    """Whether the real part of ``a`` may be larger than a whole number, likewise."""
    known = sign(field, a - field.number(bound))
    if known is None or (known & POS and known != POS):
        written = expression(field, a)
        part = written if field.real(a) else re(written)
        known = field.facts.sign(part - bound)
        if known is None or (known & POS and known != POS):
            field.converges[Rel(Relation.GT, part, Integer(bound))] = None
    return known is None or bool(known & POS)


def _inside(field: Field, z: Ratio, excess: Ratio) -> bool:
    """Whether |z| may be less than 1, or at most 1."""
    written = expression(field, z)
    if field.real(z):
        signs = [sign(field, field.one - z), sign(field, field.one + z)]
    else:
        signs = [field.facts.sign(1 - Abs(written))]
    if NEG in signs:
        return False
    if all(known == POS for known in signs):
        return True
    size: Proposition = Rel(Relation.LT, Abs(written), ONE)
    if sign(field, excess) == POS:
        size = Rel(Relation.LE, Abs(written), ONE)
    elif sign(field, excess + field.one) == POS:
        size = Conj((Rel(Relation.LE, Abs(written), ONE), Rel(Relation.NE, written, ONE)))
    field.converges[size] = None
    return True


def _ends(field: Field, a: Ratio) -> bool:
    """Known to be 0, −1, −2, …"""
    known = sign(field, a)
    return known is not None and not known & POS and integer(field, a)
