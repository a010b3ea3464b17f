"""Products of a matrix and a vector, written out by components, as their author would write them."""

from __future__ import annotations

from sympy import Expr, Indexed, Mul, Sum

from verify.terms import FREE, Array, Component, Dot, Each, Slice, free


def matrix_product(e: Each) -> tuple[Array, bool, Expr] | None:
    """The matrix, whether it is transposed, and the vector: of ``(X_rowᵀ v) for each row``, or ``(Σ_row X_{row, column}
    v_row) for each column``.
    """
    body, *bound = e.args
    if len(bound) != 1:
        return None
    (index,) = bound
    if isinstance(body, Dot):
        row, vector = body.args
        if isinstance(row, Slice) and row.pattern == (index, FREE) and isinstance(vector, Expr):
            return (row.array, False, vector) if index not in free(vector) else None
    if isinstance(body, Sum) and len(body.limits) == 1 and isinstance(body.function, Mul):
        k = body.limits[0][0]
        entries = [f for f in body.function.args if isinstance(f, Indexed) and f.indices == (k, index)]
        others = [f for f in body.function.args if f not in entries]
        if len(entries) != 1 or len(others) != 1 or not isinstance(entries[0].base.label, Array):
            return None
        (other,) = others
        vector = other.args[0] if isinstance(other, Component) and other.args[1] == k else None
        if isinstance(other, Indexed) and other.indices == (k,):
            vector = other.base.label
        if isinstance(vector, Expr) and not {k, index} & free(vector):
            return entries[0].base.label, True, vector
    return None
