"""The catalogue of slips on a terminal: one kind, and all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from report.terminal.layout import padded, spaces
from report.terminal.page import Page
from report.terminal.screen import Terminal
from report.words.tally import COMMAND

if TYPE_CHECKING:
    from verify.diagnose.catalogue import Kind
    from verify.model import Derivation

NARROWEST = 40


def kind(found: Kind, *, width: int | None = None, color: bool | None = None, encoding: str | None = None) -> str:
    """One kind of slip, on a terminal."""
    terminal = Terminal.of(width, encoding, color, narrowest=NARROWEST)
    return terminal.printed(_kind(Page(terminal.width, terminal.encoding), found))


def overview(
    kinds: Iterable[Kind],
    derivations: Sequence[Derivation],
    *,
    width: int | None = None,
    color: bool | None = None,
    encoding: str | None = None,
) -> str:
    """What can be explained, on a terminal."""
    terminal = Terminal.of(width, encoding, color, narrowest=NARROWEST)
    return terminal.printed(_overview(Page(terminal.width, terminal.encoding), kinds, derivations))


def _kind(page: Page, found: Kind) -> Iterator[Text]:
    yield from page.hanging(Text(), page.text(found.code, "bold") + page.divider + page.text(found.title), 2)
    yield Text()
    yield from page.hanging(spaces(2), page.text(found.what), 2)
    yield Text()
    yield from page.hanging(spaces(2) + padded(page.text("wrong", "red"), 8), page.text(found.wrong), 10)
    yield from page.hanging(spaces(2) + padded(page.text("right", "green"), 8), page.text(found.right), 10)
    yield Text()
    yield from page.hanging(spaces(2), page.text(f"How it is found: {found.found}"), 2)


def _overview(page: Page, kinds: Iterable[Kind], derivations: Sequence[Derivation]) -> Iterator[Text]:
    if derivations:
        words = page.text(f"Derivations: {COMMAND} ID, or {COMMAND} ID:TAG for one step", "bold")
        yield from page.hanging(Text(), words, 2)
        yield from _columns(page, {d.id: " ".join(step.tag for step in d.steps) for d in derivations})
        yield Text()
    yield page.text(f"Kinds of slips: {COMMAND} CODE", "bold")
    yield from _columns(page, {found.code: found.title for found in kinds})


def _columns(page: Page, rows: Mapping[str, str]) -> Iterator[Text]:
    """Names, and what they stand for."""
    widest = min(max(map(len, rows), default=0) + 2, page.width // 2)
    for name, what in rows.items():
        head = spaces(2) + padded(page.text(name, "bold"), widest)
        yield from page.hanging(head, page.text(what), widest + 2)
