"""Whatever the text, it is read or refused: no other exception, no effect, and not forever."""

from __future__ import annotations

import ast
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sympy import Expr, Symbol

from verify.read import ReadError, syntax
from verify.read.claims import RecordError, claim, record
from verify.read.expressions import expression, proposition

SYMBOLS = {name: Symbol(name, complex=True) for name in "xyz"} | {"n": Symbol("n", integer=True)}
EVIL = [
    "__import__('os').system('echo')",
    "().__class__.__bases__[0].__subclasses__()",
    "(lambda: open('x'))()",
    "[c for c in ().__class__.__mro__]",
    "f'{open(1)}'",
    "(y := exec('x'))",
    "exec('import os')",
    "eval(compile('x', 'x', 'eval'))",
    "getattr(x, 'free_symbols')",
    "sympify('x')",
    "Symbol('x')",
    "Function('f')(x)",
    "S('open(1)')",
    "x.subs(x, 1)",
    "globals()",
    "lambdify(x, x)",
    "exp(x, evaluate=False)",
    "exp(**{'x': 1})",
    "Limit(x, x, 0, dir=open)",
    "Rational('__import__')",
    "yield x",
    "await x",
    "x if x else __import__",
    "print(x)",
    "x\n;import os",
    "x\\\nimport os",
    "type('X', (), {})",
    "Sum(x, (x.y, 1, 2))",
    "hyper((__import__,), (x,), x)",
]
FUNCTIONS = "sin exp log sqrt gamma zeta Abs atan2 binomial Max legendre Eq And Not Sum Derivative Piecewise".split()

atoms = st.sampled_from(["x", "y", "n", "0", "1", "2", "-3", "1/2", "0.5", "pi", "I", "E", "oo", "w", "True"])


def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "/", "**", "&", "|", "<", "==", "//", "^", ",", "."])
    return st.one_of(
        st.tuples(inner, operators, inner).map("".join),
        inner.map("({})".format),
        inner.map("-{}".format),
        st.tuples(st.sampled_from(FUNCTIONS), st.lists(inner, max_size=3)).map(lambda p: f"{p[0]}({', '.join(p[1])})"),
        st.tuples(inner, inner).map(lambda p: f"Sum({p[0]}, (k, 1, {p[1]}))"),
        st.tuples(inner, inner).map(lambda p: f"Piecewise(({p[0]}, {p[1]} > 0), (0, True))"),
    )


expressions = st.recursive(atoms, grow, max_leaves=8)
anything = st.text(
    st.one_of(st.sampled_from("xyn0129+-*/().,:=<>!&|~'\"[]{}_ \n\t#\\@eE"), st.characters()), max_size=60
)


@pytest.fixture(autouse=True)
def no_effects(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("something was executed")

    for place, name in ((os, "system"), (os, "popen"), (subprocess, "Popen"), (sympy, "sympify"), (sympy, "S")):
        monkeypatch.setattr(place, name, forbidden)


def test_the_reader_has_no_means_to_execute() -> None:
    forbidden = {"eval", "exec", "compile", "sympify", "parse_expr", "lambdify", "__import__", "getattr", "open"}
    for file in (Path(syntax.__file__).parent).glob("*.py"):
        called = {n.func.id for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Call)
                  and isinstance(n.func, ast.Name)}  # fmt: skip
        assert called & forbidden <= {"getattr"}, file.name  # of tables, and of the parser's nodes


def attempt(text: str) -> None:
    for read in (expression, proposition):
        refusal: ReadError | None = None
        try:
            result = read(text, SYMBOLS)
        except ReadError as error:
            refusal = error
        if refusal is None:
            assert read is proposition or isinstance(result, Expr)
        else:
            assert refusal.reason
            assert 0 <= refusal.column <= len(text) + 1


@pytest.mark.parametrize("text", EVIL)
def test_nothing_is_executed(text: str) -> None:
    for read in (expression, proposition):
        with pytest.raises(ReadError):
            read(text, SYMBOLS)


QUIET = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@QUIET
@given(expressions)
def test_mathematics_of_all_kinds_is_read_or_refused(text: str) -> None:
    attempt(text)


@QUIET
@given(anything)
def test_any_text_is_read_or_refused(text: str) -> None:
    attempt(text)


@QUIET
@given(st.tuples(anything, st.sampled_from(EVIL), expressions).map(" ".join))
def test_mixtures_are_read_or_refused(text: str) -> None:
    attempt(text)


@QUIET
@given(st.binary(max_size=80))
def test_any_bytes_are_a_record_or_none(line: bytes) -> None:
    with pytest.raises(RecordError):
        claim(record(line))
