"""The run as one HTML file that needs nothing else: no network, no script, no fonts.

Mathematics is MathML. What one may want to look up (the evidence) is folded away, what has to be mended is not. It
carries no times, so that the same derivations give the same page.
"""

from __future__ import annotations

from collections.abc import Iterator

from report import glyphs
from report.formulas import marking
from report.html.style import STYLE
from report.html.text import code, line, plain_math, prose, text
from report.places import place
from report.words import story, tally
from report.words.headline import Tone, headline
from report.words.tale import tale
from verify.model import DerivationResult, Judgement, Run, StepResult, Verdict

_TITLE = "Derivations, checked"
_TONES = {Tone.GOOD: "good", Tone.MENDED: "mended", Tone.WRONG: "off", Tone.OPEN: "open", Tone.ALARM: "alarm"}
_HEAD = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_TITLE}</title>
<style>{STYLE}</style>
</head>
<body>"""


def render(run: Run) -> str:
    """The report as a complete page."""
    lines = [_HEAD, *_summary(run), *_to_mend(run), *_overview(run)]
    for derivation in run.derivations:
        lines += _derivation(derivation)
    lines += [f'<footer class="quiet">{text(run.program)}, seed {run.seed}</footer>', "</body>", "</html>"]
    return "\n".join(lines) + "\n"


def _tone(verdict: Verdict) -> str:
    return verdict.value.lower()


def _tones(step: StepResult) -> str:
    """A step's classes: a line that is right again is marked more mildly, one that carries a slip along less gladly."""
    return f"{_tone(step.verdict)} {step.standing.value.replace(' ', '-')}"


# -- what to act on ------------------------------------------------------------------------------------------


def _summary(run: Run) -> Iterator[str]:
    yield f"<header><h1>{_TITLE}</h1>"
    yield f'<p class="counts">{text(tally.summary(run, seconds=False))}</p>'
    counts = [(verdict, run.count(verdict)) for verdict in Verdict if run.count(verdict)]
    if counts:
        spans = "".join(f'<span class="{_tone(verdict)}" style="flex:{number}"></span>' for verdict, number in counts)
        yield f'<div class="bar" aria-hidden="true">{spans}</div>'
    yield "</header>"


def _to_mend(run: Run) -> Iterator[str]:
    """What has to be looked at, the most urgent first, each with what it should have been."""
    tasks = tally.tasks(run)
    yield "<h2>What to mend</h2>"
    if run.errors:
        yield '<p><b>Could not be loaded</b></p><ul class="tasks">'
        for error in run.errors:
            yield f"<li>{code(tally.place(error))}<p>{text(error.message)}</p></li>"
        yield "</ul>"
    if not run.errors and not tasks:
        yield f"<p>{'Nothing.' if run.steps else 'There was nothing to check.'}</p>"
    for title, found in tasks:
        known = " known" if all(step.acknowledged for _, step in found) else ""
        yield f'<p><b>{text(title)}</b></p><ul class="tasks{known}">'
        for derivation, step in found:
            yield from _task(derivation, step)
        yield "</ul>"


def _task(derivation: DerivationResult, step: StepResult) -> Iterator[str]:
    name = text(f"{derivation.id} {step.tag}")
    where = code(f"{derivation.file}:{step.line}", "quiet")
    yield f'<li><div class="where"><a href="#{place(derivation, step)}">{name}</a> {where}</div>'
    if note := story.gist(derivation, step):
        yield _note(note)
    if repair := story.repair(derivation, step):
        yield _repair(repair)
    yield "</li>"


def _overview(run: Run) -> Iterator[str]:
    """How the derivations fared, with one mark a step."""
    if not run.derivations:
        return
    yield '<h2>Derivations</h2><table class="overview"><tbody>'
    for derivation in run.derivations:
        found = headline(derivation)
        marks = "".join(
            f'<a class="{_tones(step)}" href="#{place(derivation, step)}" title="{text(step.tag)}">'
            f"{story.MARKS[step.verdict]}</a>"
            for step in derivation.steps
        )
        yield f'<tr><td><a href="#{place(derivation)}">{text(derivation.id)}</a></td>'
        yield f'<td class="{_TONES[found.tone]}"><span class="toned">{text(found.text)}</span></td>'
        yield f'<td class="marks">{marks}</td></tr>'
    yield "</tbody></table>"
    yield from _legend(run)


def _legend(run: Run) -> Iterator[str]:
    """What the marks and the words mean, as far as they occur."""
    yield '<div class="legend">'
    for verdict in Verdict:
        if run.count(verdict):
            yield f"<span>{_mark(verdict)} {text(story.MEANINGS[verdict])}</span>"
    for word, meaning in story.standings(run.steps):
        yield f"<span><b>{text(word)}</b>: {text(meaning)}</span>"
    yield "</div>"


# -- the derivations -----------------------------------------------------------------------------------------


