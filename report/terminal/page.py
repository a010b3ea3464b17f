"""Styled text that is safe to print, on lines no wider than a page.

All foreign text enters as :class:`rich.text.Text`, never as markup, so ``[red]`` in a title is just that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.text import Text

from report.formulas.spacing import WRONG_FROM, WRONG_TO
from report.terminal.layout import hanging
from report.terminal.screen import WRONG_STYLE
from report.text import clean, fit_encoding

_MARKS = re.compile(f"[{WRONG_FROM}{WRONG_TO}]")


class Page:
    """Makes text for lines of ``width`` cells in the letters of an encoding."""

    def __init__(self, width: int, encoding: str) -> None:
        self.width = width
        self.encoding = encoding
        self.divider = Text(" · " if fit_encoding("·", encoding) == "·" else " | ")

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

    def hanging(self, first: Text, body: Text, indent: int) -> Iterator[Text]:
        """``first``, then the body, whose further lines begin at column ``indent``."""
        return hanging(first, body, self.width, indent)
