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
from itertools import compress
from math import gcd, lcm
from typing import Any

from verify.normal.algebra.kernels import Kernel, alike, measure
from verify.normal.algebra.limits import MAX_TERMS, MAX_WORK, Restart, TooLarge, Undefined
from verify.normal.algebra.polynomials import Polynomials
from verify.normal.algebra.ratio import Poly, Ratio


class Field(Polynomials):
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
        self.kernels: list[Kernel | None] = [None] * slots
        self.count = 0
        self.table: dict[Any, Kernel] = {}
        self.families: dict[str, list[tuple[Any, Kernel]]] = {}  # the kernels of each kind, with their data
        self.signs: dict[Any, int] = {}  # signs of polynomials that hold where anything is asserted
        self.memo: dict[Any, Any] = {}
        self.letters: dict[Any, Ratio] = {}  # symbols, as ``memo`` has what is made of them
        self._numbers: dict[tuple[int, int], Ratio] = {}
        self.relations: dict[str, None] = {}  # rules used, in order
        self.converges: dict[Any, None] = {}  # what the convergence of series in it has been taken to rest on
        self.rules_of: dict[Any, dict[str, None]] = {}  # those that an entry of ``memo`` rests on
        self.angle_units: list[Ratio] = []
        self.angle_rows: list[Any] = []
        self.fresh = 0
        self.scope: dict[Any, Any] = {}  # what bound indices stand for while a summand is read
        self._marked: dict[int, list[Kernel]] = {0: []}
        self.zero = self._numbers[0, 1] = Ratio(self, self.context.constant(0), self.unit, 0, 0, True, (0, 1))
        self.one = self._numbers[1, 1] = Ratio(self, self.unit, self.unit, 0, 0, True, (1, 1))

    # -- numbers and kernels -------------------------------------------------------------------------------

    def number(self, p: int, q: int = 1) -> Ratio:
        """The rational number p/q."""
        found = self._numbers.get((p, q))
        if found is None:
            common = gcd(p, q) if q > 0 else -gcd(p, q)
            value = p // common, q // common
            found = self._numbers.get(value)
            if found is None:
                num = self.context.constant(value[0])
                den = self.unit if value[1] == 1 else self.context.constant(value[1])
                found = self._numbers[value] = Ratio(self, num, den, 0, 0, True, value)
            self._numbers[p, q] = found
        return found

    def scaled(self, a: Ratio, p: int, q: int) -> Ratio:
        """p/q·a for a rational number in lowest terms."""
        if a.value is not None:
            return self.number(p * a.value[0], q * a.value[1])
        num, den = a.num, a.den
        if not p or not num:
            return self.zero
        if p == q == 1:
            return a
        if p != 1 and den is not self.unit and (common := gcd(p, int(den.content()))) > 1:
            den, p = den / self.context.constant(common), p // common
            if den.is_one():
                den = self.unit
        if q != 1:
            common = gcd(q, int(num.content()))
            if common > 1:
                num, q = num / self.context.constant(common), q // common
            if q != 1:
                den = self.context.constant(q) if den is self.unit else den * q
        return Ratio(self, num if p == 1 else -num if p == -1 else num * p, den, a._above, a._below, a.exact)

    def polynomial(self, p: Poly) -> Ratio:
        """A polynomial as a ratio."""
        return Ratio(self, p, self.unit)

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
            index = self.slots - 1 - self.count
            if index < 0:
                raise Restart("slots")
            self.count += 1
            own = Ratio(self, self.generators[index], self.unit, 1 << index, 0, True)
            found = Kernel(index, kind, data, args, own)
            found.real = real
            measure(found, set(atoms), bound, inner)
            self.kernels[index] = found
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

    def at(self, index: int) -> Kernel:
        """The kernel of a generator."""
        kernel = self.kernels[index]
        assert kernel is not None
        return kernel

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

    def used(self, p: Poly) -> list[Kernel]:
        """The kernels that occur in a polynomial."""
        return list(compress(self.kernels, p.degrees())) if len(p) else []  # type: ignore[arg-type]

    def marked(self, mask: int) -> list[Kernel]:
        """The kernels of which the bits are set."""
        found = self._marked.get(mask)
        if found is None:
            found, rest = [], mask
            while rest:
                lowest = rest & -rest
                found.append(self.at(lowest.bit_length() - 1))
                rest ^= lowest
            self._marked[mask] = found
        return found

    def deep(self, a: Ratio) -> frozenset[int]:
        """All generators in a ratio, those inside kernels too."""
        return frozenset().union(*(k.deep for k in a.inside))

    def real(self, a: Ratio) -> bool:
        """Known to be real where defined."""
        return all(k.real for k in a.inside)

    # -- quotients -----------------------------------------------------------------------------------------

    def total(self, terms: Iterable[Ratio]) -> Ratio:
        """A sum; terms with one denominator first, because a common divisor is sought at every other addition."""
        plain: list[tuple[Ratio, int]] = []  # those over a number
        groups: list[list[Ratio]] = []
        for a in terms:
            if not a.num:
                continue
            if a.den is self.unit:
                plain.append((a, 1))
                continue
            if not a.below:
                plain.append((a, int(a.den.leading_coefficient())))
                continue
            for group in groups:
                if group[0].den == a.den:
                    group.append(a)
                    break
            else:
                groups.append([a])
        result = self._over_numbers(plain)
        for group in groups:
            first = group[0]
            if len(group) > 1:
                num, above, exact = self._sum(group, [a.num for a in group])
                first = self.lowest(num, first.den, above, first.below, exact)
            result = result + first
        return result

    def _over_numbers(self, terms: Sequence[tuple[Ratio, int]]) -> Ratio:
        """A sum of polynomials, each over a number."""
        if not terms:
            return self.zero
        if len(terms) == 1:
            return terms[0][0]
        common = lcm(*(q for _, q in terms))
        parts = [a for a, _ in terms]
        if common == 1:
            num, above, exact = self._sum(parts, [a.num for a in parts])
            return Ratio(self, num, self.unit, above, 0, exact)
        num, above, exact = self._sum(parts, [a.num * (common // q) if q != common else a.num for a, q in terms])
        shared = gcd(common, int(num.content()))
        if shared > 1:
            num = num / self.context.constant(shared)
        den = self.unit if common == shared else self.context.constant(common // shared)
        return Ratio(self, num, den, above, 0, exact)

    def _sum(self, parts: Sequence[Ratio], nums: Sequence[Poly]) -> tuple[Poly, int, bool]:
        """The sum of multiples of the parts' numerators, which generators may be in it, and whether they are."""
        num, terms, above, exact = nums[0], len(nums[0]), parts[0].above, parts[0].exact
        for a, n in zip(parts[1:], nums[1:], strict=True):
            num, terms, above, exact = self.small(num + n), terms + len(n), above | a.above, exact and a.exact
        return num, above, exact and len(num) == terms

    def product(self, factors: Iterable[Ratio]) -> Ratio:
        """A product; numbers and monomials first, which need no greatest common divisor of polynomials."""
        unit = self.unit
        num = den = unit
        up = down = mixed = shared = 0
        p = q = 1
        exact, others = True, []
        for a in factors:
            if a.value is not None:
                p, q = p * a.value[0], q * a.value[1]
                continue
            if len(a.num) > 1 or (a.den is not unit and len(a.den) != 1):
                others.append(a)
                continue
            above = a.above
            num = a.num if num is unit else num * a.num
            if a.den is not unit:
                below = a.below
                den = a.den if den is unit else den * a.den
                shared |= down & below
                down |= below
            mixed |= up & above
            up, exact = up | above, exact and a.exact
        if den is not unit:
            exact &= not up & down
            num, den = self.cancelled(num, den, up & down)
        number = self.one if p == q else self.number(p, q)
        result = number
        if num is not unit or den is not unit:
            result = self.settle(num, den, up, down, mixed, shared, exact)
            if number is not self.one:
                result = number * result
        for a in others:
            result = a if result is self.one else result * a
        return result

    def settle(
        self, num: Poly, den: Poly, above: int, below: int, mixed: int, shared: int = 0, exact: bool = False
    ) -> Ratio:
        """``num/den`` for coprime polynomials that may need reduction by the relations.

        ``above`` and ``below`` are the generators that may occur (that do, if ``exact``), ``mixed`` and ``shared``
        those of the numerator and the denominator to which relations may now apply: reduced polynomials have a
        reduced product unless they share a generator with a relation; and as long as nothing is reduced, no radical
        divides a product of denominators that none divides.
        """
        if not num:
            return self.zero
        if max(len(num), len(den)) > MAX_TERMS:
            raise TooLarge(f"a polynomial of {max(len(num), len(den))} terms")
        if self.ruled & (mixed | shared):
            up, down = self.reduced(num, mixed), self.reduced(den, shared)
            if down is not den:
                return self.freed(up, down)
            if up is not num:
                return self.lowest(up, den, None, below) if up and den is not self.unit else Ratio(self, up, self.unit)
        if den is not self.unit:
            if den.is_one():
                den = self.unit
            elif den.leading_coefficient() < 0:
                num, den = -num, -den
        return Ratio(self, num, den, above, below, exact)

    def ratio(self, num: Poly, den: Poly) -> Ratio:
        """``num/den`` in lowest terms, reduced by the relations."""
        return self.freed(self.reduce(num), den if den is self.unit else self.reduce(den))

    def freed(self, num: Poly, den: Poly) -> Ratio:
        """``num/den`` in lowest terms, for reduced polynomials; radicals leave the denominator."""
        if not den:
            raise Undefined("division by zero")
        if not num:
            return self.zero
        if den.is_one():
            return Ratio(self, num, self.unit)
        if self.radicals:
            num, den = self.rationalise(num, den)
        return self.lowest(num, den)

    def lowest(
        self, num: Poly, den: Poly, above: int | None = None, below: int | None = None, exact: bool = False
    ) -> Ratio:
        """``num/den`` in lowest terms, for reduced polynomials; ``above`` and ``below`` may occur in them."""
        if not num:
            return self.zero
        if len(num) * len(den) > 16 * MAX_WORK:
            raise TooLarge("a common divisor of large polynomials")
        g = num.gcd(den)
        if not g.is_one():
            num, den, exact = num / g, den / g, False
        if den.is_one():
            return Ratio(self, num, self.unit, above, 0, exact)
        if den.leading_coefficient() < 0:
            num, den = -num, -den
        return Ratio(self, num, den, above, below, exact)

    def rationalise(self, num: Poly, den: Poly) -> tuple[Poly, Poly]:
        """Move radicals that divide the denominator, and constants of degree two in it, to the numerator."""
        for _ in range(32):
            degrees, common = den.degrees(), den.term_content().degrees()
            for g in reversed(self.rules):
                if not degrees[g]:
                    continue
                bound, _, _ = self.rules[g]
                kernel = self.at(g)
                if kernel.kind in ("root", "imaginary"):
                    least = int(common[g])
                    if least:
                        lift = kernel.poly ** (bound - least)
                        num, den = self.reduce(num * lift), self.reduce(den * lift)
                        break
                    if bound == 2 and (kernel.kind == "imaginary" or not kernel.atoms):
                        # (a + b g)(a − b g) = a² − b² value: a nonzero number times nothing that could vanish
                        conjugate = self.conjugate(den, g)
                        self.guard(num, conjugate)
                        norm = self.reduce(den * conjugate)
                        if norm.is_zero():
                            raise Undefined("division by zero")
                        num, den = self.reduce(num * conjugate), norm
                        break
            else:
                return num, den
        return num, den
