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
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from flint import Ordering, fmpz_mpoly_ctx

from verify.normal.limits import MAX_DEGREE, MAX_KERNELS, MAX_TERMS, MAX_WORK, Restart, TooLarge, Undefined, Unsupported

if TYPE_CHECKING:
    from sympy import Expr

Poly = Any  # flint.fmpz_mpoly: python-flint's stubs do not type its operators
Key = tuple[Any, ...]


class Differentiate(Protocol):
    """A derivative operator (:class:`verify.normal.derive.Differential`) as the rules of kernels see it."""

    incoming: frozenset[int]
    atom: Any

    def __call__(self, a: Ratio) -> Ratio: ...

    def constant_limits(self, limits: Sequence[Any]) -> None: ...


class Kernel:
    """A generator: its kind, what belongs to it (``data``) and its arguments in canonical form."""

    __slots__ = ("args", "atoms", "data", "deep", "height", "index", "kind", "memo", "poly", "real")

    def __init__(self, index: int, kind: str, data: Any, args: tuple[Ratio, ...], poly: Poly) -> None:
        self.index = index
        self.kind = kind
        self.data = data
        self.args = args
        self.poly = poly
        self.deep: frozenset[int] = frozenset((index,))  # all generators inside, except bound indices
        self.atoms: frozenset[Any] = frozenset()  # symbols and arrays that occur
        self.height = 0  # how deep bound indices are nested inside
        self.real = False  # known to be real where defined (within the field's reading)
        self.memo: dict[Any, Any] = {}

    def __repr__(self) -> str:
        return f"{self.kind}:{self.data}{list(self.args)}"


class Ratio:
    """``num/den`` in lowest terms, the leading coefficient of ``den`` positive."""

    __slots__ = ("_key", "den", "field", "num")

    def __init__(self, field: Field, num: Poly, den: Poly) -> None:
        self.field = field
        self.num = num
        self.den = den
        self._key: Key | None = None

    @property
    def key(self) -> Key:
        """Hashable; equal for equal ratios of one field."""
        if self._key is None:
            num, den = self.num, self.den
            self._key = (
                tuple(num.monoms()),
                tuple(map(int, num.coeffs())),
                () if den.is_one() else (tuple(den.monoms()), tuple(map(int, den.coeffs()))),
            )
        return self._key

    @property
    def is_zero(self) -> bool:
        return bool(self.num.is_zero())

    @property
    def is_one(self) -> bool:
        return bool(self.num.is_one() and self.den.is_one())

    def rational(self) -> tuple[int, int] | None:
        """Numerator and denominator of a rational number, otherwise ``None``."""
        if self.num.is_constant() and self.den.is_constant():
            return (
                int(self.num.leading_coefficient()) if not self.num.is_zero() else 0,
                int(self.den.leading_coefficient()),
            )
        return None

    def __add__(self, other: Ratio) -> Ratio:
        field, a, b, c, d = self.field, self.num, self.den, other.num, other.den
        if a.is_zero():
            return other
        if c.is_zero():
            return self
        if b.is_one() and d.is_one():
            return Ratio(field, field.small(a + c), b)
        if b == d:
            return field.ratio(a + c, b)
        field.guard(a, d)
        field.guard(c, b)
        if b.is_one() or d.is_one():
            return field.settle(a * d + c * b, b * d)
        g = b.gcd(d)
        if g.is_one():
            return field.settle(a * d + c * b, b * d)
        return field.ratio(a * (d / g) + c * (b / g), b * (d / g))

    def __neg__(self) -> Ratio:
        return Ratio(self.field, -self.num, self.den)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + -other

    def __mul__(self, other: Ratio) -> Ratio:
        field, a, b, c, d = self.field, self.num, self.den, other.num, other.den
        field.guard(a, c)
        if b.is_one() and d.is_one():
            return Ratio(field, field.reduce(a * c), b)
        if not d.is_one():
            g = a.gcd(d)
            if not g.is_one():
                a, d = a / g, d / g
        if not b.is_one():
            g = c.gcd(b)
            if not g.is_one():
                c, b = c / g, b / g
        return field.settle(a * c, b * d)

    def inverse(self) -> Ratio:
        """``1/self``; :class:`Undefined` for zero."""
        if self.num.is_zero():
            raise Undefined("division by zero")
        return self.field.settle(self.den, self.num)

    def __truediv__(self, other: Ratio) -> Ratio:
        return self * other.inverse()

    def __pow__(self, n: int) -> Ratio:
        if n < 0:
            return self.inverse() ** -n
        if n == 0:
            return self.field.one
        if n == 1:
            return self
        return self.field.settle(self.field.power(self.num, n), self.field.power(self.den, n))

    def __repr__(self) -> str:
        return f"({self.num})/({self.den})"


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


