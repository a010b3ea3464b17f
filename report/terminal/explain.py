"""Why a step has its verdict, on a terminal: what each check found, what a proof rests on, a witness to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from report import glyphs
from report.terminal.chain import VERDICT_STYLES, ChainPage
from report.terminal.layout import spaces
from report.terminal.screen import Terminal
from report.text import fit_encoding
from report.words import story, tally
from verify.model import DerivationResult, Evidence, Judgement, ProofRecord, Verdict, Witness

NARROWEST = 40
CANONICAL = "canonical form"


def step(
    derivation: DerivationResult,
    tag: str,
    *,
    width: int | None = None,
    color: bool | None = None,
    encoding: str | None = None,
) -> str:
    """Everything that is known of one step.

    Raises:
        KeyError: the derivation has no step of that tag.
    """
    at = next((at for at, found in enumerate(derivation.steps) if found.tag == tag), None)
    if at is None:
        raise KeyError(tag)
    terminal = Terminal.of(width, encoding, color, narrowest=NARROWEST)
    return terminal.printed(_Explanation(terminal.width, terminal.encoding).step(derivation, at))


def chain(
    derivation: DerivationResult, *, width: int | None = None, color: bool | None = None, encoding: str | None = None
) -> str:
    """A whole derivation, and the names by which its steps are explained."""
    terminal = Terminal.of(width, encoding, color, narrowest=NARROWEST)
    return terminal.printed(_Explanation(terminal.width, terminal.encoding).chain(derivation))


class _Explanation(ChainPage):
    """Sections with a heading each, indented; whatever is pasted elsewhere stands on lines of its own."""

    def chain(self, derivation: DerivationResult) -> Iterator[Text]:
        yield from self.derivation(derivation)
        yield from self.section("Given", story.givens(derivation))
        yield from self.section("Remarks", derivation.remarks)
        yield Text()
        for found in derivation.steps:
            yield from self.hanging(Text(), self.text(tally.command(derivation, found), "dim"), 2)

    def step(self, derivation: DerivationResult, at: int) -> Iterator[Text]:
        found = derivation.steps[at]
        yield from self.header(derivation)
        yield from self.tale(derivation)
        yield from self.hanging(spaces(2), self.text(f"{derivation.file}:{found.line}", "dim"), 4)
        yield Text()
        first = at + (derivation.start is not None)
        yield from self.table(self.rows(derivation)[max(0, first - 1) if derivation.start else first : first + 1])
        yield from self.section("Given", story.givens(derivation))
        yield from self.section("Reason given", [found.justification])
        yield from self.section("Claim", story.claim(found))
        if found.judgement.witness is not None:
            yield from self.witness(found.judgement.witness)
        yield from self.judgement("What the checks say", found.judgement, found.judgement.witness)
        if derivation.start is not None and found.from_start not in (None, found.judgement):
            assert found.from_start is not None
            yield from self.judgement(f"Against the first line, {derivation.start.tag}", found.from_start)
        codes = list(dict.fromkeys(diagnosis.code for diagnosis in found.diagnoses))
        yield from self.section("More on such slips", [f"{tally.COMMAND} {code}" for code in codes])

    def section(self, title: str, lines: Sequence[str], indent: int = 2) -> Iterator[Text]:
        """A heading and some lines; nothing where there are none."""
        lines = [line for line in lines if line]
        if lines:
            if indent == 2:
                yield Text()
            yield spaces(indent - 2) + self.text(title, "bold" if indent == 2 else "dim")
            for line in lines:
                yield from self.hanging(spaces(indent), self.text(line), indent + 4)

    def judgement(self, title: str, judgement: Judgement, told: Witness | None = None) -> Iterator[Text]:
        """What each check found; ``told`` is the witness that has been shown already."""
        yield Text()
        verdict = self.text(judgement.verdict.value, VERDICT_STYLES[judgement.verdict])
        yield from self.hanging(Text(), self.text(f"{title}:", "bold") + spaces(1) + verdict, 2)
        if not judgement.evidence:
            yield from self.hanging(spaces(2), self.text(judgement.reason or "no check has spoken"), 4)
        for evidence in judgement.evidence:
            yield from self.evidence(evidence, told)

    def evidence(self, evidence: Evidence, told: Witness | None) -> Iterator[Text]:
        """One check; ``told`` is the witness that has been shown already."""
        style = VERDICT_STYLES[evidence.verdict]
        head = self.text(story.MARKS[evidence.verdict], style) + spaces(1) + self.text(evidence.check, "bold")
        head += spaces(2) + self.text(evidence.verdict.value, style) + spaces(2)
        head += self.text(f"{evidence.seconds:.3f} s", "dim")
        yield from self.hanging(spaces(2), head, 6)
        detail = "" if evidence.proofs and evidence.check == CANONICAL else evidence.detail  # the proof says more
        witness = story.witness(evidence.witness) if evidence.witness != told else ""
        scope = (
            f"holds for {evidence.scope}" if evidence.scope and evidence.verdict is Verdict.PROVED else evidence.scope
        )
        told_of = {
            *evidence.scope.split("; "),
            *(condition for proof in evidence.proofs for condition in proof.conditions),
        }
        further = [condition for condition in evidence.conditions if condition not in told_of]
        taken = f"taken as true: {', '.join(further)}" if further else ""
        for line in (detail, witness, scope, taken):
            if line:
                yield from self.hanging(spaces(4), self.text(glyphs.letters(line)), 6)
        for inference in evidence.inferences:
            source = f" ({inference.source})" if inference.source else ""
            yield from self.section("by the rule:", [f"{inference.rule}{source}"], 6)
            yield from self.section("since:", [glyphs.letters(premise) for premise in inference.premises], 6)
        for proof in evidence.proofs:
            yield from self.proof(proof)

    def proof(self, proof: ProofRecord) -> Iterator[Text]:
        """An equality, the field that shows it, and where it holds."""
        for title, lines in (
            ("equal:", [proof.lhs, f"= {proof.rhs}"]),
            ("both are rational in:", proof.kernels),
            ("with the relations and rules:", proof.relations),
            ("defined where:", proof.conditions),
            ("and have the common canonical form:", [proof.canonical]),
        ):
            yield from self.section(title, list(map(glyphs.letters, lines)), 6)

    def witness(self, witness: Witness) -> Iterator[Text]:
        """The point, the values there, and a program that shows them."""
        point = [glyphs.letters(f"{name} = {glyphs.value(value)}") for name, value in witness.point.items()]
        sides = [
            f"{side} {glyphs.value(value)}"
            for side, value in (("left side: ", witness.lhs), ("right side:", witness.rhs))
        ]
        yield from self.section("Counterexample", [*point, *sides, witness.note])
        if witness.python:
            yield Text()
            words = self.text("To see it for yourself, in Python with mpmath (which comes with SymPy):", "bold")
            yield from self.hanging(Text(), words, 2)
            yield Text()
            for line in witness.python.split("\n"):  # our own text; a line that is broken would not run
                yield Text(fit_encoding(line, self.encoding))
