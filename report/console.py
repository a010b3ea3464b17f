"""The run on a terminal: one line per step, read at one glance, the way a teacher marks in the margin.

Colour only repeats what mark and word already say. All foreign text enters as :class:`rich.text.Text`, never
as markup, so ``[red]`` in a title is just that.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from io import StringIO
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from report import marking, story, tally, unicode
from report.headline import Tone, headline
from report.layout import hanging, padded, spaces, wrap
from report.spacing import WRONG_FROM, WRONG_TO
from report.story import Note
from report.tale import tale
from report.text import clean, fit_encoding
from verify.frozen import dataclass
from verify.model import DerivationResult, Run, Standing, StepResult, Verdict

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
WRONG_STYLE = "underline red"
_MARKS = re.compile(f"[{WRONG_FROM}{WRONG_TO}]")
_COLUMNS_FROM = 72  # below this width a step's verdict goes beneath its line


def render(run: Run, *, width: int | None = None, color: bool | None = None, encoding: str | None = None) -> str:
    """The report as text for a terminal, with colours if ``color`` (by default: if standard output has them)."""
    page = _page(width, encoding)
    return printed(page.lines(run), page.width, wants_color() if color is None else color)


def begin(derivation: DerivationResult) -> None:
    """Lay one derivation out, while others are still being judged; :func:`render` remembers it."""
    _page().begin(derivation)


def _page(width: int | None = None, encoding: str | None = None) -> Page:
    width = width or shutil.get_terminal_size((100, 24)).columns
    return _page_of(max(20, width), encoding or sys.stdout.encoding or "utf-8")


@lru_cache(maxsize=1)
def _page_of(width: int, encoding: str) -> Page:
    return Page(width, encoding)


def wants_color() -> bool:
    """Whether standard output shows colours, and nobody minds them."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def printed(lines: Iterable[Text], width: int, color: bool) -> str:
    """The lines as a terminal takes them."""
    if not color:
        return "".join(f"{part}\n" for line in lines for part in _plain(line))
    from rich.console import Console  # only here: it takes long to import, and a pipe has no colours

    console = Console(
        file=StringIO(), width=width, color_system="standard", force_terminal=True, markup=False, highlight=False,
        emoji=False, legacy_windows=False, soft_wrap=True,
    )  # fmt: skip
    with console.capture() as capture:
        for line in lines:
            line.rstrip()
            console.print(line)
    return capture.get()


def _plain(line: Text) -> Iterator[str]:
    """A line without colours, and what points at its wrong part."""
    line.rstrip()
    yield line.plain
    if carets := _carets(line):
        yield carets


def _carets(line: Text) -> str:
    """What stands beneath a line, where there is no colour, to point at its wrong part."""
    marks = [(span.start, span.end) for span in line.spans if span.style == WRONG_STYLE]
    under = ""
    for start, end in sorted(marks):
        under += " " * (cell_len(line.plain[:start]) - len(under)) + "^" * cell_len(line.plain[start:end])
    return under.rstrip()


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


