"""LaTeX as one line of Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given

from report.formulas.symbols import WRONG
from report.formulas.unicode import text, texts
from tests.report.fuzzing import latex


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\frac{\partial J}{\partial V_c}", "∂J/∂V_c"),
        (r"\frac{\partial}{\partial x}\left(\frac{1}{1+e^{-x}}\right)", "∂/∂x(1/(1 + e⁻ˣ))"),
        (r"-\frac{(1+e^{-x})^{-2}\cdot(-e^{-x})}{(1+e^{-x})^2}", "−((1 + e⁻ˣ)⁻² · (−e⁻ˣ))/(1 + e⁻ˣ)²"),
        (r"r^{(N+1)} + r^{(N+1)(M+1)}", "r^(N+1) + r^((N+1)(M+1))"),
        (r"-U_o^\top V_c + \log\sum_{\omega} e^{U_\omega^T V_c}", "−U_oᵀV_c + log Σ_ω e^(U_ωᵀV_c)"),
        (r"V_c(\hat y_\omega - y_\omega)", "V_c(ŷ_ω − y_ω)"),
        (r"\sigma(x)\,(1-\sigma(x))", "σ(x) (1 − σ(x))"),
        (r"\sigma'(x)", "σ′(x)"),
        (r"\sum_{t=1}^T\sum_{j=-m}^m x_{t+j}", "Σ_{t=1}^T Σ_{j=−m}^m x_{t+j}"),
        (r"\sum_{\substack{-m\leq j\leq m\\ j\neq 0}} J", "Σ_{−m≤j≤m, j≠0} J"),
        (r"\operatorname*{arg\,max}_\theta L(\theta)", "arg max_θ L(θ)"),
        (r"\arg\max_{\theta,\lambda}\left[p\right]", "arg max_{θ,λ} [p]"),
        (r"P(O=o \mid C=c)", "P(O = o | C = c)"),
        (r"\frac{1}{n}\sum_i x_i", "(1/n) Σᵢ xᵢ"),
        (r"\frac12 x", "(1/2)x"),
        (r"\frac{GM}{R \left(R + h\right)}", "GM/(R(R + h))"),
        (r"\frac{1}{\sigma(x)} + \frac1{f(x)}", "1/σ(x) + 1/f(x)"),
        (r"x_1^{\top} A_{12}", "x₁ᵀA₁₂"),
        (r"\|x\|_2^2 \le \lVert y\rVert", "‖x‖₂² ≤ ‖y‖"),
        (r"\sqrt{2} + \sqrt[3]{x+1}", "√2 + ∛(x + 1)"),
        (r"\begin{cases} x & x>0 \\ 0 & \text{otherwise}\end{cases}", "{x, x > 0; 0, otherwise}"),
        (r"\begin{pmatrix} a & b \\ c & d\end{pmatrix}", "(a, b; c, d)"),
        (r"x \in \mathbb{R}^n", "x ∈ ℝⁿ"),
        (r"\mathrm{softmax}(x)_i", "softmax(x)ᵢ"),
        (r"a \not= b", "a ≠ b"),
        (r"\text{if $x_1 > 0$}", "if x₁ > 0"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"\underbrace{a+b}_{\text{both}}", "a + b [both]"),
        (r"\color{red}x + \textcolor{blue}{y} \tag{3}", "x + y"),
        (r"$x$", "x"),
        (r"2\log|x|", "2 log |x|"),
        (r"x > 0\ \text{or}\ -x > 0", "x > 0 or −x > 0"),
        (rf"x_\{WRONG}{{j}}", "x_\ue000j\ue001"),
        (rf"\frac{{\partial}}{{\partial x}}\{WRONG}{{\left(x\right)}}", "∂/∂x\ue000(x)\ue001"),
        (r"", ""),
    ],
)
def test_reads_like_mathematics(source: str, shown: str) -> None:
    assert text(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\frac{1}{2", "1/2"),
        (r"\left( x", "(x"),
        (r"x^", "x"),
        (r"x^a^b", "xᵃᵇ"),
        (r"\begin{cases} a", "{a}"),
        (r"}{", ""),
        (r"a & b \\ c", "ab; c"),
        ("\\", "\\"),
    ],
)
def test_broken_input_still_shows_what_is_there(source: str, shown: str) -> None:
    assert text(source) == shown


def test_an_unknown_macro_stays_as_written() -> None:
    assert text(r"\foo{a} + 1") == r"\foo a + 1"


def test_letters_are_lowered_only_where_all_can_be() -> None:
    assert texts(["x_i", "y_j"]) == ["xᵢ", "yⱼ"]
    assert texts(["x_i", "V_c", "x_1"]) == ["x_i", "V_c", "x₁"]


@given(latex)
def test_never_raises_and_stays_on_one_line(source: str) -> None:
    shown = text(source)
    assert "\n" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    shown.encode("utf-8")


def test_deep_nesting_is_no_danger() -> None:
    for source in (
        "{" * 5000 + "x" + "}" * 5000,
        r"\frac{" * 5000,
        "x^" * 5000,
        r"\left(" * 5000,
        "a_{b^{" * 3000,
        "x" * 50_000,
    ):
        assert text(source)
