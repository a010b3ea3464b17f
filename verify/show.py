"""Mathematics as one line of text, and as LaTeX where an author gave none; the givens as sentences."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    Indexed,
    Integer,
    Mul,
    Piecewise,
    Symbol,
    default_sort_key,
)
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

from verify.model import Givens
from verify.term_order import ordered_terms
from verify.terms import (
    FREE,
    Array,
    Conj,
    Content,
    Disj,
    ForAll,
    Index,
    Maximises,
    Neg,
    Opaque,
    Problem,
    Rel,
    Tabulate,
    sigmoid,
)


def _digits(value: int) -> str:
    """An integer, or the first digits and the length of a long one."""
    if abs(value).bit_length() <= 400:
        return str(value)
    length = int(abs(value).bit_length() * 0.30103)
    return f"{'-' if value < 0 else ''}{abs(value) // 10 ** (length - 8)}…(about {length} digits)"


_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class _Text(StrPrinter):
    """One line of plain text."""

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Expr]:
        return ordered_terms(expr)

    def _print_Integer(self, e: Any) -> str:
        return _digits(int(e))

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
        return f"[{self._print(e.args[0])} for each {', '.join(map(self._print, e.args[1:]))}]"

    def _print_Grad(self, e: Any) -> str:
        return f"∂/∂{self._print(e.args[1])} ({self._print(e.args[0])})"

    def _print_Frac(self, e: Any) -> str:
        above = f"({self._print(e.numerator)})" if isinstance(e.numerator, Add) else self._print(e.numerator)
        return f"({above}/{self._factor(e.denominator)})"

    def _print_Derivative(self, e: Any) -> str:
        by = "".join(f"/∂{self._print(v)}" + (f"^{self._print(n)}" if n != 1 else "") for v, n in e.variable_count)
        return f"∂{by} ({self._print(e.expr)})"

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
        if (primes := _primes(e)) and len(primes) <= MOST_PRIMES:
            return f"{e.application.name}{primes}({self._argument(e.application.arguments[0])})"
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
        return f"{_digits(int(e.p))}/{_digits(int(e.q))}"


def _primes(e: Any) -> str:
    """For derivatives of a function of one number: a prime for each."""
    return "'" * len(e.by) if len(e.application.arguments) == 1 and all(len(by) == 1 for by in e.by) else ""


class Latex(LatexPrinter):
    """LaTeX for the nodes that SymPy lacks."""

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Expr]:
        return ordered_terms(expr)

    def _print_Integer(self, e: Any) -> str:
        return _digits(int(e))

    def _in_brackets(self, e: Any) -> str:
        printed = str(self._print(e))
        return rf"\left({printed}\right)" if isinstance(e, Add | Mul) else printed

    def _print_Index(self, e: Any) -> str:
        return str(self._print_Symbol(e))

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
            primes = "'" * inner.derivative_count
            if inner.expr.arguments == tuple(e.variables) and 0 < len(primes) <= MOST_PRIMES:
                return rf"{inner.expr.name}{primes}\left({self._print(e.point[0])}\right)"
        return str(super()._print_Subs(e))

    def _print_Opaque(self, e: Any) -> str:
        return rf"{e.name}\left({', '.join(map(self._print, e.arguments))}\right)"

    def _print_Partial(self, e: Any) -> str:
        if (primes := _primes(e)) and len(primes) <= MOST_PRIMES:
            (argument,) = e.application.arguments
            return rf"{e.application.name}{primes}\left({self._print(argument)}\right)"
        by = ",".join(self._print(position + 1) + "".join(map(self._print, entry)) for position, *entry in e.by)
        return rf"\partial_{{{by}}} {self._print(e.application)}"

    def _print_UnevaluatedExpr(self, e: Any) -> str:
        return str(self._print(e.args[0]))


MOST_PRIMES = 3
LISTED = 20  # members of a sequence that are written out
LARGEST = 2000  # parts of an expression that is still worth reading
_TEXT = _Text()
_LATEX = Latex()


def show(content: Content) -> str:
    """A line's content as text."""
    if isinstance(content, Rel):
        return f"{show(content.lhs)} {content.op.value} {show(content.rhs)}"
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
        return f"{values} is the one maximiser of {show(content.problem)}"
    if isinstance(content, Problem):
        names = ", ".join(show(v) for v in content.variables)
        what = "the stationary points in" if content.stationary else "arg max over"
        each = f" for each {', '.join(map(str, content.each))}" if content.each else ""
        subject = f" subject to {'; '.join(show(c) for c in content.subject)}" if content.subject else ""
        return f"{what} {names} of {show(content.objective)}{subject}{each}"
    return _text(content)


