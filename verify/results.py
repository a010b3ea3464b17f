"""What was found of a derivation, as the plain text and numbers that every report reads."""

from __future__ import annotations

from collections.abc import Sequence

from verify import show
from verify.model import Derivation, DerivationResult, Judgement, StartResult, Step, StepResult
from verify.standing import Chain
from verify.terms import TRUE, Content


def step_result(
    step: Step, previous: Content, judgement: Judgement, from_start: Judgement | None, chain: Chain
) -> StepResult:
    """A judged step, which ``chain`` takes as its next line."""
    standing, since, acknowledged = chain.stand(step.tag, bool(step.erratum), judgement, from_start)
    return StepResult(
        tag=step.tag,
        line=step.line.place.line,
        relation=step.relation,
        latex=step.line.latex or _latex_of(step),
        lhs=show.show(previous),
        rhs=show.show(step.line.content),
        judgement=judgement,
        from_start=from_start,
        standing=standing,
        since=since,
        justification=step.justification,
        erratum=step.erratum,
        acknowledged=acknowledged,
        stale_erratum=bool(step.erratum) and judgement.verdict.holds,
    )


def derivation_result(derivation: Derivation, steps: Sequence[StepResult]) -> DerivationResult:
    """A derivation with its judged steps."""
    return DerivationResult(
        id=derivation.id,
        title=derivation.title,
        source=derivation.source,
        file=derivation.place.file,
        line=derivation.place.line,
        remarks=derivation.remarks,
        givens=show.givens(derivation.givens),
        start=_start_result(derivation),
        steps=tuple(steps),
    )


def _start_result(derivation: Derivation) -> StartResult | None:
    start = derivation.start
    if start is None:
        return None
    return StartResult(start.tag, start.latex or show.latex(start.content), show.show(start.content))


def _latex_of(step: Step) -> str:
    """LaTeX made from a line for which the author gave none; one that stands alone shows both sides."""
    right = show.latex(step.line.content)
    if step.alone_lhs is None or step.alone_lhs == TRUE:
        return right
    return f"{show.latex(step.alone_lhs)} {step.relation.latex} {right}"
