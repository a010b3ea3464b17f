"""The nouns of the program: derivation, step, claim, verdict, evidence, run.

Frozen dataclasses without behaviour: no input or output, no printing, and no SymPy at run time, so that a
:class:`Run` (plain text and numbers only) can be rendered, stored and read back by programs that have no
computer algebra at all. The words are those of the project's glossary (``docs/DESIGN.md``).
"""

from __future__ import annotations

from verify.model.found import Diagnosis, Doubt, Evidence, Inference, Judgement, ProofRecord, Verdict, Witness
from verify.model.run import DerivationResult, LoadError, Run, Standing, StartResult, StepResult
from verify.model.written import (
    COMPARISONS,
    GREATER,
    LESS,
    MIRRORED,
    ORDERS,
    STRICTER,
    WEAKER,
    Claim,
    Derivation,
    Givens,
    Line,
    Place,
    Relation,
    Step,
)

__all__ = [
    "COMPARISONS",
    "GREATER",
    "LESS",
    "MIRRORED",
    "ORDERS",
    "STRICTER",
    "WEAKER",
    "Claim",
    "Derivation",
    "DerivationResult",
    "Diagnosis",
    "Doubt",
    "Evidence",
    "Givens",
    "Inference",
    "Judgement",
    "Line",
    "LoadError",
    "Place",
    "ProofRecord",
    "Relation",
    "Run",
    "Standing",
    "StartResult",
    "Step",
    "StepResult",
    "Verdict",
    "Witness",
]
