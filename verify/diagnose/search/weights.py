"""What edits are dearer or cheaper by for how they change a line."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Add, Expr, Mul, Product, Rational, Sum

from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Path, size

SHORT = 4  # an operand that does not say the left side again
GROWS = 0.1
MATERIAL = 0.05  # what a pair is dearer by for each sign that it adds or leaves out, beyond a few
PUT_IN = 0.2  # … for each term or factor that it adds
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
    """What a number as a factor is dearer by where it does not go into the terms that stand there."""
    if edit.op is not Op.TIMES or not isinstance(edit.operand, Rational) or edit.operand == -1:
        return 0.0
    return GROWS if size(edit.new) > size(edit.old) else -GROWS if size(edit.new) < size(edit.old) else 0.0


def over_a_range(edit: Edit) -> bool:
    """Whether a sum or product is lost or changed: what stands within it cannot be paired by its value."""
    return isinstance(edit.old, Sum | Product) or edit.code == "lost-sum"


def rewriting(edits: Sequence[Edit]) -> float:
    """What two edits are dearer by that put much in the place of much: they explain nothing."""
    if len(edits) < 2:
        return 0.0
    grown = [0 if e.op is Op.REPLACE else max(0, size(e.operand) - SHORT) for e in edits]
    lost = [max(0, size(e.old) - size(e.new) - SHORT) for e in edits]
    added = [e for e in edits if e.op is not Op.REPLACE and not e.operand.is_Integer]
    exchanged = any(e.drops and other.op is (Op.PLUS if e.given == 0 else Op.TIMES) for e in edits for other in added)
    return MATERIAL * (sum(grown) + sum(lost)) + PUT_IN * len(added) + (EXCHANGED if exchanged else 0.0)