class Page:
    """Lays a run out on lines no wider than ``width``; every foreign string passes through :meth:`text`."""

    def __init__(self, width: int, encoding: str) -> None:
        self.width = width
        self.encoding = encoding
        self.divider = Text(" · " if fit_encoding("·", encoding) == "·" else " | ")
        self._begun: dict[str, tuple[DerivationResult, tuple[Text, ...]]] = {}

    def text(self, text: str, style: str = "") -> Text:
        """Foreign text made harmless."""
        return Text(fit_encoding(clean(text), self.encoding), style=style)

    def marked(self, line: str) -> Text:
        """A line of mathematics, its wrong parts in the style of one."""
        found = Text()
        for at, part in enumerate(_MARKS.split(clean(line))):
            found += Text(fit_encoding(part, self.encoding), style=WRONG_STYLE if at % 2 else "")
        return found

    def prose(self, text: str, style: str = "") -> Text:
        """A sentence of ours: its ``·`` divides, where in mathematics it multiplies."""
        return self.text(text.replace(" · ", self.divider.plain), style)

    def lines(self, run: Run) -> Iterator[Text]:
        """The whole run."""
        for derivation in run.derivations:
            begun, lines = self._begun.pop(derivation.id, (None, ()))
            yield from lines if begun is derivation else self.derivation(derivation)
            yield Text()
        yield from self.errors(run)
        yield from self.surprises(run)
        yield from self.hanging(Text(), self.prose(tally.summary(run), "bold"), 2)
        if tasks := tally.tasks(run):
            more = f"More about a line: {tally.command(*tasks[0][1][0])}"
            yield from self.hanging(Text(), self.text(more, "dim"), 2)

    def begin(self, derivation: DerivationResult) -> None:
        """Lay a derivation out that will be one of the run's."""
        self._begun[derivation.id] = derivation, tuple(self.derivation(derivation))

    def derivation(self, derivation: DerivationResult) -> Iterator[Text]:
        yield from self.header(derivation)
        yield from self.tale(derivation)
        yield from self.table(self.rows(derivation))

    def tale(self, derivation: DerivationResult) -> Iterator[Text]:
        """What has gone wrong along the chain, in a sentence."""
        if told := tale(derivation):
            yield from self.hanging(spaces(2), self.text(unicode.prose(told), "italic"), 2)

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

    def header(self, derivation: DerivationResult) -> Iterator[Text]:
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
        standing = self.text(story.standing(step), _STANDING_STYLES.get(step.standing, ""))
        scope = self.text(story.scope(step), "dim")
        return self.divider.join(part for part in (standing, scope) if part.plain)

    def errors(self, run: Run) -> Iterator[Text]:
        if run.errors:
            yield self.text("Could not be loaded:", "bold red")
            for error in run.errors:
                place = self.text(f"{tally.place(error)}:", "bold") + spaces(1)
                yield from self.hanging(spaces(2), place + self.text(error.message), 4)
            yield Text()

    def surprises(self, run: Run) -> Iterator[Text]:
        found = tally.surprises(run)
        if found:
            words = self.text("Not acknowledged:", "bold red") + spaces(1) + self.text(tally.named(found))
            yield from self.hanging(Text(), words, 2)

    def side_by_side(self, row: _Row, lead: int, line: int, verdict: int, remark: int) -> Iterator[Text]:
        if cell_len(row.margin.plain) >= lead:  # a tag too long for the margin has a line of its own
            yield from wrap(row.margin, self.width, 4)
            row = replace(row, margin=Text())
        columns = zip_longest([row.margin], wrap(row.line, line, 4), [row.verdict], wrap(row.remark, max(1, remark)))
        for cells in columns:
            margin, mathematics, word, said = (cell or Text() for cell in cells)
            yield padded(margin, lead) + padded(mathematics, line + 2) + padded(word, verdict + 2) + said

    def stacked(self, row: _Row, lead: int) -> Iterator[Text]:
        margin = padded(row.margin, lead)
        if cell_len(margin.plain) > lead:
            yield from wrap(margin, self.width, 4)
            margin = spaces(lead)
        yield from self.hanging(margin, row.line, lead + 4)
        if row.verdict.plain:
            yield from self.hanging(spaces(lead + 2), row.verdict + spaces(2) + row.remark, lead + 4)

    def hanging(self, first: Text, body: Text, indent: int) -> Iterator[Text]:
        return hanging(first, body, self.width, indent)


def _widest(texts: Iterable[Text]) -> int:
    return max((cell_len(text.plain) for text in texts), default=0)


def _said(note: Note, lowered: bool) -> str:
    words = unicode.prose(note.text, lowered) if note.formulas else note.text
    return f"{words}: {unicode.text(note.latex, lowered)}" if note.latex else words
