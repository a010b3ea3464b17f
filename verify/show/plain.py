"""Mathematics as one line of plain text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import (
    Add,
    Expr,
    Indexed,
    Mul,
    default_sort_key,
)
from sympy.printing.str import StrPrinter

from verify.show.optimum import extremum, optimised
from verify.show.primes import primes
from verify.show.products import matrix_product
from verify.show.size import LARGEST, digits, size
from verify.show.term_order import ordered_terms
from verify.terms import (
    FREE,
    Array,
    Conj,
    Content,
    Disj,
    ForAll,
    Frac,
    Maximises,
    Neg,
    Problem,
    Rel,
    Tabulate,
)

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class _Text(StrPrinter):
    """One line of plain text."""

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Expr]:
        return ordered_terms(expr)

    def _print_Integer(self, e: Any) -> str:
        return digits(int(e))

    def _print_Symbol(self, e: Any) -> str:
        """A bound index of the canonical form, ``‹1›``, as ``k₁``."""
        name = str(e.name)
        return f"k{name.strip('‹.∫›').translate(_LOWERED)}" if name.startswith("‹") else name

    def _print_Slice(self, e: Any) -> str:
        return f"{e.array.name}[{', '.join(':' if i == FREE else self._print(i) for i in e.pattern)}]".replace(
            ", :]", "]"
        )

    def _factor(self, e: Any) -> str:
        return f"({self._print(e)})" if isinstance(e, Add | Mul) else self._print(e)

    def _print_Dot(self, e: Any) -> str:
        return f"{self._factor(e.args[0])}·{self._factor(e.args[1])}"

    def _print_Ones(self, e: Any) -> str:
        return "ones"

    def _print_Softmax(self, e: Any) -> str:
        return f"softmax({self._print(e.args[0])})"

    def _print_Component(self, e: Any) -> str:
        return f"{self._factor(e.args[0])}[{self._print(e.args[1])}]"

    def _print_Each(self, e: Any) -> str:
        found = matrix_product(e)
        if found is not None:
            matrix, transposed, vector = found
            return f"{self._print(matrix)}{'ᵀ' if transposed else ''}·{self._factor(vector)}"
        return f"[{self._print(e.args[0])} for each {', '.join(map(self._print, e.args[1:]))}]"

    def _print_Grad(self, e: Any) -> str:
        return f"∂/∂{self._print(e.args[1])} ({self._print(e.args[0])})"

    def _print_Frac(self, e: Any) -> str:
        above = f"({self._print(e.numerator)})" if isinstance(e.numerator, Add) else self._print(e.numerator)
        return f"({above}/{self._factor(e.denominator)})"

    def _print_Derivative(self, e: Any) -> str:
        by = " ".join(f"∂{self._print(v)}" + (f"^{self._print(n)}" if n != 1 else "") for v, n in e.variable_count)
        order = e.derivative_count
        return f"∂{f'^{self._print(order)}' if order != 1 else ''}/{by} ({self._print(e.expr)})"

    def _print_Subs(self, e: Any) -> str:
        at = ", ".join(f"{self._print(v)} = {self._print(p)}" for v, p in zip(e.variables, e.point, strict=True))
        return f"({self._print(e.expr)} at {at})"

    def _series(self, e: Any, sign: str) -> str:
        ranges = ", ".join(f"{self._print(k)}={self._print(lo)}..{self._print(hi)}" for k, lo, hi in e.limits)
        return f"{sign}[{ranges}]({self._print(e.function)})"

    def _print_Sum(self, e: Any) -> str:
        return self._series(e, "Σ")

    def _print_Product(self, e: Any) -> str:
        return self._series(e, "Π")

    def _print_KroneckerDelta(self, e: Any) -> str:
        return f"δ({self._print(e.args[0])}, {self._print(e.args[1])})"

    def _print_UnevaluatedExpr(self, e: Any) -> str:
        return f"({self._print(e.args[0])})"

    def _print_Opaque(self, e: Any) -> str:
        return f"{e.name}({', '.join(self._argument(a) for a in e.arguments)})"

    def _argument(self, e: Any) -> str:
        """A whole array by its name, a row as ``V[c]``."""
        if isinstance(e, Tabulate):
            bound = [limit.args[0] for limit in e.limits]
            if isinstance(e.body, Indexed) and isinstance(e.body.base.label, Array):
                fixed = [self._print(i) for i in e.body.indices if i not in bound]
                return str(e.body.base.label.name) + (f"[{', '.join(fixed)}]" if fixed else "")
            return f"[{self._print(e.body)} for each {', '.join(map(self._print, bound))}]"
        return str(self._print(e))

    def _print_Partial(self, e: Any) -> str:
        if found := primes(e):
            return f"{e.application.name}{found}({self._argument(e.application.arguments[0])})"
        by = ", ".join("argument " + ", ".join(self._print(part) for part in item) for item in e.by)
        return f"(∂{self._print(e.application)} by {by})"

    def _print_Piecewise(self, e: Any) -> str:
        cases = (self._print(v) + (f" if {self._print(c)}" if c != True else " else") for v, c in e.args)  # noqa: E712
        return f"({', '.join(cases)})"

    def _print_Equality(self, e: Any) -> str:
        return f"{self._print(e.lhs)} = {self._print(e.rhs)}"

    def _print_Unequality(self, e: Any) -> str:
        return f"{self._print(e.lhs)} ≠ {self._print(e.rhs)}"

    def _print_Or(self, e: Any) -> str:
        return " or ".join(self._print(part) for part in sorted(e.args, key=default_sort_key))

    def _print_Rational(self, e: Any) -> str:
        return f"{digits(int(e.p))}/{digits(int(e.q))}"


_TEXT = _Text()


def show(content: Content) -> str:
    """A line's content as text."""
    if isinstance(content, Rel):
        return f"{_side(content.lhs)} {content.op.value} {_side(content.rhs)}"
    if isinstance(content, Conj):
        return " and ".join(_part(p) for p in content.parts) if content.parts else "true"
    if isinstance(content, Disj):
        return " or ".join(_part(p) for p in content.parts) if content.parts else "false"
    if isinstance(content, Neg):
        return f"not {_part(content.part)}"
    if isinstance(content, ForAll):
        indices, body = [content.index], content.body
        while isinstance(body, ForAll):
            indices, body = [*indices, body.index], body.body
        return f"for all {', '.join(i.name for i in indices)}: {show(body)}"
    if isinstance(content, Maximises):
        values = ", ".join(f"{show(k)} = {show(v)}" for k, v in content.values)
        return f"{values} is the one {extremum(content.problem)}imiser of {show(content.problem)}"
    if isinstance(content, Problem):
        names = ", ".join(show(v) for v in content.variables)
        what = "the stationary points in" if content.stationary else f"arg {extremum(content)} over"
        each = f" for each {', '.join(map(str, content.each))}" if content.each else ""
        subject = f" subject to {'; '.join(show(c) for c in content.subject)}" if content.subject else ""
        return f"{what} {names} of {show(optimised(content))}{subject}{each}"
    return _text(content)


@lru_cache(maxsize=1 << 10)
def _text(e: Expr) -> str:
    parts = size(e)
    return str(_TEXT.doprint(e)) if parts <= LARGEST else f"(an expression of {parts} parts)"


def _side(e: Content) -> str:
    """A side of a relation; a fraction needs no brackets around it there."""
    return show(e)[1:-1] if isinstance(e, Frac) else show(e)


def _part(p: Content) -> str:
    return f"({show(p)})" if isinstance(p, Conj | Disj | ForAll) else show(p)
