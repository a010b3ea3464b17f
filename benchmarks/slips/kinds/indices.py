"""Letters, indices, deltas and sums that are wrong."""

from __future__ import annotations

import itertools

from sympy import Indexed, KroneckerDelta, Mul, Pow, Product, Sum, Symbol

from benchmarks.slips.kinds.mutant import Found, Words, called, is_scalar
from benchmarks.slips.places import Place
from verify.terms import FREE, Array, Frac, Index, Slice


def _same_range(a: Index, b: Index) -> bool:
    return a != b and (a.lower, a.upper) == (b.lower, b.upper)


def variable(place: Place, words: Words) -> Found:
    """Another letter."""
    part = place.part
    if isinstance(part, Symbol) and part in words.scalars and not isinstance(part, Array):
        for other in words.scalars:
            if other != part and other.is_integer == part.is_integer:
                yield called("variable"), other


def index(place: Place, words: Words) -> Found:
    """Another index of the same range."""
    part = place.part
    if isinstance(part, Index):
        for other in words.indices(place):
            if _same_range(part, other):
                yield called("index"), other
    if isinstance(part, Indexed | Slice):
        for position, old in enumerate(part.args[1:], 1):
            if isinstance(old, Index):
                for other in words.indices(place):
                    if _same_range(old, other):
                        args = [other if p == position else a for p, a in enumerate(part.args)]
                        yield called("index"), part.func(*args)
    if isinstance(part, KroneckerDelta):
        for old, other in itertools.product(part.args, words.indices(place)):
            if isinstance(old, Index) and _same_range(old, other) and other not in part.args:
                yield called("index"), part.xreplace({old: other})


def transposed(place: Place, words: Words) -> Found:
    """Row and column exchanged."""
    part = place.part
    if isinstance(part, Indexed | Slice) and len(part.args) == 3 and FREE not in part.args:
        base, first, second = part.args
        array = base.label if isinstance(part, Indexed) else base
        if isinstance(array, Array) and len(array.axes) == 2 and array.axes[0] == array.axes[1] and first != second:
            yield called("transposed", "index"), part.func(base, second, first)


def extra_delta(place: Place, words: Words) -> Found:
    """A Kronecker delta too many."""
    if isinstance(place.whole, Mul | Pow | Frac) or isinstance(place.part, Index):
        return
    for a, b in itertools.combinations(words.indices(place), 2):
        if _same_range(a, b):
            yield called("extra-delta"), place.part * KroneckerDelta(a, b)


def lost_sum(place: Place, words: Words) -> Found:
    """A sum of which one term is left."""
    part = place.part
    if isinstance(part, Sum | Product) and len(part.limits) == 1:
        bound, lower, upper = part.limits[0]
        for other in words.indices(place):
            if other != bound and (other.lower, other.upper) == (lower, upper):
                yield called("lost-sum"), part.function.xreplace({bound: other})


def extra_sum(place: Place, words: Words) -> Found:
    """A sum over what is one member."""
    part = place.part
    if not is_scalar(part) or isinstance(place.whole, Mul | Pow | Frac | Sum | Product) or isinstance(part, Index):
        return
    for free in words.indices(place):
        if free in part.free_symbols:
            bound = Index(free.name + "'", free.lower, free.upper)
            yield called("extra-sum"), Sum(part.xreplace({free: bound}), (bound, free.lower, free.upper))


def sum_for_product(place: Place, words: Words) -> Found:
    """A sum for a product, and the other way round."""
    if isinstance(place.part, Sum | Product):
        other = Product if isinstance(place.part, Sum) else Sum
        yield called("sum-for-product"), other(*place.part.args)


def limits(place: Place, words: Words) -> Found:
    """A range that begins or ends one off."""
    part = place.part
    if isinstance(part, Sum | Product) and len(part.limits) == 1:
        bound, lower, upper = part.limits[0]
        if upper.is_infinite is not True:
            yield called("range"), part.func(part.function, (bound, lower, upper - 1))
        yield called("range"), part.func(part.function, (bound, lower + 1, upper))
