"""Unknown smooth functions, their partial derivatives, and arrays as their arguments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, Integer, Tuple
from sympy.core.symbol import Str

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import KINDS, Kernel, Kind
from verify.normal.algebra.ratio import Ratio
from verify.normal.algebra.substitution import substitute
from verify.normal.binding.binders import binder, renamed, safe, substituted
from verify.normal.binding.ranges import bound_body
from verify.normal.binding.sums import summation
from verify.normal.functions.atoms import symbol
from verify.normal.read import read, reads
from verify.normal.text.write import text
from verify.terms import Opaque, Partial, Tabulate


@reads(Tabulate)
def _tabulate(field: Field, e: Tabulate) -> Ratio:
    body, limits = bound_body(field, e.body, e.limits)
    # the order of the axes is that of the node, the first one first
    limits.reverse()
    return tabulate(field, body, limits)


def tabulate(field: Field, body: Ratio, limits: Sequence[Any]) -> Ratio:
    """An array as a kernel; it occurs only as an argument of an opaque function."""
    base = max((k.height for k in body.inside), default=0)
    named, mapping = renamed(field, limits, base=base)
    body = substitute(field, body, mapping)
    return binder(field, "tabulate", body, tuple(named), real=False)


@reads(Opaque)
def _opaque(field: Field, e: Opaque) -> Ratio:
    return opaque(field, e.name, tuple(read(field, a) for a in e.arguments))


def opaque(field: Field, name: str, args: tuple[Ratio, ...]) -> Ratio:
    """An application of an unknown function, real for real arguments."""
    return field.kernel("opaque", name, args, real=all(_real(field, a) for a in args))


def _real(field: Field, a: Ratio) -> bool:
    kernel = field.only(a)
    if kernel is not None and kernel.kind == "tabulate":
        return field.real(kernel.args[0])
    return field.real(a)


@reads(Partial)
def _partial(field: Field, e: Partial) -> Ratio:
    application = e.application
    args = tuple(read(field, a) for a in application.arguments)
    by = [(int(item[0]), tuple(read(field, i) for i in item[1:])) for item in e.by]
    return partial(field, application.name, args, by)


def partial(field: Field, name: str, args: tuple[Ratio, ...], by: Sequence[tuple[int, tuple[Ratio, ...]]]) -> Ratio:
    """A partial derivative; mixed ones commute, so the order is sorted."""
    ordered = sorted(by, key=lambda item: (item[0], [text(field, i) for i in item[1]]))
    shape = tuple((position, len(indices)) for position, indices in ordered)
    flat = tuple(i for _, indices in ordered for i in indices)
    return field.kernel(
        "partial", (name, len(args), shape), (*args, *flat), real=all(_real(field, a) for a in (*args, *flat))
    )


def _parts(kernel: Kernel) -> tuple[str, tuple[Ratio, ...], list[tuple[int, tuple[Ratio, ...]]]]:
    name, count, _ = kernel.data
    return name, kernel.args[:count], _split(kernel.data, kernel.args)


def _split(data: Any, args: tuple[Ratio, ...]) -> list[tuple[int, tuple[Ratio, ...]]]:
    """The positions and indices of a partial derivative, stored flat behind the arguments."""
    _, count, shape = data
    rest, by = args[count:], []
    for position, size in shape:
        by.append((position, rest[:size]))
        rest = rest[size:]
    return by


def _derive(field: Field, kernel: Kernel, d: Any) -> Ratio:
    name, args, by = (kernel.data, kernel.args, []) if kernel.kind == "opaque" else _parts(kernel)
    total = field.zero
    for position, arg in enumerate(args):
        table = field.only(arg)
        if table is not None and table.kind == "tabulate":
            if d.atom not in table.atoms:
                continue
            # fresh indices always: they meet those of the function's other arguments
            incoming = d.incoming.union(*(k.deep for k in table.args[0].inside))
            limits, body = safe(field, table, incoming)
            d.constant_limits(limits)
            index = tuple(symbol(field, v) for v, _, _ in limits)
            term = partial(field, name, args, [*by, (position, index)]) * d(body)
            total = total + summation(field, term, limits)
        else:
            change = d(arg)
            if not change.is_zero:
                total = total + partial(field, name, args, [*by, (position, ())]) * change
    return total


def _write_opaque(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return Opaque(Str(kernel.data), *args)


def _write_partial(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    name, count, shape = kernel.data
    rest = list(args[count:])
    by = []
    for position, size in shape:
        by.append(Tuple(Integer(position), *rest[:size]))
        rest = rest[size:]
    return Partial(Opaque(Str(name), *args[:count]), *by)


def _build_partial(field: Field, data: Any, args: tuple[Ratio, ...]) -> Ratio:
    return partial(field, data[0], args[: data[1]], _split(data, args))


def _write_tabulate(field: Field, kernel: Kernel, args: Sequence[Expr]) -> Expr:
    return Tabulate(args[0], *(Tuple(v, lo, hi) for v, lo, hi in kernel.data))


def _rebuild_tabulate(field: Field, kernel: Kernel, mapping: dict[int, Ratio]) -> Ratio:
    body, limits = substituted(field, kernel, mapping)
    return tabulate(field, body, limits)


KINDS["opaque"] = Kind(opaque, _derive, _write_opaque)
KINDS["partial"] = Kind(_build_partial, _derive, _write_partial)
KINDS["tabulate"] = Kind(None, None, _write_tabulate, _rebuild_tabulate)
