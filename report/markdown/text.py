"""Foreign text, code and mathematics written so that GitHub's Markdown shows exactly them."""

from __future__ import annotations

import re

from report import glyphs
from report.formulas import unicode
from report.formulas.emit import GITHUB, emit, problem
from report.text import clean

_SPECIAL = re.compile(r"[\\`*{}\[\]#|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "<span>$</span>"}
_STARTS = re.compile(r"^(\d*)([-+.)])(?=[\s-]|$)")


def text(words: str) -> str:
    """Prose in which nothing is markup, neither within a line nor at its start."""
    safe = _SPECIAL.sub(r"\\\g<0>", clean(words))
    safe = "".join(_ENTITIES.get(char, char) for char in safe)
    return _STARTS.sub(r"\1\\\2", safe)


def plain_math(words: str) -> str:
    """Mathematics in one line of text: what is raised or lowered there stands so."""
    parts = [(place, _within(part)) for place, part in glyphs.scripts(clean(words))]
    return "".join(f"<{place}>{part}</{place}>" if place else part for place, part in parts)


def prose(words: str) -> str:
    """A sentence in which mathematics stands between ``$`` signs."""
    first, *parts = words.split("$")
    rest = (formula(part) if at % 2 else _within(part) for at, part in enumerate(parts, 1))
    return text(f"{first}x")[:-1] + "".join(rest)


def _within(words: str) -> str:
    """Prose within a line: the spaces at its ends are kept, and nothing in it is at a line's start."""
    return text(f"x{words}x")[1:-1]


def formula(latex: str) -> str:
    """Mathematics within a sentence; as one-line text where it cannot be typeset."""
    written = emit(latex, GITHUB)
    return text(unicode.text(latex)) if written is None else f"$`{written}`$"


def code(words: str, *, cell: bool = False) -> str:
    """A code span, with as many backticks as its content needs; ``cell``: it stands in a table."""
    safe = clean(words)
    if not safe:
        return ""
    ticks = "`" * (max((len(run) for run in re.findall("`+", safe)), default=0) + 1)
    pad = " " if safe.startswith("`") or safe.endswith("`") else ""
    return f"{ticks}{pad}{safe.replace('|', chr(92) + '|') if cell else safe}{pad}{ticks}"


def inline_math(latex: str, relation: str = "", *, cell: bool = False) -> str:
    """A line in GitHub's inline mathematics, which needs no escaping; verbatim where it cannot be typeset."""
    written = emit(latex, GITHUB)
    if written is None:
        sign = f"{unicode.text(relation)} " if relation else ""
        return f"{sign}{code(latex, cell=cell)} *(not typeset: {text(problem(latex))})*"
    return f"$`\\displaystyle {relation}{' ' if relation else ''}{written}`$"


def math_block(latex: str, relation: str = "") -> list[str]:
    """A displayed line; verbatim, with the reason, where it cannot be typeset."""
    written = emit(latex, GITHUB)
    if written is None:
        return [inline_math(latex, relation)]
    return ["```math", f"{relation} {written}".strip(), "```"]


def link(words: str, target: str) -> str:
    """A link; a target with spaces or brackets is put in angle brackets."""
    target = clean(target).replace("<", "%3C").replace(">", "%3E")
    return f"[{text(words)}]({f'<{target}>' if re.search(r'[ ()]', target) else target})"


def row(*cells: str) -> str:
    """One line of a table."""
    return f"| {' | '.join(cells)} |"


def table(heads: list[str], rows: list[list[str]], align: str = "") -> list[str]:
    """A table; ``align`` has one letter a column: l, r or c."""
    rules = {"l": ":--", "r": "--:", "c": ":-:"}
    divider = row(*(rules[align[at] if at < len(align) else "l"] for at in range(len(heads))))
    return [row(*heads), divider, *(row(*cells) for cells in rows), ""]


def quoted(lines: list[str]) -> list[str]:
    """A block quotation."""
    return [f"> {line}" if line else ">" for line in lines]
