"""What must hold where nothing leaves the reals, in canonical form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, S

from verify.model import Relation
from verify.normal.algebra.field import Field
from verify.normal.algebra.limits import NormalError, Restart, TooLarge
from verify.normal.conditions import NONNEG, NONZERO, needs, parts
from verify.normal.domain import Scan
from verify.normal.read import read
from verify.normal.signs import NEG, POS, ZERO, sign
from verify.normal.text.write import expression
from verify.normal.workspace import in_field
from verify.terms import Rel

_RELATIONS = {
    POS: Relation.GT,
    NONNEG: Relation.GE,
    NONZERO: Relation.NE,
    NEG: Relation.LT,
    NEG | ZERO: Relation.LE,
    ZERO: Relation.EQ,
}


def required(sides: Sequence[Expr], facts: Any) -> list[Rel] | None:
    """What the sides need besides the facts so that they and all their parts are real; ``None`` where that is more
    than there can be (``1 − u²`` > 0 for a u ≥ 1)."""
    asked = [need for need in needs(sides, facts, True) if not need[2]]

    def work(field: Field) -> list[Rel] | None:
        known: dict[str, int] = {}
        found: dict[str, Rel] = {}
        for wanted, mask, _ in asked:
            try:
                value = read(field, wanted)
            except (Restart, TooLarge):
                raise
            except NormalError:
                continue
            possible = sign(field, value)
            if possible is not None and not possible & mask:
                return None
            for p, signs in parts(field, value, mask):
                key = str(p)
                known[key] = known.get(key, NEG | ZERO | POS) & signs
                if not known[key]:
                    return None
                found[key] = Rel(_RELATIONS[known[key]], expression(field, field.polynomial(p)), S.Zero)
        return list(found.values())

    try:
        return in_field(sides, facts, work, Scan(sides, facts))
    except NormalError:
        return []
