"""What edits are dearer or cheaper by for how they change a line."""

from __future__ import annotations

from collections.abc import Sequence, Set

from sympy import Add, Expr, Mul, Product, Rational, S, Sum

from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Path, parts, size

SHORT = 4  # an operand that does not say the left side again
FITS = 0.4  # what a lone factor or term that is put in is dearer by, beside pairs
SUM = 0.5  # … or divided by, if it is a sum
TWO_NUMBERS = 1.3  # … that makes a number beside another one
COMPOUND = 1.1  # … a negative number as a factor
MANIFOLD = 0.5  # … for each thing besides the first that a factor has: a sign, a number, a denominator
LONG = 0.1  # … for each sign of an operand that stands nowhere else, beyond a few
SIMPLE = 0.05  # what a pair is dearer by for each sign that the line gets longer by
KNOWN, ENOUGH = 0.02, 10  # what it is cheaper by for each sign of a part that it gets and the left side has; at most
FOLDED, FOLDS = 0.5, 1  # what a pair is dearer by if the line gets shorter than it should, by more than so many signs
AROUND = 0.4  # … if the line has the left side and something besides
GROWS = 0.1
DOUBLED = 0.5
EMPTIED = 0.4  # what a factor is dearer by that leaves nothing but a number
ODD = 0.4  # a fraction that is no reciprocal
MATERIAL, LOSS = 0.05, 0.08  # what a pair is dearer by for each sign that it adds, or leaves out, beyond a few
CLOSE = 0.25  # … if both change the same part, but for the line as a whole
TAKEN = 0.1  # … cheaper by for each short term or factor that it leaves out: nothing has to be thought up
PUT_IN = 0.2  # … for each term or factor that it adds
MIXED = 1.0  # … if a sum is put for a product, or the reverse
SUMMED = 0.2  # … for each factor ``1 + a`` that it leaves out
EXCHANGED = 0.4  # … if one is left out and the other one put in


def beside(line: Expr, part: Expr) -> bool:
    """Whether a part is among the terms and factors of a line."""
    if line == part:
        return True
    if not isinstance(line, Add | Mul):
        return False
    return (line.func is part.func and {*part.args} <= {*line.args}) or any(beside(a, part) for a in line.args)


def offsets(path: Path, term: Path) -> bool:
    """Whether a part stands in another term of the sum in which a term stands."""
    above = len(term) - 1
    return path[:above] == term[:above] and len(path) > above and path[above] != term[above]


def growing(edit: Edit) -> float:
    """What a number as a factor is dearer by where it does not go into the terms that stand there.

    And what a term is that is such a number times what stands there: ``π + π`` is a factor 2 that was lost.
    """
    if edit.op is Op.PLUS and (edit.operand / edit.old).is_Rational:
        return DOUBLED
    if edit.op is not Op.TIMES:
        return 0.0
    if edit.written and edit.new.is_number and not edit.old.is_number:
        return EMPTIED
    if not isinstance(edit.operand, Rational) or edit.operand == -1:
        return 0.0
    odd = ODD if edit.operand.q != 1 and abs(edit.operand.p) != 1 else 0.0
    return odd + (GROWS if size(edit.new) > size(edit.old) else -GROWS if size(edit.new) < size(edit.old) else 0.0)


def _adds_numbers(edit: Edit) -> bool:
    """Whether a term becomes a number beside another one, or one is added there: nobody has written ``1 + 1``."""
    if edit.op is Op.PLUS and edit.operand.is_number:
        return any(term.is_Number for term in Add.make_args(edit.old)) and not edit.old.is_number
    terms = edit.part.parent.args if isinstance(edit.part.parent, Add) else ()
    made = not edit.old.is_number and not edit.drops and edit.written and edit.new.is_number
    return made and any(term.is_Number for term in terms)


def _two_numbers(edit: Edit) -> bool:
    """Whether a negative number is put in or left out as a factor: that is a sign besides."""
    if edit.op is Op.TIMES:
        return edit.operand.is_Rational and bool(edit.operand < 0) and edit.operand != -1
    old = edit.old
    return edit.drops and isinstance(edit.part.parent, Mul) and old.is_Rational and bool(old < 0) and old != -1


def _sum_with_one(edit: Edit) -> bool:
    """Whether a factor ``1 + a`` is left out, of which ``a`` may have been a term too many."""
    return edit.drops and isinstance(edit.part.parent, Mul) and isinstance(edit.old, Add) and S.One in edit.old.args


def _turned(edit: Edit) -> bool:
    """Whether a number becomes another one of the other sign."""
    old, new = edit.old, edit.given
    return isinstance(new, Rational) and isinstance(old, Rational) and old * new < 0 and abs(new - old) > 2


