"""The catalogue of slips as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from report.markdown.text import code, row, text

if TYPE_CHECKING:
    from verify.diagnose.catalogue import Kind


def render(kinds: Iterable[Kind]) -> str:
    """The whole page."""
    kinds = list(kinds)
    lines = ["# Slips", "", "*Made by `python -m verify explain --format markdown`; do not edit.*", ""]
    lines += ["Every refuted step is given the kind of slip that explains it, if one does. The codes are stable.", ""]
    lines += [row("code", "what it is"), row(":--", ":--")]
    lines += [row(f"[{code(found.code)}](#{found.code})", text(found.title)) for found in kinds]
    for found in kinds:
        lines += ["", f"## {found.code}", "", f"**{text(found.title)}.** {text(found.what)}", ""]
        lines += [f"- wrong: {code(found.wrong)}", f"- right: {code(found.right)}", ""]
        lines += [f"How it is found: {text(found.found)}"]
    return "\n".join(lines) + "\n"