class Field:
    """Kernels, their relations, and the arithmetic over them. ``grains`` survive a restart."""

    def __init__(
        self,
        facts: Any,
        slots: int = 12,
        grains: dict[str, int] | None = None,
        real: bool = False,
        logarithmic: bool = False,
    ) -> None:
        if slots > MAX_KERNELS:
            raise TooLarge(f"more than {MAX_KERNELS} kernels")
        self.facts = facts
        self.slots = slots
        self.grains = {} if grains is None else grains
        self.real_domain = real  # every symbol is real and log and √ leave ℝ nowhere where anything is asserted
        self.logarithmic = logarithmic  # inverse hyperbolic functions are written as logarithms
        self.context = fmpz_mpoly_ctx.get([f"g{i}" for i in range(slots)], Ordering.lex)
        self.generators = self.context.gens()
        # later kernels get earlier (lexicographically greater) generators, so that g**N leads its relation
        self.kernels: list[Kernel | None] = [None] * slots
        self.count = 0
        self.table: dict[Any, Kernel] = {}
        self.rules: dict[int, tuple[int, Poly, Poly]] = {}  # degree N, value, g**N − value
        self.signs: dict[Any, int] = {}  # signs of polynomials that hold where anything is asserted
        self.memo: dict[Any, Any] = {}
        self.relations: dict[str, None] = {}  # rules used, in order
        self.fresh = 0
        unit = self.context.constant(1)
        self.unit = unit
        self.zero = Ratio(self, self.context.constant(0), unit)
        self.one = Ratio(self, unit, unit)

    # -- numbers and kernels -------------------------------------------------------------------------------

    def number(self, p: int, q: int = 1) -> Ratio:
        """The rational number p/q."""
        return self.ratio(self.context.constant(p), self.context.constant(q))

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
        if found is None:
            index = self.slots - 1 - self.count
            if index < 0:
                raise Restart("slots")
            self.count += 1
            found = Kernel(index, kind, data, args, self.generators[index])
            deep: set[int] = set()
            height = 0
            letters = set(atoms)
            for arg in args:
                for part in self.inside(arg):
                    deep |= part.deep
                    letters |= part.atoms
                    height = max(height, part.height)
            for arg in bound:
                own = self.used(arg.num)[0]
                deep.discard(own.index)
                letters -= own.atoms
            for arg in inner:
                deep |= self.deep(arg)
                for part in self.inside(arg):
                    letters |= part.atoms
            deep.add(index)
            found.deep, found.atoms, found.real = frozenset(deep), frozenset(letters), real
            found.height = height + len(bound)
            self.kernels[index] = found
            self.table[name] = found
            if rule is not None:
                bound_degree, value = rule(found.poly) if callable(rule) else rule
                self.rules[index] = (bound_degree, value, found.poly**bound_degree - value)
        return Ratio(self, found.poly, self.unit)

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
        if a.den.is_one() and len(a.num) == 1 and a.num.leading_coefficient() == 1 and a.num.total_degree() == 1:
            return self.used(a.num)[0]
        return None

    def used(self, p: Poly) -> list[Kernel]:
        """The kernels that occur in a polynomial."""
        return [self.kernels[i] for i, e in enumerate(p.degrees()) if e] if not p.is_zero() else []  # type: ignore[misc]

    def inside(self, a: Ratio) -> list[Kernel]:
        """The kernels that occur in a ratio."""
        found = self.used(a.num)
        if not a.den.is_constant():
            seen = {k.index for k in found}
            found += [k for k in self.used(a.den) if k.index not in seen]
        return found

    def deep(self, a: Ratio) -> frozenset[int]:
        """All generators in a ratio, those inside kernels too."""
        return frozenset().union(*(k.deep for k in self.inside(a)))

    def real(self, a: Ratio) -> bool:
        """Known to be real where defined."""
        return all(k.real for k in self.inside(a))

    # -- polynomials ---------------------------------------------------------------------------------------

    def guard(self, a: Poly, b: Poly) -> None:
        """Refuse a product that would swell."""
        if len(a) * len(b) > MAX_WORK:
            raise TooLarge(f"a product of polynomials of {len(a)} and {len(b)} terms")

    def small(self, p: Poly) -> Poly:
        """``p`` if it is within the limits."""
        if len(p) > MAX_TERMS:
            raise TooLarge(f"a polynomial of {len(p)} terms")
        return p

    def power(self, p: Poly, n: int) -> Poly:
        """``p**n``, reduced, within the limits."""
        terms = len(p)
        if n > MAX_DEGREE or int(p.total_degree()) * n > MAX_DEGREE:
            raise TooLarge(f"degree {n} of a power")
        if terms <= 1:
            if terms and n * max(1, abs(int(p.leading_coefficient())).bit_length() - 1) > 200_000:
                raise TooLarge("a power of a number with more than 200000 bits")
            return self.reduce(p**n)
        swell = 1
        for i in range(min(terms - 1, n)):
            swell = swell * (n + terms - 1 - i) // (i + 1)
            if swell > MAX_TERMS:
                raise TooLarge(f"the power {n} of a polynomial of {terms} terms")
        if self.rules and any(k.index in self.rules for k in self.used(p)):
            result = None
            while n:
                if n & 1:
                    result = p if result is None else self.reduce(result * p)
                n >>= 1
                if n:
                    p = self.reduce(p * p)
            return result
        return p**n

    def reduce(self, p: Poly) -> Poly:
        """``p`` modulo the relations of the algebraic kernels."""
        self.small(p)
        if not self.rules or p.is_zero():
            return p
        degrees = p.degrees()
        for g in reversed(self.rules):  # a value speaks of earlier kernels only: one pass, the latest first
            bound, value, relation = self.rules[g]
            if degrees[g] >= bound:
                p = p % relation if degrees[g] <= 12 * bound else self.lower(p, g, bound, value)
                if p.is_zero():
                    return p
                self.small(p)
                degrees = p.degrees()
        return p

    def lower(self, p: Poly, g: int, bound: int, value: Poly) -> Poly:
        """Replace ``g**bound`` by ``value`` in every power (for high powers, where division would be long)."""
        while p.degrees()[g] >= bound:
            parts: dict[int, dict[tuple[int, ...], Any]] = {}
            for monomial, coefficient in p.terms():
                times, rest = divmod(int(monomial[g]), bound)
                if times:
                    monomial = (*monomial[:g], rest, *monomial[g + 1 :])
                parts.setdefault(times, {})[monomial] = coefficient
            p = self.context.constant(0)
            for times, terms in parts.items():
                part = self.context.from_dict(terms)
                if times:
                    power = self.power(value, times)
                    self.guard(part, power)
                    part = part * power
                p = self.small(p + part)
        return p

    # -- quotients -----------------------------------------------------------------------------------------

    def settle(self, num: Poly, den: Poly) -> Ratio:
        """``num/den`` for coprime polynomials that may need reduction by the relations."""
        if num.is_zero():
            return self.zero
        if not self.rules:
            if den.is_one():
                return Ratio(self, self.small(num), den)
            self.small(num)
            self.small(den)
            if den.leading_coefficient() < 0:
                num, den = -num, -den
            return Ratio(self, num, den)
        return self.ratio(num, den)

    def ratio(self, num: Poly, den: Poly) -> Ratio:
        """``num/den`` in lowest terms, reduced by the relations."""
        num, den = self.reduce(num), self.reduce(den)
        if den.is_zero():
            raise Undefined("division by zero")
        if num.is_zero():
            return self.zero
        if den.is_one():
            return Ratio(self, num, den)
        if self.rules:
            num, den = self.rationalise(num, den)
        if len(num) * len(den) > 16 * MAX_WORK:
            raise TooLarge("a common divisor of large polynomials")
        g = num.gcd(den)
        if not g.is_one():
            num, den = num / g, den / g
        if den.leading_coefficient() < 0:
            num, den = -num, -den
        return Ratio(self, num, den)

    def rationalise(self, num: Poly, den: Poly) -> tuple[Poly, Poly]:
        """Move radicals that divide the denominator, and constants of degree two in it, to the numerator."""
        for _ in range(32):
            degrees = den.degrees()
            for g in reversed(self.rules):
                if not degrees[g]:
                    continue
                bound, _, _ = self.rules[g]
                kernel = self.at(g)
                if kernel.kind in ("root", "imaginary"):
                    least = min(int(m[g]) for m in den.monoms())
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

    def conjugate(self, p: Poly, g: int) -> Poly:
        """``p`` with the generator's sign changed."""
        return self.context.from_dict({m: -c if m[g] % 2 else c for m, c in p.terms()})

    # -- substitution --------------------------------------------------------------------------------------

    def substitute(self, a: Ratio, mapping: dict[int, Ratio], memo: dict[int, Ratio] | None = None) -> Ratio:
        """``a`` with generators replaced, inside kernels too; kernels are rebuilt in canonical form."""
        memo = {} if memo is None else memo
        values: dict[int, Ratio] = {}
        keys = mapping.keys()
        for kernel in self.inside(a):
            if kernel.index in mapping:
                values[kernel.index] = mapping[kernel.index]
            elif not keys.isdisjoint(kernel.deep):
                if kernel.index not in memo:
                    memo[kernel.index] = self.rebuild(kernel, mapping, memo)
                values[kernel.index] = memo[kernel.index]
        if not values:
            return a
        num = self.evaluate(a.num, values)
        return num if a.den.is_one() else num / self.evaluate(a.den, values)

    def rebuild(self, kernel: Kernel, mapping: dict[int, Ratio], memo: dict[int, Ratio]) -> Ratio:
        """The kernel with generators replaced in its arguments."""
        kind = KINDS[kernel.kind]
        if kind.rebuild is not None:
            return kind.rebuild(self, kernel, mapping)
        if kind.build is None:
            raise Unsupported(f"substitution into {kernel.kind}")
        return kind.build(self, kernel.data, tuple(self.substitute(x, mapping, memo) for x in kernel.args))

    def evaluate(self, p: Poly, values: dict[int, Ratio]) -> Ratio:
        """A polynomial with some generators replaced by ratios."""
        order = list(values)
        parts: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
        for monomial, coefficient in p.terms():
            exponents = tuple(int(monomial[g]) for g in order)
            if any(exponents):
                rest = list(monomial)
                for g in order:
                    rest[g] = 0
                monomial = tuple(rest)
            parts.setdefault(exponents, {})[monomial] = coefficient
        total = self.zero
        for exponents, terms in parts.items():
            part = self.polynomial(self.context.from_dict(terms))
            for g, e in zip(order, exponents, strict=True):
                if e:
                    part = part * values[g] ** e
            total = total + part
        return total
