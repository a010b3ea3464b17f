"""Names for bound indices and for generic components, so that none is captured."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr

from verify.frozen import dataclass
from verify.shapes import Shape
from verify.terms import Index

COMPONENTS = ("i", "j", "r", "s")  # names of generic components, the first ones that are free


@dataclass(frozen=True)
class Names:
    """Hands out names for bound indices, none of them twice in nested scopes."""

    taken: frozenset[str]

    def fresh(self, wanted: str, lower: Expr, upper: Expr) -> tuple[Index, Names]:
        """An index of the wanted name, primed if need be, and the names that are left for what is inside."""
        name = wanted
        while name in self.taken:
            name += "'"
        return Index(name, lower, upper), Names(self.taken | {name})


def components(axes: Shape, taken: Iterable[str]) -> tuple[Index, ...]:
    """Free indices for a generic entry, with names that are not taken."""
    names = Names(frozenset(taken))
    found = []
    for wanted, axis in zip(COMPONENTS, axes, strict=False):
        index, names = names.fresh(wanted, axis.lower, axis.upper)
        found.append(index)
    return tuple(found)
