"""Reports: one format per file, all of one shape, ``render(run) -> str``. Needs no SymPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from verify.model import DerivationResult, Run

Renderer = Callable[..., str]  # (run: Run) -> str; console takes width, color and encoding besides


def _format(module: str) -> Renderer:
    """The ``render`` of a module that is imported at the first use, so that only the console needs rich."""

    def render(run: Run, **options: Any) -> str:
        text: str = import_module(module).render(run, **options)
        return text

    return render


def prepare(format: str) -> Callable[[DerivationResult], object] | None:
    """Import what a format needs, before there is anything to render.

    Returns what may be told of each derivation as soon as it is judged, if the format can begin with one alone.
    """
    begin: Callable[[DerivationResult], object] | None = getattr(import_module(_MODULES[format]), "begin", None)
    return begin


_MODULES = {
    "console": "report.terminal.run",
    "markdown": "report.markdown.run",
    "html": "report.html.run",
    "latex": "report.latex.run",
    "json": "report.json_",
    "junit": "report.junit",
    "sarif": "report.sarif",
}
FORMATS: Mapping[str, Renderer] = {name: _format(module) for name, module in _MODULES.items()}
