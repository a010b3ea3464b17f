"""MathML: what browsers need in order to set a line as TeX would."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given

from report.formulas.emit import problem
from report.formulas.symbols import COMMANDS, ENVIRONMENTS, MACROS, SYMBOLS, WRONG
from report.mathml.letters import ALPHABETS, styled
from report.mathml.writer import mathml
from tests.report.fuzzing import latex

_ARGUMENTS = {"m": "{x}", "o": "[y]", "t": "{z}"}
_CHILDREN = {"msub": 2, "msup": 2, "munder": 2, "mover": 2, "mfrac": 2, "mroot": 2, "msubsup": 3, "munderover": 3}
LINES = [
    *(rf"a \{name} b" for name in SYMBOLS),
    *(f"\\{name}" + "".join(_ARGUMENTS[kind] for kind in kinds) for name, kinds in COMMANDS.items()),
    *(f"\\begin{{{name}}}{'{c}' if name == 'array' else ''} x \\end{{{name}}}" for name in ENVIRONMENTS),
    *MACROS,
    *(rf"\{size}( x" for size in ("big", "Bigl", "biggr", "Bigg", "bigm")),
    r"\left<x\middle|y\right]",
    r"\hat{}_{}^{}",
    r"\text{if $x \le 5\%$}",
    r"x\pmod{m}^2",
]


def tree(latex: str) -> ElementTree.Element:
    """What a line becomes, as a tree; every element has the children that MathML asks of it."""
    written = mathml(latex)
    assert written is not None, latex
    found = ElementTree.fromstring(f"<line>{written.replace('<wbr>', '<wbr/>')}</line>")
    for element in found.iter():
        assert len(element) == _CHILDREN.get(element.tag, len(element)), (latex, written)
    return found


def shape(latex: str) -> str:
    """The elements and their texts, without attributes."""
    written = mathml(latex) or ""
    return re.sub(r' [a-z]+="[^"]*"', "", written).replace("<mrow>", "").replace("</mrow>", "")


@pytest.mark.parametrize("line", LINES)
def test_every_macro_is_well_formed(line: str) -> None:
    if problem(line):
        assert mathml(line) is None
    else:
        tree(line)


@given(latex)
def test_whatever_is_typeset_is_well_formed(line: str) -> None:
    if mathml(line) is not None:
        tree(line)


def test_nothing_of_the_author_is_markup() -> None:
    written = mathml(r"a<b>c \text{<script>} \& \mathrm{<i>} \operatorname{<u>}") or ""
    assert "<script" not in written and "<b>" not in written and "<i>" not in written and "<u>" not in written
    assert mathml(r"\frac{1}{2") is None
    assert mathml(r"\input{x}") is None


@pytest.mark.parametrize(
    ("latex", "elements"),
    [
        ("x^2", "<math><msup><mi>x</mi><mn>2</mn></msup></math>"),
        ("12.5x", "<math><mn>12.5</mn><mi>x</mi></math>"),
        (r"\sum_k a", "<math><munder><mo>∑</mo><mi>k</mi></munder><mi>a</mi></math>"),
        (r"\int_0^1", "<math><msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup></math>"),
        (r"\max_x", "<math><munder><mo>max</mo><mi>x</mi></munder></math>"),
        (r"\sigma'_i", "<math><msub><mi>σ</mi><mo>′</mo><mi>i</mi></msub></math>"),
        (r"\hat y", "<math><mover><mi>y</mi><mo>ˆ</mo></mover></math>"),
        (r"\mathrm{relu}", "<math><mi>relu</mi></math>"),
        (r"\mathbb R", "<math><mi>ℝ</mi></math>"),
        (r"(x+\dots+0)", "<math><mo>(</mo><mi>x</mi><mo>+</mo><mi>⋯</mi><mo>+</mo><mn>0</mn><mo>)</mo></math>"),
        (r"\operatorname*{arg\,max}_x", "<math><munder><mo>arg\u2009max</mo><mi>x</mi></munder></math>"),
        (r"a \not= b", "<math><mi>a</mi></math><wbr><math><mo>≠</mo><mi>b</mi></math>"),
    ],
)  # fmt: skip
def test_it_is_set_as_in_tex(latex: str, elements: str) -> None:
    tree(latex)
    assert shape(latex).replace('<mi mathvariant="normal">', "<mi>") == elements


def forms(latex: str) -> list[str | None]:
    """How the minus signs of a line are taken."""
    return [found.get("form") for found in tree(latex).iter("mo") if found.text == "−"]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("-x", ["prefix"]),
        ("a-b", ["infix"]),
        ("a=-b", ["prefix"]),
        ("(-b)-c", ["prefix", "infix"]),
        (r"\log -x", ["prefix"]),
        (r"a\cdot-b", ["prefix"]),
        (rf"a\{WRONG}{{-}}b", ["infix"]),
        (rf"\{WRONG}{{-}}b", ["prefix"]),
        ("-(-x)", ["prefix", "prefix"]),
        (r"x\ \text{or}\ -y", ["prefix"]),
    ],
)
def test_a_sign_is_no_operation(latex: str, expected: list[str]) -> None:
    assert forms(latex) == expected


def test_a_line_may_break_before_its_operators_but_not_within_brackets() -> None:
    assert (mathml("a+b(c+d)=e", "=") or "").count("<wbr>") == 2
    assert (mathml(r"\left(a+b\right)\frac{c+d}{e}") or "").count("<wbr>") == 0


def test_what_is_too_long_for_a_line_is_broken_within_its_brackets() -> None:
    long = " + ".join(rf"\frac{{x_{{{at}}}}}{{2}}" for at in range(30))
    written = mathml(rf"2\left({long}\right)") or ""
    assert written.count("<wbr>") == 29
    assert 'minsize="2.4em"' in written
    tree(rf"2\left({long}\right)")


@pytest.mark.parametrize(("latex", "grows"), [(r"\left(x_1^2\right)", "false"), (r"\left(\frac{1}{x}\right)", "true")])
def test_brackets_grow_where_they_must(latex: str, grows: str) -> None:
    assert {element.get("stretchy") for element in tree(latex).iter("mo")} == {grows}


def test_the_wrong_part_is_marked() -> None:
    (found,) = (element for element in tree(rf"a+\{WRONG}{{b}}").iter("mrow") if element.get("class") == "wrong")
    assert "".join(found.itertext()) == "b"


def test_in_a_sentence_it_is_small() -> None:
    assert "displaystyle" in (mathml(r"\sum_k k") or "")
    assert "displaystyle" not in (mathml(r"\sum_k k", display=False) or "")


@pytest.mark.parametrize(
    ("char", "command", "letter"),
    [("R", "mathbb", "ℝ"), ("x", "mathbf", "𝐱"), ("L", "mathcal", "ℒ"), ("C", "mathfrak", "ℭ"), ("h", "mathit", "ℎ"),
     ("θ", "boldsymbol", "𝜽"), ("1", "mathbb", "𝟙"), ("+", "mathbf", "+"), ("é", "mathbf", "é")],
)  # fmt: skip
def test_letters_of_an_alphabet(char: str, command: str, letter: str) -> None:
    assert styled(char, command) == letter


def test_every_alphabet_has_its_capitals() -> None:
    for command in ALPHABETS:
        assert len({styled(char, command) for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}) == 26
