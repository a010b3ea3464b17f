"""A refuted step within its derivation: which lines are beside it, and what a line takes back that is right again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from sympy import Expr

from verify.diagnose.context import Case, Elsewhere
from verify.diagnose.diagnosis import diagnose
from verify.diagnose.latex.statements import said
from verify.diagnose.words import in_the_hand_of
from verify.frozen import dataclass
from verify.model import (
    Claim,
    Derivation,
    Diagnosis,
    Givens,
    Judgement,
    Line,
    Relation,
    Standing,
    Step,
    StepResult,
)
from verify.terms import Content, Proposition, Rel

MakeClaim = Callable[[str, Content, Relation, Step, Derivation, tuple[Proposition, ...]], Claim]


@dataclass(frozen=True)
class Desk:
    """What the engine lends: how claims are made and judged, what a problem says, and the other derivations."""

    make_claim: MakeClaim
    settle: Callable[[Claim], Judgement]
    prove: Callable[[Claim], Judgement]
    others: Sequence[Derivation]
    seed: int
    said: Callable[[Claim], tuple[Proposition, ...]]


def diagnose_step(
    derivation: Derivation,
    step: Step,
    previous: Content,
    kept: tuple[Proposition, ...],
    result: StepResult,
    so_far: Sequence[StepResult],
    desk: Desk,
) -> tuple[Diagnosis, ...]:
    """The diagnoses of a refuted step; ``so_far`` are the results of the steps before it."""
    back = taken_back(result, so_far) if result.standing is Standing.CANCELS else None
    if back is not None:
        return (back,)

    def claim(lhs: Content, relation: Relation, rhs: Content) -> Claim:
        return _claim(derivation, lhs, relation, rhs)

    made: dict[tuple[int, Content, Relation, Content], Claim] = {}

    def _claim(within: Derivation, lhs: Content, relation: Relation, rhs: Content) -> Claim:
        key = id(within), lhs, relation, rhs
        if key not in made:
            line = Line(rhs, "", step.tag, step.line.place)
            name = f"{derivation.id}:{step.tag}"
            made[key] = desk.make_claim(name, lhs, relation, Step(line, relation), within, kept)
        return made[key]

    elsewhere = []
    for other in desk.others:
        if other is not derivation and other.start is not None and other.place.file == derivation.place.file:
            both = _with_givens_of(derivation, other)
            elsewhere.append(
                Elsewhere(
                    f"{other.id} {other.start.tag}",
                    other.start.content,
                    lambda lhs, relation, rhs, both=both: _claim(both, lhs, relation, rhs),  # type: ignore[misc]  # default argument binds both
                    other.start.latex,
                )
            )
    case = Case(
        previous,
        step.relation,
        step.line.content,
        claim,
        desk.settle,
        desk.prove,
        lines=_beside(derivation, step),
        elsewhere=tuple(elsewhere),
        before=so_far[-1].diagnoses if so_far and derivation.start else (),
        scope=result.judgement.scope,
        latex=result.latex,
        written=_written(derivation, step),
        alone=step.alone_lhs is not None,
        seed=desk.seed,
        said=desk.said,
    )
    own = tuple(_says(step.line, step.alone_lhs, step.relation))
    beyond = ((place.latex, place.content) for place in elsewhere if isinstance(place.content, Expr))
    with in_the_hand_of((*own, *case.written, *beyond)):
        return diagnose(case)


def _beside(derivation: Derivation, step: Step) -> tuple[Content, ...]:
    """The other lines of the derivation: those that follow, the first, those before."""
    at = derivation.steps.index(step)
    after = [s.line.content for s in derivation.steps[at + 1 :]]
    before = [s.line.content for s in derivation.steps[: max(0, at - 1)]]
    first = [derivation.start.content] if derivation.start and at else []
    return (*after, *first, *before) if derivation.start else ()


def _written(derivation: Derivation, step: Step) -> tuple[tuple[str, Expr], ...]:
    """The lines of the derivation as its author wrote them, those nearest the step first."""
    here = derivation.steps.index(step)
    others = sorted((at for at in range(len(derivation.steps)) if at != here), key=lambda at: abs(at - here))
    written = [tuple(_says(s.line, s.alone_lhs, s.relation)) for s in (derivation.steps[at] for at in others)]
    if derivation.start:
        written.insert(min(len(written), 2 * here), tuple(_says(derivation.start, None, Relation.EQ)))
    return tuple(pair for pairs in written for pair in pairs)


def _says(line: Line, alone: Content | None, relation: Relation) -> Iterator[tuple[str, Expr]]:
    """What a line says of which expressions, as its author wrote them; ``alone`` is a left side of its own."""
    if not line.latex:
        return
    if isinstance(line.content, Expr):
        yield line.latex, line.content
        if isinstance(alone, Expr):
            yield from islice(said(line.latex, None, Rel(relation, alone, line.content)), 1)
    else:
        yield from said(line.latex, alone, line.content)


def _with_givens_of(derivation: Derivation, other: Derivation) -> Derivation:
    symbols = tuple(dict.fromkeys((*derivation.givens.symbols, *other.givens.symbols)))
    constraints = tuple(dict.fromkeys((*derivation.givens.constraints, *other.givens.constraints)))
    return Derivation(
        derivation.id,
        derivation.title,
        derivation.source,
        derivation.start,
        derivation.steps,
        Givens(symbols, constraints),
        derivation.remarks,
        derivation.place,
    )


_TAKEN_BACK = {
    "missing-factor": "Puts back the factor that {} had lost.",
    "extra-factor": "Drops again the factor that {} had too many.",
    "chain-rule": "Puts the chain rule right, which {} had wrong.",
    "missing-term": "Puts back the term that {} had lost.",
    "extra-term": "Drops again the term that {} had too many.",
    "missing-delta": "Puts back the Kronecker delta that {} had lost.",
    "extra-delta": "Drops again the Kronecker delta that {} had too many.",
    "lost-function": "Puts back the function that {} had lost.",
    "lost-sum": "Puts back the sum that {} had lost.",
}


def taken_back(result: StepResult, so_far: Sequence[StepResult]) -> Diagnosis | None:
    """What a line does that does not follow and is right: it undoes the slips since the chain has been off.

    There may be none: ``x² > 4 ⇒ x > 2`` is a slip of its own where the first line has been x > 2.
    """
    tags = [step.tag for step in so_far]
    since = so_far[tags.index(result.since) :] if result.since in tags else []
    slips = [(step.tag, diagnosis) for step in since for diagnosis in step.diagnoses]
    own = [step.tag for step in since if step.standing is Standing.OWN_SLIP]
    if len(slips) == 1 and len(own) == 1:
        tag, slip = slips[0]
        if slip.code == "sign":
            words = (
                "Drops again the minus that {} had too many."
                if "too many" in slip.sentence
                else (
                    "Puts back the minus that {} had lost."
                    if "lost" in slip.sentence
                    else "Puts the sign right that was wrong in {}."
                )
            )
        else:
            words = _TAKEN_BACK.get(slip.code, "Takes back the slip of {}.")
        return Diagnosis("cancels", words.format(tag))
    if not own:
        return None
    many = len(own) > 1 or len(slips) > 1
    return Diagnosis("cancels", f"Takes back the slip{'s' if many else ''} of {' and '.join(own)}.")
