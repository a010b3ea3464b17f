"""Lines that fit: breaking styled text at spaces, with hanging indents, measured in terminal cells."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

_OPERATORS = {f" {sign}" for sign in "+−=≠<>≤≥⇒⇔⇐∈·-*"}
_NARROWEST = 8  # an indent never leaves less room than this


def wrap(text: Text, width: int, hang: int = 0) -> list[Text]:
    """The text on lines of at most ``width`` cells, all but the first indented by ``hang``.

    A line breaks at its last space that fits; a word longer than a line is divided. Nothing is cut off.
    """
    hang = max(0, min(hang, width - _NARROWEST))
    lines: list[Text] = []
    rest, indent = text, 0
    while cell_len(rest.plain) > width - indent:
        at = _break(rest.plain, max(1, width - indent))
        head, rest = rest.divide([at])
        head.rstrip()
        lines.append(spaces(indent) + head)
        rest = rest[len(rest.plain) - len(rest.plain.lstrip(" ")) :] if rest.plain.strip() else Text()
        indent = hang
    if rest.plain or not lines:
        lines.append(spaces(indent) + rest)
    return lines


def hanging(first: Text, body: Text, width: int, indent: int) -> Iterator[Text]:
    """``first``, then the body; the lines that follow begin at column ``indent``, whatever ``first``'s length."""
    start = cell_len(first.plain)
    if width - start < _NARROWEST:  # no room beside a long margin: begin below it
        yield from wrap(first, width)
        first, start = spaces(min(indent, width - _NARROWEST)), min(indent, width - _NARROWEST)
    head, *rest = wrap(body, width - start, indent - start)
    yield first + head
    for line in rest:
        yield spaces(start) + line


def padded(text: Text, width: int) -> Text:
    """The text filled up with spaces to ``width`` cells."""
    return text + spaces(width - cell_len(text.plain))


def spaces(number: int) -> Text:
    """So many spaces (none, if negative)."""
    return Text(" " * max(0, number))


def _break(plain: str, width: int) -> int:
    """Where to divide so that the head fits: after the last space within ``width``, or inside the word."""
    used, end = 0, len(plain)
    for at, char in enumerate(plain):
        used += cell_len(char)
        if used > width:
            end = at
            break
    space = end if end < len(plain) and plain[end] == " " else plain.rfind(" ", 0, end)
    while space > 1 and plain[space - 2 : space] in _OPERATORS and plain[: space - 2].strip():
        space -= 2  # a formula is divided before its operators, as in print
    return space + 1 if plain[: space + 1].strip() else max(1, end)
