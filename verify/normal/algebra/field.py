"""The field of rational functions over kernels: exact arithmetic, zero test, kernels as generators.

A :class:`Ratio` is a quotient of two integer polynomials (FLINT ``fmpz_mpoly``) in *kernels*; a kernel is a symbol,
an entry of an array, or a function (``exp``, a sum of symbolic length, …) whose arguments are ratios themselves, in
canonical form. Equal kernels are the same generator (hash consing). Some kernels obey a polynomial relation
``g**N = value`` (radicals, the imaginary unit, sin² = 1 − cos², δ² = δ); polynomials are kept reduced by it. A ratio
whose numerator is zero is zero wherever it is defined: this direction, the only one used for a proof, needs no
independence of the kernels. Sources: Henrici's fraction arithmetic (Knuth, TAOCP 2, 4.5.1); Moses, "Algebraic
simplification" (1971), for kernels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from verify.normal.algebra.kernels import Kernel, alike, measure
from verify.normal.algebra.limits import Restart
from verify.normal.algebra.quotients import Quotients
from verify.normal.algebra.ratio import Poly, Ratio


class Field(Quotients):
    """Kernels, their relations, and the arithmetic over them. ``grains`` survive a restart."""

    def __init__(
        self,
        facts: Any,
        slots: int = 12,
        grains: dict[str, int] | None = None,
        real: bool = False,
        logarithmic: bool = False,
    ) -> None:
        super().__init__(slots)
        self.facts = facts
        self.grains = {} if grains is None else grains
        self.real_domain = real  # every symbol is real and log and √ leave ℝ nowhere where anything is asserted
        self.logarithmic = logarithmic  # inverse hyperbolic functions are written as logarithms
        self.table: dict[Any, Kernel] = {}
        self.families: dict[str, list[tuple[Any, Kernel]]] = {}  # the kernels of each kind, with their data
        self.signs: dict[Any, int] = {}  # signs of polynomials that hold where anything is asserted
        self.memo: dict[Any, Any] = {}
        self.letters: dict[Any, Ratio] = {}  # symbols, as ``memo`` has what is made of them
        self.relations: dict[str, None] = {}  # rules used, in order
        self.converges: dict[Any, None] = {}  # what the convergence of series in it has been taken to rest on
        self.rules_of: dict[Any, dict[str, None]] = {}  # those that an entry of ``memo`` rests on
        self.angle_units: list[Ratio] = []
        self.angle_rows: list[Any] = []
        self.fresh = 0
        self.scope: dict[Any, Any] = {}  # what bound indices stand for while a summand is read

    def kernel(
        self,
        kind: str,
        data: Any,
        args: tuple[Ratio, ...] = (),
        *,
        real: bool = False,
        rule: tuple[int, Poly] | Callable[[Poly], tuple[int, Poly]] | None = None,
        atoms: Iterable[Any] = (),
        bound: Sequence[Ratio] = (),
        inner: Sequence[Ratio] = (),
        key: Any = None,
    ) -> Ratio:
        """The generator for a kernel, the same for equal arguments.

        ``rule`` gives N and the value of its N-th power; ``bound`` are the indices bound in it, ``inner`` what it
        depends on beside its arguments (the ends of a range).
        """
        name = (kind, data if key is None else key, *(a.key for a in args))
        found = self.table.get(name)
        if found is None and args and self.rules:
            found = alike(self.families.get(kind, ()), name[1], args)
            if found is not None:
                self.table[name] = found
        if found is None:
            found = self._another(kind, data, args, real)
            measure(found, set(atoms), bound, inner)
            index = found.index
            self.table[name] = found
            self.families.setdefault(kind, []).append((name[1], found))
            if rule is not None:
                bound_degree, value = rule(found.poly) if callable(rule) else rule
                self.rules[index] = (bound_degree, value, found.poly**bound_degree - value)
                self.reach[index] = self.mask(value) & self.ruled if self.ruled else 0
                self.ruled |= 1 << index
                if kind in ("root", "imaginary"):
                    self.radicals |= 1 << index
        return found.ratio

    def letter(self, name: Any, real: bool) -> Ratio:
        """The generator for a symbol that has none."""
        found = self.table["symbol", name] = self._another("symbol", name, (), real)
        found.atoms = frozenset((name,))
        return found.ratio

    def _another(self, kind: str, data: Any, args: tuple[Ratio, ...], real: bool) -> Kernel:
        """A new generator; :class:`Restart` where there is no room for it."""
        index = self.slots - 1 - self.count
        if index < 0:
            raise Restart("slots")
        self.count += 1
        own = Ratio(self, self.generators[index], self.unit, 1 << index, 0, True)
        found = self.kernels[index] = Kernel(index, kind, data, args, own)
        found.real = real
        return found

    def all_kernels(self) -> list[Kernel]:
        """Every kernel, in order of appearance."""
        return [self.at(i) for i in range(self.slots - 1, self.slots - 1 - self.count, -1)]

    def only(self, a: Ratio) -> Kernel | None:
        """The kernel of which ``a`` consists alone, with coefficient and exponent one."""
        p = a.num
        if a.den is self.unit and id(p) in self.places:
            return self.at(self.places[id(p)])
        if (
            len(p) == 1
            and (a.den is self.unit or a.den.is_one())
            and p.leading_coefficient() == 1
            and p.total_degree() == 1
        ):
            return a.inside[0]
        return None

    def deep(self, a: Ratio) -> frozenset[int]:
        """All generators in a ratio, those inside kernels too."""
        return frozenset().union(*(k.deep for k in a.inside))

    def real(self, a: Ratio) -> bool:
        """Known to be real where defined."""
        return all(k.real for k in a.inside)
