"""Mathematics as LaTeX, where its author gave none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sympy import (
    Add,
    Derivative,
    Expr,
    Function,
    Mul,
)
from sympy.printing.latex import LatexPrinter

from verify.show.optimum import extremum, optimised
from verify.show.plain import show
from verify.show.primes import MOST_PRIMES, primes
from verify.show.products import matrix_product
from verify.show.size import LARGEST, digits, size
from verify.show.term_order import ordered_terms
from verify.terms import (
    FREE,
    Conj,
    Content,
    Disj,
    ForAll,
    Maximises,
    Neg,
    Opaque,
    Problem,
    Rel,
    sigmoid,
)

_SPECIAL = re.compile(r"(?<!\\)[#%&$]")  # in names, what means something else in LaTeX


class Latex(LatexPrinter):
    """LaTeX for the nodes that SymPy lacks."""

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Expr]:
        return ordered_terms(expr)

    def _print_Integer(self, e: Any) -> str:
        return digits(int(e))

    def _in_brackets(self, e: Any) -> str:
        printed = str(self._print(e))
        return rf"\left({printed}\right)" if isinstance(e, Add | Mul) else printed

    def _print_Index(self, e: Any) -> str:
        return _SPECIAL.sub(r"\\\g<0>", str(self._print_Symbol(e)))

    _print_Array = _print_Index

    def _print_Slice(self, e: Any) -> str:
        fixed = ", ".join(r"\cdot" if i == FREE else self._print(i) for i in e.pattern).removesuffix(r", \cdot")
        return f"{{{self._print(e.array)}}}_{{{fixed}}}"

    def _print_Dot(self, e: Any) -> str:
        return rf"{{{self._in_brackets(e.args[0])}}}^T {self._in_brackets(e.args[1])}"

    def _print_Ones(self, e: Any) -> str:
        return r"\mathbf{1}"

    def _print_Softmax(self, e: Any) -> str:
        return rf"\mathrm{{softmax}}\left({self._print(e.args[0])}\right)"

    def _print_Component(self, e: Any) -> str:
        return rf"{{{self._in_brackets(e.args[0])}}}_{{{self._print(e.args[1])}}}"

    def _print_Each(self, e: Any) -> str:
        found = matrix_product(e)
        if found is not None:
            matrix, transposed, vector = found
            return rf"{self._print(matrix)}{'^T' if transposed else ''} {self._in_brackets(vector)}"
        return rf"\left({self._print(e.args[0])}\right)_{{{', '.join(map(self._print, e.args[1:]))}}}"

    def _print_Grad(self, e: Any) -> str:
        return rf"\frac{{\partial}}{{\partial {self._print(e.args[1])}}} \left({self._print(e.args[0])}\right)"

    def _print_Frac(self, e: Any) -> str:
        return rf"\frac{{{self._print(e.numerator)}}}{{{self._print(e.denominator)}}}"

    def _print_sigmoid(self, e: Any, exp: Any = None) -> str:
        power = f"^{{{exp}}}" if exp is not None else ""
        return rf"\sigma{power}\left({self._print(e.args[0])}\right)"

    def _print_Subs(self, e: Any) -> str:
        inner = e.args[0]
        if isinstance(inner, Derivative) and len(inner.args) == 2 and isinstance(inner.expr, sigmoid):
            return rf"\sigma'\left({self._print(e.point[0])}\right)"
        if isinstance(inner, Derivative) and isinstance(inner.expr, Opaque) and len(e.variables) == 1:
            count = inner.derivative_count
            if inner.expr.arguments != tuple(e.variables) or not 0 < count <= MOST_PRIMES:
                return str(super()._print_Subs(e))
            primed = inner.expr.name + "'" * count
            return rf"{primed}\left({self._print(e.point[0])}\right)"
        once = isinstance(inner, Derivative) and inner.derivative_count == 1 and len(e.variables) == 1
        if once and isinstance(inner.expr, Function) and inner.expr.args == tuple(e.variables):
            name = self._hprint_Function(type(inner.expr).__name__)
            return rf"{name}'\left({self._print(e.point[0])}\right)"
        return str(super()._print_Subs(e))

    def _print_Opaque(self, e: Any) -> str:
        return rf"{e.name}\left({', '.join(map(self._print, e.arguments))}\right)"

    def _print_Partial(self, e: Any) -> str:
        if found := primes(e):
            (argument,) = e.application.arguments
            return rf"{e.application.name}{found}\left({self._print(argument)}\right)"
        by = ",".join(self._print(position + 1) + "".join(map(self._print, entry)) for position, *entry in e.by)
        return rf"\partial_{{{by}}} {self._print(e.application)}"

    def _print_UnevaluatedExpr(self, e: Any) -> str:
        return str(self._print(e.args[0]))


_LATEX = Latex()


def latex(content: Content, write: Callable[[Expr], str] | None = None) -> str:
    """LaTeX made from the expression, for a line whose author gave none; ``write`` writes the expressions in it."""

    def inner(part: Content) -> str:
        return latex(part, write)

    if isinstance(content, Expr):
        return (write or _latex)(content)
    if isinstance(content, Rel):
        return f"{inner(content.lhs)} {content.op.latex} {inner(content.rhs)}"
    if isinstance(content, Conj | Disj) and content.parts:
        word = r"\ \text{and}\ " if isinstance(content, Conj) else r"\ \text{or}\ "
        return word.join(rf"\left({inner(p)}\right)" if isinstance(p, Conj | Disj) else inner(p) for p in content.parts)
    if isinstance(content, Neg):
        return rf"\neg\left({inner(content.part)}\right)"
    if isinstance(content, ForAll):
        indices, body = [inner(content.index)], content.body
        while isinstance(body, ForAll):
            indices, body = [*indices, inner(body.index)], body.body
        return rf"\forall {', '.join(indices)}:\ {inner(body)}"
    if isinstance(content, Maximises):
        values = r",\ ".join(f"{inner(k)} = {inner(v)}" for k, v in content.values)
        return rf"{values}\ \text{{is the one {extremum(content.problem)}imiser of}}\ {inner(content.problem)}"
    if isinstance(content, Problem):
        what = r"\operatorname*{stat}" if content.stationary else rf"\arg\{extremum(content)}"
        objective = inner(optimised(content))
        if isinstance(optimised(content), Add):
            objective = rf"\left({objective}\right)"
        subject = r",\ ".join(map(inner, content.subject))
        given = rf"\quad\text{{subject to}}\ {subject}" if subject else ""
        each = rf"\quad\text{{for each}}\ {', '.join(map(inner, content.each))}" if content.each else ""
        return f"{what}_{{{', '.join(map(inner, content.variables))}}} {objective}{given}{each}"
    return rf"\text{{{show(content)}}}"


def _latex(e: Expr) -> str:
    parts = size(e)
    return str(_LATEX.doprint(e)) if parts <= LARGEST else rf"\text{{an expression of {parts} parts}}"
