"""A sum that stands elsewhere in the lines too, but for one term: ``1 + x + y²`` beside ``1 + x + 2y²``."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Pow

from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part, size
from verify.diagnose.vocabulary import Vocabulary
from verify.diagnose.words import quoted

ALIKE = 2  # terms that both have
COST = 1.2
DEARER = 0.55  # where one term stands for one: other kinds of slips say more of that


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """The sum as it stands elsewhere."""
    node = part.node
    if not isinstance(node, Add) or part.shape or len(node.args) < ALIKE:
        return
    for other in words.long_sums:
        here, there = {*node.args} - {*other.args}, {*other.args} - {*node.args}
        if len(node.args) - len(here) >= ALIKE and len(there) <= 1 and (here or there):
            code = _code(Add(*here), Add(*there), len(here))
            if code:
                cost = COST + (DEARER if len(here) == len(there) == 1 else 0.0)
                yield Edit(code, part, Op.REPLACE, other, cost, _say)


def _code(old: Expr, new: Expr, terms: int) -> str:
    """What it is called that one stands for the other; nothing, if they have little in common."""
    if new == 0:
        return "extra-term" if terms == 1 else ""
    if old == 0:
        return "missing-term"
    ratio = new / old
    number, power = new.as_coeff_Mul()
    if terms > 1:
        if not isinstance(power, Pow) or not isinstance(power.base, Add):
            return ""
        return "exponent" if (old - (number * power.base).expand()).expand() == 0 else "not-linear"
    if ratio.is_number:
        return "sign" if ratio == -1 else "constant"
    if isinstance(ratio, Pow) and isinstance(new, Pow | type(ratio)) and isinstance(power, Pow) and old.has(power.base):
        return "exponent"
    return "extra-factor" if size(new) < size(old) else "missing-factor"


def _say(edit: Edit) -> str:
    return f"Elsewhere this is {quoted(edit.new)}, here {quoted(edit.old)}."
