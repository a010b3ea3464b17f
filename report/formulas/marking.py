"""The wrong part of a line, marked within its LaTeX so that every format can show it in its own way."""

from __future__ import annotations

from report.formulas.emit import problem
from report.formulas.symbols import WRONG
from verify.model import StepResult


def line(step: StepResult) -> str:
    """The LaTeX of a step's line, with the parts marked that its diagnoses point at."""
    if not step.latex:
        return step.rhs
    found, free = step.latex, len(step.latex)
    for start, end in sorted({span for d in step.diagnoses for span in d.spans}, reverse=True):
        if end <= free:  # parts do not overlap
            changed = marked(found, (start, end))
            free = start if changed != found else free
            found = changed
    return found


def marked(latex: str, span: tuple[int, int]) -> str:
    """The line with a part marked; as it is where the part is all of it, or no formula of its own."""
    start, end = span
    if not 0 <= start < end <= len(latex) or latex[start:end].strip() == latex.strip() or problem(latex):
        return latex
    found = f"{latex[:start]}\\{WRONG}{{{latex[start:end]}}}{latex[end:]}"
    return latex if problem(found) or problem(latex[start:end]) else found