def _derivation(derivation: DerivationResult) -> Iterator[str]:
    found = headline(derivation)
    yield f'<section id="{place(derivation)}"><h3 dir="auto">{text(derivation.title or derivation.id)}</h3>'
    about = (code(derivation.id), text(derivation.source), code(f"{derivation.file}:{derivation.line}"))
    yield f'<div class="about">{" · ".join(part for part in about if part)}</div>'
    yield f'<p class="headline {_TONES[found.tone]}">{text(found.text)}</p>'
    if told := tale(derivation):
        yield f"<p>{prose(told)}</p>"
    if derivation.givens:
        given = (prose(g) if "$" in g else plain_math(g) for g in story.typeset_givens(derivation))
        yield f'<p class="quiet">Given: {"; ".join(given)}.</p>'
    yield '<div class="steps">'
    if derivation.start:
        latex = derivation.start.latex or derivation.start.expression
        cells = f'<span class="mark blank"></span><span class="tag">{text(derivation.start.tag)}</span>'
        yield f'<div class="row">{cells}<div class="line">{line(latex)}</div></div>'
    for step in derivation.steps:
        yield from _step(derivation, step)
    yield "</div>"
    for remark in derivation.remarks:
        yield f'<p dir="auto">{text(remark)}</p>'
    yield "</section>"


def _step(derivation: DerivationResult, step: StepResult) -> Iterator[str]:
    """A step: one that holds is a line, whose evidence unfolds; any other has a box beneath it."""
    boxed = not step.verdict.holds or step.stale_erratum
    row = _row(derivation, step, more=not boxed)
    id, tone = place(derivation, step), _tones(step)
    if not boxed:
        yield f'<details class="{tone}" id="{id}"><summary class="row">{row}</summary>'
        yield from (*_evidence(derivation, step), "</details>")
        return
    yield f'<div class="failed {tone}" id="{id}"><div class="row">{row}</div><div class="box">'
    for note in story.notes(derivation, step):
        yield _note(note)
    yield from ("<details><summary>Evidence</summary>", *_evidence(derivation, step), "</details></div></div>")


def _row(derivation: DerivationResult, step: StepResult, *, more: bool) -> str:
    relation = story.typeset_relation(step) if derivation.start else ""
    verdict = step.verdict.value
    said = story.verdict_line(step).removeprefix(verdict).strip()
    reason = f'<span class="reason">{plain_math(step.justification)}</span>' if step.justification else ""
    return (
        f'<span class="mark">{story.MARKS[step.verdict]}</span><span class="tag">{text(step.tag)}</span>'
        f'<div class="line">{line(marking.line(step), relation)}{reason}</div>'
        f'<div class="verdict{" more" if more else ""}"><b>{verdict}</b> {plain_math(said)}</div>'
    )


def _note(note: story.Note) -> str:
    if note.kind == "repair":
        return _repair(note)
    if note.kind == "witness":
        return f'<p><span class="label">Counterexample</span> {plain_math(note.text)}</p>'
    if note.kind == "diagnosis":
        return f'<p class="diagnosis">{prose(note.sentence)} <code class="kind">{text(note.code)}</code></p>'
    return f'<p class="{note.kind}">{_words(note, note.sentence)}</p>'


def _repair(note: story.Note) -> str:
    formula = f'<div class="line">{line(note.latex)}</div>' if note.latex else ""
    return f'<div class="repair"><span class="label">{text(note.sentence)}</span>{formula}</div>'


def _words(note: story.Note, words: str) -> str:
    return prose(words) if note.formulas else plain_math(words)


# -- the evidence --------------------------------------------------------------------------------------------


def _evidence(derivation: DerivationResult, step: StepResult) -> Iterator[str]:
    """What each check found, for whoever doubts, and how to see more."""
    yield '<div class="evidence">'
    if step.lhs or step.rhs:
        yield f"<div>Read as {code(' '.join(story.claim(step)))}</div>"
    yield from ("<ul>", *_findings(step.judgement))
    if derivation.start and step.from_start and step.from_start != step.judgement:
        yield from _findings(step.from_start, f"against the first line, {text(derivation.start.tag)}: ")
    yield "</ul>"
    yield f"<div>More: {code(tally.command(derivation, step))}</div></div>"


def _findings(judgement: Judgement, about: str = "") -> Iterator[str]:
    for evidence in judgement.evidence:
        taken = f"taken as true: {', '.join(evidence.conditions)}" if evidence.conditions else ""
        parts = (evidence.detail, story.witness(evidence.witness), evidence.scope, taken)
        words = text(glyphs.letters("; ".join(part for part in parts if part)))
        yield f"<li>{_mark(evidence.verdict)} {about}<b>{text(evidence.check)}</b>: {words}</li>"
    if not judgement.evidence:
        yield f"<li>{_mark(judgement.verdict)} {about}{text(judgement.reason or 'no check has spoken')}</li>"


def _mark(verdict: Verdict) -> str:
    return f'<span class="{_tone(verdict)} toned">{story.MARKS[verdict]}</span>'
