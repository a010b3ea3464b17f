"""Quotients of polynomials in kernels modulo their relations: the arithmetic of the field.

Source: Henrici's fraction arithmetic (Knuth, The Art of Computer Programming 2, 4.5.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from math import gcd, lcm

from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.limits import MAX_TERMS, MAX_WORK, TooLarge, Undefined
from verify.normal.algebra.polynomials import Polynomials
from verify.normal.algebra.ratio import Poly, Ratio


class Quotients(Polynomials):
    """Sums, products and lowest terms of ratios over the kernels that there are."""

    def __init__(self, slots: int) -> None:
        super().__init__(slots)
        self.kernels: list[Kernel | None] = [None] * slots
        self.count = 0
        self._marked: dict[int, list[Kernel]] = {0: []}
        self._numbers: dict[tuple[int, int], Ratio] = {}
        self.zero = self._numbers[0, 1] = Ratio(self, self.context.constant(0), self.unit, 0, 0, True, (0, 1))
        self.one = self._numbers[1, 1] = Ratio(self, self.unit, self.unit, 0, 0, True, (1, 1))

    def at(self, index: int) -> Kernel:
        """The kernel of a generator."""
        kernel = self.kernels[index]
        assert kernel is not None
        return kernel

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
        place = self.places.get(id(p))
        return Ratio(self, p, self.unit) if place is None else self.at(place).ratio

    def total(self, terms: Iterable[Ratio]) -> Ratio:
        """A sum; terms with one denominator first, because a common divisor is sought at every other addition."""
        plain: list[Ratio] = []  # those over a number
        groups: list[list[Ratio]] = []
        fractions = False
        for a in terms:
            if not a.num:
                continue
            if a.den is self.unit:
                plain.append(a)
                continue
            if not a.below:
                plain.append(a)
                fractions = True
                continue
            for group in groups:
                if group[0].den == a.den:
                    group.append(a)
                    break
            else:
                groups.append([a])
        result = plain[0] if len(plain) == 1 else self._over_numbers(plain) if fractions else self._whole(plain)
        for group in groups:
            first = group[0]
            if len(group) > 1:
                num, above, exact = self._sum([a.num for a in group], group)
                first = self.lowest(num, first.den, above, first.below, exact)
            result = result + first
        return result

    def _whole(self, terms: Sequence[Ratio]) -> Ratio:
        """A sum of polynomials."""
        if not terms:
            return self.zero
        num, above, exact = self._sum([a.num for a in terms], terms)
        return Ratio(self, num, self.unit, above, 0, exact)

    def _over_numbers(self, terms: Sequence[Ratio]) -> Ratio:
        """A sum of polynomials, each over a number."""
        below = [int(a.den.leading_coefficient()) for a in terms]
        common = lcm(*below)
        nums = [a.num if q == common else a.num * (common // q) for a, q in zip(terms, below, strict=True)]
        num, above, exact = self._sum(nums, terms)
        shared = gcd(common, int(num.content()))
        if shared > 1:
            num = num / self.context.constant(shared)
        den = self.unit if common == shared else self.context.constant(common // shared)
        return Ratio(self, num, den, above, 0, exact)

    def _sum(self, nums: Sequence[Poly], terms: Sequence[Ratio]) -> tuple[Poly, int, bool]:
        """The sum of numerators of the terms, which generators may be in it, and whether they are."""
        num, length, above, exact = nums[0], len(nums[0]), terms[0].above, terms[0].exact
        for i in range(1, len(nums)):
            num = num + nums[i]
            length += len(nums[i])
            above |= terms[i].above
            exact = exact and terms[i].exact
            if length > MAX_TERMS:
                self.small(num)
        return num, above, exact and len(num) == length

    def product(self, factors: Iterable[Ratio]) -> Ratio:
        """A product; numbers and monomials first, which need no greatest common divisor of polynomials."""
        factors = tuple(factors)
        if len(factors) == 1:
            return factors[0]
        if len(factors) == 2:
            return factors[0] * factors[1]
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
        """``num/den`` for coprime polynomials that may need reduction by the relations; ``den`` leads positive.

        ``above`` and ``below`` are the generators that may occur (that do, if ``exact``), ``mixed`` and ``shared``
        those of the numerator and the denominator to which relations may now apply: reduced polynomials have a
        reduced product unless they share a generator with a relation; and as long as nothing is reduced, no radical
        divides a product of denominators that none divides.
        """
        if not num:
            return self.zero
        if len(num) > MAX_TERMS or len(den) > MAX_TERMS:
            raise TooLarge(f"a polynomial of {max(len(num), len(den))} terms")
        if self.ruled & (mixed | shared):
            up, down = self.reduced(num, mixed), self.reduced(den, shared)
            if down is not den:
                return self.freed(up, down)
            if up is not num:
                return self.lowest(up, den, None, below) if up and den is not self.unit else Ratio(self, up, self.unit)
        if den is not self.unit and den.is_one():
            den = self.unit
        return Ratio(self, num, den, above, below, exact)

    def ratio(self, num: Poly, den: Poly) -> Ratio:
        """``num/den`` in lowest terms, reduced by the relations."""
        return self.freed(self.reduce(num), den if den is self.unit else self.reduce(den))

    def freed(self, num: Poly, den: Poly) -> Ratio:
        """``num/den`` in lowest terms, for reduced polynomials; radicals leave the denominator."""
        if not num and den:
            return self.zero
        if den is self.unit or den.is_one():
            return Ratio(self, num, self.unit)
        if not den:
            raise Undefined("division by zero")
        if self.radicals:
            num, den = self.rationalise(num, den)
        if den.leading_coefficient() < 0:
            num, den = -num, -den
        return self.lowest(num, den)

    def lowest(
        self, num: Poly, den: Poly, above: int | None = None, below: int | None = None, exact: bool = False
    ) -> Ratio:
        """``num/den`` in lowest terms, for reduced polynomials, of which ``den`` leads positive: so do its factors.

        ``above`` and ``below`` are the generators that may occur in them.
        """
        if not num:
            return self.zero
        if len(num) * len(den) > 16 * MAX_WORK:
            raise TooLarge("a common divisor of large polynomials")
        g = num.gcd(den)
        if not g.is_one():
            num, den, exact = num / g, den / g, False
        if den.is_one():
            return Ratio(self, num, self.unit, above, 0, exact)
        return Ratio(self, num, den, above, below, exact)

    def rationalise(self, num: Poly, den: Poly) -> tuple[Poly, Poly]:
        """Move radicals that divide the denominator, and constants of degree two in it, to the numerator."""
        for _ in range(32):
            degrees = den.degrees()
            present = [g for g in reversed(self.rules) if degrees[g] and self.radicals >> g & 1]
            if not present:
                break
            common = degrees if len(den) == 1 else den.term_content().degrees()
            for g in present:
                bound, _, _ = self.rules[g]
                kernel = self.at(g)
                if kernel.kind in ("root", "imaginary"):
                    least = int(common[g])
                    if least:
                        lift = kernel.poly ** (bound - least)
                        num, den = self.reduced(num * lift, 1 << g), self.reduced(den * lift, 1 << g)
                        if len(present) == 1 and not self.reach[g] & self.radicals:
                            return num, den
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
