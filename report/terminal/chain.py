"""A derivation on a page: one line per step, read at one glance, the way a teacher marks in the margin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from report.formulas import marking, unicode
from report.terminal.layout import padded, spaces, wrap
from report.terminal.page import Page
from report.words import story
from report.words.headline import Tone, headline
from report.words.story import Note
from report.words.tale import tale
from verify.frozen import dataclass
from verify.model import DerivationResult, Standing, StepResult, Verdict

VERDICT_STYLES = {
    Verdict.PROVED: "green",
    Verdict.SUPPORTED: "cyan",
    Verdict.REFUTED: "bold red",
    Verdict.UNDECIDED: "yellow",
    Verdict.VACUOUS: "bold magenta",
    Verdict.CONFLICT: "bold white on red",
}
_TONE_STYLES = {
    Tone.GOOD: "green",
    Tone.MENDED: "yellow",
    Tone.WRONG: "bold red",
    Tone.OPEN: "yellow",
    Tone.ALARM: "bold white on red",
}
_NOTE_STYLES = {"diagnosis": "bold", "erratum": "dim", "alarm": "bold red", "stale": "bold yellow"}
_STANDING_STYLES = {Standing.OWN_SLIP: "red", Standing.CARRIED: "magenta", Standing.CANCELS: "yellow"}
_COLUMNS_FROM = 72  # below this width a step's verdict goes beneath its line


@dataclass(frozen=True)
class _Row:
    """One step made ready: its margin, its mathematics and its marks."""

    margin: Text
    line: Text
    verdict: Text
    remark: Text
    notes: tuple[Note, ...]
    slip: bool = False
    lowered: bool = True  # whether the lines lower letters


class ChainPage(Page):
    """Lays derivations out."""

    def derivation(self, derivation: DerivationResult) -> Iterator[Text]:
        """Its name, what has gone wrong, its steps."""
        yield from self.header(derivation)
        yield from self.tale(derivation)
        yield from self.table(self.rows(derivation))

    def header(self, derivation: DerivationResult) -> Iterator[Text]:
        """Its id, title and source, and beside them how it stands."""
        name = self.text(derivation.id, "bold")
        for part in (derivation.title, derivation.source):
            if part:
                name += self.divider + self.text(part)
        found = headline(derivation)
        told = self.text(found.text, _TONE_STYLES[found.tone])
        gap = self.width - cell_len(name.plain) - cell_len(told.plain)
        if gap >= 3:
            yield name + spaces(gap) + told
        else:
            yield from self.hanging(Text(), name, 2)
            yield from self.hanging(spaces(2), told, 4)

    def tale(self, derivation: DerivationResult) -> Iterator[Text]:
        """What has gone wrong along the chain, in a sentence."""
        if told := tale(derivation):
            yield from self.hanging(spaces(2), self.text(unicode.prose(told), "italic"), 2)

    def rows(self, derivation: DerivationResult) -> list[_Row]:
        """The start line (with no verdict) and the steps; their subscripts are written alike."""
        start, steps = derivation.start, derivation.steps
        sources = [start.latex or start.expression] if start else []
        written = unicode.texts([*sources, *map(marking.line, steps)])
        lowered = not any("_" in line for line in written)
        lines = [self.marked(line) for line in written]
        rows = []
        if start:
            rows.append(_Row(spaces(4) + self.text(start.tag), spaces(2) + lines.pop(0), Text(), Text(), ()))
        for step, line in zip(steps, lines, strict=True):
            style = VERDICT_STYLES[step.verdict]
            mark = padded(self.text(story.MARKS[step.verdict], style), 2)
            relation = self.text(story.relation(step)) + spaces(1) if start else Text()
            rows.append(
                _Row(
                    margin=spaces(1) + mark + spaces(1) + self.text(step.tag),
                    line=relation + line,
                    verdict=self.text(step.verdict.value, style),
                    remark=self.remark(step),
                    notes=story.notes(derivation, step),
                    slip=step.standing is Standing.OWN_SLIP,
                    lowered=lowered,
                )
            )
        return rows

    def remark(self, step: StepResult) -> Text:
        """What is said beside the verdict: the standing, and for what it holds."""
        standing = self.text(story.standing(step), _STANDING_STYLES.get(step.standing, ""))
        scope = self.text(story.scope(step), "dim")
        return self.divider.join(part for part in (standing, scope) if part.plain)

    def table(self, rows: Sequence[_Row]) -> Iterator[Text]:
        """Rows in columns, their notes beneath."""
        lead = min(_widest(row.margin for row in rows), max(10, self.width // 4)) + 1
        verdict, remark = _widest(row.verdict for row in rows), _widest(row.remark for row in rows)
        spare = self.width - lead - verdict - _widest(row.line for row in rows) - 4  # what the lines leave free
        remark = min(remark, max(16, self.width // 4, spare))
        line = min(_widest(row.line for row in rows), self.width - lead - verdict - remark - 4)
        for row in rows:
            if self.width >= _COLUMNS_FROM and row.verdict.plain:
                yield from self.side_by_side(row, lead, line, verdict, remark)
            else:
                yield from self.stacked(row, lead)
            for note in row.notes:
                if note.kind == "chain" and row.slip:
                    continue  # the story above tells it
                words = self.text(_said(note, row.lowered), _NOTE_STYLES.get(note.kind, ""))
                yield from self.hanging(spaces(lead + 2), words, lead + 4)

    def side_by_side(self, row: _Row, lead: int, line: int, verdict: int, remark: int) -> Iterator[Text]:
        """A row in columns of these widths."""
        if cell_len(row.margin.plain) >= lead:  # a tag too long for the margin has a line of its own
            yield from wrap(row.margin, self.width, 4)
            row = replace(row, margin=Text())
        columns = zip_longest([row.margin], wrap(row.line, line, 4), [row.verdict], wrap(row.remark, max(1, remark)))
        for cells in columns:
            margin, mathematics, word, said = (cell or Text() for cell in cells)
            yield padded(margin, lead) + padded(mathematics, line + 2) + padded(word, verdict + 2) + said

    def stacked(self, row: _Row, lead: int) -> Iterator[Text]:
        """A row whose verdict stands beneath its line."""
        margin = padded(row.margin, lead)
        if cell_len(margin.plain) > lead:
            yield from wrap(margin, self.width, 4)
            margin = spaces(lead)
        yield from self.hanging(margin, row.line, lead + 4)
        if row.verdict.plain:
            yield from self.hanging(spaces(lead + 2), row.verdict + spaces(2) + row.remark, lead + 4)


def _widest(texts: Iterable[Text]) -> int:
    return max((cell_len(text.plain) for text in texts), default=0)


def _said(note: Note, lowered: bool) -> str:
    words = unicode.prose(note.text, lowered) if note.formulas else note.text
    return f"{words}: {unicode.text(note.latex, lowered)}" if note.latex else words
