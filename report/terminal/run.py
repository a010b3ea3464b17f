"""The run on a terminal: every derivation, what could not be loaded, what is surprising, and the sum of it all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rich.text import Text

from report.terminal.chain import ChainPage
from report.terminal.layout import spaces
from report.terminal.screen import Terminal
from report.words import tally
from verify.model import DerivationResult, Run


def render(run: Run, *, width: int | None = None, color: bool | None = None, encoding: str | None = None) -> str:
    """The report as text for a terminal, with colours if ``color`` (by default: if standard output has them)."""
    terminal = Terminal.of(width, encoding, color)
    return terminal.printed(_page(terminal).lines(run))


def begin(derivation: DerivationResult) -> None:
    """Lay one derivation out, while others are still being judged; :func:`render` remembers it."""
    _page(Terminal.of()).begin(derivation)


def _page(terminal: Terminal) -> _RunPage:
    return _page_of(terminal.width, terminal.encoding)


@lru_cache(maxsize=1)
def _page_of(width: int, encoding: str) -> _RunPage:
    return _RunPage(width, encoding)


class _RunPage(ChainPage):
    """Lays a run out."""

    def __init__(self, width: int, encoding: str) -> None:
        super().__init__(width, encoding)
        self._begun: dict[str, tuple[DerivationResult, tuple[Text, ...]]] = {}

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
