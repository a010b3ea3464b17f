"""Kernels, the generators of the field, and what each kind of them can do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from verify.frozen import dataclass
from verify.normal.algebra.limits import TooLarge
from verify.normal.algebra.ratio import Poly, Ratio

if TYPE_CHECKING:
    from sympy import Expr

    from verify.normal.algebra.field import Field


class Differentiate(Protocol):
    """A derivative operator (:class:`verify.normal.calculus.derive.Differential`) as the rules of kernels see it."""

    incoming: frozenset[int]
    atom: Any

    def __call__(self, a: Ratio) -> Ratio: ...

    def constant_limits(self, limits: Sequence[Any]) -> None: ...


class Kernel:
    """A generator: its kind, what belongs to it (``data``) and its arguments in canonical form."""

    __slots__ = ("args", "atoms", "data", "deep", "height", "index", "kind", "memo", "poly", "ratio", "real", "whole")

    def __init__(self, index: int, kind: str, data: Any, args: tuple[Ratio, ...], ratio: Ratio) -> None:
        self.index = index
        self.kind = kind
        self.data = data
        self.args = args
        self.ratio = ratio
        self.whole = _whole(args)
        self.poly: Poly = ratio.num
        self.deep: frozenset[int] = frozenset((index,))  # all generators inside, except bound indices
        self.atoms: frozenset[Any] = frozenset()  # symbols and arrays that occur
        self.height = 0  # how deep bound indices are nested inside
        self.real = False  # known to be real where defined (within the field's reading)
        self.memo: dict[Any, Any] = {}

    def __repr__(self) -> str:
        return f"{self.kind}:{self.data}{list(self.args)}"


@dataclass(frozen=True)
class Kind:
    """What a kind of kernel can do. Each kind lives in the module of its concept and registers here.

    ``build(field, data, args)`` gives the function of canonical arguments in canonical form (which need not be a
    single kernel any more), ``derive(field, kernel, d)`` its derivative where ``d`` differentiates an argument,
    ``write(kernel, args)`` the SymPy expression, and ``rebuild`` replaces ``build`` in substitution where bound
    indices ask for care.
    """

    build: Callable[[Field, Any, tuple[Ratio, ...]], Ratio] | None
    derive: Callable[[Field, Kernel, Any], Ratio] | None
    write: Callable[[Any, Kernel, Sequence[Expr]], Expr]
    rebuild: Callable[[Field, Kernel, Any], Ratio] | None = None


KINDS: dict[str, Kind] = {}


def made(field: Field, kind: str, data: Any, *args: Ratio) -> Ratio:
    """The function that a kind of kernel stands for, of arguments in canonical form.

    So the modules of the functions need not import one another, where each of them needs the others.
    """
    build = KINDS[kind].build
    assert build is not None
    return build(field, data, args)


def _whole(args: tuple[Ratio, ...]) -> bool:
    """The arguments are polynomials."""
    for a in args:  # noqa: SIM110  # a generator takes longer
        if a.den is not a.field.unit and a.den.total_degree() > 0:
            return False
    return True


def alike(kernels: Iterable[tuple[Any, Kernel]], data: Any, args: tuple[Ratio, ...]) -> Kernel | None:
    """A kernel, of those with their data, whose arguments are equal although they are written differently.

    Modulo relations, one ratio can be reduced over several denominators; polynomials are unique.
    """
    whole = _whole(args)
    for own, kernel in kernels:
        if (whole and kernel.whole) or own != data or len(kernel.args) != len(args):
            continue
        try:
            if all(a.key == b.key or (a - b).is_zero for a, b in zip(args, kernel.args, strict=True)):
                return kernel
        except TooLarge:
            continue
    return None


def measure(kernel: Kernel, letters: set[Any], bound: Sequence[Ratio], inner: Sequence[Ratio]) -> None:
    """What is inside a new kernel."""
    deep: set[int] = set()
    height = 0
    for arg in kernel.args:
        for part in arg.inside:
            deep |= part.deep
            letters |= part.atoms
            height = max(height, part.height)
    for arg in bound:
        (own,) = arg.inside
        deep.discard(own.index)
        letters -= own.atoms
    for arg in inner:
        for part in arg.inside:
            deep |= part.deep
            letters |= part.atoms
    deep.add(kernel.index)
    kernel.deep, kernel.atoms, kernel.height = frozenset(deep), frozenset(letters), height + len(bound)
