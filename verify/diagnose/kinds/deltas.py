"""A lost case distinction, which a derivative makes: ``Σ_k a_k ∂z_k/∂z_i = Σ_k a_k`` for ``Σ_k a_k δ_{ki}``."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Derivative, KroneckerDelta, Sum, Symbol

from verify.diagnose.kinds.factors import say_delta
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part
from verify.diagnose.vocabulary import Vocabulary
from verify.terms import Grad, Index, free

COST = 1.2


def propose(part: Part, words: Vocabulary) -> Iterator[Edit]:
    """A delta as a factor of a summand, where a derivative by something with an index stood in such a sum."""
    parent = part.parent
    if not isinstance(parent, Sum) or len(parent.limits) != 1 or parent.function.has(KroneckerDelta):
        return
    k, *ends = parent.limits[0]
    if k in free(part.node):
        for index in words.remembered("derived", lambda: _derived(words)).get(tuple(ends), ()):
            if index in words.in_scope(part.bound) and index != k:
                yield Edit("missing-delta", part, Op.TIMES, KroneckerDelta(k, index), COST, say_delta)


def _derived(words: Vocabulary) -> dict[tuple[object, ...], tuple[Symbol, ...]]:
    """By what indices it is differentiated within the sums of the line before, for each range."""
    found: dict[tuple[object, ...], dict[Symbol, None]] = {}
    for series in sorted(words.lines[0].atoms(Sum), key=str):
        for inner in sorted(series.function.atoms(Derivative, Grad), key=str):
            by = inner.args[1] if isinstance(inner, Grad) else inner.variables[0]
            for k, *ends in series.limits:
                if k in free(inner.args[0]):
                    indices = {s: None for s in sorted(free(by), key=str) if isinstance(s, Index)}
                    found.setdefault(tuple(ends), {}).update(indices)
    return {ends: tuple(indices) for ends, indices in found.items()}