@lru_cache(maxsize=1 << 10)
def _text(e: Expr) -> str:
    size = _size(e)
    return str(_TEXT.doprint(e)) if size <= LARGEST else f"(an expression of {size} parts)"


@lru_cache(maxsize=4096)
def _size(e: Basic) -> int:
    """How many parts there are to write, shared ones each time they occur."""
    return 1 + sum(_size(a) for a in e.args)


def _part(p: Content) -> str:
    return f"({show(p)})" if isinstance(p, Conj | Disj | ForAll) else show(p)


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
        return rf"\forall {inner(content.index)}:\ {inner(content.body)}"
    if isinstance(content, Maximises):
        values = r",\ ".join(f"{inner(k)} = {inner(v)}" for k, v in content.values)
        return rf"{values}\ \text{{is the one maximiser of}}\ {inner(content.problem)}"
    if isinstance(content, Problem):
        what = r"\operatorname*{stat}" if content.stationary else r"\arg\max"
        subject = r",\ ".join(map(inner, content.subject))
        given = rf"\quad\text{{subject to}}\ {subject}" if subject else ""
        each = rf"\quad\text{{for each}}\ {', '.join(map(inner, content.each))}" if content.each else ""
        return f"{what}_{{{', '.join(map(inner, content.variables))}}} {inner(content.objective)}{given}{each}"
    return rf"\text{{{show(content)}}}"


def _latex(e: Expr) -> str:
    size = _size(e)
    return str(_LATEX.doprint(e)) if size <= LARGEST else rf"\text{{an expression of {size} parts}}"


# -- givens ------------------------------------------------------------------------------------------------------


def givens(given: Givens) -> tuple[str, ...]:
    """The givens as short sentences, sizes first."""
    sizes = [s for s in given.symbols if not isinstance(s, Index | Array) and s.is_integer and s.is_positive]
    groups: dict[str, list[str]] = {}
    for symbol in (*sizes, *(s for s in given.symbols if s not in sizes)):
        groups.setdefault(_domain(symbol), []).append(_name(symbol))
    sentences = [
        f"{', '.join(names)} {domain.replace('integers', 'an integer') if len(names) == 1 else domain}"
        for domain, names in groups.items()
    ]
    return (*sentences, *(show(c) for c in given.constraints))


def _name(symbol: Symbol) -> str:
    if isinstance(symbol, Array) and symbol.definition is not None and not _listed(symbol):
        return f"{symbol.name}[{', '.join(map(str, symbol.definition.indices))}]"
    return str(symbol.name)


def _listed(array: Array) -> str:
    """A short sequence that is given by its members: ``(1, 2, 2)``."""
    definition = array.definition
    if definition is None or len(array.axes) != 1 or not isinstance(definition.body, Piecewise):
        return ""
    first, last = array.axes[0].lower, array.axes[0].upper
    if not (isinstance(first, Integer) and isinstance(last, Integer) and last - first < LISTED):
        return ""
    members = (definition.body.xreplace({definition.indices[0]: Integer(k)}) for k in range(int(first), int(last) + 1))
    return f"({', '.join(map(show, members))})"


def _domain(symbol: Symbol) -> str:
    if isinstance(symbol, Index):
        return f"∈ {{{symbol.lower}, …, {symbol.upper}}}"
    if isinstance(symbol, Array):
        if symbol.definition is not None:
            return f"= {_listed(symbol) or show(symbol.definition.body)}"
        shape = "×".join(str(axis.size) for axis in symbol.axes)
        if symbol.values is not None:
            return f"a sequence of {shape} members of {{{symbol.values[0]}, …, {symbol.values[1]}}}"
        kind = {"positive": "positive reals", "integer": "integers", "nonnegative": "nonnegative reals"}
        names = [kind[key] for key, value in symbol.domain if value and key in kind]
        if names:
            return f"a table of {shape} {' and '.join(names)}"
        return f"∈ ℝ^{shape}" if shape.isalnum() else f"∈ ℝ^({shape})"
    if symbol.is_integer:
        return "integers ≥ 1" if symbol.is_positive else "integers ≥ 0" if symbol.is_nonnegative else "integers"
    if symbol.is_positive:
        return "> 0"
    if symbol.is_nonnegative:
        return "≥ 0"
    if symbol.is_negative:
        return "< 0"
    return "real" if symbol.is_extended_real else "complex"
