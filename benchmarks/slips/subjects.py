"""The steps on which slips are made: those of derivations and the claims of corpora."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sympy import Expr

from benchmarks.corpora import Labelled
from verify import collect, engine
from verify.model import Claim, Derivation, Givens, Line, Relation, Step
from verify.occurs import free_symbols
from verify.read import ReadError
from verify.read.claims import claim as read_claim
from verify.read.claims import record
from verify.terms import Content, is_proposition

NOTES = "derivations"
"""The source whose steps are as their author wrote them, slips and all; those of the others are true."""

ClaimOf = Callable[[Content, Relation, Content], Claim]


@dataclass(frozen=True)
class Subject:
    """A step: from where, its two sides, the lines beside it, and how a claim is made of two sides in its place."""

    source: str
    id: str
    lhs: Content
    relation: Relation
    rhs: Content
    lines: tuple[Content, ...]
    claim: ClaimOf

    @property
    def beside(self) -> tuple[Expr, ...]:
        """The expressions from which the material of slips is taken."""
        return (self.lhs,) if isinstance(self.lhs, Expr) else ()


def of_derivations(source: str, paths: Sequence[Path]) -> list[Subject]:
    """The steps of all derivations in some files."""
    derivations, _ = collect.collect(paths)
    return [subject for derivation in derivations for subject in _steps(source, derivation)]


def _steps(source: str, derivation: Derivation) -> Iterator[Subject]:
    lines: dict[str, Content] = {derivation.start.tag: derivation.start.content} if derivation.start else {}
    previous = derivation.start.content if derivation.start else None
    for number, step in enumerate(derivation.steps):
        lhs = step.alone_lhs if step.alone_lhs is not None else previous
        assert lhs is not None
        yield Subject(
            source,
            f"{derivation.id}:{step.tag}",
            lhs,
            step.relation,
            step.line.content,
            _beside(derivation, number),
            _claims_of(derivation, step, lines),
        )
        lines[step.tag] = previous = step.line.content


def _claims_of(derivation: Derivation, step: Step, lines: dict[str, Content]) -> ClaimOf:
    kept = tuple(line for tag in step.keeps if (line := lines.get(tag)) is not None and is_proposition(line))

    def claim(lhs: Content, relation: Relation, rhs: Content) -> Claim:
        other = Step(Line(rhs, "", step.tag, step.line.place), relation)
        return engine.make_claim(f"{derivation.id}:{step.tag}", lhs, relation, other, derivation, kept)

    return claim


def _beside(derivation: Derivation, number: int) -> tuple[Content, ...]:
    """The other lines of a chain, as the program itself looks at them: those after, the first, those before."""
    if derivation.start is None:
        return ()
    steps = [step.line.content for step in derivation.steps]
    return (*steps[number + 1 :], *([derivation.start.content] if number else []), *steps[: max(0, number - 1)])


def of_corpus(claims: Sequence[Labelled]) -> list[Subject]:
    """The claims of corpora that their source calls true and that can be read."""
    found = []
    for labelled in claims:
        if labelled.truth is True:
            try:
                given = read_claim(record(labelled.line))
            except ReadError:
                continue
            found.append(_subject(labelled.corpus, given))
    return found


def _subject(corpus: str, given: Claim) -> Subject:
    def claim(lhs: Content, relation: Relation, rhs: Content) -> Claim:
        used = set(free_symbols((lhs, rhs, given.givens.constraints)))
        symbols = tuple(s for s in given.givens.symbols if s in used)
        return Claim(given.id, lhs, relation, rhs, Givens(symbols, given.givens.constraints))

    return Subject(corpus, given.id, given.lhs, given.relation, given.rhs, (), claim)
