"""A sum of symbolic length, its summand at a generic index."""

from __future__ import annotations

from collections.abc import Iterator

import sympy
from sympy import Add, Expr, Mul, S, Sum

from verify.facts import Facts
from verify.frozen import dataclass
from verify.occurs import names_in
from verify.terms import Index, free


@dataclass(frozen=True)
class Summed:
    """``Σ f`` over one index; ``f`` is written with an index that has the range and occurs nowhere else."""

    f: Expr
    index: Index

    @classmethod
    def read(cls, total: Sum, around: Expr) -> Summed | None:
        """A sum over one finite range; ``around`` is what it stands in."""
        if len(total.limits) != 1:
            return None
        bound, first, last = total.limits[0]
        if first.is_infinite or last.is_infinite:
            return None
        index = generic(first, last, around)
        return cls(total.function.xreplace({bound: index}), index)

    @property
    def range(self) -> tuple[Expr, Expr]:
        """The first index and the last."""
        return self.index.lower, self.index.upper

    def of(self, f: Expr) -> Expr:
        """The sum of something else over the same range."""
        return sympy.Sum(f, (self.index, *self.range))

    def varying(self) -> tuple[list[Expr], Expr]:
        """The factors of the summand that depend on the index, and the product of the others."""
        factors = Mul.make_args(self.f)
        inside = [part for part in factors if self.index in free(part)]
        return inside, Mul(*(part for part in factors if self.index not in free(part)))


def generic(first: Expr, last: Expr, around: Expr) -> Index:
    """An index for a range, with a name that occurs nowhere around."""
    name, names = "t", names_in(around)
    while name in names:
        name += "′"
    return Index(name, first, last)


def has_outer_index(part: Expr) -> bool:
    """Whether a part of a canonical form depends on the index of a sum around it (their names are ‹1›, ‹2›, …)."""
    return any(s.name.startswith("‹") for s in free(part))


def linear(e: Expr, facts: Facts) -> dict[tuple[Expr, Expr], tuple[list[tuple[Expr, Summed]], Expr]]:
    """``e = Σᵢ cᵢ Σ fᵢ + rest`` for every range that occurs: the coefficients with the sums, and the rest."""
    found: dict[tuple[Expr, Expr], tuple[list[tuple[Expr, Summed]], Expr]] = {}
    terms = Add.make_args(e.expand())
    alone = [(term, of) for term in terms if (of := _alone(term, e)) is not None]
    for _, (_, summed) in alone:
        if summed.range in found or not facts.regular(*summed.range):
            continue
        mine = [(term, part) for term, part in alone if part[1].range == summed.range]
        rest = Add(*terms) - Add(*(term for term, _ in mine))
        found[summed.range] = [part for _, part in mine], rest
    return found


def _alone(term: Expr, around: Expr) -> tuple[Expr, Summed] | None:
    """A term that is one sum, with the rest of its factors."""
    sums = [part for part in Mul.make_args(term) if isinstance(part, Sum)]
    summed = Summed.read(sums[0], around) if len(sums) == 1 else None
    return None if summed is None else (term / sums[0], summed)


def sums_of(e: Expr) -> Iterator[Sum]:
    """The sums in an expression whose indices no other sum binds, in a fixed order."""
    found: dict[Sum, None] = {}

    def walk(part: Expr) -> None:
        if isinstance(part, Sum):
            found[part] = None
            return
        for inner in part.args:
            if isinstance(inner, Expr):
                walk(inner)

    walk(e)
    yield from sorted(found, key=sympy.default_sort_key)


def length(index: Index) -> Expr:
    """How many values an index takes."""
    return index.upper - index.lower + S.One
