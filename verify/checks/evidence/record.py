"""What a proof rests on, written down for a reader and for other programs; only where a report asks for it."""

from __future__ import annotations

from dataclasses import replace

from verify import normal
from verify.checks.common import Check
from verify.checks.evidence.argument import Argument
from verify.config import Settings
from verify.model import Claim, Evidence, Inference, ProofRecord
from verify.show import show


def records(settings: Settings, *proofs: normal.Proof) -> tuple[ProofRecord, ...]:
    """The records of some proofs; none where no report shows them, since writing them takes its time."""
    return tuple(map(record, proofs)) if settings.records else ()


def inferences(settings: Settings, *arguments: Argument) -> tuple[Inference, ...]:
    """By which rules some arguments go; none where no report shows them."""
    return tuple(map(inference, arguments)) if settings.records else ()


def inference(argument: Argument) -> Inference:
    """By which rule one argument goes, and from what."""
    premises = (sentence.format(*map(show, contents)) for sentence, contents in argument.premises())
    return Inference(argument.rule, tuple(dict.fromkeys(premises)), argument.source)


def record(proof: normal.Proof) -> ProofRecord:
    """What one proof rests on."""
    from verify.checks.evidence.python import expressions  # SymPy's code printers, which nothing else needs

    return ProofRecord(
        show(proof.lhs),
        show(proof.rhs),
        proof.kernels,
        proof.relations,
        proof.conditions,
        proof.canonical,
        expressions(proof.lhs, proof.rhs, proof.form),
    )


def consult(check: Check, claim: Claim, settings: Settings) -> Evidence | None:
    """What a check finds; where a report asks for it, a witness comes with a program that looks at it again."""
    evidence = check(claim, settings)
    if not settings.records or evidence is None or evidence.witness is None or evidence.witness.python:
        return evidence
    from verify.checks.evidence.python import program

    return replace(evidence, witness=replace(evidence.witness, python=program(claim, evidence.witness)))
