"""The run as Markdown for GitHub: what to do first, then the derivations, then the evidence.

It carries no times and nothing else that changes from run to run, so it can be committed and compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from report import glyphs
from report.formulas import marking
from report.markdown.text import code, inline_math, link, math_block, plain_math, prose, quoted, table, text
from report.places import place
from report.words import story, tally
from report.words.headline import headline
from report.words.tale import tale
from verify.model import DerivationResult, Judgement, Run, StepResult, Verdict


def render(run: Run) -> str:
    """The report as GitHub-flavoured Markdown, ending with a newline."""
    lines = ["# Derivations, checked", "", f"{text(tally.summary(run, seconds=False))}", ""]
    lines += [*_to_mend(run)]
    if run.derivations:
        lines += ["## Derivations", "", *_overview(run)]
        for derivation in run.derivations:
            lines += _derivation(derivation)
        lines += [*_evidence(run)]
    lines += [f"*{text(run.program)}, seed {run.seed}.*"]
    return "\n".join(lines) + "\n"


# -- what to act on ------------------------------------------------------------------------------------------


def _overview(run: Run) -> Iterator[str]:
    """How the derivations fared; columns of verdicts that nobody got are left out."""
    shown = [verdict for verdict in Verdict if run.count(verdict)]
    heads = ["derivation", "finding", "steps", *(story.MARKS[verdict] for verdict in shown)]
    rows = []
    for derivation in run.derivations:
        numbers = [sum(step.verdict is verdict for step in derivation.steps) for verdict in shown]
        name = link(derivation.id, f"#{place(derivation)}")
        rows.append([name, text(headline(derivation).text), str(len(derivation.steps)), *map(_number, numbers)])
    totals = [f"**{number}**" for number in (len(run.steps), *(run.count(verdict) for verdict in shown))]
    yield from table(heads, [*rows, ["**all**", "", *totals]], "ll" + "r" * (1 + len(shown)))
    meanings = [f"{story.MARKS[verdict]} {story.MEANINGS[verdict]}" for verdict in shown]
    meanings += [f"*{word}*: {meaning}" for word, meaning in story.standings(run.steps)]
    yield from (" · ".join(meanings), "")


def _number(number: int) -> str:
    return str(number) if number else "·"


def _to_mend(run: Run) -> Iterator[str]:
    """Lists of links, the most urgent first."""
    tasks = tally.tasks(run)
    yield from ("## What to mend", "")
    if run.errors:
        yield from ("**Could not be loaded**", "")
        for error in run.errors:
            yield f"- {_source(error.file, error.line)}: {text(error.message)}"
        yield ""
    if not run.errors and not tasks:
        yield from ("Nothing." if run.steps else "There was nothing to check.", "")
    for title, found in tasks:
        yield from (f"**{title}**", "")
        for derivation, step in found:
            where = link(f"{derivation.id} {step.tag}", f"#{place(derivation, step)}")
            note = story.gist(derivation, step)
            yield f"- {where} ({_source(derivation.file, step.line)})" + (f"<br>{_said(note)}" if note else "")
            if repair := story.repair(derivation, step):
                yield f"  <br>{_said(repair)}"
        yield ""


def _source(file: str, line: int) -> str:
    return link(f"{file}:{line}", f"{file}#L{line}") if line else link(file, file)


# -- the derivations -----------------------------------------------------------------------------------------


def _derivation(derivation: DerivationResult) -> Iterator[str]:
    yield from (f'<a id="{place(derivation)}"></a>', "", f"### {text(derivation.title or derivation.id)}", "")
    about = [code(derivation.id), text(derivation.source), _source(derivation.file, derivation.line)]
    yield from (" · ".join(part for part in about if part), "", f"**{text(headline(derivation).text)}**", "")
    if told := tale(derivation):
        yield from (prose(told), "")
    if derivation.givens:
        given = (prose(g) if "$" in g else plain_math(g) for g in story.typeset_givens(derivation))
        yield from (f"Given: {'; '.join(given)}.", "")
    rows = []
    if derivation.start:
        rows.append(
            [
                "",
                text(derivation.start.tag),
                "",
                inline_math(derivation.start.latex or derivation.start.expression, cell=True),
            ]
        )
    for step in derivation.steps:
        verdict = story.verdict_line(step)
        word = step.verdict.value
        said = plain_math(verdict.removeprefix(word)).strip()
        told = f"{word} {said}".strip() if step.verdict.holds else f"**{word}** {said}".strip()
        # The marks stand in the margin, before the line: a long line is cut off on its right.
        rows.append([story.MARKS[step.verdict], text(step.tag), told, _line(derivation, step)])
    yield from table(["", "line", "verdict", ""], rows, "cl")
    for step in derivation.steps:
        if not step.verdict.holds or step.stale_erratum:
            yield from (f'<a id="{place(derivation, step)}"></a>', "", *quoted(_box(derivation, step)), "")
    if derivation.remarks:
        for remark in derivation.remarks:
            yield from (text(remark), "")


def _line(derivation: DerivationResult, step: StepResult) -> str:
    relation = story.typeset_relation(step) if derivation.start else ""
    line = inline_math(marking.line(step), relation, cell=True)
    return f"{line} ({plain_math(step.justification)})" if step.justification else line


def _box(derivation: DerivationResult, step: StepResult) -> list[str]:
    """A step in full: the line as printed, the claim, what speaks against it and what follows."""
    relation = story.typeset_relation(step) if derivation.start else ""
    title = story.verdict_line(step)
    lines = [
        f"{story.MARKS[step.verdict]} **{text(step.tag)} · {text(title)}**",
        "",
        *math_block(marking.line(step), relation),
        "",
    ]
    lines += [f"- {_said(note)}" for note in story.notes(derivation, step)]
    if step.justification:
        lines.append(f"- Reason given: {plain_math(step.justification)}")
    return lines


def _said(note: story.Note) -> str:
    """A note as a sentence, with the formula or the code that belongs to it."""
    title = "Counterexample: " if note.kind == "witness" else ""
    words = title + note.text if title else note.sentence
    formula = f": {inline_math(note.latex)}" if note.latex else ""
    kind = f" {code(note.code)}" if note.code else ""
    return (prose(words) if note.formulas else plain_math(words)) + formula + kind


# -- the evidence --------------------------------------------------------------------------------------------


def _evidence(run: Run) -> Iterator[str]:
    yield from ("## Evidence", "", "What each check found, step by step, for whoever doubts.", "")
    for derivation in run.derivations:
        rows = [row for step in derivation.steps for row in _findings(step)]
        if rows:
            yield from ("<details>", f"<summary>{text(derivation.id)}</summary>", "")
            yield from table(["step", "check", "verdict", "detail", "scope", "taken as true"], rows)
            for step in derivation.steps:
                if not step.verdict.holds and (step.lhs or step.rhs):
                    yield f"- {text(step.tag)} was read as {code(' '.join(story.claim(step)))}"
            yield ""
            yield from ("</details>", "")


def _findings(step: StepResult) -> Iterator[list[str]]:
    yield from _rows(text(step.tag), step.judgement)
    if step.from_start and step.from_start != step.judgement:
        yield from _rows(f"{text(step.tag)} against the first line", step.from_start)


def _rows(name: str, judgement: Judgement) -> Iterator[list[str]]:
    for evidence in judgement.evidence:
        detail = "; ".join(part for part in (evidence.detail, story.witness(evidence.witness)) if part)
        conditions = text(glyphs.letters(", ".join(evidence.conditions)))
        scope = text(glyphs.letters(evidence.scope))
        yield [name, text(evidence.check), evidence.verdict.value, text(glyphs.letters(detail)), scope, conditions]
