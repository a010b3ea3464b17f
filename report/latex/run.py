"""The run as a LaTeX document of its own: summary, what to mend, the derivations as printed, the evidence.

Foreign text is escaped by :mod:`report.latex.text`; foreign mathematics is written anew from known macros by
:mod:`report.formulas.emit`, or shown verbatim. Nothing of the author's reaches TeX in any other way.
"""

from __future__ import annotations

from collections.abc import Iterator

from report import glyphs
from report.formulas import marking, unicode
from report.formulas.emit import BREAKABLE, emit, problem
from report.latex.style import PREAMBLE
from report.latex.text import code, escape, plain_math
from report.words import story, tally
from report.words.headline import headline
from report.words.tale import tale
from verify.model import DerivationResult, Judgement, Run, StepResult, Verdict

_DOT = r" \textperiodcentered{} "
_MARKS = {
    Verdict.PROVED: r"\ding{51}", Verdict.SUPPORTED: r"$\approx$", Verdict.REFUTED: r"\ding{55}",
    Verdict.UNDECIDED: r"\textbf{?}", Verdict.VACUOUS: r"$\varnothing$", Verdict.CONFLICT: r"\textbf{!!}",
}  # fmt: skip


def render(run: Run) -> str:
    """A complete document for pdfLaTeX."""
    lines = [PREAMBLE, r"\begin{document}", r"{\LARGE Derivations, checked}\par\medskip"]
    lines += [rf"\quiet{{{escape(run.program)}, seed {run.seed}}}\par", escape(tally.summary(run)) + r"\par", ""]
    lines += [*_to_mend(run), *_overview(run)]
    for derivation in run.derivations:
        lines += _derivation(derivation)
    if run.steps:
        lines += [r"\appendix", r"\section*{Evidence}", "What each check found, step by step, for whoever doubts.", ""]
        for derivation in run.derivations:
            lines += _evidence(derivation)
    return "\n".join([*lines, r"\end{document}"]) + "\n"


def _mark(verdict: Verdict) -> str:
    return rf"\mk{{{verdict.value.lower()}}}{{{_MARKS[verdict]}}}"


# -- what to act on ------------------------------------------------------------------------------------------


def _overview(run: Run) -> Iterator[str]:
    if not run.derivations:
        return
    yield r"\section*{Derivations}"
    shown = [verdict for verdict in Verdict if run.count(verdict)]
    room = 0.87 - 0.057 * len(shown)  # what the columns of numbers leave
    columns = rf">{{\raggedright\arraybackslash}}p{{{room * 0.5:.3f}\linewidth}}" * 2 + "r" * (1 + len(shown))
    yield rf"\begin{{longtable}}{{@{{\extracolsep{{\fill}}}}{columns}@{{}}}}\toprule"
    yield " & ".join(
        ["derivation", "finding", "steps", *(rf"\textcolor{{{v.value.lower()}}}{{{_MARKS[v]}}}" for v in shown)]
    )
    yield r"\\\midrule\endhead"
    for derivation in run.derivations:
        numbers = [sum(step.verdict is verdict for step in derivation.steps) for verdict in shown]
        told = [str(number) if number else r"\textperiodcentered" for number in numbers]
        name = rf"\hyperlink{{{_place(derivation)}}}{{{escape(derivation.id)}}}"
        yield " & ".join([name, escape(headline(derivation).text), str(len(derivation.steps)), *told]) + r"\\"
    totals = [str(len(run.steps)), *(str(run.count(verdict)) for verdict in shown)]
    yield r"\midrule " + " & ".join(["all", "", *totals]) + r"\\\bottomrule\end{longtable}"
    meanings = [f"{_mark(verdict)}{escape(story.MEANINGS[verdict])}" for verdict in shown]
    meanings += [rf"\textit{{{escape(word)}}}: {escape(meaning)}" for word, meaning in story.standings(run.steps)]
    legend = " \\quad ".join(rf"\mbox{{{meaning}}}" for meaning in meanings)
    yield from (rf"{{\small\raggedright {legend}\par}}", "")


def _to_mend(run: Run) -> Iterator[str]:
    yield r"\section*{What to mend}"
    tasks = tally.tasks(run)
    if run.errors:
        yield r"\textbf{Could not be loaded}\begin{points}"
        for error in run.errors:
            yield rf"\item {code(tally.place(error))}: {escape(error.message)}"
        yield from (r"\end{points}", "")
    if not run.errors and not tasks:
        yield from ("Nothing." if run.steps else "There was nothing to check.", "")
    for title, found in tasks:
        yield rf"\textbf{{{escape(title)}}}\begin{{points}}"
        for derivation, step in found:
            note, repair = story.gist(derivation, step), story.repair(derivation, step)
            where = rf"\hyperlink{{{_place(derivation, step)}}}{{{escape(f'{derivation.id} {step.tag}')}}}"
            yield rf"\item {where} (\quiet{{{code(f'{derivation.file}:{step.line}')}}})"
            yield from (rf"\newline {_said(said)}" for said in (note, repair) if said)
        yield from (r"\end{points}", "")


def _place(derivation: DerivationResult, step: StepResult | None = None) -> str:
    name = f"{derivation.id} {step.tag}" if step else derivation.id
    return "".join(char if char.isascii() and char.isalnum() else f"-{ord(char):x}-" for char in name)


# -- the derivations -----------------------------------------------------------------------------------------


