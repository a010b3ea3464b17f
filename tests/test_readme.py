"""The first derivation that README shows finds the slip that README says it finds."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from report.terminal.run import render
from verify import engine
from verify.collect import collect
from verify.config import Settings
from verify.model import Run, Verdict

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def blocks(heading: str) -> list[str]:
    """The blocks of code beneath a heading."""
    section = README.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```\w*\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)


def test_what_is_printed_is_what_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, _, shown = blocks("Check your own")
    monkeypatch.chdir(tmp_path)
    Path("product_rule.py").write_text(program, encoding="utf-8")
    derivations, errors = collect([Path("product_rule.py")])
    assert not errors
    results = tuple(engine.judge(derivation, Settings()) for derivation in derivations)
    page = render(Run("", 0, results), width=90, color=False, encoding="utf-8")
    assert page.replace(" · 0.0 s\n", "\n") == shown


def test_the_lines_of_python_find_what_readme_says() -> None:
    (program,) = blocks("From Python")
    code = ast.parse(program)
    *rest, proved, refuted = code.body
    names: dict[str, object] = {}
    exec(compile(ast.Module(rest, []), "README.md", "exec"), names)
    assert isinstance(proved, ast.Expr) and isinstance(refuted, ast.Expr)
    assert eval(compile(ast.Expression(proved.value), "README.md", "eval"), names) is Verdict.PROVED
    assert eval(compile(ast.Expression(refuted.value), "README.md", "eval"), names) is not None
