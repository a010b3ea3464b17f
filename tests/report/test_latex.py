"""LaTeX: the document compiles whatever is in it, and nothing runs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.formulas.symbols import COMMANDS, MACROS, SYMBOLS
from report.latex.run import render
from report.latex.text import code, escape
from tests.report import samples
from tests.report.samples import derivation, step
from tests.report.snapshot import same_as_snapshot
from verify.model import Diagnosis, Run, Standing, StartResult, Verdict, Witness

FRACTIONS = " + ".join(rf"\frac{{x_{{{at}}}}}{{y_{{{at}}}}}" for at in range(40))
LONG = [
    FRACTIONS, rf"\left({FRACTIONS}\right)^2 = 0", rf"\frac{{{FRACTIONS}}}{{2}}", rf"\sqrt{{{FRACTIONS}}}", "a" * 400,
    rf"\text{{{'words and more words ' * 20}}}", rf"f_{{{'i,' * 80}}}", r"\alpha" * 100,
]  # fmt: skip
ODD = [
    r"\begin{cases}[a] & b\\ [c] & d\end{cases}", r"\begin{array}{c|c}a&b\\c&d\end{array}", r"x'^2", "{}^2", "_a",
    r"\left<x\middle|y\right>", r"\big(\Bigg[x\bigg]\Big.", r"\not= \not\in \not x", r"\sqrt[]{x}", r"\overset{}{}",
    r"\sum\nolimits_i\lim\limits_x", r"\begin{split}a&=b\\&=c\end{split}", r"\hat{}\vec{\hat x}", r"\text{if $x$, 5\%}",
    r"\begin{cases}\end{cases}", "{" * 30 + "x" + "}" * 30, r"\rm x {\bf y}", r"x\,^2", '"x"@y', r"\frac{1",
    r"\input{x}", "&", "#",
    r"\end{document}", "^^41", r"\def\x{\x}\x", "", " ", "\\", r"\text{עברית}",
]  # fmt: skip


def stress() -> Run:
    """Everything at once: every macro we know, long lines, odd lines, most of Unicode."""
    arguments = {"m": "{x}", "o": "[y]", "t": "{z}"}
    commands = [f"\\{name}" + "".join(arguments[kind] for kind in kinds) for name, kinds in COMMANDS.items()]
    lines = [*LONG, *ODD, *(f"\\{name}" for name in SYMBOLS), *commands, *MACROS]
    steps = [
        step(f"tag-{at}" if at % 9 else f"a_very&long%tag{at}", line, scope="all n") for at, line in enumerate(lines)
    ]
    steps += [
        step(
            f"r{at}",
            line, Verdict.REFUTED, Standing.OWN_SLIP, lhs="Derivative(" * 30, witness=Witness({"x": "1" * 300}, "0",
            "1"),
            diagnoses=(Diagnosis("code", "sentence", "repair", line),),
        )
        for at, line in enumerate([*LONG, *ODD])
    ]  # fmt: skip
    ranges = (range(32, 0x700), range(0x1E00, 0x2C00), range(0x4E00, 0x4E20), range(0x1D400, 0x1D420))
    signs = "".join(map(chr, (point for part in ranges for point in part)))
    remarks = tuple(" ".join(signs[at : at + 90]) for at in range(0, len(signs), 90))
    one = derivation(
        "s" * 80, "T" * 200, *steps, start=StartResult("0", r"\frac{a}{b}", "x"), remarks=remarks, givens=("x " * 200,)
    )
    return Run("stress", 0, (one, *samples.RICH.derivations, derivation("empty", "No steps")), samples.RICH.errors)


def test_snapshot() -> None:
    same_as_snapshot("report.tex", render(samples.RICH))


def test_it_has_the_tags_and_the_boxes() -> None:
    page = render(samples.RICH)
    assert r"\tag{\fittag{4.1}}" in page
    assert page.count(r"\begin{marked}") == 13
    assert r"\begin{align*}" in page


def test_nothing_of_the_author_can_run() -> None:
    page = render(stress()).split(r"\begin{document}")[1]
    for macro in ("input", "write", "openout", "def", "csname", "catcode", "immediate"):
        assert not re.search(rf"\\{macro}(?![a-z])", page)
    assert page.count(r"\end{document}") == 1
    assert page.isascii() or all(ord(char) < 0x2100 for char in page)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("100% of $x_1$ & {#}", r"100\% of \$x\_1\$ \& \{\#\}"),
        ("a\\b ~ ^", r"a\textbackslash{}b \textasciitilde{} \textasciicircum{}"),
        ("≠ ≤ ∞ Ω", r"\ensuremath{\ne} \ensuremath{\le} \ensuremath{\infty} \ensuremath{\Omega}"),
        ("≮", r"\ensuremath{\not <}"),  # an accent is never lost
        ("ŷ é ω̂ x⃗", r"\^{y} \'{e} \ensuremath{\hat \omega} \ensuremath{\vec{x}}"),
        ("xⁿ ₁", r"x\textsuperscript{n} \textsubscript{1}"),
        ("שלום", r"\v{s}lwm"),
        ("中", r"\unknownchar{4E2D}"),
        ("--flag", r"-{}-flag"),
        ("“ok” – …", r"``ok'' -- \ldots{}"),
    ],
)
def test_text_is_escaped(words: str, written: str) -> None:
    assert escape(words) == written


@given(st.text())
def test_text_never_fails_and_is_balanced(words: str) -> None:
    for written in (escape(words), code(words)):
        bare = re.sub(r"\\[{}\\]", "", written)
        assert bare.count("{") == bare.count("}")
        assert written.isascii()


@pytest.mark.latex
@pytest.mark.parametrize("name", ["rich", "stress", "clean", "empty"])
def test_it_compiles_and_stays_on_the_page(name: str, tmp_path: Path) -> None:
    pdflatex = shutil.which("pdflatex")
    assert pdflatex is not None, "this test needs pdflatex (Debian: texlive-latex-extra)"
    run = {"rich": samples.RICH, "clean": samples.CLEAN, "empty": samples.EMPTY, "stress": stress()}[name]
    (tmp_path / "report.tex").write_text(render(run), encoding="utf-8")
    command = [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "report.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=300)
    log = done.stdout.decode("latin-1")
    assert done.returncode == 0, log[-3000:]
    too_wide = [float(width) for width in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)]
    assert max(too_wide, default=0) < 25  # the margins are 70 pt wide