def alone(edit: Edit, seen: Set[Expr]) -> float:
    """What a lone edit is dearer by beside pairs: of all that may be put in, something often fits.

    ``2/x`` for ``x`` has a number and a power of its own, and ``−½`` is a sign and a factor; what is long, and not
    ``seen`` elsewhere, explains little.
    """
    folded = TWO_NUMBERS if _adds_numbers(edit) else 0.0
    if edit.op is Op.REPLACE:
        return edit.compound + folded + (TWO_NUMBERS if _turned(edit) else 0.0)
    operand = edit.operand
    number, rest = operand.as_coeff_Mul() if edit.op is Op.TIMES else (S.One, operand)
    price = folded + (0.0 if operand.is_number else FITS)
    price += MANIFOLD * (len(Add.make_args(operand)) - 1) if edit.op is Op.PLUS else 0.0
    price += SUM if edit.op is Op.TIMES and any(isinstance(a, Add) for a in (rest, 1 / rest)) else 0.0
    if rest == 1:
        return price + (COMPOUND if number.is_negative and number != -1 else 0.0)
    above, below = rest.as_numer_denom()
    factors = [a for a in (number, *Mul.make_args(above), *Mul.make_args(below)) if a not in (1, -1)]
    things = len(factors) + bool(number.is_negative)
    price += MANIFOLD * (things - 1) if edit.op is Op.TIMES and edit.code != "chain-rule" else 0.0
    return price if seen & {rest, -rest, 1 / rest} else price + LONG * max(0, size(operand) - SHORT)


def outcome(edits: Sequence[Edit], line: Expr, made: Expr, lhs: Expr) -> float:
    """What two edits are dearer by for the line that they make: a short one, with parts of the left side, is likely.

    Where they put in what SymPy puts together with something else there, they say little.
    """
    out = [e for e in edits if e.drops]  # where one of two terms is left out, the sign between them goes too
    folded = size(made) < size(line) + sum(size(e.new) - size(e.old) for e in edits if not e.drops) - (
        FOLDS * max(1, len(out)) + sum(size(e.old) for e in out)
    )
    around = made != lhs and size(lhs) > 1 and made.has(lhs)
    new = {part.node for part in parts(made)} - {part.node for part in parts(line)}
    known = max((size(part.node) for part in parts(lhs) if part.node in new and part.path), default=0)
    return SIMPLE * (size(made) - size(line)) - KNOWN * min(known, ENOUGH) + AROUND * around + FOLDED * folded


def over_a_range(edit: Edit) -> bool:
    """Whether a sum or product is lost or changed: what stands within it cannot be paired by its value."""
    return isinstance(edit.old, Sum | Product) or edit.code == "lost-sum"


def _moved(edits: Sequence[Edit]) -> bool:
    """Whether one edit makes of a part what the other one leaves out."""
    return any(
        e.drops
        and not other.drops
        and not other.new.is_number
        and e.old.has(other.new)
        and not other.old.has(other.new)
        for e, other in (edits, edits[::-1])
    )


def _taken(edit: Edit, other: Edit) -> bool:
    """Whether something short is left out, which the other edit does not put in again elsewhere."""
    moved = other.new.has(edit.old) and not other.old.has(edit.old)
    return edit.drops and size(edit.old) <= SHORT and not moved


def rewriting(edits: Sequence[Edit]) -> float:
    """What two edits are dearer by that put much in the place of much: they explain nothing."""
    if len(edits) < 2:
        return 0.0
    grown = [0 if e.op is Op.REPLACE else max(0, size(e.operand) - SHORT) for e in edits]
    lost = [max(0, size(e.old) - size(e.new) - SHORT) for e in edits]
    added = [e for e in edits if e.op is not Op.REPLACE and not e.operand.is_Integer]
    mixed = sum(e.code == "sum-for-product" and isinstance(e.old, Add | Mul) for e in edits)
    emptied = any(e.code == "brackets" for e in edits) and any(e.code == "extra-term" for e in edits)
    exchanged = (
        emptied
        or _moved(edits)
        or any(e.drops and other.op is (Op.PLUS if e.given == 0 else Op.TIMES) for e in edits for other in added)
    )
    compound = sum(map(_two_numbers, edits))
    summed = sum(map(_sum_with_one, edits))
    close = bool(edits[0].part.path) and edits[0].part.path == edits[1].part.path
    return (
        CLOSE * close
        + MATERIAL * sum(grown)
        + LOSS * sum(lost)
        + PUT_IN * len(added)
        - TAKEN * sum(_taken(e, other) for e, other in (edits, edits[::-1]))
        + EXCHANGED * exchanged
        + MIXED * mixed
        + COMPOUND * compound
        + SUMMED * summed
    )
