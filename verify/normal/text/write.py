"""From the canonical form back to SymPy, and to text that does not depend on the order of generators."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Add, Expr, Integer, Mul, Pow, Symbol

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Kernel
from verify.normal.algebra.ratio import Poly, Ratio


def expression(field: Field, a: Ratio) -> Expr:
    """A ratio as a core expression."""
    num = _polynomial(field, a.num)
    if a.den.is_one():
        return num
    return Mul(num, Pow(_polynomial(field, a.den), -1))


def kernel_expression(field: Field, kernel: Kernel) -> Expr:
    """A kernel as a core expression."""
    found: Expr | None = kernel.memo.get("expression")
    if found is None:
        found = KINDS[kernel.kind].write(field, kernel, [expression(field, x) for x in kernel.args])
        kernel.memo["expression"] = found
    return found


def _polynomial(field: Field, p: Poly) -> Expr:
    names = {k.index: kernel_expression(field, k) for k in field.used(p)}
    terms = []
    for monomial, coefficient in p.terms():
        factors = [Pow(name, int(monomial[g])) for g, name in names.items() if monomial[g]]
        terms.append(Mul(Integer(int(coefficient)), *factors))
    return Add(*terms)


def text(field: Field, a: Ratio, names: Mapping[int, str] | None = None) -> str:
    """A ratio as text with sorted terms; ``names`` rename generators (bound indices that are being compared)."""
    names = {} if names is None else names
    num = _polynomial_text(field, a.num, names)
    return num if a.den.is_one() else f"({num})/({_polynomial_text(field, a.den, names)})"


def _polynomial_text(field: Field, p: Poly, names: Mapping[int, str]) -> str:
    used = {k.index: kernel_text(field, k, names) for k in field.used(p)}
    terms = []
    for monomial, coefficient in p.terms():
        factors = sorted(
            name if monomial[g] == 1 else f"{name}**{monomial[g]}" for g, name in used.items() if monomial[g]
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
        head = ", ".join(f"{v.name}={lo}..{hi}" for v, lo, hi in kernel.data)
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
    return str(e.xreplace({old: Symbol(name) for old, name in table.items()}))
