"""What was found of a derivation, as the plain text and numbers that every report reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sympy import Symbol

from verify import show
from verify.lower.names import COMPONENTS
from verify.model import Derivation, DerivationResult, Judgement, StartResult, Step, StepResult, Witness
from verify.standing import Chain
from verify.terms import TRUE, Content, Problem


def step_result(
    step: Step,
    previous: Content,
    judgement: Judgement,
    from_start: Judgement | None,
    chain: Chain,
    symbols: Collection[Symbol] = (),
    plain: bool = True,
) -> StepResult:
    """A judged step, which ``chain`` takes as its next line; ``symbols`` are those of its author.

    ``plain``: its sides are told as plain text as well as in LaTeX.
    """
    standing, since, acknowledged = chain.stand(step.tag, bool(step.erratum), judgement, from_start)
    known = {symbol.name for symbol in symbols}
    judgement = _with_components(judgement, known)
    from_start = None if from_start is None else _with_components(from_start, known)
    return StepResult(
        tag=step.tag,
        line=step.line.place.line,
        relation=step.relation,
        latex=step.line.latex or _latex_of(step),
        lhs=show.show(previous) if plain else "",
        rhs=show.show(step.line.content) if plain else "",
        judgement=judgement,
        from_start=from_start,
        standing=standing,
        since=since,
        justification=step.justification,
        erratum=step.erratum,
        acknowledged=acknowledged,
        stale_erratum=bool(step.erratum) and judgement.verdict.holds,
        minimised=_minimised(previous, step.line.content),
    )


def _minimised(previous: Content, content: Content) -> bool:
    """Whether the points that two problems share are minimisers: of the second, or of the first if that has any."""
    problems = [p for p in (content, previous) if isinstance(p, Problem) and not p.stationary]
    return bool(problems) and problems[0].minimised


def _with_components(judgement: Judgement, known: Collection[str]) -> Judgement:
    """Its witnesses, in which the index of a vector's generic component, no symbol of the author's, says what it is."""
    if all(evidence.witness is None for evidence in judgement.evidence) and judgement.witness is None:
        return judgement
    evidence = tuple(replace(e, witness=_component_told(e.witness, known)) for e in judgement.evidence)
    return replace(judgement, witness=_component_told(judgement.witness, known), evidence=evidence)


def _component_told(witness: Witness | None, known: Collection[str]) -> Witness | None:
    if witness is None:
        return None
    ours = [
        name
        for name, value in witness.point.items()
        if name.rstrip("'") in COMPONENTS and name not in known and value.isdigit()
    ]
    others = {name: value for name, value in witness.point.items() if name not in ours}
    return replace(witness, point={**others, **{f"component {name}": witness.point[name] for name in ours}})


def derivation_result(
    derivation: Derivation, steps: Sequence[StepResult], typeset: bool = False, plain: bool = True
) -> DerivationResult:
    """A derivation with its judged steps; ``typeset``: its givens as LaTeX as well; ``plain`` as above."""
    return DerivationResult(
        id=derivation.id,
        title=derivation.title,
        source=derivation.source,
        file=derivation.place.file,
        line=derivation.place.line,
        remarks=derivation.remarks,
        givens=show.givens(derivation.givens),
        start=_start_result(derivation, plain),
        steps=tuple(steps),
        typeset=show.typeset_givens(derivation.givens) if typeset else (),
    )


def _start_result(derivation: Derivation, plain: bool) -> StartResult | None:
    start = derivation.start
    if start is None:
        return None
    words = show.show(start.content) if plain else ""
    return StartResult(start.tag, start.latex or show.latex(start.content), words)


def _latex_of(step: Step) -> str:
    """LaTeX made from a line for which the author gave none; one that stands alone shows both sides."""
    right = show.latex(step.line.content)
    if step.alone_lhs is None or step.alone_lhs == TRUE:
        return right
    return f"{show.latex(step.alone_lhs)} {step.relation.latex} {right}"
