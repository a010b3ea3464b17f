"""What the entries of defined arrays stand for."""

from __future__ import annotations

from sympy import Expr, Indexed, Product, Sum, Symbol, log

from verify.lower.expressions import lower
from verify.occurs import names_in
from verify.shapes import as_expr
from verify.terms import Array


def unfold(e: Expr) -> Expr:
    """Every entry of a defined array replaced by what it stands for; the same object where there is none."""
    return _unfold(e, names_in(e)) if any(map(_defined, e.atoms(Indexed))) else e


def _defined(e: Indexed) -> bool:
    return isinstance(e.base.label, Array) and e.base.label.definition is not None


def _unfold(e: Expr, scope: set[str]) -> Expr:
    if isinstance(e, Indexed) and _defined(e):
        definition = e.base.label.definition
        body = lower(definition.body, (), scope | names_in(*e.indices))  # its own bound names capture nothing
        return body.xreplace(dict(zip(definition.indices, e.indices, strict=True)))
    if not e.args or isinstance(e, Symbol):
        return e
    if isinstance(e, Sum | Product):
        inner = scope | {limit[0].name for limit in e.limits}
        return e.func(_unfold(e.function, inner), *e.limits)
    if isinstance(e, log):  # SymPy would look for what its argument is, which takes long for sums that are built anew
        return log(*(_unfold(as_expr(a), scope) for a in e.args), evaluate=False)
    return e.func(*(_unfold(a, scope) if isinstance(a, Expr) else a for a in e.args))
