"""What all the evidence on a claim adds up to."""

from __future__ import annotations

from collections.abc import Sequence

from verify.model import Doubt, Evidence, Judgement, Verdict

DECISIVE = (Verdict.PROVED, Verdict.REFUTED, Verdict.VACUOUS)
DOUBTFUL = (Doubt.NO_POINT, Doubt.NOWHERE, Doubt.IRRATIONAL, Doubt.TOUCH, Doubt.ELUSIVE, Doubt.HIDDEN)
"""Beside these neither a proof nor support is believed."""


def weigh(found: Sequence[Evidence]) -> Judgement:
    """One verdict from all the evidence; a proof beside a refutation is a CONFLICT."""
    by: dict[Verdict, Evidence] = {}
    for evidence in found:
        by.setdefault(evidence.verdict, evidence)
    everything = tuple(found)
    covering = next((e for e in found if e.verdict is Verdict.PROVED and not e.within), None)
    if covering is not None and Verdict.REFUTED in by:
        reason = f"{covering.check} proves it, {by[Verdict.REFUTED].check} refutes it: a bug in this program"
        return Judgement(Verdict.CONFLICT, witness=by[Verdict.REFUTED].witness, reason=reason, evidence=everything)
    doubtful = any(e.doubt in DOUBTFUL for e in found)
    for verdict in (Verdict.VACUOUS, Verdict.REFUTED, Verdict.PROVED, Verdict.SUPPORTED):
        if verdict in by and not (doubtful and verdict in (Verdict.PROVED, Verdict.SUPPORTED)):
            e = by[verdict]
            reason = "" if e.witness is not None else e.detail  # a witness speaks for itself
            return Judgement(verdict, e.scope, e.conditions, e.witness, reason, everything)
    reasons = [f"{e.check}: {e.detail}" for e in found if e.verdict is Verdict.UNDECIDED]
    return Judgement(Verdict.UNDECIDED, reason="; ".join(reasons) or "no check could settle it", evidence=everything)
