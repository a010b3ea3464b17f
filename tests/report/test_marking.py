"""The wrong part of a line, in every format."""

from __future__ import annotations

from dataclasses import replace

import pytest

from report.formulas import marking, unicode
from report.formulas.emit import GITHUB, emit
from tests.report.samples import step
from verify.model import Diagnosis

LINE = r"x^2 - 3y + \frac{a}{b}"


@pytest.mark.parametrize(
    ("span", "latex", "github", "text"),
    [
        ((0, 3), r"\wrong{x^{2}}-3y+\frac{a}{b}", r"{\color{red}{\underline{x^{2}}}}-3y+\frac{a}{b}",
         "⟦x²⟧ − 3y + a/b"),
        ((4, 8), r"x^{2}\wrong{{}-3y}+\frac{a}{b}", r"x^{2}{\color{red}{\underline{{}-3y}}}+\frac{a}{b}",
         "x² ⟦− 3y⟧ + a/b"),
        ((4, 5), r"x^{2}\mathbin{\wrong{-}}3y+\frac{a}{b}",
         r"x^{2}\mathbin{{\color{red}{\underline{-}}}}3y+\frac{a}{b}",
         "x² ⟦−⟧ 3y + a/b"),
        ((20, 21), r"x^{2}-3y+\frac{a}{\wrong{b}}", r"x^{2}-3y+\frac{a}{{\color{red}{\underline{b}}}}",
         "x² − 3y + a/⟦b⟧"),
    ],
)  # fmt: skip
def test_a_part_is_marked(span: tuple[int, int], latex: str, github: str, text: str) -> None:
    found = marking.marked(LINE, span)
    assert emit(found) == latex
    assert emit(found, GITHUB) == github
    assert unicode.text(found).replace(unicode.WRONG_FROM, "⟦").replace(unicode.WRONG_TO, "⟧") == text


def test_a_sign_of_relation_keeps_its_space_at_the_start() -> None:
    assert emit(marking.marked(r"\Rightarrow p", (0, 11))) == r"\mathrel{\wrong{\Rightarrow}}p"
    assert emit(marking.marked(r"\Rightarrow p = q", (0, 13))) == r"\wrong{\Rightarrow p}=q"
    assert emit(marking.marked(r"x\int y", (1, 5))) == r"x\wrong{\int}y"
    assert emit(marking.marked("-p", (0, 1))) == r"\wrong{-}p"


@pytest.mark.parametrize("span", [(0, len(LINE)), (17, 19), (5, 5), (-1, 2), (3, 99)])
def test_what_is_no_part_is_not_marked(span: tuple[int, int]) -> None:
    assert marking.marked(LINE, span) == LINE


def test_a_line_that_is_not_typeset_is_not_marked() -> None:
    assert marking.marked(r"\input{x} + y", (11, 12)) == r"\input{x} + y"


def test_every_diagnosis_that_points_somewhere_counts() -> None:
    spans = ((), ((0, 3),), ((20, 21), (13, 22)))
    found = step("1", LINE, diagnoses=tuple(Diagnosis("a", "A.", spans=places) for places in spans))
    assert marking.line(found) == marking.marked(marking.marked(LINE, (20, 21)), (0, 3))
    assert marking.line(replace(found, diagnoses=())) == LINE
    assert marking.line(replace(found, latex="", rhs="x")) == "x"
