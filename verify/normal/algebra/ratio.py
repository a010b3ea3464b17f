"""Quotients of polynomials in kernels, in lowest terms: the elements of the field.

Source: Henrici's fraction arithmetic (Knuth, The Art of Computer Programming 2, 4.5.1).
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Any

from verify.normal.algebra.limits import MAX_TERMS, MAX_WORK, Undefined

if TYPE_CHECKING:
    from verify.normal.algebra.kernels import Kernel
    from verify.normal.algebra.quotients import Quotients

Poly = Any  # flint.fmpz_mpoly: python-flint's stubs do not type its operators


class Ratio:
    """``num/den`` in lowest terms, the leading coefficient of ``den`` positive.

    ``above`` and ``below`` are bit masks of the generators in ``num`` and ``den``, or, unless ``exact``, of some more:
    where two polynomials have none in common, there is no common divisor to look for, and no relation to reduce a
    product by. ``value`` is there for the numbers of the field: numerator and denominator, with which it calculates
    instead of with polynomials.
    """

    __slots__ = ("_above", "_below", "_inside", "_key", "den", "exact", "field", "num", "value")

    def __init__(
        self,
        field: Quotients,
        num: Poly,
        den: Poly,
        above: int | None = None,
        below: int | None = None,
        exact: bool = False,
        value: tuple[int, int] | None = None,
    ) -> None:
        self.field = field
        self.num = num
        self.den = den
        self.exact = exact
        self._above = above
        self._below = below
        self._key: str | None = None
        self._inside: list[Kernel] | None = None
        self.value = value

    @property
    def key(self) -> str:
        """Equal for equal ratios of one field (text, because Python remembers the hash of a string)."""
        if self._key is None:
            place = self.field.places.get(id(self.num)) if self.den is self.field.unit else None
            if place is not None:
                self._key = f"g{place}"  # as FLINT writes the generator
            else:
                self._key = str(self.num) if self.den.is_one() else f"({self.num})/({self.den})"
        return self._key

    @property
    def above(self) -> int:
        """The generators that may occur in the numerator, as bits."""
        if self._above is None:
            self._above = self.field.mask(self.num)
        return self._above

    @property
    def below(self) -> int:
        """The generators that may occur in the denominator, as bits."""
        if self._below is None:
            self._below = 0 if self.den.is_one() else self.field.mask(self.den)
        return self._below

    @property
    def inside(self) -> list[Kernel]:
        """The kernels that occur."""
        if self._inside is None:
            self._inside = self.over
            if self.below & ~self.above:
                self._inside = self._inside + self.field.marked(self.below & ~self.above)
        return self._inside

    @property
    def over(self) -> list[Kernel]:
        """The kernels that occur in the numerator."""
        if not self.exact:
            self._above, self._below, self.exact = self.field.mask(self.num), None, True
            self._below = self.below
        return self.field.marked(self.above)

    @property
    def is_zero(self) -> bool:
        return bool(self.num.is_zero())

    @property
    def is_one(self) -> bool:
        return bool(self.num.is_one() and self.den.is_one())

    def rational(self) -> tuple[int, int] | None:
        """Numerator and denominator of a rational number, otherwise ``None``."""
        if self.value is not None:
            return self.value
        if self.exact and (self._above or self._below):
            return None
        if self.num.total_degree() <= 0 and (self.den is self.field.unit or self.den.total_degree() == 0):
            above = int(self.num.leading_coefficient()) if self.num else 0
            self.value = found = above, int(self.den.leading_coefficient())
            return found
        return None

    def __add__(self, other: Ratio) -> Ratio:
        field, a, b, c, d = self.field, self.num, self.den, other.num, other.den
        if not a:
            return other
        if not c:
            return self
        if self.value is not None and other.value is not None:
            (p, q), (r, s) = self.value, other.value
            return field.number(p * s + r * q, q * s)
        up, down, over, under = self.above, self.below, other.above, other.below
        if b is d or b == d:
            num = field.small(a + c)
            exact = self.exact and other.exact and (len(num) == len(a) + len(c) or not up & over)
            if b is field.unit:  # ``exact``: then every generator is still there
                return Ratio(field, num, b, up | over, 0, exact)
            return field.lowest(num, b, up | over, down, exact)
        if b is field.unit:
            field.guard(a, d)
            return field.settle(a * d + c, d, up | over | under, under, up & under)
        if d is field.unit:
            field.guard(c, b)
            return field.settle(a + c * b, b, up | over | down, down, over & down)
        field.guard(a, d)
        field.guard(c, b)
        g = b.gcd(d) if down & under else field.context.constant(gcd(int(b.content()), int(d.content())))
        if g.is_one():
            mixed = (up & under) | (over & down)
            return field.settle(a * d + c * b, b * d, up | over | down | under, down | under, mixed, down & under)
        shared, rest = down & under, d / g
        num = field.reduced(a * rest + c * (b / g), (up & under) | (over & down))
        den = b * rest
        lower = field.reduced(den, shared)
        return field.lowest(num, den, None, down | under) if lower is den else field.freed(num, lower)

    def __neg__(self) -> Ratio:
        if self.value is not None:
            return self.field.number(-self.value[0], self.value[1])
        return Ratio(self.field, -self.num, self.den, self._above, self._below, self.exact)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + -other if other.num else self

    def __mul__(self, other: Ratio) -> Ratio:
        field = self.field
        if self.value is not None:
            return other if self is field.one else field.scaled(other, *self.value)
        if other.value is not None:
            return self if other is field.one else field.scaled(self, *other.value)
        a, b, c, d = self.num, self.den, other.num, other.den
        if not a:
            return self
        if len(a) * len(c) > MAX_WORK:
            field.guard(a, c)
        up, over, exact, unit = self.above, other.above, self.exact and other.exact, field.unit
        if b is unit and d is unit:
            num = a * c
            if up & over & field.ruled:
                return Ratio(field, field.reduced(num, up & over), unit)
            if len(num) > MAX_TERMS:
                field.small(num)
            return Ratio(field, num, unit, up | over, 0, exact and bool(num))
        down, under = self.below, other.below
        if d is not unit:
            exact &= not up & under
            a, d = field.cancelled(a, d, up & under)
        if b is not unit:
            exact &= not over & down
            c, b = field.cancelled(c, b, over & down)
        if d is unit:
            return field.settle(a * c, b, up | over, down, up & over, 0, exact)
        if b is unit:
            return field.settle(a * c, d, up | over, under, up & over, 0, exact)
        return field.settle(a * c, b * d, up | over, down | under, up & over, down & under, exact)

    def inverse(self) -> Ratio:
        """``1/self``; :class:`Undefined` for zero."""
        field, num, den = self.field, self.num, self.den
        if self.value is not None and num:
            return field.number(self.value[1], self.value[0])
        if not num:
            raise Undefined("division by zero")
        if self.above & field.radicals:
            return field.freed(den, num)
        if num.is_one():
            num = field.unit
        elif num.leading_coefficient() < 0:
            num, den = -num, -den
        return Ratio(field, den, num, self.below, self.above, self.exact)

    def __truediv__(self, other: Ratio) -> Ratio:
        if other.value is not None and other.value[0] > 0:
            p, q = other.value
            return self.field.scaled(self, q, p)
        return self * other.inverse()

    def __pow__(self, n: int) -> Ratio:
        if n == 1:
            return self
        if n < 0:
            return self.inverse() ** -n
        field = self.field
        if n == 0:
            return field.one
        if self.value is not None:
            p, q = self.value
            field.short(n, max(abs(p), q))
            return field.number(p**n, q**n)
        ruled = (self.above | self.below) & field.ruled
        num, den = (
            field.power(self.num, n, ruled),
            self.den if self.den is field.unit else field.power(self.den, n, ruled),
        )
        if not ruled:
            return Ratio(field, num, den, self._above, self._below, self.exact)
        return field.freed(num, den)  # powers of coprime polynomials, reduced, need not be coprime

    def __repr__(self) -> str:
        return f"({self.num})/({self.den})"
