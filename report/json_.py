"""The run as JSON, for programs: every field of the model that a reader could need, in a fixed order."""

from __future__ import annotations

import json
import math
from typing import Any

from report.words.headline import headline
from report.words.tale import tale
from verify.model import (
    DerivationResult,
    Diagnosis,
    Evidence,
    Judgement,
    ProofRecord,
    Run,
    StepResult,
    Verdict,
    Witness,
)

VERSION = 2


def render(run: Run) -> str:
    """The run as an indented JSON document, ending with a newline. ``line`` is a source line number."""
    document = {
        "version": VERSION,
        "program": run.program,
        "seed": run.seed,
        "derivations": [_derivation(derivation) for derivation in run.derivations],
        "summary": {
            "steps": len(run.steps),
            **{verdict.value: run.count(verdict) for verdict in Verdict},
            "seconds": _seconds(run.seconds),
            "exit_code": run.exit_code,
        },
        "errors": [{"file": error.file, "line": error.line, "message": error.message} for error in run.errors],
    }
    return _written(document)


def chain(derivation: DerivationResult) -> str:
    """A whole derivation, as an indented document."""
    return _written(_derivation(derivation))


def step(derivation: DerivationResult, tag: str) -> str:
    """One step with the givens of its derivation, as an indented document.

    Raises:
        StopIteration: the derivation has no step of that tag.
    """
    found = next(found for found in derivation.steps if found.tag == tag)
    return _written({"derivation": derivation.id, "givens": list(derivation.givens), "step": _step(found)})


def _written(document: dict[str, Any]) -> str:
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    # Half a surrogate pair (from a broken input file) cannot be written as UTF-8.
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _derivation(derivation: DerivationResult) -> dict[str, Any]:
    """One derivation, with all that was found about it."""
    start = derivation.start
    return {
        "id": derivation.id,
        "title": derivation.title,
        "source": derivation.source,
        "file": derivation.file,
        "line": derivation.line,
        "headline": headline(derivation).text,
        "story": tale(derivation),
        "givens": list(derivation.givens),
        "remarks": list(derivation.remarks),
        "start": start and {"tag": start.tag, "latex": start.latex, "expression": start.expression},
        "steps": [_step(step) for step in derivation.steps],
    }


def _step(step: StepResult) -> dict[str, Any]:
    """One step, with all that was found about it."""
    judgement = step.judgement
    return {
        "tag": step.tag,
        "line": step.line,
        "relation": step.relation.value,
        "latex": step.latex,
        "lhs": step.lhs,
        "rhs": step.rhs,
        "verdict": step.verdict.value,
        "from_start": step.from_start and step.from_start.verdict.value,
        "scope": judgement.scope,
        "conditions": list(judgement.conditions),
        "standing": step.standing.value,
        "since": step.since,
        "reason": judgement.reason,
        "witness": _witness(judgement.witness),
        "evidence": [_evidence(evidence) for evidence in judgement.evidence],
        "diagnoses": [_diagnosis(diagnosis) for diagnosis in step.diagnoses],
        "justification": step.justification,
        "erratum": step.erratum,
        "acknowledged": step.acknowledged,
        "stale_erratum": step.stale_erratum,
        "judgement_from_start": step.from_start and _judgement(step.from_start),
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "verdict": judgement.verdict.value,
        "scope": judgement.scope,
        "conditions": list(judgement.conditions),
        "reason": judgement.reason,
        "witness": _witness(judgement.witness),
        "evidence": [_evidence(evidence) for evidence in judgement.evidence],
    }


def _witness(witness: Witness | None) -> dict[str, Any] | None:
    if witness is None:
        return None
    return {
        "point": dict(witness.point),
        "lhs": witness.lhs,
        "rhs": witness.rhs,
        "note": witness.note,
        "python": witness.python,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "check": evidence.check,
        "verdict": evidence.verdict.value,
        "detail": evidence.detail,
        "scope": evidence.scope,
        "conditions": list(evidence.conditions),
        "witness": _witness(evidence.witness),
        "seconds": _seconds(evidence.seconds),
        "proofs": [_proof(proof) for proof in evidence.proofs],
        "inferences": [
            {"rule": found.rule, "source": found.source, "premises": list(found.premises)}
            for found in evidence.inferences
        ],
    }


def _proof(proof: ProofRecord) -> dict[str, Any]:
    lhs, rhs, canonical = proof.python or ("", "", "")
    return {
        "lhs": proof.lhs,
        "rhs": proof.rhs,
        "kernels": list(proof.kernels),
        "relations": list(proof.relations),
        "conditions": list(proof.conditions),
        "canonical": proof.canonical,
        "python": {"lhs": lhs, "rhs": rhs, "canonical": canonical},
    }


def _diagnosis(diagnosis: Diagnosis) -> dict[str, Any]:
    return {
        "code": diagnosis.code,
        "sentence": diagnosis.sentence,
        "repair": diagnosis.repair,
        "repair_latex": diagnosis.repair_latex,
        "repair_verdict": diagnosis.repair_verdict and diagnosis.repair_verdict.value,
        "repair_scope": diagnosis.repair_scope,
        "wrong": diagnosis.wrong,
        "spans": [list(span) for span in diagnosis.spans],
        "transcription": diagnosis.transcription,
    }


def _seconds(seconds: float) -> float:
    """Microseconds are noise; infinities and NaN are not JSON."""
    return round(seconds, 6) if math.isfinite(seconds) else 0.0
