"""From the canonical form back to SymPy, and to text that does not depend on the order of generators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sympy import Add, Expr, Integer, Mul, Pow, Symbol

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Kernel
from verify.normal.algebra.ratio import Poly, Ratio


def expression(field: Field, a: Ratio) -> Expr:
    """A ratio as a core expression."""
    kernels = [(k.index, kernel_expression(field, k)) for k in a.inside]
    num = _polynomial(a.num, kernels)
    if a.den.is_one():
        return num
    return Mul(num, Pow(_polynomial(a.den, kernels), -1))


def kernel_expression(field: Field, kernel: Kernel) -> Expr:
    """A kernel as a core expression."""
    found: Expr | None = kernel.memo.get("expression")
    if found is None:
        found = KINDS[kernel.kind].write(field, kernel, [expression(field, x) for x in kernel.args])
        kernel.memo["expression"] = found
    return found


def _polynomial(p: Poly, kernels: Sequence[tuple[int, Expr]]) -> Expr:
    terms = []
    for monomial, coefficient in p.terms():
        factors = [] if coefficient == 1 else [Integer(int(coefficient))]
        factors += [e if monomial[g] == 1 else Pow(e, int(monomial[g])) for g, e in kernels if monomial[g]]
        terms.append(Mul(*factors))
    return Add(*terms)


def text(field: Field, a: Ratio, names: Mapping[int, str] | None = None) -> str:
    """A ratio as text with sorted terms; ``names`` rename generators (bound indices that are being compared)."""
    names = {} if names is None else names
    kernels = [(k.index, kernel_text(field, k, names)) for k in a.inside]
    num = _polynomial_text(a.num, kernels)
    return num if a.den.is_one() else f"({num})/({_polynomial_text(a.den, kernels)})"


def _polynomial_text(p: Poly, kernels: Sequence[tuple[int, str]]) -> str:
    terms = []
    for monomial, coefficient in p.terms():
        factors = sorted(
            written if monomial[g] == 1 else f"{written}**{monomial[g]}" for g, written in kernels if monomial[g]
        )
        terms.append(("*".join(factors), int(coefficient)))
    terms.sort()
    return " + ".join(f"{c}*{m}" if m and c != 1 else m or str(c) for m, c in terms) or "0"


def kernel_text(field: Field, kernel: Kernel, names: Mapping[int, str]) -> str:
    """A kernel as text."""
    if kernel.index in names:
        return names[kernel.index]
    plain = names.keys().isdisjoint(kernel.deep)
    if plain and "text" in kernel.memo:
        return str(kernel.memo["text"])
    if kernel.kind in ("sum", "product", "tabulate"):
        own = {}
        head = ", ".join(f"{v.name}={end_text(lo)}..{end_text(hi)}" for v, lo, hi in kernel.data)
        for v, _, _ in kernel.data:
            own[field.table["symbol", v].index] = v.name
        inner = {g: n for g, n in names.items() if g not in own}
        if not plain:
            # the ranges too may speak of the renamed indices
            table = {field.at(g).data: n for g, n in names.items()}
            head = ", ".join(f"{v.name}={_renamed(lo, table)}..{_renamed(hi, table)}" for v, lo, hi in kernel.data)
        found = f"{kernel.kind}[{head}]({text(field, kernel.args[0], inner)})"
    else:
        args = ", ".join(text(field, x, names) for x in kernel.args)
        data = "" if kernel.data is None else str(kernel.data)
        if not kernel.args:
            found = data
        elif kernel.kind == "entry":
            found = f"{data}[{args}]"
        else:
            found = f"{kernel.kind}({args})" if data in ("", "1") else f"{kernel.kind}{{{data}}}({args})"
    if plain:
        kernel.memo["text"] = found
    return found


def _renamed(e: Expr, table: Mapping[Expr, str]) -> str:
    return end_text(e.xreplace({old: Symbol(name) for old, name in table.items()}))


@lru_cache(maxsize=1 << 12)
def end_text(e: Expr) -> str:
    """SymPy's text of the end of a range: there are few, and printing takes long."""
    return str(e)
