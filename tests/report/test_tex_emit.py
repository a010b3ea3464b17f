"""LaTeX written anew: only what is known passes."""

from __future__ import annotations

import pytest
from hypothesis import given

from report.formulas.emit import BREAKABLE, GITHUB, LATEX, emit, problem
from report.formulas.parse import parse
from tests.report.fuzzing import latex


@pytest.mark.parametrize(
    "source",
    [
        r"\input{/etc/passwd}", r"\include{x}", r"\write18{rm}", r"\immediate\write18{rm}", r"\openout3=x",
        r"\openin3=x",
        r"\catcode`\%=12", r"\def\x{\x}\x", r"\let\a\b", r"\newcommand{\x}{}", r"\csname input\endcsname{x}",
        r"^^5cinput{x}",
        r"\read3 to \x", r"\usepackage{x}", r"\end{document}", r"\directlua{x}", r"\special{x}", r"\includegraphics{x}",
        r"\text{\input{x}}", r"\text{\write18{x}}", r"\href{x}{y}", r"\begin{filecontents}x\end{filecontents}",
        r"\begin{verbatim}x\end{verbatim}", r"\expandafter\input", r"\mathchardef\x=1", r"x % \input{y}",
        r"\operatorname{\input x}",
        r"\loop\iftrue\repeat", r"\noexpand\input x", r"\hspace{\input{x}}\input{y}", r"\tag{a}\openout", r"a#1",
        "\x1b[31m",
    ],
)  # fmt: skip
def test_nothing_that_could_run_is_typeset(source: str) -> None:
    for dialect in (LATEX, GITHUB, BREAKABLE):
        assert emit(source, dialect) is None
    assert problem(source)


@pytest.mark.parametrize(
    "source", [r"\hspace{\input{x}}y", r"\color{\input{x}}y", r"\tag{\input{x}}y", r"\label{\write18}y"]
)
def test_arguments_of_silent_commands_never_reach_tex(source: str) -> None:
    assert emit(source) == "y"


@pytest.mark.parametrize(
    "source",
    [
        r"\frac{1}{2", r"\frac{1}", r"\frac", r"x}", r"\left( x", r"x \right)", r"\left x", r"x^a^b", r"x_a_b",
        r"x^2'", r"x^", r"_",
        r"\begin{cases} a", r"a \end{cases}", r"\begin{cases}a&b&c\end{cases}", r"\begin{array}{c}a&b\end{array}",
        r"a & b", r"a \\ b",
        r"\begin{array}{p{3cm}}a\end{array}", r"\begin{foo}a\end{foo}", r"\begin{matrix}a\end{cases}", r"\foo",
        "x $ y", "\\", "",
        r"\text{a_b}", r"\text{$\frac$}", "中", r"\not\frac{1}{2}",
    ],
)  # fmt: skip
def test_malformed_lines_are_refused_with_a_reason(source: str) -> None:
    assert emit(source) is None
    assert problem(source)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (r"\frac12", r"\frac{1}{2}"),
        (r"x'^2", r"x^{\prime 2}"),
        (r"\begin{cases}[a] \\ [b]\end{cases}", r"\begin{cases}{}[a] \\ {}[b]\end{cases}"),
        (r"\left\{x\right.", r"\left\{x\right."),
        (r"ω ≤ ∞", r"\omega \le \infty"),
        (r"\text{if $x$ is}", r"\text{if }x\text{ is}"),
        (r"x\tag{1}\label{y}", "x"),
        (r"a<b", "a<b"),
        (r"{}^2", "{}^{2}"),
    ],
)
def test_what_is_known_is_written_safely(source: str, written: str) -> None:
    assert emit(source) == written
    assert problem(source) == ""


def test_dialects() -> None:
    source = r"\operatorname*{arg\,max}_x \|x\| |y|"
    assert emit(source) == r"\operatorname*{arg\,max}_{x}\|x\||y|"
    assert emit(source, GITHUB) == r"\mathop{\mathrm{arg\,max}}\limits_{x}\Vert x\Vert \vert y\vert"
    assert emit(r"\left(\frac{a}{b}\right)^2", BREAKABLE) == r"(\fitpiece{\frac{a}{b}}){}^{2}"


@given(latex)
def test_what_is_written_is_balanced_and_stays_so(source: str) -> None:
    for dialect in (LATEX, GITHUB, BREAKABLE):
        written = emit(source, dialect)
        if written is None:
            assert problem(source)
            continue
        assert written.isprintable()
        assert dialect is not GITHUB or not set("|`") & set(written)
        if dialect is LATEX:
            assert parse(written).problems == []
            assert emit(written) == written


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"\cos{\left(x \right)}", r"\cos(x)"),
        (r"\left[\hat y_i\right]^2", r"[\hat{y}_{i}]^{2}"),
        (r"\left(\frac{1}{2}\right)", r"\left(\frac{1}{2}\right)"),
        (r"\left(e^{x_i}\right)", r"\left(e^{x_{i}}\right)"),
        (r"\left|x\right|", r"\left|x\right|"),
    ],
)
def test_brackets_grow_only_around_what_is_tall(latex: str, written: str) -> None:
    assert emit(latex) == written
