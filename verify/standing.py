"""Standing: how the relations of a chain's lines add up, and since which slip the chain has been off."""

from __future__ import annotations

from verify.model import Judgement, Relation, Standing, Verdict

_ORDERED = {
    Relation.LT: (1, True),
    Relation.LE: (1, False),
    Relation.GT: (-1, True),
    Relation.GE: (-1, False),
}


class Chain:
    """What is known along a chain: how its last line relates to the first, and since which slip it has been off."""

    def __init__(self) -> None:
        self.relation: Relation | None = Relation.EQ
        self.from_start: Judgement | None = None
        self.off_since = ""
        self.acknowledged = False  # whether an erratum covers a slip since the chain has been off

    def stand(
        self, tag: str, erratum: bool, judgement: Judgement, from_start: Judgement | None
    ) -> tuple[Standing, str, bool]:
        """Take a further line: where it stands, since which slip it is off, and whether an erratum covers that."""
        standing = standing_of(judgement.verdict, from_start.verdict if from_start else None)
        since = self.off_since
        if standing is Standing.OWN_SLIP:
            since = self.off_since = since or tag
            self.acknowledged = self.acknowledged or erratum
        covered = erratum or (standing is Standing.CANCELS and self.acknowledged)
        excusable = not judgement.verdict.holds and judgement.verdict not in (Verdict.VACUOUS, Verdict.CONFLICT)
        if standing in (Standing.SOUND, Standing.CANCELS):
            self.off_since, self.acknowledged = "", False
        self.from_start = from_start
        return standing, "" if standing is Standing.SOUND else since, covered and excusable


def compose(first: Relation | None, second: Relation) -> Relation | None:
    """How the last of three lines relates to the first; ``None`` where nothing follows."""
    if first is None:
        return None
    if first is Relation.EQ:
        return second
    if second is Relation.EQ:
        return first
    if first in _ORDERED and second in _ORDERED:
        (way, strict), (other_way, also_strict) = _ORDERED[first], _ORDERED[second]
        if way != other_way:
            return None
        return next(r for r, v in _ORDERED.items() if v == (way, strict or also_strict))
    if first is second and first in (Relation.IFF, Relation.IMPLIES, Relation.SAME_MAXIMISERS):
        return first
    if {first, second} == {Relation.IFF, Relation.IMPLIES}:
        return Relation.IMPLIES
    if first is Relation.SAME_MAXIMISERS and second in (Relation.IMPLIES, Relation.IFF):
        return second
    return None


def composed(so_far: Judgement, last: Judgement) -> Judgement | None:
    """By transitivity. Where a line between is not defined everywhere, only as far as it is."""
    if not (so_far.verdict.holds and last.verdict.holds):
        return None
    both = (so_far.verdict, last.verdict)
    verdict = Verdict.PROVED if both == (Verdict.PROVED, Verdict.PROVED) else Verdict.SUPPORTED
    scope = last.scope if last.verdict is verdict else so_far.scope
    conditions = tuple(dict.fromkeys((*so_far.conditions, *last.conditions)))
    return Judgement(verdict, scope, conditions, reason="by the steps before")


_EQUIVALENCES = (Relation.EQ, Relation.IFF, Relation.SAME_MAXIMISERS)


def carried_over(first: Relation | None, so_far: Judgement, second: Relation, last: Judgement) -> Judgement | None:
    """A refutation of one of two relations, where the other one is an equivalence that holds without conditions.

    ``a = b`` and not ``b < c``: not ``a < c``, at the same point; likewise ``not a = b`` and ``b = c``.
    """
    held, failed, relation = (so_far, last, first) if last.verdict is Verdict.REFUTED else (last, so_far, second)
    if relation not in _EQUIVALENCES or held.verdict is not Verdict.PROVED or held.conditions:
        return None
    if failed.verdict is not Verdict.REFUTED:
        return None
    return Judgement(Verdict.REFUTED, failed.scope, (), failed.witness, "by the steps before")


def standing_of(step: Verdict, from_start: Verdict | None) -> Standing:
    """The step together with how its line relates to the first one."""
    if from_start is None or not (_known(step) and _known(from_start)):
        return Standing.UNKNOWN
    return {
        (True, True): Standing.SOUND,
        (False, False): Standing.OWN_SLIP,
        (True, False): Standing.CARRIED,
        (False, True): Standing.CANCELS,
    }[step.holds, from_start.holds]


def _known(verdict: Verdict) -> bool:
    return verdict.holds or verdict is Verdict.REFUTED