def _derivation(derivation: DerivationResult) -> Iterator[str]:
    yield r"\needspace{12\baselineskip}"  # a heading is not left alone at the foot of a page
    yield rf"\section*{{\hypertarget{{{_place(derivation)}}}{{{escape(derivation.title or derivation.id)}}}}}"
    about = (code(derivation.id), escape(derivation.source), code(f"{derivation.file}:{derivation.line}"))
    yield rf"{{\raggedright\quiet{{{_DOT.join(part for part in about if part)}}}\par}}"
    yield rf"{{\raggedright\itshape {escape(headline(derivation).text)}\par}}"
    if told := tale(derivation):
        yield rf"{{\raggedright {_prose(told)}\par}}"
    if derivation.givens:
        given = (_prose(g) if "$" in g else plain_math(g) for g in story.typeset_givens(derivation))
        yield rf"{{\raggedright Given: {'; '.join(given)}.\par}}"
    yield from _lines(derivation)
    for step in derivation.steps:
        if not step.verdict.holds or step.stale_erratum:
            yield from _box(derivation, step)
    for remark in derivation.remarks:
        yield from ("", escape(remark), "")


def _lines(derivation: DerivationResult) -> Iterator[str]:
    """The chain as printed, with the notes' own tags; marks in the margin, verdicts at the side."""
    rows = []
    if derivation.start:
        line = _line(derivation.start.latex or derivation.start.expression, "")
        rows.append(rf"\mk{{quiet}}{{}}& {line} \tag{{{_tag(derivation.start.tag)}}}")
    for step in derivation.steps:
        line = _line(marking.line(step), story.typeset_relation(step) if derivation.start else "")
        reason = rf"\\({plain_math(step.justification)})" if step.justification else ""
        said = plain_math(story.verdict_line(step)) + reason
        rows.append(rf"{_mark(step.verdict)}& {line} && \said{{{said}}} \tag{{{_tag(step.tag)}}}")
    if rows:
        yield r"\setlength{\lineroom}{0.56\linewidth}"
        yield from (r"\begin{align*}", "\\\\\n".join(rows), r"\end{align*}")


def _tag(tag: str) -> str:
    return rf"\fittag{{{escape(tag)}}}"


def _line(latex: str, relation: str) -> str:
    """A line no wider than ``\\lineroom``, verbatim and with the reason if it cannot be typeset."""
    written = emit(latex)
    if written is None:
        sign = f"${relation}$ " if relation else ""
        return rf"\rawline{{{sign}{code(latex)} \quiet{{(not typeset: {escape(problem(latex))})}}}}"
    sign = rf"{{}}{relation} " if relation else ""
    return rf"\fitline{{{sign}{written}}}{{{sign}{emit(latex, BREAKABLE)}}}"


def _box(derivation: DerivationResult, step: StepResult) -> Iterator[str]:
    title = f"{_mark(step.verdict)}{escape(step.tag)}{_DOT}{plain_math(story.verdict_line(step))}"
    target = rf"\hypertarget{{{_place(derivation, step)}}}{{}}"
    yield rf"\begin{{marked}}{{{step.verdict.value.lower()}}}{{{target}{title}}}\setlength{{\lineroom}}{{\linewidth}}"
    yield _line(marking.line(step), story.typeset_relation(step) if derivation.start else "")
    yield r"\begin{points}"
    yield from (rf"\item {_said(note)}" for note in story.notes(derivation, step))
    if step.justification:
        yield rf"\item Reason given: {plain_math(step.justification)}"
    yield from (r"\end{points}", r"\end{marked}")


def _said(note: story.Note) -> str:
    """A note as a sentence, with the formula or the code that belongs to it."""
    words = f"Counterexample: {note.text}" if note.kind == "witness" else note.sentence
    formula = f": {_line(note.latex, '')}" if note.latex else ""
    kind = rf" \quiet{{\footnotesize {code(note.code)}}}" if note.code else ""
    return (_prose(words) if note.formulas else plain_math(words)) + formula + kind


def _prose(words: str) -> str:
    """A sentence in which mathematics stands between ``$`` signs; as one-line text where it cannot be typeset."""
    written = ""
    for at, part in enumerate(words.split("$")):
        latex = emit(part) if at % 2 else None
        if latex is not None:
            written += f"${latex}$"
        else:
            inner = escape(unicode.text(part) if at % 2 else part)
            written += " " * part[:1].isspace() + inner + " " * (part[-1:].isspace() and bool(inner))
    return written


# -- the evidence --------------------------------------------------------------------------------------------


def _evidence(derivation: DerivationResult) -> Iterator[str]:
    if derivation.steps:
        yield rf"\subsection*{{{escape(derivation.id)}}}\begin{{points}}\small"
        for step in derivation.steps:
            if not step.verdict.holds and (step.lhs or step.rhs):
                yield rf"\item \textbf{{{escape(step.tag)}}} was read as {code(' '.join(story.claim(step)))}"
            yield from _findings(step.tag, step.judgement)
            if step.from_start and step.from_start != step.judgement:
                yield from _findings(f"{step.tag} against the first line", step.from_start)
        yield from (r"\end{points}", "")


def _findings(name: str, judgement: Judgement) -> Iterator[str]:
    for evidence in judgement.evidence:
        taken = f"taken as true: {', '.join(evidence.conditions)}" if evidence.conditions else ""
        said = (evidence.detail, story.witness(evidence.witness), evidence.scope, taken)
        words = f"{escape(glyphs.letters('; '.join(part for part in said if part)))}; {evidence.seconds:.3f}~s"
        yield rf"\item {_mark(evidence.verdict)}\textbf{{{escape(name)}}}, {escape(evidence.check)}: {words}"
    if not judgement.evidence:
        words = escape(judgement.reason or "no check has spoken")
        yield rf"\item {_mark(judgement.verdict)}\textbf{{{escape(name)}}}: {words}"
