"""What other programs call: a claim, or a whole derivation, judged in this process.

There are no limits on time or memory here; :class:`verify.pool.Pool` has them. :mod:`verify` hands all of it on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify import engine, ladder
from verify.config import Settings
from verify.model import Derivation, DerivationResult, Judgement, Relation, Verdict, Witness
from verify.notation.derivations import derivation
from verify.notation.lines import related
from verify.notation.sense import EncodingError

__all__ = [
    "Derivation",
    "DerivationResult",
    "EncodingError",
    "Judgement",
    "Relation",
    "Settings",
    "Verdict",
    "Witness",
    "check",
    "judge",
]

_RELATIONS = {relation.value: relation for relation in Relation} | {
    "!=": Relation.NE,
    "<=": Relation.LE,
    ">=": Relation.GE,
    "=>": Relation.IMPLIES,
    "<=>": Relation.IFF,
}


def check(
    lhs: Any, relation: Relation | str, rhs: Any, *, given: Sequence[Any] = (), settings: Settings | None = None
) -> Judgement:
    """The verdict on one claim.

    Args:
        lhs: a number, or a SymPy expression whose symbols have a domain (``Symbol("x", real=True)``, or those of
            :mod:`verify.notation`, where there are vectors, matrices and sums of symbolic length, too); for ``⇒`` and
            ``⇔`` a proposition, for "same maximisers" a problem, ``argmax(…)``.
        relation: ``=``, ``≠``, ``<``, ``≤``, ``>``, ``≥``, ``⇒``, ``⇔`` (or ``!=``, ``<=``, ``>=``, ``=>``, ``<=>``),
            or "same maximisers".
        rhs: as ``lhs``.
        given: propositions that are taken as true, such as ``Gt(x, 0)`` of :mod:`verify.notation`.
        settings: by default such that counterexamples are looked for even to what is proved.

    Raises:
        ValueError: there is no such relation.
        EncodingError: the claim makes no sense: shapes do not fit, a symbol has no domain, … (a ``ValueError``, too).
    """
    if not isinstance(relation, Relation):
        if relation not in _RELATIONS:
            raise ValueError(f"{relation!r} is none of {' '.join(_RELATIONS)}")
        relation = _RELATIONS[relation]
    step = related(relation)(lhs, rhs, tag="1")
    alone = derivation("claim", "", steps=[step], given=given)
    assert alone is not None  # else it would have raised
    (step,) = alone.steps
    assert step.alone_lhs is not None
    claim = engine.make_claim("claim:1", step.alone_lhs, relation, step, alone, ())
    return ladder.settle(claim, settings or Settings(thorough=True))


def judge(
    derivation: Derivation, *, beside: Sequence[Derivation] = (), settings: Settings | None = None
) -> DerivationResult:
    """Every step of a derivation, judged from the line before and from the first; what slips there are.

    Args:
        beside: other derivations; a line may be right about something that one of them defines.
    """
    return engine.judge(derivation, settings or Settings(), others=beside)
