"""Foreign text and mathematics for a page of HTML: nothing in them is ever markup."""

from __future__ import annotations

import re
from html import escape as _escape

from report import glyphs
from report.formulas import unicode
from report.formulas.emit import problem
from report.mathml.writer import mathml
from report.text import clean

_RELATION = re.compile(r" (?=[=≠<>≤≥∈])|(?<= [=≠<>≤≥∈]) ")
_STOP = re.compile(r"[.,;:)]+")
_BREAKS = re.compile(r"(?<=[/_,;:.=·+])(?=\w)|(?<=[a-z])(?=[A-Z])")


def text(words: str) -> str:
    """Prose as it is."""
    return _escape(clean(words))


def plain_math(words: str) -> str:
    """Mathematics in one line of text: what is raised or lowered there stands so, and no relation is torn apart."""
    parts = glyphs.scripts(_RELATION.sub("\N{NO-BREAK SPACE}", clean(words)))
    return "".join(f"<{place}>{_escape(part)}</{place}>" if place else _escape(part) for place, part in parts)


def code(words: str, kind: str = "") -> str:
    """Text in typewriter type that may break after its signs."""
    shown = "<wbr>".join(map(_escape, _BREAKS.split(clean(words))))
    return f'<code class="{kind}">{shown}</code>' if kind else f"<code>{shown}</code>"


def prose(words: str) -> str:
    """A sentence in which mathematics stands between ``$`` signs; a formula keeps the full stop behind it."""
    written = ""
    for at, part in enumerate(words.split("$")):
        if at % 2:
            written += mathml(part, display=False) or text(unicode.text(part))
            continue
        stop = _STOP.match(part)
        if stop and written.endswith("</math>"):
            start = written.rindex("<math")
            written = f'{written[:start]}<span class="nowrap">{written[start:]}{stop[0]}</span>'
            part = part[stop.end() :]
        lead, trail = part[:1].isspace(), part[-1:].isspace() and bool(part.strip())
        written += " " * lead + text(part) + " " * trail
    return written


def line(latex: str, relation: str = "") -> str:
    """A line of mathematics; verbatim, with the reason, where it cannot be typeset."""
    if (found := mathml(latex, relation)) is not None:
        return found
    sign = f"{text(unicode.text(relation))} " if relation else ""
    return f'{sign}{code(latex)} <span class="quiet">(not typeset: {text(problem(latex))})</span>'
