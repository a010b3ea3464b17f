"""Single slips of every kind, made on purpose. Independent of the search that has to find them.

Each kind is a function from a place to what somebody might write there by mistake. The codes are those of the
catalogue of slips; some mutants can rightly be called by several (``σ(−x)`` for ``σ(x)`` is a wrong argument and a
wrong sign), and each of them counts as right.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Add, Expr, Function, S

from benchmarks.slips.kinds.arithmetic import (
    average,
    constant,
    exponent,
    extra_factor,
    extra_term,
    missing_factor,
    missing_term,
    reciprocal,
    sign,
)
from benchmarks.slips.kinds.functions import argument, brackets, extra_function, function, lost_function, not_linear
from benchmarks.slips.kinds.indices import (
    extra_delta,
    extra_sum,
    index,
    limits,
    lost_sum,
    sum_for_product,
    transposed,
    variable,
)
from benchmarks.slips.kinds.mutant import Kind, Mutant, Words
from benchmarks.slips.places import exchanged, folds, keeps, lost_argument, places
from verify.terms import TermError

__all__ = ["KINDS", "Mutant", "mutants"]

KINDS: tuple[Kind, ...] = (
    sign, missing_term, extra_term, missing_factor, extra_factor, average, constant, exponent, reciprocal, function,
    lost_function, extra_function, argument, not_linear, brackets, variable, index, transposed, extra_delta, lost_sum,
    extra_sum, sum_for_product, limits,
)  # fmt: skip


CALLS: tuple[Kind, ...] = (function, argument, extra_function)
"""The kinds that call a function, which SymPy may evaluate: ``log(−10)`` is ``log 10 + iπ``."""


def _called(e: Expr) -> bool:
    return isinstance(e.as_coeff_Mul()[1], Function)


def mutants(line: Expr, beside: Sequence[Expr]) -> list[Mutant]:
    """All single slips on a line; ``beside`` are the expressions around it. The same line made in two ways is one."""
    words = Words((line, *beside))
    found: dict[Expr, Mutant] = {}
    for place in places(line):
        for kind in KINDS:
            try:
                for codes, new in kind(place, words):
                    wrong = exchanged(line, place.path, new)
                    if wrong != line and not wrong.has(S.NaN, S.ComplexInfinity):
                        before = found.get(wrong)
                        merged = kind is extra_term and not keeps(new, (place.part,), Add)
                        evaluated = kind in CALLS and not _called(new)
                        emptied = not line.free_symbols and wrong.is_Rational and not line.is_Rational
                        folded = merged or evaluated or emptied or folds(line, place.path, new)
                        lost = lost_argument(place, new) if kind in (missing_term, missing_factor) else None
                        if before is not None:
                            codes, folded, lost = codes | before.codes[0], folded and before.folded, before.lost or lost
                        found[wrong] = Mutant((codes,), wrong, folded, lost)
            except (TermError, TypeError, ValueError, ZeroDivisionError):
                continue  # what cannot be written is no slip
    return list(found.values())
