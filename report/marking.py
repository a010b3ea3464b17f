"""The wrong part of a line, marked within its LaTeX so that every format can show it in its own way."""

from __future__ import annotations

from report.tex_emit import problem
from report.tex_symbols import WRONG
from verify.model import StepResult


def line(step: StepResult) -> str:
    """The LaTeX of a step's line, with the part marked that its first diagnosis points at."""
    span = next((diagnosis.span for diagnosis in step.diagnoses if diagnosis.span is not None), None)
    return marked(step.latex, span) if step.latex and span is not None else step.latex or step.rhs


def marked(latex: str, span: tuple[int, int]) -> str:
    """The line with a part marked; as it is where the part is all of it, or no formula of its own."""
    start, end = span
    if not 0 <= start < end <= len(latex) or latex[start:end].strip() == latex.strip() or problem(latex):
        return latex
    found = f"{latex[:start]}\\{WRONG}{{{latex[start:end]}}}{latex[end:]}"
    return latex if problem(found) or problem(latex[start:end]) else found
